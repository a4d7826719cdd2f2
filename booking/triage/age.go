package triage

import (
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
	var p problems
	if !born.IsValid() {
		p.Add("born %v", born)
	}
	if !on.IsValid() {
		p.Add("on %v", on)
	}
	if p.Len() > 0 {
		return Age{}, p.Err()
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
func (u AgeUnit) String() string { return word("AgeUnit", uint8(u), unitWords[:]) }

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
		if err == nil && unit == u.String() && b.String() == s && b.isPossible() {
			return b, nil
		}
	}
	return AgeBound{}, fmt.Errorf("age %q: want such as 28 days, 6 months or %d years at most", s, MaxAgeYears-1)
}

func (b AgeBound) isPossible() bool {
	most := [...]int{0, maxAgeDays, maxAgeMonths - 1, MaxAgeYears - 1}
	return b.Unit.IsValid() && b.Count >= 1 && b.Count <= most[b.Unit]
}

// plain turns years into months, so that each bound has one form.
func (b AgeBound) plain() AgeBound {
	if b.Unit == InYears {
		return Months(b.Count * 12)
	}
	return b
}

// friendly is the inverse of plain for whole years above the first.
func (b AgeBound) friendly() AgeBound {
	if b.Unit == InMonths && b.Count%12 == 0 && b.Count > 12 {
		return Years(b.Count / 12)
	}
	return b
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
