package booking

import (
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

func (b *Book) applyWaitlist(t *Batch, e *Event) bool {
	switch e.kind {
	case EntryJoined:
		return b.applyJoined(t, e)
	case WaitlistPassed:
		return b.applyPassed(e)
	}
	if !b.entries.has(e.number) {
		return false
	}
	id, x := Entry(e.number), b.entries.at(e.number)
	switch e.kind {
	case EntryApproved:
		if x.state != Undecided || e.session != 0 && !b.sessions.has(uint32(e.session)) {
			return false
		}
		x.state = Waiting
		b.enterLine(id, x, e)
	case EntryServed:
		if x.state != Waiting || !b.appointments.has(uint32(e.appointment)) {
			return false
		}
		x.appointment = e.appointment
		b.endEntry(id, x, Served)
	default:
		s := e.EntryState()
		if !x.state.IsOpen() || s <= Served || !s.IsValid() || s == Rejected && x.state != Undecided {
			return false
		}
		b.endEntry(id, x, s)
	}
	return true
}

func (b *Book) applyJoined(t *Batch, e *Event) bool {
	side, ok := t.sideOf(e)
	x := entry{bear: e.bear, person: e.person, account: e.account, booker: e.booker}
	if !ok || e.number != b.entries.next() || decodeWaiting(side, &x.waiting) != nil || e.session != 0 && !b.sessions.has(uint32(e.session)) {
		return false
	}
	if x.state = x.begins(); b.problem(&x) != nil {
		return false
	}
	y := b.entries.add()
	*y = x
	b.listEntry(Entry(e.number), y)
	if y.state == Waiting {
		b.enterLine(Entry(e.number), y, e)
	}
	return true
}

// listEntry puts an open entry on its person's list and into the due queue.
func (b *Book) listEntry(id Entry, x *entry) {
	w := waiter{x.person, id}
	i, _ := slices.BinarySearchFunc(b.waiters, w, waiter.compare)
	b.waiters = slices.Insert(b.waiters, i, w)
	b.dueSet(&x.dueAt, due(x.dueBy, rankExpire, uint32(id)))
}

// linesOfEntry calls f for the line that the entry stands in: the narrowest that it names; where any of several resources will do, the
// lines of all of them.
func (b *Book) linesOfEntry(x *entry, f func(*line)) {
	q := x.request()
	if !q.isAnyOf() {
		f(b.lineFor(&q))
		return
	}
	for _, r := range q.AnyOf.list() {
		f(&b.byResource[r-1])
	}
}

// stand puts an entry into a line.
func (l *line) stand(k waitKey) {
	i, _ := slices.BinarySearch(l.waits, k)
	l.waits = slices.Insert(l.waits, i, k)
}

// enterLine puts an entry in line. The session that its event names, where there is one, has something for it now; sessions with
// hours are looked at again when those change.
func (b *Book) enterLine(id Entry, x *entry, e *Event) {
	b.linesOfEntry(x, func(l *line) {
		l.stand(x.key(id))
		for i := l.reaching(e.at); i < len(l.sessions); i++ {
			s := b.sessions.at(uint32(l.sessions[i]))
			if s.flags&sessionTimed != 0 && s.ends() > e.at {
				b.lookAt(l.sessions[i], s, s.hoursChange(e.at))
			}
		}
	})
	if e.session != 0 {
		b.changed(e.session, e)
	}
}

// endEntry takes an entry out of everything it stands in.
func (b *Book) endEntry(id Entry, x *entry, s EntryState) {
	if x.state == Waiting {
		b.linesOfEntry(x, func(l *line) {
			if i, found := slices.BinarySearch(l.waits, x.key(id)); found {
				l.waits = slices.Delete(l.waits, i, i+1)
			}
		})
	}
	x.state = s
	if i, found := slices.BinarySearchFunc(b.waiters, waiter{x.person, id}, waiter.compare); found {
		b.waiters = slices.Delete(b.waiters, i, i+1)
	}
	b.dueSet(&x.dueAt, dueItem{})
}

// changed notes that a session may have something for those who wait: the line is to be tried before anyone else is heard. Where
// nobody waits it costs one comparison.
func (b *Book) changed(id Session, e *Event) {
	if len(b.waiters) == 0 {
		return
	}
	s := b.sessions.at(uint32(id))
	waited := false
	b.lines(s, func(l *line) { waited = waited || len(l.waits) > 0 })
	if !waited {
		return
	}
	b.lookAt(id, s, e.when())
}

// lookAt has the line tried for a session at an instant, or earlier where that is set already.
func (b *Book) lookAt(id Session, s *session, when sl.Instant) {
	if when == 0 || s.far.lookAt != 0 && s.far.lookAt <= when || s.flags&(sessionClosed|sessionEnded|sessionRetired) != 0 {
		return
	}
	s.far.lookAt = when
	b.dueSet(&s.dueAt, b.nextDue(id, s))
}

// hoursChange is when, after an instant, a pause or a class's own waiting time ends in the session; 0 for never.
func (s *session) hoursChange(at sl.Instant) (next sl.Instant) {
	if s.flags&sessionTimed == 0 {
		return 0
	}
	consider := func(x sl.Instant) {
		if x > at && (next == 0 || x < next) {
			next = x
		}
	}
	for i := range s.far.pauses {
		consider(s.far.pauses[i].Span.To())
	}
	for _, from := range s.far.froms {
		consider(from)
	}
	return next
}

// applyPassed: nobody in line could have anything in the session.
func (b *Book) applyPassed(e *Event) bool {
	if !b.sessions.has(uint32(e.session)) {
		return false
	}
	s := b.sessions.at(uint32(e.session))
	if s.flags&(sessionClosed|sessionEnded|sessionRetired) != 0 || s.far.lookAt != e.due || e.due == 0 {
		return false
	}
	s.far.lookAt = e.until
	b.dueSet(&s.dueAt, b.nextDue(e.session, s))
	return true
}

// forgetEntries drops, from the front of the table, the entries that are over.
func (b *Book) forgetEntries() {
	last := b.entries.dropped
	for b.entries.has(last+1) && !b.entries.at(last+1).state.IsOpen() {
		last++
	}
	b.entries.dropTo(last)
}

// rebuildEntry puts an entry that a snapshot gave where it belongs.
func (b *Book) rebuildEntry(id Entry) error {
	x := b.entries.at(uint32(id))
	if err := b.problem(x); err != nil {
		return err
	}
	if !x.state.IsOpen() {
		return nil
	}
	b.listEntry(id, x)
	if x.state == Waiting {
		b.linesOfEntry(x, func(l *line) { l.stand(x.key(id)) })
	}
	return nil
}
