package search_test

import (
	"cmp"
	"slices"
	"time"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/search"
)

// naive answers every question by walking all sessions, slots and minutes. It shares no code with the index and keeps plain tables.
type naive struct {
	sessions []slots.Session
	zone     *time.Location
	taken    map[[2]int]bool
	closed   map[int]bool
	barred   map[int]map[string]bool
}

func newNaive(sessions []slots.Session, zone *time.Location) *naive {
	return &naive{sessions: sessions, zone: zone, taken: map[[2]int]bool{}, closed: map[int]bool{}, barred: map[int]map[string]bool{}}
}

// offers reports whether a session is one that the query may be given at all.
func (n *naive) offers(i int, q *search.Query) bool {
	s := &n.sessions[i]
	return !n.closed[i] && !n.barred[i][q.Class] &&
		(q.Resource == "" || slices.Contains(s.Resources, q.Resource)) &&
		(q.Department == "" || s.Line.Department == q.Department) && (q.Service == "" || s.Line.Service == q.Service) &&
		(len(q.Sites) == 0 || slices.Contains(q.Sites, s.Line.Site)) && (len(q.Kinds) == 0 || slices.Contains(q.Kinds, s.Line.Kind)) &&
		(len(q.Grades) == 0 || slices.Contains(q.Grades, s.Line.Grade))
}

// hasAll reports whether each name of a query is that of some session.
func (n *naive) hasAll(q search.Query) bool {
	any := func(has func(*slots.Session) bool) bool {
		return slices.ContainsFunc(n.sessions, func(s slots.Session) bool { return has(&s) })
	}
	for _, site := range q.Sites {
		if !any(func(s *slots.Session) bool { return s.Line.Site == site }) {
			return false
		}
	}
	return (q.Resource == "" || any(func(s *slots.Session) bool { return slices.Contains(s.Resources, q.Resource) })) &&
		(q.Department == "" || any(func(s *slots.Session) bool { return s.Line.Department == q.Department })) &&
		(q.Service == "" || any(func(s *slots.Session) bool { return s.Line.Service == q.Service }))
}

// wants looks at the clock on the wall in each minute of a slot.
func (n *naive) wants(i, r int, q *search.Query) bool {
	if n.taken[[2]int{i, r}] {
		return false
	}
	slot := n.sessions[i].Slots[r]
	if q.Visit != slots.AnyVisit && slot.Visit != slots.AnyVisit && slot.Visit != q.Visit {
		return false
	}
	if day := (int(slot.Start.In(n.zone).Weekday())+6)%7 + 1; q.Weekdays != 0 && !q.Weekdays.Has(slots.Weekday(day)) {
		return false
	}
	for m := 0; m < slot.Minutes && len(q.Windows) > 0; m++ {
		hour, minute, _ := slot.Start.AddMinutes(m).In(n.zone).Clock()
		at := hour*60 + minute
		if !slices.ContainsFunc(q.Windows, func(w search.Window) bool {
			from, until := w.From.Minutes(), w.Until.Minutes()
			if from < until {
				return from <= at && at < until
			}
			return from <= at || at < until
		}) {
			return false
		}
	}
	return true
}

func (n *naive) all(q search.Query, from, until slots.Instant) []search.Spot {
	count := max(1, q.Count)
	found := []search.Spot{}
	for i := range n.sessions {
		if !n.offers(i, &q) {
			continue
		}
		all := n.sessions[i].Slots
		for r := 0; r+count <= len(all); r++ {
			fits := all[r].Start >= from && (until == 0 || all[r].Start < until)
			for k := r; k < r+count && fits; k++ {
				fits = n.wants(i, k, &q) && (k == r || all[k].Start == all[k-1].Start.AddMinutes(all[k-1].Minutes))
			}
			if fits {
				found = append(found, search.Spot{Session: int32(i), Slot: uint16(r), Count: uint16(count)})
			}
		}
	}
	slices.SortFunc(found, func(a, b search.Spot) int {
		return cmp.Or(cmp.Compare(n.startOf(a), n.startOf(b)), cmp.Compare(a.Session, b.Session))
	})
	return found
}

func (n *naive) startOf(s search.Spot) slots.Instant {
	return n.sessions[s.Session].Slots[s.Slot].Start
}

// covering is the least session in which a party is free from start for so many minutes, and the slots that cover them.
func (n *naive) covering(q search.Query, start slots.Instant, minutes int) (search.Spot, bool) {
	end := start.AddMinutes(minutes)
	for i := range n.sessions {
		if n.sessions[i].Counted || !n.offers(i, &q) {
			continue
		}
		reached, spot := start, search.Spot{Session: int32(i)}
		for r, slot := range n.sessions[i].Slots {
			if slot.Start <= reached && reached < slot.Start.AddMinutes(slot.Minutes) && reached < end && n.wants(i, r, &q) {
				if spot.Count == 0 {
					spot.Slot = uint16(r)
				}
				spot.Count++
				reached = slot.Start.AddMinutes(slot.Minutes)
			}
		}
		if reached >= end {
			return spot, true
		}
	}
	return search.Spot{}, false
}

// meetings tries every start of a free slot of any party.
func (n *naive) meetings(parties []search.Query, minutes int, from, until slots.Instant) []search.Meeting {
	starts := []slots.Instant{}
	for _, q := range parties {
		for _, s := range n.all(q, from, until) {
			if !n.sessions[s.Session].Counted {
				starts = append(starts, n.startOf(s))
			}
		}
	}
	slices.Sort(starts)
	found := []search.Meeting{}
	for _, at := range slices.Compact(starts) {
		m := search.Meeting{Start: at, Minutes: minutes, Parties: len(parties)}
		all := true
		for i, q := range parties {
			spot, ok := n.covering(q, at, minutes)
			m.Spots[i], all = spot, all && ok
		}
		if all {
			found = append(found, m)
		}
	}
	return found
}
