package exam

import "math/bits"

// chooseFirst decides for each day of the set, before anything else, which value begins it: that fixes one end of the
// day's span, and the values that would make the spans too long go at once. Every day of the set is used, for a smaller
// set has been ruled out before.
func (s *search) chooseFirst(depth int) bool {
	place := s.nextPlace(depth)
	if place < 0 {
		return s.descend(depth)
	}
	m, d := s.m, s.set[place]
	starts := m.shapes[d].starts
	for k := len(starts) - 1; k >= 0; k-- { // latest first: short spans lie there
		v := starts[k]
		s.work.look(1)
		if !s.has(depth, v) {
			continue
		}
		if s.work.over() {
			return true
		}
		before := s.spans
		if !s.open(place, v) {
			s.spans = before
			continue
		}
		s.choose(depth, v)
		s.dropBefore(s.stack[depth+1], d, m.values[v].start)
		stop := s.trim(s.stack[depth+1]) && (depth+1 == s.goal || s.pick(depth+1) >= 0) && s.chooseFirst(depth+1)
		s.undo(v, before)
		if stop {
			return true
		}
	}
	return false
}

// nextPlace returns the place in the set, of those without a first value, that has the fewest values; -1 if none is left.
func (s *search) nextPlace(depth int) int {
	best, bestCount := -1, 0
	s.work.look(s.looks)
	for t, d := range s.set {
		if s.spans.fixed>>t&1 != 0 {
			continue
		}
		count := 0
		for i := range s.m.n {
			if s.done>>i&1 != 0 {
				continue
			}
			from, until := s.m.span(d, i)
			for w := from; w < until; w++ {
				count += bits.OnesCount64(s.stack[depth][w])
			}
		}
		if best < 0 || count < bestCount {
			best, bestCount = t, count
		}
	}
	return best
}

// has reports whether v can still be chosen.
func (s *search) has(depth int, v int32) bool {
	x := &s.m.values[v]
	if s.done>>x.exam&1 != 0 {
		return false
	}
	from, _ := s.m.span(x.day, int(x.exam))
	k := v - s.m.base[from]
	return s.stack[depth][from+k/64]>>(k%64)&1 != 0
}

// open makes v the first of its day. It reports whether the spans still keep their limit.
func (s *search) open(place int, v int32) bool {
	p, x := &s.spans, &s.m.values[v]
	p.begin[place], p.end[place] = x.start, x.end
	if place == len(s.set)-1 {
		p.end[place] = max(x.end, p.lastEnd)
	}
	p.fixed |= 1 << place
	p.total += p.end[place] - p.begin[place]
	return p.total <= p.limit
}

// extend prolongs the span of v's day. It reports whether the spans still keep their limit.
func (s *search) extend(v int32) bool {
	p, x := &s.spans, &s.m.values[v]
	if p.limit == 0 {
		return true
	}
	for t, d := range s.set {
		if d == x.day && x.end > p.end[t] {
			p.total += x.end - p.end[t]
			p.end[t] = x.end
		}
	}
	return p.total <= p.limit
}

// dropBefore removes the values of a day that start before its first.
func (s *search) dropBefore(words []uint64, d int32, start int64) {
	from, until := s.m.block(d)
	s.drop(words, from, until, func(v int32) bool { return s.m.values[v].start < start })
}

// trim removes the values that would make the spans longer than the limit, and reports whether the limit can still be kept. A day's
// span is at least the length of the examinations that are on it or can be nowhere else, so the rest of the limit is what
// the other days can have.
func (s *search) trim(words []uint64) bool {
	p := &s.spans
	s.work.look(s.looks)
	need := s.needs(words)
	slack := p.limit
	for t := range s.set {
		need[t] = max(need[t], p.end[t]-p.begin[t])
		slack -= need[t]
	}
	if slack < 0 {
		return false
	}
	for t, d := range s.set {
		end := p.begin[t] + need[t] + slack
		if p.fixed>>t&1 == 0 || s.m.shapes[d].maxEnd <= end {
			continue
		}
		from, until := s.m.block(d)
		s.drop(words, from, until, func(v int32) bool { return s.m.values[v].end > end })
	}
	return true
}

// needs returns, by place in the set, the minutes of the examinations that are on that day or can be nowhere else.
func (s *search) needs(words []uint64) (need [MaxExams]int64) {
	for i := range s.m.n {
		if s.skip>>i&1 != 0 {
			continue
		}
		place, places := 0, 0
		for t, d := range s.set {
			if s.done>>i&1 != 0 {
				if s.m.values[s.chosen[i]].day == d {
					place, places = t, 1
				}
				continue
			}
			from, until := s.m.span(d, i)
			for w := from; w < until; w++ {
				if words[w] != 0 {
					place, places = t, places+1
					break
				}
			}
		}
		if places == 1 {
			need[place] += s.m.rules.minutes[i]
		}
	}
	return need
}
