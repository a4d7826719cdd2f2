package slotstest

import (
	"cmp"
	"slices"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Release draws a valid Release of any shape: one to four stages, classes that open later, pauses, hours of the pool, closing times and
// deadlines, a few weeks ahead at most. It may leave no time to book in.
func Release() *rapid.Generator[slots.Release] {
	return rapid.Custom(func(t *rapid.T) slots.Release {
		var r slots.Release
		percents := rapid.SliceOfNDistinct(rapid.IntRange(1, 99), 0, 3, rapid.ID[int]).Draw(t, "percents")
		for _, p := range append(percents, 100) {
			r.Stages = append(r.Stages, slots.Stage{At: ahead(t), Percent: p})
		}
		slices.SortFunc(r.Stages, func(a, b slots.Stage) int { return cmp.Or(b.At.Days-a.At.Days, a.At.At.Compare(b.At.At)) })
		r.Stages = slices.CompactFunc(r.Stages, func(a, b slots.Stage) bool { return a.At.Days == b.At.Days && a.At.At == b.At.At })
		slices.SortFunc(percents, cmp.Compare)
		for i := range r.Stages {
			r.Stages[i].Percent = 100
			if i < len(r.Stages)-1 {
				r.Stages[i].Percent = percents[i]
			}
		}
		for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(classes()), 0, 2, rapid.ID[string]).Draw(t, "classes") {
			r.Classes = append(r.Classes, slots.ClassOpening{Class: name, At: ahead(t)})
		}
		for range rapid.IntRange(0, 2).Draw(t, "pauses") {
			p := slots.Pause{From: ahead(t), To: ahead(t)}
			if earlier(p.To, p.From) {
				p.From, p.To = p.To, p.From
			}
			if p.From.Days != p.To.Days || p.From.At != p.To.At {
				r.Pauses = append(r.Pauses, p)
			}
		}
		for range rapid.IntRange(0, 2).Draw(t, "hours") {
			r.Hours = append(r.Hours, poolHours(t))
		}
		if rapid.Bool().Draw(t, "closes") {
			if r.Close = ahead(t); !earlier(r.Stages[0].At, r.Close) {
				r.Close = slots.Ahead{}
			}
		}
		r.LeadMinutes = rapid.IntRange(0, 120).Draw(t, "lead")
		switch rapid.IntRange(0, 2).Draw(t, "cancel") {
		case 1:
			r.CancelBy, r.CheckInLeadMinutes = ahead(t), 30
		case 2:
			r.CancelLeadMinutes, r.CheckInBy = 60, ahead(t)
		}
		return r
	})
}

// earlier reports whether a is stated as earlier than b, did their days count alike.
func earlier(a, b slots.Ahead) bool {
	return a.Days > b.Days || a.Days == b.Days && a.At.Compare(b.At) < 0
}

func classes() []string { return []string{"app", "window", "elderly"} }

func ahead(t *rapid.T) slots.Ahead {
	return slots.Ahead{Days: rapid.IntRange(0, 10).Draw(t, "days ahead"), At: Clock().Draw(t, "at"),
		Unit: rapid.SampledFrom([]slots.DayUnit{slots.CalendarDays, slots.CalendarDays, slots.WorkingDays, slots.DaysExceptHolidays}).Draw(t, "unit")}
}

func poolHours(t *rapid.T) slots.PoolHours {
	h := slots.PoolHours{Class: rapid.SampledFrom(append(classes(), "", "")).Draw(t, "class"), SameDay: rapid.Bool().Draw(t, "same day"),
		ClosedOnHolidays: rapid.Bool().Draw(t, "closed on holidays")}
	if rapid.IntRange(0, 3).Draw(t, "not every day") == 0 {
		h.Weekdays = slots.WeekdaysOf(slots.Monday, slots.Tuesday, slots.Wednesday, slots.Thursday, slots.Friday)
	}
	at := 0
	for range rapid.IntRange(1, 3).Draw(t, "openings") {
		if at >= 24*60-1 {
			break
		}
		start := rapid.IntRange(at, 24*60-1).Draw(t, "open from")
		minutes := rapid.IntRange(1, 24*60-start).Draw(t, "open for")
		h.Open = append(h.Open, slots.Hours{Start: clockAt(start), Minutes: minutes})
		at = start + minutes
	}
	return h
}
