package bookingtest

import (
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// joint books one person with several physicians at one instant.
func (m *Model) joint(c booking.Joint) (booking.Reply, error) {
	wants := []booking.Request{c.Request}
	for _, l := range c.With {
		wants = append(wants, booking.Request{Person: c.Person, Account: c.Account, Booker: c.Booker, Bear: c.Bear, Weekdays: c.Weekdays,
			Count: l.Count, Slot: l.Slot, Resource: l.Resource, AnyOf: l.AnyOf, Department: l.Department, Service: l.Service})
	}
	if c.As != booking.Held && c.As != booking.Booked || len(c.With) < 1 || len(c.With) >= booking.MaxJoint || m.checkAll(wants) != nil {
		return booking.Reply{}, booking.ErrCommand
	}
	g := &together{wants: wants, at: c.At, oneVisit: true, off: m.atOnce}
	list, reply := g.search(m)
	if list == nil {
		return reply, nil
	}
	return g.addAll(m, list, c.As), nil
}

// atOnce: all start together, on one date, each in a session of its own.
func (m *Model) atOnce(found []booking.Candidate, next booking.Candidate) (int64, bool) {
	for _, f := range found {
		if f.Start != next.Start || f.Slot.Session == next.Slot.Session || m.session(f.Slot.Session).Date != m.session(next.Slot.Session).Date {
			return 0, false
		}
	}
	return 0, true
}

// ring lists an appointment and those that stand and fall with it: itself, those behind it, and then from the first.
func (m *Model) ring(id booking.Appointment) []booking.Appointment {
	v := &m.visits[id-1]
	list := []booking.Appointment{id}
	for i := 1; i < v.ringSize; i++ {
		next := list[i-1] + 1
		if next == v.ringFirst+booking.Appointment(v.ringSize) {
			next = v.ringFirst
		}
		list = append(list, next)
	}
	return list
}

// linked is the next of the ring, or none.
func (m *Model) linked(id booking.Appointment) booking.Appointment {
	if list := m.ring(id); len(list) > 1 {
		return list[1]
	}
	return 0
}

// fall takes an appointment out of a session that goes on.
func (m *Model) fall(id booking.Appointment, at sl.Instant, change func(*visit)) {
	m.shorten(id, at)
	rests := m.restsOf(id, booking.Slot{}, at)
	change(&m.visits[id-1])
	m.putToRest(rests)
	if s := m.session(m.visits[id-1].slot.Session); !m.gone(s) {
		m.changed(m.visits[id-1].slot.Session, at)
	}
}

// displaceRings displaces the whole of each joint clinic one of whose sessions is to be closed, before anybody else, and offers nothing. It returns how many
// of them are in other sessions.
func (m *Model) displaceRings(c booking.CloseSession, closing []booking.Session, affected []booking.Appointment) (beside int) {
	change := func(v *visit) {
		if v.state == booking.Held {
			v.state, v.until = booking.Cancelled, 0
			m.retry(v.person, c.At)
			return
		}
		v.arrived = v.state == booking.CheckedIn || v.arrived
		v.from, v.state, v.until, v.noUnit, v.moved = v.slot, booking.Displaced, c.AnswerBy, true, false
	}
	for i, id := range affected {
		list := m.ring(id)
		if len(list) < 2 || slices.ContainsFunc(affected[:i], func(o booking.Appointment) bool { return slices.Contains(list, o) }) {
			continue
		}
		for _, other := range list {
			if slices.Contains(closing, m.visits[other-1].slot.Session) {
				change(&m.visits[other-1])
				continue
			}
			m.fall(other, c.At, change)
			beside++
		}
	}
	return beside
}

// rescheduleRing moves a joint clinic: whoever is named as asked, the others to the same instant with whom they were.
func (m *Model) rescheduleRing(c booking.Reschedule, q booking.Request) (booking.Reply, error) {
	if q.Policy != 0 {
		return booking.Reply{}, booking.ErrCommand
	}
	list := m.ring(c.Appointment)
	g := &together{wants: []booking.Request{q}, at: c.At, oneVisit: true, off: m.atOnce, without: c.Appointment}
	late := false
	for i, id := range list {
		v := &m.visits[id-1]
		if r := m.lateRefusal(v, c.At); r.Reason != 0 {
			return refuse(r), nil
		}
		late = late || m.isLate(v, c.At)
		if i > 0 {
			s := m.session(v.slot.Session)
			w := booking.Request{Person: v.person, Account: v.account, Booker: v.booker, Bear: v.bear, Count: uint16(v.count),
				Department: s.Department, Service: s.Service}
			w.AnyOf, _ = booking.NewResourceSet(s.Resources...)
			g.wants = append(g.wants, w)
		}
	}
	was := make([]visit, len(list))
	for i, id := range list {
		was[i] = m.visits[id-1]
		m.visits[id-1].state = booking.Cancelled // as if they were not there
	}
	found, reply := g.search(m)
	charges := make([]booking.Class, len(found))
	for i, f := range found {
		w := &wish{Request: g.wants[i], at: c.At, without: g.without}
		charges[i], _ = m.judge(w, f.Slot)
	}
	moved := false
	for i, id := range list {
		m.visits[id-1] = was[i]
		moved = moved || found != nil && (found[i].Slot != was[i].slot || was[i].noUnit)
	}
	switch {
	case found == nil:
		return reply, nil
	case !moved:
		return booking.Reply{Outcome: booking.Nothing, Appointment: c.Appointment}, nil
	}
	m.late = late
	m.moveRing(list, found, charges, c.At)
	m.retry(m.visits[c.Appointment-1].person, c.At)
	return done(c.Appointment, len(list)), nil
}

func (m *Model) moveRing(list []booking.Appointment, found []booking.Candidate, charges []booking.Class, at sl.Instant) {
	var rests []resting
	until := m.visits[list[0]-1].until
	for i, id := range list {
		m.shorten(id, at)
		until = min(until, m.session(found[i].Slot.Session).closes(int(found[i].Slot.N)))
		for _, r := range m.restsOf(id, booking.Slot{}, at) {
			taken := false
			for k, f := range found {
				count := uint16(m.visits[list[k]-1].count)
				taken = taken || f.Slot.Session == r.session && r.n >= f.Slot.N && r.n < f.Slot.N+count
			}
			if !taken {
				rests = append(rests, r)
			}
		}
	}
	var left []booking.Session
	for i, id := range list {
		v := &m.visits[id-1]
		left = append(left, v.slot.Session)
		if v.state != booking.Held {
			v.arrived = v.arrived && m.session(found[i].Slot.Session).Date == m.session(v.slot.Session).Date
			v.state, v.until = v.settle(), 0
		} else {
			v.until = until
		}
		v.slot, v.class, v.noUnit, v.from, v.moved = found[i].Slot, charges[i], false, booking.Slot{}, false
	}
	m.putToRest(rests)
	for _, id := range left {
		if !m.gone(m.session(id)) {
			m.changed(id, at)
		}
	}
	if v := &m.visits[list[0]-1]; v.state != booking.Held {
		for _, f := range found {
			m.withdraw(v.person, f.Slot)
		}
	}
}
