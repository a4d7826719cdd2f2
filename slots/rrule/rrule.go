package rrule

import (
	"fmt"
	"time"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Start is the DTSTART that a rule belongs to: an RRULE without one means nothing.
type Start struct {
	Date     slots.Date
	Clock    slots.Clock    // 00:00 to 23:59; 00:00 if AllDay
	Location *time.Location // the zone of the Clock; nil: floating, which an UNTIL in UTC cannot be compared with
	AllDay   bool           // DTSTART is a date without a time
}

func (s Start) check(p *problems) {
	if !s.Date.IsValid() {
		p.add("DTSTART", s.Date.String(), Malformed, "Start.Date: want a date")
	}
	switch minutes := s.Clock.Minutes(); {
	case minutes == 24*60:
		p.add("DTSTART", s.Clock.String(), Malformed, "Start.Clock: want 00:00 to 23:59")
	case s.AllDay && minutes != 0:
		p.add("DTSTART", s.Clock.String(), Malformed, "Start.Clock: want 00:00 with AllDay")
	}
}

// Recurrence is what a rule says: the dates of Repeat from Start.Date to Until, both included, each at Start.Clock. It compares with ==.
type Recurrence struct {
	// Start is the first date that the rule selects. Parse puts it here: where DTSTART does not match its own rule it is later, and where
	// BYHOUR or BYMINUTE says another time the Clock is that one.
	Start  Start
	Repeat slots.Repeat
	Until  slots.Date // the last date that the rule selects; the zero Date: no end
}

// Parse reads the value of an RRULE property (FREQ=WEEKLY;BYDAY=MO,TH), with or without the property's name before it, and what it means for a start. Names
// and values may be in small letters, parts in any order.
//
// What cannot be read, or cannot be said by a Repeat, is refused with PartErrors: all that are wrong by the grammar, or else all that
// cannot be taken. It never gives other dates than the rule's. The cost is that of finding the first and, with COUNT or UNTIL, the last
// date: a look (see slots.Repeat.On) at each date in between at most, and so never more than the calendar has dates.
func Parse(rule string, start Start) (Recurrence, error) {
	var p problems
	start.check(&p)
	t := read(rule, &p)
	if len(p) > 0 {
		return Recurrence{}, p.err()
	}
	clock := t.clock(start, &p)
	repeat := t.repeat(start.Date, &p)
	t.checkEnd(start, &p)
	if len(p) > 0 {
		return Recurrence{}, p.err()
	}
	from := start.Date
	if clock.Compare(start.Clock) < 0 { // on that date it would be before DTSTART
		from = from.AddDays(1)
	}
	first, found := repeat.Next(from)
	if !found {
		p.add("RRULE", rule, NoDates, "no date on or after %v", from)
		return Recurrence{}, p.err()
	}
	start.Date, start.Clock = first, clock
	if repeat.Every != 0 {
		repeat.Anchor = first // as good as DTSTART's, and the same whenever the rule is written and read again
	}
	r := Recurrence{Start: start, Repeat: repeat}
	r.Until = t.end(r, &p)
	if len(p) > 0 {
		return Recurrence{}, p.err()
	}
	return r, nil
}

// clock returns the time of day that the rule selects, if it is a single one.
func (t *text) clock(start Start, p *problems) slots.Clock {
	if start.AllDay {
		return start.Clock // RFC 5545 section 3.3.10: parts of the time must be ignored
	}
	minutes := start.Clock.Minutes()
	hour, minute := minutes/60, minutes%60
	single := func(name string, list []int, value *int) {
		if len(list) > 1 {
			text, _ := t.has(name)
			p.add(name, text, Inexpressible, "several times a day")
		} else if len(list) == 1 {
			*value = list[0]
		}
	}
	second := 0
	single("BYHOUR", t.hours, &hour)
	single("BYMINUTE", t.minutes, &minute)
	single("BYSECOND", t.seconds, &second)
	if second != 0 {
		text, _ := t.has("BYSECOND")
		p.add("BYSECOND", text, Inexpressible, "clocks here are whole minutes")
	}
	clock, err := slots.NewClock(hour, minute)
	if err != nil {
		p.add("BYHOUR", fmt.Sprintf("%d:%d", hour, minute), Malformed, "%v", err)
	}
	return clock
}

func (t *text) checkEnd(start Start, p *problems) {
	value, _ := t.has("UNTIL")
	if t.until.kind != 0 && t.count != 0 {
		p.add("UNTIL", value, Forbidden, "together with COUNT")
	}
	if t.until.kind == untilUTC && start.Location == nil {
		p.add("UNTIL", value, Ambiguous, "in UTC, but Start.Location is nil")
	}
}

// end returns the last date by COUNT or UNTIL, the zero Date if neither is given.
func (t *text) end(r Recurrence, p *problems) slots.Date {
	switch {
	case t.count > 0:
		d := r.Start.Date
		for n := 1; n < t.count; n++ {
			next, found := r.Repeat.Next(d.AddDays(1))
			if !found {
				value, _ := t.has("COUNT")
				p.add("COUNT", value, Inexpressible, "the calendar ends after %d dates", n)
				return slots.Date{}
			}
			d = next
		}
		return d
	case t.until.kind != 0:
		d := t.until.last(r.Start.Clock, r.Start.Location)
		for d.After(r.Start.Date) && !r.Repeat.On(d) {
			d = d.AddDays(-1)
		}
		if d.Before(r.Start.Date) {
			value, _ := t.has("UNTIL")
			p.add("UNTIL", value, NoDates, "before the first date, %v", r.Start.Date)
		}
		return d
	}
	return slots.Date{}
}
