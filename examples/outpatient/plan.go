package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/exam"
	"github.com/haoyuan-go/haoyuan/noshow"
	"github.com/haoyuan-go/haoyuan/slots"
)

// releaseAhead: numbers come out fifteen days ahead at 20:00.
var releaseAhead = slots.Ahead{Days: 15, Unit: slots.CalendarDays, At: slots.MustClock("20:00")}

// cancelAhead: cancelling is free until 15:00 of the day before; afterwards it is recorded as late.
var cancelAhead = slots.Ahead{Days: 1, Unit: slots.CalendarDays, At: slots.MustClock("15:00")}

// imagingDays is how far beyond the last clinic day the machines' sessions go, so that what the last clinics order
// can be booked, and is played too.
const imagingDays = 7

// plan is everything that the worlds share: it is made once and only read afterwards. Two worlds of one plan meet the
// same patients with the same requests and fates, and open the same sessions.
type plan struct {
	h           *Hospital
	first, last slots.Date // of the clinics
	begin       slots.Instant
	sessions    []slots.Session // consultations and examinations, in order of start
	findings    []slots.Finding
	demand      Demand
	rules       *booking.Rules
	standing    noshow.Policy
	clinic      noshow.Clinic
	catalogue   *exam.Catalogue
	examSlots   map[string]uint16 // consecutive slots, by code
	midnights   []exam.Midnight
	ill         illness
	machines    map[string]MachineRow // by rule
	departments []string              // codes of those with clinics in the weeks
}

// newPlan makes sessions from the roster, requests from the sessions, and the rules.
func newPlan(h *Hospital) (*plan, error) {
	p := &plan{h: h, first: h.FirstDay, last: h.FirstDay.AddDays(7*h.Weeks - 1), machines: map[string]MachineRow{}}
	consulting, findings, err := p.generate(h.consultingRules(h.Played), p.last)
	if err != nil {
		return nil, err
	}
	for _, f := range findings {
		if f.Kind != slots.ResourceClash && f.Kind != slots.RoomClash {
			p.findings = append(p.findings, f) // clashes are known from the timetable, once a week and not once a day
		}
	}
	imaging, _, err := p.generate(h.imagingRules(), p.last.AddDays(imagingDays))
	if err != nil {
		return nil, err
	}
	if len(consulting) == 0 {
		return nil, fmt.Errorf("no clinic is held from %v to %v", p.first, p.last)
	}
	for i := range consulting {
		if d := consulting[i].Line.Department; !slices.Contains(p.departments, d) {
			p.departments = append(p.departments, d)
		}
	}
	slices.Sort(p.departments)
	p.sessions = append(consulting, imaging...)
	for _, m := range h.Machines {
		p.machines[m.rule()] = m
	}
	// Booking begins on the evening before the first release.
	if p.begin, err = (slots.Ahead{Days: releaseAhead.Days + 1, Unit: slots.CalendarDays, At: releaseAhead.At}).Instant(p.first, h.Calendar, h.Zone); err != nil {
		return nil, err
	}
	p.demand = generateDemand(h, offersOf(h, consulting), usualDemand(h, releaseAhead))
	p.ill = chooseIllness(p, consulting)
	var errRules, errStanding, errClinic, errExams error
	p.rules, errRules = bookingRules()
	p.standing, errStanding = standingRules()
	p.clinic, errClinic = clinicOf(p.demand.Curve)
	p.catalogue, errExams = h.catalogue()
	p.examSlots, p.midnights = h.slotsOf(), p.midnightsOf()
	return p, errors.Join(errRules, errStanding, errClinic, errExams)
}

// generate makes the sessions of some rules, with the hospital's calendar and make-up days.
func (p *plan) generate(rules []slots.Rule, last slots.Date) ([]slots.Session, []slots.Finding, error) {
	roster, err := slots.NewRoster(slots.RosterConfig{Rules: rules, Follows: p.h.Follows})
	if err != nil {
		return nil, nil, err
	}
	return roster.Sessions(p.first, last, p.h.Calendar, p.h.Zone)
}

// at is an hour of a day; the plan's days are within the calendar, and an hour that is skipped is the moment of the jump.
func (p *plan) at(d slots.Date, c slots.Clock) slots.Instant {
	at, err := (slots.Ahead{Unit: slots.CalendarDays, At: c}).Instant(d, p.h.Calendar, p.h.Zone)
	if err != nil {
		return 0
	}
	return at
}

// bookingRules are the request-time rules: how long a hold lives, what a person and an account may have at a time, whom no
// suspension bars, and the two policies that the worlds choose between.
func bookingRules() (*booking.Rules, error) {
	return booking.NewRules(booking.Rules{
		Version: 1, HoldSeconds: 15 * 60, KeySeconds: 86_400, StepSeconds: 100 * 86_400, LateCancel: booking.LateRecorded,
		Limits: []booking.Limit{
			// Three, not one: an order of three ultrasounds is three numbers of one department on one day.
			{Name: "a day and department", Who: booking.PerPerson, Same: booking.SameDay | booking.SameDepartment, Of: booking.AllVisits, Max: 3},
			{Name: "open numbers of a person", Who: booking.PerPerson, Of: booking.OpenVisits, Max: 6},
			{Name: "open numbers of an account", Who: booking.PerAccount, Of: booking.OpenVisits, Max: 10},
		},
		Exempt:   []string{emergencyClass},
		Policies: []booking.Policy{booking.Earliest{}, booking.LevelLoad{}},
	})
}

// emergencyClass is the class that no suspension bars.
const emergencyClass = "emergency"

// terms are what the roster does not say about a clinic's session: when its numbers come out and close, and for whom some
// are kept. Reserves and caps fall open before the day, so that nothing stays empty for want of the right patient.
func (p *plan) terms(s *slots.Session, row RosterRow) (booking.Terms, error) {
	t, err := p.commonTerms(s)
	units := s.Units()
	daysBefore := func(days int, clock string) slots.Instant { return p.at(s.Date.AddDays(-days), slots.MustClock(clock)) }
	quota := func(class Channel, cap int) booking.NamedQuota {
		if row.Flag == NotOnWeb {
			return booking.NamedQuota{Class: class.String(), Capped: true} // none, ever
		}
		return booking.NamedQuota{Class: class.String(), Cap: uint16(max(1, cap)), Capped: true, CapLifts: true, OpenAt: daysBefore(2, "20:00")}
	}
	t.AddOns = 3
	t.Quotas = []booking.NamedQuota{
		quota(App, units*6/10), quota(WeChat, units*5/10), quota(Alipay, units*3/10),
		{Class: Elderly.String(), Reserve: uint16(units / 10), OpenAt: daysBefore(1, "15:00")},
		{Class: Referral.String(), Reserve: uint16(units / 14), OpenAt: daysBefore(2, "20:00")},
		{Class: Window.String(), Reserve: uint16(units / 12), OpenAt: s.Start.AddMinutes(-60)},
	}
	return t, err
}

// commonTerms are those of every session, machines' too.
func (p *plan) commonTerms(s *slots.Session) (booking.Terms, error) {
	terms, err := booking.TermsOf(s, &slots.Release{
		Stages:      []slots.Stage{{At: releaseAhead, Percent: 100}},
		LeadMinutes: 10,
		CancelBy:    cancelAhead,
	}, p.h.Calendar, p.h.Zone)
	// Late patients are waited for a while after the end, then those who never came are no-shows.
	terms.End = s.Span().To().AddMinutes(30)
	return terms, err
}
