package slots

import (
	"iter"
	"slices"
)

// heldOn yields the rules and extra sessions that are held on d, leave apart. Rules that keep the calendar run the timetable of
// the weekday that d follows; the others run their own weekday.
func (r *Roster) heldOn(d Date, calendar Calendar) iter.Seq[*source] {
	return func(yield func(*source) bool) {
		own, kept := d.Weekday(), r.keptWeekday(d, calendar)
		for w := Monday; w <= Sunday; w++ {
			if w != own && w != kept {
				continue
			}
			for i := range r.weekly[w] {
				s := &r.weekly[w][i]
				runs := w == own
				if s.Holidays == ClosedOnHolidays {
					runs = w == kept
				}
				if runs && s.validOn(d) && !yield(s) {
					return
				}
			}
		}
		i, _ := slices.BinarySearchFunc(r.extras, d, func(s source, d Date) int { return s.date.Compare(d) })
		for ; i < len(r.extras) && r.extras[i].date == d; i++ {
			if !yield(&r.extras[i]) {
				return
			}
		}
	}
}

// keptWeekday returns the weekday whose timetable those run on d who keep the calendar, or 0 if they are closed.
func (r *Roster) keptWeekday(d Date, calendar Calendar) Weekday {
	if kind, _ := calendar.Day(d); kind == Holiday {
		return 0
	}
	if i, ok := r.followOn(d); ok {
		return r.follows[i].Weekday
	}
	return d.Weekday()
}

func (r *Roster) followOn(d Date) (int, bool) {
	return slices.BinarySearchFunc(r.follows, d, func(f Follow, d Date) int { return f.Date.Compare(d) })
}

func (s *source) validOn(d Date) bool {
	if s.From.IsValid() && d.Before(s.From) || s.Until.IsValid() && d.After(s.Until) {
		return false
	}
	_, closed := slices.BinarySearchFunc(s.Closed, d, Date.Compare)
	return !closed
}

// calendarFindings lists what the calendar, or the hospital's decisions about it, leave open in a range. A roster that
// does not keep the calendar has nothing to ask of it.
func (r *Roster) calendarFindings(first, last Date, calendar Calendar) []Finding {
	if !r.keepsCalendar {
		return nil
	}
	var found []Finding
	unknown := 0 // the last year reported
	for d := first; d.IsValid() && !d.After(last); d = d.AddDays(1) {
		kind, _ := calendar.Day(d)
		year, _, _ := d.Civil()
		if _, decided := r.followOn(d); kind == MakeUp && !decided {
			found = append(found, Finding{Kind: MakeUpUndecided, Date: d})
		}
		if kind == UnknownDay && year != unknown {
			unknown = year
			found = append(found, Finding{Kind: UnknownYear, Date: d})
		}
	}
	return found
}
