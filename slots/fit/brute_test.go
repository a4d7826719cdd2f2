package fit

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
)

// The oracle of this file walks every way a session can go, with fractions: who comes, how long each takes. It keeps the clock
// time at which the physician is free, not the work in the room, and shares nothing with the engine.

// oddsOf is one way a patient's turn can go.
type oddsOf struct {
	minutes int
	shows   bool
	chance  *big.Rat
}

// brute is one session's figures as fractions, in minutes.
type brute struct {
	wait, worst, late, overrun, idle, busy *big.Rat
	slotWaits                              []*big.Rat
}

// bruteOdds makes the ways of one patient's turn from observations, by the definitions in the documentation.
func bruteOdds(observations []Observation, resource string, poolWeight int64, v Visit) []oddsOf {
	var own, all int64
	for _, o := range observations {
		if o.Visit == v.Type {
			all++
			if o.Resource == resource {
				own++
			}
		}
	}
	show := big.NewRat(int64(10000-v.NoShowBasisPoints), 10000)
	odds := []oddsOf{{0, false, new(big.Rat).Sub(big.NewRat(1, 1), show)}}
	at := map[int]int{}
	put := func(minutes int, weight *big.Rat) {
		weight.Mul(weight, show)
		if i, ok := at[minutes]; ok {
			odds[i].chance.Add(odds[i].chance, weight)
		} else if weight.Sign() > 0 {
			at[minutes] = len(odds)
			odds = append(odds, oddsOf{minutes, true, weight})
		}
	}
	for _, o := range observations {
		if o.Visit != v.Type {
			continue
		}
		w := new(big.Rat)
		if poolWeight > 0 {
			w.SetFrac64(poolWeight, (own+poolWeight)*all)
		}
		if o.Resource == resource {
			w.Add(w, big.NewRat(1, own+poolWeight)) // n/(n+k) of them together, so 1/(n+k) each
		}
		minutes, over := int(o.Seconds/60), o.Seconds%60
		put(minutes, new(big.Rat).Mul(w, big.NewRat(60-over, 60)))
		put(minutes+1, new(big.Rat).Mul(w, big.NewRat(over, 60)))
	}
	return odds
}

func bruteSession(observations []Observation, t Template) brute {
	n := len(t.Booked)
	waits, shows := make([]*big.Rat, n), make([]*big.Rat, n)
	odds := make([][]oddsOf, n)
	for i, b := range t.Booked {
		waits[i], shows[i] = new(big.Rat), big.NewRat(int64(10000-b.Visit.NoShowBasisPoints), 10000)
		odds[i] = bruteOdds(observations, t.Resource, int64(t.PoolWeight), b.Visit)
	}
	sum := brute{late: new(big.Rat), overrun: new(big.Rat), busy: new(big.Rat), worst: new(big.Rat)}
	add := func(to *big.Rat, minutes int, chance *big.Rat) {
		to.Add(to, new(big.Rat).Mul(chance, big.NewRat(int64(minutes), 1)))
	}
	var walk func(i, free, busy int, chance *big.Rat)
	walk = func(i, free, busy int, chance *big.Rat) {
		if i == n {
			late := max(0, free-t.SessionMinutes)
			add(sum.overrun, late, chance)
			add(sum.busy, busy, chance)
			if late > t.GraceMinutes {
				sum.late.Add(sum.late, chance)
			}
			return
		}
		for _, o := range odds[i] {
			here := new(big.Rat).Mul(chance, o.chance)
			if here.Sign() == 0 {
				continue
			}
			if !o.shows {
				walk(i+1, free, busy, here)
				continue
			}
			start := max(t.Booked[i].OffsetMinutes, free)
			add(waits[i], start-t.Booked[i].OffsetMinutes, here)
			within := max(0, min(start+o.minutes, t.SessionMinutes)-min(start, t.SessionMinutes))
			walk(i+1, start+o.minutes, busy+within, here)
		}
	}
	walk(0, 0, 0, big.NewRat(1, 1))
	wait, show := new(big.Rat), new(big.Rat)
	for i := 0; i < n; {
		slotWait, slotShow := new(big.Rat), new(big.Rat)
		for at := t.Booked[i].OffsetMinutes; i < n && t.Booked[i].OffsetMinutes == at; i++ {
			slotWait.Add(slotWait, waits[i])
			slotShow.Add(slotShow, shows[i])
		}
		wait.Add(wait, slotWait)
		show.Add(show, slotShow)
		sum.slotWaits = append(sum.slotWaits, new(big.Rat).Quo(slotWait, slotShow))
		if q := sum.slotWaits[len(sum.slotWaits)-1]; q.Cmp(sum.worst) > 0 {
			sum.worst = q
		}
	}
	sum.wait = wait.Quo(wait, show)
	sum.idle = new(big.Rat).Sub(big.NewRat(int64(t.SessionMinutes), 1), sum.busy)
	return sum
}

// rounded is the fraction times the factor to the nearest whole number, halves up.
func rounded(r *big.Rat, factor int64) int64 {
	x := new(big.Rat).Mul(r, big.NewRat(2*factor, 1))
	x.Add(x, big.NewRat(1, 1))
	return new(big.Int).Div(x.Num(), new(big.Int).Mul(x.Denom(), big.NewInt(2))).Int64()
}

func (b brute) figures(t Template) Figures {
	f := Figures{
		Booked: len(t.Booked), MeanWaitSeconds: rounded(b.wait, 60), WorstWaitSeconds: rounded(b.worst, 60),
		OverrunBasisPoints: rounded(b.late, 10_000), OverrunSeconds: rounded(b.overrun, 60), IdleSeconds: rounded(b.idle, 60),
		UtilisationBasisPoints: rounded(new(big.Rat).Quo(b.busy, big.NewRat(int64(t.SessionMinutes), 1)), 10_000),
	}
	for _, k := range t.Booked {
		f.ServedTenThousandths += int64(10_000 - k.Visit.NoShowBasisPoints)
	}
	return f
}

func bruteCases() (history []Observation, templates []Template) {
	history = []Observation{
		{"Li", "first", 25 * 60, ""}, {"Li", "first", 31*60 + 20, ""}, {"Wang", "first", 19 * 60, ""},
		{"Li", "follow-up", 7*60 + 30, ""}, {"Wang", "follow-up", 12 * 60, ""}, {"Wang", "follow-up", 40, ""},
		{"Wang", "follow-up", 12 * 60, ""},
	}
	first, follow, some := Visit{"first", 0}, Visit{"follow-up", 0}, Visit{"follow-up", 2500}
	templates = []Template{
		{Resource: "Li", PoolWeight: 1, SessionMinutes: 60, Booked: []Booking{{0, first}, {30, follow}, {45, follow}}},
		{Resource: "Li", PoolWeight: 7, SessionMinutes: 50, GraceMinutes: 3, Booked: []Booking{{0, first}, {0, some}, {25, first}, {40, some}}},
		{Resource: "Wang", PoolWeight: 0, SessionMinutes: 20, GraceMinutes: 5, Booked: []Booking{{5, some}, {5, some}, {15, some}}},
		{PoolWeight: 30, SessionMinutes: 45, Booked: []Booking{{10, follow}, {10, first}, {44, some}}},
		{Resource: "Zhao", PoolWeight: 4, SessionMinutes: 30, Booked: []Booking{{0, some}, {10, some}, {20, some}, {29, some}}},
		{Resource: "Li", PoolWeight: 2, SessionMinutes: 40, Booked: []Booking{{0, follow}, {0, follow}, {0, follow}}},
		{Resource: "Li", PoolWeight: 2, SessionMinutes: 300, Booked: []Booking{{299, Visit{"first", 9999}}}},
	}
	return history, templates
}

func TestEvaluateAgainstEveryPath(t *testing.T) {
	observations, templates := bruteCases()
	h, err := NewHistory(observations)
	require.NoError(t, err)
	for _, template := range templates {
		want := bruteSession(observations, template)
		e, err := h.Evaluate(template)
		require.NoError(t, err)
		require.Equal(t, want.figures(template), e.Figures, "%+v", template)

		p, kinds := template.plan()
		var w work
		o := w.evaluate(p, serve(kinds, h.mixtures(template.Resource, int64(template.PoolWeight), kinds)))
		for name, pair := range map[string]struct {
			exact *big.Rat
			ours  float64
		}{
			"wait": {want.wait, o.wait}, "worst": {want.worst, o.worst}, "late": {want.late, o.late},
			"overrun": {want.overrun, o.overrun}, "idle": {want.idle, o.idle}, "busy": {want.busy, o.busy},
		} {
			exact, _ := pair.exact.Float64()
			require.InDelta(t, exact, pair.ours, 1e-12, "%s of %+v", name, template)
		}
	}
}

// The whole choice by the oracle: all candidates by every path, then the order of the documentation by hand.
func TestRecommendAgainstEveryPath(t *testing.T) {
	observations := []Observation{{"Li", "v", 8 * 60, ""}, {"Li", "v", 8 * 60, ""}, {"Wang", "v", 33 * 60, ""}}
	h, err := NewHistory(observations)
	require.NoError(t, err)
	shape := Shape{
		Resource: "Li", PoolWeight: 2, LeastObservations: 1, Visit: Visit{"v", 1000}, SessionMinutes: 30,
		SlotMinutes: []int{15, 30, 10}, MaxCapacity: 2,
	}
	outcomes := map[Outcome]int{}
	for _, limits := range [][]Limit{
		{{OverrunChance, 10_000}}, {{OverrunChance, 1000}}, {{OverrunChance, 0}}, {{MeanWait, 0}}, {{MeanWait, 120}},
		{{MeanWait, 240}, {OverrunChance, 3000}}, {{WorstWait, 200}}, {{MeanOverrun, 30}}, {{WorstWait, 100}, {MeanOverrun, 5}},
		{{OverrunChance, 500}, {MeanOverrun, 0}}, {{MeanWait, 300}},
	} {
		target := Target{GraceMinutes: 2, Limits: limits}
		r, err := h.Recommend(shape, target)
		require.NoError(t, err)
		outcomes[r.Outcome]++
		var best *Candidate
		better := func(a, b *Candidate) bool { // the order in words: see Recommend
			if am, bm := excess(a, limits), excess(b, limits); am.Cmp(bm) != 0 {
				return am.Cmp(bm) < 0
			}
			if a.Figures.ServedTenThousandths != b.Figures.ServedTenThousandths {
				return a.Figures.ServedTenThousandths > b.Figures.ServedTenThousandths
			}
			if a.Figures.MeanWaitSeconds != b.Figures.MeanWaitSeconds {
				return a.Figures.MeanWaitSeconds < b.Figures.MeanWaitSeconds
			}
			return a.SlotMinutes < b.SlotMinutes || a.SlotMinutes == b.SlotMinutes && a.Capacity < b.Capacity
		}
		var all []Candidate
		for _, length := range []int{10, 15, 30} {
			for capacity := 1; capacity <= 2; capacity++ {
				template := shape.Template(length, capacity, 2)
				c := Candidate{SlotMinutes: length, Capacity: capacity, Slots: 30 / length, Figures: bruteSession(observations, template).figures(template)}
				c.Meets = excess(&c, limits).Sign() == 0
				all = append(all, c)
				if best == nil || better(&c, best) {
					best = &c
				}
			}
		}
		require.Equal(t, all, r.Candidates)
		require.Equal(t, *best, r.Chosen, "%+v", limits)
		require.Equal(t, best.Meets, r.Outcome == Recommended)
	}
	require.NotZero(t, outcomes[Recommended])
	require.NotZero(t, outcomes[NoneMeets])
}

// excess is the largest share by which a limit is passed.
func excess(c *Candidate, limits []Limit) *big.Rat {
	worst := new(big.Rat)
	for _, l := range limits {
		figure := map[Measure]int64{
			OverrunChance: c.Figures.OverrunBasisPoints, MeanOverrun: c.Figures.OverrunSeconds,
			MeanWait: c.Figures.MeanWaitSeconds, WorstWait: c.Figures.WorstWaitSeconds,
		}[l.Measure]
		if q := big.NewRat(figure-l.AtMost, l.AtMost+1); q.Cmp(worst) > 0 {
			worst = q
		}
	}
	return worst
}
