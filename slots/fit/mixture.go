package fit

import "math"

// MaxPoolWeight is the most observations that a pool may be worth.
const MaxPoolWeight = 1_000_000

// Sample says what stands behind a set of figures: how many observations, and what they are like. Lengths are of the mixture of the
// physician's own observations and the pool's, in whole seconds, before they are put on the minute grid.
type Sample struct {
	Visit string
	// OwnObservations are the physician's of this visit type; PoolObservations everybody's, the physician's among them.
	OwnObservations, PoolObservations int64
	// OwnWeightBasisPoints is the weight of the physician's own: own/(own + PoolWeight), rounded.
	OwnWeightBasisPoints int64
	// EffectiveObservations is how many observations of equal weight say as much as this mixture of unequal ones (Kish, Survey
	// Sampling, 1965: (Σ w)²/Σ w²), rounded down. It is OwnObservations where the pool counts for nothing.
	EffectiveObservations int64
	// MeanSeconds is the mean, VariationBasisPoints the standard deviation over it (coefficient of variation), both rounded.
	MeanSeconds, VariationBasisPoints int64
	// P5Seconds, P50Seconds and P95Seconds are percentiles: the shortest length that at least so much of the mixture
	// does not exceed.
	P5Seconds, P50Seconds, P95Seconds int64
	// Sessions is how many sessions are named in the history that pace is read from: the pool's, or with PoolWeight 0 the physician's.
	// PaceBasisPoints is the standard deviation of a session's mean length about the physician's own, over the mean: 1000 is a
	// clinic where one day in six is more than a tenth slower than usual. It is 0 where lengths of one session are no more alike than
	// others, or where sessions are fewer than MinPaceSessions. The figures take it in.
	Sessions, PaceBasisPoints int64
}

// mixture is a physician's history drawn towards the pool of the visit type: own observations have weight n/(n+k) together, the
// pool's m observations (the n among them) the rest, k being the PoolWeight. In whole numbers, over a total of m(n+k), one of
// the physician's own weighs m+k, and one of the others k. With the largest history the total is below 2^53/60.
type mixture struct {
	own, all []run
	n, m, k  int64
	sessions int64
	pace     int64 // basis points
	// mean and keep say how lengths are drawn together within a session of some pace: see steady.
	mean, keep int64 // seconds, basis points
}

// mix reads the history of one physician and visit type.
func (h History) mix(resource, visit string, poolWeight int64) mixture {
	x := mixture{k: poolWeight}
	p, own := h.find(resource, visit)
	var s spread
	if p != nil {
		x.all, x.m = p.all, p.count
		s = p.spread
	}
	if own != nil {
		x.own, x.n = own.runs, own.count
		if x.k == 0 {
			s = own.spread
		}
	}
	x.sessions, x.pace = s.sessions, s.pace()
	x.steady()
	return x
}

// total is the sum of all weights; 0 where nothing is known.
func (x mixture) total() int64 { return x.m * (x.n + x.k) }

// weights calls with each length that has weight, shortest first.
func (x mixture) weights(each func(seconds, weight int64)) {
	own := x.own
	for _, r := range x.all {
		weight := r.count * x.k
		if len(own) > 0 && own[0].seconds == r.seconds {
			weight += own[0].count * x.m // m+k for an own one, k of which it has as one of all
			own = own[1:]
		}
		if weight > 0 {
			each(r.seconds, weight)
		}
	}
}

// moments are the mean and the standard deviation of the lengths in seconds. The mixture must not be empty.
func (x mixture) moments() (mean, deviation float64) {
	total := float64(x.total())
	var sum int64
	x.weights(func(seconds, weight int64) { sum += seconds * weight })
	mean = float64(sum) / total
	squares := 0.0
	x.weights(func(seconds, weight int64) {
		off := float64(seconds) - mean
		squares += float64(float64(weight) * float64(off*off))
	})
	return mean, math.Sqrt(squares / total)
}

// sample describes the mixture. It must not be empty.
func (x mixture) sample(visit string) Sample {
	s := Sample{Visit: visit, OwnObservations: x.n, PoolObservations: x.m, EffectiveObservations: x.effective()}
	s.Sessions, s.PaceBasisPoints = x.sessions, x.pace
	s.OwnWeightBasisPoints = divide(x.n*10_000, x.n+x.k)
	mean, deviation := x.moments()
	s.MeanSeconds, s.VariationBasisPoints = nearest(mean), nearest(float64(deviation/mean*10_000))
	total, below := x.total(), int64(0)
	x.weights(func(seconds, weight int64) {
		was := below
		below += weight
		for _, q := range []struct {
			percent int64
			at      *int64
		}{{5, &s.P5Seconds}, {50, &s.P50Seconds}, {95, &s.P95Seconds}} {
			if was*100 < q.percent*total && below*100 >= q.percent*total {
				*q.at = seconds
			}
		}
	})
	return s
}

// effective is (Σ w)²/Σ w², with Σ w = m(n+k) and Σ w² = n(m+k)² + (m−n)k². Whole numbers of more than 64 bits, so floats.
func (x mixture) effective() int64 {
	if x.total() == 0 {
		return 0
	}
	n, m, k, total := float64(x.n), float64(x.m), float64(x.k), float64(x.total())
	squares := float64(n*float64((m+k)*(m+k))) + float64((m-n)*float64(k*k))
	return int64(math.Floor(float64(total*total)/squares + 1e-6)) // a whole number may come out a hair below itself
}

// service puts the mixture on the minute grid, at a tempo. It must not be empty.
func (x mixture) service(t tempo) service {
	var g grid
	x.weights(func(seconds, weight int64) { g.add(x.at(t, seconds), weight) })
	return g.service(x.total())
}

// divide rounds a/b to the nearest whole number, halves up; both at least 0, 0/0 = 0.
func divide(a, b int64) int64 {
	if b == 0 {
		return 0
	}
	return (2*a + b) / (2 * b)
}

// nearest rounds a figure that is never negative, but for an error in its last bits, to the nearest whole number, halves up. A float
// that should be a half may be a hair below it: what is within 10^-9 is a half.
func nearest(x float64) int64 { return int64(math.Floor(max(x, 0) + (0.5 + 1e-9))) }
