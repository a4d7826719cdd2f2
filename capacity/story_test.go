package capacity

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// Verbs of the stories in testdata:
//
//	day date= line= now= places= within= share= [work=]   begins a plan; within in minutes, share in percent
//	demand                                    body: from to booked walk-ins service-seconds minimum-staff
//	people                                    body: id overtime-minutes price-per-half-hour
//	shifts [slot=]                            body: id person place from to [may-leave]
//	extra id= kind=session|window who=(…) from= to= [min=] [max=] [fixed=] [price=] [place=] [slot=]
//	staff                                     what each period needs, and why
//	propose                                   what to change
func TestStories(t *testing.T) {
	slotstest.RunStories(t, "testdata/*.txt", func() slotstest.Verbs {
		w := &world{}
		return slotstest.Verbs{
			"day": w.day, "demand": w.demand, "people": w.people, "shifts": w.shifts, "extra": w.extra,
			"staff": w.staff, "propose": w.propose,
		}
	})
}

type world struct{ today Today }

func (w *world) day(s *slotstest.Step) string {
	w.today = Today{
		Date: s.Date("date"), Line: s.Text("line"), Now: s.Clock("now"), Places: s.Int("places"), WorkLimit: s.IntOr("work", DefaultWorkLimit),
		Target: Target{WithinSeconds: 60 * s.Int("within"), SharePPM: 10_000 * s.Int("share")},
	}
	return ""
}

func (w *world) demand(s *slotstest.Step) string {
	for _, line := range s.Body() {
		f := strings.Fields(line)
		if len(f) != 6 {
			s.Failf("%q: want from to booked walk-ins service-seconds minimum-staff", line)
		}
		from, err1 := slots.ParseClock(f[0])
		to, err2 := slots.ParseClock(f[1])
		booked, err3 := strconv.ParseFloat(f[2], 64)
		walkIns, err4 := strconv.ParseFloat(f[3], 64)
		service, err5 := strconv.Atoi(f[4])
		minimum, err6 := strconv.Atoi(f[5])
		for _, err := range []error{err1, err2, err3, err4, err5, err6} {
			if err != nil {
				s.Failf("%q: %v", line, err)
			}
		}
		w.today.Demand = append(w.today.Demand, Demand{
			Start: from, Minutes: to.Minutes() - from.Minutes(), BookedThousandths: int64(booked*1000 + 0.5),
			WalkInThousandths: int64(walkIns*1000 + 0.5), ServiceSeconds: service, MinimumStaff: minimum,
		})
	}
	return ""
}

func (w *world) people(s *slotstest.Step) string {
	for _, line := range s.Body() {
		f := strings.Fields(line)
		if len(f) != 3 {
			s.Failf("%q: want id overtime-minutes price-per-half-hour", line)
		}
		overtime, err1 := strconv.Atoi(f[1])
		price, err2 := strconv.Atoi(f[2])
		if err1 != nil || err2 != nil {
			s.Failf("%q: want whole numbers", line)
		}
		w.today.People = append(w.today.People, Person{f[0], overtime, int64(price)})
	}
	return ""
}

func (w *world) shifts(s *slotstest.Step) string {
	slotMinutes := s.IntOr("slot", 0)
	for _, line := range s.Body() {
		f := strings.Fields(line)
		if len(f) < 5 || len(f) > 6 || len(f) == 6 && f[5] != "may-leave" {
			s.Failf("%q: want id person place from to, then perhaps may-leave", line)
		}
		from, err1 := slots.ParseClock(f[3])
		to, err2 := slots.ParseClock(f[4])
		if err1 != nil || err2 != nil {
			s.Failf("%q: want clocks", line)
		}
		w.today.Shifts = append(w.today.Shifts, Shift{
			ID: f[0], Person: f[1], Place: f[2], Start: from, Minutes: to.Minutes() - from.Minutes(), SlotMinutes: slotMinutes, MayLeave: len(f) == 6,
		})
	}
	return ""
}

func (w *world) extra(s *slotstest.Step) string {
	kind, ok := map[string]Kind{"session": AddSession, "window": OpenWindow}[s.Text("kind")]
	if !ok {
		s.Failf("kind: want session or window")
	}
	from, to := s.Clock("from"), s.Clock("to")
	w.today.Extras = append(w.today.Extras, Extra{
		ID: s.Text("id"), Kind: kind, Resources: s.List("who"), Place: s.TextOr("place", ""), From: from, To: to,
		MinMinutes: s.IntOr("min", 1), MaxMinutes: s.IntOr("max", to.Minutes()-from.Minutes()), SlotMinutes: s.IntOr("slot", 0),
		FixedCost: int64(s.IntOr("fixed", 0)), CostPerHalfHour: int64(s.IntOr("price", 0)),
	})
	return ""
}

func (w *world) staff(s *slotstest.Step) string {
	needs, err := StaffFor(w.today.Demand, w.today.Target)
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	for _, n := range needs {
		fmt.Fprintf(&b, "%s staff=%d load=%.2f %s\n", stretch(n.Demand), n.Staff, float64(n.Figures.LoadMillierlangs)/1000, inWords(n.Figures))
	}
	return b.String()
}

func (w *world) propose(s *slotstest.Step) string {
	p, err := Propose(w.today)
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	for _, a := range p.Actions {
		fmt.Fprintf(&b, "%v %s %v-%v cost=%d units=%d", a.Kind, a.ID, a.Start, a.End(), a.Cost, a.Units)
		if a.OvertimeMinutes > 0 {
			fmt.Fprintf(&b, " overtime=%d", a.OvertimeMinutes)
		}
		if a.Slots > 0 {
			fmt.Fprintf(&b, " slots=%dx%dmin", a.Slots, a.SlotMinutes)
		}
		fmt.Fprintf(&b, " who=%s place=%s\n", strings.Join(a.Resources, ","), a.Place)
		for _, c := range a.Why {
			fmt.Fprintf(&b, "  because %s needs=%d present=%d missing=%d then=%d: %s -> %s\n",
				stretch(c.Demand), c.Needed, c.Before.Staff, c.Shortfall(), c.After.Staff, inWords(c.Before), inWords(c.After))
		}
	}
	for _, c := range p.Periods {
		if c.Uncovered() > 0 {
			fmt.Fprintf(&b, "short %s needs=%d then=%d: %s\n", stretch(c.Demand), c.Needed, c.After.Staff, inWords(c.After))
		}
	}
	fmt.Fprintf(&b, "actions=%d uncovered=%d cost=%d proven=%v\n", len(p.Actions), p.Uncovered, p.Cost, p.Proven)
	return b.String()
}

func stretch(d Demand) string { return fmt.Sprintf("%v-%s", d.Start, clockText(d.end())) }

func inWords(f Figures) string {
	if !f.Stable {
		return fmt.Sprintf("overloaded, %.1f patients left over", float64(f.BacklogThousandths)/1000)
	}
	return fmt.Sprintf("in-time=%.1f%% mean-wait=%ds", float64(f.WithinPPM)/10_000, f.MeanWaitSeconds)
}
