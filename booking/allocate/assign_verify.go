package allocate

import "errors"

// VerifyAssign checks an answer and its certificate, and shares no code with the solver: that the places are options and keep every
// limit, that the objective is theirs, that the prices prove that no answer is better than Bound, and, without quotas of
// sessions, that no other answer is as good down to the hashes, so that this is the canonical one: there is no circle of changes that
// costs nothing. The error joins what is wrong; a broken place hides what would follow from it.
//
// It holds the plan to what its Outcome claims and does not look behind it: an AssignBounded plan passes if its places are allowed and its Bound is proved,
// however far apart the two are. Who wants the best asks for AssignBest as well. An answer that was stopped proves nothing and is refused. Cost: O(options × levels).
func VerifyAssign(p *AssignProblem, plan AssignPlan) error {
	if !p.made() {
		return errNoProblem
	}
	var faults faultList
	if plan.Outcome != AssignBest && plan.Outcome != AssignBounded {
		faults.Add("Outcome %v: proves nothing", plan.Outcome)
		return faults.Err()
	}
	if plan.Outcome == AssignBounded && !p.quotas.crossing() {
		faults.Add("Outcome %v: without quotas of sessions the best is always found", plan.Outcome)
	}
	if plan.Salt-p.salt != uint64(len(plan.Tied)) {
		faults.Add("Salt %d: want %d, one more for each of %d tied", plan.Salt, p.salt+uint64(len(plan.Tied)), len(plan.Tied))
	}
	if len(plan.Tied) > 0 && p.quotas.crossing() {
		faults.Add("len(Tied) %d: want none with quotas of sessions", len(plan.Tied))
		return faults.Err()
	}
	for k, tied := range plan.Tied {
		if tied.Salt != p.salt+uint64(k) || len(tied.Tied) != 0 {
			faults.Add("Tied[%d].Salt %d: want %d", k, tied.Salt, p.salt+uint64(k))
			continue
		}
		if tied.Outcome != AssignBest {
			faults.Add("Tied[%d].Outcome %v: want %v", k, tied.Outcome, AssignBest)
			continue
		}
		if unique, err := verifyOne(p, &tied); err != nil {
			faults.Add("Tied[%d]: %w", k, err)
		} else if unique {
			faults.Add("Tied[%d]: no other answer is as good", k)
		}
	}
	if unique, err := verifyOne(p, &plan); err != nil {
		faults.Add("%w", err)
	} else if !unique && !p.quotas.crossing() {
		faults.Add("Places: another answer is as good; the next salt decides")
	}
	return faults.Err()
}

// verifyOne checks an answer under its own salt and says whether it is the only one of its worth; with quotas of sessions it
// says no.
func verifyOne(p *AssignProblem, plan *AssignPlan) (unique bool, err error) {
	v := &assignVerifier{p: p, plan: plan, levels: p.levels(), cert: &plan.Certificate}
	if plan.Outcome == AssignStopped || !plan.Outcome.IsValid() {
		return false, errors.New("nothing to verify")
	}
	v.keys()
	v.readPlaces()
	if v.faults.Len() == 0 {
		v.checkLimits()
		v.checkObjective()
	}
	if v.faults.Len() == 0 { // the certificate is held against the bound, which must make sense
		v.checkCertificate()
	}
	if v.faults.Len() > 0 {
		return false, v.faults.Err()
	}
	return !p.quotas.crossing() && v.unique(), nil
}

type assignVerifier struct {
	p      *AssignProblem
	plan   *AssignPlan
	cert   *AssignCertificate
	levels int
	scale  int64 // of the certificate
	faults faultList

	patientKey, slotKey []uint64
	at                  []int32 // by patient: the arc given, or -1
	fill                []int64 // by slot
	gateFill            []int64
	// worth is the answer's objective as the levels count it: limits broken, patients left by class, cost, hash.
	worth []int64
	// next: the node of the tree to be read.
	next int
	// low and high are the bounds of the gates in the part of the tree that is being read.
	low, high []int64
	// ties are the arcs that cost their patient as little as the one given: pairs of a patient and an arc, or -1.
	ties      []assignTie
	best, sum []int64 // scratch
	costs     []int64 // of the prices of slots, where they are what matters first
}

type assignTie struct{ patient, arc int32 }

func (v *assignVerifier) keys() {
	v.patientKey, v.slotKey = make([]uint64, len(v.p.patients)), make([]uint64, len(v.p.slots))
	for i, name := range v.p.patients {
		v.patientKey[i] = hashText(v.plan.Salt, name)
	}
	for j, name := range v.p.slots {
		v.slotKey[j] = hashText(^v.plan.Salt, name)
	}
}

// readPlaces finds each patient's arc.
func (v *assignVerifier) readPlaces() {
	p := v.p
	if len(v.plan.Places) != len(p.patients) {
		v.faults.Add("len(Places) %d: want %d", len(v.plan.Places), len(p.patients))
		return
	}
	v.at = make([]int32, len(p.patients))
	for i := range v.plan.Places {
		place := &v.plan.Places[i]
		v.at[i] = -1
		if place.Patient != p.patients[i] {
			v.faults.Add("Places[%d].Patient %q: want %q", i, place.Patient, p.patients[i])
			continue
		}
		cost := int64(0)
		if len(p.leave) > 0 {
			cost = int64(p.leave[i])
		}
		if place.Slot != "" {
			key := hashText(^v.plan.Salt, place.Slot)
			for a := p.row[i]; a < p.row[i+1]; a++ {
				if j := p.arcs[a].slot; v.slotKey[j] == key && p.slots[j] == place.Slot {
					v.at[i], cost = a, int64(p.arcs[a].cost)
					break
				}
			}
			if v.at[i] < 0 {
				v.faults.Add("Places[%d].Slot %q: not an option", i, place.Slot)
				continue
			}
		}
		if place.Cost != cost {
			v.faults.Add("Places[%d].Cost %d: want %d", i, place.Cost, cost)
		}
	}
}

// checkLimits counts what is used of everything limited.
func (v *assignVerifier) checkLimits() {
	p, q := v.p, &v.p.quotas
	v.fill, v.gateFill = make([]int64, len(p.slots)), make([]int64, len(q.gates))
	whole := make([]int64, len(q.channels))
	sessions := make([]int64, len(q.sessions))
	for i, a := range v.at {
		if a < 0 {
			continue
		}
		j := p.arcs[a].slot
		v.fill[j]++
		if c := q.of(int32(i)); c >= 0 {
			whole[c]++
			if g := q.gate(j, c); g >= 0 {
				v.gateFill[g]++
				if s := q.gates[g].session; s >= 0 {
					sessions[s]++
				}
			}
		}
	}
	for j, n := range v.fill {
		if n > int64(p.capacity[j]) {
			v.faults.Add("Places: %d in slot %q of capacity %d", n, p.slots[j], p.capacity[j])
		}
	}
	for g, n := range v.gateFill {
		if gate := q.gates[g]; n > int64(gate.most) {
			v.faults.Add("Places: %d of channel %q in slot %q, want at most %d", n, q.channels[gate.channel], p.slots[gate.slot], gate.most)
		}
	}
	for c, n := range whole {
		if q.whole[c] >= 0 && n > int64(q.whole[c]) {
			v.faults.Add("Places: %d of channel %q, want at most %d", n, q.channels[c], q.whole[c])
		}
	}
	for s, n := range sessions {
		if quota := &q.sessions[s]; n > int64(quota.most) {
			v.faults.Add("Places: %d of channel %q in the session of slot %q, want at most %d",
				n, q.channels[quota.channel], p.slots[quota.slots[0]], quota.most)
		}
	}
}

// checkObjective computes the objective afresh.
func (v *assignVerifier) checkObjective() {
	p := v.p
	v.worth = make([]int64, v.levels)
	want := AssignObjective{}
	if p.classes > 0 {
		want.Served = make([]int64, p.classes)
	}
	for i, a := range v.at {
		switch {
		case a < 0:
			v.addLeaving(int32(i), v.worth)
		default:
			v.worth[v.levels-2] += int64(p.arcs[a].cost)
			v.worth[v.levels-1] += v.hash(int32(i), a)
			if p.classes > 0 {
				want.Served[p.class[i]-1]++
			}
		}
	}
	want.Cost = v.worth[v.levels-2]
	if got := v.plan.Objective; len(got.Served) != len(want.Served) || got.Compare(want) != 0 {
		v.faults.Add("Objective %v: want %v", got, want)
	}
	bound := v.plan.Bound
	switch {
	case len(bound.Served) != len(want.Served):
		v.faults.Add("len(Bound.Served) %d: want %d", len(bound.Served), len(want.Served))
	case v.plan.Outcome == AssignBest && bound.Compare(want) != 0:
		v.faults.Add("Bound %v: want the objective %v", bound, want)
	case bound.Compare(want) > 0:
		v.faults.Add("Bound %v: worse than the objective %v", bound, want)
	default:
		v.checkServed(bound.Served)
	}
}

// checkServed checks that a bound counts no more of a class than there are, which also keeps the sums made of it from wrapping.
func (v *assignVerifier) checkServed(served []int64) {
	members := v.p.members()
	for k, n := range served {
		if n < 0 || n > members[k] {
			v.faults.Add("Bound.Served[%d] %d: want 0 to %d", k, n, members[k])
		}
	}
}

// addLeaving adds what it costs to leave a patient without.
func (v *assignVerifier) addLeaving(i int32, to []int64) {
	if v.p.classes > 0 {
		to[v.p.class[i]]++
		return
	}
	to[v.levels-2] += int64(v.p.leave[i])
}

func (v *assignVerifier) hash(i, a int32) int64 {
	return pairHash(v.patientKey[i], v.slotKey[v.p.arcs[a].slot], v.p.hashMask)
}
