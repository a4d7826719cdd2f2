package queue

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Queue is the waiting room of one session. Make one with New or Restore; the zero Queue has no rules and refuses
// check-ins. It is not safe for use by several goroutines at once. Verbs that are refused change nothing.
type Queue struct {
	rules   Rules
	start   slots.Instant // of the session: where bands are counted from
	clock   slots.Instant // the last now
	entries []Entry       // in order of check-in: number n at n−1
	called  int           // number of the one who is called; 0 for none
	// priorityRun is how many priority calls an ordinary visit that might have been called has let pass, in a row.
	priorityRun int
	// visitRun is how many visits a returning patient who might have been called has let pass, in a row.
	visitRun int
}

// MaxCheckIns bounds a session's check-ins.
const MaxCheckIns = 2000

// New returns the empty queue of a session that starts at an instant. The error joins all problems of the rules.
func New(rules Rules, start slots.Instant) (*Queue, error) {
	if err := rules.check(); err != nil {
		return nil, err
	}
	if start <= 0 || start > maxInstant {
		return nil, fmt.Errorf("start %d: want an instant before the year 10000", start)
	}
	return &Queue{rules: rules, start: start}, nil
}

// CheckIn gives a ticket its queue number and says whether it came on time. Cost: a walk over the session's check-ins.
func (q *Queue) CheckIn(now slots.Instant, t Ticket) Reply {
	if !q.takes(now) {
		return Reply{Refusal: ClockBack}
	}
	if !t.isValid() {
		return Reply{Refusal: BadTicket}
	}
	if e := q.find(t.ID); e != nil && (e.State != Finished || t.Class != Returning) {
		return Reply{Refusal: AlreadyHere, Entry: *e}
	}
	if len(q.entries) >= MaxCheckIns {
		return Reply{Refusal: QueueFull}
	}
	e := Entry{Ticket: t, Number: len(q.entries) + 1, State: Waiting, CheckedIn: now}
	q.clock = now
	q.entries = append(q.entries, e)
	return Reply{Entry: e, Arrival: q.arrival(&e)}
}

// Call calls the next, and says why. Cost: a walk over the session's check-ins.
func (q *Queue) Call(now slots.Instant) Reply {
	if !q.takes(now) {
		return Reply{Refusal: ClockBack}
	}
	if q.called != 0 {
		return Reply{Refusal: RoomTaken, Entry: q.entries[q.called-1]}
	}
	reply, ok := q.next()
	if !ok {
		return Reply{Refusal: NobodyWaiting}
	}
	e := &q.entries[reply.Entry.Number-1]
	q.note(e)
	e.State, e.Behind, e.CalledAt = Called, 0, now
	q.clock, q.called = now, e.Number
	reply.Entry = *e
	return reply
}

// Missed records that nobody came to the call (过号): the ticket goes back behind MissedBehind calls or, at its
// MissedLimit-th, ends. Reply.Entry.State says which.
func (q *Queue) Missed(now slots.Instant, id string) Reply {
	e, refusal := q.inRoom(now, id)
	if refusal.Refusal != 0 {
		return refusal
	}
	e.Misses++
	if e.Misses >= q.rules.MissedLimit {
		return q.end(e, MissedOut, now)
	}
	e.State, e.Behind = Waiting, q.rules.MissedBehind
	q.clock, q.called = now, 0
	return Reply{Entry: *e}
}

// Finish records that the physician is done with the one who was called.
func (q *Queue) Finish(now slots.Instant, id string) Reply {
	e, refusal := q.inRoom(now, id)
	if refusal.Refusal != 0 {
		return refusal
	}
	return q.end(e, Finished, now)
}

// Leave records that someone who waits or is called gives up, or goes elsewhere (转科).
func (q *Queue) Leave(now slots.Instant, id string) Reply {
	e, refusal := q.live(now, id)
	if refusal.Refusal != 0 {
		return refusal
	}
	return q.end(e, Left, now)
}

// Clock is the last now; zero before the first.
func (q *Queue) Clock() slots.Instant { return q.clock }

// Find is the last check-in of an ID; false if there is none.
func (q *Queue) Find(id string) (Entry, bool) {
	if e := q.find(id); e != nil {
		return *e, true
	}
	return Entry{}, false
}

// Waiting is how many wait; whoever is called is not among them.
func (q *Queue) Waiting() int {
	n := 0
	for i := range q.entries {
		if q.entries[i].State == Waiting {
			n++
		}
	}
	return n
}

// Order is the order in which those who wait would be called if everyone came and nobody else checked in: what the screen
// in the hall shows. The first is whom Call calls next.
func (q *Queue) Order() []Entry {
	sim := q.clone()
	var order []Entry
	for {
		reply, ok := sim.next()
		if !ok {
			return order
		}
		e := &sim.entries[reply.Entry.Number-1]
		sim.note(e)
		order = append(order, q.entries[e.Number-1])
		e.State = Finished
	}
}

// takes reports whether now can follow the last.
func (q *Queue) takes(now slots.Instant) bool {
	return q.start != 0 && now > 0 && now >= q.clock && now <= maxInstant
}

func (q *Queue) find(id string) *Entry {
	for i := len(q.entries) - 1; i >= 0; i-- {
		if q.entries[i].ID == id {
			return &q.entries[i]
		}
	}
	return nil
}

// live finds one who waits or is called.
func (q *Queue) live(now slots.Instant, id string) (*Entry, Reply) {
	if !q.takes(now) {
		return nil, Reply{Refusal: ClockBack}
	}
	e := q.find(id)
	switch {
	case e == nil:
		return nil, Reply{Refusal: NotHere}
	case e.State.IsEnd():
		return nil, Reply{Refusal: AlreadyOver, Entry: *e}
	}
	return e, Reply{}
}

// inRoom finds the one who is called.
func (q *Queue) inRoom(now slots.Instant, id string) (*Entry, Reply) {
	e, refusal := q.live(now, id)
	if e != nil && e.State != Called {
		return nil, Reply{Refusal: NotCalled, Entry: *e}
	}
	return e, refusal
}

func (q *Queue) end(e *Entry, s State, now slots.Instant) Reply {
	e.State, e.EndedAt, e.Behind = s, now, 0
	q.clock = now
	if q.called == e.Number {
		q.called = 0
	}
	return Reply{Entry: *e}
}

func (q *Queue) clone() *Queue {
	c := *q
	c.entries = append([]Entry(nil), q.entries...)
	return &c
}
