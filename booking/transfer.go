package booking

import (
	"fmt"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Transfer (转科) sends someone who is here, checked in or in consultation, to another session of the same day, mostly of another
// department: whoever was booked into the wrong one is no no-show, is never late, and needs no new number of their own. They are
// checked in there at once. The old unit is free again, and rests where the rules say so.
//
// Of the request's own fields only Want's place is read (Slot, or what is sought, and Policy); person, account, bearing and count
// are the appointment's own. The target is judged as in a reschedule, with the old units supposed free, but what follows is the
// hospital's own doing:
//
//	asked       the session is there and of the day, its numbers are out, the slot's time is not over, room, whom the slot and the session are for,
//	            caps and reserves over the slots whose time is not over, no other visit at that time
//	not asked   whom a class is for, limits, restrictions, pauses, the close and the lead of booking
//
// With AddOn the unit is made beside the capacity and the quotas, in the slot that Want names, for a Count of 1; it asks for the session,
// the day, the slot's time, the session's AddOns, and no other visit. An add-on may be transferred too, and a return with results:
// either is then whatever the transfer makes of it. Those of a joint clinic are not transferred (IllegalState). A target on another day is ErrCommand; a transfer to where they are is Nothing.
type Transfer struct {
	Meta
	Appointment Appointment
	Want        Request
	AddOn       bool
}

// Return (回诊) brings the patient of a fulfilled visit back with results, without a new number: in a session of the same department,
// on the visit's date or at most Rules.ReturnDays later, once a visit. It makes an appointment without a unit (beside the capacity, the
// quotas, the limits and the add-ons), checked in at once, for they are at the desk: the queue's capacity, not the pool's. It has no time of its
// own, is never a no-show, and does not entitle to another. Restrictions are not asked. Whether the session is today's, the desk sees.
//
// Refused as NoEntitlement where there is none. It is given back when the return is cancelled, voided, or neither begun nor
// completed when its session closes or ends, which cancels it on the hospital's account.
type Return struct {
	Meta
	// Appointment is the visit whose results are here.
	Appointment Appointment
	Session     Session
}

func (Transfer) command() {}
func (Return) command()   {}

func (b *Book) decideTransfer(t *Batch, c *Transfer) (Reply, error) {
	addOn := uint64(0)
	if c.AddOn {
		addOn = 1
	}
	print := printRequest(printOf(printTransfer, uint64(c.Appointment), addOn), &c.Want)
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	x, refusal := b.appointment(c.Appointment)
	if x == nil {
		return Reply{Outcome: Refused, Refusal: refusal}, nil
	}
	want := c.Want
	want.Person, want.Account, want.Booker, want.Bear, want.Count = x.person, x.account, x.booker, x.bear, x.count
	if c.AddOn {
		want.Count = 1
	}
	if err := b.checkRequest(t, &want, c.AddOn); err != nil {
		return Reply{}, err
	}
	if want.Slot.IsValid() && b.hasSlot(want.Slot) {
		if date := b.sessions.at(uint32(want.Slot.Session)).date; date != x.date {
			return Reply{}, badCommand("Want.Slot: of %v, the visit is of %v; a transfer stays on the day", date, x.date)
		}
	}
	if x.state != CheckedIn && x.state != InConsultation || x.linked != 0 {
		return Reply{Outcome: Refused, Refusal: Refusal{Reason: IllegalState, State: x.state}}, nil
	}
	a := &t.work.attempt
	*a = attempt{Request: want, at: c.At, addOn: c.AddOn, transfer: true, day: x.date, legs: t.work.legs[:0]}
	a.release(c.Appointment, x)
	t.work.legs = a.legs
	slot, ok := b.choose(t, a)
	if !ok {
		return Reply{Outcome: Refused, Refusal: a.refusal}, nil
	}
	if slot == (Slot{x.session, x.slot}) && c.AddOn == x.addOn() && x.flags&appointmentReturn == 0 {
		return Reply{Outcome: Nothing, Appointment: c.Appointment}, nil
	}
	e := b.event(AppointmentTransferred, &c.Meta)
	if c.AddOn {
		e.flags = flagAddOn
	}
	e.appointment, e.session, e.slot, e.count, e.class = c.Appointment, slot.Session, slot.N, want.Count, a.charge
	a.transfer = false // what is left behind is counted as ever
	a.rest(b)
	b.reportShort(t, &c.Meta, x.session, a, nil)
	t.add(e)
	b.restUnits(t, &c.Meta, 0, c.Appointment, x, b.unitsAt(&e), want.Count)
	b.withdraw(t, &c.Meta, x.person, slot, 0)
	return b.done(t, &c.Meta, print, c.Appointment, 1)
}

// unitsAt is the slot whose units an event gives; none for an add-on, which has its own.
func (b *Book) unitsAt(e *Event) Slot {
	if e.flags&flagAddOn != 0 {
		return Slot{}
	}
	return Slot{e.session, e.slot}
}

func (b *Book) applyTransferred(e *Event) bool {
	x, _ := b.appointment(e.appointment)
	if x == nil || x.state != CheckedIn && x.state != InConsultation || !b.hasRun(e) || !b.hasCounters(e) ||
		b.sessions.at(uint32(e.session)).date != x.date || e.flags&^flagAddOn != 0 || e.IsAddOn() && e.count != 1 {
		return false
	}
	b.leave(e.appointment, x)
	b.changed(x.session, e)
	x.state, x.flags, x.from, x.until = CheckedIn, 0, Slot{}, 0
	if e.IsAddOn() {
		x.flags = appointmentAddOn
	}
	b.place(x, e)
	b.enter(e.appointment, x)
	b.recall(x.person)
	return true
}

func (b *Book) decideReturn(t *Batch, c *Return) (Reply, error) {
	print := printOf(printReturn, uint64(c.Appointment), uint64(c.Session))
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	x, refusal := b.appointment(c.Appointment)
	if x == nil {
		return Reply{Outcome: Refused, Refusal: refusal}, nil
	}
	s, refusal, err := b.openSession(c.Session)
	if err != nil || s == nil {
		return Reply{Outcome: Refused, Refusal: refusal}, err
	}
	if x.state != Fulfilled {
		return Reply{Outcome: Refused, Refusal: Refusal{Reason: IllegalState, State: x.state}}, nil
	}
	if r := b.entitlement(c.Appointment, x, s); r.Reason != 0 {
		return Reply{Outcome: Refused, Refusal: r}, nil
	}
	e := b.event(PatientReturned, &c.Meta)
	e.appointment, e.person, e.account, e.booker, e.bear = Appointment(b.appointments.next()), x.person, x.account, x.booker, x.bear
	e.session, e.count, e.number = c.Session, 1, uint32(c.Appointment)
	t.add(e)
	return b.done(t, &c.Meta, print, e.appointment, 1)
}

// entitlement says why a fulfilled visit does not entitle to return in a session; no reason where it does.
func (b *Book) entitlement(id Appointment, x *appointment, s *session) Refusal {
	last := x.date.AddDays(b.rules.ReturnDays)
	switch used := b.returnOf(id, x); {
	case used != 0:
		return Refusal{Reason: NoEntitlement, Appointment: used}
	case b.rules.ReturnDays == 0 || x.former != 0:
	case last.Before(s.date):
		return Refusal{Reason: NoEntitlement, Until: x.start.AddMinutes(24 * 60 * b.rules.ReturnDays)}
	case !s.date.Before(x.date) && s.department != 0 && s.department == b.sessions.at(uint32(x.session)).department:
		return Refusal{}
	}
	return Refusal{Reason: NoEntitlement}
}

// returnOf is the return that has used a visit's entitlement, unless it was cancelled or voided; 0 for none. Cost: the person's own
// appointments.
func (b *Book) returnOf(id Appointment, x *appointment) Appointment {
	for y := b.person(b.meant(x.person)).head; y != 0; y = b.appointments.at(uint32(y)).nextPerson {
		if b.appointments.at(uint32(y)).former == id {
			return y
		}
	}
	return 0
}

// returnUntil is the last date on which a visit entitles to return; the zero Date where it does not.
func (b *Book) returnUntil(id Appointment, x *appointment) (last sl.Date) {
	if x.state != Fulfilled || b.rules.ReturnDays == 0 || x.former != 0 || !b.sessions.has(uint32(x.session)) {
		return last
	}
	if s := b.sessions.at(uint32(x.session)); s.department == 0 || s.flags&sessionRetired != 0 || b.returnOf(id, x) != 0 {
		return last
	}
	return x.date.AddDays(b.rules.ReturnDays)
}

// applyReturned adds an appointment without a unit.
func (b *Book) applyReturned(e *Event) bool {
	x, _ := b.appointment(e.Former())
	if x == nil || x.state != Fulfilled || x.former != 0 || b.returnOf(e.Former(), x) != 0 || uint32(e.appointment) != b.appointments.next() ||
		!b.hasRun(e) || e.slot != 0 || e.count != 1 || e.person != x.person || e.account != x.account || e.booker != x.booker || e.bear != x.bear ||
		b.sessions.at(uint32(e.session)).date.Before(x.date) {
		return false
	}
	y := b.appointments.add()
	*y = appointment{bear: e.bear, person: e.person, account: e.account, booker: e.booker, state: CheckedIn, flags: appointmentReturn, former: e.Former()}
	b.place(y, e)
	b.listHolders(e.appointment, y)
	b.enter(e.appointment, y)
	return true
}

// checkReturn refuses, of what a snapshot says of an appointment and the visit before it, what no Book could be. Those of smaller ids
// are listed already.
func (b *Book) checkReturn(id Appointment, x *appointment) error {
	isReturn := x.flags&appointmentReturn != 0
	switch {
	case x.former >= id && x.former != 0, isReturn && x.former == 0:
		return fmt.Errorf("return of appointment %d", x.former)
	case isReturn && (x.flags != appointmentReturn || x.charge != 0 || x.slot != 0 || x.count != 1):
		return fmt.Errorf("a return with a number")
	case isReturn && x.state != CheckedIn && x.state != InConsultation && !stateTable[x.state].terminal, isReturn && (x.state == NoShow || x.state == Lapsed):
		return fmt.Errorf("a return that is %v", x.state)
	case x.former == 0 || !b.appointments.has(uint32(x.former)):
		return nil
	}
	y := b.appointments.at(uint32(x.former))
	switch {
	case y.flags&appointmentForgotten != 0:
		return nil
	case y.former != 0 || y.state != Fulfilled && y.state != EnteredInError:
		return fmt.Errorf("return of appointment %d, which does not entitle to it", x.former)
	case stateTable[x.state].unit != usesNone && (b.meant(y.person) != x.person || b.returnOf(x.former, y) != 0):
		return fmt.Errorf("return of appointment %d, which is another's or used", x.former)
	}
	return nil
}

// describeFormer writes which visit a return goes back to, by its session's name; nothing where there is none.
func (b *Book) describeFormer(w *binaryWriter, id Appointment) {
	if id == 0 {
		w.put(0)
		return
	}
	w.put(1)
	if b.appointments.has(uint32(id)) {
		x := b.appointments.at(uint32(id))
		w.name(b, SessionName, uint32(x.session))
		w.put(uint64(x.slot))
	}
}

// tooLateFor reports whether a slot that is past its close for booking is so for an attempt, too: a transfer asks only that the slot's
// time is not over.
func (s *session) tooLateFor(a *attempt, n uint16) bool {
	return !a.transfer || a.at >= s.visitEnds(n, 1)
}

// returns checks that every visit has at most one return that stands, and that it entitled to it.
func (c *checker) returns() {
	b := c.b
	for id := Appointment(b.appointments.dropped) + 1; b.appointments.has(uint32(id)); id++ {
		x := b.appointments.at(uint32(id))
		if x.former == 0 || !x.state.Occupies() || x.flags&appointmentForgotten != 0 || !b.appointments.has(uint32(x.former)) {
			continue
		}
		y := b.appointments.at(uint32(x.former))
		if y.flags&appointmentForgotten != 0 {
			continue
		}
		f := Finding{Law: "return", Appointment: id, Session: x.session, Want: int64(id), Have: int64(b.returnOf(x.former, y))}
		if y.former != 0 || y.state != Fulfilled && y.state != EnteredInError {
			f.Have = 0
		}
		c.broken(f)
	}
}
