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
	// closing is a session to be supposed closed, or nil.
	closing *session
	// legs are units supposed taken (+1: earlier requests of the same batch) or free (-1).
	legs []leg
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
}

// judge is the one decision function: whether the attempt may have the run of slots that begins at n of a session, and to
// which class it is charged. Listing, holding, booking, rescheduling and offering all ask it, so that what is listed can be
// booked and what is refused is not listed. It returns the first refusal, or, where all is given, appends every one.
// Cost: one pass over the session's quotas and over the person's own appointments.
func (b *Book) judge(a *attempt, id Session, n uint16, all *[]Refusal) (Class, Refusal) {
	s := b.sessions.at(uint32(id))
	var first Refusal
	stop := func(r Refusal) bool {
		if r.Reason == 0 {
			return false
		}
		if first.Reason == 0 {
			first = r
		}
		if all != nil {
			*all = append(*all, r)
		}
		return all == nil
	}
	if stop(b.sessionRefusal(s, a)) {
		return 0, first
	}
	if stop(b.slotRefusal(a, id, s, n)) {
		return 0, first
	}
	charge, r := b.quotaRefusal(a, id, s)
	if stop(r) {
		return 0, first
	}
	if stop(b.restrictionRefusal(a)) {
		return 0, first
	}
	if stop(b.limitRefusal(a, id, s)) {
		return 0, first
	}
	if stop(b.placeRefusal(a, id, s, n)) {
		return 0, first
	}
	if first.Reason != 0 {
		return 0, first
	}
	return charge, Refusal{}
}

// sessionRefusal: the session must be there and released. An add-on needs no release.
func (b *Book) sessionRefusal(s *session, a *attempt) Refusal {
	switch {
	case s.flags&(sessionClosed|sessionEnded|sessionRetired) != 0 || s == a.closing:
		return Refusal{Reason: SessionGone}
	case s.flags&sessionReleased == 0 && !a.addOn:
		return Refusal{Reason: NotReleased, Until: s.release}
	}
	return Refusal{}
}

// slotRefusal: every slot of the run must exist, be open for booking and have room.
func (b *Book) slotRefusal(a *attempt, id Session, s *session, n uint16) Refusal {
	if int(n)+int(a.Count) > int(s.slotN) {
		return Refusal{Reason: RunBroken, Limit: int32(s.slotN)}
	}
	run := s.slots()[n : n+a.Count]
	for i := range run {
		if i > 0 && run[i].offsetMinutes != run[i-1].offsetMinutes+run[i-1].minutes {
			return Refusal{Reason: RunBroken}
		}
	}
	if close := s.slotClose(&run[0]); a.at >= close && !a.addOn {
		return Refusal{Reason: BookingClosed, Until: close}
	}
	if a.addOn {
		return Refusal{}
	}
	for i := range run {
		if run[i].room(a.unitsOn(id, n+uint16(i))) < 1 {
			return Refusal{Reason: Full, Limit: int32(run[i].capacity) + int32(run[i].granted)}
		}
	}
	return Refusal{}
}

// unitsOn is what the legs add to a slot's occupation.
func (a *attempt) unitsOn(id Session, n uint16) (units int32) {
	for i := range a.legs {
		l := &a.legs[i]
		if l.session == id && n >= l.slot && n < l.slot+l.count && !l.addOn {
			units += l.units
		}
	}
	return units
}

// restrictionRefusal: a suspended person or account books nothing, unless the request bears an exempt class.
func (b *Book) restrictionRefusal(a *attempt) Refusal {
	until := max(b.until(b.person(a.Person)), b.until(b.account(a.Account)))
	if until <= a.at {
		return Refusal{}
	}
	for _, c := range a.Bear.c {
		if c != 0 && b.isExempt(a.batch, c) {
			return Refusal{}
		}
	}
	return Refusal{Reason: Restricted, Until: until}
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

// placeRefusal: the person cannot be in two places at once. Two visits at different sites need the travel time between
// them; at one site they may touch.
func (b *Book) placeRefusal(a *attempt, at Session, s *session, n uint16) Refusal {
	run := s.slots()
	last := n + a.Count - 1
	if int(last) >= len(run) {
		return Refusal{}
	}
	from := s.start.AddMinutes(int(run[n].offsetMinutes))
	until := s.start.AddMinutes(int(run[last].offsetMinutes) + int(run[last].minutes))
	travel := sl.Instant(b.rules.TravelMinutes) * 60
	clash := func(other Session, start sl.Instant, minutes uint16) bool {
		end := start.AddMinutes(int(minutes))
		if start >= until+travel || from >= end+travel {
			return false
		}
		if start < until && from < end {
			return true
		}
		site := b.sessions.at(uint32(other)).site
		return site != s.site && site != 0 && s.site != 0
	}
	for id := b.person(a.Person).head; id != 0; {
		x := b.appointments.at(uint32(id))
		if id != a.without && x.flags&appointmentNoUnit == 0 && stateTable[x.state].place && clash(x.session, x.start, x.minutes) {
			return Refusal{Reason: TwoPlaces, Appointment: id}
		}
		id = x.nextPerson
	}
	for i := range a.legs {
		l := &a.legs[i]
		if l.units > 0 && l.person == a.Person && clash(l.session, l.start, l.minutes) {
			return Refusal{Reason: TwoPlaces}
		}
	}
	return Refusal{}
}
