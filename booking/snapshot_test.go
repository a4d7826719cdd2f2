package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// A snapshot is a function of the log: neither what is decided and thrown away, nor a restart, nor a query leaves a trace.
func TestSnapshotIsAFunctionOfTheLog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawBook(t, 40)
		book := booking.New(d.book.Rules())
		var idle booking.Batch
		for b, err := range d.log.All() {
			require.NoError(t, err)
			before := book.Snapshot(nil)
			_, _ = book.Decide(&idle, drawCommand(t, d, 1))
			idle.Reset()
			_, _ = book.Candidates(nil, &idle, booking.Request{Person: 1, Resource: 1}, book.Clock(), 3)
			book.Check()
			book.Digest()
			book.SnapshotJSON()
			require.Equal(t, before, book.Snapshot(nil))
			if rapid.IntRange(0, 9).Draw(t, "restart") == 0 {
				book = requireSnapshotRoundTrip(t, book)
			}
			require.NoError(t, book.Apply(b))
		}
		require.Equal(t, d.book.Snapshot(nil), book.Snapshot(nil))
		require.Equal(t, d.book.Digest(), book.Digest())
	})
}

// A restored Book decides as the one it was taken from: the same replies, the same bytes.
func TestARestoredBookDecidesTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawBook(t, 40)
		restored := requireSnapshotRoundTrip(t, d.book)
		for range 15 {
			d.now += slots.Instant(rapid.SampledFrom([]int{0, 600, 86400}).Draw(t, "wait"))
			requireSameDecision(t, d.book, restored, booking.Advance{Meta: d.meta(), Jump: true})
			requireSameDecision(t, d.book, restored, drawCommand(t, d, 1))
			require.Equal(t, d.book.Snapshot(nil), restored.Snapshot(nil))
		}
	})
}

func requireSameDecision(t require.TestingT, a, b *booking.Book, c booking.Command) {
	var x, y booking.Batch
	r1, err1 := a.Decide(&x, c)
	r2, err2 := b.Decide(&y, c)
	require.Equal(t, err1, err2)
	require.Equal(t, r1, r2)
	bytes1, _ := x.AppendBinary(nil)
	bytes2, _ := y.AppendBinary(nil)
	require.Equal(t, bytes1, bytes2)
	require.NoError(t, a.Apply(&x))
	require.NoError(t, b.Apply(&y))
	at1, ok1 := a.Wake()
	at2, ok2 := b.Wake()
	require.Equal(t, at1, at2)
	require.Equal(t, ok1, ok2)
}

// season opens a session of four numbers on each of so many days from November 2nd, and plays each day: one fulfilled, one
// missed, one given back, and one add-on that is fulfilled.
func season(t tester, days int) *stage {
	b := newStage(t, plainRules())
	for i := range days {
		date := slots.MustDate("2026-11-02").AddDays(i)
		start := on("02 08:00") + slots.Instant(i)*86400
		o := b.halfHours("02", "Dr Wang", 4, 1)
		o.Date, o.Start, o.End, o.AddOns = date, start, start+4*3600, 1
		o.Quotas = []booking.Quota{{Class: b.class("elderly"), Reserve: 1}}
		s := b.open("wang/"+date.String(), o)
		seen, given := b.take("Li", s, 0), b.take("Zhao", s, 1)
		b.take("Qian", s, 2)
		extra := b.done(booking.AddOn{Meta: b.meta(), Request: b.request("Sun", s, 3)}).Appointment
		b.advance(start)
		b.done(booking.Cancel{Meta: b.meta(), Appointment: given, By: booking.ByPatient})
		for _, id := range []booking.Appointment{seen, extra} {
			b.done(booking.CheckIn{Meta: b.meta(), Appointment: id})
			b.done(booking.Complete{Meta: b.meta(), Appointment: id})
		}
		b.advance(start + 4*3600)
	}
	return b
}

func TestRetireForgetsInSteps(t *testing.T) {
	const days = 90
	b := season(t, days)
	first := slots.MustDate("2026-11-02")
	full := len(b.book.Snapshot(nil))
	for n := 5; n <= days; n += 5 {
		before := first.AddDays(n)
		b.done(booking.Retire{Meta: b.meta(), Before: before})
		b.book = requireSameAfterRestart(t, b)
		for day := range days {
			id := booking.Appointment(4*day + 1)
			v, known := b.book.Appointment(id)
			s, open := b.book.Session(booking.Session(day + 1))
			kept := day >= n-booking.LimitWindowDays
			require.Equal(t, kept, known, "day %d, retired before %d", day, n)
			require.Equal(t, kept, open)
			require.Equal(t, kept && day < n, open && s.Retired)
			if day < n {
				b.refused(booking.SessionGone, booking.Void{Meta: b.meta(), Appointment: id})
				b.refused(booking.SessionGone, booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByHospital})
				b.refused(booking.SessionGone, booking.SetQuota{Meta: b.meta(), Session: booking.Session(day + 1), Quota: booking.Quota{Class: 1}})
				b.refused(booking.SessionGone, booking.Take{Meta: b.meta(), Request: b.request("Li", booking.Session(day+1), 0)})
				if known {
					require.Zero(t, s.Slots)
					require.Zero(t, s.AddOns)
				}
			} else {
				require.Equal(t, booking.Fulfilled, v.State)
			}
		}
		require.Empty(t, b.book.Check())
	}
	require.Less(t, len(b.book.Snapshot(nil)), full/2)
	require.Equal(t, "nothing", b.outcome(booking.Retire{Meta: b.meta(), Before: first.AddDays(days)}))
	require.Equal(t, "nothing", b.outcome(booking.Retire{Meta: b.meta(), Before: first}))

	// Ids go on, and names of sessions are never free again; nothing opens on a day that is retired.
	o := b.halfHours("02", "Dr Wang", 1, 1)
	require.Equal(t, "session gone", b.outcome(booking.Open{Meta: b.meta(), Name: "late", Opening: o}))
	o.Date, o.Start = first.AddDays(days), b.now+86400
	require.Equal(t, "already open", b.outcome(booking.Open{Meta: b.meta(), Name: "wang/2026-11-02", Opening: o}))
	s := b.open("next", o)
	require.EqualValues(t, days+1, s)
	require.EqualValues(t, 4*days+1, b.take("Li", s, 0))
}

func requireSameAfterRestart(t *testing.T, b *stage) *booking.Book {
	for id := range booking.Session(100) {
		restored, err := booking.Restore(b.book.Rules(), b.book.Snapshot(nil))
		require.NoError(t, err)
		was, ok := b.book.Session(id)
		is, okAgain := restored.Session(id)
		require.Equal(t, ok, okAgain)
		require.Equal(t, was, is)
		if id > 5 {
			break
		}
	}
	return requireSnapshotRoundTrip(t, b.book)
}

// What a limit may still count outlives the day itself: a month's limit counts a visit of a retired day of that month.
func TestRetiredVisitsStillCount(t *testing.T) {
	r := plainRules()
	r.Limits = []booking.Limit{{Name: "one a month", Who: booking.PerPerson, Same: booking.SameMonth | booking.SameResource, Of: booking.AllVisits, Max: 1}}
	b := newStage(t, r)
	id := b.take("Li", b.open("a", b.halfHours("02", "Dr Wang", 1, 1)), 0)
	b.advance(on("02 08:00"))
	b.done(booking.MarkNoShow{Meta: b.meta(), Appointment: id})
	later := b.open("b", b.halfHours("30", "Dr Wang", 1, 1))
	next := b.halfHours("30", "Dr Wang", 1, 1)
	next.Date, next.Start = slots.MustDate("2026-12-01"), next.Start+86400
	december := b.open("c", next)
	b.advance(on("29 00:00"))
	b.done(booking.Retire{Meta: b.meta(), Before: slots.MustDate("2026-11-29")})
	for range 2 {
		b.refused(booking.LimitReached, booking.Take{Meta: b.meta(), Request: b.request("Li", later, 0)})
		b.book = requireSnapshotRoundTrip(t, b.book)
	}
	b.take("Li", december, 0)
	require.Equal(t, []booking.Appointment{1, 2}, b.book.AppointmentsOf(nil, 1))
}

func TestRetireWaitsForWhatIsNotOver(t *testing.T) {
	for _, s := range allStates {
		b, id := inState(t, s)
		b.advance(on("12 00:00"))
		want := booking.Refusal{}
		if !b.state(id).IsTerminal() {
			want = booking.Refusal{Reason: booking.NotTerminal, Limit: 1}
		}
		reply, err := b.decide(booking.Retire{Meta: b.meta(), Before: slots.MustDate("2026-11-12")})
		require.NoError(t, err)
		require.Equal(t, want, reply.Refusal, "%v", s)
	}
	b, _ := inState(t, booking.Booked)
	require.Contains(t, b.outcome(booking.Retire{Meta: b.meta()}), "bad command")
	require.Equal(t, "done", b.outcome(booking.Retire{Meta: b.meta(), Before: slots.MustDate("2026-11-03")}))
}
