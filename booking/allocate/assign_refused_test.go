package allocate_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// TestAssignRefusesAllAtOnce: every fault of a round is named with field and value.
func TestAssignRefusesAllAtOnce(t *testing.T) {
	_, err := allocate.NewAssignProblem(allocate.AssignRound{
		Goal: allocate.ServeByClass, Classes: 2,
		Patients: []allocate.AssignPatient{
			{ID: "a", Class: 3, UnassignedCost: 5, Options: []allocate.AssignOption{{Slot: "x", Cost: allocate.MaxAssignCost + 1}}},
			{ID: "a", Class: 1, Channel: " app"}, {ID: "", Class: 1},
		},
		Slots:  []allocate.AssignSlot{{ID: "s", Capacity: -1}, {ID: "s", Capacity: allocate.MaxAssignCapacity + 1, Session: "\xff"}},
		Quotas: []allocate.AssignQuota{{Channel: "", Slot: "s", Session: "am", Most: -1}, {Channel: "app", Slot: "y"}, {Channel: "app", Slot: "y"}},
	})
	require.Error(t, err)
	for _, want := range []string{
		`Patients[0].Class 3: want 1 to 2`, `Patients[0].UnassignedCost 5: want 0 with ServeByClass`,
		`Patients[0].Options[0].Slot "x": not among Slots`, `Patients[0].Options[0].Cost 1000000001: want -1000000000 to 1000000000`,
		`Patients[1].ID "a": also Patients[0]`, `Patients[1].Channel " app": space at an end`, `Patients[2].ID "": missing`,
		`Slots[0].Capacity -1: want 0 to 1048576`, `Slots[1].ID "s": also Slots[0]`, `Slots[1].Capacity 1048577`, `Slots[1].Session "\xff": not UTF-8`,
		`Quotas[0].Channel "": missing`, `Quotas[0].Slot "s": want none beside Session "am"`, `Quotas[0].Session "am": not the session of any slot`,
		`Quotas[0].Most -1: want 0 or more`, `Quotas[1].Slot "y": not among Slots`, `Quotas[2].Channel "app": bounded there by Quotas[1] already`,
	} {
		require.ErrorContains(t, err, want)
	}
	require.Len(t, strings.Split(err.Error(), "\n"), 18)
}

func TestAssignRefusesSizes(t *testing.T) {
	for want, r := range map[string]allocate.AssignRound{
		`Goal no goal: want ServeByClass or LeastCost`: {},
		`Goal AssignGoal(9)`:                           {Goal: 9},
		`Classes 0: want 1 to 64`:                      {Goal: allocate.ServeByClass},
		`Classes 65: want 1 to 64`:                     {Goal: allocate.ServeByClass, Classes: 65},
		`Classes 1: want 0 to 0`:                       {Goal: allocate.LeastCost, Classes: 1},
		`len(Patients) 1048577: want 0 to 1048576`:     {Goal: allocate.LeastCost, Patients: make([]allocate.AssignPatient, allocate.MaxAssignPatients+1)},
		`len(Slots) 1048577: want 0 to 1048576`:        {Goal: allocate.LeastCost, Slots: make([]allocate.AssignSlot, allocate.MaxAssignSlots+1)},
		`len(Quotas) 1048577: want 0 to 1048576`:       {Goal: allocate.LeastCost, Quotas: make([]allocate.AssignQuota, allocate.MaxAssignQuotas+1)},
		`Patients[0].Class 1: want 0 with LeastCost`:   {Goal: allocate.LeastCost, Patients: []allocate.AssignPatient{{ID: "a", Class: 1}}},
		`Patients[0].UnassignedCost 1000000001`:        {Goal: allocate.LeastCost, Patients: []allocate.AssignPatient{{ID: "a", UnassignedCost: allocate.MaxAssignCost + 1}}},
	} {
		_, err := allocate.NewAssignProblem(r)
		require.ErrorContains(t, err, want)
	}
}

// TestAssignSolverRefuses: a change with faults changes nothing.
func TestAssignSolverRefuses(t *testing.T) {
	solver, err := allocate.NewAssignSolver(flowRound(), allocate.AssignEffort{})
	require.NoError(t, err)
	_, before := solver.Plan()
	_, err = solver.Apply(allocate.AssignChange{
		Depart: []string{"A", "A", "Z"},
		Arrive: []allocate.AssignPatient{
			{ID: "A", Class: 9}, {ID: "N", Class: 1, UnassignedCost: 1, Options: []allocate.AssignOption{{Slot: "nowhere", Cost: -1 << 40}}}, {ID: "N", Class: 1},
		},
		Slots: []allocate.AssignSlot{{ID: "08:00", Capacity: -1, Session: "pm"}, {ID: "08:00", Session: "am"}, {ID: ""}},
	})
	for _, want := range []string{
		`Depart[1] "A": twice`, `Depart[2] "Z": not among the patients`, `Slots[0].Capacity -1`, `Slots[0].Session "pm": want "am" as before`,
		`Slots[1].ID "08:00": twice`, `Slots[2].ID "": missing`, `Arrive[0].Class 9`, `Arrive[0].ID "A": twice, or among Depart`, `Arrive[1].UnassignedCost 1`,
		`Arrive[1].Options[0].Slot "nowhere": not among the slots`, `Arrive[1].Options[0].Cost -1099511627776`, `Arrive[2].ID "N": twice`,
	} {
		require.ErrorContains(t, err, want)
	}
	_, after := solver.Plan()
	require.Equal(t, before, after)
	_, err = allocate.NewAssignSolver(allocate.AssignRound{}, allocate.AssignEffort{})
	require.ErrorContains(t, err, "Goal")
}

func TestAssignWords(t *testing.T) {
	require.Equal(t, "serve by class, least cost, no goal, AssignGoal(7)",
		allocate.ServeByClass.String()+", "+allocate.LeastCost.String()+", "+allocate.AssignGoal(0).String()+", "+allocate.AssignGoal(7).String())
	require.Equal(t, "best, bounded, stopped, AssignOutcome(9)",
		allocate.AssignBest.String()+", "+allocate.AssignBounded.String()+", "+allocate.AssignStopped.String()+", "+allocate.AssignOutcome(9).String())
	require.False(t, allocate.AssignGoal(0).IsValid() || allocate.AssignGoal(3).IsValid())
	require.True(t, allocate.AssignStopped.IsValid() && !allocate.AssignOutcome(0).IsValid() && !allocate.AssignOutcome(4).IsValid())
}
