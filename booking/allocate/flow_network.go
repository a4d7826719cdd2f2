package allocate

import "errors"

// errInfeasible: the supplies cannot be met.
var errInfeasible = errors.New("allocate: the supplies cannot be met")

// errStopped: the caller's function said to stop.
var errStopped = errors.New("allocate: stopped by the caller")

// flowNetwork is a network and a flow in it, whose costs are vectors of whole numbers compared level by level: no amount of a lower level
// outweighs a unit of a higher one. solve finds a flow of least cost and potentials that prove it: every arc with room left has a
// reduced cost of at least zero, every arc that is used one of at most zero. The reduced cost of an arc is its cost and the potential of its
// head, less that of its tail.
//
// It sends flow along cheapest paths, one after another (Jewell 1958; Iri 1960; Busacker and Gowen 1960), with Dijkstra's search on reduced
// costs (Edmonds and Karp 1972; Tomizawa 1971), which needs of costs only that they can be added and compared so that adding keeps the
// order. It keeps flow and potentials, so that after a small change it takes little time. A lower bound is an arc of that capacity with cost
// −1 on a level above all others, beside one for the rest. Nodes and arcs are numbered by int32; nodes × the greatest cost, and
// total flow × the greatest cost, must fit in 64 bits on every level. Each path costs O(arcs × log nodes × levels) at worst, and there is at
// most one for every unit of flow.
type flowNetwork struct {
	levels   int
	tail     []int32
	head     []int32
	capacity []int64
	flow     []int64
	cost     []int64 // levels per arc

	supply    []int64 // by node
	potential []int64 // levels per node
	known     bool    // the potentials are of an earlier solve

	// The arcs at node v are star[first[v]:first[v+1]]: arc a as 2a where it leaves v, 2a+1 where it enters.
	first []int32
	star  []int32

	search flowSearch
}

// newFlowNetwork returns a network without arcs. Nodes are 0 to nodes−1; costs have levels places.
func newFlowNetwork(nodes, levels int) *flowNetwork {
	return &flowNetwork{levels: levels, supply: make([]int64, nodes), potential: make([]int64, nodes*levels)}
}

// arc adds an arc and returns its number: 0, 1, 2... Capacity is 0 or more; cost has a place for each level, missing ones are 0.
func (n *flowNetwork) arc(tail, head int32, capacity int64, cost ...int64) int32 {
	a := int32(len(n.tail))
	n.tail, n.head = append(n.tail, tail), append(n.head, head)
	n.capacity, n.flow = append(n.capacity, capacity), append(n.flow, 0)
	for k := range n.levels {
		if k < len(cost) {
			n.cost = append(n.cost, cost[k])
		} else {
			n.cost = append(n.cost, 0)
		}
	}
	n.first = nil
	return a
}

// setSupply sets what enters at a node, or leaves it where it is negative.
func (n *flowNetwork) setSupply(node int32, amount int64) { n.supply[node] = amount }

// setCapacity changes what an arc can carry; the next solve sees to what it carried beyond.
func (n *flowNetwork) setCapacity(arc int32, capacity int64) { n.capacity[arc] = capacity }

// capacityOf returns what an arc can carry.
func (n *flowNetwork) capacityOf(arc int32) int64 { return n.capacity[arc] }

// costOf returns the cost of an arc, to be read or changed in place, a number for each level.
func (n *flowNetwork) costOf(arc int32) []int64 {
	at := int(arc) * n.levels
	return n.cost[at : at+n.levels : at+n.levels]
}

// flowOn returns what an arc carries.
func (n *flowNetwork) flowOn(arc int32) int64 { return n.flow[arc] }

// potentialOf returns the potential of a node, a number for each level, sharing memory with the network.
func (n *flowNetwork) potentialOf(node int32) []int64 {
	at := int(node) * n.levels
	return n.potential[at : at+n.levels : at+n.levels]
}

// total returns the cost of the flow, a number for each level.
func (n *flowNetwork) total() []int64 {
	total := make([]int64, n.levels)
	for a, f := range n.flow {
		for k, c := range n.costOf(int32(a)) {
			total[k] += f * c
		}
	}
	return total
}

// reducedSign returns the sign of the reduced cost of an arc.
func (n *flowNetwork) reducedSign(a int32) int {
	cost, from, to := n.costOf(a), n.potentialOf(n.tail[a]), n.potentialOf(n.head[a])
	for k, c := range cost {
		switch r := c + to[k] - from[k]; {
		case r < 0:
			return -1
		case r > 0:
			return 1
		}
	}
	return 0
}

// link lists the arcs at each node.
func (n *flowNetwork) link() {
	nodes := len(n.supply)
	n.first = make([]int32, nodes+1)
	for a := range n.tail {
		n.first[n.tail[a]]++
		n.first[n.head[a]]++
	}
	sum := int32(0)
	for v := range n.first {
		sum += n.first[v]
		n.first[v] = sum
	}
	n.star = make([]int32, 2*len(n.tail))
	for a := len(n.tail) - 1; a >= 0; a-- {
		n.first[n.tail[a]]--
		n.star[n.first[n.tail[a]]] = int32(2 * a)
		n.first[n.head[a]]--
		n.star[n.first[n.head[a]]] = int32(2*a + 1)
	}
}
