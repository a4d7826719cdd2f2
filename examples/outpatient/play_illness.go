package main

import (
	"cmp"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// illness is the one thing that goes wrong in every world: a physician falls ill at 07:40 of a day.
type illness struct {
	Physician string
	Day       slots.Date
	At        slots.Instant
	// AnswerBy is when an offer that nobody answered lapses.
	AnswerBy slots.Instant
}

// chooseIllness picks who and when by rule and not by lot, so that the worlds agree: the first day of the second week that
// has morning clinics, and of its physicians the one with the most numbers that day, the least code of equals.
func chooseIllness(p *plan, consulting []slots.Session) illness {
	var ill illness
	units := map[string]int{}
	for i := range consulting {
		s := &consulting[i]
		if s.Date.Before(p.first.AddDays(8)) || s.Start >= p.at(s.Date, slots.MustClock("12:00")) || ill.Day.IsValid() && s.Date != ill.Day {
			continue
		}
		ill.Day = s.Date
		units[s.Resources[0]] += s.Units()
	}
	for who, n := range units {
		if ill.Physician == "" || cmp.Or(cmp.Compare(units[ill.Physician], n), cmp.Compare(who, ill.Physician)) < 0 {
			ill.Physician = who
		}
	}
	if ill.Day.IsValid() {
		ill.At, ill.AnswerBy = p.at(ill.Day, slots.MustClock("07:40")), p.at(ill.Day, slots.MustClock("12:00"))
	}
	return ill
}

// fallIll closes the physician's sessions of the day. Everyone in them is offered the best other number there is, and
// answers, or does not; declining, or not being found anything, gives the number back and is held against nobody.
func (w *world) fallIll() {
	ill := w.p.ill
	for _, id := range w.byDay[ill.Day] {
		s := w.session(id)
		if s.Resources[0] != ill.Physician || s.Line.Service != visitService {
			continue
		}
		// Replacements from tomorrow on: today's other clinics of the same physician are about to close as well.
		_, err := w.desk.Do(booking.CloseSession{Meta: booking.Meta{At: w.now}, Session: id, AnswerBy: ill.AnswerBy,
			From: w.p.at(ill.Day.AddDays(1), slots.Clock{})})
		w.check(err)
	}
}

// offered lets the patients answer: seven in ten take what is offered, two give the number back, one says nothing.
func (w *world) offered(id booking.Appointment) {
	v := w.visit(id)
	now, ok := w.desk.Pool().Appointment(id)
	if !ok || now.State != booking.Displaced {
		return
	}
	w.leaveQueue(id, now.From.Session)
	draw := newStream(w.p.demand.Seed, "answer", textKey(w.p.demand.Requests[v.request].ID))
	what, minutes := draw.pick([]int64{70, 20, 10}), draw.between(4, 150)
	if what == 2 {
		return
	}
	accept := what == 0 && now.Slot.IsValid()
	w.agenda.add(w.now, w.now.AddMinutes(int(minutes)), func() {
		if !w.check(w.desk.Answer(w.now, id, accept)) || !accept {
			return
		}
		w.booked(id)
	})
}
