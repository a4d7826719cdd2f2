package capacity

import "slices"

// priceUnit divides a unit of cost so that a choice's cost can be split evenly over 1 to 10 periods exactly. With MaxCost, MaxPeriods
// and every group on every period a sum stays below 2^63.
const priceUnit = 2520

// ladderSteps bounds the memory of the bounds; steps above it cost what the last one does.
const ladderSteps = 64

// A ladder says what it costs at least to cover one period by n groups: ladder[n]. It never decreases, and its steps never
// get smaller.
type ladder []int64

// leastPrices is, for each period, the least share of a choice's cost when the cost is split evenly over the wanted periods that it
// serves; −1 where the group cannot serve. Whatever is chosen costs at least the sum of these over what it covers.
func (c cover) leastPrices(g group) []int64 {
	least := make([]int64, len(c.want))
	for p := range least {
		least[p] = -1
	}
	for _, ch := range g.choices {
		wanted := int64(0)
		for p := ch.first; p <= ch.last; p++ {
			wanted += int64(min(c.want[p], 1))
		}
		for p := ch.first; p <= ch.last; p++ {
			if each := ch.cost * priceUnit / max(1, wanted); least[p] < 0 || each < least[p] {
				least[p] = each
			}
		}
	}
	return least
}

// with is the ladder when one more group can serve at the given price: its steps are the smallest prices, in order, as many as
// may be wanted.
func (l ladder) with(price int64, wanted int) ladder {
	steps := make([]int64, 0, len(l)+1)
	for n := 1; n < len(l); n++ {
		steps = append(steps, l[n]-l[n-1])
	}
	at, _ := slices.BinarySearch(steps, price)
	steps = slices.Insert(steps, at, price)
	longer := make(ladder, 1, len(steps)+1)
	for _, step := range steps[:min(len(steps), wanted, ladderSteps)] {
		longer = append(longer, longer[len(longer)-1]+step)
	}
	return longer
}

// cost of covering by n groups.
func (l ladder) cost(n int) int64 {
	if n == 0 {
		return 0
	}
	top := len(l) - 1
	m := min(n, top)
	return l[m] + int64(n-m)*(l[m]-l[m-1])
}

// bound is what no completion of a state before group g can beat: what can still be covered is covered, at least at its
// least price. (A completion that covers less is worse by Uncovered, whatever it costs.)
func (s *search) bound(g int, state partial, so score) Bound {
	b := Bound{so.uncovered, so.cost}
	prices := int64(0)
	for p, left := range s.left[g] {
		short := s.want[p] - state.added[p]
		if left == 0 || short <= 0 {
			continue
		}
		coverable := max(0, min(short, left, s.room[p]-state.added[p]))
		b.Uncovered += short - coverable
		prices += s.prices[g][p].cost(coverable)
	}
	b.Cost += (prices + priceUnit - 1) / priceUnit
	return b
}
