package booking

import (
	"fmt"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Displacement is where, and how far, an emergency may move others. The zero Displacement moves nobody.
type Displacement struct {
	// Kinds are the kinds of session in which an emergency may displace others, each once: examinations and the like; clinics only where
	// the hospital says so. Empty: nowhere. An emergency is a request that bears a class of Rules.Exempt, so there must be one.
	Kinds []sl.Kind
	// Untouchable names the classes that are never displaced, such as the frail, or who is to be operated on. At most 64.
	Untouchable []string
	// MaxMoves is how many may be moved for one emergency, 1 to 4; 0 without Kinds.
	MaxMoves int
	// HorizonDays is within how many days of their own time people may be moved, 1 to 60; 0 without Kinds.
	HorizonDays int
}

func (x *Displacement) problems(exempt []string) (list []error) {
	bad := func(format string, args ...any) { list = append(list, fmt.Errorf("Displacement."+format, args...)) }
	if len(x.Kinds) == 0 {
		if len(x.Untouchable) > 0 || x.MaxMoves != 0 || x.HorizonDays != 0 {
			bad("Untouchable %q, MaxMoves %d, HorizonDays %d: without Kinds", x.Untouchable, x.MaxMoves, x.HorizonDays)
		}
		return list
	}
	for i, k := range x.Kinds {
		if !k.IsValid() || slices.Contains(x.Kinds[:i], k) {
			bad("Kinds[%d] %v: want a kind of session, each once", i, k)
		}
	}
	if len(exempt) == 0 {
		bad("Kinds %v: no request is an emergency (Exempt)", x.Kinds)
	}
	if len(x.Untouchable) > 64 {
		bad("len(Untouchable) %d: want 0 to 64", len(x.Untouchable))
	}
	for i, name := range x.Untouchable {
		if len(name) < 1 || len(name) > MaxNameBytes {
			bad("len(Untouchable[%d]) %d: want 1 to %d", i, len(name), MaxNameBytes)
		}
	}
	if x.MaxMoves < 1 || x.MaxMoves > maxMoves {
		bad("MaxMoves %d: want 1 to %d", x.MaxMoves, maxMoves)
	}
	if x.HorizonDays < 1 || x.HorizonDays > 60 {
		bad("HorizonDays %d: want 1 to 60", x.HorizonDays)
	}
	return list
}

// maxMoves bounds Displacement.MaxMoves.
const maxMoves = 4

func (x *Displacement) clone() Displacement {
	y := *x
	y.Kinds, y.Untouchable = slices.Clone(x.Kinds), slices.Clone(x.Untouchable)
	return y
}

// numbers are the fields beside the lists, for the digest of the rules; none where nobody is moved.
func (x *Displacement) numbers() []int64 {
	if len(x.Kinds) == 0 {
		return nil
	}
	return []int64{int64(x.MaxMoves), int64(x.HorizonDays)}
}

// Displace books an emergency in a named slot and moves those who are in its way: a plan of Book.Displacements that the hospital has
// accepted, or one of its own. All of it happens or nothing; the Book judges it whole, at that instant, one move after another and the
// emergency last. A request is an emergency if it bears a class of Rules.Exempt.
//
// Whoever is moved is Booked or Confirmed (IllegalState else), in one of the slots wanted, and in a session of Displacement.Kinds; has
// not been moved by the hospital before, nor displaced ever; is no add-on and bound to no other appointment; bears neither an exempt class nor one of
// Displacement.Untouchable; and stays where they are if the emergency would be granted without that (Untouchable else). They go to a later
// slot, at most Displacement.HorizonDays later, of the same kind and grade, timed or counted as theirs is, with a resource of theirs or else
// of the same department and service, which neither the emergency nor another of the moves has to do with (BadChoice else: no chains). That slot is
// judged as an offer of the hospital is: no restriction, no pause stands against it, all other rules do. A move needs no consent; giving
// back what one was moved to is never late.
//
// Of a refusal, Reply.Count is the index of the move that was refused; the number of moves, if it is the emergency that was. Done,
// it is the number of appointments made and moved, and Reply.Appointment is the emergency's.
type Displace struct {
	Meta
	// Request is the emergency; it names its slot.
	Request Request
	// Moves are who goes where, 1 to Displacement.MaxMoves, nobody twice.
	Moves []Placement
}

func (Displace) command() {}

func (b *Book) decideDisplace(t *Batch, c *Displace) (Reply, error) {
	print := printRequest(printOf(printDisplace, uint64(len(c.Moves))), &c.Request)
	for _, m := range c.Moves {
		print = mix(mix(print, uint64(m.Appointment)), uint64(m.Slot.Session)|uint64(m.Slot.N)<<32)
	}
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	if err := b.checkDisplace(t, c); err != nil {
		return Reply{}, err
	}
	b.mean(&c.Request)
	p := exchange{q: c.Request, at: c.At, moves: c.Moves}
	p.q.Count = max(p.q.Count, 1)
	if i, no := b.judgeExchange(t, &p); no.Reason != 0 {
		return Reply{Outcome: Refused, Count: uint16(i), Refusal: no}, nil
	}
	b.reportExchange(t, &c.Meta, &p)
	made := Appointment(b.appointments.next())
	for i, m := range c.Moves {
		x := b.appointments.at(uint32(m.Appointment))
		e := b.event(AppointmentDisplaced, &c.Meta)
		e.appointment, e.session, e.slot, e.count, e.class, e.number = m.Appointment, m.Slot.Session, m.Slot.N, x.count, p.charges[i], uint32(made)
		t.add(e)
		for n := x.slot; n < x.slot+x.count; n++ {
			if b.freed(&p, i, n) {
				b.restUnit(t, &c.Meta, m.Appointment, Slot{x.session, n})
			}
		}
	}
	a := &t.work.attempt
	*a = attempt{Request: p.q, charge: p.charge}
	b.addAppointment(t, &c.Meta, a, made, c.Request.Slot, Booked)
	b.withdraw(t, &c.Meta, c.Request.Person, c.Request.Slot, 0)
	return b.done(t, &c.Meta, print, made, 1+len(c.Moves))
}

// checkDisplace checks the form.
func (b *Book) checkDisplace(t *Batch, c *Displace) error {
	if err := b.checkRequest(t, &c.Request, false); err != nil {
		return err
	}
	if !c.Request.Slot.IsValid() {
		return badCommand("Request.Slot: an emergency names the slot that it is to have")
	}
	if err := b.checkEmergency(t, &c.Request.Bear); err != nil {
		return err
	}
	if len(c.Moves) < 1 || len(c.Moves) > b.rules.Displacement.MaxMoves {
		return badCommand("Moves: %d of them, want 1 to %d (Displacement.MaxMoves)", len(c.Moves), b.rules.Displacement.MaxMoves)
	}
	for i, m := range c.Moves {
		switch {
		case slices.ContainsFunc(c.Moves[:i], func(o Placement) bool { return o.Appointment == m.Appointment }):
			return badCommand("Moves[%d].Appointment %d: named twice", i, m.Appointment)
		case !m.Slot.IsValid() || m.Slot.Session >= Session(b.sessions.next()):
			return badCommand("Moves[%d].Slot.Session %d: not opened", i, m.Slot.Session)
		}
	}
	return nil
}

// checkEmergency: whoever wants others moved must bear a class that is exempt.
func (b *Book) checkEmergency(t *Batch, bear *Bearing) error {
	if !b.bearsExempt(t, bear) {
		return badCommand("Request.Bear: no emergency, for it bears no class of Rules.Exempt")
	}
	return nil
}

func (b *Book) bearsExempt(t *Batch, bear *Bearing) bool {
	for _, c := range bear.c {
		if c != 0 && b.isExempt(t, c) {
			return true
		}
	}
	return false
}

// reportExchange reports the reserves of the session that those who leave shorten. What the emergency takes is not free in between.
func (b *Book) reportExchange(t *Batch, m *Meta, p *exchange) {
	a := &t.work.attempt
	*a = attempt{at: p.at, legs: t.work.legs[:0]}
	for i, x := range p.moves {
		b.leave1(p, i, b.appointments.at(uint32(x.Appointment)), func(l leg, free bool) {
			l.resting = l.resting || !free
			a.legs = append(a.legs, l)
		})
	}
	t.work.legs = a.legs
	b.reportShort(t, m, p.q.Slot.Session, a, nil)
}

// applyDisplaced moves an appointment for the sake of the one that the batch makes next.
func (b *Book) applyDisplaced(e *Event) bool {
	x, _ := b.appointment(e.appointment)
	if x == nil || !b.hasRun(e) || !b.hasCounters(e) || e.number != b.appointments.next() ||
		x.state != Booked && x.state != Confirmed || x.use() == usesNone {
		return false
	}
	was := Slot{x.session, x.slot}
	b.leave(e.appointment, x)
	b.changed(x.session, e)
	x.state, x.from = Booked, was
	x.flags |= appointmentMoved | appointmentYielded
	b.place(x, e)
	b.enter(e.appointment, x)
	b.recall(x.person)
	return true
}
