package allocate

import (
	"cmp"
	"fmt"
)

// RebookPlan is the answer of Rebook: proposals, of which nothing has happened yet.
type RebookPlan struct {
	// Outcome is AssignBest, or AssignStopped where progress said to stop: then nobody is moved.
	Outcome AssignOutcome
	// Proposals has one entry for each affected appointment, by ID.
	Proposals []RebookProposal
	// Displaced are the entries of Booked who are asked to move, by ID.
	Displaced []RebookProposal
	// Objective is what the proposals are worth.
	Objective RebookObjective
	// Levels are the certificate: each level of the objective that was not decided by those before it, in order.
	Levels []RebookLevel
}

// RebookFate is what becomes of an appointment.
type RebookFate uint8

// The fates. Each affected appointment has exactly one.
const (
	// RebookMoved: it is offered another slot.
	RebookMoved RebookFate = 1 + iota
	// RebookWaitlisted: there is none, and it goes to the waitlist.
	RebookWaitlisted
	// RebookTold: there is none, and the patient declines to wait: it is for a person to tell them.
	RebookTold
)

var rebookFateNames = [...]string{"no fate", "moved", "waitlisted", "told"}

// IsValid reports whether f is one of the fates.
func (f RebookFate) IsValid() bool { return f >= RebookMoved && f <= RebookTold }

// String returns moved, waitlisted or told.
func (f RebookFate) String() string {
	if int(f) >= len(rebookFateNames) {
		return fmt.Sprintf("RebookFate(%d)", uint8(f))
	}
	return rebookFateNames[f]
}

// RebookProposal is what is proposed for an appointment.
type RebookProposal struct {
	Appointment string
	Class       int
	Fate        RebookFate
	// Slot is where it would move; empty where there is none, and then so is Loss.
	Slot string
	Loss RebookLoss
}

// RebookLoss is what a move costs the patient. The objective counts the amounts without their signs.
type RebookLoss struct {
	// Department and Physician say that it is another one.
	Department, Physician bool
	// GradeSteps is the new grade less the old.
	GradeSteps int
	// Days is the new date less the old; Minutes the new time of day less the old, whatever the dates. Earlier is below 0.
	Days, Minutes int
}

// Earlier reports whether the new start is before the old one.
func (l RebookLoss) Earlier() bool { return l.Days < 0 || l.Days == 0 && l.Minutes < 0 }

// RebookTotals counts one class. Affected is Moved + Waitlisted + Told. The rest is over the affected who are moved and the displaced.
type RebookTotals struct {
	Affected, Moved, Waitlisted, Told, Displaced int64
	// Departments and Physicians count changes; GradeSteps, Days and Minutes are sums of amounts; Earlier counts who would come earlier.
	Departments, Physicians, GradeSteps, Days, Minutes, Earlier int64
}

// RebookObjective is what proposals are worth.
type RebookObjective struct {
	// Price is the sum of the prices of the displaced.
	Price int64
	// Classes are the totals by class, class 1 first.
	Classes []RebookTotals
}

// Compare returns -1 where o is better than p, 1 where it is worse, 0 where they are equal. Both are of one problem. The order is that of
// Rebook: who is moved, class by class; then Price; then, class by class, departments, physicians, grade steps, days, minutes, earlier.
func (o RebookObjective) Compare(p RebookObjective) int {
	n := min(len(o.Classes), len(p.Classes))
	for k := range n {
		if c := cmp.Compare(p.Classes[k].Moved, o.Classes[k].Moved); c != 0 {
			return c
		}
	}
	if c := cmp.Compare(o.Price, p.Price); c != 0 {
		return c
	}
	for k := range n {
		a, b := &o.Classes[k], &p.Classes[k]
		if c := cmp.Or(
			cmp.Compare(a.Departments, b.Departments), cmp.Compare(a.Physicians, b.Physicians), cmp.Compare(a.GradeSteps, b.GradeSteps),
			cmp.Compare(a.Days, b.Days), cmp.Compare(a.Minutes, b.Minutes), cmp.Compare(a.Earlier, b.Earlier),
		); c != 0 {
			return c
		}
	}
	return 0
}

// RebookMeasure is what a level counts.
type RebookMeasure uint8

// The measures, in the order in which they are looked at within a class. Service is below every level: how many are moved.
const (
	RebookService RebookMeasure = 1 + iota
	RebookPrice
	RebookDepartments
	RebookPhysicians
	RebookGradeSteps
	RebookDays
	RebookMinutes
	RebookEarlier
)

var rebookMeasureNames = [...]string{
	"no measure", "service", "price", "departments", "physicians", "grade steps", "days", "minutes", "earlier",
}

// IsValid reports whether m is one of the measures.
func (m RebookMeasure) IsValid() bool { return m >= RebookService && m <= RebookEarlier }

// String returns the measure in words.
func (m RebookMeasure) String() string {
	if int(m) >= len(rebookMeasureNames) {
		return fmt.Sprintf("RebookMeasure(%d)", uint8(m))
	}
	return rebookMeasureNames[m]
}

// RebookLevel is one level and the proof that no answer as good on the levels before it is better on this one.
type RebookLevel struct {
	Measure RebookMeasure
	// Class is whose measure it is; 0 for RebookService and RebookPrice, which are over all.
	Class int
	// Plan is the answer of Assign to the level's problem, which VerifyRebook makes again from the level before it. Its costs are the
	// amounts of the measure less rewards for what the levels before demand; the amounts are in RebookPlan.Objective.
	Plan AssignPlan
}
