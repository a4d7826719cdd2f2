package fit

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// clinic observes n consultations of uniform length from 4 to 20 minutes.
func clinic(n int, seed uint64) []Observation {
	chance := rand.New(rand.NewPCG(seed, 7))
	var list []Observation
	for range n {
		list = append(list, Observation{"Li", "v", 240 + chance.Int64N(961), ""})
	}
	return list
}

func morning(resamples int, seed uint64) Template {
	t := Template{Resource: "Li", SessionMinutes: 150, GraceMinutes: 10, Resamples: resamples, Seed: seed}
	for i := range 10 {
		t.Booked = append(t.Booked, Booking{15 * i, Visit{"v", 1000}})
	}
	return t
}

func TestIntervalHasNoWidthWithoutVariation(t *testing.T) {
	h, err := NewHistory([]Observation{{"Li", "v", 700, ""}, {"Li", "v", 700, ""}, {"Li", "v", 700, ""}})
	require.NoError(t, err)
	e, err := h.Evaluate(morning(100, 3))
	require.NoError(t, err)
	require.Equal(t, Interval{Resamples: 100, Low: e.Figures, High: e.Figures}, e.Interval)
	require.True(t, e.Interval.contains(e.Figures))
}

func TestIntervalIsReproducible(t *testing.T) {
	h, err := NewHistory(clinic(40, 1))
	require.NoError(t, err)
	one, err := h.Evaluate(morning(100, 3))
	require.NoError(t, err)
	again, err := h.Evaluate(morning(100, 3))
	require.NoError(t, err)
	require.Equal(t, one, again)
	other, err := h.Evaluate(morning(100, 4))
	require.NoError(t, err)
	require.NotEqual(t, one.Interval, other.Interval)
	require.Equal(t, one.Figures, other.Figures)
	none, err := h.Evaluate(morning(0, 3))
	require.NoError(t, err)
	require.Equal(t, Interval{}, none.Interval)
	require.False(t, none.Interval.contains(none.Figures))
}

// TestIntervalNarrows: a hundred times the observations, about a tenth of the width.
func TestIntervalNarrows(t *testing.T) {
	width := func(n int) int64 {
		h, err := NewHistory(clinic(n, 5))
		require.NoError(t, err)
		e, err := h.Evaluate(morning(200, 9))
		require.NoError(t, err)
		require.True(t, e.Interval.contains(e.Figures))
		return e.Interval.High.MeanWaitSeconds - e.Interval.Low.MeanWaitSeconds
	}
	few, many := width(50), width(5000)
	require.Less(t, 4*many, few)
	require.Less(t, few, 25*many)
}

// TestIntervalCovers: of 200 clinics whose truth is known (so many observations that it is), the interval from 40
// observations holds the true mean wait in about 95 of 100. The percentile bootstrap promises a little less with few observations.
func TestIntervalCovers(t *testing.T) {
	truth, err := NewHistory(clinic(400_000, 99))
	require.NoError(t, err)
	want, err := truth.Evaluate(morning(0, 0))
	require.NoError(t, err)
	held := 0
	for i := range uint64(200) {
		h, err := NewHistory(clinic(40, 1000+i))
		require.NoError(t, err)
		e, err := h.Evaluate(morning(200, i))
		require.NoError(t, err)
		if w := want.Figures.MeanWaitSeconds; e.Interval.Low.MeanWaitSeconds <= w && w <= e.Interval.High.MeanWaitSeconds {
			held++
		}
	}
	t.Logf("the interval held the truth %d times of 200", held)
	require.GreaterOrEqual(t, held, 174)
	require.Less(t, held, 200)
}

// TestUrnDrawsEachObservationAlike: over many draws the mean of each minute's mass is the mass of the history itself, and its variance
// that of a multinomial draw.
func TestUrnDrawsEachObservationAlike(t *testing.T) {
	observations := []Observation{
		{"Li", "v", 60, ""}, {"Li", "v", 60, ""}, {"Li", "v", 180, ""}, {"Wang", "v", 240, ""}, {"Wang", "v", 360, ""}, {"Zhao", "v", 60, ""},
	}
	h, err := NewHistory(observations)
	require.NoError(t, err)
	for _, k := range []int64{0, 3} {
		x := h.mix("Li", "v", k)
		u, want := x.urn(), x.service(usual())
		require.Len(t, u.own, 3)
		chance := splitMix{state: 11}
		const draws = 20_000
		var sum [8]float64
		var first moments
		for range draws {
			s := u.draw(&chance, []tempo{usual()})[0]
			whole := 0.0
			for i, m := range s.mass {
				sum[s.low+i] += m
				whole += m
			}
			require.InDelta(t, 1, whole, 1e-12)
			first.add(s.mean)
		}
		for i, m := range want.mass {
			require.InDelta(t, m, sum[want.low+i]/draws, 0.01, "k %d minute %d", k, want.low+i)
		}
		// Var of the mean of means: Σ over strata of (weight/total)² · count · variance within the stratum.
		var variance float64
		if k == 0 {
			variance = 1.0 / 9 * 3 * (8.0 / 9)
		} else {
			own, others := 9.0/36, 3.0/36 // (m+k), k over m(n+k)
			variance = own*own*3*(8.0/9) + others*others*3*(38.0/9)
		}
		require.InDelta(t, variance, first.squares/first.n-first.sum/first.n*first.sum/first.n, 0.03*variance+1e-3, "k %d", k)
	}
}

// contains reports whether every figure of f lies within the interval.
func (v Interval) contains(f Figures) bool {
	low, high, at := v.Low.measured(), v.High.measured(), f.measured()
	for i := range at {
		if *at[i] < *low[i] || *at[i] > *high[i] {
			return false
		}
	}
	return v.Resamples > 0
}
