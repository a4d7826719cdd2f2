package main

import (
	"cmp"
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// delaySteps are the buckets of Losers.Delays, in minutes; the last is open.
var delaySteps = []int64{15, 30, 60, 120, 240, 0}

// compareWorlds looks at every patient's request in both worlds and says who is worse off.
func compareWorlds(before, after *world) Losers {
	var l Losers
	for _, step := range delaySteps {
		l.Delays = append(l.Delays, DelayBucket{UpToMinutes: step})
	}
	var delays []int64
	for i := range before.outcomes {
		r := &before.p.demand.Requests[i]
		b, a := &before.outcomes[i], &after.outcomes[i]
		if b.state == booked && before.isLate(r, b.start) {
			l.LaterThanWishedOnce++
		}
		if a.state == booked && after.isLate(r, a.start) {
			l.LaterThanWished++
		}
		switch {
		case b.state == booked && a.state != booked:
			l.LostNumber++
		case b.state != booked && a.state == booked:
			l.GainedNumber++
		case b.state != booked:
		case a.start == b.start:
			l.Same++
		case a.start < b.start:
			l.Earlier++
		default:
			l.Later++
			delays = append(delays, int64(a.start-b.start)/60)
		}
		if b.state == booked && a.state == booked && after.waitMinutes(a) > before.waitMinutes(b) {
			l.WaitLonger++
		}
	}
	for _, d := range delays {
		k := slices.IndexFunc(l.Delays, func(b DelayBucket) bool { return d <= b.UpToMinutes || b.UpToMinutes == 0 })
		l.Delays[k].Count++
		l.MostDelay = max(l.MostDelay, d)
	}
	l.MedianDelay = rank(delays, 5)
	return l
}

// isLate: past the wished time by more than the patient tolerates, on the wished day or after it.
func (w *world) isLate(r *Request, start slots.Instant) bool {
	return start > w.p.at(r.Target, slots.Clock{}).AddMinutes(r.PreferTo.Minutes()+r.ToleranceMinutes)
}

// waitMinutes is the direct wait of a request's visit, at least 0; 0 for who was not seen.
func (w *world) waitMinutes(o *outcome) int64 {
	v := w.visit(o.id)
	now, ok := w.desk.Pool().Appointment(o.id)
	if !ok || v.started == 0 {
		return 0
	}
	return max(0, int64(v.started-max(now.Start, v.arrived))/60)
}

// overtimeRows are the physicians and machines with the most overtime in either world.
func overtimeRows(before, after *world, most int) []OvertimeRow {
	b, a := before.overtime(), after.overtime()
	var rows []OvertimeRow
	for who, minutes := range b {
		rows = append(rows, OvertimeRow{who, minutes, a[who]})
	}
	for who, minutes := range a {
		if _, ok := b[who]; !ok {
			rows = append(rows, OvertimeRow{who, 0, minutes})
		}
	}
	slices.SortFunc(rows, func(x, y OvertimeRow) int {
		return cmp.Or(cmp.Compare(max(y.BeforeMinutes, y.AfterMinutes), max(x.BeforeMinutes, x.AfterMinutes)), cmp.Compare(x.Who, y.Who))
	})
	return rows[:min(most, len(rows))]
}

// overtime is, by physician and machine, the minutes past the ends of sessions.
func (w *world) overtime() map[string]int64 {
	sum := map[string]int64{}
	for _, s := range w.held {
		if over := int64(s.lastEnd - s.Span().To()); s.lastEnd > 0 && over > 0 {
			sum[s.server.code] += over / 60
		}
	}
	return sum
}
