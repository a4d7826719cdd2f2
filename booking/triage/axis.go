package triage

import (
	"math"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// axis puts all bounds of a table in one order, so that an age is one number: how many of them it has reached. Days and
// months together have such an order only where one of each two bounds implies the other: 28 days come before a month in
// every calendar, 31 days after, but 30 days sometimes before and sometimes after. A table that needs to know which is refused.
type axis struct {
	cuts     []booking.AgeBound // plain, ascending, each once
	calendar calendar
}

// calendar holds the day number of the first of each month over the 400 years in which the Gregorian calendar repeats itself, and
// over MaxAgeYears more.
type calendar []int32

const cycleMonths = 400 * 12

func newCalendar() calendar {
	c := make(calendar, 0, cycleMonths+booking.MaxAgeYears*12+1)
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
func newAxis(ranges []booking.AgeRange, p *problems) axis {
	x := axis{calendar: newCalendar()}
	var days, months []int
	for _, r := range ranges {
		for _, b := range [...]booking.AgeBound{plain(r.From), plain(r.Until)} {
			switch b.Unit {
			case booking.InDays:
				days = append(days, b.Count)
			case booking.InMonths:
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
			x.cuts = append(x.cuts, booking.Days(d))
		}
		if days = days[n:]; len(days) > 0 && days[0] < most {
			p.Add("Ages: %v and %v have no order, for so many months are %d to %d days: say both in one unit", booking.Days(days[0]),
				friendly(booking.Months(m)), least, most)
		}
		x.cuts = append(x.cuts, booking.Months(m))
	}
	for _, d := range days {
		x.cuts = append(x.cuts, booking.Days(d))
	}
	return x
}

// place is how many bounds the age has reached. The bounds reached are always the first ones.
func (x *axis) place(a booking.Age) int32 {
	low, high := 0, len(x.cuts)
	for low < high {
		middle := (low + high) / 2
		if x.cuts[middle].Reached(a) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return int32(low)
}

// span gives the places of a range whose bounds are on the axis.
func (x *axis) span(r booking.AgeRange) (from, until int32) {
	until = int32(len(x.cuts)) + 1
	if r.From.IsSet() {
		from = x.index(plain(r.From)) + 1
	}
	if r.Until.IsSet() {
		until = x.index(plain(r.Until)) + 1
	}
	return from, until
}

func (x *axis) index(b booking.AgeBound) int32 { return int32(slices.Index(x.cuts, b)) }

// ages is the inverse of span.
func (x *axis) ages(from, until int32) booking.AgeRange {
	var r booking.AgeRange
	if from > 0 {
		r.From = friendly(x.cuts[from-1])
	}
	if int(until) <= len(x.cuts) {
		r.Until = friendly(x.cuts[until-1])
	}
	return r
}

// youngest is an age that somebody born on some day really has, at a place: if possible of one born on the first day of the
// century, or else, where leap days matter, of somebody. There is somebody: the least days of so many months are fewer than the most.
func (x *axis) youngest(place int32) booking.Age {
	if place == 0 {
		return ageOf(0, 0)
	}
	b := x.cuts[place-1]
	if a := ofCentury(b); x.place(a) == place {
		return a
	}
	if b.Unit == booking.InMonths {
		least, _ := x.calendar.days(b.Count)
		return ageOf(least, b.Count)
	}
	// The next bound is of months, and is reached before its time: at so many days others have a month less.
	return ageOf(b.Count, x.cuts[place].Count-1)
}

// ofCentury is the age, on the day of a plain bound, of who was born on 2001-01-01.
func ofCentury(b booking.AgeBound) booking.Age {
	born, _ := slots.NewDate(2001, 1, 1)
	on := born.AddDays(b.Count)
	if b.Unit == booking.InMonths {
		on, _ = slots.NewDate(2001+b.Count/12, 1+b.Count%12, 1)
	}
	a, _ := booking.NewAge(born, on) // a bound that is possible is below MaxAgeYears
	return a
}

// ageOf is an age that somebody born on the first of some month has: so many days and so many months. There must be one.
func ageOf(days, months int) booking.Age {
	for m := range cycleMonths {
		born, _ := slots.NewDate(1+m/12, 1+m%12, 1)
		if a, err := booking.NewAge(born, born.AddDays(days)); err == nil && a.Months() == months {
			return a
		}
	}
	return booking.Age{}
}

// plain turns years into months, so that each bound has one form.
func plain(b booking.AgeBound) booking.AgeBound {
	if b.Unit == booking.InYears {
		return booking.Months(b.Count * 12)
	}
	return b
}

// friendly is the inverse of plain for whole years above the first.
func friendly(b booking.AgeBound) booking.AgeBound {
	if b.Unit == booking.InMonths && b.Count%12 == 0 && b.Count > 12 {
		return booking.Years(b.Count / 12)
	}
	return b
}
