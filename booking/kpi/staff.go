package kpi

import (
	"errors"

	"github.com/haoyuan-go/haoyuan/booking"
)

// applyStaffed follows a substitute (替诊): a session counts for who is in it now.
func (p *Projection) applyStaffed(t *booking.Batch, e *booking.Event) error {
	s, err := p.session(e.Session())
	if err != nil {
		return err
	}
	staff, err := t.Staff(e)
	if err != nil {
		return err
	}
	for _, r := range staff.Resources {
		if r == 0 || int64(r) > int64(len(p.names[booking.ResourceName])) {
			return errors.New("a handle that was not introduced")
		}
	}
	s.opening.Resources, s.opening.Grade = staff.Resources, staff.Grade
	return nil
}

// ownSlot reports whether an offer is of what the visit has: the question whether a substitute will do, or that it is settled. Nobody is displaced by that.
func (v *visit) ownSlot(e *booking.Event) bool {
	return e.Kind() == booking.OfferMade && e.Count() > 0 && !v.noUnit && v.slot == e.Slot() && int(v.count) == e.Count()
}
