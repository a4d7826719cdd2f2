package exam

import (
	"math/bits"
	"slices"
)

// daySpans knows how short a day with given examinations can be, the rules between days apart: a lower bound for every
// itinerary that does these, and perhaps more, on that day.
type daySpans struct {
	one   *search
	known map[uint64]knownSpan
}

// knownSpan is the least span; where not exact, it is at least so long.
type knownSpan struct {
	minutes int64
	exact   bool
}

// of returns the least span of a day with the examinations of the mask, or, where that is above limit, anything above limit
// that it is not below.
func (k *daySpans) of(d int32, mask uint32, lastEnd, limit int64) int64 {
	key := uint64(d)<<MaxExams | uint64(mask)
	if x := k.known[key]; x.exact || x.minutes > limit {
		return x.minutes
	}
	if limit < 1 {
		return 1 // no examination takes less
	}
	x := knownSpan{minutes: limit + 1}
	s := k.one
	s.skip = (1<<s.m.n - 1) &^ mask
	s.spans = spans{limit: limit, lastEnd: lastEnd}
	s.found = func(s *search) bool {
		x = knownSpan{s.spans.total, true}
		s.spans.limit = s.spans.total - 1
		return s.spans.limit == 0
	}
	s.run([]int32{d})
	if !s.work.over() {
		k.known[key] = x
	}
	return x.minutes
}

// spreading is one walk over the ways to spread the examinations over a set of days.
type spreading struct {
	v      *solver
	set    []int32
	order  []int // examinations, those with the fewest days first
	places [MaxExams]uint32
	masks  [MaxExams]uint32 // by place: examinations put there
	least  [MaxExams]int64  // by place: least span of those
}

// spread searches a set of days within the limit of spans: it puts each examination on a day as long as the least spans
// of the days allow, and then searches with the days fixed. It reports whether found said to stop, or the work limit was met.
func (v *solver) spread(set []int32) bool {
	p := &spreading{v: v, set: set}
	v.s.begin(set)
	for i := range v.m.n {
		for t, d := range set {
			from, until := v.m.span(d, i)
			if slices.ContainsFunc(v.s.stack[0][from:until], func(w uint64) bool { return w != 0 }) {
				p.places[i] |= 1 << t
			}
		}
		if p.places[i] == 0 {
			return false
		}
		p.order = append(p.order, i)
	}
	slices.SortStableFunc(p.order, func(i, j int) int { return bits.OnesCount32(p.places[i]) - bits.OnesCount32(p.places[j]) })
	stop := p.put(0)
	for i := range v.m.n {
		v.s.onDay[i] = -1
	}
	return stop
}

func (p *spreading) put(k int) bool {
	if k == len(p.order) {
		for t := range p.set {
			if p.masks[t] == 0 {
				return false // fewer days have been ruled out
			}
		}
		return p.search()
	}
	i := p.order[k]
	for t, d := range p.set {
		if p.places[i]>>t&1 == 0 {
			continue
		}
		p.v.work.steps++
		if p.v.work.over() {
			return true
		}
		mask, least := p.masks[t], p.least[t]
		if p.fits(t, i) && p.grow(t, i) {
			p.v.s.onDay[i] = d
			if p.put(k + 1) {
				return true
			}
		}
		p.masks[t], p.least[t] = mask, least
	}
	return false
}

// search looks with the days of all examinations fixed: first for spans as short as each day could have by itself, which is
// there to be found unless a rule between the days forbids it, then for what the limit leaves.
func (p *spreading) search() bool {
	s := p.v.s
	limit, least := s.spans.limit, int64(0)
	for t := range p.set {
		least += p.least[t]
	}
	s.spans.limit = least
	if s.run(p.set) {
		return true
	}
	if s.spans.limit < least {
		return false // found, and nothing here is shorter
	}
	s.spans.limit = limit
	return limit > least && s.run(p.set)
}

// fits reports whether examination i on the day of a place goes, two at a time, with those that have a day already.
func (p *spreading) fits(t, i int) bool {
	for o, day := range p.set {
		for rest := p.masks[o]; rest != 0; rest &= rest - 1 {
			j := bits.TrailingZeros32(rest)
			if o == t && p.v.m.pairs(day, p.v.work)[i]>>j&1 == 0 || o != t && p.v.m.rules.linked[i]>>j&1 != 0 && !p.v.sets.pairAcross(i, p.set[t], j, day) {
				return false
			}
		}
	}
	return true
}

// grow adds examination i at a place and reports whether the days can still keep the limit.
func (p *spreading) grow(t, i int) bool {
	others, lastEnd := int64(0), int64(0)
	for o := range p.set {
		if o != t {
			others += p.least[o]
		}
	}
	if t == len(p.set)-1 {
		lastEnd = p.v.s.spans.lastEnd
	}
	limit := p.v.s.spans.limit
	p.masks[t] |= 1 << i
	p.least[t] = p.v.days.of(p.set[t], p.masks[t], lastEnd, limit-others)
	return p.least[t]+others <= limit
}
