package booking

import (
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// exchange is an emergency and those who are to make room for it, being judged. Its Count is at least 1.
type exchange struct {
	q     Request
	at    sl.Instant
	moves []Placement
	// The verdict: what each is charged to.
	charges [maxMoves]Class
	charge  Class // of the emergency
}

// judgeExchange judges the moves one after another, each with the earlier ones made, and the emergency last; and that nobody is moved
// for nothing. Where it refuses, the index is the move's, or the number of moves for the emergency's own.
func (b *Book) judgeExchange(t *Batch, p *exchange) (int, Refusal) {
	for i := range p.moves {
		if no := b.judgeMove(t, p, i); no.Reason != 0 {
			return i, no
		}
	}
	a := b.attemptExchange(t, p, len(p.moves), -1)
	if !b.hasSlot(p.q.Slot) {
		return len(p.moves), b.missing(a, p.q.Slot)
	}
	if !b.judge(a, p.q.Slot.Session, p.q.Slot.N) {
		return len(p.moves), a.refusal
	}
	p.charge = a.charge
	for i, m := range p.moves {
		a := b.attemptExchange(t, p, len(p.moves), i)
		if b.judge(a, p.q.Slot.Session, p.q.Slot.N) {
			return i, Refusal{Reason: Untouchable, Appointment: m.Appointment}
		}
	}
	return 0, Refusal{}
}

// attemptExchange is the emergency's attempt once the first n moves are made, but for the one at skip.
func (b *Book) attemptExchange(t *Batch, p *exchange, n, skip int) *attempt {
	a := &t.work.attempt
	*a = attempt{Request: p.q, at: p.at, batch: t, legs: b.exchangeLegs(t.work.legs[:0], p, n, skip)}
	t.work.legs = a.legs
	return a
}

// exchangeLegs supposes the first n moves made, but for the one at skip.
func (b *Book) exchangeLegs(legs []leg, p *exchange, n, skip int) []leg {
	was := p.moves
	if skip >= 0 { // who vacates a slot first is told from those that move
		p.moves = slices.Delete(slices.Clone(was), skip, skip+1)
		charges := p.charges
		copy(p.charges[skip:], charges[skip+1:])
		legs = b.exchangeLegs(legs, p, n-1, -1)
		p.moves, p.charges = was, charges
		return legs
	}
	for i, m := range p.moves[:n] {
		x := b.appointments.at(uint32(m.Appointment))
		b.leave1(p, i, x, func(l leg, _ bool) { legs = append(legs, l) })
		s := b.sessions.at(uint32(m.Slot.Session))
		start, minutes := s.runTime(m.Slot.N, x.count)
		legs = append(legs, leg{session: m.Slot.Session, slot: m.Slot.N, count: x.count, units: 1, charge: p.charges[i], bear: x.bear,
			person: x.person, account: x.account, start: start, minutes: minutes, replaces: m.Appointment})
	}
	return legs
}

// leave1 gives the legs of one who leaves, slot by slot, with whether the unit is free, or rests, for others than the emergency.
func (b *Book) leave1(p *exchange, i int, x *appointment, f func(l leg, free bool)) {
	s := b.sessions.at(uint32(x.session))
	rests := b.rules.rests() && b.rules.restSeconds(p.moves[i].Appointment, p.at) > 0
	for n := x.slot; n < x.slot+x.count; n++ {
		free := b.freed(p, i, n)
		f(leg{session: x.session, slot: n, count: 1, units: -1, charge: x.charge, bear: x.bear, person: x.person, account: x.account,
			start: x.start, minutes: x.minutes, replaces: p.moves[i].Appointment,
			resting: free && rests && s.slotClose(&s.slots()[n]) > p.at}, free)
	}
}

// freed reports whether the unit that the i-th move leaves in a slot is anybody's: not the emergency's, who takes the first that is
// left in each slot that they want, and not one that the move keeps.
func (b *Book) freed(p *exchange, i int, n uint16) bool {
	m := p.moves[i]
	x := b.appointments.at(uint32(m.Appointment))
	if m.Slot.Session == x.session && n >= m.Slot.N && n < m.Slot.N+x.count {
		return false
	}
	if n < p.q.Slot.N || n >= p.q.Slot.N+p.q.Count {
		return true
	}
	for _, o := range p.moves[:i] {
		if y := b.appointments.at(uint32(o.Appointment)); n >= y.slot && n < y.slot+y.count {
			return true
		}
	}
	return false
}

// judgeMove judges one move with the earlier ones made.
func (b *Book) judgeMove(t *Batch, p *exchange, i int) Refusal {
	m := p.moves[i]
	x, no := b.appointment(m.Appointment)
	if x == nil {
		no.Appointment = m.Appointment
		return no
	}
	if x.state != Booked && x.state != Confirmed {
		return Refusal{Reason: IllegalState, State: x.state, Appointment: m.Appointment}
	}
	if !b.movable(t, x) || !x.overlaps(p.q.Slot, p.q.Count) {
		return Refusal{Reason: Untouchable, Appointment: m.Appointment}
	}
	a := &t.work.attempt
	*a = attempt{Request: Request{Person: x.person, Account: x.account, Booker: x.booker, Bear: x.bear, Count: x.count}, at: p.at,
		batch: t, closing: &t.work.nowhere, legs: b.exchangeLegs(t.work.legs[:0], p, i, -1)}
	a.release(m.Appointment, x)
	t.work.legs = a.legs
	if !b.hasSlot(m.Slot) {
		return b.missing(a, m.Slot)
	}
	if !b.mayMoveTo(p, i, x) {
		return Refusal{Reason: BadChoice, Appointment: m.Appointment}
	}
	if !b.judge(a, m.Slot.Session, m.Slot.N) {
		return a.refusal
	}
	p.charges[i] = a.charge
	return Refusal{}
}

// movable reports whether an appointment that is Booked or Confirmed may be displaced at all.
func (b *Book) movable(t *Batch, x *appointment) bool {
	d := &b.rules.Displacement
	if x.use() == usesNone || x.linked != 0 || x.flags&(appointmentMoved|appointmentYielded) != 0 ||
		!slices.Contains(d.Kinds, b.sessions.at(uint32(x.session)).kind) || b.bearsExempt(t, &x.bear) {
		return false
	}
	return !slices.ContainsFunc(d.Untouchable, func(name string) bool {
		c := b.classNamed(t, name)
		return c != 0 && x.bear.Has(c)
	})
}

// overlaps reports whether the appointment has a slot of a run.
func (x *appointment) overlaps(at Slot, count uint16) bool {
	return x.session == at.Session && overlapping(int(x.slot), int(x.count), int(at.N), int(count))
}

func overlapping(a, countA, b, countB int) bool { return a < b+countB && b < a+countA }

// mayMoveTo: later, within the horizon, of the same sort, and no chain.
func (b *Book) mayMoveTo(p *exchange, i int, x *appointment) bool {
	to := p.moves[i].Slot
	s, o := b.sessions.at(uint32(x.session)), b.sessions.at(uint32(to.Session))
	start := o.start.AddMinutes(int(o.slots()[to.N].offsetMinutes))
	if start <= x.start || start >= b.displacedBefore(x) || !s.replaceableBy(o) {
		return false
	}
	taken := func(at Slot, count uint16) bool {
		return to.Session == at.Session && overlapping(int(to.N), int(x.count), int(at.N), int(count))
	}
	for k, m := range p.moves {
		if !b.appointments.has(uint32(m.Appointment)) || k == i {
			continue
		}
		if y := b.appointments.at(uint32(m.Appointment)); taken(Slot{y.session, y.slot}, y.count) {
			return false
		}
	}
	return !taken(p.q.Slot, p.q.Count)
}

// displacedBefore is where the horizon of whoever is displaced ends.
func (b *Book) displacedBefore(x *appointment) sl.Instant {
	return x.start + sl.Instant(b.rules.Displacement.HorizonDays)*86400
}

// replaceableBy reports whether someone in s may be moved to o: of the same kind and grade, counted where s is, with a resource of s or else of the
// same department and service.
func (s *session) replaceableBy(o *session) bool {
	if o.kind != s.kind || o.grade != s.grade || (o.flags^s.flags)&sessionCounted != 0 {
		return false
	}
	return s.shares(o) || (s.department != 0 || s.service != 0) && o.department == s.department && o.service == s.service
}

// shares reports whether two sessions are one, or occupy a resource both.
func (s *session) shares(o *session) bool {
	return s == o || slices.ContainsFunc(o.resources(), func(r Resource) bool { return slices.Contains(s.resources(), r) })
}
