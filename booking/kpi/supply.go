package kpi

import (
	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

func (r *report) addSupply() {
	for i := range r.projection.sessions {
		id := booking.Session(i + 1)
		if !r.selects(id) {
			continue
		}
		supply := r.projection.sessions[i].supply()
		if supply == (Supply{}) {
			continue
		}
		r.each(id, 0, func(t *tally) { t.Supply.add(supply) })
	}
}

// supply is what one session had to book, and what was booked.
func (s *session) supply() (sum Supply) {
	if s.isClosed() {
		sum.ClosedSessions = 1
	}
	if !s.released {
		return sum
	}
	sum.Sessions = 1
	for n, spec := range s.opening.Slots {
		if s.isClosed() && s.slotStart(n) >= s.closedAt {
			continue
		}
		u, capacity, minutes := &s.units[n], int64(spec.Capacity), int64(spec.Minutes)
		sum.GrantedUnits += u.granted
		sum.OverbookedUnits += max(0, u.taken-capacity)
		if capacity == 0 {
			continue
		}
		sum.Slots++
		if u.taken > 0 {
			sum.CoveredSlots++
		}
		sum.Units += capacity
		sum.BookableMinutes += capacity * minutes
		sum.BookedMinutes += min(u.taken, capacity) * minutes
	}
	return sum
}

func (s *Supply) add(x Supply) {
	s.Sessions += x.Sessions
	s.ClosedSessions += x.ClosedSessions
	s.Slots += x.Slots
	s.CoveredSlots += x.CoveredSlots
	s.Units += x.Units
	s.BookableMinutes += x.BookableMinutes
	s.BookedMinutes += x.BookedMinutes
	s.GrantedUnits += x.GrantedUnits
	s.OverbookedUnits += x.OverbookedUnits
}

// addOvertime finds each session's last completion.
func (r *report) addOvertime() {
	last := make([]sl.Instant, len(r.projection.sessions))
	for i := range r.projection.visits {
		if v := &r.projection.visits[i]; v.state == booking.Fulfilled {
			last[v.home.Session-1] = max(last[v.home.Session-1], v.done)
		}
	}
	for i := range r.projection.sessions {
		id := booking.Session(i + 1)
		if last[i] == 0 || !r.selects(id) {
			continue
		}
		over := max(0, int64(last[i]-r.projection.sessions[i].end()))
		r.each(id, 0, func(t *tally) {
			t.Overtime.Sessions++
			if over > 0 {
				t.Overtime.Over++
			}
			t.Overtime.TotalSeconds += over
			t.Overtime.MaxSeconds = max(t.Overtime.MaxSeconds, over)
		})
	}
}

func (s *session) slotStart(n int) sl.Instant {
	return s.opening.Start.AddMinutes(int(s.opening.Slots[n].OffsetMinutes))
}

// end is when the session is planned to be over, at least the end of its last slot.
func (s *session) end() sl.Instant {
	last := s.opening.Slots[len(s.opening.Slots)-1]
	return s.opening.Start.AddMinutes(max(int(s.opening.Minutes), int(last.OffsetMinutes)+int(last.Minutes)))
}
