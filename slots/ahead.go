package slots

import (
	"fmt"
	"time"
)

// Ahead is a moment stated as people state it: so many days before the date of a session, at a clock. It says when
// numbers are released ("15 days ahead at 20:00"), until when they are booked ("until 17:00 the day before") and until
// when they are cancelled without consequence. Moments relative to the slot's own start ("30 minutes before") are
// not of this kind. Two settings that sound alike: 20:00 fifteen days ahead is Days 15; 20:00 on the evening before the 15th day
// ahead is Days 16.
type Ahead struct {
	Days int // 0 is the day of the session itself; at most MaxDaysAhead
	Unit DayUnit
	At   Clock
}

// DayUnit says what counts as a day ahead.
type DayUnit uint8

// The units of Ahead.
const (
	// CalendarDays: every day counts.
	CalendarDays DayUnit = 1 + iota
	// WorkingDays: only days that the calendar knows as worked count, make-up days included.
	WorkingDays
	// DaysExceptHolidays: every day counts but the off days of notices; weekends do.
	DaysExceptHolidays
)

// IsValid reports whether u is one of the three.
func (u DayUnit) IsValid() bool { return u >= CalendarDays && u <= DaysExceptHolidays }

// String returns "calendar days", "working days" or "days except holidays".
func (u DayUnit) String() string {
	switch u {
	case CalendarDays:
		return "calendar days"
	case WorkingDays:
		return "working days"
	case DaysExceptHolidays:
		return "days except holidays"
	}
	return fmt.Sprintf("DayUnit(%d)", uint8(u))
}

// MaxDaysAhead bounds Ahead.Days.
const MaxDaysAhead = 400

// Check reports everything that is wrong with a.
func (a Ahead) Check() error {
	var p problems
	p.within("Days", a.Days, 0, MaxDaysAhead)
	if !a.Unit.IsValid() {
		p.add("Unit %d: want CalendarDays, WorkingDays or DaysExceptHolidays", uint8(a.Unit))
	}
	return p.err()
}

// String returns "15 calendar days ahead at 20:00".
func (a Ahead) String() string { return fmt.Sprintf("%d %v ahead at %v", a.Days, a.Unit, a.At) }

// notAfter reports whether a is certain not to come after b: both are stated, and counted alike.
func (a Ahead) notAfter(b Ahead) bool {
	return a.Unit.IsValid() && a.Unit == b.Unit && (a.Days > b.Days || a.Days == b.Days && a.At.Compare(b.At) <= 0)
}

// Instant returns the moment for sessions of the given date. At a clock that loc skips it is the moment of the
// jump, at one that occurs twice the first. CalendarDays do not ask the calendar; for the others a day that it does not know is
// an *UnknownYearError. Other errors: a that does not pass Check, a date outside the calendar, no location.
func (a Ahead) Instant(date Date, calendar Calendar, loc *time.Location) (Instant, error) {
	if err := a.Check(); err != nil {
		return 0, err
	}
	day, err := date.AddDays(-a.Days), error(nil)
	switch a.Unit {
	case WorkingDays:
		day, err = calendar.AddWorkingDays(date, -a.Days)
	case DaysExceptHolidays:
		day, err = calendar.addDays(date, -a.Days, func(kind DayKind) bool { return kind != Holiday })
	}
	if err != nil {
		return 0, err
	}
	if loc == nil || !day.AddDays(a.At.Minutes()/(24*60)).IsValid() {
		return 0, fmt.Errorf("%d %v ahead of %v in %v: want a date and a location", a.Days, a.Unit, date, loc)
	}
	at, _ := locate(day, a.At.Minutes(), loc)
	return at, nil
}
