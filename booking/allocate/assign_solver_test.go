package allocate_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// drawChange draws a change to a round and makes it to the round.
func drawChange(t *rapid.T, r *allocate.AssignRound, fresh *int) allocate.AssignChange {
	var c allocate.AssignChange
	for range rapid.IntRange(0, 2).Draw(t, "slots") {
		s := allocate.AssignSlot{ID: fmt.Sprintf("s%d", rapid.IntRange(0, 6).Draw(t, "slot")), Capacity: rapid.IntRange(0, 3).Draw(t, "capacity")}
		if slices.ContainsFunc(c.Slots, func(o allocate.AssignSlot) bool { return o.ID == s.ID }) {
			continue
		}
		k := slices.IndexFunc(r.Slots, func(o allocate.AssignSlot) bool { return o.ID == s.ID })
		if k >= 0 {
			s.Session = r.Slots[k].Session
			r.Slots[k] = s
		} else {
			r.Slots = append(r.Slots, s)
		}
		c.Slots = append(c.Slots, s)
	}
	kept := r.Patients[:0:0]
	for _, a := range r.Patients {
		switch rapid.IntRange(0, 7).Draw(t, "fate") {
		case 0:
			c.Depart = append(c.Depart, a.ID)
			continue
		case 1:
			a = drawPatient(t, r, a.ID)
			c.Arrive = append(c.Arrive, a)
		}
		kept = append(kept, a)
	}
	for range rapid.IntRange(0, 2).Draw(t, "arrivals") {
		*fresh++
		a := drawPatient(t, r, fmt.Sprintf("q%d", *fresh))
		c.Arrive, kept = append(c.Arrive, a), append(kept, a)
	}
	r.Patients = kept
	return c
}

func drawPatient(t *rapid.T, r *allocate.AssignRound, id string) allocate.AssignPatient {
	a := allocate.AssignPatient{ID: id, Channel: rapid.SampledFrom([]string{"", "app", "web"}).Draw(t, "channel")}
	if r.Goal == allocate.LeastCost {
		a.UnassignedCost = rapid.Int64Range(-3, 15).Draw(t, "leave")
	} else {
		a.Class = rapid.IntRange(1, r.Classes).Draw(t, "class")
	}
	for _, s := range r.Slots {
		if rapid.Bool().Draw(t, "wants") {
			a.Options = append(a.Options, allocate.AssignOption{Slot: s.ID, Cost: rapid.Int64Range(-2, 8).Draw(t, "cost")})
		}
	}
	return a
}

// warmIsCold changes a round step by step and holds the solver's answer against one from scratch.
func warmIsCold(t *rapid.T, r allocate.AssignRound, steps int) {
	solver, err := allocate.NewAssignSolver(r, allocate.AssignEffort{})
	require.NoError(t, err)
	_, plan := solver.Plan()
	before, fresh := slotsOf(plan), 0
	for range steps {
		c := drawChange(t, &r, &fresh)
		moved, err := solver.Apply(c)
		require.NoError(t, err)
		p, err := allocate.NewAssignProblem(r)
		require.NoError(t, err)
		cold := allocate.Assign(p, allocate.AssignEffort{})
		same, warm := solver.Plan()
		require.NoError(t, allocate.VerifyAssign(same, warm))
		require.NoError(t, allocate.VerifyAssign(p, warm), "the warm proof holds for the round as stated")
		require.Equal(t, cold.Places, warm.Places)
		require.Equal(t, cold.Objective, warm.Objective)
		require.Equal(t, cold.Salt, warm.Salt)
		requireMoved(t, before, cold.Places, moved, c)
		before = slotsOf(cold)
	}
}

// requireMoved: the places reported are those that differ, and those of everybody who arrived.
func requireMoved(t *rapid.T, before map[string]string, after, moved []allocate.AssignPlace, c allocate.AssignChange) {
	var want []allocate.AssignPlace
	for _, place := range after {
		came := slices.ContainsFunc(c.Arrive, func(a allocate.AssignPatient) bool { return a.ID == place.Patient })
		if came || before[place.Patient] != place.Slot {
			want = append(want, place)
		}
	}
	require.Equal(t, want, moved)
}

func TestAssignWarmIsCold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { warmIsCold(t, smallRound(t, 0), 6) })
}

func TestAssignWarmIsColdQuotas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { warmIsCold(t, smallRound(t, rapid.IntRange(1, 3).Draw(t, "quotas")), 3) })
}
