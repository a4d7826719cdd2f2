package fit

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func lines(err error) []string {
	if err == nil {
		return nil
	}
	return strings.Split(err.Error(), "\n")
}

func goodHistory(t require.TestingT) History {
	h, err := NewHistory([]Observation{
		{"Li", "first", 1500, ""}, {"Li", "first", 1830, ""}, {"Li", "first", 1260, ""}, {"Wang", "first", 2400, ""}, {"Wang", "first", 1140, ""},
		{"Wang", "follow-up", 600, ""}, {"Wang", "follow-up", 450, ""}, {"Wang", "follow-up", 840, ""},
	})
	require.NoError(t, err)
	return h
}

func goodShape() Shape {
	return Shape{
		Resource: "Li", PoolWeight: 10, LeastObservations: 3, Visit: Visit{"first", 500}, SessionMinutes: 120,
		SlotMinutes: []int{20, 30}, MaxCapacity: 2,
	}
}

func goodTarget() Target { return Target{GraceMinutes: 10, Limits: []Limit{{OverrunChance, 2500}}} }

func TestHistoryRefuses(t *testing.T) {
	_, err := NewHistory([]Observation{
		{"", "v", 60, ""}, {"Li", "", 60, ""}, {"Li", "v", 0, ""}, {"Li", "v", 14401, ""}, {" Li", "v\n", -1, ""},
		{"\xff", strings.Repeat("好", 70), 60, ""},
		{"李医生", "复诊", 60, "2026-11-23 上午"}, {"Li", "v", 60, "a\tb"},
	})
	require.Equal(t, []string{
		`observations[0].Resource "": missing`,
		`observations[1].Visit "": missing`,
		`observations[2].Seconds 0: want 1 to 14400`,
		`observations[3].Seconds 14401: want 1 to 14400`,
		`observations[4].Resource " Li": space at an end`,
		`observations[4].Visit "v\n": space at an end`,
		`observations[4].Seconds -1: want 1 to 14400`,
		`observations[5].Resource "\xff": not UTF-8`,
		`observations[5].Visit "` + strings.Repeat("好", 60) + `": 210 bytes, want at most 200`,
		`observations[7].Session "a\tb": control character`,
	}, lines(err))

	_, err = NewHistory(make([]Observation, 50))
	require.Len(t, lines(err), 101)
	require.Equal(t, "and 50 more problems", lines(err)[100])

	_, err = NewHistory(make([]Observation, MaxObservations+1))
	require.EqualError(t, err, "observations 4000001: want 0 to 4000000")
}

func TestEvaluateRefuses(t *testing.T) {
	h := goodHistory(t)
	_, err := h.Evaluate(Template{
		Resource: "Li", SessionMinutes: 60, GraceMinutes: -1, Resamples: 39, PoolWeight: 0,
		Booked: []Booking{
			{-1, Visit{"first", 0}}, {60, Visit{"first", 10_000}}, {30, Visit{"", 0}}, {30, Visit{"MRI", 0}}, {31, Visit{"follow-up", 0}},
		},
	})
	require.Equal(t, []string{
		"Resamples 39: want 40 to 10000",
		"GraceMinutes -1: want 0 to 1440",
		"Booked[0].OffsetMinutes -1: want 0 to 59",
		"Booked[1].OffsetMinutes 60: want 0 to 59",
		"Booked[1].Visit.NoShowBasisPoints 10000: want 0 to 9999",
		"Booked[2].OffsetMinutes 30: before the one at 60",
		`Booked[2].Visit.Type "": missing`,
		`Booked[3].Visit.Type "MRI": no observations`,
		`Booked[4].Visit.Type "follow-up": no observations`, // Wang's, and the pool does not count
	}, lines(err))

	_, err = h.Evaluate(Template{PoolWeight: -1, SessionMinutes: 1441, Booked: make([]Booking, 401)})
	require.Equal(t, []string{
		"PoolWeight -1: want 0 to 1000000", "SessionMinutes 1441: want 1 to 1440", "Booked 401: want 1 to 400",
	}, lines(err)[:3])
	_, err = h.Evaluate(Template{SessionMinutes: 0})
	require.Equal(t, []string{
		"PoolWeight 0: without a Resource the pool is all there is", "SessionMinutes 0: want 1 to 1440", "Booked 0: want 1 to 400",
	}, lines(err))
	_, err = History{}.Evaluate(goodShape().Template(20, 1, 0))
	require.Len(t, lines(err), 6, "nothing observed")
}

func TestRecommendRefuses(t *testing.T) {
	h := goodHistory(t)
	for _, c := range []struct {
		change func(*Shape, *Target)
		want   []string
	}{
		{func(s *Shape, g *Target) {
			*s, *g = Shape{}, Target{GraceMinutes: 1441}
		}, []string{
			"PoolWeight 0: without a Resource the pool is all there is", "LeastObservations 0: want 1 to 4000000", `Visit.Type "": missing`,
			"SessionMinutes 0: want 1 to 1440", "MaxCapacity 0: want 1 to 20", "GraceMinutes 1441: want 0 to 1440",
			"Limits: none, want at least one",
		}},
		{func(s *Shape, _ *Target) { s.SlotMinutes = []int{0, 121, 30, 30} }, []string{
			"SlotMinutes[0] 0: want 1 to 120", "SlotMinutes[1] 121: want 1 to 120", "SlotMinutes[3] 30: twice",
		}},
		{func(s *Shape, _ *Target) { s.SlotMinutes = make([]int, 61) }, []string{"SlotMinutes 61: want 0 to 60"}},
		{func(s *Shape, _ *Target) { s.SlotMinutes, s.SessionMinutes = nil, 4 }, []string{
			"SlotMinutes: none given, and none of the usual fits into SessionMinutes 4",
		}},
		{func(s *Shape, _ *Target) { s.SlotMinutes, s.MaxCapacity = []int{30, 5}, 17 }, []string{
			"MaxCapacity 17: 408 patients in slots of 5 minutes, want at most 400",
		}},
		{func(_ *Shape, g *Target) {
			g.Limits = []Limit{{0, 1}, {OverrunChance, 10_001}, {MeanWait, 10_001}, {MeanWait, -1}, {9, 1}, {WorstWait, 86_401}}
		}, []string{
			"Limits[0].Measure Measure(0): want OverrunChance, MeanOverrun, MeanWait or WorstWait",
			"Limits[1].AtMost 10001: want 0 to 10000",
			"Limits[3].Measure mean wait: twice", "Limits[3].AtMost -1: want 0 to 86400",
			"Limits[4].Measure Measure(9): want OverrunChance, MeanOverrun, MeanWait or WorstWait",
			"Limits[5].AtMost 86401: want 0 to 86400",
		}},
	} {
		s, g := goodShape(), goodTarget()
		c.change(&s, &g)
		_, err := h.Recommend(s, g)
		require.Equal(t, c.want, lines(err)[:min(len(c.want), len(lines(err)))])
		if len(s.SlotMinutes) <= MaxSlotLengths {
			require.Len(t, lines(err), len(c.want))
		}
	}
	_, err := h.Recommend(goodShape(), goodTarget())
	require.NoError(t, err)
}

// Every field counts: with it changed the answer is another.
func TestEveryFieldCounts(t *testing.T) {
	h := goodHistory(t)
	base, err := h.Recommend(goodShape(), goodTarget())
	require.NoError(t, err)
	require.Equal(t, Recommended, base.Outcome)
	for name, change := range map[string]func(*Shape, *Target){
		"Resource":          func(s *Shape, _ *Target) { s.Resource = "Wang" },
		"PoolWeight":        func(s *Shape, _ *Target) { s.PoolWeight = 1 },
		"Resamples":         func(s *Shape, _ *Target) { s.Resamples = 40 },
		"LeastObservations": func(s *Shape, _ *Target) { s.LeastObservations = 6 },
		"Visit.Type":        func(s *Shape, _ *Target) { s.Visit.Type = "follow-up" },
		"Visit.NoShow":      func(s *Shape, _ *Target) { s.Visit.NoShowBasisPoints = 600 },
		"SessionMinutes":    func(s *Shape, _ *Target) { s.SessionMinutes = 121 },
		"SlotMinutes":       func(s *Shape, _ *Target) { s.SlotMinutes = []int{20, 31} },
		"MaxCapacity":       func(s *Shape, _ *Target) { s.MaxCapacity = 1 },
		"GraceMinutes":      func(_ *Shape, g *Target) { g.GraceMinutes = 12 },
		"Limits":            func(_ *Shape, g *Target) { g.Limits = append(g.Limits, Limit{MeanWait, 60}) },
		"AtMost":            func(_ *Shape, g *Target) { g.Limits[0].AtMost = 1 },
	} {
		s, g := goodShape(), goodTarget()
		change(&s, &g)
		r, err := h.Recommend(s, g)
		require.NoError(t, err, name)
		require.NotEqual(t, base, r, name)
	}
}

func TestTooFew(t *testing.T) {
	h := goodHistory(t)
	for _, c := range []struct {
		resource                           string
		poolWeight, least                  int
		visit                              string
		outcome                            Outcome
		own, pool, effective, weightPoints int64
	}{
		{"Li", 0, 3, "first", Recommended, 3, 5, 3, 10_000},
		{"Li", 0, 4, "first", TooFew, 3, 5, 3, 10_000},
		{"Li", 10, 4, "first", Recommended, 3, 5, 4, 2308}, // 3 of weight 15 and 2 of weight 10: 65²/875 = 4.83
		{"Li", 10, 5, "first", TooFew, 3, 5, 4, 2308},
		{"", 1, 5, "first", Recommended, 0, 5, 5, 0},
		{"Sun", 1, 5, "first", Recommended, 0, 5, 5, 0},
		{"Sun", 1, 6, "first", TooFew, 0, 5, 5, 0},
		{"Sun", 0, 1, "first", TooFew, 0, 5, 0, 0},
		{"Li", 0, 1, "MRI", TooFew, 0, 0, 0, 0},
		{"Li", 9, 1, "MRI", TooFew, 0, 0, 0, 0},
	} {
		s := goodShape()
		s.Resource, s.PoolWeight, s.LeastObservations, s.Visit.Type = c.resource, c.poolWeight, c.least, c.visit
		r, err := h.Recommend(s, goodTarget())
		require.NoError(t, err)
		require.Equal(t, c.outcome, r.Outcome, "%+v", c)
		require.Equal(t, []int64{c.own, c.pool, c.effective, c.weightPoints}, []int64{
			r.Sample.OwnObservations, r.Sample.PoolObservations, r.Sample.EffectiveObservations, r.Sample.OwnWeightBasisPoints,
		}, "%+v", c)
		require.Equal(t, c.visit, r.Sample.Visit)
		require.Equal(t, r.Outcome == TooFew, len(r.Candidates) == 0)
	}
}

func TestSampleByHand(t *testing.T) {
	var list []Observation
	for i := range 20 {
		list = append(list, Observation{"Li", "v", int64(60 * (i + 1)), ""})
	}
	h, err := NewHistory(append(list, Observation{"Wang", "v", 3600, ""}))
	require.NoError(t, err)
	require.Equal(t, Sample{
		Visit: "v", OwnObservations: 20, PoolObservations: 21, OwnWeightBasisPoints: 10_000, EffectiveObservations: 20,
		MeanSeconds: 630, VariationBasisPoints: 5492, // √33.25 / 10.5
		P5Seconds: 60, P50Seconds: 600, P95Seconds: 1140,
	}, h.mix("Li", "v", 0).sample("v"))
	// k = 1: own weigh 22 each, Wang's 1, of 441. Half is 220.5, which ten of Li's do not reach; 95 % is 418.95, and nineteen
	// have 418. Mean 4680/441 minutes, mean square 66740/441.
	require.Equal(t, Sample{
		Visit: "v", OwnObservations: 20, PoolObservations: 21, OwnWeightBasisPoints: 9524, EffectiveObservations: 20,
		MeanSeconds: 637, VariationBasisPoints: 5863, P5Seconds: 120, P50Seconds: 660, P95Seconds: 1200,
	}, h.mix("Li", "v", 1).sample("v"))
}

func TestEnumsSayWhatTheyAre(t *testing.T) {
	require.Equal(t, "[overrun chance mean overrun mean wait worst wait]",
		"["+strings.Join([]string{OverrunChance.String(), MeanOverrun.String(), MeanWait.String(), WorstWait.String()}, " ")+"]")
	require.Equal(t, []string{"Outcome(0)", "recommended", "none meets the target", "too few observations", "Outcome(4)"},
		[]string{Outcome(0).String(), Recommended.String(), NoneMeets.String(), TooFew.String(), Outcome(4).String()})
	require.False(t, Outcome(0).IsValid())
	require.False(t, Measure(0).IsValid())
	require.True(t, TooFew.IsValid() && WorstWait.IsValid())
}
