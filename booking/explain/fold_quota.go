package explain

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// readMoved follows a round of reallocation: units of reserve go from one class's line to another's, with their caps between the parts of a
// partition. The rule is package booking's.
func (t *Teller) readMoved(w *reading, e *booking.Event, s *session) error {
	y := t.entry(w, e, OnTime)
	if e.Number() > 0 {
		g, err := w.batch.Grounds(e)
		if err != nil {
			return err
		}
		from, to, n := s.quota(e.Class()), s.quota(e.OtherClass()), int64(e.Number())
		if from == nil || to == nil {
			return fmt.Errorf("class %d or %d: the session has no line for it", e.Class(), e.OtherClass())
		}
		part := from.isPart()
		if kept := max(int64(to.Reserve), to.charged); part != to.isPart() || int64(from.Reserve)-from.charged < n || kept+n >= 1<<16 {
			return fmt.Errorf("%d units of class %d cannot go to class %d", n, e.Class(), e.OtherClass())
		}
		if part {
			from.Cap, to.Cap = from.Cap-uint16(n), to.Cap+uint16(n)
			to.Reserve = to.Cap
		} else {
			to.Reserve = uint16(max(int64(to.Reserve), to.charged) + n)
		}
		from.Reserve -= uint16(n)
		y.grounds = &g
	}
	s.entries = append(s.entries, y)
	return nil
}

// isPart reports whether the line is a part of a partition.
func (q *quota) isPart() bool { return q.Capped && q.Cap == q.Reserve }

// newLine gives a session a line for a class that had none, with what is borne and charged already.
func (t *Teller) newLine(s *session, e *booking.Event) *quota {
	line := quota{Quota: booking.Quota{Class: e.Class()}}
	for i := range t.appointments {
		x := &t.appointments[i]
		if x.at.count == 0 || x.at.slot.Session != e.Session() || !x.fills() {
			continue
		}
		if x.bear.Has(e.Class()) {
			line.borne += int64(x.at.count)
		}
		if x.class == e.Class() {
			line.charged += int64(x.at.count)
		}
	}
	s.quotas = append(s.quotas, line)
	return &s.quotas[len(s.quotas)-1]
}
