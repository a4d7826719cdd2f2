package main

import (
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// server is one physician or one machine: it serves one patient at a time, from however many sessions it is listed in.
type server struct {
	code string
	busy bool
	open []*heldSession // those with somebody waiting
}

// expect puts a patient's coming on the agenda, if the patient will come. The fate was drawn before anything was decided;
// only the time between booking and visit, which makes staying away likelier, is the world's own.
func (w *world) expect(id booking.Appointment, now booking.Visit) {
	v := w.visit(id)
	r := &w.p.demand.Requests[v.request]
	patient := w.p.demand.Patients[r.Patient]
	f := r.Fate
	if v.exam != "" {
		f.MissDraw = w.examDraw(v, "exam-miss").below(1_000_000)
	}
	if f.misses(patient, w.p.demand.Curve, now.Date.Sub(v.asked)) && !r.Emergency {
		return
	}
	arrival := max(w.now+60, now.Start.AddMinutes(-int(f.EarlyMinutes)))
	w.agenda.add(w.now, arrival, func() { w.arrive(id, now.Start) })
}

// arrive is a patient at the hospital's door, for an appointment that may have been moved or given back meanwhile.
func (w *world) arrive(id booking.Appointment, start slots.Instant) {
	now, ok := w.desk.Pool().Appointment(id)
	if !ok || now.Start != start || now.State != booking.Booked {
		return
	}
	v := w.visit(id)
	f := &w.p.demand.Requests[v.request].Fate
	if v.exam == "" && f.AtWindow {
		w.agenda.add(w.now, w.throughWindow(f), func() { w.checkIn(id) })
		return
	}
	w.checkIn(id)
}

// checkIn records that the patient is at the clinic, in the Book and in the session's queue. It is refused where the session
// has been closed, or has ended, between the door and the clinic.
func (w *world) checkIn(id booking.Appointment) {
	if !w.check(w.desk.CheckIn(w.now, id)) {
		return
	}
	now, _ := w.desk.Pool().Appointment(id)
	w.visit(id).arrived = w.now
	s := w.session(now.Slot.Session)
	w.queued(s.queue.CheckIn(w.now, w.ticket(id, now)))
	if !slices.Contains(s.server.open, s) {
		s.server.open = append(s.server.open, s)
	}
	w.callNext(s.server)
}

// serviceSeconds is how long the patient is with the physician or in the machine.
func (w *world) serviceSeconds(id booking.Appointment) int64 {
	v := w.visit(id)
	r := &w.p.demand.Requests[v.request]
	if v.exam != "" {
		e, _ := w.p.h.exam(v.exam)
		return int64(e.Minutes) * 60 * w.examDraw(v, "exam-time").between(750, 1150) / 1000
	}
	d, _ := w.p.h.department(r.Department)
	return r.Fate.consultSeconds(d)
}

// finish ends a consultation or examination and calls the next. What the physician orders is booked before the
// patient leaves the room.
func (w *world) finish(s *server, id booking.Appointment) {
	s.busy = false
	if w.check(w.desk.Complete(w.now, id)) {
		now, _ := w.desk.Pool().Appointment(id)
		held := w.session(now.Slot.Session)
		held.lastEnd = w.now
		w.queued(held.queue.Finish(w.now, ticketID(id)))
		if v := w.visit(id); v.exam == "" {
			w.orderExams(*v)
		}
	}
	w.callNext(s)
}

// examDraw is the stream of one examination of one request, for one purpose.
func (w *world) examDraw(v *visit, purpose string) *stream {
	r := &w.p.demand.Requests[v.request]
	draw := newStream(w.p.demand.Seed, purpose, textKey(r.ID), textKey(v.exam))
	return &draw
}
