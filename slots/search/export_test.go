package search

import (
	"fmt"
	"unsafe"
)

// Bytes is what an index keeps: the bits of slots, and everything else, the directory, but for the maps of names.
func (x *Index) Bytes() (bits, directory int64) {
	bits = 8 * int64(len(x.free))
	directory = int64(unsafe.Sizeof(*x)) + int64(len(x.sessions))*int64(unsafe.Sizeof(session{})) +
		int64(len(x.faces))*int64(unsafe.Sizeof(face{})) + int64(len(x.stocks))*int64(unsafe.Sizeof(stock{})) +
		int64(len(x.lines))*int64(unsafe.Sizeof(line{})) + int64(len(x.lists))*int64(unsafe.Sizeof(list{})) +
		int64(len(x.shapes))*int64(unsafe.Sizeof(shape{}))
	for _, s := range x.shapes {
		directory += int64(len(s.offsets)*8 + len(s.linked)*8 + len(s.visits))
	}
	for _, s := range x.stocks {
		directory += int64(len(s.resources)+len(s.lists)) * 4
	}
	for i := range x.lists {
		l := &x.lists[i]
		directory += int64(len(l.ids)+len(l.starts)+len(l.firsts)+len(l.faceOf)+len(l.faces)+len(l.lines))*4 +
			int64(len(l.sessions)+len(l.blocks)+len(l.over)+len(l.ofLines))*8
	}
	return bits, directory
}

// Wrong recounts every bit of every plane from the slots and marks, and returns the first that is wrong. A wrong bit may
// cost a look and no answer, so that only a recount sees it.
func (x *Index) Wrong() string {
	for n := range x.lists {
		l := &x.lists[n]
		blocks, over := make([]uint64, len(l.blocks)), make([]uint64, len(l.over))
		for b := range l.starts {
			for at := int(l.firsts[b]); at < int(l.firsts[b+1]); at++ {
				for p := range x.planes {
					want := x.recount(l.ids[at], p)
					if l.sessions[at/64*x.planes+p]>>(at%64)&1 != 0 != want {
						return fmt.Sprintf("list %d, session %d, plane %d: want %v", n, l.ids[at], p, want)
					}
					if want {
						blocks[b/64*x.planes+p] |= 1 << (b % 64)
						over[b/4096*x.planes+p] |= 1 << (b / 64 % 64)
					}
				}
			}
		}
		if fmt.Sprint(blocks, over) != fmt.Sprint(l.blocks, l.over) {
			return fmt.Sprintf("list %d: blocks %x over %x, want %x and %x", n, l.blocks, l.over, blocks, over)
		}
	}
	return ""
}

// recount is the bit of a session in a plane, slot by slot.
func (x *Index) recount(id uint32, plane int) bool {
	s := &x.sessions[id]
	sh := x.shapeOf(s)
	longest, run := 0, 0
	for r := range sh.offsets {
		at := int(s.bit) + r
		switch {
		case x.free[at/64]>>(at%64)&1 == 0:
			run = 0
		case r > 0 && run > 0 && sh.offsets[r-1]+sh.lengths[r-1] == sh.offsets[r]:
			run++
		default:
			run = 1
		}
		longest = max(longest, run)
	}
	if plane > len(x.classes) {
		return longest >= plane-len(x.classes)+1
	}
	return longest > 0 && s.admits&1 != 0 && s.admits>>plane&1 != 0
}
