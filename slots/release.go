package slots

import (
	"fmt"
	"slices"
)

// Release is when the numbers of a session may be had, as a hospital publishes it: one value for many sessions. Windows
// resolves it for one of them; which Release a session has, by department or part of the day, the host says. An Ahead left zero
// is no such rule.
type Release struct {
	// Stages are when how much comes out (放号), in order of time; at least one, and the last is everything.
	Stages []Stage
	// Classes open later than the first stage: a channel, or a class of patients. A class that is not listed goes by the Stages.
	Classes []ClassOpening
	// Pauses are stretches in which nobody may book: from 17:00 of the day before until midnight.
	Pauses []Pause
	// Hours are the opening hours of the pool; none: always open.
	Hours []PoolHours
	// Close is when booking ends: "the morning's numbers until 11:00 of the day". Without it only LeadMinutes ends it.
	Close Ahead
	// LeadMinutes is how long before its own start a slot closes, 0 to MaxLeadMinutes.
	LeadMinutes int
	// CancelBy is the end of cancelling without consequence; or CancelLeadMinutes states it before the slot's own start.
	CancelBy          Ahead
	CancelLeadMinutes int
	// CheckInBy is until when one must have come; or CheckInLeadMinutes states it before the slot's own start.
	CheckInBy          Ahead
	CheckInLeadMinutes int
}

// Stage is a moment at which numbers come out.
type Stage struct {
	At      Ahead
	Percent int // of the session's units that are out from then on, rounded down: rising, and 100 at the last stage
}

// ClassOpening is the moment from which a class may book, if the first stage is past.
type ClassOpening struct {
	Class string
	At    Ahead
}

// Pause is a stretch of time in which nobody may book.
type Pause struct{ From, To Ahead }

// PoolHours are hours outside which no booking is taken. A request must lie in all lines that bind it: hours of a class narrow
// those of all, they do not widen them.
type PoolHours struct {
	Class string // of this class of requests, as a channel; empty: of all
	// Open are the hours of each day, not overlapping and not past midnight (write that as two); at least one.
	Open []Hours
	// SameDay says that they bind only bookings made on the day of the session itself (desk hours).
	SameDay bool
	// Weekdays on which they open; the empty set: every day.
	Weekdays Weekdays
	// ClosedOnHolidays says that they do not open on off days of the calendar (Holiday; a weekend is none).
	ClosedOnHolidays bool
}

// Limits of a Release.
const (
	MaxStages      = 8
	MaxLeadMinutes = 14 * 24 * 60
	maxReleaseList = 32 // classes, pauses and lines of hours
)

// Check reports everything that is wrong with r whatever the calendar. Moments counted in different days (calendar, working) are
// put in order only by Windows: there a pause may come to nothing around holidays, and so may the time to book.
func (r *Release) Check() error {
	var p problems
	p.within("Stages", len(r.Stages), 1, MaxStages)
	p.within("Classes", len(r.Classes), 0, maxReleaseList)
	p.within("Pauses", len(r.Pauses), 0, maxReleaseList)
	p.within("Hours", len(r.Hours), 0, maxReleaseList)
	if len(p) > 0 {
		return p.err()
	}
	for i, s := range r.Stages {
		p.under(fmt.Sprintf("Stages[%d].At.", i), s.At.Check())
		p.within(fmt.Sprintf("Stages[%d].Percent", i), s.Percent, 1, 100)
		if i > 0 && s.At.notAfter(r.Stages[i-1].At) {
			p.add("Stages[%d].At %v: want it after that of the stage before, %v", i, s.At, r.Stages[i-1].At)
		}
		if i > 0 && s.Percent <= r.Stages[i-1].Percent {
			p.add("Stages[%d].Percent %d: want more than the %d of the stage before", i, s.Percent, r.Stages[i-1].Percent)
		}
	}
	if r.Close.notAfter(r.Stages[0].At) {
		p.add("Close %v: not after the first stage, %v: nobody could ever book", r.Close, r.Stages[0].At)
	}
	if last := r.Stages[len(r.Stages)-1].Percent; last != 100 {
		p.add("Stages[%d].Percent %d: want 100 at the last stage", len(r.Stages)-1, last)
	}
	for i, c := range r.Classes {
		p.text(fmt.Sprintf("Classes[%d].Class", i), c.Class, true)
		p.under(fmt.Sprintf("Classes[%d].At.", i), c.At.Check())
		if slices.ContainsFunc(r.Classes[:i], func(o ClassOpening) bool { return o.Class == c.Class }) {
			p.add("Classes[%d].Class %q: twice", i, c.Class)
		}
	}
	for i, x := range r.Pauses {
		p.under(fmt.Sprintf("Pauses[%d].From.", i), x.From.Check())
		p.under(fmt.Sprintf("Pauses[%d].To.", i), x.To.Check())
		if x.To.notAfter(x.From) {
			p.add("Pauses[%d].To %v: want it after From %v", i, x.To, x.From)
		}
	}
	for i := range r.Hours {
		p.under(fmt.Sprintf("Hours[%d].", i), r.Hours[i].check())
	}
	r.checkEnds(&p)
	return p.err()
}

func (r *Release) checkEnds(p *problems) {
	for _, e := range [...]struct {
		field   string
		at      Ahead
		lead    string
		minutes int
	}{{"Close", r.Close, "LeadMinutes", r.LeadMinutes}, {"CancelBy", r.CancelBy, "CancelLeadMinutes", r.CancelLeadMinutes},
		{"CheckInBy", r.CheckInBy, "CheckInLeadMinutes", r.CheckInLeadMinutes}} {
		if e.at != (Ahead{}) {
			p.under(e.field+".", e.at.Check())
			if e.minutes != 0 && e.field != "Close" {
				p.add("%s %d: with %s; want one of the two", e.lead, e.minutes, e.field)
			}
		}
		p.within(e.lead, e.minutes, 0, MaxLeadMinutes)
	}
}

func (h *PoolHours) check() error {
	var p problems
	p.text("Class", h.Class, false)
	if v, wrong := set(h.Weekdays).wrong(1, 7); wrong {
		p.add("Weekdays %d: want Monday (1) to Sunday (7)", v)
	}
	p.within("Open", len(h.Open), 1, maxReleaseList)
	if len(h.Open) > maxReleaseList {
		return p.err()
	}
	for i, o := range h.Open {
		p.under(fmt.Sprintf("Open[%d].", i), o.check(Cut{Kind: CountedNumbers}, Clock{}))
		if o.Start.Minutes()+o.Minutes > 24*60 {
			p.add("Open[%d]: %v and %d minutes: past midnight; write it as two", i, o.Start, o.Minutes)
		}
		for j, e := range h.Open[:i] {
			if o.Start.Minutes() < e.Start.Minutes()+e.Minutes && e.Start.Minutes() < o.Start.Minutes()+o.Minutes {
				p.add("Open[%d] from %v: overlaps Open[%d] from %v", i, o.Start, j, e.Start)
			}
		}
	}
	return p.err()
}
