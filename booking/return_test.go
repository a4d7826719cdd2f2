package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// returnStage has a visit of the 10th that is done, under rules that let its patient come back for two days.
func returnStage(t tester, change func(*booking.Rules)) (*stage, booking.Appointment) {
	r := plainRules()
	if r.ReturnDays = 2; change != nil {
		change(&r)
	}
	b := newStage(t, r)
	return b, b.fulfilled("Li", b.open("visit", b.halfHours("10", "Dr Wang", 2, 1)), 0)
}

func (b *stage) visit(id booking.Appointment) booking.Visit {
	v, ok := b.book.Appointment(id)
	require.True(b.t, ok)
	return v
}

// The window is the visit's date and ReturnDays after it; the department is the visit's.
func TestTheWindowOfAReturn(t *testing.T) {
	for _, c := range []struct {
		day        string
		department string
		until      slots.Instant
		done       bool
	}{
		{day: "09", department: "Cardiology"}, {day: "10", department: "Cardiology", done: true}, {day: "12", department: "Cardiology", done: true},
		{day: "13", department: "Cardiology", until: on("12 08:00")}, {day: "11", department: "Surgery"}, {day: "11"},
		{day: "13", department: "Surgery", until: on("12 08:00")},
	} {
		b, id := returnStage(t, nil)
		require.Equal(t, "2026-11-12", b.visit(id).ReturnUntil.String())
		o := b.halfHours(c.day, "Dr Zhou", 1, 1)
		o.Department = 0
		if c.department != "" {
			o.Department = booking.Department(b.name(booking.DepartmentName, c.department))
		}
		s := b.open("back", o)
		b.take("Sun", s, 0) // it is full
		x := booking.Return{Meta: b.meta(), Appointment: id, Session: s}
		if !c.done {
			require.Equal(t, c.until, b.refused(booking.NoEntitlement, x).Until, "%+v", c)
			continue
		}
		reply := b.done(x)
		v := b.visit(reply.Appointment)
		require.Equal(t, [5]any{booking.CheckedIn, true, id, booking.Slot{Session: s}, booking.Class(0)}, [5]any{v.State, v.IsReturn, v.Former, v.Slot, v.Class})
		require.False(t, b.visit(id).ReturnUntil.IsValid(), "it is used")
		require.Equal(t, reply.Appointment, b.refused(booking.NoEntitlement, x).Appointment)
		require.Empty(t, b.book.Check())
		requireSnapshotRoundTrip(t, b.book)
	}
}

// Nothing but a fulfilled visit entitles, a return does not entitle to another, and what is not open cannot be returned to.
func TestWhatEntitlesToAReturn(t *testing.T) {
	for _, s := range allStates {
		if s == booking.Fulfilled {
			continue
		}
		b, id := inState(t, s)
		require.Equal(t, s, b.refused(booking.IllegalState, booking.Return{Meta: b.meta(), Appointment: id, Session: 2}).State)
	}
	b, id := returnStage(t, func(r *booking.Rules) { r.ReturnDays = 0 })
	require.False(t, b.visit(id).ReturnUntil.IsValid())
	b.refused(booking.NoEntitlement, booking.Return{Meta: b.meta(), Appointment: id, Session: 1})
	b, id = returnStage(t, nil)
	for _, s := range []booking.Session{0, 2} {
		_, err := b.do(booking.Return{Meta: b.meta(), Appointment: id, Session: s})
		require.ErrorIs(t, err, booking.ErrCommand)
	}
	b.refused(booking.UnknownAppointment, booking.Return{Meta: b.meta(), Appointment: id + 1, Session: 1})
	back := b.done(booking.Return{Meta: b.meta(), Appointment: id, Session: 1}).Appointment
	b.done(booking.Complete{Meta: b.meta(), Appointment: back})
	require.False(t, b.visit(back).ReturnUntil.IsValid())
	b.refused(booking.NoEntitlement, booking.Return{Meta: b.meta(), Appointment: back, Session: 1})
	b.done(booking.CloseSession{Meta: b.meta(), Session: 1, AnswerBy: b.now + 60})
	b.refused(booking.SessionGone, booking.Return{Meta: b.meta(), Appointment: id, Session: 1})
}

// The entitlement comes back with a cancellation, a correction, a closing and a session's end; not once the consultation has begun.
func TestAnEntitlementIsGivenBack(t *testing.T) {
	for _, c := range []struct {
		name  string
		end   func(b *stage, back booking.Appointment, s booking.Session)
		state booking.State
	}{
		{"cancelled", func(b *stage, back booking.Appointment, _ booking.Session) {
			b.done(booking.Cancel{Meta: b.meta(), Appointment: back, By: booking.ByPatient})
		}, booking.Cancelled},
		{"voided", func(b *stage, back booking.Appointment, _ booking.Session) {
			b.done(booking.Void{Meta: b.meta(), Appointment: back})
		},
			booking.EnteredInError},
		{"closed", func(b *stage, _ booking.Appointment, s booking.Session) {
			require.EqualValues(b.t, 1, b.done(booking.CloseSession{Meta: b.meta(), Session: s, AnswerBy: b.now + 60}).Count)
		}, booking.Cancelled},
		{"ended", func(b *stage, _ booking.Appointment, _ booking.Session) { b.advance(on("11 12:00")) }, booking.Cancelled},
		{"begun and closed", func(b *stage, back booking.Appointment, s booking.Session) {
			b.done(booking.Start{Meta: b.meta(), Appointment: back})
			b.done(booking.CloseSession{Meta: b.meta(), Session: s, AnswerBy: b.now + 60})
		}, booking.InConsultation},
		{"begun and ended", func(b *stage, back booking.Appointment, _ booking.Session) {
			b.done(booking.Start{Meta: b.meta(), Appointment: back})
			b.advance(on("11 12:00"))
		}, booking.InConsultation},
		{"done and ended", func(b *stage, back booking.Appointment, _ booking.Session) {
			b.done(booking.Complete{Meta: b.meta(), Appointment: back})
			b.advance(on("11 12:00"))
		}, booking.Fulfilled},
	} {
		b, id := returnStage(t, nil)
		o := b.halfHours("11", "Dr Wang", 1, 1)
		o.End = on("11 12:00")
		s, spare := b.open("back", o), b.open("spare", b.halfHours("12", "Dr Wang", 1, 1))
		digest := b.book.Digest()
		back := b.done(booking.Return{Meta: b.meta(), Appointment: id, Session: s}).Appointment
		require.NotEqual(t, digest, b.book.Digest())
		c.end(b, back, s)
		require.Equal(t, c.state, b.state(back), c.name)
		if c.name == "cancelled" || c.name == "voided" {
			require.Equal(t, digest, b.book.Digest(), c.name)
		}
		again := booking.Return{Meta: b.meta(), Appointment: id, Session: spare}
		if free := !c.state.Occupies(); free {
			require.True(t, b.visit(id).ReturnUntil.IsValid(), c.name)
			b.done(again)
		} else {
			require.Equal(t, back, b.refused(booking.NoEntitlement, again).Appointment, c.name)
		}
		requireSnapshotRoundTrip(t, b.book)
		require.Empty(t, b.book.Check(), c.name)
	}
}

// A return takes nothing of what is counted: no room, no quota, no limit, no add-on, and nobody is in two places for it; and a
// suspension does not take it away.
func TestAReturnTakesNoNumber(t *testing.T) {
	b, id := returnStage(t, func(r *booking.Rules) {
		r.Limits = []booking.Limit{{Name: "one a day", Who: booking.PerPerson, Same: booking.SameDay, Of: booking.AllVisits, Max: 1}}
	})
	o := b.halfHours("11", "Dr Wang", 2, 1)
	o.Quotas = []booking.Quota{{Class: b.class("app"), Cap: 1, Capped: true}}
	o.AddOns = 1
	s := b.open("back", o)
	b.done(booking.Restrict{Meta: b.meta(), Person: b.person("Li"), Until: on("10 09:00")})
	sheet := func() [3]any {
		v, _ := b.book.Session(s)
		x, _ := b.book.Slot(booking.Slot{Session: s})
		return [3]any{v, x, b.book.Quotas(nil, s, b.now)}
	}
	before := sheet()
	back := b.done(booking.Return{Meta: b.meta(), Appointment: id, Session: s}).Appointment
	require.Equal(t, before, sheet())
	b.now = on("10 09:00")
	b.advance(b.now)            // RestrictionEnded
	taken := b.take("Li", s, 0) // at the very time, and one a day
	require.Equal(t, []booking.Appointment{id, back, taken}, b.book.AppointmentsOf(nil, b.person("Li")))
	b.refused(booking.IllegalState, booking.MarkNoShow{Meta: b.meta(), Appointment: back})
	q := b.request("Li", s, 1)
	q.Bear = b.bear("window")
	b.refused(booking.LimitReached, booking.Take{Meta: b.meta(), Request: q})
	require.Empty(t, b.book.Check())
	// Sent on to another department, it is a visit there like any other, and the entitlement stays used.
	to := b.open("surgery", b.other("11", 2, 1))
	b.done(transferTo(b, back, to, 1))
	v := b.visit(back)
	require.Equal(t, [3]any{false, id, booking.Slot{Session: to, N: 1}}, [3]any{v.IsReturn, v.Former, v.Slot})
	require.Equal(t, back, b.refused(booking.NoEntitlement, booking.Return{Meta: b.meta(), Appointment: id, Session: s}).Appointment)
	for _, f := range b.book.Check() {
		require.Equal(t, "over limit", f.Law) // a transfer asks no limits
	}
	requireSnapshotRoundTrip(t, b.book)
}

// A day that is retired entitles to nothing.
func TestARetiredVisitDoesNotEntitle(t *testing.T) {
	b, id := returnStage(t, nil)
	s := b.open("back", b.halfHours("12", "Dr Wang", 1, 1))
	b.advance(on("11 08:00"))
	back := b.done(booking.Return{Meta: b.meta(), Appointment: id, Session: s}).Appointment
	b.done(booking.Retire{Meta: b.meta(), Before: slots.MustDate("2026-11-11")})
	requireSnapshotRoundTrip(t, b.book)
	b.done(booking.Cancel{Meta: b.meta(), Appointment: back, By: booking.ByHospital})
	require.False(t, b.visit(id).ReturnUntil.IsValid())
	b.refused(booking.SessionGone, booking.Return{Meta: b.meta(), Appointment: id, Session: s})
	requireSnapshotRoundTrip(t, b.book)
}
