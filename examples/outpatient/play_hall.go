package main

import (
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// hall is the registration windows of one day: clerks on duty, and how long people stood in line.
type hall struct {
	day    slots.Date
	clerks []clerk
	waits  []int64 // seconds, in order of arrival
	staff  []StaffPeriod
}

// clerk is one window: when it is open, and from when it is free.
type clerk struct {
	spans []slots.Span
	free  slots.Instant
}

// patienceSeconds is how long before it opens people stand at a closed window; earlier they go straight to the clinic.
const patienceSeconds = 1800

// earliest is when the window can serve somebody who comes at an instant; false if it is not open then, nor soon.
func (c *clerk) earliest(at slots.Instant) (slots.Instant, bool) {
	for _, s := range c.spans {
		if s.From() > at+patienceSeconds {
			return 0, false
		}
		if start := max(at, c.free, s.From()); start < s.To() {
			return start, true
		}
	}
	return 0, false
}

// openHall opens the windows of a clinic day as the plan says: window k is open wherever at least k clerks are planned.
func (w *world) openHall(day slots.Date) {
	if !slices.ContainsFunc(w.byDay[day], func(id booking.Session) bool { return w.session(id).Line.Service == visitService }) {
		return
	}
	w.halls = append(w.halls, hall{day: day})
	h := &w.halls[len(w.halls)-1]
	for _, row := range w.p.h.Windows {
		for len(h.clerks) < row.Staff {
			h.clerks = append(h.clerks, clerk{})
		}
		for k := range row.Staff {
			span, _ := slots.NewSpan(w.p.at(day, row.From), w.p.at(day, row.To)) // rows end after they begin
			h.clerks[k].add(span)
		}
	}
	if w.mechanism.Elastic {
		w.staffHall(h)
	}
}

// add opens the window for another stretch, joined to the one before where they touch.
func (c *clerk) add(s slots.Span) {
	for i := range c.spans {
		if c.spans[i].To() == s.From() {
			joined, _ := slots.NewSpan(c.spans[i].From(), s.To())
			c.spans[i] = joined
			return
		}
	}
	c.spans = append(c.spans, s)
	slices.SortFunc(c.spans, func(a, b slots.Span) int { return int(a.From() - b.From()) })
}

// throughWindow takes a patient through the line and returns when the clerk is done. The window that is free first
// serves; where none is open, one goes straight to the clinic.
func (w *world) throughWindow(f *Fate) slots.Instant {
	if len(w.halls) == 0 {
		return w.now
	}
	h := &w.halls[len(w.halls)-1]
	best, bestStart := takeFirst(h.clerks, w.now)
	if best == nil {
		return w.now
	}
	h.waits = append(h.waits, int64(bestStart-w.now))
	best.free = bestStart + slots.Instant(f.windowSeconds(w.windowRow(bestStart)))
	return best.free
}

// takeFirst is the window that can serve first somebody who comes at an instant, the least of equals; nil if all are closed.
func takeFirst(clerks []clerk, at slots.Instant) (best *clerk, start slots.Instant) {
	for i := range clerks {
		if s, ok := clerks[i].earliest(at); ok && (best == nil || s < start) {
			best, start = &clerks[i], s
		}
	}
	return best, start
}

// windowRow is the plan's row at an instant; the last one after that.
func (w *world) windowRow(at slots.Instant) WindowRow {
	day := slots.DateOf(at, w.p.h.Zone)
	for _, row := range w.p.h.Windows {
		if at < w.p.at(day, row.To) {
			return row
		}
	}
	return w.p.h.Windows[len(w.p.h.Windows)-1]
}

// ninety is what nine of ten did not exceed, by nearest rank; 0 of nobody.
func ninety(values []int64) int64 { return rank(values, 9) }

func rank(values []int64, tenths int) int64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	return sorted[(len(sorted)*tenths+9)/10-1]
}
