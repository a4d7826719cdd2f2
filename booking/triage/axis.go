package triage

import (
	"math"
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// axis puts all bounds of a table in one order, so that an age is one number: how many of them it has reached. Days and
// months together have such an order only where one of each two bounds implies the other: 28 days come before a month in
// every calendar, 31 days after, but 30 days sometimes before and sometimes after. A table that needs to know which is refused.
type axis struct {
	cuts     []AgeBound // plain, ascending, each once
	calendar calendar
}

// calendar holds the day number of the first of each month over the 400 years in which the Gregorian calendar repeats itself, and
// over MaxAgeYears more.
type calendar []int32

const cycleMonths = 400 * 12

func newCalendar() calendar {
	c := make(calendar, 0, cycleMonths+maxAgeMonths+1)
	for m := range cap(c) {
		first, _ := slots.NewDate(1+m/12, 1+m%12, 1) // years 1 to 551 are in the calendar
		c = append(c, first.Number())
	}
	return c
}

// days gives the least and the most days after which so many months are complete, over all dates of birth: from the first of one
// month to the first of another. Who was born on another day takes as long as those born on the first of that month, or less where
// the last month is shorter than the first by more than a day; but then who was born on the first of the next month takes less still.
func (c calendar) days(months int) (least, most int) {
	least = math.MaxInt32
	for s := range cycleMonths {
		whole := int(c[s+months] - c[s])
		least, most = min(least, whole), max(most, whole)
	}
	return least, most
}

// newAxis orders the bounds of the ranges, which are possible ones, and reports those that have no order.
func newAxis(ranges []AgeRange, p *problems) axis {
	x := axis{calendar: newCalendar()}
	var days, months []int
	for _, r := range ranges {
		for _, b := range [...]AgeBound{r.From.plain(), r.Until.plain()} {
			switch b.Unit {
			case InDays:
				days = append(days, b.Count)
			case InMonths:
				months = append(months, b.Count)
			}
		}
	}
	slices.Sort(days)
	slices.Sort(months)
	days, months = slices.Compact(days), slices.Compact(months)
	for _, m := range months {
		least, most := 0, 0
		if len(days) > 0 {
			least, most = x.calendar.days(m)
		}
		// All days up to the least come before the month, all from the most on after it.
		n, _ := slices.BinarySearch(days, least+1)
		for _, d := range days[:n] {
			x.cuts = append(x.cuts, Days(d))
		}
		if days = days[n:]; len(days) > 0 && days[0] < most {
			p.Add("Ages: %v and %v have no order, for so many months are %d to %d days: say both in one unit", Days(days[0]),
				Months(m).friendly(), least, most)
		}
		x.cuts = append(x.cuts, Months(m))
	}
	for _, d := range days {
		x.cuts = append(x.cuts, Days(d))
	}
	return x
}

// place is how many bounds the age has reached. The bounds reached are always the first ones.
func (x *axis) place(a Age) int32 {
	low, high := 0, len(x.cuts)
	for low < high {
		middle := (low + high) / 2
		if x.cuts[middle].reached(a) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return int32(low)
}

// reached is for plain bounds.
func (b AgeBound) reached(a Age) bool {
	if b.Unit == InDays {
		return a.Days() >= b.Count
	}
	return a.Months() >= b.Count
}

// span gives the places of a range whose bounds are on the axis.
func (x *axis) span(r AgeRange) (from, until int32) {
	until = int32(len(x.cuts)) + 1
	if r.From.IsSet() {
		from = x.index(r.From.plain()) + 1
	}
	if r.Until.IsSet() {
		until = x.index(r.Until.plain()) + 1
	}
	return from, until
}

func (x *axis) index(b AgeBound) int32 { return int32(slices.Index(x.cuts, b)) }

// ages is the inverse of span.
func (x *axis) ages(from, until int32) AgeRange {
	var r AgeRange
	if from > 0 {
		r.From = x.cuts[from-1].friendly()
	}
	if int(until) <= len(x.cuts) {
		r.Until = x.cuts[until-1].friendly()
	}
	return r
}

// youngest is an age that somebody born on some day really has, at a place: if possible of one born on the first day of the
// century, or else, where leap days matter, of somebody. There is somebody: the least days of so many months are fewer than the most.
func (x *axis) youngest(place int32) Age {
	if place == 0 {
		return Age{bornDays: 1}
	}
	b := x.cuts[place-1]
	if a := b.ofCentury(); x.place(a) == place {
		return a
	}
	if b.Unit == InMonths {
		least, _ := x.calendar.days(b.Count)
		return Age{int32(least) + 1, int32(b.Count)}
	}
	// The next bound is of months, and is reached before its time: at so many days others have a month less.
	return Age{int32(b.Count) + 1, int32(x.cuts[place].Count) - 1}
}

// ofCentury is the age, on the day of a plain bound, of who was born on 2001-01-01.
func (b AgeBound) ofCentury() Age {
	born, _ := slots.NewDate(2001, 1, 1)
	on := born.AddDays(b.Count)
	if b.Unit == InMonths {
		on, _ = slots.NewDate(2001+b.Count/12, 1+b.Count%12, 1)
	}
	a, _ := NewAge(born, on) // a bound that is possible is below MaxAgeYears
	return a
}
