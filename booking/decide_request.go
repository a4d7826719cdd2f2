package booking

import (
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// decideRequest holds or books for one person.
func (b *Book) decideRequest(t *Batch, m *Meta, q *Request, as State, addOn bool) (Reply, error) {
	keyHash := hashKey(m.Caller, &m.Key)
	a := &t.work.attempt
	*a = attempt{Request: *q, at: m.At, addOn: addOn, batch: t, legs: t.work.legs[:0]}
	a.Count = max(a.Count, 1)
	b.mean(&a.Request)
	t.work.fetched = b.fetchKey(keyHash) + b.fetchPerson(a.Person) + b.fetchWanted(t, a)
	print := printRequest(printSeed(as, addOn), q)
	if r, err := b.admitKey(m, keyHash, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	if err := b.checkRequest(t, q, addOn); err != nil {
		return Reply{}, err
	}
	slot, ok := b.chooseOpened(t, a)
	if !ok {
		return Reply{Outcome: Refused, Refusal: a.refusal}, nil
	}
	id := Appointment(b.appointments.next())
	b.addAppointment(t, m, a, id, slot, as)
	if as == Booked {
		b.withdraw(t, m, a.Person, slot, 0)
	}
	return b.done(t, m, print, id, 1)
}

// decideBundle makes several appointments, each judged with the earlier ones chosen, or none.
func (b *Book) decideBundle(t *Batch, c *Bundle) (Reply, error) {
	print := mix(printSeed(c.As, false), uint64(c.WithinMinutes))
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
	if c.WithinMinutes != 0 {
		return b.decideFamily(t, c, print)
	}
	a := &t.work.attempt
	legs := t.work.legs[:0]
	first := Appointment(b.appointments.next())
	for i := range c.Requests {
		*a = attempt{Request: c.Requests[i], at: c.At, batch: t, legs: legs}
		a.Count = max(a.Count, 1)
		slot, ok := b.choose(t, a)
		if !ok {
			return Reply{Outcome: Refused, Refusal: a.refusal, Count: uint16(i)}, nil
		}
		b.addAppointment(t, &c.Meta, a, first+Appointment(i), slot, c.As)
		if c.As == Booked {
			b.withdraw(t, &c.Meta, a.Person, slot, 0)
		}
		legs = append(legs, b.legOf(a, slot))
	}
	t.work.legs = legs
	return b.done(t, &c.Meta, print, first, len(c.Requests))
}

// choose finds the slot that an attempt gets: the one it names, or the choice of the policy, judged like any
// other.
func (b *Book) choose(t *Batch, a *attempt) (Slot, bool) {
	b.mean(&a.Request)
	if !a.Slot.IsValid() {
		t.work.view.open(b, a)
	}
	return b.chooseOpened(t, a)
}

// chooseOpened is choose where it is clear whom the request means, and the view, if one is needed, is open already.
func (b *Book) chooseOpened(t *Batch, a *attempt) (Slot, bool) {
	if a.Slot.IsValid() {
		if !b.hasSlot(a.Slot) {
			return Slot{}, a.no(b.missing(a, a.Slot))
		}
		return a.Slot, b.judge(a, a.Slot.Session, a.Slot.N)
	}
	if !b.mayAsk(a) {
		return Slot{}, false
	}
	return b.chosen(a, &t.work.view)
}

// chosen has the request's policy choose, and judges its answer.
func (b *Book) chosen(a *attempt, v *View) (Slot, bool) {
	chosen, ok := b.rules.Policies[max(a.Policy, 1)-1].Choose(v)
	switch {
	case !ok:
		a.refusal = Refusal{Reason: NoneFree}
		return Slot{}, false
	case chosen.IsValid() && chosen == v.last && chosen.Session == v.id:
		return chosen, true // judged when the view gave it out, a moment ago
	case !b.hasSlot(chosen) || !b.sought(a, chosen) || !b.judge(a, chosen.Session, chosen.N):
		a.refusal = Refusal{Reason: BadChoice}
		return Slot{}, false
	}
	return chosen, true
}

// hasSlot reports whether the slot is of a session that is not forgotten, and within it.
func (b *Book) hasSlot(s Slot) bool {
	return b.sessions.has(uint32(s.Session)) && s.N < b.sessions.at(uint32(s.Session)).slotN
}

// sought reports whether a slot is one of those that the request asked for.
func (b *Book) sought(a *attempt, at Slot) bool {
	s := b.sessions.at(uint32(at.Session))
	start := s.start.AddMinutes(int(s.slots()[at.N].offsetMinutes))
	return (a.Resource == 0 || slices.Contains(s.resources(), a.Resource)) &&
		(a.Department == 0 || s.department == a.Department) && (a.Service == 0 || s.service == a.Service) && a.suits(s) &&
		start >= a.From && (a.Until == 0 || start < a.Until)
}

// missing says why hasSlot is false, in the order in which judge would.
func (b *Book) missing(a *attempt, at Slot) Refusal {
	if !b.sessions.has(uint32(at.Session)) {
		return Refusal{Reason: SessionGone}
	}
	s := b.sessions.at(uint32(at.Session))
	if !b.sessionAllows(a, s) {
		return a.refusal
	}
	return Refusal{Reason: RunBroken, Limit: int32(s.slotN)}
}

// slotCloses is when a slot closes for booking.
func (b *Book) slotCloses(at Slot) sl.Instant {
	s := b.sessions.at(uint32(at.Session))
	return s.slotClose(&s.slots()[at.N])
}

func (b *Book) addAppointment(t *Batch, m *Meta, a *attempt, id Appointment, slot Slot, as State) {
	t.events = append(t.events, Event{})
	e := &t.events[len(t.events)-1]
	e.kind, e.at, e.rules = AppointmentBooked, m.At, b.rules.Version
	switch as { // nothing is kept beyond its close for booking
	case Held:
		e.kind = AppointmentHeld
		e.until = min(m.At+sl.Instant(b.rules.HoldSeconds), b.slotCloses(slot))
	case Offered:
		e.kind = AppointmentOffered
		e.until = min(m.At+sl.Instant(b.rules.WaitlistOfferSeconds), b.slotCloses(slot))
	}
	if a.addOn {
		e.flags = flagAddOn
	}
	e.appointment, e.person, e.account, e.booker, e.bear = id, a.Person, a.Account, a.Booker, a.Bear
	e.session, e.slot, e.count, e.class = slot.Session, slot.N, a.Count, a.charge
}

// legOf is the attempt's run at slot, supposed taken.
func (b *Book) legOf(a *attempt, slot Slot) leg {
	s := b.sessions.at(uint32(slot.Session))
	start, minutes := s.runTime(slot.N, a.Count)
	return leg{session: slot.Session, slot: slot.N, count: a.Count, units: 1, charge: a.charge, bear: a.Bear,
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

// decideReschedule moves an appointment, judged as if it were absent. After the deadline it is late, as a cancellation is.
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
	if x.linked != 0 {
		return b.rescheduleRing(t, c, &want, print)
	}
	if r := b.lateRefusal(x, c.At); r.Reason != 0 {
		return Reply{Outcome: Refused, Refusal: r}, nil
	}
	a := &t.work.attempt
	*a = attempt{Request: want, at: c.At, legs: t.work.legs[:0]}
	a.release(c.Appointment, x)
	t.work.legs = a.legs
	slot, ok := b.choose(t, a)
	if !ok {
		return Reply{Outcome: Refused, Refusal: a.refusal}, nil
	}
	if slot == (Slot{x.session, x.slot}) && x.state == Displaced {
		e := b.event(OfferAccepted, &c.Meta) // to go where one was offered a place is to accept it
		e.appointment = c.Appointment
		if x.isHere(x.date) {
			e.flags = flagHere
		}
		t.add(e)
		return b.done(t, &c.Meta, print, c.Appointment, 1)
	}
	if slot == (Slot{x.session, x.slot}) {
		return Reply{Outcome: Nothing, Appointment: c.Appointment}, nil
	}
	a.rest(b)
	b.reportShort(t, &c.Meta, x.session, a, nil)
	e := b.event(AppointmentRescheduled, &c.Meta)
	if b.isLate(x, c.At) {
		e.flags = flagLate
	}
	if x.isHere(b.sessions.at(uint32(slot.Session)).date) {
		e.flags |= flagHere
	}
	if x.state == Held {
		e.until = min(x.until, b.slotCloses(slot)) // a move lengthens no hold
	}
	e.appointment, e.session, e.slot, e.count, e.class = c.Appointment, slot.Session, slot.N, x.count, a.charge
	t.add(e)
	b.restUnits(t, &c.Meta, 0, c.Appointment, x, slot, x.count)
	if x.state != Held {
		b.withdraw(t, &c.Meta, x.person, slot, 0)
	}
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
	case !q.Slot.IsValid() && q.Resource == 0 && q.Department == 0 && q.Service == 0 && q.AnyOf.IsEmpty():
		return badCommand("Slot, Resource, AnyOf, Department, Service: want at least one")
	case q.Weekdays > allWeekdays || q.Weekdays&1 != 0:
		return badCommand("Weekdays %#x: want Monday (1) to Sunday (7)", uint16(q.Weekdays))
	case q.Until != 0 && q.Until <= q.From:
		return badCommand("Until %v: not after From %v", q.Until, q.From)
	case int(max(q.Policy, 1)) > len(b.rules.Policies):
		return badCommand("Policy %d: the rules have %d", q.Policy, len(b.rules.Policies))
	}
	if !q.AnyOf.IsEmpty() {
		for _, r := range q.AnyOf.list() {
			if !b.known(t, ResourceName, uint32(r)) {
				return badCommand("AnyOf: resource %d not introduced", r)
			}
		}
	}
	for _, c := range q.Bear.c {
		if c != 0 && !b.known(t, ClassName, uint32(c)) {
			return badCommand("Bear: class %d not introduced", c)
		}
	}
	return nil
}
