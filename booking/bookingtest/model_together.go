package bookingtest

import (
	"cmp"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// together is what is sought together, and how one candidate goes with those before it.
type together struct {
	wants []booking.Request
	at    sl.Instant
	// off says how far a candidate is from what was asked, given those found before it; false: it does not go with them.
	off func(found []booking.Candidate, next booking.Candidate) (int64, bool)
	// oneVisit: those found are in nobody's way.
	oneVisit bool
	// without is the first of those that are moved.
	without booking.Appointment

	furthest int
	refusal  booking.Refusal
}

// find tries every list of candidates there is, the first request's in order, to each the second's, and so on, and returns the first whole
// one. What is found is among the visits while the next is tried, as nobody's where all are one visit.
func (g *together) find(m *Model, found []booking.Candidate) []booking.Candidate {
	if len(found) == len(g.wants) {
		return found
	}
	q := g.wants[len(found)]
	w := &wish{Request: q, at: g.at, without: g.without}
	w.Count = max(w.Count, 1)
	list, why := g.candidates(m, w, found)
	if len(list) == 0 && len(found) > g.furthest {
		g.furthest, g.refusal = len(found), why
	}
	for _, c := range list {
		charge, _ := m.judge(w, c.Slot)
		m.add(w, c.Slot, charge, booking.Booked)
		if g.oneVisit {
			v := &m.visits[len(m.visits)-1]
			v.person, v.account = 0, 0
		}
		all := g.find(m, append(slices.Clone(found), c))
		m.visits = m.visits[:len(m.visits)-1]
		if all != nil {
			return all
		}
	}
	return nil
}

func (g *together) candidates(m *Model, w *wish, found []booking.Candidate) ([]booking.Candidate, booking.Refusal) {
	none := booking.Refusal{Reason: booking.NoneFree}
	var list []booking.Candidate
	switch {
	case w.Slot.IsValid():
		if _, r := m.judge(w, w.Slot); r.Reason != 0 {
			return nil, r
		}
		list = []booking.Candidate{m.candidate(w, w.Slot)}
	default:
		if r := m.judgeGates(w, booking.Slot{}); r.Reason != 0 {
			return nil, r
		}
		if w.Resource == 0 && w.AnyOf.IsEmpty() && w.Department == 0 && w.Service == 0 {
			return nil, none // of a session that is of nobody and nothing there is no other
		}
		list = m.candidates(w)
	}
	list = slices.DeleteFunc(list, func(c booking.Candidate) bool {
		_, ok := g.off(found, c)
		return !ok
	})
	slices.SortStableFunc(list, func(a, b booking.Candidate) int {
		x, _ := g.off(found, a)
		y, _ := g.off(found, b)
		return cmp.Or(cmp.Compare(x, y), cmp.Compare(a.Start, b.Start))
	})
	return list, none
}

// search finds the list, or the refusal that the Book must give.
func (g *together) search(m *Model) ([]booking.Candidate, booking.Reply) {
	g.furthest = -1
	list := g.find(m, nil)
	if list == nil {
		reply := refuse(g.refusal)
		reply.Count = uint16(g.furthest)
		return nil, reply
	}
	return list, booking.Reply{}
}

// addAll makes the appointments of a list, judged one after another as they were found.
func (g *together) addAll(m *Model, list []booking.Candidate, as booking.State) booking.Reply {
	first := booking.Appointment(len(m.visits) + 1)
	until := sl.Instant(0)
	for i, c := range list {
		w := &wish{Request: g.wants[i], at: g.at, without: g.without}
		w.Count = max(w.Count, 1)
		charge, _ := m.judge(w, c.Slot)
		v := &m.visits[m.add(w, c.Slot, charge, as)-1]
		if until == 0 || v.until < until {
			until = v.until
		}
		if g.oneVisit {
			v.person, v.account = 0, 0
		}
	}
	for i, c := range list {
		if v := &m.visits[int(first)-1+i]; g.oneVisit {
			v.person, v.account, v.until = g.wants[i].Person, g.wants[i].Account, until
			v.ringFirst, v.ringSize = first, len(list)
		}
		if as == booking.Booked {
			m.withdraw(g.wants[i].Person, c.Slot)
		}
	}
	return done(first, len(list))
}

// checkAll finds mistakes of the caller: in each request, and a policy where there is none to be named.
func (m *Model) checkAll(wants []booking.Request) error {
	for _, q := range wants {
		if q.Policy != 0 {
			return booking.ErrCommand
		}
		if err := m.checkRequest(q, false); err != nil {
			return err
		}
	}
	return nil
}

// family makes a bundle whose visits start within so many minutes of each other.
func (m *Model) family(c booking.Bundle) (booking.Reply, error) {
	if m.checkAll(c.Requests) != nil {
		return booking.Reply{}, booking.ErrCommand
	}
	g := &together{wants: c.Requests, at: c.At, off: func(found []booking.Candidate, next booking.Candidate) (int64, bool) {
		if len(found) == 0 {
			return 0, true
		}
		for _, f := range found {
			if apart(f.Start, next.Start) > sl.Instant(c.WithinMinutes)*60 {
				return 0, false
			}
		}
		return int64(apart(found[0].Start, next.Start)), true
	}}
	list, reply := g.search(m)
	if list == nil {
		return reply, nil
	}
	return g.addAll(m, list, c.As), nil
}

// series makes visits of which each is about so many days after the one before.
func (m *Model) series(c booking.Series) (booking.Reply, error) {
	if c.As != booking.Held && c.As != booking.Booked || c.Visits < 2 || c.Visits > booking.MaxSeries || c.EveryDays < 1 ||
		c.EveryDays > booking.MaxEveryDays || c.WithinDays < 0 || c.WithinDays >= c.EveryDays || c.Slot.IsValid() ||
		m.checkAll([]booking.Request{c.Request}) != nil {
		return booking.Reply{}, booking.ErrCommand
	}
	m.batchFrom = booking.Appointment(len(m.visits) + 1)
	g := &together{wants: []booking.Request{c.Request}, at: c.At, off: func(found []booking.Candidate, next booking.Candidate) (int64, bool) {
		if len(found) == 0 {
			return 0, true
		}
		before, now := m.session(found[len(found)-1].Slot.Session), m.session(next.Slot.Session)
		off := now.Date.Sub(before.Date) - c.EveryDays
		off = max(off, -off)
		with := before == now
		for _, r := range before.Resources {
			with = with || slices.Contains(now.Resources, r)
		}
		if with {
			return int64(off) * 10, off <= c.WithinDays
		}
		return int64(off)*10 + 1, off <= c.WithinDays
	}}
	for range c.Visits - 1 {
		q := c.Request
		q.From, q.Until = 0, 0
		g.wants = append(g.wants, q)
	}
	list, reply := g.search(m)
	if list == nil {
		return reply, nil
	}
	return g.addAll(m, list, c.As), nil
}
