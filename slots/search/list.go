package search

import "math/bits"

// list is the sessions of one physician, department, service, or service within a department, in order of start. Sessions with
// the same start and the same face form a block: what depends on time only is judged once for all of them.
//
// Over the sessions, and over the blocks, lie planes of bits. Plane 0: the session is open and has a free slot. Planes 1 to
// classes: that, and the class is admitted. The next runPlanes: it has a free run of 2, 3, 4. A block's bit is set where
// that of one of its sessions is. Over the blocks of each plane lies one bit per word, so that what is full is passed over
// 64 blocks, and 4,096, at a time.
type list struct {
	ids    []uint32 // of sessions, in order of (start, face, id)
	starts []uint32 // of blocks, seconds after the index's base
	firsts []uint32 // of blocks, their first position in ids; one more at the end
	faceOf []uint32 // of blocks, index in faces
	faces  []uint32 // of the index, that occur here
	lines  []uint32 // of the index, that occur here
	// Planes over sessions: word w of plane p is at w×planes+p, so that a change touches few lines of cache.
	sessions []uint64
	blocks   []uint64 // planes over blocks, likewise
	over     []uint64 // planes over words of blocks, likewise
	ofLines  []uint64 // a plane over sessions for each of lines, one after the other, where there are 2 to maxLinePlanes
	reach    uint32   // the greatest of all shapes: how long before an instant a session may start and still have a slot then
}

func wordsFor(n int) int { return (n + 63) / 64 }

// linePlane is the sessions of the n-th of the list's lines.
func (l *list) linePlane(n int) []uint64 {
	words := wordsFor(len(l.ids))
	return l.ofLines[n*words : (n+1)*words]
}

func (l *list) keepsLines() bool { return len(l.lines) > 1 && len(l.lines) <= maxLinePlanes }

// seek returns the first block that starts at or after second. The halving has no branch to guess: the steps are always as many.
func (l *list) seek(second int64) int {
	if second <= 0 || len(l.starts) == 0 {
		return 0
	}
	sought := uint32(min(second, MaxSpanSeconds))
	low, n := 0, len(l.starts)
	for n > 1 {
		half := n >> 1
		next := low
		if l.starts[low+half-1] < sought {
			next = low + half
		}
		low = next
		n -= half
	}
	if l.starts[low] < sought {
		low++
	}
	return low
}

// find returns the position and the block of a session of the list.
func (l *list) find(id, start, face uint32) (position, block int) {
	block = l.seek(int64(start))
	for l.faces[l.faceOf[block]] != face {
		block++
	}
	low, high := int(l.firsts[block]), int(l.firsts[block+1])
	for low < high {
		if mid := (low + high) >> 1; l.ids[mid] < id {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low, block
}

// set sets the bit of a session in plane n of planes, and what follows above it.
func (l *list) set(planes, n, position, block int) {
	l.sessions[position>>6*planes+n] |= 1 << (position & 63)
	l.blocks[block>>6*planes+n] |= 1 << (block & 63)
	l.over[block>>12*planes+n] |= 1 << (block >> 6 & 63)
}

// clear clears the bit of a session in plane n of planes, and what follows above it.
func (l *list) clear(planes, n, position, block int) {
	l.sessions[position>>6*planes+n] &^= 1 << (position & 63)
	first, end := int(l.firsts[block]), int(l.firsts[block+1])
	for w := first >> 6; w <= (end-1)>>6; w++ {
		if within(l.sessions[w*planes+n], w, first, end) != 0 {
			return
		}
	}
	if l.blocks[block>>6*planes+n] &^= 1 << (block & 63); l.blocks[block>>6*planes+n] == 0 {
		l.over[block>>12*planes+n] &^= 1 << (block >> 6 & 63)
	}
}

// within cuts word w of a plane to the bits from first to before end.
func within(word uint64, w, first, end int) uint64 {
	if w == first>>6 {
		word &= ^uint64(0) << (first & 63)
	}
	if w == end>>6 {
		word &= 1<<(end&63) - 1
	}
	return word
}

// anyIn reports whether a bit from first to before end, which is after it, is set.
func anyIn(words []uint64, first, end int) bool {
	for w := first >> 6; w <= (end-1)>>6; w++ {
		if within(words[w], w, first, end) != 0 {
			return true
		}
	}
	return false
}

// nextBit returns the first set bit at or after i, or -1.
func nextBit(words []uint64, i int) int {
	for w := i >> 6; w < len(words); w++ {
		word := words[w]
		if w == i>>6 {
			word &= ^uint64(0) << (i & 63)
		}
		if word != 0 {
			return w<<6 + bits.TrailingZeros64(word)
		}
	}
	return -1
}
