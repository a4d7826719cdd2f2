package fit

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func drawHistory(t *rapid.T, whole bool) []Observation {
	observation := rapid.Custom(func(t *rapid.T) Observation {
		o := Observation{rapid.SampledFrom([]string{"Li", "Wang", "Zhao"}).Draw(t, "resource"), "v", 0, ""}
		if rapid.Bool().Draw(t, "other visit") {
			o.Visit = "w"
		}
		o.Session = rapid.SampledFrom([]string{"", "a", "b", "c"}).Draw(t, "session")
		if o.Seconds = rapid.Int64Range(1, 2400).Draw(t, "seconds"); whole {
			o.Seconds = 60 * (o.Seconds/60 + 1)
		}
		return o
	})
	list := rapid.SliceOfN(observation, 1, 30).Draw(t, "observations")
	return append(list, Observation{"Li", "v", 900, ""}, Observation{"Wang", "w", 420, ""}, Observation{"Li", "w", 540, ""})
}

func drawTemplate(t *rapid.T) Template {
	template := Template{
		Resource: "Li", PoolWeight: rapid.SampledFrom([]int{0, 1, 20}).Draw(t, "pool weight"),
		SessionMinutes: rapid.IntRange(60, 200).Draw(t, "session"), GraceMinutes: rapid.IntRange(0, 30).Draw(t, "grace"),
	}
	at := 0
	for range rapid.IntRange(1, 10).Draw(t, "patients") {
		at = min(at+rapid.IntRange(0, 20).Draw(t, "gap"), template.SessionMinutes-1)
		template.Booked = append(template.Booked, Booking{at, drawVisit(t)})
	}
	return template
}

func drawVisit(t *rapid.T) Visit {
	return Visit{rapid.SampledFrom([]string{"v", "w"}).Draw(t, "type"), rapid.SampledFrom([]int{0, 0, 1200, 5000}).Draw(t, "no-show")}
}

// raw evaluates without rounding, with lengths and clock in units of so many parts of a minute.
func raw(t require.TestingT, observations []Observation, template Template) outcome {
	h, err := NewHistory(observations)
	require.NoError(t, err)
	require.NoError(t, template.check(h))
	p, kinds := template.plan()
	var w work
	return w.evaluate(p, serve(kinds, h.mixtures(template.Resource, int64(template.PoolWeight), kinds)))
}

const hair = 1e-9

func TestOrderOfObservationsMeansNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawHistory(t, false)
		one, err := NewHistory(list)
		require.NoError(t, err)
		other, err := NewHistory(rapid.Permutation(list).Draw(t, "permuted"))
		require.NoError(t, err)
		require.Equal(t, one, other)
	})
}

func TestSessionAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list, template := drawHistory(t, false), drawTemplate(t)
		o := raw(t, list, template)
		require.InDelta(t, float64(template.SessionMinutes), o.busy+o.idle, hair)
		require.GreaterOrEqual(t, o.idle, -hair)
		require.GreaterOrEqual(t, o.worst, o.wait-hair)
		require.GreaterOrEqual(t, o.late, 0.0)
		require.LessOrEqual(t, o.late, 1+hair)
	})
}

func TestMoreGraceNeverRaisesTheChanceOfOverrun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list, template := drawHistory(t, false), drawTemplate(t)
		strict := raw(t, list, template)
		template.GraceMinutes += rapid.IntRange(1, 30).Draw(t, "more")
		mild := raw(t, list, template)
		require.LessOrEqual(t, mild.late, strict.late)
		mild.late = strict.late
		require.Equal(t, strict, mild, "grace touches nothing else")
	})
}

func TestLongerSlotsNeverRaiseTheWait(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawHistory(t, false)
		s := Shape{Resource: "Li", PoolWeight: 5, Visit: drawVisit(t), SessionMinutes: rapid.IntRange(40, 160).Draw(t, "session")}
		short := rapid.IntRange(5, 30).Draw(t, "short")
		long := rapid.IntRange(short, 40).Draw(t, "long")
		capacity := rapid.IntRange(1, 3).Draw(t, "capacity")
		a, b := raw(t, list, s.Template(short, capacity, 0)), raw(t, list, s.Template(long, capacity, 0))
		require.LessOrEqual(t, b.wait, a.wait+hair)
		require.LessOrEqual(t, b.worst, a.worst+hair)
		if capacity > 1 {
			fewer := raw(t, list, s.Template(short, capacity-1, 0))
			require.LessOrEqual(t, fewer.wait, a.wait+hair, "fewer in a slot, less wait")
			require.LessOrEqual(t, fewer.overrun, a.overrun+hair)
		}
	})
}

func TestOneMorePatientNeverShortensTheSession(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list, template := drawHistory(t, false), drawTemplate(t)
		before := raw(t, list, template)
		last := template.Booked[len(template.Booked)-1].OffsetMinutes
		template.Booked = append(template.Booked, Booking{rapid.IntRange(last, template.SessionMinutes-1).Draw(t, "at"), drawVisit(t)})
		after := raw(t, list, template)
		require.GreaterOrEqual(t, after.late, before.late-hair)
		require.GreaterOrEqual(t, after.overrun, before.overrun-hair)
		require.LessOrEqual(t, after.idle, before.idle+hair)
	})
}

func TestTwiceAsLongIsTwiceAsLong(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list, template := drawHistory(t, true), drawTemplate(t)
		once := raw(t, list, template)
		for i := range list {
			list[i].Seconds *= 2
		}
		template.SessionMinutes *= 2
		template.GraceMinutes *= 2
		for i := range template.Booked {
			template.Booked[i].OffsetMinutes *= 2
		}
		twice := raw(t, list, template)
		require.InDelta(t, 2*once.wait, twice.wait, hair)
		require.InDelta(t, 2*once.worst, twice.worst, hair)
		require.InDelta(t, once.late, twice.late, hair)
		require.InDelta(t, 2*once.overrun, twice.overrun, hair)
		require.InDelta(t, 2*once.idle, twice.idle, hair)
	})
}

// TestMinuteGridErrsOnTheSafeSide: worked out in seconds, mean wait and mean overrun are never more than on the minute grid, and
// the mean length is the same.
func TestMinuteGridErrsOnTheSafeSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list, template := drawHistory(t, false), drawTemplate(t)
		template.PoolWeight = 0
		if len(template.Booked) > 4 {
			template.Booked = template.Booked[:4]
		}
		onGrid := raw(t, list, template)
		p, kinds := template.plan()
		p.length *= 60
		p.grace *= 60
		for i := range p.arrivals {
			p.arrivals[i].offset *= 60
		}
		var exact []service
		for _, k := range kinds {
			mass, n := make([]float64, 2461), 0.0
			for _, o := range list {
				if o.Visit == k.Type && o.Resource == "Li" {
					mass[o.Seconds]++
					n++
				}
			}
			for i := range mass {
				mass[i] *= k.show() / n
			}
			mass[0] += 1 - k.show()
			exact = append(exact, given(mass))
		}
		var w work
		o := w.evaluate(p, alike(exact...))
		require.GreaterOrEqual(t, onGrid.wait, o.wait/60-hair)
		require.GreaterOrEqual(t, onGrid.overrun, o.overrun/60-hair)
		require.InDelta(t, o.busy/60+o.overrun/60, onGrid.busy+onGrid.overrun, hair, "the mean is kept")
	})
}

func TestPoolTakesOverByItsWeight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list, template := drawHistory(t, false), drawTemplate(t)
		h, err := NewHistory(list)
		require.NoError(t, err)
		figures := func(resource string, weight int) Figures {
			template.Resource, template.PoolWeight = resource, weight
			e, err := h.Evaluate(template)
			require.NoError(t, err)
			return e.Figures
		}
		nobody := figures("", 3)
		require.Equal(t, nobody, figures("Sun", 9), "a physician without history is the pool")
		near := figures("Li", MaxPoolWeight)
		require.InDelta(t, nobody.MeanWaitSeconds, near.MeanWaitSeconds, 2)
		require.InDelta(t, nobody.OverrunBasisPoints, near.OverrunBasisPoints, 2)
	})
}

// TestRecommendationKeepsItsWord: what is recommended meets the target, nothing that meets it serves more, its figures are those
// of its template, and asking for more never serves more.
func TestRecommendationKeepsItsWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, err := NewHistory(drawHistory(t, false))
		require.NoError(t, err)
		s := Shape{
			Resource: "Li", PoolWeight: 10, LeastObservations: 1, Visit: drawVisit(t),
			SessionMinutes: rapid.IntRange(60, 150).Draw(t, "session"), SlotMinutes: []int{10, 15, 20, 30, 60}, MaxCapacity: 2,
		}
		target := Target{GraceMinutes: 5, Limits: []Limit{
			{OverrunChance, rapid.Int64Range(0, 10_000).Draw(t, "chance")}, {MeanWait, rapid.Int64Range(0, 1500).Draw(t, "wait")},
		}}
		r, err := h.Recommend(s, target)
		require.NoError(t, err)
		e, err := h.Evaluate(s.Template(r.Chosen.SlotMinutes, r.Chosen.Capacity, target.GraceMinutes))
		require.NoError(t, err)
		require.Equal(t, e.Figures, r.Chosen.Figures)
		require.Equal(t, e.Samples, []Sample{r.Sample})
		for _, c := range r.Candidates {
			f := c.Figures
			meets := f.OverrunBasisPoints <= target.Limits[0].AtMost && f.MeanWaitSeconds <= target.Limits[1].AtMost
			require.Equal(t, meets, c.Meets)
			if meets {
				require.Equal(t, Recommended, r.Outcome)
				require.GreaterOrEqual(t, r.Chosen.Figures.ServedTenThousandths, f.ServedTenThousandths)
			}
		}
		require.Equal(t, r.Chosen.Meets, r.Outcome == Recommended)
		target.Limits[1].AtMost /= 2
		strict, err := h.Recommend(s, target)
		require.NoError(t, err)
		if strict.Outcome == Recommended {
			require.LessOrEqual(t, strict.Chosen.Figures.ServedTenThousandths, r.Chosen.Figures.ServedTenThousandths)
		}
	})
}
