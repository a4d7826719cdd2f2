package booking

import (
	"errors"
	"fmt"
)

// rebuild makes counters, lists, indexes and the due queue from what a snapshot holds, and refuses what no Book could be.
func (b *Book) rebuild() error {
	if n := uint32(b.names[SessionName].len()) + 1; b.sessions.next() != n {
		return fmt.Errorf("%d session names, next session %d", n-1, b.sessions.next())
	}
	if b.appointments.last < b.appointments.dropped {
		return errors.New("appointments: more than there are ids")
	}
	if err := b.rebuildPeople(); err != nil {
		return err
	}
	b.byResource = make([]line, b.names[ResourceName].len())
	b.byDepartment = make([]line, b.names[DepartmentName].len())
	b.byService = make([]line, b.names[ServiceName].len())
	first := b.sessions.dropped + 1
	for id := Session(first); b.sessions.has(uint32(id)); id++ {
		if (uint32(id)-first)%aheadN == 0 {
			b.fetched = b.fetchSessions(uint32(id))
		}
		if err := b.rebuildSession(id); err != nil {
			return fmt.Errorf("session %d: %w", id, err)
		}
	}
	first = b.appointments.dropped + 1
	for id := Appointment(first); b.appointments.has(uint32(id)); id++ {
		if (uint32(id)-first)%aheadN == 0 {
			b.fetched = b.fetchAppointments(uint32(id))
		}
		if err := b.rebuildAppointment(id); err != nil {
			return fmt.Errorf("appointment %d: %w", id, err)
		}
	}
	for id := Appointment(b.appointments.dropped) + 1; b.appointments.has(uint32(id)); id++ {
		if b.appointments.at(uint32(id)).linked != 0 && !b.ringHolds(id) {
			return fmt.Errorf("appointment %d: linked with what it cannot be", id)
		}
	}
	if b.entries.last < b.entries.dropped {
		return errors.New("entries: more than there are ids")
	}
	for id := Entry(b.entries.dropped) + 1; b.entries.has(uint32(id)); id++ {
		if err := b.rebuildEntry(id); err != nil {
			return fmt.Errorf("entry %d: %w", id, err)
		}
	}
	return nil
}

func (b *Book) rebuildSession(id Session) error {
	s := b.sessions.at(uint32(id))
	o := &b.opening
	quotas, run := o.Quotas[:0], o.Slots[:0]
	*o = Opening{Quotas: quotas, Slots: run, Date: s.date, Start: s.start, Kind: s.kind, Grade: s.grade, Department: s.department, Service: s.service,
		Site: s.site, Release: s.release, Close: s.close, CancelBy: s.cancelBy, CancelLeadMinutes: s.cancelLeadMinutes, End: s.end,
		Resources: s.resources(), Pauses: s.far.pauses, Eligible: s.far.eligible, Reminders: s.far.reminders, Reallocate: s.far.reallocate}
	for i, q := range s.quotas() {
		if q.flags&^(quotaCapped|quotaCapLifts|quotaOpened) != 0 {
			return errors.New("quota flags out of range")
		}
		o.Quotas = append(o.Quotas, Quota{Class: q.class, Reserve: q.reserve, Cap: q.cap, Capped: q.flags&quotaCapped != 0,
			OpenAt: s.opens()[i], CapLifts: q.flags&quotaCapLifts != 0, From: s.from(i)})
	}
	if !s.far.promised.IsValid() {
		return fmt.Errorf("promised grade %d: none", s.far.promised)
	}
	if int(s.far.reminded) > len(s.far.reminders) || int(s.far.reallocated) > len(s.far.reallocate) {
		return errors.New("more reminders or reallocations past than there are")
	}
	units := 0
	if err := s.countRests(); err != nil {
		return err
	}
	for _, x := range s.slots() {
		o.Slots = append(o.Slots, SlotSpec{x.offsetMinutes, x.minutes, x.capacity, x.only})
		units += int(x.capacity) + int(x.granted)
		s.free += x.room(0)
	}
	if s.slotN > 0 {
		s.firstClose = s.slotClose(&s.slots()[0])
	}
	retired := s.flags&sessionRetired != 0
	if !retired && (s.flags&sessionReleased != 0) != (s.far.out != 0) {
		return errors.New("released, and not since when; or the other way round")
	}
	if s.far.lookAt != 0 && s.flags&(sessionClosed|sessionEnded|sessionRetired) != 0 {
		return errors.New("over, and to be tried for those who wait")
	}
	if retired && (s.slotN != 0 || s.quotaN != 0 || len(s.far.pauses) != 0 || len(s.far.rests) != 0) {
		return errors.New("retired, with slots")
	}
	if retired {
		o.Slots = append(o.Slots, SlotSpec{Minutes: 1}) // the check below is for what is left
	} else {
		o.Minutes, o.Counted = s.minutes, s.flags&sessionCounted != 0
	}
	if err := errors.Join(o.problems(), b.unknownIn(nil, o)); err != nil {
		return err
	}
	if units > MaxSessionUnits || s.flags&^sessionStored != 0 {
		return errors.New("units or flags out of range")
	}
	o.Resources, o.Pauses, o.Reminders, o.Reallocate = nil, nil, nil, nil // they are the session's own
	s.noteTimes()
	if retired {
		s.free = 0
		return nil
	}
	b.lines(s, func(l *line) { l.insert(s.start, id, int32(s.minutes)) })
	b.showOpen(id, s, false)
	b.dueSet(&s.dueAt, b.nextDue(id, s))
	return nil
}

func (b *Book) rebuildAppointment(id Appointment) error {
	x := b.appointments.at(uint32(id))
	if !x.state.IsValid() || !x.bear.canonical() || x.person == 0 || uint32(x.person) > uint32(len(b.persons)) ||
		uint32(x.account) > uint32(len(b.accounts)) || x.flags&^appointmentFlagsAll != 0 || uint32(x.booker) > uint32(len(b.persons)) {
		return errors.New("state, bearing, holder or flags out of range")
	}
	if x.flags&appointmentForgotten != 0 {
		if !stateTable[x.state].terminal {
			return errors.New("not over, and forgotten")
		}
		return nil
	}
	if !b.sessions.has(uint32(x.session)) {
		return fmt.Errorf("session %d: not there", x.session)
	}
	s := b.sessions.at(uint32(x.session))
	if s.date != x.date {
		return errors.New("date: not its session's")
	}
	if s.flags&sessionRetired == 0 {
		if x.count < 1 || int(x.slot)+int(x.count) > int(s.slotN) {
			return fmt.Errorf("slots %d+%d: the session has %d", x.slot, x.count, s.slotN)
		}
		start, minutes := s.runTime(x.slot, x.count)
		if start != x.start || minutes != x.minutes {
			return errors.New("time or date: not its session's")
		}
	} else if !stateTable[x.state].terminal {
		return errors.New("not over, in a retired session")
	}
	if noUnit := x.flags&appointmentNoUnit != 0; noUnit && (x.addOn() || x.state != Displaced && x.state.Occupies()) {
		return fmt.Errorf("%v without a unit", x.state)
	}
	if err := b.checkReturn(id, x); err != nil {
		return err
	}
	if stateTable[x.state].unit == usesNone {
		return nil
	}
	if b.isAlias(x.person) {
		return fmt.Errorf("person %d: merged into another", x.person)
	}
	b.listHolders(id, x)
	if s.flags&sessionRetired == 0 {
		head := &s.slots()[x.slot].head
		x.nextInSlot, *head = *head, id
		if s.addOns == 1<<16-1 {
			return errors.New("too many add-ons")
		}
		for _, y := range s.slots()[x.slot : x.slot+x.count] {
			if y.occupied() >= 1<<16-1 {
				return errors.New("slot over all bounds")
			}
		}
		b.count(x, s, 1)
	}
	if x.state == Held || x.state == Displaced || x.state == Offered {
		if x.until == 0 {
			return fmt.Errorf("%v without a deadline", x.state)
		}
		b.dueSet(&x.dueAt, due(x.until, rankLapse, uint32(id)))
	}
	return nil
}
