package exam

import (
	"math"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Solve finds the best itinerary: the fewest days; then the earliest finish of the last examination; then the least sum of
// the days' spans. Of several such it gives the canonical one, whatever order the trip was given in: examination by
// examination in order of code, the earliest day, then start, then site by name, then length, then slot.
//
// It is exact: each of the three objectives is proved before the next is looked at, and where the work limit ends that, the answer
// says so. Cost: some milliseconds for 8 examinations with 300 offers each over 30 days; see BenchmarkSolve.
func (p *Problem) Solve() Answer {
	w := &work{limit: p.workLimit}
	everything := uint32(1)<<len(p.exams) - 1
	r := p.newModel(everything, p.allRules(), sl.Date{}).solve(w)
	a := Answer{Outcome: r.outcome, Proven: r.proven, Steps: w.steps}
	switch r.outcome {
	case Found:
		a.Itinerary = p.itinerary(r.offers)
	case Infeasible:
		a.Conflict = p.conflict(everything, sl.Date{}, w)
		a.Steps = w.steps
	}
	return a
}

func (p *Problem) allRules() []bool {
	on := make([]bool, len(p.rules))
	for k := range on {
		on[k] = true
	}
	return on
}

// result is what a model's search found.
type result struct {
	outcome Outcome
	offers  []int32 // of Problem.offers
	proven  bool
}

// solver goes through the objectives one after another.
type solver struct {
	m    *model
	work *work
	s    *search
	sets *daySets
	best [MaxExams]int32 // values of the best solution
	// finish and span are of best; size is its number of days. alive are the sets of days that can still hold the best.
	size   int
	finish int64
	span   int64
	alive  [][]int32
	days   daySpans
}

func (m *model) solve(w *work) result {
	if m.contradiction {
		return result{outcome: Infeasible, proven: true}
	}
	v := &solver{m: m, work: w, s: newSearch(m, w), sets: newDaySets(m, w)}
	v.s.found = func(s *search) bool { v.keep(); return true }
	all := make([]int32, len(m.days))
	for d := range all {
		all[d] = int32(d)
	}
	stopped := v.s.run(all)
	if !stopped || v.size == 0 {
		if w.over() {
			return result{outcome: Undecided}
		}
		return result{outcome: Infeasible, proven: true}
	}
	for _, stage := range []func(){v.fewestDays, v.leastSpan, v.canonical} {
		if !w.over() {
			stage()
		}
	}
	r := result{outcome: Found, proven: !w.over()}
	for i := range m.n {
		r.offers = append(r.offers, m.values[v.best[i]].offer)
	}
	return r
}

// feasible reports whether any choice keeps the rules; with over, it may be wrong.
func (m *model) feasible(w *work) bool {
	w.look(m.looks)
	if m.contradiction {
		return false
	}
	s := newSearch(m, w)
	found := false
	s.found = func(*search) bool { found = true; return true }
	all := make([]int32, len(m.days))
	for d := range all {
		all[d] = int32(d)
	}
	s.run(all)
	return found
}

// keep makes the search's solution the best.
func (v *solver) keep() {
	copy(v.best[:], v.s.chosen[:v.m.n])
	type stretch struct{ begin, end int64 }
	days := map[int32]stretch{}
	v.finish, v.span = math.MinInt64, 0
	for _, k := range v.best[:v.m.n] {
		x := v.m.values[k]
		t, ok := days[x.day]
		if !ok {
			t = stretch{x.start, x.end}
		}
		next := stretch{min(t.begin, x.start), max(t.end, x.end)}
		v.span += next.end - next.begin
		if ok {
			v.span -= t.end - t.begin
		}
		days[x.day] = next
		v.finish = max(v.finish, x.end)
	}
	v.size = len(days)
}

// fewestDays finds the least number of days, and for it the earliest finish: sizes in rising order, and within a size the
// last day in rising order, so that the first set that holds everything has the fewest days and, but for what runs past midnight, the
// right last day. It ends with the sets that reach that finish.
func (v *solver) fewestDays() {
	upper := v.size
	for size := 1; size <= upper && !v.work.over(); size++ {
		if size == 2 {
			size = max(size, v.m.leastDays(v.work))
		}
		if v.earliestFinish(size) {
			return
		}
	}
}

// earliestFinish reports whether size days are enough, and if so finds the earliest finish and the sets that reach it.
func (v *solver) earliestFinish(size int) bool {
	v.s.free()
	v.s.found = func(*search) bool { v.keep(); return true }
	best := int64(math.MaxInt64)
	for last := range int32(len(v.m.days)) {
		if v.work.over() || v.m.days[last]*24*60 >= best {
			break
		}
		v.sets.each(size, last, func(set []int32) bool {
			holds := false
			for v.s.maxEnd = best; v.s.run(set) && !v.work.over(); v.s.maxEnd = best - 1 {
				if v.finish < best {
					best, v.alive = v.finish, nil
				}
				holds = true
			}
			if holds {
				v.alive = append(v.alive, set)
			}
			return v.work.over()
		})
	}
	return best < math.MaxInt64
}

// leastSpan finds the least sum of spans on the sets of days that reach the earliest finish.
func (v *solver) leastSpan() {
	v.bound()
	v.s.found = func(s *search) bool {
		v.keep()
		s.spans.limit = v.span - 1
		return false
	}
	v.s.spans.limit = v.span - 1
	for _, set := range v.alive {
		if v.s.spans.limit == 0 || v.spread(set) {
			break
		}
	}
}

// canonical finds, among the itineraries as good as the best, the first in canonical order: examination by examination it
// looks for one with an earlier offer, and fixes what it found.
func (v *solver) canonical() {
	v.s.found = func(*search) bool { v.keep(); return true }
	v.s.spans.limit = v.span
	for i := range v.m.n {
		v.s.below[i] = v.best[i]
		for _, set := range v.alive {
			for v.spread(set) && !v.work.over() {
				v.s.below[i] = v.best[i]
			}
		}
		v.s.only[i], v.s.below[i] = v.best[i], math.MaxInt32
	}
}

// bound brings the searches to the finish that was found.
func (v *solver) bound() {
	v.days = daySpans{one: newSearch(v.m, v.work), known: map[uint64]knownSpan{}}
	v.s.free()
	v.s.maxEnd, v.days.one.maxEnd = v.finish, v.finish
	if !v.m.crosses {
		// Every itinerary that is left ends at the finish, and on the last day.
		v.s.spans.lastEnd = v.finish
	}
}
