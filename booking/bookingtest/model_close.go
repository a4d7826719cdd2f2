package bookingtest

import (
	"cmp"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// closeSession displaces everyone in the sessions who is not yet with the physician: first nobody affected has anything there any more; then whom the plan
// names are put where it says, if they may; then the others are served one after another, earlier numbers first.
func (m *Model) closeSession(c booking.CloseSession) (booking.Reply, error) {
	if c.Waitlist && m.rules.WaitlistPerPerson == 0 || c.AnswerBy <= c.At || c.AnswerBy > lastInstant {
		return booking.Reply{}, booking.ErrCommand
	}
	ids := append([]booking.Session{c.Session}, c.And...)
	gone := false
	for i, id := range ids {
		s := m.session(id)
		if s == nil || slices.Contains(ids[:i], id) || len(ids) > booking.MaxClosing {
			return booking.Reply{}, booking.ErrCommand
		}
		gone = gone || m.gone(s)
	}
	planned := map[booking.Appointment]bool{}
	for _, p := range c.Plan {
		if p.Appointment == 0 || planned[p.Appointment] || m.session(p.Slot.Session) == nil {
			return booking.Reply{}, booking.ErrCommand
		}
		planned[p.Appointment] = true
	}
	if gone {
		return no(booking.SessionGone), nil
	}
	var affected []booking.Appointment
	for _, id := range ids {
		m.noteClosing(id, c.At)
		affected = append(affected, m.affected(id)...)
	}
	slices.SortFunc(affected, func(a, b booking.Appointment) int {
		return cmp.Or(cmp.Compare(m.start(&m.visits[a-1]), m.start(&m.visits[b-1])), cmp.Compare(a, b))
	})
	rings := m.displaceRings(c, ids, affected)
	was := map[booking.Appointment]visit{}
	for _, id := range affected {
		v := &m.visits[id-1]
		if v.ringSize > 0 {
			continue
		}
		was[id] = *v
		if v.state == booking.Held || v.isReturn {
			v.state, v.until = booking.Cancelled, 0
			m.retry(v.person, c.At)
			continue
		}
		v.noUnit, v.addOn, v.state = true, false, booking.Displaced
	}
	for _, id := range ids {
		m.session(id).closed, m.session(id).rests = true, nil
	}
	served := map[booking.Appointment]bool{}
	for _, p := range c.Plan {
		v, ok := was[p.Appointment]
		if !ok || v.state == booking.Held || v.isReturn {
			continue
		}
		w := displacedWish(c, &v, p.Appointment)
		if charge, r := m.judge(&w, p.Slot); r.Reason == 0 {
			served[p.Appointment] = true
			m.displace1(c, p.Appointment, v, p.Slot, charge, true)
		}
	}
	for _, id := range affected {
		if v, ok := was[id]; ok && v.state != booking.Held && !v.isReturn && !served[id] {
			slot, charge, found := m.replacement(c, id, v)
			m.displace1(c, id, v, slot, charge, found)
		}
	}
	return done(0, len(affected)+rings), nil
}

// displace1 makes the offer to one who is affected, or tells them that there is none.
func (m *Model) displace1(c booking.CloseSession, id booking.Appointment, was visit, slot booking.Slot, charge booking.Class, found bool) {
	v, s := &m.visits[id-1], m.session(was.slot.Session)
	here := was.state == booking.CheckedIn || was.arrived
	asked := was.state == booking.Offered || was.asked() // and has not accepted
	v.from, v.until, v.noUnit = was.slot, c.AnswerBy, !found
	v.arrived, v.moved, v.consent = here, false, false
	if !found {
		if c.Waitlist {
			m.waitlist(c, s, v)
		}
		return
	}
	v.arrived = here && m.session(slot.Session).Date == s.Date
	v.slot, v.class = slot, charge
	v.until = min(v.until, m.session(slot.Session).closes(int(slot.N)))
	if c.Move && !asked {
		v.state, v.until, v.moved = v.settle(), 0, true
	}
}

func displacedWish(c booking.CloseSession, v *visit, id booking.Appointment) wish {
	return wish{Request: booking.Request{Person: v.person, Account: v.account, Booker: v.booker, Bear: v.bear, Count: uint16(v.count),
		From: c.From, Until: c.Until}, at: c.At, without: id, displaced: true}
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
func (m *Model) replacement(c booking.CloseSession, id booking.Appointment, v visit) (booking.Slot, booking.Class, bool) {
	s := m.session(v.slot.Session)
	was, _ := s.time(v.slot.N, v.count)
	w := displacedWish(c, &v, id)
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
		v.state, v.until, v.consent = v.settle(), 0, false
	default:
		for _, id := range m.ring(c.Appointment) {
			m.leave(id, booking.Cancelled, c.At)
		}
	}
	return done(c.Appointment, len(m.ring(c.Appointment))), nil
}
