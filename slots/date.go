package slots

import (
	"fmt"
	"time"
)

// Date is a civil date: a day of the calendar, in no time zone. The zero Date is
// no date (IsValid reports false); valid dates run from 0001-01-01 to 9999-12-31.
// Dates compare with == and Compare.
type Date struct {
	// n counts days with 0001-01-01 = 1, so that the zero value is no day at all.
	n int32
}

// Bounds of Date.Number.
const (
	minDayNumber = 1
	maxDayNumber = 3652059 // 9999-12-31
	unixDay      = 719163  // 1970-01-01
)

// NewDate returns the date of a year 1..9999, month 1..12 and day of that month.
// A day that the month does not have is an error, never the next month's.
func NewDate(year, month, day int) (Date, error) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return Date{}, fmt.Errorf("date %04d-%02d-%02d: no such day", year, month, day)
	}
	return Date{dayNumber(year, month, day)}, nil
}

// ParseDate reads the ISO form 2026-11-23 exactly: ten characters, no spaces.
func ParseDate(s string) (Date, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return Date{}, fmt.Errorf("date %q: want YYYY-MM-DD", s)
	}
	year, ok1 := digits(s[0:4])
	month, ok2 := digits(s[5:7])
	day, ok3 := digits(s[8:10])
	if !ok1 || !ok2 || !ok3 {
		return Date{}, fmt.Errorf("date %q: want YYYY-MM-DD", s)
	}
	d, err := NewDate(year, month, day)
	if err != nil {
		return Date{}, fmt.Errorf("date %q: no such day", s)
	}
	return d, nil
}

// MustDate is ParseDate for tests and examples; it panics on a bad date.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// DateOf returns the civil date at instant i in loc.
func DateOf(i Instant, loc *time.Location) Date {
	y, m, d := time.Unix(int64(i), 0).In(loc).Date()
	if y < 1 || y > 9999 {
		return Date{}
	}
	return Date{dayNumber(y, int(m), d)}
}

// DateFromNumber is the inverse of Date.Number; a number outside the calendar gives the zero Date.
func DateFromNumber(n int32) Date {
	if n < minDayNumber || n > maxDayNumber {
		return Date{}
	}
	return Date{n}
}

// IsValid reports whether d is a date at all.
func (d Date) IsValid() bool { return d.n != 0 }

// Number is the day's ordinal, 0001-01-01 being 1; 0 for the zero Date. For codecs.
func (d Date) Number() int32 { return d.n }

// Civil returns year, month 1..12 and day 1..31; zeros for the zero Date.
func (d Date) Civil() (year, month, day int) {
	if d.n == 0 {
		return 0, 0, 0
	}
	return civil(d.n)
}

// Weekday returns the ISO weekday, Monday = 1; 0 for the zero Date.
func (d Date) Weekday() Weekday {
	if d.n == 0 {
		return 0
	}
	return Weekday((d.n-1)%7 + 1) // 0001-01-01 was a Monday
}

// AddDays returns the date n days later (earlier if n < 0), or the zero Date
// outside the calendar. The zero Date stays zero.
func (d Date) AddDays(n int) Date {
	if d.n == 0 || n > maxDayNumber || n < -maxDayNumber {
		return Date{}
	}
	return DateFromNumber(d.n + int32(n))
}

// Sub returns the number of days from e to d. Both must be valid.
func (d Date) Sub(e Date) int { return int(d.n - e.n) }

// Compare returns -1, 0 or 1; the zero Date comes before every date.
func (d Date) Compare(e Date) int {
	switch {
	case d.n < e.n:
		return -1
	case d.n > e.n:
		return 1
	}
	return 0
}

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.n < e.n }

// After reports whether d is later than e.
func (d Date) After(e Date) bool { return d.n > e.n }

// String returns 2026-11-23, or "no date".
func (d Date) String() string {
	if d.n == 0 {
		return "no date"
	}
	return string(d.AppendTo(make([]byte, 0, 10)))
}

// AppendTo appends the ISO form to b; nothing for the zero Date.
func (d Date) AppendTo(b []byte) []byte {
	if d.n == 0 {
		return b
	}
	y, m, day := civil(d.n)
	return append(b,
		byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+m/10), byte('0'+m%10), '-', byte('0'+day/10), byte('0'+day%10))
}

// MarshalText gives the ISO form, and empty text for the zero Date.
func (d Date) MarshalText() ([]byte, error) { return d.AppendTo(nil), nil }

// UnmarshalText is the inverse of MarshalText.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(b))
	if err == nil {
		*d = v
	}
	return err
}

// Weekday is a day of the week in ISO numbering: Monday = 1 to Sunday = 7. (Go's
// time.Weekday counts Sunday as 0; mixing the two is a classic error.)
type Weekday uint8

// The days of the week.
const (
	Monday Weekday = 1 + iota
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
	Sunday
)

var weekdayNames = [...]string{"no weekday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

// IsValid reports whether w is one of the seven.
func (w Weekday) IsValid() bool { return w >= Monday && w <= Sunday }

// String returns the English name.
func (w Weekday) String() string {
	if !w.IsValid() {
		return weekdayNames[0]
	}
	return weekdayNames[w]
}

func digits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

func leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func daysIn(year, month int) int {
	switch month {
	case 2:
		if leap(year) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// dayNumber and civil convert between a civil date and its day number with years that begin in March,
// so that the leap day is the last of its year (the era method, H. Hinnant, "chrono-Compatible
// Low-Level Date Algorithms").
func dayNumber(year, month, day int) int32 {
	y, m := year, month-3
	if m < 0 {
		y, m = y-1, m+12
	}
	era, yoe := y/400, y%400
	doy := (153*m+2)/5 + day - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return int32(era*146097 + doe - 305)
}

func civil(n int32) (year, month, day int) {
	z := int(n) + 305
	era, doe := z/146097, z%146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	year, month, day = yoe+era*400, mp+3, doy-(153*mp+2)/5+1
	if month > 12 {
		year, month = year+1, month-12
	}
	return year, month, day
}
