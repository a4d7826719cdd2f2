package slots

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A naive twin of Repeat.On: it walks the calendar of package time day by day and counts.

func timeOf(d Date) time.Time {
	y, m, day := d.Civil()
	return time.Date(y, time.Month(m), day, 0, 0, 0, 0, time.UTC)
}

func dateOfTime(t time.Time) Date {
	return MustDate(t.Format("2006-01-02"))
}

func isoWeekday(t time.Time) Weekday {
	if t.Weekday() == time.Sunday {
		return Sunday
	}
	return Weekday(t.Weekday())
}

// placesIn counts, walking to both ends of the month, the days that count.
func placesIn(t time.Time, counts func(time.Time) bool) (fromBegin, fromEnd int) {
	for u := t; u.Month() == t.Month(); u = u.AddDate(0, 0, -1) {
		if counts(u) {
			fromBegin++
		}
	}
	for u := t; u.Month() == t.Month(); u = u.AddDate(0, 0, 1) {
		if counts(u) {
			fromEnd++
		}
	}
	return fromBegin, fromEnd
}

func naiveOn(r Repeat, t time.Time) bool {
	if r.Weekdays == 0 && r.MonthDays == 0 {
		return false
	}
	if r.Weekdays != 0 && !slices.Contains(slices.Collect(r.Weekdays.All()), isoWeekday(t)) {
		return false
	}
	if r.Nth != 0 {
		a, z := placesIn(t, func(u time.Time) bool { return u.Weekday() == t.Weekday() })
		if named := slices.Collect(r.Nth.All()); !slices.Contains(named, a) && !slices.Contains(named, -z) {
			return false
		}
	}
	if r.MonthDays != 0 {
		a, z := placesIn(t, func(time.Time) bool { return true })
		if named := slices.Collect(r.MonthDays.All()); !slices.Contains(named, a) && !slices.Contains(named, -z) {
			return false
		}
	}
	if r.Months != 0 && !slices.Contains(slices.Collect(r.Months.All()), int(t.Month())) {
		return false
	}
	if _, week := t.ISOWeek(); r.Parity == OddWeeks && week%2 == 0 || r.Parity == EvenWeeks && week%2 == 1 {
		return false
	}
	return r.Every == 0 || naiveUnits(r, t)%r.Every == 0
}

// naiveUnits counts the units from the anchor to t.
func naiveUnits(r Repeat, t time.Time) int {
	anchor := timeOf(r.Anchor)
	days := func(from, to time.Time) int { return int((to.Unix() - from.Unix()) / 86_400) } // a Duration ends after 292 years
	switch r.Unit {
	case CountDays:
		return days(anchor, t)
	case CountWeeks:
		begin := func(u time.Time) time.Time {
			for isoWeekday(u) != max(r.WeekStart, Monday) {
				u = u.AddDate(0, 0, -1)
			}
			return u
		}
		return days(begin(anchor), begin(t)) / 7
	case CountMonths:
		return (t.Year()-anchor.Year())*12 + int(t.Month()) - int(anchor.Month())
	}
	return t.Year() - anchor.Year()
}

// someRepeat draws a valid Repeat; each condition is there half of the time.
func someRepeat(t *rapid.T) Repeat {
	var r Repeat
	sometimes := func(label string) bool { return rapid.Bool().Draw(t, label) }
	numbers := func(label string, low, high int) []int {
		n := rapid.IntRange(low, high).Filter(func(n int) bool { return n != 0 })
		return rapid.SliceOfN(n, 1, 5).Draw(t, label)
	}
	weekday := rapid.Custom(func(t *rapid.T) Weekday { return Weekday(rapid.IntRange(1, 7).Draw(t, "weekday")) })
	if sometimes("by weekday") {
		r.Weekdays = WeekdaysOf(rapid.SliceOfN(weekday, 1, 7).Draw(t, "weekdays")...)
		if sometimes("nth") {
			r.Nth = OrdinalsOf(numbers("places", -5, 5)...)
		}
	}
	if r.Weekdays == 0 || rapid.IntRange(0, 3).Draw(t, "by day too") == 0 {
		r.MonthDays = MonthDaysOf(numbers("days", -31, 31)...)
	}
	if sometimes("by month") {
		r.Months = MonthsOf(numbers("months", 1, 12)...)
	}
	r.Parity = WeekParity(rapid.IntRange(0, 2).Draw(t, "parity"))
	if sometimes("counted") {
		r.Every = rapid.SampledFrom([]int{2, 3, 4, 7, 12, 52, MaxEvery}).Draw(t, "every")
		r.Unit = RepeatUnit(rapid.IntRange(1, 4).Draw(t, "unit"))
		r.Anchor = DateFromNumber(rapid.Int32Range(minDayNumber, maxDayNumber).Draw(t, "anchor"))
		if r.Unit == CountWeeks && sometimes("week start") {
			r.WeekStart = weekday.Draw(t, "week start")
		}
	}
	return r
}

func TestRepeatAgainstCounting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := someRepeat(t)
		require.NoError(t, r.Check())
		from := rapid.Int32Range(minDayNumber, maxDayNumber).Draw(t, "from")
		for n := from; n < min(from+200, maxDayNumber-31); n++ {
			d := DateFromNumber(n)
			if got, want := r.On(d), naiveOn(r, timeOf(d)); got != want {
				t.Fatalf("%v (%v) on %v %v: %v, want %v", r, r.Unit, d, d.Weekday(), got, want)
			}
		}
	})
}

// Next against looking at every date, to the end of the calendar.
func TestRepeatNext(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := someRepeat(t)
		d := DateFromNumber(rapid.Int32Range(minDayNumber, maxDayNumber).Draw(t, "from"))
		want := d
		for want.IsValid() && !r.On(want) {
			want = want.AddDays(1)
		}
		got, ok := r.Next(d)
		require.Equal(t, want, got, "%v", r)
		require.Equal(t, want.IsValid(), ok)
	})
}

func TestRepeatNextNever(t *testing.T) {
	first := MustDate("0001-01-01")
	for name, r := range map[string]Repeat{
		"zero":                      {},
		"30 February":               {MonthDays: MonthDaysOf(30), Months: MonthsOf(2)},
		"31 in months of 30":        {MonthDays: MonthDaysOf(31), Months: MonthsOf(2, 4, 6, 9, 11)},
		"fifth that is the 1st":     {Weekdays: WeekdaysOf(Monday), Nth: OrdinalsOf(5), MonthDays: MonthDaysOf(1)},
		"Tuesday on counted Monday": {Weekdays: WeekdaysOf(Tuesday), Every: 7, Unit: CountDays, Anchor: first},
		"May, from every January":   {MonthDays: MonthDaysOf(1), Months: MonthsOf(5), Every: 12, Unit: CountMonths, Anchor: first},
		"leap day of odd years": {MonthDays: MonthDaysOf(29), Months: MonthsOf(2), Every: 2, Unit: CountYears,
			Anchor: first},
	} {
		_, ok := r.Next(first)
		require.False(t, ok, name)
	}
	_, ok := Daily().Next(Date{})
	require.False(t, ok)
	// 2096-02-29 is the last leap day before the eight years of 1900's kind.
	next, ok := Repeat{MonthDays: MonthDaysOf(29), Months: MonthsOf(2)}.Next(MustDate("2096-03-01"))
	require.True(t, ok)
	require.Equal(t, "2104-02-29", next.String())
	// A 29 February on a Monday: once in 28 years, or 40 over 2100.
	next, _ = Repeat{Weekdays: WeekdaysOf(Monday), MonthDays: MonthDaysOf(29), Months: MonthsOf(2)}.Next(MustDate("2072-03-01"))
	require.Equal(t, "2112-02-29", next.String())
	// Counted in threes besides, once in up to 316 years.
	next, _ = Repeat{Weekdays: WeekdaysOf(Monday), MonthDays: MonthDaysOf(29), Months: MonthsOf(2), Every: 3, Unit: CountDays,
		Anchor: MustDate("2000-01-01")}.Next(MustDate("1892-03-01"))
	require.Equal(t, "2208-02-29", next.String())
	last := MustDate("9999-12-31")
	next, _ = OnMonthDays(-1).Next(last)
	require.Equal(t, last, next)
	_, ok = EveryWeeks(2, last.AddDays(-7), Friday).Next(last)
	require.False(t, ok)
}

// The Gregorian calendar comes back after 400 years, weekdays too; a stretch without a century does after 28.
func TestRepeatShift(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := someRepeat(t)
		n := rapid.Int32Range(minDayNumber, maxDayNumber-146_097).Draw(t, "day")
		later := r
		later.Anchor = r.Anchor.AddDays(146_097)
		if r.Every == 0 || later.Anchor.IsValid() {
			require.Equal(t, r.On(DateFromNumber(n)), later.On(DateFromNumber(n+146_097)))
		}
		d := DateFromNumber(rapid.Int32Range(MustDate("1901-01-01").Number(), MustDate("2071-12-31").Number()).Draw(t, "date"))
		r.Every, r.Unit, r.Anchor, r.WeekStart = 0, 0, Date{}, 0
		require.Equal(t, r.On(d), r.On(d.AddDays(28*365+7)), "%v", r)
	})
}

// Every n-th unit: the unit of the anchor is held, and going n units on or back changes nothing.
func TestRepeatEvery(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 30).Draw(t, "n")
		anchor := DateFromNumber(rapid.Int32Range(700_000, 800_000).Draw(t, "anchor"))
		day := anchor.AddDays(rapid.IntRange(-5000, 5000).Draw(t, "days on"))
		days, weeks := EveryDays(n, anchor), EveryWeeks(n, anchor, anchor.Weekday())
		require.True(t, days.On(anchor) && weeks.On(anchor))
		require.Equal(t, days.On(day), days.On(day.AddDays(n)))
		require.Equal(t, weeks.On(day), weeks.On(day.AddDays(-7*n)))
		next, ok := days.Next(anchor.AddDays(1))
		require.True(t, ok)
		require.Equal(t, n, next.Sub(anchor))
		next, _ = weeks.Next(anchor.AddDays(1))
		require.Equal(t, 7*n, next.Sub(anchor))
	})
}

func TestParityAgainstISOWeek(t *testing.T) {
	day := timeOf(MustDate("1583-01-01"))
	odd := WeeklyIn(OddWeeks, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday)
	even := odd
	even.Parity = EvenWeeks
	for d := dateOfTime(day); d.Before(MustDate("2400-01-01")); d = d.AddDays(1) {
		_, week := day.ISOWeek()
		if odd.On(d) != (week%2 == 1) || even.On(d) == odd.On(d) {
			t.Fatalf("%v of week %d: odd %v, even %v", d, week, odd.On(d), even.On(d))
		}
		day = day.AddDate(0, 0, 1)
	}
}

// held lists the first n dates from d on.
func held(r Repeat, from string, n int) []string {
	var list []string
	for d, ok := r.Next(MustDate(from)); ok && len(list) < n; d, ok = r.Next(d.AddDays(1)) {
		list = append(list, d.String())
	}
	return list
}

func TestRepeatEdges(t *testing.T) {
	anchor := MustDate("2026-11-02") // a Monday
	for _, c := range []struct {
		repeat Repeat
		from   string
		want   []string
	}{
		{WeeklyIn(OddWeeks, Monday), "2026-12-21", []string{"2026-12-28", "2027-01-04", "2027-01-18"}}, // week 53, then week 1
		{WeeklyIn(EvenWeeks, Monday), "2026-12-21", []string{"2026-12-21", "2027-01-11"}},
		{WeeklyIn(OddWeeks, Sunday), "2026-12-28", []string{"2027-01-03", "2027-01-10"}},
		{OnMonthDays(29), "2026-01-30", []string{"2026-03-29"}},
		{OnMonthDays(29), "2028-01-30", []string{"2028-02-29"}},
		{OnMonthDays(-31), "2026-01-02", []string{"2026-03-01", "2026-05-01", "2026-07-01", "2026-08-01"}},
		{OnMonthDays(-29), "2028-02-01", []string{"2028-02-01", "2028-03-03"}},
		{OnMonthDays(31, -1), "2026-01-01", []string{"2026-01-31", "2026-02-28", "2026-03-31"}},
		{NthOfMonth(Monday, 5), "2026-01-01", []string{"2026-03-30", "2026-06-29", "2026-08-31"}},
		{NthOfMonth(Monday, -5), "2026-01-01", []string{"2026-03-02", "2026-06-01", "2026-08-03"}},
		{NthOfMonth(Tuesday, 1), "2026-11-01", []string{"2026-11-03", "2026-12-01"}},
		{NthOfMonth(Tuesday, 1, 3), "2026-11-04", []string{"2026-11-17", "2026-12-01"}},
		{LastOfMonth(Friday), "2026-02-01", []string{"2026-02-27", "2026-03-27"}},
		{EveryWeeks(2, anchor, Sunday), "2026-10-20", []string{"2026-10-25", "2026-11-08"}},
		{Repeat{Weekdays: WeekdaysOf(Sunday), Every: 2, Unit: CountWeeks, Anchor: anchor, WeekStart: Sunday}, "2026-10-20",
			[]string{"2026-11-01", "2026-11-15"}},
		{EveryDays(3, anchor), "2026-10-26", []string{"2026-10-27", "2026-10-30", "2026-11-02"}},
		{Repeat{MonthDays: MonthDaysOf(31), Every: 2, Unit: CountMonths, Anchor: anchor}, "2026-11-01", []string{"2027-01-31", "2027-03-31"}},
		{Repeat{MonthDays: MonthDaysOf(1), Every: 18, Unit: CountMonths, Anchor: anchor}, "2025-01-01", []string{"2025-05-01", "2026-11-01"}},
		{Repeat{MonthDays: MonthDaysOf(29), Months: MonthsOf(2), Every: 3, Unit: CountYears, Anchor: anchor}, "2026-01-01",
			[]string{"2032-02-29", "2044-02-29"}},
		{EveryWeeks(1, Date{}, Monday), "2026-11-03", []string{"2026-11-09"}},
		{EveryDays(1, anchor), "2026-11-03", []string{"2026-11-03"}},
	} {
		require.NoError(t, c.repeat.Check())
		require.Equal(t, c.want, held(c.repeat, c.from, len(c.want)), "%v", c.repeat)
	}
	require.Equal(t, Weekly(Monday), EveryWeeks(1, anchor, Monday))
	require.False(t, Daily().On(Date{}))
	for _, d := range []string{"0001-01-01", "9999-12-31"} {
		require.True(t, Daily().On(MustDate(d)))
		require.True(t, WeeklyIn(OddWeeks, MustDate(d).Weekday()).On(MustDate(d)) !=
			WeeklyIn(EvenWeeks, MustDate(d).Weekday()).On(MustDate(d)))
	}
}

func TestRepeatCheck(t *testing.T) {
	anchor := MustDate("2026-11-02")
	for problem, r := range map[string]Repeat{
		"Weekdays none: want at least one of Weekdays and MonthDays":  {},
		"Weekdays 8: want Monday (1) to Sunday (7)":                   Weekly(Monday, 8, 9),
		"Weekdays 0: want Monday (1) to Sunday (7)":                   Weekly(0),
		"Weekdays 255: want Monday (1) to Sunday (7)":                 Weekly(255),
		"Weekdays 9: want Monday (1) to Sunday (7)":                   {Weekdays: 1<<9 | sevenDays},
		"Weekdays -1: want Monday (1) to Sunday (7)":                  {Weekdays: 1 << 63},
		"Nth 6: want 1 to 5 or -1 to -5":                              NthOfMonth(Monday, 1, 6),
		"Nth -6: want 1 to 5 or -1 to -5":                             NthOfMonth(Monday, -6),
		"Nth 0: want 1 to 5 or -1 to -5":                              NthOfMonth(Monday),
		"Nth first: want Weekdays with it":                            {MonthDays: MonthDaysOf(1), Nth: OrdinalsOf(1)},
		"MonthDays 32: want 1 to 31 or -1 to -31":                     OnMonthDays(1, 32),
		"MonthDays -32: want 1 to 31 or -1 to -31":                    OnMonthDays(-32),
		"MonthDays 1073741824: want 1 to 31 or -1 to -31":             OnMonthDays(math.MaxInt),
		"MonthDays -1073741824: want 1 to 31 or -1 to -31":            OnMonthDays(math.MinInt),
		"Months 13: want 1 to 12":                                     {Weekdays: sevenDays, Months: MonthsOf(13)},
		"Months -1: want 1 to 12":                                     {Weekdays: sevenDays, Months: MonthsOf(-1)},
		"Parity 3: want AnyWeek, OddWeeks or EvenWeeks":               WeeklyIn(3, Monday),
		"Every 0: want 2 to 10000":                                    EveryWeeks(0, anchor, Monday),
		"Every -1: want 2 to 10000":                                   EveryDays(-1, anchor),
		"Every 10001: want 2 to 10000":                                EveryDays(MaxEvery+1, anchor),
		"Anchor no date: want a date to count from":                   EveryDays(2, Date{}),
		"Anchor 2026-11-02: only with Every":                          {Weekdays: sevenDays, Anchor: anchor},
		"Unit 5: want CountDays to CountYears":                        {Weekdays: sevenDays, Every: 2, Unit: 5, Anchor: anchor},
		"Unit 0: want CountDays to CountYears":                        {Weekdays: sevenDays, Every: 2, Anchor: anchor},
		"WeekStart Sunday: only with Every and CountWeeks":            {Weekdays: sevenDays, WeekStart: Sunday},
		"WeekStart 8: want Monday (1) to Sunday (7), or 0 for Monday": {Weekdays: sevenDays, WeekStart: 8},
		"Every 1: want 2 to 10000\nUnit 9: want CountDays to CountYears\nAnchor no date: want a date to count from": {
			Weekdays: sevenDays, Every: 1, Unit: 9},
	} {
		require.EqualError(t, r.Check(), problem)
		r.Next(anchor) // must not panic nor loop
		_ = r.String()
	}
	for _, r := range []Repeat{EveryDays(0, anchor), EveryDays(-7, anchor), EveryDays(math.MaxInt, anchor), Weekly(9), OnMonthDays(99),
		{Weekdays: sevenDays, Every: 2, Unit: 9, Anchor: anchor}} {
		require.Empty(t, held(r, "2026-11-02", 1), "%v", r)
	}
}

func TestRepeatAllocatesNothing(t *testing.T) {
	r, d := NthOfMonth(Tuesday, 1, -1), MustDate("2026-11-02")
	require.Zero(t, testing.AllocsPerRun(100, func() { r.On(d); r.Next(d) }))
}
