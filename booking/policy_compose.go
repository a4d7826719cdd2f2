package booking

import (
	"errors"
	"fmt"
	"strings"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Then tries policies one after another, each on the whole view: the first that finds something decides. Continuity before
// Earliest is "the same physician if there is one, else the first who is free"; Protection before Earliest steers lower classes
// away from what is kept and refuses nobody.
//
// Laws: feasible, deterministic, order-free, relabelling, time-shift and split-proof where all its parts are; work-conserving
// where one part is; a bound on the wait where all have it. Cost: that of the parts that are tried.
type Then struct {
	parts []Policy
	name  string
}

// NewThen makes a Then of two policies or more.
func NewThen(first Policy, others ...Policy) (Then, error) {
	parts := append([]Policy{first}, others...)
	problems := make([]error, 0, 2)
	if len(others) == 0 {
		problems = append(problems, errors.New("policies: one, want two or more"))
	}
	names := make([]string, 0, len(parts))
	for i, p := range parts {
		if p == nil {
			problems = append(problems, fmt.Errorf("policies[%d]: nil", i))
			continue
		}
		names = append(names, p.Name())
	}
	if len(problems) > 0 {
		return Then{}, errors.Join(problems...)
	}
	return Then{parts, "then(" + strings.Join(names, ",") + ")"}, nil
}

// Name is the names of the parts, as "then(continuity,earliest)".
func (t Then) Name() string { return t.name }

// Choose returns the choice of the first part that makes one. The zero Then makes none.
func (t Then) Choose(v *View) (Slot, bool) {
	for _, p := range t.parts {
		v.Rewind()
		if chosen, ok := p.Choose(v); ok {
			return chosen, true
		}
	}
	return Slot{}, false
}

// Within lets a policy choose among the candidates that start at most so many minutes after the earliest one: whatever it
// optimises, nobody waits longer for it than that.
//
// Laws: bounded wait, by those minutes; and whatever else the inner policy has of feasible, deterministic, order-free,
// relabelling, time-shift, work-conserving and split-proof. The inner policy's bounds on load or fairness are then within those minutes only.
type Within struct {
	minutes int
	inner   Policy
	name    string
}

// MaxWithinMinutes bounds a Within: a year.
const MaxWithinMinutes = 366 * 24 * 60

// NewWithin makes a Within of 0 to MaxWithinMinutes.
func NewWithin(minutes int, inner Policy) (Within, error) {
	var problems []error
	if minutes < 0 || minutes > MaxWithinMinutes {
		problems = append(problems, fmt.Errorf("minutes %d: want 0 to %d", minutes, MaxWithinMinutes))
	}
	if inner == nil {
		problems = append(problems, errors.New("inner policy: nil"))
	}
	if len(problems) > 0 {
		return Within{}, errors.Join(problems...)
	}
	return Within{minutes, inner, fmt.Sprintf("within(%d,%s)", minutes, inner.Name())}, nil
}

// Name is as "within(1440,level-load)".
func (w Within) Name() string { return w.name }

// Choose returns the inner policy's choice. Cost: that of Earliest, then that of the inner policy over the window. The zero
// Within chooses nothing.
func (w Within) Choose(v *View) (Slot, bool) {
	first, ok := Earliest{}.Choose(v)
	if !ok || w.inner == nil {
		return Slot{}, false
	}
	s := v.book.sessions.at(uint32(first.Session))
	start := s.start.AddMinutes(int(s.slots()[first.N].offsetMinutes))
	return v.Before(start+sl.Instant(w.minutes)*60+1, w.inner)
}
