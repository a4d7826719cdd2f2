package bookingtest

import (
	"maps"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Model is a reference of the Book that is naive on purpose: plain slices of structs, no counters, no indexes and no queue.
// Whatever it wants to know it recounts from the appointments, every time, and where the Book supposes that a unit were
// free the Model takes the appointment out and looks. It shares no code with the Book. Cost: everything is a pass over
// everything; for worlds of tens of appointments.
type Model struct {
	rules            booking.Rules
	choosers         map[string]Chooser
	adoptedVersion   uint32
	keySeconds       int64
	clock            sl.Instant
	names            map[booking.NameKind][]string
	sessions         []supply
	visits           []visit
	entries          []waits
	forgottenEntries int
	gates            []booking.Restriction
	givenBack        []gaveBack
	facts            map[booking.Person]personal
	merged           map[booking.Person]booking.Person // into whom
	keys             []keyed
	forgottenKeys    sl.Instant // when the newest of the keys that are forgotten was used
	retiredBefore    sl.Date
	shorts           []Short
	late             bool // the last command was a patient's, after the deadline
	// batchFrom is the first appointment that the command at hand makes; zero for none. Refusals cannot name those.
	batchFrom booking.Appointment
	// moving is the appointment that a Reschedule supposes absent.
	moving booking.Appointment
	// displacing are the appointments that a Displace has moved so far.
	displacing []booking.Appointment
	// transferring: it is a Transfer that does.
	transferring bool
	reminded     []Reminded
}

// Chooser is a policy as the Model runs it: it chooses among candidates in the Book's order, or not at all.
type Chooser func(m *Model, want booking.Request, candidates []booking.Candidate) (booking.Slot, bool)

// Short is a ReserveShort event that the Model expects.
type Short struct {
	Session booking.Session
	Class   booking.Class
	Units   int
}

// supply is one session: what it was opened with, and what has happened to it since.
type supply struct {
	booking.Opening
	granted                          []int  // overbooking units, by slot
	opened                           []bool // whether the reserve is everyone's, by quota
	released, closed, ended, retired bool
	rests                            []rested
	out                              sl.Instant // when its numbers came out; 0 for not yet
	rounds                           int        // of reallocation, that are past
	tryAt                            sl.Instant // when the waitlist is tried for it; 0 for not
	reminded                         int        // how many of its reminders are past
	promised                         sl.Grade   // the grade that it was opened with
}

// rested is one unit that was given back and is not out again.
type rested struct {
	n     uint16
	until sl.Instant
}

// visit is one appointment.
type visit struct {
	person        booking.Person
	account       booking.Account
	booker        booking.Person
	bear          booking.Bearing
	state         booking.State
	slot          booking.Slot
	count         int
	class         booking.Class // charged
	until         sl.Instant
	addOn, noUnit bool
	from          booking.Slot
	yielded       bool // to an emergency, once
	arrived       bool // displaced after checking in, to a time of the same day
	moved         bool // by the hospital, unasked
	isReturn      bool // without a number, with the results of former
	former        booking.Appointment
	consent       bool // asked whether a substitute will do
	// ringFirst and ringSize are of the joint clinic that it belongs to.
	ringFirst booking.Appointment
	ringSize  int
}

// settle is the state of a displaced visit that has its new place: who is here is still here.
func (v *visit) settle() booking.State {
	here := v.arrived
	v.arrived = false
	if here {
		return booking.CheckedIn
	}
	return booking.Booked
}

// keyed is a remembered key.
type keyed struct {
	key     booking.Key
	caller  booking.Caller
	payload string
	at      sl.Instant
	reply   booking.Reply
}

// NewModel returns an empty Model under rules that booking.NewRules accepts. Earliest and LevelLoad are known; a chooser,
// by the policy's name, stands for each other policy of the rules.
func NewModel(rules booking.Rules, choosers map[string]Chooser) *Model {
	m := &Model{rules: rules, choosers: map[string]Chooser{"earliest": chooseEarliest, "level-load": chooseLevel},
		names: map[booking.NameKind][]string{}, facts: map[booking.Person]personal{}, merged: map[booking.Person]booking.Person{}}
	maps.Copy(m.choosers, choosers)
	return m
}

// Configure gives the Model other rules, of another version, which Adopt must then put into force.
func (m *Model) Configure(rules booking.Rules) { m.rules = rules }

// Clone returns a Model that shares nothing that changes with m.
func (m *Model) Clone() *Model {
	c := *m
	c.names = maps.Clone(m.names)
	for k, list := range c.names {
		c.names[k] = slices.Clone(list)
	}
	c.sessions = slices.Clone(m.sessions)
	for i := range c.sessions {
		s := &c.sessions[i]
		s.Quotas, s.granted, s.opened = slices.Clone(s.Quotas), slices.Clone(s.granted), slices.Clone(s.opened)
		s.rests = slices.Clone(s.rests)
	}
	c.visits, c.keys, c.shorts = slices.Clone(m.visits), slices.Clone(m.keys), slices.Clone(m.shorts)
	c.entries = slices.Clone(m.entries)
	c.gates, c.givenBack = slices.Clone(m.gates), slices.Clone(m.givenBack)
	c.facts, c.merged = maps.Clone(m.facts), maps.Clone(m.merged)
	return &c
}

// Do decides a command and, where it is done, carries it out. It gives what Decide must give; an error matches the same
// booking.Err value, its text aside.
func (m *Model) Do(c booking.Command) (booking.Reply, error) {
	was := m.Clone()
	m.shorts, m.late, m.batchFrom, m.displacing, m.reminded = nil, false, 0, nil, nil
	reply, err := m.decide(c)
	m.batchFrom = 0
	if err != nil || reply.Outcome != booking.Done || reply.Repeat {
		*m = *was
		m.shorts, m.late = nil, false
		return reply, err
	}
	m.clock = metaOf(c).At
	return reply, nil
}

// Shorts are the reserves that the last command shortened, as ReserveShort must report them.
func (m *Model) Shorts() []Short { return m.shorts }

// Late reports whether the last command cancelled or moved after the deadline, as IsLate of its event must say.
func (m *Model) Late() bool { return m.late }

// Clock is the instant of the last command that did something.
func (m *Model) Clock() sl.Instant { return m.clock }

func (m *Model) decide(c booking.Command) (booking.Reply, error) {
	switch c := c.(type) {
	case booking.Adopt:
		return m.adopt(c)
	case booking.Advance:
		return m.advance(c)
	}
	meta := metaOf(c)
	reply, err := m.admit(c)
	if err != nil || reply.Outcome != 0 {
		return reply, err
	}
	reply, err = m.execute(c)
	if err == nil && reply.Outcome == booking.Done && meta.Key != (booking.Key{}) {
		m.remember(keyed{meta.Key, meta.Caller, payloadOf(c), meta.At, reply})
	}
	return reply, err
}

func (m *Model) execute(c booking.Command) (booking.Reply, error) {
	if x, ok := c.(booking.Merge); ok {
		return m.merge(x)
	}
	c = m.inTheirNames(c)
	switch c := c.(type) {
	case booking.Take:
		return m.request(c.At, c.Request, booking.Booked, false)
	case booking.Hold:
		return m.request(c.At, c.Request, booking.Held, false)
	case booking.AddOn:
		return m.request(c.At, c.Request, booking.Booked, true)
	case booking.Bundle:
		return m.bundle(c)
	case booking.Reschedule:
		return m.reschedule(c)
	case booking.Cancel:
		return m.cancel(c)
	case booking.CloseSession:
		return m.closeSession(c)
	case booking.Answer:
		return m.answer(c)
	case booking.Join:
		return m.join(c)
	case booking.Leave:
		return m.leaveLine(c)
	case booking.Screen:
		return m.screen(c)
	case booking.Introduce:
		return m.introduce(c)
	case booking.Open:
		return m.open(c)
	case booking.Describe:
		return m.describe(c)
	case booking.Transfer:
		return m.transfer(c)
	case booking.Return:
		return m.comeBack(c)
	case booking.Joint:
		return m.joint(c)
	case booking.Series:
		return m.series(c)
	case booking.Substitute:
		return m.substitute(c)
	case booking.Displace:
		return m.displace(c)
	case booking.SetQuota:
		return m.setQuota(c)
	case booking.Grant:
		return m.grant(c)
	case booking.Restrict:
		return m.restrict(c)
	case booking.Retire:
		return m.retire(c)
	}
	return m.step(c)
}

func (m *Model) session(id booking.Session) *supply {
	if id == 0 || int(id) > len(m.sessions) {
		return nil
	}
	return &m.sessions[id-1]
}

func (m *Model) gone(s *supply) bool { return s.closed || s.ended || s.retired }

// forgotten reports whether an appointment is older than any limit's window was when its day was retired.
func (m *Model) forgotten(v *visit) bool {
	return m.retiredBefore.IsValid() && m.session(v.slot.Session).Date.Before(m.retiredBefore.AddDays(-booking.LimitWindowDays))
}

// counts: the column "limits" of the table in package booking's comment.
func (m *Model) counts(v *visit) bool {
	switch v.state {
	case booking.Cancelled, booking.Lapsed, booking.EnteredInError:
		return false
	}
	return !m.forgotten(v)
}

func over(s booking.State) bool {
	switch s {
	case booking.Fulfilled, booking.Cancelled, booking.NoShow, booking.Lapsed, booking.EnteredInError:
		return true
	}
	return false
}

func done(id booking.Appointment, count int) booking.Reply {
	return booking.Reply{Outcome: booking.Done, Appointment: id, Count: uint16(count)}
}

func refuse(r booking.Refusal) booking.Reply {
	return booking.Reply{Outcome: booking.Refused, Refusal: r}
}

func no(r booking.Reason) booking.Reply { return refuse(booking.Refusal{Reason: r}) }
