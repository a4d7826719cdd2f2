package allocate

import (
	"math"
	"slices"
)

// assignScale is how many parts a price has in certificates with quotas of sessions: their best prices are fractions, most of them of
// small denominators.
const assignScale = 60

// crossing is a branch and bound over quotas of sessions. The relaxation is the flow with a price on each such quota (Geoffrion 1974,
// "Lagrangean relaxation for integer programming"); a node parts at how many of a channel are given in one slot, where the best mixture of
// flows has a fraction. It ends because where all those numbers are fixed everything is a flow again.
type crossing struct {
	p      *AssignProblem
	f      *quotaFlow
	levels int
	// low and high bound the gates; prices are of the quotas of sessions, in parts.
	low, high []int64
	prices    []int64
	gates     [][]int32 // by quota of a session
	most      []int64   // by quota of a session
	members   []int64   // by class

	effort  AssignEffort
	steps   int64
	cells   int64 // touched outside flows, less those that steps count
	stopped bool

	columns []column // of all nodes
	nodes   []AssignNode
	best    []int32 // arcs of the best answer yet
	worth   []int64 // of it
	// open is the least bound of what was left when the limit was met.
	open []int64
}

func (p *AssignProblem) solveCrossing(effort AssignEffort) AssignPlan {
	if effort.WorkLimit == 0 {
		effort.WorkLimit = DefaultAssignWork
	}
	q := &p.quotas
	x := &crossing{
		p: p, f: newQuotaFlow(p, 0, assignScale), levels: p.levels(), effort: effort, low: make([]int64, len(q.gates)), high: make([]int64, len(q.gates)),
		prices: make([]int64, len(q.sessions)*p.levels()), gates: make([][]int32, len(q.sessions)), members: p.members(),
	}
	for g, gate := range q.gates {
		x.high[g] = int64(gate.most)
		if gate.session >= 0 {
			x.gates[gate.session] = append(x.gates[gate.session], int32(g))
		}
	}
	for _, s := range q.sessions {
		x.most = append(x.most, min(int64(s.most), int64(len(p.patients))))
	}
	x.keep(x.nobody())
	x.visit(AssignNode{}, nil)
	if x.stopped {
		return p.stopped()
	}
	plan := AssignPlan{
		Outcome: AssignBest, Salt: p.salt, Steps: x.steps,
		Certificate: AssignCertificate{Levels: x.levels, Scale: assignScale, Nodes: x.nodes},
	}
	p.addPlaces(&plan, x.best)
	if x.open != nil && slices.Compare(x.open, x.worth) < 0 {
		plan.Outcome = AssignBounded
		plan.Bound.Cost = x.open[x.levels-2]
		for k := range plan.Bound.Served {
			plan.Bound.Served[k] += x.worth[k+1] - x.open[k+1]
		}
	}
	return plan
}

func (x *crossing) nobody() []int32 {
	at := make([]int32, len(x.p.patients))
	for i := range at {
		at[i] = nowhere
	}
	return at
}

// keep takes an answer if it is the best yet.
func (x *crossing) keep(at []int32) {
	worth := make([]int64, x.levels)
	for i, a := range at {
		if a == nowhere {
			a = x.f.leaving + int32(i)
		}
		for k, c := range x.f.net.costOf(a) {
			worth[k] += c / assignScale
		}
	}
	if x.worth == nil || slices.Compare(worth, x.worth) < 0 {
		x.best, x.worth = at, worth
	}
}

// over says that the work is at an end.
func (x *crossing) over() bool { return x.stopped || x.steps >= max(1, x.effort.WorkLimit) }

// visit solves a node and what is below it; what was proven of the node above holds here too. The first flow of all is made
// whatever the limit, so that there is always a bound.
func (x *crossing) visit(above AssignNode, known []int64) {
	at := len(x.nodes)
	x.nodes = append(x.nodes, AssignNode{})
	leaf, bound, mean := x.relax(above, known)
	if x.stopped {
		return
	}
	gate, atMost := int32(-1), int64(0)
	parts := !closes(bound, x.worth)
	if parts {
		gate, atMost = x.choose(mean)
	}
	if gate < 0 || x.over() {
		x.nodes[at] = leaf
		if parts {
			x.leaveOpen(bound)
		}
		return
	}
	x.nodes[at] = AssignNode{Parts: true, Gate: gate, AtMost: int32(atMost)}
	low, high := x.low[gate], x.high[gate]
	for _, part := range [2][2]int64{{low, atMost}, {atMost + 1, high}} {
		if x.over() { // what holds here holds there
			x.nodes = append(x.nodes, leaf)
			x.leaveOpen(bound)
			continue
		}
		x.setGate(gate, part[0], part[1])
		x.visit(leaf, bound)
	}
	x.setGate(gate, low, high)
}

// closes reports whether a bound, in parts, shows that no answer is better than one of the worth given. A fraction of the last level
// counts as the next whole number; one of a level before leaves the levels after it without a bound.
func closes(bound, worth []int64) bool {
	last := len(worth) - 2 // the hashes decide nothing
	for k := 0; k <= last; k++ {
		switch want := worth[k] * assignScale; {
		case bound[k] > want || k == last && bound[k] > want-assignScale:
			return true
		case bound[k] < want:
			return false
		}
	}
	return true
}

// leaveOpen notes what a bound, in parts, says of answers.
func (x *crossing) leaveOpen(bound []int64) {
	whole := slices.Clone(x.worth)
	for k := range x.levels - 1 {
		parts := bound[k] % assignScale
		whole[k] = (bound[k] - parts) / assignScale
		if parts < 0 {
			whole[k]--
		}
		if parts != 0 && k == x.levels-2 {
			whole[k]++
		}
		if parts != 0 {
			break // what follows may be anything: any number will do
		}
		if k > 0 && k < x.levels-2 && x.beyond(whole, k) {
			break
		}
	}
	if x.open == nil || slices.Compare(whole, x.open) < 0 {
		x.open = whole
	}
}

// beyond brings a bound that leaves fewer of the class of a level than none, or more than all, back to what a class can be, and
// reports whether it had to. Answers that leave one fewer of a class before, or all of this one, are as far as it then goes; what follows may be
// anything: that of the best answer will do. A bound is never below what no prices at all prove, so that some level before is above 0.
func (x *crossing) beyond(whole []int64, k int) bool {
	all := x.members[k-1]
	if whole[k] >= 0 && whole[k] <= all {
		return false
	}
	if whole[k] > all {
		whole[k] = all
		return true
	}
	for ; k > 0 && whole[k] <= 0; k-- {
		whole[k] = x.worth[k]
	}
	whole[k]--
	return true
}

func (x *crossing) setGate(g int32, low, high int64) {
	x.low[g], x.high[g] = low, high
	x.f.setGate(g, low, high)
}

// relax finds the best prices of quotas of sessions that it can, no worse than those that are known, and gives them with the bound that
// they prove, and with what the best mixture of flows sends through the gates.
func (x *crossing) relax(known AssignNode, proven []int64) (leaf AssignNode, bound []int64, mean []float64) {
	leaf, bound = known, proven
	m := newMaster(x.most, x.levels)
	x.charge(m.cells() + int64(len(x.columns)*len(x.low))) // making it, and looking for the columns that are inside
	for _, c := range x.columns {
		if x.inside(c) {
			m.add(c)
		}
	}
	for round := 0; ; round++ {
		m.solve(x.charge)
		x.setPrices(m)
		x.solve()
		if got := x.bound(); bound == nil || slices.Compare(got, bound) > 0 {
			bound, leaf = got, x.f.node(x.prices)
		}
		x.keep(x.withinQuotas())
		if closes(bound, x.worth) || x.over() {
			break
		}
		c := x.column()
		x.charge(int64(len(m.columns))) // most of them differ at once
		if known := slices.ContainsFunc(m.columns, func(k column) bool { return slices.Equal(k.gates, c.gates) && slices.Equal(k.cost, c.cost) }); known || c.cost[0] > 0 && round > 2*m.rows {
			break
		}
		m.add(c)
		if c.cost[0] == 0 {
			x.columns = append(x.columns, c)
		}
	}
	mean = m.average(len(x.low))
	if !closes(bound, x.worth) && !x.over() {
		x.round(mean)
	}
	return leaf, bound, mean
}

// inside reports whether a flow keeps the node's bounds.
func (x *crossing) inside(c column) bool {
	for g, y := range c.gates {
		if y < x.low[g] || y > x.high[g] {
			return false
		}
	}
	return true
}

// column is the flow as the master sees it, without prices and rewards: level 0 is what is missing to lower bounds.
func (x *crossing) column() column {
	c := column{cost: make([]float64, x.levels), usage: make([]float64, len(x.gates)+1), gates: make([]int64, len(x.low))}
	total := x.total()
	for k := range total {
		c.cost[k] = float64(total[k]) / assignScale
	}
	for g := range c.gates {
		c.gates[g] = x.f.through(int32(g))
	}
	for s := range x.gates {
		usage := x.usage(int32(s))
		c.usage[s] = float64(usage)
		for k, price := range x.price(int32(s)) {
			c.cost[k] -= float64(price*usage) / assignScale
		}
	}
	c.usage[len(x.gates)] = 1
	return c
}

// total is what the flow costs with prices, rewards of lower bounds made up for, in parts.
func (x *crossing) total() []int64 {
	total := x.f.net.total()
	for g := range x.low {
		total[0] += x.low[g] * assignScale
	}
	for c := range x.p.quotas.whole {
		total[0] += x.f.lowest(int32(c)) * assignScale
	}
	return total
}

// bound is what the prices prove: what the flow costs with them, less what the quotas are worth.
func (x *crossing) bound() []int64 {
	total := x.total()
	for s := range x.gates {
		for k, price := range x.price(int32(s)) {
			total[k] -= price * int64(x.p.quotas.sessions[s].most)
		}
	}
	return total
}

// choose finds where to part: at the gate whose mean is farthest from a whole number; else at any that is not fixed.
func (x *crossing) choose(mean []float64) (gate int32, atMost int64) {
	gate, far := -1, 1e-4
	for g, y := range mean {
		whole := math.Floor(y)
		if off := min(y-whole, whole+1-y); off > far && x.low[g] <= int64(whole) && int64(whole) < x.high[g] {
			gate, atMost, far = int32(g), int64(whole), off
		}
	}
	for g := 0; gate < 0 && g < len(mean); g++ {
		if x.low[g] < x.high[g] && x.p.quotas.gates[g].session >= 0 {
			gate, atMost = int32(g), (x.low[g]+x.high[g])/2
		}
	}
	return gate, atMost
}
