package allocate

// search is the scratch of one search for a nearest node.
type flowSearch struct {
	levels  int
	dist    []int64 // levels per node
	via     []int32 // the step by which a node was reached
	mark    []uint32
	place   []int32 // in the heap; -1: settled
	round   uint32
	heap    []int32
	settled []int32
	trial   []int64
}

func (s *flowSearch) size(nodes, levels int) {
	*s = flowSearch{
		levels: levels, dist: make([]int64, nodes*levels), via: make([]int32, nodes),
		mark: make([]uint32, nodes), place: make([]int32, nodes), trial: make([]int64, levels),
	}
}

func (s *flowSearch) distance(v int32) []int64 {
	at := int(v) * s.levels
	return s.dist[at : at+s.levels : at+s.levels]
}

func (s *flowSearch) begin(from int32) {
	s.round++
	if s.round == 0 { // after 2^32 searches the marks of the first ones would come alive again
		clear(s.mark)
		s.round = 1
	}
	s.heap, s.settled = s.heap[:0], s.settled[:0]
	clear(s.trial)
	s.reach(from, -1)
}

func (s *flowSearch) done(v int32) bool { return s.mark[v] == s.round && s.place[v] < 0 }

// reach notes a way to a node of length trial, if it is the nearest yet.
func (s *flowSearch) reach(v, step int32) {
	d := s.distance(v)
	if s.mark[v] != s.round {
		s.mark[v] = s.round
		s.place[v] = int32(len(s.heap))
		s.heap = append(s.heap, v)
	} else if s.place[v] < 0 || !less(s.trial, d) {
		return
	}
	copy(d, s.trial)
	s.via[v] = step
	s.up(s.place[v])
}

// settle takes the nearest node off the heap, or returns -1.
func (s *flowSearch) settle() int32 {
	if len(s.heap) == 0 {
		return -1
	}
	v := s.heap[0]
	last := s.heap[len(s.heap)-1]
	s.heap = s.heap[:len(s.heap)-1]
	if last != v {
		s.heap[0], s.place[last] = last, 0
		s.down(0)
	}
	s.place[v] = -1
	s.settled = append(s.settled, v)
	return v
}

// less compares level by level.
func less(a, b []int64) bool {
	for k := range a {
		if a[k] != b[k] {
			return a[k] < b[k]
		}
	}
	return false
}

func (s *flowSearch) before(v, w int32) bool { return less(s.distance(v), s.distance(w)) }

func (s *flowSearch) up(at int32) {
	v := s.heap[at]
	for at > 0 {
		above := (at - 1) / 2
		w := s.heap[above]
		if !s.before(v, w) {
			break
		}
		s.heap[at], s.place[w] = w, at
		at = above
	}
	s.heap[at], s.place[v] = v, at
}

func (s *flowSearch) down(at int32) {
	v := s.heap[at]
	for {
		below := 2*at + 1
		if below >= int32(len(s.heap)) {
			break
		}
		if next := below + 1; next < int32(len(s.heap)) && s.before(s.heap[next], s.heap[below]) {
			below = next
		}
		w := s.heap[below]
		if !s.before(w, v) {
			break
		}
		s.heap[at], s.place[w] = w, at
		at = below
	}
	s.heap[at], s.place[v] = v, at
}
