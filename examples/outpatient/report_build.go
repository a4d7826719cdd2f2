package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// newReport turns the worlds into what people read, in one language.
func newReport(ws *weeks, l Lang) (*Report, error) {
	h, after := ws.plan.h, ws.after
	r := &Report{Lang: l, Hospital: h.Name, From: ws.plan.first, To: ws.plan.last, Seed: h.Seed, Digest: ws.proof.Digest,
		Mechanism: l.t("mechanism"), Load: loadPeriods(ws.before, ws.levelled), Losers: compareWorlds(ws.before, ws.levelled),
		Overtime: overtimeRows(ws.before, ws.levelled, 8)}
	var err error
	for _, x := range []struct {
		indicators *Indicators
		world      *world
	}{{&r.Before, ws.before}, {&r.After, ws.levelled}, {&r.Elastic, after}} {
		if *x.indicators, err = x.world.indicators(); err != nil {
			return nil, err
		}
	}
	if r.Channels, err = after.channelCounts(); err != nil {
		return nil, err
	}
	if r.Departments, err = after.departmentResults(l); err != nil {
		return nil, err
	}
	for _, x := range after.refusals() {
		r.Refusals = append(r.Refusals, NamedCount{l.t(reasonKeys[x.Reason]), x.Count})
	}
	r.StaffDay, r.Staff = after.staffDay()
	if r.Changes, err = changes(ws, r); err != nil {
		return nil, err
	}
	r.DaySheet = after.daySheet(l)
	r.Findings = findingTexts(ws.plan, l)
	r.Proof = proofText(ws.proof, l)
	r.Notes = notes(ws, l)
	return r, nil
}

// loadPeriods counts the clinics' patients by half-hour of the day: everyone whose number was taken in the end.
func loadPeriods(before, after *world) []LoadPeriod {
	b, a := before.load(), after.load()
	first, last := 48, -1
	for i := range b {
		if b[i].taken+a[i].taken+a[i].capacity > 0 {
			first, last = min(first, i), max(last, i)
		}
	}
	var list []LoadPeriod
	for i := first; i <= last; i++ {
		list = append(list, LoadPeriod{Start: clockAt(30 * i), Before: b[i].taken, After: a[i].taken, Capacity: a[i].capacity})
	}
	return list
}

type halfHourLoad struct{ taken, capacity int64 }

func (w *world) load() (load [48]halfHourLoad) {
	pool := w.desk.Pool()
	for id := range w.visits {
		now, ok := pool.Appointment(booking.Appointment(id + 1))
		if ok && w.visits[id].exam == "" && now.State.Occupies() {
			load[w.clock(now.Start).Minutes()/30%48].taken++
		}
	}
	for id, s := range w.held {
		view, ok := pool.Session(booking.Session(id + 1))
		if !ok || view.Closed || s.Line.Service != visitService {
			continue
		}
		for _, x := range s.Slots {
			load[w.clock(x.Start).Minutes()/30%48].capacity += int64(x.Capacity)
		}
	}
	return load
}

// staffDay is the day on which the most was added at the windows, the earliest of equals.
func (w *world) staffDay() (slots.Date, []StaffPeriod) {
	best, most := -1, int64(-1)
	for i, h := range w.halls {
		added := int64(0)
		for _, p := range h.staff {
			added += p.Added
		}
		if len(h.staff) > 0 && added > most {
			best, most = i, added
		}
	}
	if best < 0 {
		return slots.Date{}, nil
	}
	return w.halls[best].day, w.halls[best].staff
}

// sheetRows is how many rows of the day sheet are shown.
const sheetRows = 14

// daySheet is the excerpt of the day on which the physician fell ill: that department's numbers in order of time.
func (w *world) daySheet(l Lang) DaySheet {
	d := DaySheet{Date: w.p.ill.Day}
	department := ""
	for _, id := range w.byDay[d.Date] {
		if s := w.session(id); s.Resources[0] == w.p.ill.Physician && s.Line.Service == visitService {
			department = s.Line.Department
		}
	}
	type row struct {
		id booking.Appointment
		at slots.Instant
	}
	var rows []row
	for id := range w.visits {
		now, ok := w.desk.Pool().Appointment(booking.Appointment(id + 1))
		if !ok || w.visits[id].exam != "" || now.State == booking.Lapsed {
			continue
		}
		if s := w.session(placeOf(now).Session); s.Line.Department == department && s.Date == d.Date {
			rows = append(rows, row{now.Appointment, s.Slots[placeOf(now).N].Start})
		}
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.id, b.id)) })
	for _, r := range rows[:min(sheetRows, len(rows))] {
		d.Rows = append(d.Rows, w.sheetRow(r.id, r.at, l))
	}
	d.More = int64(len(rows) - len(d.Rows))
	return d
}

// placeOf is where an appointment stands on the day sheet: where it was before its session closed, if it did.
func placeOf(now booking.Visit) booking.Slot {
	if now.From.IsValid() {
		return now.From
	}
	return now.Slot
}

func (w *world) sheetRow(id booking.Appointment, at slots.Instant, l Lang) DaySheetRow {
	now, _ := w.desk.Pool().Appointment(id)
	place := placeOf(now)
	s := w.session(place.Session)
	r := &w.p.demand.Requests[w.visit(id).request]
	department, _ := w.p.h.department(s.Line.Department)
	state := l.t(stateKeys[now.State])
	if now.From.IsValid() && now.State.Occupies() && now.State != booking.Displaced {
		state = fmt.Sprintf(l.t("state.moved"), monthDay(now.Date), w.clock(now.Start))
	}
	return DaySheetRow{Time: w.clock(at), Number: fmt.Sprintf("%03d", place.N+1), Patient: w.p.demand.Patients[r.Patient].ID,
		Department: department.name(l), Physician: s.Resources[0], Room: s.Line.Room, Channel: r.Channel, State: state}
}
