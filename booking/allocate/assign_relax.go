package allocate

import (
	"math"
	"slices"
)

// solve brings the flow to the prices and bounds; one step.
func (x *crossing) solve() {
	x.step()
	_ = x.f.net.solve(nil) // leaving is always possible
}

// step counts a step and asks whether to go on.
func (x *crossing) step() {
	x.steps++
	if x.effort.Progress != nil && !x.effort.Progress(AssignProgress{Patients: int64(len(x.p.patients)), Steps: x.steps}) {
		x.stopped = true
	}
}

// cellsPerArc is how many numbers of the master's are as much work as an arc of the network is in one flow: measured, to a power of two, on
// rounds of some dozens of sessions.
const cellsPerArc = 1 << 9

// charge counts numbers that are touched outside flows: as many as make the work of a flow are a step. It reports whether to go on.
func (x *crossing) charge(cells int64) bool {
	step := cellsPerArc * int64(len(x.f.net.tail))
	for x.cells += cells; x.cells >= step && !x.over(); x.cells -= step {
		x.step()
	}
	return !x.over()
}

// usage is how many the flow gives of a channel in a session.
func (x *crossing) usage(s int32) int64 {
	sum := int64(0)
	for _, g := range x.gates[s] {
		sum += x.f.through(g)
	}
	return sum
}

// price is that of a quota of a session, a number for each level.
func (x *crossing) price(s int32) []int64 { return x.prices[int(s)*x.levels : int(s+1)*x.levels] }

// priceLimit bounds the prices, in parts: beyond it the sums of a certificate could overflow.
const priceLimit = 1 << 50

// setPrices rounds the master's prices. A quota that holds whatever happens within the bounds needs none.
func (x *crossing) setPrices(m *master) {
	for s := range int32(len(x.gates)) {
		price := x.price(s)
		room, need := int64(0), int64(0)
		for _, g := range x.gates[s] {
			room += x.high[g]
			need += x.low[g]
		}
		for l := range price {
			price[l] = int64(max(-priceLimit, min(priceLimit, math.Round(-m.prices[s][l]*assignScale))))
		}
		price[x.levels-1] = 0
		if firstSign(price) < 0 || room <= x.most[s] {
			clear(price)
		}
		if need > x.most[s] { // the node holds nothing, and this proves it
			clear(price)
			price[0] = assignScale
		}
		x.putPrice(s, price)
	}
}

// putPrice puts a price on the gates of a quota.
func (x *crossing) putPrice(s int32, price []int64) {
	for _, g := range x.gates[s] {
		for side := range int32(2) {
			cost := x.f.net.costOf(x.f.gates + 2*g + side)
			copy(cost, price)
			if side == 0 {
				cost[0] -= assignScale // the reward of a lower bound
			}
		}
	}
}

// round looks for an answer near the best mixture: it gives each gate the whole part of its mean, and what is left of a quota to
// those with the largest fractions, and solves the flow within that.
func (x *crossing) round(mean []float64) {
	zero := make([]int64, x.levels)
	type gate struct {
		g    int32
		part float64
	}
	high := slices.Clone(x.high)
	for s := range x.gates {
		left := x.most[s]
		var parts []gate
		for _, g := range x.gates[s] {
			whole := math.Floor(mean[g] + 1e-6)
			high[g] = min(x.high[g], max(x.low[g], int64(whole)))
			left -= high[g]
			parts = append(parts, gate{g, mean[g] - whole})
		}
		if left < 0 {
			return
		}
		slices.SortStableFunc(parts, func(a, b gate) int {
			switch {
			case a.part > b.part:
				return -1
			case a.part < b.part:
				return 1
			}
			return 0
		})
		for again := true; again && left > 0; {
			again = false
			for _, k := range parts {
				if left > 0 && high[k.g] < x.high[k.g] {
					high[k.g]++
					left--
					again = true
				}
			}
		}
		x.putPrice(int32(s), zero)
	}
	for g := range high {
		x.f.setGate(int32(g), x.low[g], high[g])
	}
	x.solve()
	x.keep(x.withinQuotas())
	for g := range high {
		x.f.setGate(int32(g), x.low[g], x.high[g])
	}
}

// withinQuotas is the flow's answer without those who break quotas of sessions: of each the one whom it is best to leave without, until
// the quota holds.
func (x *crossing) withinQuotas() []int32 {
	at := x.f.at()
	q := &x.p.quotas
	inSession := make([][]int32, len(q.sessions))
	for i, a := range at {
		c := q.of(int32(i))
		if a < 0 || c < 0 {
			continue
		}
		if g := q.gate(x.p.arcs[a].slot, c); g >= 0 {
			if s := q.gates[g].session; s >= 0 {
				inSession[s] = append(inSession[s], int32(i))
			}
		}
	}
	for s, patients := range inSession {
		for len(patients) > int(q.sessions[s].most) {
			worst := 0
			for k := range patients {
				if x.dearer(patients[k], patients[worst], at) {
					worst = k
				}
			}
			at[patients[worst]] = nowhere
			patients = append(patients[:worst], patients[worst+1:]...)
		}
	}
	return at
}

// dearer reports whether leaving patient i without is better than leaving k.
func (x *crossing) dearer(i, k int32, at []int32) bool {
	ci, ck := x.f.net.costOf(x.f.leaving+i), x.f.net.costOf(x.f.leaving+k)
	oi, ok := x.f.net.costOf(at[i]), x.f.net.costOf(at[k])
	for l := range x.levels {
		if a, b := ci[l]-oi[l], ck[l]-ok[l]; a != b {
			return a < b
		}
	}
	return false
}
