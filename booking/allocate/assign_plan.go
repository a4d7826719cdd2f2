package allocate

import (
	"fmt"
	"slices"
)

// AssignPlan is the answer of Assign.
type AssignPlan struct {
	// Outcome says how good it is.
	Outcome AssignOutcome
	// Places has one entry for each patient, by ID.
	Places []AssignPlace
	// Objective is what the places are worth.
	Objective AssignObjective
	// Bound is an objective that no answer can be better than; equal to Objective where the Outcome is AssignBest.
	Bound AssignObjective
	// Salt is the one that chose among equally good answers: the round's, or one of the next if with it two answers tied.
	Salt uint64
	// Tied are the answers under the salts before, each with its own certificate: they show that those salts do not decide. It is
	// empty unless hashes of 40 bits have tied, which hardly ever happens.
	Tied []AssignPlan
	// Certificate proves Objective best, or Bound a bound. Empty where the Outcome is AssignStopped.
	Certificate AssignCertificate
	// Steps is the work done, as AssignEffort.WorkLimit counts it; 0 without quotas of sessions.
	Steps int64
}

// clone copies a plan with all that it holds.
func (p AssignPlan) clone() AssignPlan {
	p.Places = slices.Clone(p.Places)
	p.Objective.Served, p.Bound.Served = slices.Clone(p.Objective.Served), slices.Clone(p.Bound.Served)
	p.Tied = slices.Clone(p.Tied)
	for k := range p.Tied {
		p.Tied[k] = p.Tied[k].clone()
	}
	p.Certificate.Nodes = slices.Clone(p.Certificate.Nodes)
	for k := range p.Certificate.Nodes {
		n := &p.Certificate.Nodes[k]
		n.Slots, n.Gates = slices.Clone(n.Slots), slices.Clone(n.Gates)
		n.Channels, n.Sessions = slices.Clone(n.Channels), slices.Clone(n.Sessions)
	}
	return p
}

// AssignOutcome says how an assignment ended.
type AssignOutcome uint8

// The outcomes.
const (
	// AssignBest: no answer is better, and this is the canonical one.
	AssignBest AssignOutcome = 1 + iota
	// AssignBounded: the work limit was met. The places keep every limit; no answer is better than Bound.
	AssignBounded
	// AssignStopped: Progress said to stop. Nobody is given a slot.
	AssignStopped
)

var assignOutcomeNames = [...]string{"no outcome", "best", "bounded", "stopped"}

// IsValid reports whether o is one of the outcomes.
func (o AssignOutcome) IsValid() bool { return o >= AssignBest && o <= AssignStopped }

// String returns best, bounded or stopped.
func (o AssignOutcome) String() string {
	if int(o) >= len(assignOutcomeNames) {
		return fmt.Sprintf("AssignOutcome(%d)", uint8(o))
	}
	return assignOutcomeNames[o]
}

// AssignPlace says what a patient is given.
type AssignPlace struct {
	Patient string
	// Slot is empty for none.
	Slot string
	// Cost is that of the option, or the unassigned cost.
	Cost int64
}

// AssignObjective is what an answer is worth.
type AssignObjective struct {
	// Served is how many patients of each class have a slot, class 1 first; empty with LeastCost.
	Served []int64
	// Cost is the sum of the places' costs.
	Cost int64
}

// Compare returns -1 where o is better than p, 1 where it is worse, 0 where they are equal. Both are of one problem.
func (o AssignObjective) Compare(p AssignObjective) int {
	for k := range min(len(o.Served), len(p.Served)) {
		if o.Served[k] != p.Served[k] {
			if o.Served[k] > p.Served[k] {
				return -1
			}
			return 1
		}
	}
	switch {
	case o.Cost < p.Cost:
		return -1
	case o.Cost > p.Cost:
		return 1
	}
	return 0
}
