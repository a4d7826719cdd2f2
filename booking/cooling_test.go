package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

func coolingRules(same booking.Same) booking.Rules {
	r := plainRules()
	r.Exempt = []string{"emergency"}
	r.Cooling = booking.Cooling{Seconds: 3600, Same: same}
	return r
}

// What begins a cooling-off: the patient's own cancellation of what is booked or confirmed, and nothing else.
func TestWhatBeginsACoolingOff(t *testing.T) {
	for name, c := range map[string]struct {
		leave func(*stage, booking.Session, booking.Appointment)
		cools bool
	}{
		"cancelled": {func(b *stage, _ booking.Session, id booking.Appointment) {
			b.done(booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
		}, true},
		"confirmed, then cancelled": {func(b *stage, _ booking.Session, id booking.Appointment) {
			b.done(booking.Confirm{Meta: b.meta(), Appointment: id})
			b.done(booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
		}, true},
		"by the hospital": {func(b *stage, _ booking.Session, id booking.Appointment) {
			b.done(booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByHospital})
		}, false},
		"here, then cancelled": {func(b *stage, _ booking.Session, id booking.Appointment) {
			b.done(booking.CheckIn{Meta: b.meta(), Appointment: id})
			b.done(booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
		}, false},
		"entered in error": {func(b *stage, _ booking.Session, id booking.Appointment) {
			b.done(booking.Void{Meta: b.meta(), Appointment: id})
		}, false},
		"displaced, then cancelled": {func(b *stage, s booking.Session, id booking.Appointment) {
			b.done(booking.CloseSession{Meta: b.meta(), Session: s, AnswerBy: b.now + 60})
			b.done(booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
		}, false},
		"displaced, then declined": {func(b *stage, s booking.Session, id booking.Appointment) {
			b.done(booking.CloseSession{Meta: b.meta(), Session: s, AnswerBy: b.now + 60})
			b.done(booking.Answer{Meta: b.meta(), Appointment: id})
		}, false},
		"moved by the hospital, then cancelled": {func(b *stage, s booking.Session, id booking.Appointment) {
			b.done(booking.CloseSession{Meta: b.meta(), Session: s, AnswerBy: b.now + 60, Move: true})
			b.done(booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
		}, false},
		"displaced, accepted, then cancelled": {func(b *stage, s booking.Session, id booking.Appointment) {
			b.done(booking.CloseSession{Meta: b.meta(), Session: s, AnswerBy: b.now + 60})
			b.done(booking.Answer{Meta: b.meta(), Appointment: id, Accept: true})
			b.done(booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
		}, true},
		"a move": {func(b *stage, _ booking.Session, id booking.Appointment) {
			b.done(booking.Reschedule{Meta: b.meta(), Appointment: id, Want: booking.Request{Resource: 1, From: on("11 00:00")}})
		}, false},
	} {
		b := newStage(t, coolingRules(0))
		s := b.open("s", b.halfHours("10", "Dr Wang", 2, 1))
		b.open("t", b.halfHours("11", "Dr Wang", 2, 1))
		later := b.open("u", b.halfHours("12", "Dr Wang", 2, 1))
		c.leave(b, s, b.take("Li", s, 0))
		want := map[bool]string{true: "cooling off", false: "done"}[c.cools]
		require.Equal(t, want, b.outcome(booking.Take{Meta: b.meta(), Request: b.request("Li", later, 0)}), name)
		require.Equal(t, c.cools, len(b.book.GivenBack(nil, b.person("Li"))) == 1, name)
		require.Empty(t, b.book.Check())
	}
	b := newStage(t, coolingRules(0)) // a hold that is let go, and one that lapses
	s := b.open("s", b.halfHours("10", "Dr Wang", 2, 1))
	b.done(booking.Cancel{Meta: b.meta(), Appointment: b.hold("Li", s, 0), By: booking.ByPatient})
	b.hold("Li", s, 0)
	b.advance(b.now + 900)
	b.take("Li", s, 0)
}

// What it binds: a request of the person, by whatever account, a hold, and who waits; up to the last second.
func TestWhatACoolingOffBinds(t *testing.T) {
	r := coolingRules(booking.SameDay)
	r.WaitlistPerPerson, r.WaitlistOfferSeconds = 1, 600
	b := newStage(t, r)
	s := b.open("s", b.halfHours("10", "Dr Wang", 4, 1))
	other := b.open("t", b.halfHours("11", "Dr Wang", 1, 1))
	has := b.take("Li", s, 1)
	b.done(booking.Cancel{Meta: b.meta(), Appointment: b.take("Li", s, 0), By: booking.ByPatient})
	until := b.now + 3600
	q := b.request("Li", s, 0)
	want := booking.Refusal{Reason: booking.CoolingOff, Until: until}
	require.Equal(t, want, b.refused(booking.CoolingOff, booking.Take{Meta: b.meta(), Request: q}))
	require.Equal(t, want, b.refused(booking.CoolingOff, booking.Hold{Meta: b.meta(), Request: q}))
	q.Account = booking.Account(b.name(booking.AccountName, "family"))
	b.refused(booking.CoolingOff, booking.Take{Meta: b.meta(), Request: q})
	sought := q
	sought.Slot, sought.Resource = booking.Slot{}, 1
	list, err := b.book.Candidates(nil, &booking.Batch{}, sought, b.now, 9)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, other, list[0].Slot.Session, "another day is not the like")
	sought.Until = on("11 00:00")
	b.refused(booking.NoneFree, booking.Take{Meta: b.meta(), Request: sought})
	entry := b.done(booking.Join{Meta: b.meta(), Request: sought, DueBy: until + 600}).Entry
	b.advance(b.now)
	v, _ := b.book.Entry(entry)
	require.Equal(t, booking.Waiting, v.State, "who waits is judged like a request")
	b.done(booking.Leave{Meta: b.meta(), Entry: entry})

	b.done(booking.Reschedule{Meta: b.meta(), Appointment: has, Want: booking.Request{Slot: booking.Slot{Session: s, N: 2}}})
	q.Bear = b.bear("app", "emergency")
	b.done(booking.Take{Meta: b.meta(), Request: q})
	b.take("Zhao", s, 1)
	b.advance(until - 1)
	require.Equal(t, "cooling off", b.outcome(booking.Take{Meta: b.meta(), Request: b.request("Li", s, 3)}))
	b.now++
	b.take("Li", s, 3)
	require.Empty(t, b.book.GivenBack(nil, q.Person))
}

// Each number given back binds by itself; one session's, until the last. What limits forget is forgotten here, too: nothing is
// asked of a session that is gone.
func TestGivenBackIsKeptBySession(t *testing.T) {
	b := newStage(t, coolingRules(booking.SameSession))
	first, second := b.open("s", b.halfHours("10", "Dr Wang", 2, 1)), b.open("t", b.halfHours("11", "Dr Wang", 2, 1))
	give := func(s booking.Session, n int, bear booking.Bearing) {
		q := b.request("Li", s, n)
		q.Bear = bear
		b.done(booking.Cancel{Meta: b.meta(), Appointment: b.done(booking.Take{Meta: b.meta(), Request: q}).Appointment, By: booking.ByPatient})
	}
	urgent := b.bear("app", "emergency")
	start := b.now
	give(second, 0, urgent)
	b.now += 600
	give(first, 0, urgent)
	b.now += 600
	give(second, 1, urgent)
	require.Equal(t, []booking.GivenBack{{Session: first, Until: start + 600 + 3600}, {Session: second, Until: start + 1200 + 3600}},
		b.book.GivenBack(nil, b.person("Li")))
	requireSnapshotRoundTrip(t, b.book)
	require.Empty(t, b.book.Check())

	far := coolingRules(booking.SameDepartment | booking.SameDay)
	far.Cooling.Seconds = 30 * 86400
	b = newStage(t, far)
	o := b.halfHours("01", "Dr Wang", 1, 1)
	o.Start = on("01 09:00")
	s := b.open("early", o)
	b.done(booking.Cancel{Meta: b.meta(), Appointment: b.take("Li", s, 0), By: booking.ByPatient})
	b.advance(on("30 08:00"))
	next := b.halfHours("30", "Dr Wang", 2, 1)
	next.Date, next.Start = slots.MustDate("2026-12-01"), on("30 08:00")+86400
	b.open("late", next)
	b.done(booking.Retire{Meta: b.meta(), Before: slots.MustDate("2026-11-20")})
	require.Len(t, b.book.GivenBack(nil, b.person("Li")), 1)
	b.advance(on("30 08:00") + 3600*23)
	b.done(booking.Retire{Meta: b.meta(), Before: slots.MustDate("2026-12-01")})
	requireSnapshotRoundTrip(t, b.book)
	require.Empty(t, b.book.Check())
}

// Rules without cooling-off ask nothing of what was given back under others; with it again, they do.
func TestCoolingOffIsTheRules(t *testing.T) {
	b := newStage(t, coolingRules(0))
	s := b.open("s", b.halfHours("10", "Dr Wang", 2, 1))
	b.done(booking.Cancel{Meta: b.meta(), Appointment: b.take("Li", s, 0), By: booking.ByPatient})
	for version, seconds := range []int64{0, 60} {
		r := coolingRules(0)
		r.Version, r.Cooling.Seconds = uint32(version+2), seconds
		b.book.Configure(mustRules(r))
		b.done(booking.Adopt{Meta: b.meta()})
		want := []string{"done", "cooling off"}[version]
		require.Equal(t, want, b.outcome(booking.Take{Meta: b.meta(), Request: b.request("Li", s, version)}))
	}
}
