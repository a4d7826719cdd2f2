package slots

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Limits of one call of Roster.Sessions.
const (
	MaxDays     = 1100       // days asked for: three years
	MaxSlots    = 10_000_000 // slots made
	MaxSessions = 2_000_000  // sessions made
)

// Sessions makes the sessions of every date from first to last, both included, in order of (Start, Date, ID), and the findings
// about them in order of Finding.Compare. Wall-clock times are those of loc. The same roster, calendar and zone rules give the same
// answer, whatever the order of the configuration; the sessions of a range are those of its parts, one after the other. (Findings
// are about the range: a clash over its edge, or a year met in both parts, is not.)
//
// It refuses a range that is not first <= last, more than MaxDays, MaxSlots or MaxSessions; loc must not be nil.
// Cost: O(days × rules of the weekday + slots), and a sort of the sessions.
func (r *Roster) Sessions(first, last Date, calendar Calendar, loc *time.Location) ([]Session, []Finding, error) {
	var p problems
	if !first.IsValid() || !last.IsValid() || last.Before(first) {
		p.add("range %v to %v: want two dates in order", first, last)
	} else if n := last.Sub(first) + 1; n > MaxDays {
		p.add("range %v to %v: %d days, want at most %d", first, last, n, MaxDays)
	}
	if loc == nil {
		p.add("location: missing")
	}
	if len(p) > 0 {
		return nil, nil, p.err()
	}
	sessions, units := r.size(first, last, calendar)
	if sessions > MaxSessions || units > MaxSlots {
		return nil, nil, fmt.Errorf("range %v to %v: %d slots in %d sessions, want at most %d in %d", first, last, units, sessions,
			MaxSlots, MaxSessions)
	}
	g := generation{loc: loc, sessions: make([]Session, 0, sessions), findings: r.calendarFindings(first, last, calendar)}
	for d := first; d.IsValid() && !d.After(last); d = d.AddDays(1) {
		for s := range r.heldOn(d, calendar) {
			g.session(s, d)
		}
	}
	slices.SortFunc(g.sessions, func(a, b Session) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), a.Date.Compare(b.Date), cmp.Compare(a.ID, b.ID))
	})
	g.findings = append(g.findings, clashes(g.sessions)...)
	slices.SortFunc(g.findings, Finding.Compare)
	return g.sessions, g.findings, nil
}

// size counts the sessions and slots of a range before leave and clocks take any.
func (r *Roster) size(first, last Date, calendar Calendar) (sessions, units int64) {
	for d := first; d.IsValid() && !d.After(last); d = d.AddDays(1) {
		for s := range r.heldOn(d, calendar) {
			sessions, units = sessions+1, units+int64(len(s.pieces))
		}
	}
	return sessions, units
}

// generation is the state of one call of Sessions.
type generation struct {
	loc      *time.Location
	sessions []Session
	findings []Finding
	unused   map[string]bool // rules whose unused minutes are reported; looked up, never walked
}

func (g *generation) find(f Finding) { g.findings = append(g.findings, f) }

// session makes the session of s on d, unless leave or the clocks leave nothing of it.
func (g *generation) session(s *source, d Date) {
	id := s.ID + "/" + d.String()
	if s.unused > 0 && !g.unused[s.ID] {
		if g.unused == nil {
			g.unused = map[string]bool{}
		}
		g.unused[s.ID] = true
		g.find(Finding{Kind: UnusedMinutes, Date: d, Session: id, Count: s.unused})
	}
	kept, partly := s.afterLeave(d)
	if partly {
		g.find(Finding{Kind: CountedPartLeave, Date: d, Session: id, Count: 1})
	}
	if len(kept) == 0 {
		g.find(Finding{Kind: EmptiedByLeave, Date: d, Session: id, Count: len(s.pieces)})
		return
	}
	face := newFace(d, s.Start, s.Minutes, g.loc)
	slots := make([]Slot, 0, len(kept))
	skipped, repeated := Finding{Kind: SkippedSlots, Date: d, Session: id}, Finding{Kind: RepeatedSlots, Date: d, Session: id}
	for _, p := range kept {
		at, how, fits := face.slot(p)
		switch {
		case how == Skipped || !fits:
			skipped.note(at)
			continue
		case how == Repeated:
			repeated.note(at)
		}
		slots = append(slots, Slot{at, p.minutes, p.capacity})
	}
	for _, f := range [...]Finding{skipped, repeated} {
		if f.Count > 0 {
			g.find(f)
		}
	}
	if len(slots) == 0 {
		return
	}
	g.sessions = append(g.sessions, Session{ID: id, Rule: s.ID, Line: s.Line, Resources: slices.Clone(s.Resources), Date: d,
		Part: s.Part, Start: face.start, Minutes: face.minutes(), Counted: s.Cut.Kind == CountedNumbers, Slots: slots})
}

func (f *Finding) note(at Instant) {
	if f.Count == 0 {
		f.At = at
	}
	f.Count++
}
