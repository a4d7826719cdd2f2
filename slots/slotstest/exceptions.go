package slotstest

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
)

// drawExceptions adds leave, closures, substitutes, revisions and follows to c.
func drawExceptions(t *rapid.T, c *slots.RosterConfig, first, last slots.Date) {
	for range rapid.IntRange(0, 2).Draw(t, "substitutes") {
		if len(places(*c)) == 0 {
			break
		}
		if s := Substitute(*c, first, last).Draw(t, "substitute"); !meets(c.Substitutes, s) {
			c.Substitutes = append(c.Substitutes, s)
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "revisions") {
		v := Revision(*c, first, last).Draw(t, "revision")
		if !slices.ContainsFunc(c.Revisions, func(o slots.Revision) bool { return o.Rule == v.Rule && o.Date == v.Date }) {
			c.Revisions = append(c.Revisions, v)
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "leaves") {
		c.Leaves = append(c.Leaves, Leave(*c, first, last).Draw(t, "leave"))
	}
	if rapid.IntRange(0, 2).Draw(t, "closures") == 0 {
		c.Closures = append(c.Closures, Closure(*c, first, last).Draw(t, "closure"))
	}
	for _, d := range rapid.SliceOfNDistinct(Date(first, last), 0, 2, rapid.ID[slots.Date]).Draw(t, "follow days") {
		c.Follows = append(c.Follows, follow(t, d, first, last))
	}
}

// follow draws whose timetable d runs: that of a weekday, or of a date.
func follow(t *rapid.T, d, first, last slots.Date) slots.Follow {
	if rapid.Bool().Draw(t, "of a date") {
		return slots.Follow{Date: d, Of: Date(first, last).Draw(t, "of")}
	}
	return slots.Follow{Date: d, Weekday: slots.Weekday(rapid.IntRange(1, 7).Draw(t, "follows"))}
}

// meets reports whether there is a substitute for the same place on a day of s: NewRoster refuses that.
func meets(list []slots.Substitute, s slots.Substitute) bool {
	return slices.ContainsFunc(list, func(o slots.Substitute) bool {
		return o.Rule == s.Rule && o.Resource == s.Resource && !o.Until.Before(s.From) && !s.Until.Before(o.From)
	})
}

// entry is what an exception may be of.
type entry struct {
	rule slots.Rule
	date slots.Date // of an extra session
}

func entries(c slots.RosterConfig) (list []entry) {
	for _, r := range c.Rules {
		list = append(list, entry{rule: r})
	}
	for _, x := range c.Extras {
		list = append(list, entry{slots.Rule{ID: x.ID, Line: x.Line, Resources: x.Resources, Start: x.Start, Minutes: x.Minutes,
			Cut: x.Cut, Blocks: x.Blocks}, x.Date})
	}
	return list
}

// Leave draws a leave of a rule, an extra session, a resource or a substitute of c, of whole days or parts of days.
func Leave(c slots.RosterConfig, first, last slots.Date) *rapid.Generator[slots.Leave] {
	return rapid.Custom(func(t *rapid.T) slots.Leave {
		var l slots.Leave
		r := rapid.SampledFrom(entries(c)).Draw(t, "of").rule
		names := slices.Clone(r.Resources)
		for _, s := range c.Substitutes {
			names = append(names, s.By)
		}
		if l.Rule = r.ID; len(names) > 0 && rapid.Bool().Draw(t, "of a resource") {
			l.Rule, l.Resource = "", rapid.SampledFrom(names).Draw(t, "resource")
		}
		l.From, l.Until, l.Start, l.End = absence(t, first, last)
		return l
	})
}

// absence draws days, and perhaps hours of them.
func absence(t *rapid.T, first, last slots.Date) (from, until slots.Date, start, end slots.Clock) {
	from = Date(first, last).Draw(t, "from")
	until = Date(from, last).Draw(t, "until")
	if rapid.Bool().Draw(t, "part of the day") {
		start = Clock().Draw(t, "start")
		end = clockAt(rapid.IntRange(start.Minutes()+1, 24*60).Draw(t, "end"))
	}
	return from, until, start, end
}

// Closure draws a closure of a site of c, or of one department there.
func Closure(c slots.RosterConfig, first, last slots.Date) *rapid.Generator[slots.Closure] {
	return rapid.Custom(func(t *rapid.T) slots.Closure {
		line := rapid.SampledFrom(entries(c)).Draw(t, "of").rule.Line
		for _, v := range c.Revisions { // where only a revision leads
			if v.Site != "" && rapid.IntRange(0, 2).Draw(t, "of a revision") == 0 {
				i := slices.IndexFunc(entries(c), func(e entry) bool { return e.rule.ID == v.Rule })
				line.Site, line.Department = v.Site, entries(c)[i].rule.Line.Department
			}
		}
		x := slots.Closure{Site: line.Site}
		if rapid.Bool().Draw(t, "one department") {
			x.Department = line.Department
		}
		x.From, x.Until, x.Start, x.End = absence(t, first, last)
		return x
	})
}

// places lists the rules and resources that a substitute may name.
func places(c slots.RosterConfig) (list [][2]string) {
	for _, e := range entries(c) {
		for _, name := range e.rule.Resources {
			list = append(list, [2]string{e.rule.ID, name}, [2]string{"", name})
		}
	}
	return list
}

// Substitute draws who stands in for a resource of c, in one rule or in all. A case in which nobody is needed is skipped.
func Substitute(c slots.RosterConfig, first, last slots.Date) *rapid.Generator[slots.Substitute] {
	return rapid.Custom(func(t *rapid.T) slots.Substitute {
		if len(places(c)) == 0 {
			t.Skip("nobody is needed")
		}
		p := rapid.SampledFrom(places(c)).Draw(t, "for")
		s := slots.Substitute{Rule: p[0], Resource: p[1], Grade: slots.Grade(rapid.IntRange(0, int(slots.Chief)).Draw(t, "grade"))}
		s.By = rapid.SampledFrom([]string{"P1", "P2", "S1", "S2"}).Filter(func(by string) bool { return by != s.Resource }).Draw(t, "by")
		s.Fee = rapid.SampledFrom([]string{"", "F2"}).Draw(t, "fee")
		s.From = Date(first, last).Draw(t, "from")
		s.Until = Date(s.From, last).Draw(t, "until")
		return s
	})
}

// Revision draws a revision of a session of c: to another day, other hours, another place or another cut. Often the session is held on the
// date that it names, sometimes not.
func Revision(c slots.RosterConfig, first, last slots.Date) *rapid.Generator[slots.Revision] {
	return rapid.Custom(func(t *rapid.T) slots.Revision {
		e := rapid.SampledFrom(entries(c)).Draw(t, "of")
		v := slots.Revision{Rule: e.rule.ID, Date: e.date}
		if !v.Date.IsValid() {
			v.Date = Date(first, last).Draw(t, "date")
			if d, ok := e.rule.Repeat.Next(v.Date); ok && d.Compare(last) <= 0 && rapid.IntRange(0, 3).Draw(t, "held") > 0 {
				v.Date = d
			}
		}
		what := rapid.IntRange(1, 15).Draw(t, "what")
		if v.To = Date(first, last).Draw(t, "to"); what&1 == 0 || v.To == v.Date {
			v.To = slots.Date{}
		}
		hoursThen := slots.Hours{Start: e.rule.Start, Minutes: e.rule.Minutes}
		if what&2 != 0 || what == 1 && !v.To.IsValid() {
			v.Hours = hours(t, e.rule.Cut)
			hoursThen = v.Hours
		}
		if what&4 != 0 {
			v.Site, v.Room = rapid.SampledFrom([]string{"", "east", "west"}).Draw(t, "site"), rapid.SampledFrom([]string{"2", "3"}).Draw(t, "room")
		}
		if rapid.IntRange(0, 3).Draw(t, "another part of the day") == 0 {
			v.Part = "pm"
		}
		if what&8 != 0 {
			if v.Cut = cut(t, hoursThen.Minutes, slots.MixedSlots); v.Cut.Kind == slots.CountedNumbers && len(e.rule.Blocks) > 0 {
				v.Cut = timedCut(t, hoursThen.Minutes)
			}
		}
		return v
	})
}
