package allocate_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
	"github.com/haoyuan-go/haoyuan/slots"
)

// illness is Tuesday 24 November 2026, 07:40: Dr Li is ill, and twelve patients were to see her from 08:00. The first two are frail. Dr Wu, of the
// same grade, has four numbers left today; Dr He, a grade below, has three; Dr Li is back on Thursday, with three left.
func illness() allocate.RebookRound {
	terms := func(physician string, grade int, date, clock string) allocate.RebookTerms {
		return allocate.RebookTerms{Department: "cardiology", Physician: physician, Grade: grade, Date: slots.MustDate(date), Clock: slots.MustClock(clock)}
	}
	r := allocate.RebookRound{Classes: 2, Salt: 20261124, Slots: []allocate.RebookSlot{
		{ID: "He 09:00", Terms: terms("He", 2, "2026-11-24", "09:00"), Free: 3}, {ID: "Li Thu 08:00", Terms: terms("Li", 3, "2026-11-26", "08:00"), Free: 1},
		{ID: "Li Thu 10:00", Terms: terms("Li", 3, "2026-11-26", "10:00"), Free: 2}, {ID: "Wu 08:30", Terms: terms("Wu", 3, "2026-11-24", "08:30"), Free: 2},
		{ID: "Wu 11:00", Terms: terms("Wu", 3, "2026-11-24", "11:00"), Free: 2},
	}}
	for i := range 12 {
		a := allocate.RebookAffected{ID: fmt.Sprintf("No. %02d", i+1), Class: 2, Had: terms("Li", 3, "2026-11-24", fmt.Sprintf("%02d:%02d", 8+i/4, i%4*15))}
		for _, s := range r.Slots {
			a.Options = append(a.Options, s.ID)
		}
		if i < 2 {
			a.Class = 1
		}
		r.Affected = append(r.Affected, a)
	}
	r.Affected[2].Options = r.Affected[2].Options[3:] // only to Dr Wu, and only today
	r.Affected[7].DeclinesWaitlist = true
	return r
}

func printProposals(list []allocate.RebookProposal) {
	for _, p := range list {
		fmt.Printf("%s %s", p.Appointment, p.Fate)
		if p.Fate == allocate.RebookMoved {
			fmt.Printf(" to %s, %+d days %+d minutes", p.Slot, p.Loss.Days, p.Loss.Minutes)
			if p.Loss.Physician {
				fmt.Printf(", another physician, %+d grades", p.Loss.GradeSteps)
			}
		}
		fmt.Println()
	}
}

// A physician is ill at 07:40; twelve patients were to come.
func ExampleRebook() {
	problem, err := allocate.NewRebookProblem(illness())
	if err != nil {
		fmt.Println(err)
		return
	}
	plan := allocate.Rebook(problem, nil)
	printProposals(plan.Proposals)
	for k, c := range plan.Objective.Classes {
		fmt.Printf("class %d: %d affected, %d moved, %d waitlisted, %d told\n", k+1, c.Affected, c.Moved, c.Waitlisted, c.Told)
	}
	// Output:
	// No. 01 moved to Li Thu 08:00, +2 days +0 minutes
	// No. 02 moved to Li Thu 10:00, +2 days +105 minutes
	// No. 03 moved to Wu 08:30, +0 days +0 minutes, another physician, +0 grades
	// No. 04 moved to Wu 08:30, +0 days -15 minutes, another physician, +0 grades
	// No. 05 moved to He 09:00, +0 days +0 minutes, another physician, -1 grades
	// No. 06 moved to He 09:00, +0 days -15 minutes, another physician, -1 grades
	// No. 07 moved to He 09:00, +0 days -30 minutes, another physician, -1 grades
	// No. 08 told
	// No. 09 moved to Li Thu 10:00, +2 days +0 minutes
	// No. 10 waitlisted
	// No. 11 moved to Wu 11:00, +0 days +30 minutes, another physician, +0 grades
	// No. 12 moved to Wu 11:00, +0 days +15 minutes, another physician, +0 grades
	// class 1: 2 affected, 2 moved, 0 waitlisted, 0 told
	// class 2: 10 affected, 8 moved, 1 waitlisted, 1 told
}

// Somebody who is booked may be asked to move, at a price, where somebody frailer could not be moved otherwise.
func ExampleRebook_moveOthers() {
	plan := allocate.RebookPlan{}
	for _, allowed := range []bool{false, true} {
		round := gate()
		round.MoveOthers = allowed
		problem, _ := allocate.NewRebookProblem(round)
		plan = allocate.Rebook(problem, nil)
		printProposals(plan.Proposals)
	}
	printProposals(plan.Displaced)
	fmt.Println("at a price of", plan.Objective.Price)
	// Output:
	// x waitlisted
	// x moved to full, +1 days +0 minutes, another physician, +0 grades
	// y moved to free, +1 days +0 minutes
	// at a price of 5
}

func ExampleVerifyRebook() {
	problem, _ := allocate.NewRebookProblem(illness())
	plan := allocate.Rebook(problem, nil)
	fmt.Println(allocate.VerifyRebook(problem, plan))
	plan.Proposals[11].Fate = allocate.RebookWaitlisted
	fmt.Println(allocate.VerifyRebook(problem, plan) != nil)
	for _, level := range plan.Levels {
		fmt.Print(level.Measure, " of class ", level.Class, "; ")
	}
	// Output:
	// <nil>
	// true
	// physicians of class 1; minutes of class 1; physicians of class 2; grade steps of class 2; days of class 2; minutes of class 2; earlier of class 2;
}

func ExampleNewRebookProblem() {
	round := illness()
	round.Affected[0].Class = 3
	round.Slots[0].Free = -1
	_, err := allocate.NewRebookProblem(round)
	fmt.Println(err)
	// Output:
	// Slots[0].Free -1: want 0 to 131072
	// Affected[0].Class 3: want 1 to 2
}

func ExampleRebookLoss_Earlier() {
	fmt.Println(allocate.RebookLoss{Days: 1, Minutes: -30}.Earlier(), allocate.RebookLoss{Minutes: -30}.Earlier())
	// Output: false true
}

func ExampleRebookObjective_Compare() {
	a := allocate.RebookObjective{Classes: []allocate.RebookTotals{{Moved: 2, Physicians: 2}, {}}}
	b := allocate.RebookObjective{Classes: []allocate.RebookTotals{{Moved: 1}, {Moved: 9}}}
	fmt.Println(a.Compare(b))
	// Output: -1
}
