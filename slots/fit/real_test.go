package fit_test

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/fit"
)

// The real histories are not part of this repository: their licences keep them apart. Without them these tests skip.
const (
	consultationsFile = "../../../shared/data/servicetime/hangu-dev.csv"
	arrivalsFile      = "../../../shared/data/arrivals/uihc-ed-dev.csv.gz"
)

func readCSV(t testing.TB, name string, packed bool) [][]string {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is absent: the recommendation is not judged on real data", name)
	}
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	var text io.Reader = f
	if packed {
		text, err = gzip.NewReader(f)
		require.NoError(t, err)
	}
	rows, err := csv.NewReader(text).ReadAll()
	require.NoError(t, err)
	return rows[1:]
}

// consultations returns the observations in the order in which they took place.
func consultations(t testing.TB) (list []fit.Observation) {
	for _, row := range readCSV(t, consultationsFile, false) {
		n, err := strconv.ParseInt(row[13], 10, 64)
		require.NoError(t, err)
		list = append(list, fit.Observation{Resource: "P001", Visit: "follow-up", Seconds: n, Session: row[1]})
	}
	return list
}

// play sends patients through a template, in seconds, and returns the mean wait and by how much the session ran over.
func play(c fit.Candidate, sessionMinutes int64, next func() int64) (waitSeconds float64, overSeconds int64) {
	var free, wait int64
	for slot := range int64(c.Slots) {
		for range c.Capacity {
			at := slot * int64(c.SlotMinutes) * 60
			start := max(at, free)
			wait += start - at
			free = start + next()
		}
	}
	return float64(wait) / float64(c.Figures.Booked), max(0, free-sessionMinutes*60)
}

// TestRealConsultations fits on the first half of a specialist's real consultations and judges on the second: those very
// consultations, one after the other, go through the recommended template; then many sessions drawn from them.
func TestRealConsultations(t *testing.T) {
	all := consultations(t)
	half := len(all) / 2
	before, after := all[:half], all[half:]
	h, err := fit.NewHistory(before)
	require.NoError(t, err)
	for _, c := range []struct {
		name   string
		limits []fit.Limit
	}{
		{"overrun by 15 minutes in at most 10 %", []fit.Limit{{Measure: fit.OverrunChance, AtMost: 1000}}},
		{"overrun by 15 minutes in at most 5 %, mean wait at most 10 minutes", []fit.Limit{
			{Measure: fit.OverrunChance, AtMost: 500}, {Measure: fit.MeanWait, AtMost: 600},
		}},
		{"mean wait at most 5 minutes", []fit.Limit{{Measure: fit.MeanWait, AtMost: 300}}},
	} {
		const session, grace = 240, 15
		r, err := h.Recommend(fit.Shape{
			Resource: "P001", LeastObservations: 300, Visit: fit.Visit{Type: "follow-up"}, SessionMinutes: session, MaxCapacity: 4,
			SlotMinutes: []int{5, 6, 8, 10, 12, 13, 14, 15, 16, 17, 18, 20, 30, 40, 45, 60}, Resamples: 100, Seed: 2026,
		}, fit.Target{GraceMinutes: grace, Limits: c.limits})
		require.NoError(t, err)
		require.Equal(t, fit.Recommended, r.Outcome)
		f := r.Chosen.Figures

		sessions, late, wait := 0, 0, 0.0
		judge := func(next func() int64) {
			w, over := play(r.Chosen, session, next)
			sessions++
			wait += w
			if over > grace*60 {
				late++
			}
		}
		for rest := after; len(rest) >= f.Booked; rest = rest[f.Booked:] {
			i := -1
			judge(func() int64 { i++; return rest[i].Seconds })
		}
		realSessions, realLate, realWait := sessions, float64(late)/float64(sessions), wait/float64(sessions)
		sessions, late, wait = 0, 0, 0
		chance := rand.New(rand.NewPCG(1, 1))
		for range 20_000 {
			judge(func() int64 { return after[chance.IntN(len(after))].Seconds })
		}
		drawnLate, drawnWait := float64(late)/float64(sessions), wait/float64(sessions)

		t.Logf("%s: %d × %d min for %d = %d patients from %d observations (mean %d s, variation %d, 5/50/95 %% %d/%d/%d s, pace %d)",
			c.name, r.Chosen.Slots, r.Chosen.SlotMinutes, r.Chosen.Capacity, f.Booked, r.Sample.OwnObservations, r.Sample.MeanSeconds,
			r.Sample.VariationBasisPoints, r.Sample.P5Seconds, r.Sample.P50Seconds, r.Sample.P95Seconds, r.Sample.PaceBasisPoints)
		t.Logf("  overrun: promised %.2f %% (%.2f to %.2f), %d later sessions %.2f %%, drawn from later %.2f %%",
			float64(f.OverrunBasisPoints)/100, float64(r.Interval.Low.OverrunBasisPoints)/100, float64(r.Interval.High.OverrunBasisPoints)/100,
			realSessions, 100*realLate, 100*drawnLate)
		t.Logf("  wait: promised %d s (%d to %d), later %.0f s, drawn from later %.0f s; busy %.1f %%",
			f.MeanWaitSeconds, r.Interval.Low.MeanWaitSeconds, r.Interval.High.MeanWaitSeconds, realWait, drawnWait,
			float64(f.UtilisationBasisPoints)/100)

		// The later half is another season, its consultations take longer, and slow ones come together, so that real sessions run over
		// more often than independent ones: loose bounds.
		require.InDelta(t, float64(f.OverrunBasisPoints)/10_000, realLate, 0.15)
		require.InDelta(t, float64(f.OverrunBasisPoints)/10_000, drawnLate, 0.10)
		require.InDelta(t, float64(f.MeanWaitSeconds), drawnWait, 240)
	}
}

// TestRealArrivals fits hourly numbers on two years of an emergency department and counts on how many of the hours of the next two
// years they were enough.
func TestRealArrivals(t *testing.T) {
	c := fit.DemandConfig{
		First: slots.MustDate("2013-07-01"), Last: slots.MustDate("2015-06-30"), Kinds: []slots.DayKind{slots.UnknownDay},
		PeriodMinutes: 60, CoverBasisPoints: 9000, LeastDays: 50,
	}
	var later []fit.Arrival
	for _, row := range readCSV(t, arrivalsFile, true) {
		hour, err := strconv.Atoi(row[2])
		require.NoError(t, err)
		n, err := strconv.ParseInt(row[3], 10, 64)
		require.NoError(t, err)
		clock, err := slots.NewClock(hour, 0)
		require.NoError(t, err)
		a := fit.Arrival{Date: slots.MustDate(row[0]), Clock: clock, Count: n}
		if a.Date.After(c.Last) {
			later = append(later, a)
		} else {
			c.Arrivals = append(c.Arrivals, a)
		}
	}
	d, err := fit.NewDemand(c)
	require.NoError(t, err)
	covered := 0
	for _, a := range later {
		p := d.Periods(a.Date.Weekday())[a.Clock.Minutes()/60]
		require.True(t, p.Enough)
		if a.Count <= p.Numbers {
			covered++
		}
	}
	share := float64(covered) / float64(len(later))
	monday := d.Periods(slots.Monday)
	dispersion := 0.0
	for w := slots.Monday; w <= slots.Sunday; w++ {
		for _, p := range d.Periods(w) {
			dispersion += float64(p.DispersionThousandths) / 168_000
		}
	}
	t.Logf("numbers for 90 %% of days covered %.1f %% of %d later hours; Monday 11:00: %d (mean %.2f); mean dispersion within hours %.2f",
		100*share, len(later), monday[11].Numbers, float64(monday[11].MeanThousandths)/1000, dispersion)
	require.Greater(t, share, 0.80)
	require.Less(t, share, 0.98)

	shares, err := d.Spread(slots.Monday, slots.MustClock("00:00"), slots.MustClock("24:00"), 160)
	require.NoError(t, err)
	var sum int64
	for _, s := range shares {
		sum += s.Numbers
	}
	require.EqualValues(t, 160, sum)
}
