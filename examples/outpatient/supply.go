package main

import (
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// consultingRules are the weekly rules of the departments asked for, all of them if codes is empty, in the order of the timetable.
func (h *Hospital) consultingRules(codes []string) []slots.Rule {
	var rules []slots.Rule
	for _, r := range h.Roster {
		if len(codes) > 0 && !slices.Contains(codes, r.Department) {
			continue
		}
		part, ok := h.part(r.Part, r.Department)
		if !ok {
			continue // loadData refuses it
		}
		physician, _ := h.physician(r.Physician)
		grade := slots.Resident + slots.Grade(max(0, slices.Index(grades, physician.Grade)))
		kind := slots.General
		if grade >= slots.AssociateChief {
			kind = slots.Specialist
		}
		rules = append(rules, slots.Rule{
			ID:        r.ID(),
			Line:      slots.Line{Department: r.Department, Service: visitService, Room: r.Room, Kind: kind, Grade: grade},
			Resources: []string{r.Physician},
			Repeat:    slots.Weekly(r.Weekday), Part: r.Part, Start: part.Start, Minutes: part.Minutes, Cut: part.cut(),
			Holidays: slots.ClosedOnHolidays,
			Closed:   slices.Clone(r.Closed),
		})
	}
	return rules
}

// visitService is the service of all consultations; a machine's service is its modality.
const visitService = "visit"

// rule is the identity of the machine's weekly session.
func (m MachineRow) rule() string { return identity(m.Machine, weekdayCodes[m.Weekday], m.Part) }

// imagingDepartment is the department of all machines' sessions.
const imagingDepartment = "IMG"

// imagingRules are the weekly rules of the machines: modality is the service; machine, room and technician are occupied.
func (h *Hospital) imagingRules() []slots.Rule {
	var rules []slots.Rule
	for _, m := range h.Machines {
		part, ok := h.part(m.Part, "")
		if !ok {
			continue // loadData refuses it
		}
		rules = append(rules, slots.Rule{
			ID:        m.rule(),
			Line:      slots.Line{Department: imagingDepartment, Service: m.Modality, Room: m.Room, Kind: slots.Examination},
			Resources: []string{m.Machine, m.Room, m.Technician},
			Repeat:    slots.Weekly(m.Weekday), Part: m.Part, Start: part.Start, Minutes: part.Minutes,
			Cut:      slots.Even(m.SlotMinutes, 1),
			Holidays: slots.ClosedOnHolidays,
		})
	}
	return rules
}

// cut is the part's cut in the words of slots.
func (p PartRow) cut() slots.Cut {
	switch p.Cut {
	case "packed":
		return slots.Packed(p.SlotMinutes, p.PerSlot, p.Numbers)
	case "counted":
		return slots.Counted(p.Numbers, p.StayMinutes)
	}
	return slots.Even(p.SlotMinutes, p.PerSlot)
}

// offersOf are the sessions as the generator of requests sees them: those of consulting rooms, in order.
func offersOf(h *Hospital, sessions []slots.Session) []Offer {
	var offers []Offer
	for i := range sessions {
		s := &sessions[i]
		if s.Line.Kind == slots.Examination || len(s.Resources) == 0 {
			continue
		}
		start := s.Start.In(h.Zone)
		clock, err := slots.NewClock(start.Hour(), start.Minute())
		if err != nil {
			continue // a time of day always is one
		}
		offers = append(offers, Offer{
			Department: s.Line.Department, Physician: s.Resources[0], Grade: s.Line.Grade, Date: s.Date, Part: s.Part,
			Start: clock, Minutes: s.Minutes, Capacity: s.Units(),
		})
	}
	return offers
}
