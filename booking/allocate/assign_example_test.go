package allocate_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// morning is two numbers of a specialist and three patients; the third, of class 1, accepts only the earlier.
func morning() allocate.AssignRound {
	return allocate.AssignRound{
		Goal: allocate.ServeByClass, Classes: 2,
		Slots: []allocate.AssignSlot{{ID: "08:00", Capacity: 1, Session: "am"}, {ID: "08:30", Capacity: 1, Session: "am"}},
		Patients: []allocate.AssignPatient{
			{ID: "Chen", Class: 2, Channel: "app", Options: []allocate.AssignOption{{Slot: "08:00", Cost: 0}, {Slot: "08:30", Cost: 1}}},
			{ID: "Deng", Class: 2, Channel: "app", Options: []allocate.AssignOption{{Slot: "08:00", Cost: 0}, {Slot: "08:30", Cost: 5}}},
			{ID: "Wang", Class: 1, Channel: "window", Options: []allocate.AssignOption{{Slot: "08:00", Cost: 9}}},
		},
	}
}

func printPlaces(places []allocate.AssignPlace) {
	for _, p := range places {
		fmt.Printf("%s: %s\n", p.Patient, map[bool]string{true: p.Slot, false: "none"}[p.Slot != ""])
	}
}

func ExampleAssign() {
	problem, err := allocate.NewAssignProblem(morning())
	if err != nil {
		fmt.Println(err)
		return
	}
	plan := allocate.Assign(problem, allocate.AssignEffort{})
	printPlaces(plan.Places)
	fmt.Println(plan.Outcome, plan.Objective.Served, plan.Objective.Cost)
	// Output:
	// Chen: 08:30
	// Deng: none
	// Wang: 08:00
	// best [1 1] 10
}

// Leaving somebody without a slot may be given a cost instead of a class.
func ExampleAssign_leastCost() {
	round := morning()
	round.Goal, round.Classes = allocate.LeastCost, 0
	for i := range round.Patients {
		round.Patients[i].Class, round.Patients[i].UnassignedCost = 0, 6
	}
	problem, _ := allocate.NewAssignProblem(round)
	plan := allocate.Assign(problem, allocate.AssignEffort{})
	printPlaces(plan.Places)
	fmt.Println(plan.Objective.Cost)
	// Output:
	// Chen: 08:30
	// Deng: 08:00
	// Wang: none
	// 7
}

// A quota of a session: the app may have one number of the morning, and that crosses the capacities of its slots.
func ExampleAssign_quota() {
	round := morning()
	round.Patients[2].Class = 2
	round.Slots[1].Capacity = 3
	round.Quotas = []allocate.AssignQuota{{Channel: "app", Session: "am", Most: 1}}
	problem, _ := allocate.NewAssignProblem(round)
	plan := allocate.Assign(problem, allocate.AssignEffort{WorkLimit: 100})
	printPlaces(plan.Places)
	fmt.Println(plan.Outcome, allocate.VerifyAssign(problem, plan))
	// Output:
	// Chen: 08:30
	// Deng: none
	// Wang: 08:00
	// best <nil>
}

func ExampleVerifyAssign() {
	problem, _ := allocate.NewAssignProblem(morning())
	plan := allocate.Assign(problem, allocate.AssignEffort{})
	fmt.Println(allocate.VerifyAssign(problem, plan))
	plan.Places[0], plan.Places[1] = allocate.AssignPlace{Patient: "Chen"}, allocate.AssignPlace{Patient: "Deng", Slot: "08:30", Cost: 5}
	plan.Objective.Cost = 14
	plan.Bound.Cost = 14
	fmt.Println(allocate.VerifyAssign(problem, plan))
	// Output:
	// <nil>
	// Certificate.Nodes[0]: proves less than Bound on level 3
}

func ExampleNewAssignProblem() {
	round := morning()
	round.Patients[0].Class = 3
	round.Patients[1].Options[0].Slot = "09:00"
	_, err := allocate.NewAssignProblem(round)
	fmt.Println(err)
	// Output:
	// Patients[0].Class 3: want 1 to 2
	// Patients[1].Options[0].Slot "09:00": not among Slots
}

func ExampleAssignProblem_Slots() {
	problem, _ := allocate.NewAssignProblem(morning())
	fmt.Println(problem.Slots(), problem.Patients(), problem.Options())
	// Output: [08:00 08:30] 3 5
}

func ExampleAssignProblem_Gates() {
	round := morning()
	round.Quotas = []allocate.AssignQuota{{Channel: "app", Slot: "08:30", Most: 0}}
	problem, _ := allocate.NewAssignProblem(round)
	fmt.Println(problem.Gates())
	// Output: [{08:30 app}]
}

func ExampleAssignSolver_Apply() {
	solver, err := allocate.NewAssignSolver(morning(), allocate.AssignEffort{})
	if err != nil {
		fmt.Println(err)
		return
	}
	moved, _ := solver.Apply(allocate.AssignChange{Slots: []allocate.AssignSlot{{ID: "08:00", Capacity: 2, Session: "am"}}})
	printPlaces(moved)
	problem, plan := solver.Plan()
	fmt.Println(plan.Objective.Served, allocate.VerifyAssign(problem, plan))
	// Output:
	// Deng: 08:00
	// [1 2] <nil>
}

func ExampleNewAssignSolver() {
	solver, err := allocate.NewAssignSolver(morning(), allocate.AssignEffort{})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, plan := solver.Plan()
	printPlaces(plan.Places)
	// Output:
	// Chen: 08:30
	// Deng: none
	// Wang: 08:00
}

func ExampleAssignHash() {
	fmt.Println(allocate.AssignHash(2026, "Chen", "08:00"), allocate.AssignHash(2027, "Chen", "08:00"))
	// Output: 342906508023 108401100674
}

func ExampleAssignObjective_Compare() {
	a := allocate.AssignObjective{Served: []int64{3, 0}, Cost: 900}
	b := allocate.AssignObjective{Served: []int64{2, 40}, Cost: 0}
	fmt.Println(a.Compare(b))
	// Output: -1
}
