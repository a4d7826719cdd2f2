package exam

import (
	"math"
	"math/bits"
)

// search is a depth-first search over the values of a set of days with forward checking: each choice removes at once every
// value that does not go with it, and the examination that has the fewest values left, weighed by how often it was the one
// that had none (dom/wdeg: Boussemart, Hemery, Lecoutre, Sais, ECAI 2004), is next. All sets of values are words of bits.
type search struct {
	m     *model
	work  *work
	set   []int32    // days, ascending
	stack [][]uint64 // stack[k]: the values left after k choices; only the words of set mean anything
	// maxEnd bounds the end of every value. only and below narrow examinations for the canonical choice.
	maxEnd int64
	only   [MaxExams]int32 // the value that an examination must have, or -1
	below  [MaxExams]int32 // values of an examination must be below this number
	onDay  [MaxExams]int32 // the day that an examination must be on, or -1
	skip   uint32          // examinations to be left out
	goal   int             // how many are to be chosen
	looks  int64           // that it takes to go over the words of set
	chosen [MaxExams]int32
	done   uint32 // examinations chosen
	weight [MaxExams]int64
	spans  spans
	// found is told of each solution and says whether to stop.
	found func(*search) bool
}

// work counts steps against the limit. Once over, it stays so: what is looked at afterwards may be left half done, for nothing
// is concluded from it any more.
type work struct {
	steps, limit int64
	looks        int64 // below looksPerStep
}

// looksPerStep is how many looks (a pair of offers compared, some words of bits copied or counted) take about as long as a
// choice does, so that steps go with time: some tenths of a microsecond each.
const looksPerStep = 64

// wordsPerLook: a word of bits is cheaper than a comparison of two offers.
const wordsPerLook = 4

func (w *work) look(n int64) {
	w.looks += n
	w.steps += w.looks / looksPerStep
	w.looks %= looksPerStep
}

func (w *work) over() bool { return w.steps >= w.limit }

// spans bounds the sum of the days' spans. It is off while limit is 0.
type spans struct {
	limit      int64 // at most this many minutes in all
	total      int64
	lastEnd    int64           // when the last day is known to end at the earliest
	begin, end [MaxExams]int64 // by place in set
	fixed      uint32          // places whose begin is known
}

func newSearch(m *model, w *work) *search {
	s := &search{m: m, work: w, stack: make([][]uint64, m.n+1)}
	for k := range s.stack {
		s.stack[k] = make([]uint64, len(m.full))
	}
	for i := range s.weight {
		s.weight[i] = 1
	}
	s.free()
	return s
}

// free takes all bounds away.
func (s *search) free() {
	s.maxEnd, s.spans, s.skip = math.MaxInt64, spans{}, 0
	for i := range s.only {
		s.only[i], s.below[i], s.onDay[i] = -1, math.MaxInt32, -1
	}
}

// run searches a set of days and reports whether found said to stop, or the work limit was met.
func (s *search) run(set []int32) bool {
	s.begin(set)
	switch {
	case s.pick(0) < 0:
		return false
	case s.spans.limit > 0:
		return s.chooseFirst(0)
	}
	return s.descend(0)
}

// begin fills the first level of the stack.
func (s *search) begin(set []int32) {
	s.set, s.done, s.goal = set, s.skip, s.m.n-bits.OnesCount32(s.skip)
	s.spans = spans{limit: s.spans.limit, lastEnd: s.spans.lastEnd}
	s.work.steps++
	words := int64(0)
	for _, d := range set {
		from, until := s.m.block(d)
		words += int64(until - from)
	}
	s.looks = words/wordsPerLook + 1
	s.work.look(s.looks)
	for _, d := range set {
		from, until := s.m.block(d)
		copy(s.stack[0][from:until], s.m.full[from:until])
		if s.m.shapes[d].maxEnd > s.maxEnd {
			s.drop(s.stack[0], from, until, func(v int32) bool { return s.m.values[v].end > s.maxEnd })
		}
		for i := range s.m.n {
			from, until := s.m.span(d, i)
			if on := s.onDay[i]; on >= 0 && on != d {
				clear(s.stack[0][from:until])
			}
			if only := s.only[i]; only >= 0 {
				s.drop(s.stack[0], from, until, func(v int32) bool { return v != only })
			} else if below := s.below[i]; below < math.MaxInt32 {
				s.drop(s.stack[0], from, until, func(v int32) bool { return v >= below })
			}
		}
	}
}

// drop removes the values that gone names from a range of words.
func (s *search) drop(words []uint64, from, until int32, gone func(v int32) bool) {
	for w := from; w < until; w++ {
		s.work.look(int64(bits.OnesCount64(words[w])))
		for rest := words[w]; rest != 0; rest &= rest - 1 {
			bit := bits.TrailingZeros64(rest)
			if gone(s.m.base[w] + int32(bit)) {
				words[w] &^= 1 << bit
			}
		}
	}
}

// descend chooses for one examination after another.
func (s *search) descend(depth int) bool {
	if depth == s.goal {
		return s.found(s)
	}
	i := s.pick(depth)
	if i < 0 {
		return false
	}
	for _, d := range s.set {
		from, until := s.m.span(d, i)
		for w := from; w < until; w++ {
			for rest := s.stack[depth][w]; rest != 0; rest &= rest - 1 {
				v := s.m.base[w] + int32(bits.TrailingZeros64(rest))
				if s.work.over() {
					return true
				}
				if s.try(depth, v) {
					return true
				}
			}
		}
	}
	return false
}

// try chooses v, searches on, and takes it back.
func (s *search) try(depth int, v int32) bool {
	before := s.spans
	if !s.extend(v) {
		s.spans = before
		return false
	}
	s.choose(depth, v)
	stop := (s.spans.limit == 0 || s.trim(s.stack[depth+1])) && s.descend(depth+1)
	s.undo(v, before)
	return stop
}

// undo takes v back; the limit, which solutions lower, stays.
func (s *search) undo(v int32, before spans) {
	s.done &^= 1 << s.m.values[v].exam
	before.limit = s.spans.limit
	s.spans = before
}

// choose sets v and fills the next level of the stack with what goes with it.
func (s *search) choose(depth int, v int32) {
	m, x := s.m, &s.m.values[v]
	s.work.steps++
	s.work.look(s.looks)
	s.chosen[x.exam] = v
	s.done |= 1 << x.exam
	src, dst := s.stack[depth], s.stack[depth+1]
	linked := m.rules.linked[x.exam] &^ s.done
	for _, d := range s.set {
		from, until := m.block(d)
		if d == x.day {
			for k, word := range m.row(v, s.work) {
				dst[int(from)+k] = src[int(from)+k] & word
			}
			continue
		}
		copy(dst[from:until], src[from:until])
		for rest := linked; rest != 0; rest &= rest - 1 {
			s.across(dst, v, d, bits.TrailingZeros32(rest))
		}
	}
}

// across removes the values of examination j on another day that do not go with v. Far from v only the order matters.
func (s *search) across(words []uint64, v, d int32, j int) {
	m, x := s.m, &s.m.values[v]
	from, until := m.span(d, j)
	apart := m.days[d] - m.days[x.day]
	if max(apart, -apart) < m.rules.reachDays[x.exam][j] {
		s.drop(words, from, until, func(u int32) bool { return !m.rules.agree(m, v, u) })
		return
	}
	if apart > 0 && m.rules.order[j][x.exam] != none || apart < 0 && m.rules.order[x.exam][j] != none {
		clear(words[from:until])
	}
}

// pick returns the examination to choose for next, or -1 where one has no value left.
func (s *search) pick(depth int) int {
	best, bestCount := -1, int64(0)
	s.work.look(s.looks)
	for i := range s.m.n {
		if s.done>>i&1 != 0 {
			continue
		}
		count := int64(0)
		for _, d := range s.set {
			from, until := s.m.span(d, i)
			for w := from; w < until; w++ {
				count += int64(bits.OnesCount64(s.stack[depth][w]))
			}
		}
		if count == 0 {
			s.weight[i]++
			return -1
		}
		if best < 0 || count*s.weight[best] < bestCount*s.weight[i] {
			best, bestCount = i, count
		}
	}
	return best
}
