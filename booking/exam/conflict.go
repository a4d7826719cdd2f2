package exam

import (
	"math/bits"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// conflict finds a minimal conflict among the examinations of the mask, which are known not to fit: leave out one examination
// after another as long as the rest still does not fit, then one rule after another (the deletion filter of Chinneck and
// Dravnieks, ORSA Journal on Computing 3, 1991). Cost: one search for each examination and each rule between those left.
func (p *Problem) conflict(exams uint32, day sl.Date, w *work) Conflict {
	on := p.allRules()
	fails := func(exams uint32) bool {
		return !w.over() && !p.newModel(exams, on, day).feasible(w) && !w.over()
	}
	for i := range p.exams {
		if without := exams &^ (1 << i); exams>>i&1 != 0 && without != 0 && fails(without) {
			exams = without
		}
	}
	c := Conflict{}
	for i := range p.exams {
		if exams>>i&1 != 0 {
			c.Exams = append(c.Exams, p.exams[i].Code)
		}
	}
	for k, r := range p.rules {
		if exams>>p.index(r.Exam)&1 == 0 || r.Other != "" && exams>>p.index(r.Other)&1 == 0 {
			on[k] = false
		}
	}
	for k := range p.rules { // walked backwards: what people can change least, no overlap, is kept if anything can be
		if k = len(p.rules) - 1 - k; on[k] {
			on[k] = false
			on[k] = !fails(exams)
		}
	}
	for k, r := range p.rules {
		if on[k] {
			c.Rules = append(c.Rules, r)
		}
	}
	c.Minimal = !w.over()
	return c
}

// WhyNot says whether all examinations can be done on one day: the best itinerary if so, else the reasons.
// Cost: one search of the day, then one for each examination and each pair.
func (p *Problem) WhyNot(day sl.Date) DayAnswer {
	w := &work{limit: p.workLimit}
	a := DayAnswer{Day: day, Outcome: Infeasible, Proven: true, Outside: !p.within(day)}
	if !day.IsValid() {
		a.Outside = true
	}
	everything := uint32(1)<<len(p.exams) - 1
	if day.IsValid() {
		r := p.newModel(everything, p.allRules(), day).solve(w)
		a.Outcome, a.Proven = r.outcome, r.proven
		if r.outcome == Found {
			a.Itinerary = p.itinerary(r.offers)
		}
	}
	if a.Outcome == Infeasible && day.IsValid() {
		a.Conflicts = p.conflictsOn(day, w)
		a.Proven = !w.over()
	}
	a.Steps = w.steps
	return a
}

// conflictsOn lists the conflicts of a day on which not everything fits, smallest first, and stops at the size that has any.
func (p *Problem) conflictsOn(day sl.Date, w *work) []Conflict {
	n := len(p.exams)
	var list []Conflict
	for size := 1; size <= 2 && len(list) == 0; size++ {
		for mask := uint32(1); mask < 1<<n; mask++ {
			if bits.OnesCount32(mask) == size && !w.over() && !p.newModel(mask, p.allRules(), day).feasible(w) && !w.over() {
				list = append(list, p.conflict(mask, day, w))
			}
		}
	}
	if len(list) == 0 {
		list = append(list, p.conflict(1<<n-1, day, w))
	}
	return list
}
