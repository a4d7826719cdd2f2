package main

import (
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/exam"
	"github.com/haoyuan-go/haoyuan/slots"
)

// consultingRoom is the channel of what a physician orders: booked from there, before the patient leaves.
const consultingRoom = "consulting-room"

// examOffers bounds the free times that are looked at for one examination: several together need the days ahead, one by
// itself only the next that are free.
const (
	examOffers    = 300
	examOffersOne = 100
)

// orderExams plans the examinations of a consultation as one itinerary with the fewest trips, and books it whole or not
// at all.
func (w *world) orderExams(v visit) {
	r := &w.p.demand.Requests[v.request]
	if len(r.Fate.Exams) == 0 {
		return
	}
	w.counts.ExamOrders++
	today := slots.DateOf(w.now, w.p.h.Zone)
	trip, err := w.p.catalogue.Trip(exam.Order{Patient: w.p.demand.Patients[r.Patient].ID, Codes: r.Fate.Exams,
		NotBefore: today, Until: today.AddDays(imagingDays)})
	if !w.check(err) {
		return
	}
	most := examOffers
	if len(trip.Exams) == 1 {
		most = examOffersOne
	}
	answer := w.planTrip(trip, r, most)
	if answer.Outcome != exam.Found && most < examOffers {
		answer = w.planTrip(trip, r, examOffers)
	}
	if answer.Outcome != exam.Found || !w.bookTrip(v, answer.Itinerary) {
		w.counts.ExamOrdersFailed++
		return
	}
	if len(trip.Exams) > 1 {
		w.counts.ExamOrdersOfMore++
		if answer.Itinerary.Days == 1 {
			w.counts.ExamOneTrip++
		}
	}
}

// planTrip looks for the best itinerary among at most so many free times of each examination.
func (w *world) planTrip(trip exam.Trip, r *Request, most int) exam.Answer {
	for _, e := range trip.Exams {
		trip.Offers = w.appendOffers(trip.Offers, r, e.Code, most)
	}
	problem, err := exam.NewProblem(trip)
	if !w.check(err) {
		return exam.Answer{}
	}
	return problem.Solve()
}

// appendOffers asks the pool for the free times of one examination: half an hour from now, or when a fast that begins now
// is long enough. Of the machines of its kind only some can do it.
func (w *world) appendOffers(dst []exam.Offer, r *Request, code string, most int) []exam.Offer {
	row, _ := w.p.h.exam(code)
	pool := w.desk.Pool()
	q, ok := w.registered(r, consultingRoom)
	q.Service = booking.Service(pool.Find(booking.ServiceName, row.Modality))
	if !ok || q.Service == 0 { // no such machine
		return dst
	}
	q.Count = w.p.examSlots[code]
	q.From = w.now.AddMinutes(max(30, 60*row.FastingHours))
	q.Until = w.p.at(slots.DateOf(w.now, w.p.h.Zone).AddDays(imagingDays+1), slots.Clock{})
	free, err := pool.Candidates(w.candidates[:0], &w.batch, q, w.now, most)
	w.candidates = free
	if !w.check(err) {
		return dst
	}
	free = slices.DeleteFunc(free, func(c booking.Candidate) bool {
		m := w.p.machines[w.session(c.Slot.Session).Rule]
		return !slices.Contains(m.Exams, code) || c.Minutes < row.Minutes
	})
	offers, err := exam.AppendOffers(dst, pool, code, row.Minutes, q.Count, free, w.p.midnights)
	if !w.check(err) {
		return dst
	}
	return offers
}

// bookTrip takes all legs in one bundle, or none.
func (w *world) bookTrip(v visit, trip exam.Itinerary) bool {
	q, ok := w.registered(&w.p.demand.Requests[v.request], consultingRoom)
	if !ok {
		return false
	}
	reply, err := w.desk.Do(trip.Bundle(booking.Meta{At: w.now}, booking.Booked, q))
	if !w.check(err) {
		return false
	}
	for n, leg := range trip.Legs {
		id := reply.Appointment + booking.Appointment(n)
		w.made(id, visit{request: v.request, exam: leg.Exam})
		w.booked(id)
	}
	w.counts.ExamsBooked += int64(len(trip.Legs))
	return true
}
