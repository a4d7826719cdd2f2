package closure_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/allocate"
	"github.com/haoyuan-go/haoyuan/booking/closure"
)

// affectedBefore is what those affected have before it closes.
func affectedBefore(w *world) map[booking.Appointment]booking.Visit {
	before := map[booking.Appointment]booking.Visit{}
	for _, id := range w.desk.Pool().Affected(nil, w.closes) {
		before[id], _ = w.desk.Pool().Appointment(id)
	}
	return before
}

// apply carries a closing out on a copy of the Book.
func apply(t require.TestingT, b *booking.Book, c booking.CloseSession) (*booking.Book, booking.Reply, booking.Fates) {
	twin, err := booking.Restore(b.Rules(), b.Snapshot(nil))
	require.NoError(t, err)
	var batch booking.Batch
	reply, err := twin.Decide(&batch, c)
	require.NoError(t, err)
	require.Equal(t, booking.Done, reply.Outcome)
	fates := batch.Fates()
	require.NoError(t, twin.Apply(&batch))
	for _, f := range twin.Check() {
		require.False(t, f.Broken, "%v", f)
	}
	return twin, reply, fates
}

// checkPlan holds a plan to what it says.
func checkPlan(t require.TestingT, w *world, c closure.Closing) closure.Planned {
	b := w.desk.Pool()
	was := b.Snapshot(nil)
	p, err := closure.Plan(b, c)
	require.NoError(t, err)
	require.Equal(t, was, b.Snapshot(nil), "planning changes nothing")
	require.NoError(t, p.Verify())
	before := affectedBefore(w)
	twin, reply, fates := apply(t, b, p.Command)
	require.Equal(t, fates, p.Fates)
	require.Equal(t, int(reply.Count), fates.Affected(), "nobody is lost")
	require.Equal(t, len(before), fates.Affected())
	for _, x := range p.Command.Plan {
		v, _ := twin.Appointment(x.Appointment)
		require.Equal(t, x.Slot, v.Slot, "every planned offer is made")
	}
	require.Equal(t, result(t, w, twin, before, c.Frailest), p.Objective, "the totals are the plan's")
	plain := p.Command
	plain.Plan = nil
	twin, _, _ = apply(t, b, plain)
	require.Equal(t, result(t, w, twin, before, c.Frailest), p.Alone)
	require.LessOrEqual(t, p.Objective.Compare(p.Alone), 0, "never worse than the Book alone")
	require.LessOrEqual(t, p.Bound.Compare(p.Alone), 0)
	return p
}

// A plan does what it says, and never worse than the Book alone.
func TestPlansHold(t *testing.T) {
	worlds, inexact, better, rounds := 0, 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, true)
		c := w.closing()
		c.Waitlist = rapid.Bool().Draw(t, "waitlist")
		c.OtherGrade = rapid.Bool().Draw(t, "other grade")
		c.OtherDepartment = rapid.Bool().Draw(t, "other department")
		c.Salt = rapid.Uint64().Draw(t, "salt")
		p := checkPlan(t, w, c)
		require.LessOrEqual(t, p.Bound.Compare(p.Objective), 0, "all options are considered")
		worlds++
		if rounds += p.Rounds; !p.Exact {
			inexact++
		}
		if p.Objective.Compare(p.Alone) < 0 {
			better++
		}
	})
	t.Logf("%d worlds, %d rounds, %d plans not proven best, %d better than the Book alone", worlds, rounds, inexact, better)
}

// Where no place touches another, the plan is the best there is, at the first attempt.
func TestExactWhereNothingTouches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, false)
		c := w.closing()
		p := checkPlan(t, w, c)
		if !samePersonTwice(w) {
			require.True(t, p.Exact)
			require.LessOrEqual(t, p.Rounds, 1)
		}
	})
}

func samePersonTwice(w *world) bool {
	seen := map[booking.Person]bool{}
	for _, id := range w.desk.Pool().Affected(nil, w.closes) {
		v, _ := w.desk.Pool().Appointment(id)
		if seen[v.Person] || len(w.desk.Pool().AppointmentsOf(nil, v.Person)) > 1 {
			return true
		}
		seen[v.Person] = true
	}
	return false
}

// With few options a plan still holds, and is not worse than the Book alone.
func TestFewOptions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, true)
		c := w.closing()
		c.Options = rapid.IntRange(1, 2).Draw(t, "options")
		checkPlan(t, w, c)
	})
}

// No plan at all is better than one that says it is exact: every way to put at most four people into the slots is tried on the Book.
func TestNoBetterPlan(t *testing.T) {
	tried, exact, missed := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t, true)
		c := w.closing()
		c.OtherGrade = true
		p, err := closure.Plan(w.desk.Pool(), c)
		require.NoError(t, err)
		before := affectedBefore(w)
		if len(before) > 4 {
			t.Skip("too many for all ways")
		}
		best := p.Alone
		everyPlan(w, func(plan []booking.Placement) {
			x := p.Command
			x.Plan = plan
			twin, _, _ := apply(t, w.desk.Pool(), x)
			if o := result(t, w, twin, before, c.Frailest); o.Compare(best) < 0 {
				best = o
			}
		})
		if tried++; p.Exact {
			exact++
			require.GreaterOrEqual(t, best.Compare(p.Objective), 0, "best of all ways %v", best)
		}
		require.LessOrEqual(t, p.Bound.Compare(best), 0)
		if best.Compare(p.Objective) < 0 {
			missed++
		}
	})
	t.Logf("%d worlds, %d plans exact, %d that all ways beat", tried, exact, missed)
}

// everyPlan calls f with every plan for up to four people, in every choice of slots of sessions that stay open and are of the department.
func everyPlan(w *world, f func([]booking.Placement)) {
	b := w.desk.Pool()
	var ids []booking.Appointment
	for _, id := range b.Affected(nil, w.closes) {
		if v, _ := b.Appointment(id); v.State != booking.Held && v.Count == 1 {
			ids = append(ids, id)
		}
	}
	var places []booking.Slot
	for id := booking.Session(1); ; id++ {
		v, ok := b.Session(id)
		if !ok {
			break
		}
		for n := range v.Slots {
			at := booking.Slot{Session: id, N: uint16(n)}
			if x, _ := b.Slot(at); x.Room > 0 {
				places = append(places, at)
			}
		}
	}
	var plan []booking.Placement
	var next func(i int)
	left := 400
	next = func(i int) {
		if left == 0 {
			return
		}
		if i == len(ids) {
			left--
			f(plan)
			return
		}
		v, _ := b.Appointment(ids[i])
		was, _ := b.Session(v.Slot.Session)
		for _, at := range places {
			if s, _ := b.Session(at.Session); s.Department == was.Department {
				plan = append(plan, booking.Placement{Appointment: ids[i], Slot: at})
				next(i + 1)
				plan = plan[:len(plan)-1]
			}
		}
		next(i + 1)
	}
	next(0)
}

// The parts of a Closing are checked, all at once.
func TestBadClosings(t *testing.T) {
	w := newWorld(t, func(*booking.Rules) {})
	id := w.open(t, on("20 08:00"), clinic{department: "d", physician: "Dr", day: 23, hour: 8, slots: 1, capacity: 1})
	_, err := closure.Plan(w.desk.Pool(), closure.Closing{Options: -1, Frailest: make([]booking.Class, allocate.MaxRebookClasses)})
	for _, want := range []string{"Sessions: 0", "Zone: none", "Frailest: 8 classes", "Options -1"} {
		require.ErrorContains(t, err, want)
	}
	good := closure.Closing{Sessions: []booking.Session{id}, At: on("20 09:00"), AnswerBy: on("21 09:00"), Zone: china}
	p, err := closure.Plan(w.desk.Pool(), good)
	require.NoError(t, err)
	require.NoError(t, p.Verify())
	require.True(t, p.Exact, "nobody is affected")
	bad := good
	bad.AnswerBy = bad.At
	_, err = closure.Plan(w.desk.Pool(), bad)
	require.ErrorIs(t, err, booking.ErrCommand)
	bad = good
	bad.Sessions = []booking.Session{id, id}
	_, err = closure.Plan(w.desk.Pool(), bad)
	require.ErrorIs(t, err, booking.ErrCommand)
	require.NoError(t, w.desk.CloseSession(on("20 09:00"), "Dr 23 08", on("21 09:00")))
	_, err = closure.Plan(w.desk.Pool(), good)
	require.ErrorIs(t, err, booking.ErrRefused)
	p.Exact = false
	require.ErrorIs(t, p.Verify(), closure.ErrProof)
}
