package notice

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// Kind is what a notice is about. The zero Kind is invalid.
type Kind uint8

// The kinds of notices. Beside each, what its fields give beyond ID, Kind, Person, Account, Appointment, Slot and At.
const (
	// Booked: the number is theirs.
	Booked Kind = 1 + iota
	// HeldUntil: the number is kept until it is paid; Until.
	HeldUntil
	// Paid: what was held is theirs.
	Paid
	// Moved: they have another number, as they asked; Until of a hold.
	Moved
	// GivenBack: they gave the number back; Until when they may book the like again, if they must wait.
	GivenBack
	// CancelledByHospital: the hospital took it back, on its own account; Due where a session's end did.
	CancelledByHospital
	// HoldOver: it was not paid in time; Due.
	HoldOver
	// Missed: it is recorded that they did not come; Due where a session's end did.
	Missed
	// Withdrawn: it had been entered in error.
	Withdrawn
	// ClosureOffer: their session was closed, and another number is kept for them; Until they must answer.
	ClosureOffer
	// NothingFound: their session was closed, and nothing was found to offer; Until they may choose or give back.
	NothingFound
	// MovedByHospital: their session was closed, and they have another number.
	MovedByHospital
	// ConsentAsked: someone else will see them, at the time they have; Until they must answer, zero where they are not asked.
	ConsentAsked
	// OfferTaken: what they were offered is theirs.
	OfferTaken
	// OfferGone: they declined, or did not answer in time; Due for the latter.
	OfferGone
	// WaitlistOffer: they waited, and a number is kept for them; Until they must answer.
	WaitlistOffer
	// WaitlistJoined: they wait; Entry, Until the day by which it is of use.
	WaitlistJoined
	// WaitlistApproved: the request was looked at, and waits; Entry.
	WaitlistApproved
	// WaitlistEnded: they wait no longer; Entry, State how; Due where its time had come.
	WaitlistEnded
	// Restricted: they may not book; Until.
	Restricted
	// RestrictionLifted: they may book again; Due where its time had come.
	RestrictionLifted
	// Transferred: they are expected in another session of the day.
	Transferred
	// Reminder: of a number that they have; Number of the session's reminders, Due.
	Reminder
	// DisplacedForOther: they have another number, for the sake of an emergency.
	DisplacedForOther
)

var kindNames = [...]string{"", "booked", "held until", "paid", "moved", "given back", "cancelled by hospital", "hold over", "missed", "withdrawn",
	"closure offer", "nothing found", "moved by hospital", "consent asked", "offer taken", "offer gone", "waitlist offer", "waitlist joined",
	"waitlist approved", "waitlist ended", "restricted", "restriction lifted", "transferred", "reminder", "displaced for other"}

// IsValid reports whether k is one of the kinds.
func (k Kind) IsValid() bool { return k >= Booked && k <= DisplacedForOther }

// String returns the kind in a few words.
func (k Kind) String() string {
	if !k.IsValid() {
		return fmt.Sprintf("Kind(%d)", uint8(k))
	}
	return kindNames[k]
}

// voice is whether a kind of event is told of.
type voice uint8

const (
	silent voice = 1 + iota
	speaks
)

// voices has a line for every kind of event: a new one must be decided on.
var voices = [booking.AppointmentDisplaced + 1]voice{
	booking.RulesAdopted: silent, booking.Introduced: silent, booking.SessionOpened: silent, booking.Released: silent, booking.ReserveOpened: silent,
	booking.QuotaChanged: silent, booking.ReserveShort: silent, booking.Granted: silent, booking.SessionClosed: silent, booking.SessionEnded: silent,
	booking.DaysRetired: silent, booking.ClockMoved: silent, booking.UnitRested: silent, booking.UnitReturned: silent, booking.WaitlistPassed: silent,
	booking.PersonDescribed: silent, booking.PersonsMerged: silent, booking.AppointmentsLinked: silent, booking.ReserveMoved: silent,
	booking.SessionStaffed: silent,
	booking.EntryServed:    silent, // the offer or the booking just before says so

	booking.AppointmentConfirmed: silent, booking.PatientArrived: silent, booking.ConsultationStarted: silent, booking.AppointmentFulfilled: silent,
	booking.PatientReturned: silent,

	booking.AppointmentHeld: speaks, booking.AppointmentBooked: speaks, booking.AppointmentPaid: speaks, booking.AppointmentRescheduled: speaks,
	booking.AppointmentCancelled: speaks, booking.HoldLapsed: speaks, booking.PatientMissed: speaks, booking.AppointmentVoided: speaks,
	booking.OfferMade: speaks, booking.OfferAccepted: speaks, booking.OfferDeclined: speaks, booking.OfferLapsed: speaks,
	booking.AppointmentOffered: speaks, booking.EntryJoined: speaks, booking.EntryApproved: speaks, booking.EntryEnded: speaks,
	booking.HolderRestricted: speaks, booking.RestrictionEnded: speaks, booking.AppointmentTransferred: speaks, booking.ReminderDue: speaks,
	booking.AppointmentDisplaced: speaks,
}

// Speaks reports whether events of a kind give notices.
func Speaks(k booking.Kind) bool { return k.IsValid() && voices[k] == speaks }

// kindOf is what an event of a kind that speaks is about; offered is where the appointment was before.
func kindOf(e *booking.Event, was booking.Slot) Kind {
	switch e.Kind() {
	case booking.AppointmentBooked:
		return Booked
	case booking.AppointmentHeld:
		return HeldUntil
	case booking.AppointmentPaid:
		return Paid
	case booking.AppointmentRescheduled:
		return Moved
	case booking.AppointmentCancelled:
		if e.Party() == booking.ByHospital {
			return CancelledByHospital
		}
		return GivenBack
	case booking.HoldLapsed:
		return HoldOver
	case booking.PatientMissed:
		return Missed
	case booking.AppointmentVoided:
		return Withdrawn
	case booking.OfferMade:
		switch {
		case !e.Slot().IsValid():
			return NothingFound
		case e.Slot() == was:
			return ConsentAsked
		case e.IsMoved():
			return MovedByHospital
		}
		return ClosureOffer
	case booking.OfferAccepted:
		return OfferTaken
	case booking.OfferDeclined, booking.OfferLapsed:
		return OfferGone
	}
	return laterKindOf(e)
}

func laterKindOf(e *booking.Event) Kind {
	switch e.Kind() {
	case booking.AppointmentOffered:
		return WaitlistOffer
	case booking.EntryJoined:
		return WaitlistJoined
	case booking.EntryApproved:
		return WaitlistApproved
	case booking.EntryEnded:
		return WaitlistEnded
	case booking.HolderRestricted:
		if e.Until() != 0 {
			return Restricted
		}
		return RestrictionLifted
	case booking.RestrictionEnded:
		return RestrictionLifted
	case booking.AppointmentTransferred:
		return Transferred
	case booking.ReminderDue:
		return Reminder
	case booking.AppointmentDisplaced:
		return DisplacedForOther
	}
	return 0
}
