package fit

import (
	"math/bits"
	"slices"
)

// Interval says how far the figures could be off for being learnt from so few observations: the middle 95 % of the figures that
// resampled histories give (percentile bootstrap: Efron, Bootstrap methods, Annals of Statistics 7, 1979). A physician's own
// observations and the others of the pool are resampled apart, each as many as there are; the pace of sessions is kept. It speaks
// of chance alone: not of a clinic that changes, nor of a pool that is unlike the physician, and of few observations it says too
// little.
type Interval struct {
	Resamples int // 0: no interval was asked for
	// Low and High bound each figure by itself; they are not two sessions.
	Low, High Figures
}

// measured are the figures that depend on the lengths of consultations.
func (f *Figures) measured() [6]*int64 {
	return [6]*int64{
		&f.MeanWaitSeconds, &f.WorstWaitSeconds, &f.OverrunBasisPoints, &f.OverrunSeconds, &f.IdleSeconds, &f.UtilisationBasisPoints,
	}
}

// interval evaluates the plan on resampled histories.
func (w *work) interval(p *plan, kinds []Visit, mixtures []mixture, resamples int, seed uint64) Interval {
	if resamples == 0 {
		return Interval{}
	}
	urns := make([]urn, len(kinds))
	for i := range kinds {
		if i == 0 || kinds[i].Type != kinds[i-1].Type {
			urns[i] = mixtures[i].urn()
		}
	}
	chance := splitMix{state: seed}
	at := tempos(mixtures)
	sessions, all := make([]paced, len(at)), make([]Figures, 0, resamples)
	for i, t := range at {
		sessions[i] = paced{t.weight, make([]service, len(kinds))}
	}
	for range resamples {
		var drawn []service
		for i, k := range kinds { // kinds of one type share a draw: the history is the same
			if i == 0 || k.Type != kinds[i-1].Type {
				drawn = urns[i].draw(&chance, at)
			}
			for j := range at {
				sessions[j].services[i] = drawn[j].thinned(k.show())
			}
		}
		all = append(all, w.evaluate(p, sessions).figures(p))
	}
	v := Interval{Resamples: resamples, Low: all[0], High: all[0]}
	low, high := v.Low.measured(), v.High.measured()
	column := make([]int64, resamples)
	for i := range low {
		for j := range all {
			column[j] = *all[j].measured()[i]
		}
		slices.Sort(column)
		*low[i], *high[i] = column[resamples/40], column[resamples-1-resamples/40]
	}
	return v
}

// urn holds each observation once, to draw from with replacement.
type urn struct {
	of                      mixture
	own, others             []int64 // seconds
	ownWeight, othersWeight int64
	total                   int64
}

func (x mixture) urn() urn {
	u := urn{of: x, ownWeight: x.m + x.k, othersWeight: x.k, total: x.total()}
	own := x.own
	for _, r := range x.all {
		others := r.count
		if len(own) > 0 && own[0].seconds == r.seconds {
			u.own = append(u.own, slices.Repeat([]int64{r.seconds}, int(own[0].count))...)
			others -= own[0].count
			own = own[1:]
		}
		if x.k > 0 {
			u.others = append(u.others, slices.Repeat([]int64{r.seconds}, int(others))...)
		}
	}
	if x.k == 0 {
		u.ownWeight, u.total = 1, x.n
	}
	return u
}

// draw makes one history, and puts it on the grid at each tempo.
func (u *urn) draw(chance *splitMix, at []tempo) []service {
	grids := make([]grid, len(at))
	for _, part := range []struct {
		seconds []int64
		weight  int64
	}{{u.own, u.ownWeight}, {u.others, u.othersWeight}} {
		for range part.seconds {
			seconds := part.seconds[chance.below(len(part.seconds))]
			for i, t := range at {
				grids[i].add(u.of.at(t, seconds), part.weight)
			}
		}
	}
	services := make([]service, len(at))
	for i := range grids {
		services[i] = grids[i].service(u.total)
	}
	return services
}

// splitMix is the SplitMix64 generator (Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014).
type splitMix struct{ state uint64 }

func (s *splitMix) next() uint64 {
	s.state += 0x9e3779b97f4a7c15
	z := s.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below draws from 0 to n−1 by the high half of a product. No number is favoured by more than n/2^64.
func (s *splitMix) below(n int) int {
	high, _ := bits.Mul64(s.next(), uint64(n))
	return int(high)
}
