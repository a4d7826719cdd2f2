package booking

import "github.com/haoyuan-go/haoyuan/slots"

// Candidate is a run of slots that the request may have, with what its first slot carries now.
type Candidate struct {
	Slot    Slot
	Start   slots.Instant
	Minutes int // of the whole run
	// Room, Held, Offered, Taken and Resting are units of the first slot.
	Room, Held, Offered, Taken, Resting int
}

// View is what a Policy may see: the request, and the candidates that the Book's rules allow, session by session in order
// of (session start, handle). It is valid during the call only.
//
//	for v.NextSession() {
//		for c, ok := v.NextSlot(); ok; c, ok = v.NextSlot() { ... }
//	}
type View struct {
	book    *Book
	attempt *attempt
	line    *line
	none    line   // where what is sought has no session yet
	one     line   // of a single session
	many    line   // of several lines in one
	party   *party // what the session must have to do with others, where several are sought together
	i       int    // index of the next session in line
	old     int    // index of the session being moved out of: it may have room though its bit says no
	id      Session
	session *session
	n       uint16        // next slot
	last    Slot          // the candidate given out last, which every check has passed
	bound   bool          // restrictions have a say
	beyond  slots.Instant // what starts then or later is beyond a gate's horizon; 0 for none
	loads   loadCache
	// filters are what policies around the one at work leave of the view.
	filters []Filter
	formers formerCache
	ids     []Appointment // lent to Recent
}

// open prepares the view of an attempt that names no slot.
func (v *View) open(b *Book, a *attempt) {
	v.begin(b, a)
	v.line = b.lineFor(&a.Request)
	if v.line == nil {
		v.line = &v.none
	}
	v.old = -1
	olds := 0
	for i := range a.legs {
		if l := &a.legs[i]; l.units < 0 {
			v.old = v.line.find(b.sessions.at(uint32(l.session)).start, l.session)
			olds++
		}
	}
	if olds > 1 || a.isAnyOf() {
		v.merge()
	}
	v.Rewind()
}

// begin is open, but for the sessions.
func (v *View) begin(b *Book, a *attempt) {
	v.book, v.attempt, v.party = b, a, nil
	v.loads.reset()
	v.filters, v.formers.known = v.filters[:0], false
	if v.bound, v.beyond = b.isBound(a), 0; v.bound {
		v.beyond = b.horizon(a)
	}
}

// narrow has the view give one session only. Its lists are kept for the next time.
func (v *View) narrow(id Session) {
	v.one.starts = append(v.one.starts[:0], v.book.sessions.at(uint32(id)).start)
	v.one.sessions = append(v.one.sessions[:0], id)
	v.one.open, v.one.longestMinutes = append(v.one.open[:0], 1), MaxSessionMinutes
	v.line, v.old = &v.one, -1
	v.i, v.id, v.session, v.n, v.last = 0, 0, nil, 0, Slot{}
}

// lineFor is the line to search for what is asked: the narrowest that the request names; nil where it has no session yet.
func (b *Book) lineFor(q *Request) *line {
	switch {
	case q.Resource != 0:
		return lineOf(b.byResource, uint32(q.Resource))
	case q.Service != 0:
		return lineOf(b.byService, uint32(q.Service))
	}
	return lineOf(b.byDepartment, uint32(q.Department))
}

func lineOf(lines []line, handle uint32) *line {
	if handle == 0 || handle > uint32(len(lines)) {
		return nil
	}
	return &lines[handle-1]
}

// Rewind starts over, for a policy that looks twice.
func (v *View) Rewind() {
	v.i = v.line.reaching(max(v.attempt.From, v.attempt.at))
	v.id, v.session, v.n, v.last = 0, nil, 0, Slot{}
}

// Request is what is asked. Its Count is at least 1.
func (v *View) Request() Request { return v.attempt.Request }

// At is the instant of the decision.
func (v *View) At() slots.Instant { return v.attempt.at }

// Chosen appends to dst the slots that earlier requests of the same bundle were given.
func (v *View) Chosen(dst []Slot) []Slot {
	for i := range v.attempt.legs {
		if l := &v.attempt.legs[i]; l.units > 0 {
			dst = append(dst, Slot{l.session, l.slot})
		}
	}
	return dst
}

// PeekSession is when the next session that has room starts, before anything else about it is judged: a policy that wants
// nothing later can stop there.
func (v *View) PeekSession() (start slots.Instant, ok bool) {
	next := v.nextIndex()
	if next >= len(v.line.sessions) {
		return 0, false
	}
	return v.line.starts[next], true
}

func (v *View) nextIndex() int {
	next := v.line.nextOpen(v.i)
	if v.old >= v.i && v.old < next {
		return v.old
	}
	return next
}

// NextSession moves to the next session in which the person may book at all, and reports whether there is one. Sessions
// without room are passed over sixty-four at a time.
func (v *View) NextSession() bool {
	b := v.book
	for {
		next := v.nextIndex()
		if next >= len(v.line.sessions) || v.isBeyond(v.line.starts[next]) {
			v.i, v.session = len(v.line.sessions), nil
			return false
		}
		v.i = next + 1
		v.id = v.line.sessions[next]
		v.session, v.n = b.sessions.at(uint32(v.id)), 0
		if v.mayBook(v.session) && (len(v.filters) == 0 || v.admitted()) {
			return true
		}
	}
}

// mayBook judges all of a session that does not depend on the slot.
func (v *View) mayBook(s *session) bool {
	a, b := v.attempt, v.book
	if s.start.AddMinutes(int(s.minutes)) <= max(a.From, a.at) ||
		a.Department != 0 && s.department != a.Department || a.Service != 0 && s.service != a.Service ||
		!a.suits(s) || v.party != nil && !v.party.admits(s, v.id) || !b.sessionAllows(a, s) {
		return false
	}
	return b.eligibleAllows(a, s) && b.quotaAllows(a, v.id, s) && b.limitAllows(a, v.id, s) && (!v.bound || b.coolingAllows(a, v.id, s))
}

// isBeyond reports whether a start is later than what is asked, or than a gate allows.
func (v *View) isBeyond(start slots.Instant) bool {
	return v.attempt.Until != 0 && start >= v.attempt.Until || v.beyond != 0 && start >= v.beyond
}

// Session is the current session and its start.
func (v *View) Session() (Session, slots.Instant) {
	if v.session == nil {
		return 0, 0
	}
	return v.id, v.session.start
}

// NextSlot returns the next candidate of the current session, in order of time.
func (v *View) NextSlot() (Candidate, bool) {
	if v.session == nil {
		return Candidate{}, false
	}
	a, s := v.attempt, v.session
	run := s.slots()
	for ; int(v.n) < len(run); v.n++ {
		start := s.start.AddMinutes(int(run[v.n].offsetMinutes))
		if start < a.From {
			continue
		}
		if v.isBeyond(start) {
			break
		}
		if !v.book.slotAllows(a, v.id, s, v.n) || !v.book.placeAllows(a, s, v.n) {
			continue
		}
		first, last := &run[v.n], &run[v.n+a.Count-1]
		c := Candidate{
			Slot: Slot{v.id, v.n}, Start: start,
			Minutes: int(last.offsetMinutes) + int(last.minutes) - int(first.offsetMinutes),
			Room:    int(first.room(a.unitsOn(v.id, v.n))), Held: int(first.held), Offered: int(first.offered), Taken: int(first.taken),
			Resting: int(first.resting),
		}
		v.n++
		v.last = c.Slot
		return c, true
	}
	return Candidate{}, false
}

// Load is how many units are occupied in slots of the current session's department that start in the same half-hour
// (of the UTC clock) as start, over sessions whose numbers are out. Cost: the department's sessions of that half-hour,
// once a decision.
func (v *View) Load(start slots.Instant) int {
	if v.session == nil {
		return 0
	}
	half := start - start%halfHour
	return v.loads.of(v.session.department, half, func() int32 {
		return v.book.load(v.attempt, v.session.department, half, half+halfHour)
	})
}

const halfHour = slots.Instant(1800)

// load counts the occupied units of a department's slots that start in [from, until), as the legs would have them.
func (b *Book) load(a *attempt, d Department, from, until slots.Instant) (units int32) {
	l := lineOf(b.byDepartment, uint32(d))
	if d == 0 || l == nil {
		return 0
	}
	for i := l.reaching(from); i < len(l.sessions) && l.starts[i] < until; i++ {
		s := b.sessions.at(uint32(l.sessions[i]))
		if !s.bookable() {
			continue
		}
		run := s.slots()
		for n := range run {
			at := s.start.AddMinutes(int(run[n].offsetMinutes))
			if at >= until {
				break
			}
			if at >= from {
				units += run[n].occupied() + a.unitsOn(l.sessions[i], uint16(n))
			}
		}
	}
	return units
}

// loadCache remembers the loads asked for during one decision.
type loadCache struct {
	entries [64]struct {
		half       slots.Instant
		department Department
		round      uint32
		units      int32
	}
	round uint32
}

func (c *loadCache) reset() { c.round++ }

func (c *loadCache) of(d Department, half slots.Instant, count func() int32) int {
	e := &c.entries[uint64(half/halfHour)%uint64(len(c.entries))]
	if e.round != c.round || e.half != half || e.department != d {
		e.half, e.department, e.round, e.units = half, d, c.round, count()
	}
	return int(e.units)
}
