package bookingtest

import (
	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// request holds or books for one person.
func (m *Model) request(at sl.Instant, q booking.Request, as booking.State, addOn bool) (booking.Reply, error) {
	if err := m.checkRequest(q, addOn); err != nil {
		return booking.Reply{}, err
	}
	w := &wish{Request: q, at: at, addOn: addOn}
	w.Count = max(w.Count, 1)
	slot, charge, r := m.choose(w)
	if r.Reason != 0 {
		return refuse(r), nil
	}
	id := m.add(w, slot, charge, as)
	if as == booking.Booked {
		m.withdraw(q.Person, slot)
	}
	return done(id, 1), nil
}

// bundle makes several appointments, one after another, or none.
func (m *Model) bundle(c booking.Bundle) (booking.Reply, error) {
	if len(c.Requests) < 1 || len(c.Requests) > booking.MaxBundle || c.As != booking.Held && c.As != booking.Booked {
		return booking.Reply{}, booking.ErrCommand
	}
	for _, q := range c.Requests {
		if err := m.checkRequest(q, false); err != nil {
			return booking.Reply{}, err
		}
	}
	m.batchFrom = booking.Appointment(len(m.visits) + 1)
	if c.WithinMinutes > 0 {
		return m.family(c)
	}
	for i, q := range c.Requests {
		w := &wish{Request: q, at: c.At}
		w.Count = max(w.Count, 1)
		slot, charge, r := m.choose(w)
		if r.Reason != 0 {
			reply := refuse(r)
			reply.Count = uint16(i) // which request it was
			return reply, nil
		}
		m.add(w, slot, charge, c.As)
		if c.As == booking.Booked {
			m.withdraw(q.Person, slot)
		}
	}
	return done(m.batchFrom, len(c.Requests)), nil
}

// reschedule moves an appointment, judged with the appointment taken out.
func (m *Model) reschedule(c booking.Reschedule) (booking.Reply, error) {
	v, r := m.find(c.Appointment)
	if v == nil {
		return refuse(r), nil
	}
	movable := v.state == booking.Held || v.state == booking.Booked || v.state == booking.Confirmed || v.state == booking.Displaced
	if v.addOn || !movable {
		return refuse(booking.Refusal{Reason: booking.IllegalState, State: v.state}), nil
	}
	q := c.Want
	q.Person, q.Account, q.Booker, q.Bear, q.Count = v.person, v.account, v.booker, v.bear, uint16(v.count)
	if err := m.checkRequest(q, false); err != nil {
		return booking.Reply{}, err
	}
	if v.ringSize > 0 {
		return m.rescheduleRing(c, q)
	}
	if r := m.lateRefusal(v, c.At); r.Reason != 0 {
		return refuse(r), nil
	}
	w := &wish{Request: q, at: c.At, without: c.Appointment}
	m.moving = c.Appointment
	slot, charge, r := m.choose(w)
	m.moving = 0
	switch {
	case r.Reason != 0:
		return refuse(r), nil
	case slot == v.slot && v.state == booking.Displaced && !v.noUnit: // that is to accept the offer
		v.state, v.until, v.consent = v.settle(), 0, false
		return done(c.Appointment, 1), nil
	case slot == v.slot && !v.noUnit:
		return booking.Reply{Outcome: booking.Nothing, Appointment: c.Appointment}, nil
	}
	m.shorten(c.Appointment, c.At)
	m.late = m.isLate(v, c.At)
	rests, old := m.restsOf(c.Appointment, slot, c.At), v.slot.Session
	if v.state == booking.Held {
		v.until = min(v.until, m.session(slot.Session).closes(int(slot.N)))
	} else {
		v.arrived = v.arrived && m.session(slot.Session).Date == m.session(v.slot.Session).Date
		v.state, v.until = v.settle(), 0
	}
	v.slot, v.class, v.noUnit, v.from, v.moved, v.consent = slot, charge, false, booking.Slot{}, false, false
	m.putToRest(rests)
	if !m.gone(m.session(old)) {
		m.changed(old, c.At)
	}
	m.retry(v.person, c.At)
	if v.state != booking.Held {
		m.withdraw(v.person, slot)
	}
	return done(c.Appointment, 1), nil
}

// choose finds the slot: the one named, or the policy's, which is judged like any other.
func (m *Model) choose(w *wish) (booking.Slot, booking.Class, booking.Refusal) {
	if w.Slot.IsValid() {
		charge, r := m.judge(w, w.Slot)
		return w.Slot, charge, r
	}
	if r := m.judgeGates(w, booking.Slot{}); r.Reason != 0 {
		return booking.Slot{}, 0, r
	}
	policy := m.rules.Policies[max(w.Policy, 1)-1].Name()
	slot, ok := m.choosers[policy](m, w.Request, m.candidates(w))
	if !ok {
		return booking.Slot{}, 0, booking.Refusal{Reason: booking.NoneFree}
	}
	charge, r := m.judge(w, slot)
	if r.Reason != 0 || !m.seeks(w, slot) {
		r = booking.Refusal{Reason: booking.BadChoice}
	}
	return slot, charge, r
}

func (m *Model) add(w *wish, slot booking.Slot, charge booking.Class, as booking.State) booking.Appointment {
	v := visit{person: w.Person, account: w.Account, booker: w.Booker, bear: w.Bear, state: as, slot: slot,
		count: int(w.Count), class: charge, addOn: w.addOn}
	if as == booking.Held {
		v.until = min(w.at+sl.Instant(m.rules.HoldSeconds), m.session(slot.Session).closes(int(slot.N)))
	}
	if as == booking.Offered {
		v.until = min(w.at+sl.Instant(m.rules.WaitlistOfferSeconds), m.session(slot.Session).closes(int(slot.N)))
	}
	m.visits = append(m.visits, v)
	return booking.Appointment(len(m.visits))
}

// checkRequest finds mistakes of the caller.
func (m *Model) checkRequest(q booking.Request, addOn bool) error {
	known := func(k booking.NameKind, handle uint32) bool { return int(handle) <= len(m.names[k]) }
	wrong := q.Person == 0 || !known(booking.PersonName, uint32(q.Person)) || !known(booking.AccountName, uint32(q.Account)) ||
		!known(booking.PersonName, uint32(q.Booker)) || q.Bear.Channel() == 0 || q.Count > booking.MaxSlots ||
		int(q.Policy) > len(m.rules.Policies) || q.Weekdays|0xfe != 0xfe || q.Until != 0 && q.Until <= q.From
	for _, c := range q.Bear.Append(nil) {
		wrong = wrong || !known(booking.ClassName, uint32(c))
	}
	if q.Slot.IsValid() {
		wrong = wrong || int(q.Slot.Session) > len(m.sessions)
	} else {
		wrong = wrong || q.Resource == 0 && q.Department == 0 && q.Service == 0 && q.AnyOf.IsEmpty()
	}
	for _, r := range q.AnyOf.Append(nil) {
		wrong = wrong || !known(booking.ResourceName, uint32(r))
	}
	if wrong || addOn && (!q.Slot.IsValid() || q.Count > 1) {
		return booking.ErrCommand
	}
	return nil
}
