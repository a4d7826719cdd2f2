package noshow

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Unit is what a Term is counted in. The zero Unit is invalid.
type Unit uint8

// The units.
const (
	// Days: n days, the first one included: 30 days from 1 June end before 1 July.
	Days Unit = 1 + iota
	// Months: to the same day of the month n months later, or that month's last day where it has no such day:
	// 6 months from 31 August end before 28 February.
	Months
	// CalendarMonths: to the end of the n-th calendar month, the running one being the first.
	CalendarMonths
	// CalendarQuarters: likewise with January–March, April–June, July–September, October–December.
	CalendarQuarters
	// CalendarHalfYears: likewise with January–June and July–December.
	CalendarHalfYears
	// CalendarYears: likewise with calendar years.
	CalendarYears
	// Forever: without end; its count is 0.
	Forever
)

var unitNames = [...]string{"day", "month", "calendar month", "calendar quarter", "calendar half-year", "calendar year", "forever"}

// IsValid reports whether u is one of the units.
func (u Unit) IsValid() bool { return isListed(unitNames[:], uint8(u)) }

// String returns day, month, calendar month, ….
func (u Unit) String() string { return nameIn(unitNames[:], "Unit", uint8(u)) }

// MaxTermCount is the most units that a Term may have.
const MaxTermCount = 9999

// LastDay is 9999-12-31, the last day of the calendar: the Until of whatever has no end.
func LastDay() slots.Date { return slots.DateFromNumber(lastDayNumber) }

const lastDayNumber = 3652059

// Term is how long something lasts from a day on. One mechanism serves both uses that rules make of it: how
// long an incident is remembered (within a rolling "3 months" or a "1 calendar year"), and how long an effect
// lasts ("6 months", or the rest of the month: "1 calendar month"). The zero Term is invalid.
type Term struct {
	// Count is 1 to MaxTermCount; 0 exactly for Forever.
	Count int
	// Unit is what Count counts.
	Unit Unit
}

// IsValid reports whether t is a term.
func (t Term) IsValid() bool {
	if t.Unit == Forever {
		return t.Count == 0
	}
	return t.Unit.IsValid() && t.Count >= 1 && t.Count <= MaxTermCount
}

// Until returns the first day after the term that begins on from, at most LastDay; the zero Date for an
// invalid term or date. A later from never gives an earlier Until. Constant cost.
func (t Term) Until(from slots.Date) slots.Date {
	if !t.IsValid() || !from.IsValid() {
		return slots.Date{}
	}
	until := slots.Date{}
	switch t.Unit {
	case Days:
		until = from.AddDays(t.Count)
	case Months:
		until = addMonths(from, t.Count)
	case CalendarMonths:
		until = afterPeriod(from, 1, t.Count)
	case CalendarQuarters:
		until = afterPeriod(from, 3, t.Count)
	case CalendarHalfYears:
		until = afterPeriod(from, 6, t.Count)
	case CalendarYears:
		until = afterPeriod(from, 12, t.Count)
	}
	if !until.IsValid() { // Forever, or past the calendar's end
		return LastDay()
	}
	return until
}

// String returns "3 months", "1 calendar year" or "forever".
func (t Term) String() string {
	switch {
	case !t.IsValid():
		return fmt.Sprintf("Term(%d %s)", t.Count, t.Unit)
	case t.Unit == Forever:
		return t.Unit.String()
	case t.Count == 1:
		return "1 " + t.Unit.String()
	}
	return strconv.Itoa(t.Count) + " " + t.Unit.String() + "s"
}

// ParseTerm reads exactly what String gives for a valid Term.
func ParseTerm(s string) (Term, error) {
	if s == Forever.String() {
		return Term{Unit: Forever}, nil
	}
	number, rest, _ := strings.Cut(s, " ")
	count, err := strconv.Atoi(number)
	if err == nil {
		for u := Days; u < Forever; u++ {
			if t := (Term{count, u}); t.IsValid() && strings.HasPrefix(rest, u.String()) && t.String() == s {
				return t, nil
			}
		}
	}
	return Term{}, fmt.Errorf(`term %q: want "3 months", "1 calendar year", …, "forever"; count 1 to %d`, s, MaxTermCount)
}

// MarshalText gives what String gives; an invalid term is an error.
func (t Term) MarshalText() ([]byte, error) {
	if !t.IsValid() {
		return nil, fmt.Errorf("term: %s is not one", t)
	}
	return []byte(t.String()), nil
}

// UnmarshalText is ParseTerm.
func (t *Term) UnmarshalText(b []byte) error {
	v, err := ParseTerm(string(b))
	if err == nil {
		*t = v
	}
	return err
}

// addMonths keeps the day of the month, or takes the month's last day where there is no such day.
func addMonths(d slots.Date, months int) slots.Date {
	year, month, day := d.Civil()
	month += months - 1
	year, month = year+month/12, month%12+1
	for ; day > 0; day-- { // at most four steps: a month has 28 days at least
		if to, err := slots.NewDate(year, month, day); err == nil {
			return to
		}
		if day <= 28 {
			break
		}
	}
	return slots.Date{}
}

// afterPeriod returns the first day after the n-th period of so many months, the one that holds d being the first.
func afterPeriod(d slots.Date, monthsEach, n int) slots.Date {
	year, month, _ := d.Civil()
	next := ((month-1)/monthsEach + n) * monthsEach // months since January of year
	to, err := slots.NewDate(year+next/12, next%12+1, 1)
	if err != nil {
		return slots.Date{}
	}
	return to
}
