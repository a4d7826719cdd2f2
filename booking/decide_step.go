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
	if p.from&(1<<x.state) == 0 {
		return Reply{Outcome: Refused, Refusal: Refusal{Reason: IllegalState, State: x.state}}, nil
	}
	if p.to == NoShow && m.At < x.start {
		return Reply{Outcome: Refused, Refusal: Refusal{Reason: TooEarly, Until: x.start}}, nil
	}
	if p.to == EnteredInError {
		b.reportLeaving(t, m, m.At, id, x)
	}
	e := b.event(p.event, m)
	e.appointment = id
	t.add(e)
	switch p.event {
	case AppointmentVoided:
		b.restAll(t, m, 0, id, x)
	case AppointmentPaid:
		b.withdraw(t, m, x.person, Slot{x.session, x.slot}, 0)
	}
	return b.done(t, m, print, id, 1)
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
	e := b.event(AppointmentCancelled, &c.Meta)
	e.appointment = c.Appointment
	if c.By == ByHospital {
		e.flags = flagHospital
	} else {
		if r := b.lateRefusal(x, c.At); r.Reason != 0 {
			return Reply{Outcome: Refused, Refusal: r}, nil
		}
		if b.isLate(x, c.At) {
			e.flags = flagLate
		}
	}
	b.reportLeaving(t, &c.Meta, c.At, c.Appointment, x)
	t.add(e)
	b.restAll(t, &c.Meta, 0, c.Appointment, x)
	return b.done(t, &c.Meta, print, c.Appointment, 1)
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
