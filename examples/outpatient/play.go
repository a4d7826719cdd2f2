package main

import (
	"errors"
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/kpi"
	"github.com/haoyuan-go/haoyuan/booking/queue"
	"github.com/haoyuan-go/haoyuan/noshow"
	"github.com/haoyuan-go/haoyuan/slots"
)

// mechanism is what can differ between two worlds of one plan.
type mechanism struct {
	Policy  booking.Policy // chooses among what is free within a patient's window
	Elastic bool           // windows and sessions are added where they are short
}

// world is one run through the weeks: a Book behind a Desk, its log, and what the people in it do. Nothing in it draws
// lots: fates are in the plan, and everything else is a decision of the library or follows from one.
type world struct {
	p         *plan
	mechanism mechanism
	desk      *booking.Desk
	log       booking.Log
	kpi       *kpi.Projection
	agenda    agenda
	now       slots.Instant
	err       error // the first that is not a refusal: the run is void

	outcomes []outcome      // by request
	visits   []visit        // by appointment, from 1
	held     []*heldSession // by session handle, from 1
	byDay    map[slots.Date][]booking.Session
	servers  map[string]*server // physicians and machines, by code
	// missed, late and offers are what the log brought since the last settle.
	missed, late, offers []booking.Appointment
	incidents            [][]noshow.Incident // by patient
	barred               []bool              // by patient: suspended at least once
	thirdNext            []int64             // sampled, days; noThird where fewer than three were free
	counts               counts
	halls                []hall // by day
	elastic              elasticResult
	refusedAt            []int // requests that were refused, in order
	byID                 map[string]booking.Session
	// batch and candidates lend their memory to queries.
	batch      booking.Batch
	candidates []booking.Candidate
}

// counts is what neither the log nor an outcome knows.
type counts struct {
	AddOns      int64 // numbers made for emergencies
	MissedCalls int64
	Suspended   int64 // people
	// ExamOrders came from consultations and ExamsBooked are the examinations booked for them; ExamOrdersFailed found no
	// room in time. ExamOrdersOfMore are of more than one examination; ExamOneTrip are those that need but one trip.
	ExamOrders, ExamsBooked, ExamOrdersFailed, ExamOrdersOfMore, ExamOneTrip int64
}

// play runs a world from the evening before the first release until the last examination. step is told how far it is.
func play(p *plan, m mechanism, step func(done, total int64)) (*world, error) {
	w := &world{p: p, mechanism: m, servers: map[string]*server{}, byDay: map[slots.Date][]booking.Session{}, outcomes: make([]outcome, len(p.demand.Requests)),
		incidents: make([][]noshow.Incident, len(p.demand.Patients)),
		barred:    make([]bool, len(p.demand.Patients)), byID: map[string]booking.Session{},
		elastic: elasticResult{LastTry: map[string]slots.Date{}}}
	var err error
	if w.kpi, err = kpi.New(p.h.Zone); err != nil {
		return nil, err
	}
	if w.desk, err = booking.NewDesk(booking.New(p.rules), p.begin, w.record); err != nil {
		return nil, err
	}
	w.now = p.begin
	w.openSessions()
	w.rememberPast()
	for i := range p.demand.Requests {
		w.agenda.add(w.now, p.demand.Requests[i].At, func() { w.request(i) })
	}
	w.planDays()
	end := p.at(p.last.AddDays(imagingDays+1), slots.Clock{})
	for w.err == nil && w.next(end) {
		w.settle()
		step(int64(w.now-p.begin), int64(end-p.begin))
	}
	if w.err != nil {
		return nil, fmt.Errorf("%v: %w", w.now, w.err)
	}
	return w, nil
}

// next does what comes first, something due in the Book before something on the agenda for the same instant. It is false
// when the agenda is empty and nothing is due in the Book until the end. One at a time: either may put something before
// what the other has next.
func (w *world) next(end slots.Instant) bool {
	at, some := w.agenda.first()
	if some {
		end = at
	}
	if due, ok := w.desk.Pool().Wake(); ok && due <= end {
		w.now = max(w.now, due)
		w.check(w.desk.Advance(w.now))
		return true
	}
	if t, ok := w.agenda.next(); ok {
		w.now = max(w.now, t.at)
		t.do()
	}
	return some
}

// check keeps an error that is not a refusal; it reports whether the command was done.
func (w *world) check(err error) bool {
	if err != nil && !errors.Is(err, booking.ErrRefused) {
		w.err = errors.Join(w.err, err)
	}
	return err == nil
}

// record takes each batch to the log and to the indicators, before it is applied. It only notes what happened: deciding
// anything in here would be deciding on a Book that is a batch behind.
func (w *world) record(b *booking.Batch) error {
	if err := w.log.Append(b); err != nil {
		return err
	}
	for i := range b.Events() {
		w.notice(&b.Events()[i])
	}
	return w.kpi.Apply(b)
}

func (w *world) notice(e *booking.Event) {
	switch e.Kind() {
	case booking.HoldLapsed:
		w.outcomes[w.visit(e.Appointment()).request].state = unpaid
	case booking.PatientMissed:
		w.missed = append(w.missed, e.Appointment())
	case booking.OfferMade:
		w.offers = append(w.offers, e.Appointment())
	case booking.AppointmentCancelled:
		if e.Party() == booking.ByPatient && e.IsLate() {
			w.late = append(w.late, e.Appointment())
		}
	}
}

// heldSession is a session of the Book with what the day needs to know of it.
type heldSession struct {
	slots.Session
	server  *server
	lastEnd slots.Instant // of its last completion
	queue   *queue.Queue
	calls   int
	added   bool // by elastic staffing
}

// openSessions opens everything at once: each session's numbers come out at its own release.
func (w *world) openSessions() {
	rows := map[string]RosterRow{}
	for _, r := range w.p.h.Roster {
		rows[r.ID()] = r
	}
	for i := range w.p.sessions {
		s := &w.p.sessions[i]
		terms, err := w.p.terms(s, rows[s.Rule])
		if s.Line.Kind == slots.Examination {
			terms, err = w.p.commonTerms(s)
		}
		if w.check(err) {
			w.open(*s, terms, false)
		}
	}
}

func (w *world) open(s slots.Session, terms booking.Terms, added bool) {
	if _, err := w.desk.Open(w.now, s, terms); !w.check(err) {
		return
	}
	who := s.Resources[0]
	if m, ok := w.p.machines[s.Rule]; ok {
		who = m.Machine
	}
	if w.servers[who] == nil {
		w.servers[who] = &server{code: who}
	}
	q, err := queue.New(queueRules, s.Start)
	if !w.check(err) {
		return
	}
	held := &heldSession{Session: s, server: w.servers[who], queue: q, added: added}
	w.held = append(w.held, held)
	w.byID[s.ID] = booking.Session(len(w.held))
	w.byDay[s.Date] = append(w.byDay[s.Date], booking.Session(len(w.held)))
	w.agenda.add(w.now, s.Start, func() { w.callNext(held.server) })
}

// session is the session of a handle.
func (w *world) session(id booking.Session) *heldSession { return w.held[id-1] }

// planDays puts what happens by the clock on the agenda: the illness, and the evening's look at what is still free.
func (w *world) planDays() {
	if ill := w.p.ill; ill.Day.IsValid() {
		w.agenda.add(w.now, ill.At, w.fallIll)
	}
	for d := w.p.first; !d.After(w.p.last); d = d.AddDays(1) {
		w.agenda.add(w.now, w.p.at(d, slots.MustClock("06:30")), func() { w.openHall(d) })
		w.agenda.add(w.now, w.p.at(d, slots.MustClock("18:00")), w.sampleThirdNext)
		if w.mechanism.Elastic {
			w.agenda.add(w.now, w.p.at(d, slots.MustClock("18:10")), w.lookForShortage)
		}
	}
}
