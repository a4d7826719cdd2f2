package booking

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Kind says what an event is.
type Kind uint8

// The kinds of events. Beside each: what its accessors give beyond At, Due and Rules.
const (
	// RulesAdopted: Number is the key life in seconds, Text the rules' digest in hex.
	RulesAdopted Kind = 1 + iota
	// Introduced: NameKind, Number the handle, Text the name.
	Introduced
	// SessionOpened: Session; Opening has all of it.
	SessionOpened
	// Released: Session. Its numbers are out.
	Released
	// ReserveOpened: Session, Class. What is left of the class's reserve is everyone's.
	ReserveOpened
	// QuotaChanged: Session, Class; QuotaChange has the rest.
	QuotaChanged
	// ReserveShort: Session, Class, Number units that the class can no longer count on. It reports; it changes nothing.
	ReserveShort
	// Granted: Slot, Number units of overbooking.
	Granted
	// AppointmentHeld: Appointment, Person, Account, Booker, Bear, Slot, Count, Class charged, Until.
	AppointmentHeld
	// AppointmentBooked: as AppointmentHeld, without Until. IsAddOn tells an add-on.
	AppointmentBooked
	// AppointmentPaid: Appointment.
	AppointmentPaid
	// AppointmentConfirmed: Appointment.
	AppointmentConfirmed
	// AppointmentRescheduled: Appointment, Slot, Class: where it is now and what it is charged to; Until of a hold; IsLate.
	AppointmentRescheduled
	// AppointmentCancelled: Appointment, Party, IsLate; Until when the person must wait before they book again, if they must. Due where
	// a session's end cancelled a return with results.
	AppointmentCancelled
	// HoldLapsed: Appointment. Not paid in time, or not before its session ended.
	HoldLapsed
	// PatientArrived: Appointment.
	PatientArrived
	// ConsultationStarted: Appointment.
	ConsultationStarted
	// AppointmentFulfilled: Appointment.
	AppointmentFulfilled
	// PatientMissed: Appointment. The no-show.
	PatientMissed
	// AppointmentVoided: Appointment.
	AppointmentVoided
	// SessionClosed: Session.
	SessionClosed
	// OfferMade: Appointment, Slot and Class of the unit kept for it (no valid Slot: nothing was found), Until. Of the slot that it has: whether a
	// substitute will do, or, with IsMoved, that this is not asked any more.
	OfferMade
	// OfferAccepted: Appointment, IsHere.
	OfferAccepted
	// OfferDeclined: Appointment. The number is given back, on the hospital's account.
	OfferDeclined
	// OfferLapsed: Appointment. As declined, because no answer came in time, or before the offered session ended.
	OfferLapsed
	// SessionEnded: Session.
	SessionEnded
	// HolderRestricted: Person or Account, Until; Gate says what is limited. Until zero lifts that of the Gate's Channel.
	HolderRestricted
	// DaysRetired: Before.
	DaysRetired
	// ClockMoved: nothing but At.
	ClockMoved
	// UnitRested: Appointment that gave it back, Slot (one), Until it comes out again; Due where the leaving was due.
	UnitRested
	// UnitReturned: Slot (one). A unit that rested may be booked again.
	UnitReturned
	// AppointmentOffered: as AppointmentHeld. A number kept for someone who waited, until they answer.
	AppointmentOffered
	// EntryJoined: Entry, Person, Account, Booker, Bear; Session has something for it already, if valid. Batch.Joined has all of it.
	EntryJoined
	// EntryApproved: Entry, and Session as for EntryJoined.
	EntryApproved
	// EntryServed: Entry, and the Appointment made for it just before.
	EntryServed
	// EntryEnded: Entry, EntryState says how.
	EntryEnded
	// WaitlistPassed: Session in which nobody who waits could have anything; Until the line is tried there again, zero for the next change.
	WaitlistPassed
	// RestrictionEnded: Person or Account, Gate for its Channel. What HolderRestricted began is over by itself.
	RestrictionEnded
	// PersonDescribed: Person; Born and Sex.
	PersonDescribed
	// PersonsMerged: Person who stays, Other who was the same person under another name.
	PersonsMerged
	// AppointmentTransferred: Appointment, Slot, Class: someone who is here goes to another session of the day. IsAddOn tells an add-on.
	AppointmentTransferred
	// PatientReturned: as AppointmentBooked without Class, for a visit without a number that Former entitles to; Slot is the session's first.
	PatientReturned
	// AppointmentsLinked: Appointment is the first of Number consecutive ones that stand and fall together.
	AppointmentsLinked
	// ReserveMoved: Session, Number units from the reserve of Class to that of OtherClass; Batch.Grounds says why. Number 0 is a round in
	// which nothing moved.
	ReserveMoved
	// ReminderDue: Session, Number of its reminder, from 1, and the Appointment to be reminded. The last of a reminder names no
	// Appointment: everyone has been reminded.
	ReminderDue
	// SessionStaffed: Session; Batch.Staff says who is there now.
	SessionStaffed
	// AppointmentDisplaced: Appointment, Slot, Class: moved by the hospital for the sake of Former, an emergency.
	AppointmentDisplaced
)

const kinds = 48

var kindNames = [kinds]string{"", "RulesAdopted", "Introduced", "SessionOpened", "Released", "ReserveOpened", "QuotaChanged",
	"ReserveShort", "Granted", "AppointmentHeld", "AppointmentBooked", "AppointmentPaid", "AppointmentConfirmed",
	"AppointmentRescheduled", "AppointmentCancelled", "HoldLapsed", "PatientArrived", "ConsultationStarted",
	"AppointmentFulfilled", "PatientMissed", "AppointmentVoided", "SessionClosed", "OfferMade", "OfferAccepted",
	"OfferDeclined", "OfferLapsed", "SessionEnded", "HolderRestricted", "DaysRetired", "ClockMoved", "UnitRested", "UnitReturned",
	"AppointmentOffered", "EntryJoined", "EntryApproved", "EntryServed", "EntryEnded", "WaitlistPassed",
	"RestrictionEnded", "PersonDescribed", "PersonsMerged", "AppointmentTransferred", "PatientReturned", "AppointmentsLinked", "ReserveMoved",
	"ReminderDue", "SessionStaffed", "AppointmentDisplaced"}

// IsValid reports whether k is one of the kinds.
func (k Kind) IsValid() bool { return k >= RulesAdopted && k <= AppointmentDisplaced }

// String returns the kind's name.
func (k Kind) String() string {
	if !k.IsValid() {
		return fmt.Sprintf("Kind(%d)", uint8(k))
	}
	return kindNames[k]
}

// Event is one thing that happened: a flat value of fixed size, without pointers. Text and lists lie in its batch's
// side bytes. Which accessors mean something is said beside each Kind; the others give zero values.
type Event struct {
	at, due, until slots.Instant
	bear           Bearing
	appointment    Appointment
	person         Person
	account        Account
	booker         Person
	session        Session
	rules          uint32
	number, extra  uint32
	sideAt, sideN  uint32
	slot, count    uint16
	class          Class
	kind           Kind
	flags          uint8
}

// Flags of an event.
const (
	flagLate uint8 = 1 << iota
	flagHospital
	flagAddOn
	flagCapped
	flagCapLifts
	flagMoved
	flagHere
	allFlags = flagHere | flagLate | flagHospital | flagAddOn | flagCapped | flagCapLifts | flagMoved
)

// has reports whether the event's kind records a field; slot and count serve more than one.
func (e *Event) has(field uint32) bool { return e.kind.IsValid() && eventFields[e.kind]&field != 0 }

// Kind is what happened.
func (e *Event) Kind() Kind { return e.kind }

// At is the Book's clock when it was decided.
func (e *Event) At() slots.Instant { return e.at }

// Due is when it was to happen, for what Advance decides; zero for the rest. Late hosts have At after Due.
func (e *Event) Due() slots.Instant {
	if e.kind == QuotaChanged {
		return 0 // there it is the line's From
	}
	return e.due
}

// when is when it happened by the rules: when it was due, or when it was asked for.
func (e *Event) when() slots.Instant {
	if due := e.Due(); due != 0 {
		return due
	}
	return e.at
}

// Rules is the version of the rules that decided it.
func (e *Event) Rules() uint32 { return e.rules }

// Appointment is whose.
func (e *Event) Appointment() Appointment { return e.appointment }

// Person is the patient.
func (e *Event) Person() Person { return e.person }

// Account is what the patient came through, if any.
func (e *Event) Account() Account { return e.account }

// Booker is who asked, if not the patient.
func (e *Event) Booker() Person {
	if e.kind == PersonsMerged {
		return 0
	}
	return e.booker
}

// Bear is what classes the request bore.
func (e *Event) Bear() Bearing { return e.bear }

// Session is the session.
func (e *Event) Session() Session { return e.session }

// Slot is the (first) slot; invalid where the kind has none.
func (e *Event) Slot() Slot {
	if !e.has(hasRun) || e.count == 0 && e.kind != Granted {
		return Slot{}
	}
	return Slot{e.session, e.slot}
}

// Count is how many consecutive slots.
func (e *Event) Count() int {
	if !e.has(hasRun) {
		return 0
	}
	return int(e.count)
}

// Class is the class charged, or whose quota it is.
func (e *Event) Class() Class { return e.class }

// Until is the deadline that the event sets.
func (e *Event) Until() slots.Instant { return e.until }

// Number is the kind's own count: units, seconds or a handle.
func (e *Event) Number() uint32 {
	if e.has(hasEntry | hasFormer | hasPersonal | hasGate) {
		return 0
	}
	return e.number
}

// Former is the visit with whose results PatientReturned comes back, or the emergency for which AppointmentDisplaced made room.
func (e *Event) Former() Appointment {
	if !e.has(hasFormer) {
		return 0
	}
	return Appointment(e.number)
}

// OtherClass is the class that ReserveMoved gave to.
func (e *Event) OtherClass() Class {
	if e.kind != ReserveMoved {
		return 0
	}
	return Class(e.extra)
}

// Other is who PersonsMerged says was the same person.
func (e *Event) Other() Person {
	if e.kind != PersonsMerged {
		return 0
	}
	return e.booker
}

// Entry is the entry of the waitlist.
func (e *Event) Entry() Entry {
	if !e.has(hasEntry) {
		return 0
	}
	return Entry(e.number)
}

// EntryState is how EntryEnded ended an entry.
func (e *Event) EntryState() EntryState {
	if e.kind != EntryEnded {
		return 0
	}
	return EntryState(e.slot)
}

// NameKind is what Introduced names.
func (e *Event) NameKind() NameKind {
	if !e.has(hasNameKind) {
		return 0
	}
	return NameKind(e.slot)
}

// Party is who cancelled.
func (e *Event) Party() Party {
	switch {
	case e.kind != AppointmentCancelled:
		return 0
	case e.flags&flagHospital != 0:
		return ByHospital
	}
	return ByPatient
}

// IsLate reports a cancellation or a move by the patient after the deadline.
func (e *Event) IsLate() bool { return e.flags&flagLate != 0 }

// IsAddOn reports an add-on.
func (e *Event) IsAddOn() bool { return e.flags&flagAddOn != 0 }

// IsMoved reports an offer that took effect at once.
func (e *Event) IsMoved() bool { return e.flags&flagMoved != 0 }

// IsHere reports that someone who had checked in before their session closed is here for their new time too: it is on the
// same day. OfferMade with IsMoved, OfferAccepted and AppointmentRescheduled then lead to CheckedIn instead of Booked.
func (e *Event) IsHere() bool { return e.flags&flagHere != 0 }

// Before is the date of DaysRetired.
func (e *Event) Before() slots.Date {
	if e.kind != DaysRetired {
		return slots.Date{}
	}
	return slots.DateFromNumber(int32(e.number))
}
