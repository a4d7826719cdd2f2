package slots

import (
	"testing"
	"time"
)

// Baseline: the same question asked of package time, and the bare weekday.
func BenchmarkRepeatOn(b *testing.B) {
	d, count := MustDate("2026-11-02"), 0
	anchor := timeOf(d)
	b.Run("weekday", func(b *testing.B) {
		for i := range b.N {
			if (Date{d.n + int32(i&1023)}).Weekday() == Monday {
				count++
			}
		}
	})
	b.Run("naive/every2weeks", func(b *testing.B) {
		for i := range b.N {
			t := anchor.AddDate(0, 0, i&1023)
			if t.Weekday() == time.Monday && int(t.Sub(anchor)/(7*24*time.Hour))%2 == 0 {
				count++
			}
		}
	})
	b.Run("naive/firstTuesday", func(b *testing.B) {
		for i := range b.N {
			if t := anchor.AddDate(0, 0, i&1023); t.Weekday() == time.Tuesday && t.Day() <= 7 {
				count++
			}
		}
	})
	for _, c := range []struct {
		name   string
		repeat Repeat
	}{
		{"weekly", Weekly(Monday, Thursday)},
		{"every2weeks", EveryWeeks(2, d, Monday)},
		{"oddweeks", WeeklyIn(OddWeeks, Monday)},
		{"firstTuesday", NthOfMonth(Tuesday, 1)},
		{"lastDay", OnMonthDays(-1)},
	} {
		b.Run("ours/"+c.name, func(b *testing.B) {
			for i := range b.N {
				if c.repeat.On(Date{d.n + int32(i&1023)}) {
					count++
				}
			}
		})
	}
	b.Run("next/29February", func(b *testing.B) {
		r := Repeat{MonthDays: MonthDaysOf(29), Months: MonthsOf(2)}
		for i := range b.N {
			if _, ok := r.Next(Date{d.n + int32(i&1023)}); ok {
				count++
			}
		}
	})
	b.Run("next/never", func(b *testing.B) {
		r := Repeat{MonthDays: MonthDaysOf(30), Months: MonthsOf(2)}
		for range b.N {
			if _, ok := r.Next(d); ok {
				count++
			}
		}
	})
	_ = count
}
