package exam

import "math/bits"

// daySets lists sets of days that could hold all examinations: size days, the last of them last. It adds days that cover
// an examination which has none yet, and any others only when all are covered; a day that was tried is left out from then on, so
// that every set comes once.
type daySets struct {
	m        *model
	work     *work
	last     int32
	size     int
	set      []int32
	excluded []bool
	across   map[[4]int32]bool // whether two examinations can be done on two given days
	visit    func(set []int32) (stop bool)
}

func newDaySets(m *model, w *work) *daySets {
	return &daySets{m: m, work: w, excluded: make([]bool, len(m.days)), across: map[[4]int32]bool{}}
}

// each calls visit with each set until it says stop, and reports whether it did.
func (e *daySets) each(size int, last int32, visit func(set []int32) (stop bool)) bool {
	e.size, e.last, e.visit = size, last, visit
	e.set = append(e.set[:0], last)
	return e.grow(e.m.shapes[last].exams)
}

func (e *daySets) grow(covered uint32) bool {
	e.work.steps++
	if e.work.over() {
		return true
	}
	all := uint32(1)<<e.m.n - 1
	missing := all &^ covered
	e.work.look(int64(e.last) * int64(1+bits.OnesCount32(missing)) / wordsPerLook)
	if len(e.set) == e.size {
		return missing == 0 && e.possible() && e.visit(e.sorted())
	}
	want := uint32(0)
	if missing != 0 {
		want = 1 << e.rarest(missing)
		if len(e.set)+1 == e.size {
			want = missing // one day must do for all
		}
	}
	var tried []int32
	stop := false
	for d := range e.last {
		if e.excluded[d] || e.m.shapes[d].exams&want != want {
			continue
		}
		e.excluded[d] = true
		tried = append(tried, d)
		e.set = append(e.set, d)
		stop = e.grow(covered | e.m.shapes[d].exams)
		e.set = e.set[:len(e.set)-1]
		if stop {
			break
		}
	}
	for _, d := range tried {
		e.excluded[d] = false
	}
	return stop
}

// rarest returns the examination of the mask that the fewest days cover.
func (e *daySets) rarest(mask uint32) int {
	best, bestCount := -1, 0
	for rest := mask; rest != 0; rest &= rest - 1 {
		i, count := bits.TrailingZeros32(rest), 0
		for d := range e.last {
			if !e.excluded[d] && e.m.shapes[d].exams>>i&1 != 0 {
				count++
			}
		}
		if best < 0 || count < bestCount {
			best, bestCount = i, count
		}
	}
	return best
}

func (e *daySets) sorted() []int32 {
	set := append([]int32(nil), e.set...)
	for i := range set {
		for j := i; j > 0 && set[j] < set[j-1]; j-- {
			set[j], set[j-1] = set[j-1], set[j]
		}
	}
	return set
}

// possible reports whether every two examinations can be done on the days of the set.
func (e *daySets) possible() bool {
	for i := range e.m.n {
		for j := range i {
			if e.work.over() || !e.pair(i, j) {
				return false
			}
		}
	}
	return true
}

func (e *daySets) pair(i, j int) bool {
	linked := e.m.rules.linked[i]>>j&1 != 0
	e.work.look(int64(len(e.set)))
	for _, d := range e.set {
		if e.m.shapes[d].exams>>i&1 == 0 {
			continue
		}
		for _, f := range e.set {
			switch {
			case e.m.shapes[f].exams>>j&1 == 0:
			case d == f && e.m.pairs(d, e.work)[i]>>j&1 != 0,
				d != f && (!linked || e.pairAcross(i, d, j, f)):
				return true
			}
		}
	}
	return false
}

func (e *daySets) pairAcross(i int, d int32, j int, f int32) bool {
	key := [4]int32{int32(i), d, int32(j), f}
	ok, known := e.across[key]
	if !known {
		ok = e.m.anyAgree(i, d, j, f, e.work)
		e.across[key] = ok
	}
	return ok
}

// anyAgree reports whether some value of i on day d goes with one of j on day f; when the work is over, it may be wrong.
func (m *model) anyAgree(i int, d int32, j int, f int32, work *work) bool {
	fromI, untilI := m.span(d, i)
	fromJ, untilJ := m.span(f, j)
	for w := fromI; w < untilI; w++ {
		for k := range int32(bits.OnesCount64(m.full[w])) {
			if work.over() {
				return false
			}
			for x := fromJ; x < untilJ; x++ {
				work.look(int64(bits.OnesCount64(m.full[x])))
				for l := range int32(bits.OnesCount64(m.full[x])) {
					if m.rules.agree(m, m.base[w]+k, m.base[x]+l) {
						return true
					}
				}
			}
		}
	}
	return false
}

// leastDays is a lower bound on the number of days: the largest set of examinations no two of which can share any day.
func (m *model) leastDays(work *work) int {
	never := make([]uint32, m.n)
	for i := range never {
		never[i] = (1<<m.n - 1) &^ (1 << i)
	}
	for d := range m.days {
		for i, with := range m.pairs(int32(d), work) {
			never[i] &^= with
		}
	}
	var grow func(size int, candidates uint32) int
	grow = func(size int, candidates uint32) int {
		best := size
		for ; candidates != 0; candidates &= candidates - 1 {
			if size+bits.OnesCount32(candidates) <= best {
				break
			}
			i := bits.TrailingZeros32(candidates)
			best = max(best, grow(size+1, candidates&never[i]&^(1<<(i+1)-1)))
		}
		return best
	}
	return grow(0, 1<<m.n-1)
}
