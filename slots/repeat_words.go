package slots

import (
	"strconv"
	"strings"
)

// String says r in words: "every Monday and Thursday", "first Tuesday of the month", "every 2nd week from 2026-11-02 on Monday", "last
// day of the month in June". The zero Repeat is "never". Repeats that Check passes have the same words only if they mean the same.
func (r Repeat) String() string {
	if r.Weekdays == 0 && r.MonthDays == 0 {
		return "never"
	}
	var b strings.Builder
	days := r.dayWords()
	switch {
	case r.Every != 0 || r.Unit != 0:
		b.WriteString("every " + numberWord(r.Every) + " " + r.Unit.String() + " from " + r.Anchor.String())
		if r.WeekStart > Monday {
			b.WriteString(" with weeks from " + r.WeekStart.String())
		}
		switch {
		case days != "day":
			b.WriteString(" on " + days)
		case r.Unit != CountDays:
			b.WriteString(" on every day")
		}
	case r.Nth == 0 && r.Weekdays != 0:
		b.WriteString("every " + days)
	default:
		b.WriteString(days)
	}
	if r.Months != 0 {
		b.WriteString(" in " + r.Months.String())
	}
	if r.Parity != AnyWeek {
		b.WriteString(" in " + r.Parity.String())
	}
	return b.String()
}

// dayWords says which days, without which weeks or months.
func (r *Repeat) dayWords() string {
	if r.Weekdays == 0 {
		return r.MonthDays.String() + " of the month"
	}
	words := r.Weekdays.String()
	if r.Weekdays == sevenDays {
		words = "day"
	}
	if r.Nth != 0 {
		words = r.Nth.String() + " " + r.Weekdays.String() + " of the month"
	}
	if r.MonthDays != 0 {
		words += " falling on the " + r.MonthDays.String() + " of the month"
	}
	return words
}

var placeWords = [...]string{"", "first", "second", "third", "fourth", "fifth"}

// placeWord says an ordinal, -5 to 5.
func placeWord(n int) string {
	switch {
	case n >= 0:
		return placeWords[n]
	case n == -1:
		return "last"
	}
	return placeWords[-n] + " to last"
}

// dayWord says a day of the month, -31 to 31.
func dayWord(n int) string {
	switch {
	case n > 0:
		return numberWord(n)
	case n == -1:
		return "last day"
	}
	return numberWord(-n) + " to last day"
}

// numberWord is 1st, 2nd, 3rd, 4th, 11th.
func numberWord(n int) string {
	ending := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return strconv.Itoa(n) + ending
}
