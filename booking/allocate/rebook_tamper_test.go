package allocate_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// contested is a world with several open levels: two frail and two others for three units of two physicians.
func contested() allocate.RebookRound {
	r := allocate.RebookRound{Classes: 2, Slots: []allocate.RebookSlot{
		{ID: "s1", Terms: at("Li", 3, 21, "09:00"), Free: 1}, {ID: "s2", Terms: at("Wu", 3, 22, "09:00"), Free: 1},
		{ID: "s3", Terms: at("Wu", 2, 21, "10:00"), Free: 1},
	}}
	for i, id := range []string{"a", "b", "c", "d"} {
		r.Affected = append(r.Affected, allocate.RebookAffected{ID: id, Class: 1 + i/2, Had: at("Li", 3, 20, "09:00"), Options: []string{"s1", "s2", "s3"}})
	}
	return r
}

// Whatever is changed of a plan is found.
func TestVerifyRebookTampered(t *testing.T) {
	p, err := allocate.NewRebookProblem(contested())
	require.NoError(t, err)
	plan := allocate.Rebook(p, nil)
	require.NoError(t, allocate.VerifyRebook(p, plan))
	require.Greater(t, len(plan.Levels), 2)
	last := len(plan.Levels) - 1
	for _, c := range []struct {
		want   string
		change func(x *allocate.RebookPlan)
	}{
		{"Outcome stopped", func(x *allocate.RebookPlan) { x.Outcome = allocate.AssignStopped }},
		{"len(Levels) 0", func(x *allocate.RebookPlan) { x.Levels = nil }},
		{"is open yet", func(x *allocate.RebookPlan) { x.Levels = x.Levels[:last] }},
		{"len(Levels)", func(x *allocate.RebookPlan) { x.Levels = append(x.Levels, x.Levels[last]) }},
		{"want", func(x *allocate.RebookPlan) { x.Levels[0], x.Levels[1] = x.Levels[1], x.Levels[0] }},
		{"Levels[0]", func(x *allocate.RebookPlan) { x.Levels[0].Class++ }},
		{"Levels[1]", func(x *allocate.RebookPlan) { x.Levels[1].Measure++ }},
		{"Levels[0]: Objective", func(x *allocate.RebookPlan) { x.Levels[0].Plan.Objective.Cost-- }},
		{"Levels[1]: Certificate", func(x *allocate.RebookPlan) {
			nodes := slices.Clone(x.Levels[1].Plan.Certificate.Nodes)
			x.Levels[1].Plan.Certificate.Nodes = nodes
			node := &nodes[0]
			node.Slots = slices.Clone(node.Slots)
			node.Slots[len(node.Slots)-2] += 5
		}},
		{"len(Proposals) 3: want 4", func(x *allocate.RebookPlan) { x.Proposals = x.Proposals[:3] }},
		{"Proposals[0]", func(x *allocate.RebookPlan) { x.Proposals[0].Fate = allocate.RebookTold }},
		{"Proposals[1]", func(x *allocate.RebookPlan) { x.Proposals[1].Slot = "s9" }},
		{"Proposals[0]", func(x *allocate.RebookPlan) { x.Proposals[0].Loss.Days = 9 }},
		{"len(Displaced) 1: want 0", func(x *allocate.RebookPlan) { x.Displaced = x.Proposals[:1] }},
		{"Objective.Price 1: want 0", func(x *allocate.RebookPlan) { x.Objective.Price = 1 }},
		{"Objective.Classes", func(x *allocate.RebookPlan) { x.Objective.Classes[1].Waitlisted = 0 }},
	} {
		x := plan
		x.Levels, x.Proposals = slices.Clone(plan.Levels), slices.Clone(plan.Proposals)
		x.Objective.Classes = slices.Clone(plan.Objective.Classes)
		c.change(&x)
		require.ErrorContains(t, allocate.VerifyRebook(p, x), c.want)
	}
}

// A plan of another problem does not pass: a second best answer with honest certificates of its own.
func TestVerifyRebookOfAnother(t *testing.T) {
	p, err := allocate.NewRebookProblem(contested())
	require.NoError(t, err)
	r := contested()
	r.Affected[0].Options = []string{"s3"}
	require.Error(t, allocate.VerifyRebook(p, rebook(t, r)))
}
