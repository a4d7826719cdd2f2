package allocate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// market reads one line a patient, "A 5: x/1 y/2" (ID, Rank: slot/class, best first), and slots as "x=1 y=2" (ID=capacity).
func market(t testing.TB, slots string, patients ...string) allocate.StableMarket {
	var m allocate.StableMarket
	for field := range strings.FieldsSeq(slots) {
		id, capacity, _ := strings.Cut(field, "=")
		s := allocate.StableSlot{ID: id}
		_, err := fmt.Sscan(capacity, &s.Capacity)
		require.NoError(t, err)
		m.Slots = append(m.Slots, s)
	}
	for _, line := range patients {
		head, list, _ := strings.Cut(line, ":")
		var p allocate.StablePatient
		_, err := fmt.Sscan(head, &p.ID, &p.Rank)
		require.NoError(t, err)
		for field := range strings.FieldsSeq(list) {
			slot, class, _ := strings.Cut(field, "/")
			c := allocate.StableChoice{Slot: slot}
			_, err := fmt.Sscan(class, &c.Class)
			require.NoError(t, err)
			p.Choices = append(p.Choices, c)
		}
		m.Patients = append(m.Patients, p)
	}
	return m
}

// show prints an answer as "A=x B=- (3)": who has what, and the proposals.
func show(m allocate.StableMatching) string {
	var b strings.Builder
	for _, p := range m.Places {
		slot := p.Slot
		if slot == "" {
			slot = "-"
		}
		fmt.Fprintf(&b, "%s=%s ", p.Patient, slot)
	}
	return fmt.Sprintf("%s(%d)", b.String(), m.Proposals)
}

func TestStableTable(t *testing.T) {
	for _, c := range []struct {
		name, slots string
		patients    []string
		want        string
	}{
		{"empty", "", nil, "(0)"},
		{"nobody asks", "x=1", nil, "(0)"},
		{"no slots", "", []string{"A 1:"}, "A=- (0)"},
		{"first choice", "x=1 y=1", []string{"A 1: y/1 x/1"}, "A=y (1)"},
		{"class before rank", "x=1", []string{"A 1: x/2", "B 9: x/1"}, "A=- B=x (2)"},
		{"rank before ID", "x=1", []string{"A 2: x/1", "B 1: x/1"}, "A=- B=x (2)"},
		{"negative rank", "x=1", []string{"A 0: x/1", "B -1: x/1"}, "A=- B=x (2)"},
		{"ID last", "x=1", []string{"B 1: x/1", "A 1: x/1"}, "A=x B=- (2)"},
		{"capacity 0", "x=0 y=1", []string{"A 1: x/1 y/1"}, "A=y (2)"},
		{"capacity 2 of 3", "x=2", []string{"A 3: x/1", "B 1: x/1", "C 2: x/1"}, "A=- B=x C=x (3)"},
		{"more room than patients", "x=1000000", []string{"A 3: x/1", "B 1: x/1"}, "A=x B=x (2)"},
		{"accepted is not final", "x=1 y=1", []string{"A 1: x/2 y/1", "B 2: x/1"}, "A=y B=x (3)"},
		{"a chain of three", "x=1 y=1 z=1", []string{"A 1: x/2 y/1", "B 2: y/2 z/1", "C 3: x/1"}, "A=y B=z C=x (5)"},
		// Two stable matchings: the patients' own, and the slots' own, A=y B=x. The patients' is given.
		{"best for patients", "x=1 y=1", []string{"A 1: x/2 y/1", "B 2: y/2 x/1"}, "A=x B=y (2)"},
		// Roth's point: three asks only to be refused, but its asking costs A and B their first choices.
		{"a third who gets nothing", "x=1 y=1", []string{"A 3: x/2 y/1", "B 2: y/2 x/1", "C 1: x/2"}, "A=y B=x C=- (5)"},
		{"the largest class and rank", "x=1", []string{"A 9223372036854775807: x/1000000", "B -9223372036854775808: x/1000000"}, "A=- B=x (2)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := market(t, c.slots, c.patients...)
			got, err := allocate.Stable(m)
			require.NoError(t, err)
			require.Equal(t, c.want, show(got))
			require.NoError(t, allocate.VerifyStable(m, got))
		})
	}
}

func TestStableSaysWhichChoice(t *testing.T) {
	m := market(t, "x=1 y=1", "A 1: x/1", "B 2: x/1 y/1", "C 3: x/1")
	got, err := allocate.Stable(m)
	require.NoError(t, err)
	require.Equal(t, []allocate.StablePlace{{"A", "x", 1}, {"B", "y", 2}, {"C", "", 0}}, got.Places)
}

func TestStableRefusesAllAtOnce(t *testing.T) {
	m := market(t, "x=1 x=2 y=-1 z=1000001",
		"A 1: x/0 x/1 q/1", "A 2: y/1000001", "B 3: z/1")
	m.Patients[2].ID = " B"
	m.Slots = append(m.Slots, allocate.StableSlot{ID: strings.Repeat("s", 201)}, allocate.StableSlot{}, allocate.StableSlot{ID: "a\nb"}, allocate.StableSlot{ID: "\xff"})
	want := []string{
		`Slots[1].ID "x": also Slots[0]`,
		`Slots[2].Capacity -1: want 0 to 1000000`,
		`Slots[3].Capacity 1000001: want 0 to 1000000`,
		`Slots[4].ID "` + strings.Repeat("s", 201) + `": 201 bytes, want at most 200`,
		`Slots[5].ID "": missing`,
		`Slots[6].ID "a\nb": control character`,
		`Slots[7].ID "\xff": not UTF-8`,
		`Patients[0].Choices[0].Class 0: want 1 to 1000000`,
		`Patients[0].Choices[1].Slot "x": twice`,
		`Patients[0].Choices[2].Slot "q": not among Slots`,
		`Patients[1].ID "A": also Patients[0]`,
		`Patients[1].Choices[0].Class 1000001: want 1 to 1000000`,
		`Patients[2].ID " B": space at an end`,
	}
	_, err := allocate.Stable(m)
	require.EqualError(t, err, strings.Join(want, "\n"))
	require.EqualError(t, allocate.VerifyStable(m, allocate.StableMatching{}), strings.Join(want, "\n"))
}

func TestStableCountsProblemsBeyondAHundred(t *testing.T) {
	_, err := allocate.Stable(allocate.StableMarket{Slots: make([]allocate.StableSlot, 60)})
	lines := strings.Split(err.Error(), "\n")
	require.Len(t, lines, 101) // 60 without a name, 59 of them repeats
	require.Equal(t, "and 19 more problems", lines[100])
}

func TestStableLimits(t *testing.T) {
	list := make([]allocate.StableChoice, 100_000)
	many := allocate.StableMarket{Patients: make([]allocate.StablePatient, 1001)}
	for i := range many.Patients {
		many.Patients[i].Choices = list
	}
	_, err := allocate.Stable(many)
	require.EqualError(t, err, "len(Choices) of all Patients 100100000: want at most 100000000")
	_, err = allocate.Stable(allocate.StableMarket{
		Patients: make([]allocate.StablePatient, allocate.MaxStablePatients+1),
		Slots:    make([]allocate.StableSlot, allocate.MaxStableSlots+1),
	})
	require.EqualError(t, err, "len(Patients) 2000001: want at most 2000000\nlen(Slots) 2000001: want at most 2000000")
}

// TestVerifyStableTampered changes a right answer in each way that VerifyStable looks for.
func TestVerifyStableTampered(t *testing.T) {
	m := market(t, "x=1 y=1 z=2", "A 1: x/2 y/1", "B 2: y/2 x/1", "C 3: z/1", "D 4: y/3 z/1", "E 5: z/1")
	right, err := allocate.Stable(m)
	require.NoError(t, err)
	require.Equal(t, "A=x B=y C=z D=z E=- (6)", show(right))
	place := func(i int, slot string, choice int) func(*allocate.StableMatching) {
		return func(g *allocate.StableMatching) { g.Places[i].Slot, g.Places[i].Choice = slot, choice }
	}
	for _, c := range []struct {
		name    string
		changes []func(*allocate.StableMatching)
		more    int64 // of Proposals, so that only the change itself is wrong
		want    string
	}{
		{"a patient missing", []func(*allocate.StableMatching){func(g *allocate.StableMatching) { g.Places = g.Places[1:] }}, 0, "len(Places) 4: the market has 5 patients"},
		{"a stranger", []func(*allocate.StableMatching){func(g *allocate.StableMatching) { g.Places[0].Patient = "Z" }}, 0, `Places[0].Patient "Z": want "A", for places are by ID`},
		{"not on the list", []func(*allocate.StableMatching){place(0, "z", 1)}, 0, `Places[0] of "A": choice 1 is not slot "z"`},
		{"beyond the list", []func(*allocate.StableMatching){place(0, "z", 3)}, 0, `Places[0] of "A": choice 3 is not slot "z"`},
		{"below the list", []func(*allocate.StableMatching){place(0, "x", -1)}, 0, `Places[0] of "A": choice -1 is not slot "x"`},
		{"no slot but a choice", []func(*allocate.StableMatching){place(0, "", 1)}, 0, `Places[0] of "A": choice 1 is not slot ""`},
		{"wrong choice", []func(*allocate.StableMatching){place(0, "x", 2)}, 0, `Places[0] of "A": choice 2 is not slot "x"`},
		{"wrong proposals", nil, 1, "Proposals 7: want 6"},
		{"over capacity", []func(*allocate.StableMatching){place(4, "z", 1)}, 0, `slot "z": more than its capacity of 2`},
		{"waste", []func(*allocate.StableMatching){place(3, "", 0)}, 0, "waste: \"D\" would rather have slot \"z\", which has room\nwaste: \"E\" would rather have slot \"z\", which has room"},
		{"justified envy", []func(*allocate.StableMatching){place(2, "", 0), place(4, "z", 1)}, 0, `justified envy: "C" would rather have slot "z", and is before "E" there`},
		{"stable, not best", []func(*allocate.StableMatching){place(0, "y", 2), place(1, "x", 2)}, 2, "not best: B to y, A to x could each have the slot they would rather have"},
	} {
		t.Run(c.name, func(t *testing.T) {
			wrong := right
			wrong.Places = append([]allocate.StablePlace(nil), right.Places...)
			wrong.Proposals += c.more
			for _, change := range c.changes {
				change(&wrong)
			}
			require.EqualError(t, allocate.VerifyStable(m, wrong), c.want)
		})
	}
}
