package allocate_test

import (
	"container/heap"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// naive is successive shortest paths as a textbook has it: an explicit network, Dijkstra with potentials from the source until the sink is
// reached, one patient after another. It knows LeastCost without quotas, and no hashes. It is the oracle for large worlds and the
// baseline of the benchmarks.
type naive struct {
	to, rest []int32 // arcs in pairs: 2k and its reverse
	cost     []int64
	at       [][]int32 // arcs by node
	height   []int64   // potentials
	dist     []int64
	via      []int32
	done     []bool
	touched  []int32
}

func (g *naive) arc(from, to, capacity int32, cost int64) {
	k := int32(len(g.to))
	g.to, g.rest, g.cost = append(g.to, to, from), append(g.rest, capacity, 0), append(g.cost, cost, -cost)
	g.at[from], g.at[to] = append(g.at[from], k), append(g.at[to], k+1)
}

func newNaive(r allocate.AssignRound) *naive {
	n, m := len(r.Patients), len(r.Slots)
	nodes := n + m + 1
	g := &naive{at: make([][]int32, nodes), height: make([]int64, nodes), dist: make([]int64, nodes), via: make([]int32, nodes), done: make([]bool, nodes)}
	number := map[string]int32{}
	for j, s := range r.Slots {
		number[s.ID] = int32(n + j)
		g.arc(int32(n+j), int32(n+m), int32(s.Capacity), 0)
	}
	for i, p := range r.Patients {
		g.arc(int32(i), int32(n+m), 1, p.UnassignedCost)
		g.height[i] = p.UnassignedCost
		for _, o := range p.Options {
			g.arc(int32(i), number[o.Slot], 1, o.Cost)
			g.height[i] = min(g.height[i], o.Cost)
		}
	}
	for v := range g.dist {
		g.dist[v] = 1 << 62
	}
	return g
}

type naiveItem struct {
	dist int64
	node int32
}

type naiveQueue []naiveItem

func (q naiveQueue) Len() int           { return len(q) }
func (q naiveQueue) Less(i, j int) bool { return q[i].dist < q[j].dist }
func (q naiveQueue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *naiveQueue) Push(x any)        { *q = append(*q, x.(naiveItem)) }
func (q *naiveQueue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}

// solve returns the least cost.
func (g *naive) solve(patients int) int64 {
	total := int64(0)
	for i := range patients {
		total += g.augment(int32(i))
	}
	return total
}

func (g *naive) augment(from int32) int64 {
	sink := int32(len(g.at) - 1)
	queue := naiveQueue{{0, from}}
	g.dist[from] = 0
	g.touched = append(g.touched[:0], from)
	for {
		x := heap.Pop(&queue).(naiveItem)
		if g.done[x.node] {
			continue
		}
		g.done[x.node] = true
		if x.node == sink {
			break
		}
		for _, k := range g.at[x.node] {
			v := g.to[k]
			d := x.dist + g.cost[k] + g.height[v] - g.height[x.node]
			if g.rest[k] == 0 || d >= g.dist[v] {
				continue
			}
			if g.dist[v] == 1<<62 {
				g.touched = append(g.touched, v)
			}
			g.dist[v], g.via[v] = d, k
			heap.Push(&queue, naiveItem{d, v})
		}
	}
	far := g.dist[sink]
	for _, v := range g.touched {
		if g.done[v] {
			g.height[v] += far - g.dist[v]
		}
		g.dist[v], g.done[v] = 1<<62, false
	}
	cost := int64(0)
	for v := sink; v != from; v = g.to[g.via[v]^1] {
		k := g.via[v]
		g.rest[k]--
		g.rest[k^1]++
		cost += g.cost[k]
	}
	return cost
}
