package main

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/capacity"
	"github.com/haoyuan-go/haoyuan/noshow"
	"github.com/haoyuan-go/haoyuan/slots"
)

// staffWork bounds the search for one day's staff: some milliseconds.
const staffWork = 20_000

// The promise at the windows: eight in ten wait at most five minutes.
var windowTarget = capacity.Target{WithinSeconds: 300, SharePPM: 800_000}

// atWindowPerMille of those who come need a window first: what the hospital has counted, and what the fates are drawn by.
const atWindowPerMille = 480

// standbyClerks can each open one window more.
const standbyClerks = 3

// elasticResult is what elastic staffing did.
type elasticResult struct {
	Windows  []windowAction
	Sessions []sessionAction
	// LastTry is when a department was looked at last, so that it is not looked at every evening.
	LastTry map[string]slots.Date
	// CalledBack had been refused, and found a number on the day of an added session, there or beside it.
	CalledBack int64
}

// windowAction is one proposal at the windows that was carried out.
type windowAction struct {
	Day    slots.Date
	Action capacity.Action
}

// staffHall asks, on the morning of a day, how many windows its half-hours need, and opens what is proposed. What
// people decide elsewhere is decided here by the program: it accepts every proposal.
func (w *world) staffHall(h *hall) {
	today := capacity.Today{Date: h.day, Line: "registration windows", Target: windowTarget,
		Places: len(h.clerks) + standbyClerks, WorkLimit: staffWork, Demand: w.windowDemand(h.day)}
	if len(today.Demand) == 0 {
		return
	}
	last := today.Demand[len(today.Demand)-1]
	for k, c := range h.clerks {
		who := fmt.Sprintf("clerk %d", k+1)
		today.People = append(today.People, capacity.Person{ID: who, MaxOvertimeMinutes: 60, OvertimeCostPerHalfHour: 60})
		for n, s := range c.spans {
			start := w.clock(s.From())
			minutes := min(int(s.To()-s.From())/60, minutesPerDay-start.Minutes()) // a day whose clocks change has longer and shorter hours
			if minutes < 1 {
				continue
			}
			today.Shifts = append(today.Shifts, capacity.Shift{ID: fmt.Sprintf("%s, %d", who, n+1), Person: who, Place: fmt.Sprintf("window %d", k+1),
				Start: start, Minutes: minutes})
		}
	}
	for k := range standbyClerks {
		n := len(h.clerks) + k + 1
		today.Extras = append(today.Extras, capacity.Extra{ID: fmt.Sprintf("window %d", n), Kind: capacity.OpenWindow,
			Resources: []string{fmt.Sprintf("standby %d", k+1)}, Place: fmt.Sprintf("window %d", n), From: today.Demand[0].Start,
			To: clockAt(last.Start.Minutes() + last.Minutes), MinMinutes: 30, MaxMinutes: 180, FixedCost: 30, CostPerHalfHour: 50})
	}
	proposal, err := capacity.Propose(today)
	if !w.check(err) {
		return
	}
	w.openWindows(h, proposal)
}

// openWindows carries a proposal out and notes, for the chart, who was needed, planned and added.
func (w *world) openWindows(h *hall, proposal capacity.Proposal) {
	for _, a := range proposal.Actions {
		span := slots.SpanOf(w.p.at(h.day, a.Start), a.Minutes)
		if a.Kind == capacity.OpenWindow {
			h.clerks = append(h.clerks, clerk{})
			h.clerks[len(h.clerks)-1].add(span)
		} else {
			for k := range h.clerks {
				if fmt.Sprintf("clerk %d", k+1) == a.Resources[0] {
					h.clerks[k].add(span)
				}
			}
		}
		w.elastic.Windows = append(w.elastic.Windows, windowAction{h.day, a})
	}
	for _, p := range proposal.Periods {
		h.staff = append(h.staff, StaffPeriod{Start: p.Demand.Start, Needed: int64(p.Needed), Rostered: int64(p.Before.Staff),
			Added: int64(p.After.Staff - p.Before.Staff)})
	}
}

// windowDemand is what the morning knows: who is booked, how likely each is to come, and that about half of those need a
// window, twenty minutes before their time on average. One in twelve comes without having booked yet.
func (w *world) windowDemand(day slots.Date) []capacity.Demand {
	rows := w.p.h.Windows
	if len(rows) == 0 {
		return nil
	}
	var demand []capacity.Demand
	for m := rows[0].From.Minutes(); m+30 <= rows[len(rows)-1].To.Minutes(); m += 30 {
		at := w.p.at(day, clockAt(m))
		demand = append(demand, capacity.Demand{Start: clockAt(m), Minutes: 30, MinimumStaff: 1, ServiceSeconds: int(w.windowRow(at).ServiceSeconds)})
	}
	first := w.p.at(day, rows[0].From)
	for _, id := range w.byDay[day] {
		if w.session(id).Line.Service != visitService {
			continue
		}
		for _, a := range w.desk.Pool().AppointmentsIn(nil, id) {
			now, _ := w.desk.Pool().Appointment(a)
			if i := int(now.Start.AddMinutes(-20)-first) / 1800; now.Start.AddMinutes(-20) >= first && i < len(demand) {
				demand[i].BookedThousandths += w.showPPM(w.visit(a), day) * atWindowPerMille / 1_000_000
			}
		}
	}
	for i := range demand {
		demand[i].WalkInThousandths = demand[i].BookedThousandths / 12
	}
	bounded(demand)
	return demand
}

// showPPM is how likely a booked patient is to come, by the lead time and the patient's own record.
func (w *world) showPPM(v *visit, day slots.Date) int64 {
	patient := &w.p.demand.Patients[w.p.demand.Requests[v.request].Patient]
	var history noshow.History
	for i := range patient.PastVisits {
		outcome := noshow.Showed
		if i < patient.PastNoShows {
			outcome = noshow.Missed
		}
		history = history.Then(outcome, noshow.Fading{})
	}
	show, err := w.p.clinic.Show(max(0, day.Sub(v.asked)), history)
	w.check(err)
	return int64(show.PPM())
}

// clock is the time of day of an instant in the hospital.
func (w *world) clock(at slots.Instant) slots.Clock {
	t := at.In(w.p.h.Zone)
	return clockAt(t.Hour()*60 + t.Minute())
}
