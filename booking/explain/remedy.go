package explain

import (
	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Remedy is something that would change a refusal: of a closed list, with what it needs to be a button.
type Remedy struct {
	Do Action
	// Sure: as the pool stands, doing it removes the reason it is listed under; another reason may come to light behind it.
	// A remedy that is not sure is advice.
	Sure bool
	// Staff: only the hospital can do it; a Speaker does not tell a patient of it.
	Staff bool
	// At is when to ask again (AskLater).
	At sl.Instant
	// Count is how many of Numbers to give back (GiveBack), units to ask for (FewerUnits), what a quota must keep at least
	// (CapAtLeast, ReserveAtLeast), or what must be over first (FinishFirst).
	Count int
	// Numbers are the person's own, in order of time (GiveBack).
	Numbers []Number
	// Class is the channel that is used up (OtherChannel), or what to ask with (AskWith).
	Class booking.Class
	// Same is what the limit counts together: a number that differs in one of these is not counted (AskElsewhere); empty: any other.
	Same booking.Same
	// Steps come first, in this order (StepsFirst).
	Steps []Step
}

// Number is one of the person's own appointments.
type Number struct {
	Appointment booking.Appointment
	Place       Place
}

// Action is what a Remedy asks to do.
type Action uint8

// The actions. With each, the parameters of Remedy that it has.
const (
	// AskLater: ask the same again at At.
	AskLater Action = 1 + iota
	// AskElsewhere: ask for another number: another time, physician, or what Same says.
	AskElsewhere
	// AskWider: widen what is sought: more days, hours or physicians.
	AskWider
	// AskAnew: ask under a key that was never used, made now.
	AskAnew
	// NameSlot: name the time wanted instead of having one chosen.
	NameSlot
	// FewerUnits: ask for Count consecutive units.
	FewerUnits
	// OtherChannel: ask through another channel than Class.
	OtherChannel
	// GiveBack: give back Count of Numbers.
	GiveBack
	// StepsFirst: do Steps first.
	StepsFirst
	// ChooseOther: choose another time for the number that was displaced, without penalty.
	ChooseOther
	// DeclineOffer: give the displaced number back, without penalty.
	DeclineOffer
	// CheckNumber: look up the number of the appointment again.
	CheckNumber
	// RecordPerson: have the person's date of birth or sex recorded.
	RecordPerson
	// AskWith: ask with Class, such as a referral.
	AskWith
	// AskDesk: ask the staff, who may see a way.
	AskDesk
	// StaffAddOn: the hospital may add a number for this person (加号).
	StaffAddOn
	// StaffCancel: the hospital may cancel it on its own account.
	StaffCancel
	// CapAtLeast: set the cap to Count or more.
	CapAtLeast
	// ReserveAtLeast: set the reserve to Count or more.
	ReserveAtLeast
	// FinishFirst: bring what is not over, Count of it, to its end.
	FinishFirst
	// OtherName: open the session under a name that is not taken, or change the one that is open.
	OtherName
	// PayFirst: pay Count of Numbers.
	PayFirst
	// NothingToDo: nothing can be done about it.
	NothingToDo
)

var actionNames = [...]string{"no action", "ask later", "ask elsewhere", "ask wider", "ask anew", "name a slot", "fewer units",
	"other channel", "give back", "steps first", "choose other", "decline offer", "check number", "record person", "ask with", "ask the desk", "staff add-on",
	"staff cancel", "cap at least", "reserve at least", "finish first", "other name", "pay first", "nothing to do"}

// IsValid reports whether a is one of the actions.
func (a Action) IsValid() bool { return a >= AskLater && a <= NothingToDo }

// String returns the action in a word or two.
func (a Action) String() string { return name("Action", uint8(a), actionNames[:]) }

// Step is a command on one appointment that another command needs done first.
type Step uint8

// The steps.
const (
	// PayIt: pay the hold.
	PayIt Step = 1 + iota
	// AcceptIt: accept the offer.
	AcceptIt
	// CheckInIt: check in.
	CheckInIt
)

var stepNames = [...]string{"no step", "pay", "accept the offer", "check in"}

// IsValid reports whether s is one of the steps.
func (s Step) IsValid() bool { return s >= PayIt && s <= CheckInIt }

// String returns pay, accept the offer, or check in.
func (s Step) String() string { return name("Step", uint8(s), stepNames[:]) }
