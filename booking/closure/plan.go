package closure

import (
	"cmp"
	"errors"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// MaxRounds is how often a round is solved at most.
const MaxRounds = 8

// Planned is a plan and what it rests on. Nothing of it has happened yet.
type Planned struct {
	// Command does it.
	Command booking.CloseSession
	// Proposals has one entry for each who is affected and does not merely hold a number unpaid, in order of Appointment.
	Proposals []Proposal
	// Fates is what Command leads to, if it is decided before anything else is.
	Fates booking.Fates
	// Objective is what the proposals are worth; Alone, what the Book would do without a plan; Bound, the best that the options allow where each is judged alone. As
	// Rebook compares them, Objective is never worse than Alone.
	Objective, Alone, Bound allocate.RebookObjective
	// Exact says that Objective is as good as Bound.
	Exact bool
	// Rounds is how often a round was solved.
	Rounds int
	// Problem and Proof are the first round, whose objective is Bound.
	Problem *allocate.RebookProblem
	Proof   allocate.RebookPlan
}

// Proposal is what is proposed for one who is affected.
type Proposal struct {
	Appointment booking.Appointment
	// Class is their frailty; 1 is the frailest.
	Class int
	Fate  allocate.RebookFate
	// Slot is where, and Loss what that costs them; zero where nothing was found.
	Slot booking.Slot
	Loss allocate.RebookLoss
}

// ErrProof says that a Planned does not prove what it says.
var ErrProof = errors.New("closure: the proof does not hold")

// Verify checks the proof of the bound, and that Exact says what is so. Cost: as allocate.VerifyRebook.
func (p *Planned) Verify() error {
	if err := allocate.VerifyRebook(p.Problem, p.Proof); err != nil {
		return errors.Join(ErrProof, err)
	}
	if p.Bound.Compare(p.Proof.Objective) != 0 || p.Exact != (p.Objective.Compare(p.Bound) == 0) {
		return ErrProof
	}
	return nil
}

// Plan plans a closing. The error joins what is wrong with c, or is the Book's: booking.ErrDue where something is due first, booking.ErrCommand, and
// a *booking.Refusal where a session is gone. Cost: for each who is affected, a search of what they could have; a round of Rebook; and a closing
// tried on the Book, for each round.
func Plan(b *booking.Book, c Closing) (Planned, error) {
	if err := c.problems(); err != nil {
		return Planned{}, err
	}
	p := &planner{book: b, closing: c, sessions: map[booking.Session]*session{}, known: map[booking.Slot]allocate.RebookTerms{}, forbidden: map[ban]bool{}}
	alone, err := p.try(nil)
	if err != nil {
		return Planned{}, err
	}
	best := alone
	out := Planned{Alone: alone.objective}
	if err := p.findOptions(&alone); err != nil {
		return Planned{}, err
	}
	for out.Rounds < MaxRounds {
		problem, err := allocate.NewRebookProblem(p.round())
		if err != nil {
			return Planned{}, err
		}
		solved := allocate.Rebook(problem, nil)
		if out.Rounds++; out.Rounds == 1 {
			out.Problem, out.Proof, out.Bound = problem, solved, solved.Objective
		}
		plan := p.placements(&solved)
		tried, err := p.try(plan)
		if err != nil {
			return Planned{}, err
		}
		if tried.objective.Compare(best.objective) < 0 {
			best = tried
		}
		if best.objective.Compare(out.Bound) <= 0 || !p.forbid(plan, &tried) {
			break
		}
	}
	final, err := p.try(best.offers) // in the order in which they were made: the same places, all planned
	if err != nil {
		return Planned{}, err
	}
	out.Command = c.command()
	out.Command.Plan, out.Proposals, out.Fates, out.Objective = final.offers, final.proposals, final.fates, final.objective
	out.Exact = out.Objective.Compare(out.Bound) == 0
	return out, nil
}

// planner is the work on one closing.
type planner struct {
	book      *booking.Book
	closing   Closing
	batch     booking.Batch
	sessions  map[booking.Session]*session
	known     map[booking.Slot]allocate.RebookTerms
	people    []person // affected, but for holds, in order of their time
	slots     []place  // all that are options, in order of slot
	forbidden map[ban]bool
}

// person is one who is affected.
type person struct {
	id      booking.Appointment
	visit   booking.Visit
	class   int
	waits   bool // they go on the waitlist where nothing is found
	options []booking.Slot
	fixed   booking.Slot // of a visit of several slots, where the Book puts it
}

// place is a slot that somebody could have.
type place struct {
	slot booking.Slot
	room int
}

// ban keeps somebody out of a session: the Book would not have it.
type ban struct {
	appointment booking.Appointment
	session     booking.Session
}

// outcome is what the Book made of a plan.
type outcome struct {
	offers    []booking.Placement // in the order of the events
	proposals []Proposal
	fates     booking.Fates
	objective allocate.RebookObjective
}

// where is the place that someone was offered.
func (o *outcome) where(id booking.Appointment) booking.Slot {
	i, found := slices.BinarySearchFunc(o.proposals, id, func(p Proposal, id booking.Appointment) int { return cmp.Compare(p.Appointment, id) })
	if !found {
		return booking.Slot{}
	}
	return o.proposals[i].Slot
}

// try decides the closing with a plan, and applies nothing.
func (p *planner) try(plan []booking.Placement) (outcome, error) {
	p.batch.Reset()
	defer p.batch.Reset()
	c := p.closing.command()
	c.Plan = plan
	reply, err := p.book.Decide(&p.batch, c)
	switch {
	case err != nil:
		return outcome{}, err
	case reply.Outcome == booking.Refused:
		return outcome{}, &reply.Refusal
	}
	o := outcome{fates: p.batch.Fates()}
	events := p.batch.Events()
	for i := range events {
		if events[i].Kind() != booking.OfferMade {
			continue
		}
		x := p.proposal(&events[i], i+1 < len(events) && events[i+1].Kind() == booking.EntryJoined)
		if x.Slot.IsValid() {
			o.offers = append(o.offers, booking.Placement{Appointment: x.Appointment, Slot: x.Slot})
		}
		o.proposals = append(o.proposals, x)
	}
	slices.SortFunc(o.proposals, func(a, b Proposal) int { return cmp.Compare(a.Appointment, b.Appointment) })
	o.objective = objective(o.proposals, len(p.closing.Frailest)+1)
	return o, nil
}

// proposal reads an offer; joins says that the waitlist is what they get.
func (p *planner) proposal(e *booking.Event, joins bool) Proposal {
	v, _ := p.book.Appointment(e.Appointment())
	x := Proposal{Appointment: e.Appointment(), Class: p.closing.class(v.Bear), Fate: allocate.RebookTold}
	switch {
	case e.Slot().IsValid():
		x.Fate, x.Slot = allocate.RebookMoved, e.Slot()
		x.Loss = loss(p.terms(v.Slot), p.terms(x.Slot))
	case joins:
		x.Fate = allocate.RebookWaitlisted
	}
	return x
}

// placements are where a solved round puts whom: the visits of several slots first, then the frailest, then the earlier numbers.
func (p *planner) placements(solved *allocate.RebookPlan) []booking.Placement {
	slotOf := make(map[string]string, len(solved.Proposals))
	for i := range solved.Proposals {
		slotOf[solved.Proposals[i].Appointment] = solved.Proposals[i].Slot
	}
	bySlot := make(map[string]booking.Slot, len(p.slots))
	for i := range p.slots {
		bySlot[slotName(p.slots[i].slot)] = p.slots[i].slot
	}
	var list []booking.Placement
	for i := range p.people {
		if x := &p.people[i]; x.fixed.IsValid() {
			list = append(list, booking.Placement{Appointment: x.id, Slot: x.fixed})
		}
	}
	for class := range len(p.closing.Frailest) + 1 {
		for i := range p.people {
			x := &p.people[i]
			if at, ok := bySlot[slotOf[name(x.id)]]; ok && x.class == class+1 && x.visit.Count == 1 {
				list = append(list, booking.Placement{Appointment: x.id, Slot: at})
			}
		}
	}
	return list
}

// forbid keeps those whom the Book put elsewhere out of the session that was planned for them; false where there was nobody.
func (p *planner) forbid(plan []booking.Placement, tried *outcome) (any bool) {
	for _, x := range plan {
		key := ban{x.Appointment, x.Slot.Session}
		if tried.where(x.Appointment) != x.Slot && !p.forbidden[key] {
			p.forbidden[key], any = true, true
		}
	}
	return any
}
