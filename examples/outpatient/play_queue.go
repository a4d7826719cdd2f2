package main

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/queue"
	"github.com/haoyuan-go/haoyuan/slots"
)

// queueRules: half-hours in order, the old and the urgent first but never more than two in a row, and whoever misses a
// call comes after three others.
var queueRules = queue.Rules{BandMinutes: 30, GraceMinutes: 10, PriorityRun: 2, ReturnEvery: 3, MissedBehind: 3, MissedLimit: 3}

// missesCallPerMille of those who wait are away when they are called first (过号).
const missesCallPerMille = 15

// ticket is an appointment in its session's queue.
func (w *world) ticket(id booking.Appointment, now booking.Visit) queue.Ticket {
	r := &w.p.demand.Requests[w.visit(id).request]
	t := queue.Ticket{ID: ticketID(id), Class: queue.Ordinary, Appointed: now.Start}
	if r.Emergency || r.Class == Elderly {
		t.Class = queue.Priority
	}
	if now.AddOn {
		t.Appointed = 0
	}
	return t
}

func ticketID(id booking.Appointment) string { return strconv.FormatUint(uint64(id), 10) }

func appointmentOf(ticket string) booking.Appointment {
	id, _ := strconv.ParseUint(ticket, 10, 32) // made by ticketID
	return booking.Appointment(id)
}

// queued keeps a queue's refusal as an error: the play asks a queue only for what it can do.
func (w *world) queued(r queue.Reply) queue.Reply {
	if r.Refusal != 0 {
		w.check(fmt.Errorf("queue: ticket %q: %v", r.Entry.ID, r.Refusal))
	}
	return r
}

// callNext calls whoever is first, if the server is free and a session of it has begun.
func (w *world) callNext(s *server) {
	if s.busy || w.err != nil {
		return
	}
	held := w.nextSession(s)
	if held == nil {
		return
	}
	called := w.queued(held.queue.Call(w.now))
	id := appointmentOf(called.Entry.ID)
	if draw := newStream(w.p.demand.Seed, "missed-call", textKey(w.p.demand.Requests[w.visit(id).request].ID)); called.Entry.Misses == 0 && draw.chance(missesCallPerMille) {
		w.queued(held.queue.Missed(w.now, called.Entry.ID))
		w.counts.MissedCalls++
		w.callNext(s)
		return
	}
	held.calls++
	if w.check(w.desk.Start(w.now, id)) {
		s.busy = true
		w.visit(id).started = w.now
		w.agenda.add(w.now, w.now+slots.Instant(w.serviceSeconds(id)), func() { w.finish(s, id) })
	}
}

// nextSession is the session that a server calls from: the one that began first; of those that began together, as with a
// physician who is listed in two places at once, the one that has had the fewest calls. nil if nobody waits.
func (w *world) nextSession(s *server) (best *heldSession) {
	s.open = slices.DeleteFunc(s.open, func(h *heldSession) bool { return h.queue.Waiting() == 0 })
	for _, h := range s.open {
		if h.Start <= w.now && (best == nil || h.Start < best.Start || h.Start == best.Start && h.calls < best.calls) {
			best = h
		}
	}
	return best
}

// leaveQueue takes a patient out of the queue of a session that was closed over their head.
func (w *world) leaveQueue(id booking.Appointment, from booking.Session) {
	q := w.session(from).queue
	if e, ok := q.Find(ticketID(id)); ok && e.State == queue.Waiting {
		w.queued(q.Leave(w.now, e.ID))
	}
}
