package booking

// Policy chooses among the candidates that the Book's rules allow. It must be a pure function of the view and the request:
// no clock, no chance, no state of its own. The Book judges its answer as it would a stranger's; a wrong policy can be
// unfair, it cannot overbook.
type Policy interface {
	// Name identifies the policy in the rules' digest; a policy that decides otherwise needs another name.
	Name() string
	// Choose returns one of the view's candidates, or false where none will do.
	Choose(v *View) (Slot, bool)
}

// Earliest gives the candidate that starts first; among those that start together, the one of the session that starts
// first, then was opened first.
//
// It minimises the wait of each request as it comes. Laws: feasible, deterministic, order-free, relabelling, time-shift,
// work-conserving given the charges, no justified envy, split-proof, bounded wait (by nothing); capacity-monotone for requests of one slot
// without quotas, since what it leaves free with one slot more is what it would have left, and one slot more, or the same. It fills
// mornings before afternoons and the next days before later ones: not for clinics whose peak is the problem.
type Earliest struct{}

// Name is "earliest".
func (Earliest) Name() string { return "earliest" }

// Choose returns the earliest candidate. Cost: the sessions that start before it, in steps of up to sixty-four full ones.
func (Earliest) Choose(v *View) (best Slot, found bool) {
	bestStart := int64(0)
	for {
		start, ok := v.PeekSession()
		if !ok || found && int64(start) >= bestStart || !v.NextSession() {
			return best, found
		}
		if c, ok := v.NextSlot(); ok && (!found || int64(c.Start) < bestStart) {
			best, bestStart, found = c.Slot, int64(c.Start), true
		}
	}
}

// LevelLoad gives the candidate in the half-hour in which the fewest persons are expected in its department; among equal
// ones the earliest start, then as Earliest.
//
// It is the greedy rule for balanced allocation: it steers people off the peak within the window that they asked for and
// never outside it. With room for everyone and nothing given back, over m half-hours, its peak is at most ⌈log₂ m⌉ + 1 times the
// best that could have been done knowing every request beforehand (Azar, Naor, Rom, The competitiveness of on-line assignments, J.
// Algorithms 18, 1995), and the best itself where all ask for the same window. Over four half-hours three times does occur.
//
// Laws: feasible, deterministic, order-free, relabelling, time-shift, work-conserving given the charges, split-proof, level-loading
// bound. It envies: who asks first may be put later than who asks next. It does not minimise anyone's wait: not for requests whose
// window is "as soon as possible", unless behind Within.
type LevelLoad struct{}

// Name is "level-load".
func (LevelLoad) Name() string { return "level-load" }

// Choose returns the candidate of least load. Cost: every candidate in the request's window, once.
func (LevelLoad) Choose(v *View) (best Slot, found bool) {
	bestLoad, bestStart := 0, int64(0)
	for v.NextSession() {
		for c, ok := v.NextSlot(); ok; c, ok = v.NextSlot() {
			load := v.Load(c.Start)
			if !found || load < bestLoad || load == bestLoad && int64(c.Start) < bestStart {
				best, bestLoad, bestStart, found = c.Slot, load, int64(c.Start), true
			}
		}
	}
	return best, found
}
