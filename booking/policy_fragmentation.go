package booking

// LeastFragmentation gives the candidate that breaks up the least free time, so that long visits still find their run: the one
// by which the sum of the squares of the lengths of free runs, in slots, falls least; of equal ones the earliest start, then as
// Earliest. It so prefers a slot that stays free for others, then the end of a short run to the end of a long one, and that to
// the middle: best fit.
//
// Laws: feasible, deterministic, order-free, relabelling, time-shift, work-conserving, split-proof. It bounds no wait and envies
// freely: who asks first may be put later than who asks next. For departments with visits of one and of several slots in one
// session; not where all visits are of one slot, or where the wait matters (put it behind Within).
type LeastFragmentation struct{}

// Name is "least-fragmentation".
func (LeastFragmentation) Name() string { return "least-fragmentation" }

// Choose returns the candidate that breaks up least. Cost: every candidate in the request's window, each with its run once.
func (LeastFragmentation) Choose(v *View) (best Slot, found bool) {
	bestLoss, bestStart := int64(0), int64(0)
	count := int(v.Request().Count)
	for v.NextSession() {
		run := freeRun{}
		for c, ok := v.NextSlot(); ok; c, ok = v.NextSlot() {
			n := int(c.Slot.N)
			if n < run.from || n >= run.to {
				run = freeRunAround(v, n)
			}
			loss := run.loss(v, n, count)
			if !found || loss < bestLoss || loss == bestLoss && int64(c.Start) < bestStart {
				best, bestLoss, bestStart, found = c.Slot, loss, int64(c.Start), true
			}
		}
	}
	return best, found
}

// freeRun is a longest row of slots of one session that touch each other and all have room, half-open.
type freeRun struct{ from, to int }

func freeRunAround(v *View, n int) freeRun {
	r := freeRun{n, n + 1}
	for {
		_, joined := v.Room(r.from)
		if units, _ := v.Room(r.from - 1); !joined || units < 1 {
			break
		}
		r.from--
	}
	for {
		units, joined := v.Room(r.to)
		if !joined || units < 1 {
			return r
		}
		r.to++
	}
}

// loss is by how much the sum of squares falls if one unit of each of count slots from n is taken.
func (r freeRun) loss(v *View, n, count int) int64 {
	square := func(n int) int64 { return int64(n) * int64(n) }
	left, row := int64(0), n-r.from
	for i := n; i < n+count; i++ {
		if units, _ := v.Room(i); units > 1 {
			row++
			continue
		}
		left += square(row)
		row = 0
	}
	return square(r.to-r.from) - left - square(row+max(0, r.to-n-count))
}
