package kpi

import (
	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// session is one session as the log tells it.
type session struct {
	opening  booking.Opening
	units    []units // beside opening.Slots
	quotas   []quota // in rule order
	released bool
	ended    bool
	closedAt slots.Instant // zero while it is not closed
}

func (s *session) isClosed() bool { return s.closedAt != 0 }

// units is what one slot carries.
type units struct{ granted, taken, held, offered, resting int64 }

// room is what can still be booked into a slot of the given capacity.
func (u *units) room(capacity int64) int64 {
	return max(0, capacity+u.granted-u.taken-u.held-u.offered-u.resting)
}

// quota is one class's line and what is used of it.
type quota struct {
	booking.Quota
	opened         bool
	charged, borne int64
}

// due is the part of the reserve that others must leave alone: the quota rule of package booking.
func (q *quota) due() int64 {
	if q.opened {
		return 0
	}
	d := int64(q.Reserve) - q.charged
	if q.Capped {
		d = min(d, int64(q.Cap)-q.borne)
	}
	return max(0, d)
}

// visit is one appointment as the log tells it. Nothing in it says whose it is.
type visit struct {
	bear  booking.Bearing
	state booking.State
	// slot is the first of count units that the visit fills, or that are offered to it; noUnit where nothing was offered.
	slot   booking.Slot
	count  uint16
	class  booking.Class
	noUnit bool
	addOn  bool
	back   bool // a return with results, without a number
	// home is where the visit counts in reports: slot, except that a displaced visit stays where it was until it has another.
	home booking.Slot
	// everBooked: taken or paid, not held only.
	everBooked bool
	late       bool
	byHospital bool
	// offer is 1 + the index of the displacement that waits for its end.
	offer int
	// reschedules at the patient's wish, and how many of them came late; transfers after check-in; moves for an emergency's sake.
	reschedules, lateReschedules, transfers, yields int64

	requested slots.Instant
	arrived   slots.Instant
	started   slots.Instant
	done      slots.Instant
}

// outcome is how a displacement ended.
type outcome uint8

const (
	pending outcome = 1 + iota
	accepted
	declined
	lapsed
	moved
	rescheduled
	cancelled
	voided
	again
)

// displacement is one OfferMade and what became of it.
type displacement struct {
	from     booking.Session // whose closing displaced
	channel  booking.Class
	unplaced bool
	outcome  outcome
}
