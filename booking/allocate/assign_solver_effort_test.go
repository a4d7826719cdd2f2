package allocate_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// TestAssignSolverEffort: the effort bounds the first answer and that of each change.
func TestAssignSolverEffort(t *testing.T) {
	solver, err := allocate.NewAssignSolver(busyWorld(1), allocate.AssignEffort{WorkLimit: 20})
	require.NoError(t, err)
	for _, change := range []allocate.AssignChange{{}, {Depart: []string{"p007"}}} {
		_, err := solver.Apply(change)
		require.NoError(t, err)
		p, plan := solver.Plan()
		require.Equal(t, allocate.AssignBounded, plan.Outcome)
		require.LessOrEqual(t, plan.Steps, int64(21))
		require.NoError(t, allocate.VerifyAssign(p, plan))
		require.Equal(t, allocate.Assign(p, allocate.AssignEffort{WorkLimit: 20}), plan)
	}
}

// TestAssignSolverStopped: a stopped first answer is no solver; a stopped change is made, and the next one gives what both moved.
func TestAssignSolverStopped(t *testing.T) {
	for name, r := range map[string]allocate.AssignRound{"plain": plainRound(), "flow": flowRound(), "crossing": quotaRound()} {
		solver, err := allocate.NewAssignSolver(r, allocate.AssignEffort{Progress: func(allocate.AssignProgress) bool { return false }})
		require.ErrorIs(t, err, allocate.ErrAssignStopped, name)
		require.Nil(t, solver)
	}
	for name, r := range map[string]allocate.AssignRound{"flow": flowRound(), "crossing": quotaRound()} {
		goOn := true
		solver, err := allocate.NewAssignSolver(r, allocate.AssignEffort{Progress: func(allocate.AssignProgress) bool { return goOn }})
		require.NoError(t, err)
		twin, err := allocate.NewAssignSolver(r, allocate.AssignEffort{})
		require.NoError(t, err)
		late := r.Patients[0]
		late.ID = "L"
		change := allocate.AssignChange{Depart: []string{"C"}, Arrive: []allocate.AssignPatient{late}}
		want, err := twin.Apply(change)
		require.NoError(t, err)

		goOn = false
		for _, c := range []allocate.AssignChange{change, {}} { // twice, for the second must not forget what the first noted
			moved, err := solver.Apply(c)
			require.ErrorIs(t, err, allocate.ErrAssignStopped, name)
			require.Nil(t, moved)
			_, plan := solver.Plan()
			require.Equal(t, allocate.AssignStopped, plan.Outcome)
			require.Empty(t, slotsOf(plan))
		}
		goOn = true
		got, err := solver.Apply(allocate.AssignChange{})
		require.NoError(t, err)
		require.NotEmpty(t, got)
		require.Equal(t, want, got, name)
		_, plan := solver.Plan()
		_, twinPlan := twin.Plan()
		require.Equal(t, twinPlan, plan)
	}
}
