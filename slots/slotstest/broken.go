package slotstest

import (
	"fmt"
	"math"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Broken is a roster with spoiled entries.
type Broken struct {
	Config slots.RosterConfig
	// Want are texts that the error of NewRoster must contain, all of them: each names an entry, its field and the value.
	Want []string
}

// BrokenRoster draws a valid roster with one to three spoiled entries more.
func BrokenRoster(first, last slots.Date) *rapid.Generator[Broken] {
	return rapid.Custom(func(t *rapid.T) Broken {
		b := Broken{Config: Roster(2, first, last).Draw(t, "roster")}
		all := spoilers()
		for _, i := range rapid.SliceOfNDistinct(rapid.IntRange(0, len(all)-1), 1, 3, rapid.ID[int]).Draw(t, "spoil") {
			b.Want = append(b.Want, all[i](&b.Config))
		}
		return b
	})
}

// spoilers each add one entry with one spoiled field, and say what the error must contain.
func spoilers() (list []func(*slots.RosterConfig) string) {
	rule := func(want string, spoil func(*slots.Rule)) {
		list = append(list, func(c *slots.RosterConfig) string {
			at, r := len(c.Rules), goodRule(c)
			spoil(&r)
			c.Rules = append(c.Rules, r)
			return fmt.Sprintf("Rules[%d] (ID %q): %s", at, r.ID, want)
		})
	}
	rule(`ID " B": space at an end`, func(r *slots.Rule) { r.ID = " B" })
	rule(`Line.Department ""`, func(r *slots.Rule) { r.Line.Department = "" })
	rule("Line.Kind 9", func(r *slots.Rule) { r.Line.Kind = 9 })
	rule("Minutes 1441", func(r *slots.Rule) { r.Minutes = 1441 })
	rule("Minutes -2147483648", func(r *slots.Rule) { r.Minutes = math.MinInt32 })
	rule("Start 24:00", func(r *slots.Rule) { r.Start = slots.MustClock("24:00") })
	rule("Cut.Capacity -1", func(r *slots.Rule) { r.Cut = slots.Even(20, -1) })
	rule("Cut.Minutes 61: longer", func(r *slots.Rule) { r.Cut = slots.Even(61, 1) })
	rule("Cut.Buffer 2147483647", func(r *slots.Rule) { r.Cut = slots.Even(20, 1).With(math.MaxInt32) })
	rule("Cut.Numbers 7", func(r *slots.Rule) { r.Cut = slots.Packed(30, 3, 7) })
	rule("Cut.Steps[1].Minutes -5", func(r *slots.Rule) {
		r.Cut = slots.Mixed(slots.Step{Minutes: 30, Capacity: 1}, slots.Step{Minutes: -5, Capacity: 1})
	})
	rule("Cut.Visit 3", func(r *slots.Rule) { r.Cut = slots.Even(20, 1).For(3) })
	rule("Repeat.Every 1", func(r *slots.Rule) { r.Repeat.Every = 1 })
	rule("Repeat.MonthDays 32", func(r *slots.Rule) { r.Repeat = slots.OnMonthDays(32) })
	rule("Dates[0] no date", func(r *slots.Rule) { r.Dates = []slots.Date{{}} })
	rule("Closed[0] no date", func(r *slots.Rule) { r.Closed = []slots.Date{{}} })
	rule("Holidays 0", func(r *slots.Rule) { r.Holidays = 0 })
	rule("HolidayHours.Minutes 19: no slot of 20 fits", func(r *slots.Rule) {
		r.Holidays, r.HolidayHours = slots.OtherHoursOnHolidays, slots.Hours{Start: slots.MustClock("09:00"), Minutes: 19}
	})
	rule("HolidayHours 00:00 and 30 minutes", func(r *slots.Rule) { r.HolidayHours = slots.Hours{Minutes: 30} })
	rule("Resources[1] \"P1\": twice", func(r *slots.Rule) { r.Resources = []string{"P1", "P1"} })
	rule("Blocks[0]: Start 08:50, Minutes 20: outside", func(r *slots.Rule) {
		r.Blocks = []slots.Block{{Start: slots.MustClock("08:50"), Minutes: 20}}
	})
	rule("Blocks[1]: Start 08:10, Minutes 10: overlaps Blocks[0]", func(r *slots.Rule) {
		r.Blocks = []slots.Block{{Start: slots.MustClock("08:00"), Minutes: 11}, {Start: slots.MustClock("08:10"), Minutes: 10}}
	})
	rule("Until 2026-11-22: before From 2026-11-23", func(r *slots.Rule) {
		r.From, r.Until = slots.MustDate("2026-11-23"), slots.MustDate("2026-11-22")
	})
	return append(list, spoiledExceptions()...)
}

// spoiledExceptions are spoilers of what is not a rule.
func spoiledExceptions() []func(*slots.RosterConfig) string {
	day := slots.MustDate("2026-11-23")
	return []func(*slots.RosterConfig) string{
		func(c *slots.RosterConfig) string {
			c.Extras = append(c.Extras, slots.Extra{ID: "BX", Line: slots.Line{Department: "imaging", Kind: slots.General}, Minutes: 60, Cut: slots.Even(20, 1)})
			return fmt.Sprintf(`Extras[%d] (ID "BX"): Date no date`, len(c.Extras)-1)
		},
		func(c *slots.RosterConfig) string {
			c.Leaves = append(c.Leaves, slots.Leave{Resource: "nobody", From: day, Until: day})
			return fmt.Sprintf(`Leaves[%d]: Rule "", Resource "nobody"`, len(c.Leaves)-1)
		},
		func(c *slots.RosterConfig) string {
			c.Leaves = append(c.Leaves, slots.Leave{Rule: c.Rules[0].ID, From: day, Until: day, Start: slots.MustClock("09:00"), End: slots.MustClock("08:00")})
			return fmt.Sprintf("Leaves[%d]: End 08:00: want it after Start 09:00", len(c.Leaves)-1)
		},
		func(c *slots.RosterConfig) string {
			c.Substitutes = append(c.Substitutes, slots.Substitute{Resource: "nobody", By: "S1", From: day, Until: day})
			return fmt.Sprintf(`Substitutes[%d]: Resource "nobody"`, len(c.Substitutes)-1)
		},
		func(c *slots.RosterConfig) string {
			c.Rules = append(c.Rules, goodRule(c))
			s := slots.Substitute{Resource: "P1", By: "S1", Rule: c.Rules[len(c.Rules)-1].ID, From: day, Until: day}
			c.Substitutes = append(c.Substitutes, s, s)
			return fmt.Sprintf(`Substitutes[%d]: Rule %q, Resource "P1": two substitutes on 2026-11-23`, len(c.Substitutes)-1, s.Rule)
		},
		func(c *slots.RosterConfig) string {
			c.Revisions = append(c.Revisions, slots.Revision{Rule: c.Rules[0].ID, Date: day})
			return fmt.Sprintf("Revisions[%d]: To, Hours, Part, Site, Room, Cut: want at least one", len(c.Revisions)-1)
		},
		func(c *slots.RosterConfig) string {
			c.Revisions = append(c.Revisions, slots.Revision{Rule: "no rule", Date: day, Room: "5"})
			return fmt.Sprintf(`Revisions[%d]: Rule "no rule"`, len(c.Revisions)-1)
		},
		func(c *slots.RosterConfig) string {
			c.Closures = append(c.Closures, slots.Closure{Site: "nowhere", From: day, Until: day})
			return fmt.Sprintf(`Closures[%d]: Site "nowhere"`, len(c.Closures)-1)
		},
		func(c *slots.RosterConfig) string {
			c.Follows = append(c.Follows, slots.Follow{Date: slots.MustDate("2030-01-05")})
			return "Follows: Date 2030-01-05, Weekday 0"
		},
	}
}

// goodRule is a valid rule with an ID that c does not have.
func goodRule(c *slots.RosterConfig) slots.Rule {
	return slots.Rule{ID: fmt.Sprintf("B%d", len(c.Rules)), Line: slots.Line{Department: "imaging", Kind: slots.Examination}, Resources: []string{"P1"},
		Repeat: slots.Daily(), Start: slots.MustClock("08:00"), Minutes: 60, Cut: slots.Even(20, 1), Holidays: slots.ClosedOnHolidays}
}
