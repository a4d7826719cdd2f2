package fit

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
)

// FuzzRecommend: whatever is asked is refused or answered, without panic, and an answer keeps its own rules.
func FuzzRecommend(f *testing.F) {
	f.Add("Li", 10, 0, uint64(1), 3, "first", 500, 120, 20, 30, 2, 10, uint8(1), int64(2500))
	f.Add("", 0, -1, uint64(0), 0, "", -1, math.MaxInt, math.MinInt, 1<<30, 1<<20, -5, uint8(9), int64(-1))
	f.Add("Wang", 1_000_000, 40, uint64(9), 1, "follow-up", 9999, 1440, 4, 7, 1, 1440, uint8(3), int64(0))
	f.Fuzz(func(t *testing.T, resource string, poolWeight, resamples int, seed uint64, least int, visit string, noShow, session, slot, other,
		capacity, grace int, measure uint8, atMost int64) {
		if resamples > 50 {
			resamples = 50 + resamples%7 // time, not safety
		}
		h := goodHistory(t)
		s := Shape{
			Resource: resource, PoolWeight: poolWeight, Resamples: resamples, Seed: seed, LeastObservations: least,
			Visit: Visit{visit, noShow}, SessionMinutes: session, SlotMinutes: []int{slot, other}, MaxCapacity: capacity,
		}
		r, err := h.Recommend(s, Target{GraceMinutes: grace, Limits: []Limit{{Measure(measure), atMost}}})
		if err != nil {
			require.Zero(t, r)
			return
		}
		if r.Outcome == TooFew {
			require.Empty(t, r.Candidates)
			return
		}
		require.Len(t, r.Candidates, 2*capacity)
		require.Equal(t, r.Outcome == Recommended, Measure(measure).of(&r.Chosen.Figures) <= atMost)
		for _, c := range r.Candidates {
			require.LessOrEqual(t, c.Figures.OverrunBasisPoints, int64(10_000))
			require.LessOrEqual(t, c.Figures.UtilisationBasisPoints, int64(10_000))
			require.GreaterOrEqual(t, c.Figures.WorstWaitSeconds, c.Figures.MeanWaitSeconds)
			require.LessOrEqual(t, c.Figures.IdleSeconds, int64(session)*60)
		}
	})
}

// FuzzDemand: the same of arrivals.
func FuzzDemand(f *testing.F) {
	f.Add(int32(739_000), int16(480), int64(3), int32(738_990), int32(739_030), uint8(1), 30, 9000, 4, int64(20))
	f.Add(int32(0), int16(1440), int64(-3), int32(5), int32(3_652_059), uint8(9), 0, -1, math.MaxInt, int64(1)<<60)
	f.Fuzz(func(t *testing.T, date int32, minute int16, count int64, first, last int32, kind uint8, period, cover, least int, total int64) {
		day := func(n int32) slots.Date { return slots.DateFromNumber(n) }
		clock, _ := slots.NewClock(int(minute)/60, int(minute)%60)
		d, err := NewDemand(DemandConfig{
			Arrivals: []Arrival{{day(date), clock, count}, {day(date), clock, count}}, First: day(first), Last: day(last),
			Kinds: []slots.DayKind{slots.DayKind(kind)}, PeriodMinutes: period, CoverBasisPoints: cover, LeastDays: least,
		})
		if err != nil {
			require.Zero(t, d)
		}
		for w := slots.Weekday(0); w <= 8; w++ {
			var arrivals int64
			for _, p := range d.Periods(w) {
				arrivals += p.Arrivals
				require.LessOrEqual(t, p.Numbers, int64(MaxArrivals))
			}
			shares, err := d.Spread(w, slots.Clock{}, slots.MustClock("24:00"), total)
			if err != nil {
				continue
			}
			require.Positive(t, arrivals)
			for _, s := range shares {
				total -= s.Numbers
			}
			require.Zero(t, total)
			break
		}
	})
}
