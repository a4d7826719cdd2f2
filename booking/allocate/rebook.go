package allocate

// Rebook finds new places for the appointments that a closure left without one, and proposes them. Of all proposals in which each
// affected appointment takes one of its options or none, no unit is given twice, and an appointment that is not affected moves only
// to one of its options and gives way only to a frailer one, it gives those that are best by these levels, each compared before
// all later ones:
//
//  1. how many of the affected of class 1 are moved, then of class 2, and so on: more is better;
//  2. the sum of the prices of those who are displaced: so nobody is displaced but where more of the affected can be moved by it;
//  3. for class 1, then for class 2, and so on, over the affected who are moved and the displaced, each the less the better: how many have another
//     department; how many have lost their physician; the sum of grade steps; the sum of days; the sum of minutes of the
//     time of day, that the dates differ by left aside; how many come earlier than they would have;
//  4. the sum of hashes, as in Assign, with slots named as in RebookProblem: so that there is one answer, whatever the order of the input.
//
// Every affected appointment is moved, waitlisted or told, and the totals count each once. The levels are never weighed against each other: each
// is an assignment among the answers that are best on those before it, and has a certificate of its own (VerifyRebook).
//
// Progress, if not nil, is told now and then how far the work on a level is, with the levels done as Steps, and says whether to go
// on. Cost: as Assign, for each level that the ones before leave open; see BenchmarkRebook.
//
// A nil or zero problem has no answer: the plan is then the zero value, whose Outcome is not valid.
func Rebook(p *RebookProblem, progress func(AssignProgress) bool) RebookPlan {
	if !p.made() {
		return RebookPlan{}
	}
	plan := RebookPlan{Outcome: AssignBest}
	effort := AssignEffort{}
	if progress != nil {
		effort.Progress = func(a AssignProgress) bool {
			a.Steps = int64(len(plan.Levels))
			return progress(a)
		}
	}
	l := newRebookLadder(p)
	for l.climb() {
		level := RebookLevel{Measure: l.measure, Class: l.class, Plan: Assign(l.problem, effort)}
		if level.Plan.Outcome == AssignStopped {
			plan = RebookPlan{Outcome: AssignStopped}
			p.propose(&plan, level.Plan.Places)
			return plan
		}
		plan.Levels = append(plan.Levels, level)
		l.settle(&level.Plan)
	}
	p.propose(&plan, plan.Levels[len(plan.Levels)-1].Plan.Places)
	return plan
}

// propose makes proposals and totals of places. Those who are booked and have none stay.
func (p *RebookProblem) propose(plan *RebookPlan, places []AssignPlace) {
	plan.Objective.Classes = make([]RebookTotals, p.classes)
	for i := range p.people {
		who, id := &p.people[i], places[i].Slot
		t := &plan.Objective.Classes[who.class-1]
		proposal := RebookProposal{Appointment: places[i].Patient, Class: who.class, Fate: RebookMoved}
		if id != "" {
			node := p.node(int32(i), id)
			if node == who.home {
				continue
			}
			proposal.Slot, proposal.Loss = p.nodes[node].slot, loss(&who.had, &p.nodes[node].terms)
			t.add(proposal.Loss)
		}
		switch {
		case !who.affected:
			if id != "" {
				plan.Displaced = append(plan.Displaced, proposal)
				plan.Objective.Price += int64(who.price)
				t.Displaced++
			}
			continue
		case id != "":
			t.Moved++
		case who.declines:
			proposal.Fate = RebookTold
			t.Told++
		default:
			proposal.Fate = RebookWaitlisted
			t.Waitlisted++
		}
		t.Affected++
		plan.Proposals = append(plan.Proposals, proposal)
	}
}

// node finds the node of a name among a patient's options.
func (p *RebookProblem) node(i int32, id string) int32 {
	w := p.whole
	for _, arc := range w.arcs[w.row[i]:w.row[i+1]] {
		if w.slots[arc.slot] == id {
			return arc.slot
		}
	}
	return -1 // not of an answer of Assign, nor of one that was verified
}

func loss(had, gets *rebookTerms) RebookLoss {
	return RebookLoss{
		Department: had.department != gets.department,
		Physician:  had.physician != 0 && had.physician != gets.physician,
		GradeSteps: int(gets.grade - had.grade), Days: int(gets.day - had.day), Minutes: int(gets.minute - had.minute),
	}
}

func (t *RebookTotals) add(l RebookLoss) {
	t.Departments += amount(RebookDepartments, l)
	t.Physicians += amount(RebookPhysicians, l)
	t.GradeSteps += amount(RebookGradeSteps, l)
	t.Days += amount(RebookDays, l)
	t.Minutes += amount(RebookMinutes, l)
	t.Earlier += amount(RebookEarlier, l)
}

// amount is what a loss counts on a measure.
func amount(m RebookMeasure, l RebookLoss) int64 {
	count := func(b bool) int64 {
		if b {
			return 1
		}
		return 0
	}
	size := func(n int) int64 { return int64(max(n, -n)) }
	switch m {
	case RebookDepartments:
		return count(l.Department)
	case RebookPhysicians:
		return count(l.Physician)
	case RebookGradeSteps:
		return size(l.GradeSteps)
	case RebookDays:
		return size(l.Days)
	case RebookMinutes:
		return size(l.Minutes)
	case RebookEarlier:
		return count(l.Earlier())
	}
	return 0
}
