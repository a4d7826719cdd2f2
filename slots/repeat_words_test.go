package slots

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestRepeatWords(t *testing.T) {
	anchor := MustDate("2026-11-02")
	for want, r := range map[string]Repeat{
		"never":                     {},
		"every day":                 Daily(),
		"every Monday and Thursday": Weekly(Thursday, Monday),
		"every Monday, Thursday and Friday in odd weeks":      WeeklyIn(OddWeeks, Thursday, Monday, Friday),
		"first Tuesday of the month":                          NthOfMonth(Tuesday, 1),
		"second, fourth and last Tuesday of the month":        NthOfMonth(Tuesday, 4, -1, 2),
		"second to last Friday of the month":                  NthOfMonth(Friday, -2),
		"1st, 2nd, 3rd, 11th and 21st of the month":           OnMonthDays(11, 21, 3, 2, 1),
		"last day and 2nd to last day of the month":           OnMonthDays(-1, -2),
		"every Friday falling on the 13th of the month":       {Weekdays: WeekdaysOf(Friday), MonthDays: MonthDaysOf(13)},
		"every Sunday in June and July":                       {Weekdays: WeekdaysOf(Sunday), Months: MonthsOf(7, 6)},
		"every 2nd week from 2026-11-02 on Monday":            EveryWeeks(2, anchor, Monday),
		"every 10th day from 2026-11-02":                      EveryDays(10, anchor),
		"every 3rd month from 2026-11-02 on 1st of the month": {MonthDays: MonthDaysOf(1), Every: 3, Unit: CountMonths, Anchor: anchor},
		"every 22nd year from 2026-11-02 on every day in even weeks": {Weekdays: sevenDays, Every: 22, Unit: CountYears, Anchor: anchor,
			Parity: EvenWeeks},
		"every 113th day from 2026-11-02 on Monday and Tuesday": {Weekdays: WeekdaysOf(Monday, Tuesday), Every: 113, Unit: CountDays,
			Anchor: anchor},
		"every 2nd week from 2026-11-02 with weeks from Sunday on Monday": {Weekdays: WeekdaysOf(Monday), Every: 2, Unit: CountWeeks,
			Anchor: anchor, WeekStart: Sunday},
		"every wrong 8": Weekly(8),
	} {
		require.Equal(t, want, r.String())
	}
	require.Equal(t, []string{"any week", "odd weeks", "even weeks", "WeekParity(3)", "day", "week", "month", "year", "RepeatUnit(0)"},
		[]string{AnyWeek.String(), OddWeeks.String(), EvenWeeks.String(), WeekParity(3).String(), CountDays.String(), CountWeeks.String(),
			CountMonths.String(), CountYears.String(), RepeatUnit(0).String()})
	// Same words, same meaning: different ones differ in a field, except that no WeekStart is Monday.
	rapid.Check(t, func(t *rapid.T) {
		a, b := someRepeat(t), someRepeat(t)
		for _, r := range []*Repeat{&a, &b} {
			if r.Unit == CountWeeks && r.WeekStart == 0 {
				r.WeekStart = Monday
			}
		}
		require.Equal(t, a == b, a.String() == b.String())
		changed := a
		switch rapid.IntRange(0, 3).Draw(t, "change") {
		case 0:
			changed.Weekdays = b.Weekdays
		case 1:
			changed.MonthDays = b.MonthDays
		case 2:
			changed.Parity = b.Parity
		case 3:
			changed.Months = b.Months
		}
		if changed.Check() == nil {
			require.Equal(t, a == changed, a.String() == changed.String())
		}
	})
}

func TestRepeatSets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOf(rapid.IntRange(-31, 31).Filter(func(n int) bool { return n != 0 })).Draw(t, "days")
		days := MonthDaysOf(numbers...)
		for n := -100; n <= 100; n++ {
			require.Equal(t, slices.Contains(numbers, n), days.Has(n), n)
		}
		back := slices.Collect(days.All())
		require.Equal(t, days, MonthDaysOf(back...))
		require.True(t, slices.IsSortedFunc(back, func(a, b int) int { // from the begin, then from the end
			if a > 0 && b > 0 || a < 0 && b < 0 {
				return max(a, -a) - max(b, -b)
			}
			return b - a
		}), back)
	})
	require.True(t, MonthsOf(12).Has(12) && !MonthsOf(12).Has(0) && !MonthsOf(12).Has(76))
	require.True(t, OrdinalsOf(-5).Has(-5) && !OrdinalsOf(-5).Has(5))
	require.True(t, WeekdaysOf(Sunday).Has(Sunday) && !WeekdaysOf(Sunday).Has(0) && !WeekdaysOf(Sunday).Has(71))
	require.False(t, WeekdaysOf(8).Has(8) || MonthDaysOf(5, 40).Has(5), "a wrong set holds nothing")
	require.Equal(t, "none January first 1st wrong -99",
		fmt.Sprint(Weekdays(0), " ", MonthsOf(1), " ", OrdinalsOf(1), " ", MonthDaysOf(1), " ", MonthDaysOf(-99)))
	for range WeekdaysOf(Monday, Friday).All() {
		break // stopping early must not panic
	}
}
