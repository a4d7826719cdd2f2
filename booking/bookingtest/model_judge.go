package bookingtest

import (
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// wish is a request being judged: at an instant, supposing one appointment absent.
type wish struct {
	booking.Request
	at      sl.Instant
	addOn   bool
	without booking.Appointment
	// displaced says that the hospital took away what the person had: a restriction does not stand in the way of another.
	displaced bool
	// transfer says that whoever is here goes to another session of that day.
	transfer bool
	day      sl.Date
}

// judge says whether a wish may have the run of slots that begins at a slot, and to which class it is charged.
func (m *Model) judge(w *wish, at booking.Slot) (booking.Class, booking.Refusal) {
	s := m.session(at.Session)
	refusal := func(r booking.Reason) (booking.Class, booking.Refusal) { return 0, booking.Refusal{Reason: r} }
	switch {
	case s == nil || m.gone(s):
		return refusal(booking.SessionGone)
	case w.transfer && s.Date != w.day:
		return refusal(booking.SessionGone)
	}
	if !w.addOn {
		if r := m.judgeHours(w, s); r.Reason != 0 {
			return 0, r
		}
	}
	switch {
	case int(at.N)+int(w.Count) > len(s.Slots):
		return 0, booking.Refusal{Reason: booking.RunBroken, Limit: int32(len(s.Slots))}
	}
	run := s.Slots[at.N : at.N+w.Count]
	for i := 1; i < len(run); i++ {
		if run[i].OffsetMinutes != run[i-1].OffsetMinutes+run[i-1].Minutes {
			return refusal(booking.RunBroken)
		}
	}
	charge := w.Bear.Channel()
	if w.addOn {
		over := s.ends()
		if start, minutes := s.time(at.N, int(w.Count)); !s.Counted {
			over = start.AddMinutes(minutes)
		}
		if w.at >= over {
			return 0, booking.Refusal{Reason: booking.BookingClosed, Until: over}
		}
		if m.addOns(at.Session, w.without) >= int(s.AddOns) {
			return 0, booking.Refusal{Reason: booking.AddOnLimit, Limit: int32(s.AddOns)}
		}
	} else {
		closes := s.closes(int(at.N))
		if w.transfer {
			closes = s.over(int(at.N))
		}
		if w.at >= closes {
			return 0, booking.Refusal{Reason: booking.BookingClosed, Until: closes}
		}
		for n := at.N; n < at.N+w.Count; n++ {
			if m.room(booking.Slot{Session: at.Session, N: n}, w.without) == 0 {
				return 0, booking.Refusal{Reason: booking.Full, Limit: int32(int(s.Slots[n].Capacity) + s.granted[n])}
			}
		}
		for _, x := range run {
			if x.Only != 0 && !w.Bear.Has(x.Only) {
				return 0, booking.Refusal{Reason: booking.SlotForOthers, Class: x.Only}
			}
		}
		r := m.judgeEligible(w, s)
		if r.Reason != 0 {
			return 0, r
		}
		if charge, r = m.judgeQuotas(w, at.Session); r.Reason != 0 {
			return 0, r
		}
	}
	if r := m.judgeGates(w, at); r.Reason != 0 {
		return 0, r
	}
	if r := m.judgeLimits(w, at.Session); r.Reason != 0 {
		return 0, r
	}
	if r := m.judgePlace(w, at); r.Reason != 0 {
		return 0, r
	}
	return charge, booking.Refusal{}
}

// judgeHours: the numbers must be out, for everyone and for each class borne, and no pause be on, but for what the hospital does
// itself when it closes a session.
func (m *Model) judgeHours(w *wish, s *supply) booking.Refusal {
	waits := booking.Refusal{}
	if !s.released {
		waits = booking.Refusal{Reason: booking.NotReleased, Until: s.Release}
	}
	for _, q := range s.Quotas {
		if w.at < q.From && waits.Until < q.From && w.Bear.Has(q.Class) {
			waits = booking.Refusal{Reason: booking.NotReleased, Class: q.Class, Until: q.From}
		}
	}
	if waits.Reason != 0 || w.displaced || w.transfer {
		return waits
	}
	// From pause to pause, as long as one is on at the instant where the last one ended.
	for at, more := w.at, true; more; {
		more = false
		for _, p := range s.Pauses {
			if (p.Class == 0 || w.Bear.Has(p.Class)) && p.Span.Contains(at) {
				if waits.Reason == 0 {
					waits = booking.Refusal{Reason: booking.Paused, Class: p.Class}
				}
				at, more = p.Span.To(), true
				waits.Until = at
				break
			}
		}
	}
	return waits
}

// judgeLimits: with this one, no limit of the rules may be exceeded.
func (m *Model) judgeLimits(w *wish, id booking.Session) booking.Refusal {
	if w.transfer {
		return booking.Refusal{}
	}
	for i, l := range m.rules.Limits {
		if l.Who == booking.PerAccount && w.Account == 0 || l.Kind != 0 && m.session(id).Kind != l.Kind || l.Of == booking.UnpaidHolds && w.displaced {
			continue
		}
		have := 0
		for n := range m.visits {
			v := &m.visits[n]
			switch {
			case booking.Appointment(n+1) == w.without, v.noUnit, v.isReturn, !m.counts(v), l.Of == booking.OpenVisits && over(v.state),
				l.Of == booking.UnpaidHolds && (v.state != booking.Held || m.batchFrom != 0 && booking.Appointment(n+1) >= m.batchFrom),
				l.Kind != 0 && m.session(v.slot.Session).Kind != l.Kind,
				l.Who == booking.PerPerson && v.person != w.Person, l.Who == booking.PerAccount && v.account != w.Account,
				!m.agree(l.Same, v.slot.Session, id):
				continue
			}
			have++
		}
		if have+1 > int(l.Max) {
			return booking.Refusal{Reason: booking.LimitReached, Rule: uint16(i + 1), Limit: l.Max}
		}
	}
	return booking.Refusal{}
}

// agree reports whether two sessions are the same in every respect of a set.
func (m *Model) agree(same booking.Same, a, b booking.Session) bool {
	s, o := m.session(a), m.session(b)
	y1, m1, _ := s.Date.Civil()
	y2, m2, _ := o.Date.Civil()
	shared := a == b
	for _, r := range s.Resources {
		shared = shared || slices.Contains(o.Resources, r)
	}
	holds := map[booking.Same]bool{
		booking.SameSession: a == b, booking.SameDay: s.Date == o.Date, booking.SameMonth: y1 == y2 && m1 == m2,
		booking.SameDepartment: a == b || s.Department == o.Department && s.Department != 0,
		booking.SameService:    a == b || s.Service == o.Service && s.Service != 0, booking.SameResource: shared,
	}
	for member, ok := range holds {
		if same&member != 0 && !ok {
			return false
		}
	}
	return true
}

// judgePlace: nobody is in two places at once, and between two sites there is the way. The newest that is in the way is named.
func (m *Model) judgePlace(w *wish, at booking.Slot) booking.Refusal {
	s := m.session(at.Session)
	from, minutes := s.time(at.N, int(w.Count))
	until := from.AddMinutes(minutes)
	inBatch := false
	for n := len(m.visits); n > 0; n-- {
		id, v := booking.Appointment(n), &m.visits[n-1]
		if id == w.without || v.person != w.Person || v.noUnit || v.isReturn || over(v.state) {
			continue
		}
		o := m.session(v.slot.Session)
		start, length := o.time(v.slot.N, v.count)
		end := start.AddMinutes(length)
		gap := sl.Instant(0)
		if s.Site != 0 && o.Site != 0 && s.Site != o.Site {
			gap = m.way(s.Site, o.Site)
		}
		if from >= end+gap || start >= until+gap {
			continue
		}
		if m.batchFrom != 0 && id >= m.batchFrom || slices.Contains(m.displacing, id) {
			inBatch = true
			continue
		}
		return booking.Refusal{Reason: booking.TwoPlaces, Appointment: id}
	}
	if inBatch {
		return booking.Refusal{Reason: booking.TwoPlaces}
	}
	return booking.Refusal{}
}

// time is when a run of slots starts, and how many minutes it takes.
func (s *supply) time(n uint16, count int) (sl.Instant, int) {
	first, last := s.Slots[n], s.Slots[int(n)+count-1]
	return s.Start.AddMinutes(int(first.OffsetMinutes)), int(last.OffsetMinutes) + int(last.Minutes) - int(first.OffsetMinutes)
}

// ends is when a session is planned to be over.
func (s *supply) ends() sl.Instant {
	last := s.Slots[len(s.Slots)-1]
	return s.Start.AddMinutes(max(int(s.Minutes), int(last.OffsetMinutes)+int(last.Minutes)))
}

// closes is when a slot closes for booking: before its own start, or before the end of a counted session.
func (s *supply) closes(n int) sl.Instant {
	at := s.Start.AddMinutes(int(s.Slots[n].OffsetMinutes) - int(s.LeadMinutes))
	if s.Counted {
		at = s.ends().AddMinutes(-int(s.LeadMinutes))
	}
	if s.Close != 0 && s.Close < at {
		return s.Close
	}
	return at
}
