package explain

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// appointment is one appointment as the log tells it.
type appointment struct {
	bear    booking.Bearing
	at      run // count 0: nothing was offered
	until   sl.Instant
	person  booking.Person
	account booking.Account
	class   booking.Class
	state   booking.State
	addOn   bool
	back    bool // a return with results, without a number
	asked   bool // whether a substitute will do
}

// fills reports whether it takes units that are counted.
func (x *appointment) fills() bool {
	return !x.addOn && !x.back && x.at.count > 0 && x.state.Occupies()
}

// readAppointment takes an event of an appointment.
func (t *Teller) readAppointment(w *reading, e *booking.Event) error {
	id := e.Appointment()
	k := e.Kind()
	made := k == booking.AppointmentHeld || k == booking.AppointmentBooked || k == booking.AppointmentOffered || k == booking.PatientReturned
	switch {
	case made && int64(id) != int64(len(t.appointments))+1:
		return fmt.Errorf("appointment %d after %d", id, len(t.appointments))
	case made:
		t.appointments = append(t.appointments, appointment{bear: e.Bear(), person: e.Person(), account: e.Account(), addOn: e.IsAddOn(),
			back: k == booking.PatientReturned})
	case id == 0 || int64(id) > int64(len(t.appointments)):
		return fmt.Errorf("appointment %d: unknown", id)
	}
	x := &t.appointments[id-1]
	switch k {
	case booking.UnitRested:
		return t.readRested(w, e, x)
	case booking.EntryServed:
		return t.readConsequence(w, e, x, run{})
	case booking.ReminderDue:
		return t.readConsequence(w, e, x, run{})
	}
	next := nextState(e, x)
	if next == 0 || !made && !reaches(x, e, next) {
		return fmt.Errorf("appointment %d: %v is not followed by it", id, x.state)
	}
	entry := t.entry(w, e, x.cause(w, e))
	own := x.ownSlot(e)
	entry.back = x.back
	entry.waited, entry.asked = x.state == booking.Offered, own || x.asked
	entry.from = x.at
	if x.fills() {
		t.sessions[x.at.slot.Session-1].fill(x, -1)
	}
	if err := t.place(x, e, &entry.charge, t.followed(id)); err != nil {
		return err
	}
	x.asked = own && next == booking.Displaced
	x.state, x.until = next, e.Until()
	if next != booking.Held && next != booking.Displaced && next != booking.Offered {
		x.until = 0
	}
	if x.fills() {
		t.sessions[x.at.slot.Session-1].fill(x, 1)
	}
	if !t.followed(id) {
		return nil
	}
	entry.state, entry.place, entry.keyed = x.state, x.at, w.key()
	t.told[id] = append(t.told[id], entry)
	return nil
}

// readRested takes what an appointment left behind: no step of its own, and nobody's until it returns.
func (t *Teller) readRested(w *reading, e *booking.Event, x *appointment) error {
	s, err := t.session(e.Session())
	if err != nil {
		return err
	}
	n := e.Slot().N
	if int(n) >= len(s.units) {
		return fmt.Errorf("slot %d of %d", n, len(s.units))
	}
	s.units[n].resting++
	return t.readConsequence(w, e, x, run{e.Slot(), 1})
}

// readConsequence takes an event that belongs to an appointment and changes nothing of it.
func (t *Teller) readConsequence(w *reading, e *booking.Event, _ *appointment, from run) error {
	return t.readConsequenceOf(w, e, e.Appointment(), from)
}

// readConsequenceOf does so for an appointment that the event need not name.
func (t *Teller) readConsequenceOf(w *reading, e *booking.Event, id booking.Appointment, from run) error {
	if !t.followed(id) {
		return nil
	}
	x := &t.appointments[id-1]
	entry := t.entry(w, e, Consequence)
	entry.state, entry.place, entry.from = x.state, x.at, from
	entry.keyed = w.key()
	t.told[id] = append(t.told[id], entry)
	return nil
}

// reaches reports whether the state table allows the step. An offer that takes effect at once goes by way of Displaced.
func reaches(x *appointment, e *booking.Event, next booking.State) bool {
	if e.Kind() == booking.OfferMade {
		next = booking.Displaced
	}
	return x.state.CanBecome(next)
}

// place puts an appointment where the event says, if it says so, and works out how that was counted, if anyone will ask.
func (t *Teller) place(x *appointment, e *booking.Event, to *Charge, asked bool) error {
	switch e.Kind() {
	default:
		return nil
	case booking.AppointmentHeld, booking.AppointmentBooked, booking.AppointmentOffered, booking.AppointmentRescheduled, booking.PatientReturned,
		booking.AppointmentDisplaced:
	case booking.AppointmentTransferred:
		x.addOn, x.back = e.IsAddOn(), false
	case booking.OfferMade:
		if x.ownSlot(e) {
			return nil // the number is as it was
		}
		x.addOn = false
		if e.Count() == 0 {
			x.at = run{}
			return nil
		}
	}
	s, err := t.session(e.Session())
	if err != nil {
		return err
	}
	if e.Count() < 1 || int(e.Slot().N)+e.Count() > len(s.units) {
		return fmt.Errorf("slots %d and %d more of %d", e.Slot().N, e.Count()-1, len(s.units))
	}
	x.at, x.class = run{e.Slot(), uint16(e.Count())}, e.Class()
	if asked {
		*to = s.charge(x.class, x.at.count, x.addOn || x.back, e.At())
	}
	return nil
}

// cause is why an appointment's event happened.
func (x *appointment) cause(w *reading, e *booking.Event) Cause {
	switch k := e.Kind(); {
	case x.ownSlot(e):
		return Substitution
	case k == booking.OfferMade, k == booking.AppointmentCancelled && w.closes != 0:
		return Closure
	case k == booking.AppointmentDisplaced:
		return Emergency
	case e.Due() == 0:
		return Asked
	case e.Due() != x.until || k == booking.PatientMissed:
		return SessionOver
	case k == booking.OfferLapsed:
		return Unanswered
	case k == booking.HoldLapsed:
		return Unpaid
	}
	return OnTime
}

// nextState is where an event leads; 0 where it leads nowhere.
func nextState(e *booking.Event, x *appointment) booking.State {
	switch e.Kind() {
	case booking.AppointmentHeld:
		return booking.Held
	case booking.AppointmentOffered:
		return booking.Offered
	case booking.AppointmentBooked, booking.AppointmentPaid, booking.AppointmentDisplaced:
		return booking.Booked
	case booking.AppointmentConfirmed:
		return booking.Confirmed
	case booking.AppointmentRescheduled:
		if x.state == booking.Held {
			return booking.Held
		}
		return settled(e)
	case booking.OfferAccepted:
		return settled(e)
	case booking.OfferMade:
		if e.IsMoved() {
			return settled(e)
		}
		return booking.Displaced
	case booking.AppointmentCancelled, booking.OfferDeclined, booking.OfferLapsed:
		return booking.Cancelled
	case booking.HoldLapsed:
		return booking.Lapsed
	case booking.PatientArrived, booking.AppointmentTransferred, booking.PatientReturned:
		return booking.CheckedIn
	case booking.ConsultationStarted:
		return booking.InConsultation
	case booking.AppointmentFulfilled:
		return booking.Fulfilled
	case booking.PatientMissed:
		return booking.NoShow
	case booking.AppointmentVoided:
		return booking.EnteredInError
	}
	return 0
}

// settled is the state of someone who has their new place.
func settled(e *booking.Event) booking.State {
	if e.IsHere() {
		return booking.CheckedIn
	}
	return booking.Booked
}
