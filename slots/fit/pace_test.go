package fit

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// season records sessions of so many consultations, whose pace is normal with this standard deviation and whose own lengths are
// uniform from 6 to 18 minutes.
func season(sessions, consultations int, pace float64, seed uint64) []Observation {
	chance := rand.New(rand.NewPCG(seed, 1))
	var list []Observation
	for i := range sessions {
		day := 1 + pace*chance.NormFloat64()
		for range consultations {
			length := (360 + 720*chance.Float64()) * day
			list = append(list, Observation{"Li", "v", max(1, int64(math.Round(length))), fmt.Sprint(i)})
		}
	}
	return list
}

// TestPaceByTextbook: unequal sessions of two physicians, one of whom is twice as slow. Sums of squares by the textbook's shortcut,
// Σ T²/n − (Σ T)²/N, instead of deviations.
func TestPaceByTextbook(t *testing.T) {
	chance := rand.New(rand.NewPCG(3, 4))
	var list []Observation
	var between, within, size, free, rest, all, count float64
	for who, name := range []string{"Li", "Wang"} {
		var total, n, squares, sizes float64
		for s := range 14 {
			day, k := 80+chance.IntN(60), 2+chance.IntN(9)
			var sum float64
			for range k {
				x := int64((1 + who) * day * (3 + chance.IntN(5)))
				list = append(list, Observation{name, "v", x, fmt.Sprint("session ", s)})
				sum += float64(x)
				within += float64(x) * float64(x)
			}
			within -= sum * sum / float64(k)
			squares += sum * sum / float64(k)
			total, n, sizes = total+sum, n+float64(k), sizes+float64(k*k)
			rest += float64(k) - 1
		}
		between += squares - total*total/n
		size += n - sizes/n
		free += 13
		all, count = all+total, count+n
	}
	variance := (between/free - within/rest) / (size / free)
	want := math.Sqrt(variance) / (all / count) * 10_000
	require.Greater(t, want, 500.0)

	list = append(list, Observation{"Li", "v", 14_000, ""}, Observation{"Li", "w", 14_000, "session 1"}) // say nothing of pace in v
	h, err := NewHistory(list)
	require.NoError(t, err)
	x := h.mix("Li", "v", 5)
	require.InDelta(t, want, x.pace, 0.51)
	require.EqualValues(t, 28, x.sessions)
	require.Equal(t, x.pace, x.sample("v").PaceBasisPoints)
	require.Zero(t, h.mix("Li", "v", 0).pace, "13 sessions beyond the first of Li's own are too few")
	require.EqualValues(t, 14, h.mix("Li", "v", 0).sessions)
}

func TestPaceIsFound(t *testing.T) {
	for _, c := range []struct {
		pace      float64
		low, high int64
	}{{0, 0, 150}, {0.1, 850, 1150}, {0.2, 1750, 2250}, {0.7, MaxPaceBasisPoints, MaxPaceBasisPoints}} {
		h, err := NewHistory(season(400, 15, c.pace, 8))
		require.NoError(t, err)
		pace := h.mix("Li", "v", 0).pace
		require.GreaterOrEqual(t, pace, c.low, "%v", c)
		require.LessOrEqual(t, pace, c.high, "%v", c)
	}
	for sessions, found := range map[int]bool{MinPaceSessions: false, MinPaceSessions + 1: true} {
		h, err := NewHistory(season(sessions, 15, 0.2, 8))
		require.NoError(t, err)
		require.Equal(t, found, h.mix("Li", "v", 0).pace > 0, "%d sessions", sessions)
	}
	one, err := NewHistory(season(400, 1, 0.2, 8))
	require.NoError(t, err)
	require.Zero(t, one.mix("Li", "v", 0).pace, "one consultation a session says nothing")
}

// TestTemposAreANormal: the first nine moments.
func TestTemposAreANormal(t *testing.T) {
	list := tempos([]mixture{{}, {pace: 1}})
	for power, want := range []float64{1, 0, 1, 0, 3, 0, 15, 0, 105, 0} {
		sum := 0.0
		for _, q := range list {
			sum += q.weight * math.Pow(float64(q.deviations)/10_000, float64(power))
		}
		require.InDelta(t, want, sum, 1e-4*max(1, want), "moment %d", power)
	}
	require.Equal(t, []tempo{{1, 0}}, tempos([]mixture{{}, {}}))
}

// TestSlowDaysAgainstEveryPath: every path at each of the five paces.
func TestSlowDaysAgainstEveryPath(t *testing.T) {
	observations, templates := bruteCases()
	h, err := NewHistory(observations)
	require.NoError(t, err)
	paces := map[string]int64{"first": 1000, "follow-up": 400}
	for _, template := range templates {
		var wait, worst, late, overrun, busy float64
		slotWaits := make([]float64, len(template.Booked))
		for _, deviations := range []float64{-2.857, -1.3556, 0, 1.3556, 2.857} {
			weight := big.NewRat(8, 15)
			if x := math.Abs(deviations); x > 0 { // (7 ± 2√10)/60
				weight.SetFloat64((7 + math.Copysign(2*math.Sqrt(10), 2-x)) / 60)
			}
			scaled := make([]Observation, len(observations))
			for i, o := range observations {
				pace := float64(paces[o.Visit]) / 10_000
				mean, variance := weighted(observations, template, o.Visit)
				keep := math.Round(1e4*math.Sqrt(max(0, variance-pace*pace*mean*mean)/(variance*(1+pace*pace)))) / 1e4
				steady := math.Round(mean) + keep*(float64(o.Seconds)-math.Round(mean))
				o.Seconds = int64(math.Round(steady * (1 + deviations*pace)))
				scaled[i] = o
			}
			b := bruteSession(scaled, template)
			share := func(r *big.Rat) float64 {
				x, _ := new(big.Rat).Mul(r, weight).Float64()
				return x
			}
			wait, late, overrun, busy = wait+share(b.wait), late+share(b.late), overrun+share(b.overrun), busy+share(b.busy)
			for i, w := range b.slotWaits {
				slotWaits[i] += share(w)
			}
		}
		for _, w := range slotWaits {
			worst = max(worst, w)
		}
		p, kinds := template.plan()
		mixtures := h.mixtures(template.Resource, int64(template.PoolWeight), kinds)
		for i, k := range kinds {
			mixtures[i].pace = paces[k.Type]
			mixtures[i].steady()
		}
		var w work
		o := w.evaluate(p, serve(kinds, mixtures))
		require.InDelta(t, wait, o.wait, 1e-12)
		require.InDelta(t, worst, o.worst, 1e-12)
		require.InDelta(t, late, o.late, 1e-12)
		require.InDelta(t, overrun, o.overrun, 1e-12)
		require.InDelta(t, busy, o.busy, 1e-12)
		require.InDelta(t, float64(template.SessionMinutes)-busy, o.idle, 1e-12)
	}
}

// weighted is the mean and the variance of a visit type's lengths, each with its weight.
func weighted(observations []Observation, t Template, visit string) (mean, variance float64) {
	var n, m float64
	for _, o := range observations {
		if o.Visit == visit {
			m++
			if o.Resource == t.Resource {
				n++
			}
		}
	}
	k, whole := float64(t.PoolWeight), 0.0
	weight := func(o Observation) float64 {
		switch {
		case o.Visit != visit:
			return 0
		case o.Resource == t.Resource:
			return 1/(n+k) + k/(n+k)/m
		}
		return k / (n + k) / m
	}
	for _, o := range observations {
		whole += weight(o)
		mean += weight(o) * float64(o.Seconds)
	}
	for _, o := range observations {
		variance += weight(o) * (float64(o.Seconds) - mean/whole) * (float64(o.Seconds) - mean/whole)
	}
	return mean / whole, variance / whole
}

// TestTemposKeepMeanAndVariance: the lengths of all tempos together have the mean and the variance of the history.
func TestTemposKeepMeanAndVariance(t *testing.T) {
	h, err := NewHistory(season(300, 12, 0.15, 4))
	require.NoError(t, err)
	x := h.mix("Li", "v", 0)
	require.Greater(t, x.pace, int64(1000))
	var n, sum, squares, n0, sum0, squares0 float64
	for _, q := range tempos([]mixture{x}) {
		for _, r := range x.all {
			w, s := q.weight*float64(r.count), float64(x.at(q, r.seconds))
			n, sum, squares = n+w, sum+w*s, squares+w*s*s
		}
	}
	for _, r := range x.all {
		w, s := float64(r.count), float64(r.seconds)
		n0, sum0, squares0 = n0+w, sum0+w*s, squares0+w*s*s
	}
	require.InEpsilon(t, sum0/n0, sum/n, 1e-4)
	require.InEpsilon(t, squares0/n0-sum0/n0*sum0/n0, squares/n-sum/n*sum/n, 1e-3)
}

// TestSlowDaysAreExpected: in a clinic with slow days, a history that names its sessions promises the overruns that there are; one
// that does not promises fewer.
func TestSlowDaysAreExpected(t *testing.T) {
	const patients = 16
	template := Template{Resource: "Li", SessionMinutes: 15 * patients, GraceMinutes: 10}
	for i := range patients {
		template.Booked = append(template.Booked, Booking{15 * i, Visit{"v", 0}})
	}
	named := season(1000, patients, 0.12, 5)
	nameless := make([]Observation, len(named))
	for i, o := range named {
		o.Session = ""
		nameless[i] = o
	}
	const sessions = 20_000
	played, late := season(sessions, patients, 0.12, 6), 0
	for i := range sessions {
		free := int64(0)
		for j, o := range played[i*patients:][:patients] {
			free = max(free, int64(j)*900) + o.Seconds
		}
		if free > (15*patients+10)*60 {
			late++
		}
	}
	truth := float64(late) / sessions * 10_000
	promise := func(list []Observation) float64 {
		h, err := NewHistory(list)
		require.NoError(t, err)
		e, err := h.Evaluate(template)
		require.NoError(t, err)
		return float64(e.Figures.OverrunBasisPoints)
	}
	t.Logf("overruns in 10000: %.0f played, %.0f promised with sessions, %.0f without", truth, promise(named), promise(nameless))
	require.InEpsilon(t, truth, promise(named), 0.15)
	require.Less(t, promise(nameless), truth/2)
}

// TestIntervalKeepsThePace: resampled histories have the pace of the one observed.
func TestIntervalKeepsThePace(t *testing.T) {
	h, err := NewHistory(season(60, 15, 0.2, 2))
	require.NoError(t, err)
	e, err := h.Evaluate(morning(100, 1))
	require.NoError(t, err)
	require.Positive(t, e.Samples[0].PaceBasisPoints)
	require.True(t, e.Interval.contains(e.Figures))
	require.Less(t, e.Interval.High.OverrunBasisPoints, 2*e.Figures.OverrunBasisPoints)
}
