package rrule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Format writes r as the value of an RRULE property whose DTSTART is r.Start; Parse reads the same dates from it. UNTIL is written as
// the RFC wants it for that DTSTART: a date, a local time, or a time in UTC.
//
// Refused with PartErrors are fields that are wrong, a Start that Repeat does not hold (a DTSTART that does not match its rule is
// undefined), and the few Repeats that no RRULE can say: Parity with anything but Weekdays; Nth or MonthDays with counted
// weeks; Nth with counted days.
func (r Recurrence) Format() (string, error) {
	var p problems
	r.check(&p)
	if len(p) > 0 {
		return "", p.err()
	}
	w := writer{r: r.Repeat}
	w.frequency(&p)
	if r.Until.IsValid() {
		until := stamp(r.Until, r.Start)
		if _, ok := readUntil(until); !ok {
			p.add("Until", r.Until.String(), Inexpressible, "in UTC it is outside of the calendar")
		}
		w.part("UNTIL", until)
	}
	if len(p) > 0 {
		return "", p.err()
	}
	return strings.Join(w.parts, ";"), nil
}

func (r Recurrence) check(p *problems) {
	if err := r.Repeat.Check(); err != nil {
		p.add("Repeat", r.Repeat.String(), Malformed, "%v", err)
		return
	}
	r.Start.check(p)
	if r.Start.Date.IsValid() && !r.Repeat.On(r.Start.Date) {
		p.add("DTSTART", r.Start.Date.String(), Malformed, "not a date of %v", r.Repeat)
	}
	if r.Until.IsValid() && r.Until.Before(r.Start.Date) {
		p.add("Until", r.Until.String(), NoDates, "before Start.Date %v", r.Start.Date)
	}
}

// writer collects the parts of a rule.
type writer struct {
	r     slots.Repeat
	parts []string
}

func (w *writer) part(name, value string) { w.parts = append(w.parts, name+"="+value) }

// frequency writes FREQ and all parts that say days: the least FREQ that can say them, but YEARLY for days of named months.
func (w *writer) frequency(p *problems) {
	r := &w.r
	inMonth := r.Nth != 0 || r.MonthDays != 0
	refuse := func(when bool, field string, value fmt.Stringer) {
		if when {
			p.add(field, value.String(), Inexpressible, "no RRULE says it together with the rest of %q", r.String())
		}
	}
	switch {
	case r.Parity != slots.AnyWeek:
		refuse(inMonth || r.Months != 0 || r.Every != 0, "Parity", r.Parity)
		w.part("FREQ", "YEARLY")
		w.list("BYWEEKNO", slices.Values(everyOther(int(r.Parity))))
		w.weekdays()
	case r.Unit == slots.CountDays:
		refuse(r.Nth != 0, "Nth", r.Nth)
		w.part("FREQ", "DAILY")
		w.days()
	case r.Unit == slots.CountWeeks:
		refuse(r.Nth != 0, "Nth", r.Nth)
		refuse(r.MonthDays != 0, "MonthDays", r.MonthDays)
		w.part("FREQ", "WEEKLY")
		w.days()
	case r.Unit == slots.CountYears || r.Every == 0 && inMonth && r.Months != 0:
		w.part("FREQ", "YEARLY")
		if inMonth && r.Months == 0 {
			r.Months = slots.MonthsOf(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) // else numbers are within the year
		}
		w.days()
	case r.Unit == slots.CountMonths || inMonth:
		w.part("FREQ", "MONTHLY")
		w.days()
	case everyDay(r.Weekdays):
		w.part("FREQ", "DAILY")
		w.days()
	default:
		w.part("FREQ", "WEEKLY")
		w.days()
	}
}

func everyDay(s slots.Weekdays) bool { return s == slots.Daily().Weekdays }

func (w *writer) days() {
	r := &w.r
	if r.Every != 0 {
		w.part("INTERVAL", strconv.Itoa(r.Every))
	}
	if r.WeekStart > slots.Monday {
		w.part("WKST", dayName(r.WeekStart))
	}
	if r.Months != 0 {
		w.list("BYMONTH", r.Months.All())
	}
	if r.MonthDays != 0 {
		w.list("BYMONTHDAY", r.MonthDays.All())
	}
	implied := everyDay(r.Weekdays) && r.Nth == 0 && (r.MonthDays != 0 || w.parts[0] == "FREQ=DAILY")
	if r.Weekdays != 0 && !implied {
		w.weekdays()
	}
}

// weekdays writes BYDAY, each weekday with each of its numbers.
func (w *writer) weekdays() {
	var names []string
	for day := range w.r.Weekdays.All() {
		if w.r.Nth == 0 {
			names = append(names, dayName(day))
		}
		for n := range w.r.Nth.All() {
			names = append(names, strconv.Itoa(n)+dayName(day))
		}
	}
	w.part("BYDAY", strings.Join(names, ","))
}

func (w *writer) list(name string, numbers func(func(int) bool)) {
	var text []string
	for n := range numbers {
		text = append(text, strconv.Itoa(n))
	}
	w.part(name, strings.Join(text, ","))
}

func dayName(w slots.Weekday) string { return dayNames[2*w-2 : 2*w] }
