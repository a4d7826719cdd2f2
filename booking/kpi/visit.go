package kpi

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// applyMade adds a visit.
func (p *Projection) applyMade(e *booking.Event) error {
	if int64(e.Appointment()) != int64(len(p.visits))+1 {
		return fmt.Errorf("appointment %d after %d", e.Appointment(), len(p.visits))
	}
	if err := p.checkRun(e); err != nil {
		return err
	}
	if c := e.Bear().Channel(); c == 0 || int(c) > len(p.names[booking.ClassName]) {
		return fmt.Errorf("channel %d: not introduced", c)
	}
	v := visit{bear: e.Bear(), state: booking.Held, addOn: e.IsAddOn(), requested: e.At()}
	switch e.Kind() {
	case booking.AppointmentBooked:
		v.state, v.everBooked = booking.Booked, true
	case booking.AppointmentOffered:
		v.state = booking.Offered
	case booking.PatientReturned:
		v.state, v.back, v.arrived = booking.CheckedIn, true, e.At()
	}
	v.place(e)
	v.home = v.slot
	p.visits = append(p.visits, v)
	p.count(&v, 1)
	return nil
}

func (v *visit) place(e *booking.Event) {
	v.slot, v.count, v.class = e.Slot(), uint16(e.Count()), e.Class()
}

// checkRun: the slots that the event names must be there.
func (p *Projection) checkRun(e *booking.Event) error {
	s, err := p.session(e.Session())
	if err == nil && (e.Count() < 1 || int(e.Slot().N)+e.Count() > len(s.units)) {
		err = fmt.Errorf("slots %d and %d more of %d", e.Slot().N, e.Count()-1, len(s.units))
	}
	return err
}

// count adds what a visit fills (sign 1) or takes it off (-1), in units and in quotas. An add-on fills a unit of its own.
func (p *Projection) count(v *visit, sign int64) {
	if v.addOn || v.noUnit || v.back || !v.state.Occupies() {
		return
	}
	s := &p.sessions[v.slot.Session-1]
	for i := range s.units[v.slot.N : v.slot.N+v.count] {
		u := &s.units[int(v.slot.N)+i]
		switch v.state {
		case booking.Held:
			u.held += sign
		case booking.Displaced, booking.Offered:
			u.offered += sign
		default:
			u.taken += sign
		}
	}
	for i := range s.quotas {
		q := &s.quotas[i]
		if v.bear.Has(q.Class) {
			q.borne += sign * int64(v.count)
		}
		if v.class == q.Class {
			q.charged += sign * int64(v.count)
		}
	}
}

// applyVisit moves a visit along its path.
func (p *Projection) applyVisit(e *booking.Event) error {
	id := e.Appointment()
	if id == 0 || int64(id) > int64(len(p.visits)) {
		return fmt.Errorf("appointment %d: unknown", id)
	}
	v := &p.visits[id-1]
	next := nextState(e, v)
	if !v.state.CanBecome(next) {
		return fmt.Errorf("appointment %d: %v cannot become %v", id, v.state, next)
	}
	newRun := moves(e)
	if newRun {
		if err := p.checkRun(e); err != nil {
			return err
		}
	}
	from, own := v.slot.Session, v.ownSlot(e)
	p.count(v, -1)
	switch e.Kind() {
	case booking.AppointmentRescheduled:
		v.reschedules++
		if e.IsLate() {
			v.lateReschedules++
		}
		v.noUnit = false
	case booking.AppointmentTransferred:
		v.transfer(e)
	case booking.AppointmentDisplaced:
		v.yields++
	case booking.OfferMade:
		if own {
			break // asked whether a substitute will do, or not asked any more
		}
		v.noUnit, v.addOn = e.Count() == 0, false
		v.arrived = 0 // whoever was here was here for what is closed
	case booking.AppointmentCancelled:
		v.late, v.byHospital = e.IsLate(), e.Party() == booking.ByHospital
		if v.state == booking.Held && p.sessions[from-1].isClosed() {
			p.unpaid = append(p.unpaid, displacement{from: from, channel: v.bear.Channel()})
		}
	case booking.OfferDeclined, booking.OfferLapsed:
		v.byHospital = v.state == booking.Displaced
	case booking.PatientArrived:
		v.arrived = e.At()
	case booking.ConsultationStarted:
		v.started = e.At()
	case booking.AppointmentFulfilled:
		v.done = e.At()
	}
	if newRun {
		v.place(e)
	}
	if !own {
		p.settle(v, e, from)
	}
	if e.Kind() == booking.OfferMade && e.IsMoved() {
		next = booking.Booked // displaced and, at once, booked again
	}
	settled := next == booking.Booked
	if settled && e.IsHere() {
		next, v.arrived = booking.CheckedIn, e.At()
	}
	v.state = next
	if settled {
		v.everBooked, v.home = true, v.slot
	}
	if k := e.Kind(); k == booking.AppointmentRescheduled || k == booking.AppointmentTransferred {
		v.home = v.slot
	}
	p.count(v, 1)
	return nil
}

// settle ends the displacement that waits, if this event ends it, and begins one if it is an offer.
func (p *Projection) settle(v *visit, e *booking.Event, from booking.Session) {
	if v.offer != 0 {
		p.displacements[v.offer-1].outcome = endOf(e.Kind())
		v.offer = 0
	}
	if e.Kind() != booking.OfferMade {
		return
	}
	d := displacement{from: from, channel: v.bear.Channel(), unplaced: e.Count() == 0, outcome: moved}
	if !e.IsMoved() {
		d.outcome = pending
		v.offer = len(p.displacements) + 1
	}
	p.displacements = append(p.displacements, d)
}

// endOf is how an event that a displaced visit can meet ends its displacement.
func endOf(k booking.Kind) outcome {
	switch k {
	case booking.OfferAccepted:
		return accepted
	case booking.OfferDeclined:
		return declined
	case booking.OfferLapsed:
		return lapsed
	case booking.AppointmentRescheduled:
		return rescheduled
	case booking.AppointmentCancelled:
		return cancelled
	case booking.AppointmentVoided:
		return voided
	}
	return again
}

// nextState is where an event leads. 0, which nothing can become, where it leads nowhere from the visit's state.
func nextState(e *booking.Event, v *visit) booking.State {
	offer := v.state == booking.Displaced
	switch e.Kind() {
	case booking.AppointmentPaid:
		if v.state == booking.Held {
			return booking.Booked
		}
	case booking.OfferAccepted:
		if (offer || v.state == booking.Offered) && !v.noUnit {
			return booking.Booked
		}
	case booking.OfferDeclined, booking.OfferLapsed:
		if offer || v.state == booking.Offered {
			return booking.Cancelled
		}
	case booking.AppointmentRescheduled:
		if v.state == booking.Held {
			return booking.Held
		}
		return booking.Booked
	case booking.AppointmentTransferred:
		if v.state == booking.CheckedIn || v.state == booking.InConsultation {
			return booking.CheckedIn
		}
	case booking.AppointmentDisplaced:
		if v.state == booking.Booked || v.state == booking.Confirmed {
			return booking.Booked
		}
	case booking.OfferMade:
		if e.Count() > 0 || !e.IsMoved() {
			return booking.Displaced
		}
	case booking.AppointmentConfirmed:
		return booking.Confirmed
	case booking.AppointmentCancelled:
		return booking.Cancelled
	case booking.HoldLapsed:
		return booking.Lapsed
	case booking.PatientArrived:
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
