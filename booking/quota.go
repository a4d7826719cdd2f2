package booking

import "slices"

// The quota rule, whole. Accounting is in units. An appointment bears every class of its request and is charged to one.
// For a session's classes in rule order, with free the room over its slots that are released and open for booking:
//
//	due(k) = 0 if opened, else max(0, min(reserve(k) − charged(k), cap(k) − borne(k)))
//	eff(k) = min(due(k), what earlier classes left of free)        common = free − Σ eff
//
// A request for u units is admissible iff borne(k) + u ≤ cap(k) for every class it bears and common + eff(c) ≥ u for
// some borne c; it is charged to the first such c, in rule order, with eff(c) ≥ u, else to the first such c. A class without a
// line in the session comes after those with one, and of several such the channel is charged.

// quotaAllows judges an attempt by its session's quotas and finds the class that it is charged to.
// Cost: one pass over the session's quotas.
func (b *Book) quotaAllows(a *attempt, id Session, s *session) bool {
	if a.addOn {
		adds := int32(s.addOns)
		for i := range a.legs {
			if a.legs[i].session == id && a.legs[i].addOn {
				adds += a.legs[i].units
			}
		}
		if adds >= int32(s.addOnMax) {
			return a.no(Refusal{Reason: AddOnLimit, Limit: int32(s.addOnMax)})
		}
		a.charge = a.Bear.c[0]
		return true
	}
	units := int32(a.Count)
	left := b.freeAt(a, id, s)
	if left < units {
		return a.no(Refusal{Reason: Full})
	}
	var borne [MaxClasses]struct {
		class Class
		eff   int32
	}
	n := 0
	var over *quota
	quotas := s.quotas()
	for i := range quotas {
		q := &quotas[i]
		charged, bears := int32(q.charged), int32(q.borne)
		if len(a.legs) > 0 {
			charged, bears = a.quotaUse(id, q, charged, bears)
		}
		eff := min(q.due(charged, bears), left)
		left -= eff
		if a.Bear.Has(q.class) {
			if over == nil && q.capped() && bears+units > int32(q.cap) {
				over = q
			}
			borne[n].class, borne[n].eff = q.class, eff
			n++
		}
	}
	if over != nil {
		r := Refusal{Reason: CapReached, Class: over.class, Limit: int32(over.cap)}
		if over.flags&quotaCapLifts != 0 {
			r.Until = s.opens()[slices.IndexFunc(quotas, func(q quota) bool { return q.class == r.Class })]
		}
		return a.no(r)
	}
	a.charge = 0
	for _, c := range borne[:n] {
		if c.eff >= units {
			a.charge = c.class
			return true
		}
		if a.charge == 0 && left+c.eff >= units {
			a.charge = c.class
		}
	}
	if a.charge == 0 && left >= units {
		a.charge = a.Bear.c[0] // no class it bears has a line here
	}
	return a.charge != 0 || a.no(b.reservedFor(a, id, s))
}

// reservedFor says for whom what is left is kept: the first class that has an effective reserve and is not borne, and when
// the first of such reserves falls open.
func (b *Book) reservedFor(a *attempt, id Session, s *session) Refusal {
	r := Refusal{Reason: ReservedForOthers}
	b.reserves(a, id, nil, func(i int, _, effective int32) {
		q := &s.quotas()[i]
		if effective == 0 || a.Bear.Has(q.class) {
			return
		}
		if r.Class == 0 {
			r.Class = q.class
		}
		if at := s.opens()[i]; at != 0 && (r.Until == 0 || at < r.Until) {
			r.Until = at
		}
	})
	return r
}

// quotaUse is what a quota's counts would be with the legs.
func (a *attempt) quotaUse(id Session, q *quota, charged, borne int32) (int32, int32) {
	for i := range a.legs {
		l := &a.legs[i]
		if l.session != id || l.addOn {
			continue
		}
		if l.charge == q.class {
			charged += l.units * int32(l.count)
		}
		if l.bear.Has(q.class) {
			borne += l.units * int32(l.count)
		}
	}
	return charged, borne
}

// freeAt is the room over the session's slots that are still open for booking at the attempt's instant. The session keeps
// the sum over all its slots; those already past their close lead the list and are taken off, so that a session of a later
// day costs nothing.
func (b *Book) freeAt(a *attempt, id Session, s *session) int32 {
	if !s.bookable() || s.close != 0 && a.at >= s.close && !a.transfer {
		return 0
	}
	free := s.free
	if a.at < s.firstClose && len(a.legs) == 0 {
		return free
	}
	run := s.slots()
	closed := 0
	for closed < len(run) && s.slotClose(&run[closed]) <= a.at && s.tooLateFor(a, uint16(closed)) {
		free -= run[closed].room(0)
		closed++
	}
	for i := range a.legs {
		l := &a.legs[i]
		if l.session != id || l.addOn || l.resting {
			continue
		}
		for n := l.slot; n < l.slot+l.count; n++ {
			if int(n) >= closed && a.firstLegOn(id, n) == i {
				free += run[n].room(a.unitsOn(id, n)) - run[n].room(0)
			}
		}
	}
	return free
}

// firstLegOn is the index of the first leg that covers the slot, so that each slot is adjusted once.
func (a *attempt) firstLegOn(id Session, n uint16) int {
	for i := range a.legs {
		l := &a.legs[i]
		if l.session == id && !l.addOn && !l.resting && n >= l.slot && n < l.slot+l.count {
			return i
		}
	}
	return -1
}

// reserves calls f with the effective reserve of each class of a session, in rule order: as it is, and as it would be with
// the attempt's legs and, where change is given, that line in place of the class's own.
func (b *Book) reserves(a *attempt, id Session, change *quota, f func(i int, before, after int32)) {
	s := b.sessions.at(uint32(id))
	legs := a.legs
	a.legs = nil
	before := b.freeAt(a, id, s)
	a.legs = legs
	after := b.freeAt(a, id, s)
	quotas := s.quotas()
	for i := range quotas {
		q := &quotas[i]
		now := min(q.due(int32(q.charged), int32(q.borne)), before)
		before -= now
		if change != nil && change.class == q.class {
			q = change
		}
		charged, borne := a.quotaUse(id, q, int32(q.charged), int32(q.borne))
		then := min(q.due(charged, borne), after)
		after -= then
		f(i, now, then)
	}
}
