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

// clockAt is the clock so many minutes after midnight, on whichever day.
func clockAt(minute int) slots.Clock {
	if minute != 24*60 {
		minute %= 24 * 60
	}
	c, err := slots.NewClock(minute/60, minute%60)
	if err != nil {
		panic(err) // minute is never negative where this is called
	}
	return c
}

// Cut draws a way to cut a session of sessionMinutes that NewRoster accepts: of each kind, with buffers, and for each kind of visit.
func Cut(sessionMinutes int) *rapid.Generator[slots.Cut] {
	return rapid.Custom(func(t *rapid.T) slots.Cut { return cut(t, sessionMinutes, slots.MixedSlots) })
}

// timedCut draws a Cut that gives slots with times.
func timedCut(t *rapid.T, minutes int) slots.Cut {
	kind := rapid.SampledFrom([]slots.CutKind{slots.EvenSlots, slots.PackedNumbers, slots.MixedSlots}).Draw(t, "timed")
	return cutOf(t, minutes, kind)
}

func cut(t *rapid.T, minutes int, most slots.CutKind) slots.Cut {
	return cutOf(t, minutes, slots.CutKind(rapid.IntRange(1, int(most)).Draw(t, "cut")))
}

func cutOf(t *rapid.T, sessionMinutes int, kind slots.CutKind) slots.Cut {
	minutes := rapid.IntRange(max(1, sessionMinutes/16), sessionMinutes).Draw(t, "minutes")
	capacity := rapid.IntRange(1, 5).Draw(t, "capacity")
	visit := slots.Visit(rapid.IntRange(0, 2).Draw(t, "visit"))
	buffer := 0
	if rapid.IntRange(0, 2).Draw(t, "buffered") == 0 {
		buffer = rapid.IntRange(0, 2*minutes).Draw(t, "buffer")
		buffer = min(buffer, slots.MaxSessionMinutes)
	}
	switch kind {
	case slots.EvenSlots:
		return slots.Even(minutes, capacity).With(buffer).For(visit)
	case slots.PackedNumbers:
		capacity = min(capacity, minutes)
		numbers := rapid.IntRange(0, sessionMinutes/minutes*capacity).Draw(t, "numbers")
		return slots.Packed(minutes, capacity, numbers).For(visit)
	case slots.CountedNumbers:
		return slots.Counted(capacity*5, minutes).For(visit)
	}
	steps := []slots.Step{{Minutes: int16(minutes), Capacity: int16(capacity), Visit: visit}}
	for range rapid.IntRange(0, 3).Draw(t, "more steps") {
		steps = append(steps, slots.Step{Minutes: int16(rapid.IntRange(max(1, sessionMinutes/16), sessionMinutes).Draw(t, "step")),
			Capacity: int16(rapid.IntRange(1, 3).Draw(t, "step capacity")), Visit: slots.Visit(rapid.IntRange(0, 2).Draw(t, "step visit"))})
	}
	return slots.Mixed(steps...).With(buffer)
}

// shortest is how long the first slot of a cut is, and so how long a stretch must be that holds one.
func shortest(c slots.Cut) int {
	if c.Kind == slots.MixedSlots {
		return int(c.Steps[0].Minutes)
	}
	return c.Minutes
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

// Rule draws a rule with the given ID that is valid at some of the dates from first to last: with breaks and blocks, listed and
// closed dates, and every way to meet a holiday.
func Rule(id string, first, last slots.Date) *rapid.Generator[slots.Rule] {
	return rapid.Custom(func(t *rapid.T) slots.Rule {
		minutes := rapid.IntRange(1, slots.MaxSessionMinutes).Draw(t, "minutes")
		r := slots.Rule{
			ID: id, Line: Line().Draw(t, "line"), Resources: resources().Draw(t, "resources"),
			Repeat: Repeat(first, last).Draw(t, "repeat"), Part: rapid.SampledFrom([]string{"", "am", "晚上"}).Draw(t, "part"),
			Start: Clock().Draw(t, "start"), Minutes: minutes, Cut: Cut(minutes).Draw(t, "cut"),
			Holidays: slots.Holidays(rapid.IntRange(1, 3).Draw(t, "holidays")),
			Closed:   rapid.SliceOfN(Date(first, last), 0, 2).Draw(t, "closed"),
		}
		if rapid.IntRange(0, 3).Draw(t, "listed") == 0 {
			r.Dates = rapid.SliceOfN(Date(first, last), 1, 4).Draw(t, "dates")
			if rapid.Bool().Draw(t, "only listed") {
				r.Repeat = slots.Repeat{}
			}
		}
		if rapid.Bool().Draw(t, "bounded") {
			r.From = Date(first, last).Draw(t, "from")
			r.Until = Date(r.From, last).Draw(t, "until")
		}
		if r.Holidays == slots.OtherHoursOnHolidays {
			r.HolidayHours = hours(t, r.Cut)
		}
		if r.Cut.Kind != slots.CountedNumbers && rapid.Bool().Draw(t, "has blocks") {
			if r.Blocks = blocks(t, r.Start, minutes, r.Cut); r.Cut.Kind == slots.PackedNumbers && len(r.Blocks) > 0 {
				r.Cut.Numbers = 0 // as many as fit
			}
		}
		return r
	})
}

// hours draws hours that hold a slot of the cut.
func hours(t *rapid.T, c slots.Cut) slots.Hours {
	return slots.Hours{Start: clockAt(max(1, Clock().Draw(t, "other start").Minutes())),
		Minutes: rapid.IntRange(shortest(c), slots.MaxSessionMinutes).Draw(t, "other minutes")}
}

// blocks draws breaks and blocks of a session that leave at least one slot of it.
func blocks(t *rapid.T, start slots.Clock, minutes int, c slots.Cut) (list []slots.Block) {
	slot := false
	at, free := 0, 0 // the longest stretch of none of them
	for range rapid.IntRange(1, 3).Draw(t, "blocks") {
		from := rapid.IntRange(at, minutes).Draw(t, "block from")
		to := rapid.IntRange(from, minutes).Draw(t, "block to")
		if from == to || from == 24*60 {
			continue
		}
		b := slots.Block{Start: clockAt((start.Minutes() + from) % (24 * 60)), Minutes: to - from}
		if rapid.Bool().Draw(t, "own cut") {
			b.Cut, slot = timedCut(t, b.Minutes), true
		}
		list = append(list, b)
		at, free = to, max(free, from-at)
	}
	if free = max(free, minutes-at); !slot && free < shortest(c) {
		return nil
	}
	return list
}

func resources() *rapid.Generator[[]string] {
	return rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"P1", "P2", "P3", "CT1"}), 0, 3, rapid.ID[string])
}

// Roster draws a valid configuration of at most maxRules rules, with extra sessions and every kind of exception, for the dates from
// first to last. Sessions overlap, share resources and rooms, and run past midnight.
func Roster(maxRules int, first, last slots.Date) *rapid.Generator[slots.RosterConfig] {
	return rapid.Custom(func(t *rapid.T) slots.RosterConfig {
		var c slots.RosterConfig
		for i := range rapid.IntRange(1, maxRules).Draw(t, "rules") {
			c.Rules = append(c.Rules, Rule(fmt.Sprintf("R%d", i), first, last).Draw(t, "rule"))
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "extras") {
			r := Rule(fmt.Sprintf("X%d", i), first, last).Draw(t, "extra")
			c.Extras = append(c.Extras, extraOf(r, Date(first, last).Draw(t, "date")))
		}
		if rapid.IntRange(0, 3).Draw(t, "exceptions") > 0 {
			drawExceptions(t, &c, first, last)
		}
		return c
	})
}

func extraOf(r slots.Rule, d slots.Date) slots.Extra {
	return slots.Extra{ID: r.ID, Line: r.Line, Resources: r.Resources, Part: r.Part, Start: r.Start,
		Minutes: r.Minutes, Cut: r.Cut, Blocks: r.Blocks, Date: d}
}

// Calendar draws a valid calendar that knows some of the years of first to last, with holidays and make-up days in them.
func Calendar(first, last slots.Date) *rapid.Generator[slots.CalendarConfig] {
	return rapid.Custom(func(t *rapid.T) slots.CalendarConfig {
		c := slots.CalendarConfig{Years: years(t, first, last)}
		c.Weekend = rapid.SampledFrom([][]slots.Weekday{{slots.Saturday, slots.Sunday}, {slots.Friday}, nil}).Draw(t, "weekend")
		for _, d := range rapid.SliceOfNDistinct(Date(first, last), 0, 10, rapid.ID[slots.Date]).Draw(t, "days") {
			kind := rapid.SampledFrom([]slots.DayKind{slots.Holiday, slots.MakeUp}).Draw(t, "kind")
			c.Days = append(c.Days, slots.CalendarDay{Date: d, Kind: kind, Name: "节"})
		}
		return c
	})
}

// years draws some of the years of first to last.
func years(t *rapid.T, first, last slots.Date) (list []int) {
	from, _, _ := first.Civil()
	until, _, _ := last.Civil()
	for y := from; y <= until; y++ {
		if rapid.IntRange(0, 3).Draw(t, "known") > 0 {
			list = append(list, y)
		}
	}
	return list
}
