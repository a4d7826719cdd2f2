package allocate

// An estimate of prices saves most of the work where supply falls short: there everybody who is placed last pushes a long way, until
// somebody is left without. It is found by an auction with falling steps (Bertsekas 1988, "The auction algorithm: a distributed relaxation
// method for the assignment problem"), on costs alone. It decides nothing: place and settleRoom make the law hold from any prices that
// are not below 0, and what they end in is the only answer of its worth.

const (
	// estimateCapacity bounds the capacity of the slots of a part whose prices are estimated, for a bid looks at all in the slot.
	estimateCapacity = 16
	// estimateBids bounds the bids for each patient.
	estimateBids = 96
	// estimateSteps is into how many steps the last round parts what a patient's options differ by.
	estimateSteps = 16
	// estimateFall is how much smaller each round's step is.
	estimateFall = 5
)

// auction is an estimate under way.
type auction struct {
	s    *assignState
	bid  []int64 // by patient
	step int64
	left int64 // bids
}

// estimate sets the prices of a part's slots, where that pays: there are fewer units than patients, and capacities are small.
func (s *assignState) estimate(patients []int32, from, to int32) {
	units := int64(0)
	for _, c := range s.capacity[from:to] {
		if units += int64(c); c > estimateCapacity {
			return
		}
	}
	if len(s.leave) == 0 || units >= int64(len(patients)) || len(patients) < 16 {
		return
	}
	if len(s.bids) == 0 {
		s.bids = make([]int64, len(s.at))
	}
	a := &auction{s: s, bid: s.bids, left: estimateBids * int64(len(patients))}
	first, last := s.steps(patients)
	for a.step = first; ; a.step = max(a.step/estimateFall, last) {
		for _, i := range patients {
			for asking := i; asking >= 0 && a.left > 0; {
				asking = a.ask(asking)
			}
		}
		for _, i := range patients {
			if s.at[i] >= 0 {
				s.unseat(i)
			}
			s.at[i] = pending
		}
		for j := from; j < to; j++ {
			s.price[j].cost = max(0, s.price[j].cost-2*a.step)
		}
		if a.step == last || a.left <= 0 {
			return
		}
	}
}

// steps are the first and the last step: an eighth of what costs differ by, and a small part of what options do.
func (s *assignState) steps(patients []int32) (first, last int64) {
	low, high, dear := int64(s.leave[patients[0]]), int64(s.leave[patients[0]]), int64(0)
	for _, i := range patients {
		low, high = min(low, int64(s.leave[i])), max(high, int64(s.leave[i]))
		row := s.arcs[s.from[i]:s.to[i]]
		least, most := int64(s.leave[i]), -int64(MaxAssignCost)
		for _, arc := range row {
			least, most = min(least, int64(arc.cost)), max(most, int64(arc.cost))
		}
		low = min(low, least)
		dear += max(0, most-least)
	}
	last = max(1, dear/int64(len(patients))/estimateSteps)
	return max(last, (high-low)/8), last
}

// ask lets a patient bid for the best option, and returns whoever has to ask again, or -1.
func (a *auction) ask(i int32) int32 {
	s := a.s
	a.left--
	leave := int64(s.leave[i])
	least, second, at := leave, leave, int32(-1)
	for k, arc := range s.arcs[s.from[i]:s.to[i]] {
		switch x := int64(arc.cost) + s.price[arc.slot].cost; {
		case x < least:
			least, second, at = x, least, s.from[i]+int32(k)
		case x < second:
			second = x
		}
	}
	if at < 0 {
		s.at[i] = nowhere
		return -1
	}
	j := s.arcs[at].slot
	if s.capacity[j] == 0 {
		s.price[j].cost = 1 << 40 // nobody can pay that
		return i
	}
	a.bid[i] = s.price[j].cost + second - least + a.step
	out := int32(-1)
	if s.fill[j] == s.capacity[j] {
		if out = a.lowest(j); a.bid[out] > a.bid[i] {
			out = i
			s.price[j].cost = a.bid[i]
			return out
		}
		s.unseat(out)
	}
	s.seat(i, at)
	if s.fill[j] == s.capacity[j] {
		s.price[j].cost = a.bid[a.lowest(j)]
	}
	return out
}

// lowest is who bid least of those in a slot.
func (a *auction) lowest(j int32) int32 {
	low := a.s.head[j]
	for h := a.s.next[low]; h >= 0; h = a.s.next[h] {
		if a.bid[h] < a.bid[low] {
			low = h
		}
	}
	return low
}
