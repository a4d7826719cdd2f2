package allocate

import (
	"cmp"
	"slices"
	"strings"
)

// stableRun is one deferred acceptance. A turn is a patient's place by Rank and ID, so that what a slot prefers is one comparison of
// numbers: class in the high bits, turn in the low ones.
type stableRun struct {
	patients []StablePatient
	lists    stableLists
	turns    []int32 // the position in patients of each turn
	asked    []int32 // how many choices the patient of each turn has asked
	held     []stableHeap
}

// stableHeap holds the claims that a slot has accepted so far, the one it would give up first on top.
type stableHeap struct {
	claims []uint64
	room   int
}

func newStableRun(m StableMarket, lists stableLists) *stableRun {
	r := &stableRun{
		patients: m.Patients,
		lists:    lists,
		turns:    make([]int32, len(m.Patients)),
		asked:    make([]int32, len(m.Patients)),
		held:     make([]stableHeap, len(m.Slots)),
	}
	for i := range r.turns {
		r.turns[i] = int32(i)
	}
	slices.SortFunc(r.turns, func(i, j int32) int {
		a, b := &m.Patients[i], &m.Patients[j]
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), strings.Compare(a.ID, b.ID))
	})
	for s := range r.held {
		r.held[s].room = m.Slots[s].Capacity
	}
	return r
}

// propose lets the patient of turn t ask the next choice. It returns whose turn is next: t again if refused, that of the patient whose
// place t took, or -1 if t has a place without taking one, or nothing left to ask.
func (r *stableRun) propose(t int32) int32 {
	list := r.patients[r.turns[t]].Choices
	k := r.asked[t]
	if int(k) == len(list) {
		return -1
	}
	r.asked[t]++
	slot := &r.held[r.lists.slot[r.lists.from[r.turns[t]]+k]]
	claim := uint64(list[k].Class)<<32 | uint64(t)
	if len(slot.claims) < slot.room {
		slot.push(claim)
		return -1
	}
	if slot.room == 0 || claim > slot.claims[0] {
		return t
	}
	return int32(slot.replace(claim) & (1<<32 - 1))
}

// push adds a claim where there is room.
func (h *stableHeap) push(claim uint64) {
	h.claims = append(h.claims, claim)
	at := len(h.claims) - 1
	for at > 0 {
		above := (at - 1) / 2
		if h.claims[above] > claim {
			break
		}
		h.claims[at] = h.claims[above]
		at = above
	}
	h.claims[at] = claim
}

// replace puts a claim in place of the least preferred one, which it returns.
func (h *stableHeap) replace(claim uint64) uint64 {
	last, at := h.claims[0], 0
	for {
		below := 2*at + 1
		if below >= len(h.claims) {
			break
		}
		if below+1 < len(h.claims) && h.claims[below+1] > h.claims[below] {
			below++
		}
		if h.claims[below] < claim {
			break
		}
		h.claims[at] = h.claims[below]
		at = below
	}
	h.claims[at] = claim
	return last
}

// matching reads the answer off the slots: who is still held somewhere received the choice asked last.
func (r *stableRun) matching(m StableMarket) StableMatching {
	var answer StableMatching
	answer.Places = make([]StablePlace, len(r.turns))
	for t, i := range r.turns {
		answer.Places[t].Patient = m.Patients[i].ID
		answer.Proposals += int64(r.asked[t])
	}
	for s := range r.held {
		for _, claim := range r.held[s].claims {
			t := claim & (1<<32 - 1)
			answer.Places[t].Slot = m.Slots[s].ID
			answer.Places[t].Choice = int(r.asked[t])
		}
	}
	slices.SortFunc(answer.Places, func(a, b StablePlace) int { return strings.Compare(a.Patient, b.Patient) })
	return answer
}
