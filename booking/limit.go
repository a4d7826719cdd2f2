package booking

import "slices"

// limitAllows checks every limit of the rules against the person's and the account's own appointments, recounted each
// time: they are few, and a recount cannot drift. Cost: limits × appointments of the holder; for limits on a person's open visits,
// where there are no more of those than are kept beside the person (visits.go), one line of the cache, however many are past.
func (b *Book) limitAllows(a *attempt, id Session, s *session) bool {
	if a.transfer {
		return true // they have counted already
	}
	for i := range b.rules.Limits {
		l := &b.rules.Limits[i]
		if l.Who == PerAccount && a.Account == 0 || l.Kind != 0 && l.Kind != s.kind || l.Of == UnpaidHolds && a.closing != nil {
			continue // what the hospital offers does not wait for a payment
		}
		if b.counted(l, a, id, s)+a.countedLegs(b, l, id, s) >= l.Max {
			return a.no(Refusal{Reason: LimitReached, Rule: uint16(i + 1), Limit: l.Max})
		}
	}
	return true
}

// counted is how many of the holder's appointments count against a limit for one more in session id.
func (b *Book) counted(l *Limit, a *attempt, id Session, s *session) (count int32) {
	if l.Who == PerPerson && l.Of == OpenVisits {
		if visits, whole := b.openOf(a.Person); whole {
			return b.countedOpen(l, a, visits, id, s)
		}
	}
	next := b.person(a.Person).head
	if l.Who == PerAccount {
		next = b.account(a.Account).head
	}
	for next != 0 {
		x, r := next, b.appointments.at(uint32(next))
		if next = r.nextPerson; l.Who == PerAccount {
			next = r.nextAccount
		}
		if !a.absent(x) && r.flags&(appointmentNoUnit|appointmentReturn) == 0 && l.counts(r.state) && b.agrees(l.Same, r.session, id, s) &&
			(l.Kind == 0 || b.sessions.at(uint32(r.session)).kind == l.Kind) {
			count++
		}
	}
	return count
}

// counts reports whether an appointment in a state counts, of those that are on a holder's list.
func (l *Limit) counts(s State) bool {
	switch l.Of {
	case OpenVisits:
		return !stateTable[s].terminal
	case UnpaidHolds:
		return s == Held
	}
	return true
}

// countedLegs is how many of the legs supposed taken do. Holds of one bundle are one payment.
func (a *attempt) countedLegs(b *Book, l *Limit, id Session, s *session) (count int32) {
	if l.Of == UnpaidHolds {
		return 0
	}
	for i := range a.legs {
		g := &a.legs[i]
		same := g.person == a.Person
		if l.Who == PerAccount {
			same = g.account == a.Account
		}
		if g.units > 0 && same && b.agrees(l.Same, g.session, id, s) && (l.Kind == 0 || b.sessions.at(uint32(g.session)).kind == l.Kind) {
			count++
		}
	}
	return count
}

// agrees reports whether an appointment in session other agrees in all of same with one in session id, whose record is s.
func (b *Book) agrees(same Same, other, id Session, s *session) bool {
	if other == id {
		return true
	}
	if same&SameSession != 0 {
		return false
	}
	if same == 0 {
		return true
	}
	o := b.sessions.at(uint32(other))
	switch {
	case same&SameDay != 0 && o.date != s.date,
		same&SameDepartment != 0 && (o.department != s.department || s.department == 0),
		same&SameService != 0 && (o.service != s.service || s.service == 0),
		same&SameMonth != 0 && !sameMonth(o, s),
		same&SameResource != 0 && !b.shareResource(other, o, id, s):
		return false
	}
	return true
}

func sameMonth(o, s *session) bool {
	y1, m1, _ := o.date.Civil()
	y2, m2, _ := s.date.Civil()
	return y1 == y2 && m1 == m2
}

func (b *Book) shareResource(other Session, o *session, id Session, s *session) bool {
	for _, x := range o.resources() {
		if slices.Contains(s.resources(), x) {
			return true
		}
	}
	return false
}
