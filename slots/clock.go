package slots

import "fmt"

// Clock is a time of day in whole minutes, 00:00 to 24:00. The zero Clock is
// midnight, a useful value; 24:00 exists so that a half-open range can end with its day.
// A session that runs past midnight is a Clock and a length, never a Clock above 24:00.
type Clock struct{ minute int16 }

// NewClock returns the time of day hour:minute, 00:00 to 24:00.
func NewClock(hour, minute int) (Clock, error) {
	if hour < 0 || hour > 24 || minute < 0 || minute > 59 || hour == 24 && minute > 0 {
		return Clock{}, fmt.Errorf("clock %02d:%02d: want 00:00 to 24:00", hour, minute)
	}
	return Clock{int16(hour*60 + minute)}, nil
}

// ParseClock reads 08:30 exactly: five characters.
func ParseClock(s string) (Clock, error) {
	if len(s) == 5 && s[2] == ':' {
		h, ok1 := digits(s[:2])
		m, ok2 := digits(s[3:])
		if ok1 && ok2 {
			if c, err := NewClock(h, m); err == nil {
				return c, nil
			}
		}
	}
	return Clock{}, fmt.Errorf("clock %q: want HH:MM, 00:00 to 24:00", s)
}

// MustClock is ParseClock for tests and examples; it panics on a bad clock.
func MustClock(s string) Clock {
	c, err := ParseClock(s)
	if err != nil {
		panic(err)
	}
	return c
}

// Minutes returns minutes since 00:00, 0 to 1440.
func (c Clock) Minutes() int { return int(c.minute) }

// Compare returns -1, 0 or 1.
func (c Clock) Compare(d Clock) int {
	switch {
	case c.minute < d.minute:
		return -1
	case c.minute > d.minute:
		return 1
	}
	return 0
}

// String returns HH:MM.
func (c Clock) String() string { return string(c.AppendTo(make([]byte, 0, 5))) }

// AppendTo appends HH:MM to b.
func (c Clock) AppendTo(b []byte) []byte {
	h, m := c.minute/60, c.minute%60
	return append(b, byte('0'+h/10), byte('0'+h%10), ':', byte('0'+m/10), byte('0'+m%10))
}

// MarshalText gives HH:MM.
func (c Clock) MarshalText() ([]byte, error) { return c.AppendTo(nil), nil }

// UnmarshalText is the inverse of MarshalText.
func (c *Clock) UnmarshalText(b []byte) error {
	v, err := ParseClock(string(b))
	if err == nil {
		*c = v
	}
	return err
}
