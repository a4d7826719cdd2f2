package booking

import (
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// round is a session's quota lines as one round of reallocation sees them.
type round struct {
	common    int64 // free units that no reserve keeps
	remaining int64 // seconds
	n         int
	lines     [MaxQuotas]roundLine
}

// roundLine is one line. Of a line that takes no part, surplus and shortage are 0; of one that does, at least one of them is.
type roundLine struct {
	class             Class
	part              bool
	pace              Pace
	surplus, shortage int64
	gives, receives   int64 // what moves
}

// decideReallocation holds one round: an event for each pair of lines between which units move or, where nothing moves, one that says so.
func (b *Book) decideReallocation(t *Batch, c *Advance, d dueItem) int {
	var r round
	id := Session(d.id())
	if b.rules.Reallocation.MaxMovePercent > 0 {
		b.assess(&r, id, d.at)
		r.settle(true)
		r.settle(false)
	}
	move := func(from, to *roundLine, units int64) {
		e := b.dueEvent(ReserveMoved, c, d)
		e.session = id
		var g Grounds
		if units > 0 {
			e.class, e.extra, e.number = from.class, uint32(to.class), uint32(units)
			g = Grounds{Giver: from.pace, Receiver: to.pace, Common: uint32(r.common), RemainingSeconds: r.remaining}
		}
		t.work.side = appendGrounds(t.work.side[:0], &g)
		t.addSide(e, t.work.side...)
	}
	before := len(t.events)
	r.pairs(true, move)
	r.pairs(false, move)
	if len(t.events) == before {
		move(nil, nil, 0)
	}
	return 0
}

// assess says of every line how it sells, what it can spare and what it will lack.
func (b *Book) assess(r *round, id Session, at sl.Instant) {
	rule := &b.rules.Reallocation
	s := b.sessions.at(uint32(id))
	run, quotas := s.slots(), s.quotas()
	r.n, r.remaining = len(quotas), max(0, int64(s.slotClose(&run[len(run)-1])-at))
	r.common = int64(b.freeAt(&attempt{at: at}, id, s))
	var takesPart [MaxQuotas]bool
	for i := range quotas {
		q, x := &quotas[i], &r.lines[i]
		kept := int64(q.due(int32(q.charged), int32(q.borne)))
		eff := min(kept, r.common)
		r.common -= eff
		elapsed := int64(at - max(s.far.out, s.from(i)))
		x.class, x.part = q.class, q.isPart()
		if takesPart[i] = s.bookable() && q.flags&quotaOpened == 0 && elapsed >= max(1, rule.MinElapsedSeconds) && b.moves(q.class); !takesPart[i] {
			continue
		}
		need := min((int64(q.charged)*r.remaining+elapsed-1)/elapsed, MaxSessionUnits)
		x.pace = Pace{Sold: uint32(q.charged), Unsold: uint32(eff), Need: uint32(need), ElapsedSeconds: elapsed}
		keep := max(int64(rule.KeepUnits), partOf(int64(q.reserve), rule.KeepPercent))
		if eff == kept && (x.part || kept == max(0, int64(q.reserve)-int64(q.charged))) { // else what it gave would still be missing from what is there for those behind it
			x.surplus = min(max(0, eff-max(need, keep)), partOf(int64(q.reserve), rule.MaxMovePercent))
		}
	}
	rest := r.common
	for i := range quotas {
		if takesPart[i] {
			rest -= r.lines[i].lack(&quotas[i], rest)
		}
	}
}

// partOf is so many per cent of n, rounded up.
func partOf(n int64, percent int32) int64 { return (n*int64(percent) + 99) / 100 }

// lack works out the shortage of a line that can have of what is common, and returns how much of it that takes.
func (x *roundLine) lack(q *quota, common int64) (takes int64) {
	short := max(0, int64(x.pace.Need)-int64(x.pace.Unsold))
	room, kept := int64(1<<16-1)-max(int64(q.reserve), int64(q.charged)), max(0, int64(q.reserve)-int64(q.charged))
	if q.flags&quotaCapped != 0 {
		left := int64(q.cap) - int64(q.borne)
		common = max(0, min(common, left-int64(x.pace.Unsold)))
		if !x.part {
			room = min(room, left-kept-min(short, common), int64(q.cap)-1-max(int64(q.reserve), int64(q.charged)))
		}
	}
	takes = min(short, common)
	x.shortage = max(0, min(short-takes, room))
	return takes
}

// moves reports whether reserves of the class may move at all: those of stages, and of the classes that the rules name, never do.
func (b *Book) moves(c Class) bool {
	name := string(b.names[ClassName].bytes(uint32(c)))
	return !isStage(name) && !slices.Contains(b.rules.Reallocation.Never, name)
}

// settle says how much each of the parts, or of the other lines, gives and receives.
func (r *round) settle(parts bool) {
	var surplus, shortage [MaxQuotas]int64
	spare, lacking := int64(0), int64(0)
	for i := range r.n {
		if x := &r.lines[i]; x.part == parts {
			surplus[i], shortage[i] = x.surplus, x.shortage
			spare, lacking = spare+x.surplus, lacking+x.shortage
		}
	}
	units := min(spare, lacking)
	lower(surplus[:r.n], units)
	lower(shortage[:r.n], units)
	for i := range r.n {
		if x := &r.lines[i]; x.part == parts {
			x.gives, x.receives = x.surplus-surplus[i], x.shortage-shortage[i]
		}
	}
}

// lower takes so many units, at most the sum, from the heights, always from the highest and of equals from the first. It finds the level that the
// highest come down to by halving, so that the cost does not depend on the number of units.
func lower(heights []int64, units int64) {
	above := func(level int64) (sum int64) {
		for _, h := range heights {
			sum += max(0, h-level)
		}
		return sum
	}
	low, high := int64(0), int64(0) // the least level above which there are at most so many units
	for _, h := range heights {
		high = max(high, h)
	}
	for low < high {
		if middle := (low + high) / 2; above(middle) <= units {
			high = middle
		} else {
			low = middle + 1
		}
	}
	units -= above(low)
	for i, h := range heights {
		heights[i] = min(h, low)
		if units > 0 && h >= low && low > 0 {
			heights[i]--
			units--
		}
	}
}

// pairs calls move for the lines between which units move: givers and receivers in rule order, the first giver serving the first receivers.
func (r *round) pairs(parts bool, move func(from, to *roundLine, units int64)) {
	j := 0
	for i := range r.n {
		from := &r.lines[i]
		for from.part == parts && from.gives > 0 {
			to := &r.lines[j]
			units := min(from.gives, to.receives)
			if to.part != parts || units == 0 {
				j++
				continue
			}
			move(from, to, units)
			from.gives -= units
			to.receives -= units
		}
	}
}
