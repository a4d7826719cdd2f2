package bookingtest

import (
	"cmp"
	"flag"
	"fmt"
	"slices"
	"testing"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

var choosersWorlds = flag.Int("choosers", 30, "how many worlds TestPoliciesAgainstChoosers plays")

// The package's policies said a second time, over lists of candidates and by recounting everything: nothing here is shared with
// package booking. Run holds both against each other in worlds with moves, bundles, closures, cuts and pauses.
func TestPoliciesAgainstChoosers(t *testing.T) {
	o := &overheard{}
	levels := []booking.ProtectionLevel{{Class: "class3"}, {Class: "class4", Leave: 1}, {Leave: 1, LeavePercent: 34}}
	shares := []booking.Share{{Resource: "resource1", Weight: 2}, {Resource: "resource3", Weight: 3}}
	protection := policyOf(booking.NewProtection(booking.ProtectionConfig{Levels: levels, Inner: booking.LeastFragmentation{}}))
	protect := func(inner Chooser) Chooser { return o.protected(levels, inner) }
	then := func(list ...Chooser) Chooser {
		return func(m *Model, q booking.Request, c []booking.Candidate) (booking.Slot, bool) {
			for _, f := range list {
				if s, ok := f(m, q, c); ok {
					return s, ok
				}
			}
			return booking.Slot{}, false
		}
	}
	c := Config{Choosers: map[string]Chooser{}}
	for _, x := range []struct {
		policy  booking.Policy
		chooser Chooser
	}{
		{booking.LeastFragmentation{}, o.whole},
		{booking.Continuity{}, known},
		{booking.Rotation{}, turns(nil)},
		{policyOf(booking.NewRotation(shares)), turns(shares)},
		{protection, protect(o.whole)},
		{policyOf(booking.NewThen(booking.Continuity{}, booking.Rotation{})), then(known, turns(nil))},
		{policyOf(booking.NewWithin(30, protection)), within(30, protect(o.whole))},
		{policyOf(booking.NewThen(policyOf(booking.NewWithin(15, booking.Continuity{})), protection, booking.LevelLoad{})),
			then(within(15, known), protect(o.whole), chooseLevel)},
	} {
		c.Policies = append(c.Policies, overhear{x.policy, o})
		c.Choosers[x.policy.Name()] = x.chooser
	}
	for seed := range *choosersWorlds {
		if err := Probe(c, seed); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
	for i := range c.Policies {
		if o.asked[c.Policies[i].Name()] < 5 {
			t.Errorf("%s was asked %d times only", c.Policies[i].Name(), o.asked[c.Policies[i].Name()])
		}
	}
}

func policyOf[P booking.Policy](p P, err error) P {
	if err != nil {
		panic(err)
	}
	return p
}

// overheard is what a chooser cannot see in the model: the instant of the decision at hand, which the Book decides first.
type overheard struct {
	at    sl.Instant
	asked map[string]int
}

type overhear struct {
	booking.Policy
	o *overheard
}

func (p overhear) Choose(v *booking.View) (booking.Slot, bool) {
	if p.o.asked == nil {
		p.o.asked = map[string]int{}
	}
	p.o.at = v.At()
	p.o.asked[p.Name()]++
	return p.Policy.Choose(v)
}

// best is the candidate with the least score, then the earliest, then the first.
func best(list []booking.Candidate, score func(booking.Candidate) int) (booking.Slot, bool) {
	if len(list) == 0 {
		return booking.Slot{}, false
	}
	return slices.MinFunc(list, func(a, b booking.Candidate) int {
		return cmp.Or(cmp.Compare(score(a), score(b)), cmp.Compare(a.Start, b.Start))
	}).Slot, true
}

// whole scores the session's rooms before and after.
func (o *overheard) whole(m *Model, q booking.Request, list []booking.Candidate) (booking.Slot, bool) {
	squares := func(s *supply, rooms []int) (sum int) {
		row := 0
		for n := range rooms {
			apart := n > 0 && s.Slots[n-1].OffsetMinutes+s.Slots[n-1].Minutes != s.Slots[n].OffsetMinutes
			if apart || rooms[n] == 0 {
				sum, row = sum+row*row, 0
			}
			if rooms[n] > 0 {
				row++
			}
		}
		return sum + row*row
	}
	return best(list, func(c booking.Candidate) int {
		s := m.session(c.Slot.Session)
		rooms := make([]int, len(s.Slots))
		for n := range rooms {
			if o.at < s.closes(n) {
				rooms[n] = m.room(booking.Slot{Session: c.Slot.Session, N: uint16(n)}, m.moving)
			}
		}
		before := squares(s, rooms)
		for n := range int(max(q.Count, 1)) {
			rooms[int(c.Slot.N)+n]--
		}
		return before - squares(s, rooms)
	})
}

// known scores by the place of the latest visit with a resource in common.
func known(m *Model, q booking.Request, list []booking.Candidate) (booking.Slot, bool) {
	var visits []booking.Visit
	for _, id := range m.AppointmentsOf(q.Person) {
		if v := &m.visits[id-1]; v.state != booking.NoShow && id != m.moving {
			start, _ := m.session(v.slot.Session).time(v.slot.N, v.count)
			visits = append(visits, booking.Visit{Slot: v.slot, Start: start})
		}
	}
	slices.SortStableFunc(visits, func(a, b booking.Visit) int {
		return cmp.Or(cmp.Compare(b.Start, a.Start), cmp.Compare(b.Slot.Session, a.Slot.Session))
	})
	visits = visits[:min(len(visits), 8)]
	rank := func(c booking.Candidate) int {
		return slices.IndexFunc(visits, func(v booking.Visit) bool {
			return slices.ContainsFunc(m.session(v.Slot.Session).Resources, func(r booking.Resource) bool {
				return slices.Contains(m.session(c.Slot.Session).Resources, r)
			})
		})
	}
	list = slices.DeleteFunc(slices.Clone(list), func(c booking.Candidate) bool { return rank(c) < 0 })
	return best(list, rank)
}

func within(minutes int, inner Chooser) Chooser {
	return func(m *Model, q booking.Request, list []booking.Candidate) (booking.Slot, bool) {
		if len(list) == 0 {
			return booking.Slot{}, false
		}
		first := slices.MinFunc(list, func(a, b booking.Candidate) int { return cmp.Compare(a.Start, b.Start) }).Start
		return inner(m, q, slices.DeleteFunc(slices.Clone(list), func(c booking.Candidate) bool { return c.Start > first+sl.Instant(minutes)*60 }))
	}
}

func (o *overheard) protected(levels []booking.ProtectionLevel, inner Chooser) Chooser {
	return func(m *Model, q booking.Request, list []booking.Candidate) (booking.Slot, bool) {
		enough := func(c booking.Candidate) bool {
			s := m.session(c.Slot.Session)
			units := 0
			for n := range s.Slots {
				units += int(s.Slots[n].Capacity) + s.granted[n]
			}
			for _, l := range levels {
				bears := l.Class == ""
				for _, class := range q.Bear.Append(nil) {
					bears = bears || fmt.Sprintf("class%d", class) == l.Class
				}
				if bears {
					left := m.free(c.Slot.Session, o.at, m.moving) - int(max(q.Count, 1))
					return left >= l.Leave && left*100 >= units*l.LeavePercent
				}
			}
			return true
		}
		return inner(m, q, slices.DeleteFunc(slices.Clone(list), func(c booking.Candidate) bool { return !enough(c) }))
	}
}

// turns takes the physicians of the first day's candidates and replays the last turns.
func turns(shares []booking.Share) Chooser {
	weightOf := func(r booking.Resource) int {
		for _, s := range shares {
			if s.Resource == fmt.Sprintf("resource%d", r) {
				return s.Weight
			}
		}
		return 0
	}
	physician := func(s *supply) booking.Resource {
		var shared, all []booking.Resource
		for _, r := range s.Resources {
			if all = append(all, r); weightOf(r) > 0 {
				shared = append(shared, r)
			}
		}
		if len(shared) > 0 {
			return slices.Min(shared) // names are in order of handle here
		} else if len(all) > 0 {
			return slices.Min(all)
		}
		return 0
	}
	return func(m *Model, _ booking.Request, list []booking.Candidate) (booking.Slot, bool) {
		if len(list) == 0 {
			return booking.Slot{}, false
		}
		first := m.session(list[0].Slot.Session)
		firsts := map[booking.Resource]booking.Candidate{}
		var who []booking.Resource
		sum := 0
		for _, c := range list {
			s := m.session(c.Slot.Session)
			if s.Date != first.Date {
				continue
			}
			r := physician(s)
			if have, ok := firsts[r]; !ok {
				who, firsts[r], sum = append(who, r), c, sum+max(1, weightOf(r))
			} else if c.Start < have.Start {
				firsts[r] = c
			}
		}
		slices.Sort(who)
		counts, total, seen := map[booking.Resource]int{}, 0, 0
		for i := len(m.visits) - 1; i >= 0 && seen < 8*sum && total < sum-1; i-- {
			v := &m.visits[i]
			s := m.session(v.slot.Session)
			if first.Department == 0 || m.unit(v) == "" || booking.Appointment(i+1) == m.moving || s.retired ||
				s.Department != first.Department || s.Date != first.Date {
				continue
			}
			seen++
			if r := physician(s); slices.Contains(who, r) {
				counts[r]++
				total++
			}
		}
		var tied []booking.Resource
		for _, r := range who {
			w := max(1, weightOf(r))
			if counts[r]*sum >= (total+1)*w {
				continue
			}
			if len(tied) > 0 {
				x := tied[0]
				order := (counts[r]+1)*max(1, weightOf(x)) - (counts[x]+1)*w
				if order > 0 {
					continue
				} else if order < 0 {
					tied = nil
				}
			}
			tied = append(tied, r)
		}
		return firsts[tied[int(first.Date.Weekday()-sl.Monday)%len(tied)]].Slot, true
	}
}
