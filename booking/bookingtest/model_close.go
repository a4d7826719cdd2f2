package bookingtest

import (
	"cmp"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// closeSession displaces everyone in a session who is not yet with the physician, one after another, earlier numbers first.
func (m *Model) closeSession(c booking.CloseSession) (booking.Reply, error) {
	if c.Waitlist && m.rules.WaitlistPerPerson == 0 {
		return booking.Reply{}, booking.ErrCommand
	}
	if c.AnswerBy <= c.At || c.AnswerBy > lastInstant || c.Session == 0 || int(c.Session) > len(m.sessions) {
		return booking.Reply{}, booking.ErrCommand
	}
	s := m.session(c.Session)
	if m.gone(s) {
		return no(booking.SessionGone), nil
	}
	m.noteClosing(c.Session, c.At)
	s.closed, s.rests = true, nil
	affected := m.affected(c.Session)
	count := len(affected)
	for _, id := range affected {
		v := &m.visits[id-1]
		if v.ringSize > 0 {
			count += m.displaceRing(c, id) - 1
			continue
		}
		if v.state == booking.Held {
			v.state, v.until = booking.Cancelled, 0
			continue
		}
		slot, charge, found := m.replacement(c, id)
		here := v.state == booking.CheckedIn || v.arrived
		asked := v.state == booking.Offered // and has not accepted
		v.from, v.addOn, v.state = v.slot, false, booking.Displaced
		v.until, v.noUnit = c.AnswerBy, !found
		v.arrived, v.moved = here, false
		if !found {
			if c.Waitlist {
				m.waitlist(c, s, v)
			}
			continue
		}
		v.arrived = here && m.session(slot.Session).Date == s.Date
		v.slot, v.class = slot, charge
		v.until = min(v.until, m.session(slot.Session).closes(int(slot.N)))
		if c.Move && !asked {
			v.state, v.until, v.moved = v.settle(), 0, true
		}
	}
	return done(0, count), nil
}

func (m *Model) affected(id booking.Session) (list []booking.Appointment) {
	for i := range m.visits {
		v := &m.visits[i]
		if v.slot.Session != id || v.noUnit {
			continue
		}
		switch v.state {
		case booking.Held, booking.Booked, booking.Confirmed, booking.CheckedIn, booking.Displaced, booking.Offered:
			list = append(list, booking.Appointment(i+1))
		}
	}
	slices.SortStableFunc(list, func(a, b booking.Appointment) int {
		return cmp.Compare(m.visits[a-1].slot.N, m.visits[b-1].slot.N)
	})
	return list
}

// replacement is the slot offered instead: with one of the same resources, else of the same department and service; always of
// the same kind and grade, and counted where it was counted; the nearest in time, of two as near the earlier.
func (m *Model) replacement(c booking.CloseSession, id booking.Appointment) (booking.Slot, booking.Class, bool) {
	v, s := &m.visits[id-1], m.session(c.Session)
	was, _ := s.time(v.slot.N, v.count)
	w := wish{Request: booking.Request{Person: v.person, Account: v.account, Booker: v.booker, Bear: v.bear, Count: uint16(v.count),
		From: c.From, Until: c.Until}, at: c.At, without: id, displaced: true}
	if w.Until == 0 {
		w.Until = max(c.From, c.At, s.Start) + 14*86400
	}
	wishes := make([]wish, 0, len(s.Resources)+1)
	for _, r := range s.Resources {
		x := w
		x.Resource = r
		wishes = append(wishes, x)
	}
	if s.Department != 0 || s.Service != 0 {
		w.Department, w.Service = s.Department, s.Service
		wishes = append(wishes, w)
	}
	for i := range wishes {
		list := slices.DeleteFunc(m.candidates(&wishes[i]), func(c booking.Candidate) bool {
			o := m.session(c.Slot.Session)
			return o.Kind != s.Kind || o.Grade != s.Grade || o.Counted != s.Counted
		})
		if len(list) == 0 {
			continue
		}
		best := slices.MinFunc(list, func(a, b booking.Candidate) int {
			return cmp.Or(cmp.Compare(apart(a.Start, was), apart(b.Start, was)), cmp.Compare(a.Start, b.Start))
		})
		charge, r := m.judge(&wishes[i], best.Slot)
		return best.Slot, charge, r.Reason == 0
	}
	return booking.Slot{}, 0, false
}

func apart(a, b sl.Instant) sl.Instant {
	if a < b {
		return b - a
	}
	return a - b
}

// answer accepts or declines an offer.
func (m *Model) answer(c booking.Answer) (booking.Reply, error) {
	v, r := m.find(c.Appointment)
	switch {
	case v == nil:
		return refuse(r), nil
	case v.state != booking.Displaced && v.state != booking.Offered:
		return refuse(booking.Refusal{Reason: booking.IllegalState, State: v.state}), nil
	case c.Accept && v.noUnit:
		return no(booking.NoneFree), nil
	case c.Accept:
		if v.state == booking.Offered {
			m.withdraw(v.person, v.slot)
		}
		v.state, v.until = v.settle(), 0
	default:
		for _, id := range m.ring(c.Appointment) {
			m.leave(id, booking.Cancelled, c.At)
		}
	}
	return done(c.Appointment, len(m.ring(c.Appointment))), nil
}
