package allocate_test

import (
	"fmt"
	"slices"
	"sort"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// stableDice is SplitMix64: the same cases on every machine.
type stableDice uint64

func (d *stableDice) n(n int) int {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % uint64(n))
}

func (d *stableDice) shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		swap(i, d.n(i+1))
	}
}

// diced makes a market of at most so many patients and slots, with ties in class and in rank, and scarce enough that often several
// matchings are stable.
func diced(d *stableDice, patients, slots int) allocate.StableMarket {
	var m allocate.StableMarket
	for s := range 1 + d.n(slots) {
		m.Slots = append(m.Slots, allocate.StableSlot{ID: fmt.Sprintf("s%02d", s), Capacity: []int{0, 1, 1, 1, 2}[d.n(5)]})
	}
	for p := range 1 + d.n(patients) {
		patient := allocate.StablePatient{ID: fmt.Sprintf("P%03d", p), Rank: int64(d.n(patients)) - 1}
		for _, s := range m.Slots {
			patient.Choices = append(patient.Choices, allocate.StableChoice{Slot: s.ID, Class: 1 + d.n(6)})
		}
		d.shuffle(len(patient.Choices), func(i, j int) {
			patient.Choices[i], patient.Choices[j] = patient.Choices[j], patient.Choices[i]
		})
		if d.n(2) == 0 {
			patient.Choices = patient.Choices[:d.n(len(patient.Choices)+1)]
		}
		m.Patients = append(m.Patients, patient)
	}
	return m
}

// drawMarket is diced by rapid's choices, so that a failure shrinks.
func drawMarket(t *rapid.T, patients, slots int) allocate.StableMarket {
	var m allocate.StableMarket
	for s := range rapid.IntRange(1, slots).Draw(t, "slots") {
		m.Slots = append(m.Slots, allocate.StableSlot{ID: fmt.Sprintf("s%02d", s), Capacity: rapid.IntRange(0, 3).Draw(t, "capacity")})
	}
	for p := range rapid.IntRange(1, patients).Draw(t, "patients") {
		patient := allocate.StablePatient{ID: fmt.Sprintf("P%03d", p), Rank: int64(rapid.IntRange(0, 5).Draw(t, "rank"))}
		for _, s := range rapid.SliceOfDistinct(rapid.IntRange(0, len(m.Slots)-1), rapid.ID[int]).Draw(t, "choices") {
			patient.Choices = append(patient.Choices, allocate.StableChoice{Slot: m.Slots[s].ID, Class: rapid.IntRange(1, 3).Draw(t, "class")})
		}
		m.Patients = append(m.Patients, patient)
	}
	return m
}

// cloned is a market that shares nothing with m.
func cloned(m allocate.StableMarket) allocate.StableMarket {
	m.Slots, m.Patients = slices.Clone(m.Slots), slices.Clone(m.Patients)
	for i := range m.Patients {
		m.Patients[i].Choices = slices.Clone(m.Patients[i].Choices)
	}
	return m
}

// wants reports whether slot, as the market states it, prefers patient a to patient b. Both list it.
func wants(slot string, a, b allocate.StablePatient) bool {
	key := func(p allocate.StablePatient) string { // as text, so that it shares nothing with the code under test
		for _, c := range p.Choices {
			if c.Slot == slot {
				return fmt.Sprintf("%07d %020d %s", c.Class, uint64(p.Rank)+1<<63, p.ID)
			}
		}
		panic("not listed")
	}
	return key(a) < key(b)
}

// everyMatching calls f with all ways to give patients listed slots within capacities; got[i] is the index of the choice
// of Patients[i], len(Choices) for none.
func everyMatching(m allocate.StableMarket, f func(got []int)) {
	room := map[string]int{}
	for _, s := range m.Slots {
		room[s.ID] = s.Capacity
	}
	got := make([]int, len(m.Patients))
	var seat func(i int)
	seat = func(i int) {
		if i == len(got) {
			f(got)
			return
		}
		for k, c := range m.Patients[i].Choices {
			if room[c.Slot] > 0 {
				room[c.Slot]--
				got[i] = k
				seat(i + 1)
				room[c.Slot]++
			}
		}
		got[i] = len(m.Patients[i].Choices)
		seat(i + 1)
	}
	seat(0)
}

// isStable is the definition: no patient and slot would rather have each other.
func isStable(m allocate.StableMarket, got []int) bool {
	has := map[string][]int{} // patients by slot
	for i, k := range got {
		if k < len(m.Patients[i].Choices) {
			slot := m.Patients[i].Choices[k].Slot
			has[slot] = append(has[slot], i)
		}
	}
	capacity := map[string]int{}
	for _, s := range m.Slots {
		capacity[s.ID] = s.Capacity
	}
	for i, k := range got {
		for _, c := range m.Patients[i].Choices[:k] {
			if len(has[c.Slot]) < capacity[c.Slot] {
				return false
			}
			for _, other := range has[c.Slot] {
				if wants(c.Slot, m.Patients[i], m.Patients[other]) {
					return false
				}
			}
		}
	}
	return true
}

// choices reads an answer as everyMatching writes one; Patients are by ID.
func choices(m allocate.StableMarket, answer allocate.StableMatching) []int {
	got := make([]int, len(m.Patients))
	for i, p := range answer.Places {
		if got[i] = p.Choice - 1; p.Choice == 0 {
			got[i] = len(m.Patients[i].Choices)
		}
	}
	return got
}

// answered writes what choices reads.
func answered(m allocate.StableMarket, got []int) allocate.StableMatching {
	var answer allocate.StableMatching
	for i, k := range got {
		place := allocate.StablePlace{Patient: m.Patients[i].ID}
		if list := m.Patients[i].Choices; k < len(list) {
			place.Slot, place.Choice = list[k].Slot, k+1
			answer.Proposals++
		}
		answer.Proposals += int64(k)
		answer.Places = append(answer.Places, place)
	}
	return answer
}

// naiveStable is the textbook's: in each round everybody without a slot asks the next choice, and each slot keeps the best
// of all that it has, sorted anew.
func naiveStable(m allocate.StableMarket) map[string]string {
	type asker struct {
		patient *allocate.StablePatient
		class   int
	}
	capacity := map[string]int{}
	for _, s := range m.Slots {
		capacity[s.ID] = s.Capacity
	}
	asked := map[string]int{}
	has := map[string][]asker{}
	free := make([]*allocate.StablePatient, len(m.Patients))
	for i := range m.Patients {
		free[i] = &m.Patients[i]
	}
	for len(free) > 0 {
		var again []*allocate.StablePatient
		touched := map[string]bool{}
		for _, p := range free {
			if k := asked[p.ID]; k < len(p.Choices) {
				asked[p.ID]++
				has[p.Choices[k].Slot] = append(has[p.Choices[k].Slot], asker{p, p.Choices[k].Class})
				touched[p.Choices[k].Slot] = true
			}
		}
		for slot := range touched {
			all := has[slot]
			sort.Slice(all, func(i, j int) bool {
				a, b := all[i], all[j]
				switch {
				case a.class != b.class:
					return a.class < b.class
				case a.patient.Rank != b.patient.Rank:
					return a.patient.Rank < b.patient.Rank
				}
				return a.patient.ID < b.patient.ID
			})
			for len(all) > capacity[slot] {
				again = append(again, all[len(all)-1].patient)
				all = all[:len(all)-1]
			}
			has[slot] = all
		}
		free = again
	}
	answer := map[string]string{}
	for slot, all := range has {
		for _, a := range all {
			answer[a.patient.ID] = slot
		}
	}
	return answer
}

// solved is Stable of a market that is known to be right.
func solved(t interface {
	Fatalf(string, ...any)
	Helper()
}, m allocate.StableMarket) allocate.StableMatching {
	t.Helper()
	answer, err := allocate.Stable(m)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return answer
}
