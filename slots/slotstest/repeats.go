package slotstest

import (
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Repeat draws a valid Repeat of any kind: every week, odd or even weeks, every n-th day, week, month or year, the n-th or last
// weekday of a month, days of the month, some months only, and all of it together. What is counted is counted from a date of first to last.
// A third of them are plain weeks. Some are never held.
func Repeat(first, last slots.Date) *rapid.Generator[slots.Repeat] {
	return rapid.Custom(func(t *rapid.T) slots.Repeat {
		days := rapid.SliceOfNDistinct(rapid.Map(rapid.IntRange(1, 7), func(n int) slots.Weekday { return slots.Weekday(n) }), 1, 3,
			rapid.ID[slots.Weekday]).Draw(t, "weekdays")
		r := slots.Weekly(days...)
		switch rapid.IntRange(-4, 8).Draw(t, "repeat") {
		case 1:
			r = slots.WeeklyIn(parity(t), days...)
		case 2:
			r = slots.EveryWeeks(rapid.IntRange(2, 4).Draw(t, "every"), Date(first, last).Draw(t, "anchor"), days...)
			r.WeekStart = slots.Weekday(rapid.IntRange(0, 7).Draw(t, "week start"))
		case 3:
			r = slots.EveryDays(rapid.IntRange(2, 9).Draw(t, "every"), Date(first, last).Draw(t, "anchor"))
		case 4:
			r.Nth = ordinals(t)
		case 5:
			r = slots.OnMonthDays(monthDays(t)...)
		case 6:
			r.Months = months(t)
		case 7:
			r = everyMonths(t, first, last, days)
		case 8:
			r = mixed(t, first, last, days)
		}
		return r
	})
}

// everyMonths draws a Repeat that counts months or years.
func everyMonths(t *rapid.T, first, last slots.Date, days []slots.Weekday) slots.Repeat {
	r := slots.OnMonthDays(monthDays(t)...)
	if rapid.Bool().Draw(t, "by weekday") {
		r = slots.Weekly(days...)
		r.Nth = ordinals(t)
	}
	r.Every, r.Anchor = rapid.IntRange(2, 3).Draw(t, "every"), Date(first, last).Draw(t, "anchor")
	r.Unit = rapid.SampledFrom([]slots.RepeatUnit{slots.CountMonths, slots.CountYears}).Draw(t, "unit")
	return r
}

// mixed draws a Repeat with any of the conditions at once.
func mixed(t *rapid.T, first, last slots.Date, days []slots.Weekday) slots.Repeat {
	r := slots.Weekly(days...)
	if rapid.Bool().Draw(t, "parity") {
		r.Parity = parity(t)
	}
	if rapid.Bool().Draw(t, "month days") {
		r.MonthDays = slots.MonthDaysOf(append(monthDays(t), monthDays(t)...)...)
	}
	if rapid.Bool().Draw(t, "months") {
		r.Months = months(t)
	}
	if rapid.Bool().Draw(t, "nth") {
		r.Nth = ordinals(t)
	}
	if rapid.Bool().Draw(t, "every") {
		r.Every, r.Unit = rapid.IntRange(2, 3).Draw(t, "n"), slots.RepeatUnit(rapid.IntRange(1, 4).Draw(t, "unit"))
		r.Anchor = Date(first, last).Draw(t, "anchor")
	}
	return r
}

func parity(t *rapid.T) slots.WeekParity {
	return slots.WeekParity(rapid.IntRange(1, 2).Draw(t, "parity"))
}

func ordinals(t *rapid.T) slots.Ordinals {
	return slots.OrdinalsOf(rapid.SliceOfNDistinct(rapid.SampledFrom([]int{1, 2, 3, 4, 5, -1, -2, -5}), 1, 3, rapid.ID[int]).Draw(t, "nth")...)
}

func monthDays(t *rapid.T) []int {
	return rapid.SliceOfNDistinct(rapid.SampledFrom([]int{1, 2, 8, 15, 16, 28, 29, 30, 31, -1, -2, -31}), 1, 4, rapid.ID[int]).Draw(t, "month days")
}

func months(t *rapid.T) slots.Months {
	return slots.MonthsOf(rapid.SliceOfNDistinct(rapid.IntRange(1, 12), 3, 9, rapid.ID[int]).Draw(t, "months")...)
}
