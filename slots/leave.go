package slots

import (
	"cmp"
	"fmt"
	"slices"
)

// Leave takes supply away: of a rule (or extra session) or of everything that needs a resource. Exactly one of the two is
// named. If a set of resources is needed, the absence of one is enough.
type Leave struct {
	Rule     string
	Resource string
	From     Date // first day
	Until    Date // last day, included
	// Start and End bound the leave on each of its days, [Start, End) on the wall clock. Both 00:00 means the whole
	// day: then every session dated on the day goes, with what it has after midnight. With bounds, the slots
	// that overlap them go, on the dates of the wall clock.
	Start, End Clock
}

func (l *Leave) wholeDay() bool { return l.Start == Clock{} && l.End == Clock{} }

// readLeaves checks each leave and hands every source the lists that touch it, which are shared. A leave of something that no
// source knows is a problem: it would be accepted and do nothing.
func readLeaves(c *RosterConfig, sources []*source, p *problems) {
	type key struct{ rule, resource string }
	known, leaves := map[key]bool{}, map[key][]Leave{}
	for _, s := range sources {
		known[key{rule: s.ID}] = true
		for _, r := range s.Resources {
			known[key{resource: r}] = true
		}
	}
	for i, l := range c.Leaves {
		where := fmt.Sprintf("Leaves[%d]: ", i)
		p.under(where, l.check())
		k := key{l.Rule, l.Resource}
		if (l.Rule == "") != (l.Resource == "") && !known[k] {
			p.add("%sRule %q, Resource %q: no rule or extra session has it", where, l.Rule, l.Resource)
		}
		leaves[k] = append(leaves[k], l)
	}
	for _, s := range sources {
		s.leaves = append(s.leaves, leaves[key{rule: s.ID}])
		for _, r := range s.Resources {
			s.leaves = append(s.leaves, leaves[key{resource: r}])
		}
	}
}

func (l *Leave) check() error {
	var p problems
	if (l.Rule == "") == (l.Resource == "") {
		p.add("Rule %q, Resource %q: want exactly one of the two", l.Rule, l.Resource)
	}
	if !l.From.IsValid() || !l.Until.IsValid() {
		p.add("From %v, Until %v: want two dates", l.From, l.Until)
	} else if l.Until.Before(l.From) {
		p.add("Until %v: before From %v", l.Until, l.From)
	}
	if !l.wholeDay() && l.End.Compare(l.Start) <= 0 {
		p.add("End %v: want it after Start %v, or both 00:00 for whole days", l.End, l.Start)
	}
	return p.err()
}

// afterLeave returns the pieces of the session on d that no leave touches. A counted session has no times within:
// it goes only if leave covers all of it; otherwise it stays whole and partly is set.
func (s *source) afterLeave(d Date) (kept []piece, partly bool) {
	kept = s.pieces
	start := minuteOf(d, s.Start)
	var away []stretch // clock leaves, on the scale of minuteOf
	for l := range s.eachLeave {
		if l.wholeDay() {
			if !d.Before(l.From) && !d.After(l.Until) {
				return nil, false
			}
			continue
		}
		for _, on := range [...]Date{d, d.AddDays(1)} { // a session touches no other days
			if on.IsValid() && !on.Before(l.From) && !on.After(l.Until) {
				a := stretch{minuteOf(on, l.Start), minuteOf(on, l.End)}
				if a.from < start+int64(s.Minutes) && a.to > start {
					away = append(away, a)
				}
			}
		}
	}
	if len(away) == 0 {
		return kept, false
	}
	if s.Cut.Kind == CountedNumbers {
		if covered(stretch{start, start + int64(s.Minutes)}, away) {
			return nil, false
		}
		return kept, true
	}
	kept = slices.DeleteFunc(slices.Clone(s.pieces), func(p piece) bool {
		from := start + int64(p.offset)
		return slices.ContainsFunc(away, func(a stretch) bool { return a.from < from+int64(p.minutes) && a.to > from })
	})
	return kept, false
}

func (s *source) eachLeave(yield func(*Leave) bool) {
	for _, list := range s.leaves {
		for i := range list {
			if !yield(&list[i]) {
				return
			}
		}
	}
}

// stretch is a half-open stretch of wall-clock minutes since the calendar began.
type stretch struct{ from, to int64 }

func minuteOf(d Date, c Clock) int64 { return int64(d.Number())*24*60 + int64(c.Minutes()) }

// covered reports whether the stretches together cover all of s.
func covered(s stretch, by []stretch) bool {
	slices.SortFunc(by, func(a, b stretch) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	for _, b := range by {
		if b.from > s.from {
			return false
		}
		s.from = max(s.from, b.to)
	}
	return s.from >= s.to
}
