package capacity

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
)

// The brute force tries every set of actions of a small day and judges each from the words of the documentation, minute by
// minute, with nothing of the search: no pruning, no states, no bounds.

// move is one action as the brute force sees it.
type move struct {
	id       string
	kind     Kind
	from, to int
	cost     int64
	names    []string
	person   string // of overtime
	shift    Shift
}

func (m move) overlaps(from, to int) bool { return m.from < to && from < m.to }

// clash reports whether two stretches of time use one name.
func clash(a []string, b []string) bool {
	return slices.ContainsFunc(a, func(n string) bool { return n != "" && slices.Contains(b, n) })
}

// moves lists, for each thing that can be decided, every action that is possible beside the plan; groups by id.
func moves(t Today) [][]move {
	var groups [][]move
	var starts, ends []int
	for _, d := range t.Demand {
		if d.Start.Minutes() >= t.Now.Minutes() {
			starts, ends = append(starts, d.Start.Minutes()), append(ends, d.end())
		}
	}
	beside := func(m move, except string) bool {
		return !slices.ContainsFunc(t.Shifts, func(s Shift) bool {
			return s.ID != except && m.overlaps(s.Start.Minutes(), s.end()) && clash(m.names, []string{s.Person, s.Place})
		})
	}
	for _, e := range t.Extras {
		var group []move
		for _, from := range starts {
			for _, to := range ends {
				m := move{id: e.ID, kind: e.Kind, from: from, to: to, names: append(slices.Clone(e.Resources), e.Place)}
				minutes := to - from
				m.cost = e.FixedCost + e.CostPerHalfHour*int64((minutes+29)/30)
				if minutes >= e.MinMinutes && minutes <= e.MaxMinutes && from >= e.From.Minutes() && to <= e.To.Minutes() && beside(m, "") {
					group = append(group, m)
				}
			}
		}
		groups = append(groups, group)
	}
	for _, s := range t.Shifts {
		for _, p := range t.People {
			if p.ID != s.Person || s.end() < t.Now.Minutes() {
				continue
			}
			var group []move
			for _, to := range ends {
				m := move{id: s.ID, kind: ExtendShift, from: s.end(), to: to, names: []string{s.Person, s.Place}, person: s.Person, shift: s}
				m.cost = p.OvertimeCostPerHalfHour * int64((to-s.end()+29)/30)
				if to > s.end() && to-s.end() <= p.MaxOvertimeMinutes && beside(m, s.ID) {
					group = append(group, m)
				}
			}
			groups = append(groups, group)
		}
	}
	slices.SortFunc(groups, func(a, b []move) int {
		if len(a) == 0 || len(b) == 0 {
			return cmp.Compare(len(b), len(a))
		}
		return cmp.Compare(a[0].id, b[0].id)
	})
	return groups
}

// present counts who is there for the whole of period d, with the moves made.
func present(t Today, d Demand, made []move) int {
	n := 0
	for _, s := range t.Shifts {
		from, to := s.Start.Minutes(), s.end()
		for _, m := range made {
			if m.id == s.ID && m.kind == ExtendShift && d.Start.Minutes() >= t.Now.Minutes() {
				to = m.to
			}
			if m.id == s.ID && m.kind == CloseWindow {
				to = m.from
			}
		}
		if from <= d.Start.Minutes() && to >= d.end() {
			n++
		}
	}
	for _, m := range made {
		if m.kind != ExtendShift && m.kind != CloseWindow && m.from <= d.Start.Minutes() && m.to >= d.end() {
			n++
		}
	}
	return n
}

// allowed judges a set of added moves as a whole.
func allowed(t Today, made []move) bool {
	for i, a := range made {
		for _, b := range made[:i] {
			if a.overlaps(b.from, b.to) && clash(a.names, b.names) {
				return false
			}
		}
	}
	for _, p := range t.People {
		minutes := 0
		for _, m := range made {
			if m.person == p.ID && m.kind == ExtendShift {
				minutes += m.to - m.from
			}
		}
		if minutes > p.MaxOvertimeMinutes {
			return false
		}
	}
	for _, d := range t.Demand {
		if n := present(t, d, made); n > t.Places && n > present(t, d, nil) {
			return false
		}
	}
	return true
}

// verdict is what a set of moves comes to, in the order in which it counts.
func verdict(t Today, made []move) []int64 {
	v := []int64{0, 0, int64(len(made)), 0}
	for _, d := range t.Demand {
		if d.Start.Minutes() >= t.Now.Minutes() {
			v[0] += int64(max(0, d.MinimumStaff-present(t, d, made)))
		}
	}
	for _, m := range made {
		v[1] += m.cost
		v[3] += int64(m.to - m.from)
	}
	return v
}

// best tries every set; the first of equals wins, and moves are tried before none.
func best(groups [][]move, judge func([]move) []int64) []move {
	var winner []move
	var score []int64
	var try func(g int, made []move)
	try = func(g int, made []move) {
		if g == len(groups) {
			if v := judge(made); v != nil && (score == nil || slices.Compare(v, score) < 0) {
				winner, score = slices.Clone(made), v
			}
			return
		}
		for _, m := range groups[g] {
			try(g+1, append(slices.Clone(made), m))
		}
		try(g+1, made)
	}
	try(0, nil)
	return winner
}

// bruteForce is Propose for days whose need is their MinimumStaff (no arrivals).
func bruteForce(t Today) []move {
	added := best(moves(t), func(made []move) []int64 {
		if !allowed(t, made) {
			return nil
		}
		return verdict(t, made)
	})
	var groups [][]move
	last := t.Demand[len(t.Demand)-1].end()
	for _, s := range t.Shifts {
		extended := slices.ContainsFunc(added, func(m move) bool { return m.kind == ExtendShift && m.id == s.ID })
		if !s.MayLeave || extended || s.end() > last {
			continue
		}
		var group []move
		for _, d := range t.Demand {
			from := d.Start.Minutes()
			if from >= t.Now.Minutes() && from >= s.Start.Minutes() && from < s.end() {
				group = append(group, move{id: s.ID, kind: CloseWindow, from: from, to: s.end()})
			}
		}
		groups = append(groups, group)
	}
	slices.SortFunc(groups, func(a, b []move) int {
		if len(a) == 0 || len(b) == 0 {
			return cmp.Compare(len(b), len(a))
		}
		return cmp.Compare(a[0].id, b[0].id)
	})
	left := best(groups, func(made []move) []int64 {
		v := []int64{0, int64(len(made)), 0}
		all := append(slices.Clone(added), made...)
		for _, d := range t.Demand {
			n := present(t, d, added) - present(t, d, all)
			if n > 0 && present(t, d, all) < d.MinimumStaff {
				return nil
			}
			v[0] -= int64(n)
		}
		for _, m := range made {
			v[2] += int64(m.to - m.from)
			if !slices.ContainsFunc(t.Demand, func(d Demand) bool {
				return m.from <= d.Start.Minutes() && d.end() <= m.to
			}) {
				return nil // leaves no whole period
			}
		}
		return v
	})
	made := append(added, left...)
	slices.SortFunc(made, func(a, b move) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.from, b.from), cmp.Compare(a.id, b.id))
	})
	return made
}

// smallDay draws a day of a few periods, now and then with a gap, a handful of people and things that get in each other's way, and
// needs that are partly met.
func smallDay(t *rapid.T) Today {
	day := Today{
		Date: slots.MustDate("2026-11-23"), Line: "registration", Now: clockAt(rapid.SampledFrom([]int{0, 0, 480, 490, 510}).Draw(t, "now")),
		Target: Target{WithinSeconds: 600, SharePPM: 800_000}, Places: rapid.SampledFrom([]int{3, 2, 4, 9}).Draw(t, "places"), WorkLimit: MaxWorkLimit,
	}
	at := 480
	for i := range rapid.SampledFrom([]int{4, 4, 3, 5, 2}).Draw(t, "periods") {
		d := Demand{Start: clockAt(at), Minutes: rapid.SampledFrom([]int{30, 30, 15}).Draw(t, "minutes"), ServiceSeconds: 300,
			MinimumStaff: rapid.SampledFrom([]int{2, 3, 1, 0}).Draw(t, fmt.Sprint("need", i))}
		day.Demand = append(day.Demand, d)
		at = d.end() + rapid.SampledFrom([]int{0, 0, 0, 20}).Draw(t, "gap")
	}
	people := []string{"Li", "Wang", "Zhao"}
	places := []string{"", "", "W1", "W2"}
	for _, p := range people[:rapid.SampledFrom([]int{2, 3, 3, 1}).Draw(t, "people")] {
		day.People = append(day.People, Person{ID: p, MaxOvertimeMinutes: rapid.SampledFrom([]int{60, 120, 45, 90, 0}).Draw(t, "overtime"),
			OvertimeCostPerHalfHour: int64(rapid.SampledFrom([]int{1, 2, 3, 0}).Draw(t, "price"))})
	}
	for i := range rapid.SampledFrom([]int{2, 3, 3, 1}).Draw(t, "shifts") {
		day.Shifts = append(day.Shifts, Shift{
			ID: fmt.Sprintf("%c", 'f'-i), Person: rapid.SampledFrom(append(slices.Clone(people), "")).Draw(t, "person"), Place: rapid.SampledFrom(places).Draw(t, "place"),
			Start: clockAt(rapid.SampledFrom([]int{480, 450, 480, 495, 510}).Draw(t, "start")), Minutes: rapid.SampledFrom([]int{30, 45, 20, 60, 100}).Draw(t, "length"),
			MayLeave: rapid.Bool().Draw(t, "may leave"),
		})
	}
	for i := range rapid.SampledFrom([]int{2, 3, 3, 1}).Draw(t, "extras") {
		shortest := rapid.SampledFrom([]int{1, 30, 60}).Draw(t, "shortest")
		day.Extras = append(day.Extras, Extra{
			ID: fmt.Sprintf("%c", 'c'+4*i), Kind: OpenWindow, Resources: []string{rapid.SampledFrom(append(slices.Clone(people), "Sun", "Qian", "Wu", "Zhou")).Draw(t, "who")},
			Place: rapid.SampledFrom(places).Draw(t, "where"), From: clockAt(rapid.SampledFrom([]int{0, 0, 0, 500}).Draw(t, "from")),
			To: clockAt(rapid.SampledFrom([]int{1440, 1440, 600, 540}).Draw(t, "to")), MinMinutes: shortest, MaxMinutes: shortest + rapid.SampledFrom([]int{200, 60, 30}).Draw(t, "more"),
			FixedCost: int64(rapid.SampledFrom([]int{1, 2, 3, 0}).Draw(t, "fixed")), CostPerHalfHour: int64(rapid.SampledFrom([]int{1, 2, 3, 0}).Draw(t, "rate")),
		})
	}
	return day
}

func TestProposeAgainstBruteForce(t *testing.T) {
	acted := 0
	rapid.Check(t, func(t *rapid.T) {
		day := smallDay(t)
		got, err := Propose(day)
		require.NoError(t, err)
		require.True(t, got.Proven)
		var names, want []string
		for _, a := range got.Actions {
			names = append(names, fmt.Sprint(a.Kind, a.ID, a.Start.Minutes(), a.End().Minutes(), a.Cost))
		}
		made := bruteForce(day)
		for _, m := range made {
			want = append(want, fmt.Sprint(m.kind, m.id, m.from, m.to, m.cost))
		}
		require.Equal(t, want, names)
		acted += len(made)

		v := verdict(day, slices.DeleteFunc(slices.Clone(made), func(m move) bool { return m.kind == CloseWindow }))
		require.Equal(t, v[0], int64(got.Uncovered))
		require.Equal(t, v[1], got.Cost)
		require.Equal(t, Bound{got.Uncovered, got.Cost}, got.AtLeast)
		for i, p := range got.Periods {
			require.Equal(t, present(day, day.Demand[i], nil), p.Before.Staff)
			require.Equal(t, present(day, day.Demand[i], made), p.After.Staff)
		}
	})
	require.Positive(t, acted, "the days drawn must call for something")
}

// With hardly any work allowed the answer may be worse than the best, but it can be carried out, its bound holds, and only a proven one claims to be best.
func TestProposeWithinAWorkLimit(t *testing.T) {
	unproven := 0
	rapid.Check(t, func(t *rapid.T) {
		day := smallDay(t)
		day.WorkLimit = rapid.SampledFrom([]int{1, 5, 20, 60}).Draw(t, "limit")
		got, err := Propose(day)
		require.NoError(t, err)
		made := bruteForce(day)
		v := verdict(day, slices.DeleteFunc(slices.Clone(made), func(m move) bool { return m.kind == CloseWindow }))
		optimum := Bound{int(v[0]), v[1]}
		have := Bound{got.Uncovered, got.Cost}
		require.LessOrEqual(t, got.AtLeast.compare(optimum), 0, "bound %v, optimum %v", got.AtLeast, optimum)
		require.LessOrEqual(t, optimum.compare(have), 0, "optimum %v, found %v", optimum, have)
		if got.Proven {
			require.Equal(t, optimum, have)
		} else {
			unproven++
		}
		require.True(t, allowed(day, movesOf(day, got.Actions)))
	})
	require.Positive(t, unproven, "the limit must matter")
}

// movesOf finds the possible moves that actions name.
func movesOf(t Today, actions []Action) []move {
	var made []move
	for _, group := range moves(t) {
		for _, m := range group {
			if slices.ContainsFunc(actions, func(a Action) bool {
				return a.ID == m.id && a.Kind == m.kind && a.Start.Minutes() == m.from && a.End().Minutes() == m.to
			}) {
				made = append(made, m)
			}
		}
	}
	return made
}
