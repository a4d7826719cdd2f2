package bookingtest_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/bookingtest"
	"github.com/haoyuan-go/haoyuan/slots"
)

// hereMutants are Books that are wrong in what happens after check-in, or in reminders.
func hereMutants() map[string]mutant {
	reminders := func(change func([]slots.Instant) []slots.Instant) func(booking.Command) booking.Command {
		return opening(func(o *booking.Opening) { o.Reminders = change(slices.Clone(o.Reminders)) })
	}
	return map[string]mutant{
		"a transfer takes a number where an add-on was meant": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Transfer); ok {
				x.AddOn = false
				return x
			}
			return c
		}},
		"a transfer is a reschedule": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Transfer); ok {
				return booking.Reschedule{Meta: x.Meta, Appointment: x.Appointment, Want: x.Want}
			}
			return c
		}},
		"everyone may return": {reply: func(_ booking.Command, _ *booking.Batch, r booking.Reply) booking.Reply {
			if r.Refusal.Reason == booking.NoEntitlement {
				return booking.Reply{Outcome: booking.Done, Appointment: 1, Count: 1}
			}
			return r
		}},
		"a return has a number": {visit: func(v booking.Visit) booking.Visit {
			v.IsReturn = false
			return v
		}},
		"an entitlement lasts a day longer": {visit: func(v booking.Visit) booking.Visit {
			if v.ReturnUntil.IsValid() {
				v.ReturnUntil = v.ReturnUntil.AddDays(1)
			}
			return v
		}},
		"a reminder comes a second late": {command: reminders(func(list []slots.Instant) []slots.Instant {
			for i := range list {
				list[i]++
			}
			return list
		})},
		"the last reminder is forgotten": {command: reminders(func(list []slots.Instant) []slots.Instant { return list[:max(0, len(list)-1)] })},
		"someone is not reminded": {reply: func(c booking.Command, b *booking.Batch, r booking.Reply) booking.Reply {
			if _, ok := c.(booking.Advance); ok && r.Count > 0 && b.Len() > 0 && b.Events()[0].Kind() == booking.ReminderDue {
				r.Count--
			}
			return r
		}},
	}
}

func TestMutantsAfterCheckInAreCaught(t *testing.T) {
	for name, m := range hereMutants() {
		t.Run(name, func(t *testing.T) {
			c := withWrong()
			c.New = func(r *booking.Rules) bookingtest.Subject {
				m := m
				m.Book = booking.New(r)
				return m
			}
			seed := 0
			for ; seed < 60 && bookingtest.Probe(c, seed) == nil; seed++ {
			}
			require.Less(t, seed, 60, "not caught by 60 worlds")
		})
	}
}
