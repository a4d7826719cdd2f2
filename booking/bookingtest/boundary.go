package bookingtest

import (
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// boundaries are the next instants, after the clock, at which some rule changes its mind, at most n of them.
func (m *Model) boundaries(n int) []sl.Instant {
	var list []sl.Instant
	note := func(at sl.Instant) {
		if at > m.clock {
			list = append(list, at)
		}
	}
	for i := range m.visits {
		v := &m.visits[i]
		note(v.until)
		if v.state == booking.Booked || v.state == booking.Confirmed {
			note(m.timeIsOver(v))
			note(m.deadline(v))
		}
	}
	for i := range m.entries {
		if w := &m.entries[i]; w.open() {
			note(w.dueBy)
		}
	}
	for i := range m.sessions {
		s := &m.sessions[i]
		if m.gone(s) {
			continue
		}
		for _, at := range []sl.Instant{s.Start, s.Release, s.Close, s.CancelBy, s.End} {
			note(at)
		}
		for k := range s.Slots {
			note(s.closes(k))
		}
		for _, q := range s.Quotas {
			note(q.OpenAt)
			note(q.From)
		}
		note(s.nextMoves())
		for _, at := range s.Reminders {
			note(at)
		}
		for _, r := range s.rests {
			note(r.until)
		}
		for _, p := range s.Pauses {
			note(p.Span.From())
			note(p.Span.To())
		}
	}
	for _, g := range m.gates {
		note(g.Until)
		if days := g.Gate.HorizonDays; days > 0 {
			for i := range m.sessions {
				note(m.sessions[i].Start.AddMinutes(-int(days) * 24 * 60))
			}
		}
	}
	for _, g := range m.givenBack {
		note(g.until)
	}
	for _, k := range m.keys {
		note(k.at + sl.Instant(m.keySeconds))
	}
	slices.Sort(list)
	list = slices.Compact(list)
	return list[:min(n, len(list))]
}

// going is how many sessions, not closed, ended or retired, lie ahead or run.
func (m *Model) going() (n int) {
	for i := range m.sessions {
		if s := &m.sessions[i]; !m.gone(s) && s.ends() > m.clock {
			n++
		}
	}
	return n
}
