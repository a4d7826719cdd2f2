package slots_test

import (
	"strconv"
	"strings"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// How the stories write what a rule is made of.

func line(s *slotstest.Step) slots.Line {
	return slots.Line{Department: s.TextOr("department", "clinic"), Room: s.TextOr("room", ""), Site: s.TextOr("site", ""), Kind: slots.General}
}

func repeat(s *slotstest.Step) slots.Repeat {
	var r slots.Repeat
	for _, name := range s.List("weekday") {
		r.Weekdays |= slots.WeekdaysOf(weekday(s, name))
	}
	var days, places []int
	for _, text := range s.List("month-days") {
		days = append(days, number(s, text))
	}
	for _, text := range s.List("nth") {
		places = append(places, number(s, text))
	}
	r.MonthDays, r.Nth = slots.MonthDaysOf(days...), slots.OrdinalsOf(places...)
	switch s.TextOr("weeks", "") {
	case "odd":
		r.Parity = slots.OddWeeks
	case "even":
		r.Parity = slots.EvenWeeks
	}
	if s.Has("every") {
		r.Every, r.Unit, r.Anchor = s.Int("every"), slots.CountWeeks, s.Date("anchor")
	}
	return r
}

// blocks are lines "break 12:00 60" and "block 08:00 60 even 30 1" or "block 08:00 60 packed 30 4".
func blocks(s *slotstest.Step) (list []slots.Block) {
	for _, text := range s.Body() {
		f := strings.Fields(text)
		if len(f) != 3 && len(f) != 6 || (f[0] == "break") != (len(f) == 3) {
			s.Failf("line %q: want break start minutes, or block start minutes even or packed minutes numbers", text)
		}
		b := slots.Block{Start: clock(s, f[1]), Minutes: number(s, f[2])}
		if len(f) == 6 {
			b.Cut = slots.Even(number(s, f[4]), number(s, f[5]))
			if f[3] == "packed" {
				b.Cut = slots.Packed(number(s, f[4]), number(s, f[5]), 0)
			}
		}
		list = append(list, b)
	}
	return list
}

// cut is one of even=(15, 1), packed=(30, 4), packed=(30, 4, 20), counted=(40, 20), mixed=(first-30, again-15, again-15) or, for a revision, none;
// perhaps with buffer=5 (minutes after each slot).
func cut(s *slotstest.Step) slots.Cut {
	numbers := func(key string) []int {
		var list []int
		for _, text := range s.List(key) {
			list = append(list, number(s, text))
		}
		return append(list, 0, 0, 0)
	}
	var c slots.Cut
	switch {
	case s.Has("even"):
		n := numbers("even")
		c = slots.Even(n[0], n[1])
	case s.Has("packed"):
		n := numbers("packed")
		c = slots.Packed(n[0], n[1], n[2])
	case s.Has("mixed"):
		var steps []slots.Step
		for _, text := range s.List("mixed") {
			whom, minutes, _ := strings.Cut(text, "-")
			visit, ok := map[string]slots.Visit{"first": slots.FirstVisit, "again": slots.FollowUp, "any": slots.AnyVisit}[whom]
			if !ok {
				s.Failf("mixed %q: want first-30, again-15 or any-20", text)
			}
			steps = append(steps, slots.Step{Minutes: int16(number(s, minutes)), Capacity: 1, Visit: visit})
		}
		c = slots.Mixed(steps...)
	case s.Has("counted"):
		n := numbers("counted")
		c = slots.Counted(n[0], n[1])
	}
	if s.Has("buffer") {
		c = c.With(s.Int("buffer"))
	}
	return c
}

func number(s *slotstest.Step, text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		s.Failf("%v", err)
	}
	return n
}

func clock(s *slotstest.Step, text string) slots.Clock {
	c, err := slots.ParseClock(text)
	if err != nil {
		s.Failf("%v", err)
	}
	return c
}

func dates(s *slotstest.Step, key string) (list []slots.Date) {
	for _, text := range s.List(key) {
		d, err := slots.ParseDate(text)
		if err != nil {
			s.Failf("%s: %v", key, err)
		}
		list = append(list, d)
	}
	return list
}

func dateOr(s *slotstest.Step, key string) slots.Date {
	if s.Has(key) {
		return s.Date(key)
	}
	return slots.Date{}
}

func weekday(s *slotstest.Step, text string) slots.Weekday {
	for d := slots.Monday; d <= slots.Sunday; d++ {
		if d.String() == text {
			return d
		}
	}
	s.Failf("weekday=%s: want Monday to Sunday", text)
	return 0
}
