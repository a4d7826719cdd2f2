package queue

import (
	"fmt"
	"unicode/utf8"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Class is what kind of patient a ticket is for.
type Class uint8

// The classes.
const (
	// Ordinary: a visit.
	Ordinary Class = 1 + iota
	// Priority: a visit of someone whom the hospital calls first (优先): the old, the disabled, soldiers.
	Priority
	// Returning: back with results from the same physician (回诊). Has no appointment time.
	Returning
)

// IsValid reports whether c is one of the classes.
func (c Class) IsValid() bool { return c >= Ordinary && c <= Returning }

// String returns ordinary, priority or returning.
func (c Class) String() string { return word("Class", uint8(c), "ordinary", "priority", "returning") }

// Ticket is what someone checks in with.
type Ticket struct {
	// ID is the host's own, 1 to 200 bytes: an appointment, a visit. An ID that is here cannot check in again; one that
	// finished can, as Returning.
	ID    string
	Class Class
	// Appointed is the appointment time; zero for none, as an add-on and whoever returns with results.
	Appointed slots.Instant
}

// MaxIDBytes bounds Ticket.ID.
const MaxIDBytes = 200

func (t *Ticket) isValid() bool {
	return len(t.ID) >= 1 && len(t.ID) <= MaxIDBytes && utf8.ValidString(t.ID) && t.Class.IsValid() &&
		t.Appointed >= 0 && t.Appointed <= maxInstant && (t.Class != Returning || t.Appointed == 0)
}

// maxInstant is the end of the year 9999: what is added to an instant below it cannot overflow.
const maxInstant = slots.Instant(253402300799)

// State is where a ticket is.
type State uint8

// The states. Finished, MissedOut and Left are the ends.
const (
	// Waiting: here, and may be called.
	Waiting State = 1 + iota
	// Called: to the room, or in it.
	Called
	// Finished: seen.
	Finished
	// MissedOut: called in vain as often as the rules allow.
	MissedOut
	// Left: gave up or was transferred.
	Left
)

// IsValid reports whether s is one of the states.
func (s State) IsValid() bool { return s >= Waiting && s <= Left }

// IsEnd reports whether nothing follows.
func (s State) IsEnd() bool { return s >= Finished && s <= Left }

// String returns waiting, called, finished, missed out or left.
func (s State) String() string {
	return word("State", uint8(s), "waiting", "called", "finished", "missed out", "left")
}

// Entry is a ticket that checked in. It is comparable.
type Entry struct {
	Ticket
	// Number is the queue number: 1 for the session's first check-in.
	Number    int
	State     State
	CheckedIn slots.Instant
	// Misses is how many calls were missed, Behind how many other calls come before the next.
	Misses, Behind int
	// CalledAt is the last call; EndedAt when it came to an end. Zero while there was none.
	CalledAt, EndedAt slots.Instant
}

// Arrival is how a check-in met the appointment time.
type Arrival uint8

// The ways to arrive.
const (
	// OnTime: at the latest GraceMinutes after the time.
	OnTime Arrival = 1 + iota
	// Late: after that.
	Late
	// NoTime: there was none.
	NoTime
)

// IsValid reports whether a is one of the three.
func (a Arrival) IsValid() bool { return a >= OnTime && a <= NoTime }

// String returns on time, late or no time.
func (a Arrival) String() string { return word("Arrival", uint8(a), "on time", "late", "no time") }

func word(kind string, v uint8, words ...string) string {
	if v < 1 || int(v) > len(words) {
		return fmt.Sprintf("%s(%d)", kind, v)
	}
	return words[v-1]
}
