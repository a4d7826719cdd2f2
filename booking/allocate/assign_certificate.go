package allocate

import (
	"cmp"
	"math/bits"
)

// AssignCertificate proves to somebody who does not trust the solver that no answer is better: prices on everything that is
// limited. Whatever the prices, no answer costs less than the sum over the patients of the least that each can do, the price of what it uses
// counted, less what all that is limited is worth at its price (weak duality). Where that sum is the objective, the objective is the best.
//
// Prices are vectors of Levels numbers, compared in order, with the lower levels mattering only where the higher are equal: first broken
// limits, then the patients left without of class 1, 2 and so on, then costs, then hashes. A patient's own potential is the least that
// is left to it, so it need not be stored.
type AssignCertificate struct {
	// Levels is the length of a price: the number of classes and three.
	Levels int
	// Scale is how many parts of a unit prices count: 1 without quotas of sessions, at most MaxAssignScale.
	Scale int64
	// Nodes are a tree in preorder: a node that parts is followed by the nodes of its first part, then those of its second. Without
	// quotas of sessions it is one node, which does not part.
	Nodes []AssignNode
}

// AssignNode is a node of the tree of a certificate. A node that parts says that of its Gate so many are given, AtMost or
// fewer in the first part, more in the second. A node that does not has prices.
type AssignNode struct {
	// Parts says that the node has two parts and no prices.
	Parts bool
	// Gate is the number of a gate, AtMost of how many patients.
	Gate, AtMost int32
	// Slots are the prices of units, Levels numbers for each slot, in the order of AssignProblem.Slots; never below 0.
	Slots []int64
	// Gates are the prices of the limits of a channel in a slot, in the order of AssignProblem.Gates: above 0 of the upper, below 0 of
	// the lower.
	Gates []int64
	// Channels are the prices of the limits of a channel over the whole, by name of channel; Sessions those of the limits of a
	// channel in a session, by session as its first slot, then channel. Neither is below 0.
	Channels, Sessions []int64
}

// AssignGate is a channel in a slot, where some quota makes them matter.
type AssignGate struct{ Slot, Channel string }

// Slots returns the IDs of the slots in the order of certificates: by component, then by ID.
func (p *AssignProblem) Slots() []string {
	if !p.made() {
		return nil
	}
	return append([]string(nil), p.slots...)
}

// Gates returns the gates in the order of certificates.
func (p *AssignProblem) Gates() []AssignGate {
	if !p.made() {
		return nil
	}
	var gates []AssignGate
	for _, g := range p.quotas.gates {
		gates = append(gates, AssignGate{p.slots[g.slot], p.quotas.channels[g.channel]})
	}
	return gates
}

// levels is the length of a price.
func (p *AssignProblem) levels() int { return p.classes + 3 }

// MaxAssignPrice bounds the numbers of a certificate, so that no sum overflows while it is checked. The solver's stay below.
const MaxAssignPrice int64 = 1 << 60

// MaxAssignScale bounds the scale of a certificate.
const MaxAssignScale = 1000

// wide is a number of 128 bits: sums of prices times units, of certificates that anybody may have made.
type wide struct {
	high int64
	low  uint64
}

func (w *wide) add(x int64) {
	var carry uint64
	w.low, carry = bits.Add64(w.low, uint64(x), 0)
	w.high += x>>63 + int64(carry)
}

// addProduct adds times × x; times is 0 or more.
func (w *wide) addProduct(x, times int64) {
	if x < 0 {
		high, low := bits.Mul64(uint64(-x), uint64(times))
		var borrow uint64
		w.low, borrow = bits.Sub64(w.low, low, 0)
		w.high -= int64(high) + int64(borrow)
		return
	}
	high, low := bits.Mul64(uint64(x), uint64(times))
	var carry uint64
	w.low, carry = bits.Add64(w.low, low, 0)
	w.high += int64(high) + int64(carry)
}

// compare returns -1, 0 or 1.
func (w wide) compare(x wide) int {
	return cmp.Or(cmp.Compare(w.high, x.high), cmp.Compare(w.low, x.low))
}
