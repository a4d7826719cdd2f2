package slots

import (
	"fmt"
	"iter"
	"strings"
	"time"
)

// Weekdays is a set of weekdays, made by WeekdaysOf. The zero value is the empty set; sets compare with ==.
type Weekdays uint64

// Ordinals is a set of places from a begin, 1 to 5, and from an end, -1 to -5, made by OrdinalsOf. The zero value is the empty set.
type Ordinals uint64

// MonthDays is a set of days of a month, 1 to 31, and of days from its end, -1 to -31, made by MonthDaysOf. The zero value is the empty set.
type MonthDays uint64

// Months is a set of months, 1 to 12, made by MonthsOf. The zero value is the empty set.
type Months uint64

// WeekdaysOf returns the set of these weekdays. What is no weekday makes a set that holds nothing and that Repeat.Check refuses.
func WeekdaysOf(days ...Weekday) Weekdays { return Weekdays(setOf(days, 1, 7)) }

// OrdinalsOf returns the set of these places, 1 to 5 and -1 to -5. Any other makes a set that holds nothing and that Repeat.Check refuses.
func OrdinalsOf(n ...int) Ordinals { return Ordinals(setOf(n, -5, 5)) }

// MonthDaysOf returns the set of these days, 1 to 31 and -1 to -31. Any other makes a set that holds nothing and that
// Repeat.Check refuses.
func MonthDaysOf(n ...int) MonthDays { return MonthDays(setOf(n, -31, 31)) }

// MonthsOf returns the set of these months, 1 to 12. Any other makes a set that holds nothing and that Repeat.Check refuses.
func MonthsOf(n ...int) Months { return Months(setOf(n, 1, 12)) }

// Has reports whether w is in the set.
func (s Weekdays) Has(w Weekday) bool { return w.IsValid() && set(s).has(int(w)) }

// Has reports whether place n is in the set.
func (s Ordinals) Has(n int) bool { return set(s).holds(n) }

// Has reports whether day n is in the set: -1 only if -1 is, however long the month.
func (s MonthDays) Has(n int) bool { return set(s).holds(n) }

// Has reports whether month n is in the set.
func (s Months) Has(n int) bool { return set(s).holds(n) }

// All yields the weekdays from Monday on.
func (s Weekdays) All() iter.Seq[Weekday] { return all[Weekday](set(s)) }

// All yields the places from 1 on, then those from the end, -1 first.
func (s Ordinals) All() iter.Seq[int] { return all[int](set(s)) }

// All yields the days from 1 on, then those from the end, -1 first.
func (s MonthDays) All() iter.Seq[int] { return all[int](set(s)) }

// All yields the months from 1 on.
func (s Months) All() iter.Seq[int] { return all[int](set(s)) }

// String returns "Monday and Thursday"; "none" for the empty set.
func (s Weekdays) String() string {
	return set(s).words(1, 7, func(n int) string { return Weekday(n).String() })
}

// String returns "first, third and last"; "none" for the empty set.
func (s Ordinals) String() string { return set(s).words(-5, 5, placeWord) }

// String returns "1st, 15th and last day"; "none" for the empty set.
func (s MonthDays) String() string { return set(s).words(-31, 31, dayWord) }

// String returns "January and July"; "none" for the empty set.
func (s Months) String() string {
	return set(s).words(1, 12, func(n int) string { return time.Month(n).String() })
}

// set holds numbers from -31 to 31 without 0: number n is bit n mod 64, so that negative ones lie in the upper half. Bit 0 marks
// a set made of something wrong; the upper half is then the first wrong number, and the set holds nothing.
type set uint64

// sevenDays is the set of all weekdays.
const sevenDays Weekdays = 0b1111_1110

// Numbers further out are told as these.
const farthest = 1 << 30

func setOf[N ~int | ~uint8](numbers []N, low, high int) set {
	var s set
	for _, number := range numbers {
		n := int(number)
		if n == 0 || n < low || n > high {
			return set(uint32(max(min(n, farthest), -farthest)))<<32 | 1
		}
		s |= 1 << (n & 63)
	}
	return s
}

// has reports whether the set holds n, -31 to 31 without 0.
func (s set) has(n int) bool { return s&(1<<(n&63)|1) == 1<<(n&63) }

// holds is has for any n.
func (s set) holds(n int) bool { return n != 0 && n >= -31 && n <= 31 && s.has(n) }

// wrong returns a number that has no place in a set of low to high, if there is one.
func (s set) wrong(low, high int) (number int, wrong bool) {
	if s&1 != 0 {
		return int(int32(s >> 32)), true
	}
	for i := 1; i <= 63; i++ {
		n := i
		if i > 32 {
			n = 32 - i
		}
		if s>>(n&63)&1 != 0 && (n < low || n > high) {
			return n, true
		}
	}
	return 0, false
}

func all[N ~int | ~uint8](s set) iter.Seq[N] {
	return func(yield func(N) bool) {
		for i := 1; i <= 62; i++ {
			n := i
			if i > 31 {
				n = 31 - i
			}
			if s.has(n) && !yield(N(n)) {
				return
			}
		}
	}
}

func (s set) words(low, high int, word func(int) string) string {
	if n, wrong := s.wrong(low, high); wrong {
		return fmt.Sprintf("wrong %d", n)
	}
	var list []string
	for n := range all[int](s) {
		list = append(list, word(n))
	}
	switch len(list) {
	case 0:
		return "none"
	case 1:
		return list[0]
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " and " + list[last]
}

// WeekParity says in which weeks, by the week number of ISO 8601. Unlike most enums it has a useful zero: any week.
type WeekParity uint8

// The weeks.
const (
	AnyWeek   WeekParity = 0
	OddWeeks  WeekParity = 1 // 单周
	EvenWeeks WeekParity = 2 // 双周
)

// IsValid reports whether p is one of the three.
func (p WeekParity) IsValid() bool { return p <= EvenWeeks }

// String returns any week, odd weeks or even weeks.
func (p WeekParity) String() string {
	switch p {
	case AnyWeek:
		return "any week"
	case OddWeeks:
		return "odd weeks"
	case EvenWeeks:
		return "even weeks"
	}
	return fmt.Sprintf("WeekParity(%d)", uint8(p))
}

// RepeatUnit is what Repeat.Every counts. Zero is no unit.
type RepeatUnit uint8

// The units. Months and years are those of the calendar; weeks begin on Repeat.WeekStart.
const (
	CountDays RepeatUnit = 1 + iota
	CountWeeks
	CountMonths
	CountYears
)

// IsValid reports whether u is one of the four.
func (u RepeatUnit) IsValid() bool { return u >= CountDays && u <= CountYears }

// String returns day, week, month or year.
func (u RepeatUnit) String() string {
	switch u {
	case CountDays:
		return "day"
	case CountWeeks:
		return "week"
	case CountMonths:
		return "month"
	case CountYears:
		return "year"
	}
	return fmt.Sprintf("RepeatUnit(%d)", uint8(u))
}
