package allocate_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// busyWorld is a round that branch and bound does not end in reasonable time: 120 patients of 5 channels for 40 slots in 10 sessions, with a
// quota for each channel in each session.
func busyWorld(seed uint64) allocate.AssignRound {
	d := dice(seed)
	r := allocate.AssignRound{Goal: allocate.LeastCost}
	for j := range 40 {
		r.Slots = append(r.Slots, allocate.AssignSlot{ID: fmt.Sprintf("s%02d", j), Capacity: 1 + d.n(3), Session: fmt.Sprint("d", j%10)})
	}
	for i := range 120 {
		a := allocate.AssignPatient{ID: fmt.Sprintf("p%03d", i), Channel: fmt.Sprint("c", d.n(5)), UnassignedCost: int64(50 + d.n(50))}
		for range 8 {
			a.Options = append(a.Options, allocate.AssignOption{Slot: r.Slots[d.n(40)].ID, Cost: int64(d.n(40))})
		}
		r.Patients = append(r.Patients, a)
	}
	for s := range 10 {
		for c := range 5 {
			r.Quotas = append(r.Quotas, allocate.AssignQuota{Channel: fmt.Sprint("c", c), Session: fmt.Sprint("d", s), Most: 1 + d.n(2)})
		}
	}
	return r
}

// TestAssignWorkLimitHolds: the limit is kept to, all steps are told, more work is no worse, and what is given is proved.
func TestAssignWorkLimitHolds(t *testing.T) {
	p, err := allocate.NewAssignProblem(busyWorld(1))
	require.NoError(t, err)
	var before *allocate.AssignPlan
	for _, limit := range []int64{1, 40, 160} {
		told := int64(0)
		plan := allocate.Assign(p, allocate.AssignEffort{WorkLimit: limit, Progress: func(a allocate.AssignProgress) bool {
			told++
			return a.Steps == told
		}})
		require.Equal(t, allocate.AssignBounded, plan.Outcome)
		require.NoError(t, allocate.VerifyAssign(p, plan))
		require.Equal(t, told, plan.Steps)
		require.GreaterOrEqual(t, plan.Steps, limit)
		require.LessOrEqual(t, plan.Steps, limit+1)
		if before != nil {
			require.LessOrEqual(t, plan.Objective.Compare(before.Objective), 0)
			require.GreaterOrEqual(t, plan.Bound.Compare(before.Bound), 0)
		}
		before = &plan
	}
}

// BenchmarkAssignWork gives how long a step takes, in milliseconds, as the limit grows: the limit is a time only if that stays the same.
func BenchmarkAssignWork(b *testing.B) {
	for _, limit := range []int64{200, 1000, allocate.DefaultAssignWork} {
		b.Run(fmt.Sprint(limit), func(b *testing.B) {
			p, err := allocate.NewAssignProblem(busyWorld(1))
			require.NoError(b, err)
			for b.Loop() {
				steps := int64(0)
				d := best(1, func() { steps = allocate.Assign(p, allocate.AssignEffort{WorkLimit: limit}).Steps })
				b.ReportMetric(float64(d.Microseconds())/1000/float64(steps), "step-ms")
			}
		})
	}
}
