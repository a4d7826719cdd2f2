package booking

// decideAdvance decides the first due item. What was due is stamped with when it was due; what follows is stamped now.
func (b *Book) decideAdvance(t *Batch, c *Advance) (Reply, error) {
	switch {
	case c.At <= 0 || c.At > maxStamp:
		return Reply{}, badCommand("At %d: want an instant before the year 9000", c.At)
	case c.Key != (Key{}):
		return Reply{}, badCommand("Key: Advance needs none; what is due is due once")
	case c.At < b.clock:
		return Reply{}, ErrClock
	case !c.Jump && b.clock != 0 && int64(c.At-b.clock) > b.rules.StepSeconds:
		return Reply{}, b.stepError(c.At)
	case b.digest != b.adopted:
		return Reply{}, ErrRules
	}
	d, ok := b.dueFirst()
	if !ok || d.at > c.At {
		if !c.Jump || c.At == b.clock {
			return Reply{Outcome: Nothing}, nil
		}
		t.add(b.event(ClockMoved, &c.Meta))
		return b.done(t, &c.Meta, 0, 0, 0)
	}
	count := 0
	switch d.rank() {
	case rankLapse:
		b.decideLapse(t, c, d)
		count = 1
	case rankEnd:
		count = b.decideEnd(t, c, d)
	case rankReserve:
		b.decideReserve(t, c, d)
	case rankRelease:
		e := b.dueEvent(Released, c, d)
		e.session = Session(d.id())
		t.add(e)
	case rankExpire:
		b.decideExpire(t, c, d)
	case rankLook:
		count = b.decideLook(t, c, d)
	case rankMove:
		count = b.decideReallocation(t, c, d)
	case rankLift:
		b.decideLift(t, c, d)
	case rankRemind:
		count = b.decideRemind(t, c, d)
	case rankReturn:
		e := b.dueEvent(UnitReturned, c, d)
		e.session, e.slot, e.count = Session(d.id()), b.sessions.at(d.id()).far.rests[0].slot, 1
		t.add(e)
	}
	return b.done(t, &c.Meta, 0, 0, count)
}

func (b *Book) dueEvent(k Kind, c *Advance, d dueItem) Event {
	e := b.event(k, &c.Meta)
	e.due = d.at
	return e
}

// decideLapse ends a hold that was not paid or an offer that was not answered.
func (b *Book) decideLapse(t *Batch, c *Advance, d dueItem) {
	x := b.appointments.at(d.id())
	b.reportLeaving(t, &c.Meta, d.at, Appointment(d.id()), x)
	e := b.dueEvent(HoldLapsed, c, d)
	if x.state == Displaced || x.state == Offered {
		e.kind = OfferLapsed
	}
	e.appointment = Appointment(d.id())
	t.add(e)
	b.restAll(t, &c.Meta, d.at, Appointment(d.id()), x)
	b.eachLinked(e.appointment, x, func(id Appointment, y *appointment) {
		b.reportLeaving(t, &c.Meta, d.at, id, y)
		e.appointment = id
		t.add(e)
		b.restAll(t, &c.Meta, d.at, id, y)
	})
}

// decideEnd ends a session: whoever should have come and did not is a no-show; what was not paid, and what was offered and not
// answered, lapses; a return with results that was not seen is cancelled. Who is here already never is a no-show.
func (b *Book) decideEnd(t *Batch, c *Advance, d dueItem) (missed int) {
	legs := t.work.legs[:0]
	for _, id := range b.affected(t, Session(d.id())) {
		e := b.dueEvent(PatientMissed, c, d)
		e.appointment = id
		switch x := b.appointments.at(uint32(id)); {
		case x.state.CanBecome(NoShow):
			missed++
		case x.state == Held:
			e.kind = HoldLapsed
		case x.state == Displaced || x.state == Offered:
			e.kind = OfferLapsed
		case x.flags&appointmentReturn != 0:
			e.kind, e.flags = AppointmentCancelled, flagHospital // they may return another day
		default:
			continue
		}
		t.add(e)
		if b.appointments.at(uint32(id)).linked != 0 {
			missed += b.endRing(t, c, d, e, &legs)
		}
	}
	t.work.legs = legs[:0]
	e := b.dueEvent(SessionEnded, c, d)
	e.session = Session(d.id())
	t.add(e)
	return missed
}

// decideReserve opens the first of the session's reserves that is due.
func (b *Book) decideReserve(t *Batch, c *Advance, d dueItem) {
	s := b.sessions.at(d.id())
	opens := s.opens()
	for i, q := range s.quotas() {
		if q.flags&quotaOpened == 0 && opens[i] == d.at {
			e := b.dueEvent(ReserveOpened, c, d)
			e.session, e.class = Session(d.id()), q.class
			t.add(e)
			return
		}
	}
}
