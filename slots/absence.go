package slots

import (
	"cmp"
	"slices"
)

// absence is when something is away: on each day from first to last, all day or between two clocks.
type absence struct {
	from, until Date
	start, end  Clock // both 00:00: all day
}

func (a absence) allDay() bool { return a.start == Clock{} && a.end == Clock{} }

func (a absence) on(d Date) bool { return !d.Before(a.from) && !d.After(a.until) }

func (a absence) check(p *problems) {
	checkDates(a.from, a.until, p)
	if !a.allDay() && a.end.Compare(a.start) <= 0 {
		p.add("End %v: want it after Start %v, or both 00:00 for whole days", a.end, a.start)
	}
}

// absences are those of one thing, to be asked by date: in order of their first day, each with the latest last day of all before it and
// its own, so that a search backwards knows when to stop.
type absences struct {
	list   []absence
	latest []Date
}

func newAbsences(list []absence) absences {
	slices.SortFunc(list, func(a, b absence) int {
		return cmp.Or(a.from.Compare(b.from), a.until.Compare(b.until), a.start.Compare(b.start), a.end.Compare(b.end))
	})
	x := absences{slices.Compact(list), nil}
	for i, a := range x.list {
		if i > 0 && x.latest[i-1].After(a.until) {
			a.until = x.latest[i-1]
		}
		x.latest = append(x.latest, a.until)
	}
	return x
}

// addTo adds to g those of its date and of the next. Cost: a binary search, and a look at each that began before and is not over, or that
// lies under a longer one that is not.
func (x *absences) addTo(g *gaps) {
	i, _ := slices.BinarySearchFunc(x.list, g.date.AddDays(2), func(a absence, d Date) int { return a.from.Compare(d) })
	if !g.date.AddDays(2).IsValid() { // at the end of the calendar
		i = len(x.list)
	}
	for i--; i >= 0 && !x.latest[i].Before(g.date); i-- {
		g.add(x.list[i])
	}
}

// gaps gathers what absences take out of one session.
type gaps struct {
	date  Date    // of the session
	span  stretch // of the session
	taken []stretch
	all   bool
}

func (g *gaps) add(a absence) {
	if a.allDay() {
		g.all = g.all || a.on(g.date)
		return
	}
	for _, d := range [...]Date{g.date, g.date.AddDays(1)} { // a session touches no other days
		if d.IsValid() && a.on(d) {
			if s := (stretch{minuteOf(d, a.start), minuteOf(d, a.end)}); s.from < g.span.to && s.to > g.span.from {
				g.taken = append(g.taken, s)
			}
		}
	}
}

// left returns the pieces of the session that no absence touches. A counted session has no times within: it goes only if
// absences cover all of it; otherwise it stays whole and partly is set.
func (g *gaps) left(pieces []piece, counted bool) (kept []piece, partly bool) {
	switch {
	case g.all:
		return nil, false
	case len(g.taken) == 0:
		return pieces, false
	case counted && covered(g.span, g.taken):
		return nil, false
	case counted:
		return pieces, true
	}
	kept = slices.DeleteFunc(slices.Clone(pieces), func(p piece) bool {
		from := g.span.from + int64(p.offset)
		return slices.ContainsFunc(g.taken, func(s stretch) bool { return s.from < from+int64(p.minutes) && s.to > from })
	})
	return kept, false
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
