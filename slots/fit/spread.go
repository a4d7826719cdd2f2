package fit

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Share is one period's part of a total.
type Share struct {
	Start   slots.Clock
	Numbers int64
}

// MaxSpread is the largest total to spread.
const MaxSpread = 1_000_000

// Spread divides a fixed total over the periods of a weekday that start in [from, to), in proportion to who came in them: each has the
// whole part of its due, and those with the largest remainders one more (Hamilton's method), the earlier of equal ones. The sum is
// exact. From and to must be bounds of periods. The error joins all problems; that nobody ever came then is one.
func (d Demand) Spread(w slots.Weekday, from, to slots.Clock, total int64) ([]Share, error) {
	var p problems
	if !w.IsValid() {
		p.Add("weekday %d: want Monday (1) to Sunday (7)", uint8(w))
	}
	p.Within("total", total, 0, MaxSpread)
	if from.Compare(to) >= 0 {
		p.Add("from %v, to %v: want from before to", from, to)
	}
	for i, c := range [...]slots.Clock{from, to} {
		if n := d.periodMinutes; n > 0 && c.Minutes()%n != 0 {
			p.Add("%s %v: want a multiple of %d minutes", [...]string{"from", "to"}[i], c, n)
		}
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	type due struct {
		at        int
		remainder int64
	}
	var shares []Share
	var weights []int64
	var sum int64
	for _, q := range d.Periods(w) {
		if q.Start.Compare(from) >= 0 && q.Start.Compare(to) < 0 {
			shares, weights, sum = append(shares, Share{Start: q.Start}), append(weights, q.Arrivals), sum+q.Arrivals
		}
	}
	if sum == 0 {
		return nil, fmt.Errorf("%v %v to %v: nobody came, so there is nothing to go by", w, from, to)
	}
	var dues []due
	left := total
	for i, weight := range weights {
		shares[i].Numbers = total * weight / sum
		left -= shares[i].Numbers
		dues = append(dues, due{i, total * weight % sum})
	}
	slices.SortFunc(dues, func(a, b due) int {
		return cmp.Or(cmp.Compare(b.remainder, a.remainder), cmp.Compare(a.at, b.at))
	})
	for _, q := range dues[:left] {
		shares[q.at].Numbers++
	}
	return shares, nil
}
