package allocate

// unique reports whether no circle of changes costs nothing, so that no other answer is as good. A change takes a patient from one
// node to another: slots, gates, and beyond them all the outside. It is called when the certificate is known to prove the answer best;
// then exactly the changes that cost nothing are left to be looked at.
//
// From a gate to its slot, from a slot to the outside, and from being left without within a channel to the outside, flow can grow or
// shrink for nothing where the price is zero and the limit is not met. Where it can do both, the two are one node. What is left are
// arrows, and other answers are circles of them (the difference of two flows falls apart into circles).
func (v *assignVerifier) unique() bool {
	p, q := v.p, &v.p.quotas
	slots, gates := len(p.slots), len(q.gates)
	outside := int32(slots + gates + len(q.channels))
	g := &tieGraph{root: make([]int32, outside+1)}
	for k := range g.root {
		g.root[k] = int32(k)
	}
	node := &v.cert.Nodes[0]
	zero := func(prices []int64, k int) bool { return firstSign(prices[k*v.levels:(k+1)*v.levels]) == 0 }
	for j := range slots {
		if zero(node.Slots, j) {
			g.connect(int32(j), outside, v.fill[j] < int64(p.capacity[j]), v.fill[j] > 0)
		}
	}
	for k, gate := range q.gates {
		if zero(node.Gates, k) {
			g.connect(int32(slots+k), gate.slot, v.gateFill[k] < int64(gate.most), v.gateFill[k] > 0)
		}
	}
	given := make([]int64, len(q.channels))
	for i, a := range v.at {
		if c := q.of(int32(i)); c >= 0 && a >= 0 {
			given[c]++
		}
	}
	for c := range q.channels {
		if zero(node.Channels, c) {
			g.connect(int32(slots+gates+c), outside, true, q.whole[c] < 0 || given[c] < int64(q.whole[c]))
		}
	}
	entry := func(i, a int32) int32 {
		c := q.of(i)
		if a < 0 {
			if c >= 0 {
				return int32(slots+gates) + c
			}
			return outside
		}
		if c >= 0 {
			if k := q.gate(p.arcs[a].slot, c); k >= 0 {
				return int32(slots) + k
			}
		}
		return p.arcs[a].slot
	}
	for _, t := range v.ties {
		if at := v.at[t.patient]; at != t.arc {
			g.arrows = append(g.arrows, [2]int32{entry(t.patient, at), entry(t.patient, t.arc)})
		}
	}
	return g.acyclic()
}

// tieGraph is a graph of nodes that may be merged, and arrows.
type tieGraph struct {
	root   []int32
	arrows [][2]int32
}

func (g *tieGraph) find(k int32) int32 {
	for g.root[k] != k {
		g.root[k] = g.root[g.root[k]]
		k = g.root[k]
	}
	return k
}

// connect notes that flow from one node to the next can grow for nothing, or shrink, or both.
func (g *tieGraph) connect(from, to int32, grow, shrink bool) {
	switch {
	case grow && shrink:
		g.root[g.find(from)] = g.find(to)
	case grow:
		g.arrows = append(g.arrows, [2]int32{from, to})
	case shrink:
		g.arrows = append(g.arrows, [2]int32{to, from})
	}
}

// acyclic takes away nodes that no arrow enters, until none is left (Kahn 1962, "Topological sorting of large networks").
func (g *tieGraph) acyclic() bool {
	n := len(g.root)
	first, entering := make([]int32, n+1), make([]int32, n)
	for k := range g.arrows {
		a := &g.arrows[k]
		a[0], a[1] = g.find(a[0]), g.find(a[1])
		first[a[0]+1]++
		entering[a[1]]++
	}
	for k := range n {
		first[k+1] += first[k]
	}
	heads := make([]int32, len(g.arrows))
	next := append([]int32(nil), first...)
	for _, a := range g.arrows {
		heads[next[a[0]]] = a[1]
		next[a[0]]++
	}
	var free []int32
	for k := range n {
		if entering[k] == 0 {
			free = append(free, int32(k))
		}
	}
	gone := 0
	for ; len(free) > 0; gone++ {
		k := free[len(free)-1]
		free = free[:len(free)-1]
		for _, h := range heads[first[k]:first[k+1]] {
			if entering[h]--; entering[h] == 0 {
				free = append(free, h)
			}
		}
	}
	return gone == n
}
