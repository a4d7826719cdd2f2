package bookingtest_test

import (
	"testing"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/bookingtest"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// Whatever a story says, it is played or its faults are handed back; the verbs never panic.
func FuzzVerbs(f *testing.F) {
	for _, c := range []bookingtest.Claim{bookingtest.NoJustifiedEnvy, bookingtest.BoundedWait{Minutes: 30}, bookingtest.FairBound{}} {
		f.Add(bookingtest.Refute(last{}, c, 100).Story())
	}
	v := bookingtest.Refute(booking.Earliest{}, bookingtest.Protects{Levels: levels()}, 100)
	f.Add(v.Story())
	f.Add("rules now=\"2026-11-20 08:00\"\n----\nok\n\nopen now=\"2026-11-20 08:00\" session=s date=2026-11-23 start=08:00 minutes=30 even=(30, 1) dept=heart\n  app: reserve 1, cap 2\n----\nok\n\ncancel now=\"2026-11-20 08:00\" of=p1\n----\nok\n")
	f.Fuzz(func(t *testing.T, story string) {
		slotstest.PlayStory("story", story, bookingtest.Verbs(last{}, booking.Earliest{}))
	})
}
