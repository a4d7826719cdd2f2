package closure_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/closure"
	"github.com/haoyuan-go/haoyuan/slots"
)

// siteWorld is a site of 30 clinics with 16 patients each, in 10 departments, that closes for a day; each physician has four more clinics, three quarters full.
func siteWorld(t require.TestingT) *world {
	w := newWorld(t, func(r *booking.Rules) { r.Limits = nil })
	now := on("20 08:00")
	who := 0
	for p := range 30 {
		for d := range 5 {
			c := clinic{department: fmt.Sprintf("d%d", p%10), physician: fmt.Sprintf("Dr %d", p), day: 23 + d, hour: 8 + p%3, grade: slots.Chief, slots: 8, capacity: 2}
			id := w.open(t, now, c)
			for n := range 16 {
				if d > 0 && n%4 == 0 {
					continue
				}
				who++
				_, err := w.desk.Book(now, booking.Ask{Person: fmt.Sprintf("p%d", who), Channel: "app", Session: w.desk.Pool().Name(booking.SessionName, uint32(id)), N: n / 2})
				require.NoError(t, err)
			}
			if d == 0 {
				w.closes = append(w.closes, id)
			}
		}
	}
	return w
}

// BenchmarkPlan plans for the 480 patients of a site; alone is what the Book does without a plan.
func BenchmarkPlan(b *testing.B) {
	w := siteWorld(b)
	c := w.closing()
	b.Run("planned", func(b *testing.B) {
		for b.Loop() {
			p, err := closure.Plan(w.desk.Pool(), c)
			require.NoError(b, err)
			b.ReportMetric(float64(p.Rounds), "rounds")
			b.ReportMetric(float64(p.Fates.Offered), "offered")
		}
	})
	b.Run("alone", func(b *testing.B) {
		var batch booking.Batch
		for b.Loop() {
			batch.Reset()
			_, err := w.desk.Pool().Decide(&batch, booking.CloseSession{Meta: booking.Meta{At: c.At}, Session: c.Sessions[0], And: c.Sessions[1:], AnswerBy: c.AnswerBy})
			require.NoError(b, err)
		}
	})
}
