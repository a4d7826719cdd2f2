package slots

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Windows are a Release resolved for one session.
type Windows struct {
	// Out are the moments at which units come out, rising in both: a stage whose percentage makes no whole unit more is no outlet,
	// though later stages do not come before it. The last is all of the session's.
	Out []Outlet
	// Booking is when each class may book: first everyone (Class empty), then every class that the Release names, by name. Each
	// list of spans is in order, without overlap; it may be empty.
	Booking []ClassSpans
	// Close is when booking ends at the latest: the Release's Close, or the session's end where it says nothing. Pauses and
	// hours of the pool may end it sooner.
	Close Instant
	// CancelBy and CheckInBy are the deadlines; zero where the Release states none, or states it before the slot's start.
	CancelBy, CheckInBy Instant
}

// Outlet is a moment and how many units of the session are out from then on.
type Outlet struct {
	At    Instant
	Units int
}

// ClassSpans are the spans in which a class may book.
type ClassSpans struct {
	Class string
	Spans []Span
}

// Of returns when the class may book: its own spans, or those of everyone if the Release says nothing of the class.
func (w *Windows) Of(class string) []Span {
	if i, ok := slices.BinarySearchFunc(w.Booking, class, func(c ClassSpans, name string) int { return cmp.Compare(c.Class, name) }); ok {
		return w.Booking[i].Spans
	}
	if len(w.Booking) == 0 {
		return nil
	}
	return w.Booking[0].Spans
}

// Windows resolves r for a session. Stages that come to the same moment are one; one that comes out before an earlier one waits for it.
// What the Release says in days needs the calendar if it does not count calendar days, and so do hours that keep holidays: a
// day that it does not know is an *UnknownYearError. Other errors: r does not pass Check, or names moments outside the calendar.
// Cost: the days between the first stage and the close, times the openings of all lines of hours.
func (r *Release) Windows(s *Session, calendar Calendar, loc *time.Location) (Windows, error) {
	if err := r.Check(); err != nil {
		return Windows{}, err
	}
	v := resolver{release: r, session: s, calendar: calendar, loc: loc}
	w := Windows{Close: s.Span().To(), CancelBy: v.at("CancelBy", r.CancelBy), CheckInBy: v.at("CheckInBy", r.CheckInBy)}
	if at := v.at("Close", r.Close); at != 0 {
		w.Close = at
	}
	total, latest := s.Units(), Instant(0)
	for i, stage := range r.Stages {
		o := Outlet{v.at(fmt.Sprintf("Stages[%d].At", i), stage.At), total * stage.Percent / 100}
		n := len(w.Out)
		if o.Units == 0 || n > 0 && o.Units == w.Out[n-1].Units {
			latest = max(latest, o.At)
			continue
		}
		o.At = max(o.At, latest)
		if n > 0 && o.At <= w.Out[n-1].At {
			w.Out[n-1].Units = o.Units
			continue
		}
		w.Out = append(w.Out, o)
	}
	if len(w.Out) == 0 {
		return Windows{}, cmp.Or(v.err, fmt.Errorf("session %.60q: no units to come out", s.ID))
	}
	names := []string{""}
	for _, c := range r.Classes {
		names = append(names, c.Class)
	}
	for i := range r.Hours {
		names = append(names, r.Hours[i].Class)
	}
	slices.Sort(names)
	everyone := v.everyone(w.Out[0].At, w.Close)
	for _, name := range slices.Compact(names) {
		w.Booking = append(w.Booking, ClassSpans{name, v.spans(name, everyone)})
	}
	if v.err != nil {
		return Windows{}, v.err
	}
	return w, nil
}

// resolver resolves one Release for one session. It keeps the first error and goes on with zeros.
type resolver struct {
	release  *Release
	session  *Session
	calendar Calendar
	loc      *time.Location
	err      error
}

// at resolves an Ahead; 0 if it is not stated.
func (v *resolver) at(field string, a Ahead) Instant {
	if a == (Ahead{}) || v.err != nil {
		return 0
	}
	at, err := a.Instant(v.session.Date, v.calendar, v.loc)
	if err != nil {
		v.err = fmt.Errorf("%s of %q: %w", field, v.session.ID, err)
	}
	return at
}

// everyone is when those may book between from and to of whom the Release says nothing by name.
func (v *resolver) everyone(from, to Instant) []Span {
	if from >= to || v.err != nil {
		return nil
	}
	list := []Span{{from, int64(to - from)}}
	for i, p := range v.release.Pauses {
		from, to := v.at(fmt.Sprintf("Pauses[%d].From", i), p.From), v.at(fmt.Sprintf("Pauses[%d].To", i), p.To)
		list = without(list, []Span{{from, int64(to - from)}})
	}
	return v.inHours(list, "")
}

// spans is what of everyone's spans a class has: from its own opening on, in its own hours.
func (v *resolver) spans(class string, everyone []Span) []Span {
	if class == "" || len(everyone) == 0 {
		return everyone
	}
	list := everyone
	for _, c := range v.release.Classes {
		if c.Class == class {
			first := everyone[0].start
			list = without(list, []Span{{first, int64(max(first, v.at("Classes "+class, c.At)) - first)}})
		}
	}
	return v.inHours(list, class)
}

// inHours keeps what lies in the hours of the pool that are written for the class.
func (v *resolver) inHours(list []Span, class string) []Span {
	for i := range v.release.Hours {
		if h := &v.release.Hours[i]; h.Class == class {
			list = v.within(list, h)
		}
	}
	return list
}

// within keeps what of the list lies in the pool's hours h, or is not bound by them.
func (v *resolver) within(list []Span, h *PoolHours) []Span {
	if len(list) == 0 || v.err != nil {
		return nil
	}
	open := slices.SortedFunc(slices.Values(h.Open), func(a, b Hours) int { return a.Start.Compare(b.Start) })
	last := DateOf(list[len(list)-1].To()-1, v.loc)
	var closed []Span
	shut := func(from, to Instant) { closed = append(closed, Span{from, int64(to - from)}) }
	for d := DateOf(list[0].From(), v.loc); d.IsValid() && !d.After(last); d = d.AddDays(1) {
		midnight, _ := locate(d, 0, v.loc)
		end, _ := locate(d, 24*60, v.loc)
		if h.SameDay && d != v.session.Date {
			continue
		}
		if h.Weekdays != 0 && !h.Weekdays.Has(d.Weekday()) {
			shut(midnight, end)
			continue
		}
		if h.ClosedOnHolidays {
			kind, _ := v.calendar.Day(d)
			if kind == UnknownDay {
				year, _, _ := d.Civil()
				v.err = fmt.Errorf("Hours of %q: %w", v.session.ID, &UnknownYearError{Year: year, Date: d})
				return nil
			}
			if kind == Holiday {
				shut(midnight, end)
				continue
			}
		}
		at := midnight
		for _, o := range open {
			from, _ := locate(d, o.Start.Minutes(), v.loc)
			shut(at, from)
			at, _ = locate(d, o.Start.Minutes()+o.Minutes, v.loc)
		}
		shut(at, end)
	}
	return without(list, closed)
}

// without cuts the closed spans, in order and without overlap but some perhaps empty, out of the list.
func without(list, closed []Span) (left []Span) {
	i := 0
	for _, s := range list {
		for ; i < len(closed) && closed[i].To() <= s.start; i++ {
		}
		for j := i; j < len(closed) && closed[j].start < s.To(); j++ {
			if c := closed[j]; c.seconds > 0 {
				if c.start > s.start {
					left = append(left, Span{s.start, int64(c.start - s.start)})
				}
				s = Span{max(s.start, c.To()), max(0, int64(s.To()-max(s.start, c.To())))}
			}
		}
		if s.seconds > 0 {
			left = append(left, s)
		}
	}
	return left
}
