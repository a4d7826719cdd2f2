package booking

import (
	"cmp"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// What is sought together, whole. A joint clinic, a series, and a family within so many minutes are each a list of requests, to be granted all
// or none. The search is depth first: the first request's candidates in order of time; to each, the second's that go with it, the nearest to
// what was asked first; and so on. Every candidate is judged by the one decision function with those before it supposed taken, so that what is
// found can be booked, and the first whole list found is the answer: no list that the rules allow comes before it in that order.
//
//	                 goes with those before it                          nearest is
//	family (Bundle)  starts within WithinMinutes of each of them        by the time between it and the first
//	joint (Joint)    starts when the first does, on its date, in a      (all start together)
//	                 session of its own
//	series (Series)  its date is EveryDays ± WithinDays after that of   by days off EveryDays; then who shares a resource with
//	                 the visit before                                   the visit before
//
// What is equally near comes in order of start, then as the Book lists sessions: by their start, then by handle.
//
// The search gives up after MaxPlacements candidates supposed taken, and says so: NoneFree with that number as the Limit. Short of that, NoneFree means
// that there is none.

// MaxPlacements bounds the search for what is sought together: how many candidates it supposes taken.
const MaxPlacements = 2048

// partyKind is what is sought together.
type partyKind uint8

const (
	isFamily partyKind = 1 + iota
	isJoint
	isSeries
)

// party is one such search, and its memory.
type party struct {
	kind     partyKind
	at       sl.Instant
	requests []Request
	without  Appointment // the first of those that are moved
	// withinSeconds is a family's, everyDays and withinDays are a series'.
	withinSeconds         sl.Instant
	everyDays, withinDays int32

	i          int // the request at hand
	legs       []leg
	base       int // how many of the legs are not the search's own
	chosen     []placement
	list       []placement // candidates, those of each request behind those of the one before
	placements int
	failed     int // the furthest request for which there was nothing, or -1
	refusal    Refusal
}

// placement is a candidate.
type placement struct {
	slot         Slot
	off          int64 // how far it is from what was asked
	start        sl.Instant
	sessionStart sl.Instant
	date         sl.Date
	charge       Class
}

func (x placement) compare(y placement) int {
	return cmp.Or(cmp.Compare(x.off, y.off), cmp.Compare(x.start, y.start), cmp.Compare(x.sessionStart, y.sessionStart),
		cmp.Compare(x.slot.Session, y.slot.Session), cmp.Compare(x.slot.N, y.slot.N))
}

// party begins a search in the batch's memory.
func (t *Batch) party(kind partyKind, at sl.Instant) *party {
	p := &t.work.party
	*p = party{kind: kind, at: at, requests: p.requests[:0], legs: t.work.legs[:0], chosen: p.chosen[:0], list: p.list[:0], failed: -1}
	return p
}

// gather finds the rest of the list, from request i on.
func (b *Book) gather(t *Batch, p *party, i int) bool {
	if i == len(p.requests) {
		return true
	}
	from := len(p.list)
	p.i = i
	b.listPlacements(t, p)
	to := len(p.list)
	slices.SortFunc(p.list[from:to], placement.compare)
	if from == to && i > p.failed {
		p.failed, p.refusal = i, t.work.attempt.refusal
	}
	for k := from; k < to; k++ {
		if p.placements == MaxPlacements {
			p.refusal = Refusal{Reason: NoneFree, Limit: MaxPlacements}
			break
		}
		p.placements++
		p.chosen = append(p.chosen, p.list[k])
		p.legs = append(p.legs, b.legOfPlacement(p, i))
		if b.gather(t, p, i+1) {
			return true
		}
		p.chosen, p.legs = p.chosen[:i], p.legs[:p.base+i]
	}
	p.list = p.list[:from]
	return false
}

// found runs the search. The refusal tells the furthest request for which there was nothing, beside those that were placed.
func (b *Book) found(t *Batch, p *party) (Reply, bool) {
	p.base = len(p.legs)
	for i := range p.requests {
		b.mean(&p.requests[i])
	}
	ok := b.gather(t, p, 0)
	t.work.legs = p.legs[:0]
	t.work.view.party = nil
	if !ok {
		return Reply{Outcome: Refused, Refusal: p.refusal, Count: uint16(max(p.failed, 0))}, false
	}
	return Reply{}, true
}

// legOfPlacement is a chosen candidate, supposed taken. Those of a joint clinic are one visit: they stand neither in each other's way nor
// in each other's limits, so that their legs are nobody's.
func (b *Book) legOfPlacement(p *party, i int) leg {
	a := attempt{Request: p.requests[i], charge: p.chosen[i].charge}
	g := b.legOf(&a, p.chosen[i].slot)
	if p.kind == isJoint {
		g.person, g.account = 0, 0
	}
	return g
}

// listPlacements appends the candidates of the request at hand. Where there is none, the attempt says why.
func (b *Book) listPlacements(t *Batch, p *party) {
	a, v := &t.work.attempt, &t.work.view
	*a = attempt{Request: p.requests[p.i], at: p.at, batch: t, legs: p.legs, without: p.without}
	if a.Slot.IsValid() {
		b.listNamed(p, a)
		return
	}
	if !b.mayAsk(a) {
		return
	}
	if p.window(&a.Request) {
		v.open(b, a)
		v.party = p
		for v.NextSession() {
			charge := a.charge
			for c, ok := v.NextSlot(); ok; c, ok = v.NextSlot() {
				p.list = append(p.list, b.placementOf(p, c.Slot, c.Start, charge))
			}
		}
		v.party = nil
	}
	a.refusal = Refusal{Reason: NoneFree}
}

// listNamed does the same for a request that names its slot.
func (b *Book) listNamed(p *party, a *attempt) {
	if !b.hasSlot(a.Slot) {
		a.refusal = b.missing(a, a.Slot)
		return
	}
	if !b.judge(a, a.Slot.Session, a.Slot.N) {
		return
	}
	s := b.sessions.at(uint32(a.Slot.Session))
	start, _ := s.runTime(a.Slot.N, 1)
	window := Request{}
	if !p.window(&window) || start < window.From || window.Until != 0 && start >= window.Until || !p.admits(s, a.Slot.Session) {
		a.refusal = Refusal{Reason: NoneFree}
		return
	}
	p.list = append(p.list, b.placementOf(p, a.Slot, start, a.charge))
}

// window narrows the time asked to what goes with those chosen; false where nothing is left.
func (p *party) window(q *Request) bool {
	if p.i == 0 {
		return true
	}
	first := p.chosen[0].start
	switch p.kind {
	case isSeries:
		q.From, q.Until = 0, 0 // they are the first visit's
		return true
	case isJoint:
		q.From, q.Until = first, first+1
		return true
	}
	least, most := first, first
	for _, c := range p.chosen {
		least, most = min(least, c.start), max(most, c.start)
	}
	q.From = max(q.From, most-p.withinSeconds)
	if until := least + p.withinSeconds + 1; q.Until == 0 || until < q.Until {
		q.Until = until
	}
	return q.From < q.Until
}

// admits judges a session by those chosen, whatever the slot.
func (p *party) admits(s *session, id Session) bool {
	if p.i == 0 {
		return true
	}
	switch p.kind {
	case isJoint:
		return s.date == p.chosen[0].date && !slices.ContainsFunc(p.chosen, func(c placement) bool { return c.slot.Session == id })
	case isSeries:
		off := int32(s.date.Sub(p.chosen[p.i-1].date)) - p.everyDays
		return max(off, -off) <= p.withinDays
	}
	return true
}

// placementOf is a candidate, and how far it is from what was asked.
func (b *Book) placementOf(p *party, at Slot, start sl.Instant, charge Class) placement {
	s := b.sessions.at(uint32(at.Session))
	x := placement{slot: at, start: start, sessionStart: s.start, date: s.date, charge: charge}
	if p.i == 0 {
		return x
	}
	switch p.kind {
	case isFamily:
		x.off = int64(max(start-p.chosen[0].start, p.chosen[0].start-start))
	case isSeries:
		before := p.chosen[p.i-1]
		off := int64(s.date.Sub(before.date)) - int64(p.everyDays)
		x.off = 2 * max(off, -off)
		if o := b.sessions.at(uint32(before.slot.Session)); o != s && !b.shareResource(before.slot.Session, o, at.Session, s) {
			x.off++
		}
	}
	return x
}

// book appends the appointments for what was found, and returns the first. What is held is held until the first of the deadlines where all stand
// and fall together.
func (b *Book) bookParty(t *Batch, m *Meta, p *party, as State) Appointment {
	a := &t.work.attempt
	first := Appointment(b.appointments.next())
	from := len(t.events)
	for i, c := range p.chosen {
		*a = attempt{Request: p.requests[i], at: p.at, batch: t, charge: c.charge}
		b.addAppointment(t, m, a, first+Appointment(i), c.slot, as)
	}
	if p.kind == isJoint {
		until := t.events[from].until
		for _, e := range t.events[from:] {
			until = min(until, e.until)
		}
		for i := range t.events[from:] {
			t.events[from+i].until = until
		}
		e := b.event(AppointmentsLinked, m)
		e.appointment, e.number = first, uint32(len(p.chosen))
		t.add(e)
	}
	if as == Booked {
		for i, c := range p.chosen {
			b.withdraw(t, m, p.requests[i].Person, c.slot, 0)
		}
	}
	return first
}

// plainOrder: what is sought together is chosen in the order above, and by no policy.
func plainOrder(q *Request) error {
	if q.Policy != 0 {
		return badCommand("Policy %d: want 0; what is sought together is chosen by no policy", q.Policy)
	}
	return nil
}
