package main

import (
	"errors"
	"strconv"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// requestState is what became of a request. Every request ends in exactly one of the last three.
type requestState uint8

// The states of a request.
const (
	pending requestState = iota // not asked yet, or held and not paid yet
	booked                      // had a number, whatever came of it
	unpaid                      // held a number and let it lapse
	refused
)

// outcome is what became of one request.
type outcome struct {
	state  requestState
	reason booking.Reason
	// id is its appointment; start when that was, as first booked.
	id    booking.Appointment
	start slots.Instant
	addOn bool
}

// visit is one appointment of the play: a consultation, or an examination that a consultation ordered.
type visit struct {
	request int
	exam    string // code; empty for a consultation
	asked   slots.Date
	arrived slots.Instant // at the door of the clinic: checked in
	started slots.Instant
}

func (w *world) visit(id booking.Appointment) *visit { return &w.visits[id-1] }

// made notes a new appointment, whose id the Book gives one after the other.
func (w *world) made(id booking.Appointment, v visit) {
	for len(w.visits) < int(id) {
		w.visits = append(w.visits, visit{})
	}
	v.asked = slots.DateOf(w.now, w.p.h.Zone)
	*w.visit(id) = v
}

// request is a patient asking: for the time that suits best, then for any time of that day, then for any day that will do.
// What is asked is the same in every world; only the policy that answers differs.
func (w *world) request(i int) {
	r := &w.p.demand.Requests[i]
	o := &w.outcomes[i]
	var err error
	for n, window := range w.wishes(r) {
		ask := w.ask(r)
		ask.Ref = r.ID + "/" + strconv.Itoa(n+1)
		ask.From, ask.Until = window.From(), window.To()
		if ask.Until <= w.now {
			continue
		}
		var id booking.Appointment
		if r.paysLater() {
			id, err = w.desk.Hold(w.now, ask)
		} else {
			id, err = w.desk.Book(w.now, ask)
		}
		if w.check(err) {
			w.got(i, id)
			return
		}
	}
	if w.err != nil {
		return
	}
	if r.Emergency {
		w.addOn(i)
	}
	if o.state != booked {
		o.state, o.reason = refused, w.reason(r, err)
		w.refusedAt = append(w.refusedAt, i)
	}
}

// wishes are the windows of a request, the dearest first.
func (w *world) wishes(r *Request) []slots.Span {
	target := w.p.at(r.Target, slots.Clock{})
	span := func(from, to slots.Instant) slots.Span {
		s, _ := slots.NewSpan(from, max(from, to)) // never ends before it begins
		return s
	}
	return []slots.Span{
		span(target.AddMinutes(r.PreferFrom.Minutes()), target.AddMinutes(min(r.PreferTo.Minutes()+r.ToleranceMinutes, minutesPerDay))),
		span(target, w.p.at(r.Target.AddDays(1), slots.Clock{})),
		span(w.p.at(r.FromDay, slots.Clock{}), w.p.at(r.ToDay.AddDays(1), slots.Clock{})),
	}
}

// ask is what a request says about itself, without a time.
func (w *world) ask(r *Request) booking.Ask {
	patient := &w.p.demand.Patients[r.Patient]
	a := booking.Ask{Person: patient.ID, Channel: r.Channel.String(), Resource: r.Physician, Department: r.Department,
		Service: visitService, Policy: w.mechanism.Policy.Name()}
	if r.Channel != Kiosk && r.Channel != Window { // there one shows one's own card
		a.Account = patient.Account
	}
	if r.Class != Ordinary {
		a.Classes = append(a.Classes, r.Class.String())
	}
	if r.Emergency {
		a.Classes = append(a.Classes, emergencyClass)
	}
	return a
}

// paysLater: at the kiosk and at the window one pays before the number is given; elsewhere it is kept until one has paid.
func (r *Request) paysLater() bool { return r.Channel != Kiosk && r.Channel != Window }

// got follows up a number that was given.
func (w *world) got(i int, id booking.Appointment) {
	r := &w.p.demand.Requests[i]
	o := &w.outcomes[i]
	w.made(id, visit{request: i})
	o.id = id
	if !r.paysLater() {
		w.booked(id)
		return
	}
	if r.Fate.Pays {
		w.agenda.add(w.now, w.now+slots.Instant(r.Fate.PayAfterSeconds), func() {
			if w.check(w.desk.Pay(w.now, id)) {
				w.booked(id)
			}
		})
	}
}

// booked follows up a number that is paid: the patient may cancel, comes, or does not.
func (w *world) booked(id booking.Appointment) {
	now, ok := w.desk.Pool().Appointment(id)
	if !ok {
		return
	}
	v := w.visit(id)
	f := &w.p.demand.Requests[v.request].Fate
	if v.exam == "" {
		if o := &w.outcomes[v.request]; o.state != booked {
			o.state, o.start, o.addOn = booked, now.Start, now.AddOn
		}
		// Who takes a number of a clinic that has begun, as with numbers without times, is about to come: too late to think again.
		if f.Cancels && now.From == (booking.Slot{}) && now.Start > w.now {
			w.agenda.add(w.now, w.now+(now.Start-w.now)*slots.Instant(f.CancelPerMille)/1000, func() { w.giveBack(id) })
		}
	}
	w.expect(id, now)
}

// giveBack is a patient cancelling; whoever is at the clinic already stays.
func (w *world) giveBack(id booking.Appointment) {
	if now, ok := w.desk.Pool().Appointment(id); ok && (now.State == booking.Booked || now.State == booking.Displaced) {
		w.check(w.desk.Cancel(w.now, id, booking.ByPatient))
	}
}

// addOn makes a number (加号) for an emergency that found none: in the session of the department that has the fewest
// of them already, on this day, and not over yet.
func (w *world) addOn(i int) {
	r := &w.p.demand.Requests[i]
	best, n := -1, 0
	fewest := 0
	for k, s := range w.held {
		if s.Date != r.Target || s.Line.Department != r.Department || s.Line.Service != visitService {
			continue
		}
		view, ok := w.desk.Pool().Session(booking.Session(k + 1))
		if !ok || view.Closed || view.Ended || best >= 0 && view.AddOns >= fewest {
			continue
		}
		for j := range s.Slots {
			if s.Slots[j].Start > w.now {
				best, n, fewest = k, j, view.AddOns
				break
			}
		}
	}
	if best < 0 {
		return
	}
	a := w.ask(r)
	a.Ref, a.Session, a.N = r.ID+"/add", w.held[best].ID, n
	id, err := w.desk.AddOn(w.now, a)
	if w.check(err) {
		w.made(id, visit{request: i})
		w.outcomes[i].id = id
		w.counts.AddOns++
		w.booked(id)
	}
}

// reason finds out what stood between a patient and a number where the answer was that none is free: of all slots of the
// wished day, the one that came nearest says it, as reasons are judged in order.
func (w *world) reason(r *Request, err error) booking.Reason {
	var no *booking.Refusal
	if !errors.As(err, &no) {
		return booking.BookingClosed // every window that the patient has is over
	}
	if no.Reason != booking.NoneFree {
		return no.Reason
	}
	return w.nearest(r)
}
