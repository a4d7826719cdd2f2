package allocate

import "slices"

// rebookLadder goes down the levels of an objective, one assignment after another. After each, what is left are the answers that are
// best so far: by complementary slackness those, and only those, that use options that the prices make the least of their patient, that
// place whoever pays less placed than left, and that fill whatever has a price. These are the next problem's options, and what must be
// placed or filled is paid for by more than the level can ever differ by (Ahuja, Magnanti and Orlin 1993, "Network flows", 9.4). The prices
// are those of the certificate, so that whoever trusts the certificates can go the same way down.
type rebookLadder struct {
	p       *RebookProblem
	problem *AssignProblem // of the level; before the first and after a level settled, without costs
	// measure and class are those of the level.
	measure RebookMeasure
	class   int
	solved  bool // some level was
	// placed and filled are what every answer that is left has in common: by patient, by slot.
	placed, filled []bool
}

func newRebookLadder(p *RebookProblem) *rebookLadder {
	l := &rebookLadder{p: p, problem: p.whole, measure: RebookService, placed: make([]bool, len(p.people)), filled: make([]bool, len(p.nodes))}
	for i := range p.people {
		l.placed[i] = !p.people[i].affected
	}
	return l
}

// climb makes the problem of the next level that is open yet, and reports whether there is one. Should there be none at all, it is service
// alone.
func (l *rebookLadder) climb() bool {
	for l.next() {
		if most, open := l.look(); open {
			l.price(most)
			return true
		}
	}
	if l.solved {
		return false
	}
	l.measure, l.class, l.solved = RebookService, 0, true
	l.price(0)
	return true
}

// next is the level after this one: price, then class by class.
func (l *rebookLadder) next() bool {
	switch {
	case l.measure == RebookService && !l.solved:
		l.measure = RebookPrice
	case l.measure == RebookPrice || l.measure == RebookEarlier && l.class < l.p.classes:
		l.measure, l.class = RebookDepartments, l.class+1
	case l.measure < RebookEarlier && l.measure > RebookPrice:
		l.measure++
	default:
		return false
	}
	return true
}

// counts reports whether the level is about an appointment.
func (l *rebookLadder) counts(who *rebookAppointed) bool {
	return l.measure == RebookPrice || who.class == l.class
}

// amount is what an appointment in a node counts on the level.
func (l *rebookLadder) amount(who *rebookAppointed, node int32) int64 {
	switch {
	case node == who.home || !l.counts(who):
		return 0
	case l.measure == RebookPrice:
		return int64(who.price)
	}
	return amount(l.measure, loss(&who.had, &l.p.nodes[node].terms))
}

// look returns what the level amounts to at most, over all appointments, and whether the answers that are left differ in it. They
// do not where whoever is placed in all of them has options of one amount each, and whoever is not has, with all the others of the kind, one
// amount in common: how many of those are placed is the same in all answers.
func (l *rebookLadder) look() (most int64, open bool) {
	greatest, people, common := int64(0), int64(0), int64(-1)
	for i := range l.p.people {
		who, row := &l.p.people[i], l.row(i)
		if len(row) == 0 || !l.counts(who) {
			continue
		}
		people++
		first := l.amount(who, row[0].slot)
		for _, arc := range row {
			x := l.amount(who, arc.slot)
			greatest = max(greatest, x)
			open = open || x != first
		}
		if !l.placed[i] {
			open = open || common >= 0 && common != first
			common = first
		}
	}
	return greatest * people, open
}

func (l *rebookLadder) row(i int) []assignArc {
	return l.problem.arcs[l.problem.row[i]:l.problem.row[i+1]]
}

// price makes the level's costs: the amounts, less a reward for each duty that an option does, which is more than all amounts together. With
// the limits of Rebook that is at most 2 (2^17 × 3,660 + 1) + 3,660 either way, within MaxAssignCost.
func (l *rebookLadder) price(most int64) {
	next := *l.problem
	next.arcs = slices.Clone(next.arcs)
	l.problem = &next
	for i := range l.p.people {
		for k, arc := range l.row(i) {
			cost := int64(0)
			if l.measure != RebookService {
				cost = l.amount(&l.p.people[i], arc.slot)
			}
			if l.placed[i] {
				cost -= most + 1
			}
			if l.filled[arc.slot] {
				cost -= most + 1
			}
			l.row(i)[k].cost = int32(cost)
		}
	}
}

// settle keeps of the level's problem what its best answers are made of. The level of the hashes is left out: it decides at the end.
func (l *rebookLadder) settle(plan *AssignPlan) {
	l.solved = true
	p := l.problem
	levels := p.levels()
	prices := plan.Certificate.Nodes[0].Slots
	price := func(j int32) []int64 { return prices[int(j)*levels : int(j+1)*levels-1] }
	for j := range l.filled {
		l.filled[j] = firstSign(price(int32(j))) != 0
	}
	next := *p
	next.row, next.arcs = make([]int32, len(p.row)), make([]assignArc, 0, len(p.arcs))
	least, leave := make([]int64, levels-1), make([]int64, levels-1)
	compare := func(arc assignArc) int { // with least
		at := price(arc.slot)
		last := len(at) - 1
		if c := slices.Compare(at[:last], least[:last]); c != 0 {
			return c
		}
		return int(firstSign([]int64{at[last] + int64(arc.cost) - least[last]}))
	}
	for i := range l.p.people {
		clear(leave)
		leave[p.class[i]] = 1
		copy(least, leave)
		row := l.row(i)
		for _, arc := range row {
			if compare(arc) < 0 {
				copy(least, price(arc.slot))
				least[len(least)-1] += int64(arc.cost)
			}
		}
		for _, arc := range row {
			if compare(arc) == 0 {
				next.arcs = append(next.arcs, assignArc{arc.slot, 0})
			}
		}
		next.row[i+1] = int32(len(next.arcs))
		l.placed[i] = slices.Compare(least, leave) < 0
	}
	l.problem = &next
}
