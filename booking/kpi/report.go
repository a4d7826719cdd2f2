package kpi

import (
	"fmt"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Line is the indicators of one group.
type Line struct {
	Group
	Supply Supply
	Visits Visits
	// IndirectDays is the lead time of the appointments that stand, in calendar days.
	IndirectDays Distribution
	// DirectSeconds is the wait of those who were called in, from the later of appointment time and arrival.
	DirectSeconds Distribution
	Overtime      Overtime
	Closures      Closures
	// Share is this line's bookings over all that are selected.
	Share Ratio
}

// Report gives the indicators of what is selected, a line for each group in which something counts, in order of date and
// name (by bytes); with Whole, exactly one. The error joins all problems of the selection. Cost: one walk over all
// sessions and visits, and sorting.
func (p *Projection) Report(of Selection, by Grouping) ([]Line, error) {
	c, err := p.resolve(of)
	if err == nil && !by.IsValid() {
		err = fmt.Errorf("%v: no grouping", by)
	}
	if err != nil {
		return nil, err
	}
	r := report{projection: p, choice: c, by: by, index: map[Group]int{}}
	if by == Whole {
		r.tally(Group{})
	}
	r.addVisits()
	r.addClosures()
	if by != ByChannel && c.channel == 0 {
		r.addSupply()
		r.addOvertime()
	}
	return r.lines(), nil
}

// report is one Report being made.
type report struct {
	projection *Projection
	choice     choice
	by         Grouping
	index      map[Group]int
	tallies    []tally
	bookings   int64
	scratch    []Group
}

type tally struct {
	Line
	indirect, direct []int64
}

func (r *report) tally(g Group) *tally {
	i, ok := r.index[g]
	if !ok {
		i = len(r.tallies)
		r.index[g] = i
		r.tallies = append(r.tallies, tally{Line: Line{Group: g}})
	}
	return &r.tallies[i]
}

// each calls f for every line in which something of a selected session and channel counts.
func (r *report) each(id booking.Session, channel booking.Class, f func(*tally)) {
	s := &r.projection.sessions[id-1]
	r.scratch = r.projection.groups(r.scratch[:0], r.by, s, channel)
	for _, g := range r.scratch {
		f(r.tally(g))
	}
}

func (r *report) selects(id booking.Session) bool { return r.choice.has(&r.projection.sessions[id-1]) }

func (r *report) lines() []Line {
	lines := make([]Line, 0, len(r.tallies))
	for i := range r.tallies {
		t := &r.tallies[i]
		t.IndirectDays, t.DirectSeconds = distributionOf(t.indirect), distributionOf(t.direct)
		t.Share = Ratio{t.Visits.Bookings, r.bookings}
		lines = append(lines, t.Line)
	}
	slices.SortFunc(lines, func(a, b Line) int { return a.compare(b.Group) })
	return lines
}

func (r *report) addVisits() {
	for i := range r.projection.visits {
		v := &r.projection.visits[i]
		if !r.selects(v.home.Session) || !r.choice.hasChannel(v.bear.Channel()) {
			continue
		}
		if v.everBooked && v.state != booking.EnteredInError {
			r.bookings++
		}
		days, stands := r.projection.indirectDays(v)
		seconds, seen := r.projection.directSeconds(v)
		r.each(v.home.Session, v.bear.Channel(), func(t *tally) {
			t.Visits.add(v)
			if stands {
				t.indirect = append(t.indirect, days)
			}
			if seen {
				t.direct = append(t.direct, seconds)
			}
		})
	}
}

func (v *Visits) add(x *visit) {
	v.Made++
	v.Reschedules += x.reschedules
	v.LateReschedules += x.lateReschedules
	v.Transfers += x.transfers
	v.Yielded += x.yields
	switch x.state {
	case booking.Held:
		v.Held++
	case booking.Booked:
		v.Booked++
	case booking.Confirmed:
		v.Confirmed++
	case booking.CheckedIn:
		v.CheckedIn++
	case booking.InConsultation:
		v.InConsultation++
	case booking.Fulfilled:
		v.Fulfilled++
	case booking.NoShow:
		v.NoShow++
	case booking.Displaced:
		v.Displaced++
	case booking.Lapsed:
		v.HoldsLapsed++
	case booking.EnteredInError:
		v.Voided++
		return
	case booking.Cancelled:
		if x.byHospital {
			v.CancelledByHospital++
		} else {
			v.CancelledByPatient++
		}
	}
	count := func(n *int64, is bool) {
		if is {
			*n++
		}
	}
	count(&v.Bookings, x.everBooked)
	count(&v.AddOns, x.addOn)
	count(&v.Arrived, x.arrived != 0 && !x.back)
	count(&v.Returns, x.back)
	count(&v.LateCancellations, x.late)
}

// indirectDays is the calendar days from request to appointment, for a visit that stands.
func (p *Projection) indirectDays(v *visit) (days int64, stands bool) {
	if !v.state.Occupies() || v.back || v.state == booking.Held || v.state == booking.Displaced {
		return 0, false
	}
	date := p.sessions[v.home.Session-1].opening.Date
	return max(0, int64(date.Sub(sl.DateOf(v.requested, p.zone)))), true
}

// directSeconds is start − max(appointment time, arrival), for a visit that was called in.
func (p *Projection) directSeconds(v *visit) (seconds int64, seen bool) {
	if v.started == 0 || v.state == booking.EnteredInError {
		return 0, false
	}
	s := &p.sessions[v.home.Session-1]
	return int64(v.started - max(s.slotStart(int(v.home.N)), v.arrived)), true
}

func (r *report) addClosures() {
	for i := range r.projection.displacements {
		d := &r.projection.displacements[i]
		if r.selects(d.from) && r.choice.hasChannel(d.channel) {
			r.each(d.from, d.channel, func(t *tally) { t.Closures.add(d) })
		}
	}
	for _, h := range r.projection.unpaid {
		if r.selects(h.from) && r.choice.hasChannel(h.channel) {
			r.each(h.from, h.channel, func(t *tally) { t.Closures.HoldsCancelled++ })
		}
	}
}

func (c *Closures) add(d *displacement) {
	c.Displaced++
	if d.unplaced {
		c.Unplaced++
	}
	switch d.outcome {
	case accepted:
		c.Accepted++
	case declined:
		c.Declined++
	case lapsed:
		c.Lapsed++
	case moved:
		c.Moved++
	case rescheduled:
		c.Rescheduled++
	case cancelled:
		c.Cancelled++
	case voided:
		c.Voided++
	case again:
		c.Again++
	case pending:
		c.Pending++
	}
}
