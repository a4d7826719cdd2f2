package booking

import (
	"errors"
	"fmt"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Substitute (替诊) changes who is there in a session; the session and everybody's numbers stay. SessionStaffed says it, to those who have
// a number there too.
//
// Where the new grade is lower than that of now, whoever has a number there and is not here yet is asked: they are Displaced with their own
// slot kept as the offer (Visit.From is then Visit.Slot), and answer it as any offer. Declining, or not answering, gives the number back on the hospital's
// account. To check in is to accept. Not asked are: who is here already; whose time is over; an unpaid hold and an offer, which take who is
// there then by paying or accepting; a visit without a number; a joint clinic (Joint), which
// one of several physicians does not undo. Who was asked before and has not answered is asked again, about who is there now.
//
// Where the new grade is not lower, nobody is asked. If it is at least the grade that the session was opened with, what was asked and not answered is settled: the
// number stands (OfferMade with IsMoved, for the slot that they have).
//
// The same staff in another order, with the same grade, is Nothing. A session that is closed, ended or retired is refused as SessionGone. Reply.Count is how many
// are asked. Cost: the session's appointments.
type Substitute struct {
	Meta
	Session Session
	// Resources are all who and what are there now, as Opening.Resources; at most MaxResources, each once.
	Resources []Resource
	// Grade is the session's grade now; NoGrade is the lowest.
	Grade sl.Grade
	// AnswerBy is when an unanswered question lapses; after At where Grade is lower than now, else after At or 0. It lapses sooner where the visit's own time, or
	// its session, ends before that.
	AnswerBy sl.Instant
}

func (Substitute) command() {}

// Staffing is who is there in a session: what SessionStaffed records.
type Staffing struct {
	Resources []Resource
	Grade     sl.Grade
}

// Staff is what SessionStaffed carries. It allocates.
func (t *Batch) Staff(e *Event) (Staffing, error) {
	var x Staffing
	side, ok := t.sideOf(e)
	if e.kind != SessionStaffed || !ok {
		return x, fmt.Errorf("%w: %v carries no staff", ErrBatch, e.kind)
	}
	err := decodeStaffing(side, &x)
	return x, err
}

// problems says what is wrong with a staffing, but for names that are not introduced.
func (x *Staffing) problems() error {
	var all []error
	if len(x.Resources) > MaxResources {
		return fmt.Errorf("Resources: %d of them, want at most %d", len(x.Resources), MaxResources)
	}
	for i, r := range x.Resources {
		if slices.Contains(x.Resources[:i], r) {
			all = append(all, fmt.Errorf("Resources[%d] %d: twice", i, r))
		}
	}
	if !x.Grade.IsValid() {
		all = append(all, fmt.Errorf("Grade %d: none", x.Grade))
	}
	return errors.Join(all...)
}

// decideSubstitute changes who is there, and asks those whom it concerns.
func (b *Book) decideSubstitute(t *Batch, c *Substitute) (Reply, error) {
	print := printOf(printSubstitute, uint64(c.Session), uint64(c.Grade), uint64(c.AnswerBy))
	for _, r := range c.Resources {
		print = mix(print, uint64(r))
	}
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	staff := Staffing{c.Resources, c.Grade}
	err := staff.problems()
	for i := 0; i < min(len(c.Resources), MaxResources); i++ {
		if !b.known(t, ResourceName, uint32(c.Resources[i])) {
			err = errors.Join(err, fmt.Errorf("Resources[%d] %d: not introduced", i, c.Resources[i]))
		}
	}
	if c.AnswerBy != 0 && (c.AnswerBy <= c.At || !validInstant(c.AnswerBy)) {
		err = errors.Join(err, fmt.Errorf("AnswerBy %d: want an instant after At and before the year 10000, or 0", c.AnswerBy))
	}
	if err != nil {
		return Reply{}, fmt.Errorf("%w: %w", ErrCommand, err)
	}
	s, refusal, err := b.openSession(c.Session)
	switch {
	case err != nil:
		return Reply{}, err
	case s == nil:
		return Reply{Outcome: Refused, Refusal: refusal}, nil
	}
	if c.Grade < s.grade && c.AnswerBy == 0 {
		return Reply{}, badCommand("AnswerBy 0: want an instant after At, for Grade %v is lower than %v", c.Grade, s.grade)
	}
	if c.Grade == s.grade && sameStaff(c.Resources, s.resources()) {
		return Reply{Outcome: Nothing}, nil
	}
	e := b.event(SessionStaffed, &c.Meta)
	e.session = c.Session
	t.work.side = appendStaffing(t.work.side[:0], &staff)
	t.addSide(e, t.work.side...)
	return b.done(t, &c.Meta, print, 0, b.askConsent(t, c, s))
}

func sameStaff(a, b []Resource) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(r Resource) bool { return !slices.Contains(b, r) })
}

// askConsent asks those who hold a number in a session whose grade becomes lower, or settles what was asked where it is again what they had booked.
func (b *Book) askConsent(t *Batch, c *Substitute, s *session) (asked int) {
	lower, restored := c.Grade < s.grade, c.Grade >= s.far.promised
	if !lower && !restored {
		return 0
	}
	for _, id := range b.affected(t, c.Session) {
		x := b.appointments.at(uint32(id))
		over := s.visitEnds(x.slot, x.count)
		e := b.event(OfferMade, &c.Meta)
		e.appointment, e.session, e.slot, e.count, e.class = id, x.session, x.slot, x.count, x.charge
		switch {
		case lower && c.At < over && b.canAsk(x):
			e.until = min(c.AnswerBy, over)
			asked++
		case !lower && x.asked():
			e.flags = flagMoved
		default:
			continue
		}
		t.add(e)
	}
	return asked
}

// asked reports whether someone is asked whether a substitute will do: their own slot is what they are offered.
func (x *appointment) asked() bool {
	return x.state == Displaced && x.flags&appointmentNoUnit == 0 && x.from == Slot{x.session, x.slot}
}

// canAsk reports whether someone can be asked: they have a number there, and are not here.
func (b *Book) canAsk(x *appointment) bool {
	return (x.state == Booked || x.state == Confirmed || x.asked()) && x.flags&appointmentReturn == 0 && x.linked == 0
}

// ownSlot reports whether an OfferMade asks for consent, or settles that: what it offers is what they have.
func (x *appointment) ownSlot(e *Event) bool {
	return e.count != 0 && e.count == x.count && Slot{e.session, e.slot} == Slot{x.session, x.slot} && x.flags&appointmentNoUnit == 0
}

// applyConsent makes someone asked about their own slot, or not asked any more.
func (b *Book) applyConsent(e *Event, x *appointment) bool {
	settles := e.flags&flagMoved != 0
	if !b.hasRun(e) || e.class != x.charge || e.flags&^flagMoved != 0 || settles != (e.until == 0) || !b.canAsk(x) || settles && !x.asked() {
		return false
	}
	b.leave(e.appointment, x)
	x.flags &^= appointmentArrived | appointmentMoved
	x.from, x.until, x.state = Slot{x.session, x.slot}, e.until, Displaced
	item := dueItem{}
	if settles {
		x.state, x.flags = Booked, x.flags|appointmentMoved
	} else {
		item = due(e.until, rankLapse, uint32(e.appointment))
	}
	b.enter(e.appointment, x)
	b.dueSet(&x.dueAt, item)
	return true
}

// applyStaffed puts others into a session, and the session into their lines. Cost: the lines of those who leave and of those who come.
func (b *Book) applyStaffed(t *Batch, e *Event) bool {
	side, ok := t.sideOf(e)
	var x Staffing
	if !ok || !b.sessions.has(uint32(e.session)) || decodeStaffing(side, &x) != nil || x.problems() != nil {
		return false
	}
	s := b.sessions.at(uint32(e.session))
	if s.flags&(sessionClosed|sessionEnded|sessionRetired) != 0 ||
		slices.ContainsFunc(x.Resources, func(r Resource) bool { return !b.known(nil, ResourceName, uint32(r)) }) {
		return false
	}
	for _, r := range s.resources() {
		if !slices.Contains(x.Resources, r) {
			b.byResource[r-1].keep(func(id Session) bool { return id != e.session })
		}
	}
	for _, r := range x.Resources {
		if !slices.Contains(s.resources(), r) {
			l := &b.byResource[r-1]
			l.insert(s.start, e.session, int32(s.minutes))
			l.setOpen(s.start, e.session, s.bookable() && s.free > 0)
		}
	}
	s.far.resources, s.grade = x.Resources, x.Grade
	b.changed(e.session, e) // those who wait for who comes may have something now
	return true
}

// walkStaffSide codes the side bytes of SessionStaffed.
func walkStaffSide(c coder, t *Batch, e *Event, side []byte) {
	var x Staffing
	if len(side) > 0 {
		if err := decodeStaffing(side, &x); err != nil {
			c.fail("staff: %v", err)
		}
	}
	walkStaffing(c, &x)
	if e.sideN == 0 && c.fault() == nil {
		t.keepSide(e, appendStaffing(nil, &x))
	}
}

func walkStaffing(c coder, x *Staffing) {
	c.object("staff")
	n := c.list("resources", len(x.Resources), MaxResources)
	x.Resources = sized(x.Resources, n)
	for i := range x.Resources {
		num(c, "", &x.Resources[i])
	}
	c.end()
	num(c, "grade", &x.Grade)
	c.end()
}

func appendStaffing(dst []byte, x *Staffing) []byte {
	w := binaryWriter{b: dst}
	walkStaffing(&w, x)
	return w.b
}

func decodeStaffing(side []byte, x *Staffing) error {
	r := binaryReader{b: side}
	walkStaffing(&r, x)
	return r.finish()
}

// promised is the grade that the session was opened with.
func (s *session) promised() sl.Grade {
	if s.far == nil {
		return sl.NoGrade // not read yet
	}
	return s.far.promised
}
