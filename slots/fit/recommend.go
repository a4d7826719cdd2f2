package fit

import (
	"cmp"
	"fmt"
)

// Outcome says what became of a question.
type Outcome uint8

// The outcomes.
const (
	// Recommended: Chosen meets the target and serves the most patients of those that do.
	Recommended Outcome = 1 + iota
	// NoneMeets: no candidate meets the target; Chosen is the nearest.
	NoneMeets
	// TooFew: there are fewer observations than were asked for; nothing was evaluated.
	TooFew
)

var outcomeNames = [...]string{"", "recommended", "none meets the target", "too few observations"}

// IsValid reports whether o is one of the outcomes.
func (o Outcome) IsValid() bool { return o >= Recommended && o <= TooFew }

// String returns recommended, none meets the target, or too few observations.
func (o Outcome) String() string {
	if !o.IsValid() {
		return fmt.Sprintf("Outcome(%d)", uint8(o))
	}
	return outcomeNames[o]
}

// Candidate is one way to cut the session, with its figures.
type Candidate struct {
	SlotMinutes int
	Capacity    int // patients per slot
	Slots       int // slots per session
	Figures     Figures
	Meets       bool // all limits of the target
}

// Report is a recommendation with everything behind it.
type Report struct {
	Outcome    Outcome
	Chosen     Candidate   // zero if TooFew
	Interval   Interval    // of Chosen; zero without Resamples
	Candidates []Candidate // all, by SlotMinutes, then Capacity
	Sample     Sample
}

// Recommend evaluates every slot length with every capacity, and chooses:
//
//  1. of those that meet the target the one that serves most patients per session; of those the one with the smallest
//     mean wait; then the shorter slot; then the smaller capacity;
//  2. if none meets it, the nearest: the one whose largest excess over a limit, as a share of the limit and one more unit, is least; of
//     those by the order of 1.
//
// It decides on the rounded figures, not on the interval: a host that wants to be on the safe side compares Interval.High with its
// limits, or asks for less. The error joins all problems, each naming the field and the value. Having no observations is no error
// but TooFew.
// Cost: Evaluate for each candidate without resamples, and once with.
func (h History) Recommend(s Shape, t Target) (Report, error) {
	var p problems
	s.check(&p)
	t.check(&p)
	if err := p.Err(); err != nil {
		return Report{}, err
	}
	kinds := []Visit{s.Visit}
	mixtures := h.mixtures(s.Resource, int64(s.PoolWeight), kinds)
	if x := mixtures[0]; x.effective() < int64(s.LeastObservations) {
		r := Report{Outcome: TooFew, Sample: Sample{Visit: s.Visit.Type, OwnObservations: x.n, PoolObservations: x.m}}
		if x.total() > 0 {
			r.Sample = x.sample(s.Visit.Type)
		}
		return r, nil
	}
	r := Report{Sample: mixtures[0].sample(s.Visit.Type)}
	tempos := serve(kinds, mixtures)
	var w work
	best := -1
	for _, length := range s.lengths() {
		for capacity := 1; capacity <= s.MaxCapacity; capacity++ {
			plan, _ := s.Template(length, capacity, t.GraceMinutes).plan()
			c := Candidate{SlotMinutes: length, Capacity: capacity, Slots: s.SessionMinutes / length}
			c.Figures = w.evaluate(plan, tempos).figures(plan)
			c.Meets = t.missedBy(&c.Figures).excess == 0
			r.Candidates = append(r.Candidates, c)
			if best < 0 || t.compare(&c, &r.Candidates[best]) < 0 {
				best = len(r.Candidates) - 1
			}
		}
	}
	r.Chosen, r.Outcome = r.Candidates[best], NoneMeets
	if r.Chosen.Meets {
		r.Outcome = Recommended
	}
	plan, _ := s.Template(r.Chosen.SlotMinutes, r.Chosen.Capacity, t.GraceMinutes).plan()
	r.Interval = w.interval(plan, kinds, mixtures, s.Resamples, s.Seed)
	return r, nil
}

// compare puts the better candidate first. It is a total order of the candidates of one question: no two agree in
// length and capacity.
func (t Target) compare(a, b *Candidate) int {
	return cmp.Or(
		t.missedBy(&a.Figures).compare(t.missedBy(&b.Figures)),
		cmp.Compare(b.Figures.ServedTenThousandths, a.Figures.ServedTenThousandths),
		cmp.Compare(a.Figures.MeanWaitSeconds, b.Figures.MeanWaitSeconds),
		cmp.Compare(a.SlotMinutes, b.SlotMinutes),
		cmp.Compare(a.Capacity, b.Capacity),
	)
}
