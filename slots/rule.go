package slots

import (
	"fmt"
	"slices"
)

// Rule is one weekly line of a roster. A plain struct: fill it in, NewRoster checks it.
type Rule struct {
	// ID is unique among rules and extra sessions. With a date it is the identity of a session, so it must outlive
	// edits of all the other fields.
	ID        string
	Line      Line
	Resources []string // a physician; or machine, room and technician. Attributes, not identity; a set.
	Weekday   Weekday
	Part      string // the hospital's own label of the part of the day (午别); may be empty
	Start     Clock
	Minutes   int // of the wall clock, 1 to 1440; may run past midnight
	Cut       Cut
	Holidays  Holidays
	From      Date   // first date it is valid; the zero Date: since ever
	Until     Date   // last date it is valid, included; the zero Date: no end
	Closed    []Date // dates on which it is not held
}

// Holidays says how a rule meets the calendar.
type Holidays uint8

// The ways to meet the calendar.
const (
	// ClosedOnHolidays: not held on off days; on a make-up working day it is held if its weekday is the one that
	// the day follows (see RosterConfig.Follows).
	ClosedOnHolidays Holidays = 1 + iota
	// OpenOnHolidays: held on its weekday whatever the calendar says (无假日门诊).
	OpenOnHolidays
)

// IsValid reports whether h is one of the two.
func (h Holidays) IsValid() bool { return h == ClosedOnHolidays || h == OpenOnHolidays }

// String returns "closed on holidays" or "open on holidays".
func (h Holidays) String() string {
	switch h {
	case ClosedOnHolidays:
		return "closed on holidays"
	case OpenOnHolidays:
		return "open on holidays"
	}
	return fmt.Sprintf("Holidays(%d)", uint8(h))
}

// Extra is a session on one date beside the weekly rules. It is held whatever the calendar says; leave still
// removes it.
type Extra struct {
	ID        string // unique among rules and extra sessions
	Line      Line
	Resources []string
	Date      Date
	Part      string
	Start     Clock
	Minutes   int
	Cut       Cut
}

// Follow says which weekday's timetable a date runs: the hospital's decision for a make-up working day (调休). It
// touches only rules that are ClosedOnHolidays, and never opens an off day.
type Follow struct {
	Date    Date
	Weekday Weekday
}

// source is a rule or extra session, checked and compiled.
type source struct {
	Rule
	date   Date // of an extra session; zero for a rule
	pieces []piece
	unused int       // minutes at the end without a slot
	leaves [][]Leave // its own and those of its resources; shared with other sources, only read
}

func (s *source) check() error {
	var p problems
	p.text("ID", s.ID, true)
	p.text("Line.Department", s.Line.Department, true)
	p.text("Line.Service", s.Line.Service, false)
	p.text("Line.Site", s.Line.Site, false)
	p.text("Line.Room", s.Line.Room, false)
	p.text("Line.Fee", s.Line.Fee, false)
	p.text("Part", s.Part, false)
	if !s.Line.Kind.IsValid() {
		p.add("Line.Kind %d: want General to Joint", uint8(s.Line.Kind))
	}
	if !s.Line.Grade.IsValid() {
		p.add("Line.Grade %d: want NoGrade to Chief", uint8(s.Line.Grade))
	}
	if s.Start.Minutes() == MaxSessionMinutes {
		p.add("Start %v: want 00:00 to 23:59", s.Start)
	}
	p.within("Minutes", s.Minutes, 1, MaxSessionMinutes)
	if s.Minutes >= 1 && s.Minutes <= MaxSessionMinutes {
		p.under("", s.Cut.Check(s.Minutes))
	}
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

// checkWeekly reports what is wrong with the fields that only rules have.
func (s *source) checkWeekly() error {
	var p problems
	if !s.Weekday.IsValid() {
		p.add("Weekday %d: want Monday (1) to Sunday (7)", uint8(s.Weekday))
	}
	if !s.Holidays.IsValid() {
		p.add("Holidays %d: want ClosedOnHolidays or OpenOnHolidays", uint8(s.Holidays))
	}
	if s.From.IsValid() && s.Until.IsValid() && s.Until.Before(s.From) {
		p.add("Until %v: before From %v", s.Until, s.From)
	}
	for i, d := range s.Closed {
		if !d.IsValid() {
			p.add("Closed[%d] %v: want a date", i, d)
		}
	}
	return p.err()
}

// MaxResources bounds the resources of one session.
const MaxResources = 16
