package kpi

import (
	"github.com/haoyuan-go/haoyuan/booking"
)

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
