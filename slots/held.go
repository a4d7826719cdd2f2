package slots

import (
	"cmp"
	"slices"
)

// planned is a session that is held on a day, before leave, closures and substitutes.
type planned struct {
	source   *source
	origin   Date // the date that names it
	holiday  bool // in its holiday hours
	revision *Revision
}

// hours are those of the day, by the wall clock.
func (p *planned) hours() (Hours, Cut) {
	h := Hours{p.source.Start, p.source.Minutes}
	if p.holiday {
		h = p.source.HolidayHours
	}
	if p.revision != nil {
		return p.revision.apply(h, p.source.Cut)
	}
	return h, p.source.Cut
}

// day is a date as those see it who keep the calendar.
type day struct {
	date   Date
	stands Date // the date whose timetable it runs
	off    bool
}

func (r *Roster) dayOf(d Date, calendar Calendar) day {
	kind, _ := calendar.Day(d)
	on := day{date: d, stands: d, off: kind == Holiday}
	if i, ok := r.followOn(d); ok && !on.off {
		on.stands = r.follows[i].stands()
	}
	return on
}

func (r *Roster) followOn(d Date) (int, bool) {
	return slices.BinarySearchFunc(r.follows, d, func(f Follow, d Date) int { return f.Date.Compare(d) })
}

// heldOn appends what is held on d to list, in order of (start on the wall clock, ID, date of origin).
func (r *Roster) heldOn(list []planned, d Date, calendar Calendar) []planned {
	on := r.dayOf(d, calendar)
	sorted, from := true, len(list)
	add := func(p planned) {
		if p.source.touched {
			if v := r.revisions[sessionKey{p.source.ID, p.origin}]; v != nil {
				if v.on() != d {
					return // moved away
				}
				p.revision, sorted = v, false
			}
		}
		sorted = sorted && !p.holiday
		list = append(list, p)
	}
	own, stood := d.Weekday(), on.stands.Weekday()
	for _, s := range r.weekly[own] {
		if held, holiday := s.heldOn(on); held {
			add(planned{source: s, origin: d, holiday: holiday})
		}
	}
	ordered := len(list)
	if stood != own {
		for _, s := range r.weekly[stood] {
			if held, holiday := s.heldOn(on); held && !s.Repeat.Weekdays.Has(own) {
				add(planned{source: s, origin: d, holiday: holiday})
			}
		}
	}
	for _, s := range r.others {
		if held, holiday := s.heldOn(on); held && !s.Repeat.Weekdays.Has(own) && !s.Repeat.Weekdays.Has(stood) {
			add(planned{source: s, origin: d, holiday: holiday})
		}
	}
	i, _ := slices.BinarySearchFunc(r.extras, d, func(s *source, d Date) int { return s.date.Compare(d) })
	for ; i < len(r.extras) && r.extras[i].date == d; i++ {
		add(planned{source: r.extras[i], origin: d})
	}
	i, _ = slices.BinarySearchFunc(r.moved, d, func(v *Revision, d Date) int { return v.To.Compare(d) })
	for ; i < len(r.moved) && r.moved[i].To == d; i++ {
		if p, ok := r.heldAt(r.moved[i], calendar); ok {
			list = append(list, p)
		}
	}
	if !sorted || len(list) > ordered {
		slices.SortFunc(list[from:], func(a, b planned) int {
			x, _ := a.hours()
			y, _ := b.hours()
			return cmp.Or(x.Start.Compare(y.Start), cmp.Compare(a.source.ID, b.source.ID), a.origin.Compare(b.origin))
		})
	}
	return list
}

// heldAt is the session that v revises, if it was to be held at all.
func (r *Roster) heldAt(v *Revision, calendar Calendar) (planned, bool) {
	s := r.byID[v.Rule]
	if s.date.IsValid() {
		return planned{source: s, origin: v.Date, revision: v}, true // an extra session is on its date: NewRoster saw to it
	}
	held, holiday := s.heldOn(r.dayOf(v.Date, calendar))
	return planned{s, v.Date, holiday, v}, held
}

// heldOn reports whether a rule is held on a day, and whether in its holiday hours.
func (s *source) heldOn(on day) (held, holiday bool) {
	d := on.date
	if s.From.IsValid() && d.Before(s.From) || s.Until.IsValid() && d.After(s.Until) {
		return false, false
	}
	at := d
	if s.Holidays != OpenOnHolidays {
		if on.off && s.Holidays == ClosedOnHolidays {
			return false, false
		}
		if s.Repeat.Unit != CountDays && s.Repeat.MonthDays == 0 { // else it goes by its own date
			at = on.stands
		}
	}
	if !s.Repeat.on(at) {
		if _, listed := slices.BinarySearchFunc(s.Dates, d, Date.Compare); !listed {
			return false, false
		}
	}
	if _, closed := slices.BinarySearchFunc(s.Closed, d, Date.Compare); closed {
		return false, false
	}
	return true, on.off && s.Holidays == OtherHoursOnHolidays
}

// calendarFindings lists what the calendar, or the hospital's decisions about it, leave open in a range, and revisions of
// sessions that are not held. A roster that does not keep the calendar has nothing to ask of it.
func (r *Roster) calendarFindings(first, last Date, calendar Calendar) []Finding {
	var found []Finding
	for k, v := range r.revisions { //house:anyorder findings are sorted in the end
		if k.date.Before(first) || k.date.After(last) {
			continue
		}
		f := Finding{Kind: IdleRevision, Date: k.date, Session: k.rule + "/" + k.date.String()}
		if _, held := r.heldAt(v, calendar); held {
			f.Kind, f.Date = MovedOut, v.on()
		}
		if f.Kind == IdleRevision || v.on().Before(first) || v.on().After(last) {
			found = append(found, f)
		}
	}
	for _, s := range r.others {
		i, _ := slices.BinarySearchFunc(s.Dates, first, Date.Compare)
		for ; i < len(s.Dates) && !s.Dates[i].After(last); i++ {
			if held, _ := s.heldOn(r.dayOf(s.Dates[i], calendar)); !held {
				found = append(found, Finding{Kind: ListedNotHeld, Date: s.Dates[i], Session: s.ID + "/" + s.Dates[i].String()})
			}
		}
	}
	if !r.keepsCalendar {
		return found
	}
	unknown := 0 // the last year reported
	for d := first; d.IsValid() && !d.After(last); d = d.AddDays(1) {
		kind, _ := calendar.Day(d)
		year, _, _ := d.Civil()
		switch _, decided := r.followOn(d); {
		case kind == MakeUp && !decided:
			found = append(found, Finding{Kind: MakeUpUndecided, Date: d})
		case kind == Holiday && decided:
			found = append(found, Finding{Kind: IdleFollow, Date: d})
		}
		if kind == UnknownDay && year != unknown {
			unknown = year
			found = append(found, Finding{Kind: UnknownYear, Date: d})
		}
	}
	return found
}
