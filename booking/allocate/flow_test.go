package allocate

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

type flowArc struct {
	tail, head int32
	capacity   int64
	cost       []int64
}

// flowWorld is a small network whose flows brute force can list.
type flowWorld struct {
	nodes  int
	arcs   []flowArc
	supply []int64
}

func drawFlowWorld(t *rapid.T) flowWorld {
	w := flowWorld{nodes: rapid.IntRange(2, 4).Draw(t, "nodes")}
	w.supply = make([]int64, w.nodes)
	node := rapid.Int32Range(0, int32(w.nodes-1))
	for range rapid.IntRange(0, 6).Draw(t, "arcs") {
		a := flowArc{tail: node.Draw(t, "tail"), head: node.Draw(t, "head"), capacity: rapid.Int64Range(0, 2).Draw(t, "capacity")}
		for range 2 {
			a.cost = append(a.cost, rapid.Int64Range(-2, 2).Draw(t, "cost"))
		}
		w.arcs = append(w.arcs, a)
	}
	for range rapid.IntRange(0, 2).Draw(t, "units") {
		w.supply[node.Draw(t, "from")]++
		w.supply[node.Draw(t, "to")]--
	}
	return w
}

func (w *flowWorld) network() *flowNetwork {
	n := newFlowNetwork(w.nodes, 2)
	for _, a := range w.arcs {
		n.arc(a.tail, a.head, a.capacity, a.cost...)
	}
	for v, s := range w.supply {
		n.setSupply(int32(v), s)
	}
	return n
}

// brute lists all flows and returns the least cost, if there is a flow at all.
func (w *flowWorld) brute() (least []int64) {
	rest := append([]int64(nil), w.supply...)
	var try func(k int, cost [2]int64)
	try = func(k int, cost [2]int64) {
		if k < len(w.arcs) {
			a := w.arcs[k]
			for f := int64(0); f <= a.capacity; f++ {
				rest[a.tail] -= f
				rest[a.head] += f
				try(k+1, [2]int64{cost[0] + f*a.cost[0], cost[1] + f*a.cost[1]})
				rest[a.tail] += f
				rest[a.head] -= f
			}
			return
		}
		for _, r := range rest {
			if r != 0 {
				return
			}
		}
		if least == nil || cost[0] < least[0] || cost[0] == least[0] && cost[1] < least[1] {
			least = []int64{cost[0], cost[1]}
		}
	}
	try(0, [2]int64{})
	return least
}

// requireSound checks a solved network by the law of flowNetwork: balance, capacities, and reduced costs.
func (w *flowWorld) requireSound(t require.TestingT, n *flowNetwork) {
	rest := append([]int64(nil), w.supply...)
	for k, a := range w.arcs {
		f := n.flowOn(int32(k))
		require.True(t, 0 <= f && f <= a.capacity)
		rest[a.tail] -= f
		rest[a.head] += f
		sign := 0
		for l := 1; l >= 0; l-- {
			if r := a.cost[l] + n.potentialOf(a.head)[l] - n.potentialOf(a.tail)[l]; r < 0 {
				sign = -1
			} else if r > 0 {
				sign = 1
			}
		}
		require.False(t, f < a.capacity && sign < 0 || f > 0 && sign > 0, "arc %d", k)
	}
	for _, r := range rest {
		require.Zero(t, r)
	}
}

func (w *flowWorld) requireLeast(t require.TestingT, n *flowNetwork) {
	err, want := n.solve(nil), w.brute()
	if want == nil {
		require.ErrorIs(t, err, errInfeasible)
		return
	}
	require.NoError(t, err)
	w.requireSound(t, n)
	require.Equal(t, want, n.total())
}

func TestFlowBrute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawFlowWorld(t)
		w.requireLeast(t, w.network())
	})
}

// TestFlowAgain: after changes of costs, capacities and supplies the flow that is kept is brought to the same least cost.
func TestFlowAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawFlowWorld(t)
		n := w.network()
		for range 4 {
			w.requireLeast(t, n)
			for k := range w.arcs {
				a := &w.arcs[k]
				if rapid.Bool().Draw(t, "cost changes") {
					a.cost = []int64{rapid.Int64Range(-2, 2).Draw(t, "cost"), rapid.Int64Range(-2, 2).Draw(t, "cost")}
					copy(n.costOf(int32(k)), a.cost)
				}
				if rapid.Bool().Draw(t, "capacity changes") {
					a.capacity = rapid.Int64Range(0, 2).Draw(t, "capacity")
					n.setCapacity(int32(k), a.capacity)
					require.Equal(t, a.capacity, n.capacityOf(int32(k)))
				}
			}
			if rapid.Bool().Draw(t, "supply changes") {
				v, u := rapid.IntRange(0, w.nodes-1).Draw(t, "more"), rapid.IntRange(0, w.nodes-1).Draw(t, "less")
				w.supply[v]++
				w.supply[u]--
				n.setSupply(int32(v), w.supply[v])
				n.setSupply(int32(u), w.supply[u])
			}
		}
	})
}

func TestFlowStops(t *testing.T) {
	n := newFlowNetwork(2, 1)
	n.arc(0, 1, 5, 1)
	n.setSupply(0, 3)
	n.setSupply(1, -3)
	require.ErrorIs(t, n.solve(func() bool { return false }), errStopped)
	require.NoError(t, n.solve(nil))
	require.Equal(t, []int64{3}, n.total())
}

// TestFlowKeepsLevelsApart: no number on a lower level outweighs one on a higher.
func TestFlowKeepsLevelsApart(t *testing.T) {
	n := newFlowNetwork(3, 2)
	n.arc(0, 1, 1, 0, math.MaxInt64/8)
	n.arc(0, 1, 1, 1, -math.MaxInt64/8)
	n.arc(1, 2, 2)
	n.setSupply(0, 1)
	n.setSupply(2, -1)
	require.NoError(t, n.solve(nil))
	require.Equal(t, []int64{0, math.MaxInt64 / 8}, n.total())
}

func TestFlowNumbers(t *testing.T) {
	n := newFlowNetwork(4, 1)
	n.arc(0, 1, 2, 1)
	n.arc(0, 2, 2, 3)
	n.arc(1, 3, 1, 1)
	n.arc(2, 3, 2, 1)
	n.arc(1, 2, 1, 1)
	n.setSupply(0, 3)
	n.setSupply(3, -3)
	require.NoError(t, n.solve(nil))
	require.Equal(t, []int64{9, 2, 4}, []int64{n.total()[0], n.flowOn(0), n.potentialOf(0)[0] - n.potentialOf(3)[0]})
}

// A lower bound: at least two units over the dear arc. What of them is missing counts on a level above the costs.
func TestFlowLowerBound(t *testing.T) {
	n := newFlowNetwork(2, 2)
	cheap := n.arc(0, 1, 9, 0, 1)
	low := n.arc(0, 1, 2, -1, 5)
	n.setSupply(0, 3)
	n.setSupply(1, -3)
	require.NoError(t, n.solve(nil))
	require.Equal(t, []int64{1, 2}, []int64{n.flowOn(cheap), n.flowOn(low)})
	require.Equal(t, []int64{-2, 11}, n.total())
}
