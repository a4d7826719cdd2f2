package bookingtest

import (
	"cmp"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Candidates are the runs that a request may have at an instant, in the Book's order.
func (m *Model) Candidates(q booking.Request, at sl.Instant) []booking.Candidate {
	q.Person, q.Booker = m.meant(q.Person), m.meant(q.Booker)
	w := &wish{Request: q, at: at}
	w.Count = max(w.Count, 1)
	if !q.Slot.IsValid() {
		return m.candidates(w)
	}
	if _, r := m.judge(w, q.Slot); r.Reason != 0 {
		return nil
	}
	return []booking.Candidate{m.candidate(w, q.Slot)}
}

// candidates tries every slot there is.
func (m *Model) candidates(w *wish) (list []booking.Candidate) {
	for _, id := range m.byStart() {
		for n := range m.session(id).Slots {
			at := booking.Slot{Session: id, N: uint16(n)}
			if _, r := m.judge(w, at); r.Reason == 0 && m.seeks(w, at) {
				list = append(list, m.candidate(w, at))
			}
		}
	}
	return list
}

// seeks reports whether a slot, which is there, is of what a wish that names none is for.
func (m *Model) seeks(w *wish, at booking.Slot) bool {
	s := m.session(at.Session)
	start, _ := s.time(at.N, 1)
	return (w.Resource == 0 || slices.Contains(s.Resources, w.Resource)) && (w.Department == 0 || s.Department == w.Department) &&
		(w.Service == 0 || s.Service == w.Service) && suits(w.Request, s) && start >= w.From && (w.Until == 0 || start < w.Until)
}

// suits reports whether a session has one of the resources any of which will do, and is on one of the weekdays asked for.
func suits(q booking.Request, s *supply) bool {
	any := q.AnyOf.IsEmpty()
	for _, r := range q.AnyOf.Append(nil) {
		any = any || slices.Contains(s.Resources, r)
	}
	day := q.Weekdays == 0
	for d := range q.Weekdays.All() {
		day = day || d == s.Date.Weekday()
	}
	return any && day
}

// byStart lists the sessions in order of start, then of handle.
func (m *Model) byStart() []booking.Session {
	ids := make([]booking.Session, 0, len(m.sessions))
	for i := range m.sessions {
		ids = append(ids, booking.Session(i+1))
	}
	slices.SortStableFunc(ids, func(a, b booking.Session) int { return cmp.Compare(m.session(a).Start, m.session(b).Start) })
	return ids
}

func (m *Model) candidate(w *wish, at booking.Slot) booking.Candidate {
	start, minutes := m.session(at.Session).time(at.N, int(w.Count))
	return booking.Candidate{Slot: at, Start: start, Minutes: minutes, Room: m.room(at, w.without),
		Held: m.used(at, "held", 0), Offered: m.used(at, "offered", 0), Taken: m.used(at, "taken", 0), Resting: m.resting(at)}
}

// chooseEarliest is booking.Earliest by its text: the earliest start, then the session's start, then its handle.
func chooseEarliest(_ *Model, _ booking.Request, list []booking.Candidate) (booking.Slot, bool) {
	if len(list) == 0 {
		return booking.Slot{}, false
	}
	return slices.MinFunc(list, func(a, b booking.Candidate) int { return cmp.Compare(a.Start, b.Start) }).Slot, true
}

// chooseLevel is booking.LevelLoad by its text: the least load of its department's half-hour, then as Earliest.
func chooseLevel(m *Model, _ booking.Request, list []booking.Candidate) (booking.Slot, bool) {
	if len(list) == 0 {
		return booking.Slot{}, false
	}
	return slices.MinFunc(list, func(a, b booking.Candidate) int {
		return cmp.Or(cmp.Compare(m.load(a), m.load(b)), cmp.Compare(a.Start, b.Start))
	}).Slot, true
}

// load counts the units of a candidate's department in the candidate's half-hour, those of a bundle's earlier requests
// included and those of the visit that moves left out.
func (m *Model) load(c booking.Candidate) (units int) {
	department := m.session(c.Slot.Session).Department
	if department == 0 {
		return 0
	}
	const half = 1800
	for i := range m.visits {
		v := &m.visits[i]
		o := m.session(v.slot.Session)
		if m.unit(v) == "" || o.Department != department || !o.released || m.gone(o) || booking.Appointment(i+1) == m.moving {
			continue
		}
		for n := v.slot.N; int(n) < int(v.slot.N)+v.count; n++ {
			if start, _ := o.time(n, 1); start/half == c.Start/half {
				units++
			}
		}
	}
	return units
}
