package allocate

// solve finds a flow of least cost, starting from the flow and the potentials of the last solve. It calls goOn, if it is not nil,
// before each path and stops with errStopped when that says no. After an error the flow means nothing, but solve may be called again.
func (n *flowNetwork) solve(goOn func() bool) error {
	if n.first == nil {
		n.link()
		n.search.size(len(n.supply), n.levels)
	}
	if !n.known {
		n.guess()
		n.known = true
	}
	excess := n.repair()
	for v := range excess {
		for excess[v] > 0 {
			if goOn != nil && !goOn() {
				return errStopped
			}
			end := n.shortest(int32(v), excess)
			if end < 0 {
				return errInfeasible
			}
			n.push(int32(v), end, excess)
		}
	}
	return nil
}

// guess makes potentials under which no arc is negative, if the arcs run in no circle: what a unit costs from a node on if
// capacities do not matter. With circles it stops in between, which costs time later and nothing else.
func (n *flowNetwork) guess() {
	for range 8 {
		changed := false
		seen := make([]bool, len(n.supply))
		for a := len(n.tail) - 1; a >= 0; a-- {
			v := n.tail[a]
			from, to, cost := n.potentialOf(v), n.potentialOf(n.head[a]), n.costOf(int32(a))
			if n.capacity[a] == 0 || seen[v] && n.reducedSign(int32(a)) >= 0 {
				continue
			}
			for k := range from {
				if from[k] != cost[k]+to[k] {
					from[k], changed = cost[k]+to[k], true
				}
			}
			seen[v] = true
		}
		if !changed {
			return
		}
	}
}

// repair brings every arc's flow to what its reduced cost says, and returns what each node then has too much of.
func (n *flowNetwork) repair() []int64 {
	excess := append([]int64(nil), n.supply...)
	for a := range n.tail {
		sign := n.reducedSign(int32(a))
		switch {
		case sign > 0:
			n.flow[a] = 0
		case sign < 0 || n.flow[a] > n.capacity[a]:
			n.flow[a] = n.capacity[a]
		}
		excess[n.tail[a]] -= n.flow[a]
		excess[n.head[a]] += n.flow[a]
	}
	return excess
}

// push sends along the path that the search found as much as it carries, and raises the potentials of all that was nearer than its end.
func (n *flowNetwork) push(from, end int32, excess []int64) {
	s := &n.search
	far := s.distance(end)
	for _, v := range s.settled {
		p, d := n.potentialOf(v), s.distance(v)
		for k := range p {
			p[k] += far[k] - d[k]
		}
	}
	amount := min(excess[from], -excess[end])
	for v := end; v != from; v = n.other(s.via[v]) {
		amount = min(amount, n.room(s.via[v]))
	}
	for v := end; v != from; v = n.other(s.via[v]) {
		if end := s.via[v]; end&1 == 0 {
			n.flow[end>>1] += amount
		} else {
			n.flow[end>>1] -= amount
		}
	}
	excess[from] -= amount
	excess[end] += amount
}

// A step is an arc and a direction: 2a along arc a, 2a+1 against it.

// other returns where a step comes from.
func (n *flowNetwork) other(step int32) int32 {
	if step&1 == 0 {
		return n.tail[step>>1]
	}
	return n.head[step>>1]
}

// room returns how much more a step carries.
func (n *flowNetwork) room(step int32) int64 {
	if step&1 == 0 {
		return n.capacity[step>>1] - n.flow[step>>1]
	}
	return n.flow[step>>1]
}

// shortest finds the nearest node that lacks something, or -1.
func (n *flowNetwork) shortest(from int32, excess []int64) int32 {
	s := &n.search
	s.begin(from)
	for {
		v := s.settle()
		if v < 0 {
			return -1
		}
		if excess[v] < 0 {
			s.settled = s.settled[:len(s.settled)-1]
			return v
		}
		base, here := s.distance(v), n.potentialOf(v)
		for _, step := range n.star[n.first[v]:n.first[v+1]] {
			if n.room(step) == 0 {
				continue
			}
			w, sign := n.head[step>>1], int64(1)
			if step&1 == 1 {
				w, sign = n.tail[step>>1], -1
			}
			if s.done(w) {
				continue
			}
			cost, there := n.costOf(step>>1), n.potentialOf(w)
			for k := range s.trial {
				s.trial[k] = base[k] + sign*cost[k] + there[k] - here[k]
			}
			s.reach(w, step)
		}
	}
}
