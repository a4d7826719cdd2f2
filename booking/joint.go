package booking

import (
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Joint (多学科联合门诊, MDT) books one person with several physicians at once, or not at all: one appointment in each session, all starting at the same
// instant on the same date, all linked. It is the earliest instant at which the rules allow every one of them; see together.go. They are one visit: they
// stand neither in each other's way nor in each other's limits, but each uses the room and the quotas of its own session. Who asks for
// something else afterwards has as many appointments as there are. A session that is opened with all the physicians as its resources needs none
// of this: it is one appointment.
//
// Linked appointments stand and fall together. What Pay, Confirm, Cancel, CheckIn, Start, Complete, MarkNoShow, Void or Answer does to one, it does to all,
// in one batch, an event each; so does a hold that lapses, and a session that ends. Reply.Count says how many. Reschedule moves all:
// where Want says, and the others to the same instant with whom they were: a session that has one of the same resources, and the same department and
// service. (One in a session that has none of the three cannot move.) Where one of the sessions closes, all are displaced and nothing is offered, for
// half a joint clinic is none: they are moved together (Reschedule), or given back.
//
// The request names no policy; where it, or a leg, names a slot, that must be it. Reply is as a bundle's: the first appointment and how many
// there are, or the index of the furthest one for which there was nothing.
type Joint struct {
	Meta
	// As is Held or Booked.
	As State
	// Request is who, and the first physician; From and Until bound the start.
	Request
	// With are the others, 1 to MaxJoint − 1.
	With []Leg
}

// Leg is one further physician of a joint clinic: what it names as Request does.
type Leg struct {
	Slot       Slot
	Count      uint16
	Resource   Resource
	AnyOf      ResourceSet
	Department Department
	Service    Service
}

// MaxJoint is how many appointments a joint clinic is, at most.
const MaxJoint = 8

func (Joint) command() {}

// request is what a leg asks, for the person of a request.
func (g *Leg) request(q *Request) Request {
	r := Request{Person: q.Person, Account: q.Account, Booker: q.Booker, Bear: q.Bear, Weekdays: q.Weekdays,
		Count: max(g.Count, 1), Slot: g.Slot, Resource: g.Resource, AnyOf: g.AnyOf, Department: g.Department, Service: g.Service}
	return r
}

func (b *Book) decideJoint(t *Batch, c *Joint) (Reply, error) {
	print := printRequest(printOf(printJoint, uint64(c.As), uint64(len(c.With))), &c.Request)
	print = mix(print, uint64(c.Weekdays)) // the legs', too, where the request itself names a slot
	for i := range c.With {
		q := c.With[i].request(&Request{})
		print = printRequest(print, &q)
	}
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	switch {
	case c.As != Held && c.As != Booked:
		return Reply{}, badCommand("As %v: want Held or Booked", c.As)
	case len(c.With) < 1 || len(c.With) >= MaxJoint:
		return Reply{}, badCommand("With: %d of them, want 1 to %d", len(c.With), MaxJoint-1)
	}
	if err := plainOrder(&c.Request); err != nil {
		return Reply{}, err
	}
	p := t.party(isJoint, c.At)
	q := c.Request
	q.Count = max(q.Count, 1)
	p.requests = append(p.requests, q)
	for i := range c.With {
		p.requests = append(p.requests, c.With[i].request(&q))
	}
	for i := range p.requests {
		if err := b.checkRequest(t, &p.requests[i], false); err != nil {
			return Reply{}, err
		}
	}
	if r, ok := b.found(t, p); !ok {
		return r, nil
	}
	return b.done(t, &c.Meta, print, b.bookParty(t, &c.Meta, p, c.As), len(p.requests))
}

// applyLinked ties appointments into a ring. That they can be one is seen at the end of the batch.
func (b *Book) applyLinked(e *Event) bool {
	last := uint64(e.appointment) + uint64(e.number) - 1
	if e.number < 2 || e.number > MaxJoint || last >= uint64(b.appointments.next()) || !b.appointments.has(uint32(e.appointment)) {
		return false
	}
	for id := uint32(e.appointment); id <= uint32(last); id++ {
		x := b.appointments.at(id)
		if x.linked != 0 || x.addOn() || x.state != Held && x.state != Booked {
			return false
		}
		if x.linked = Appointment(id) + 1; id == uint32(last) {
			x.linked = e.appointment
		}
	}
	return true
}

// ring appends an appointment and those that stand and fall with it, itself first. A ring that is broken ends by itself.
func (b *Book) ring(dst []Appointment, id Appointment) []Appointment {
	dst = append(dst, id)
	for next := b.appointments.at(uint32(id)).linked; next != 0 && next != id && b.appointments.has(uint32(next)) && len(dst) < MaxJoint; {
		dst = append(dst, next)
		next = b.appointments.at(uint32(next)).linked
	}
	return dst
}

// ringHolds reports whether the ring of a linked appointment is one: it closes, in order of id, and all of it is one person's, in one state, on one date, at
// one start, until one deadline, each in a session of its own.
func (b *Book) ringHolds(id Appointment) bool {
	var memory [MaxJoint]Appointment
	ring := b.ring(memory[:0], id)
	x := b.appointments.at(uint32(id))
	if len(ring) < 2 || b.appointments.at(uint32(ring[len(ring)-1])).linked != id {
		return false
	}
	downs := 0
	for i, other := range ring {
		y := b.appointments.at(uint32(other))
		if next := y.linked; next < other {
			downs++
		} else if next != other+1 {
			return false
		}
		const same = appointmentNoUnit | appointmentForgotten | appointmentAddOn
		if y.person != x.person || y.account != x.account || y.state != x.state || y.date != x.date || y.start != x.start || y.until != x.until ||
			(y.flags^x.flags)&same != 0 || y.addOn() {
			return false
		}
		for _, third := range ring[:i] {
			if b.appointments.at(uint32(third)).session == y.session {
				return false
			}
		}
	}
	return downs == 1
}

// isLinked reports whether an appointment stands and falls with others.
func (b *Book) isLinked(id Appointment) bool {
	return b.appointments.has(uint32(id)) && b.appointments.at(uint32(id)).linked != 0
}

// ringsHold checks the rings that a batch has touched, once all of it is applied.
func (b *Book) ringsHold(t *Batch) bool {
	return !slices.ContainsFunc(t.events, func(e Event) bool { return b.isLinked(e.appointment) && !b.ringHolds(e.appointment) })
}

// Linked appends, in order of id, the appointments that stand and fall together with one, itself included: those of a joint clinic.
// Nothing for one that stands by itself, or that was never made or is forgotten.
func (b *Book) Linked(dst []Appointment, id Appointment) []Appointment {
	if !b.isLinked(id) {
		return dst
	}
	from := len(dst)
	dst = b.ring(dst, id)
	slices.Sort(dst[from:])
	return dst
}

// requestsOfRing makes the requests of a move: what is wanted for the appointment that is named, and for each of the others whom they were with.
func (b *Book) requestsOfRing(p *party, ring []Appointment, want *Request) {
	p.requests = append(p.requests, *want)
	for _, id := range ring[1:] {
		x := b.appointments.at(uint32(id))
		s := b.sessions.at(uint32(x.session))
		q := Request{Person: x.person, Account: x.account, Booker: x.booker, Bear: x.bear, Count: x.count, Department: s.department, Service: s.service}
		q.AnyOf, _ = NewResourceSet(s.resources()[:min(len(s.resources()), MaxAnyOf)]...)
		p.requests = append(p.requests, q)
	}
	for _, id := range ring {
		x := b.appointments.at(uint32(id))
		p.legs = append(p.legs, x.away(id, false))
	}
}

// away is an appointment supposed gone, and its units free unless they rest.
func (x *appointment) away(id Appointment, resting bool) leg {
	if x.use() == usesNone && !x.addOn() {
		return leg{replaces: id}
	}
	return leg{session: x.session, slot: x.slot, count: x.count, units: -1, charge: x.charge, bear: x.bear, person: x.person, account: x.account,
		start: x.start, minutes: x.minutes, addOn: x.addOn(), resting: resting, replaces: id}
}

// rescheduleRing moves all of a joint clinic, or none.
func (b *Book) rescheduleRing(t *Batch, c *Reschedule, want *Request, print uint64) (Reply, error) {
	if err := plainOrder(want); err != nil {
		return Reply{}, err
	}
	var memory [MaxJoint]Appointment
	ring := b.ring(memory[:0], c.Appointment)
	for _, id := range ring {
		if r := b.lateRefusal(b.appointments.at(uint32(id)), c.At); r.Reason != 0 {
			return Reply{Outcome: Refused, Refusal: r}, nil
		}
	}
	p := t.party(isJoint, c.At)
	p.without = c.Appointment
	b.requestsOfRing(p, ring, want)
	if r, ok := b.found(t, p); !ok {
		return r, nil
	}
	x := b.appointments.at(uint32(c.Appointment))
	moved, here, until := false, true, x.until
	for i, id := range ring {
		y, to := b.appointments.at(uint32(id)), p.chosen[i]
		moved = moved || to.slot != Slot{y.session, y.slot} || y.flags&appointmentNoUnit != 0
		here = here && y.isHere(to.date)
		until = min(until, b.slotCloses(to.slot)) // a move lengthens no hold
	}
	if !moved {
		return Reply{Outcome: Nothing, Appointment: c.Appointment}, nil
	}
	for i, id := range ring {
		y, to := b.appointments.at(uint32(id)), p.chosen[i]
		b.reportLeaving(t, &c.Meta, c.At, id, y)
		e := b.event(AppointmentRescheduled, &c.Meta)
		e.appointment, e.session, e.slot, e.count, e.class = id, to.slot.Session, to.slot.N, y.count, to.charge
		if b.isLate(y, c.At) {
			e.flags = flagLate
		}
		if here {
			e.flags |= flagHere
		}
		if x.state == Held {
			e.until = until
		}
		t.add(e)
	}
	for _, id := range ring { // what one of them leaves and another takes is not given back
		y, now, count := b.appointments.at(uint32(id)), Slot{}, uint16(0)
		for i, to := range p.chosen {
			if to.slot.Session == y.session {
				now, count = to.slot, p.requests[i].Count
			}
		}
		b.restUnits(t, &c.Meta, 0, id, y, now, count)
	}
	if x.state != Held {
		for _, to := range p.chosen {
			b.withdraw(t, &c.Meta, x.person, to.slot, 0)
		}
	}
	return b.done(t, &c.Meta, print, c.Appointment, len(ring))
}

// fall appends what follows where one of a joint clinic leaves its session because of what happens to another: the reserves that fall short, the event,
// the rest. legs are those that the same decision supposed gone before it; the one that leaves is added.
func (b *Book) fall(t *Batch, m *Meta, due sl.Instant, e Event, legs []leg) []leg {
	x := b.appointments.at(uint32(e.appointment))
	at := m.At
	if due != 0 {
		at = due
	}
	g := x.away(e.appointment, b.rules.restsFrom(e.appointment, at))
	if g.units != 0 {
		b.reportFall(t, m, at, x.session, legs, g)
	}
	t.add(e)
	b.restAll(t, m, due, e.appointment, x)
	return append(legs, g)
}

// reportFall reports the reserves that one more leaving shortens, beside those that left before.
func (b *Book) reportFall(t *Batch, m *Meta, at sl.Instant, id Session, legs []leg, g leg) {
	s := b.sessions.at(uint32(id))
	if s.quotaN == 0 || !s.bookable() {
		return
	}
	var before [MaxQuotas]int32
	a := &t.work.attempt
	*a = attempt{at: at, legs: legs}
	b.reserves(a, id, nil, func(i int, _, now int32) { before[i] = now })
	a.legs = append(a.legs, g)
	b.reserves(a, id, nil, func(i int, _, now int32) {
		if now < before[i] {
			e := b.event(ReserveShort, m)
			e.session, e.class, e.number = id, s.quotas()[i].class, uint32(before[i]-now)
			t.add(e)
		}
	})
}
