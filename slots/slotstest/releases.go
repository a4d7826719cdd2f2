package slotstest

import (
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Release draws a valid Release of any shape: one to four stages, classes that open later, pauses, hours of the pool, closing times and
// deadlines, a few weeks ahead at most. It may leave no time to book in.
func Release() *rapid.Generator[slots.Release] {
	return rapid.Custom(func(t *rapid.T) slots.Release {
		var r slots.Release
		percents := rapid.SliceOfNDistinct(rapid.IntRange(1, 99), 0, 3, rapid.ID[int]).Draw(t, "percents")
		at := 0
		for _, p := range append(percents, 100) {
			if p <= at {
				continue
			}
			at = p
			r.Stages = append(r.Stages, slots.Stage{At: ahead(t), Percent: p})
		}
		for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(classes()), 0, 2, rapid.ID[string]).Draw(t, "classes") {
			r.Classes = append(r.Classes, slots.ClassOpening{Class: name, At: ahead(t)})
		}
		for range rapid.IntRange(0, 2).Draw(t, "pauses") {
			r.Pauses = append(r.Pauses, slots.Pause{From: ahead(t), To: ahead(t)})
		}
		for range rapid.IntRange(0, 2).Draw(t, "hours") {
			r.Hours = append(r.Hours, poolHours(t))
		}
		if rapid.Bool().Draw(t, "closes") {
			r.Close = ahead(t)
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

func classes() []string { return []string{"app", "window", "elderly"} }

func ahead(t *rapid.T) slots.Ahead {
	return slots.Ahead{Days: rapid.IntRange(0, 10).Draw(t, "days ahead"), At: Clock().Draw(t, "at"),
		Unit: rapid.SampledFrom([]slots.DayUnit{slots.CalendarDays, slots.CalendarDays, slots.WorkingDays, slots.DaysExceptHolidays}).Draw(t, "unit")}
}

func poolHours(t *rapid.T) slots.PoolHours {
	h := slots.PoolHours{Class: rapid.SampledFrom(append(classes(), "", "")).Draw(t, "class"), SameDay: rapid.Bool().Draw(t, "same day"),
		ClosedOnHolidays: rapid.Bool().Draw(t, "closed on holidays")}
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
