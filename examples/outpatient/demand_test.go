package main

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
)

var releaseAt = slots.Ahead{Days: 15, Unit: slots.CalendarDays, At: slots.MustClock("20:00")}

func shippedDemand(t *testing.T) (*Hospital, []Offer, Demand) {
	t.Helper()
	h, err := loadData(shipped())
	require.NoError(t, err)
	offers := offersOf(h, playedSessions(t, h))
	return h, offers, generateDemand(h, offers, usualDemand(h, releaseAt))
}

func TestDemandIsWellFormed(t *testing.T) {
	h, offers, d := shippedDemand(t)
	capacity := 0
	for _, o := range offers {
		capacity += o.Capacity
	}
	require.InDelta(t, capacity, len(d.Requests), float64(capacity)/4, "about as many requests as numbers")
	channel, class := map[Channel]int{}, map[Class]int{}
	ids, emergencies, named := map[string]bool{}, 0, 0
	for i, r := range d.Requests {
		require.True(t, r.Channel.IsValid())
		require.True(t, r.Class.IsValid())
		require.True(t, i == 0 || d.Requests[i-1].At <= r.At, "in order of time")
		require.False(t, ids[r.ID])
		ids[r.ID] = true
		channel[r.Channel]++
		class[r.Class]++
		require.False(t, r.Target.Before(r.FromDay) || r.Target.After(r.ToDay))
		require.False(t, slots.DateOf(r.At, h.Zone).After(r.FromDay), "nobody asks for a day that is gone")
		if hour := r.At.In(h.Zone).Hour(); r.Channel == Kiosk || r.Channel == Window {
			require.True(t, hour >= 7 && hour < 19, "nobody stands in a closed hall")
		}
		opened, err := releaseAt.Instant(r.Target, h.Calendar, h.Zone)
		require.NoError(t, err)
		require.GreaterOrEqual(t, r.At, opened, "the wished day is on sale")
		require.Equal(t, r.Class == Elderly, d.Patients[r.Patient].Elderly)
		require.Negative(t, r.PreferFrom.Compare(r.PreferTo))
		if r.Emergency {
			emergencies++
			require.Equal(t, r.Target, slots.DateOf(r.At, h.Zone))
			require.Equal(t, r.FromDay, r.ToDay)
		}
		if r.Physician != "" {
			named++
		}
		for _, code := range r.Fate.Exams {
			_, ok := h.exam(code)
			require.True(t, ok)
		}
		require.True(t, r.Fate.MissDraw >= 0 && r.Fate.MissDraw < 1_000_000)
	}
	require.Len(t, channel, 6)
	require.Len(t, class, 4)
	require.True(t, emergencies > 5 && emergencies < len(d.Requests)/20)
	require.InDelta(t, 42, named*100/len(d.Requests), 6)
}

// TestRushAtRelease: at 20:00 of the shipped evenings more ask within a minute than in the hour before.
func TestRushAtRelease(t *testing.T) {
	h, _, d := shippedDemand(t)
	minute, hour := 0, 0
	for _, r := range d.Requests {
		at := r.At.In(h.Zone)
		switch {
		case at.Hour() == 20 && at.Minute() == 0:
			minute++
		case at.Hour() == 19:
			hour++
		}
	}
	require.Greater(t, minute, 2*hour)
}

// TestPeakIsWished: in mornings the second to third half-hour are wanted most, and the last least.
func TestPeakIsWished(t *testing.T) {
	_, _, d := shippedDemand(t)
	count := map[string]int{}
	for _, r := range d.Requests {
		count[r.PreferFrom.String()]++
	}
	require.Greater(t, count["08:30"]+count["09:00"], 2*(count["10:30"]+count["11:00"]))
}

// TestConsultDraw holds the table of quantiles against what its comment states.
func TestConsultDraw(t *testing.T) {
	draw := newStream(1, "test")
	n := 200_000
	values := make([]int64, n)
	sum, squares := 0.0, 0.0
	for i := range values {
		values[i] = draw.quantile(consultQuantiles)
		sum += float64(values[i])
		squares += float64(values[i]) * float64(values[i])
	}
	slices.Sort(values)
	mean := sum / float64(n)
	require.InDelta(t, 1000, mean, 10)
	require.InDelta(t, 0.47, math.Sqrt(squares/float64(n)-mean*mean)/mean, 0.02)
	require.InDelta(t, 5.2, float64(values[n/20])*800/60_000, 0.15)
	require.InDelta(t, 25, float64(values[n-n/20])*800/60_000, 0.4)
}

func TestDemandDoesNotDependOnOrderOfOffers(t *testing.T) {
	h, offers, d := shippedDemand(t)
	turned := slices.Clone(offers)
	slices.Reverse(turned)
	require.Equal(t, d, generateDemand(h, turned, usualDemand(h, releaseAt)))
}

// TestFatesDoNotShift: a session more on one day changes nothing in the wishes and fates of the other days.
func TestFatesDoNotShift(t *testing.T) {
	h, offers, d := shippedDemand(t)
	extra := offers[40]
	more := generateDemand(h, append(slices.Clone(offers), extra), usualDemand(h, releaseAt))
	require.Greater(t, len(more.Requests), len(d.Requests))
	others := func(d Demand) []Request {
		var list []Request
		for _, r := range d.Requests {
			if r.Department != extra.Department || r.Target != extra.Date {
				r.ID, r.Patient = "", 0
				list = append(list, r)
			}
		}
		return list
	}
	require.Equal(t, others(d), others(more))
}

func TestSeedChangesDemand(t *testing.T) {
	h, offers, d := shippedDemand(t)
	c := usualDemand(h, releaseAt)
	c.Seed++
	require.NotEqual(t, d.Requests, generateDemand(h, offers, c).Requests)
	c = usualDemand(h, releaseAt)
	c.WeekdayPerMille[0] *= 2
	require.Greater(t, len(generateDemand(h, offers, c).Requests), len(d.Requests))
	c = usualDemand(h, releaseAt)
	c.EmergencyPerMille = 1000
	for _, r := range generateDemand(h, offers, c).Requests {
		require.True(t, r.Emergency)
	}
	require.Empty(t, generateDemand(h, nil, c).Requests)
}

func TestPatients(t *testing.T) {
	list := generatePatients(1, 2000)
	require.Len(t, list, 1200)
	accounts, missed, visits := map[string]int{}, 0, 0
	for _, p := range list {
		accounts[p.Account]++
		require.LessOrEqual(t, p.PastNoShows, p.PastVisits)
		missed += p.PastNoShows
		visits += p.PastVisits
	}
	sizes := map[int]int{}
	for _, n := range accounts {
		sizes[n]++
	}
	for n := 1; n <= 4; n++ {
		require.Positive(t, sizes[n], "accounts of %d persons", n)
	}
	require.Empty(t, sizes[5])
	require.InDelta(t, 0.12, float64(missed)/float64(visits), 0.03)
	require.Empty(t, generatePatients(1, 0))
	require.Equal(t, list[:100], generatePatients(1, 3000)[:100], "a larger pool begins with the smaller one")
}

func TestMissCurve(t *testing.T) {
	require.Equal(t, inventedCurve, curveOf(nil))
	day := slots.MustDate("2026-05-20")
	var visits []PastVisit
	for i := range 300 { // one in three same-day visits missed, none of 100 made a week before
		visits = append(visits, PastVisit{"1", day, day, i%3 == 0})
	}
	for range 100 {
		visits = append(visits, PastVisit{"1", day.AddDays(-7), day, false})
	}
	// Overall 100 of 400; each band with 100 visits at a quarter added.
	require.Equal(t, MissCurve{312_500, 250_000, 250_000, 125_000, 250_000, 250_000}, curveOf(visits))
	for _, c := range []struct{ lead, band int }{{-4, 0}, {0, 0}, {1, 1}, {2, 1}, {3, 2}, {6, 2}, {7, 3}, {13, 3}, {14, 4}, {29, 4}, {30, 5}, {400, 5}} {
		require.Equal(t, c.band, leadBand(c.lead), "lead %d", c.lead)
	}
	f := Fate{MissDraw: 99_999}
	usual, good := Patient{MissPerMille: 1000}, Patient{MissPerMille: 500}
	require.True(t, f.misses(usual, inventedCurve, 3))
	require.False(t, f.misses(usual, inventedCurve, 0))
	require.False(t, f.misses(good, inventedCurve, 3))
}

func TestFateSeconds(t *testing.T) {
	require.Equal(t, int64(402), Fate{ConsultDraw: 500}.consultSeconds(Department{ConsultSeconds: 804}))
	require.Equal(t, int64(60), Fate{ConsultDraw: 1}.consultSeconds(Department{ConsultSeconds: 804}))
	require.Equal(t, int64(300), Fate{WindowDraw: 2000}.windowSeconds(WindowRow{ServiceSeconds: 150}))
	require.Equal(t, int64(10), Fate{WindowDraw: 1}.windowSeconds(WindowRow{ServiceSeconds: 150}))
}

func TestNamesOfEnums(t *testing.T) {
	for _, c := range channels {
		require.True(t, c.IsValid())
		require.NotContains(t, Chinese.t("channel."+c.String()), "‹")
	}
	for c := Ordinary; c.IsValid(); c++ {
		require.NotContains(t, English.t("class."+c.String()), "‹")
	}
	require.False(t, Channel(0).IsValid() || Class(0).IsValid() || Channel(7).IsValid() || Class(5).IsValid())
	require.Equal(t, []string{"no channel", "no class", "invalid flag", "substitute"},
		[]string{Channel(0).String(), Class(9).String(), Flag(9).String(), Substitute.String()})
}
