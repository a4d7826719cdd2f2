package booking

import (
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// attempt is one request being judged: the request, the instant, and what to suppose on top of the Book's state.
type attempt struct {
	Request
	at    sl.Instant
	addOn bool
	// without is an appointment to be supposed absent (the one being rescheduled or displaced); its units are also in
	// legs, with units -1.
	without Appointment
	// batch, where given, brings names that are not yet the Book's.
	batch *Batch
	// closing is what is to be supposed closed, or nil.
	closing *closing
	// transfer: it is for someone who is here, and goes to another session of the day.
	transfer bool
	day      sl.Date
	// legs are units supposed taken (+1: earlier requests of the same batch) or free (-1).
	legs []leg
	// all, where given, collects every refusal, and no check ends the judging.
	all *[]Refusal
	// The verdict: why not, or to which class it is charged.
	refusal Refusal
	charge  Class
}

// no records a refusal and reports whether to go on judging all the same.
func (a *attempt) no(r Refusal) bool {
	if a.refusal.Reason == 0 {
		a.refusal = r
	}
	if a.all == nil {
		return false
	}
	for _, x := range *a.all {
		if x.Reason == r.Reason {
			return true
		}
	}
	*a.all = append(*a.all, r)
	return true
}

// leg is a run of slots to be supposed taken or free.
type leg struct {
	session     Session
	slot, count uint16
	units       int32 // +1 taken, -1 free
	charge      Class
	bear        Bearing
	person      Person
	account     Account
	start       sl.Instant
	minutes     uint16
	addOn       bool
	// resting: its units are not free again, though nobody has them.
	resting bool
	// replaces is an appointment that a displacement has moved before: it is no longer where its record says.
	replaces Appointment
}

// absent reports whether an appointment is to be supposed gone from where its record says.
func (a *attempt) absent(id Appointment) bool {
	return id == a.without || a.closing != nil && a.closing.displaces(id) || len(a.legs) > 0 && a.replaced(id)
}

func (a *attempt) replaced(id Appointment) bool {
	for i := range a.legs {
		if a.legs[i].replaces == id {
			return true
		}
	}
	return false
}

// judge is the one decision function: whether the attempt may have the run of slots that begins at n of a session. Listing,
// holding, booking, rescheduling and offering all ask it, so that what is listed can be booked and what is refused is not
// listed. The attempt carries the verdict. Cost: one pass over the session's quotas and over the person's open visits (visits.go).
func (b *Book) judge(a *attempt, id Session, n uint16) bool {
	s := b.sessions.at(uint32(id))
	a.refusal.Reason = 0
	return b.sessionAllows(a, s) && b.slotAllows(a, id, s, n) && b.eligibleAllows(a, s) && b.quotaAllows(a, id, s) && b.restrictionAllows(a, id, s, n) &&
		b.limitAllows(a, id, s) && b.placeAllows(a, s, n) && a.refusal.Reason == 0
}

// sessionAllows: the session must be there, its numbers out, and no pause on. An add-on needs neither.
func (b *Book) sessionAllows(a *attempt, s *session) bool {
	switch {
	case s.flags&(sessionClosed|sessionEnded|sessionRetired) != 0 || a.closing != nil && a.closing.has(s):
		return a.no(Refusal{Reason: SessionGone})
	case a.transfer && s.date != a.day:
		return a.no(Refusal{Reason: SessionGone})
	case s.flags&(sessionReleased|sessionTimed) != sessionReleased && !a.addOn:
		return s.hoursAllow(a)
	}
	return true
}

// slotAllows: every slot of the run must exist, be open for booking, have room and be for such requests. An add-on asks
// only that its time is not over.
func (b *Book) slotAllows(a *attempt, id Session, s *session, n uint16) bool {
	if int(n)+int(a.Count) > int(s.slotN) {
		return a.no(Refusal{Reason: RunBroken, Limit: int32(s.slotN)})
	}
	if a.addOn {
		if over := s.visitEnds(n, a.Count); a.at >= over {
			return a.no(Refusal{Reason: BookingClosed, Until: over})
		}
		return true
	}
	run := s.slots()[n : n+a.Count]
	for i := 1; i < len(run); i++ {
		if run[i].offsetMinutes != run[i-1].offsetMinutes+run[i-1].minutes {
			return a.no(Refusal{Reason: RunBroken})
		}
	}
	close := s.slotClose(&run[0])
	if a.transfer {
		close = s.visitEnds(n, 1)
	}
	if a.at >= close && !a.no(Refusal{Reason: BookingClosed, Until: close}) {
		return false
	}
	ok := true
	for i := range run {
		if run[i].room(a.unitsOn(id, n+uint16(i))) < 1 {
			ok = ok && a.no(Refusal{Reason: Full, Limit: int32(run[i].capacity) + int32(run[i].granted)})
		}
	}
	for i := range run {
		if c := run[i].only; c != 0 && !a.Bear.Has(c) {
			return ok && a.no(Refusal{Reason: SlotForOthers, Class: c})
		}
	}
	return ok
}

// unitsOn is what the legs add to a slot's occupation.
func (a *attempt) unitsOn(id Session, n uint16) (units int32) {
	for i := range a.legs {
		l := &a.legs[i]
		if l.session == id && n >= l.slot && n < l.slot+l.count && !l.addOn && !l.resting {
			units += l.units
		}
	}
	return units
}

// isExempt reports whether no restriction bars requests of the class, which may be as new as the batch.
func (b *Book) isExempt(t *Batch, c Class) bool {
	if int(c) < len(b.exempt) {
		return b.exempt[c]
	}
	for i := 0; t != nil && i < len(t.events); i++ {
		if e := &t.events[i]; e.kind == Introduced && e.NameKind() == ClassName && e.number == uint32(c) {
			return slices.Contains(b.rules.Exempt, t.Text(e))
		}
	}
	return false
}

// placeAllows: the person cannot be in two places at once. Two visits at different sites need the travel time between
// them; at one site they may touch.
func (b *Book) placeAllows(a *attempt, s *session, n uint16) bool {
	run := s.slots()
	last := n + a.Count - 1
	if int(last) >= len(run) {
		return true
	}
	from := s.start.AddMinutes(int(run[n].offsetMinutes))
	until := s.start.AddMinutes(int(run[last].offsetMinutes) + int(run[last].minutes))
	travel := b.travelMost
	clash := func(other Session, start sl.Instant, minutes uint16) bool {
		end := start.AddMinutes(int(minutes))
		if start >= until+travel || from >= end+travel {
			return false
		}
		if start < until && from < end {
			return true
		}
		site := b.sessions.at(uint32(other)).site
		if site == s.site || site == 0 || s.site == 0 {
			return false
		}
		way := b.travel(site, s.site)
		return start < until+way && from < end+way
	}
	visits, whole := b.openOf(a.Person)
	for i := range visits {
		if v := &visits[i]; !a.absent(v.id) && clash(v.session, v.start, v.minutes) {
			return a.no(Refusal{Reason: TwoPlaces, Appointment: v.id})
		}
	}
	for id := b.person(a.Person).head; id != 0 && !whole; {
		x := b.appointments.at(uint32(id))
		if !a.absent(id) && x.flags&(appointmentNoUnit|appointmentReturn) == 0 && stateTable[x.state].place && clash(x.session, x.start, x.minutes) {
			return a.no(Refusal{Reason: TwoPlaces, Appointment: id})
		}
		id = x.nextPerson
	}
	for i := range a.legs {
		l := &a.legs[i]
		if l.units > 0 && l.person == a.Person && clash(l.session, l.start, l.minutes) {
			return a.no(Refusal{Reason: TwoPlaces})
		}
	}
	return true
}
