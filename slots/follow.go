package slots

import (
	"cmp"
	"slices"
)

// Follow says which day's timetable a date runs: the hospital's decision for a make-up working day (调休). It touches only rules
// that keep the calendar, on whatever date it is written for, and never opens an off day (IdleFollow). Of the two ways to say it exactly one is used. "Monday's" is that of the
// Monday of the same week, Monday to Sunday; for clinics of every second week or of the first Monday of the month it matters
// which Monday is meant: then name the date itself. What is counted in days, or by the day of the month, goes by its own date.
type Follow struct {
	Date    Date
	Weekday Weekday
	Of      Date // the date whose timetable it runs
}

// stands is the date whose timetable f.Date runs.
func (f *Follow) stands() Date {
	if f.Of.IsValid() {
		return f.Of
	}
	return f.Date.AddDays(int(f.Weekday) - int(f.Date.Weekday()))
}

func readFollows(c *RosterConfig, p *problems) []Follow {
	list := slices.SortedFunc(slices.Values(c.Follows), func(a, b Follow) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Weekday, b.Weekday), a.Of.Compare(b.Of))
	})
	for i, f := range list {
		if !f.Date.IsValid() {
			p.add("Follows: Date %v (Weekday %d, Of %v): want a date", f.Date, uint8(f.Weekday), f.Of)
		}
		if f.Weekday.IsValid() == f.Of.IsValid() || f.Weekday > Sunday {
			p.add("Follows: Date %v, Weekday %d, Of %v: want exactly one of a Weekday, Monday (1) to Sunday (7), and Of", f.Date, uint8(f.Weekday), f.Of)
		}
		if i > 0 && f.Date == list[i-1].Date {
			p.add("Follows: Date %v: twice", f.Date)
		}
	}
	return list
}
