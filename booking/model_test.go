package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/bookingtest"
	"github.com/haoyuan-go/haoyuan/slots"
)

// The Book and the naive model decide alike, step by step, and every law holds after each.
func TestBookAgainstModel(t *testing.T) { bookingtest.Run(t, bookingtest.Config{}) }

// Found by the model: a family of two under one account that allows two a day. When their session closes, the first one's
// offer must not count beside the appointment that it replaces, or the second would get none.
func TestClosingCountsEachOnce(t *testing.T) {
	rules, err := booking.NewRules(booking.Rules{Version: 1, HoldSeconds: 900, KeySeconds: 86400, StepSeconds: 86400,
		LateCancel: booking.LateRecorded, Policies: []booking.Policy{booking.Earliest{}},
		Limits: []booking.Limit{{Name: "two a day", Who: booking.PerAccount, Same: booking.SameDay, Of: booking.OpenVisits, Max: 2}}})
	require.NoError(t, err)
	b, m := booking.New(rules), bookingtest.NewModel(*rules, nil)
	start := slots.MustInstant("2026-11-23T08:00:00+08:00")
	meta := booking.Meta{At: start - 3600}
	open := booking.Opening{Date: slots.MustDate("2026-11-23"), Start: start, Kind: slots.General, Department: 1,
		Slots: []booking.SlotSpec{{Minutes: 30, Capacity: 1}, {OffsetMinutes: 30, Minutes: 30, Capacity: 1}}}
	bear, err := booking.NewBearing(1)
	require.NoError(t, err)
	take := func(p booking.Person, n uint16) booking.Command {
		return booking.Take{Meta: meta, Request: booking.Request{Person: p, Account: 1, Bear: bear, Slot: booking.Slot{Session: 1, N: n}}}
	}
	for _, c := range []booking.Command{
		booking.Adopt{Meta: meta},
		booking.Introduce{Meta: meta, Kind: booking.PersonName, Name: "mother"},
		booking.Introduce{Meta: meta, Kind: booking.PersonName, Name: "child"},
		booking.Introduce{Meta: meta, Kind: booking.AccountName, Name: "phone"},
		booking.Introduce{Meta: meta, Kind: booking.ClassName, Name: "app"},
		booking.Introduce{Meta: meta, Kind: booking.DepartmentName, Name: "paediatrics"},
		booking.Open{Meta: meta, Name: "one", Opening: open},
		booking.Open{Meta: meta, Name: "other", Opening: open},
		take(1, 0), take(2, 1),
		booking.CloseSession{Meta: meta, Session: 1, AnswerBy: start},
	} {
		var batch booking.Batch
		reply, err := b.Decide(&batch, c)
		require.NoError(t, err)
		require.Equal(t, booking.Done, reply.Outcome, "%T %v", c, reply.Refusal)
		require.NoError(t, b.Apply(&batch))
		_, err = m.Do(c)
		require.NoError(t, err)
		require.NoError(t, bookingtest.Compare(b, m))
	}
	for id, slot := range map[booking.Appointment]booking.Slot{1: {Session: 2}, 2: {Session: 2, N: 1}} {
		v, _ := b.Appointment(id)
		require.Equal(t, booking.Displaced, v.State)
		require.Equal(t, slot, v.Slot)
	}
}
