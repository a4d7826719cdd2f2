package booking

import "fmt"

// Apply makes a batch so. It is the only thing that changes a Book, and total on the batches that Decide gave for the
// Book's present state; batches of a log are applied in their order. Every event is checked against the state before it
// changes anything, so that a damaged log cannot corrupt memory or counters: on ErrBatch the Book has applied a part of the
// batch and must be thrown away. The batch may be reused afterwards. Cost: constant for an appointment's event.
func (b *Book) Apply(t *Batch) error {
	if len(t.events) == 0 {
		return nil
	}
	if t.base != b.events {
		return fmt.Errorf("%w: it follows event %d, the book is at %d", ErrBatch, t.base, b.events)
	}
	linked := false
	for i := range t.events {
		e := &t.events[i]
		if e.at < b.clock || !b.applyEvent(t, e) {
			return fmt.Errorf("%w: event %d, %v", ErrBatch, t.base+uint64(i)+1, e.kind)
		}
		linked = linked || e.appointment != 0 && b.isLinked(e.appointment)
		b.clock = e.at
		b.events++
	}
	if linked {
		if !b.ringsHold(t) {
			return fmt.Errorf("%w: a joint clinic comes apart", ErrBatch)
		}
		b.retryMoved(t)
	}
	if t.keyed {
		if b.keys.lifeSeconds == 0 {
			return fmt.Errorf("%w: keyed before rules were adopted", ErrBatch)
		}
		b.keys.add(keyRecord{key: t.key, caller: t.caller, print: [2]uint32{uint32(t.print), uint32(t.print >> 32)},
			appointment: t.reply.Appointment, count: t.reply.Count}, b.clock)
	}
	return nil
}

func (b *Book) applyEvent(t *Batch, e *Event) bool {
	switch e.kind {
	case AppointmentBooked, AppointmentHeld, AppointmentOffered:
		return b.applyMade(e)
	case AppointmentCancelled:
		return b.applyCancelled(e)
	case OfferDeclined, OfferLapsed:
		return b.applyState(e, Cancelled)
	case AppointmentPaid:
		return b.applyState(e, Booked)
	case OfferAccepted:
		return b.applyAccepted(e)
	case AppointmentConfirmed:
		return b.applyState(e, Confirmed)
	case HoldLapsed:
		return b.applyState(e, Lapsed)
	case PatientArrived:
		return b.applyState(e, CheckedIn)
	case ConsultationStarted:
		return b.applyState(e, InConsultation)
	case AppointmentFulfilled:
		return b.applyState(e, Fulfilled)
	case PatientMissed:
		return b.applyState(e, NoShow)
	case AppointmentVoided:
		return b.applyState(e, EnteredInError)
	case AppointmentRescheduled:
		return b.applyRescheduled(e)
	case OfferMade:
		return b.applyOffer(e)
	case Introduced:
		return b.applyIntroduced(t, e)
	case SessionOpened:
		return b.applyOpened(t, e)
	case Released, SessionClosed, SessionEnded, ReserveOpened, QuotaChanged, Granted:
		return b.applySession(e)
	case HolderRestricted:
		return b.applyRestricted(e)
	case RulesAdopted:
		return b.applyAdopted(t, e)
	case DaysRetired:
		return b.applyRetired(e)
	case EntryJoined, EntryApproved, EntryServed, EntryEnded, WaitlistPassed:
		return b.applyWaitlist(t, e)
	case UnitRested, UnitReturned:
		return b.applyRest(e)
	case RestrictionEnded:
		return b.applyRestrictionEnded(e)
	case PersonDescribed:
		return b.applyDescribed(e)
	case PersonsMerged:
		return b.applyMerged(e)
	case AppointmentTransferred:
		return b.applyTransferred(e)
	case PatientReturned:
		return b.applyReturned(e)
	case AppointmentsLinked:
		return b.applyLinked(e)
	case ReserveMoved:
		return b.applyReserveMoved(e)
	case ReminderDue:
		return b.applyReminded(e)
	case SessionStaffed:
		return b.applyStaffed(t, e)
	case AppointmentDisplaced:
		return b.applyDisplaced(e)
	case ReserveShort, ClockMoved:
		return true
	}
	return false
}

// applyMade adds an appointment.
func (b *Book) applyMade(e *Event) bool {
	if uint32(e.appointment) != b.appointments.next() || !b.hasRun(e) || !e.bear.canonical() ||
		!b.isHimself(e.person) || uint32(e.account) > uint32(len(b.accounts)) {
		return false
	}
	state := Booked
	switch e.kind {
	case AppointmentHeld:
		state = Held
	case AppointmentOffered:
		state = Offered
	}
	if (state != Booked) != (e.until != 0) {
		return false // a hold or an offer has a deadline, and nothing else has
	}
	if !b.hasCounters(e) {
		return false
	}
	x := b.appointments.add()
	*x = appointment{bear: e.bear, person: e.person, account: e.account, booker: e.booker, state: state, until: e.until}
	if e.flags&flagAddOn != 0 {
		x.flags = appointmentAddOn
	}
	b.place(x, e)
	b.listHolders(e.appointment, x)
	b.enter(e.appointment, x)
	if state != Booked {
		b.dueSet(&x.dueAt, due(e.until, rankLapse, uint32(e.appointment)))
	}
	return true
}

// hasRun reports whether the event names a run of slots of a session that can take it.
func (b *Book) hasRun(e *Event) bool {
	if !b.sessions.has(uint32(e.session)) {
		return false
	}
	s := b.sessions.at(uint32(e.session))
	return e.count >= 1 && int(e.slot)+int(e.count) <= int(s.slotN) && s.flags&(sessionClosed|sessionEnded|sessionRetired) == 0
}

// hasCounters reports whether the counters that the event would raise can hold one more.
func (b *Book) hasCounters(e *Event) bool {
	s := b.sessions.at(uint32(e.session))
	for _, x := range s.slots()[e.slot : e.slot+e.count] {
		if x.occupied() >= 1<<16-1 {
			return false
		}
	}
	return s.addOns < 1<<16-1
}

// place copies where and when from an event into the record.
func (b *Book) place(x *appointment, e *Event) {
	s := b.sessions.at(uint32(e.session))
	x.session, x.slot, x.count, x.charge, x.date = e.session, e.slot, e.count, e.class, s.date
	x.start, x.minutes = s.runTime(e.slot, e.count)
}

// applyState moves an appointment along a path of the state table.
func (b *Book) applyState(e *Event, s State) bool {
	x, _ := b.appointment(e.appointment)
	if x == nil || !x.state.CanBecome(s) || s == Booked && x.flags&appointmentNoUnit != 0 ||
		e.kind == PatientArrived && checkInStep.from&(1<<x.state) == 0 {
		return false
	}
	if x.dueAt != 0 {
		b.dueSet(&x.dueAt, dueItem{})
		x.until = 0
	}
	from, to := stateTable[x.state].unit, stateTable[s].unit
	switch {
	case to == usesNone:
		b.leave(e.appointment, x)
		b.unlistHolders(e.appointment, x)
		x.state = s
		b.changed(x.session, e)
	case from != to && x.use() != usesNone:
		run := b.sessions.at(uint32(x.session)).slots()[x.slot : x.slot+x.count]
		for i := range run {
			*run[i].bucket(from)--
			*run[i].bucket(to)++
		}
		x.state = s
	default:
		x.state = s
	}
	if stateTable[s].terminal {
		if to != usesNone {
			b.endVisit(e.appointment, x)
		}
		b.retryPerson(x.person, e)
	}
	return true
}

// settled is the state of someone displaced who has their new place.
func settled(e *Event) State {
	if e.IsHere() {
		return CheckedIn
	}
	return Booked
}

// applyAccepted settles a displaced appointment where it was offered a place.
func (b *Book) applyAccepted(e *Event) bool {
	x, _ := b.appointment(e.appointment)
	if x == nil || x.state != Displaced && (x.state != Offered || e.IsHere()) || !b.applyState(e, settled(e)) {
		return false
	}
	x.flags &^= appointmentArrived
	return true
}

func (b *Book) applyRescheduled(e *Event) bool {
	x, _ := b.appointment(e.appointment)
	if x == nil || !b.hasRun(e) {
		return false
	}
	next := Booked
	switch {
	case x.state == Held:
		next = Held
	case e.IsHere():
		next = CheckedIn
	}
	if x.addOn() || !b.hasCounters(e) || !x.state.CanBecome(next) || (next == Held) != (e.until != 0) {
		return false
	}
	b.leave(e.appointment, x)
	b.changed(x.session, e)
	x.state, x.flags, x.from, x.until = next, x.flags&appointmentYielded, Slot{}, e.until
	b.place(x, e)
	b.enter(e.appointment, x)
	item := dueItem{}
	if next == Held {
		item = due(e.until, rankLapse, uint32(e.appointment))
	}
	b.dueSet(&x.dueAt, item)
	b.recall(x.person)
	if x.linked == 0 {
		b.retryPerson(x.person, e)
	}
	return true
}

func (b *Book) applyOffer(e *Event) bool {
	x, _ := b.appointment(e.appointment)
	if x != nil && x.ownSlot(e) {
		return b.applyConsent(e, x)
	}
	if x == nil || e.count != 0 && (!b.hasRun(e) || !b.hasCounters(e)) {
		return false
	}
	if !x.state.CanBecome(Displaced) || e.count == 0 && e.session != 0 || e.flags&flagMoved != 0 && e.count == 0 || (e.flags&flagMoved != 0) != (e.until == 0) {
		return false
	}
	if x.linked != 0 && e.count != 0 {
		return false // half a joint clinic is none
	}
	was, day, here := Slot{x.session, x.slot}, x.date, x.state == CheckedIn || x.flags&appointmentArrived != 0
	b.leave(e.appointment, x)
	if x.linked != 0 {
		b.changed(x.session, e) // it may be another session that closed
	}
	x.flags, x.from, x.until, x.state = x.flags&appointmentYielded, was, e.until, Displaced
	if e.count == 0 {
		x.flags |= appointmentNoUnit
	} else {
		b.place(x, e)
	}
	if here && x.date == day {
		x.flags |= appointmentArrived
	}
	if e.flags&flagMoved != 0 {
		x.state, x.flags = settled(e), x.flags&appointmentYielded|appointmentMoved
	}
	b.enter(e.appointment, x)
	item := dueItem{}
	if x.state == Displaced {
		item = due(e.until, rankLapse, uint32(e.appointment))
	}
	b.dueSet(&x.dueAt, item)
	b.recall(x.person)
	return true
}

func (b *Book) applyAdopted(t *Batch, e *Event) bool {
	side, ok := t.sideOf(e)
	if !ok || len(side) != len(b.adopted) || e.number == 0 {
		return false
	}
	copy(b.adopted[:], side)
	b.adoptedVersion = e.rules
	b.keys.lifeSeconds = int64(e.number)
	return true
}

func (b *Book) applyIntroduced(t *Batch, e *Event) bool {
	k := e.NameKind()
	side, ok := t.sideOf(e)
	if !ok || !k.IsValid() || checkName(side) != nil || b.names[k].find(string(side)) != 0 ||
		e.number != uint32(b.names[k].len())+1 || k == ClassName && e.number > maxClassNames {
		return false
	}
	if k == SessionName && e.number != b.sessions.next() {
		return false
	}
	b.names[k].add(side)
	switch k {
	case PersonName:
		b.persons = append(b.persons, holder{})
		b.visits.add()
	case AccountName:
		b.accounts = append(b.accounts, holder{})
	case ResourceName:
		b.byResource = append(b.byResource, line{})
	case DepartmentName:
		b.byDepartment = append(b.byDepartment, line{})
	case ServiceName:
		b.byService = append(b.byService, line{})
	case SiteName:
		b.noteTravel()
	case ClassName:
		b.noteClass(Class(e.number))
	}
	return true
}

// listHolders puts an appointment on the lists of its person and account, where it stays while it counts for limits.
func (b *Book) listHolders(id Appointment, x *appointment) {
	b.listPerson(id, x)
	if x.account != 0 {
		b.push(&b.accounts[x.account-1].head, id)
	}
}

func (b *Book) unlistHolders(id Appointment, x *appointment) {
	b.unlistPerson(id, x)
	b.unlistAccount(id, x)
}

func (b *Book) unlistAccount(id Appointment, x *appointment) {
	if x.account != 0 {
		b.remove(&b.accounts[x.account-1].head, id)
	}
}

// push puts an appointment at the head of an account's list, which has two directions: a desk's may be as long as its year.
func (b *Book) push(head *Appointment, id Appointment) {
	x := b.appointments.at(uint32(id))
	x.prevAccount, x.nextAccount = 0, *head
	if *head != 0 {
		b.appointments.at(uint32(*head)).prevAccount = id
	}
	*head = id
}

func (b *Book) remove(head *Appointment, id Appointment) {
	x := b.appointments.at(uint32(id))
	before, after := x.prevAccount, x.nextAccount
	x.prevAccount, x.nextAccount = 0, 0
	if before != 0 {
		b.appointments.at(uint32(before)).nextAccount = after
	} else {
		*head = after
	}
	if after != 0 {
		b.appointments.at(uint32(after)).prevAccount = before
	}
}
