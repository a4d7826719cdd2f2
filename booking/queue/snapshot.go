package queue

import (
	"errors"
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Snapshot is all that a Queue is: plain values, for a store or for encoding/json.
type Snapshot struct {
	Rules   Rules
	Start   slots.Instant
	Clock   slots.Instant
	Entries []Entry // in order of Number, from 1
	// PriorityRun and VisitRun are how many calls, in a row, an ordinary visit and a returning patient have let pass.
	PriorityRun, VisitRun int
}

// Snapshot copies the queue's state.
func (q *Queue) Snapshot() Snapshot {
	return Snapshot{Rules: q.rules, Start: q.start, Clock: q.clock, Entries: append([]Entry(nil), q.entries...),
		PriorityRun: q.priorityRun, VisitRun: q.visitRun}
}

// Restore makes the queue of a snapshot, which it copies. The error joins all problems of a snapshot that no queue could
// have given. Cost: square in the check-ins.
func Restore(s Snapshot) (*Queue, error) {
	q, err := New(s.Rules, s.Start)
	if err != nil {
		return nil, err
	}
	if len(s.Entries) > MaxCheckIns {
		return nil, fmt.Errorf("snapshot: Entries: %d, want at most %d", len(s.Entries), MaxCheckIns)
	}
	q.clock, q.priorityRun, q.visitRun = s.Clock, s.PriorityRun, s.VisitRun
	var problems []error
	bad := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if s.Clock < 0 || s.Clock > maxInstant || s.Clock == 0 && len(s.Entries) > 0 {
		bad("Clock %d: out of range", s.Clock)
	}
	if s.PriorityRun < 0 || s.PriorityRun > s.Rules.PriorityRun {
		bad("PriorityRun %d: want 0 to %d", s.PriorityRun, s.Rules.PriorityRun)
	}
	if s.VisitRun < 0 || s.VisitRun > s.Rules.ReturnEvery-1 {
		bad("VisitRun %d: want 0 to %d", s.VisitRun, s.Rules.ReturnEvery-1)
	}
	since := slots.Instant(1)
	for i, e := range s.Entries {
		if err := q.checkEntry(&e, i+1, since); err != nil {
			bad("Entries[%d]: %w", i, err)
		}
		since = max(since, e.CheckedIn)
		q.entries = append(q.entries, e)
		if e.State == Called {
			q.called = i + 1
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	return q, nil
}

// checkEntry checks an entry against its state, the rules and the entries before it.
func (q *Queue) checkEntry(e *Entry, number int, since slots.Instant) error {
	var problems []error
	bad := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if !e.isValid() {
		bad("Ticket %q, %v, appointed %d: bad ticket", e.ID, e.Class, e.Appointed)
	}
	if e.Number != number {
		bad("Number %d: want %d", e.Number, number)
	}
	if !e.State.IsValid() {
		bad("%v: no state", e.State)
	}
	if before := q.find(e.ID); before != nil && (before.State != Finished || e.Class != Returning || before.EndedAt > e.CheckedIn) {
		bad("ID %q: is number %d already", e.ID, before.Number)
	}
	if e.State == Called && q.called != 0 {
		bad("%v: number %d is called already", e.State, q.called)
	}
	if e.CheckedIn < since || e.CheckedIn > q.clock {
		bad("CheckedIn %d: want %d to %d", e.CheckedIn, since, q.clock)
	}
	calledOnce := e.State == Called || e.State == Finished || e.State == MissedOut || e.Misses > 0
	if e.CalledAt == 0 && calledOnce || e.CalledAt != 0 && (!calledOnce && e.State != Left || e.CalledAt < e.CheckedIn || e.CalledAt > q.clock) {
		bad("CalledAt %d: does not fit %v with %d misses", e.CalledAt, e.State, e.Misses)
	}
	if e.State.IsEnd() != (e.EndedAt != 0) || e.EndedAt != 0 && (e.EndedAt < max(e.CheckedIn, e.CalledAt) || e.EndedAt > q.clock) {
		bad("EndedAt %d: does not fit %v", e.EndedAt, e.State)
	}
	if e.Misses < 0 || e.Misses > q.rules.MissedLimit || (e.State == MissedOut) != (e.Misses == q.rules.MissedLimit) {
		bad("Misses %d: does not fit %v and a limit of %d", e.Misses, e.State, q.rules.MissedLimit)
	}
	if e.Behind < 0 || e.Behind > q.rules.MissedBehind || e.Behind > 0 && (e.State != Waiting || e.Misses == 0) {
		bad("Behind %d: does not fit %v with %d misses", e.Behind, e.State, e.Misses)
	}
	return errors.Join(problems...)
}
