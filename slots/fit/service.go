package fit

// service is the distribution of a time in whole grid units (minutes): mass[i] is the probability of low + i.
type service struct {
	low  int
	mass []float64
	mean float64
}

const secondsPerUnit = 60

// grid collects weights of lengths in seconds on whole minutes. A length between two minutes gives its weight to both, in the
// proportion that keeps its mean: 10:15 is 10 with three quarters, and 11 with one. This spreads a little and never
// narrows, so a mean wait or a mean overrun worked out from it is never below that of the lengths themselves: both are convex and
// rising in every length. (It adds at most a quarter of a square minute to the variance.)
type grid struct{ weights []int64 }

func (g *grid) add(seconds, weight int64) {
	at, over := int(seconds/secondsPerUnit), seconds%secondsPerUnit
	for len(g.weights) < at+2 {
		g.weights = append(g.weights, 0)
	}
	g.weights[at] += weight * (secondsPerUnit - over)
	g.weights[at+1] += weight * over
}

// service divides by the total of what was added. Weights are whole and below 2^53, so each probability is the nearest float
// to the true fraction, and the order of adding leaves no trace.
func (g *grid) service(total int64) service {
	low, high := 0, len(g.weights)
	for high > 1 && g.weights[high-1] == 0 {
		high--
	}
	for low < high-1 && g.weights[low] == 0 {
		low++
	}
	s := service{low: low, mass: make([]float64, 0, high-low)}
	whole, moment := float64(total*secondsPerUnit), 0.0
	for i, w := range g.weights[low:high] {
		s.mass = append(s.mass, float64(w)/whole)
		moment += float64(float64(w) * float64(low+i))
	}
	s.mean = moment / whole
	return s
}

// thinned is the time taken by a patient who comes with this probability, and takes none otherwise.
func (s service) thinned(show float64) service {
	if show == 1 {
		return s
	}
	t := service{mass: make([]float64, s.low+len(s.mass)), mean: float64(s.mean * show)}
	for i, m := range s.mass {
		t.mass[s.low+i] = float64(m * show)
	}
	t.mass[0] += 1 - show
	return t
}
