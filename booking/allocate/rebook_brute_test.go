package allocate_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
	"github.com/haoyuan-go/haoyuan/slots"
)

// crowdedClosure makes a closure with little room and many who may give way, by dice, for those of rapid fall on the least numbers.
func crowdedClosure(d *dice) allocate.RebookRound {
	r := allocate.RebookRound{Classes: 3, MoveOthers: true, Salt: d.next()}
	terms := func() allocate.RebookTerms {
		return allocate.RebookTerms{Physician: []string{"Li", "Wu"}[d.n(2)], Grade: d.n(3),
			Date: slots.MustDate("2026-11-23").AddDays(d.n(3)), Clock: slots.MustClock([]string{"08:00", "08:30"}[d.n(2)])}
	}
	for j := range 4 {
		r.Slots = append(r.Slots, allocate.RebookSlot{ID: fmt.Sprintf("s%d", j), Terms: terms(), Free: j / 2 * d.n(2)})
	}
	some := func(own int) (ids []string) {
		for j, s := range r.Slots {
			if j != own && d.n(3) > 0 {
				ids = append(ids, s.ID)
			}
		}
		return ids
	}
	for i := range 1 + d.n(3) {
		options := [][]string{some(-1), {"s0"}, {"s0", "s1"}}[d.n(3)]
		r.Affected = append(r.Affected, allocate.RebookAffected{ID: fmt.Sprintf("a%d", i), Class: 1 + d.n(2), Had: terms(), Options: options})
	}
	for i := range 1 + d.n(4) {
		j := d.n(3)
		options := [][]string{some(j), {r.Slots[j+1].ID}}[d.n(2)] // the second makes chains
		r.Booked = append(r.Booked, allocate.RebookBooked{ID: fmt.Sprintf("b%d", i), Class: min(3, 1+d.n(4)), Slot: r.Slots[j].ID, Options: options,
			Price: 1 + d.n(3), Arrived: d.n(8) == 0, MovedBefore: d.n(8) == 0})
	}
	return r
}

// smallClosure draws a closure that brute force can list.
func smallClosure(t *rapid.T, most int) allocate.RebookRound {
	number := func(low, high int) int { return rapid.IntRange(low, high).Draw(t, "n") }
	terms := func() allocate.RebookTerms {
		return allocate.RebookTerms{
			Department: []string{"heart", "heart", "lung"}[number(0, 2)], Physician: []string{"", "Li", "Wu"}[number(0, 2)], Grade: number(1, 3),
			Date: slots.MustDate("2026-11-23").AddDays(number(0, 2)), Clock: slots.MustClock([]string{"08:00", "08:30", "09:30"}[number(0, 2)]),
		}
	}
	r := allocate.RebookRound{Classes: number(1, 3), MoveOthers: rapid.Bool().Draw(t, "move"), Salt: uint64(number(0, 3))}
	for j := range number(1, 4) {
		r.Slots = append(r.Slots, allocate.RebookSlot{ID: fmt.Sprintf("s%d", j), Terms: terms(), Free: []int{0, 0, 1, 1, 2}[number(0, 4)]})
	}
	options := func(department, own string, other bool) (ids []string) {
		for _, s := range r.Slots {
			if s.ID != own && (other || s.Terms.Department == department) && number(0, 3) > 0 {
				ids = append(ids, s.ID)
			}
		}
		return ids
	}
	for i := range number(0, most) {
		a := allocate.RebookAffected{ID: fmt.Sprintf("a%d", i), Class: number(1, r.Classes), Had: terms(), OtherDepartment: number(0, 1) > 0,
			DeclinesWaitlist: number(0, 3) == 0}
		a.Options = options(a.Had.Department, "", a.OtherDepartment)
		r.Affected = append(r.Affected, a)
	}
	for i := range number(0, 3) {
		s := r.Slots[number(0, len(r.Slots)-1)]
		b := allocate.RebookBooked{ID: fmt.Sprintf("b%d", i), Class: number(1, r.Classes), Slot: s.ID, OtherDepartment: number(0, 1) > 0,
			Price: number(1, 3), Arrived: number(0, 5) == 0, MovedBefore: number(0, 5) == 0}
		b.Options = options(s.Terms.Department, s.ID, b.OtherDepartment)
		r.Booked = append(r.Booked, b)
	}
	return r
}

// bruteClosure lists every way to move people, and returns the least worth, as a vector of which less is better, with the ways that have it
// as slots by appointment.
type bruteClosure struct {
	r     allocate.RebookRound
	slot  map[string]allocate.RebookSlot
	at    map[string]string // where each is asked to go; no entry: stays, or waits
	least []int
	ways  []map[string]string
}

func newBruteClosure(r allocate.RebookRound) *bruteClosure {
	b := &bruteClosure{r: r, slot: map[string]allocate.RebookSlot{}, at: map[string]string{}}
	for _, s := range r.Slots {
		b.slot[s.ID] = s
	}
	b.try(0)
	return b
}

func (b *bruteClosure) try(i int) {
	n := len(b.r.Affected)
	if i == n+len(b.r.Booked) {
		b.judge()
		return
	}
	b.try(i + 1) // stays, or waits
	id, options := "", []string(nil)
	if i < n {
		id, options = b.r.Affected[i].ID, b.r.Affected[i].Options
	} else if who := b.r.Booked[i-n]; b.r.MoveOthers && !who.Arrived && !who.MovedBefore {
		id, options = who.ID, who.Options
	}
	for _, s := range options {
		b.at[id] = s
		b.try(i + 1)
		delete(b.at, id)
	}
}

// seated reports whether those who come find a unit each: a free one, or that of somebody who leaves and is less frail.
func seated(come []int, free int, leave []int) bool {
	if len(come) == 0 {
		return true
	}
	if free > 0 && seated(come[1:], free-1, leave) {
		return true
	}
	for k, class := range leave {
		if class > come[0] && seated(come[1:], free, slices.Delete(slices.Clone(leave), k, k+1)) {
			return true
		}
	}
	return false
}

func (b *bruteClosure) judge() {
	come, leave := map[string][]int{}, map[string][]int{}
	served, loss, price := make([]int, b.r.Classes), make([]int, 6*b.r.Classes), 0
	add := func(class int, had, gets allocate.RebookTerms) {
		at := loss[6*(class-1):]
		if had.Department != gets.Department {
			at[0]++
		}
		if had.Physician != "" && had.Physician != gets.Physician {
			at[1]++
		}
		later := gets.Date.Sub(had.Date)*1440 + gets.Clock.Minutes() - had.Clock.Minutes()
		at[2] += max(had.Grade-gets.Grade, gets.Grade-had.Grade)
		at[3] += max(had.Date.Sub(gets.Date), gets.Date.Sub(had.Date))
		at[4] += max(had.Clock.Minutes()-gets.Clock.Minutes(), gets.Clock.Minutes()-had.Clock.Minutes())
		if later < 0 {
			at[5]++
		}
	}
	for _, a := range b.r.Affected {
		if s, ok := b.at[a.ID]; ok {
			come[s] = append(come[s], a.Class)
			served[a.Class-1]--
			add(a.Class, a.Had, b.slot[s].Terms)
		}
	}
	for _, who := range b.r.Booked {
		if s, ok := b.at[who.ID]; ok {
			come[s], leave[who.Slot] = append(come[s], who.Class), append(leave[who.Slot], who.Class)
			price += who.Price
			add(who.Class, b.slot[who.Slot].Terms, b.slot[s].Terms)
		}
	}
	for _, s := range b.r.Slots {
		if !seated(come[s.ID], s.Free, leave[s.ID]) {
			return
		}
	}
	worth := append(append(served, price), loss...)
	switch c := slices.Compare(worth, b.least); {
	case b.least == nil || c < 0:
		b.least, b.ways = worth, nil
	case c > 0:
		return
	}
	way := map[string]string{}
	for _, a := range b.r.Affected {
		way[a.ID] = b.at[a.ID]
	}
	for _, who := range b.r.Booked {
		if s, ok := b.at[who.ID]; ok {
			way[who.ID] = s
		}
	}
	b.ways = append(b.ways, way)
}

// wayOf is a plan as brute force writes it.
func wayOf(plan allocate.RebookPlan) map[string]string {
	way := map[string]string{}
	for _, list := range [][]allocate.RebookProposal{plan.Proposals, plan.Displaced} {
		for _, p := range list {
			way[p.Appointment] = p.Slot
		}
	}
	return way
}

// rebook solves a round and requires that the plan be verified.
func rebook(t require.TestingT, r allocate.RebookRound) allocate.RebookPlan {
	p, err := allocate.NewRebookProblem(r)
	require.NoError(t, err)
	plan := allocate.Rebook(p, nil)
	require.NoError(t, allocate.VerifyRebook(p, plan))
	return plan
}

// requireLeast requires that nothing is better than what Rebook gives.
func requireLeast(t require.TestingT, r allocate.RebookRound) allocate.RebookPlan {
	plan, want := rebook(t, r), newBruteClosure(r)
	require.Contains(t, want.ways, wayOf(plan))
	require.Equal(t, want.least, vectorOf(plan.Objective))
	return plan
}

func TestRebookBrute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for range 20 {
			requireLeast(t, smallClosure(t, 4))
		}
	})
}

func TestRebookBruteCrowded(t *testing.T) {
	displaced, chains, waitlisted, d := 0, 0, 0, dice(1)
	for range 3000 {
		plan := requireLeast(t, crowdedClosure(&d))
		displaced += len(plan.Displaced)
		chains += max(0, len(plan.Displaced)-1)
		for _, c := range plan.Objective.Classes {
			waitlisted += int(c.Waitlisted)
		}
	}
	t.Log("displaced, beyond the first of a plan, waitlisted:", displaced, chains, waitlisted)
	require.Positive(t, chains) // the worlds are of the kind that they are meant to be
	require.Positive(t, waitlisted)
}

// vectorOf writes an objective as brute force does.
func vectorOf(o allocate.RebookObjective) []int {
	var v, loss []int
	for _, c := range o.Classes {
		v = append(v, -int(c.Moved))
		loss = append(loss, int(c.Departments), int(c.Physicians), int(c.GradeSteps), int(c.Days), int(c.Minutes), int(c.Earlier))
	}
	return append(append(v, int(o.Price)), loss...)
}

// Of equally good ways that of the least sum of hashes is given. Where nobody else may move, a slot has one node.
func TestRebookBruteCanonical(t *testing.T) {
	ties := 0
	rapid.Check(t, func(t *rapid.T) {
		for range 5 {
			r := smallClosure(t, 4)
			r.MoveOthers = false
			for i := range r.Slots { // so that ways are often equal
				r.Slots[i].Terms = r.Slots[0].Terms
			}
			for i := range r.Affected {
				if !r.Affected[i].OtherDepartment && r.Affected[i].Had.Department != r.Slots[0].Terms.Department {
					r.Affected[i].Options = nil
				}
			}
			r.Booked = nil
			plan, want := rebook(t, r), newBruteClosure(r)
			ties += len(want.ways) - 1
			least := slices.MinFunc(want.ways, func(a, b map[string]string) int { return cmp.Compare(hashOf(r, a), hashOf(r, b)) })
			require.Equal(t, least, wayOf(plan))
		}
	})
	require.Positive(t, ties)
}

func hashOf(r allocate.RebookRound, way map[string]string) (sum int64) {
	for _, a := range r.Affected {
		if s := way[a.ID]; s != "" {
			sum += allocate.AssignHash(r.Salt, a.ID, "0/"+s)
		}
	}
	return sum
}
