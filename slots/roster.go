package slots

import (
	"cmp"
	"fmt"
	"slices"
)

// RosterConfig is a hospital's supply as data. The order of its lists means nothing.
type RosterConfig struct {
	Rules   []Rule
	Extras  []Extra
	Leaves  []Leave
	Follows []Follow
}

// Limits of a roster.
const (
	MaxRules  = 100_000 // rules and extra sessions together; their slots are at most MaxSlots
	MaxLeaves = 1_000_000
)

// Roster is a checked copy of a RosterConfig, ready to make sessions. It never changes.
type Roster struct {
	weekly  [8][]source // by weekday, each in order of ID
	extras  []source    // by date, then ID
	follows []Follow    // by date
	// keepsCalendar: some rule is ClosedOnHolidays; otherwise nobody cares what the calendar knows.
	keepsCalendar bool
}

// NewRoster checks and copies c. It reports all problems at once, joined, each naming the entry, the field and the value.
// Cost: O(n log n) of the entries.
func NewRoster(c RosterConfig) (*Roster, error) {
	var p problems
	if n := len(c.Rules) + len(c.Extras); n > MaxRules {
		p.add("Rules and Extras %d: want at most %d", n, MaxRules)
	}
	if n := len(c.Leaves); n > MaxLeaves {
		p.add("Leaves %d: want at most %d", n, MaxLeaves)
	}
	if len(p) > 0 {
		return nil, p.err()
	}
	sources := readSources(&c, &p)
	readLeaves(&c, sources, &p)
	follows := readFollows(&c, &p)
	if n := slotCount(sources, len(p) == 0); n > MaxSlots {
		p.add("Rules and Extras: %d slots, want at most %d", n, MaxSlots)
	}
	if len(p) > 0 {
		return nil, p.err()
	}
	r := &Roster{follows: follows}
	slices.SortFunc(sources, func(a, b *source) int { return cmp.Compare(a.ID, b.ID) })
	type shape struct {
		cut     Cut
		minutes int
	}
	shapes := map[shape][]piece{}
	for _, s := range sources {
		k := shape{s.Cut, s.Minutes}
		if shapes[k] == nil {
			shapes[k] = s.Cut.pieces(s.Minutes)
		}
		s.pieces, s.unused = shapes[k], s.Cut.unusedMinutes(s.Minutes)
		if s.date.IsValid() {
			r.extras = append(r.extras, *s)
		} else {
			r.weekly[s.Weekday] = append(r.weekly[s.Weekday], *s)
			r.keepsCalendar = r.keepsCalendar || s.Holidays == ClosedOnHolidays
		}
	}
	slices.SortStableFunc(r.extras, func(a, b source) int { return a.date.Compare(b.date) })
	return r, nil
}

// slotCount is the slots of all sources together, or 0 if they did not pass their checks.
func slotCount(sources []*source, checked bool) (n int64) {
	for _, s := range sources {
		if checked {
			n += int64(s.Cut.count(s.Minutes))
		}
	}
	return n
}

// readSources copies rules and extra sessions; a source with a problem is still returned, so that leave can name it.
func readSources(c *RosterConfig, p *problems) []*source {
	list := make([]*source, 0, len(c.Rules)+len(c.Extras))
	seen := make(map[string]bool, cap(list))
	add := func(where string, s *source) {
		where = fmt.Sprintf("%s (ID %q): ", where, s.ID)
		p.under(where, s.check())
		if seen[s.ID] {
			p.add("%sID: twice", where)
		}
		seen[s.ID] = true
		s.Resources = slices.Sorted(slices.Values(s.Resources))
		s.Closed = slices.SortedFunc(slices.Values(s.Closed), Date.Compare)
		list = append(list, s)
	}
	for i, rule := range c.Rules {
		s := &source{Rule: rule}
		where := fmt.Sprintf("Rules[%d]", i)
		p.under(fmt.Sprintf("%s (ID %q): ", where, rule.ID), s.checkWeekly())
		add(where, s)
	}
	for i, x := range c.Extras {
		where := fmt.Sprintf("Extras[%d]", i)
		if !x.Date.IsValid() {
			p.add("%s (ID %q): Date %v: want a date", where, x.ID, x.Date)
		}
		add(where, &source{date: x.Date, Rule: Rule{ID: x.ID, Line: x.Line, Resources: x.Resources, Weekday: x.Date.Weekday(),
			Part: x.Part, Start: x.Start, Minutes: x.Minutes, Cut: x.Cut, Holidays: OpenOnHolidays}})
	}
	return list
}

func readFollows(c *RosterConfig, p *problems) []Follow {
	list := slices.SortedFunc(slices.Values(c.Follows), func(a, b Follow) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Weekday, b.Weekday))
	})
	for i, f := range list {
		if !f.Date.IsValid() || !f.Weekday.IsValid() {
			p.add("Follows: Date %v, Weekday %d: want a date and Monday (1) to Sunday (7)", f.Date, uint8(f.Weekday))
		}
		if i > 0 && f.Date == list[i-1].Date {
			p.add("Follows: Date %v: twice", f.Date)
		}
	}
	return list
}
