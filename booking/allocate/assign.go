package allocate

import (
	"cmp"
	"slices"
)

// AssignEffort bounds and watches the work of Assign. The zero value means the default limit and nobody watching.
type AssignEffort struct {
	// WorkLimit bounds the work of the search over quotas of sessions, in steps: a flow is one, and so is as much arithmetic between flows as
	// takes about the time of one. 0 means DefaultAssignWork. Below 0 counts as 1. The first flow is made whatever the limit, and one that
	// has begun is ended.
	WorkLimit int64
	// Progress, if not nil, is told now and then how far the work is, and says whether to go on.
	Progress func(AssignProgress) bool
}

// DefaultAssignWork is the work limit where none is given: eight to nine seconds with 120 patients, 40 slots and 50 quotas over 10 sessions,
// where a step is under two milliseconds.
const DefaultAssignWork = 5_000

// AssignProgress is how far the work is.
type AssignProgress struct {
	// Placed of Patients are dealt with.
	Placed, Patients int64
	// Steps is the work that counts against the limit.
	Steps int64
}

// progressEvery is after how many patients Progress is asked.
const progressEvery = 256

// maxSalts bounds how many salts are tried when answers tie. Two in a row are one in 2^40 already.
const maxSalts = 16

// Assign gives each patient one acceptable slot or none, so that the goal is reached and no limit is broken. Of equally good answers it
// gives the canonical one: that with the least sum of hashes of (patient, slot) under the salt, which does not depend on
// the order of the input; if two tie there too, the next salt decides. The plan's certificate proves both (VerifyAssign).
//
// With quotas of sessions the problem is no flow any more; it is solved exactly all the same, by branch and bound, until the work
// limit is met; then the plan is AssignBounded and says how far it may be from the best. Which of several best answers
// it is then follows from the IDs alone, but not from the salt.
//
// Cost without quotas: a search from each patient through a small part of the component; see BenchmarkAssign. With quotas
// 7 to 75 times that; see BenchmarkAssignQuota.
//
// A nil or zero problem has no answer: the plan is then the zero value, whose Outcome is not valid.
func Assign(p *AssignProblem, effort AssignEffort) AssignPlan {
	if !p.made() {
		return AssignPlan{}
	}
	solve := p.solvePlain
	switch {
	case p.quotas.crossing():
		return p.solveCrossing(effort)
	case p.quotas.any():
		solve = p.solveFlow
	}
	var tied []AssignPlan
	for {
		plan, unique := solve(p.salt+uint64(len(tied)), effort)
		if plan.Outcome == AssignStopped {
			return p.stopped()
		}
		if unique || len(tied) == maxSalts {
			plan.Tied = tied
			return plan
		}
		tied = append(tied, plan)
	}
}

// stopped is the answer where Progress said to stop.
func (p *AssignProblem) stopped() AssignPlan {
	plan := AssignPlan{Outcome: AssignStopped, Salt: p.salt}
	at := make([]int32, len(p.patients))
	for i := range at {
		at[i] = nowhere
	}
	p.addPlaces(&plan, at)
	plan.Bound = AssignObjective{}
	return plan
}

// addPlaces makes places and objective of the arcs given.
func (p *AssignProblem) addPlaces(plan *AssignPlan, at []int32) {
	plan.Places = make([]AssignPlace, len(at))
	o := &plan.Objective
	if p.classes > 0 {
		o.Served = make([]int64, p.classes)
	}
	for i, a := range at {
		place := &plan.Places[i]
		place.Patient = p.patients[i]
		switch {
		case a >= 0:
			place.Slot, place.Cost = p.slots[p.arcs[a].slot], int64(p.arcs[a].cost)
			if p.classes > 0 {
				o.Served[p.class[i]-1]++
			}
		case p.classes == 0:
			place.Cost = int64(p.leave[i])
		}
		o.Cost += place.Cost
	}
	plan.Bound = AssignObjective{Served: slices.Clone(o.Served), Cost: o.Cost}
}

// solvePlain solves a problem without quotas.
func (p *AssignProblem) solvePlain(salt uint64, effort AssignEffort) (AssignPlan, bool) {
	s := newAssignState(p, salt)
	if !s.run(p, effort) {
		return AssignPlan{Outcome: AssignStopped}, false
	}
	plan := AssignPlan{Outcome: AssignBest, Salt: salt, Certificate: s.certificate(nil, p.levels(), p.classes)}
	p.addPlaces(&plan, s.at)
	return plan, s.unique()
}

// run solves one part after another, and reports whether it came to the end. By part, for what is near in the work to be near in memory.
func (s *assignState) run(p *AssignProblem, effort AssignEffort) bool {
	order, starts := p.order()
	progress := AssignProgress{Patients: int64(len(p.patients))}
	for k := range starts[:len(starts)-1] {
		patients, from, to := order[starts[k]:starts[k+1]], int32(0), int32(0)
		if k > 0 { // the first are those without options
			from, to = p.parts[k-1], p.parts[k]
			s.estimate(patients, from, to)
		}
		for _, i := range patients {
			if progress.Placed%progressEvery == 0 && effort.Progress != nil && !effort.Progress(progress) {
				return false
			}
			s.place(i)
			progress.Placed++
		}
		s.settleRooms(patients, from, to)
	}
	return true
}

// order is the patients by part, those without options first; within it by class, for a patient of a later class never takes a slot from
// one of an earlier; then by ID. starts are where the parts begin.
func (p *AssignProblem) order() (order, starts []int32) {
	home := make([]int32, len(p.slots)) // 1 + the part of a slot
	for k := range len(p.parts) - 1 {
		for j := p.parts[k]; j < p.parts[k+1]; j++ {
			home[j] = int32(k) + 1
		}
	}
	part := func(i int32) int32 {
		if p.row[i] == p.row[i+1] {
			return 0
		}
		return home[p.arcs[p.row[i]].slot]
	}
	starts = make([]int32, len(p.parts)+1)
	for i := range p.patients {
		starts[part(int32(i))+1]++
	}
	for k := range p.parts {
		starts[k+1] += starts[k]
	}
	order = make([]int32, len(p.patients))
	next := slices.Clone(starts)
	for i := range order {
		k := part(int32(i))
		order[next[k]] = int32(i)
		next[k]++
	}
	for k := range p.parts {
		if p.classes > 1 {
			slices.SortFunc(order[starts[k]:starts[k+1]], func(a, b int32) int {
				return cmp.Or(cmp.Compare(p.class[a], p.class[b]), cmp.Compare(a, b))
			})
		}
	}
	return order, starts
}

// certificate writes the prices as vectors, in the order given; nil is that of the state.
func (s *assignState) certificate(order []int32, levels, classes int) AssignCertificate {
	prices := make([]int64, len(s.price)*levels)
	for k := range s.price {
		j := int32(k)
		if order != nil {
			j = order[k]
		}
		at := prices[k*levels : (k+1)*levels]
		if t := int(s.tier[j]); t <= classes {
			at[t] = 1
		}
		at[levels-2], at[levels-1] = s.price[j].cost, s.price[j].hash
	}
	return AssignCertificate{Levels: levels, Scale: 1, Nodes: []AssignNode{{Slots: prices}}}
}

// unique reports whether no other answer is as good, as the verifier asks it (tieGraph), with tiers in place of vectors.
func (s *assignState) unique() bool {
	outside := int32(len(s.price))
	g := &tieGraph{root: make([]int32, outside+1)}
	for j := range g.root {
		g.root[j] = int32(j)
	}
	for j, price := range s.price {
		if s.tier[j] == s.open && price == (worth{}) {
			g.connect(int32(j), outside, s.fill[j] < s.capacity[j], s.fill[j] > 0)
		}
	}
	for i := range s.at {
		s.addTies(g, int32(i), outside)
	}
	return g.acyclic()
}

func (s *assignState) addTies(g *tieGraph, i, outside int32) {
	if s.at[i] == pending {
		return
	}
	here, tier, node := s.leaving(i), s.rank(i), outside
	if a := s.at[i]; a >= 0 {
		node = s.arcs[a].slot
		here, tier = s.value(i, a), s.tier[node]
		if s.rank(i) == tier && s.leaving(i) == here {
			g.arrows = append(g.arrows, [2]int32{node, outside})
		}
	}
	first := s.from[i]
	for k, arc := range s.arcs[first:s.to[i]] {
		if int64(arc.cost)+s.price[arc.slot].cost == here.cost && s.tier[arc.slot] == tier && s.at[i] != first+int32(k) &&
			s.value(i, first+int32(k)) == here {
			g.arrows = append(g.arrows, [2]int32{node, arc.slot})
		}
	}
}
