package queue

import "cmp"

// rank is a ticket's place within its class: band, late or not, check-in, and the ID last, so that no two are equal.
type rank struct {
	band int64
	late bool
	e    *Entry
}

// arrival says how a check-in met the appointment time.
func (q *Queue) arrival(e *Entry) Arrival {
	switch {
	case e.Appointed == 0:
		return NoTime
	case e.CheckedIn > e.Appointed.AddMinutes(q.rules.GraceMinutes):
		return Late
	}
	return OnTime
}

func (q *Queue) rankOf(e *Entry) rank {
	if e.Class == Returning {
		return rank{e: e}
	}
	if q.arrival(e) == OnTime {
		return rank{band: q.band(int64(e.Appointed - q.start)), e: e}
	}
	// Whoever checks in before the session is here for its first band, not for one before it.
	return rank{band: max(0, q.band(int64(e.CheckedIn-q.start))), late: true, e: e}
}

// band is the band of an instant that many seconds after the session's start, rounding down also before it.
func (q *Queue) band(seconds int64) int64 {
	width := int64(q.rules.BandMinutes) * 60
	if seconds < 0 {
		return -((-seconds + width - 1) / width)
	}
	return seconds / width
}

func (r rank) compare(s rank) (int, Place) {
	switch {
	case r.band != s.band:
		return cmp.Compare(r.band, s.band), EarlierBand
	case r.late != s.late:
		if s.late {
			return -1, OnTimeFirst
		}
		return 1, OnTimeFirst
	case r.e.CheckedIn != s.e.CheckedIn:
		return cmp.Compare(r.e.CheckedIn, s.e.CheckedIn), EarlierCheckIn
	}
	return cmp.Compare(r.e.ID, s.e.ID), SmallerID
}

// front is the first two of one class that may be called.
type front struct{ first, second rank }

func (f *front) add(r rank) {
	switch {
	case f.first.e == nil || before(r, f.first):
		f.first, f.second = r, f.first
	case f.second.e == nil || before(r, f.second):
		f.second = r
	}
}

func before(r, s rank) bool {
	c, _ := r.compare(s)
	return c < 0
}

func (f *front) any() bool { return f.first.e != nil }

// next chooses whom to call and explains it; false where nobody waits.
func (q *Queue) next() (Reply, bool) {
	classes, behind := q.fronts()
	ordinary, priority, returning := &classes[Ordinary-1], &classes[Priority-1], &classes[Returning-1]
	visits := ordinary.any() || priority.any()
	if !visits && !returning.any() {
		return Reply{}, false
	}
	why, limit, chosen := NoOtherClass, 0, ordinary
	switch {
	case returning.any() && visits && q.visitRun >= q.rules.ReturnEvery-1:
		why, limit, chosen = ReturnTurn, q.rules.ReturnEvery, returning
	case !visits:
		chosen = returning
	case ordinary.any() && priority.any() && q.priorityRun >= q.rules.PriorityRun:
		why, limit = OrdinaryTurn, q.rules.PriorityRun
	case ordinary.any() && priority.any():
		why, limit, chosen = PriorityFirst, q.rules.PriorityRun, priority
	default:
		if priority.any() {
			chosen = priority
		}
		if returning.any() {
			why, limit = BeforeReturning, q.rules.ReturnEvery
		}
	}
	reply := Reply{Entry: *chosen.first.e, Why: why, Limit: limit, Place: OnlyOne, OnlyMissed: behind > 0}
	if chosen.second.e != nil {
		_, reply.Place = chosen.first.compare(chosen.second)
		reply.Over = chosen.second.e.ID
	}
	return reply, true
}

// fronts finds the first two of each class among those who may be called: who waits and has the fewest calls to wait
// for, which is none unless all have missed one.
func (q *Queue) fronts() (classes [3]front, behind int) {
	first := true
	for i := range q.entries {
		if e := &q.entries[i]; e.State == Waiting && (first || e.Behind < behind) {
			behind, first = e.Behind, false
		}
	}
	for i := range q.entries {
		if e := &q.entries[i]; e.State == Waiting && e.Behind == behind {
			classes[e.Class-1].add(q.rankOf(e))
		}
	}
	return classes, behind
}

// note counts a call: who was let pass, and that those who missed one have one call less to wait for. It is called
// before the state of the one who is called changes: they, too, are among those who may be called.
func (q *Queue) note(e *Entry) {
	classes, _ := q.fronts()
	switch {
	case e.Class == Ordinary || !classes[Ordinary-1].any():
		q.priorityRun = 0
	case e.Class == Priority:
		q.priorityRun++
	}
	switch {
	case e.Class == Returning || !classes[Returning-1].any():
		q.visitRun = 0
	default:
		q.visitRun++
	}
	for i := range q.entries {
		if x := &q.entries[i]; x.State == Waiting && x.Behind > 0 {
			x.Behind--
		}
	}
}
