package slots_test

import (
	"cmp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
)

// maker makes configurations out of fuzz bytes: every field of every struct from a few bytes, most of them near what is valid.
type maker struct {
	data []byte
}

func (m *maker) byte() int {
	if len(m.data) == 0 {
		return 0
	}
	b := m.data[0]
	m.data = m.data[1:]
	return int(b)
}

// number is 0 to 191 as it is, and beyond that wild.
func (m *maker) number() int {
	b := m.byte()
	switch {
	case b < 192:
		return b
	case b < 250:
		return (b - 192) * 25
	}
	return []int{-1, 1440, 1441, 10_000, 1<<31 - 1, -1 << 31}[b-250]
}

// enum is one of n values from least on, and seldom another.
func (m *maker) enum(least, n int) int {
	b := m.byte()
	if b >= 252 {
		return b - 244
	}
	return least + b%n
}

// list makes at most five entries.
func list[E any](m *maker, one func() E) (entries []E) {
	for range m.byte() % 6 {
		entries = append(entries, one())
	}
	return entries
}

func (m *maker) date() slots.Date {
	if b := m.byte(); b > 0 {
		return slots.MustDate("2026-02-20").AddDays(b % 90)
	}
	return slots.Date{}
}

func (m *maker) clock() slots.Clock {
	c, err := slots.NewClock(m.byte()%25, m.byte()%4*15)
	if err != nil {
		return slots.Clock{}
	}
	return c
}

func (m *maker) text() string {
	if b := m.byte(); b < 252 {
		return []string{"", "P1", "P2", "R0", "R1", "R2", "east", "X0", "a b"}[b%9]
	}
	return []string{" ", "\xff"}[m.byte()%2]
}

// names are a few resources, seldom one twice.
func (m *maker) names() []string {
	names := []string{"P1", "P2", "P3"}[:m.byte()%4]
	if m.byte() > 250 {
		names = append(names, m.text())
	}
	return names
}

func (m *maker) line() slots.Line {
	return slots.Line{Department: "d" + m.text(), Service: m.text(), Site: m.text(), Room: m.text(), Kind: slots.Kind(m.enum(1, 6)),
		Grade: slots.Grade(m.enum(0, 5))}
}

// within is 1 to most, and seldom wild.
func (m *maker) within(most int) int {
	if n := m.number(); n < 0 || n >= 1440 || most < 1 {
		return n
	} else {
		return 1 + n%most
	}
}

// cut is one that often fits a session of so many minutes.
func (m *maker) cut(session int) slots.Cut {
	c := slots.Cut{Kind: slots.CutKind(m.enum(1, 4)), Visit: slots.Visit(m.enum(0, 3)), Minutes: m.within(session), Capacity: m.within(9)}
	switch c.Kind {
	case slots.EvenSlots:
		c.Buffer = m.number()
	case slots.PackedNumbers:
		c.Capacity = min(c.Capacity, c.Minutes)
		c.Numbers = m.byte() % 4
	case slots.MixedSlots:
		c.Minutes, c.Capacity, c.Visit, c.Buffer, c.Numbers = 0, 0, 0, m.number(), m.within(8)
		for i := range c.Steps[:max(0, min(c.Numbers, 8))] {
			c.Steps[i] = slots.Step{Minutes: int16(m.within(session)), Capacity: int16(m.within(9)), Visit: slots.Visit(m.enum(0, 3))}
		}
	}
	return c
}

func (m *maker) hours() slots.Hours { return slots.Hours{Start: m.clock(), Minutes: m.number()} }

func (m *maker) repeat() slots.Repeat {
	weekday := func() slots.Weekday { return slots.Weekday(m.enum(1, 7)) }
	r := slots.Weekly(list(m, weekday)...)
	switch m.byte() % 4 {
	case 0:
		r.MonthDays = slots.MonthDaysOf(list(m, func() int { return cmp.Or(m.enum(-31, 63), 1) })...)
		r.Months = slots.MonthsOf(list(m, func() int { return m.enum(1, 12) })...)
	case 1:
		r.Nth = slots.OrdinalsOf(list(m, func() int { return cmp.Or(m.enum(-5, 11), 1) })...)
		r.Parity = slots.WeekParity(m.enum(0, 3))
	case 2:
		r.Every, r.Unit, r.Anchor = 1+m.within(4), slots.RepeatUnit(m.enum(1, 4)), m.date()
		if r.Unit == slots.CountWeeks {
			r.WeekStart = weekday()
		}
	}
	return r
}

func (m *maker) block() slots.Block {
	b := slots.Block{Start: m.clock(), Minutes: m.within(60)}
	if m.byte()%2 == 0 {
		b.Cut = m.cut(b.Minutes)
	}
	return b
}

func (m *maker) roster() (c slots.RosterConfig) {
	id := 0
	c.Rules = list(m, func() slots.Rule {
		id++
		r := slots.Rule{ID: "R" + string(rune('0'+id-1)), Line: m.line(), Resources: m.names(), Repeat: m.repeat(), Dates: list(m, m.date), Part: m.text(),
			Start: m.clock(), Minutes: m.number(), Holidays: slots.Holidays(m.enum(1, 3)), From: m.date(), Until: m.date(), Closed: list(m, m.date)}
		if r.Cut = m.cut(r.Minutes); r.Cut.Kind != slots.CountedNumbers {
			r.Blocks = list(m, m.block)
		}
		if r.Until.Before(r.From) {
			r.Until = slots.Date{}
		}
		if r.Holidays == slots.OtherHoursOnHolidays {
			r.HolidayHours = m.hours()
		}
		return r
	})
	c.Extras = list(m, func() slots.Extra {
		x := slots.Extra{ID: "X" + m.text(), Line: m.line(), Resources: m.names(), Date: m.date(), Start: m.clock(), Minutes: m.number()}
		x.Cut = m.cut(x.Minutes)
		return x
	})
	c.Revisions = list(m, func() slots.Revision {
		v := slots.Revision{Rule: m.text(), Date: m.date(), To: m.date(), Site: m.text(), Room: m.text()}
		switch m.byte() % 3 {
		case 0:
			v.Hours = m.hours()
		case 1:
			v.Cut = m.cut(60)
		}
		return v
	})
	c.Substitutes = list(m, func() slots.Substitute {
		return slots.Substitute{Rule: m.text(), Resource: m.text(), By: m.text(), From: m.date(), Until: m.date(), Grade: slots.Grade(m.enum(0, 5))}
	})
	c.Leaves = list(m, func() slots.Leave {
		return slots.Leave{Rule: m.text(), Resource: m.text(), From: m.date(), Until: m.date(), Start: m.clock(), End: m.clock()}
	})
	c.Closures = list(m, func() slots.Closure {
		return slots.Closure{Site: m.text(), Department: "d" + m.text(), From: m.date(), Until: m.date(), Start: m.clock(), End: m.clock()}
	})
	c.Follows = list(m, func() slots.Follow {
		return slots.Follow{Date: m.date(), Weekday: slots.Weekday(m.enum(0, 8)), Of: m.date()}
	})
	return c
}

// accepted keeps, one by one, the entries with which NewRoster accepts the roster, so that fuzzing gets behind the door.
func accepted(c slots.RosterConfig) (kept slots.RosterConfig) {
	accepts := func() bool {
		_, err := slots.NewRoster(kept)
		return err == nil
	}
	kept.Rules = keep(c.Rules, &kept.Rules, accepts)
	kept.Extras = keep(c.Extras, &kept.Extras, accepts)
	kept.Revisions = keep(c.Revisions, &kept.Revisions, accepts)
	kept.Substitutes = keep(c.Substitutes, &kept.Substitutes, accepts)
	kept.Leaves = keep(c.Leaves, &kept.Leaves, accepts)
	kept.Closures = keep(c.Closures, &kept.Closures, accepts)
	kept.Follows = keep(c.Follows, &kept.Follows, accepts)
	return kept
}

func keep[E any](list []E, into *[]E, accepts func() bool) []E {
	for _, e := range list {
		if *into = append(*into, e); !accepts() {
			*into = (*into)[:len(*into)-1]
		}
	}
	return *into
}

// Whatever a roster says, it is refused or it generates, in bounds: no panic, no more slots than were planned, all in their sessions.
func FuzzRoster(f *testing.F) {
	f.Add([]byte("\x01\x00\x00\x00\x00\x00\x00\x01\x01\x01\x03\x00\x03\x00\x00\x08\x00\x78\x01\x00\x0f\x01\x00\x00"))
	f.Add([]byte("\x02\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a"))
	newYork, err := time.LoadLocation("America/New_York")
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, data []byte) {
		m := &maker{data: data}
		zone := []*time.Location{time.UTC, newYork}[m.byte()%2]
		days := slots.CalendarConfig{Years: []int{2020 + m.byte()%10}, Days: list(m, func() slots.CalendarDay {
			return slots.CalendarDay{Date: m.date(), Kind: slots.DayKind(m.byte()%3 + 2), Name: m.text()}
		})}
		calendar, err := slots.NewCalendar(days)
		if err != nil {
			days = slots.CalendarConfig{}
		}
		c := m.roster()
		if _, err := slots.NewRoster(c); err != nil {
			c = accepted(c)
		}
		r, err := slots.NewRoster(c)
		require.NoError(t, err)
		sessions, findings, err := r.Sessions(slots.MustDate("2026-02-15"), slots.MustDate("2026-04-15"), calendar, zone)
		require.NoError(t, err)
		most := (len(c.Rules) + len(c.Extras) + len(c.Revisions)) * 60
		require.LessOrEqual(t, len(sessions), most)
		for _, s := range sessions {
			require.LessOrEqual(t, len(s.Slots), 24*60)
			for i, slot := range s.Slots {
				require.True(t, slot.Minutes > 0 && slot.Capacity > 0 && slot.Visit.IsValid() && slot.Start >= s.Start && slot.Span().To() <= s.Span().To(), slot)
				require.True(t, i == 0 || s.Slots[i-1].Span().To() <= slot.Start, "no overlap")
			}
		}
		if zone == time.UTC { // and it is what a person would make of it
			n := naive{config: c, calendar: days}
			n.generate(slots.MustDate("2026-02-15"), slots.MustDate("2026-04-15"))
			require.Len(t, sessions, len(n.sessions))
			for i := range sessions {
				require.Equal(t, n.sessions[i].ID, sessions[i].ID)
				require.Equal(t, n.sessions[i].Slots, sessions[i].Slots)
			}
		}
		for _, x := range findings {
			require.True(t, x.Kind.IsValid())
		}
	})
}

// Text is refused, or it is what it is written as again.
func FuzzUnmarshalText(f *testing.F) {
	for _, s := range []string{"2026-11-23", "2024-02-29", "08:30", "24:00", "", "２０２６-11-23", "0000-00-00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, c := slots.MustDate("2026-11-23"), slots.MustClock("08:30")
		if err := d.UnmarshalText(data); err == nil {
			text, err := d.MarshalText()
			require.NoError(t, err)
			require.Equal(t, string(data), string(text))
		} else {
			require.Equal(t, slots.MustDate("2026-11-23"), d, "what is refused changes nothing")
		}
		if err := c.UnmarshalText(data); err == nil {
			text, err := c.MarshalText()
			require.NoError(t, err)
			require.Equal(t, string(data), string(text))
		} else {
			require.Equal(t, slots.MustClock("08:30"), c, "what is refused changes nothing")
		}
	})
}

// A release is refused, or its windows are in order and end with everything out.
func FuzzWindows(f *testing.F) {
	f.Add([]byte("\x01\x07\x01\x07\x00\x64\x00\x00\x00"))
	newYork, err := time.LoadLocation("America/New_York")
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, data []byte) {
		m := &maker{data: data}
		ahead := func() slots.Ahead {
			return slots.Ahead{Days: m.number(), Unit: slots.DayUnit(m.byte() % 5), At: m.clock()}
		}
		r := slots.Release{Stages: list(m, func() slots.Stage { return slots.Stage{At: ahead(), Percent: m.byte()} }),
			Classes: list(m, func() slots.ClassOpening { return slots.ClassOpening{Class: m.text(), At: ahead()} }),
			Pauses:  list(m, func() slots.Pause { return slots.Pause{From: ahead(), To: ahead()} }),
			Hours: list(m, func() slots.PoolHours {
				return slots.PoolHours{Class: m.text(), Open: list(m, m.hours), SameDay: m.byte()%2 == 0, ClosedOnHolidays: m.byte()%2 == 0}
			})}
		if m.byte()%2 == 0 {
			r.Close, r.CancelBy, r.CheckInBy = ahead(), ahead(), ahead()
		}
		r.LeadMinutes, r.CancelLeadMinutes = m.number(), m.number()
		if n := len(r.Stages); n > 0 {
			r.Stages[n-1].Percent = 100
		}
		calendar, err := slots.NewCalendar(slots.CalendarConfig{Years: []int{2025, 2026},
			Days: []slots.CalendarDay{{Date: slots.MustDate("2026-03-06"), Kind: slots.Holiday}}})
		require.NoError(t, err)
		start := slots.MustInstant("2026-03-10T14:00:00Z")
		s := slots.Session{ID: "S", Date: slots.MustDate("2026-03-10"), Start: start, Minutes: 60}
		s.Slots = []slots.Slot{{Start: start, Minutes: 60, Capacity: m.byte() + 1}}
		w, err := r.Windows(&s, calendar, newYork)
		if err != nil {
			return
		}
		require.Equal(t, s.Units(), w.Out[len(w.Out)-1].Units)
		for _, c := range w.Booking {
			last := w.Out[0].At
			for i, span := range c.Spans {
				require.True(t, !span.IsEmpty() && (span.From() > last || i == 0 && span.From() >= last) && span.To() <= w.Close, c)
				last = span.To()
			}
		}
	})
}
