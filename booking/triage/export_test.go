package triage

import "github.com/haoyuan-go/haoyuan/booking"

// DaysOfMonths is calendar.days of a new calendar.
func DaysOfMonths(months int) (least, most int) { return newCalendar().days(months) }

// Youngest is the age that examples have from a bound on, in a table with the bounds given.
func Youngest(bound booking.AgeBound, others ...booking.AgeBound) booking.Age {
	ranges := []booking.AgeRange{{From: bound}}
	for _, b := range others {
		ranges = append(ranges, booking.AgeRange{From: b})
	}
	var p problems
	x := newAxis(ranges, &p)
	from, _ := x.span(booking.AgeRange{From: bound})
	return x.youngest(from)
}
