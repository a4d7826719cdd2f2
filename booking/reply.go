package booking

import (
	"errors"
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Outcome says how a command ended.
type Outcome uint8

// The outcomes.
const (
	// Done: the events are in the batch.
	Done Outcome = 1 + iota
	// Refused: a rule said no; Reply.Refusal says which. The batch is unchanged.
	Refused
	// Nothing: there was nothing to do (Advance with nothing due).
	Nothing
)

var outcomeNames = [...]string{"no outcome", "done", "refused", "nothing"}

// String returns the outcome's word.
func (o Outcome) String() string {
	if int(o) >= len(outcomeNames) {
		return fmt.Sprintf("Outcome(%d)", uint8(o))
	}
	return outcomeNames[o]
}

// Reply is the answer to a command. What an appointment is now (its slot, its deadline) is asked of the Book.
type Reply struct {
	Outcome Outcome
	// Repeat: the command's key was known, nothing was appended, and this is the first Reply.
	Repeat bool
	// Appointment is the appointment made or changed; the first of Count where a bundle made several.
	Appointment Appointment
	// Entry is the entry of the waitlist that Join made.
	Entry Entry
	// Count is how many appointments were made, moved or marked; of a refused bundle, the index of the request refused; of a refused
	// Displace, that of the move. 16 bits hold it: a session has at most MaxSessionUnits units and MaxAddOns add-ons, and more would make each of the remembered keys larger.
	Count uint16
	// Refusal is why, where Outcome is Refused; else zero.
	Refusal Refusal
}

// Reason is why a command was refused: a closed list.
type Reason uint8

// The reasons, in the order in which a request is judged.
const (
	// KeyReused: the key was used for another payload.
	KeyReused Reason = 1 + iota
	// Stale: the command was first made longer ago than keys are remembered.
	Stale
	// UnknownAppointment: no such appointment.
	UnknownAppointment
	// IllegalState: the appointment's state allows no such step (Refusal.State is the state).
	IllegalState
	// AlreadyOpen: a session of that name is open.
	AlreadyOpen
	// SessionGone: the session is closed, ended or retired.
	SessionGone
	// NotReleased: the session's numbers are not out yet, or not for a class that the request bears (Class; Until says when).
	NotReleased
	// Paused: nobody, or nobody who bears a class (Class), may book now (Until says when that ends).
	Paused
	// BookingClosed: too late to book this slot (Until says since when).
	BookingClosed
	// Full: the slot, or what is still open of the session, has no room for the units asked.
	Full
	// RunBroken: the units asked are not consecutive slots of one session.
	RunBroken
	// SlotForOthers: a slot is only for a class that the request does not bear (Class).
	SlotForOthers
	// AgeNotTaken: the session does not take persons of that age on its date, or the person's date of birth is not known.
	AgeNotTaken
	// SexNotTaken: the session does not take persons of that sex, or it is not known.
	SexNotTaken
	// ReferralNeeded: the session takes only requests that bear a class (Class).
	ReferralNeeded
	// CapReached: a class that the request bears has all that its cap allows (Class, Limit).
	CapReached
	// ReservedForOthers: what is left is reserved for classes that the request does not bear.
	ReservedForOthers
	// AddOnLimit: no more add-ons in this session (Limit).
	AddOnLimit
	// Restricted: the person or account is suspended (Until).
	Restricted
	// BeyondHorizon: the person or account may book only so many days ahead (Limit) for now (Until).
	BeyondHorizon
	// TooManyOpen: the person or account may have only so many open visits (Limit) for now (Until).
	TooManyOpen
	// CoolingOff: the person gave a number back, and may not book the like yet (Until).
	CoolingOff
	// LimitReached: a limit of the rules (Rule is its index, Limit its maximum).
	LimitReached
	// TwoPlaces: the person would have to be in two places at once, travel included.
	TwoPlaces
	// NoneFree: nothing that matches can be booked.
	NoneFree
	// TooLate: past the deadline, where the rules refuse instead of recording lateness; or past the visit itself.
	TooLate
	// TooEarly: nobody has missed a visit before its time (Until).
	TooEarly
	// BelowUse: a quota cannot be cut below what is already used.
	BelowUse
	// NotTerminal: something there is not over yet (Limit says how many appointments and sessions).
	NotTerminal
	// BadChoice: the policy, or a plan of moves (Appointment), chose what the Book does not allow; the Book stayed as it was.
	BadChoice
	// WaitlistLimit: the person has as many open entries as they may (Limit); 0 where there is no waitlist.
	WaitlistLimit
	// UnknownEntry: no such entry of the waitlist.
	UnknownEntry
	// EntryOver: the entry is not open any more, or does not wait for a decision.
	EntryOver
	// NoEntitlement: the visit does not entitle to return with results, not any more (Until is on its last day, at the visit's hour; or
	// Appointment is the return that used it), or not there.
	NoEntitlement
	// Untouchable: an appointment must not be displaced, or need not be (Appointment).
	Untouchable
)

const reasons = 36

var reasonNames = [reasons]string{"no reason", "key reused", "stale", "unknown appointment", "illegal state",
	"already open", "session gone", "not released", "paused", "booking closed", "full", "no such run of slots", "slot for others", "age not taken", "sex not taken", "referral needed", "cap reached",
	"reserved for others", "add-on limit", "restricted", "beyond horizon", "too many open", "cooling off", "limit reached", "two places", "none free", "too late", "too early", "below use", "not terminal", "bad choice",
	"waitlist limit", "unknown entry", "entry over", "no entitlement", "untouchable"}

// IsValid reports whether r is one of the reasons.
func (r Reason) IsValid() bool { return r >= KeyReused && r <= Untouchable }

// String returns the reason in a few words.
func (r Reason) String() string {
	if int(r) >= reasons {
		return fmt.Sprintf("Reason(%d)", uint8(r))
	}
	return reasonNames[r]
}

// Refusal is a no and its rule. It is a value; *Refusal is an error for the by-name layer. Fields that a reason does not
// use are zero.
type Refusal struct {
	Reason Reason
	// Rule is 1 + the index in Rules.Limits of the limit that refused.
	Rule uint16
	// Class is the class whose cap was reached; the first, in rule order, for which what is left is reserved; whom the slot is for;
	// or the class that must still wait.
	Class Class
	// Limit is the number that was reached.
	Limit int32
	// State is the appointment's state where that is the obstacle.
	State State
	// Until is when the obstacle goes, for ReservedForOthers when the first reserve in the way opens (or, for BookingClosed and TooLate, since when it stands), if it has a time.
	Until slots.Instant
	// Appointment is the appointment in the way (TwoPlaces), or the return that has used an entitlement (NoEntitlement).
	Appointment Appointment
}

// ErrRefused matches every refusal: errors.Is(err, booking.ErrRefused).
var ErrRefused = errors.New("refused")

// Error says the reason, and the limit and time where there are any.
func (r *Refusal) Error() string {
	s := "refused: " + r.Reason.String()
	switch {
	case r.Reason == IllegalState:
		s += fmt.Sprintf(" (%v)", r.State)
	case r.Limit != 0:
		s += fmt.Sprintf(" (limit %d)", r.Limit)
	}
	if r.Until != 0 {
		s += fmt.Sprintf(" (time %v)", r.Until)
	}
	return s
}

// Is makes errors.Is(err, ErrRefused) true.
func (r *Refusal) Is(target error) bool { return target == ErrRefused }

// Errors of misuse: the host broke its side of the contract, and nothing was decided.
var (
	// ErrClock: the command's stamp is before the Book's clock.
	ErrClock = errors.New("booking: command stamped before the book's clock")
	// ErrStep: the stamp jumps further than Rules.StepSeconds; only Advance with Jump set may.
	ErrStep = errors.New("booking: clock jumps further than the rules allow")
	// ErrDue: Wake is at or before the stamp; Advance first.
	ErrDue = errors.New("booking: something is due first; advance")
	// ErrRules: the log has adopted other rules than the Book is configured with; decide Adopt first.
	ErrRules = errors.New("booking: rules not adopted")
	// ErrBatch: the batch does not follow from this Book's state; a Book that returned it must be thrown away.
	ErrBatch = errors.New("booking: batch does not fit this book")
	// ErrCommand: the command is malformed; the wrapping error says which field.
	ErrCommand = errors.New("booking: bad command")
)

func refused(r Reason) Reply { return Reply{Outcome: Refused, Refusal: Refusal{Reason: r}} }

func badCommand(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrCommand, fmt.Sprintf(format, args...))
}
