package slots

import (
	"fmt"
	"slices"
)

// Calendar knows which days are off, which days of rest are worked (调休), and for which years it knows. A year that nobody has
// published yet is unknown, which is not the same as a year without holidays. The zero Calendar knows nothing.
// A Calendar never changes and may be copied.
type Calendar struct {
	years   []int         // known, ascending
	days    []CalendarDay // ascending by date
	weekend [8]bool
}

// CalendarConfig is a calendar as data, of any country: whatever reads its notices fills this in, as ReadHolidayCN does for one.
type CalendarConfig struct {
	Years   []int         // the years whose days off are published, 1 to 9999
	Days    []CalendarDay // days that differ from their weekday; may lie outside Years and are known all the same
	Weekend []Weekday     // the weekly days of rest; empty means none
}

// CalendarDay is one day of a notice: Holiday or MakeUp.
type CalendarDay struct {
	Date Date
	Kind DayKind
	Name string // the holiday's name, also on its make-up day
}

// DayKind says what a day is for those who keep the calendar.
type DayKind uint8

// The kinds of day.
const (
	// WorkingDay: an ordinary working day.
	WorkingDay DayKind = 1 + iota
	// RestDay: a weekly day of rest.
	RestDay
	// Holiday: an off day by notice, whatever its weekday. Wherever this package says off day, it means this: a RestDay is none.
	Holiday
	// MakeUp: a day worked by notice in exchange for an off day, whatever its weekday.
	MakeUp
	// UnknownDay: a day of a year that is not published; anything may yet be decided about it.
	UnknownDay
)

var dayKindNames = [...]string{"", "working day", "rest day", "holiday", "make-up day", "unknown"}

// IsValid reports whether k is one of the kinds.
func (k DayKind) IsValid() bool { return k >= WorkingDay && k <= UnknownDay }

// String returns working day, rest day, holiday, make-up day or unknown.
func (k DayKind) String() string {
	if !k.IsValid() {
		return fmt.Sprintf("DayKind(%d)", uint8(k))
	}
	return dayKindNames[k]
}

// MaxCalendarDays bounds the entries of a calendar.
const MaxCalendarDays = 100_000

// NewCalendar checks and copies c. It reports all problems at once, joined.
func NewCalendar(c CalendarConfig) (Calendar, error) {
	var p problems
	if n := len(c.Days); n > MaxCalendarDays {
		p.add("Days %d: want at most %d", n, MaxCalendarDays)
		return Calendar{}, p.err()
	}
	var k Calendar
	for i, y := range c.Years {
		p.within(fmt.Sprintf("Years[%d]", i), y, 1, 9999)
	}
	for i, w := range c.Weekend {
		if !w.IsValid() {
			p.add("Weekend[%d] %d: want Monday (1) to Sunday (7)", i, uint8(w))
		} else if k.weekend[w] {
			p.add("Weekend[%d] %v: twice", i, w)
		} else {
			k.weekend[w] = true
		}
	}
	for i, d := range c.Days {
		if !d.Date.IsValid() {
			p.add("Days[%d]: Date %v: want a date", i, d.Date)
		}
		if d.Kind != Holiday && d.Kind != MakeUp {
			p.add("Days[%d] %v: Kind %v: want Holiday or MakeUp", i, d.Date, d.Kind)
		}
		p.text(fmt.Sprintf("Days[%d] %v: Name", i, d.Date), d.Name, false)
	}
	k.days = slices.SortedFunc(slices.Values(c.Days), func(a, b CalendarDay) int { return a.Date.Compare(b.Date) })
	for i := 1; i < len(k.days); i++ {
		if d := k.days[i].Date; d == k.days[i-1].Date && d.IsValid() {
			p.add("Days: Date %v: twice", d)
		}
	}
	k.years = slices.Compact(slices.Sorted(slices.Values(c.Years)))
	if err := p.err(); err != nil {
		return Calendar{}, err
	}
	return k, nil
}

// Knows reports whether the days off of the year are published.
func (k Calendar) Knows(year int) bool {
	_, ok := slices.BinarySearch(k.years, year)
	return ok
}

// Day returns what d is, with the holiday's name if a notice names the day. It costs two binary searches.
func (k Calendar) Day(d Date) (DayKind, string) {
	i, ok := slices.BinarySearchFunc(k.days, d, func(e CalendarDay, d Date) int { return e.Date.Compare(d) })
	if ok {
		return k.days[i].Kind, k.days[i].Name
	}
	if year, _, _ := d.Civil(); !k.Knows(year) {
		return UnknownDay, ""
	}
	if k.weekend[d.Weekday()] {
		return RestDay, ""
	}
	return WorkingDay, ""
}

// IsWorking reports whether d is worked: a working day or a make-up day. A day that is not known is an *UnknownYearError.
func (k Calendar) IsWorking(d Date) (bool, error) {
	kind, _ := k.Day(d)
	if kind == UnknownDay {
		year, _, _ := d.Civil()
		return false, &UnknownYearError{Year: year, Date: d}
	}
	return kind == WorkingDay || kind == MakeUp, nil
}

// MaxWorkingDays bounds the steps of AddWorkingDays.
const MaxWorkingDays = 1000

// AddWorkingDays returns the n-th working day after d, or before d if n is negative; d itself, worked or not, if n is 0.
// So -1 from a Monday is the Friday before, or the Saturday if that is a make-up day. It fails if a day that it has to
// pass is not known (*UnknownYearError), if it leaves the calendar, or if n is beyond MaxWorkingDays or the days passed
// are beyond four times that. Cost: one Day for each day passed.
func (k Calendar) AddWorkingDays(d Date, n int) (Date, error) {
	return k.addDays(d, n, func(kind DayKind) bool { return kind == WorkingDay || kind == MakeUp })
}

// addDays counts the days whose kind counts, as AddWorkingDays does.
func (k Calendar) addDays(d Date, n int, counts func(DayKind) bool) (Date, error) {
	if !d.IsValid() || n > MaxWorkingDays || n < -MaxWorkingDays {
		return Date{}, fmt.Errorf("days: %d from %v: want a date and %d to %d", n, d, -MaxWorkingDays, MaxWorkingDays)
	}
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	at := d
	for passed := 0; n > 0; passed++ {
		at = at.AddDays(step)
		if !at.IsValid() || passed > 4*MaxWorkingDays {
			return Date{}, fmt.Errorf("days: none left from %v", d)
		}
		kind, _ := k.Day(at)
		if kind == UnknownDay {
			year, _, _ := at.Civil()
			return Date{}, &UnknownYearError{Year: year, Date: at}
		}
		if counts(kind) {
			n--
		}
	}
	return at, nil
}

// UnknownYearError says that an answer needs the calendar of a year that is not published.
type UnknownYearError struct {
	Year int
	Date Date // the first day that was needed
}

// Error names the year and the day.
func (e *UnknownYearError) Error() string {
	return fmt.Sprintf("calendar of %d is not known, needed for %v", e.Year, e.Date)
}
