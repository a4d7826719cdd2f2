package booking_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// BenchmarkPolicies: ns/op is one Decide that names a department and two days, of twenty physicians with two sessions of twelve
// slots a day, all half full. earliest is the baseline beside each; what the others cost more is what their choice looks at.
func BenchmarkPolicies(b *testing.B) {
	r := plainRules()
	r.Policies = storyPolicies()
	desk, err := booking.NewDesk(booking.New(mustRules(r)), on("20 09:00"), nil)
	require.NoError(b, err)
	for day := 23; day <= 27; day++ {
		for who := range 20 {
			for half, clock := range []string{"08:00", "14:00"} {
				start := on(fmt.Sprintf("%d %s", day, clock))
				s := slots.Session{ID: fmt.Sprint(day, "/", who, "/", half), Date: slots.DateOf(start, shanghai), Start: start, Minutes: 180,
					Resources: []string{fmt.Sprint("Dr ", who)}, Line: slots.Line{Department: "Cardiology", Kind: slots.General}}
				for n := range 12 {
					s.Slots = append(s.Slots, slots.Slot{Start: start.AddMinutes(15 * n), Minutes: 15, Capacity: 2})
				}
				_, err := desk.Open(on("20 09:00"), s, booking.Terms{})
				require.NoError(b, err)
				for n := range 12 {
					_, err := desk.Book(on("20 09:00"), booking.Ask{Person: fmt.Sprint("P", who, n, day), Channel: "app", Session: s.ID, N: n})
					require.NoError(b, err)
				}
			}
		}
	}
	pool := desk.Pool()
	bear, err := booking.NewBearing(booking.Class(pool.Find(booking.ClassName, "app")))
	require.NoError(b, err)
	var t booking.Batch
	for i, p := range r.Policies {
		b.Run(p.Name(), func(b *testing.B) {
			q := booking.Request{Person: 7, Bear: bear, Department: 1, From: on("26 00:00"), Until: on("28 00:00"), Policy: uint8(i + 1)}
			b.ReportAllocs()
			for b.Loop() {
				t.Reset()
				reply, err := pool.Decide(&t, booking.Take{Meta: booking.Meta{At: pool.Clock()}, Request: q})
				if err != nil || reply.Outcome != booking.Done {
					b.Fatal(reply, err)
				}
			}
		})
	}
}
