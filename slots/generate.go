package slots

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Limits of one call of Roster.Sessions.
const (
	MaxDays     = 1100       // days asked for: three years
	MaxSlots    = 10_000_000 // slots made
	MaxSessions = 2_000_000  // sessions made
)

// Sessions makes the sessions held on the dates from first to last, both included, in order of (Start, Date, ID), and the findings
// about them in order of Finding.Compare. Wall-clock times are those of loc. The same roster, calendar and zone rules give the same
// answer, whatever the order of the configuration; the sessions of a range are those of its parts, one after the other. (Findings
// are about the range: a clash over its edge, or a year met in both parts, is not.)
//
// It refuses a range that is not first <= last, more than MaxDays, MaxSlots or MaxSessions; loc must not be nil.
// Cost: O(days × rules of the weekday + slots), and a sort of what exceptions move. A day of sessions is three allocations.
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
	g := generation{roster: r, loc: loc, findings: r.calendarFindings(first, last, calendar)}
	days, units, err := g.plan(first, last, calendar)
	if err != nil {
		return nil, nil, err
	}
	g.sessions = make([]Session, 0, len(g.planned))
	g.claims = make([]claim, 0, 2*len(g.planned))
	from := 0
	for i, until := range days {
		g.day(first.AddDays(i), g.planned[from:until], units[i])
		from = until
	}
	sorted := slices.IsSortedFunc(g.sessions, inOrder)
	g.findings = append(g.findings, g.clashes()...)
	if !sorted {
		slices.SortFunc(g.sessions, inOrder)
	}
	slices.SortFunc(g.findings, Finding.Compare)
	return g.sessions, g.findings, nil
}

func inOrder(a, b Session) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), a.Date.Compare(b.Date), cmp.Compare(a.ID, b.ID))
}

// generation is the state of one call of Sessions.
type generation struct {
	roster   *Roster
	loc      *time.Location
	planned  []planned
	sessions []Session
	claims   []claim
	findings []Finding
	unused   map[string]bool // rules whose unused minutes are reported; looked up, never walked
	room     arena
	buffers  []int16 // minutes after each slot of one session; empty if none has any
}

// arena is where the lists and names of one day's sessions lie.
type arena struct {
	slots     []Slot
	resources []string
	names     strings.Builder
}

// plan finds what is held, and where each day ends in the list of it and how many slots it has at most.
func (g *generation) plan(first, last Date, calendar Calendar) (days, slotsOf []int, err error) {
	total := int64(0)
	for d := first; d.IsValid() && !d.After(last); d = d.AddDays(1) {
		from, slotN := len(g.planned), 0
		g.planned = g.roster.heldOn(g.planned, d, calendar)
		for i := from; i < len(g.planned); i++ {
			slotN += g.planned[i].mostSlots()
		}
		days, slotsOf, total = append(days, len(g.planned)), append(slotsOf, slotN), total+int64(slotN)
		if len(g.planned) > MaxSessions || total > MaxSlots {
			return nil, nil, fmt.Errorf("range %v to %v: %d slots in %d sessions until %v, want at most %d in %d", first, last, total,
				len(g.planned), d, MaxSlots, MaxSessions)
		}
	}
	return days, slotsOf, nil
}

// mostSlots is how many slots p can have.
func (p *planned) mostSlots() int {
	if p.revision == nil {
		return len(p.layout().pieces)
	}
	h, c := p.hours()
	n := c.count(h.Minutes) + (2*len(p.source.Blocks)+1)*c.perRound()
	for i := range p.source.Blocks {
		if b := &p.source.Blocks[i]; !b.isBreak() {
			n += 2 * b.Cut.count(b.Minutes)
		}
	}
	return n
}

// part is the label of its part of the day.
func (p *planned) part() string {
	if p.revision != nil && p.revision.Part != "" {
		return p.revision.Part
	}
	return p.source.Part
}

// layout is what the session's hours and cut make of it.
func (p *planned) layout() *layout {
	switch {
	case p.revision != nil && (p.revision.Hours != Hours{} || p.revision.Cut != Cut{}):
		h, c := p.hours()
		return newLayout(c, p.source.Blocks, h.Start, h.Minutes)
	case p.holiday:
		return p.source.holiday
	}
	return p.source.usual
}

// day makes the sessions of one day, with slotN slots at most.
func (g *generation) day(d Date, list []planned, slotN int) {
	resources, letters := 0, 0
	for i := range list {
		s := list[i].source
		resources, letters = resources+len(s.Resources), letters+len(s.ID)+len("/2006-01-02")
	}
	g.room = arena{slots: make([]Slot, 0, slotN), resources: make([]string, 0, resources)}
	g.room.names.Grow(letters)
	face := newDayFace(d, g.loc)
	for i := range list {
		g.session(&list[i], d, &face)
	}
}

func (g *generation) find(f Finding) { g.findings = append(g.findings, f) }

// session makes one session, unless exceptions or the clocks leave nothing of it.
func (g *generation) session(p *planned, d Date, on *dayFace) {
	s, layout := p.source, p.layout()
	hours, cut := p.hours()
	var made Session
	made.ID = g.room.name(s.ID, p.origin)
	kept := layout.pieces
	line, resources, needs := s.Line, s.Resources, s.needs
	if s.touched {
		x := g.roster.exceptions(p, d, hours)
		line, resources, needs = x.line, x.resources, x.needs
		if x.doubled != "" {
			g.find(Finding{Kind: DoubledSubstitute, Date: d, Session: made.ID, Resource: x.doubled})
		}
		var partly bool
		if kept, partly = x.gaps.left(kept, cut.Kind == CountedNumbers); partly {
			g.find(Finding{Kind: CountedPartLeave, Date: d, Session: made.ID, Count: 1})
		}
	}
	switch {
	case len(layout.pieces) == 0:
		g.find(Finding{Kind: NothingFits, Date: d, Session: made.ID, Count: hours.Minutes})
		return
	case layout.unused > 0:
		g.findUnused(s, Finding{Kind: UnusedMinutes, Date: d, Session: made.ID, Count: layout.unused})
	}
	if layout.fewer > 0 {
		g.find(Finding{Kind: FewerNumbers, Date: d, Session: made.ID, Count: layout.fewer})
	}
	if len(kept) == 0 {
		g.find(Finding{Kind: Emptied, Date: d, Session: made.ID, Count: len(layout.pieces)})
		return
	}
	face := on.of(hours.Start, hours.Minutes)
	if made.Slots = g.slots(kept, cut.Kind == CountedNumbers, &face, d, made.ID); len(made.Slots) == 0 {
		return
	}
	if g.buffers = g.buffers[:0]; layout.buffered {
		g.bufferAll(kept, &face)
	}
	made.Rule, made.Line, made.Resources, made.Date, made.Part = s.ID, line, g.room.copy(resources), d, p.part()
	made.Start, made.Minutes, made.Counted = face.start, face.minutes(), cut.Kind == CountedNumbers
	g.claim(&made, needs)
	g.sessions = append(g.sessions, made)
}

// slots puts the pieces on the time line.
func (g *generation) slots(kept []piece, counted bool, face *face, d Date, id string) []Slot {
	from := len(g.room.slots)
	if face.plain {
		for _, p := range kept {
			g.room.slots = append(g.room.slots, Slot{face.start.AddMinutes(int(p.offset)), int(p.minutes), int(p.capacity), p.visit})
		}
		return g.room.slots[from:len(g.room.slots):len(g.room.slots)]
	}
	skipped, repeated := Finding{Kind: SkippedSlots, Date: d, Session: id}, Finding{Kind: RepeatedSlots, Date: d, Session: id}
	for _, p := range kept {
		at, how, fits := face.slot(p)
		if counted { // no times within: what is left of the session is enough
			if at, fits = face.start, face.minutes() >= int(p.minutes); how == Skipped {
				how = Exact
			}
		}
		switch {
		case how == Skipped || !fits:
			skipped.note(at)
			continue
		case how == Repeated:
			repeated.note(at)
		}
		g.room.slots = append(g.room.slots, Slot{at, int(p.minutes), int(p.capacity), p.visit})
	}
	for _, f := range [...]Finding{skipped, repeated} {
		if f.Count > 0 {
			g.find(f)
		}
	}
	return g.room.slots[from:len(g.room.slots):len(g.room.slots)]
}

// bufferAll notes the buffers of the slots that became of the pieces: of all of them but those that the clocks took.
func (g *generation) bufferAll(kept []piece, face *face) {
	for _, p := range kept {
		if _, how, fits := face.slot(p); how != Skipped && fits {
			g.buffers = append(g.buffers, p.buffer)
		}
	}
}

func (f *Finding) note(at Instant) {
	if f.Count == 0 {
		f.At = at
	}
	f.Count++
}

// findUnused reports the unused minutes of a rule once in a range.
func (g *generation) findUnused(s *source, f Finding) {
	if g.unused[s.ID] {
		return
	}
	if g.unused == nil {
		g.unused = map[string]bool{}
	}
	g.unused[s.ID] = true
	g.find(f)
}

// name is the identity of a session. The builder has room for all names of the day, so they never move.
func (a *arena) name(rule string, d Date) string {
	from := a.names.Len()
	var date [10]byte
	a.names.WriteString(rule)
	a.names.WriteByte('/')
	a.names.Write(d.AppendTo(date[:0]))
	return a.names.String()[from:]
}

func (a *arena) copy(list []string) []string {
	from := len(a.resources)
	a.resources = append(a.resources, list...)
	return a.resources[from:len(a.resources):len(a.resources)]
}
