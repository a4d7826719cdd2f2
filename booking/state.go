package booking

import "fmt"

// State is where an appointment is in its life.
type State uint8

// The states of an appointment. The package comment draws the paths between them.
const (
	// Held: the unit is kept for payment until a deadline.
	Held State = 1 + iota
	// Booked: the number is the person's.
	Booked
	// Confirmed: the person has said that they will come.
	Confirmed
	// CheckedIn: the person is here.
	CheckedIn
	// InConsultation: the person is with the physician or on the machine.
	InConsultation
	// Fulfilled: done.
	Fulfilled
	// Displaced: its session was closed, or a substitute of a lower grade is there; an offer stands until answered or lapsed. Where nothing was found to offer, it counts
	// for nothing. Asked about a substitute, what is offered is its own slot (Visit.From is Visit.Slot).
	Displaced
	// Cancelled: given back, by the patient or by the hospital.
	Cancelled
	// NoShow: the session ended and the person never came.
	NoShow
	// Lapsed: the hold was not paid in time.
	Lapsed
	// EnteredInError: it should never have been made.
	EnteredInError
	// Offered: a number is kept for someone who waited, until they answer or the offer lapses.
	Offered
)

const states = 13

// traits is the one table that says what each state counts for. Transitions are a set of states that may follow.
type traits struct {
	name     string
	unit     unitUse // which counter of its slot it fills
	limits   bool    // counts for the person's and account's limits
	terminal bool    // nothing follows
	place    bool    // keeps the person from being elsewhere
	next     uint16  // bit set of legal successors
}

type unitUse uint8

const (
	usesNone unitUse = iota
	usesHeld
	usesOffered
	usesTaken
)

func to(s ...State) (set uint16) {
	for _, x := range s {
		set |= 1 << x
	}
	return set
}

var stateTable = [states]traits{
	Held:           {"held", usesHeld, true, false, true, to(Held, Booked, Cancelled, Lapsed, EnteredInError)},
	Booked:         {"booked", usesTaken, true, false, true, to(Booked, Confirmed, CheckedIn, Cancelled, NoShow, Displaced, EnteredInError)},
	Confirmed:      {"confirmed", usesTaken, true, false, true, to(Booked, CheckedIn, Cancelled, NoShow, Displaced, EnteredInError)},
	CheckedIn:      {"checked in", usesTaken, true, false, true, to(CheckedIn, InConsultation, Fulfilled, Cancelled, Displaced, EnteredInError)},
	InConsultation: {"in consultation", usesTaken, true, false, true, to(CheckedIn, Fulfilled, EnteredInError)},
	Fulfilled:      {"fulfilled", usesTaken, true, true, false, to(EnteredInError)},
	Displaced:      {"displaced", usesOffered, true, false, true, to(Booked, CheckedIn, Cancelled, Displaced, EnteredInError)},
	Cancelled:      {"cancelled", usesNone, false, true, false, 0},
	NoShow:         {"no-show", usesTaken, true, true, false, to(EnteredInError)},
	Lapsed:         {"lapsed", usesNone, false, true, false, 0},
	EnteredInError: {"entered in error", usesNone, false, true, false, 0},
	Offered:        {"offered", usesOffered, true, false, true, to(Booked, Cancelled, Displaced, EnteredInError)},
}

// IsValid reports whether s is one of the states.
func (s State) IsValid() bool { return s >= Held && s <= Offered }

// Occupies reports whether an appointment in this state fills a unit of its slot. A displaced one does where there is an offer.
func (s State) Occupies() bool { return s.IsValid() && stateTable[s].unit != usesNone }

// Counts reports whether it counts for the limits of its person and account. A displaced one does where there is an offer.
func (s State) Counts() bool { return s.IsValid() && stateTable[s].limits }

// IsTerminal reports whether the visit is over, one way or another. Only EnteredInError may still follow.
func (s State) IsTerminal() bool { return s.IsValid() && stateTable[s].terminal }

// CanBecome reports whether a path leads directly from s to t. Staying the same state is a path where a reschedule, a transfer or
// a second displacement does that.
func (s State) CanBecome(t State) bool {
	return s.IsValid() && t.IsValid() && stateTable[s].next&(1<<t) != 0
}

// String returns the state's word.
func (s State) String() string {
	if !s.IsValid() {
		return fmt.Sprintf("State(%d)", uint8(s))
	}
	return stateTable[s].name
}
