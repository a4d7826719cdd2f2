package bookingtest

import (
	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// transfer moves someone who is here to another session of the day, judged with the appointment taken out.
func (m *Model) transfer(c booking.Transfer) (booking.Reply, error) {
	v, r := m.find(c.Appointment)
	if v == nil {
		return refuse(r), nil
	}
	q := c.Want
	q.Person, q.Account, q.Booker, q.Bear, q.Count = v.person, v.account, v.booker, v.bear, uint16(v.count)
	if c.AddOn {
		q.Count = 1
	}
	if err := m.checkRequest(q, c.AddOn); err != nil {
		return booking.Reply{}, err
	}
	day := m.session(v.slot.Session).Date
	if s := m.session(q.Slot.Session); q.Slot.IsValid() && !s.retired && int(q.Slot.N) < len(s.Slots) && s.Date != day {
		return booking.Reply{}, booking.ErrCommand
	}
	if v.state != booking.CheckedIn && v.state != booking.InConsultation || v.ringSize > 0 {
		return refuse(booking.Refusal{Reason: booking.IllegalState, State: v.state}), nil
	}
	w := &wish{Request: q, at: c.At, addOn: c.AddOn, without: c.Appointment, transfer: true, day: day}
	m.moving, m.transferring = c.Appointment, true
	slot, charge, r := m.choose(w)
	m.moving, m.transferring = 0, false
	switch {
	case r.Reason != 0:
		return refuse(r), nil
	case slot == v.slot && c.AddOn == v.addOn && !v.isReturn:
		return booking.Reply{Outcome: booking.Nothing, Appointment: c.Appointment}, nil
	}
	m.shorten(c.Appointment, c.At)
	stays := slot
	if c.AddOn {
		stays = booking.Slot{}
	}
	rests, old := m.restsOf(c.Appointment, stays, c.At), v.slot.Session
	v.state, v.slot, v.class, v.count, v.addOn = booking.CheckedIn, slot, charge, int(q.Count), c.AddOn
	v.from, v.moved, v.arrived, v.isReturn = booking.Slot{}, false, false, false
	m.putToRest(rests)
	if !m.gone(m.session(old)) {
		m.changed(old, c.At)
	}
	m.withdraw(v.person, slot)
	return done(c.Appointment, 1), nil
}

// over is when a slot's time is over: at its end, or at that of a counted session.
func (s *supply) over(n int) sl.Instant {
	if s.Counted {
		return s.ends()
	}
	return s.Start.AddMinutes(int(s.Slots[n].OffsetMinutes) + int(s.Slots[n].Minutes))
}

// comeBack makes a visit without a number.
func (m *Model) comeBack(c booking.Return) (booking.Reply, error) {
	v, r := m.find(c.Appointment)
	if v == nil {
		return refuse(r), nil
	}
	s := m.session(c.Session)
	switch {
	case s == nil:
		return booking.Reply{}, booking.ErrCommand
	case m.gone(s):
		return no(booking.SessionGone), nil
	case v.state != booking.Fulfilled:
		return refuse(booking.Refusal{Reason: booking.IllegalState, State: v.state}), nil
	}
	refusal := booking.Refusal{Reason: booking.NoEntitlement}
	home := m.session(v.slot.Session)
	days := s.Date.Sub(home.Date)
	switch used := m.returnOf(c.Appointment); {
	case used != 0:
		refusal.Appointment = used
		return refuse(refusal), nil
	case m.rules.ReturnDays > 0 && v.former == 0 && days > m.rules.ReturnDays:
		refusal.Until = m.start(v) + sl.Instant(m.rules.ReturnDays)*86400
		return refuse(refusal), nil
	case m.rules.ReturnDays == 0, v.former != 0, days < 0, s.Department == 0, s.Department != home.Department:
		return refuse(refusal), nil
	}
	m.visits = append(m.visits, visit{person: v.person, account: v.account, booker: v.booker, bear: v.bear, state: booking.CheckedIn,
		slot: booking.Slot{Session: c.Session}, count: 1, isReturn: true, former: c.Appointment})
	return done(booking.Appointment(len(m.visits)), 1), nil
}

// returnOf is the return that has used a visit's entitlement; 0 for none.
func (m *Model) returnOf(id booking.Appointment) booking.Appointment {
	for i := range m.visits {
		if v := &m.visits[i]; v.former == id && m.counts(v) {
			return booking.Appointment(i + 1)
		}
	}
	return 0
}

// returnUntil is the last date of a visit's entitlement.
func (m *Model) returnUntil(id booking.Appointment) (last sl.Date) {
	v := &m.visits[id-1]
	home := m.session(v.slot.Session)
	if m.rules.ReturnDays > 0 && v.state == booking.Fulfilled && v.former == 0 && home.Department != 0 && !home.retired && m.returnOf(id) == 0 {
		last = home.Date.AddDays(m.rules.ReturnDays)
	}
	return last
}
