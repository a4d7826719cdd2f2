package allocate

import "math"

// assignSearch is the scratch of one search for a cheapest path, after Dijkstra. Keys are lengths with the prices already counted, so
// that they never fall along a path within a tier (Edmonds and Karp 1972, "Theoretical improvements in algorithmic efficiency for
// network flow problems").
type assignSearch struct {
	nodes   []searchNode // by slot
	round   uint32
	heap    []searchEntry
	settled []int32 // slots, in order of their keys
	stage   uint8   // the tier that is looked at
	end     searchEnd
	bound   int64 // the cost of the end; keys above it are of no use
}

// searchNode is what a search knows of a slot; it means something where round is the search's.
type searchNode struct {
	key   worth
	who   int32 // who would move along via
	via   int32
	round uint32
	done  bool
}

type searchEntry struct {
	key  worth
	slot int32
}

// searchEnd is the cheapest end of a path yet.
type searchEnd struct {
	found bool
	key   worth
	slot  int32 // where the path ends; -1 for a patient who gets no slot at once
	who   int32 // who leaves or enters there, -1 for nobody
	via   int32
}

func (l *assignSearch) begin(stage uint8) {
	l.round++
	if l.round == 0 { // after 2^32 searches the marks of the first ones would come alive again
		clear(l.nodes)
		l.round = 1
	}
	l.heap, l.settled, l.stage, l.end = l.heap[:0], l.settled[:0], stage, searchEnd{}
	l.bound = math.MaxInt64
}

// offer takes an end if it is the cheapest yet. Of equal ones the first: which one that is decides nothing, as the answer is the only
// one of its worth or is not given.
func (l *assignSearch) offer(key worth, slot, who, via int32) {
	if !l.end.found || key.less(l.end.key) {
		l.end = searchEnd{true, key, slot, who, via}
		l.bound = key.cost
	}
}

// reach notes a way to a slot.
func (l *assignSearch) reach(slot int32, key worth, who, via int32) {
	n := &l.nodes[slot]
	if n.round == l.round && (n.done || !key.less(n.key)) {
		return
	}
	*n = searchNode{key: key, who: who, via: via, round: l.round}
	l.push(searchEntry{key, slot})
}

// settle takes the nearest slot that is not settled, if it is nearer than the end.
func (l *assignSearch) settle() (int32, worth, bool) {
	for len(l.heap) > 0 {
		top := l.heap[0]
		if l.end.found && !top.key.less(l.end.key) {
			return 0, worth{}, false
		}
		l.pop()
		n := &l.nodes[top.slot]
		if n.done || n.key != top.key {
			continue
		}
		n.done = true
		l.settled = append(l.settled, top.slot)
		return top.slot, top.key, true
	}
	return 0, worth{}, false
}

// The heap is a plain binary one; entries that a nearer way made stale are skipped when they come up.
func (l *assignSearch) push(x searchEntry) {
	l.heap = append(l.heap, x)
	h, at := l.heap, len(l.heap)-1
	for at > 0 {
		up := (at - 1) / 2
		if !x.key.less(h[up].key) {
			break
		}
		h[at] = h[up]
		at = up
	}
	h[at] = x
}

func (l *assignSearch) pop() {
	last := len(l.heap) - 1
	x := l.heap[last]
	l.heap = l.heap[:last]
	h, at := l.heap, 0
	for {
		down := 2*at + 1
		if down >= last {
			break
		}
		if down+1 < last && h[down+1].key.less(h[down].key) {
			down++
		}
		if !h[down].key.less(x.key) {
			break
		}
		h[at] = h[down]
		at = down
	}
	if last > 0 {
		h[at] = x
	}
}
