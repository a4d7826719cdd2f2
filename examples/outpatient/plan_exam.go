package main

import (
	"slices"

	"github.com/haoyuan-go/haoyuan/booking/exam"
	"github.com/haoyuan-go/haoyuan/slots"
)

// catalogue is the hospital's list of examinations in the words of exam: what each needs, and which come first.
func (h *Hospital) catalogue() (*exam.Catalogue, error) {
	var c exam.CatalogueConfig
	for _, e := range h.Exams {
		k := exam.Kind{Code: e.Code, NameZH: e.Chinese, NameEN: e.English, Minutes: e.Minutes}
		if e.FastingHours > 0 {
			k.FastingMinutes, k.LatestFastingStart = e.FastingHours*60, e.LatestStart
		}
		c.Kinds = append(c.Kinds, k)
		for _, first := range e.After {
			c.Before = append(c.Before, exam.BeforeRule{First: first, Then: e.Code})
		}
	}
	return exam.NewCatalogue(c)
}

// slotsOf is how many consecutive slots each examination takes, on the machine that cuts its time the finest.
func (h *Hospital) slotsOf() map[string]uint16 {
	counts := map[string]uint16{}
	for _, e := range h.Exams {
		for _, m := range h.Machines {
			if slices.Contains(m.Exams, e.Code) {
				counts[e.Code] = max(counts[e.Code], uint16((e.Minutes+m.SlotMinutes-1)/m.SlotMinutes))
			}
		}
	}
	return counts
}

// midnightsOf are the days on which machines work, resolved once.
func (p *plan) midnightsOf() []exam.Midnight {
	return exam.Midnights(slots.DateOf(p.begin, p.h.Zone), p.last.AddDays(2*imagingDays), p.h.Zone)
}
