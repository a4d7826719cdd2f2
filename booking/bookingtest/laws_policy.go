package bookingtest

import (
	"fmt"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Claim is a law that a policy is said to keep: a Law, or one of LevelLoadBound, FairBound, BoundedWait and Protects, which carry
// numbers. The interface is sealed.
type Claim interface {
	// String is the law's name.
	String() string
	shape() shape
	// check plays a hospital, as often as it takes, and returns what breaks the law; nil for nothing. The error says that the
	// hospital cannot be played.
	check(p booking.Policy, h *Hospital) (*Violation, error)
}

// Law is a claim without numbers. A hospital's wishes are asked one after another at one instant.
type Law uint8

// The laws.
const (
	// Feasible: whatever the policy answers is one of the candidates that the Book listed a moment before, and so never refused
	// as a bad choice.
	Feasible Law = 1 + iota
	// Deterministic: the same hospital has the same outcomes, however often it is played, and from a Book that is restored from its
	// snapshot before every wish.
	Deterministic
	// OrderFree: the order in which sessions are opened, and physicians so introduced, changes no outcome, as long as those that
	// start together stay in theirs (which is the tie rank that the Book documents).
	OrderFree
	// Relabelling: other names for all sessions, physicians, persons and classes, in the same alphabetical order, rename the outcomes
	// and change nothing else.
	Relabelling
	// TimeShift: a hospital that is a week later, to the second, has the outcomes of a week later.
	TimeShift
	// WorkConserving: nobody is refused while the Book lists a candidate for them. It is said given the charges: which class an
	// earlier person is charged to is the Book's rule and no policy's.
	WorkConserving
	// NoJustifiedEnvy: of two requests alike in all but the person, with nothing given back between them, the later is not given an
	// earlier start that was listed for the first one too, nor one that was listed for the first one and refused to them.
	NoJustifiedEnvy
	// CapacityMonotone: with one slot more at the end of any session, no fewer are served in all. It is said of requests for one slot,
	// in sessions without quotas, with nothing given back: beyond that not even Earliest keeps it.
	CapacityMonotone
	// SplitProof: asking twice gains nothing. Whoever is served and at once asks the same again, by rescheduling or by giving
	// back and asking anew, is not given an earlier start.
	SplitProof
)

// IsValid reports whether l is one of the laws.
func (l Law) IsValid() bool { return l >= Feasible && l <= SplitProof }

// String is the law's name.
func (l Law) String() string {
	switch l {
	case Feasible:
		return "feasible"
	case Deterministic:
		return "deterministic"
	case OrderFree:
		return "order-free"
	case Relabelling:
		return "relabelling"
	case TimeShift:
		return "time-shift"
	case WorkConserving:
		return "work-conserving"
	case NoJustifiedEnvy:
		return "no justified envy"
	case CapacityMonotone:
		return "capacity-monotone"
	case SplitProof:
		return "split-proof"
	}
	return fmt.Sprintf("Law(%d)", uint8(l))
}

func (l Law) shape() shape {
	if l == CapacityMonotone {
		return plainShape
	}
	return anyShape
}

func (l Law) check(p booking.Policy, h *Hospital) (*Violation, error) {
	in := plainly
	if l == Feasible || l == WorkConserving || l == NoJustifiedEnvy {
		in = listing
	}
	list, err := h.play(p, in)
	if err != nil {
		return nil, err
	}
	switch l {
	case Feasible:
		return checkFeasible(h, list), nil
	case Deterministic:
		return checkDeterministic(p, h, list)
	case OrderFree:
		for _, backward := range []bool{false, true} {
			if v, err := checkVariant(p, h, list, h.reordered(backward), "with the sessions opened in another order"); v != nil || err != nil {
				return v, err
			}
		}
		return nil, nil
	case Relabelling:
		return checkVariant(p, h, list, h.renamed(), "with other names in the same order")
	case TimeShift:
		later := h.clone()
		later.Weeks++
		return checkVariant(p, h, list, later, "a week later")
	case WorkConserving:
		return checkWorkConserving(h, list), nil
	case NoJustifiedEnvy:
		return checkEnvy(h, list), nil
	case CapacityMonotone:
		return checkMonotone(p, h, list)
	case SplitProof:
		return checkSplit(p, h, list)
	}
	return nil, fmt.Errorf("%v: not a law", l)
}

func checkFeasible(h *Hospital, list []Outcome) *Violation {
	for i := range list {
		o := &list[i]
		switch {
		case o.Reason == booking.BadChoice:
			return h.broken(i, "the policy chose what is not a candidate").never("refused: bad choice")
		case o.Served && o.Listed != nil && !slices.Contains(o.Listed, o.choice()):
			return h.broken(i, "what was booked had not been listed").never(o.reply)
		}
	}
	return nil
}

func (o *Outcome) choice() Choice { return Choice{o.Clinic, o.N, o.Start} }

func checkDeterministic(p booking.Policy, h *Hospital, list []Outcome) (*Violation, error) {
	for _, in := range []how{plainly, restoring} {
		again, err := h.play(p, in)
		if err != nil {
			return nil, err
		}
		how := "played once more"
		if in == restoring {
			how = "played on Books restored from their snapshots"
		}
		for i := range list {
			if list[i].reply != again[i].reply {
				return h.broken(i, fmt.Sprintf("%s, the reply was %q", how, again[i].reply)).always(again[i].reply), nil
			}
		}
	}
	return nil, nil
}

// checkVariant compares with a variant of a hospital that must have the same outcomes, but for names and weeks.
func checkVariant(p booking.Policy, h *Hospital, list []Outcome, variant Hospital, how string) (*Violation, error) {
	other, err := variant.play(p, plainly)
	if err != nil {
		return nil, err
	}
	weeks := sl.Instant(variant.Weeks-h.Weeks) * 7 * daySeconds
	for i := range list {
		have, want := &other[i], &list[i]
		if have.Served == want.Served && have.Reason == want.Reason &&
			(!have.Served || have.N == want.N && have.Start == want.Start+weeks && trimmed(have.Clinic) == trimmed(want.Clinic)) {
			continue
		}
		v := variant.broken(i, fmt.Sprintf("%s, it is not %q any more", how, want.reply))
		if !want.Served {
			return v.never("booked " + variant.Wishes[i].Person), nil
		}
		should := *want
		should.Start += weeks
		if should.Clinic = trimmed(want.Clinic); slices.ContainsFunc(variant.Clinics, func(c Clinic) bool { return c.Name == renaming+should.Clinic }) {
			should.Clinic = renaming + should.Clinic
		}
		return v.always(fmt.Sprintf("booked %s %s", variant.Wishes[i].Person, should.slot())), nil
	}
	return nil, nil
}

func trimmed(name string) string {
	if len(name) > len(renaming) && name[:len(renaming)] == renaming {
		return name[len(renaming):]
	}
	return name
}

func checkWorkConserving(h *Hospital, list []Outcome) *Violation {
	for i := range list {
		if o := &list[i]; h.Wishes[i].Kind == Asks && !o.Served && len(o.Listed) > 0 {
			return h.broken(i, fmt.Sprintf("refused, though %d candidates were listed, such as %s", len(o.Listed), o.Listed[0].slot())).
				always("booked " + h.Wishes[i].Person)
		}
	}
	return nil
}

// slot is what a story calls it.
func (c Choice) slot() string {
	o := Outcome{Clinic: c.Clinic, Start: c.Start}
	return o.slot()
}

func (x *Wish) alike(y *Wish) bool {
	return x.Kind == Asks && y.Kind == Asks && x.Channel == y.Channel && slices.Equal(x.Classes, y.Classes) && x.Physician == y.Physician &&
		x.From == y.From && x.Until == y.Until && x.Count == y.Count
}

func checkEnvy(h *Hospital, list []Outcome) *Violation {
	for i := range list {
		if h.Wishes[i].Kind != Asks {
			continue
		}
		for k := i + 1; k < len(list) && h.Wishes[k].Kind == Asks; k++ {
			first, later := &list[i], &list[k]
			if !h.Wishes[i].alike(&h.Wishes[k]) || !later.Served || !slices.Contains(first.Listed, later.choice()) ||
				first.Served && first.Start <= later.Start {
				continue
			}
			return h.broken(i, fmt.Sprintf("%s asked the same later and was given %s, which %s could have had", h.Wishes[k].Person,
				later.slot(), h.Wishes[i].Person)).always(fmt.Sprintf("booked %s %s", h.Wishes[i].Person, later.slot()))
		}
	}
	return nil
}

func served(list []Outcome) (n int) {
	for i := range list {
		if list[i].Served {
			n++
		}
	}
	return n
}

func checkMonotone(p booking.Policy, h *Hospital, list []Outcome) (*Violation, error) {
	for k := range h.Clinics {
		more := h.clone()
		more.Clinics[k].Slots++
		other, err := more.play(p, plainly)
		if err != nil {
			return nil, err
		}
		if served(other) >= served(list) {
			continue
		}
		for i := range list {
			if list[i].Served && !other[i].Served {
				return more.broken(i, fmt.Sprintf("%d are served; without the last slot of %s it was %d, this one among them", served(other),
					more.Clinics[k].Name, served(list))).always("booked " + h.Wishes[i].Person), nil
			}
		}
	}
	return nil, nil
}

func checkSplit(p booking.Policy, h *Hospital, list []Outcome) (*Violation, error) {
	for i := range list {
		if h.Wishes[i].Kind != Asks || !list[i].Served {
			continue
		}
		for _, kinds := range [][]WishKind{{AsksAgain}, {GivesBack, Asks}} {
			more := h.clone()
			more.Wishes = more.Wishes[:i+1]
			for _, kind := range kinds {
				x := h.Wishes[i]
				x.Kind = kind
				more.Wishes = append(more.Wishes, x)
			}
			other, err := more.play(p, plainly)
			if err != nil {
				return nil, err
			}
			last := &other[len(other)-1]
			if last.Served && last.Start < list[i].Start {
				return more.broken(len(other)-1, fmt.Sprintf("asking once more moved %s from %s to an earlier time", more.Wishes[i].Person, list[i].slot())).
					never(last.reply), nil
			}
		}
	}
	return nil, nil
}
