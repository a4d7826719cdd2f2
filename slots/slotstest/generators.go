package slotstest

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Date draws a date from first to last, both included.
func Date(first, last slots.Date) *rapid.Generator[slots.Date] {
	return rapid.Map(rapid.IntRange(0, last.Sub(first)), first.AddDays)
}

// Clock draws a time of day from 00:00 to 23:59, often a full or half hour.
func Clock() *rapid.Generator[slots.Clock] {
	return rapid.Map(rapid.OneOf(rapid.Map(rapid.IntRange(0, 47), func(n int) int { return n * 30 }), rapid.IntRange(0, 24*60-1)),
		clockAt)
}

func clockAt(minute int) slots.Clock {
	c, err := slots.NewClock(minute/60, minute%60)
	if err != nil {
		panic(err) // minute is 0 to 1440 wherever this is called
	}
	return c
}

// Cut draws a way to cut a session of sessionMinutes that NewRoster accepts.
func Cut(sessionMinutes int) *rapid.Generator[slots.Cut] {
	return rapid.Custom(func(t *rapid.T) slots.Cut {
		minutes := rapid.IntRange(max(1, sessionMinutes/16), sessionMinutes).Draw(t, "minutes")
		capacity := rapid.IntRange(1, 5).Draw(t, "capacity")
		switch slots.CutKind(rapid.IntRange(1, 3).Draw(t, "cut")) {
		case slots.EvenSlots:
			return slots.Even(minutes, capacity)
		case slots.PackedNumbers:
			capacity = min(capacity, minutes)
			return slots.Packed(minutes, capacity, rapid.IntRange(0, sessionMinutes/minutes*capacity).Draw(t, "numbers"))
		}
		return slots.Counted(capacity*5, minutes)
	})
}

// Line draws what a session offers, from few departments and rooms, so that sessions meet.
func Line() *rapid.Generator[slots.Line] {
	return rapid.Custom(func(t *rapid.T) slots.Line {
		return slots.Line{
			Department: rapid.SampledFrom([]string{"cardiology", "内科", "imaging"}).Draw(t, "department"),
			Service:    rapid.SampledFrom([]string{"", "follow-up"}).Draw(t, "service"),
			Site:       rapid.SampledFrom([]string{"", "east"}).Draw(t, "site"),
			Room:       rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "room"),
			Kind:       slots.Kind(rapid.IntRange(int(slots.General), int(slots.Joint)).Draw(t, "kind")),
			Grade:      slots.Grade(rapid.IntRange(int(slots.NoGrade), int(slots.Chief)).Draw(t, "grade")),
			Fee:        rapid.SampledFrom([]string{"", "F1"}).Draw(t, "fee"),
		}
	})
}

// Rule draws a rule with the given ID that is valid at some of the dates from first to last.
func Rule(id string, first, last slots.Date) *rapid.Generator[slots.Rule] {
	return rapid.Custom(func(t *rapid.T) slots.Rule {
		minutes := rapid.IntRange(1, slots.MaxSessionMinutes).Draw(t, "minutes")
		r := slots.Rule{
			ID: id, Line: Line().Draw(t, "line"), Resources: resources().Draw(t, "resources"),
			Repeat: slots.Weekly(slots.Weekday(rapid.IntRange(1, 7).Draw(t, "weekday"))), Part: rapid.SampledFrom([]string{"", "am", "晚上"}).Draw(t, "part"),
			Start: Clock().Draw(t, "start"), Minutes: minutes, Cut: Cut(minutes).Draw(t, "cut"),
			Holidays: slots.Holidays(rapid.IntRange(1, 2).Draw(t, "holidays")),
			Closed:   rapid.SliceOfN(Date(first, last), 0, 2).Draw(t, "closed"),
		}
		if rapid.Bool().Draw(t, "bounded") {
			r.From = Date(first, last).Draw(t, "from")
			r.Until = Date(r.From, last).Draw(t, "until")
		}
		return r
	})
}

func resources() *rapid.Generator[[]string] {
	return rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"P1", "P2", "P3", "CT1"}), 0, 3, rapid.ID[string])
}

// Roster draws a valid configuration of at most maxRules rules, with extra sessions, leave and follows, for the dates from
// first to last. Sessions overlap, share resources and rooms, and run past midnight.
func Roster(maxRules int, first, last slots.Date) *rapid.Generator[slots.RosterConfig] {
	return rapid.Custom(func(t *rapid.T) slots.RosterConfig {
		var c slots.RosterConfig
		for i := range rapid.IntRange(1, maxRules).Draw(t, "rules") {
			c.Rules = append(c.Rules, Rule(fmt.Sprintf("R%d", i), first, last).Draw(t, "rule"))
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "extras") {
			r := Rule(fmt.Sprintf("X%d", i), first, last).Draw(t, "extra")
			c.Extras = append(c.Extras, slots.Extra{ID: r.ID, Line: r.Line, Resources: r.Resources, Part: r.Part, Start: r.Start,
				Minutes: r.Minutes, Cut: r.Cut, Date: Date(first, last).Draw(t, "date")})
		}
		for range rapid.IntRange(0, 3).Draw(t, "leaves") {
			c.Leaves = append(c.Leaves, Leave(c, first, last).Draw(t, "leave"))
		}
		days := rapid.SliceOfNDistinct(Date(first, last), 0, 2, rapid.ID[slots.Date]).Draw(t, "follow days")
		for _, d := range days {
			c.Follows = append(c.Follows, slots.Follow{Date: d, Weekday: slots.Weekday(rapid.IntRange(1, 7).Draw(t, "follows"))})
		}
		return c
	})
}

// Leave draws a leave of a rule, an extra session or a resource of c, of whole days or parts of days.
func Leave(c slots.RosterConfig, first, last slots.Date) *rapid.Generator[slots.Leave] {
	return rapid.Custom(func(t *rapid.T) slots.Leave {
		var l slots.Leave
		r := rapid.SampledFrom(c.Rules).Draw(t, "of")
		if l.Rule = r.ID; len(r.Resources) > 0 && rapid.Bool().Draw(t, "of a resource") {
			l.Rule, l.Resource = "", rapid.SampledFrom(r.Resources).Draw(t, "resource")
		}
		l.From = Date(first, last).Draw(t, "from")
		l.Until = Date(l.From, last).Draw(t, "until")
		if rapid.Bool().Draw(t, "part of the day") {
			l.Start = Clock().Draw(t, "start")
			l.End = clockAt(rapid.IntRange(l.Start.Minutes()+1, 24*60).Draw(t, "end"))
		}
		return l
	})
}

// Calendar draws a valid calendar that knows some of the years of first to last, with holidays and make-up days in them.
func Calendar(first, last slots.Date) *rapid.Generator[slots.CalendarConfig] {
	return rapid.Custom(func(t *rapid.T) slots.CalendarConfig {
		var c slots.CalendarConfig
		from, _, _ := first.Civil()
		until, _, _ := last.Civil()
		for y := from; y <= until; y++ {
			if rapid.IntRange(0, 3).Draw(t, "known") > 0 {
				c.Years = append(c.Years, y)
			}
		}
		c.Weekend = rapid.SampledFrom([][]slots.Weekday{{slots.Saturday, slots.Sunday}, {slots.Friday}, nil}).Draw(t, "weekend")
		for _, d := range rapid.SliceOfNDistinct(Date(first, last), 0, 10, rapid.ID[slots.Date]).Draw(t, "days") {
			kind := rapid.SampledFrom([]slots.DayKind{slots.Holiday, slots.MakeUp}).Draw(t, "kind")
			c.Days = append(c.Days, slots.CalendarDay{Date: d, Kind: kind, Name: "节"})
		}
		return c
	})
}
