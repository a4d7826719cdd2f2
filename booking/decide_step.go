package booking

import "github.com/haoyuan-go/haoyuan/slots"

// step is a command that only moves one appointment along a path: from any state of a set to one state.
type step struct {
	event Kind
	from  uint16
	to    State
}

var (
	payStep      = step{AppointmentPaid, to(Held), Booked}
	confirmStep  = step{AppointmentConfirmed, to(Booked), Confirmed}
	checkInStep  = step{PatientArrived, to(Booked, Confirmed), CheckedIn}
	startStep    = step{ConsultationStarted, to(CheckedIn), InConsultation}
	completeStep = step{AppointmentFulfilled, to(CheckedIn, InConsultation), Fulfilled}
	noShowStep   = step{PatientMissed, to(Booked, Confirmed), NoShow}
	voidStep     = step{AppointmentVoided, to(Held, Offered, Booked, Confirmed, CheckedIn, InConsultation, Displaced, Fulfilled, NoShow), EnteredInError}
)

func (b *Book) decideStep(t *Batch, m *Meta, id Appointment, p step) (Reply, error) {
	print := printOf(printStep, uint64(p.event), uint64(id))
	if r, err := b.admit(m, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	x, refusal := b.appointment(id)
	if x == nil {
		return Reply{Outcome: Refused, Refusal: refusal}, nil
	}
	consents := p.event == PatientArrived && x.asked()
	if p.from&(1<<x.state) == 0 && !consents {
		return Reply{Outcome: Refused, Refusal: Refusal{Reason: IllegalState, State: x.state}}, nil
	}
	if p.to == NoShow && m.At < x.start {
		return Reply{Outcome: Refused, Refusal: Refusal{Reason: TooEarly, Until: x.start}}, nil
	}
	b.addStep(t, m, id, x, p.event)
	return b.done(t, m, print, id, 1+b.eachLinked(id, x, func(id Appointment, x *appointment) { b.addStep(t, m, id, x, p.event) }))
}

// addStep appends a step of one appointment, and what follows from it.
func (b *Book) addStep(t *Batch, m *Meta, id Appointment, x *appointment, event Kind) {
	if event == AppointmentVoided {
		b.reportLeaving(t, m, m.At, id, x)
	}
	e := b.event(event, m)
	e.appointment = id
	if event == PatientArrived && x.asked() { // to come is to accept who is there
		accepted := b.event(OfferAccepted, m)
		accepted.appointment = id
		t.add(accepted)
	}
	t.add(e)
	switch event {
	case AppointmentVoided:
		b.restAll(t, m, 0, id, x)
	case AppointmentPaid:
		b.withdraw(t, m, x.person, Slot{x.session, x.slot}, 0)
	}
}

// decideCancel gives a number back.
func (b *Book) decideCancel(t *Batch, c *Cancel) (Reply, error) {
	if b.appointments.has(uint32(c.Appointment)) {
		x := b.appointments.at(uint32(c.Appointment))
		t.work.fetched = b.fetchKey(hashKey(c.Caller, &c.Key)) + b.fetchSession(x.session, x.slot) + b.fetchPerson(x.person)
	}
	print := printOf(printCancel, uint64(c.Appointment), uint64(c.By))
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	if !c.By.IsValid() {
		return Reply{}, badCommand("By %d: want ByPatient or ByHospital", c.By)
	}
	x, refusal := b.appointment(c.Appointment)
	if x == nil {
		return Reply{Outcome: Refused, Refusal: refusal}, nil
	}
	if !x.state.CanBecome(Cancelled) {
		return Reply{Outcome: Refused, Refusal: Refusal{Reason: IllegalState, State: x.state}}, nil
	}
	if c.By == ByPatient {
		r := b.lateRefusal(x, c.At)
		b.eachLinked(c.Appointment, x, func(_ Appointment, y *appointment) {
			if r.Reason == 0 {
				r = b.lateRefusal(y, c.At)
			}
		})
		if r.Reason != 0 {
			return Reply{Outcome: Refused, Refusal: r}, nil
		}
	}
	b.addCancel(t, c, c.Appointment, x)
	return b.done(t, &c.Meta, print, c.Appointment, 1+b.eachLinked(c.Appointment, x, func(id Appointment, y *appointment) { b.addCancel(t, c, id, y) }))
}

// addCancel appends that one appointment is given back, and what follows from it.
func (b *Book) addCancel(t *Batch, c *Cancel, id Appointment, x *appointment) {
	e := b.event(AppointmentCancelled, &c.Meta)
	e.appointment = id
	if c.By == ByHospital {
		e.flags = flagHospital
	} else {
		e.until = b.coolsUntil(x, c.At)
		if b.isLate(x, c.At) {
			e.flags = flagLate
		}
	}
	b.reportLeaving(t, &c.Meta, c.At, id, x)
	t.add(e)
	b.restAll(t, &c.Meta, 0, id, x)
}

// deadline is the end of free cancellation: at that very second it is over.
func (b *Book) deadline(x *appointment) slots.Instant {
	s := b.sessions.at(uint32(x.session))
	switch {
	case s.cancelBy != 0:
		return s.cancelBy
	case s.flags&sessionCounted != 0:
		return s.ends().AddMinutes(-int(s.cancelLeadMinutes)) // its numbers have no times
	}
	return x.start.AddMinutes(-int(s.cancelLeadMinutes))
}

// isLate: what has not been paid, and what the hospital itself displaced or moved, can be given back at any time; and whoever
// has arrived is never late.
func (b *Book) isLate(x *appointment, at slots.Instant) bool {
	return (x.state == Booked || x.state == Confirmed) && x.flags&appointmentMoved == 0 && at >= b.deadline(x)
}

// lateRefusal: giving back or moving a visit whose time is over would hide a no-show, whatever the rules say of lateness.
func (b *Book) lateRefusal(x *appointment, at slots.Instant) Refusal {
	switch {
	case x.state != Booked && x.state != Confirmed:
	case b.rules.LateCancel == LateRefused && b.isLate(x, at):
		return Refusal{Reason: TooLate, Until: b.deadline(x)}
	default:
		if over := b.sessions.at(uint32(x.session)).visitEnds(x.slot, x.count); at >= over {
			return Refusal{Reason: TooLate, Until: over}
		}
	}
	return Refusal{}
}

// reportLeaving reports the reserves that an appointment's leaving at an instant shortens.
func (b *Book) reportLeaving(t *Batch, m *Meta, at slots.Instant, id Appointment, x *appointment) {
	if x.use() == usesNone {
		return
	}
	a := &t.work.attempt
	*a = attempt{at: at, legs: t.work.legs[:0]}
	a.release(id, x)
	a.rest(b)
	t.work.legs = a.legs
	b.reportShort(t, m, x.session, a, nil)
}

// reportShort appends ReserveShort for each class of a session that has less of its reserve to count on once the legs (or
// the changed quota line) are so: its doing was not the class's own.
func (b *Book) reportShort(t *Batch, m *Meta, id Session, a *attempt, change *quota) {
	s := b.sessions.at(uint32(id))
	if s.quotaN == 0 || !s.bookable() {
		return
	}
	b.reserves(a, id, change, func(i int, before, after int32) {
		if q := &s.quotas()[i]; after < before && (change == nil || change.class != q.class) {
			e := b.event(ReserveShort, m)
			e.session, e.class, e.number = id, q.class, uint32(before-after)
			t.add(e)
		}
	})
}
