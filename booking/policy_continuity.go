package booking

import "slices"

// Continuity gives the person a candidate with somebody whom they know: the earliest of those that share a resource with their
// latest visit, else with the one before that, and so on through View.Former; none where nobody whom they know has one. What the
// same bundle gave them counts as a visit: a series stays with one therapist. The visit that is being moved does not: who wants to
// keep its physician names them.
//
// It takes a shared resource for the same physician: not for departments in which sessions share a room or a machine. Alone it
// refuses who has no history, so it is meant as a first choice: NewThen(Continuity{}, Earliest{}).
//
// Laws: feasible, deterministic, order-free, relabelling, time-shift, split-proof; with Earliest behind it work-conserving too. It
// bounds no wait (put it behind Within) and levels no load: a physician whom many know stays crowded.
type Continuity struct{}

// Name is "continuity".
func (Continuity) Name() string { return "continuity" }

// Choose returns the earliest candidate with whoever the person knows best. Cost: every session in the request's window, and
// View.Former.
func (Continuity) Choose(v *View) (best Slot, found bool) {
	var buffer [MaxFormer]Former
	known := v.Former(buffer[:0])
	if len(known) == 0 {
		return Slot{}, false
	}
	bestRank, bestStart := len(known), int64(0)
	for v.NextSession() {
		id, _ := v.Session()
		rank := v.knows(known[:min(bestRank+1, len(known))], id)
		if rank < 0 {
			continue
		}
		c, ok := v.NextSlot()
		if ok && (rank < bestRank || int64(c.Start) < bestStart) {
			best, bestRank, bestStart, found = c.Slot, rank, int64(c.Start), true
		}
	}
	return best, found
}

// knows is the place in a list of the first visit that shares a resource with a session, or -1.
func (v *View) knows(known []Former, id Session) int {
	mine := v.book.sessions.at(uint32(id)).resources()
	for i, f := range known {
		for _, r := range v.book.sessions.at(uint32(f.Session)).resources() {
			if slices.Contains(mine, r) {
				return i
			}
		}
	}
	return -1
}
