package slots_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
)

// naive generates as a person would with a calendar on the wall, in UTC: day by day, minute by minute, from the configuration.
// It returns the lines "ID at+minutes×capacity".
func naive(c slots.RosterConfig, calendar slots.CalendarConfig, first, last slots.Date) []string {
	var lines []string
	for d := first; d.Compare(last) <= 0; d = d.AddDays(1) {
		for _, r := range c.Rules {
			if naiveHeld(r, c, calendar, d) {
				lines = append(lines, naiveSlots(r, c, d)...)
			}
		}
		for _, x := range c.Extras {
			if x.Date == d {
				lines = append(lines, naiveSlots(slots.Rule{ID: x.ID, Resources: x.Resources, Start: x.Start, Minutes: x.Minutes, Cut: x.Cut}, c, d)...)
			}
		}
	}
	slices.Sort(lines)
	return lines
}

func naiveHeld(r slots.Rule, c slots.RosterConfig, calendar slots.CalendarConfig, d slots.Date) bool {
	if slices.Contains(r.Closed, d) || r.From.IsValid() && d.Before(r.From) || r.Until.IsValid() && r.Until.Before(d) {
		return false
	}
	weekday := d.Weekday()
	if r.Holidays == slots.ClosedOnHolidays {
		if slices.Contains(calendar.Days, slots.CalendarDay{Date: d, Kind: slots.Holiday, Name: "节"}) {
			return false
		}
		for _, f := range c.Follows {
			if f.Date == d {
				weekday = f.Weekday
			}
		}
	}
	return r.Repeat.Weekdays.Has(weekday)
}

func naiveSlots(r slots.Rule, c slots.RosterConfig, d slots.Date) (lines []string) {
	away := map[int]bool{} // minutes of the session, from its start
	for _, l := range c.Leaves {
		if l.Rule != r.ID && !slices.Contains(r.Resources, l.Resource) {
			continue
		}
		for m := range r.Minutes {
			clock := r.Start.Minutes() + m
			day := d.AddDays(clock / 1440)
			whole := l.Start == slots.Clock{} && l.End == slots.Clock{}
			if whole {
				clock, day = l.Start.Minutes(), d
			}
			clock %= 1440
			in := whole || clock >= l.Start.Minutes() && clock < l.End.Minutes()
			if in && !day.Before(l.From) && !day.After(l.Until) {
				away[m] = true
			}
		}
	}
	put := func(from, minutes, capacity int) {
		for m := from; m < from+minutes; m++ {
			if away[m] && r.Cut.Kind != slots.CountedNumbers {
				return
			}
		}
		at := slots.Instant(time.Date(1, 1, int(d.Number()), 0, r.Start.Minutes()+from, 0, 0, time.UTC).Unix())
		lines = append(lines, fmt.Sprintf("%s/%v %v+%d×%d", r.ID, d, at, minutes, capacity))
	}
	switch r.Cut.Kind {
	case slots.CountedNumbers:
		if len(away) < r.Minutes {
			put(0, r.Cut.Minutes, r.Cut.Capacity)
		}
	case slots.EvenSlots:
		for from := 0; from+r.Cut.Minutes <= r.Minutes; from += r.Cut.Minutes {
			put(from, r.Cut.Minutes, r.Cut.Capacity)
		}
	case slots.PackedNumbers:
		made := 0
		for from := 0; from+r.Cut.Minutes <= r.Minutes; from += r.Cut.Minutes {
			n := r.Cut.Capacity
			if r.Cut.Numbers > 0 {
				n = min(n, r.Cut.Numbers-made)
			}
			made += n
			for minute, number := 0, 0; number < n; number++ { // the first minute by which number/n of the segment is over
				next := minute
				for next < r.Cut.Minutes && next*n+n <= (number+1)*r.Cut.Minutes {
					next++
				}
				put(from+minute, next-minute, 1)
				minute = next
			}
		}
	}
	return lines
}

func TestSessionsAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		w.loc = time.UTC
		if w.last.Sub(w.first) > 30 {
			w.last = w.first.AddDays(30)
		}
		var config slots.CalendarConfig
		for _, d := range []string{"2026-12-24", "2026-12-25", "2027-01-01"} {
			config.Days = append(config.Days, slots.CalendarDay{Date: slots.MustDate(d), Kind: slots.Holiday, Name: "节"})
		}
		config.Days = append(config.Days, slots.CalendarDay{Date: w.first, Kind: slots.Holiday, Name: "节"})
		config.Days = append(config.Days, slots.CalendarDay{Date: w.last.AddDays(1), Kind: slots.MakeUp, Name: "节"})
		config.Days = slices.CompactFunc(slices.SortedFunc(slices.Values(config.Days), func(a, b slots.CalendarDay) int {
			return a.Date.Compare(b.Date)
		}), func(a, b slots.CalendarDay) bool { return a.Date == b.Date })
		var err error
		w.calendar, err = slots.NewCalendar(config)
		require.NoError(t, err)
		sessions, _ := generate(t, w, w.config, w.first, w.last)
		var got []string
		for _, s := range sessions {
			for _, slot := range s.Slots {
				got = append(got, fmt.Sprintf("%s %v+%d×%d", s.ID, slot.Start, slot.Minutes, slot.Capacity))
			}
		}
		slices.Sort(got)
		require.Equal(t, naive(w.config, config, w.first, w.last), got)
	})
}
