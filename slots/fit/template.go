package fit

import (
	"cmp"
	"fmt"
	"slices"
)

// Visit is a type of visit as it is booked.
type Visit struct {
	// Type is the label of the observations.
	Type string
	// NoShowBasisPoints is the probability that such a patient does not come, 0 to 9999: 800 is 8 %. 0 means that all come.
	NoShowBasisPoints int
}

// Booking is one patient of a template.
type Booking struct {
	// OffsetMinutes is the appointed time after the session's start, 0 up to but not including its end.
	OffsetMinutes int
	Visit         Visit
}

// Template is one session as it might be booked: any pattern, such as a first visit of 30 minutes and two follow-ups of 15.
type Template struct {
	// Resource is the physician whose history counts; empty means nobody in particular, the pool alone.
	Resource string
	// PoolWeight is how many observations the pool of a visit type is worth against the physician's own: with as many of
	// their own a physician stands half-way. 0 to MaxPoolWeight; 0 takes the physician's own alone, and needs a Resource.
	PoolWeight int
	// SessionMinutes is from start to planned end, 1 to MaxSessionMinutes.
	SessionMinutes int
	// GraceMinutes is by how much a session may run late before that counts as overrunning, 0 to MaxSessionMinutes.
	GraceMinutes int
	// Booked are the patients, 1 to MaxBooked, by rising OffsetMinutes. Those of the same time are served in the order given.
	Booked []Booking
	// Resamples is how many resamples make the interval, MinResamples to MaxResamples; 0 for no interval.
	Resamples int
	// Seed is the chance of the resamples: the same seed, the same interval. 0 is a seed like any other.
	Seed uint64
}

// Limits of a template.
const (
	MaxSessionMinutes = 24 * 60
	// MaxBooked is the most patients of one session.
	MaxBooked = 400
	// MinResamples is the least number of resamples: one is left out at each end of the interval.
	MinResamples = 40
	// MaxResamples is the most.
	MaxResamples = 10_000
)

// Evaluation is what Evaluate gives.
type Evaluation struct {
	Figures  Figures
	Interval Interval // zero without Resamples
	Samples  []Sample // one for each visit type, by label
}

// Evaluate works out what is to be expected of a template. The error joins all problems, each naming the field and the value; a
// visit type without observations (of the pool, or with PoolWeight 0 of the physician) is one.
// Cost: one convolution for each patient, about as many multiplications as the minutes of work in the room times the minutes of the
// longest consultation, five times over where sessions have a pace; with Resamples, that often again, and a draw for each observation.
func (h History) Evaluate(t Template) (Evaluation, error) {
	if err := t.check(h); err != nil {
		return Evaluation{}, err
	}
	p, kinds := t.plan()
	var e Evaluation
	var w work
	mixtures := h.mixtures(t.Resource, int64(t.PoolWeight), kinds)
	e.Figures = w.evaluate(p, serve(kinds, mixtures)).figures(p)
	for i, k := range kinds {
		if i == 0 || kinds[i-1].Type != k.Type {
			e.Samples = append(e.Samples, mixtures[i].sample(k.Type))
		}
	}
	e.Interval = w.interval(p, kinds, mixtures, t.Resamples, t.Seed)
	return e, nil
}

func (t Template) check(h History) error {
	var p problems
	p.sampling(t.Resource, t.PoolWeight, t.Resamples)
	p.Within("SessionMinutes", int64(t.SessionMinutes), 1, MaxSessionMinutes)
	p.Within("GraceMinutes", int64(t.GraceMinutes), 0, MaxSessionMinutes)
	p.Within("Booked", int64(len(t.Booked)), 1, MaxBooked)
	for i, b := range t.Booked[:min(len(t.Booked), MaxBooked)] {
		at := fmt.Sprintf("Booked[%d].", i)
		p.Within(at+"OffsetMinutes", int64(b.OffsetMinutes), 0, int64(t.SessionMinutes)-1)
		if i > 0 && b.OffsetMinutes < t.Booked[i-1].OffsetMinutes {
			p.Add("%sOffsetMinutes %d: before the one at %d", at, b.OffsetMinutes, t.Booked[i-1].OffsetMinutes)
		}
		p.visit(at+"Visit.", b.Visit)
		if b.Visit.Type != "" && !h.knows(t.Resource, b.Visit.Type, t.PoolWeight) {
			p.Add("%sVisit.Type %q: no observations", at, b.Visit.Type)
		}
	}
	return p.Err()
}

func (p *problems) visit(at string, v Visit) {
	p.text(at+"Type", v.Type, true)
	p.Within(at+"NoShowBasisPoints", int64(v.NoShowBasisPoints), 0, 9999)
}

// sampling checks what a Template and a Shape say of the history.
func (p *problems) sampling(resource string, poolWeight, resamples int) {
	p.text("Resource", resource, false)
	p.Within("PoolWeight", int64(poolWeight), 0, MaxPoolWeight)
	if resource == "" && poolWeight == 0 {
		p.Add("PoolWeight 0: without a Resource the pool is all there is")
	}
	if resamples != 0 {
		p.Within("Resamples", int64(resamples), MinResamples, MaxResamples)
	}
}

// plan turns a checked template into the engine's terms, and lists its kinds of visit by label and no-show probability.
func (t Template) plan() (*plan, []Visit) {
	var kinds []Visit
	for _, b := range t.Booked {
		kinds = append(kinds, b.Visit)
	}
	slices.SortFunc(kinds, compareVisits)
	kinds = slices.Compact(kinds)
	p := &plan{length: t.SessionMinutes, grace: t.GraceMinutes}
	for _, b := range t.Booked {
		kind, _ := slices.BinarySearchFunc(kinds, b.Visit, compareVisits)
		p.arrivals = append(p.arrivals, arrival{
			offset: b.OffsetMinutes, kind: kind, show: b.Visit.show(), showPoints: int64(10_000 - b.Visit.NoShowBasisPoints),
		})
	}
	return p, kinds
}

func compareVisits(a, b Visit) int {
	return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.NoShowBasisPoints, b.NoShowBasisPoints))
}

func (v Visit) show() float64 { return float64(10_000-v.NoShowBasisPoints) / 10_000 }

func (h History) mixtures(resource string, poolWeight int64, kinds []Visit) []mixture {
	var list []mixture
	for _, k := range kinds {
		list = append(list, h.mix(resource, k.Type, poolWeight))
	}
	return list
}

// serve gives the time each kind of patient takes at each tempo, with no-shows taken in.
func serve(kinds []Visit, mixtures []mixture) []paced {
	var list []paced
	for _, t := range tempos(mixtures) {
		p := paced{weight: t.weight}
		for i, k := range kinds {
			p.services = append(p.services, mixtures[i].service(t).thinned(k.show()))
		}
		list = append(list, p)
	}
	return list
}
