package fit

import "math"

// A slow day is slow all day: consultations of one session are alike, and independent lengths would promise fewer overruns than
// there are. So a session has a pace, by which all its lengths are multiplied. What the paces of a clinic are is read from a
// history that names sessions; figures are then worked out for quick, usual and slow sessions, and mixed.

// Limits of pace.
const (
	// MinPaceSessions is how many sessions, beyond one for each physician, it takes to say anything of pace.
	MinPaceSessions = 20
	// MaxPaceBasisPoints is the largest pace that is believed: a standard deviation of 30 %.
	MaxPaceBasisPoints = 3000
)

// spread is a one-way analysis of variance of lengths by session, each physician about their own mean: sums of squares, their
// degrees of freedom, and what the usual number of consultations of a session is made from. Spreads of several physicians add up.
type spread struct {
	sessions, consultations, seconds int64
	between, within                  float64
	betweenFree, withinFree          int64
	size                             float64
}

// spreadOf reads one physician's observations of one visit type, sorted by session. Those that name none say nothing.
func spreadOf(sorted []Observation) spread {
	var s spread
	for len(sorted) > 0 && sorted[0].Session == "" {
		sorted = sorted[1:]
	}
	for _, o := range sorted {
		s.seconds += o.Seconds
		s.consultations++
	}
	if s.consultations == 0 {
		return s
	}
	mean := float64(s.seconds) / float64(s.consultations)
	var squares int64 // of sizes
	for from := 0; from < len(sorted); {
		to, sum := from, int64(0)
		for ; to < len(sorted) && sorted[to].Session == sorted[from].Session; to++ {
			sum += sorted[to].Seconds
		}
		n := int64(to - from)
		own := float64(sum) / float64(n)
		for _, o := range sorted[from:to] {
			off := float64(o.Seconds) - own
			s.within += float64(off * off)
		}
		s.between += float64(float64(n) * float64((own-mean)*(own-mean)))
		squares += n * n
		s.sessions++
		from = to
	}
	s.betweenFree, s.withinFree = s.sessions-1, s.consultations-s.sessions
	s.size = float64(s.consultations) - float64(squares)/float64(s.consultations)
	return s
}

func (s spread) plus(t spread) spread {
	return spread{
		s.sessions + t.sessions, s.consultations + t.consultations, s.seconds + t.seconds, s.between + t.between, s.within + t.within,
		s.betweenFree + t.betweenFree, s.withinFree + t.withinFree, s.size + t.size,
	}
}

// pace is the standard deviation of a session's mean about the physician's, over the mean, in basis points: the analysis-of-variance
// estimate (MSB − MSW)/n₀ of the variance between groups (Searle, Casella and McCulloch, Variance Components, 1992, chapter 3), 0
// where it is negative or where sessions are too few.
func (s spread) pace() int64 {
	if s.betweenFree < MinPaceSessions || s.withinFree < 1 {
		return 0
	}
	sizes := s.size / float64(s.betweenFree)
	variance := (s.between/float64(s.betweenFree) - s.within/float64(s.withinFree)) / sizes
	mean := float64(s.seconds) / float64(s.consultations)
	return min(nearest(float64(math.Sqrt(max(variance, 0))/mean*10_000)), MaxPaceBasisPoints)
}

// tempo is one of the paces that figures are worked out for: how probable it is, and how many standard deviations from the usual, in
// ten-thousandths, slow days above 0.
type tempo struct {
	weight     float64
	deviations int64
}

// tempos are the points ±√(5 ± √10) and 0, with weights (7 ∓ 2√10)/60 and 8/15, of Gauss–Hermite quadrature with five points,
// which agrees with a normal distribution in all moments up to the ninth. Where no session differs, the middle is enough.
func tempos(mixtures []mixture) []tempo {
	for _, x := range mixtures {
		if x.pace > 0 {
			const far, near, middle = 0.011257411327720691, 0.22207592200561266, 8.0 / 15
			return []tempo{{far, -28_570}, {near, -13_556}, {middle, 0}, {near, 13_556}, {far, 28_570}}
		}
	}
	return []tempo{{1, 0}}
}

// steady works out by how much lengths differ within a session. All lengths together differ within sessions and between; pace is
// what is between, so it is first taken out: a length keeps only a part c of its distance from the mean. With mean μ, variance σ²
// and pace π, c² = (σ² − π²μ²)/(σ²(1 + π²)) makes lengths at all tempos together have mean μ and variance σ² again: slow days do
// not count twice.
func (x *mixture) steady() {
	x.keep = 10_000
	if x.pace == 0 || x.total() == 0 {
		return
	}
	mean, deviation := x.moments()
	pace, all := float64(x.pace)/10_000, float64(deviation*deviation)
	x.mean, x.keep = nearest(mean), 0
	if slow := float64(float64(pace*mean) * float64(pace*mean)); slow < all {
		x.keep = nearest(float64(math.Sqrt((all-slow)/float64(all*(1+float64(pace*pace)))) * 10_000))
	}
}

// at is what a length becomes at a tempo, to the nearest second. Where sessions are alike it is the length itself.
func (x mixture) at(t tempo, seconds int64) int64 {
	steady := seconds*x.keep + x.mean*(10_000-x.keep)
	return divide(steady*(100_000_000+x.pace*t.deviations), 1_000_000_000_000)
}
