package fit

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// given makes a service of any probabilities, index = grid units.
func given(mass []float64) service {
	s := service{mass: mass}
	for i, m := range mass {
		s.mean += float64(i) * m
	}
	return s
}

// alike is a clinic whose sessions all have the usual pace.
func alike(services ...service) []paced { return []paced{{1, services}} }

// usual is the middle tempo.
func usual() tempo { return tempo{weight: 1} }

// every books one patient each so many units.
func every(patients, units int) *plan {
	p := &plan{length: patients * units}
	for i := range patients {
		p.arrivals = append(p.arrivals, arrival{offset: i * units, show: 1, showPoints: 10_000})
	}
	return p
}

// geometric is the number of trials to the first success, from 1, cut off where nothing is left.
func geometric(success float64) service {
	mass := []float64{0}
	for left := 1.0; left > 1e-40; left *= 1 - success {
		mass = append(mass, left*success)
	}
	return given(mass)
}

func poisson(mean float64) []float64 {
	mass := []float64{math.Exp(-mean)}
	for i := 1; float64(i) < mean || mass[i-1] > 1e-40; i++ {
		mass = append(mass, mass[i-1]*mean/float64(i))
	}
	return mass
}

func TestDeterministicServiceDoesNotWait(t *testing.T) {
	var w work
	o := w.evaluate(every(16, 15), alike(given([]float64{15: 1})))
	require.Equal(t, outcome{busy: 240, served: 160_000}, o)

	o = w.evaluate(every(16, 15), alike(given([]float64{10: 1})))
	require.Equal(t, outcome{busy: 160, idle: 80, served: 160_000}, o)

	// Two minutes too long each time: the k-th waits 2(k−1), the last leaves 32 minutes late.
	o = w.evaluate(every(16, 15), alike(given([]float64{17: 1})))
	require.Equal(t, outcome{wait: 15, worst: 30, late: 1, overrun: 32, busy: 240, served: 160_000}, o)
}

// TestGeometricQueue: arrivals each d units and geometric service of success p is the D/Geo/1 queue. An arrival finds a geometric
// number with ratio σ, σ = (1 − p + pσ)^d, and waits σ/(p(1−σ)) on average. Far into a session that is what a patient waits.
func TestGeometricQueue(t *testing.T) {
	for _, c := range []struct {
		success float64
		units   int
	}{{0.3, 5}, {0.1, 15}, {0.5, 3}} {
		ratio := 0.5
		for range 10_000 {
			ratio = math.Pow(1-c.success+c.success*ratio, float64(c.units))
		}
		var w work
		o := w.evaluate(every(700, c.units), alike(geometric(c.success)))
		require.InDelta(t, ratio/(c.success*(1-ratio)), o.worst, 1e-9, "the last patient waits longest: %+v", c)
	}
}

// TestGeometricBatch: n patients at once are gone after a negative binomial time: more than g units if g trials have fewer than n
// successes.
func TestGeometricBatch(t *testing.T) {
	const success, patients = 0.2, 6
	s := geometric(success)
	p := &plan{length: 10}
	for range patients {
		p.arrivals = append(p.arrivals, arrival{show: 1, showPoints: 10_000})
	}
	for _, grace := range []int{0, 5, 20, 60, 200} {
		p.grace = grace
		trials, fewer := p.length+grace, 0.0
		term := math.Pow(1-success, float64(trials))
		for k := range patients {
			fewer += term
			term *= float64(trials-k) / float64(k+1) * success / (1 - success)
		}
		var w work
		o := w.evaluate(p, alike(s))
		require.InDelta(t, fewer, o.late, 1e-13, "grace %d", grace)
		require.InDelta(t, (patients-1)/2.0/success, o.wait, 1e-11)
	}
}

// TestErlangBatch: exponential times on a fine grid: the work of n patients is Erlang.
func TestErlangBatch(t *testing.T) {
	const mean, patients = 100, 5
	var exponential []float64
	for i := range 40 * mean {
		exponential = append(exponential, math.Exp(-float64(i)/mean)-math.Exp(-float64(i+1)/mean))
	}
	p := &plan{length: mean}
	for range patients {
		p.arrivals = append(p.arrivals, arrival{show: 1, showPoints: 10_000})
	}
	for _, grace := range []int{0, 2 * mean, 5 * mean, 9 * mean} {
		p.grace = grace
		x := float64(mean+grace)/mean + patients/2.0/mean // each time was cut to whole units: half a unit lost
		tail, term := 0.0, math.Exp(-x)
		for k := range patients {
			tail += term
			term *= x / float64(k+1)
		}
		var w work
		require.InDelta(t, tail, w.evaluate(p, alike(given(exponential))).late, 1e-3, "grace %d", grace)
	}
}

// minuteByMinute evaluates Kaandorp & Koole's W, L and I (Optimal outpatient appointment scheduling, 2007; Koeleman & Koole 2012
// for general service) the slow way: the work goes down by one each minute, patients are added one by one.
func minuteByMinute(booked []int, interval int, pmf []float64) (wait, late, idle float64) {
	at := []float64{1} // probability of so much work
	patients := 0
	for minute := range len(booked) * interval {
		if minute%interval == 0 {
			for range booked[minute/interval] {
				next := make([]float64, len(at)+len(pmf)-1)
				for i := range at {
					wait += at[i] * float64(i)
					for j := range pmf {
						next[i+j] += at[i] * pmf[j]
					}
				}
				at = next
				patients++
			}
		}
		idle += at[0]
		if len(at) > 1 {
			at[1] += at[0]
			at = at[1:]
		}
	}
	for i := range at {
		late += at[i] * float64(i)
	}
	return wait / float64(patients), late, idle
}

func TestKaandorpKooleGeneralService(t *testing.T) {
	for _, c := range []struct {
		booked   []int
		interval int
		mean     float64
	}{
		{[]int{2, 1, 0, 1, 1, 1, 0, 1}, 15, 14.2}, {[]int{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 10, 9}, {[]int{0, 3, 0, 0, 2}, 20, 11.5},
		{[]int{7}, 30, 6}, {[]int{1, 1, 1, 1, 1, 1}, 5, 8},
	} {
		p, patients := &plan{length: len(c.booked) * c.interval}, 0
		for i, n := range c.booked {
			for range n {
				p.arrivals = append(p.arrivals, arrival{offset: i * c.interval, show: 1, showPoints: 10_000})
				patients++
			}
		}
		wait, late, idle := minuteByMinute(c.booked, c.interval, poisson(c.mean))
		var w work
		o := w.evaluate(p, alike(given(poisson(c.mean))))
		require.InDelta(t, wait, o.wait, 1e-9)
		require.InDelta(t, late, o.overrun, 1e-9)
		require.InDelta(t, idle, o.idle, 1e-9)
		require.InDelta(t, float64(p.length)+late-float64(patients)*c.mean, o.idle, 1e-9, "I = T·d + L − N·β")
	}
	// All at once: the work is Poisson too.
	var w work
	p := every(7, 0)
	p.length = 30
	o := w.evaluate(p, alike(given(poisson(6))))
	late := 0.0
	for i, m := range poisson(42) {
		late += m * float64(max(i-30, 0))
	}
	require.InDelta(t, late, o.overrun, 1e-10)
	require.InDelta(t, 18, o.wait, 1e-10)
}

// TestSimulation plays sessions with a seeded generator; each exact figure lies within the 99.9 % interval of its mean.
func TestSimulation(t *testing.T) {
	observations, templates := bruteCases()
	h, err := NewHistory(observations)
	require.NoError(t, err)
	template := templates[1]
	template.SessionMinutes = 120
	for i := range 5 {
		template.Booked = append(template.Booked, Booking{50 + 12*i, Visit{"follow-up", 1500}})
	}
	p, kinds := template.plan()
	services := serve(kinds, h.mixtures(template.Resource, int64(template.PoolWeight), kinds))
	var w work
	o := w.evaluate(p, services)

	lengths := make([][]oddsOf, len(template.Booked))
	for i, b := range template.Booked {
		lengths[i] = bruteOdds(observations, template.Resource, int64(template.PoolWeight), b.Visit)
	}
	chance := rand.New(rand.NewPCG(1, 2))
	var late, overrun, waits, shows moments
	for range 40_000 {
		free, wait, came := 0, 0, 0
		for i, b := range template.Booked {
			u := chance.Float64()
			for _, l := range lengths[i] {
				odds, _ := l.chance.Float64()
				if u -= odds; u >= 0 {
					continue
				}
				if l.shows {
					start := max(free, b.OffsetMinutes)
					came, wait, free = came+1, wait+start-b.OffsetMinutes, start+l.minutes
				}
				break
			}
		}
		over := max(0, free-template.SessionMinutes)
		late.add(map[bool]float64{true: 1}[over > template.GraceMinutes])
		overrun.add(float64(over))
		waits.add(float64(wait))
		shows.add(float64(came))
	}
	late.holds(t, o.late)
	overrun.holds(t, o.overrun)
	waits.holds(t, o.wait*float64(o.served)/10_000)
	shows.holds(t, float64(o.served)/10_000)
}

type moments struct{ n, sum, squares float64 }

func (m *moments) add(x float64) { m.n, m.sum, m.squares = m.n+1, m.sum+x, m.squares+x*x }

func (m *moments) holds(t *testing.T, want float64) {
	t.Helper()
	mean := m.sum / m.n
	require.InDelta(t, want, mean, 3.2905*math.Sqrt((m.squares/m.n-mean*mean)/m.n))
}
