package kpi_test

import (
	"fmt"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/kpi"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

var shanghai = time.FixedZone("CST", 8*3600)

func bookRules(t require.TestingT) *booking.Rules {
	rules, err := booking.NewRules(booking.Rules{Version: 1, HoldSeconds: 900, KeySeconds: 3600, StepSeconds: 400 * 86400, Reallocation: booking.Reallocation{MaxMovePercent: 100},
		LateCancel: booking.LateRecorded, ReturnDays: 3, Policies: []booking.Policy{booking.Earliest{}}})
	require.NoError(t, err)
	return rules
}

// driver plays a random log into a Book and, beside it, writes down what it sees of every appointment in the Book. What it
// writes is the oracle's whole knowledge: it reads no event.
type driver struct {
	*rapid.T
	rules    *booking.Rules
	log      booking.Log
	desk     *booking.Desk
	sheet    *kpi.Projection
	now      sl.Instant
	sessions []*fact1
	visits   []*fact2
	moves    []*fact3
	people   int
}

// fact1 is a session as it was opened, and when it was closed.
type fact1 struct {
	sl.Session
	cancelBy, closedAt sl.Instant
}

// fact2 is what has been seen of an appointment.
type fact2 struct {
	seen                              booking.Visit
	home                              booking.Slot
	requested, arrived, started, done sl.Instant
	booked, late, hospital            bool
	moved                             bool // by the hospital, unasked
	reschedules                       int64
	lateReschedules, transfers        int64
}

// fact3 is one displacement, or one hold that a closing cancelled.
type fact3 struct {
	visit, from int // index, session handle
	how         string
	unplaced    bool
}

func newDriver(t *rapid.T) *driver {
	d := &driver{T: t, rules: bookRules(t), now: sl.MustInstant("2026-11-09T06:00:00+08:00")}
	var err error
	d.sheet, err = kpi.New(shanghai)
	require.NoError(t, err)
	d.desk, err = booking.NewDesk(booking.New(d.rules), d.now, func(b *booking.Batch) error {
		if err := d.sheet.Apply(b); err != nil {
			return err
		}
		return d.log.Append(b)
	})
	require.NoError(t, err)
	return d
}

// draw is uniform, which rapid.IntRange is not: small histories would be all there is.
func (d *driver) draw(label string, lo, hi int) int {
	var all []int
	for n := lo; n <= hi; n++ {
		all = append(all, n)
	}
	return rapid.SampledFrom(all).Draw(d.T, label)
}

// play opens some sessions and takes some steps.
func (d *driver) play(steps int) {
	for range d.draw("sessions", 3, 5) {
		d.open()
	}
	for range d.draw("steps", steps/2, steps) {
		d.step()
	}
}

func (d *driver) open() {
	if len(d.sessions) == 8 {
		return
	}
	n := len(d.sessions) + 1
	start := sl.MustInstant("2026-11-09T08:00:00+08:00").AddMinutes(24*60*d.draw("day", 0, 3) + 60*d.draw("hour", 0, 6))
	if d.draw("at night", 0, 9) == 0 {
		start = sl.MustInstant("2026-11-10T23:30:00+08:00")
	}
	dept := rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(d.T, "department")
	f := &fact1{Session: sl.Session{ID: fmt.Sprint("S", n), Date: sl.DateOf(start, shanghai), Start: start,
		Line: sl.Line{Department: []string{"Cardiology", "Neurology", "Eyes"}[dept], Service: []string{"visit", "scan"}[d.draw("service", 0, 1)],
			Kind: sl.General}}}
	for r := range d.draw("resources", 0, 2) {
		f.Resources = append(f.Resources, []string{"D1", "R1", "D2"}[(dept+r)%3])
	}
	for at, k := 0, d.draw("slots", 1, 4); k > 0; k-- {
		minutes := 10 * d.draw("minutes", 1, 3)
		f.Slots = append(f.Slots, sl.Slot{Start: start.AddMinutes(at), Minutes: minutes, Capacity: rapid.SampledFrom([]int{1, 1, 2, 2, 3, 0}).Draw(d.T, "capacity")})
		if d.draw("visit", 0, 4) == 0 {
			f.Slots[len(f.Slots)-1].Visit = sl.FirstVisit
		}
		at += minutes + 5*d.draw("gap", 0, 1)
	}
	length := int(f.Slots[len(f.Slots)-1].Start-start)/60 + f.Slots[len(f.Slots)-1].Minutes
	f.Minutes = rapid.SampledFrom([]int{0, length, length + 40}).Draw(d.T, "planned")
	f.Counted = len(f.Slots) == 1 && d.draw("counted", 0, 1) == 0
	terms := booking.Terms{AddOns: 1, FirstVisit: "elderly"}
	if d.draw("lead", 0, 2) == 0 {
		terms.LeadMinutes = 30
	}
	if d.draw("close", 0, 4) == 0 {
		terms.Close = start.AddMinutes(-60)
	}
	if d.draw("later", 0, 2) == 0 {
		terms.Release = start.AddMinutes(-60 * d.draw("hours before", 20, 40))
	}
	if d.draw("end", 0, 1) == 0 {
		terms.End = start.AddMinutes(120)
	}
	if d.draw("cancel by", 0, 1) == 0 {
		f.cancelBy = start.AddMinutes(-600)
		terms.CancelBy = f.cancelBy
	}
	if d.draw("reserve", 0, 1) == 0 {
		q := booking.NamedQuota{Class: "elderly", Reserve: uint16(d.draw("elderly", 1, 3))}
		if d.draw("opens", 0, 1) == 0 {
			q.OpenAt = start.AddMinutes(-60 * d.draw("hours before", 1, 30))
		}
		terms.Quotas = append(terms.Quotas, q, booking.NamedQuota{Class: "app", Reserve: uint16(d.draw("app", 0, 1)), Cap: 2, Capped: true})
	}
	if d.draw("rounds", 0, 1) == 0 {
		terms.Reallocate = []sl.Instant{d.now + 3600, d.now + 4*3600}
	}
	id, err := d.desk.Open(d.now, f.Session, terms)
	require.NoError(d, err)
	require.Equal(d, booking.Session(n), id)
	d.sessions = append(d.sessions, f)
}

func (d *driver) ask() booking.Ask {
	d.people++
	a := booking.Ask{Person: fmt.Sprint("P", d.people), Channel: []string{"app", "window", "kiosk"}[d.draw("channel", 0, 2)]}
	if d.draw("old", 0, 2) == 0 {
		a.Classes = []string{"elderly"}
	}
	s := d.sessions[d.draw("session", 1, len(d.sessions))-1]
	a.Count = rapid.SampledFrom([]int{1, 1, 1, 2}).Draw(d.T, "count")
	if d.draw("any", 0, 1) == 0 {
		a.Department = s.Line.Department
	} else {
		a.Session, a.N = s.ID, d.draw("slot", 1, len(s.Slots))-1
	}
	return a
}

// step does one thing, advancing first, and writes down what came of it.
func (d *driver) step() {
	d.now += sl.Instant(rapid.SampledFrom([]int{0, 0, 0, 60, 60, 901, 901, 2 * 3600}).Draw(d.T, "seconds"))
	require.NoError(d, d.desk.Advance(d.now))
	d.observe("time", 0)
	meta := booking.Meta{At: max(d.now, d.desk.Pool().Clock())}
	what := rapid.SampledFrom([]string{"open", "book", "book", "book", "book", "book", "book", "book", "book", "hold", "hold", "pay", "confirm", "add-on", "cancel", "cancel by hospital",
		"reschedule", "check in", "check in", "start", "complete", "complete", "complete", "transfer", "transfer", "return", "return", "return", "miss", "void", "close", "move", "accept", "accept", "decline", "grant", "quota"}).Draw(d.T, "what")
	session := booking.Session(d.draw("session", 1, len(d.sessions)))
	id := d.someone(what)
	var err error
	do := func(c booking.Command) { _, err = d.desk.Do(c) }
	switch what {
	case "open":
		d.open()
	case "book":
		_, err = d.desk.Book(d.now, d.ask())
	case "hold":
		_, err = d.desk.Hold(d.now, d.ask())
	case "add-on":
		a, s := d.ask(), d.sessions[session-1]
		a.Count, a.Session, a.N = 1, s.ID, 0
		_, err = d.desk.AddOn(d.now, a)
	case "pay":
		do(booking.Pay{Meta: meta, Appointment: id})
	case "confirm":
		do(booking.Confirm{Meta: meta, Appointment: id})
	case "cancel":
		do(booking.Cancel{Meta: meta, Appointment: id, By: booking.ByPatient})
	case "cancel by hospital":
		do(booking.Cancel{Meta: meta, Appointment: id, By: booking.ByHospital})
	case "reschedule":
		err = d.desk.Reschedule(d.now, id, d.ask())
	case "transfer":
		s := d.sessions[session-1]
		a := booking.Ask{Session: s.ID, N: d.draw("slot", 1, len(s.Slots)) - 1}
		if v, ok := d.desk.Pool().Appointment(id); ok && v.Date == s.Date {
			err = d.desk.Transfer(d.now, id, a, d.draw("as add-on", 0, 2) == 0)
		}
	case "return":
		_, err = d.desk.Return(d.now, id, d.sessions[session-1].ID)
	case "check in":
		do(booking.CheckIn{Meta: meta, Appointment: id})
	case "start":
		do(booking.Start{Meta: meta, Appointment: id})
	case "complete":
		do(booking.Complete{Meta: meta, Appointment: id})
	case "miss":
		do(booking.MarkNoShow{Meta: meta, Appointment: id})
	case "void":
		do(booking.Void{Meta: meta, Appointment: id})
	case "close", "move":
		if d.draw("really", 0, 1) > 0 {
			break
		}
		do(booking.CloseSession{Meta: meta, Session: session, AnswerBy: meta.At + 7200, Move: what == "move"})
		if err == nil {
			d.sessions[session-1].closedAt = meta.At
		}
	case "accept", "decline":
		do(booking.Answer{Meta: meta, Appointment: id, Accept: what == "accept"})
	case "grant":
		do(booking.Grant{Meta: meta, Slot: booking.Slot{Session: session}, Units: 1})
	case "quota":
		if lines := d.desk.Pool().Quotas(nil, session, meta.At); len(lines) > 0 {
			q := lines[0].Quota
			q.Reserve = uint16(d.draw("elderly", 0, 3))
			do(booking.SetQuota{Meta: meta, Session: session, Quota: q})
		} else if class := d.desk.Pool().Find(booking.ClassName, "elderly"); class != 0 {
			do(booking.SetQuota{Meta: meta, Session: session, Quota: booking.Quota{Class: booking.Class(class), Reserve: 2}})
		}
	}
	var no *booking.Refusal
	if err != nil {
		require.ErrorAs(d, err, &no, what)
	}
	d.observe(what, session)
}

// someone picks an appointment, more often than not one that the step is for.
func (d *driver) someone(what string) booking.Appointment {
	suits := map[string][]booking.State{"pay": {booking.Held}, "check in": {booking.Booked, booking.Confirmed}, "start": {booking.CheckedIn},
		"transfer": {booking.CheckedIn, booking.InConsultation}, "return": {booking.Fulfilled},
		"complete": {booking.InConsultation}, "accept": {booking.Displaced}, "decline": {booking.Displaced},
		"reschedule": {booking.Displaced, booking.Held, booking.Booked}, "cancel": {booking.Displaced, booking.Booked, booking.Confirmed}}[what]
	var ids, fit []booking.Appointment
	for i, f := range d.visits {
		ids = append(ids, booking.Appointment(i+1))
		for _, s := range suits {
			if f.seen.State == s {
				fit = append(fit, booking.Appointment(i+1))
			}
		}
	}
	if len(ids) == 0 {
		return 0
	}
	if len(fit) > 0 && d.draw("fitting", 0, 9) > 0 {
		ids = fit
	}
	return rapid.SampledFrom(ids).Draw(d.T, "visit")
}

// observe compares every appointment of the Book with what was last seen of it.
func (d *driver) observe(what string, session booking.Session) {
	for id := booking.Appointment(1); ; id++ {
		v, ok := d.desk.Pool().Appointment(id)
		if !ok {
			return
		}
		v.ReturnUntil = sl.Date{} // another visit's doing
		if int(id) > len(d.visits) {
			d.visits = append(d.visits, &fact2{seen: v, home: v.Slot, requested: d.now, booked: v.State == booking.Booked})
			if v.IsReturn {
				d.visits[id-1].arrived = d.desk.Pool().Clock()
			}
			continue
		}
		f := d.visits[id-1]
		was := f.seen
		f.seen = v
		if was == v {
			continue
		}
		d.follow(int(id-1), f, was, v, what, session)
	}
}

func (d *driver) follow(i int, f *fact2, was, v booking.Visit, what string, session booking.Session) {
	clock := d.desk.Pool().Clock()
	closes := what == "close" || what == "move"
	if what == "reschedule" && was.State == booking.Displaced && was.Slot == v.Slot {
		what = "accept" // to go where one was offered a place is to accept it
	}
	if was.State == booking.Displaced {
		how := map[string]string{"time": "lapsed", "accept": "accepted", "decline": "declined", "reschedule": "rescheduled", "void": "voided",
			"cancel": "cancelled", "cancel by hospital": "cancelled", "close": "again", "move": "again"}[what]
		for _, m := range d.moves {
			if m.visit == i && m.how == "pending" {
				m.how = how
			}
		}
	}
	if closes && was.State == booking.Held {
		d.moves = append(d.moves, &fact3{i, int(session), "hold", false})
	} else if closes && v.State != booking.Cancelled { // but for returns, which have nothing to be offered
		how := "pending"
		if v.State == booking.Booked || v.State == booking.CheckedIn {
			how = "moved"
		}
		f.moved = how == "moved"
		d.moves = append(d.moves, &fact3{i, int(session), how, !v.Slot.IsValid()})
		f.arrived = 0
	}
	switch v.State {
	case booking.Booked:
		f.booked, f.home = true, v.Slot
	case booking.Held:
		f.home = v.Slot
	case booking.CheckedIn:
		f.arrived = clock
		if what == "transfer" {
			f.transfers++
			f.booked, f.home, f.started = true, v.Slot, 0
		}
		if closes || was.State == booking.Displaced { // here already, for another number of the day
			f.booked, f.home = true, v.Slot
		}
	case booking.InConsultation:
		f.started = clock
	case booking.Fulfilled:
		f.done = clock
	case booking.Cancelled:
		f.hospital = what != "cancel"
		f.late = what == "cancel" && (was.State == booking.Booked || was.State == booking.Confirmed) && !f.moved && clock >= d.deadline(was)
	}
	if what == "reschedule" {
		f.reschedules++
		if !f.moved && (was.State == booking.Booked || was.State == booking.Confirmed) && clock >= d.deadline(was) {
			f.lateReschedules++
		}
		f.moved = false
	}
}

func (d *driver) deadline(v booking.Visit) sl.Instant {
	s := d.sessions[v.Slot.Session-1]
	switch {
	case s.cancelBy != 0:
		return s.cancelBy
	case s.Counted:
		return max(s.Span().To(), s.Slots[0].Span().To())
	}
	return v.Start
}
