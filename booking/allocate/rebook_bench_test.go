package allocate_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
	"github.com/haoyuan-go/haoyuan/slots"
)

// closedSite is a seeded closure: n affected in so many departments, three classes of frailty (1 in 10, 3 in 10, the rest), with 40
// options each among slots of the fortnight that follows, of 20 physicians of four grades in each department; supply percent × n / 100 units.
// One in five of the options is of the physician that the patient had.
func closedSite(n, departments, percent int, seed uint64) allocate.RebookRound {
	d := dice(seed)
	r := allocate.RebookRound{Classes: 3, Salt: seed}
	day := slots.MustDate("2026-11-23")
	terms := func(department, physician, days int) allocate.RebookTerms {
		clock, _ := slots.NewClock(8+d.n(9), 15*d.n(4))
		return allocate.RebookTerms{Department: fmt.Sprintf("d%02d", department), Physician: fmt.Sprintf("d%02d-%02d", department, physician),
			Grade: physician % 4, Date: day.AddDays(days), Clock: clock}
	}
	open, by := make([][]string, departments), map[string][]string{}
	for units := 0; units < n*percent/100; {
		k, free := d.n(departments), 1+d.n(3)
		s := allocate.RebookSlot{ID: fmt.Sprintf("s%06d", len(r.Slots)), Terms: terms(k, d.n(20), d.n(14)), Free: min(free, n*percent/100-units)}
		units += s.Free
		r.Slots = append(r.Slots, s)
		open[k], by[s.Terms.Physician] = append(open[k], s.ID), append(by[s.Terms.Physician], s.ID)
	}
	for i := range n {
		k := i % departments
		a := allocate.RebookAffected{ID: fmt.Sprintf("a%06d", i), Class: []int{1, 2, 2, 2, 3, 3, 3, 3, 3, 3}[d.n(10)], Had: terms(k, d.n(20), 0)}
		own := by[a.Had.Physician]
		for range min(40, len(open[k])) {
			if d.n(5) == 0 && len(own) > 0 {
				a.Options = append(a.Options, own[d.n(len(own))])
			} else {
				a.Options = append(a.Options, open[k][d.n(len(open[k]))])
			}
		}
		r.Affected = append(r.Affected, a)
	}
	return r
}

// inTurn is how a closure is worked off by hand, and by a Book: one after another, the frailest first, each takes the best that is left.
func inTurn(r allocate.RebookRound) (moved int, physicians int) {
	free, terms := map[string]int{}, map[string]allocate.RebookTerms{}
	for _, s := range r.Slots {
		free[s.ID], terms[s.ID] = s.Free, s.Terms
	}
	turns := slices.Clone(r.Affected)
	slices.SortStableFunc(turns, func(a, b allocate.RebookAffected) int { return a.Class - b.Class })
	worth := func(a *allocate.RebookAffected, s string) []int {
		t, w := terms[s], make([]int, 4)
		if t.Physician != a.Had.Physician {
			w[0] = 1
		}
		w[1] = max(t.Grade-a.Had.Grade, a.Had.Grade-t.Grade)
		w[2] = t.Date.Sub(a.Had.Date)
		w[3] = max(t.Clock.Minutes()-a.Had.Clock.Minutes(), a.Had.Clock.Minutes()-t.Clock.Minutes())
		return w
	}
	for i := range turns {
		a, least, at := &turns[i], []int(nil), ""
		for _, s := range a.Options {
			if w := worth(a, s); free[s] > 0 && (least == nil || slices.Compare(w, least) < 0) {
				least, at = w, s
			}
		}
		if at != "" {
			free[at]--
			moved++
			physicians += least[0]
		}
	}
	return moved, physicians
}

// BenchmarkRebook gives, for the closure of a department of 500, of one of 5,000 and of a site of 20,000 in 40 departments, with 40 options
// each, with supply half as much again as is needed and a tenth less, the least times of some runs in milliseconds: reading the round (read), solving it (ours), checking it
// (check) and going by turns, the frailest first, which is what is done by hand (turns); and of both how many they move and how many
// lose their physician.
func BenchmarkRebook(b *testing.B) {
	for _, size := range [][2]int{{500, 1}, {5_000, 1}, {20_000, 40}} {
		n := size[0]
		for _, percent := range []int{150, 90} {
			b.Run(fmt.Sprintf("%d/%d%%", n, percent), func(b *testing.B) {
				r := closedSite(n, size[1], percent, 1)
				runs := max(1, min(10, 40_000/n))
				report := func(name string, d time.Duration) { b.ReportMetric(float64(d.Microseconds())/1000, name+"-ms") }
				for b.Loop() {
					var p *allocate.RebookProblem
					var plan allocate.RebookPlan
					moved, physicians := 0, 0
					report("read", best(runs, func() { p, _ = allocate.NewRebookProblem(r) }))
					report("ours", best(runs, func() { plan = allocate.Rebook(p, nil) }))
					report("check", best(runs, func() { require.NoError(b, allocate.VerifyRebook(p, plan)) }))
					report("turns", best(runs, func() { moved, physicians = inTurn(r) }))
					got := plan.Objective.Classes
					b.ReportMetric(float64(got[0].Moved+got[1].Moved+got[2].Moved), "moved")
					b.ReportMetric(float64(got[0].Physicians+got[1].Physicians+got[2].Physicians), "physicians")
					b.ReportMetric(float64(moved), "turns-moved")
					b.ReportMetric(float64(physicians), "turns-physicians")
					b.ReportMetric(float64(len(plan.Levels)), "levels")
				}
			})
		}
	}
}
