package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// Where two features meet that know nothing of each other: each of these once went wrong.

// A visit is entered in error after its patient came back with results; then the patient is found to be somebody else.
func TestReturnOfAVoidedVisitIsMerged(t *testing.T) {
	b, id := returnStage(t, nil)
	s := b.open("back", b.halfHours("11", "Dr Wang", 1, 1))
	b.done(booking.Return{Meta: b.meta(), Appointment: id, Session: s})
	b.done(booking.Void{Meta: b.meta(), Appointment: id})
	b.done(booking.Merge{Meta: b.meta(), Into: b.person("New"), From: b.person("Li")})
	require.Empty(t, b.book.Check())
	again, err := booking.Restore(b.book.Rules(), b.book.Snapshot(nil))
	require.NoError(t, err)
	require.Equal(t, b.book.Snapshot(nil), again.Snapshot(nil))
}

// A snapshot with a restriction and no persons is an error.
func TestRestrictionOfNobodyIsRefused(t *testing.T) {
	data := []byte("\x04000000000000000000000000000000000000\x00\x00\x00\x00\x00\x00\x00\x00\x0400000")
	_, err := booking.Restore(mustRules(fullRules()), data)
	require.ErrorContains(t, err, "of nobody")
}

// The weekdays of a joint clinic bind its legs even where the request itself names a slot: a retry must repeat them.
func TestWeekdaysOfAJointClinicAreInItsFingerprint(t *testing.T) {
	b, _ := jointStage(t, booking.Booked, nil)
	m := b.meta()
	m.Key, m.Made = booking.Key{1}, b.now
	c := booking.Joint{Meta: m, As: booking.Booked, Request: b.request("Z", 1, 1), With: []booking.Leg{{Resource: 2}}}
	c.Weekdays = 1 << 2 // Tuesday, the 10th
	b.done(c)
	c.Weekdays = 1 << 3
	b.refused(booking.KeyReused, c)
}

// A joint clinic of one who waits is moved: what its first appointment leaves is not looked at before the second has taken what it takes.
func TestAMovedJointClinicIsTriedOnceItHasMoved(t *testing.T) {
	r := waitRules()
	r.Limits = []booking.Limit{{Name: "two open", Who: booking.PerPerson, Of: booking.OpenVisits, Max: 2}}
	b := newStage(t, r)
	open := func(name, day, who, dept string) booking.Session {
		o := b.halfHours(day, who, 1, 1)
		o.Department = booking.Department(b.name(booking.DepartmentName, dept))
		return b.open(name, o)
	}
	s1, s2 := open("a", "10", "Dr A", "One"), open("b", "10", "Dr B", "Two")
	joint := b.done(booking.Joint{Meta: b.meta(), As: booking.Booked, Request: b.request("A", s1, 0), With: []booking.Leg{{Slot: booking.Slot{Session: s2}}}}).Appointment
	b.done(booking.CloseSession{Meta: b.meta(), Session: s1, And: []booking.Session{s2}, AnswerBy: b.now + 86400})
	s3 := open("c", "11", "Dr A", "One")
	open("d", "11", "Dr B", "Two")
	b.done(booking.Join{Meta: b.meta(), DueBy: on("12 08:00"), Request: booking.Request{Person: b.person("A"), Bear: b.bear("app"),
		Department: booking.Department(b.name(booking.DepartmentName, "Two")), Count: 2}})
	b.advance(b.now)
	b.done(booking.Reschedule{Meta: b.meta(), Appointment: joint, Want: booking.Request{Slot: booking.Slot{Session: s3}}})
	at, ok := b.book.Wake()
	require.True(t, !ok || at > b.now, "nothing has room")
}

// A line whose cap binds it gives nothing: its reserve would fall, and what it keeps would not. Nor does it become a part on the way.
func TestALineUnderItsCapGivesNothing(t *testing.T) {
	b := newStage(t, moving(func(r *booking.Reallocation) { r.Never = []string{"vip"} }))
	s := b.shared([]booking.Quota{{Class: b.class("phone"), Reserve: 60, Cap: 40, Capped: true}, {Class: b.class("app"), Reserve: 6},
		{Class: b.class("vip"), Reserve: 60}}, "14:00")
	b.sell("app", 6, s)
	b.now = on("01 14:00")
	before := b.book.Quotas(nil, s, b.now)
	b.done(booking.Advance{Meta: b.meta(), Jump: true})
	after := b.book.Quotas(nil, s, b.now)
	for i := range before {
		require.GreaterOrEqual(t, after[i].Effective, before[i].Effective, "%+v", after[i])
	}
}

// At the very tick nothing rests, so that no other's reserve falls short for it; half an hour later it does both.
func TestAtTheTickNoReserveFallsShort(t *testing.T) {
	r := plainRules()
	r.RestTickSeconds = 3600
	b := newStage(t, r)
	o := b.halfHours("10", "Dr Wang", 2, 1)
	o.Quotas = []booking.Quota{{Class: b.class("elderly"), Reserve: 1}, {Class: b.class("referral"), Reserve: 1}}
	s := b.open("s", o)
	q := b.request("Li", s, 0)
	q.Bear = b.bear("app", "elderly")
	for _, minutes := range []slots.Instant{0, 30} {
		b.now = on("02 08:00") + 60*minutes
		b.advance(b.now)
		id := b.done(booking.Take{Meta: b.meta(), Request: q}).Appointment
		var batch booking.Batch
		_, err := b.book.Decide(&batch, booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
		require.NoError(t, err)
		rests, shorts := 0, 0
		for _, e := range batch.Events() {
			switch e.Kind() {
			case booking.UnitRested:
				rests++
			case booking.ReserveShort:
				shorts++
			}
		}
		require.Equal(t, []int{min(1, int(minutes)), min(1, int(minutes))}, []int{rests, shorts})
		require.NoError(t, b.log.Append(&batch))
		require.NoError(t, b.book.Apply(&batch))
	}
}
