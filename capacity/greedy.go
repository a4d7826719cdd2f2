package capacity

// greedy takes, again and again, the choice that covers most per cost. It gives a first answer to prune by.
func (s *search) greedy() answer {
	a := answer{taken: make([]int, len(s.groups))}
	for g := range a.taken {
		a.taken[g] = -1
	}
	state := s.empty()
	for s.work < s.limit {
		bestGroup, bestChoice, best := -1, -1, price{}
		for g, group := range s.groups {
			if a.taken[g] >= 0 {
				continue
			}
			for k, c := range group.choices {
				s.work++
				covers := int64(0)
				for p := c.first; p <= c.last; p++ {
					if state.added[p] < s.want[p] {
						covers++
					}
				}
				if covers == 0 || bestGroup >= 0 && !cheaper(price{c.cost, covers}, best) {
					continue
				}
				trial, total := state.clone(), a.score
				if s.take(g, k, &trial, &total) {
					bestGroup, bestChoice, best = g, k, price{c.cost, covers}
				}
			}
		}
		if bestGroup < 0 {
			break
		}
		s.take(bestGroup, bestChoice, &state, &a.score)
		a.taken[bestGroup] = bestChoice
	}
	for p, want := range s.want {
		a.score.uncovered += max(0, want-state.added[p])
	}
	s.work = 0
	return a
}

// price is the cost of covering some wanted periods.
type price struct{ cost, periods int64 }

// cheaper compares cost per period, then prefers more periods.
func cheaper(a, b price) bool {
	x, y := a.cost*b.periods, b.cost*a.periods
	return x < y || x == y && a.periods > b.periods
}
