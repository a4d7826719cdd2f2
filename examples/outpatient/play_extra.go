package main

import (
	"slices"
	"strconv"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/capacity"
	"github.com/haoyuan-go/haoyuan/slots"
)

// The promise in the clinics: half of the patients wait at most an hour. A session that is fully booked by itself keeps
// it; one that would have to see those who were turned away as well does not.
var clinicTarget = capacity.Target{WithinSeconds: 3600, SharePPM: 500_000}

const (
	tooFarDays   = 7   // a department whose third free number is this far away is short,
	tooMany      = 8   // and so is one that turned so many away within backDays
	tooFew       = 4   // for fewer nobody is asked to work more
	restDays     = 4   // between two looks at one department
	backDays     = 7   // refused so long ago, a patient is still looking
	backPerMille = 700 // of them would come if called
	planFromDays = 2   // what is added is announced the day before
	planToDays   = 8
)

// sessionAction is a session that was added, or prolonged, for a department.
type sessionAction struct {
	Decided, Day slots.Date
	Department   string
	ThirdDays    int64
	Refused      int64 // in the week before
	Action       capacity.Action
	Session      booking.Session
	Units        int
}

// lookForShortage asks every evening which departments are short, and adds what capacity proposes for the day that the
// most of those who were turned away would have liked. The pool sells it at once.
func (w *world) lookForShortage() {
	today := slots.DateOf(w.now, w.p.h.Zone)
	for _, d := range w.p.departments {
		if last, ok := w.elastic.LastTry[d]; ok && today.Sub(last) < restDays {
			continue
		}
		days := w.thirdDays(d)
		waiting := w.turnedAway(d, today)
		if days < tooFarDays && len(waiting) < tooMany || len(waiting) < tooFew {
			continue
		}
		if day, ok := w.dayFor(waiting, today, d); ok {
			w.elastic.LastTry[d] = today
			w.addSupply(d, day, waiting, sessionAction{Decided: today, Day: day, Department: d, ThirdDays: days, Refused: int64(len(waiting))})
		}
	}
}

// turnedAway are the requests for a department that were refused lately.
func (w *world) turnedAway(department string, today slots.Date) (list []int) {
	for i := range w.refusedAt {
		r := &w.p.demand.Requests[w.refusedAt[i]]
		if r.Department == department && w.outcomes[w.refusedAt[i]].state == refused && today.Sub(slots.DateOf(r.At, w.p.h.Zone)) <= backDays {
			list = append(list, w.refusedAt[i])
		}
	}
	return list
}

// dayFor is the day within reach that the most of them can make, the earliest of equals; a day on which the department
// holds a clinic that capacity can plan.
func (w *world) dayFor(waiting []int, today slots.Date, department string) (best slots.Date, ok bool) {
	most := 0
	for d := today.AddDays(planFromDays); !d.After(today.AddDays(planToDays)) && !d.After(w.p.last); d = d.AddDays(1) {
		n := 0
		for _, i := range waiting {
			if w.p.demand.Requests[i].canCome(d) {
				n++
			}
		}
		if n > most && len(w.plannedOn(department, d)) > 0 {
			best, most, ok = d, n, true
		}
	}
	return best, ok
}

// canCome: a patient who was turned away takes up to a week more than was wished at first.
func (r *Request) canCome(d slots.Date) bool {
	return !r.Emergency && !d.Before(r.FromDay) && !d.After(r.ToDay.AddDays(7))
}

func (w *world) clinicsOn(department string, day slots.Date) (list []*heldSession) {
	for _, id := range w.byDay[day] {
		s := w.session(id)
		view, _ := w.desk.Pool().Session(id)
		if s.Line.Department == department && s.Line.Service == visitService && !view.Closed {
			list = append(list, s)
		}
	}
	return list
}

// plannedOn are those that capacity can plan: what runs past midnight is no shift of one day, and a plan is bounded.
func (w *world) plannedOn(department string, day slots.Date) []*heldSession {
	list := slices.DeleteFunc(w.clinicsOn(department, day), func(s *heldSession) bool { return !w.endsByMidnight(&s.Session) })
	return list[:min(len(list), capacity.MaxShifts)]
}

func (w *world) endsByMidnight(s *slots.Session) bool {
	return w.clock(s.Start).Minutes()+s.Minutes <= minutesPerDay
}

// bounded cuts what comes in a period to the load that capacity takes: far more than anybody could be called in for.
func bounded(demand []capacity.Demand) {
	for i := range demand {
		d := &demand[i]
		most := capacity.MaxErlangs * 60_000 * int64(d.Minutes) / int64(d.ServiceSeconds)
		d.BookedThousandths = min(d.BookedThousandths, most)
		d.WalkInThousandths = min(d.WalkInThousandths, most-d.BookedThousandths)
	}
}

// addSupply has capacity propose for one department and day, and turns each accepted action into an extra session.
func (w *world) addSupply(department string, day slots.Date, waiting []int, about sessionAction) {
	proposal, err := capacity.Propose(w.clinicDay(department, day, waiting))
	if !w.check(err) {
		return
	}
	for _, a := range proposal.Actions {
		if a.Slots == 0 {
			continue
		}
		line := w.plannedOn(department, day)[0].Line
		if a.Place != "" {
			line.Room = a.Place
		}
		roster, err := slots.NewRoster(slots.RosterConfig{Extras: []slots.Extra{{
			ID: identity("extra", "for", department, a.ID, a.Start.String()), Line: line, Resources: a.Resources, Date: day,
			Part: "extra", Start: a.Start, Minutes: a.Slots * a.SlotMinutes, Cut: slots.Even(a.SlotMinutes, 1)}}})
		if !w.check(err) {
			return
		}
		made, _, err := roster.Sessions(day, day, w.p.h.Calendar, w.p.h.Zone)
		if !w.check(err) || len(made) == 0 {
			return
		}
		terms, err := w.p.commonTerms(&made[0])
		terms.Release = w.now // on sale at once, on every channel
		if !w.check(err) {
			return
		}
		w.open(made[0], terms, true)
		about.Action, about.Session, about.Units = a, booking.Session(len(w.held)), made[0].Units()
		w.elastic.Sessions = append(w.elastic.Sessions, about)
	}
	if len(proposal.Actions) > 0 {
		w.callBack(waiting, day)
	}
}

// callBack tells those who were turned away; seven in ten ask again, in the order in which they had asked.
func (w *world) callBack(waiting []int, day slots.Date) {
	for n, i := range waiting {
		r := &w.p.demand.Requests[i]
		draw := newStream(w.p.demand.Seed, "call-back", textKey(r.ID))
		if !r.canCome(day) || !draw.chance(backPerMille) {
			continue
		}
		w.agenda.add(w.now, w.now+slots.Instant(60+30*n), func() {
			if w.outcomes[i].state != refused {
				return
			}
			a := w.ask(r)
			a.Resource = "" // whoever has time now
			a.Ref = r.ID + "/back/" + day.String()
			a.From, a.Until = w.p.at(day, slots.Clock{}), w.p.at(day.AddDays(1), slots.Clock{})
			if id, err := w.desk.Book(w.now, a); w.check(err) {
				w.elastic.CalledBack++
				w.made(id, visit{request: i})
				w.outcomes[i].id = id
				w.booked(id)
			}
		})
	}
}

// clinicDay is one department's day as capacity sees it: booked patients and those turned away against the sessions that
// are planned, with the overtime and the extra sessions that could be had.
func (w *world) clinicDay(department string, day slots.Date, waiting []int) capacity.Today {
	d, _ := w.p.h.department(department)
	slotMinutes := max(capacity.MinSlotMinutes, int(d.ConsultSeconds+59)/60)
	t := capacity.Today{Date: day, Line: department, Target: clinicTarget, WorkLimit: staffWork}
	for m := 8 * 60; m+30 <= 20*60; m += 30 {
		t.Demand = append(t.Demand, capacity.Demand{Start: clockAt(m), Minutes: 30, ServiceSeconds: int(d.ConsultSeconds)})
	}
	period := func(c slots.Clock) *capacity.Demand {
		i := (c.Minutes() - 8*60) / 30
		return &t.Demand[min(max(i, 0), len(t.Demand)-1)]
	}
	var working, rooms []string
	for k, s := range w.plannedOn(department, day) {
		start := w.clock(s.Start)
		who := s.Resources[0]
		t.Shifts = append(t.Shifts, capacity.Shift{ID: identity(who, strconv.Itoa(k+1)), Person: who, Place: s.Line.Room, Start: start, Minutes: s.Minutes, SlotMinutes: slotMinutes})
		if !slices.Contains(working, who) {
			working = append(working, who)
			t.People = append(t.People, capacity.Person{ID: who, MaxOvertimeMinutes: 60, OvertimeCostPerHalfHour: 120})
		}
		if !slices.Contains(rooms, s.Line.Room) {
			rooms = append(rooms, s.Line.Room)
		}
		for _, a := range w.desk.Pool().AppointmentsIn(nil, w.byID[s.ID]) {
			now, _ := w.desk.Pool().Appointment(a)
			period(w.clock(now.Start)).BookedThousandths += w.showPPM(w.visit(a), day) / 1000
		}
	}
	coming := 0
	for _, i := range waiting {
		if r := &w.p.demand.Requests[i]; r.canCome(day) {
			period(r.PreferFrom).WalkInThousandths += backPerMille
			coming++
		}
	}
	bounded(t.Demand)
	t.Places = len(t.Shifts) + len(rooms)
	// An extra session is no longer than what those who were turned away would fill, in whole half-hours.
	longest := max(60, (coming*backPerMille/1000*slotMinutes+29)/30*30)
	t.Extras = w.extrasFor(department, day, rooms, slotMinutes, longest)
	return t
}

// extrasFor are the sessions that could be added: each physician of the department, in each part of the day in which
// neither physician nor room is busy anywhere.
func (w *world) extrasFor(department string, day slots.Date, rooms []string, slotMinutes, longest int) (extras []capacity.Extra) {
	var physicians []string
	for _, r := range w.p.h.Roster {
		if r.Department == department && !slices.Contains(physicians, r.Physician) {
			physicians = append(physicians, r.Physician)
		}
	}
	for _, p := range w.p.h.Parts {
		end := p.Start.Minutes() + p.Minutes
		if p.Department != "" || p.Minutes < 60 || p.Start.Minutes()%30 != 0 || p.Start.Minutes() < 8*60 || end > 18*60 {
			continue
		}
		span := slots.SpanOf(w.p.at(day, p.Start), p.Minutes)
		for _, who := range physicians {
			if room := slices.IndexFunc(rooms, func(room string) bool { return room != who && w.isFree(day, span, room) }); room >= 0 && w.isFree(day, span, who) {
				extras = append(extras, capacity.Extra{ID: identity(who, "extra", p.Part), Kind: capacity.AddSession, Resources: []string{who}, Place: rooms[room],
					From: p.Start, To: clockAt(end / 30 * 30), MinMinutes: 60, MaxMinutes: min(p.Minutes, longest), SlotMinutes: slotMinutes,
					FixedCost: 100, CostPerHalfHour: 90})
			}
		}
	}
	return extras[:min(len(extras), 24)]
}

// isFree reports whether no session of the day needs a physician or a room in a span. A physician who is ill is not.
func (w *world) isFree(day slots.Date, span slots.Span, name string) bool {
	for _, id := range w.byDay[day] {
		if s := w.session(id); (s.Line.Room == name || slices.Contains(s.Resources, name)) && s.Span().Overlaps(span) {
			return false
		}
	}
	return true
}
