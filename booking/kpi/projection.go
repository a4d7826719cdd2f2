package kpi

import (
	"errors"
	"fmt"
	"time"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// Projection is what the events of a log so far add up to. Make one with New; it is not safe for use by several
// goroutines at once.
type Projection struct {
	zone     *time.Location
	clock    slots.Instant
	events   uint64
	names    [booking.SessionName + 1][]string // by kind and handle−1; persons and accounts stay out
	sessions []session                         // by handle−1
	visits   []visit                           // by id−1
	// displacements are in log order.
	displacements []displacement
	// unpaid are the sessions whose closing cancelled a hold, once for each hold, with the hold's channel.
	unpaid []displacement
}

// ErrLog is what Apply says of a batch that does not follow from those before it. The Projection must be thrown away.
var ErrLog = errors.New("kpi: batch does not fit this projection")

// New returns the projection of an empty log. Days between instants are counted on the calendar of zone.
func New(zone *time.Location) (*Projection, error) {
	if zone == nil {
		return nil, errors.New("kpi: zone: none given")
	}
	return &Projection{zone: zone}, nil
}

// Clock is the instant of the last applied event; zero before the first.
func (p *Projection) Clock() slots.Instant { return p.clock }

// Events is how many events have been applied since the log began.
func (p *Projection) Events() uint64 { return p.events }

// Apply takes the next batch of the log; an empty one changes nothing. The batch may be reused afterwards. Errors are
// ErrLog, with the number of the event from 0 and its kind. Cost: constant for an appointment's event.
func (p *Projection) Apply(t *booking.Batch) error {
	if t.Len() == 0 {
		return nil
	}
	if t.Base() != p.events {
		return fmt.Errorf("%w: it follows event %d, the projection is at %d", ErrLog, t.Base(), p.events)
	}
	for i := range t.Events() {
		e := &t.Events()[i]
		err := p.applyEvent(t, e)
		if err == nil && e.At() < p.clock {
			err = fmt.Errorf("at %v, before %v", e.At(), p.clock)
		}
		if err != nil {
			return fmt.Errorf("%w: event %d, %v: %w", ErrLog, p.events, e.Kind(), err)
		}
		p.clock = e.At()
		p.events++
	}
	return nil
}

func (p *Projection) applyEvent(t *booking.Batch, e *booking.Event) error {
	switch e.Kind() {
	case booking.Introduced:
		return p.introduce(t, e)
	case booking.SessionOpened:
		return p.open(t, e)
	case booking.Released, booking.SessionClosed, booking.SessionEnded, booking.Granted, booking.ReserveOpened, booking.QuotaChanged:
		return p.applySession(e)
	case booking.AppointmentHeld, booking.AppointmentBooked, booking.AppointmentOffered, booking.PatientReturned:
		return p.applyMade(e)
	case booking.SessionStaffed:
		return p.applyStaffed(t, e)
	case booking.ReserveMoved:
		return p.applyMoved(e)
	case booking.UnitRested, booking.UnitReturned:
		return p.applyRest(e)
	case booking.RulesAdopted, booking.ReserveShort, booking.HolderRestricted, booking.DaysRetired, booking.ClockMoved,
		booking.EntryJoined, booking.EntryApproved, booking.EntryServed, booking.EntryEnded, booking.WaitlistPassed,
		booking.RestrictionEnded, booking.PersonDescribed, booking.PersonsMerged, booking.AppointmentsLinked, booking.ReminderDue:
		return nil // they change no figure
	}
	if !e.Kind().IsValid() {
		return errors.New("unknown kind")
	}
	return p.applyVisit(e)
}

func (p *Projection) introduce(t *booking.Batch, e *booking.Event) error {
	k := e.NameKind()
	if !k.IsValid() {
		return fmt.Errorf("%v: unknown kind of name", k)
	}
	if k == booking.PersonName || k == booking.AccountName {
		return nil
	}
	if int64(e.Number()) != int64(len(p.names[k]))+1 {
		return fmt.Errorf("%v %d after %d", k, e.Number(), len(p.names[k]))
	}
	p.names[k] = append(p.names[k], t.Text(e))
	return nil
}

func (p *Projection) open(t *booking.Batch, e *booking.Event) error {
	o, err := t.Opening(e)
	if err != nil {
		return err
	}
	if int64(e.Session()) != int64(len(p.sessions))+1 || len(p.names[booking.SessionName]) != int(e.Session()) {
		return fmt.Errorf("session %d after %d", e.Session(), len(p.sessions))
	}
	if len(o.Slots) == 0 {
		return fmt.Errorf("session %d has no slots", e.Session())
	}
	if err := p.checkHandles(&o); err != nil {
		return err
	}
	s := session{opening: o, units: make([]units, len(o.Slots))}
	for _, q := range o.Quotas {
		s.quotas = append(s.quotas, quota{Quota: q})
	}
	p.sessions = append(p.sessions, s)
	return nil
}

func (p *Projection) checkHandles(o *booking.Opening) error {
	known := func(k booking.NameKind, handle uint32) bool { return int64(handle) <= int64(len(p.names[k])) }
	ok := known(booking.DepartmentName, uint32(o.Department)) && known(booking.ServiceName, uint32(o.Service))
	for _, r := range o.Resources {
		ok = ok && r != 0 && known(booking.ResourceName, uint32(r))
	}
	if !ok {
		return errors.New("a handle that was not introduced")
	}
	return nil
}

func (p *Projection) session(id booking.Session) (*session, error) {
	if id == 0 || int64(id) > int64(len(p.sessions)) {
		return nil, fmt.Errorf("session %d: not opened", id)
	}
	return &p.sessions[id-1], nil
}

// applyRest follows a unit that was given back: until it returns, nobody can book it.
func (p *Projection) applyRest(e *booking.Event) error {
	s, err := p.session(e.Session())
	if err != nil {
		return err
	}
	n := int(e.Slot().N)
	if n >= len(s.units) {
		return fmt.Errorf("slot %d of %d", n, len(s.units))
	}
	if e.Kind() == booking.UnitRested {
		s.units[n].resting++
		return nil
	}
	if s.units[n].resting == 0 {
		return fmt.Errorf("slot %d: nothing rests in it", n)
	}
	s.units[n].resting--
	return nil
}

func (p *Projection) applySession(e *booking.Event) error {
	s, err := p.session(e.Session())
	if err != nil {
		return err
	}
	switch e.Kind() {
	case booking.Released:
		s.released = true
	case booking.SessionClosed:
		s.closedAt = e.At()
	case booking.SessionEnded:
		s.ended = true
	case booking.Granted:
		n := int(e.Slot().N)
		if n >= len(s.units) {
			return fmt.Errorf("slot %d of %d", n, len(s.units))
		}
		s.units[n].granted += int64(e.Number())
	default:
		for i := range s.quotas {
			q := &s.quotas[i]
			switch {
			case q.Class != e.Class():
			case e.Kind() == booking.ReserveOpened:
				q.opened = true
				return nil
			default:
				q.Quota, q.opened = e.QuotaChange(), false
				return nil
			}
		}
		if e.Kind() == booking.ReserveOpened || e.Class() == 0 {
			return fmt.Errorf("class %d: the session has no line for it", e.Class())
		}
		p.newLine(s, e)
	}
	return nil
}
