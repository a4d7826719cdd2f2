package fit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
)

// TestGolden: a fixed scenario gives the same bytes on every machine: run it with GOARCH=386 too.
func TestGolden(t *testing.T) {
	chance := splitMix{state: 42}
	var list []Observation
	for i := range 500 {
		// The sum of three draws: skewed enough, and whole numbers alone.
		seconds := 120 + chance.below(500) + chance.below(500)*(1+i%2) + chance.below(400)
		list = append(list, Observation{
			Resource: []string{"Li", "Wang", "Zhao"}[i%3], Visit: []string{"first", "follow-up"}[i%2],
			Seconds: int64(seconds) * int64(90+i/10%20) / 100, Session: fmt.Sprint(i / 10),
		})
	}
	h, err := NewHistory(list)
	require.NoError(t, err)
	r, err := h.Recommend(Shape{
		Resource: "Li", PoolWeight: 25, LeastObservations: 50, Visit: Visit{"follow-up", 700}, SessionMinutes: 240, MaxCapacity: 4,
		Resamples: 60, Seed: 7,
	}, Target{GraceMinutes: 10, Limits: []Limit{{OverrunChance, 800}, {MeanWait, 900}}})
	require.NoError(t, err)
	require.Equal(t, Recommended, r.Outcome)
	require.Equal(t, Candidate{SlotMinutes: 45, Capacity: 2, Slots: 5, Meets: true, Figures: Figures{
		Booked: 10, ServedTenThousandths: 93_000, MeanWaitSeconds: 518, WorstWaitSeconds: 533, OverrunBasisPoints: 20,
		OverrunSeconds: 4, IdleSeconds: 4670, UtilisationBasisPoints: 6757,
	}}, r.Chosen)
	require.Positive(t, r.Sample.PaceBasisPoints)

	e, err := h.Evaluate(Template{
		Resource: "Zhao", PoolWeight: 5, SessionMinutes: 90, GraceMinutes: 5, Resamples: 40, Seed: 8,
		Booked: []Booking{{0, Visit{"first", 0}}, {30, Visit{"follow-up", 1200}}, {45, Visit{"follow-up", 0}}, {60, Visit{"first", 300}}},
	})
	require.NoError(t, err)
	require.Equal(t, Figures{
		Booked: 4, ServedTenThousandths: 38_500, MeanWaitSeconds: 149, WorstWaitSeconds: 385, OverrunBasisPoints: 325,
		OverrunSeconds: 28, IdleSeconds: 1977, UtilisationBasisPoints: 6339,
	}, e.Figures)

	c := DemandConfig{
		First: slots.MustDate("2026-01-01"), Last: slots.MustDate("2026-12-31"), Kinds: []slots.DayKind{slots.UnknownDay},
		PeriodMinutes: 30, CoverBasisPoints: 9000, LeastDays: 20,
	}
	for range 5000 {
		c.Arrivals = append(c.Arrivals, Arrival{c.First.AddDays(chance.below(365)), clockAt(480 + chance.below(240)), 1})
	}
	d, err := NewDemand(c)
	require.NoError(t, err)
	spread, err := d.Spread(slots.Friday, slots.MustClock("08:00"), slots.MustClock("12:00"), 100)
	require.NoError(t, err)

	sum := sha256.New()
	_, err = fmt.Fprintf(sum, "%+v\n%+v\n%+v\n", r, e, spread)
	require.NoError(t, err)
	for w := slots.Monday; w <= slots.Sunday; w++ {
		_, err = fmt.Fprintf(sum, "%+v\n", d.Periods(w))
		require.NoError(t, err)
	}
	require.Equal(t, "16aedd29d1f93b092607c1bdf51f821989ddb60a9b550c441a9f158f5953e69e", hex.EncodeToString(sum.Sum(nil)))
}
