package slotstest

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
)

// AdversarialRoster draws a valid configuration that is awkward on purpose, for the dates from first to last in loc: one or more of
// overnight sessions, sessions over every change of the clocks, physicians in two places, rooms with two entries, rules that meet on one
// day, moves onto days where the rule is held already, leave and closures that take all but a minute, blocks that leave one slot, sessions of
// 24 hours, the ends of months, 29 February, years of 53 weeks, substitutes who are away themselves; every fourth time all at once, over
// what Roster draws.
func AdversarialRoster(first, last slots.Date, loc *time.Location) *rapid.Generator[slots.RosterConfig] {
	return rapid.Custom(func(t *rapid.T) slots.RosterConfig {
		a := awkwardness{T: t, first: first, last: last, loc: loc}
		if rapid.IntRange(0, 3).Draw(t, "everything") == 3 {
			a.c = Roster(2, first, last).Draw(t, "roster")
			for _, add := range awkwardnesses() {
				add(&a)
			}
			return a.c
		}
		a.c.Rules = append(a.c.Rules, Rule("R0", first, last).Draw(t, "rule"))
		for range rapid.IntRange(1, 3).Draw(t, "kinds") {
			rapid.SampledFrom(awkwardnesses()).Draw(t, "awkward")(&a)
		}
		return a.c
	})
}

// awkwardness is a roster that is being made awkward.
type awkwardness struct {
	*rapid.T
	c           slots.RosterConfig
	first, last slots.Date
	loc         *time.Location
}

func awkwardnesses() []func(*awkwardness) {
	return []func(*awkwardness){(*awkwardness).overnight, (*awkwardness).clocks, (*awkwardness).twoPlaces, (*awkwardness).meet,
		(*awkwardness).moves, (*awkwardness).allButAMinute, (*awkwardness).oneSlot, (*awkwardness).wholeDays, (*awkwardness).monthEnds,
		(*awkwardness).longYears, (*awkwardness).substitutes, (*awkwardness).follows}
}

// rule adds a rule with its own ID and returns it. The pointer is good until the next.
func (a *awkwardness) rule(repeat slots.Repeat, start string, minutes int, cut slots.Cut) *slots.Rule {
	a.c.Rules = append(a.c.Rules, slots.Rule{ID: fmt.Sprintf("A%d", len(a.c.Rules)), Repeat: repeat, Start: slots.MustClock(start), Minutes: minutes,
		Line: slots.Line{Department: "imaging", Room: "1", Kind: slots.General}, Resources: []string{"P1"}, Cut: cut,
		Holidays: slots.Holidays(rapid.IntRange(1, 2).Draw(a.T, "holidays"))})
	return &a.c.Rules[len(a.c.Rules)-1]
}

func (a *awkwardness) date() slots.Date { return Date(a.first, a.last).Draw(a.T, "awkward date") }

// overnight: an evening that ends in the morning, with a break across midnight, and leave on its second day only.
func (a *awkwardness) overnight() {
	r := a.rule(slots.Daily(), "22:00", 540, slots.Even(45, 2).With(7))
	r.Blocks = []slots.Block{{Start: slots.MustClock("23:50"), Minutes: 25}, {Start: slots.MustClock("01:00"), Minutes: 60, Cut: slots.Packed(20, 3, 0)}}
	d := a.date()
	a.c.Leaves = append(a.c.Leaves, slots.Leave{Rule: r.ID, From: d, Until: d, End: slots.MustClock("05:00")})
}

// clocks: a session from an hour before each change of the clocks in the range, and one that begins at the time that is skipped or repeated.
func (a *awkwardness) clocks() {
	y, m, d := a.first.Civil()
	at := time.Date(y, time.Month(m), d, 0, 0, 0, 0, a.loc)
	for range 40 {
		_, change := at.ZoneBounds()
		if change.IsZero() || slots.DateOf(slots.InstantOf(change), a.loc).After(a.last) {
			return
		}
		at = change
		for _, minutes := range []int{-60, 0, -1} {
			_, before := change.Add(-time.Second).Zone()
			shown := change.Add(time.Duration(before)*time.Second + time.Duration(minutes)*time.Minute).UTC()
			r := a.rule(slots.Repeat{}, shown.Format("15:04"), 181, slots.Even(rapid.IntRange(10, 31).Draw(a.T, "slot"), 1))
			r.Dates = []slots.Date{slots.MustDate(shown.Format("2006-01-02"))}
			r.Holidays = slots.OpenOnHolidays
		}
	}
}

// twoPlaces: one physician in two rooms, and in a third entry of the first room, that meet for a minute.
func (a *awkwardness) twoPlaces() {
	a.rule(slots.Weekly(slots.Monday), "08:00", 61, slots.Even(61, 1))
	a.rule(slots.Weekly(slots.Monday), "09:00", 60, slots.Counted(10, 15)).Line.Room = "2"
	a.rule(slots.Weekly(slots.Monday), "08:00", 240, slots.Mixed(slots.Step{Minutes: 30, Capacity: 1, Visit: slots.FirstVisit},
		slots.Step{Minutes: 15, Capacity: 2, Visit: slots.FollowUp})).Resources = []string{"CT1", "P1", "P2"}
}

// meet: rules that repeat in different ways and meet on some days, at the same hours.
func (a *awkwardness) meet() {
	d := a.date()
	_, _, day := d.Civil()
	for _, repeat := range []slots.Repeat{slots.Weekly(d.Weekday()), slots.OnMonthDays(day), slots.EveryDays(2, d), slots.NthOfMonth(d.Weekday(), (day+6)/7)} {
		a.rule(repeat, "10:00", 30, slots.Even(10, 1)).Dates = []slots.Date{d, d}
	}
}

// moves: a session moved onto a day where its rule is held already, one moved away from there, and one moved twice around.
func (a *awkwardness) moves() {
	id := a.rule(slots.Daily(), "23:30", 60, slots.Even(30, 1)).ID
	for i := range 3 {
		from := a.first.AddDays(i)
		v := slots.Revision{Rule: id, Date: from, To: a.date(), Hours: slots.Hours{Start: slots.MustClock("23:45"), Minutes: 30 + 700*i}}
		if v.To == from {
			v.To = slots.Date{}
		}
		a.c.Revisions = append(a.c.Revisions, v)
	}
}

// allButAMinute: leave and a closure that meet but for a minute, of slots of a minute, and of numbers without times.
func (a *awkwardness) allButAMinute() {
	d := a.date()
	ids := []string{a.rule(slots.Daily(), "08:00", 120, slots.Even(1, 1)).ID, a.rule(slots.Daily(), "08:00", 120, slots.Counted(9, 20)).ID}
	a.c.Rules[len(a.c.Rules)-1].Line.Site, a.c.Rules[len(a.c.Rules)-2].Line.Site = "north", "north"
	for _, id := range ids {
		a.c.Leaves = append(a.c.Leaves, slots.Leave{Rule: id, From: d, Until: d, Start: slots.MustClock("00:00"), End: slots.MustClock("09:30")})
	}
	a.c.Closures = append(a.c.Closures, slots.Closure{Site: "north", From: d, Until: d, Start: slots.MustClock("09:31"), End: slots.MustClock("24:00")})
}

// oneSlot: breaks and buffers that leave room for one slot, and on other hours for none.
func (a *awkwardness) oneSlot() {
	r := a.rule(slots.Daily(), "08:00", 240, slots.Even(20, 1).With(1440))
	r.Blocks = []slots.Block{{Start: slots.MustClock("08:20"), Minutes: 220}}
	a.c.Revisions = append(a.c.Revisions, slots.Revision{Rule: r.ID, Date: a.date(), Hours: slots.Hours{Start: slots.MustClock("08:01"), Minutes: 200}})
	r = a.rule(slots.Daily(), "00:00", 1, slots.Even(1, slots.MaxCapacity))
	r.Holidays, r.HolidayHours = slots.OtherHoursOnHolidays, slots.Hours{Start: slots.MustClock("23:59"), Minutes: 1}
}

// wholeDays: sessions of 24 hours, from midnight and from a minute before it.
func (a *awkwardness) wholeDays() {
	a.rule(slots.Daily(), "00:00", 1440, slots.Packed(1440, 24, 0))
	a.rule(slots.WeeklyIn(slots.OddWeeks, slots.Saturday, slots.Sunday), "23:59", 1440, slots.Even(1439, 1))
}

// monthEnds: the last days of months, the 29th to 31st, 29 February, fifth weekdays, months counted in threes.
func (a *awkwardness) monthEnds() {
	a.rule(slots.OnMonthDays(29, 30, 31), "12:00", 30, slots.Even(30, 1)).Until = a.last
	a.rule(slots.OnMonthDays(-1, -31), "12:10", 30, slots.Even(30, 1))
	a.rule(slots.NthOfMonth(a.first.Weekday(), 5, -5), "12:20", 30, slots.Even(30, 1))
	a.rule(slots.Repeat{MonthDays: slots.MonthDaysOf(29), Months: slots.MonthsOf(2)}, "12:30", 30, slots.Even(30, 1))
	a.rule(slots.Repeat{MonthDays: slots.MonthDaysOf(31, 1), Every: 3, Unit: slots.CountMonths, Anchor: a.date()}, "12:40", 30, slots.Even(30, 1))
}

// longYears: odd, even and every second week, which part company after a year of 53 weeks.
func (a *awkwardness) longYears() {
	a.rule(slots.WeeklyIn(slots.OddWeeks, slots.Sunday), "14:00", 60, slots.Even(15, 1))
	a.rule(slots.WeeklyIn(slots.EvenWeeks, slots.Sunday), "14:00", 60, slots.Even(15, 1))
	r := slots.EveryWeeks(2, a.first, slots.Sunday)
	r.WeekStart = slots.Sunday
	a.rule(r, "14:30", 60, slots.Even(15, 1))
}

// substitutes: one who is needed already, one for the rule and one for everywhere, and one who is away himself.
func (a *awkwardness) substitutes() {
	r := a.rule(slots.Daily(), "16:00", 60, slots.Even(15, 1))
	r.Resources = []string{"P2", "P1"}
	d := a.date()
	for _, s := range [][2]string{{"P1", "P2"}, {"P2", "S9"}} {
		a.c.Substitutes = append(a.c.Substitutes, slots.Substitute{Rule: r.ID, Resource: s[0], By: s[1], From: d, Until: a.last, Grade: slots.Resident})
	}
	// Whoever stands in for P1 elsewhere does not here.
	if s := (slots.Substitute{Resource: "P1", By: "S8", From: a.first, Until: a.last}); !meets(a.c.Substitutes, s) {
		a.c.Substitutes = append(a.c.Substitutes, s)
	}
	a.c.Leaves = append(a.c.Leaves, slots.Leave{Resource: "P1", From: a.first, Until: a.last, Start: slots.MustClock("16:00"), End: slots.MustClock("16:20")},
		slots.Leave{Resource: "S9", From: d, Until: d, Start: slots.MustClock("16:40"), End: slots.MustClock("17:00")})
}

// follows: days that run other days' timetables, in a circle.
func (a *awkwardness) follows() {
	a.rule(slots.WeeklyIn(slots.EvenWeeks, slots.Monday), "07:00", 30, slots.Even(30, 1)).Holidays = slots.ClosedOnHolidays
	for i := range 3 {
		d := a.first.AddDays(i)
		f := slots.Follow{Date: d, Of: a.first.AddDays((i + 1) % 3)}
		if i == 2 {
			f = slots.Follow{Date: d, Weekday: slots.Monday}
		}
		known := false
		for _, o := range a.c.Follows {
			known = known || o.Date == d
		}
		if !known {
			a.c.Follows = append(a.c.Follows, f)
		}
	}
}

// AdversarialCalendar draws a valid calendar that is awkward on purpose: nine days off in a row with make-up days at both ends, on any
// weekday; years unknown in the middle, some of their days known all the same; a weekend of none, one, two or seven days.
func AdversarialCalendar(first, last slots.Date) *rapid.Generator[slots.CalendarConfig] {
	return rapid.Custom(func(t *rapid.T) slots.CalendarConfig {
		c := slots.CalendarConfig{Years: years(t, first, last)}
		c.Weekend = rapid.SampledFrom([][]slots.Weekday{{slots.Sunday, slots.Saturday}, {slots.Friday}, nil, {1, 2, 3, 4, 5, 6, 7}}).Draw(t, "weekend")
		at := Date(first, last).Draw(t, "holidays from")
		for i := -1; i <= 9; i++ {
			kind := slots.Holiday
			if i == -1 || i == 9 {
				kind = slots.MakeUp
			}
			c.Days = append(c.Days, slots.CalendarDay{Date: at.AddDays(i), Kind: kind, Name: "春节"})
		}
		for _, d := range rapid.SliceOfNDistinct(Date(first, last), 0, 4, rapid.ID[slots.Date]).Draw(t, "single days") {
			if n := d.Sub(at); n < -1 || n > 9 {
				c.Days = append(c.Days, slots.CalendarDay{Date: d, Kind: rapid.SampledFrom([]slots.DayKind{slots.Holiday, slots.MakeUp}).Draw(t, "kind")})
			}
		}
		return c
	})
}
