package allocate_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// wideSession has one session of so many slots with so many quotas on it.
func wideSession(slots, quotas int) allocate.AssignRound {
	r := allocate.AssignRound{Goal: allocate.LeastCost}
	for j := range slots {
		r.Slots = append(r.Slots, allocate.AssignSlot{ID: fmt.Sprintf("s%04d", j), Capacity: 1, Session: "am"})
	}
	for k := range quotas {
		r.Quotas = append(r.Quotas, allocate.AssignQuota{Channel: fmt.Sprintf("c%04d", k), Session: "am", Most: 1})
	}
	return r
}

// TestAssignQuotaSlots: quotas times the slots of their sessions are bounded, for each pair takes room.
func TestAssignQuotaSlots(t *testing.T) {
	_, err := allocate.NewAssignProblem(wideSession(2048, 2049))
	require.EqualError(t, err, "len(Quotas) 2049: their sessions have 4196352 slots, each counted for each quota: want at most 4194304")
	p, err := allocate.NewAssignProblem(wideSession(64, 64))
	require.NoError(t, err)
	require.Len(t, p.Gates(), 64*64)
}

// TestAssignSolverQuotaSlots: a change that would go beyond is refused, and nothing has changed.
func TestAssignSolverQuotaSlots(t *testing.T) {
	const quotas = 64
	solver, err := allocate.NewAssignSolver(wideSession(2, quotas), allocate.AssignEffort{})
	require.NoError(t, err)
	grown := allocate.AssignChange{Slots: wideSession(allocate.MaxAssignQuotaSlots/quotas+1, 0).Slots}
	_, err = solver.Apply(grown)
	require.ErrorContains(t, err, "len(Slots) 65537: the quotas' sessions would have 4194368 slots")
	p, _ := solver.Plan()
	require.Len(t, p.Slots(), 2)
}
