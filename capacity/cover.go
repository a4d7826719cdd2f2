package capacity

import (
	"cmp"
	"slices"
)

// cover is the question that the search answers: take at most one choice from each group so that, first, the sum over
// periods of wanted staff not covered is least; then the cost; then the number of choices taken; then their minutes; then the earlier
// group takes rather than not, and the earlier stretch.
//
// No period may get more than its room, no shared name be held twice in a period, no budget be overdrawn.
type cover struct {
	want, room []int
	groups     []group
	names      int   // exclusive names shared by groups
	budgets    []int // minutes
	limit      int   // choices to be tried
}

// answer is which choice each group takes (−1 for none) and what that comes to.
type answer struct {
	taken []int
	score score
	// proven, or else no answer is better than bound.
	proven bool
	bound  Bound
}

// score is compared field by field, less is better.
type score struct {
	uncovered int
	cost      int64
	taken     int
	minutes   int
}

func (a score) compare(b score) int {
	return cmp.Or(cmp.Compare(a.uncovered, b.uncovered), cmp.Compare(a.cost, b.cost),
		cmp.Compare(a.taken, b.taken), cmp.Compare(a.minutes, b.minutes))
}

func (b Bound) compare(c Bound) int {
	return cmp.Or(cmp.Compare(b.Uncovered, c.Uncovered), cmp.Compare(b.Cost, c.Cost))
}

// node is a set of partial answers that differ in nothing that later groups can see; it keeps the best of them.
type node struct {
	key    string
	score  score // uncovered counts periods that no later group can serve
	parent int   // in the layer before
	choice int
	order  int // of making: less means that the decisions so far come earlier in the tie rule
	bound  Bound
}

// solve finds a first answer greedily, a better one with a tenth of the work, and then, if that was not proven, spends the
// rest. A good answer early is what makes the last search short.
func (c cover) solve() answer {
	s := newSearch(c)
	best := s.greedy()
	for _, limit := range []int{c.limit / 10, c.limit - c.limit/10} {
		s.incumbent, s.limit, s.work, s.discarded = best.score, limit, 0, nil
		if best = s.pass(best); best.proven {
			break
		}
	}
	return best
}

// pass goes through the groups one by one and keeps, in a layer, one node for each distinguishable state: dynamic programming
// over groups. Nodes that cannot reach the score of the incumbent are dropped. If a layer has more nodes than its share of the
// limit allows, the most promising by bound go on and the least bound of the others is remembered: then the answer may not be the
// best, but says how much better any other could be.
func (s *search) pass(incumbent answer) answer {
	layers := [][]node{{s.root()}}
	for g := range s.groups {
		layers = append(layers, s.expand(g, layers[g], s.narrow(g, layers[g])))
	}
	best := incumbent
	if last := layers[len(layers)-1]; len(last) > 0 {
		top := slices.MinFunc(last, func(a, b node) int { return cmp.Or(a.score.compare(b.score), a.order-b.order) })
		if len(s.discarded) == 0 || top.score.compare(incumbent.score) < 0 {
			best = answer{taken: trace(layers, top), score: top.score}
		}
	}
	best.proven = len(s.discarded) == 0
	best.bound = Bound{best.score.uncovered, best.score.cost}
	for _, b := range s.discarded {
		if b.compare(best.bound) < 0 {
			best.bound = b
		}
	}
	return best
}

// trace walks back from a node of the last layer.
func trace(layers [][]node, n node) []int {
	taken := make([]int, len(layers)-1)
	for g := len(taken) - 1; g >= 0; g-- {
		taken[g] = n.choice
		n = layers[g][n.parent]
	}
	return taken
}
