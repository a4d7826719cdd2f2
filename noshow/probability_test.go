package noshow_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/haoyuan-go/haoyuan/noshow"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The tolerance of the attendance models.
const close12 = 1e-12

func prior(t require.TestingT, shows, noShows float64) noshow.Prior {
	p, err := noshow.NewPrior(shows, noShows)
	require.NoError(t, err)
	return p
}

// integral is ∫ p^x (1−p)^y over [0, 1] = x! y! / (x+y+1)!, exactly.
func integral(x, y int64) *big.Rat {
	factorial := func(n int64) *big.Int { return new(big.Int).MulRange(1, n) }
	return new(big.Rat).SetFrac(new(big.Int).Mul(factorial(x), factorial(y)), factorial(x+y+1))
}

// Bayes' rule by exact integrals, for whole priors: the mean of p under the posterior density p^(a+s−1) (1−p)^(b+m−1).
func TestPosteriorMeanIsBayes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(1, 30).Draw(t, "a"), rapid.Int64Range(1, 30).Draw(t, "b")
		var h noshow.History
		var s, m int64
		for range rapid.IntRange(0, 40).Draw(t, "visits") {
			if rapid.Bool().Draw(t, "showed") {
				h, s = h.Then(noshow.Showed, noshow.Fading{}), s+1
			} else {
				h, m = h.Then(noshow.Missed, noshow.Fading{}), m+1
			}
		}
		require.Equal(t, float64(s), h.Shows())
		require.Equal(t, float64(s+m), h.Visits())
		want, _ := new(big.Rat).Quo(integral(a+s, b+m-1), integral(a+s-1, b+m-1)).Float64()
		require.InDelta(t, want, float64(prior(t, float64(a), float64(b)).Show(h)), close12)
	})
}

// The definition itself, a sum of weights with the latest visit first.
func TestFadedHistoryIsTheWeightedSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		halfLife := rapid.Float64Range(noshow.MinHalfLifeVisits, 200).Draw(t, "half-life")
		a, b := rapid.Float64Range(0.01, 50).Draw(t, "a"), rapid.Float64Range(0.01, 50).Draw(t, "b")
		outcomes := rapid.SliceOfN(rapid.SampledFrom([]noshow.Outcome{noshow.Showed, noshow.Missed}), 0, 300).Draw(t, "visits")
		fading, err := noshow.NewFading(halfLife)
		require.NoError(t, err)
		var h noshow.History
		for _, o := range outcomes {
			h = h.Then(o, fading)
		}
		shows, all := 0.0, 0.0
		for k := 1; k <= len(outcomes); k++ {
			w := math.Pow(0.5, float64(k-1)/halfLife)
			all += w
			if outcomes[len(outcomes)-k] == noshow.Showed {
				shows += w
			}
		}
		require.InDelta(t, (a+shows)/(a+b+all), float64(prior(t, a, b).Show(h)), close12)
	})
}

func TestFading(t *testing.T) {
	for _, bad := range []float64{0, 0.0099, -1, 1e6 + 1, math.NaN(), math.Inf(1)} {
		_, err := noshow.NewFading(bad)
		require.ErrorContains(t, err, "halfLifeVisits")
	}
	one, err := noshow.NewFading(1)
	require.NoError(t, err)
	h := noshow.History{}.Then(noshow.Showed, one).Then(noshow.Missed, one).Then(noshow.Missed, one)
	require.InDelta(t, 0.25, h.Shows(), close12) // two steps back at a half-life of one visit
	require.InDelta(t, 1.75, h.Visits(), close12)
	require.Equal(t, h, h.Then(0, one), "an invalid outcome changes nothing")
	// Ten thousand visits drift by less than the tolerance.
	slow, err := noshow.NewFading(50)
	require.NoError(t, err)
	h = noshow.History{}
	for range 10000 {
		h = h.Then(noshow.Showed, slow)
	}
	require.InEpsilon(t, 1/(1-math.Pow(0.5, 1.0/50)), h.Visits(), close12)
}

func TestPPMRoundsHalfUp(t *testing.T) {
	for p, want := range map[noshow.Probability]noshow.PPM{
		0: 0, 1: noshow.Certain, 0.5: 500000, 0.8: 800000, 0.25: 250000,
		0.00000049: 0, 0.0000005: 1, 0.0000015: 2, 0.9999994: 999999, 0.9999996: noshow.Certain,
		-3: 0, 7: noshow.Certain, noshow.Probability(math.Inf(1)): noshow.Certain, noshow.Probability(math.Inf(-1)): 0,
	} {
		require.Equal(t, want, p.PPM(), "%v", float64(p))
		require.True(t, p.PPM().IsValid())
	}
	require.Equal(t, noshow.PPM(0), noshow.Probability(math.NaN()).PPM())
	require.False(t, noshow.PPM(-1).IsValid())
	require.False(t, noshow.PPM(1000001).IsValid())
}

func TestExpectedShows(t *testing.T) {
	require.Equal(t, int64(0), noshow.ExpectedShows(nil))
	require.Equal(t, int64(2_550_000), noshow.ExpectedShows([]noshow.PPM{800000, 750000, 1000000}))
	require.Equal(t, int64(1_000_000), noshow.ExpectedShows([]noshow.PPM{-5, 2000000}))
	many := make([]noshow.PPM, 5000) // more than an int32 of millionths
	for i := range many {
		many[i] = noshow.Certain
	}
	require.Equal(t, int64(5_000_000_000), noshow.ExpectedShows(many))
}

func drawClinic(t *rapid.T) noshow.ClinicConfig {
	c := noshow.ClinicConfig{
		Prior:      prior(t, rapid.Float64Range(0.1, 40).Draw(t, "a"), rapid.Float64Range(0.1, 40).Draw(t, "b")),
		BandWeight: rapid.Float64Range(0.1, 500).Draw(t, "band weight"), PersonWeight: rapid.Float64Range(0.1, 100).Draw(t, "person weight"),
		Bands: noshow.LeadBands(),
	}
	for i := range c.Bands {
		c.Bands[i].Shows = rapid.Int64Range(0, 5000).Draw(t, "shows")
		c.Bands[i].NoShows = rapid.Int64Range(0, 5000).Draw(t, "no-shows")
	}
	return c
}

// The clinic's figures in exact fractions, written as weighted means.
func TestClinicAgainstFractions(t *testing.T) {
	rat := func(v float64) *big.Rat { return new(big.Rat).SetFloat64(v) }
	mean := func(prior, weight *big.Rat, hits, n float64) *big.Rat { // (prior·weight + hits) / (weight + n)
		top := new(big.Rat).Add(new(big.Rat).Mul(prior, weight), rat(hits))
		return top.Quo(top, new(big.Rat).Add(weight, rat(n)))
	}
	rapid.Check(t, func(t *rapid.T) {
		c := drawClinic(t)
		a, b := rapid.Float64Range(0.1, 40).Draw(t, "shows before"), rapid.Float64Range(0.1, 40).Draw(t, "no-shows before")
		c.Prior = prior(t, a, b)
		clinic, err := noshow.NewClinic(c)
		require.NoError(t, err)
		shows, all := 0.0, 0.0
		for _, band := range c.Bands {
			shows, all = shows+float64(band.Shows), all+float64(band.Shows+band.NoShows)
		}
		weight := new(big.Rat).Add(rat(a), rat(b))
		whole := mean(new(big.Rat).Quo(rat(a), weight), weight, shows, all)
		want, _ := whole.Float64()
		require.InDelta(t, want, float64(clinic.Rate()), close12)

		i := rapid.IntRange(0, len(c.Bands)-1).Draw(t, "band")
		band := c.Bands[i]
		rate := mean(whole, rat(c.BandWeight), float64(band.Shows), float64(band.Shows+band.NoShows))
		hits := rapid.IntRange(0, 10).Draw(t, "own shows")
		visits := hits + rapid.IntRange(0, 10).Draw(t, "own no-shows")
		var h noshow.History
		for v := range visits {
			h = h.Then([]noshow.Outcome{noshow.Missed, noshow.Showed}[min(1, max(0, hits-v))], noshow.Fading{})
		}
		want, _ = mean(rate, rat(c.PersonWeight), float64(hits), float64(visits)).Float64()
		got, err := clinic.Show(band.FromDays, h)
		require.NoError(t, err)
		require.InDelta(t, want, float64(got), close12)
	})
}

func TestShrinkageLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clinic, err := noshow.NewClinic(drawClinic(t))
		require.NoError(t, err)
		lead := rapid.IntRange(0, 60).Draw(t, "lead")
		bandRate, err := clinic.Show(lead, noshow.History{})
		require.NoError(t, err)
		var h noshow.History
		for range rapid.IntRange(1, 20).Draw(t, "visits") {
			h = h.Then(rapid.SampledFrom([]noshow.Outcome{noshow.Showed, noshow.Missed}).Draw(t, "outcome"), noshow.Fading{})
		}
		p, err := clinic.Show(lead, h)
		require.NoError(t, err)
		own := noshow.Probability(h.Shows() / h.Visits())
		require.GreaterOrEqual(t, float64(p), float64(min(own, bandRate))-close12, "between the record and the clinic")
		require.LessOrEqual(t, float64(p), float64(max(own, bandRate))+close12)
		better, err := clinic.Show(lead, h.Then(noshow.Showed, noshow.Fading{}))
		require.NoError(t, err)
		worse, err := clinic.Show(lead, h.Then(noshow.Missed, noshow.Fading{}))
		require.NoError(t, err)
		require.Greater(t, better, worse)
	})
}

// With nothing known of the person it is the band's rate; with nothing known of the clinic, the prior's mean, to the bit.
func TestNoHistoryGivesTheClinicsRate(t *testing.T) {
	c := noshow.ClinicConfig{Prior: prior(t, 8, 2), BandWeight: 100, PersonWeight: 5, Bands: noshow.LeadBands()}
	empty, err := noshow.NewClinic(c)
	require.NoError(t, err)
	for _, lead := range []int{0, 1, 3, 100000} {
		p, err := empty.Show(lead, noshow.History{})
		require.NoError(t, err)
		require.Equal(t, empty.Rate(), p)
		require.Equal(t, noshow.PPM(800000), p.PPM())
	}
	_, err = empty.Show(-1, noshow.History{})
	require.ErrorContains(t, err, "leadDays: -1")
	_, err = noshow.Clinic{}.Show(0, noshow.History{})
	require.Error(t, err)
	require.Zero(t, noshow.Prior{}.Show(noshow.History{}))
}

// Each field of the config matters.
func TestClinicFieldsMatter(t *testing.T) {
	base := func() noshow.ClinicConfig {
		return noshow.ClinicConfig{
			Prior: prior(t, 8, 2), BandWeight: 20, PersonWeight: 5,
			Bands: []noshow.Band{{FromDays: 0, Shows: 90, NoShows: 10}, {FromDays: 7, Shows: 30, NoShows: 20}},
		}
	}
	ask := func(c noshow.ClinicConfig) noshow.PPM {
		clinic, err := noshow.NewClinic(c)
		require.NoError(t, err)
		p, err := clinic.Show(7, noshow.History{}.Then(noshow.Missed, noshow.Fading{}))
		require.NoError(t, err)
		return p.PPM()
	}
	before := ask(base())
	for name, change := range map[string]func(*noshow.ClinicConfig){
		"Prior":        func(c *noshow.ClinicConfig) { c.Prior = prior(t, 2, 8) },
		"BandWeight":   func(c *noshow.ClinicConfig) { c.BandWeight = 200 },
		"PersonWeight": func(c *noshow.ClinicConfig) { c.PersonWeight = 50 },
		"FromDays":     func(c *noshow.ClinicConfig) { c.Bands[1].FromDays = 8 },
		"Shows":        func(c *noshow.ClinicConfig) { c.Bands[1].Shows = 60 },
		"NoShows":      func(c *noshow.ClinicConfig) { c.Bands[1].NoShows = 60 },
		"other band":   func(c *noshow.ClinicConfig) { c.Bands[0].NoShows = 60 },
	} {
		c := base()
		change(&c)
		require.NotEqual(t, before, ask(c), name)
	}
}

func TestTally(t *testing.T) {
	bands := noshow.LeadBands()
	for lead, want := range map[int]int{0: 0, 1: 1, 2: 2, 3: 2, 4: 3, 7: 3, 8: 4, 14: 4, 15: 5, 30: 5, 31: 6, 400: 6} {
		before := bands[want]
		require.True(t, noshow.Tally(bands, lead, noshow.Showed))
		require.True(t, noshow.Tally(bands, lead, noshow.Missed))
		before.Shows, before.NoShows = before.Shows+1, before.NoShows+1
		require.Equal(t, before, bands[want])
	}
	require.False(t, noshow.Tally(bands, -1, noshow.Showed))
	require.False(t, noshow.Tally(bands, math.MinInt, noshow.Showed))
	require.False(t, noshow.Tally(bands, 0, 0))
	require.False(t, noshow.Tally(nil, 0, noshow.Showed))
	full := []noshow.Band{{Shows: noshow.MaxCount, NoShows: noshow.MaxCount}}
	require.False(t, noshow.Tally(full, 0, noshow.Showed))
	require.False(t, noshow.Tally(full, 0, noshow.Missed))
}

func TestEstimatesAllocateNothing(t *testing.T) {
	clinic, err := noshow.NewClinic(noshow.ClinicConfig{Prior: prior(t, 8, 2), BandWeight: 100, PersonWeight: 5, Bands: noshow.LeadBands()})
	require.NoError(t, err)
	fading, err := noshow.NewFading(5)
	require.NoError(t, err)
	var h noshow.History
	require.Zero(t, testing.AllocsPerRun(100, func() {
		h = h.Then(noshow.Missed, fading)
		_, _ = clinic.Show(9, h)
	}))
}

func BenchmarkUpdateAndShow(b *testing.B) {
	clinic, err := noshow.NewClinic(noshow.ClinicConfig{Prior: prior(b, 8, 2), BandWeight: 100, PersonWeight: 5, Bands: noshow.LeadBands()})
	require.NoError(b, err)
	fading, err := noshow.NewFading(5)
	require.NoError(b, err)
	var h noshow.History
	b.ReportAllocs()
	for b.Loop() {
		h = h.Then(noshow.Showed, fading)
		_, _ = clinic.Show(9, h)
	}
}
