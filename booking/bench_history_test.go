package booking_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
)

// BenchmarkHistory: ns/op is one booking of a named slot, given back at once, by a person with so many past visits. The first line is the baseline: what
// is past should cost nothing where the limits are on open visits.
func BenchmarkHistory(b *testing.B) {
	const persons = 50_000
	for _, visits := range []int{0, 4} {
		b.Run(fmt.Sprintf("visits=%d", visits), func(b *testing.B) {
			book, _ := benchWorld(b, benchPhysicians, persons)
			bear, r := benchBearings(b), benchRand(5)
			m := booking.Meta{At: benchStart - 86400}
			var batch booking.Batch
			do := func(c booking.Command) booking.Reply {
				batch.Reset()
				reply, err := book.Decide(&batch, c)
				require.NoError(b, err)
				require.NoError(b, book.Apply(&batch))
				return reply
			}
			take := func() booking.Take {
				return booking.Take{Meta: m, Request: booking.Request{Person: booking.Person(1 + r.below(persons)), Bear: bear[r.below(benchChannels)],
					Slot: booking.Slot{Session: booking.Session(1 + r.below(benchPhysicians*benchDays*2)), N: uint16(r.below(benchSlots))}}}
			}
			for done := 0; done < visits*persons; {
				if reply := do(take()); reply.Outcome == booking.Done {
					do(booking.CheckIn{Meta: m, Appointment: reply.Appointment})
					do(booking.Complete{Meta: m, Appointment: reply.Appointment})
					done++
				}
			}
			b.ResetTimer()
			for range b.N {
				if reply := do(take()); reply.Outcome == booking.Done {
					do(booking.Cancel{Meta: m, Appointment: reply.Appointment, By: booking.ByPatient})
				}
			}
		})
	}
}
