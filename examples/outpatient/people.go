package main

import "github.com/haoyuan-go/haoyuan/slots"

// Channel is the way a request comes in (预约渠道).
type Channel uint8

// The six channels that draw on one pool.
const (
	App Channel = 1 + iota
	WeChat
	Alipay
	Kiosk
	Window
	Telephone
)

// channels lists them all, in the order in which they are shown.
var channels = [...]Channel{App, WeChat, Alipay, Kiosk, Window, Telephone}

var channelNames = [...]string{"no channel", "app", "wechat", "alipay", "kiosk", "window", "telephone"}

// IsValid reports whether c is one of the six.
func (c Channel) IsValid() bool { return c >= App && c <= Telephone }

// String is the channel's code, also its key in the table of texts.
func (c Channel) String() string {
	if !c.IsValid() {
		return channelNames[0]
	}
	return channelNames[c]
}

// Class is what a request is besides its channel. Elderly is the patient's; the others are the visit's.
type Class uint8

// The classes of a request; a request has exactly one here.
const (
	Ordinary Class = 1 + iota
	Elderly
	Referral
	FollowUp
)

var classNames = [...]string{"no class", "ordinary", "elderly", "referral", "follow-up"}

// IsValid reports whether c is one of the four.
func (c Class) IsValid() bool { return c >= Ordinary && c <= FollowUp }

// String is the class's code, also its key in the table of texts.
func (c Class) String() string {
	if !c.IsValid() {
		return classNames[0]
	}
	return classNames[c]
}

// Patient is one person. Accounts are shared: a family books for several persons through one.
type Patient struct {
	ID      string
	Account string
	Elderly bool
	// PastVisits and PastNoShows are the record that the patient brings along.
	PastVisits, PastNoShows int
	// MissPerMille is the patient's own habit: how often he stays away, against 1000 for the average. The
	// hospital does not know it; it sees only the record.
	MissPerMille int64
}

// Request is one wish for an appointment, drawn before anything is decided.
type Request struct {
	ID         string
	At         slots.Instant
	Patient    int // index in Demand.Patients
	Channel    Channel
	Class      Class
	Emergency  bool
	Department string
	Physician  string // empty: any of the department
	Target     slots.Date
	// FromDay and ToDay are the days that will do, both included; Target is between them. Later ones may not be on sale yet.
	FromDay, ToDay slots.Date
	Part           string // the part of the day that the patient would like
	// PreferFrom and PreferTo say when the patient would like to come, [from, to).
	PreferFrom, PreferTo slots.Clock
	// ToleranceMinutes is how far past PreferTo the patient can be moved and not mind.
	ToleranceMinutes int
	Fate             Fate
}

// Fate is what will happen to a request if it is booked, drawn from the request's own stream before any decision.
// Two worlds that differ in one mechanism give the same patient the same fate.
type Fate struct {
	Pays            bool
	PayAfterSeconds int64 // from hold to payment
	Cancels         bool
	CancelPerMille  int64 // how far along the way from booking to appointment
	// MissDraw, 0 to 999,999, decides: the patient stays away if MissDraw < missPerMillion of the visit.
	MissDraw     int64
	EarlyMinutes int64 // before the appointment; negative is late
	AtWindow     bool  // needs a registration window on arrival
	WindowDraw   int64 // per mille of the mean window time
	ConsultDraw  int64 // per mille of the mean consultation of the department
	Exams        []string
}

// consultSeconds is how long the consultation takes, at least a minute.
func (f Fate) consultSeconds(d Department) int64 { return max(60, d.ConsultSeconds*f.ConsultDraw/1000) }

// windowSeconds is how long the registration window takes, at least ten seconds.
func (f Fate) windowSeconds(w WindowRow) int64 { return max(10, w.ServiceSeconds*f.WindowDraw/1000) }

// misses reports whether the patient stays away from a visit booked leadDays before its day.
func (f Fate) misses(p Patient, curve MissCurve, leadDays int) bool {
	return f.MissDraw < curve.perMillion(leadDays)*p.MissPerMille/1000
}

// Demand is a stream of requests and the people who make them.
type Demand struct {
	Seed     uint64
	Patients []Patient
	Requests []Request // by At, then ID
	Curve    MissCurve
}
