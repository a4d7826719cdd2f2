package allocate

import "fmt"

// AssignRound is many requests that are decided together. The order of its lists means nothing.
type AssignRound struct {
	// Goal says what is best.
	Goal AssignGoal
	// Classes is how many priority classes there are, 1 to MaxAssignClasses; 0 with LeastCost.
	Classes int
	// Patients, at most MaxAssignPatients, each ID once.
	Patients []AssignPatient
	// Slots, at most MaxAssignSlots, each ID once.
	Slots []AssignSlot
	// Quotas limit channels. None at all is usual.
	Quotas []AssignQuota
	// Salt keys the hash that chooses among equally good answers. Any value; publish it with the rules.
	Salt uint64
}

// AssignGoal says which answers are better.
type AssignGoal uint8

// The goals.
const (
	// ServeByClass: as many patients of class 1 as possible; of such answers, as many of class 2; and so on; then the least sum of
	// the costs of the options given.
	ServeByClass AssignGoal = 1 + iota
	// LeastCost: the least sum of the costs of the options given and of the unassigned costs of those who get none.
	LeastCost
)

var assignGoalNames = [...]string{"no goal", "serve by class", "least cost"}

// IsValid reports whether g is one of the goals.
func (g AssignGoal) IsValid() bool { return g == ServeByClass || g == LeastCost }

// String returns the goal in words.
func (g AssignGoal) String() string {
	if int(g) >= len(assignGoalNames) {
		return fmt.Sprintf("AssignGoal(%d)", uint8(g))
	}
	return assignGoalNames[g]
}

// AssignPatient is one request: at most one slot.
type AssignPatient struct {
	// ID names the patient.
	ID string
	// Class is the priority, 1 to AssignRound.Classes, 1 first; 0 with LeastCost.
	Class int
	// UnassignedCost is what it costs to leave the patient without a slot, up to MaxAssignCost either way; 0 with ServeByClass.
	UnassignedCost int64
	// Channel is the one through which the request came; needed only where a quota names it.
	Channel string
	// Options are the acceptable slots. Of several for one slot the cheapest counts. None at all is allowed.
	Options []AssignOption
}

// AssignOption is a slot that a patient accepts, and what giving it costs.
type AssignOption struct {
	// Slot is the ID of one of the Slots.
	Slot string
	// Cost in whatever whole unit the host likes, up to MaxAssignCost either way.
	Cost int64
}

// AssignSlot is a slot of a capacity.
type AssignSlot struct {
	ID string
	// Capacity in units, 0 to MaxAssignCapacity; 0 takes nobody.
	Capacity int
	// Session groups slots for quotas of a session; may be empty.
	Session string
}

// AssignQuota bounds how many patients of a channel are given slots: over all slots, or those of one Session, or one Slot.
type AssignQuota struct {
	Channel string
	// Session and Slot: at most one of them is set. With neither the quota is over the whole round.
	Session, Slot string
	// Most is the bound, 0 or more.
	Most int
}

// Limits of Assign. With them nothing overflows: a potential is the length of a simple path, which meets each patient at most
// once, so it is below 2^20 × 2^31 = 2^51 on the level of costs and below 2^20 × 2^40 = 2^60 on the level of hashes, and what is added to
// it while searching is as much again.
const (
	MaxAssignPatients = 1 << 20
	MaxAssignSlots    = 1 << 20
	MaxAssignOptions  = 1 << 26 // over all patients
	MaxAssignCapacity = 1 << 20
	MaxAssignClasses  = 64
	MaxAssignQuotas   = 1 << 20
	// MaxAssignQuotaSlots bounds the slots that the quotas of sessions name, over all such quotas: each makes a gate.
	MaxAssignQuotaSlots = 1 << 22
	MaxAssignCost       = 1_000_000_000
)
