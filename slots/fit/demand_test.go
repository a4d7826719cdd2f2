package fit

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
)

// year2026 knows two days of a notice.
func year2026(t require.TestingT) slots.Calendar {
	c, err := slots.NewCalendar(slots.CalendarConfig{
		Years: []int{2026}, Weekend: []slots.Weekday{slots.Saturday, slots.Sunday},
		Days: []slots.CalendarDay{
			{Date: slots.MustDate("2026-02-14"), Kind: slots.MakeUp, Name: "春节"},
			{Date: slots.MustDate("2026-02-16"), Kind: slots.Holiday, Name: "春节"},
		},
	})
	require.NoError(t, err)
	return c
}

func goodDemand(t require.TestingT) DemandConfig {
	return DemandConfig{
		Arrivals: []Arrival{
			{slots.MustDate("2026-02-02"), slots.MustClock("08:00"), 3}, {slots.MustDate("2026-02-02"), slots.MustClock("08:29"), 1},
			{slots.MustDate("2026-02-02"), slots.MustClock("08:30"), 2}, {slots.MustDate("2026-02-09"), slots.MustClock("08:10"), 7},
			{slots.MustDate("2026-02-16"), slots.MustClock("08:10"), 90}, {slots.MustDate("2026-02-14"), slots.MustClock("23:59"), 1},
			{slots.MustDate("2026-02-23"), slots.MustClock("08:59"), 1},
		},
		First: slots.MustDate("2026-02-02"), Last: slots.MustDate("2026-03-01"), Calendar: year2026(t),
		Kinds: []slots.DayKind{slots.WorkingDay, slots.RestDay}, PeriodMinutes: 30, CoverBasisPoints: 9000, LeastDays: 3,
	}
}

// Mondays 2, 9 and 23 February; the 16th is a holiday. 08:00: 4, 7 and 0; 08:30: 2, 0 and 1.
func TestPeriodsByHand(t *testing.T) {
	d, err := NewDemand(goodDemand(t))
	require.NoError(t, err)
	require.EqualValues(t, 2, d.Excluded())
	monday := d.Periods(slots.Monday)
	require.Len(t, monday, 48)
	require.Equal(t, Period{
		Weekday: slots.Monday, Start: slots.MustClock("08:00"), Days: 3, Arrivals: 11, MeanThousandths: 3667,
		DispersionThousandths: 3364, // (3·65 − 121)/(2·11) = 74/22
		Numbers:               7, Enough: true,
	}, monday[16])
	require.Equal(t, Period{
		Weekday: slots.Monday, Start: slots.MustClock("08:30"), Days: 3, Arrivals: 3, MeanThousandths: 1000,
		DispersionThousandths: 1000, Numbers: 2, Enough: true,
	}, monday[17])
	require.Equal(t, Period{Weekday: slots.Monday, Start: slots.MustClock("09:00"), Days: 3, Enough: true}, monday[18])
	saturday := d.Periods(slots.Saturday)
	require.EqualValues(t, 3, saturday[0].Days, "the make-up Saturday does not count")
	require.Zero(t, saturday[47].Arrivals)
	require.Nil(t, d.Periods(0))
	require.Nil(t, d.Periods(8))
	require.Nil(t, Demand{}.Periods(slots.Monday))
}

func TestEveryDemandFieldCounts(t *testing.T) {
	base, err := NewDemand(goodDemand(t))
	require.NoError(t, err)
	for name, change := range map[string]func(*DemandConfig){
		"Arrivals":         func(c *DemandConfig) { c.Arrivals[0].Count = 4 },
		"Clock":            func(c *DemandConfig) { c.Arrivals[1].Clock = slots.MustClock("08:30") },
		"First":            func(c *DemandConfig) { c.First = slots.MustDate("2026-01-26") },
		"Last":             func(c *DemandConfig) { c.Last = slots.MustDate("2026-03-02") },
		"Calendar":         func(c *DemandConfig) { c.Calendar, c.Kinds = slots.Calendar{}, []slots.DayKind{slots.UnknownDay} },
		"Kinds":            func(c *DemandConfig) { c.Kinds = append(c.Kinds, slots.Holiday) },
		"PeriodMinutes":    func(c *DemandConfig) { c.PeriodMinutes = 60 },
		"CoverBasisPoints": func(c *DemandConfig) { c.CoverBasisPoints = 6666 },
		"LeastDays":        func(c *DemandConfig) { c.LeastDays = 4 },
	} {
		c := goodDemand(t)
		change(&c)
		d, err := NewDemand(c)
		require.NoError(t, err, name)
		require.NotEqual(t, base.Periods(slots.Monday), d.Periods(slots.Monday), name)
	}
	c := goodDemand(t)
	c.LeastDays = 4
	d, err := NewDemand(c)
	require.NoError(t, err)
	for _, p := range d.Periods(slots.Monday) {
		require.False(t, p.Enough)
	}
}

func TestQuantileAtItsEdges(t *testing.T) {
	for points, want := range map[int]int64{1: 0, 3333: 0, 3334: 4, 6666: 4, 6667: 7, 10_000: 7} {
		c := goodDemand(t)
		c.CoverBasisPoints = points
		d, err := NewDemand(c)
		require.NoError(t, err)
		require.Equal(t, want, d.Periods(slots.Monday)[16].Numbers, "%d of 10000 over 0, 4 and 7", points)
	}
}

func TestDemandRefuses(t *testing.T) {
	c := goodDemand(t)
	c.Arrivals = []Arrival{
		{slots.Date{}, slots.Clock{}, 1}, {slots.MustDate("2026-02-01"), slots.MustClock("24:00"), -1},
		{slots.MustDate("2026-03-02"), slots.Clock{}, MaxArrivals + 1},
	}
	c.Kinds = []slots.DayKind{0, slots.Holiday, slots.Holiday}
	c.PeriodMinutes, c.CoverBasisPoints, c.LeastDays = 25, 0, 0
	_, err := NewDemand(c)
	require.Equal(t, []string{
		"PeriodMinutes 25: want a divisor of 1440", "CoverBasisPoints 0: want 1 to 10000", "LeastDays 0: want 1 to 3660",
		"Kinds[0] DayKind(0): want a kind of day", "Kinds[2] holiday: twice",
		"Arrivals[0]: Date no date: want a date",
		"Arrivals[1]: Date 2026-02-01: want 2026-02-02 to 2026-03-01",
		"Arrivals[1] 2026-02-01: Clock 24:00: that is 00:00 of the next day",
		"Arrivals[1] 2026-02-01 24:00: Count -1: want 0 to 100000",
		"Arrivals[2]: Date 2026-03-02: want 2026-02-02 to 2026-03-01",
		"Arrivals[2] 2026-03-02 00:00: Count 100001: want 0 to 100000",
	}, lines(err))

	_, err = NewDemand(DemandConfig{})
	require.Equal(t, []string{
		"PeriodMinutes 0: want 5 to 1440", "CoverBasisPoints 0: want 1 to 10000", "LeastDays 0: want 1 to 3660",
		"Kinds: none, want at least one", "First no date, Last no date: want two dates in order, at most 3660 days",
	}, lines(err))

	c = goodDemand(t)
	c.First, c.Last = slots.MustDate("2025-12-30"), slots.MustDate("2027-01-02")
	_, err = NewDemand(c)
	var unknown *slots.UnknownYearError
	require.ErrorAs(t, err, &unknown)
	require.Equal(t, []string{
		"calendar of 2025 is not known, needed for 2025-12-30", "calendar of 2027 is not known, needed for 2027-01-01",
	}, lines(err))

	c = goodDemand(t)
	c.Arrivals = append(c.Arrivals, Arrival{slots.MustDate("2026-02-02"), slots.MustClock("08:05"), MaxArrivals})
	_, err = NewDemand(c)
	require.EqualError(t, err, "Arrivals[7] 2026-02-02 08:05: Count 100000: brings the period to 100004, want at most 100000")

	c = goodDemand(t)
	c.Last = c.First.AddDays(MaxDemandDays)
	_, err = NewDemand(c)
	require.EqualError(t, err, "First 2026-02-02, Last 2036-02-10: want two dates in order, at most 3660 days")
}

func TestSpreadRefuses(t *testing.T) {
	d, err := NewDemand(goodDemand(t))
	require.NoError(t, err)
	_, err = d.Spread(0, slots.MustClock("09:10"), slots.MustClock("08:00"), -1)
	require.Equal(t, []string{
		"weekday 0: want Monday (1) to Sunday (7)", "total -1: want 0 to 1000000", "from 09:10, to 08:00: want from before to",
		"from 09:10: want a multiple of 30 minutes",
	}, lines(err))
	_, err = d.Spread(slots.Monday, slots.MustClock("10:00"), slots.MustClock("12:00"), 5)
	require.EqualError(t, err, "Monday 10:00 to 12:00: nobody came, so there is nothing to go by")
	_, err = Demand{}.Spread(slots.Monday, slots.MustClock("10:00"), slots.MustClock("12:00"), 5)
	require.Error(t, err)
}

// recount reads the configuration again for one weekday and period, the slow way.
func recount(c DemandConfig, w time.Weekday, period int) (days []int64) {
	for date := c.First; !date.After(c.Last); date = date.AddDays(1) {
		year, month, day := date.Civil()
		kind, _ := c.Calendar.Day(date)
		counts := false
		for _, k := range c.Kinds {
			counts = counts || k == kind
		}
		if !counts || time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Weekday() != w {
			continue
		}
		var n int64
		for _, a := range c.Arrivals {
			if at := a.Clock.Minutes(); a.Date == date && at >= period*c.PeriodMinutes && at < (period+1)*c.PeriodMinutes {
				n += a.Count
			}
		}
		days = append(days, n)
	}
	return days
}

func drawDemand(t *rapid.T) DemandConfig {
	c := goodDemand(t)
	c.PeriodMinutes = rapid.SampledFrom([]int{30, 60, 240}).Draw(t, "period")
	c.CoverBasisPoints = rapid.IntRange(1, 10_000).Draw(t, "cover")
	c.Kinds = rapid.SampledFrom([][]slots.DayKind{{1, 2}, {1}, {1, 2, 3, 4}, {3, 4}}).Draw(t, "kinds")
	c.Arrivals = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Arrival {
		minute := rapid.IntRange(0, 1439).Draw(t, "minute")
		return Arrival{c.First.AddDays(rapid.IntRange(0, 27).Draw(t, "day")), clockAt(minute), rapid.Int64Range(0, 9).Draw(t, "count")}
	}), 0, 60).Draw(t, "arrivals")
	return c
}

func TestPeriodsAgainstRecount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawDemand(t)
		d, err := NewDemand(c)
		require.NoError(t, err)
		c.Arrivals = rapid.Permutation(c.Arrivals).Draw(t, "permuted")
		permuted, err := NewDemand(c)
		require.NoError(t, err)
		require.Equal(t, d, permuted)
		w := slots.Weekday(rapid.IntRange(1, 7).Draw(t, "weekday"))
		for i, p := range d.Periods(w) {
			days := recount(c, time.Weekday(w%7), i)
			require.EqualValues(t, len(days), p.Days)
			mean, variance := 0.0, 0.0
			for _, n := range days {
				mean += float64(n) / float64(len(days))
			}
			for _, n := range days {
				variance += (float64(n) - mean) * (float64(n) - mean) / float64(len(days)-1)
			}
			require.InDelta(t, 1000*mean, p.MeanThousandths, 0.500001)
			if mean > 0 && len(days) > 1 {
				require.InDelta(t, 1000*variance/mean, p.DispersionThousandths, 0.500001)
			} else {
				require.Zero(t, p.DispersionThousandths)
			}
			covered := func(numbers int64) (n int) {
				for _, x := range days {
					if x <= numbers {
						n++
					}
				}
				return n
			}
			require.GreaterOrEqual(t, covered(p.Numbers)*10_000, c.CoverBasisPoints*len(days))
			require.Less(t, covered(p.Numbers-1)*10_000, c.CoverBasisPoints*len(days), "one fewer is not enough")
		}
	})
}

// TestSpreadIsExact: the sum is the total, each share is its due rounded down or up, more arrivals never means fewer numbers,
// and of all whole shares none is nearer to the dues (least sum of squares), which is what largest remainders give.
func TestSpreadIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawDemand(t)
		c.PeriodMinutes = 240
		c.Arrivals = append(c.Arrivals, Arrival{slots.MustDate("2026-02-02"), slots.MustClock("09:00"), 1})
		c.Kinds = []slots.DayKind{slots.WorkingDay}
		d, err := NewDemand(c)
		require.NoError(t, err)
		total := rapid.Int64Range(0, 12).Draw(t, "total")
		shares, err := d.Spread(slots.Monday, slots.MustClock("08:00"), slots.MustClock("24:00"), total)
		require.NoError(t, err)
		require.Len(t, shares, 4)
		periods := d.Periods(slots.Monday)[2:]
		var sum, weight int64
		for i, s := range shares {
			require.Equal(t, periods[i].Start, s.Start)
			sum += s.Numbers
			weight += periods[i].Arrivals
		}
		require.Equal(t, total, sum)
		off := func(a, b, c, e int64) (squares int64) {
			for i, n := range []int64{a, b, c, e} {
				x := n*weight - total*periods[i].Arrivals
				squares += x * x
			}
			return squares
		}
		ours := off(shares[0].Numbers, shares[1].Numbers, shares[2].Numbers, shares[3].Numbers)
		for a := range total + 1 {
			for b := range total + 1 - a {
				for e := range total + 1 - a - b {
					require.LessOrEqual(t, ours, off(a, b, e, total-a-b-e))
				}
			}
		}
		for i := range shares {
			for j := range shares {
				if periods[i].Arrivals > periods[j].Arrivals {
					require.GreaterOrEqual(t, shares[i].Numbers, shares[j].Numbers)
				}
			}
		}
	})
}

func TestSpreadGivesTiesToTheEarlier(t *testing.T) {
	c := goodDemand(t)
	c.Arrivals = nil
	for _, at := range []string{"08:00", "08:30", "09:00"} {
		c.Arrivals = append(c.Arrivals, Arrival{slots.MustDate("2026-02-02"), slots.MustClock(at), 5})
	}
	d, err := NewDemand(c)
	require.NoError(t, err)
	shares, err := d.Spread(slots.Monday, slots.MustClock("08:00"), slots.MustClock("10:00"), 8)
	require.NoError(t, err)
	require.Equal(t, []Share{
		{slots.MustClock("08:00"), 3}, {slots.MustClock("08:30"), 3}, {slots.MustClock("09:00"), 2}, {slots.MustClock("09:30"), 0},
	}, shares)
}
