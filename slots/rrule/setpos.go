package rrule

import (
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// choose applies BYSETPOS, the places within the dates of one period (day, week, month or year), where that comes to other days. It does
// where each period has its dates at known places: "the second of the Mondays of a month" is 2MO, but "the last of the
// weekdays Monday to Friday of a month" is a different weekday each month.
func (t *text) choose(d *days, p *problems) {
	if len(t.places) == 0 {
		return
	}
	value, _ := t.has("BYSETPOS")
	known := true
	switch {
	case t.freq == daily:
		d.keepIf(t.isOnly())
	case t.freq == weekly:
		known = t.chooseInWeek(d)
	case t.freq == monthly || len(d.months) == 1:
		known = t.chooseInMonth(d)
	default:
		known = false
	}
	if !known {
		p.add("BYSETPOS", value, Inexpressible, "places among dates that differ from period to period")
	} else if len(d.weekdays)+len(d.monthDays) == 0 && len(*p) == 0 {
		p.add("BYSETPOS", value, NoDates, "a place that no period has")
	}
}

// isOnly reports whether the places keep a date that is the only one of its period.
func (t *text) isOnly() bool { return slices.Contains(t.places, 1) || slices.Contains(t.places, -1) }

func (d *days) keepIf(keep bool) {
	if !keep {
		d.weekdays, d.monthDays = nil, nil
	}
}

func (t *text) chooseInWeek(d *days) bool {
	switch {
	case len(d.weekdays) == 1:
		d.keepIf(t.isOnly())
	case len(d.months) > 0: // a week at the edge of a month has only some of them
		return false
	default:
		place := func(w slots.Weekday) int { return int(w-t.weekStart+7) % 7 }
		slices.SortFunc(d.weekdays, func(a, b slots.Weekday) int { return place(a) - place(b) })
		d.weekdays = pick(d.weekdays, t.places)
	}
	return true
}

func (t *text) chooseInMonth(d *days) bool {
	switch {
	case len(d.monthDays) == 1 || len(d.weekdays) == 1 && len(d.nth) == 1:
		d.keepIf(t.isOnly())
	case len(d.weekdays) == 0 && allWithin(d.monthDays, 28):
		d.monthDays = pick(d.monthDays, t.places)
	case len(d.weekdays) == 1 && len(d.monthDays) == 0 && len(d.nth) == 0:
		d.nth = within(t.places, 5)
		d.keepIf(len(d.nth) > 0)
	case len(d.weekdays) == 1 && len(d.monthDays) == 0 && allWithin(d.nth, 4):
		d.nth = pick(d.nth, t.places)
		d.keepIf(len(d.nth) > 0)
	case len(d.weekdays) == 7 && len(d.monthDays) == 0 && len(d.nth) == 0:
		d.weekdays, d.monthDays = nil, within(t.places, 31)
	default:
		return false
	}
	return true
}

// allWithin reports whether the rising numbers are all counted from the same end and none further than every month reaches.
func allWithin(numbers []int, every int) bool {
	if len(numbers) == 0 {
		return false
	}
	first, last := numbers[0], numbers[len(numbers)-1]
	return first > 0 && last <= every || last < 0 && first >= -every
}

// within returns the numbers from -limit to limit.
func within(numbers []int, limit int) []int {
	return slices.DeleteFunc(slices.Clone(numbers), func(n int) bool { return n > limit || n < -limit })
}

// pick returns the entries at these places, from 1, or from -1 at the end, in their own order. Places that are not there give none.
func pick[E any](list []E, places []int) []E {
	var picked []E
	for i, e := range list {
		if slices.Contains(places, i+1) || slices.Contains(places, i-len(list)) {
			picked = append(picked, e)
		}
	}
	return picked
}
