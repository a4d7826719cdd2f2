package booking

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Share is a physician's weight in a Rotation.
type Share struct {
	// Resource is the physician's name in the Book.
	Resource string
	// Weight is 1 to MaxWeight: out of the sum of all weights, so many requests are theirs.
	Weight int
}

// MaxWeight bounds a Share, and MaxShares how many a Rotation has.
const (
	MaxWeight = 16
	MaxShares = 4096
)

// Rotation shares out a department's requests among its physicians by weight, in turn: who asks for any of them is given to
// whoever has had least, in proportion. It takes the first day on which anyone has a candidate, and there the physician's
// earliest. The zero Rotation gives everyone the same weight.
//
// It has no state: the turns are counted from the appointments that stand. Let W be the sum of the weights of those who have
// a candidate. Of the department's last 8·W appointments on that day (the department of the first session that has one), the last W − 1 that are with one of them are counted. With m − 1 of
// them in all, c with a physician of weight w, those are eligible for whom c·W < m·w (nobody above their share, rounded up), and
// of them the one with the least (c+1)/w is next: the quota method of Balinski and Young (Amer. Math. Monthly 82, 1975),
// which keeps everyone's share between its floor and its ceiling. Ties go through the tied physicians in order of name,
// beginning at the weekday: the first on a Monday, the second on a Tuesday.
//
// So in any W requests of the kind nobody gets more than their weight: a physician who is new, or back, or has had
// cancellations, takes their turns from now on and is not flooded with what they missed. Patients who name a physician count as
// that physician's turns.
//
// A session's physician is the resource that has a share (of several, the first by name); of none, the first by name, with
// weight 1.
//
// Laws: feasible, deterministic, order-free, time-shift, work-conserving, split-proof, fair by weight; relabelling where it has no
// shares, which are names. It bounds the wait by the day and minimises none: not where physicians' days differ in length, which
// wants weights, or where patients should see whom they know.
type Rotation struct {
	shares []Share // in order of name
	name   string
}

// NewRotation makes a Rotation with shares for some physicians; the others have weight 1.
func NewRotation(shares []Share) (Rotation, error) {
	var problems []error
	if len(shares) > MaxShares {
		problems = append(problems, fmt.Errorf("shares: %d of them, want at most %d", len(shares), MaxShares))
	}
	shares = slices.Clone(shares)
	slices.SortStableFunc(shares, func(a, b Share) int { return strings.Compare(a.Resource, b.Resource) })
	names := make([]string, 0, len(shares))
	for i, s := range shares {
		if len(s.Resource) < 1 || len(s.Resource) > MaxNameBytes {
			problems = append(problems, fmt.Errorf("share of %q: the name has %d bytes, want 1 to %d", s.Resource, len(s.Resource), MaxNameBytes))
		}
		if s.Weight < 1 || s.Weight > MaxWeight {
			problems = append(problems, fmt.Errorf("share of %q: weight %d, want 1 to %d", s.Resource, s.Weight, MaxWeight))
		}
		if i > 0 && shares[i-1].Resource == s.Resource {
			problems = append(problems, fmt.Errorf("share of %q: twice", s.Resource))
		}
		names = append(names, fmt.Sprintf("%s*%d", s.Resource, s.Weight))
	}
	if len(problems) > 0 {
		return Rotation{}, errors.Join(problems...)
	}
	return Rotation{shares, "rotation(" + strings.Join(names, ",") + ")"}, nil
}

// Name is "rotation", with the shares if there are any, as "rotation(Li*2,Wu*1)".
func (r Rotation) Name() string {
	if len(r.shares) == 0 {
		return "rotation"
	}
	return r.name
}

// contender is a physician who has a candidate: the earliest.
type contender struct {
	resource Resource
	weight   int64
	count    int64
	slot     Slot
	start    int64
}

// Choose returns the next in turn's earliest candidate. Cost: every session of the first day that has one, and the
// department's appointments of that day, sorted. It allocates beyond 64 physicians.
func (r Rotation) Choose(v *View) (Slot, bool) {
	var buffer [64]contender
	list, first := r.contenders(v, buffer[:0])
	if len(list) == 0 {
		return Slot{}, false
	}
	weights := int64(0)
	for i := range list {
		weights += list[i].weight
	}
	m := r.count(v, first, list, weights) + 1
	best, ties := -1, 0
	for i := range list {
		switch c := &list[i]; {
		case c.count*weights >= m*c.weight: // has their share
		case best < 0 || list[best].compare(c) > 0:
			best, ties = i, 1
		case list[best].compare(c) == 0:
			ties++
		}
	}
	turn := int(v.book.sessions.at(uint32(first)).date.Weekday()-1) % ties
	for i := range list {
		c := &list[i]
		if c.count*weights >= m*c.weight || list[best].compare(c) != 0 {
			continue
		}
		if turn == 0 {
			return c.slot, true
		}
		turn--
	}
	return list[best].slot, true
}

// compare says whose turn comes first: who would have less, in proportion, with one more.
func (c *contender) compare(d *contender) int {
	return cmp.Compare((c.count+1)*d.weight, (d.count+1)*c.weight)
}

// contenders are those who have a candidate on the first day that has any, in order of name; first is the first session with one.
func (r Rotation) contenders(v *View, list []contender) (_ []contender, first Session) {
	for v.NextSession() {
		id, _ := v.Session()
		if first != 0 {
			if day := v.book.sessions.at(uint32(first)).date; day.Before(v.Date()) {
				break
			} else if v.Date() != day {
				continue
			}
		}
		c, ok := v.NextSlot()
		if !ok {
			continue
		}
		if first == 0 {
			first = id
		}
		who, weight := r.physician(v.book, id)
		i := slices.IndexFunc(list, func(x contender) bool { return x.resource == who })
		if i < 0 {
			list = append(list, contender{resource: who, weight: weight, slot: c.Slot, start: int64(c.Start)})
		} else if int64(c.Start) < list[i].start {
			list[i].slot, list[i].start = c.Slot, int64(c.Start)
		}
	}
	slices.SortFunc(list, func(a, b contender) int {
		names := &v.book.names[ResourceName]
		return bytes.Compare(names.bytes(uint32(a.resource)), names.bytes(uint32(b.resource)))
	})
	return list, first
}

// count fills in the contenders' counts and returns their sum.
func (r Rotation) count(v *View, first Session, list []contender, weights int64) (sum int64) {
	var buffer [512]Session
	for _, id := range v.Recent(buffer[:0], first, int(8*weights)) {
		if sum == weights-1 {
			break
		}
		who, _ := r.physician(v.book, id)
		if i := slices.IndexFunc(list, func(x contender) bool { return x.resource == who }); i >= 0 {
			list[i].count++
			sum++
		}
	}
	return sum
}

// physician is whose a session is, and their weight; no resource, and 1, for a session that has none.
func (r Rotation) physician(b *Book, id Session) (who Resource, weight int64) {
	var best []byte
	for _, x := range b.sessions.at(uint32(id)).resources() {
		name := b.names[ResourceName].bytes(uint32(x))
		w := r.weight(name)
		if who == 0 || w > 0 && weight == 0 || (w > 0) == (weight > 0) && bytes.Compare(name, best) < 0 {
			who, weight, best = x, w, name
		}
	}
	return who, max(weight, 1)
}

// weight is the weight that a name has a share for; 0 for none.
func (r Rotation) weight(name []byte) int64 {
	i, ok := slices.BinarySearchFunc(r.shares, name, func(s Share, name []byte) int { return cmp.Compare(s.Resource, string(name)) })
	if !ok {
		return 0
	}
	return int64(r.shares[i].Weight)
}
