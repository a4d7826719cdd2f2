package slots

import (
	"fmt"
	"slices"
)

// Rule is one repeating line of a roster. A plain struct: fill it in, NewRoster checks it. A physician may have any number of
// them, also several a day; one rule has at most one session a date.
type Rule struct {
	// ID is unique among rules and extra sessions. With a date it is the identity of a session, so it must outlive
	// edits of all the other fields.
	ID        string
	Line      Line
	Resources []string // a physician; or machine, room and technician. Attributes, not identity; a set.
	Repeat    Repeat   // the dates it is held on; may be zero if there are Dates
	Dates     []Date   // further dates, listed one by one
	Part      string   // the hospital's own label of the part of the day (午别); may be empty
	Start     Clock
	Minutes   int // of the wall clock, 1 to 1440; may run past midnight
	Cut       Cut
	Blocks    []Block // breaks, and stretches cut in another way
	Holidays  Holidays
	// HolidayHours are the other hours of a rule with OtherHoursOnHolidays; zero for all others.
	HolidayHours Hours
	From         Date   // first date it is valid; the zero Date: since ever
	Until        Date   // last date it is valid, included; the zero Date: no end
	Closed       []Date // dates on which it is not held
}

// Hours are a stretch of a day: from a clock, so many minutes, perhaps past midnight. Both are always given: the zero Hours are none.
type Hours struct {
	Start   Clock
	Minutes int
}

// Holidays says how a rule meets the calendar; so it is set per service, as finely as rules are written.
type Holidays uint8

// The ways to meet the calendar.
const (
	// ClosedOnHolidays: not held on off days; on a make-up working day it is held if its dates are those that
	// the day follows (see RosterConfig.Follows).
	ClosedOnHolidays Holidays = 1 + iota
	// OpenOnHolidays: held on its dates whatever the calendar says (无假日门诊).
	OpenOnHolidays
	// OtherHoursOnHolidays: as ClosedOnHolidays, but on off days that are its own dates it is held in its HolidayHours.
	OtherHoursOnHolidays
)

// IsValid reports whether h is one of the three.
func (h Holidays) IsValid() bool { return h >= ClosedOnHolidays && h <= OtherHoursOnHolidays }

// String returns "closed on holidays", "open on holidays" or "other hours on holidays".
func (h Holidays) String() string {
	switch h {
	case ClosedOnHolidays:
		return "closed on holidays"
	case OpenOnHolidays:
		return "open on holidays"
	case OtherHoursOnHolidays:
		return "other hours on holidays"
	}
	return fmt.Sprintf("Holidays(%d)", uint8(h))
}

// Extra is a session on one date beside the rules. It is held whatever the calendar says; leave and closures still remove it.
type Extra struct {
	ID        string // unique among rules and extra sessions
	Line      Line
	Resources []string
	Date      Date
	Part      string
	Start     Clock
	Minutes   int
	Cut       Cut
	Blocks    []Block
}

// Limits of one rule or extra session.
const (
	MaxResources = 16    // resources of one session
	MaxDates     = 5_000 // dates listed in one rule, and dates closed
)

// source is a rule or extra session, checked and compiled.
type source struct {
	Rule
	date    Date    // of an extra session; zero for a rule
	usual   *layout // of its own hours
	holiday *layout // of its HolidayHours
	needs   []need  // resources and room
	// touched: leave, closures, substitutes or revisions of the roster may concern it, on some date.
	touched bool
}

func (s *source) check() error {
	var p problems
	p.text("ID", s.ID, true)
	p.under("Line.", s.Line.check())
	p.text("Part", s.Part, false)
	if s.Start.Minutes() == MaxSessionMinutes {
		p.add("Start %v: want 00:00 to 23:59", s.Start)
	}
	p.within("Minutes", s.Minutes, 1, MaxSessionMinutes)
	minutes := s.Minutes
	if minutes < 1 || minutes > MaxSessionMinutes {
		minutes = MaxSessionMinutes // so that what else is wrong is told at once
	}
	p.under("", s.Cut.Check(minutes))
	checkBlocks(s.Blocks, s.Start, minutes, s.Cut, &p)
	p.within("Resources", len(s.Resources), 0, MaxResources)
	for i, r := range s.Resources {
		p.text(fmt.Sprintf("Resources[%d]", i), r, true)
		if slices.Contains(s.Resources[:i], r) {
			p.add("Resources[%d] %q: twice", i, r)
		}
		if i > MaxResources {
			break
		}
	}
	return p.err()
}

// checkRepeating reports what is wrong with the fields that only rules have.
func (s *source) checkRepeating() error {
	var p problems
	if s.Repeat != (Repeat{}) {
		p.under("Repeat.", s.Repeat.Check())
	} else if len(s.Dates) == 0 {
		p.add("Repeat, Dates: want at least one of the two, or it is never held")
	}
	p.within("Dates", len(s.Dates), 0, MaxDates)
	p.within("Closed", len(s.Closed), 0, MaxDates)
	if len(s.Dates) > MaxDates || len(s.Closed) > MaxDates {
		return p.err()
	}
	for i, d := range s.Dates {
		if !d.IsValid() {
			p.add("Dates[%d] %v: want a date", i, d)
		}
	}
	for i, d := range s.Closed {
		if !d.IsValid() {
			p.add("Closed[%d] %v: want a date", i, d)
		}
	}
	if !s.Holidays.IsValid() {
		p.add("Holidays %d: want ClosedOnHolidays, OpenOnHolidays or OtherHoursOnHolidays", uint8(s.Holidays))
	}
	switch h := s.HolidayHours; {
	case s.Holidays == OtherHoursOnHolidays:
		p.under("HolidayHours.", h.check(s.Cut, s.Start))
	case h != Hours{}:
		p.add("HolidayHours %v and %d minutes: only OtherHoursOnHolidays has them", h.Start, h.Minutes)
	}
	if s.From.IsValid() && s.Until.IsValid() && s.Until.Before(s.From) {
		p.add("Until %v: before From %v", s.Until, s.From)
	}
	return p.err()
}

// check reports what is wrong with h as the hours of a session that is cut by c and usually starts at usual. A start that was
// forgotten would be midnight: it is refused where midnight is not what the session is used to.
func (h Hours) check(c Cut, usual Clock) error {
	var p problems
	if h.Start.Minutes() == MaxSessionMinutes {
		p.add("Start %v: want 00:00 to 23:59", h.Start)
	}
	p.within("Minutes", h.Minutes, 1, MaxSessionMinutes)
	if usual != (Clock{}) && h.Start == (Clock{}) {
		p.add("Start %v: give the start, also where only the minutes change; only a session from 00:00 has other hours from 00:00", h.Start)
	}
	if first := c.shortest(); len(p) == 0 && h.Minutes < first {
		p.add("Minutes %d: no slot of %d fits", h.Minutes, first)
	}
	return p.err()
}

// shortest is the least length of a session of which c makes something: a slot, a segment, or one expected stay.
func (c Cut) shortest() int {
	if c.Kind == MixedSlots {
		return int(c.Steps[0].Minutes)
	}
	return c.Minutes
}
