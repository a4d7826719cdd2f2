package capacity

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Kind is what an action does.
type Kind uint8

// The kinds of action.
const (
	// AddSession holds a session that was not planned; its slots can be given to the pool.
	AddSession Kind = 1 + iota
	// OpenWindow opens a window with standby staff.
	OpenWindow
	// ExtendShift keeps somebody after the end of the shift: overtime.
	ExtendShift
	// CloseWindow lets somebody go before the end of the shift, to be used elsewhere.
	CloseWindow
)

// IsValid reports whether k is one of the kinds.
func (k Kind) IsValid() bool { return k >= AddSession && k <= CloseWindow }

// String returns the name of the kind.
func (k Kind) String() string {
	switch k {
	case AddSession:
		return "AddSession"
	case OpenWindow:
		return "OpenWindow"
	case ExtendShift:
		return "ExtendShift"
	case CloseWindow:
		return "CloseWindow"
	}
	return fmt.Sprintf("Kind(%d)", uint8(k))
}

// Action is one proposed change of today's plan, with everything that carrying it out needs. An AddSession with Slots is what
// the embedding system turns into an extra session of the pool: Slots slots of SlotMinutes minutes from Start.
type Action struct {
	Kind Kind
	// ID is the Extra it uses, or the Shift it extends or ends.
	ID string
	// Line is the service, as in Today.
	Line string
	// Resources are the people and things it occupies or lets go: of an extra, its Resources; of a shift, its Person, if named.
	Resources []string
	// Place is the room or window; empty if none was named.
	Place string
	// Start and Minutes are the time added (or, for CloseWindow, given back).
	Start   slots.Clock
	Minutes int
	// SlotMinutes and Slots are what the pool can sell of it: whole slots that fit. 0 on a line that sells none, and for
	// CloseWindow.
	SlotMinutes, Slots int
	// Units is how many patients the added time can serve in the periods it covers, at their mean service time, rounded
	// down; what is taken away for CloseWindow, as a negative number.
	Units int
	// OvertimeMinutes is Minutes for ExtendShift and 0 otherwise.
	OvertimeMinutes int
	// Cost is what the action costs by the prices of Today.
	Cost int64
	// Why lists the periods that the action is for: those too short of staff that it covers, or, for CloseWindow, those with
	// staff to spare that it leaves. In order of time, at least one.
	Why []PeriodChange
}

// End is the clock at which the added time is over.
func (a Action) End() slots.Clock { return clockAt(a.Start.Minutes() + a.Minutes) }

// PeriodChange is one period of the day before and after all proposed actions.
type PeriodChange struct {
	// Demand is the period, as given.
	Demand Demand
	// Needed is the least staff that keeps the target, as StaffFor finds it.
	Needed int
	// Before and After are what patients meet with the staff as planned and as proposed; Before.Staff and After.Staff are the numbers present.
	Before, After Figures
}

// Shortfall is how many are missing as planned, 0 if none.
func (p PeriodChange) Shortfall() int { return max(0, p.Needed-p.Before.Staff) }

// Uncovered is how many are still missing after the proposal, 0 if none.
func (p PeriodChange) Uncovered() int { return max(0, p.Needed-p.After.Staff) }

// Proposal is a list of actions for people to accept or not; nothing has been applied.
type Proposal struct {
	Date slots.Date
	Line string
	// Actions are in order of cost, then start, then ID. Empty if nothing should or can be done: see Uncovered.
	Actions []Action
	// Periods are all periods of the day in order, those that have begun included.
	Periods []PeriodChange
	// Uncovered is the staff-periods still missing in periods that have not begun: 0 means that the target is kept in
	// all of them.
	Uncovered int
	// Cost is the sum of the actions' costs.
	Cost int64
	// Proven says that no other set of actions leaves fewer uncovered, or as few at less cost (then with fewer actions, then with
	// fewer minutes), and that no more staff-periods could be let go. If not, WorkLimit was met.
	Proven bool
	// AtLeast is what no set of actions can beat: equal to Uncovered and Cost if Proven, the honest gap if not.
	AtLeast Bound
}

// Bound is a lower bound, compared by Uncovered first: no set of actions leaves fewer staff-periods uncovered, and none that leaves
// as few costs less.
type Bound struct {
	Uncovered int
	Cost      int64
}

func clockAt(minute int) slots.Clock {
	c, _ := slots.NewClock(minute/60, minute%60) // callers stay within the day
	return c
}
