package booking

import (
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// enter adds an appointment's units and quota use to the session it lies in, and lists it there.
func (b *Book) enter(id Appointment, x *appointment) {
	s := b.sessions.at(uint32(x.session))
	head := &s.slots()[x.slot].head
	x.nextInSlot, *head = *head, id
	b.count(x, s, 1)
}

// leave undoes enter, and nothing else.
func (b *Book) leave(id Appointment, x *appointment) {
	s := b.sessions.at(uint32(x.session))
	at := &s.slots()[x.slot].head
	for *at != id {
		at = &b.appointments.at(uint32(*at)).nextInSlot
	}
	*at, x.nextInSlot = x.nextInSlot, 0
	b.count(x, s, -1)
}

// count adds an appointment's units (sign 1) or takes them off (-1): in its slots, in the session's free room, in the
// quotas of every class it bears and of the one it is charged to.
func (b *Book) count(x *appointment, s *session, sign int32) {
	if x.addOn() {
		s.addOns = uint16(int32(s.addOns) + sign)
		return
	}
	use := x.use()
	if use == usesNone {
		return
	}
	run := s.slots()[x.slot : x.slot+x.count]
	change := int32(0)
	for i := range run {
		change -= run[i].room(0)
		c := run[i].bucket(use)
		*c = uint16(int32(*c) + sign)
		change += run[i].room(0)
	}
	b.addFree(x.session, s, change)
	units := sign * int32(x.count)
	quotas := s.quotas()
	for i := range quotas {
		q := &quotas[i]
		if x.bear.Has(q.class) {
			q.borne = uint16(int32(q.borne) + units)
		}
		if x.charge == q.class {
			q.charged = uint16(int32(q.charged) + units)
		}
	}
}

// addFree changes a session's free room and keeps the bits of the lines that list it.
func (b *Book) addFree(id Session, s *session, change int32) {
	was := s.bookable() && s.free > 0
	s.free += change
	b.showOpen(id, s, was)
}

// showOpen sets the session's bit in each line that lists it, if it changed.
func (b *Book) showOpen(id Session, s *session, was bool) {
	if is := s.bookable() && s.free > 0; is != was {
		b.lines(s, func(l *line) { l.setOpen(s.start, id, is) })
	}
}

// applyOpened adds a session whose name the event before introduced.
func (b *Book) applyOpened(t *Batch, e *Event) bool {
	side, ok := t.sideOf(e)
	o := &b.opening
	if !ok || uint32(e.session) != b.sessions.next() || int(e.session) != b.names[SessionName].len() ||
		decodeOpening(side, o) != nil || o.problems() != nil || b.unknownIn(nil, o) != nil {
		return false
	}
	last := o.Slots[len(o.Slots)-1]
	p := b.addSession()
	*p = session{
		far:   p.far,
		start: o.Start, close: o.Close, cancelBy: o.CancelBy, release: o.Release, end: o.End,
		leadMinutes: o.LeadMinutes, cancelLeadMinutes: o.CancelLeadMinutes, kind: o.Kind, grade: o.Grade, addOnMax: o.AddOns,
		minutes: max(o.Minutes, last.OffsetMinutes+last.Minutes), date: o.Date,
		department: o.Department, service: o.Service, site: o.Site,
	}
	if o.Counted {
		p.flags = sessionCounted
	}
	p.size(len(o.Slots), len(o.Quotas), len(o.Resources))
	run := p.slots()
	for i, x := range o.Slots {
		run[i] = slot{offsetMinutes: x.OffsetMinutes, minutes: x.Minutes, capacity: x.Capacity, only: x.Only}
		p.free += int32(x.Capacity)
	}
	p.firstClose = p.slotClose(&run[0])
	quotas := p.quotas()
	for i, q := range o.Quotas {
		quotas[i] = quota{class: q.Class, reserve: q.Reserve, cap: q.Cap, flags: quotaFlagsOf(q)}
		p.opens()[i] = q.OpenAt
		p.setFrom(i, q.From)
	}
	p.far.promised = o.Grade
	p.far.pauses = slices.Clone(o.Pauses)
	p.far.eligible, p.far.reminders, p.far.reallocate = o.Eligible, slices.Clone(o.Reminders), slices.Clone(o.Reallocate)
	p.far.reminded = remindedBy(o.Reminders, e.at)
	p.noteTimes()
	copy(p.resources(), o.Resources)
	b.lines(p, func(l *line) { l.insert(p.start, e.session, int32(p.minutes)) })
	b.dueSet(&p.dueAt, b.nextDue(e.session, p))
	return true
}

// applySession changes a session that is not retired.
func (b *Book) applySession(e *Event) bool {
	if !b.sessions.has(uint32(e.session)) {
		return false
	}
	s := b.sessions.at(uint32(e.session))
	if s.flags&(sessionClosed|sessionEnded|sessionRetired) != 0 {
		return false
	}
	was := s.bookable() && s.free > 0
	switch e.kind {
	case Released:
		if s.far.out = e.when(); s.far.out == 0 {
			return false
		}
		s.flags |= sessionReleased
	case SessionClosed:
		s.flags |= sessionClosed
		s.wakeRests()
	case SessionEnded:
		s.flags |= sessionEnded
		s.wakeRests()
	case Granted:
		if e.slot >= s.slotN || e.number > MaxSessionUnits {
			return false
		}
		x := &s.slots()[e.slot]
		total := e.number
		for _, y := range s.slots() {
			total += uint32(y.capacity) + uint32(y.granted)
		}
		if total > MaxSessionUnits {
			return false
		}
		s.free -= x.room(0)
		x.granted += uint16(e.number)
		s.free += x.room(0)
	default:
		i := s.quotaIndex(e.class)
		if i < 0 && e.kind == QuotaChanged {
			i = b.addQuota(e.session, s, e.class)
		}
		if i < 0 {
			return false
		}
		q := &s.quotas()[i]
		if e.kind == ReserveOpened {
			q.flags |= quotaOpened
			break
		}
		n := e.QuotaChange()
		q.reserve, q.cap, q.flags = n.Reserve, n.Cap, quotaFlagsOf(n)
		s.opens()[i] = n.OpenAt
		s.setFrom(i, n.From)
		s.noteTimes()
	}
	b.showOpen(e.session, s, was)
	b.dueSet(&s.dueAt, b.nextDue(e.session, s))
	if s.flags&(sessionClosed|sessionEnded) == 0 {
		b.changed(e.session, e)
	} else {
		s.far.lookAt = 0
	}
	return true
}

func (s *session) quotaIndex(c Class) int {
	for i, q := range s.quotas() {
		if q.class == c {
			return i
		}
	}
	return -1
}

// applyRetired forgets the sessions before a date: their slots and quotas at once, their records and appointments once
// they are older than any limit's window. What stays is moved together, so that memory follows what is live.
func (b *Book) applyRetired(e *Event) bool {
	before, keep := e.Before(), sl.DateFromNumber(int32(e.extra))
	if !before.IsValid() || !keep.IsValid() || !b.retiredBefore.Before(before) || before.Before(keep) || b.pendingBefore(before, e.at) > 0 {
		return false
	}
	b.retiredBefore = before
	for id := b.sessions.dropped + 1; b.sessions.has(id); id++ {
		s := b.sessions.at(id)
		if s.flags&sessionRetired == 0 && s.date.Before(before) {
			b.dueSet(&s.dueAt, dueItem{})
			s.flags |= sessionRetired
			resources, promised := slices.Clone(s.resources()), s.far.promised // limits may still ask for them
			s.size(0, 0, len(resources))
			copy(s.resources(), resources)
			s.far.promised = promised
			s.noteTimes()
			s.free, s.addOns = 0, 0
		}
	}
	b.forgetAppointments(keep)
	b.retireCooling(keep, e.at)
	b.forgetEntries()
	last := b.sessions.dropped
	for b.sessions.has(last+1) && b.sessions.at(last+1).flags&sessionRetired != 0 && b.sessions.at(last+1).date.Before(keep) {
		last++
	}
	b.sessions.dropTo(last)
	b.fars.dropTo(last)
	live := func(id Session) bool {
		return b.sessions.has(uint32(id)) && b.sessions.at(uint32(id)).flags&sessionRetired == 0
	}
	for _, lines := range [][]line{b.byResource, b.byDepartment, b.byService} {
		for i := range lines {
			lines[i].keep(live)
			lines[i].longestMinutes = 0
			for _, id := range lines[i].sessions {
				lines[i].longestMinutes = max(lines[i].longestMinutes, int32(b.sessions.at(uint32(id)).minutes))
			}
		}
	}
	return true
}

// forgetAppointments unlists what is older than keep and drops it from the front of the table.
func (b *Book) forgetAppointments(keep sl.Date) {
	for id := b.appointments.dropped + 1; id < b.appointments.next(); id++ {
		x := b.appointments.at(id)
		if !x.date.Before(keep) || x.flags&appointmentForgotten != 0 {
			continue
		}
		if stateTable[x.state].unit != usesNone {
			b.forgetOf(x.person, keep)
		}
		x.flags |= appointmentForgotten
	}
	last := b.appointments.dropped
	for b.appointments.has(last+1) && b.appointments.at(last+1).flags&appointmentForgotten != 0 {
		last++
	}
	b.appointments.dropTo(last)
}

// pendingBefore counts what is not over before a date: appointments, and sessions whose time is still to run.
func (b *Book) pendingBefore(d sl.Date, at sl.Instant) (pending int32) {
	for id := b.sessions.dropped + 1; b.sessions.has(id); id++ {
		s := b.sessions.at(id)
		if s.flags&sessionRetired != 0 || !s.date.Before(d) {
			continue
		}
		if s.flags&(sessionClosed|sessionEnded) == 0 && s.ends() > at {
			pending++
		}
		b.inSession(Session(id), func(_ Appointment, x *appointment) {
			if !stateTable[x.state].terminal {
				pending++
			}
		})
	}
	return pending
}
