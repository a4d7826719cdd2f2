package booking

import "github.com/haoyuan-go/haoyuan/slots"

// decideRequest holds or books for one person.
func (b *Book) decideRequest(t *Batch, m *Meta, q *Request, as State, addOn bool) (Reply, error) {
	keyHash := hashKey(m.Caller, &m.Key)
	fetched := b.fetchKey(keyHash) + b.fetchPerson(q.Person)
	a := &t.work.attempt
	*a = attempt{Request: *q, at: m.At, addOn: addOn, batch: t, legs: t.work.legs[:0]}
	a.Count = max(a.Count, 1)
	if q.Slot.IsValid() {
		fetched += b.fetchSession(q.Slot.Session, q.Slot.N)
	} else {
		t.work.view.open(b, a)
		fetched += t.work.view.fetchNext()
	}
	t.work.fetched = fetched
	print := printRequest(printSeed(as, addOn), q)
	if r, err := b.admitKey(m, keyHash, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	if err := b.checkRequest(t, q, addOn); err != nil {
		return Reply{}, err
	}
	slot, charge, refusal := b.choose(t, a)
	if refusal.Reason != 0 {
		return Reply{Outcome: Refused, Refusal: refusal}, nil
	}
	id := Appointment(b.appointments.next())
	b.addAppointment(t, m, a, id, slot, charge, as)
	return b.done(t, m, print, id, 1)
}

// decideBundle makes several appointments, each judged with the earlier ones chosen, or none.
func (b *Book) decideBundle(t *Batch, c *Bundle) (Reply, error) {
	print := printSeed(c.As, false)
	for i := range c.Requests {
		print = printRequest(print, &c.Requests[i])
	}
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	if len(c.Requests) < 1 || len(c.Requests) > MaxBundle {
		return Reply{}, badCommand("Requests: %d of them, want 1 to %d", len(c.Requests), MaxBundle)
	}
	if c.As != Held && c.As != Booked {
		return Reply{}, badCommand("As %v: want Held or Booked", c.As)
	}
	for i := range c.Requests {
		if err := b.checkRequest(t, &c.Requests[i], false); err != nil {
			return Reply{}, err
		}
	}
	a := &t.work.attempt
	legs := t.work.legs[:0]
	first := Appointment(b.appointments.next())
	for i := range c.Requests {
		*a = attempt{Request: c.Requests[i], at: c.At, batch: t, legs: legs}
		a.Count = max(a.Count, 1)
		t.work.view.open(b, a)
		slot, charge, refusal := b.choose(t, a)
		if refusal.Reason != 0 {
			return Reply{Outcome: Refused, Refusal: refusal, Count: uint16(i)}, nil
		}
		b.addAppointment(t, &c.Meta, a, first+Appointment(i), slot, charge, c.As)
		legs = append(legs, b.legOf(a, slot, charge))
	}
	t.work.legs = legs
	return b.done(t, &c.Meta, print, first, len(c.Requests))
}

// choose finds the slot that an attempt gets: the one it names, or the choice of the policy, which sees the view opened
// for the attempt and is judged like any other.
func (b *Book) choose(t *Batch, a *attempt) (Slot, Class, Refusal) {
	slot := a.Slot
	if !slot.IsValid() {
		if r := b.restrictionRefusal(a); r.Reason != 0 {
			return Slot{}, 0, r
		}
		v := &t.work.view
		chosen, ok := b.rules.Policies[max(a.Policy, 1)-1].Choose(v)
		if !ok {
			return Slot{}, 0, Refusal{Reason: NoneFree}
		}
		if chosen == v.last && chosen.Session == v.id {
			return chosen, v.charge, Refusal{} // judged when the view gave it out, a moment ago
		}
		if !b.hasSlot(chosen) {
			return Slot{}, 0, Refusal{Reason: BadChoice}
		}
		slot = chosen
	} else if !b.hasSlot(slot) {
		return Slot{}, 0, b.missing(slot)
	}
	charge, refusal := b.judge(a, slot.Session, slot.N, nil)
	if refusal.Reason != 0 && !a.Slot.IsValid() {
		refusal = Refusal{Reason: BadChoice}
	}
	return slot, charge, refusal
}

// hasSlot reports whether the slot is of a session that is not forgotten, and within it.
func (b *Book) hasSlot(s Slot) bool {
	return b.sessions.has(uint32(s.Session)) && s.N < b.sessions.at(uint32(s.Session)).slotN
}

// missing says why hasSlot is false.
func (b *Book) missing(s Slot) Refusal {
	if b.sessions.has(uint32(s.Session)) && b.sessions.at(uint32(s.Session)).flags&sessionRetired == 0 {
		return Refusal{Reason: RunBroken, Limit: int32(b.sessions.at(uint32(s.Session)).slotN)}
	}
	return Refusal{Reason: SessionGone}
}

func (b *Book) addAppointment(t *Batch, m *Meta, a *attempt, id Appointment, slot Slot, charge Class, as State) {
	t.add(b.event(AppointmentBooked, m))
	e := &t.events[len(t.events)-1]
	if as == Held {
		e.kind = AppointmentHeld
		e.until = m.At + slots.Instant(b.rules.HoldSeconds)
	}
	if a.addOn {
		e.flags = flagAddOn
	}
	e.appointment, e.person, e.account, e.booker, e.bear = id, a.Person, a.Account, a.Booker, a.Bear
	e.session, e.slot, e.count, e.class = slot.Session, slot.N, a.Count, charge
}

// legOf is the attempt's run at slot, supposed taken.
func (b *Book) legOf(a *attempt, slot Slot, charge Class) leg {
	s := b.sessions.at(uint32(slot.Session))
	start, minutes := s.runTime(slot.N, a.Count)
	return leg{session: slot.Session, slot: slot.N, count: a.Count, units: 1, charge: charge, bear: a.Bear,
		person: a.Person, account: a.Account, start: start, minutes: minutes, addOn: a.addOn}
}

// release supposes an appointment absent: its units free, its quotas unused.
func (a *attempt) release(id Appointment, x *appointment) {
	a.without = id
	if x.use() == usesNone && !x.addOn() {
		return
	}
	a.legs = append(a.legs, leg{session: x.session, slot: x.slot, count: x.count, units: -1, charge: x.charge,
		bear: x.bear, person: x.person, account: x.account, start: x.start, minutes: x.minutes, addOn: x.addOn()})
}

// decideReschedule moves an appointment, judged as if it were absent.
func (b *Book) decideReschedule(t *Batch, c *Reschedule) (Reply, error) {
	print := printRequest(printOf(printReschedule, uint64(c.Appointment)), &c.Want)
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	x, refusal := b.appointment(c.Appointment)
	if x == nil {
		return Reply{Outcome: Refused, Refusal: refusal}, nil
	}
	if x.addOn() || x.state != Held && x.state != Booked && x.state != Confirmed && x.state != Displaced {
		return Reply{Outcome: Refused, Refusal: Refusal{Reason: IllegalState, State: x.state}}, nil
	}
	want := c.Want
	want.Person, want.Account, want.Booker, want.Bear, want.Count = x.person, x.account, x.booker, x.bear, x.count
	if err := b.checkRequest(t, &want, false); err != nil {
		return Reply{}, err
	}
	if r := b.lateRefusal(x, c.At); r.Reason != 0 {
		return Reply{Outcome: Refused, Refusal: r}, nil
	}
	a := &t.work.attempt
	*a = attempt{Request: want, at: c.At, legs: t.work.legs[:0]}
	a.release(c.Appointment, x)
	t.work.legs = a.legs
	t.work.view.open(b, a)
	slot, charge, refusal := b.choose(t, a)
	if refusal.Reason != 0 {
		return Reply{Outcome: Refused, Refusal: refusal}, nil
	}
	if slot == (Slot{x.session, x.slot}) {
		return Reply{Outcome: Nothing, Appointment: c.Appointment}, nil
	}
	b.reportShort(t, &c.Meta, x.session, a, nil)
	e := b.event(AppointmentRescheduled, &c.Meta)
	e.appointment, e.session, e.slot, e.count, e.class = c.Appointment, slot.Session, slot.N, x.count, charge
	t.add(e)
	return b.done(t, &c.Meta, print, c.Appointment, 1)
}

// appointment finds one that may still change; the refusal says why not.
func (b *Book) appointment(id Appointment) (*appointment, Refusal) {
	if id != 0 && uint32(id) <= b.appointments.dropped {
		return nil, Refusal{Reason: SessionGone}
	}
	if !b.appointments.has(uint32(id)) {
		return nil, Refusal{Reason: UnknownAppointment}
	}
	x := b.appointments.at(uint32(id))
	if x.flags&appointmentForgotten != 0 || b.sessions.at(uint32(x.session)).flags&sessionRetired != 0 {
		return nil, Refusal{Reason: SessionGone}
	}
	return x, Refusal{}
}

// checkRequest checks a request's form: what is wrong here is a mistake of the caller, not a no of the rules.
func (b *Book) checkRequest(t *Batch, q *Request, addOn bool) error {
	switch {
	case !b.known(t, PersonName, uint32(q.Person)):
		return badCommand("Person %d: not introduced", q.Person)
	case q.Account != 0 && !b.known(t, AccountName, uint32(q.Account)):
		return badCommand("Account %d: not introduced", q.Account)
	case q.Booker != 0 && !b.known(t, PersonName, uint32(q.Booker)):
		return badCommand("Booker %d: not introduced", q.Booker)
	case !q.Bear.canonical():
		return badCommand("Bear: want one from NewBearing")
	case q.Count > MaxSlots:
		return badCommand("Count %d: want at most %d", q.Count, MaxSlots)
	case addOn && (!q.Slot.IsValid() || q.Count > 1):
		return badCommand("Slot: an add-on names one slot")
	case q.Slot.IsValid() && q.Slot.Session >= Session(b.sessions.next()):
		return badCommand("Slot.Session %d: not opened", q.Slot.Session)
	case !q.Slot.IsValid() && q.Resource == 0 && q.Department == 0 && q.Service == 0:
		return badCommand("Slot, Resource, Department, Service: want at least one")
	case q.Until != 0 && q.Until <= q.From:
		return badCommand("Until %v: not after From %v", q.Until, q.From)
	case int(max(q.Policy, 1)) > len(b.rules.Policies):
		return badCommand("Policy %d: the rules have %d", q.Policy, len(b.rules.Policies))
	}
	for _, c := range q.Bear.c {
		if c != 0 && !b.known(t, ClassName, uint32(c)) {
			return badCommand("Bear: class %d not introduced", c)
		}
	}
	return nil
}
