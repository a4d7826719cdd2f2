package allocate

import (
	"cmp"
	"slices"
)

// assignQuotas are the quotas of a problem, by number. Patients whose channel no quota names have channel -1.
type assignQuotas struct {
	channels []string
	channel  []int32 // by patient
	whole    []int32 // by channel; -1: none
	sessions []sessionQuota
	// gates are the pairs of a slot and a channel that a quota of the slot or of its session names, by slot and channel.
	gates  []assignGate
	places []placeQuota // while the quotas are read
}

// assignGate is a channel in a slot, with its bound and the number of the quota of the session, or -1.
type assignGate struct{ slot, channel, most, session int32 }

// of returns the channel of a patient, if a quota names it, or -1.
func (q *assignQuotas) of(i int32) int32 {
	if len(q.channel) == 0 {
		return -1
	}
	return q.channel[i]
}

// gate returns the number of the gate of a slot and a channel, or -1.
func (q *assignQuotas) gate(slot, channel int32) int32 {
	g, ok := slices.BinarySearchFunc(q.gates, [2]int32{slot, channel}, func(g assignGate, at [2]int32) int {
		return cmp.Or(cmp.Compare(g.slot, at[0]), cmp.Compare(g.channel, at[1]))
	})
	if !ok {
		return -1
	}
	return int32(g)
}

// addGates makes the gates, when slots have their final numbers.
func (q *assignQuotas) addGates(capacity []int32) {
	for _, p := range q.places {
		q.gates = append(q.gates, assignGate{p.slot, p.channel, min(p.most, capacity[p.slot]), -1})
	}
	for k := range q.sessions {
		s := &q.sessions[k]
		for _, j := range s.slots {
			q.gates = append(q.gates, assignGate{j, s.channel, capacity[j], int32(k)})
		}
	}
	slices.SortFunc(q.gates, func(a, b assignGate) int {
		return cmp.Or(cmp.Compare(a.slot, b.slot), cmp.Compare(a.channel, b.channel), cmp.Compare(b.session, a.session))
	})
	// A slot has one session, so at most two gates are equal: the one with the session comes first, and takes the lower bound.
	kept := q.gates[:0]
	for _, g := range q.gates {
		if n := len(kept); n > 0 && kept[n-1].slot == g.slot && kept[n-1].channel == g.channel {
			kept[n-1].most = min(kept[n-1].most, g.most)
			continue
		}
		kept = append(kept, g)
	}
	q.gates, q.places = kept, nil
}

// placeQuota bounds a channel in a slot.
type placeQuota struct{ slot, channel, most int32 }

// sessionQuota bounds a channel in a set of slots, ascending.
type sessionQuota struct {
	slots         []int32
	channel, most int32
}

// any reports whether there are quotas at all; crossing, whether there are ones that do not stay a flow.
func (q *assignQuotas) any() bool      { return len(q.channels) > 0 }
func (q *assignQuotas) crossing() bool { return len(q.sessions) > 0 }

// add reads the quotas; slots are ranks by ID for now. A quota of a session of one slot is a quota of that slot.
func (q *assignQuotas) add(r *AssignRound, order, slotOrder []int32, names *nameTable, faults *faultList) {
	if len(r.Quotas) == 0 {
		return
	}
	bySession := map[string][]int32{}
	for rank, i := range slotOrder {
		if s := r.Slots[i].Session; s != "" {
			bySession[s] = append(bySession[s], int32(rank))
		}
	}
	named := int64(0)
	for i := range r.Quotas {
		named += int64(len(bySession[r.Quotas[i].Session]))
	}
	if named > MaxAssignQuotaSlots {
		faults.Add("len(Quotas) %d: their sessions have %d slots, each counted for each quota: want at most %d", len(r.Quotas), named, MaxAssignQuotaSlots)
		return
	}
	seen := map[AssignQuota]int{}
	for i := range r.Quotas {
		r.checkQuota(faults, i, names, bySession, seen)
		q.channels = append(q.channels, r.Quotas[i].Channel)
	}
	slices.Sort(q.channels)
	q.channels = slices.Compact(q.channels)
	q.whole = make([]int32, len(q.channels))
	for c := range q.whole {
		q.whole[c] = -1
	}
	for _, quota := range r.Quotas {
		c, _ := slices.BinarySearch(q.channels, quota.Channel)
		most := int32(min(quota.Most, MaxAssignPatients))
		switch set := bySession[quota.Session]; {
		case quota.Slot != "":
			q.places = append(q.places, placeQuota{names.find(quota.Slot), int32(c), most})
		case len(set) == 1:
			q.places = append(q.places, placeQuota{set[0], int32(c), most})
		case quota.Session != "":
			q.sessions = append(q.sessions, sessionQuota{slices.Clone(set), int32(c), most})
		default:
			q.whole[c] = most
		}
	}
	q.channel = make([]int32, len(order))
	for i, at := range order {
		q.channel[i] = -1
		if c, ok := slices.BinarySearch(q.channels, r.Patients[at].Channel); ok {
			q.channel[i] = int32(c)
		}
	}
}

// renumber gives the slots their final numbers.
func (q *assignQuotas) renumber(number, capacity []int32) {
	for k := range q.places {
		q.places[k].slot = number[q.places[k].slot]
	}
	for _, s := range q.sessions {
		for k := range s.slots {
			s.slots[k] = number[s.slots[k]]
		}
		slices.Sort(s.slots)
	}
	q.sort()
	q.addGates(capacity)
}

// sort brings quotas into canonical order; of two for one place the lower holds.
func (q *assignQuotas) sort() {
	slices.SortFunc(q.places, func(a, b placeQuota) int {
		return cmp.Or(cmp.Compare(a.slot, b.slot), cmp.Compare(a.channel, b.channel), cmp.Compare(a.most, b.most))
	})
	q.places = slices.CompactFunc(q.places, func(a, b placeQuota) bool { return a.slot == b.slot && a.channel == b.channel })
	slices.SortFunc(q.sessions, func(a, b sessionQuota) int {
		return cmp.Or(slices.Compare(a.slots, b.slots), cmp.Compare(a.channel, b.channel), cmp.Compare(a.most, b.most))
	})
}

func (r *AssignRound) checkQuota(p *faultList, i int, names *nameTable, bySession map[string][]int32, seen map[AssignQuota]int) {
	q := &r.Quotas[i]
	if fault := nameFault(q.Channel, 1); fault != "" {
		p.Add("Quotas[%d].Channel %q: %s", i, q.Channel, fault)
	}
	if q.Slot != "" && q.Session != "" {
		p.Add("Quotas[%d].Slot %q: want none beside Session %q", i, q.Slot, q.Session)
	}
	if q.Slot != "" && names.find(q.Slot) < 0 {
		p.Add("Quotas[%d].Slot %q: not among Slots", i, q.Slot)
	}
	if q.Session != "" && len(bySession[q.Session]) == 0 {
		p.Add("Quotas[%d].Session %q: not the session of any slot", i, q.Session)
	}
	if q.Most < 0 {
		p.Add("Quotas[%d].Most %d: want 0 or more", i, q.Most)
	}
	if first, ok := seen[AssignQuota{q.Channel, q.Session, q.Slot, 0}]; ok {
		p.Add("Quotas[%d].Channel %q: bounded there by Quotas[%d] already", i, q.Channel, first)
	} else {
		seen[AssignQuota{q.Channel, q.Session, q.Slot, 0}] = i
	}
}
