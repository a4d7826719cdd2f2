package booking_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// place is a slot as the brute force knows it.
type bruteSlot struct {
	at         booking.Slot
	day        int
	start, end slots.Instant
	who, dept  int
	capacity   int
	session    slots.Instant
}

// bruteWorld is a stage, and all its slots beside it.
type bruteWorld struct {
	*stage
	slots []bruteSlot
}

// drawBruteWorld opens a few sessions of one to three half-hours over a few days, of two physicians in two departments.
func drawBruteWorld(t *rapid.T) *bruteWorld {
	r := plainRules()
	r.Limits = []booking.Limit{{Name: "one a day", Who: booking.PerPerson, Same: booking.SameDay, Of: booking.OpenVisits, Max: 1}}
	w := &bruteWorld{stage: newStage(t, r)}
	for i := range 2 + pick(t, "sessions", 5) {
		day, who, dept := pick(t, "day", 4), pick(t, "who", 2), pick(t, "dept", 2)
		o := w.halfHours([]string{"10", "11", "12", "13"}[day], []string{"Li", "Wu"}[who], 1+pick(t, "slots", 3), uint16(pick(t, "capacity", 3)))
		o.Start = o.Start.AddMinutes(30 * pick(t, "start", 3))
		o.Department = booking.Department(w.name(booking.DepartmentName, []string{"heart", "eye"}[dept]))
		id := w.open([]string{"a", "b", "c", "d", "e", "f"}[i], o)
		for n := range o.Slots {
			at := o.Start.AddMinutes(30 * n)
			w.slots = append(w.slots, bruteSlot{booking.Slot{Session: id, N: uint16(n)}, day, at, at.AddMinutes(30), who, dept, int(o.Slots[n].Capacity), o.Start})
		}
	}
	w.name(booking.DepartmentName, "heart")
	w.name(booking.DepartmentName, "eye")
	return w
}

// best tries every tuple of slots of which each is sought, keeps those that fit, and returns the first of them: by the first's distance and
// start, then the second's, and so on.
func (w *bruteWorld) best(sought []func(bruteSlot) bool, off func([]bruteSlot, bruteSlot) int, fits func([]bruteSlot) bool) []bruteSlot {
	var best []bruteSlot
	order := func(a, b []bruteSlot) int {
		for i := range a {
			x, y := a[i], b[i]
			if c := cmp.Or(cmp.Compare(off(a[:i], x), off(b[:i], y)), cmp.Compare(x.start, y.start), cmp.Compare(x.session, y.session),
				cmp.Compare(x.at.Session, y.at.Session), cmp.Compare(x.at.N, y.at.N)); c != 0 {
				return c
			}
		}
		return 0
	}
	total := 1
	for range sought {
		total *= len(w.slots)
	}
	for code := range total {
		var tuple []bruteSlot
		ok, taken := true, map[booking.Slot]int{}
		for _, f := range sought {
			s := w.slots[code%len(w.slots)]
			code /= len(w.slots)
			taken[s.at]++
			ok = ok && f(s) && taken[s.at] <= s.capacity
			tuple = append(tuple, s)
		}
		if ok && fits(tuple) && (best == nil || order(tuple, best) < 0) {
			best = tuple
		}
	}
	return best
}

// same asserts that the Book made what the brute force found, or refused where it found nothing.
func (w *bruteWorld) same(c booking.Command, want []bruteSlot) {
	reply, err := w.do(c)
	require.NoError(w.t, err)
	if want == nil {
		require.Equal(w.t, booking.Refused, reply.Outcome)
		require.Zero(w.t, reply.Refusal.Limit)
		return
	}
	require.Equal(w.t, booking.Done, reply.Outcome, "%v; there is %v", &reply.Refusal, want)
	for i, s := range want {
		v, _ := w.book.Appointment(reply.Appointment + booking.Appointment(i))
		require.Equal(w.t, s.at, v.Slot, "number %d", i)
	}
}

// A joint clinic is found iff there is one, and it is the first there is.
func TestJointIsTheFirstThereIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawBruteWorld(t)
		q := w.request("A", 0, 0)
		q.Department = booking.Department(w.name(booking.DepartmentName, "heart"))
		c := booking.Joint{Meta: w.meta(), As: booking.Booked, Request: q}
		sought := []func(bruteSlot) bool{func(s bruteSlot) bool { return s.dept == 0 }}
		for range 1 + pick(t, "with", 2) {
			if dept := pick(t, "leg", 2); dept == 0 {
				c.With = append(c.With, booking.Leg{Resource: booking.Resource(w.name(booking.ResourceName, "Wu"))})
				sought = append(sought, func(s bruteSlot) bool { return s.who == 1 })
			} else {
				c.With = append(c.With, booking.Leg{Department: booking.Department(w.name(booking.DepartmentName, "eye"))})
				sought = append(sought, func(s bruteSlot) bool { return s.dept == 1 })
			}
		}
		want := w.best(sought, func([]bruteSlot, bruteSlot) int { return 0 }, func(tuple []bruteSlot) bool {
			for i, s := range tuple {
				for _, o := range tuple[:i] {
					if s.start != o.start || s.at.Session == o.at.Session {
						return false
					}
				}
			}
			return true
		})
		w.same(c, want)
	})
}

// A series is found iff there is one, and it is the first in the order that together.go states.
func TestSeriesIsTheFirstThereIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawBruteWorld(t)
		q := w.request("A", 0, 0)
		q.AnyOf, _ = booking.NewResourceSet(booking.Resource(w.name(booking.ResourceName, "Li")), booking.Resource(w.name(booking.ResourceName, "Wu")))
		c := booking.Series{Meta: w.meta(), As: booking.Held, Request: q, Visits: 2 + pick(t, "visits", 2), EveryDays: 1 + pick(t, "every", 2)}
		c.WithinDays = pick(t, "within", c.EveryDays)
		sought := slices.Repeat([]func(bruteSlot) bool{func(bruteSlot) bool { return true }}, c.Visits)
		days := func(tuple []bruteSlot, s bruteSlot) int {
			off := s.day - tuple[len(tuple)-1].day - c.EveryDays
			return max(off, -off)
		}
		want := w.best(sought, func(tuple []bruteSlot, s bruteSlot) int {
			switch {
			case len(tuple) == 0:
				return 0
			case tuple[len(tuple)-1].who == s.who:
				return 2 * days(tuple, s)
			}
			return 2*days(tuple, s) + 1
		}, func(tuple []bruteSlot) bool {
			for i := range tuple[1:] {
				if days(tuple[:i+1], tuple[i+1]) > c.WithinDays {
					return false
				}
			}
			return true
		})
		w.same(c, want)
	})
}

// A family is found iff it can come together, and it has the first times there are.
func TestFamilyIsTheFirstThereIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawBruteWorld(t)
		c := booking.Bundle{Meta: w.meta(), As: booking.Booked, WithinMinutes: uint16(30 * (1 + pick(t, "within", 3)))}
		var sought []func(bruteSlot) bool
		for i := range 2 + pick(t, "people", 2) {
			q := w.request([]string{"A", "B", "C"}[i], 0, 0)
			dept := pick(t, "whose", 2)
			q.Department = booking.Department(w.name(booking.DepartmentName, []string{"heart", "eye"}[dept]))
			c.Requests = append(c.Requests, q)
			sought = append(sought, func(s bruteSlot) bool { return s.dept == dept })
		}
		apart := func(a, b bruteSlot) int { return int(max(a.start-b.start, b.start-a.start)) }
		want := w.best(sought, func(tuple []bruteSlot, s bruteSlot) int {
			if len(tuple) == 0 {
				return 0
			}
			return apart(tuple[0], s)
		}, func(tuple []bruteSlot) bool {
			for i, s := range tuple {
				for _, o := range tuple[:i] {
					if apart(s, o) > 60*int(c.WithinMinutes) {
						return false
					}
				}
			}
			return true
		})
		w.same(c, want)
	})
}

// Where there are too many ways to try, the answer says that it is not known.
func TestSearchGivesUp(t *testing.T) {
	b := newStage(t, plainRules())
	o := b.halfHours("02", "Dr Li", 1, 1)
	for day := range 24 {
		x := o
		x.Date, x.Start = o.Date.AddDays(day), o.Start.AddMinutes(24*60*day)
		b.open(x.Date.String(), x)
	}
	q := b.request("A", 0, 0)
	q.Resource = o.Resources[0]
	reply, err := b.do(booking.Series{Meta: b.meta(), As: booking.Booked, Request: q, Visits: 25, EveryDays: 3, WithinDays: 2})
	require.NoError(t, err)
	require.Equal(t, booking.Refusal{Reason: booking.NoneFree, Limit: booking.MaxPlacements}, reply.Refusal)
	require.Positive(t, reply.Count, "the furthest visit for which there was nothing, of those tried")
	b.done(booking.Series{Meta: b.meta(), As: booking.Booked, Request: q, Visits: 8, EveryDays: 3, WithinDays: 2})
}

// Whatever is wrong with a command is named.
func TestTogetherForm(t *testing.T) {
	b := newStage(t, plainRules())
	s := b.open("s", b.halfHours("10", "Dr Li", 2, 1))
	q := b.request("A", 0, 0)
	q.Resource = 1
	joint := func(change func(*booking.Joint)) booking.Command {
		c := booking.Joint{Meta: b.meta(), As: booking.Booked, Request: q, With: []booking.Leg{{Resource: 1}}}
		change(&c)
		return c
	}
	series := func(change func(*booking.Series)) booking.Command {
		c := booking.Series{Meta: b.meta(), As: booking.Booked, Request: q, Visits: 2, EveryDays: 7}
		change(&c)
		return c
	}
	take := func(change func(*booking.Take)) booking.Command {
		c := booking.Take{Meta: b.meta(), Request: q}
		change(&c)
		return c
	}
	family := booking.Bundle{Meta: b.meta(), As: booking.Booked, WithinMinutes: 30, Requests: []booking.Request{q}}
	family.Requests[0].Policy = 1
	unknown, _ := booking.NewResourceSet(7)
	for want, c := range map[string]booking.Command{
		"As":                        joint(func(c *booking.Joint) { c.As = booking.Offered }),
		"With: 0 of them":           joint(func(c *booking.Joint) { c.With = nil }),
		"With: 8 of them":           joint(func(c *booking.Joint) { c.With = make([]booking.Leg, 8) }),
		"Policy 1":                  joint(func(c *booking.Joint) { c.Policy = 1 }),
		"want at least one":         joint(func(c *booking.Joint) { c.With[0] = booking.Leg{} }),
		"Count 513":                 joint(func(c *booking.Joint) { c.With[0].Count = 513 }),
		"resource 7 not":            joint(func(c *booking.Joint) { c.With[0].AnyOf = unknown }),
		"As none":                   series(func(c *booking.Series) { c.As = 0 }),
		"Visits 1":                  series(func(c *booking.Series) { c.Visits = 1 }),
		"Visits 65":                 series(func(c *booking.Series) { c.Visits = 65 }),
		"EveryDays 0":               series(func(c *booking.Series) { c.EveryDays = 0 }),
		"EveryDays 367":             series(func(c *booking.Series) { c.EveryDays = 367 }),
		"WithinDays 7: want 0 to 6": series(func(c *booking.Series) { c.WithinDays = 7 }),
		"WithinDays -1":             series(func(c *booking.Series) { c.WithinDays = -1 }),
		"Slot":                      series(func(c *booking.Series) { c.Slot = booking.Slot{Session: s} }),
		"Policy 2":                  series(func(c *booking.Series) { c.Policy = 2 }),
		"Person 9":                  series(func(c *booking.Series) { c.Person = 9 }),
		"Policy 1: want 0":          family,
		"Weekdays 0x1":              take(func(c *booking.Take) { c.Weekdays = 1 }),
		"Weekdays 0x100":            take(func(c *booking.Take) { c.Weekdays = 1 << 8 }),
		"AnyOf: resource 7":         take(func(c *booking.Take) { c.AnyOf = unknown }),
	} {
		_, err := b.decide(c)
		require.ErrorIs(t, err, booking.ErrCommand, want)
		if want != "As none" {
			require.ErrorContains(t, err, want)
		}
	}
}

// A retry must repeat everything that matters.
func TestTogetherFingerprints(t *testing.T) {
	b := newStage(t, plainRules())
	b.open("s", b.halfHours("10", "Dr Li", 4, 4))
	b.open("t", b.halfHours("10", "Dr Wu", 4, 4))
	b.open("u", b.halfHours("11", "Dr Li", 4, 4))
	q := b.request("A", 0, 0)
	q.AnyOf, _ = booking.NewResourceSet(1, 2)
	m := booking.Meta{At: b.now, Key: booking.Key{1}, Made: b.now}
	one, _ := booking.NewResourceSet(1)
	for i, list := range [][]booking.Command{
		{booking.Take{Meta: m, Request: q},
			booking.Take{Meta: m, Request: with(q, func(q *booking.Request) { q.AnyOf = one })},
			booking.Take{Meta: m, Request: with(q, func(q *booking.Request) { q.Weekdays = slots.WeekdaysOf(slots.Tuesday) })}},
		{booking.Joint{Meta: m, As: booking.Held, Request: q, With: []booking.Leg{{Resource: 2}}},
			booking.Joint{Meta: m, As: booking.Booked, Request: q, With: []booking.Leg{{Resource: 2}}},
			booking.Joint{Meta: m, As: booking.Held, Request: q, With: []booking.Leg{{Resource: 1}}},
			booking.Joint{Meta: m, As: booking.Held, Request: q, With: []booking.Leg{{AnyOf: one}}},
			booking.Joint{Meta: m, As: booking.Held, Request: q, With: []booking.Leg{{Department: 1}}},
			booking.Joint{Meta: m, As: booking.Held, Request: q, With: []booking.Leg{{Service: 1}}},
			booking.Joint{Meta: m, As: booking.Held, Request: q, With: []booking.Leg{{Resource: 2, Count: 2}}},
			booking.Joint{Meta: m, As: booking.Held, Request: q, With: []booking.Leg{{Slot: booking.Slot{Session: 2}}}},
			booking.Joint{Meta: m, As: booking.Held, Request: q, With: []booking.Leg{{Resource: 2}, {Resource: 2}}}},
		{booking.Series{Meta: m, As: booking.Held, Request: q, Visits: 2, EveryDays: 1},
			booking.Series{Meta: m, As: booking.Booked, Request: q, Visits: 2, EveryDays: 1},
			booking.Series{Meta: m, As: booking.Held, Request: q, Visits: 3, EveryDays: 1},
			booking.Series{Meta: m, As: booking.Held, Request: q, Visits: 2, EveryDays: 2},
			booking.Series{Meta: m, As: booking.Held, Request: q, Visits: 2, EveryDays: 1, WithinDays: 1}},
		{booking.Bundle{Meta: m, As: booking.Held, Requests: []booking.Request{q}, WithinMinutes: 1},
			booking.Bundle{Meta: m, As: booking.Held, Requests: []booking.Request{q}, WithinMinutes: 2},
			booking.Bundle{Meta: m, As: booking.Held, Requests: []booking.Request{q}}},
	} {
		m.Key[0]++
		list := slices.Clone(list)
		for k := range list {
			list[k] = keyedBy(list[k], m)
		}
		first := b.done(list[0])
		for _, other := range list[1:] {
			b.refused(booking.KeyReused, other)
		}
		again, err := b.do(list[0])
		require.NoError(t, err, i)
		first.Repeat = true
		require.Equal(t, first, again)
	}
}

func with(q booking.Request, change func(*booking.Request)) booking.Request {
	change(&q)
	return q
}

func keyedBy(c booking.Command, m booking.Meta) booking.Command {
	switch c := c.(type) {
	case booking.Take:
		c.Meta = m
		return c
	case booking.Joint:
		c.Meta = m
		return c
	case booking.Series:
		c.Meta = m
		return c
	case booking.Bundle:
		c.Meta = m
		return c
	}
	return c
}
