package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/kpi"
	"github.com/haoyuan-go/haoyuan/capacity"
	"github.com/haoyuan-go/haoyuan/slots"
)

// changes lists what was done to the plan, and why, in the order: the policy, the illness, consequences, added supply.
func changes(ws *weeks, r *Report) ([]Change, error) {
	l, w := r.Lang, ws.after
	before, after := peaks(r)
	list := []Change{{
		When: l.t("change.always"), What: l.t("change.level"), Why: fmt.Sprintf(l.t("change.level.why"), before),
		Effect: fmt.Sprintf(l.t("change.level.effect"), after, r.Losers.Later, r.Losers.Earlier),
	}}
	lines, err := w.kpi.Report(kpi.Selection{Service: visitService}, kpi.Whole)
	if err != nil {
		return nil, err
	}
	if c := lines[0].Closures; c.Displaced > 0 {
		list = append(list, Change{When: monthDay(w.p.ill.Day) + " 07:40",
			What:   fmt.Sprintf(l.t("change.ill"), w.p.ill.Physician, lines[0].Supply.ClosedSessions),
			Why:    fmt.Sprintf(l.t("change.ill.why"), c.Displaced, c.Displaced-c.Unplaced),
			Effect: fmt.Sprintf(l.t("change.ill.effect"), c.Accepted, c.Declined+c.Cancelled, c.Lapsed, w.penalised())})
	}
	list = append(list, Change{When: l.t("change.always"), What: fmt.Sprintf(l.t("change.barred"), w.counts.Suspended),
		Why: fmt.Sprintf(l.t("change.barred.why"), lines[0].Visits.NoShow, lines[0].Visits.LateCancellations), Effect: fmt.Sprintf(l.t("change.barred.effect"), w.refusedFor(booking.Restricted))})
	list = append(list, Change{When: l.t("change.always"), What: fmt.Sprintf(l.t("change.exams"), w.counts.ExamOrders, w.counts.ExamsBooked),
		Why: l.t("change.exams.why"), Effect: fmt.Sprintf(l.t("change.exams.effect"), w.counts.ExamOneTrip, w.counts.ExamOrdersOfMore, w.counts.ExamOrdersFailed)})
	list = append(list, sessionChanges(w, l)...)
	list = append(list, hallChanges(ws, l)...)
	return append(list, Change{When: l.t("change.always"), What: fmt.Sprintf(l.t("change.add-on"), w.counts.AddOns),
		Why: l.t("change.add-on.why"), Effect: l.t("change.add-on.effect")}), nil
}

// penalised counts those who were displaced by the illness and have an incident from it: nobody may.
func (w *world) penalised() (n int64) {
	for id := range w.visits {
		now, ok := w.desk.Pool().Appointment(booking.Appointment(id + 1))
		if !ok || !now.From.IsValid() || now.State != booking.Cancelled {
			continue
		}
		for _, i := range w.incidents[w.p.demand.Requests[w.visits[id].request].Patient] {
			if i.ID == fmt.Sprintf("%v/%d", i.Kind, id+1) {
				n++
			}
		}
	}
	return n
}

func (w *world) refusedFor(reason booking.Reason) (n int64) {
	for _, r := range w.refusals() {
		if r.Reason == reason {
			n = r.Count
		}
	}
	return n
}

// sold is how many numbers of a session were taken in the end.
func (w *world) sold(id booking.Session) (n int64) {
	for _, a := range w.desk.Pool().AppointmentsIn(nil, id) {
		if now, ok := w.desk.Pool().Appointment(a); ok && now.State.Occupies() {
			n++
		}
	}
	return n
}

// sessionChanges are the sessions that capacity added and the pool sold.
func sessionChanges(w *world, l Lang) (list []Change) {
	for _, s := range w.elastic.Sessions {
		third := fmt.Sprintf(l.t("change.session.why"), s.ThirdDays, s.Refused)
		if s.ThirdDays == noThird {
			third = fmt.Sprintf(l.t("change.session.none"), s.Refused)
		}
		key := "change.session"
		if s.Action.Kind == capacity.ExtendShift {
			key = "change.extend"
		}
		department, _ := w.p.h.department(s.Department)
		list = append(list, Change{When: monthDay(s.Decided),
			What: fmt.Sprintf(l.t(key), department.name(l), s.Action.Resources[0], monthDay(s.Day), s.Action.Start, s.Action.End(), s.Units),
			Why:  third, Effect: fmt.Sprintf(l.t("change.session.effect"), w.sold(s.Session), s.Units)})
	}
	return list
}

// hallChanges are the windows that were opened, a line for each day, with what became of the line in front of them.
func hallChanges(ws *weeks, l Lang) (list []Change) {
	for n := range ws.after.halls {
		h := &ws.after.halls[n]
		var actions []capacity.Action
		for _, a := range ws.after.elastic.Windows {
			if a.Day == h.day {
				actions = append(actions, a.Action)
			}
		}
		if len(actions) == 0 {
			continue
		}
		slices.SortStableFunc(actions, func(a, b capacity.Action) int { return a.Start.Compare(b.Start) })
		why := actions[0].Why[0] // at least one, by its contract
		list = append(list, Change{When: monthDay(h.day),
			What:   windowTexts(actions, l),
			Why:    fmt.Sprintf(l.t("change.window.why"), why.Demand.Start, why.Needed, why.Before.Staff),
			Effect: fmt.Sprintf(l.t("change.window.effect"), ninety(ws.levelled.halls[n].waits)/60, ninety(h.waits)/60)})
	}
	return list
}

// windowTexts says which windows were opened and which stayed open longer, when.
func windowTexts(actions []capacity.Action, l Lang) string {
	var parts []string
	for _, kind := range []capacity.Kind{capacity.OpenWindow, capacity.ExtendShift} {
		var times []string
		for _, a := range actions {
			if a.Kind == kind {
				times = append(times, fmt.Sprintf("%v–%v", a.Start, a.End()))
			}
		}
		if len(times) > 0 {
			parts = append(parts, fmt.Sprintf(l.t("change."+kind.String()), strings.Join(times, l.t("comma"))))
		}
	}
	return strings.Join(parts, l.t("semicolon"))
}

// monthDay writes a date without its year.
func monthDay(d slots.Date) string { return d.String()[5:] }

// findingTexts are the findings about the timetable, and about the calendar, in the page's language.
func findingTexts(p *plan, l Lang) (list []string) {
	for _, f := range p.h.Findings {
		list = append(list, f.text(l))
	}
	for _, f := range p.findings {
		list = append(list, f.String())
	}
	return list
}

func proofText(p proof, l Lang) string {
	key := "proof"
	if !p.Replayed || p.Broken > 0 {
		key = "proof.bad"
	}
	return fmt.Sprintf(l.t(key), p.Events, p.Broken, p.Over)
}

func notes(ws *weeks, l Lang) []string {
	p := ws.plan
	list := []string{
		fmt.Sprintf(l.t("note.requests"), len(p.demand.Requests), len(p.demand.Patients), p.h.Seed),
		sizeText(p, l), elasticText(ws, l), l.t("note.same"), l.t("note.terms"), l.t("note.sources"),
	}
	if late := ws.after.pastMidnight(); len(late) > 0 {
		list = append(list, fmt.Sprintf(l.t("note.midnight"), strings.Join(late, l.t("comma"))))
	}
	return append(list, p.h.Notes...)
}

// sizeText says how large the hospital is that was played.
func sizeText(p *plan, l Lang) string {
	machines, physicians, clinics := map[string]bool{}, map[string]bool{}, 0
	for _, m := range p.h.Machines {
		machines[m.Machine] = true
	}
	for i := range p.sessions {
		if s := &p.sessions[i]; s.Line.Service == visitService {
			physicians[s.Resources[0]] = true
			clinics++
		}
	}
	return fmt.Sprintf(l.t("screen.head"), len(p.departments), len(physicians), len(machines), clinics, len(p.demand.Patients), len(p.demand.Requests))
}

// pastMidnight are the departments that elastic staffing cannot help: none of their clinics ends by midnight.
func (w *world) pastMidnight() []string {
	late := slices.Clone(w.p.departments)
	for i := range w.p.sessions {
		if s := &w.p.sessions[i]; s.Line.Service == visitService && w.endsByMidnight(s) {
			late = slices.DeleteFunc(late, func(d string) bool { return d == s.Line.Department })
		}
	}
	return late
}

// elasticText adds up what elastic staffing did over all the weeks.
func elasticText(ws *weeks, l Lang) string {
	w := ws.after
	added, sold, minutes := int64(0), int64(0), 0
	for _, s := range w.elastic.Sessions {
		added += int64(s.Units)
		sold += w.sold(s.Session)
	}
	for _, a := range w.elastic.Windows {
		minutes += a.Action.Minutes
	}
	return fmt.Sprintf(l.t("screen.elastics"), added, sold, w.elastic.CalledBack, len(w.elastic.Windows), minutes)
}
