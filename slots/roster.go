package slots

import (
	"cmp"
	"fmt"
	"slices"
)

// RosterConfig is a hospital's supply as data. The order of its lists means nothing.
type RosterConfig struct {
	Rules       []Rule
	Extras      []Extra
	Revisions   []Revision
	Substitutes []Substitute
	Leaves      []Leave
	Closures    []Closure
	Follows     []Follow
}

// Limits of a roster.
const (
	MaxRules      = 100_000   // rules and extra sessions together; their slots are at most MaxSlots
	MaxExceptions = 1_000_000 // revisions, substitutes and leaves together
	MaxClosures   = 1_000
)

// Roster is a checked copy of a RosterConfig, ready to make sessions. It never changes.
type Roster struct {
	weekly [8][]*source // rules by each of their weekdays, in order of (Start, ID)
	others []*source    // rules of month days and of listed dates, in the same order; they may be in weekly, too
	extras []*source    // by date, Start, ID

	revisions                  map[sessionKey]*Revision
	moved                      []*Revision // those that lead to another day, by that day
	substitutes                map[place][]Substitute
	ruleLeaves, resourceLeaves map[string]absences
	closures                   map[siteDepartment]absences
	follows                    []Follow // by date

	needs  []needed // what sessions occupy, by its number
	needID map[needed]need
	byID   map[string]*source // of what is revised
	// keepsCalendar: some rule keeps the calendar; otherwise nobody cares what it knows.
	keepsCalendar bool
}

// NewRoster checks and copies c. It reports all problems at once, joined, each naming the entry, the field and the value.
// Cost: O(n log n) of the entries, and the closures times the rules and revisions.
func NewRoster(c RosterConfig) (*Roster, error) {
	var p problems
	if n := len(c.Rules) + len(c.Extras); n > MaxRules {
		p.add("Rules and Extras %d: want at most %d", n, MaxRules)
	}
	if n := len(c.Leaves) + len(c.Substitutes) + len(c.Revisions) + len(c.Follows); n > MaxExceptions {
		p.add("Leaves, Substitutes, Revisions and Follows %d: want at most %d", n, MaxExceptions)
	}
	if n := len(c.Closures); n > MaxClosures {
		p.add("Closures %d: want at most %d", n, MaxClosures)
	}
	if len(p) > 0 {
		return nil, p.err()
	}
	sources := readSources(&c, &p)
	k := knownOf(sources)
	r := &Roster{needID: map[needed]need{}, byID: map[string]*source{}}
	r.readRevisions(c.Revisions, sources, &p)
	r.readSubstitutes(c.Substitutes, k, &p)
	r.readLeaves(c.Leaves, k, &p)
	r.readClosures(c.Closures, sources, c.Revisions, &p)
	r.follows = readFollows(&c, &p)
	if n := slotCount(sources, len(p) == 0); n > MaxSlots {
		p.add("Rules and Extras: %d slots, want at most %d", n, MaxSlots)
	}
	if len(p) > 0 {
		return nil, p.err()
	}
	layOut(sources, &p)
	if len(p) > 0 {
		return nil, p.err()
	}
	r.compile(sources)
	return r, nil
}

// known is what the entries of a roster may refer to.
type known struct {
	rules                  map[string][]string // and what they need
	resources, substitutes map[string]bool
}

func knownOf(sources []*source) *known {
	k := &known{make(map[string][]string, len(sources)), map[string]bool{}, map[string]bool{}}
	for _, s := range sources {
		k.rules[s.ID] = s.Resources
		for _, r := range s.Resources {
			k.resources[r] = true
		}
	}
	return k
}

// slotCount bounds the slots of all sources together, before any is laid out; 0 if they did not pass their checks.
func slotCount(sources []*source, checked bool) (n int64) {
	for _, s := range sources {
		if !checked {
			return 0
		}
		n += int64(s.Cut.count(s.Minutes))
		for i := range s.Blocks {
			if b := &s.Blocks[i]; !b.isBreak() {
				n += int64(b.Cut.count(b.Minutes))
			}
			n += int64(s.Cut.perRound()) // each stretch begins anew
		}
		if h := s.HolidayHours; h != (Hours{}) {
			n += int64(s.Cut.count(h.Minutes))
		}
	}
	return n
}

// layOut gives every source its layouts; sources of the same hours and cut share one.
func layOut(sources []*source, p *problems) {
	type shape struct {
		cut     Cut
		minutes int
	}
	shapes := map[shape]*layout{}
	lay := func(s *source, h Hours) *layout {
		k := shape{s.Cut, h.Minutes}
		if len(s.Blocks) > 0 {
			return newLayout(s.Cut, s.Blocks, h.Start, h.Minutes)
		}
		if shapes[k] == nil {
			shapes[k] = newLayout(s.Cut, nil, h.Start, h.Minutes)
		}
		return shapes[k]
	}
	rules := 0 // they come first
	for i, s := range sources {
		where := "Extras"
		if !s.date.IsValid() {
			where, rules = "Rules", i+1
		} else {
			i -= rules
		}
		if s.usual = lay(s, Hours{s.Start, s.Minutes}); len(s.usual.pieces) == 0 {
			p.add("%s[%d] (ID %.60q): Blocks %d: leave no slot of the session", where, i, s.ID, len(s.Blocks))
		}
		if s.usual.fewer > 0 {
			p.add("%s[%d] (ID %.60q): Cut.Numbers %d: Blocks leave room for %d", where, i, s.ID, s.Cut.Numbers, s.Cut.Numbers-s.usual.fewer)
		}
		if s.Holidays == OtherHoursOnHolidays {
			s.holiday = lay(s, s.HolidayHours)
		}
	}
}

// compile puts the sources where generation finds them. They have passed their checks.
func (r *Roster) compile(sources []*source) {
	slices.SortFunc(sources, func(a, b *source) int {
		return cmp.Or(a.date.Compare(b.date), a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID))
	})
	revised := make(map[string]bool, len(r.revisions))
	for k := range r.revisions { //house:anyorder fills a set
		revised[k.rule] = true
	}
	for _, s := range sources {
		for _, name := range s.Resources {
			s.needs = append(s.needs, r.need(needed{kind: ResourceClash, name: name}))
		}
		if s.Line.Room != "" {
			s.needs = append(s.needs, r.need(s.Line.room()))
		}
		if s.touched = revised[s.ID] || r.touches(s); revised[s.ID] {
			r.byID[s.ID] = s
		}
		if s.date.IsValid() {
			r.extras = append(r.extras, s)
			continue
		}
		r.keepsCalendar = r.keepsCalendar || s.Holidays != OpenOnHolidays
		for w := Monday; w <= Sunday; w++ {
			if s.Repeat.Weekdays.Has(w) {
				r.weekly[w] = append(r.weekly[w], s)
			}
		}
		if s.Repeat.Weekdays == 0 || len(s.Dates) > 0 {
			r.others = append(r.others, s)
		}
	}
	r.numberExceptions()
}

// numberExceptions numbers what only exceptions occupy, so that nothing is added to the roster after it is made.
func (r *Roster) numberExceptions() {
	for _, list := range r.substitutes { //house:anyorder numbers only group, they do not order
		for _, s := range list {
			r.need(needed{kind: ResourceClash, name: s.By})
		}
	}
	for k, v := range r.revisions { //house:anyorder numbers only group, they do not order
		line := r.byID[k.rule].Line
		v.relocate(&line)
		if line.Room != "" {
			r.need(line.room())
		}
	}
}

// touches reports whether leave, a closure or a substitute may concern s.
func (r *Roster) touches(s *source) bool {
	if _, ok := r.ruleLeaves[s.ID]; ok {
		return true
	}
	for _, name := range s.Resources {
		if _, ok := r.resourceLeaves[name]; ok || len(r.substitutes[place{s.ID, name}]) > 0 || len(r.substitutes[place{"", name}]) > 0 {
			return true
		}
	}
	_, whole := r.closures[siteDepartment{s.Line.Site, ""}]
	_, part := r.closures[siteDepartment{s.Line.Site, s.Line.Department}]
	return whole || part
}

// readSources copies rules and extra sessions; a source with a problem is still returned, so that exceptions can name it.
func readSources(c *RosterConfig, p *problems) []*source {
	list := make([]*source, 0, len(c.Rules)+len(c.Extras))
	seen := make(map[string]bool, cap(list))
	add := func(where string, s *source) {
		where = fmt.Sprintf("%s (ID %.60q): ", where, s.ID)
		p.under(where, s.check())
		if seen[s.ID] {
			p.add("%sID: twice", where)
		}
		seen[s.ID] = true
		s.Resources = slices.Sorted(slices.Values(s.Resources))
		s.Blocks = slices.Clone(s.Blocks)
		s.Dates = slices.Compact(slices.SortedFunc(slices.Values(s.Dates), Date.Compare))
		s.Closed = slices.SortedFunc(slices.Values(s.Closed), Date.Compare)
		list = append(list, s)
	}
	for i, rule := range c.Rules {
		s := &source{Rule: rule}
		where := fmt.Sprintf("Rules[%d]", i)
		p.under(fmt.Sprintf("%s (ID %.60q): ", where, rule.ID), s.checkRepeating())
		add(where, s)
	}
	for i, x := range c.Extras {
		where := fmt.Sprintf("Extras[%d]", i)
		if !x.Date.IsValid() {
			p.add("%s (ID %.60q): Date %v: want a date", where, x.ID, x.Date)
		}
		add(where, &source{date: x.Date, Rule: Rule{ID: x.ID, Line: x.Line, Resources: x.Resources, Part: x.Part, Start: x.Start,
			Minutes: x.Minutes, Cut: x.Cut, Blocks: x.Blocks, Holidays: OpenOnHolidays}})
	}
	return list
}
