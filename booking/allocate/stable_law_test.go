package allocate_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// TestStableBrute looks at every matching of thousands of tiny markets. The answer is stable; it is best for each patient among the stable
// ones; the stable ones serve the same patients and as many in each slot, and the same patients where room is left (rural
// hospitals); and VerifyStable accepts the answer and nothing else.
func TestStableBrute(t *testing.T) {
	d := stableDice(1)
	several := 0
	for range 4000 {
		m := diced(&d, 5, 4)
		got := choices(m, solved(t, m))
		require.True(t, isStable(m, got), m)
		stable := 0
		everyMatching(m, func(other []int) {
			err := allocate.VerifyStable(m, answered(m, other))
			require.Equal(t, slices.Equal(got, other), err == nil, "%v %v: %v", m, other, err)
			if !isStable(m, other) {
				return
			}
			stable++
			for i := range got {
				require.LessOrEqual(t, got[i], other[i], "%v %v", m, other)
			}
			requireSameServed(t, m, got, other)
		})
		if stable > 1 {
			several++
		}
	}
	require.Greater(t, several, 100, "too few markets have a choice of stable matchings")
}

// requireSameServed is the rural hospitals theorem between two matchings.
func requireSameServed(t *testing.T, m allocate.StableMarket, a, b []int) {
	inSlot := func(got []int) map[string][]string {
		by := map[string][]string{}
		for i, p := range m.Patients {
			if got[i] < len(p.Choices) {
				by[p.Choices[got[i]].Slot] = append(by[p.Choices[got[i]].Slot], p.ID)
			}
		}
		return by
	}
	for i, p := range m.Patients {
		require.Equal(t, a[i] < len(p.Choices), b[i] < len(p.Choices), "%v: %s", m, p.ID)
	}
	inA, inB := inSlot(a), inSlot(b)
	for _, s := range m.Slots {
		require.Len(t, inB[s.ID], len(inA[s.ID]), "%v: %s", m, s.ID)
		if len(inA[s.ID]) < s.Capacity {
			require.Equal(t, inA[s.ID], inB[s.ID], "%v: %s", m, s.ID)
		}
	}
}

// everyList calls f with every ordered list of the slots, the empty one too, in the classes that the slots see the patient in.
func everyList(classes []allocate.StableChoice, f func([]allocate.StableChoice)) {
	list := make([]allocate.StableChoice, 0, len(classes))
	var extend func()
	extend = func() {
		f(list)
		for _, c := range classes {
			if !slices.Contains(list, c) {
				list = append(list, c)
				extend()
				list = list[:len(list)-1]
			}
		}
	}
	extend()
}

// TestStableNoLieHelps tries every list there is, for every patient of small markets, one patient at a time.
func TestStableNoLieHelps(t *testing.T) {
	d := stableDice(2)
	for range 150 {
		m := diced(&d, 5, 4)
		truth := solved(t, m)
		for i, p := range m.Patients {
			classes := slices.Clone(p.Choices) // every slot, in the class that the hospital judges
			for _, s := range m.Slots {
				if !slices.ContainsFunc(classes, func(c allocate.StableChoice) bool { return c.Slot == s.ID }) {
					classes = append(classes, allocate.StableChoice{Slot: s.ID, Class: 1 + d.n(3)})
				}
			}
			lie := cloned(m)
			everyList(classes, func(list []allocate.StableChoice) {
				lie.Patients[i].Choices = list
				requireNoGain(t, p, truth.Places[i], solved(t, lie).Places[i].Slot)
			})
		}
	}
}

// requireNoGain: what the lie brought is not, by the true list, better than what the truth brought.
func requireNoGain(t *testing.T, p allocate.StablePatient, truth allocate.StablePlace, lied string) {
	better := p.Choices
	if truth.Choice > 0 {
		better = p.Choices[:truth.Choice-1]
	}
	for _, c := range better {
		require.NotEqual(t, c.Slot, lied, "%v", p)
	}
}

// TestStableNoPairOfLiesHelpsBoth: no two patients can both gain by lying together (Dubins and Freedman 1981).
func TestStableNoPairOfLiesHelpsBoth(t *testing.T) {
	d := stableDice(3)
	gains := func(p allocate.StablePatient, truth, lied allocate.StablePlace) bool {
		better := p.Choices
		if truth.Choice > 0 {
			better = p.Choices[:truth.Choice-1]
		}
		return slices.ContainsFunc(better, func(c allocate.StableChoice) bool { return c.Slot == lied.Slot })
	}
	for range 100 {
		m := diced(&d, 4, 3)
		if len(m.Patients) < 2 {
			continue
		}
		truth := solved(t, m)
		a, b := m.Patients[0], m.Patients[1]
		lie := cloned(m)
		everyList(a.Choices, func(first []allocate.StableChoice) {
			lie.Patients[0].Choices = first
			everyList(b.Choices, func(second []allocate.StableChoice) {
				lie.Patients[1].Choices = second
				lied := solved(t, lie)
				require.False(t, gains(a, truth.Places[0], lied.Places[0]) && gains(b, truth.Places[1], lied.Places[1]), m)
			})
		})
	}
}

// TestStableNoLieHelpsInTheLarge samples lies in markets too large to try all: a choice dropped, put first, or all shuffled and cut.
func TestStableNoLieHelpsInTheLarge(t *testing.T) {
	d := stableDice(4)
	moved := 0
	for range 10 {
		m := diced(&d, 120, 40)
		truth := solved(t, m)
		for range 150 {
			i := d.n(len(m.Patients))
			list := slices.Clone(m.Patients[i].Choices)
			if len(list) == 0 {
				continue
			}
			switch k := d.n(len(list)); d.n(3) {
			case 0:
				list = slices.Delete(list, k, k+1)
			case 1:
				list = append([]allocate.StableChoice{list[k]}, slices.Delete(slices.Clone(list), k, k+1)...)
			default:
				d.shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
				list = list[:k+1]
			}
			lie := cloned(m)
			lie.Patients[i].Choices = list
			lied := solved(t, lie).Places[i].Slot
			requireNoGain(t, m.Patients[i], truth.Places[i], lied)
			if lied != truth.Places[i].Slot {
				moved++
			}
		}
	}
	require.Greater(t, moved, 50, "too few lies change anything")
}

// TestStableNaive compares with the textbook's procedure, and verifies, on markets of some size.
func TestStableNaive(t *testing.T) {
	agree := func(t require.TestingT, m allocate.StableMarket) {
		got, err := allocate.Stable(m)
		require.NoError(t, err)
		want := naiveStable(m)
		for _, p := range got.Places {
			require.Equal(t, want[p.Patient], p.Slot, p.Patient)
		}
		require.NoError(t, allocate.VerifyStable(m, got))
	}
	rapid.Check(t, func(t *rapid.T) { agree(t, drawMarket(t, 40, 10)) })
	d := stableDice(5)
	for range 50 {
		agree(t, diced(&d, 300, 60))
	}
	agree(t, benchMarket(2000))
}

func TestStableOrderOfInputMeansNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMarket(t, 20, 8)
		other := cloned(m)
		other.Patients = rapid.Permutation(other.Patients).Draw(t, "other patients")
		other.Slots = rapid.Permutation(other.Slots).Draw(t, "other slots")
		before := cloned(other)
		got := solved(t, other)
		require.Equal(t, solved(t, m), got)
		require.NoError(t, allocate.VerifyStable(other, got))
		require.Equal(t, before, other, "the input is not written")
	})
}

// TestStableRelabelling renames slots at will, and patients at will where no two have the same rank.
func TestStableRelabelling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMarket(t, 12, 6)
		for i := range m.Patients {
			m.Patients[i].Rank = int64(i * 7 % 13) // distinct, for there are at most 12
		}
		names := map[string]string{"": ""}
		for _, name := range rapid.Permutation(namesOf(m)).Draw(t, "names") {
			names[name] = fmt.Sprintf("n%03d", len(names))
		}
		other := cloned(m)
		for i := range other.Slots {
			other.Slots[i].ID = names[other.Slots[i].ID]
		}
		for i := range other.Patients {
			p := &other.Patients[i]
			p.ID = names[p.ID]
			for k := range p.Choices {
				p.Choices[k].Slot = names[p.Choices[k].Slot]
			}
		}
		want := map[allocate.StablePlace]bool{}
		for _, p := range solved(t, m).Places {
			want[allocate.StablePlace{Patient: names[p.Patient], Slot: names[p.Slot], Choice: p.Choice}] = true
		}
		for _, p := range solved(t, other).Places {
			require.True(t, want[p], p)
		}
	})
}

func namesOf(m allocate.StableMarket) []string {
	var names []string
	for _, s := range m.Slots {
		names = append(names, s.ID)
	}
	for _, p := range m.Patients {
		names = append(names, p.ID)
	}
	return names
}

// TestStableMoreRoomHurtsNobody: one more unit somewhere, or one patient less, and each of the others is at least as well off.
func TestStableMoreRoomHurtsNobody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMarket(t, 25, 8)
		before := choices(m, solved(t, m))
		wider := cloned(m)
		wider.Slots[rapid.IntRange(0, len(m.Slots)-1).Draw(t, "wider")].Capacity++
		for i, k := range choices(wider, solved(t, wider)) {
			require.LessOrEqual(t, k, before[i], m.Patients[i].ID)
		}
		gone := rapid.IntRange(0, len(m.Patients)-1).Draw(t, "gone")
		fewer := cloned(m)
		fewer.Patients = slices.Delete(fewer.Patients, gone, gone+1)
		for i, k := range choices(fewer, solved(t, fewer)) {
			at := i
			if i >= gone {
				at++
			}
			require.LessOrEqual(t, k, before[at], m.Patients[at].ID)
		}
	})
}

// TestStableBetterStandingNeverHurts: a patient who rises in class somewhere, or in rank, is at least as well off.
func TestStableBetterStandingNeverHurts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMarket(t, 25, 8)
		before := choices(m, solved(t, m))
		i := rapid.IntRange(0, len(m.Patients)-1).Draw(t, "who")
		raised := cloned(m)
		p := &raised.Patients[i]
		p.Rank -= int64(rapid.IntRange(0, 3).Draw(t, "rank rises by"))
		for k := range p.Choices {
			p.Choices[k].Class = max(1, p.Choices[k].Class-rapid.IntRange(0, 1).Draw(t, "class rises by"))
		}
		require.LessOrEqual(t, choices(raised, solved(t, raised))[i], before[i])
	})
}
