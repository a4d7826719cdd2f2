package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
)

// An offer stands until the answer is due, or until the offered slot closes for booking if that is sooner.
func TestOffersEndWithTheirSlot(t *testing.T) {
	for answerBy, want := range map[string]string{"10 23:00": "10 23:00", "12 00:00": "11 07:00"} {
		b, id := inClinic(t, booking.LateRecorded)
		o := b.halfHours("11", "Dr Wang", 1, 1)
		o.LeadMinutes = 60
		b.done(booking.CloseSession{Meta: b.meta(), Session: 1, AnswerBy: on("11 00:00")}) // the clinic of inClinic that is in the way
		b.open("again", o)
		b.done(booking.CloseSession{Meta: b.meta(), Session: 2, AnswerBy: on(answerBy)})
		require.Equal(t, on(want), b.until(id))
		require.Equal(t, on(want), b.last(booking.OfferMade).Until())
		b.advance(on(want))
		require.Equal(t, booking.Cancelled, b.state(id))
	}
}

// Numbers without times are offered for numbers without times, and times for times, also by the same physician.
func TestOffersAreTimedOrCountedAsWhatTheyReplace(t *testing.T) {
	for _, counted := range []bool{true, false} {
		b := newStage(t, plainRules())
		o := b.halfHours("10", "Dr Wang", 1, 1)
		o.Counted = counted
		closing := b.open("closing", o)
		o.Date, o.Start, o.Counted = o.Date.AddDays(1), o.Start+86400, !counted
		b.open("near", o)
		o.Date, o.Start, o.Counted = o.Date.AddDays(1), o.Start+86400, counted
		far := b.open("far", o)
		id := b.take("Li", closing, 0)
		b.done(booking.CloseSession{Meta: b.meta(), Session: closing, AnswerBy: on("10 00:00")})
		v, _ := b.book.Appointment(id)
		require.Equal(t, booking.Slot{Session: far}, v.Slot, "counted %v", counted)
	}
}

// Where nothing was found, the old appointment stands in the way of nothing: not of a limit, not of another place.
func TestAnOfferOfNothingCountsForNothing(t *testing.T) {
	r := plainRules()
	r.Limits = []booking.Limit{{Name: "one", Who: booking.PerPerson, Of: booking.OpenVisits, Max: 1},
		{Name: "one a family", Who: booking.PerAccount, Of: booking.OpenVisits, Max: 1}}
	b := newStage(t, r)
	family := booking.Account(b.name(booking.AccountName, "family"))
	q := b.request("Li", b.open("closing", b.halfHours("10", "Dr Wang", 1, 1)), 0)
	q.Account = family
	id := b.done(booking.Take{Meta: b.meta(), Request: q}).Appointment
	b.done(booking.CloseSession{Meta: b.meta(), Session: 1, AnswerBy: on("20 00:00")})
	require.Equal(t, booking.Displaced, b.state(id))
	q.Slot.Session = b.open("other", b.halfHours("10", "Dr Zhou", 2, 1))
	second := b.done(booking.Take{Meta: b.meta(), Request: q}).Appointment
	require.Equal(t, []booking.Appointment{id, second}, b.book.AppointmentsOf(nil, q.Person))
	require.Empty(t, b.book.Check())

	// It may still be moved, as a new request would be judged.
	move := booking.Reschedule{Meta: b.meta(), Appointment: id, Want: booking.Request{Slot: booking.Slot{Session: q.Slot.Session, N: 1}}}
	b.refused(booking.LimitReached, move)
	b.done(booking.Cancel{Meta: b.meta(), Appointment: second, By: booking.ByPatient})
	b.done(move)
	b.refused(booking.LimitReached, booking.Take{Meta: b.meta(), Request: q})
}

// A closing takes what was still kept for each class, and says so before the offers.
func TestClosingReportsItsReserves(t *testing.T) {
	b := newStage(t, plainRules())
	o := b.halfHours("10", "Dr Wang", 4, 1)
	o.Quotas = []booking.Quota{{Class: b.class("elderly"), Reserve: 2}, {Class: b.class("referral"), Reserve: 3},
		{Class: b.class("disabled"), Reserve: 1}}
	s := b.open("s", o)
	q := b.request("Li", s, 0)
	q.Bear = b.bear("app", "elderly")
	b.done(booking.Take{Meta: b.meta(), Request: q}) // of four: one taken, one elderly, two referral, none is left for the third
	var batch booking.Batch
	_, err := b.book.Decide(&batch, booking.CloseSession{Meta: b.meta(), Session: s, AnswerBy: b.now + 60})
	require.NoError(t, err)
	type short struct {
		kind  booking.Kind
		class booking.Class
		units uint32
	}
	var got []short
	for _, e := range batch.Events() {
		got = append(got, short{e.Kind(), e.Class(), e.Number()})
	}
	require.Equal(t, []short{{booking.SessionClosed, 0, 0}, {booking.ReserveShort, b.class("elderly"), 1},
		{booking.ReserveShort, b.class("referral"), 2}, {booking.OfferMade, 0, 0}}, got)

	// What is not out yet is kept for nobody.
	o.Release = on("09 20:00")
	hidden := b.open("hidden", o)
	batch.Reset()
	_, err = b.book.Decide(&batch, booking.CloseSession{Meta: b.meta(), Session: hidden, AnswerBy: b.now + 60})
	require.NoError(t, err)
	require.Equal(t, 1, batch.Len())
}
