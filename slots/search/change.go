package search

import (
	"fmt"
	"math/bits"
)

// Take marks the slots of a spot as having no room. Slots that are taken already stay so. The error names what the index does
// not hold; then nothing is changed. Cost: some nanoseconds, and where the session fills up or a longest run goes, a
// binary search in each list it is in.
func (x *Index) Take(spot Spot) error { return x.mark(spot, false) }

// Free marks the slots of a spot as having room. Errors and cost are those of Take.
func (x *Index) Free(spot Spot) error { return x.mark(spot, true) }

// IsFree reports whether every slot of a spot is marked free, whatever is closed or barred.
func (x *Index) IsFree(spot Spot) bool {
	s, err := x.session(spot)
	if err != nil {
		return false
	}
	words, shift := x.bitsOf(s, x.shapeOf(s))
	for at := int(spot.Slot) + int(shift); at < int(spot.Slot)+int(shift)+int(spot.Count); at++ {
		if words[at>>6]>>(at&63)&1 == 0 {
			return false
		}
	}
	return true
}

func (x *Index) mark(spot Spot, free bool) error {
	s, err := x.session(spot)
	if err != nil {
		return err
	}
	sh := x.shapeOf(s)
	before := x.held(s, sh)
	words, shift := x.bitsOf(s, sh)
	first := int(shift) + int(spot.Slot)
	for w := first >> 6; w <= (first+int(spot.Count)-1)>>6; w++ {
		marked := within(^uint64(0), w, first, first+int(spot.Count))
		if free {
			words[w] |= marked
		} else {
			words[w] &^= marked
		}
	}
	x.publish(uint32(spot.Session), before, x.held(s, sh))
	return nil
}

// Open makes a session's free slots answers again, as all are at first. The error names a session that the index does not hold.
func (x *Index) Open(session int32) error { return x.admit(session, openBit, true) }

// Close keeps a session out of every answer (not yet released, or suspended) until Open; its bits stay as they are and can
// still be changed.
func (x *Index) Close(session int32) error { return x.admit(session, openBit, false) }

// Admit says that the quotas of a session leave something for a class, as they do for every class at first.
func (x *Index) Admit(session int32, class Class) error { return x.admitClass(session, class, true) }

// Bar says that the quotas of a session leave nothing for a class: queries of that class pass over it without a look.
func (x *Index) Bar(session int32, class Class) error { return x.admitClass(session, class, false) }

// IsOpen reports whether a session is open.
func (x *Index) IsOpen(session int32) bool { return x.admits(session, 0) }

// IsAdmitted reports whether a class is admitted to a session, whether open or closed.
func (x *Index) IsAdmitted(session int32, class Class) bool {
	return class > 0 && int(class) <= len(x.classes) && x.admits(session, class)
}

func (x *Index) admits(session int32, bit Class) bool {
	return session >= 0 && int(session) < len(x.sessions) && x.sessions[session].admits>>bit&1 != 0
}

func (x *Index) admitClass(session int32, class Class, admit bool) error {
	if class < 1 || int(class) > len(x.classes) {
		return fmt.Errorf("class %d: want 1 to %d", class, len(x.classes))
	}
	return x.admit(session, 1<<class, admit)
}

func (x *Index) admit(session int32, bit uint64, on bool) error {
	if session < 0 || int(session) >= len(x.sessions) {
		return fmt.Errorf("session %d: want 0 to %d", session, len(x.sessions)-1)
	}
	s := &x.sessions[session]
	sh := x.shapeOf(s)
	before := x.held(s, sh)
	if on {
		s.admits |= uint32(bit)
	} else {
		s.admits &^= uint32(bit)
	}
	x.publish(uint32(session), before, x.held(s, sh))
	return nil
}

// held is what the planes must show of a session: bit c for plane c, and firstRunBit up for the planes of runs.
func (x *Index) held(s *session, sh *shape) uint64 {
	words, shift := x.bitsOf(s, sh)
	beyond := (64*len(words) - sh.slots()) & 63 // bits of the last word that are other sessions'
	var runs uint64
	if len(words) == 1 {
		word := [1]uint64{words[0] >> shift & (^uint64(0) >> beyond)}
		runs = longestRun(word[:], sh.linked)
	} else {
		var room [maxSessionWords]uint64
		own := room[:copy(room[:], words)]
		own[len(own)-1] &= ^uint64(0) >> beyond
		runs = longestRun(own, sh.linked)
	}
	if runs&1 == 0 || s.admits&uint32(openBit) == 0 {
		return runs &^ 1
	}
	return runs | uint64(s.admits)
}

// publish brings a session's bits in its lists from before to after.
func (x *Index) publish(id uint32, before, after uint64) {
	if before == after {
		return
	}
	s := &x.sessions[id]
	for _, n := range x.stocks[s.stock].lists {
		l := &x.lists[n]
		position, block := l.find(id, s.start, s.face)
		for changed := before ^ after; changed != 0; changed &= changed - 1 {
			bit := bits.TrailingZeros64(changed)
			if after>>bit&1 != 0 {
				l.set(x.planes, x.planeOf(bit), position, block)
			} else {
				l.clear(x.planes, x.planeOf(bit), position, block)
			}
		}
	}
}

// planeOf is the plane of a bit of held.
func (x *Index) planeOf(bit int) int {
	if bit < firstRunBit {
		return bit
	}
	return 1 + len(x.classes) + bit - firstRunBit
}
