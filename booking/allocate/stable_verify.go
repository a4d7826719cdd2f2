package allocate

import (
	"slices"
	"strings"
)

// VerifyStable reports whether an answer is the one that [Stable] promises, without trusting the code that found it: one place for each
// patient, nobody on a slot that is not on the list, no slot over its capacity, no unit left free that somebody would rather
// have, no justified envy, and no other stable matching that is better for any patient. The error joins what it finds, each
// with the names of those concerned; more than 100 are counted. Problems of the market come first and alone.
//
// Cost: O(choices), besides sorting the patients.
func VerifyStable(m StableMarket, got StableMatching) error {
	if _, err := m.check(); err != nil {
		return err
	}
	v := &stableVerifier{slots: map[string]*stableWard{}, byName: slices.Clone(m.Patients)}
	slices.SortFunc(v.byName, func(a, b StablePatient) int { return strings.Compare(a.ID, b.ID) })
	for _, s := range m.Slots {
		v.slots[s.ID] = &stableWard{capacity: s.Capacity}
	}
	// Each step relies on what the ones before it have found to hold.
	for _, step := range []func(StableMatching){v.listsEverybody, v.keepsLists, v.seats, v.leavesNoEnvy, v.isBest, v.countsProposals} {
		if step(got); v.problems.Len() > 0 {
			break
		}
	}
	return v.problems.Err()
}

type stableVerifier struct {
	problems faultList
	byName   []StablePatient
	// proposals is what follows from the places. It is compared last: a wrong place changes it, and says more.
	proposals int64
	slots     map[string]*stableWard
}

// stableWard is a slot as the verifier sees it: who has it, and which of those who would rather have it comes first.
type stableWard struct {
	capacity, taken int
	last            stableClaimant // of those who have it, the one it prefers least
	envier          stableClaimant // of those who would rather have it, the one it prefers most
	envierSlot      string         // where that one is now
}

// stableClaimant is a patient as one slot sees it.
type stableClaimant struct {
	class int
	rank  int64
	id    string
}

// before reports whether the slot prefers a to b.
func (a stableClaimant) before(b stableClaimant) bool {
	if a.class != b.class {
		return a.class < b.class
	}
	if a.rank != b.rank {
		return a.rank < b.rank
	}
	return a.id < b.id
}

// claimant is patient p as the slot of its k-th choice sees it.
func (v *stableVerifier) claimant(p, k int) stableClaimant {
	patient := &v.byName[p]
	return stableClaimant{patient.Choices[k].Class, patient.Rank, patient.ID}
}

// listsEverybody: Places has each patient once, by ID.
func (v *stableVerifier) listsEverybody(got StableMatching) {
	if len(got.Places) != len(v.byName) {
		v.problems.Add("len(Places) %d: the market has %d patients", len(got.Places), len(v.byName))
		return
	}
	for p := range got.Places {
		if got.Places[p].Patient != v.byName[p].ID {
			v.problems.Add("Places[%d].Patient %q: want %q, for places are by ID", p, got.Places[p].Patient, v.byName[p].ID)
		}
	}
}

// keepsLists: each place is none, or the choice that it says it is.
func (v *stableVerifier) keepsLists(got StableMatching) {
	var proposals int64
	for p, place := range got.Places {
		list := v.byName[p].Choices
		switch {
		case place.Slot == "" && place.Choice == 0:
			proposals += int64(len(list))
		case place.Choice < 1 || place.Choice > len(list) || list[place.Choice-1].Slot != place.Slot:
			v.problems.Add("Places[%d] of %q: choice %d is not slot %q", p, place.Patient, place.Choice, place.Slot)
		default:
			proposals += int64(place.Choice)
		}
	}
	v.proposals = proposals
}

// countsProposals: Proposals is what follows from the places.
func (v *stableVerifier) countsProposals(got StableMatching) {
	if got.Proposals != v.proposals {
		v.problems.Add("Proposals %d: want %d", got.Proposals, v.proposals)
	}
}

// seats puts the patients on their slots: none is over its capacity.
func (v *stableVerifier) seats(got StableMatching) {
	for p, place := range got.Places {
		if place.Choice == 0 {
			continue
		}
		ward, who := v.slots[place.Slot], v.claimant(p, place.Choice-1)
		if ward.taken == 0 || ward.last.before(who) {
			ward.last = who
		}
		if ward.taken++; ward.taken == ward.capacity+1 {
			v.problems.Add("slot %q: more than its capacity of %d", place.Slot, ward.capacity)
		}
	}
}

// leavesNoEnvy: whatever a patient would rather have is full of patients whom the slot prefers.
func (v *stableVerifier) leavesNoEnvy(got StableMatching) {
	for p, place := range got.Places {
		better := place.Choice - 1
		if place.Choice == 0 {
			better = len(v.byName[p].Choices)
		}
		for k, c := range v.byName[p].Choices[:better] {
			ward, who := v.slots[c.Slot], v.claimant(p, k)
			switch {
			case ward.taken < ward.capacity:
				v.problems.Add("waste: %q would rather have slot %q, which has room", place.Patient, c.Slot)
			case ward.taken > 0 && who.before(ward.last):
				v.problems.Add("justified envy: %q would rather have slot %q, and is before %q there", place.Patient, c.Slot, ward.last.id)
			case ward.envier.class == 0 || who.before(ward.envier):
				ward.envier, ward.envierSlot = who, place.Slot
			}
		}
	}
}

// isBest: no stable matching is better for any patient. Of those who would rather have a slot, only the one it prefers most can come to it
// without leaving justified envy, so each slot points to where that patient is now. If another stable matching is better for some
// patients, the slots that they come to in it are full and serve as many in both (rural hospitals), and each points
// to another of them, so there is a circle; and whoever moves along a circle leaves a stable matching that is better for all who
// moved. These are the rotations of Irving and Leather (1986), "The complexity of counting stable marriages", walked backwards.
func (v *stableVerifier) isBest(got StableMatching) {
	seenFrom := make(map[string]int, len(v.slots)) // 1 + the place from which a walk first came through
	for p, place := range got.Places {
		at := place.Slot
		for at != "" && seenFrom[at] == 0 {
			seenFrom[at] = p + 1
			at = v.slots[at].envierSlot
		}
		if at == "" || seenFrom[at] != p+1 {
			continue
		}
		v.problems.Add("not best: %s could each have the slot they would rather have", v.circle(at))
		return
	}
}

// circle names, from a slot on a circle, up to ten of the patients who would move along it.
func (v *stableVerifier) circle(start string) string {
	var b strings.Builder
	count := 0
	for at := start; count == 0 || at != start; at = v.slots[at].envierSlot {
		if count++; count <= 10 {
			b.WriteString(v.slots[at].envier.id + " to " + at + ", ")
		}
	}
	if count > 10 {
		b.WriteString("and others, ")
	}
	return strings.TrimSuffix(b.String(), ", ")
}
