package bookingtest

import (
	"cmp"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Displacements are the plans for an emergency, by trying everybody everywhere: for each run, every set of people and every
// place for each, carried out on a copy. The best of each run, in the Book's order.
func (m *Model) Displacements(q booking.Request, at sl.Instant) (list []booking.DisplacementPlan) {
	q.Person, q.Booker = m.meant(q.Person), m.meant(q.Booker)
	w := &wish{Request: q, at: at}
	w.Count = max(w.Count, 1)
	for _, id := range m.byStart() {
		s := m.session(id)
		if s.retired || !s.released || !slices.Contains(m.rules.Displacement.Kinds, s.Kind) {
			continue
		}
		for n := range s.Slots {
			slot := booking.Slot{Session: id, N: uint16(n)}
			if w.Slot.IsValid() && slot != w.Slot || !w.Slot.IsValid() && !m.seeks(w, slot) {
				continue
			}
			if _, r := m.judge(w, slot); r.Reason == booking.Full {
				if p, ok := m.planFor(w, slot); ok {
					list = append(list, p)
				}
			}
		}
	}
	slices.SortStableFunc(list, func(a, b booking.DisplacementPlan) int {
		return cmp.Or(len(a.Moves)-len(b.Moves), harm(&a, &b), cmp.Compare(a.Start, b.Start), cmp.Compare(a.Slot.Session, b.Slot.Session),
			cmp.Compare(a.Slot.N, b.Slot.N))
	})
	return list
}

func harm(a, b *booking.DisplacementPlan) int {
	return cmp.Or(a.Elsewhere-b.Elsewhere, cmp.Compare(a.LongestSeconds, b.LongestSeconds), cmp.Compare(a.TotalSeconds, b.TotalSeconds))
}

// planFor is the best plan for one run.
func (m *Model) planFor(w *wish, slot booking.Slot) (best booking.DisplacementPlan, found bool) {
	var people []booking.Appointment
	places := map[booking.Appointment][]booking.Move{}
	for i := range m.visits {
		v, id := &m.visits[i], booking.Appointment(i+1)
		if (v.state == booking.Booked || v.state == booking.Confirmed) && covers(v, slot, int(w.Count)) && m.isMovable(v) {
			people = append(people, id)
			places[id] = m.placesOf(w, slot, id)
		}
	}
	var moves []booking.Move
	try := func() {
		p := booking.DisplacementPlan{Slot: slot, Moves: slices.Clone(moves)}
		p.Start, _ = m.session(slot.Session).time(slot.N, 1)
		for _, x := range moves {
			if x.Elsewhere {
				p.Elsewhere++
			}
			p.LongestSeconds, p.TotalSeconds = max(p.LongestSeconds, x.DelaySeconds), p.TotalSeconds+x.DelaySeconds
		}
		if found && harm(&p, &best) >= 0 {
			return // of equal ones the first
		}
		c := booking.Displace{Meta: booking.Meta{At: w.at}, Request: w.Request, Moves: p.Placements()}
		c.Request.Slot = slot
		if r, err := m.Clone().displace(c); err == nil && r.Outcome == booking.Done {
			best, found = p, true
		}
	}
	for k := 1; k <= m.rules.Displacement.MaxMoves && !found; k++ {
		for _, set := range subsets(people, k) {
			placeAll(set, places, &moves, try)
		}
	}
	return best, found
}

// subsets are the sets of k of a list, in order.
func subsets(list []booking.Appointment, k int) (sets [][]booking.Appointment) {
	if k == 0 {
		return [][]booking.Appointment{nil}
	}
	for i, id := range list {
		for _, rest := range subsets(list[i+1:], k-1) {
			sets = append(sets, append([]booking.Appointment{id}, rest...))
		}
	}
	return sets
}

// placeAll tries every place for each of a set.
func placeAll(set []booking.Appointment, places map[booking.Appointment][]booking.Move, moves *[]booking.Move, try func()) {
	if len(set) == 0 {
		try()
		return
	}
	for _, x := range places[set[0]] {
		*moves = append(*moves, x)
		placeAll(set[1:], places, moves, try)
		*moves = (*moves)[:len(*moves)-1]
	}
}

// placesOf is every slot to which one person may be moved while the others stay, the best first.
func (m *Model) placesOf(w *wish, slot booking.Slot, id booking.Appointment) (list []booking.Move) {
	v := &m.visits[id-1]
	was := m.start(v)
	x := exchange{before: m, at: w.at, q: w.Request}
	x.q.Slot = slot
	for i := range m.sessions {
		o := booking.Session(i + 1)
		for n := range m.session(o).Slots {
			to := booking.Slot{Session: o, N: uint16(n)}
			x.moves = []booking.Placement{{Appointment: id, Slot: to}}
			if m.session(o).retired || !x.suits(0) {
				continue
			}
			if _, r := m.judge(aloneWish(v, id, w.at), to); r.Reason != 0 {
				continue
			}
			start, _ := m.session(o).time(to.N, 1)
			shared := o == v.slot.Session || m.agree(booking.SameResource, o, v.slot.Session)
			list = append(list, booking.Move{Placement: x.moves[0], From: v.slot, Start: start, DelaySeconds: int64(start - was), Elsewhere: !shared})
		}
	}
	slices.SortStableFunc(list, func(a, b booking.Move) int {
		elsewhere := map[bool]int{true: 1}
		return cmp.Or(elsewhere[a.Elsewhere]-elsewhere[b.Elsewhere], cmp.Compare(a.Start, b.Start))
	})
	return list
}

// Alternatives are other numbers than what was wished, by a look at every slot there is.
func (m *Model) Alternatives(q booking.Request, at sl.Instant, limit int) (list []booking.Alternative) {
	q.Person, q.Booker = m.meant(q.Person), m.meant(q.Booker)
	w := &wish{Request: q, at: at}
	w.Count = max(w.Count, 1)
	if m.judgeGates(w, booking.Slot{}).Reason != 0 {
		return nil
	}
	anchor, wished := m.nearest(w)
	waits := w.Request
	if anchor != 0 {
		s := m.session(anchor)
		for _, id := range m.byStart() {
			for n := range m.session(id).Slots {
				slot := booking.Slot{Session: id, N: uint16(n)}
				like := m.likeness(id, anchor)
				start, _ := m.session(id).time(slot.N, 1)
				plain := wish{Request: w.Request, at: at}
				asked := slot == w.Slot || !w.Slot.IsValid() && m.seeks(w, slot)
				if _, r := m.judge(&plain, slot); r.Reason != 0 || like == 0 || asked || apart(start, wished) > booking.AlternativeDays*86400 {
					continue
				}
				x := booking.Alternative{Likeness: like, Candidate: m.candidate(w, slot), Request: w.Request}
				x.Request.Slot = slot
				list = append(list, x)
			}
		}
		if w.Slot.IsValid() {
			waits.Slot, waits.Resource, waits.Department, waits.Service = booking.Slot{}, 0, 0, 0
			waits.AnyOf, waits.Weekdays = booking.ResourceSet{}, 0
			if !m.gone(s) {
				waits.Department, waits.Service, waits.From, waits.Until = s.Department, s.Service, s.Start, s.ends()
				if len(s.Resources) > 0 {
					waits.Resource = s.Resources[0]
				}
			}
		}
	}
	slices.SortStableFunc(list, func(a, b booking.Alternative) int {
		return cmp.Or(int(a.Likeness)-int(b.Likeness), cmp.Compare(apart(a.Candidate.Start, wished), apart(b.Candidate.Start, wished)),
			cmp.Compare(a.Candidate.Start, b.Candidate.Start))
	})
	open := 0
	for i := range m.entries {
		if m.entries[i].open() && m.entries[i].want.Person == q.Person {
			open++
		}
	}
	sought := waits.Resource != 0 || !waits.AnyOf.IsEmpty() || waits.Department != 0 || waits.Service != 0
	if open < int(m.rules.WaitlistPerPerson) && !waits.Slot.IsValid() && sought && (waits.Until == 0 || waits.Until > at) {
		list = append(list, booking.Alternative{Likeness: booking.OnWaitlist, Request: waits})
	}
	return list[:min(limit, len(list))]
}

// nearest is the session that a wish is compared with, and its time.
func (m *Model) nearest(w *wish) (found booking.Session, wished sl.Instant) {
	if w.Slot.IsValid() {
		s := m.session(w.Slot.Session)
		if !s.retired && int(w.Slot.N) < len(s.Slots) {
			start, _ := s.time(w.Slot.N, 1)
			return w.Slot.Session, start
		}
		return w.Slot.Session, s.Start
	}
	wished = max(w.From, w.at)
	for _, id := range m.byStart() {
		s := m.session(id)
		if s.retired || w.Resource != 0 && !slices.Contains(s.Resources, w.Resource) || w.Department != 0 && s.Department != w.Department ||
			w.Service != 0 && s.Service != w.Service || !suits(w.Request, s) {
			continue
		}
		if found == 0 || apart(s.Start, wished) < apart(m.session(found).Start, wished) {
			found = id
		}
	}
	return found, wished
}

// likeness is what two sessions have most in common; 0 for too little.
func (m *Model) likeness(id, anchor booking.Session) booking.Likeness {
	s, o := m.session(anchor), m.session(id)
	sameDepartment := s.Department != 0 && s.Department == o.Department
	switch {
	case id == anchor:
		return booking.OtherTime
	case s.Service != o.Service || (s.Kind == sl.Examination) != (o.Kind == sl.Examination):
		return 0
	case m.agree(booking.SameResource, anchor, id):
		return booking.OtherDay
	case sameDepartment && s.Kind == o.Kind && s.Grade == o.Grade:
		return booking.OtherPhysician
	case sameDepartment:
		return booking.OtherClinic
	case s.Service != 0:
		return booking.OtherDepartment
	}
	return 0
}

// Obstacles counts why a request that seeks is refused, slot by slot.
func (m *Model) Obstacles(q booking.Request, at sl.Instant) (list []booking.Obstacle) {
	q.Person, q.Booker = m.meant(q.Person), m.meant(q.Booker)
	w := &wish{Request: q, at: at}
	w.Count = max(w.Count, 1)
	for reason := booking.KeyReused; reason.IsValid(); reason++ {
		x := booking.Obstacle{Reason: reason}
		for i := range m.sessions {
			s := &m.sessions[i]
			if s.retired || s.ends() <= max(w.From, at) {
				continue
			}
			last, granted := booking.Reason(0), false
			for n := range s.Slots {
				slot := booking.Slot{Session: booking.Session(i + 1), N: uint16(n)}
				if !m.seeks(w, slot) {
					continue
				}
				_, r := m.judge(w, slot)
				granted, last = granted || r.Reason == 0, max(last, r.Reason)
				if r.Reason == reason {
					x.Slots++
					if r.Until > at && (x.Until == 0 || r.Until < x.Until) {
						x.Until = r.Until
					}
				}
			}
			if last == reason && !granted {
				x.Sessions++
			}
		}
		if x.Slots > 0 {
			list = append(list, x)
		}
	}
	return list
}
