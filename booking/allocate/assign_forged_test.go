package allocate_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// emptied is a plan that gives nobody anything, with sums that are right, and says that it is bounded.
func emptied(plan allocate.AssignPlan) allocate.AssignPlan {
	plan.Places = append([]allocate.AssignPlace(nil), plan.Places...)
	for i := range plan.Places {
		plan.Places[i] = allocate.AssignPlace{Patient: plan.Places[i].Patient}
	}
	plan.Objective = allocate.AssignObjective{Served: make([]int64, len(plan.Objective.Served))}
	plan.Outcome = allocate.AssignBounded
	return plan
}

// TestVerifyAssignForgedBound: no bound whose sums would wrap, and none worse than the objective, is taken.
func TestVerifyAssignForgedBound(t *testing.T) {
	p, err := allocate.NewAssignProblem(quotaRound())
	require.NoError(t, err)
	best := allocate.Assign(p, allocate.AssignEffort{})
	for _, bound := range []allocate.AssignObjective{
		{Served: []int64{math.MinInt64, 0}}, {Served: []int64{0, math.MinInt64}}, {Served: []int64{math.MinInt64, math.MinInt64}},
		{Served: []int64{math.MaxInt64, 0}}, {Served: []int64{3, math.MaxInt64}}, {Served: []int64{3, math.MinInt64}}, {Served: []int64{4, 0}},
		{Served: []int64{-1, 0}}, {Served: []int64{0, 0}}, {Served: []int64{0, 0}, Cost: math.MaxInt64}, {Served: []int64{0, 0}, Cost: math.MinInt64},
		{Served: []int64{0, 0}, Cost: -1}, {Served: []int64{0, 0}, Cost: 1}, {Served: []int64{1, -1}, Cost: math.MaxInt64}, {Served: nil},
		{Served: make([]int64, 100)}, {Served: []int64{1, 0}, Cost: math.MinInt64},
	} {
		forged := emptied(best)
		forged.Bound = bound
		require.Error(t, allocate.VerifyAssign(p, forged), "%v", bound)
	}
	forged := emptied(best)
	forged.Bound = best.Objective
	require.NoError(t, allocate.VerifyAssign(p, forged), "poor, but what it claims is so")
	forged.Objective.Served = nil
	require.Error(t, allocate.VerifyAssign(p, forged))
}

// TestVerifyAssignForgedCost: the same of costs alone.
func TestVerifyAssignForgedCost(t *testing.T) {
	r := partedRound(t)
	p, err := allocate.NewAssignProblem(r)
	require.NoError(t, err)
	best := allocate.Assign(p, allocate.AssignEffort{})
	for _, cost := range []int64{math.MaxInt64, math.MaxInt64 - 1, 1 << 62, best.Bound.Cost + 1} {
		forged := best
		forged.Outcome, forged.Bound.Cost = allocate.AssignBounded, cost
		require.Error(t, allocate.VerifyAssign(p, forged), "%d", cost)
	}
	for _, cost := range []int64{math.MinInt64, math.MinInt64 + 1, -1 << 62, best.Bound.Cost} {
		weak := best
		weak.Outcome, weak.Bound.Cost = allocate.AssignBounded, cost
		require.NoError(t, allocate.VerifyAssign(p, weak), "%d is a bound, if a weak one", cost)
	}
}

// TestVerifyAssignForgedTied: a salt is shown not to decide by a best answer only.
func TestVerifyAssignForgedTied(t *testing.T) {
	p, err := allocate.NewAssignProblem(plainRound())
	require.NoError(t, err)
	plan := allocate.Assign(p, allocate.AssignEffort{})
	tied := plan
	tied.Outcome = allocate.AssignBounded
	plan.Tied, plan.Salt = []allocate.AssignPlan{tied}, plan.Salt+1
	require.ErrorContains(t, allocate.VerifyAssign(p, plan), "Tied[0].Outcome bounded: want best")
}

// TestZeroValues: what no constructor made is refused, and nothing panics.
func TestZeroValues(t *testing.T) {
	for _, p := range []*allocate.AssignProblem{nil, {}} {
		plan := allocate.Assign(p, allocate.AssignEffort{})
		require.Equal(t, allocate.AssignPlan{}, plan)
		require.False(t, plan.Outcome.IsValid())
		require.ErrorContains(t, allocate.VerifyAssign(p, allocate.AssignPlan{Outcome: allocate.AssignBest}), "not made by NewAssignProblem")
		require.Zero(t, p.Patients()+p.Options()+len(p.Slots())+len(p.Gates()))
	}
	for _, p := range []*allocate.RebookProblem{nil, {}} {
		plan := allocate.Rebook(p, nil)
		require.Equal(t, allocate.RebookPlan{}, plan)
		require.ErrorContains(t, allocate.VerifyRebook(p, allocate.RebookPlan{Outcome: allocate.AssignBest}), "not made by NewRebookProblem")
	}
	for _, solver := range []*allocate.AssignSolver{nil, {}} {
		_, err := solver.Apply(allocate.AssignChange{})
		require.ErrorContains(t, err, "not made by NewAssignSolver")
		p, plan := solver.Plan()
		require.Nil(t, p)
		require.Equal(t, allocate.AssignPlan{}, plan)
	}
}

// TestAssignSolverOwnsItsPlan: what is done to a plan does not reach the solver.
func TestAssignSolverOwnsItsPlan(t *testing.T) {
	for name, r := range map[string]allocate.AssignRound{"plain": plainRound(), "flow": flowRound(), "crossing": quotaRound()} {
		solver, err := allocate.NewAssignSolver(r, allocate.AssignEffort{})
		require.NoError(t, err)
		_, plan := solver.Plan()
		_, want := solver.Plan()
		clear(plan.Places)
		clear(plan.Objective.Served)
		clear(plan.Bound.Served)
		for _, n := range plan.Certificate.Nodes {
			for _, prices := range [][]int64{n.Slots, n.Gates, n.Channels, n.Sessions} {
				for k := range prices {
					prices[k] = -7
				}
			}
		}
		clear(plan.Certificate.Nodes)
		p, got := solver.Plan()
		require.Equal(t, want, got, name)
		require.NoError(t, allocate.VerifyAssign(p, got), name)
	}
}
