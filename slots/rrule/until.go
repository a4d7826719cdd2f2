package rrule

import (
	"fmt"
	"time"

	"github.com/haoyuan-go/haoyuan/slots"
)

// until is the value of UNTIL. The zero until is none.
type until struct {
	kind    untilKind
	date    slots.Date
	seconds int // of the day, 0 to 86,399
}

type untilKind uint8

const (
	untilDate  untilKind = 1 + iota // the whole of a date
	untilLocal                      // a time of the start's own clock
	untilUTC
)

// readUntil reads the three forms. Second 60, which the grammar allows, is the last of its minute: no start lies between.
func readUntil(s string) (until, bool) {
	u := until{kind: untilDate}
	if len(s) == 16 && s[15] == 'Z' {
		u.kind, s = untilUTC, s[:15]
	} else if len(s) == 15 {
		u.kind = untilLocal
	}
	if u.kind != untilDate {
		hour, ok1 := number(s[9:11], 2)
		minute, ok2 := number(s[11:13], 2)
		second, ok3 := number(s[13:15], 2)
		if s[8] != 'T' || !ok1 || !ok2 || !ok3 || hour > 23 || minute > 59 || second > 60 {
			return until{}, false
		}
		u.seconds = hour*3600 + minute*60 + min(second, 59)
		s = s[:8]
	}
	if len(s) != 8 {
		return until{}, false
	}
	year, ok1 := number(s[:4], 4)
	month, ok2 := number(s[4:6], 2)
	day, ok3 := number(s[6:], 2)
	date, err := slots.NewDate(year, month, day)
	u.date = date
	return u, ok1 && ok2 && ok3 && err == nil
}

// last returns the last date on which a start at this clock is not after u; the zero Date if there is none.
func (u until) last(c slots.Clock, loc *time.Location) slots.Date {
	switch u.kind {
	case untilDate:
		return u.date
	case untilLocal:
		if c.Minutes()*60 <= u.seconds {
			return u.date
		}
		return u.date.AddDays(-1)
	}
	midnight, _ := slots.Resolve(u.date, slots.Clock{}, time.UTC)
	limit := midnight + slots.Instant(u.seconds)
	// A zone is less than two days from UTC, so the date is one of these.
	d := u.date.AddDays(2)
	if !d.IsValid() {
		d = slots.DateFromNumber(lastDay)
	}
	for d.IsValid() && moment(d, c, loc) > limit {
		d = d.AddDays(-1)
	}
	return d
}

// lastDay is the Number of 9999-12-31, the last date there is.
const lastDay = 3652059

// moment is the instant of a start. A time that the clocks skip is taken, as RFC 5545 section 3.3.5 says, with the offset
// before the jump: as long after the last time that exists as the clock says.
func moment(d slots.Date, c slots.Clock, loc *time.Location) slots.Instant {
	at, how := slots.Resolve(d, c, loc)
	for back := 1; how == slots.Skipped && back <= 2*24*60; back++ {
		minute := c.Minutes() - back
		day := d.AddDays(-((24*60 - 1 - minute) / (24 * 60)))
		clock, err := slots.NewClock((minute+2*24*60)%(24*60)/60, (minute+2*24*60)%60)
		if err != nil {
			break
		}
		if at, how = slots.Resolve(day, clock, loc); how != slots.Skipped {
			at = at.AddMinutes(back)
		}
	}
	return at
}

// stamp writes an UNTIL that holds the start on d and nothing after it: a date for an all-day start, UTC for one in a zone, else local.
func stamp(d slots.Date, s Start) string {
	year, month, day := d.Civil()
	text := fmt.Sprintf("%04d%02d%02d", year, month, day)
	switch {
	case s.AllDay:
		return text
	case s.Location == nil:
		return fmt.Sprintf("%sT%02d%02d00", text, s.Clock.Minutes()/60, s.Clock.Minutes()%60)
	}
	until := moment(d, s.Clock, s.Location)
	if next := d.AddDays(1); next.IsValid() { // a day that the zone left out would else be read as the next
		until = min(until, moment(next, s.Clock, s.Location)-1)
	}
	return until.In(time.UTC).Format("20060102T150405Z")
}
