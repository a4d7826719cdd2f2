package search

import (
	"iter"
	"math"
	"math/bits"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Cursor walks the spots of a plan in order. One on the stack allocates nothing; do not go on with a copy of one that has begun. Do not change the index between two
// calls of Next; take a new cursor after a change.
type Cursor struct {
	plan        *Plan // nil: there is none
	from, until int64 // seconds after the index's base
	block       int   // the next that is not opened yet; the number of blocks at the end
	heads       [inlineHeads]head
	more        []head // where more than inlineHeads blocks overlap
	count       int    // of heads
	given       int    // 1 + the head that was given last, still to be moved on; 0: none
}

// head is the next spot of an opened block.
type head struct {
	start    int64 // of the spot
	block    int32
	position int32 // in the list
	slot     int32
	id       uint32
}

// before is the order of spots: by start, then by the session's number.
func (h *head) before(o *head) bool { return h.start < o.start || h.start == o.start && h.id < o.id }

// Cursor starts at the first spot that starts at or after from; it gives those that start before until (0: no end).
func (p *Plan) Cursor(from, until slots.Instant) Cursor {
	if p.list == nil {
		return Cursor{}
	}
	c := Cursor{plan: p, from: p.index.seconds(from), until: p.index.secondsUntil(until)}
	c.block = p.firstBlock(c.from, c.until)
	return c
}

// seconds is an instant as seconds after the base, cut to what no session reaches.
func (x *Index) seconds(at slots.Instant) int64 {
	const far = slots.Instant(1) << 40
	return int64(max(min(at, far), -far) - x.base)
}

// secondsUntil is seconds of an end, which 0 leaves open.
func (x *Index) secondsUntil(until slots.Instant) int64 {
	if until == 0 {
		return math.MaxInt64
	}
	return x.seconds(until)
}

// Next is the next spot in order, and false after the last.
func (c *Cursor) Next() (Spot, bool) {
	p := c.plan
	if p == nil {
		return Spot{}, false
	}
	if c.given > 0 {
		c.moveOn()
	}
	least := c.least()
	for c.block < len(p.list.starts) && (least < 0 || int64(p.list.starts[c.block]) <= c.head(least).start) {
		if c.open() {
			least = c.least()
		}
		c.block = p.nextBlock(c.block+1, c.until)
	}
	if least < 0 {
		return Spot{}, false
	}
	c.given = least + 1
	h := c.head(least)
	return Spot{int32(h.id), uint16(h.slot), uint16(p.count)}, true
}

func (c *Cursor) head(i int) *head {
	if i < inlineHeads {
		return &c.heads[i]
	}
	return &c.more[i-inlineHeads]
}

// least is the head that comes first, or -1.
func (c *Cursor) least() int {
	least := -1
	for i := range c.count {
		if h := c.head(i); least < 0 || h.before(c.head(least)) {
			least = i
		}
	}
	return least
}

// open adds the head of the next block, if it has one.
func (c *Cursor) open() bool {
	h, ok := c.plan.first(c.block, c.from, c.until)
	if !ok {
		return false
	}
	if c.count >= inlineHeads && c.count-inlineHeads == len(c.more) {
		c.more = append(c.more, h)
	} else {
		*c.head(c.count) = h
	}
	c.count++
	return true
}

// moveOn moves the head that was given to the next spot of its block, or drops it.
func (c *Cursor) moveOn() {
	h := c.head(c.given - 1)
	if !c.plan.after(h, c.until) {
		c.count--
		*h = *c.head(c.count)
	}
	c.given = 0
}

// first is the first spot of a block in [from, until).
func (p *Plan) first(block int, from, until int64) (head, bool) {
	l := p.list
	f := &p.faces[l.faceOf[block]]
	start := int64(l.starts[block])
	low, high := 0, f.shape.slots()
	if from > start {
		low = f.shape.startingFrom(from - start)
	}
	if until-start <= int64(f.shape.offsets[high-1]) {
		high = f.shape.startingFrom(until - start)
	}
	position, slot := p.scan(f, int(l.firsts[block]), int(l.firsts[block+1]), low, high)
	if position < 0 {
		return head{}, false
	}
	return head{start + int64(f.shape.offsets[slot]), int32(block), int32(position), int32(slot), l.ids[position]}, true
}

// after moves a head to the next spot of its block: of a later session at the same slot, else at a later slot.
func (p *Plan) after(h *head, until int64) bool {
	l := p.list
	f := &p.faces[l.faceOf[h.block]]
	start := int64(l.starts[h.block])
	high := f.shape.slots()
	if until-start <= int64(f.shape.offsets[high-1]) {
		high = f.shape.startingFrom(until - start)
	}
	firstPosition, end := int(l.firsts[h.block]), int(l.firsts[h.block+1])
	position, slot := p.scan(f, int(h.position)+1, end, int(h.slot), high)
	if position < 0 || slot > int(h.slot) {
		// Nothing more at this slot. Earlier sessions may win a tie, so at the same later slot they go first.
		most := high
		if position >= 0 {
			most = slot + 1
		}
		if earlier, at := p.scan(f, firstPosition, int(h.position)+1, int(h.slot)+1, most); earlier >= 0 {
			position, slot = earlier, at
		}
	}
	if position < 0 {
		return false
	}
	h.start, h.position, h.slot, h.id = start+int64(f.shape.offsets[slot]), int32(position), int32(slot), l.ids[position]
	return true
}

// scan is the earliest slot from low to before high at which a session from first to before end has a spot, and the first session that has
// it there; position -1 if there is none.
func (p *Plan) scan(f *planFace, first, end, low, high int) (position, slot int) {
	if first >= end || low >= high {
		return -1, 0
	}
	if f.wide != nil {
		return p.scanWide(f, first, end, low, high)
	}
	// Slots still better than the best so far; as sessions come in order, an equal one is not.
	better := f.rows & (^uint64(0) << low) & (^uint64(0) >> (64 - high))
	position = -1
	for w := first >> 6; w <= (end-1)>>6 && better != 0; w++ {
		for word := p.sessionsIn(w, first, end); word != 0; word &= word - 1 {
			at := w<<6 + bits.TrailingZeros64(word)
			s := &p.index.sessions[p.list.ids[at]]
			free := p.index.free[s.bit>>6] >> (s.bit & 63) & f.rows
			if p.count > 1 {
				free = runs1(free, f.shape.linked[0], p.count)
			}
			if free &= better; free != 0 {
				position, slot = at, bits.TrailingZeros64(free)
				if better &= 1<<slot - 1; better == 0 {
					break
				}
			}
		}
	}
	return position, slot
}

// scanWide is scan for sessions of more than 64 slots.
func (p *Plan) scanWide(f *planFace, first, end, low, high int) (position, slot int) {
	var room [maxSessionWords]uint64
	position = -1
	for w := first >> 6; w <= (end-1)>>6; w++ {
		for word := p.sessionsIn(w, first, end); word != 0; word &= word - 1 {
			at := w<<6 + bits.TrailingZeros64(word)
			free := p.wanted(f, p.list.ids[at], &room)
			runs(free, f.shape.linked, p.count)
			if r := nextBit(free, low); r >= 0 && r < high {
				position, slot, high = at, r, r
			}
		}
	}
	return position, slot
}

// wanted are the free slots of a session of more than 64 that the plan's hours want, in room.
func (p *Plan) wanted(f *planFace, id uint32, room *[maxSessionWords]uint64) []uint64 {
	words, _ := p.index.bitsOf(&p.index.sessions[id], f.shape)
	free := room[:len(words)]
	for i := range free {
		free[i] = words[i] & f.wide[i]
	}
	return free
}

// All walks the spots that start in [from, until) (until 0: no end) in order of the start instant, then of the session's number. Spots overlap:
// with a Count of 2, four free slots in a row are three spots. Do not change the index meanwhile.
func (p *Plan) All(from, until slots.Instant) iter.Seq[Spot] {
	return func(yield func(Spot) bool) {
		c := p.Cursor(from, until)
		for spot, ok := c.Next(); ok && yield(spot); spot, ok = c.Next() {
		}
	}
}
