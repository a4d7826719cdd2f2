package bookingtest_test

import (
	"os"
	"strconv"
	"testing"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/bookingtest"
)

func TestW6(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("W6"))
	c := withWrong()
	c.Coverage = &bookingtest.Coverage{}
	bad := 0
	for seed := range n {
		if err := bookingtest.Probe(c, seed); err != nil {
			s := err.Error()
			t.Errorf("seed %d: ...%s", seed, s[max(0, len(s)-2500):])
			if bad++; bad > 2 {
				break
			}
		}
	}
	t.Log(c.Coverage.Steps, c.Coverage.Kinds[booking.AppointmentDisplaced], c.Coverage.Reasons[booking.Untouchable], c.Coverage.Missing())
}
