package slots

import "cmp"

// Stranding is booked units for which a new generation has no place: their slot is gone, begins at another time, or holds fewer.
type Stranding struct {
	Session string
	Slot    Slot // as it was; a counted session's only slot
	Units   int  // so many of the booked units have no place
	// Gone says that the session itself is no longer there: its slots cannot take them at another time either.
	Gone bool
}

// Stranded lists what is booked in before and has no place in after, so that a change of the roster loses nobody: in order of
// session ID and time. A booking keeps its place as long as its session has a slot for the same kind of visit (or for any) that begins at the same instant, is not
// shorter, and holds it; those of a counted session as long as the session has enough numbers on the same day. A session that is
// booked but was never in before cannot be found. booked is asked once for each slot of before, in that order; what it answers above the
// slot's capacity (overbooking granted) counts like any other unit, below 0 as 0. It fails if an input has a session twice.
// Cost: O(n log n) and the slots of both.
func Stranded(before, after []Session, booked func(session string, slot Slot) int) ([]Stranding, error) {
	a, err := byID("before", before)
	if err != nil {
		return nil, err
	}
	b, err := byID("after", after)
	if err != nil {
		return nil, err
	}
	var list []Stranding
	for _, was := range a {
		for len(b) > 0 && cmp.Compare(b[0].ID, was.ID) < 0 {
			b = b[1:]
		}
		var is *Session
		if len(b) > 0 && b[0].ID == was.ID {
			is = b[0]
		}
		next := 0
		for _, slot := range was.Slots {
			n := max(0, booked(was.ID, slot))
			kept := 0
			if is != nil {
				kept, next = is.keeps(was, slot, next)
			}
			// A slot that is as it was strands nobody, also where more are booked than it holds.
			if kept < slot.Capacity && n > kept {
				list = append(list, Stranding{was.ID, slot, n - kept, is == nil})
			}
		}
	}
	return list, nil
}

// keeps is how many units of a slot of was s still has a place for. The slots of both are in order of time: the search goes on
// from next.
func (s *Session) keeps(was *Session, slot Slot, next int) (units, at int) {
	if s.Counted || was.Counted {
		if s.Counted && was.Counted && s.Date == was.Date && len(s.Slots) > 0 && s.Slots[0].sees(slot) {
			return s.Slots[0].Capacity, next
		}
		return 0, next
	}
	for next < len(s.Slots) && s.Slots[next].Start < slot.Start {
		next++
	}
	if next < len(s.Slots) && s.Slots[next].Start == slot.Start && s.Slots[next].Minutes >= slot.Minutes && s.Slots[next].sees(slot) {
		return s.Slots[next].Capacity, next
	}
	return 0, next
}

// sees reports whether who was booked into was may be seen in s.
func (s Slot) sees(was Slot) bool { return s.Visit == AnyVisit || s.Visit == was.Visit }
