package booking

import sl "github.com/haoyuan-go/haoyuan/slots"

// isBound reports whether restrictions have any say over an attempt: of almost nobody do they. What the hospital does itself when it closes
// a session, or someone who is here goes to another, is never bound: no one loses their number over a suspension; nor is a request that bears an exempt class.
func (b *Book) isBound(a *attempt) bool {
	if b.person(a.Person).restricted|b.account(a.Account).restricted == 0 {
		return false
	}
	if a.closing != nil || a.transfer {
		return false
	}
	for _, c := range a.Bear.c {
		if c != 0 && b.isExempt(a.batch, c) {
			return false
		}
	}
	return true
}

// restrictionAllows judges a run of slots by all that restricts its person and account.
func (b *Book) restrictionAllows(a *attempt, id Session, s *session, n uint16) bool {
	if !b.isBound(a) {
		return true
	}
	start := s.start
	if int(n) < int(s.slotN) {
		start = start.AddMinutes(int(s.slots()[n].offsetMinutes))
	}
	return b.barAllows(a) && b.horizonAllows(a, start) && b.openAllows(a) && b.coolingAllows(a, id, s)
}

// mayAsk judges what does not depend on the slot: the same as restrictionAllows, as far as that can be said without one.
func (b *Book) mayAsk(a *attempt) bool {
	return !b.isBound(a) || b.barAllows(a) && b.openAllows(a) && (b.rules.Cooling.Same != 0 || b.coolingAllows(a, 0, nil))
}

// eachGate calls f with each gate that concerns an attempt, and whether it is the account's.
func (b *Book) eachGate(a *attempt, f func(r *restriction, account bool)) {
	for i, h := range [2]holder{b.person(a.Person), b.account(a.Account)} {
		for r := b.first(&h); r != nil && r.session == 0; r = b.restrictionAt(r.next) {
			if r.until > a.at && (r.gate.Channel == 0 || a.Bear.Has(r.gate.Channel)) {
				f(r, i == 1)
			}
		}
	}
}

// barAllows: a gate without a horizon and a maximum lets nothing through. The refusal says when the last of those ends.
func (b *Book) barAllows(a *attempt) bool {
	until := sl.Instant(0)
	b.eachGate(a, func(r *restriction, _ bool) {
		if r.gate.Bars() {
			until = max(until, r.until)
		}
	})
	return until == 0 || a.no(Refusal{Reason: Restricted, Until: until})
}

// horizon is the first start that is too far ahead for an attempt; 0 for none.
func (b *Book) horizon(a *attempt) (first sl.Instant) {
	b.eachGate(a, func(r *restriction, _ bool) {
		if at := r.gate.horizon(a.at); r.gate.HorizonDays != 0 && (first == 0 || at < first) {
			first = at
		}
	})
	return first
}

func (g Gate) horizon(at sl.Instant) sl.Instant { return at + sl.Instant(g.HorizonDays)*86400 }

// horizonAllows refuses with the shortest horizon of the gates in the way, and the end of the last of them.
func (b *Book) horizonAllows(a *attempt, start sl.Instant) bool {
	no := Refusal{Reason: BeyondHorizon}
	b.eachGate(a, func(r *restriction, _ bool) {
		if g := r.gate; g.HorizonDays != 0 && start >= g.horizon(a.at) {
			if days := int32(g.HorizonDays); no.Limit == 0 || days < no.Limit {
				no.Limit = days
			}
			no.Until = max(no.Until, r.until)
		}
	})
	return no.Limit == 0 || a.no(no)
}

// openAllows refuses with the least maximum of the gates in the way, and the end of the last of them. Cost: a pass over the holder's own
// appointments for each gate with a maximum.
func (b *Book) openAllows(a *attempt) bool {
	no := Refusal{Reason: TooManyOpen}
	b.eachGate(a, func(r *restriction, account bool) {
		if most := int32(r.gate.MaxOpen); most != 0 && b.openVisits(a, account) >= most {
			if no.Limit == 0 || most < no.Limit {
				no.Limit = most
			}
			no.Until = max(no.Until, r.until)
		}
	})
	return no.Limit == 0 || a.no(no)
}

// openVisits is how many visits of the attempt's person, or account, are not over and have a number, the legs supposed taken included.
func (b *Book) openVisits(a *attempt, account bool) (count int32) {
	next := b.person(a.Person).head
	if account {
		next = b.account(a.Account).head
	}
	for next != 0 {
		x, r := next, b.appointments.at(uint32(next))
		if next = r.nextPerson; account {
			next = r.nextAccount
		}
		if !a.absent(x) && r.flags&(appointmentNoUnit|appointmentReturn) == 0 && !stateTable[r.state].terminal {
			count++
		}
	}
	for i := range a.legs {
		g := &a.legs[i]
		same := g.person == a.Person
		if account {
			same = g.account == a.Account
		}
		if g.units > 0 && same {
			count++
		}
	}
	return count
}
