package booking

import "github.com/haoyuan-go/haoyuan/slots"

// Command is something a host asks of the Book: one of the plain structs of this file. The interface is sealed; Decide
// type-switches over it and never calls a method through it, so a command given by value costs no allocation.
type Command interface{ command() }

// Adopt puts the Rules that the Book is configured with into force. It is the first command of every log, and the next
// one after every Configure.
type Adopt struct{ Meta }

// Introduce gives a name its handle. A name that is known already appends nothing; look names up
// with Book.Find. The handle is the event's Number, and the next of its kind.
type Introduce struct {
	Meta
	Kind NameKind
	Name string
}

// Open adds a session to the pool. Name is its identity outside the Book, unique for ever: slots.Session.ID.
type Open struct {
	Meta
	Name string
	Opening
}

// Request is what someone wants: a named slot, or anything that matches.
type Request struct {
	Person  Person
	Account Account // zero: none
	Booker  Person  // who asks, where that is not the person; recorded, not judged
	Bear    Bearing
	// Count is how many consecutive slots of one session; 0 counts as 1.
	Count uint16
	// Slot, where valid, is the one wanted, and all that follows is ignored.
	Slot Slot
	// At least one of these names what is sought; those that are set must all match. AnyOf: the session has at least one of the set.
	Resource   Resource
	AnyOf      ResourceSet
	Department Department
	Service    Service
	// Weekdays are those on which the session's date must fall; the empty set is every day. A part of the day is for the host to say,
	// with From and Until: the Book knows instants and dates, and no zone.
	Weekdays slots.Weekdays
	// From and Until bound the start of the slot, half-open; zero means unbounded. A counted session's slot starts with the
	// session: one that runs already is found without From only.
	From, Until slots.Instant
	// Policy chooses among what can be booked: 1 + its index in Rules.Policies; 0 is the first.
	Policy uint8
}

// Hold keeps units for payment until the hold's life is over, or the slot closes for booking if that is sooner.
type Hold struct {
	Meta
	Request
}

// Take books at once.
type Take struct {
	Meta
	Request
}

// Bundle makes several appointments or none: each request is judged with the earlier ones chosen. The appointments'
// ids are consecutive, in the order of the requests.
type Bundle struct {
	Meta
	// As is Held or Booked.
	As       State
	Requests []Request
	// WithinMinutes, if not 0, is how far apart the visits may start, at most: a family that comes together (家庭预约). They are then sought together
	// (together.go): the first as early as it can be, the others as near to it as they can be; no request may name a policy.
	WithinMinutes uint16
}

// MaxBundle bounds a bundle.
const MaxBundle = 64

// AddOn (加号) makes a unit for one named person, beside the slot's capacity and every quota, and gone with its
// appointment. Slot must be named; the session's AddOns is the limit. It waits for no release, class or pause, and may be in a slot
// that is for others.
type AddOn struct {
	Meta
	Request
}

// Pay turns a hold into a booking.
type Pay struct {
	Meta
	Appointment Appointment
}

// Confirm records that the person has said they will come.
type Confirm struct {
	Meta
	Appointment Appointment
}

// Party is who did something.
type Party uint8

// The parties.
const (
	ByPatient Party = 1 + iota
	ByHospital
)

// IsValid reports whether p is one of the parties.
func (p Party) IsValid() bool { return p == ByPatient || p == ByHospital }

// String returns patient or hospital.
func (p Party) String() string {
	switch p {
	case ByPatient:
		return "patient"
	case ByHospital:
		return "hospital"
	}
	return "no party"
}

// Cancel gives a number back. A patient's cancellation after the deadline is recorded as late, or refused where the
// rules say so; the hospital's never counts against anyone, nor does that of a patient who has checked in.
type Cancel struct {
	Meta
	Appointment Appointment
	By          Party
}

// Reschedule moves an appointment: judged as if its old units were free, and atomic. The request's person, account,
// bearing and count are the appointment's own; Want says where to (Slot, or what is sought). After the deadline of
// cancellation it is recorded as late, or refused where the rules say so; once the visit's own time is over (the end of its
// slots, of the session for a counted one) it is refused as TooLate, for it would hide a no-show. A hold keeps its deadline,
// or gets the close of its new slot if that is sooner.
type Reschedule struct {
	Meta
	Appointment Appointment
	Want        Request
}

// CheckIn records that the person is here. Whoever is asked whether a substitute will do accepts by that.
type CheckIn struct {
	Meta
	Appointment Appointment
}

// Start records that the consultation or examination began.
type Start struct {
	Meta
	Appointment Appointment
}

// Complete records that it is done.
type Complete struct {
	Meta
	Appointment Appointment
}

// MarkNoShow records that the person did not come; before the visit's start it is refused as TooEarly. Advance does this by
// itself at a session's End.
type MarkNoShow struct {
	Meta
	Appointment Appointment
}

// Void marks an appointment as entered in error: its unit is free again and it counts for nothing.
type Void struct {
	Meta
	Appointment Appointment
}

// CloseSession (停诊) closes a session, or several in one: a physician's day, a site. Everyone in them who is not yet with the physician is displaced: each gets an
// offer of the best other slot there is, kept for them, or none; either way, giving the number back costs nothing. What is offered is
// out for them and in slots that are for them; a pause does not delay it. It is judged as if nobody affected had anything in what closes any
// more. Reply.Count is how many are affected, unpaid holds included; Batch.Fates counts what became of them.
type CloseSession struct {
	Meta
	Session Session
	// And are further sessions that close in the same batch; each once, at most MaxClosing in all.
	And []Session
	// Plan says where the host would put whom: these are tried first, in this order, each in that slot alone, judged as any offer; From and Until do not bind it. Where it is not
	// allowed (the pool has changed since), and for whomever it does not name, the Book seeks a slot itself, the earlier numbers first. Unpaid holds,
	// and appointments that are not affected (any more), are passed over. Package closure makes plans.
	Plan []Placement
	// AnswerBy is when unanswered offers lapse; it must be after At. An offer lapses sooner where its slot closes for booking, or
	// its session ends, before that.
	AnswerBy slots.Instant
	// From and Until bound where replacements are sought; zero From means at once, zero Until 14 days after the session, or after From
	// where that is later.
	From, Until slots.Instant
	// Move makes the offers take effect at once instead of waiting for an answer, but for those who have not accepted what is closed.
	Move bool
	// Waitlist puts those for whom nothing is found on the waitlist, whatever they have there already: for the department and the service (or, where the
	// session has neither, its first resource), within From and Until, to be offered. They are tried at the next change, like the others in line.
	Waitlist bool
}

// MaxClosing bounds how many sessions close in one batch; MaxAffected how many appointments one closing may displace.
const (
	MaxClosing  = 256
	MaxAffected = 1<<16 - 1
)

// Placement puts an appointment into a slot, or the run of slots that begins there.
type Placement struct {
	Appointment Appointment
	Slot        Slot
}

// Answer accepts or declines the offer that a displaced person, or one who waited, holds. Declining cancels on the hospital's account; an offer
// of nothing cannot be accepted (NoneFree).
type Answer struct {
	Meta
	Appointment Appointment
	Accept      bool
}

// Join puts a request on the waitlist (候补). It names no slot. Where something is free for it, the next Advance serves it. The person may
// have no more open entries than Rules.WaitlistPerPerson. Reply.Entry is its id.
type Join struct {
	Meta
	Request
	// DueBy is when it ends by itself, after At.
	DueBy slots.Instant
	// Assign has the number booked at once when there is one, instead of offered.
	Assign bool
	// NeedsDecision keeps it out of line until Screen approves it: a request that a specialist looks at first (预审).
	NeedsDecision bool
}

// Leave takes an open entry back.
type Leave struct {
	Meta
	Entry Entry
}

// Screen decides on an entry that waits for a person's decision: it joins the line, at the place that it would have had from the beginning,
// or it is over.
type Screen struct {
	Meta
	Entry   Entry
	Approve bool
}

// SetQuota changes one class's line in one session; a class that has none there gets one, behind the others, for which what is borne
// and charged already counts. It is refused below what is used. The event holds the new line, never what remains of it, and its
// place in the log is its version. The line begins anew: an OpenAt in the past opens it at the next Advance. More than MaxQuotas lines
// are ErrCommand.
type SetQuota struct {
	Meta
	Session Session
	Quota   Quota
}

// Grant adds overbooking units to a slot. The allowance is asked once, here, not at each booking.
type Grant struct {
	Meta
	Slot  Slot
	Units uint16
}

// Restrict limits a person or an account (exactly one) until an instant, in what Gate says; the zero Gate bars them from booking. It takes
// the place of the one that the holder has for the same Gate.Channel; an instant not after At lifts that. Others of the holder stand.
// Requests that bear a class in Rules.Exempt are never concerned. When Until comes, Advance says RestrictionEnded, once.
type Restrict struct {
	Meta
	Person  Person
	Account Account
	Until   slots.Instant
	Gate    Gate
}

// Retire forgets the days before a date. Refused while something there is not over. What limits may still count is kept
// for LimitWindowDays longer.
type Retire struct {
	Meta
	Before slots.Date
}

// Advance decides the one due item that comes first, the least by (due instant, rank, id). The host applies it and
// repeats while Wake is at or before its clock. With nothing due, and Jump set, it moves the clock alone.
type Advance struct {
	Meta
	// Jump allows At to be further ahead than Rules.StepSeconds.
	Jump bool
}

func (Adopt) command()        {}
func (Introduce) command()    {}
func (Open) command()         {}
func (Hold) command()         {}
func (Take) command()         {}
func (Bundle) command()       {}
func (AddOn) command()        {}
func (Pay) command()          {}
func (Confirm) command()      {}
func (Cancel) command()       {}
func (Reschedule) command()   {}
func (CheckIn) command()      {}
func (Start) command()        {}
func (Complete) command()     {}
func (MarkNoShow) command()   {}
func (Void) command()         {}
func (CloseSession) command() {}
func (Answer) command()       {}
func (Join) command()         {}
func (Leave) command()        {}
func (Screen) command()       {}
func (SetQuota) command()     {}
func (Grant) command()        {}
func (Restrict) command()     {}
func (Retire) command()       {}
func (Advance) command()      {}
