package capacity

import (
	"cmp"
	"slices"
)

// search is the working state of solve.
type search struct {
	cover
	left      [][]int    // left[g][p]: groups from g on that can serve period p
	prices    [][]ladder // prices[g][p]: what covering period p costs at least with groups from g on
	lastOf    []int      // lastOf[name]: the last group that uses it
	lastDraw  []int      // lastDraw[budget]: the last group that draws on it
	incumbent score
	work      int
	discarded []Bound
	scratch   partial
}

func newSearch(c cover) *search {
	s := &search{cover: c, left: make([][]int, len(c.groups)+1), prices: make([][]ladder, len(c.groups)+1)}
	s.left[len(c.groups)], s.prices[len(c.groups)] = make([]int, len(c.want)), make([]ladder, len(c.want))
	s.lastOf, s.lastDraw = make([]int, c.names), make([]int, len(c.budgets))
	for g := len(c.groups) - 1; g >= 0; g-- {
		s.left[g], s.prices[g] = slices.Clone(s.left[g+1]), slices.Clone(s.prices[g+1])
		for p, least := range c.leastPrices(c.groups[g]) {
			if least < 0 {
				continue
			}
			s.left[g][p]++
			s.prices[g][p] = s.prices[g][p].with(least, c.want[p])
		}
	}
	for g, group := range c.groups {
		for _, name := range group.names {
			s.lastOf[name] = g
		}
		if group.budget >= 0 {
			s.lastDraw[group.budget] = g
		}
	}
	s.scratch = s.empty()
	return s
}

// empty is the state before any decision.
func (s *search) empty() partial {
	return partial{make([]int, len(s.want)), make([][2]uint64, s.names), make([]int, len(s.budgets))}
}

// root is the node before any decision.
func (s *search) root() node {
	state := s.empty()
	n := node{parent: -1, choice: -1}
	for p, want := range s.want {
		if s.left[0][p] == 0 {
			n.score.uncovered += want
		}
	}
	n.key = string(state.append(nil))
	n.bound = s.bound(0, state, n.score)
	return n
}

// expand makes the next layer: every node with every choice of group g that fits, and with none.
func (s *search) expand(g int, layer []node, kept []int) []node {
	var next []node
	index := make(map[string]int)
	var key []byte
	for _, at := range kept {
		from := layer[at]
		for k := range len(s.groups[g].choices) + 1 {
			s.work++
			choice := k
			if k == len(s.groups[g].choices) {
				choice = -1
			}
			s.scratch.decode(from.key)
			score := from.score
			if choice >= 0 && !s.take(g, choice, &s.scratch, &score) {
				continue
			}
			s.settle(g+1, &s.scratch, &score)
			bound := s.bound(g+1, s.scratch, score)
			if bound.compare(Bound{s.incumbent.uncovered, s.incumbent.cost}) > 0 {
				continue
			}
			key = s.scratch.append(key[:0])
			made := node{"", score, at, choice, s.work, bound}
			if i, ok := index[string(key)]; ok {
				if score.compare(next[i].score) < 0 {
					made.key = next[i].key
					next[i] = made
				}
				continue
			}
			made.key = string(key)
			index[made.key] = len(next)
			next = append(next, made)
		}
	}
	return next
}

// narrow returns which nodes of a layer go on, in the order of the tie rule: all of them, or as many as this group's share
// of the limit pays for.
func (s *search) narrow(g int, layer []node) []int {
	kept := make([]int, len(layer))
	for i := range kept {
		kept[i] = i
	}
	share := max(0, s.limit-s.work) / min(len(s.groups)-g, 6) // layers grow, then shrink: a sixth of the rest, at least
	width := max(1, share/(len(s.groups[g].choices)+1))
	if len(layer) > width {
		slices.SortFunc(kept, func(a, b int) int {
			return cmp.Or(layer[a].bound.compare(layer[b].bound), layer[a].score.compare(layer[b].score), layer[a].order-layer[b].order)
		})
		s.discarded = append(s.discarded, layer[kept[width]].bound) // the least of those dropped
		kept = kept[:width]
	}
	slices.SortFunc(kept, func(a, b int) int { return layer[a].order - layer[b].order })
	return kept
}

// take adds a choice to a state, unless it does not fit.
func (s *search) take(g, k int, state *partial, total *score) bool {
	group := s.groups[g]
	c := group.choices[k]
	for p := c.first; p <= c.last; p++ {
		if state.added[p] >= s.room[p] {
			return false
		}
		state.added[p]++
	}
	for _, name := range group.names {
		for p := c.held; p <= c.last; p++ {
			word, bit := p/64, uint64(1)<<(p%64)
			if state.held[name][word]&bit != 0 {
				return false
			}
			state.held[name][word] |= bit
		}
	}
	if group.budget >= 0 {
		state.spent[group.budget] += c.minutes()
		if state.spent[group.budget] > s.budgets[group.budget] {
			return false
		}
	}
	total.cost += c.cost
	total.taken++
	total.minutes += c.minutes()
	return true
}

// settle brings a state before group g to its plainest form: a period that no group from g on can serve is counted and
// forgotten, in one whose room cannot be exhausted any more, more than wanted is as good as wanted, and a name or budget that no
// group from g on uses is forgotten.
func (s *search) settle(g int, state *partial, total *score) {
	for p, added := range state.added {
		switch left := s.left[g][p]; {
		case left == 0 && s.left[g-1][p] > 0:
			total.uncovered += max(0, s.want[p]-added)
			state.added[p] = 0
		case added > s.want[p] && added+left <= s.room[p]:
			state.added[p] = s.want[p]
		}
	}
	for _, name := range s.groups[g-1].names {
		if s.lastOf[name] == g-1 {
			state.held[name] = [2]uint64{}
		}
	}
	if b := s.groups[g-1].budget; b >= 0 && s.lastDraw[b] == g-1 {
		state.spent[b] = 0
	}
}
