package allocate_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
	"github.com/haoyuan-go/haoyuan/slots"
)

// weights folds the levels of small enough a closure into one number each: waiting by class, then for each class its physicians, grade
// steps, days, minutes and earlier ones. Each is more than all the later ones together could come to.
func weights(t *testing.T, n int64, classes int, most []int64) (wait []int64, loss [][]int64) {
	wait, loss = make([]int64, classes), make([][]int64, classes)
	weight := int64(1)
	for c := classes - 1; c >= 0; c-- {
		loss[c] = make([]int64, len(most))
		for k, m := range slices.Backward(most) {
			loss[c][k] = weight
			weight *= n*m + 1
			require.Less(t, weight, int64(1)<<40)
		}
	}
	for c := classes - 1; c >= 0; c-- {
		wait[c] = weight
		weight *= n + 1
	}
	require.Less(t, weight, int64(1)<<58)
	return wait, loss
}

func lossOf(had, gets allocate.RebookTerms) []int64 {
	count := func(b bool) int64 { return map[bool]int64{true: 1}[b] }
	size := func(n int) int64 { return int64(max(n, -n)) }
	minutes := gets.Clock.Minutes() - had.Clock.Minutes()
	return []int64{count(had.Physician != gets.Physician), size(gets.Grade - had.Grade), size(gets.Date.Sub(had.Date)), size(minutes),
		count(gets.Date.Before(had.Date) || gets.Date == had.Date && minutes < 0)}
}

// Closures of some dozens, beyond brute force, against the textbook's flow over costs that are folded into one number.
func TestRebookFolded(t *testing.T) {
	for seed := range uint64(30) {
		n, classes, percent := 24, 1+int(seed%2), []int{60, 90, 120}[seed%3]
		most := []int64{1, 3, 13, 1439, 1}
		r := closedSite(n, 1, percent, seed+1)
		r.Classes = classes
		if classes == 2 { // two of each level do not fit
			most = []int64{1, 3, 13, 0, 0}
		}
		place := map[string]allocate.RebookTerms{}
		round := allocate.AssignRound{Goal: allocate.LeastCost}
		for j := range r.Slots {
			s := &r.Slots[j]
			if classes == 2 {
				s.Terms.Clock = slots.MustClock("08:00")
			}
			place[s.ID] = s.Terms
			round.Slots = append(round.Slots, allocate.AssignSlot{ID: s.ID, Capacity: s.Free})
		}
		wait, weight := weights(t, int64(n), classes, most)
		fold := func(class int, loss []int64) (sum int64) {
			for k, x := range loss {
				sum += weight[class-1][k] * x
			}
			return sum
		}
		for i := range r.Affected {
			a := &r.Affected[i]
			a.Class = min(a.Class, classes)
			if classes == 2 {
				a.Had.Clock = slots.MustClock("08:00")
			}
			slices.Sort(a.Options)
			a.Options = slices.Compact(a.Options)
			patient := allocate.AssignPatient{ID: a.ID, UnassignedCost: wait[a.Class-1]}
			for _, s := range a.Options {
				patient.Options = append(patient.Options, allocate.AssignOption{Slot: s, Cost: fold(a.Class, lossOf(a.Had, place[s]))})
			}
			round.Patients = append(round.Patients, patient)
		}
		got := int64(0)
		for k, c := range rebook(t, r).Objective.Classes {
			got += wait[k]*(c.Waitlisted+c.Told) + fold(k+1, []int64{c.Physicians, c.GradeSteps, c.Days, c.Minutes, c.Earlier})
		}
		require.Equal(t, newNaive(round).solve(n), got, "seed %d", seed)
	}
}
