package allocate

import "slices"

// VerifyRebook checks a plan and its certificate. It goes down the levels as Rebook does, but by the certificates of the plan, each of
// which VerifyAssign has found to hold before the next level's problem rests on it; then it compares proposals and objective with the last
// level's places. The error joins what is wrong. A plan that was stopped proves nothing and is refused.
//
// What it trusts besides VerifyAssign is that a certificate's prices part the best answers from the others, which is complementary
// slackness, and the making of problems. Cost: O(options × levels of the certificate) for each level.
func VerifyRebook(p *RebookProblem, plan RebookPlan) error {
	if !p.made() {
		return errNoRebook
	}
	var faults faultList
	if plan.Outcome != AssignBest {
		faults.Add("Outcome %v: proves nothing", plan.Outcome)
		return faults.Err()
	}
	l := newRebookLadder(p)
	done := 0
	for ; l.climb(); done++ {
		if done == len(plan.Levels) {
			faults.Add("len(Levels) %d: %v of class %d is open yet", done, l.measure, l.class)
			return faults.Err()
		}
		level := &plan.Levels[done]
		if level.Measure != l.measure || level.Class != l.class {
			faults.Add("Levels[%d] %v of class %d: want %v of class %d", done, level.Measure, level.Class, l.measure, l.class)
			return faults.Err()
		}
		if err := VerifyAssign(l.problem, level.Plan); err != nil {
			faults.Add("Levels[%d]: %w", done, err)
			return faults.Err()
		}
		l.settle(&level.Plan)
	}
	if done != len(plan.Levels) {
		faults.Add("len(Levels) %d: want %d", len(plan.Levels), done)
		return faults.Err()
	}
	want := RebookPlan{}
	p.propose(&want, plan.Levels[done-1].Plan.Places)
	compareProposals(&faults, "Proposals", plan.Proposals, want.Proposals)
	compareProposals(&faults, "Displaced", plan.Displaced, want.Displaced)
	if got := plan.Objective; got.Price != want.Objective.Price {
		faults.Add("Objective.Price %d: want %d", got.Price, want.Objective.Price)
	}
	if got := plan.Objective.Classes; !slices.Equal(got, want.Objective.Classes) {
		faults.Add("Objective.Classes %v: want %v", got, want.Objective.Classes)
	}
	return faults.Err()
}

func compareProposals(f *faultList, list string, got, want []RebookProposal) {
	if len(got) != len(want) {
		f.Add("len(%s) %d: want %d", list, len(got), len(want))
		return
	}
	for i := range want {
		if got[i] != want[i] {
			f.Add("%s[%d] %v: want %v", list, i, got[i], want[i])
		}
	}
}
