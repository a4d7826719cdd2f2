package allocate

// checkCertificate reads the tree: its leaves hold everything, for each parting node's parts do.
func (v *assignVerifier) checkCertificate() {
	if v.cert.Levels != v.levels {
		v.faults.Add("Certificate.Levels %d: want %d", v.cert.Levels, v.levels)
		return
	}
	most := int64(1)
	if v.p.quotas.crossing() {
		most = MaxAssignScale
	}
	if v.scale = v.cert.Scale; v.scale < 1 || v.scale > most {
		v.faults.Add("Certificate.Scale %d: want 1 to %d", v.scale, most)
		return
	}
	gates := v.p.quotas.gates
	v.best, v.sum = make([]int64, v.levels), make([]int64, v.levels)
	v.low, v.high = make([]int64, len(gates)), make([]int64, len(gates))
	for g := range gates {
		v.high[g] = int64(gates[g].most)
	}
	v.readTree()
	if v.faults.Len() == 0 && v.next != len(v.cert.Nodes) {
		v.faults.Add("len(Certificate.Nodes) %d: want %d", len(v.cert.Nodes), v.next)
	}
}

// readTree reads the tree with a stack of its own, for a certificate may be as deep as it is long.
func (v *assignVerifier) readTree() {
	type turn struct {
		gate, atMost int32
		low, high    int64 // of the gate before it was parted
		second       bool
	}
	var open []turn
	for {
		if v.next >= len(v.cert.Nodes) {
			v.faults.Add("len(Certificate.Nodes) %d: the tree ends early", len(v.cert.Nodes))
			return
		}
		at := v.next
		node := &v.cert.Nodes[at]
		v.next++
		if node.Parts {
			if node.Gate < 0 || int(node.Gate) >= len(v.low) || !v.p.quotas.crossing() {
				v.faults.Add("Certificate.Nodes[%d].Gate %d: want 0 to %d, with quotas of sessions", at, node.Gate, len(v.low)-1)
				return
			}
			open = append(open, turn{node.Gate, node.AtMost, v.low[node.Gate], v.high[node.Gate], false})
			v.high[node.Gate] = min(v.high[node.Gate], int64(node.AtMost))
			continue
		}
		if !v.checkLeaf(node, at) {
			return
		}
		for len(open) > 0 && open[len(open)-1].second {
			t := open[len(open)-1]
			v.low[t.gate], v.high[t.gate] = t.low, t.high
			open = open[:len(open)-1]
		}
		if len(open) == 0 {
			return
		}
		t := &open[len(open)-1]
		t.second = true
		v.low[t.gate], v.high[t.gate] = max(t.low, int64(t.atMost)+1), t.high
	}
}

// checkLeaf checks that in this part nothing is better than the bound.
func (v *assignVerifier) checkLeaf(node *AssignNode, at int) bool {
	if !v.checkPrices(node, at) {
		return false
	}
	for g := range v.low {
		if v.low[g] > v.high[g] {
			return true // the part holds nothing
		}
	}
	sum := make([]wide, v.levels)
	v.readCosts(node)
	for i := range v.p.patients {
		v.addLeast(int32(i), node, sum)
	}
	v.subtractLimits(node, sum)
	if level, ok := v.proves(sum, v.bound()); !ok {
		v.faults.Add("Certificate.Nodes[%d]: proves less than Bound on level %d", at, level)
		return false
	}
	return true
}

// proves reports whether answers that cost sum or more, level by level and in parts, cost want or more: whether there is no vector of whole
// numbers at or above the one and below the other. A fraction of the last level counts as the next whole number.
func (v *assignVerifier) proves(sum []wide, want []int64) (level int, ok bool) {
	for k := range want {
		var whole wide
		whole.addProduct(want[k], v.scale)
		below := whole
		below.add(-v.scale) // one less, without a sum that could wrap
		switch {
		case sum[k].compare(whole) > 0 || k == len(want)-1 && sum[k].compare(below) > 0:
			return 0, true
		case sum[k].compare(whole) < 0:
			return k, false
		}
	}
	return 0, true
}

// bound is the bound that the leaves have to prove, as the levels count it; checkServed has seen to it that nothing wraps. With quotas of
// sessions the hashes decide nothing.
func (v *assignVerifier) bound() []int64 {
	want := append([]int64(nil), v.worth...)
	for k, served := range v.plan.Bound.Served {
		want[k+1] += v.plan.Objective.Served[k] - served
	}
	want[v.levels-2] = v.plan.Bound.Cost
	if v.p.quotas.crossing() {
		want = want[:v.levels-1]
	}
	return want
}

// checkPrices checks how many there are, their size and their sign.
func (v *assignVerifier) checkPrices(node *AssignNode, at int) bool {
	q := &v.p.quotas
	for _, set := range []struct {
		name   string
		prices []int64
		want   int
		signed bool
	}{
		{"Slots", node.Slots, len(v.p.slots), false}, {"Gates", node.Gates, len(q.gates), true},
		{"Channels", node.Channels, len(q.channels), false}, {"Sessions", node.Sessions, len(q.sessions), false},
	} {
		if len(set.prices) != set.want*v.levels {
			v.faults.Add("len(Certificate.Nodes[%d].%s) %d: want %d", at, set.name, len(set.prices), set.want*v.levels)
			return false
		}
		for k, x := range set.prices {
			if x < -MaxAssignPrice || x > MaxAssignPrice {
				v.faults.Add("Certificate.Nodes[%d].%s[%d] %d: beyond MaxAssignPrice", at, set.name, k, x)
				return false
			}
		}
		for k := 0; k < len(set.prices) && !set.signed; k += v.levels {
			if firstSign(set.prices[k:k+v.levels]) < 0 {
				v.faults.Add("Certificate.Nodes[%d].%s[%d]: a price below 0", at, set.name, k)
				return false
			}
		}
	}
	for c := range q.channels {
		if q.whole[c] < 0 && firstSign(node.Channels[c*v.levels:(c+1)*v.levels]) != 0 {
			v.faults.Add("Certificate.Nodes[%d].Channels[%d]: a price of no quota", at, c*v.levels)
			return false
		}
	}
	return true
}

// firstSign is the sign of a vector: that of its first number that is not 0.
func firstSign(x []int64) int {
	for _, k := range x {
		if k != 0 {
			if k < 0 {
				return -1
			}
			return 1
		}
	}
	return 0
}

// readCosts lays the costs among the slots' prices side by side, where nothing is above them, so that most options need one look.
func (v *assignVerifier) readCosts(node *AssignNode) {
	v.costs = nil
	if v.p.classes > 0 || v.p.quotas.any() {
		return
	}
	costs := make([]int64, len(v.p.slots))
	for j := range costs {
		if node.Slots[j*v.levels] != 0 {
			return
		}
		costs[j] = node.Slots[j*v.levels+1]
	}
	v.costs = costs
}

// addLeast adds the least that a patient can do, and notes ties with what it was given.
func (v *assignVerifier) addLeast(i int32, node *AssignNode, sum []wide) {
	clear(v.best)
	v.addLeaving(i, v.best)
	for k := range v.best {
		v.best[k] *= v.scale
	}
	from := len(v.ties)
	v.ties = append(v.ties, assignTie{i, -1})
	p, given := v.p, v.at[i]
	if given >= 0 { // it should be the least, and then the others need one look each
		v.consider(i, given, from, node)
	}
	for a := p.row[i]; a < p.row[i+1]; a++ {
		if arc := p.arcs[a]; a == given || v.costs != nil && v.costs[arc.slot]+int64(arc.cost)*v.scale > v.best[1] {
			continue
		}
		v.consider(i, a, from, node)
	}
	for k := range sum {
		sum[k].add(v.best[k])
	}
	if len(v.ties) == from+1 {
		v.ties = v.ties[:from] // nothing to exchange
	}
}

// consider compares an option with the least yet; ties of the patient begin at from.
func (v *assignVerifier) consider(i, a int32, from int, node *AssignNode) {
	j := v.p.arcs[a].slot
	price := node.Slots[int(j)*v.levels : int(j+1)*v.levels]
	if c := v.p.quotas.of(i); c >= 0 {
		price = v.withChannel(price, node, j, c)
	}
	switch v.compareLeast(price, i, a) {
	case -1:
		copy(v.best, price)
		v.best[v.levels-2] += int64(v.p.arcs[a].cost) * v.scale
		v.best[v.levels-1] += v.hash(i, a)
		v.ties = append(v.ties[:from], assignTie{i, a})
	case 0:
		v.ties = append(v.ties, assignTie{i, a})
	}
}

// compareLeast compares an option of a price with the least yet. The hash is made only where the rest ties.
func (v *assignVerifier) compareLeast(price []int64, i, a int32) int {
	last := v.levels - 1
	best := v.best[:len(price)]
	for k := 0; k < last-1; k++ {
		if price[k] != best[k] {
			if price[k] < best[k] {
				return -1
			}
			return 1
		}
	}
	x, least := price[last-1]+int64(v.p.arcs[a].cost)*v.scale, best[last-1]
	if x == least {
		x, least = price[last]+v.hash(i, a), best[last]
	}
	switch {
	case x < least:
		return -1
	case x > least:
		return 1
	}
	return 0
}

// withChannel adds to a slot's price those of what else an option of a channel uses.
func (v *assignVerifier) withChannel(price []int64, node *AssignNode, j, c int32) []int64 {
	copy(v.sum, price)
	add := func(prices []int64, k int32) {
		for l, x := range prices[int(k)*v.levels : int(k+1)*v.levels] {
			v.sum[l] += x
		}
	}
	add(node.Channels, c)
	if g := v.p.quotas.gate(j, c); g >= 0 {
		add(node.Gates, g)
		if s := v.p.quotas.gates[g].session; s >= 0 {
			add(node.Sessions, s)
		}
	}
	return v.sum
}

// subtractLimits subtracts what all that is limited is worth at its price.
func (v *assignVerifier) subtractLimits(node *AssignNode, sum []wide) {
	q := &v.p.quotas
	subtract := func(prices []int64, times int64) {
		for k, x := range prices {
			sum[k].addProduct(-x, times)
		}
	}
	each := func(prices []int64, limit func(k int, price []int64) int64) {
		for k := 0; k*v.levels < len(prices); k++ {
			price := prices[k*v.levels : (k+1)*v.levels]
			if firstSign(price) != 0 {
				subtract(price, limit(k, price))
			}
		}
	}
	each(node.Slots, func(j int, _ []int64) int64 { return int64(v.p.capacity[j]) })
	each(node.Gates, func(g int, price []int64) int64 {
		if firstSign(price) < 0 {
			return v.low[g]
		}
		return v.high[g]
	})
	each(node.Channels, func(c int, _ []int64) int64 { return int64(q.whole[c]) })
	each(node.Sessions, func(s int, _ []int64) int64 { return int64(q.sessions[s].most) })
}
