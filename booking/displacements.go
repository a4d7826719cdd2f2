package booking

import (
	"cmp"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// DisplacementPlan is how an emergency can have a run of slots that others have now: a proposal. Displace carries it out.
type DisplacementPlan struct {
	// Slot is the first that the emergency would have, Start its time.
	Slot  Slot
	Start sl.Instant
	// Moves are who would have to move, in order of appointment, and where to.
	Moves []Move
	// Elsewhere is how many of them would leave all the resources that their session occupies now.
	Elsewhere int
	// LongestSeconds and TotalSeconds are the longest of their delays, and all of them together.
	LongestSeconds, TotalSeconds int64
}

// Move is one person's part of a plan.
type Move struct {
	Placement
	// From is where they are now, Start when they would be seen.
	From  Slot
	Start sl.Instant
	// DelaySeconds is how much later that is.
	DelaySeconds int64
	// Elsewhere: with none of the resources that they were to have.
	Elsewhere bool
}

// Placements are the plan's moves as Displace takes them.
func (p *DisplacementPlan) Placements() (list []Placement) {
	for i := range p.Moves {
		list = append(list, p.Moves[i].Placement)
	}
	return list
}

// MaxDisplaceable is how many of those who are in a run Displacements considers: the first by id. MaxPlaces is how many places it
// considers for each, the best, and MaxPlans how many combinations of places it tries for a run.
const (
	MaxDisplaceable = 64
	MaxPlaces       = 32
	MaxPlans        = 4096
)

// Displacements appends plans for an emergency at an instant, the one that does least harm first, at most limit of them: for each run of
// slots that the request names or seeks, which it cannot have because of others, the best plan that Displace would carry out at that instant. Ask
// Candidates first: what is free needs no plan, and a run that is free has none.
//
// Harm is compared in this order: how many move; how many of them leave all their resources; the longest delay; all delays together;
// then the earlier run, the session opened first, the earlier slot. Of plans for one run that are equal so far, the one that moves the
// appointments with the lower ids, and then takes them, in that order, to the same resource, the earlier, the session opened first, the earlier slot.
// The answer is exact among all plans in which everybody goes to a place that they could have now, the others staying (no chains), within MaxDisplaceable people of a
// run, MaxPlaces places for each and MaxPlans combinations for a run; and fewer people are always tried before more. It moves nothing.
//
// An error is misuse: as for Candidates, and ErrCommand for a request that bears no class of Rules.Exempt. Where the rules displace nobody there
// is no plan. Cost: for each run that is full, its people times the sessions of their resources and department within the horizon.
func (b *Book) Displacements(dst []DisplacementPlan, t *Batch, q Request, at sl.Instant, limit int) ([]DisplacementPlan, error) {
	a, err := b.ask(t, q, at)
	if err == nil {
		err = b.checkEmergency(t, &q.Bear)
	}
	if err != nil || limit < 1 || len(b.rules.Displacement.Kinds) == 0 {
		return dst, err
	}
	wanted := a.Request
	var found []DisplacementPlan
	try := func(at Slot) {
		wanted.Slot = at
		if plan, ok := b.planFor(t, &wanted, a.at); ok {
			found = append(found, plan)
		}
	}
	if q.Slot.IsValid() {
		if b.hasSlot(q.Slot) {
			try(q.Slot)
		}
	} else {
		sought := attempt{Request: q}
		b.eachOf(&q, max(q.From, at), func(start sl.Instant, id Session) bool {
			if q.Until != 0 && start >= q.Until {
				return false
			}
			for n := range b.sessions.at(uint32(id)).slotN {
				if at := (Slot{id, n}); b.sought(&sought, at) {
					try(at)
				}
			}
			return true
		})
	}
	slices.SortFunc(found, comparePlans)
	return append(dst, found[:min(limit, len(found))]...), nil
}

func comparePlans(x, y DisplacementPlan) int {
	return cmp.Or(cmp.Compare(len(x.Moves), len(y.Moves)), x.compareHarm(&y), cmp.Compare(x.Start, y.Start),
		cmp.Compare(x.Slot.Session, y.Slot.Session), cmp.Compare(x.Slot.N, y.Slot.N))
}

// compareHarm compares plans that move as many.
func (p *DisplacementPlan) compareHarm(o *DisplacementPlan) int {
	return cmp.Or(cmp.Compare(p.Elsewhere, o.Elsewhere), cmp.Compare(p.LongestSeconds, o.LongestSeconds), cmp.Compare(p.TotalSeconds, o.TotalSeconds))
}

// planner looks for the best plan for one run.
type planner struct {
	b       *Book
	t       *Batch
	q       *Request
	at      sl.Instant
	people  []Appointment
	places  [][]Move // by person, the best first; nil while not looked for
	chosen  []int    // indexes of people
	moves   []Move   // of those chosen so far
	best    DisplacementPlan
	found   bool
	untried int // combinations left
}

// planFor finds the best plan for a run; false where there is none, or where none is needed.
func (b *Book) planFor(t *Batch, q *Request, at sl.Instant) (DisplacementPlan, bool) {
	s := b.sessions.at(uint32(q.Slot.Session))
	if !slices.Contains(b.rules.Displacement.Kinds, s.kind) || !s.bookable() {
		return DisplacementPlan{}, false
	}
	p := planner{b: b, t: t, q: q, at: at, untried: MaxPlans}
	if no := p.without(); no.Reason != Full {
		return DisplacementPlan{}, false
	}
	b.inSession(q.Slot.Session, func(id Appointment, x *appointment) {
		if (x.state == Booked || x.state == Confirmed) && x.overlaps(q.Slot, q.Count) && b.movable(t, x) {
			p.people = append(p.people, id)
		}
	})
	slices.Sort(p.people)
	p.people = p.people[:min(len(p.people), MaxDisplaceable)]
	p.places = make([][]Move, len(p.people))
	for k := 1; k <= b.rules.Displacement.MaxMoves && !p.found; k++ {
		p.choose(0, k)
	}
	return p.best, p.found
}

// without is why the emergency is refused once those chosen have left and are nowhere.
func (p *planner) without() Refusal {
	a := &p.t.work.attempt
	*a = attempt{Request: *p.q, at: p.at, batch: p.t, legs: p.t.work.legs[:0]}
	for _, i := range p.chosen {
		x := p.b.appointments.at(uint32(p.people[i]))
		a.release(p.people[i], x)
		a.legs[len(a.legs)-1].replaces = p.people[i]
	}
	p.t.work.legs = a.legs
	p.b.judge(a, p.q.Slot.Session, p.q.Slot.N)
	return a.refusal
}

// choose tries every set of k more people, in order.
func (p *planner) choose(from, k int) {
	if k == 0 {
		// Where the others go can lift no refusal but that of reserves, which those who stay in the session keep for themselves.
		if no := p.without().Reason; no == 0 || no == ReservedForOthers {
			p.moves = p.moves[:0]
			p.settle(DisplacementPlan{})
		}
		return
	}
	for i := from; i+k <= len(p.people); i++ {
		p.chosen = append(p.chosen, i)
		p.choose(i+1, k-1)
		p.chosen = p.chosen[:len(p.chosen)-1]
	}
}

// settle finds places for those chosen, from the next one on; so far is what the ones before them suffer.
func (p *planner) settle(sofar DisplacementPlan) {
	if p.found && sofar.compareHarm(&p.best) >= 0 || p.untried == 0 {
		return
	}
	if len(p.moves) == len(p.chosen) {
		p.untried--
		e := exchange{q: *p.q, at: p.at}
		for i := range p.moves {
			e.moves = append(e.moves, p.moves[i].Placement)
		}
		if _, no := p.b.judgeExchange(p.t, &e); no.Reason == 0 {
			p.best, p.found = sofar, true
			p.best.Slot, p.best.Moves = p.q.Slot, slices.Clone(p.moves)
			s := p.b.sessions.at(uint32(p.q.Slot.Session))
			p.best.Start, _ = s.runTime(p.q.Slot.N, p.q.Count)
		}
		return
	}
	who := p.chosen[len(p.moves)]
	if p.places[who] == nil {
		p.places[who] = p.placesOf(p.people[who])
	}
	for _, m := range p.places[who] {
		next := sofar
		if m.Elsewhere {
			next.Elsewhere++
		}
		next.LongestSeconds, next.TotalSeconds = max(next.LongestSeconds, m.DelaySeconds), next.TotalSeconds+m.DelaySeconds
		p.moves = append(p.moves, m)
		p.settle(next)
		p.moves = p.moves[:len(p.moves)-1]
	}
}

// placesOf lists where one person may be moved to while the others stay: with a resource of theirs before without one, the earlier first.
func (p *planner) placesOf(id Appointment) []Move {
	b := p.b
	x := b.appointments.at(uint32(id))
	s := b.sessions.at(uint32(x.session))
	list := []Move{}
	look := func(resource Resource, d Department, service Service, elsewhere bool) {
		a, v := &p.t.work.attempt, &p.t.work.view
		*a = attempt{Request: Request{Person: x.person, Account: x.account, Booker: x.booker, Bear: x.bear, Count: x.count, Resource: resource,
			Department: d, Service: service, From: x.start + 1, Until: b.displacedBefore(x)}, at: p.at, batch: p.t,
			closing: &p.t.work.nowhere, legs: p.t.work.legs[:0]}
		a.release(id, x)
		p.t.work.legs = a.legs
		v.open(b, a)
		if resource == 0 && !elsewhere {
			v.narrow(x.session)
		}
		for v.NextSession() {
			if !s.replaceableBy(v.session) || elsewhere && s.shares(v.session) {
				continue
			}
			for c, ok := v.NextSlot(); ok; c, ok = v.NextSlot() {
				if c.Slot.Session != p.q.Slot.Session || !overlapping(int(c.Slot.N), int(x.count), int(p.q.Slot.N), int(p.q.Count)) {
					list = append(list, Move{Placement: Placement{id, c.Slot}, From: Slot{x.session, x.slot}, Start: c.Start,
						DelaySeconds: int64(c.Start - x.start), Elsewhere: elsewhere})
				}
			}
		}
	}
	look(0, 0, 0, false) // their own session
	for _, r := range s.resources() {
		look(r, 0, 0, false)
	}
	if s.department != 0 || s.service != 0 {
		look(0, s.department, s.service, true)
	}
	slices.SortFunc(list, compareMoves)
	list = slices.CompactFunc(list, func(x, y Move) bool { return x.Slot == y.Slot })
	return list[:min(len(list), MaxPlaces)]
}

func compareMoves(x, y Move) int {
	elsewhere := func(m *Move) int {
		if m.Elsewhere {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(elsewhere(&x), elsewhere(&y)), cmp.Compare(x.Start, y.Start), cmp.Compare(x.Slot.Session, y.Slot.Session),
		cmp.Compare(x.Slot.N, y.Slot.N))
}
