package kpi

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// applyReserveMoved follows units of a reserve from one class to another; a round that moved none says 0.
func (p *Projection) applyReserveMoved(e *booking.Event) error {
	s, err := p.session(e.Session())
	if err != nil || e.Number() == 0 {
		return err
	}
	from, to := s.quota(e.Class()), s.quota(e.OtherClass())
	if from == nil || to == nil || e.Number() > uint32(from.Reserve) || uint32(to.Reserve)+e.Number() > 1<<16-1 {
		return fmt.Errorf("%d units of class %d to class %d: the session has no such reserve", e.Number(), e.Class(), e.OtherClass())
	}
	from.Reserve, to.Reserve = from.Reserve-uint16(e.Number()), to.Reserve+uint16(e.Number())
	return nil
}

func (s *session) quota(c booking.Class) *quota {
	for i := range s.quotas {
		if s.quotas[i].Class == c {
			return &s.quotas[i]
		}
	}
	return nil
}

// moves reports whether an event gives a visit another run of slots.
func moves(e *booking.Event) bool {
	switch e.Kind() {
	case booking.AppointmentRescheduled, booking.AppointmentTransferred, booking.AppointmentDisplaced:
		return true
	}
	return e.Kind() == booking.OfferMade && e.Count() > 0
}

// transfer makes of a visit what it is in the session that it was sent on to: arrived there, not begun.
func (v *visit) transfer(e *booking.Event) {
	v.transfers++
	v.addOn, v.back, v.everBooked = e.IsAddOn(), false, true
	v.arrived, v.started = e.At(), 0
}
