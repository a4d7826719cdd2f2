package bookingtest

import (
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// exchange is a Displace being carried out: before is the Model as it was when it was asked.
type exchange struct {
	before *Model
	at     sl.Instant
	q      booking.Request
	moves  []booking.Placement
}

// displace makes the moves one after another, then books the emergency.
func (m *Model) displace(c booking.Displace) (booking.Reply, error) {
	if m.checkRequest(c.Request, false) != nil || !c.Request.Slot.IsValid() || !m.isEmergency(c.Request.Bear) ||
		len(c.Moves) < 1 || len(c.Moves) > m.rules.Displacement.MaxMoves {
		return booking.Reply{}, booking.ErrCommand
	}
	for i, x := range c.Moves {
		for _, o := range c.Moves[:i] {
			if o.Appointment == x.Appointment {
				return booking.Reply{}, booking.ErrCommand
			}
		}
		if !x.Slot.IsValid() || int(x.Slot.Session) > len(m.sessions) {
			return booking.Reply{}, booking.ErrCommand
		}
	}
	x := exchange{before: m.Clone(), at: c.At, q: c.Request, moves: c.Moves}
	x.q.Count = max(x.q.Count, 1)
	var charges []booking.Class
	for i := range c.Moves {
		charge, r := m.judgeMove(&x, i)
		if r.Reason != 0 {
			reply := refuse(r)
			reply.Count = uint16(i)
			return reply, nil
		}
		charges = append(charges, charge)
		m.move(&x, i, charge)
	}
	w := &wish{Request: x.q, at: c.At}
	charge, r := m.judge(w, x.q.Slot)
	if r.Reason != 0 {
		reply := refuse(r)
		reply.Count = uint16(len(c.Moves))
		return reply, nil
	}
	for i := range c.Moves { // would it do without this one?
		y := x
		y.moves = slices.Delete(slices.Clone(x.moves), i, i+1)
		fewer := x.before.Clone()
		for k, g := range slices.Delete(slices.Clone(charges), i, i+1) {
			fewer.move(&y, k, g)
		}
		if _, r := fewer.judge(w, x.q.Slot); r.Reason == 0 {
			reply := refuse(booking.Refusal{Reason: booking.Untouchable, Appointment: c.Moves[i].Appointment})
			reply.Count = uint16(i)
			return reply, nil
		}
	}
	m.shortenAll(&x)
	m.displacing = nil
	id := m.add(w, x.q.Slot, charge, booking.Booked)
	m.withdraw(x.q.Person, x.q.Slot)
	return done(id, 1+len(c.Moves)), nil
}

// isEmergency reports whether a request bears a class that is exempt.
func (m *Model) isEmergency(b booking.Bearing) bool { return m.bearsOneOf(b, m.rules.Exempt) }

func (m *Model) bearsOneOf(b booking.Bearing, names []string) bool {
	for _, c := range b.Append(nil) {
		if slices.Contains(names, m.names[booking.ClassName][c-1]) {
			return true
		}
	}
	return false
}

// judgeMove judges the i-th move, the earlier ones made.
func (m *Model) judgeMove(x *exchange, i int) (booking.Class, booking.Refusal) {
	id, to := x.moves[i].Appointment, x.moves[i].Slot
	v, r := m.find(id)
	switch {
	case v == nil:
		r.Appointment = id
		return 0, r
	case v.state != booking.Booked && v.state != booking.Confirmed:
		return 0, booking.Refusal{Reason: booking.IllegalState, State: v.state, Appointment: id}
	case !m.isMovable(v) || !covers(v, x.q.Slot, int(x.q.Count)):
		return 0, booking.Refusal{Reason: booking.Untouchable, Appointment: id}
	}
	if o := m.session(to.Session); !o.retired && int(to.N) < len(o.Slots) && !x.suits(i) {
		return 0, booking.Refusal{Reason: booking.BadChoice, Appointment: id}
	}
	return m.judge(aloneWish(v, id, x.at), to)
}

// aloneWish is what the hospital asks for on behalf of someone whom it moves.
func aloneWish(v *visit, id booking.Appointment, at sl.Instant) *wish {
	return &wish{Request: booking.Request{Person: v.person, Account: v.account, Booker: v.booker, Bear: v.bear, Count: uint16(v.count)},
		at: at, without: id, displaced: true}
}

func (m *Model) isMovable(v *visit) bool {
	return v.ringSize == 0 && !v.addOn && !v.noUnit && !v.moved && !v.yielded && slices.Contains(m.rules.Displacement.Kinds, m.session(v.slot.Session).Kind) &&
		!m.isEmergency(v.bear) && !m.bearsOneOf(v.bear, m.rules.Displacement.Untouchable)
}

// covers reports whether a visit has a slot of a run.
func covers(v *visit, at booking.Slot, count int) bool {
	for n := int(at.N); n < int(at.N)+count; n++ {
		if v.slot.Session == at.Session && n >= int(v.slot.N) && n < int(v.slot.N)+v.count {
			return true
		}
	}
	return false
}

// suits: where someone goes is later, soon enough, like what they had, and has nothing to do with the rest of the exchange.
func (x *exchange) suits(i int) bool {
	m := x.before
	v, to := &m.visits[x.moves[i].Appointment-1], x.moves[i].Slot
	s, o := m.session(v.slot.Session), m.session(to.Session)
	was, _ := s.time(v.slot.N, 1)
	start, _ := o.time(to.N, 1)
	shared := v.slot.Session == to.Session
	for _, r := range s.Resources {
		shared = shared || slices.Contains(o.Resources, r)
	}
	sameClinic := (s.Department != 0 || s.Service != 0) && s.Department == o.Department && s.Service == o.Service
	if start <= was || start >= was+sl.Instant(m.rules.Displacement.HorizonDays)*86400 || o.Kind != s.Kind || o.Grade != s.Grade ||
		o.Counted != s.Counted || !shared && !sameClinic {
		return false
	}
	for k, y := range x.moves {
		if k != i && y.Appointment != 0 && int(y.Appointment) <= len(m.visits) && covers(&m.visits[y.Appointment-1], to, v.count) {
			return false
		}
	}
	return !covers(&visit{slot: x.q.Slot, count: int(x.q.Count)}, to, v.count)
}

// move makes the i-th move, and puts to rest what nobody takes.
func (m *Model) move(x *exchange, i int, charge booking.Class) {
	id, to := x.moves[i].Appointment, x.moves[i].Slot
	var rests []resting
	for _, r := range m.restsOf(id, to, x.at) {
		if x.isLeft(i, r.n) {
			rests = append(rests, r)
		}
	}
	v := &m.visits[id-1]
	v.state, v.from, v.slot, v.class, v.moved, v.yielded = booking.Booked, v.slot, to, charge, true, true
	m.putToRest(rests)
	m.changed(v.from.Session, x.at)
	m.displacing = append(slices.Clone(m.displacing), id)
}

// isLeft reports whether a slot that the i-th move leaves is not the emergency's: it has the first unit left in each slot wanted.
func (x *exchange) isLeft(i int, n uint16) bool {
	m := x.before
	if n < x.q.Slot.N || n >= x.q.Slot.N+x.q.Count {
		return true
	}
	for _, y := range x.moves[:i] {
		if covers(&m.visits[y.Appointment-1], booking.Slot{Session: x.q.Slot.Session, N: n}, 1) {
			return true
		}
	}
	return false
}

// shortenAll notes which reserves are shorter once everybody has left, what the emergency takes being taken.
func (m *Model) shortenAll(x *exchange) {
	id := x.q.Slot.Session
	before, _ := x.before.effective(id, x.at, 0)
	c := x.before.Clone()
	for i, y := range x.moves {
		v := &c.visits[y.Appointment-1]
		rests := c.restsOf(y.Appointment, y.Slot, x.at)
		for n := v.slot.N; n < v.slot.N+uint16(v.count); n++ {
			stays := covers(&visit{slot: y.Slot, count: v.count}, booking.Slot{Session: id, N: n}, 1)
			if stays || !x.isLeft(i, n) {
				rests = slices.DeleteFunc(rests, func(r resting) bool { return r.n == n })
				rests = append(rests, resting{id, rested{n: n}})
			}
		}
		v.state = booking.Cancelled
		c.putToRest(rests)
	}
	after, _ := c.effective(id, x.at, 0)
	m.noteShort(id, before, after, 0)
}
