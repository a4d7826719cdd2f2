package booking

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/haoyuan-go/haoyuan/slots"
)

// MaxAgeYears bounds ages: nobody is that old, but a birth date with a wrong century is.
const MaxAgeYears = 150

const (
	maxAgeMonths = MaxAgeYears * 12
	maxAgeDays   = MaxAgeYears * 365 // of a bound: somebody of that age has not yet had the last birthday
)

// Age is how old somebody is on one day, in completed days and in completed months at once, because rules ask for both and
// neither follows from the other. Ages compare with ==. The zero Age is invalid; a newborn's is not.
type Age struct {
	bornDays int32 // one more than the completed days, so that the zero value is no age
	months   int32
}

// NewAge is the age on a date of who was born on another. A month is complete on the day of the birth day's number; in a month
// without that number, on the first of the next: who was born on 29 February is a year older on 1 March. The error says
// which date is none, that birth comes after the date, or that the age is MaxAgeYears or more.
func NewAge(born, on slots.Date) (Age, error) {
	var all []error
	if !born.IsValid() {
		all = append(all, fmt.Errorf("born %v", born))
	}
	if !on.IsValid() {
		all = append(all, fmt.Errorf("on %v", on))
	}
	if len(all) > 0 {
		return Age{}, errors.Join(all...)
	}
	if on.Before(born) {
		return Age{}, fmt.Errorf("born %v: after %v", born, on)
	}
	year, month, day := born.Civil()
	y, m, d := on.Civil()
	months := (y-year)*12 + m - month
	if d < day {
		months--
	}
	if months >= maxAgeMonths {
		return Age{}, fmt.Errorf("born %v: %d years before %v, want less than %d", born, months/12, on, MaxAgeYears)
	}
	return Age{int32(on.Sub(born)) + 1, int32(months)}, nil
}

// IsValid reports whether a is an age at all.
func (a Age) IsValid() bool { return a.bornDays > 0 }

// Days is the number of completed days; -1 for no age.
func (a Age) Days() int { return int(a.bornDays) - 1 }

// Months is the number of completed months.
func (a Age) Months() int { return int(a.months) }

// Years is the number of completed years (周岁).
func (a Age) Years() int { return int(a.months / 12) }

// String returns 9 days, or 14 years 2 months (5178 days), or no age.
func (a Age) String() string {
	switch {
	case !a.IsValid():
		return "no age"
	case a.months == 0:
		return fmt.Sprintf("%d days", a.Days())
	}
	return fmt.Sprintf("%d years %d months (%d days)", a.months/12, a.months%12, a.Days())
}

// AgeUnit is what a bound of age counts. The zero AgeUnit is invalid.
type AgeUnit uint8

// The units.
const (
	InDays AgeUnit = 1 + iota
	InMonths
	InYears
)

var unitWords = [...]string{"", "days", "months", "years"}

// IsValid reports whether u is one of the three.
func (u AgeUnit) IsValid() bool { return u >= InDays && u <= InYears }

// String returns days, months or years.
func (u AgeUnit) String() string {
	if !u.IsValid() {
		return fmt.Sprintf("AgeUnit(%d)", uint8(u))
	}
	return unitWords[u]
}

// AgeBound is a birthday at which something begins or ends: 28 days, 6 months, 14 years. The zero AgeBound is no bound.
type AgeBound struct {
	Count int // at least 1, and less than MaxAgeYears in its unit
	Unit  AgeUnit
}

// Days is the bound of so many completed days.
func Days(count int) AgeBound { return AgeBound{count, InDays} }

// Months is the bound of so many completed months.
func Months(count int) AgeBound { return AgeBound{count, InMonths} }

// Years is the bound of so many completed years.
func Years(count int) AgeBound { return AgeBound{count, InYears} }

// IsSet reports whether b is a bound at all.
func (b AgeBound) IsSet() bool { return b != AgeBound{} }

// String returns 14 years, or nothing for no bound.
func (b AgeBound) String() string {
	if !b.IsSet() {
		return ""
	}
	return fmt.Sprintf("%d %v", b.Count, b.Unit)
}

// ParseAgeBound is the inverse of String: a count without leading zeros, one space, and days, months or years.
func ParseAgeBound(s string) (AgeBound, error) {
	if s == "" {
		return AgeBound{}, nil
	}
	count, unit, _ := strings.Cut(s, " ")
	n, err := strconv.Atoi(count)
	for u := InDays; u <= InYears; u++ {
		b := AgeBound{n, u}
		if err == nil && unit == u.String() && b.String() == s && b.IsValid() {
			return b, nil
		}
	}
	return AgeBound{}, fmt.Errorf("age %q: want such as 28 days, 6 months or %d years at most", s, MaxAgeYears-1)
}

// IsValid reports whether b is an age that somebody can reach: at least 1 and less than MaxAgeYears, in a unit that there is.
func (b AgeBound) IsValid() bool {
	most := [...]int{0, maxAgeDays, maxAgeMonths - 1, MaxAgeYears - 1}
	return b.Unit.IsValid() && b.Count >= 1 && b.Count <= most[b.Unit]
}

// Reached reports whether somebody of that age has reached the bound. No age reaches none, and every age reaches no bound.
func (b AgeBound) Reached(a Age) bool {
	switch b.Unit {
	case InDays:
		return a.Days() >= b.Count
	case InMonths:
		return a.Months() >= b.Count
	case InYears:
		return a.Years() >= b.Count
	}
	return !b.IsSet()
}

// AgeRange is half-open: from the one bound on, until before the other. {Until: Years(14)} is who has not had the fourteenth
// birthday. A bound that is not set does not limit.
type AgeRange struct {
	From, Until AgeBound
}

// String returns from 28 days, until 14 years, both, or any age.
func (r AgeRange) String() string {
	var parts []string
	if r.From.IsSet() {
		parts = append(parts, "from "+r.From.String())
	}
	if r.Until.IsSet() {
		parts = append(parts, "until "+r.Until.String())
	}
	if len(parts) == 0 {
		return "any age"
	}
	return strings.Join(parts, " ")
}

// Has reports whether somebody of that age is within the range.
func (r AgeRange) Has(a Age) bool {
	return a.IsValid() && r.From.Reached(a) && !(r.Until.IsSet() && r.Until.Reached(a))
}

// problems are those of a range, whose fields are named after prefix. Days and months have no common order everywhere, so only bounds of
// one unit, or of years and months, are compared.
func (r AgeRange) problems(prefix string) (all []error) {
	for _, b := range [...]struct {
		field string
		bound AgeBound
	}{{"From", r.From}, {"Until", r.Until}} {
		if b.bound.IsSet() && !b.bound.IsValid() {
			all = append(all, fmt.Errorf("%s%s %d %v: want at least 1 day, 1 month or 1 year, and less than %d years", prefix, b.field,
				b.bound.Count, b.bound.Unit, MaxAgeYears))
		}
	}
	if len(all) == 0 && r.From.IsSet() && r.Until.IsSet() && r.isEmpty() {
		all = append(all, fmt.Errorf("%sUntil %v: not after From, %v", prefix, r.Until, r.From))
	}
	return all
}

// isEmpty reports that nobody can be within a range of two bounds: a month is 28 days at least, so what is sure is sure for everybody.
func (r AgeRange) isEmpty() bool {
	months := func(b AgeBound) int {
		if b.Unit == InYears {
			return b.Count * 12
		}
		return b.Count
	}
	from, until := r.From, r.Until
	switch {
	case from.Unit == InDays && until.Unit == InDays, from.Unit != InDays && until.Unit != InDays:
		return months(from) >= months(until)
	case from.Unit == InDays:
		return from.Count >= months(until)*31
	}
	return months(from)*28 >= until.Count
}
