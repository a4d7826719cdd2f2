package allocate_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// proven solves and verifies.
func proven(t require.TestingT, r allocate.AssignRound) allocate.AssignPlan {
	p, err := allocate.NewAssignProblem(r)
	require.NoError(t, err)
	plan := allocate.Assign(p, allocate.AssignEffort{})
	require.NoError(t, allocate.VerifyAssign(p, plan))
	return plan
}

// TestAssignDegenerate: worlds at the edges, each against brute force.
func TestAssignDegenerate(t *testing.T) {
	const most = allocate.MaxAssignCost
	patients := func(n int, cost func(i, j int) int64, slots ...string) []allocate.AssignPatient {
		var list []allocate.AssignPatient
		for i := range n {
			a := allocate.AssignPatient{ID: fmt.Sprintf("p%d", i), UnassignedCost: 100}
			for j, s := range slots {
				a.Options = append(a.Options, allocate.AssignOption{Slot: s, Cost: cost(i, j)})
			}
			list = append(list, a)
		}
		return list
	}
	equal := func(_, _ int) int64 { return 7 }
	for name, r := range map[string]allocate.AssignRound{
		"nothing":            {},
		"slots alone":        {Slots: []allocate.AssignSlot{{ID: "a", Capacity: 2}}},
		"no options":         {Patients: patients(3, equal)},
		"equal costs":        {Patients: patients(5, equal, "a", "b", "c"), Slots: []allocate.AssignSlot{{ID: "a", Capacity: 1}, {ID: "b", Capacity: 1}, {ID: "c", Capacity: 1}}},
		"zero capacity":      {Patients: patients(4, equal, "a", "b"), Slots: []allocate.AssignSlot{{ID: "a"}, {ID: "b", Capacity: 1}}},
		"one slot for all":   {Patients: patients(7, func(i, _ int) int64 { return int64(i % 3) }, "a"), Slots: []allocate.AssignSlot{{ID: "a", Capacity: 4}}},
		"disconnected":       {Patients: append(patients(3, equal, "a"), renamed(patients(3, equal, "b"))...), Slots: []allocate.AssignSlot{{ID: "a", Capacity: 1}, {ID: "b", Capacity: 2}, {ID: "c", Capacity: 1}}},
		"duplicate options":  {Patients: patients(3, func(_, j int) int64 { return int64(5 - j) }, "a", "a", "b", "a"), Slots: []allocate.AssignSlot{{ID: "a", Capacity: 1}, {ID: "b", Capacity: 1}}},
		"extreme costs":      {Patients: patients(5, func(i, j int) int64 { return []int64{most, -most, most - 1, 0}[(i+j)%4] }, "a", "b"), Slots: []allocate.AssignSlot{{ID: "a", Capacity: 2}, {ID: "b", Capacity: 1}}},
		"as dear as leaving": {Patients: patients(4, func(_, _ int) int64 { return 100 }, "a", "b"), Slots: []allocate.AssignSlot{{ID: "a", Capacity: 2}, {ID: "b", Capacity: 1}}},
		"dearer":             {Patients: patients(3, func(_, _ int) int64 { return 101 }, "a"), Slots: []allocate.AssignSlot{{ID: "a", Capacity: 2}}},
		"more room than all": {Patients: patients(3, equal, "a"), Slots: []allocate.AssignSlot{{ID: "a", Capacity: allocate.MaxAssignCapacity}}},
	} {
		t.Run(name, func(t *testing.T) {
			r.Goal = allocate.LeastCost
			requireBest(t, r)
			r.Goal, r.Classes = allocate.ServeByClass, 2
			for i := range r.Patients {
				r.Patients[i].UnassignedCost, r.Patients[i].Class = 0, 1+i%2
			}
			requireBest(t, r)
		})
	}
}

func renamed(list []allocate.AssignPatient) []allocate.AssignPatient {
	for i := range list {
		list[i].ID = "q" + list[i].ID
	}
	return list
}

// TestAssignLevelsAreNotWeights: one of class 1 outweighs any number of class 2 at any cost, and one unit of cost any sum of hashes.
func TestAssignLevelsAreNotWeights(t *testing.T) {
	r := allocate.AssignRound{Goal: allocate.ServeByClass, Classes: 2, Slots: []allocate.AssignSlot{{ID: "only", Capacity: 1}}}
	for i := range 2000 {
		r.Slots = append(r.Slots, allocate.AssignSlot{ID: fmt.Sprintf("s%04d", i), Capacity: 1})
	}
	// Each patient of class 2 costs a billion less than the first of class 1 whom the chain would push out.
	for i := range 2000 {
		r.Patients = append(r.Patients, allocate.AssignPatient{ID: fmt.Sprintf("p%04d", i), Class: 2, Options: []allocate.AssignOption{
			{Slot: "only", Cost: -allocate.MaxAssignCost}, {Slot: fmt.Sprintf("s%04d", i), Cost: allocate.MaxAssignCost},
		}})
	}
	r.Patients = append(r.Patients, allocate.AssignPatient{ID: "first", Class: 1, Options: []allocate.AssignOption{{Slot: "only", Cost: allocate.MaxAssignCost}}})
	plan := proven(t, r)
	require.Equal(t, []int64{1, 2000}, plan.Objective.Served)
	require.Equal(t, int64(2001)*allocate.MaxAssignCost, plan.Objective.Cost)
}

// TestAssignLongChains: potentials grow along a path; here one of all patients, at the extremes of costs and hashes.
func TestAssignLongChains(t *testing.T) {
	const n = 3000
	r := allocate.AssignRound{Goal: allocate.LeastCost}
	want := new(big.Int)
	for i := range n {
		r.Slots = append(r.Slots, allocate.AssignSlot{ID: fmt.Sprintf("s%05d", i), Capacity: 1})
		a := allocate.AssignPatient{ID: fmt.Sprintf("p%05d", i), UnassignedCost: allocate.MaxAssignCost}
		a.Options = append(a.Options, allocate.AssignOption{Slot: fmt.Sprintf("s%05d", i), Cost: -allocate.MaxAssignCost})
		if i > 0 {
			a.Options = append(a.Options, allocate.AssignOption{Slot: fmt.Sprintf("s%05d", i-1), Cost: allocate.MaxAssignCost})
		}
		r.Patients = append(r.Patients, a)
		want.Add(want, big.NewInt(-allocate.MaxAssignCost))
	}
	require.Equal(t, want.Int64(), proven(t, r).Objective.Cost)
	// Close the last slot: to serve all but one costs most, and pays nothing.
	r.Slots[n-1].Capacity = 0
	plan := proven(t, r)
	require.Equal(t, int64(-(n-2))*allocate.MaxAssignCost, plan.Objective.Cost)
}

// TestAssignOrderOfInputMeansNothing permutes every list.
func TestAssignOrderOfInputMeansNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := smallRound(t, rapid.IntRange(0, 3).Draw(t, "quotas"))
		plan := proven(t, r)
		shuffled := r
		shuffled.Patients = rapid.Permutation(r.Patients).Draw(t, "patients")
		shuffled.Slots = rapid.Permutation(r.Slots).Draw(t, "slots")
		shuffled.Quotas = rapid.Permutation(r.Quotas).Draw(t, "quotas in order")
		shuffled.Patients = slices.Clone(shuffled.Patients)
		for i := range shuffled.Patients {
			shuffled.Patients[i].Options = rapid.Permutation(shuffled.Patients[i].Options).Draw(t, "options")
		}
		require.Equal(t, plan, proven(t, shuffled))
	})
}

// TestAssignRelabelling: other names may change which of equally good answers is given, never how good it is.
func TestAssignRelabelling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := smallRound(t, rapid.IntRange(0, 3).Draw(t, "quotas"))
		want := proven(t, r).Objective
		name := func(s string) string { return strings.ToUpper(s) + fmt.Sprint(9-s[1]+'0') }
		r.Slots, r.Patients, r.Quotas = slices.Clone(r.Slots), slices.Clone(r.Patients), slices.Clone(r.Quotas)
		for j := range r.Slots {
			r.Slots[j].ID = name(r.Slots[j].ID)
		}
		for i := range r.Patients {
			a := &r.Patients[i]
			a.ID, a.Options = name(a.ID), slices.Clone(a.Options)
			for k := range a.Options {
				a.Options[k].Slot = name(a.Options[k].Slot)
			}
		}
		for k := range r.Quotas {
			if r.Quotas[k].Slot != "" {
				r.Quotas[k].Slot = name(r.Quotas[k].Slot)
			}
		}
		require.Equal(t, want, proven(t, r).Objective)
	})
}

// TestAssignMoreRoomServesNoFewer: a unit more makes the objective no worse.
func TestAssignMoreRoomServesNoFewer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := smallRound(t, rapid.IntRange(0, 3).Draw(t, "quotas"))
		if len(r.Slots) == 0 {
			return
		}
		before := proven(t, r).Objective
		r.Slots = slices.Clone(r.Slots)
		r.Slots[rapid.IntRange(0, len(r.Slots)-1).Draw(t, "slot")].Capacity++
		require.LessOrEqual(t, proven(t, r).Objective.Compare(before), 0)
	})
}

// TestAssignSaltChooses: among equally good answers other salts choose others, and not always one.
func TestAssignSaltChooses(t *testing.T) {
	r := allocate.AssignRound{Goal: allocate.LeastCost, Slots: []allocate.AssignSlot{{ID: "a", Capacity: 1}}}
	for i := range 4 {
		r.Patients = append(r.Patients, allocate.AssignPatient{ID: fmt.Sprint(i), UnassignedCost: 1, Options: []allocate.AssignOption{{Slot: "a"}}})
	}
	times := map[string]int{}
	for salt := range uint64(400) {
		r.Salt = salt
		for _, place := range proven(t, r).Places {
			if place.Slot != "" {
				times[place.Patient]++
			}
		}
	}
	for i := range 4 {
		require.InDelta(t, 100, times[fmt.Sprint(i)], 40, "%v", times)
	}
}

// TestAssignTies: with hashes of no or few bits answers tie, the next salt is used, and the proof says so.
func TestAssignTies(t *testing.T) {
	later := 0
	rapid.Check(t, func(t *rapid.T) {
		r := smallRound(t, 0)
		solver, err := allocate.NarrowSolver(r, 2)
		require.NoError(t, err)
		fresh := 0
		for range 3 {
			p, err := allocate.NewAssignProblem(r)
			require.NoError(t, err)
			p.NarrowHash(2)
			cold := allocate.Assign(p, allocate.AssignEffort{})
			_, warm := solver.Plan()
			require.Equal(t, cold.Places, warm.Places)
			require.Equal(t, cold.Salt, warm.Salt)
			if len(cold.Tied) < 16 { // else every salt ties: 2 bits may not tell some apart
				require.NoError(t, allocate.VerifyAssign(p, cold))
			}
			if len(cold.Tied) > 0 {
				later++
				early := cold.Tied[0]
				require.Error(t, allocate.VerifyAssign(p, early), "an answer that ties is not the canonical one")
			}
			_, err = solver.Apply(drawChange(t, &r, &fresh))
			require.NoError(t, err)
		}
	})
	require.Positive(t, later)
}

// TestAssignHashGolden pins the hash: an answer given years ago must be given again.
func TestAssignHashGolden(t *testing.T) {
	got := []int64{
		allocate.AssignHash(0, "", ""), allocate.AssignHash(0, "a", "b"), allocate.AssignHash(0, "b", "a"), allocate.AssignHash(1, "a", "b"),
		allocate.AssignHash(math.MaxUint64, "patient 0000001", "2026-11-24/08:00/张"),
	}
	require.Equal(t, []int64{694689949534, 955439351975, 148968952274, 473721371745, 445150553000}, got)
}

// TestAssignHashIsSpread: each bit is set about half the time, over patients, slots and salts.
func TestAssignHashIsSpread(t *testing.T) {
	const n = 4096
	var set [3][40]int
	for i := range n {
		name := fmt.Sprint(i)
		for k, h := range []int64{allocate.AssignHash(0, name, "s"), allocate.AssignHash(0, "p", name), allocate.AssignHash(uint64(i), "p", "s")} {
			require.Zero(t, h>>40)
			for bit := range 40 {
				set[k][bit] += int(h >> bit & 1)
			}
		}
	}
	for k := range set {
		for bit := range set[k] {
			require.InDelta(t, n/2, set[k][bit], 6*32, "of %d, bit %d", k, bit) // six standard deviations
		}
	}
}

// TestAssignCityAgainstTextbook: larger worlds of every kind, against successive shortest paths on an explicit network.
func TestAssignCityAgainstTextbook(t *testing.T) {
	for _, w := range cityWorlds {
		for seed := range uint64(3) {
			r := cityWorld(seed, 600, w.percent, w.joined)
			for j := 0; seed == 2 && j < len(r.Slots); j += 7 {
				r.Slots[j].Capacity = 0
			}
			require.Equal(t, newNaive(r).solve(len(r.Patients)), proven(t, r).Objective.Cost, w.name)
		}
	}
}

// TestAssignCityWarm: changes of every kind to a larger world, held against solving it afresh.
func TestAssignCityWarm(t *testing.T) {
	r := cityWorld(5, 800, 102, false)
	spare := cityWorld(6, 800, 102, false)
	solver, err := allocate.NewAssignSolver(r, allocate.AssignEffort{})
	require.NoError(t, err)
	for k := range 60 {
		_, err := solver.Apply(warmChange(r, spare, k, 12))
		require.NoError(t, err)
		if k%20 == 19 {
			p, warm := solver.Plan()
			require.NoError(t, allocate.VerifyAssign(p, warm))
			require.Equal(t, allocate.Assign(p, allocate.AssignEffort{}).Places, warm.Places)
		}
	}
}

// TestAssignProgress: it is told, it may stop, and what was stopped proves nothing.
func TestAssignProgress(t *testing.T) {
	for name, r := range map[string]allocate.AssignRound{"plain": cityWorld(1, 600, 102, false), "flow": flowRound(), "crossing": quotaRound()} {
		p, err := allocate.NewAssignProblem(r)
		require.NoError(t, err)
		told := 0
		plan := allocate.Assign(p, allocate.AssignEffort{Progress: func(g allocate.AssignProgress) bool {
			told++
			require.Equal(t, int64(p.Patients()), g.Patients)
			require.LessOrEqual(t, g.Placed, g.Patients)
			return true
		}})
		require.Positive(t, told, name)
		require.Equal(t, allocate.AssignBest, plan.Outcome)
		stopped := allocate.Assign(p, allocate.AssignEffort{Progress: func(allocate.AssignProgress) bool { return false }})
		require.Equal(t, allocate.AssignStopped, stopped.Outcome, name)
		require.Empty(t, slotsOf(stopped))
		require.Error(t, allocate.VerifyAssign(p, stopped))
	}
}

// TestAssignWorkLimit: where the limit is met the answer keeps every limit and the gap is honest.
func TestAssignWorkLimit(t *testing.T) {
	r := partedRound(t)
	p, err := allocate.NewAssignProblem(r)
	require.NoError(t, err)
	full := allocate.Assign(p, allocate.AssignEffort{})
	bounded := 0
	for limit := int64(-1); limit <= full.Steps; limit++ {
		plan := allocate.Assign(p, allocate.AssignEffort{WorkLimit: limit})
		require.NoError(t, allocate.VerifyAssign(p, plan), "%d", limit)
		require.GreaterOrEqual(t, plan.Objective.Compare(full.Objective), 0)
		require.LessOrEqual(t, plan.Bound.Compare(full.Objective), 0)
		if plan.Outcome == allocate.AssignBounded {
			bounded++
			require.Negative(t, plan.Bound.Compare(plan.Objective))
			plan.Bound = plan.Objective
			plan.Outcome = allocate.AssignBest
			require.Error(t, allocate.VerifyAssign(p, plan), "what is not proven is not taken for proven")
		}
		if limit == 0 {
			require.Equal(t, full, plan, "0 is the default")
		}
	}
	require.Positive(t, bounded)
}
