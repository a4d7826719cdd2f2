package explain

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Chain is how an appointment came to be what it is: data, of which a Speaker makes text.
type Chain struct {
	Appointment booking.Appointment
	Person      booking.Person
	// State is what the appointment is after the last link.
	State booking.State
	// Links in log order.
	Links []Link
}

// Link is one event of a chain, and the rule behind it.
type Link struct {
	// Number is the event's place in the log, from 1.
	Number uint64
	// Event is the event itself; its At, Rules, Party, IsLate and so on say what this struct does not repeat.
	Event    booking.Event
	Relation Relation
	Cause    Cause
	// State is what the appointment was after it; zero before it was made.
	State booking.State
	// Place is what the event is about: the number, or the session. The zero Place is none: an offer of nothing.
	Place Place
	// From is where the appointment was until then, if the event moved it; what rests, if it is not there.
	From Place
	// Charge is how a number was counted, where the event gave one.
	Charge Charge
	// FromWaitlist: what is accepted, declined or lapses is an offer to someone who waited, not one after a closure.
	FromWaitlist bool
	// Grounds are why a reserve moved; zero for the rest.
	Grounds booking.Grounds
	// IsReturn: the appointment was, until then, a return with results, without a number.
	IsReturn bool
	// AboutSubstitute: what is asked, accepted, declined or lapses is whether a substitute will do.
	AboutSubstitute bool
	// LatenessSeconds is how many seconds after its due instant a due thing was decided: a host that slept. It changes no right.
	LatenessSeconds int64
	// Key and Caller are whose command it was, where IsKeyed: of the links of the appointment itself only.
	IsKeyed bool
	Key     booking.Key
	Caller  booking.Caller
}

// Relation is what an event has to do with the appointment.
type Relation uint8

// The relations.
const (
	// OfAppointment: it happened to the appointment itself.
	OfAppointment Relation = 1 + iota
	// OfSession: it happened to the session that the appointment was in: opening, release, closure, end.
	OfSession
	// OfQuota: it decided what was free for such a request: quota lines, reserves that fell open, overbooking.
	OfQuota
	// OfHolder: it barred the person, or the account that the person came through, or lifted that.
	OfHolder
	// OfRules: it put into force the rules that decided another link.
	OfRules
	// OfArchive: the day was put away; nothing can follow.
	OfArchive
)

var relationNames = [...]string{"no relation", "appointment", "session", "quota", "holder", "rules", "archive"}

// IsValid reports whether r is one of the relations.
func (r Relation) IsValid() bool { return r >= OfAppointment && r <= OfArchive }

// String returns appointment, session, quota, holder, rules or archive.
func (r Relation) String() string { return name("Relation", uint8(r), relationNames[:]) }

// Cause is why an event happened when it did.
type Cause uint8

// The causes.
const (
	// Asked: someone asked for it, and the rules in force allowed it.
	Asked Cause = 1 + iota
	// Unpaid: a hold's time was over.
	Unpaid
	// Unanswered: an offer's time was over.
	Unanswered
	// SessionOver: the session ended.
	SessionOver
	// Closure: a session was closed, in the same decision.
	Closure
	// Emergency: an emergency took its place, in the same decision.
	Emergency
	// OnTime: its hour had come, as the session's opening or a quota line said.
	OnTime
	// Consequence: it follows from the event before it, in the same decision.
	Consequence
	// Substitution: somebody else is there, in the same decision.
	Substitution
)

var causeNames = [...]string{"no cause", "asked", "unpaid", "unanswered", "session over", "closure", "emergency", "on time", "consequence", "substitution"}

// IsValid reports whether c is one of the causes.
func (c Cause) IsValid() bool { return c >= Asked && c <= Substitution }

// String returns the cause in a word or two.
func (c Cause) String() string { return name("Cause", uint8(c), causeNames[:]) }

// Charge is how the units of a number were counted when it was given: the quota rule of package booking, at that instant.
type Charge struct {
	From  ChargedTo
	Class booking.Class
	// Kept is how many units were kept for the class just then, Free how many were free in the session in all.
	Kept, Free int64
	// Quota is the class's line as it stood; zero where the session has none.
	Quota booking.Quota
}

// ChargedTo is what a number's units were taken from.
type ChargedTo uint8

// What numbers are taken from.
const (
	// FromReserve: units kept for the class.
	FromReserve ChargedTo = 1 + iota
	// FromBoth: what was kept for the class, and for the rest the common rest.
	FromBoth
	// FromRest: the common rest, which is kept for nobody.
	FromRest
	// Beside: an add-on, a unit made for it beside every quota.
	Beside
)

var chargedNames = [...]string{"nothing", "reserve", "reserve and common rest", "common rest", "beside the quotas"}

// IsValid reports whether c is one of the list.
func (c ChargedTo) IsValid() bool { return c >= FromReserve && c <= Beside }

// String returns reserve, reserve and common rest, common rest, or beside the quotas.
func (c ChargedTo) String() string { return name("ChargedTo", uint8(c), chargedNames[:]) }

// Place is a number, or a session, as people know it.
type Place struct {
	Session booking.Session
	// Slot is the first of Count; Count 0 is the session as a whole.
	Slot  booking.Slot
	Count int
	Date  sl.Date
	// Start and Minutes are those of the number; of a session, and of a number without a time, those of the session.
	Start   sl.Instant
	Minutes int
	// Counted: numbers without times.
	Counted    bool
	Department booking.Department
	Service    booking.Service
	Site       booking.Site
	Resources  []booking.Resource
	// Units are how many numbers the session has, where the event opened it.
	Units int64
}

// IsValid reports whether p is a place at all.
func (p *Place) IsValid() bool { return p.Session != 0 }

func name(kind string, value uint8, names []string) string {
	if int(value) >= len(names) {
		return fmt.Sprintf("%s(%d)", kind, value)
	}
	return names[value]
}
