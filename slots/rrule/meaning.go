package rrule

import (
	"slices"
	"strings"

	"github.com/haoyuan-go/haoyuan/slots"
)

// days is what a rule says of the days, the defaults of DTSTART filled in. Empty lists are conditions that are not made.
type days struct {
	weekdays  []slots.Weekday // from Monday
	nth       []int           // which of each of them within a month
	monthDays []int
	months    []int
	parity    slots.WeekParity
}

// repeat says the rule as a Repeat counted from start (RFC 5545 section 3.3.10: the table of what each part expands or
// limits, and what DTSTART fills in).
func (t *text) repeat(start slots.Date, p *problems) slots.Repeat {
	d := days{monthDays: t.monthDays, months: t.months}
	ordinals := slices.ContainsFunc(t.days, func(n numbered) bool { return n.n != 0 })
	t.checkParts(ordinals, p)
	d.weekdays, d.nth = t.product(p)
	d.parity = t.parity(p)
	t.fill(&d, start)
	t.choose(&d, p)
	if len(d.weekdays) == 7 && len(d.nth) == 0 && len(d.monthDays) > 0 {
		d.weekdays = nil // says nothing
	}
	if len(d.months) == 12 {
		d.months = nil // nor does this
	}
	r := slots.Repeat{
		Weekdays: slots.WeekdaysOf(d.weekdays...), Nth: slots.OrdinalsOf(d.nth...),
		MonthDays: slots.MonthDaysOf(d.monthDays...), Months: slots.MonthsOf(d.months...), Parity: d.parity,
	}
	if t.interval > 1 {
		r.Every, r.Anchor = t.interval, start
		switch t.freq {
		case daily:
			r.Unit = slots.CountDays
		case weekly:
			r.Unit = slots.CountWeeks
			if t.weekStart != slots.Monday {
				r.WeekStart = t.weekStart
			}
		case monthly:
			r.Unit = slots.CountMonths
		case yearly:
			r.Unit = slots.CountYears
		}
	}
	if t.interval > slots.MaxEvery {
		value, _ := t.has("INTERVAL")
		p.add("INTERVAL", value, Inexpressible, "more than %d", slots.MaxEvery)
	}
	return r
}

// checkParts refuses what the RFC forbids with this FREQ, and what no Repeat can say whatever its values are.
func (t *text) checkParts(ordinals bool, p *problems) {
	refuse := func(part string, when bool, reason Reason, detail string) {
		if value, has := t.has(part); has && when {
			p.add(part, value, reason, "%s", detail)
		}
	}
	_, weeks := t.has("BYWEEKNO")
	_, days := t.has("BYDAY")
	_, months := t.has("BYMONTH")
	_, rscale := t.has("RSCALE")
	skip, _ := t.has("SKIP")
	refuse("SKIP", !rscale, Forbidden, "without RSCALE (RFC 7529)")
	refuse("SKIP", rscale && strings.ToUpper(skip) != "OMIT", Inexpressible, "days that a month does not have, moved to others")
	refuse("BYYEARDAY", t.freq != yearly, Forbidden, "only with FREQ=YEARLY")
	refuse("BYYEARDAY", t.freq == yearly, Inexpressible, "days of the year")
	refuse("BYWEEKNO", t.freq != yearly, Forbidden, "only with FREQ=YEARLY")
	refuse("BYMONTHDAY", t.freq == weekly, Forbidden, "not with FREQ=WEEKLY")
	refuse("BYDAY", ordinals && t.freq != monthly && t.freq != yearly, Forbidden, "numbers only with FREQ=MONTHLY or YEARLY")
	refuse("BYDAY", ordinals && weeks, Forbidden, "numbers not with BYWEEKNO")
	refuse("BYDAY", ordinals && !weeks && t.freq == yearly && !months, Inexpressible, "the n-th weekday of a year")
	refuse("BYMONTHDAY", t.freq == yearly && days && !months && !weeks, Ambiguous,
		"with BYDAY, of the month of DTSTART or of every month: give BYMONTH")
	refuse("BYSETPOS", !slices.ContainsFunc(t.given, isOtherBy), Forbidden, "without another BY part")
}

func isOtherBy(g given) bool { return len(g.name) > 2 && g.name[:2] == "BY" && g.name != "BYSETPOS" }

// product reads BYDAY as weekdays times numbers, the same numbers for each of them.
func (t *text) product(p *problems) (weekdays []slots.Weekday, nth []int) {
	var of [8][]int // by weekday: its numbers; those named without one have all five
	value, _ := t.has("BYDAY")
	for _, d := range t.days {
		switch {
		case d.n == 0:
			of[d.day] = append(of[d.day], 1, 2, 3, 4, 5)
		case d.n >= -5 && d.n <= 5:
			of[d.day] = append(of[d.day], d.n)
		default:
			if _, months := t.has("BYMONTH"); t.freq == monthly || t.freq == yearly && months { // else refused already
				p.add("BYDAY", value, Inexpressible, "no month has so many weeks as %d", d.n)
			}
			return nil, nil
		}
	}
	for day := slots.Monday; day <= slots.Sunday; day++ {
		list := of[day]
		if len(list) == 0 {
			continue
		}
		slices.Sort(list)
		list = slices.Compact(list)
		if weekdays = append(weekdays, day); len(weekdays) == 1 {
			nth = list
		} else if !slices.Equal(nth, list) {
			p.add("BYDAY", value, Inexpressible, "not the same numbers for each weekday")
			return nil, nil
		}
	}
	if containsAll(nth, 1, 2, 3, 4, 5) || containsAll(nth, -5, -4, -3, -2, -1) {
		nth = nil // all of them
	}
	return weekdays, nth
}

func containsAll(list []int, numbers ...int) bool {
	return !slices.ContainsFunc(numbers, func(n int) bool { return !slices.Contains(list, n) })
}

// parity reads the one sort of BYWEEKNO that a Repeat can say: all odd or all even weeks, and nothing but weekdays beside it.
func (t *text) parity(p *problems) slots.WeekParity {
	value, has := t.has("BYWEEKNO")
	if !has || t.freq != yearly {
		return slots.AnyWeek
	}
	if t.weekStart == slots.Monday && t.interval == 1 && len(t.months)+len(t.monthDays)+len(t.places) == 0 {
		if slices.Equal(t.weeks, everyOther(1)) {
			return slots.OddWeeks
		}
		if slices.Equal(t.weeks, everyOther(2)) {
			return slots.EvenWeeks
		}
	}
	p.add("BYWEEKNO", value, Inexpressible, "week numbers, except all odd or all even ones, WKST=MO, with BYDAY alone")
	return slots.AnyWeek
}

// everyOther lists first, first+2, ... to 53.
func everyOther(first int) []int {
	var list []int
	for n := first; n <= 53; n += 2 {
		list = append(list, n)
	}
	return list
}

// fill adds what DTSTART says where the rule does not.
func (t *text) fill(d *days, start slots.Date) {
	_, month, day := start.Civil()
	none := len(d.weekdays)+len(d.monthDays) == 0
	switch t.freq {
	case daily:
		if none {
			d.weekdays = slices.Collect(slots.Daily().Weekdays.All())
		}
	case weekly:
		if none {
			d.weekdays = []slots.Weekday{start.Weekday()}
		}
	case monthly:
		if none {
			d.monthDays = []int{day}
		}
	case yearly:
		if d.parity != slots.AnyWeek {
			if none {
				d.weekdays = []slots.Weekday{start.Weekday()}
			}
			return
		}
		// "FREQ=YEARLY;BYMONTHDAY=15" is the 15th of the month of DTSTART: the RFC says that a missing BYMONTH comes from there.
		if len(d.months) == 0 && len(d.weekdays) == 0 {
			d.months = []int{month}
		}
		if none {
			d.monthDays = []int{day}
		}
	}
}
