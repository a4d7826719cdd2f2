package allocate

// quotaFlow is a problem with quotas as a network: patients, gates, slots, one node for each channel through which its patients are left
// without, and the outside. A quota over the whole is a lower bound on who is left without; a lower bound is an arc with a reward on
// the level above all others. Quotas of sessions are not in it but as prices on the gates.
type quotaFlow struct {
	p      *AssignProblem
	net    *flowNetwork
	levels int
	salt   uint64
	// scale is what costs are multiplied by; hashes are left out where it is not 1.
	scale int64
	// Arcs are numbered: the options as in the problem, leaving by patient, then two for each gate (the lower bound, the rest), one for each slot,
	// two for each channel.
	leaving, gates, slots, channels int32
	// Nodes: patients, then gates, slots, channels, outside.
	gateNode, slotNode, channelNode, outside int32
}

func newQuotaFlow(p *AssignProblem, salt uint64, scale int64) *quotaFlow {
	q := &p.quotas
	n, m, g, c := int32(len(p.patients)), int32(len(p.slots)), int32(len(q.gates)), int32(len(q.channels))
	f := &quotaFlow{
		p: p, levels: p.levels(), salt: salt, scale: scale, leaving: int32(len(p.arcs)), gates: int32(len(p.arcs)) + n,
		gateNode: n, slotNode: n + g, channelNode: n + g + m, outside: n + g + m + c,
	}
	f.slots = f.gates + 2*g
	f.channels = f.slots + m
	f.net = newFlowNetwork(int(f.outside)+1, f.levels)
	f.addPatients()
	for k, gate := range q.gates {
		f.addBounded(f.gateNode+int32(k), f.slotNode+gate.slot, 0, int64(gate.most))
	}
	for j, capacity := range p.capacity {
		f.net.arc(f.slotNode+int32(j), f.outside, int64(capacity))
	}
	members := make([]int64, c)
	for i := range n {
		if k := q.of(i); k >= 0 {
			members[k]++
		}
	}
	for k, most := range q.whole {
		low := int64(0)
		if most >= 0 {
			low = max(0, members[k]-int64(most))
		}
		f.addBounded(f.channelNode+int32(k), f.outside, low, members[k]+1) // one to spare: never full, so never of a price above 0
	}
	f.net.setSupply(f.outside, -int64(n))
	return f
}

// addPatients adds options and leaving.
func (f *quotaFlow) addPatients() {
	p, q := f.p, &f.p.quotas
	patientKey, slotKey := nameKeys(f.salt, p.patients), nameKeys(^f.salt, p.slots)
	cost := make([]int64, f.levels)
	for i := range int32(len(p.patients)) {
		f.net.setSupply(i, 1)
		for _, arc := range p.arcs[p.row[i]:p.row[i+1]] {
			to := f.slotNode + arc.slot
			if c := q.of(i); c >= 0 {
				if g := q.gate(arc.slot, c); g >= 0 {
					to = f.gateNode + g
				}
			}
			if cost[f.levels-2] = int64(arc.cost) * f.scale; f.scale == 1 {
				cost[f.levels-1] = pairHash(patientKey[i], slotKey[arc.slot], p.hashMask)
			}
			f.net.arc(i, to, 1, cost...)
		}
	}
	for i := range int32(len(p.patients)) {
		clear(cost)
		if p.classes > 0 {
			cost[p.class[i]] = f.scale
		} else {
			cost[f.levels-2] = int64(p.leave[i]) * f.scale
		}
		to := f.outside
		if c := q.of(i); c >= 0 {
			to = f.channelNode + c
		}
		f.net.arc(i, to, 1, cost...)
	}
}

// addBounded adds the two arcs of something with a lower and an upper bound.
func (f *quotaFlow) addBounded(from, to int32, low, high int64) {
	f.net.arc(from, to, low, -f.scale)
	f.net.arc(from, to, high-low)
}

// setGate changes the bounds of a gate.
func (f *quotaFlow) setGate(g int32, low, high int64) {
	f.net.setCapacity(f.gates+2*g, low)
	f.net.setCapacity(f.gates+2*g+1, high-low)
}

// lowest is the lower bound of those of a channel who are left without.
func (f *quotaFlow) lowest(c int32) int64 { return f.net.capacityOf(f.channels + 2*c) }

// through returns how many go through a gate.
func (f *quotaFlow) through(g int32) int64 {
	return f.net.flowOn(f.gates+2*g) + f.net.flowOn(f.gates+2*g+1)
}

// at reads each patient's arc.
func (f *quotaFlow) at() []int32 {
	at := make([]int32, len(f.p.patients))
	for i := range at {
		at[i] = nowhere
		for a := f.p.row[i]; a < f.p.row[i+1]; a++ {
			if f.net.flowOn(a) > 0 {
				at[i] = a
			}
		}
	}
	return at
}

// node writes the potentials as the prices of a certificate. sessions are the prices of quotas of sessions that the gates bear, and may
// be nil where there are none.
func (f *quotaFlow) node(sessions []int64) AssignNode {
	p, q := f.p, &f.p.quotas
	outside := f.net.potentialOf(f.outside)
	node := AssignNode{
		Slots: make([]int64, len(p.slots)*f.levels), Gates: make([]int64, len(q.gates)*f.levels),
		Channels: make([]int64, len(q.channels)*f.levels), Sessions: append([]int64(nil), sessions...),
	}
	row := func(prices []int64, k int32) []int64 { return prices[int(k)*f.levels : int(k+1)*f.levels] }
	difference := func(to, a, b []int64) {
		for l := range to {
			to[l] = a[l] - b[l]
		}
	}
	for j := range int32(len(p.slots)) {
		price := row(node.Slots, j)
		if difference(price, f.net.potentialOf(f.slotNode+j), outside); firstSign(price) < 0 {
			clear(price) // an empty slot that nobody wants
		}
	}
	for g := range q.gates {
		price := row(node.Gates, int32(g))
		difference(price, f.net.potentialOf(f.gateNode+int32(g)), row(node.Slots, q.gates[g].slot))
		difference(price, price, outside)
		if s := q.gates[g].session; s >= 0 {
			difference(price, price, row(sessions, s))
		}
	}
	for c := range q.channels {
		price := row(node.Channels, int32(c))
		if f.lowest(int32(c)) == 0 {
			continue // all of them may have slots
		}
		if difference(price, outside, f.net.potentialOf(f.channelNode+int32(c))); firstSign(price) < 0 {
			clear(price)
		}
	}
	return node
}

// solveFlow solves a problem whose quotas stay a flow.
func (p *AssignProblem) solveFlow(salt uint64, effort AssignEffort) (AssignPlan, bool) {
	f := newQuotaFlow(p, salt, 1)
	progress := AssignProgress{Patients: int64(len(p.patients))}
	var goOn func() bool
	if effort.Progress != nil {
		goOn = func() bool {
			progress.Placed = min(progress.Placed+1, progress.Patients)
			return progress.Placed%progressEvery != 1 || effort.Progress(progress)
		}
	}
	if f.net.solve(goOn) != nil { // leaving is always possible, so that only Progress ends it
		return AssignPlan{Outcome: AssignStopped}, false
	}
	plan := AssignPlan{
		Outcome: AssignBest, Salt: salt, Certificate: AssignCertificate{Levels: f.levels, Scale: 1, Nodes: []AssignNode{f.node(nil)}},
	}
	p.addPlaces(&plan, f.at())
	unique, err := verifyOne(p, &plan)
	return plan, unique && err == nil
}
