package explain

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// This file follows the supply: sessions, what their slots carry, and what is kept for whom. It is a projection of the log, so
// that what was free when a number was given can be told years later, without a Book and its rules.

// session is one session as the log tells it.
type session struct {
	opening                 booking.Opening
	units                   []units // beside opening.Slots
	quotas                  []quota // in rule order
	released, closed, ended bool
	entries                 []entry // what happened to it
	staffed                 []staffed
}

// units is what one slot carries beside its capacity.
type units struct{ granted, occupied, resting int64 }

// quota is one class's line and what is used of it.
type quota struct {
	booking.Quota
	opened         bool
	charged, borne int64
}

// run is a run of slots; Count 0 is none.
type run struct {
	slot  booking.Slot
	count uint16
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

func (t *Teller) open(w *reading, e *booking.Event) error {
	o, err := w.batch.Opening(e)
	if err != nil {
		return err
	}
	if int64(e.Session()) != int64(len(t.sessions))+1 {
		return fmt.Errorf("session %d after %d", e.Session(), len(t.sessions))
	}
	if len(o.Slots) == 0 {
		return fmt.Errorf("session %d has no slots", e.Session())
	}
	s := session{opening: o, units: make([]units, len(o.Slots))}
	for _, q := range o.Quotas {
		s.quotas = append(s.quotas, quota{Quota: q})
	}
	s.entries = append(s.entries, t.entry(w, e, Asked))
	t.sessions = append(t.sessions, s)
	return nil
}

func (t *Teller) readSession(w *reading, e *booking.Event) error {
	s, err := t.session(e.Session())
	if err != nil {
		return err
	}
	cause := Asked
	if e.Due() != 0 {
		cause = OnTime
	}
	switch e.Kind() {
	case booking.Released:
		s.released = true
	case booking.SessionClosed:
		s.closed, w.closes = true, e.Session()
	case booking.SessionEnded:
		s.ended = true
	case booking.Granted:
		n := int(e.Slot().N)
		if n >= len(s.units) {
			return fmt.Errorf("slot %d of %d", n, len(s.units))
		}
		s.units[n].granted += int64(e.Number())
	case booking.UnitReturned:
		n := int(e.Slot().N)
		if n >= len(s.units) || s.units[n].resting == 0 {
			return fmt.Errorf("slot %d: nothing rests in it", n)
		}
		s.units[n].resting--
	case booking.ReserveMoved:
		return t.readMoved(w, e, s)
	case booking.ReserveOpened, booking.QuotaChanged:
		q := s.quota(e.Class())
		if q == nil && e.Kind() == booking.QuotaChanged && e.Class() != 0 {
			q = t.newLine(s, e)
		}
		if q == nil {
			return fmt.Errorf("class %d: the session has no line for it", e.Class())
		}
		if q.opened = e.Kind() == booking.ReserveOpened; !q.opened {
			q.Quota = e.QuotaChange()
		}
	}
	s.entries = append(s.entries, t.entry(w, e, cause))
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

// minutes is the planned length, to the end of the last slot or beyond.
func (s *session) minutes() int {
	last := s.opening.Slots[len(s.opening.Slots)-1]
	return max(int(s.opening.Minutes), int(last.OffsetMinutes)+int(last.Minutes))
}

// closes is when a slot closes for booking.
func (s *session) closes(n int) sl.Instant {
	o := &s.opening
	at := o.Start.AddMinutes(int(o.Slots[n].OffsetMinutes))
	if o.Counted {
		at = o.Start.AddMinutes(s.minutes())
	}
	at = at.AddMinutes(-int(o.LeadMinutes))
	if o.Close != 0 {
		at = min(at, o.Close)
	}
	return at
}

// free is the room over the slots that are released, open and not past their booking close.
func (s *session) free(at sl.Instant) (free int64) {
	if !s.released || s.closed || s.ended {
		return 0
	}
	for n := range s.units {
		if at < s.closes(n) {
			free += max(0, int64(s.opening.Slots[n].Capacity)+s.units[n].granted-s.units[n].occupied-s.units[n].resting)
		}
	}
	return free
}

// charge is how a number of so many units is counted that the Book charged to a class at an instant.
func (s *session) charge(c booking.Class, count uint16, addOn bool, at sl.Instant) Charge {
	g := Charge{From: Beside, Class: c, Free: s.free(at)}
	if addOn {
		return g
	}
	left := g.Free
	for i := range s.quotas {
		q := &s.quotas[i]
		kept := min(q.due(), left)
		left -= kept
		if q.Class == c {
			g.Kept, g.Quota = kept, q.Quota
		}
	}
	switch {
	case g.Kept >= int64(count):
		g.From = FromReserve
	case g.Kept > 0:
		g.From = FromBoth
	default:
		g.From = FromRest
	}
	return g
}

// fill adds (sign 1) or takes off (-1) an appointment's units.
func (s *session) fill(x *appointment, sign int64) {
	for n := x.at.slot.N; n < x.at.slot.N+x.at.count; n++ {
		s.units[n].occupied += sign
	}
	for i := range s.quotas {
		q := &s.quotas[i]
		if x.bear.Has(q.Class) {
			q.borne += sign * int64(x.at.count)
		}
		if x.class == q.Class {
			q.charged += sign * int64(x.at.count)
		}
	}
}

// placeOf is a run of slots as people knew it when an event, by its number in the log, had happened; of count 0, the session.
func (t *Teller) placeOf(id booking.Session, at run, when uint64) Place {
	s := &t.sessions[id-1]
	o := &s.opening
	p := Place{Session: id, Date: o.Date, Start: o.Start, Minutes: s.minutes(), Counted: o.Counted, Department: o.Department,
		Service: o.Service, Site: o.Site, Resources: s.staffAt(when)}
	if at.count == 0 {
		for _, x := range o.Slots {
			p.Units += int64(x.Capacity)
		}
		return p
	}
	p.Slot, p.Count = at.slot, int(at.count)
	if !o.Counted {
		first, last := o.Slots[at.slot.N], o.Slots[at.slot.N+at.count-1]
		p.Start = o.Start.AddMinutes(int(first.OffsetMinutes))
		p.Minutes = int(last.OffsetMinutes) + int(last.Minutes) - int(first.OffsetMinutes)
	}
	return p
}
