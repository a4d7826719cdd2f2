package search

import (
	"cmp"
	"slices"
	"time"

	"github.com/haoyuan-go/haoyuan/slots"
)

// shape is how a session is cut: its slots as seconds after its start. Sessions of the same cut share one, so that a slot
// costs no memory but its bit.
type shape struct {
	offsets []int32       // from the session's start to the slot's, rising
	lengths []int32       // of the slots
	linked  []uint64      // bit r: slot r+1 starts where slot r ends
	visits  []slots.Visit // whom the slots are for; nil: none asks
	counted bool
}

func (s *shape) slots() int { return len(s.offsets) }

// words is how many words the bits of one session take.
func (s *shape) words() int { return len(s.linked) }

// visit is whom slot r is for.
func (s *shape) visit(r int) slots.Visit {
	if s.visits == nil {
		return slots.AnyVisit
	}
	return s.visits[r]
}

// end is where slot r ends.
func (s *shape) end(r int) int32 { return s.offsets[r] + s.lengths[r] }

// reach is where the last slot ends.
func (s *shape) reach() int32 { return s.end(len(s.offsets) - 1) }

// startingFrom is the first slot that starts at or after offset.
func (s *shape) startingFrom(offset int64) int {
	low, high := 0, len(s.offsets)
	for low < high {
		if mid := (low + high) >> 1; int64(s.offsets[mid]) < offset {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// shapeOf reads the cut of a session that has been checked.
func shapeOf(s *slots.Session) shape {
	n := len(s.Slots)
	sh := shape{offsets: make([]int32, n), lengths: make([]int32, n), linked: make([]uint64, (n+63)/64), counted: s.Counted}
	for i, slot := range s.Slots {
		sh.offsets[i], sh.lengths[i] = int32(slot.Start-s.Start), int32(slot.Minutes*60)
		if i > 0 && sh.end(i-1) == sh.offsets[i] {
			sh.linked[(i-1)/64] |= 1 << ((i - 1) % 64)
		}
		if slot.Visit != slots.AnyVisit {
			if sh.visits == nil {
				sh.visits = make([]slots.Visit, n)
			}
			sh.visits[i] = slot.Visit
		}
	}
	return sh
}

// isOf reports whether the session is cut so.
func (s *shape) isOf(o *slots.Session) bool {
	if len(s.offsets) != len(o.Slots) || s.counted != o.Counted {
		return false
	}
	for i := range o.Slots {
		if int64(s.offsets[i]) != int64(o.Slots[i].Start-o.Start) || int(s.lengths[i]) != o.Slots[i].Minutes*60 ||
			s.visit(i) != o.Slots[i].Visit {
			return false
		}
	}
	return true
}

// cutHash mixes the cut of a session: equal cuts have equal hashes (FNV-1a over words).
func cutHash(s *slots.Session) uint64 {
	h := uint64(14695981039346656037)
	mix := func(v uint64) { h = (h ^ v) * 1099511628211 }
	if s.Counted {
		mix(1)
	}
	for i := range s.Slots {
		mix(uint64(s.Slots[i].Start - s.Start))
		mix(uint64(s.Slots[i].Minutes)<<8 | uint64(s.Slots[i].Visit))
	}
	return h
}

// runs leaves, of the bits of one session's slots, those at which count slots follow each other without a gap. It works in place; words
// are the bits, linked the shape's. Cost: O(words × log count).
func runs(words, linked []uint64, count int) {
	if count < 2 {
		return
	}
	// A run of count slots is count-1 links in a row; each step doubles the length known.
	for i := range words {
		words[i] &= linked[i] & next(words, i, 1)
	}
	for have, need := 1, count-1; have < need; {
		step := min(have, need-have)
		for i := range words {
			words[i] &= next(words, i, step)
		}
		have += step
	}
}

// next is word i of the bits shifted down by n. Called for rising i, it reads only words that are not yet written.
func next(words []uint64, i, n int) uint64 {
	whole, part := n/64, n%64
	var w uint64
	if i+whole < len(words) {
		w = words[i+whole] >> part
	}
	if part > 0 && i+whole+1 < len(words) {
		w |= words[i+whole+1] << (64 - part)
	}
	return w
}

// runs1 is runs for a session of at most 64 slots and a count of at least 2.
func runs1(w, linked uint64, count int) uint64 {
	w &= linked & (w >> 1)
	for have, need := 1, count-1; have < need; {
		step := min(have, need-have)
		w &= w >> step
		have += step
	}
	return w
}

// face is a shape on the wall: what the clocks and the calendar of the zone show at its slots. Where the zone's clocks change
// within a session the instant is part of it.
type face struct {
	shape      uint32
	wallSecond int32         // of the day, at the session's start
	weekday    slots.Weekday // at the session's start
	changes    bool          // clocks change between its start and its last slot's end
	start      slots.Instant // if changes, else 0
}

// wall reads the zone's clocks for instants that rise. It remembers the stretch of unchanging offset that it is in.
type wall struct {
	location  *time.Location
	known     bool
	last      bool // the offset never changes again
	until     slots.Instant
	offset    int64
	remembers slots.Instant
}

// at is the zone's offset at i, and until when it holds; held is false if it holds forever.
func (w *wall) at(i slots.Instant) (offset int64, until slots.Instant, held bool) {
	if !w.known || i < w.remembers || !w.last && i >= w.until {
		t := i.In(w.location)
		_, seconds := t.Zone()
		_, end := t.ZoneBounds()
		w.known, w.remembers, w.offset = true, i, int64(seconds)
		w.until, w.last = slots.InstantOf(end), end.IsZero()
		if !w.last && w.until <= i { // a zone that does not advance must not hold us
			w.last = true
		}
	}
	return w.offset, w.until, !w.last
}

// face is the face of a session of shape sh.
func (w *wall) face(id uint32, sh *shape, start slots.Instant) face {
	offset, until, held := w.at(start)
	day, second := wallOf(start, offset)
	f := face{shape: id, wallSecond: second, weekday: day}
	if held && until < start+slots.Instant(sh.reach()) {
		f.changes, f.start = true, start
	}
	return f
}

// wallOf is the weekday and the second of the day that clocks of an offset show.
func wallOf(at slots.Instant, offset int64) (slots.Weekday, int32) {
	local := int64(at) + offset
	day := local / daySeconds
	if local%daySeconds < 0 {
		day--
	}
	// 1970-01-01 was a Thursday.
	n := (day + int64(slots.Thursday) - 1) % 7
	if n < 0 {
		n += 7
	}
	return slots.Weekday(n + 1), int32(local - day*daySeconds)
}

// longestRun tells whether the slots of one session hold free runs of 1, 2, 3 and 4: bit 0, and firstRunBit and up.
func longestRun(words, linked []uint64) uint64 {
	if len(words) == 1 {
		w := words[0]
		pairs := w & linked[0] & (w >> 1)
		triples := pairs & (pairs >> 1)
		return atLeast(w, 0) | atLeast(pairs, firstRunBit) | atLeast(triples, firstRunBit+1) |
			atLeast(triples&(pairs>>2), firstRunBit+2)
	}
	var held uint64
	var room [maxSessionWords]uint64
	for count := 1; count <= longestRunPlane; count++ {
		have := room[:copy(room[:], words)]
		runs(have, linked, count)
		if !slices.ContainsFunc(have, func(w uint64) bool { return w != 0 }) {
			break
		}
		if count == 1 {
			held |= 1
		} else {
			held |= 1 << (firstRunBit + count - 2)
		}
	}
	return held
}

func atLeast(w uint64, bit int) uint64 {
	if w == 0 {
		return 0
	}
	return 1 << bit
}

// compareSessions is the order that an index wants its sessions in, that of slots.Roster.Sessions.
func compareSessions(a, b *slots.Session) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), a.Date.Compare(b.Date), cmp.Compare(a.ID, b.ID))
}
