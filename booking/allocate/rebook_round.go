package allocate

import "github.com/haoyuan-go/haoyuan/slots"

// RebookRound is what a closure leaves: the appointments that lost their place, the slots that they could have instead, and, if they may
// move, others who are booked there. The order of its lists means nothing.
type RebookRound struct {
	// Classes is how many classes of frailty there are, 1 to MaxRebookClasses; class 1 is the frailest.
	Classes int
	// Slots, at most MaxRebookSlots, each ID once: what is free elsewhere, and what Booked have.
	Slots []RebookSlot
	// Affected are the appointments that lost their place. Each ID occurs once in Affected and Booked together.
	Affected []RebookAffected
	// MoveOthers allows appointments that are not affected to move, for somebody frailer. Without it those of Booked stay, whatever else
	// is said.
	MoveOthers bool
	// Booked are appointments that are not affected, as far as they may move. What is not listed stays.
	Booked []RebookBooked
	// Salt keys the hash that chooses among equally good answers.
	Salt uint64
}

// RebookTerms are what a patient would notice of an appointment: where, with whom, and when.
type RebookTerms struct {
	// Department names the department. It may be empty, as may Physician where nobody is named: who had no physician loses none.
	Department, Physician string
	// Grade of the physician, 0 to MaxRebookGrade, in even steps: how far two are apart is their difference.
	Grade int
	// Date and Clock are the start, in the hospital's own time.
	Date  slots.Date
	Clock slots.Clock
}

// RebookSlot is a slot that is open.
type RebookSlot struct {
	ID    string
	Terms RebookTerms
	// Free is how many units nobody has, 0 to MaxRebookFree. Those of Booked are not among them.
	Free int
}

// RebookAffected is an appointment that lost its place.
type RebookAffected struct {
	ID string
	// Class is the frailty, 1 (frailest) to RebookRound.Classes.
	Class int
	// Had is what it was. The place itself is closed, so that Slots need not know it.
	Had RebookTerms
	// Options are the IDs of the slots that the Book would let it have, a unit in each; twice is once.
	Options []string
	// OtherDepartment allows options of a department that is not Had.Department.
	OtherDepartment bool
	// DeclinesWaitlist: if nothing is found, the patient is told so, and does not wait.
	DeclinesWaitlist bool
}

// RebookBooked is an appointment that is not affected and could move.
type RebookBooked struct {
	ID string
	// Class is the frailty, 1 (frailest) to RebookRound.Classes: it gives way only to earlier classes.
	Class int
	// Slot is where it is, one of the Slots.
	Slot string
	// Options are the slots that it could move to, without Slot.
	Options []string
	// OtherDepartment allows options of a department that is not that of Slot.
	OtherDepartment bool
	// Price of moving it, 1 to MaxRebookPrice. Of answers that serve as many, those of the least sum of prices are looked at.
	Price int
	// Arrived and MovedBefore: either way it stays.
	Arrived, MovedBefore bool
}

// Limits of Rebook. With them the costs of every level and the options of every assignment stay within those of Assign: each option is at most
// MaxRebookClasses of them.
const (
	MaxRebookClasses      = 8
	MaxRebookAppointments = 1 << 17 // affected and booked together
	MaxRebookSlots        = 1 << 17
	MaxRebookOptions      = 1 << 22 // over all appointments
	MaxRebookFree         = 1 << 17
	MaxRebookGrade        = 100
	MaxRebookPrice        = 1000
	// MaxRebookDays bounds how many days an option may be from what the appointment was.
	MaxRebookDays = 3660
	// MaxRebookNameBytes bounds names: two less than MaxNameBytes, for a slot is known to the hash with a class before it.
	MaxRebookNameBytes = MaxNameBytes - 2
)
