package kpi

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// applyMoved follows a round of reallocation: units of reserve go from one class's line to another's, with their caps between the parts of a
// partition. The rule is package booking's.
func (p *Projection) applyMoved(e *booking.Event) error {
	s, err := p.session(e.Session())
	if err != nil || e.Number() == 0 {
		return err
	}
	var from, to *quota
	for i := range s.quotas {
		switch q := &s.quotas[i]; q.Class {
		case e.Class():
			from = q
		case e.OtherClass():
			to = q
		}
	}
	if from == nil || to == nil {
		return fmt.Errorf("class %d or %d: the session has no line for it", e.Class(), e.OtherClass())
	}
	n, kept := int64(e.Number()), max(int64(to.Reserve), to.charged)
	part := from.Capped && from.Cap == from.Reserve
	if part != (to.Capped && to.Cap == to.Reserve) || int64(from.Reserve)-from.charged < n || kept+n >= 1<<16 {
		return fmt.Errorf("%d units of class %d cannot go to class %d", n, e.Class(), e.OtherClass())
	}
	to.Reserve = uint16(kept + n)
	if part {
		from.Cap, to.Cap = from.Cap-uint16(n), to.Cap+uint16(n)
		to.Reserve = to.Cap
	}
	from.Reserve -= uint16(n)
	return nil
}

// newLine gives a session a line for a class that had none, with what is borne and charged already.
func (p *Projection) newLine(s *session, e *booking.Event) {
	line := quota{Quota: e.QuotaChange()}
	for i := range p.visits {
		v := &p.visits[i]
		if v.addOn || v.back || v.noUnit || !v.state.Occupies() || v.slot.Session != e.Session() {
			continue
		}
		if v.bear.Has(e.Class()) {
			line.borne += int64(v.count)
		}
		if v.class == e.Class() {
			line.charged += int64(v.count)
		}
	}
	s.quotas = append(s.quotas, line)
}
