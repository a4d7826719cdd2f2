package fit

import (
	"fmt"
	"slices"
)

// Shape is the sessions to choose among: cut into equal slots, each with the same number of patients of one type of visit.
type Shape struct {
	// Resource, PoolWeight, Resamples and Seed are as in a Template.
	Resource   string
	PoolWeight int
	Resamples  int
	Seed       uint64
	// LeastObservations is how many observations it takes to recommend anything: Sample.EffectiveObservations must reach
	// it. 1 to MaxObservations.
	LeastObservations int
	// Visit is the type of visit of all patients. A mixed clinic that books any type into any slot gives its observations
	// one label; one that books a fixed pattern compares Templates.
	Visit Visit
	// SessionMinutes is from start to planned end, 1 to MaxSessionMinutes.
	SessionMinutes int
	// SlotMinutes are the slot lengths to try, each once, 1 to SessionMinutes; none means those of DefaultSlotMinutes that
	// fit into the session. A slot that would reach past the end of the session is not made.
	SlotMinutes []int
	// MaxCapacity is the most patients to try in one slot, who come at its start together: 1 to MaxCapacityPerSlot. Every
	// number from 1 is tried. No session may come to more than MaxBooked.
	MaxCapacity int
}

// Limits of a shape.
const (
	MaxCapacityPerSlot = 20
	// MaxSlotLengths is the most slot lengths.
	MaxSlotLengths = 60
)

// DefaultSlotMinutes returns the usual slot lengths: 5, 6, 8, 10, 12, 15, 20, 30, 40, 45 and 60.
func DefaultSlotMinutes() []int { return []int{5, 6, 8, 10, 12, 15, 20, 30, 40, 45, 60} }

// Template returns the session with slots of this length and capacity, or with nobody booked where there is no such session. What
// Recommend says of a candidate is what Evaluate says of its template.
func (s Shape) Template(slotMinutes, capacity, graceMinutes int) Template {
	t := Template{
		Resource: s.Resource, PoolWeight: s.PoolWeight, SessionMinutes: s.SessionMinutes, GraceMinutes: graceMinutes,
		Resamples: s.Resamples, Seed: s.Seed,
	}
	if slotMinutes < 1 || capacity < 1 || capacity > MaxCapacityPerSlot || s.SessionMinutes > MaxSessionMinutes {
		return t
	}
	for at := 0; at+slotMinutes <= s.SessionMinutes; at += slotMinutes {
		for range capacity {
			t.Booked = append(t.Booked, Booking{OffsetMinutes: at, Visit: s.Visit})
		}
	}
	return t
}

// lengths returns the slot lengths to try, shortest first.
func (s Shape) lengths() []int {
	if len(s.SlotMinutes) > 0 {
		return slices.Sorted(slices.Values(s.SlotMinutes))
	}
	return slices.DeleteFunc(DefaultSlotMinutes(), func(n int) bool { return n > s.SessionMinutes })
}

func (s Shape) check(p *problems) {
	p.sampling(s.Resource, s.PoolWeight, s.Resamples)
	p.Within("LeastObservations", int64(s.LeastObservations), 1, MaxObservations)
	p.visit("Visit.", s.Visit)
	before := p.Len()
	p.Within("SessionMinutes", int64(s.SessionMinutes), 1, MaxSessionMinutes)
	p.Within("SlotMinutes", int64(len(s.SlotMinutes)), 0, MaxSlotLengths)
	p.Within("MaxCapacity", int64(s.MaxCapacity), 1, MaxCapacityPerSlot)
	for i, n := range s.SlotMinutes[:min(len(s.SlotMinutes), MaxSlotLengths)] {
		p.Within(fmt.Sprintf("SlotMinutes[%d]", i), int64(n), 1, int64(s.SessionMinutes))
		if slices.Contains(s.SlotMinutes[:i], n) {
			p.Add("SlotMinutes[%d] %d: twice", i, n)
		}
	}
	if p.Len() > before {
		return
	}
	lengths := s.lengths()
	if len(lengths) == 0 {
		p.Add("SlotMinutes: none given, and none of the usual fits into SessionMinutes %d", s.SessionMinutes)
		return
	}
	if n := s.SessionMinutes / lengths[0] * s.MaxCapacity; n > MaxBooked {
		p.Add("MaxCapacity %d: %d patients in slots of %d minutes, want at most %d", s.MaxCapacity, n, lengths[0], MaxBooked)
	}
}
