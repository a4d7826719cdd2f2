package noshow_test

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/haoyuan-go/haoyuan/noshow"
	"github.com/haoyuan-go/haoyuan/slots"
)

// recount is the naive reference: it walks the calendar day by day, asks of every incident whether it is still
// remembered, and keeps nothing between days but the IDs that were spent. It shares no code with the package: months
// are package time's, and ends are found by trying one day after another.
func recount(p noshow.PolicyConfig, r noshow.RecordConfig, on slots.Date) []noshow.Measure {
	var found []noshow.Measure
	for _, rule := range p.Rules {
		if exempt(rule, r) {
			continue
		}
		spent := map[string]bool{}
		for day := slots.MustDate("2023-01-01"); !day.After(on); day = day.AddDays(1) {
			var remembered []noshow.Incident
			today := false
			for _, in := range r.Incidents {
				counts := slices.Contains(rule.Kinds, in.Kind) && !slices.Contains(r.Excused, in.ID) &&
					!spent[in.ID] && !in.Day.Before(p.CountFrom) && !slices.Contains(remembered, in)
				if counts && runs(rule.Within, in.Day, day) {
					remembered = append(remembered, in)
					today = today || in.Day == day
				}
			}
			if !today || len(remembered) < rule.Threshold {
				continue
			}
			if rule.Afterwards == noshow.StartAfresh {
				for _, in := range remembered {
					spent[in.ID] = true
				}
			}
			if runs(rule.Lasts, day, on) {
				found = append(found, measured(rule, remembered, day))
			}
		}
	}
	slices.SortFunc(found, func(a, b noshow.Measure) int {
		return cmp.Or(a.From.Compare(b.From), strings.Compare(a.Rule, b.Rule))
	})
	return found
}

func measured(rule noshow.Rule, remembered []noshow.Incident, day slots.Date) noshow.Measure {
	until := noshow.LastDay()
	if rule.Lasts.Unit != noshow.Forever {
		for until = day; runs(rule.Lasts, day, until); {
			until = until.AddDays(1)
		}
	}
	m := noshow.Measure{
		Rule: rule.ID, Effect: rule.Effect, Binding: rule.Binding, Channels: rule.Channels, FeeCode: rule.FeeCode,
		From: day, Until: until, ExcusesToLift: 1 + len(remembered) - rule.Threshold,
	}
	for i := slots.MustDate("2023-01-01"); !i.After(day); i = i.AddDays(1) { // by day, then ID
		var ids []string
		for _, in := range remembered {
			if in.Day == i {
				ids = append(ids, in.ID)
			}
		}
		slices.Sort(ids)
		m.Because = append(m.Because, ids...)
	}
	return m
}

func exempt(rule noshow.Rule, r noshow.RecordConfig) bool {
	in := len(rule.Only) == 0
	for _, class := range r.Classes {
		if slices.Contains(rule.Exempt, class) {
			return true
		}
		in = in || slices.Contains(rule.Only, class)
	}
	return !in
}

// runs reports whether a term that begins on from still runs on day.
func runs(t noshow.Term, from, day slots.Date) bool {
	if day.Before(from) {
		return false
	}
	fy, fm, fd := from.Civil()
	dy, dm, _ := day.Civil()
	period := func(year, month, months int) int { return (year*12 + month - 1) / months }
	each := 1
	switch t.Unit {
	case noshow.Forever:
		return true
	case noshow.Days:
		n := 0
		for d := from; d != day; d = d.AddDays(1) {
			n++
		}
		return n < t.Count
	case noshow.Months:
		lastOfMonth := time.Date(fy, time.Month(fm+t.Count+1), 0, 0, 0, 0, 0, time.UTC)
		end := time.Date(lastOfMonth.Year(), lastOfMonth.Month(), min(fd, lastOfMonth.Day()), 0, 0, 0, 0, time.UTC)
		return day.String() < end.Format(time.DateOnly)
	case noshow.CalendarQuarters:
		each = 3
	case noshow.CalendarHalfYears:
		each = 6
	case noshow.CalendarYears:
		each = 12
	}
	return period(dy, dm, each)-period(fy, fm, each) < t.Count
}
