package allocate_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// benchMarket is a city's morning: 24 choices a patient, the first ones mostly among popular slots, in three classes, with distinct ranks;
// slots of 8 units, so that nine patients in ten could be served.
func benchMarket(patients int) allocate.StableMarket {
	d := stableDice(7)
	var m allocate.StableMarket
	for s := range max(30, patients*9/80) {
		m.Slots = append(m.Slots, allocate.StableSlot{ID: fmt.Sprintf("S%06d", s), Capacity: 8})
	}
	lister := make([]int, len(m.Slots))
	for p := range patients {
		patient := allocate.StablePatient{ID: fmt.Sprintf("P%07d", p), Rank: int64(p)}
		for len(patient.Choices) < 24 {
			s := d.n(len(m.Slots))
			if d.n(2) == 0 {
				s = d.n(s + 1) // the smaller, the more popular
			}
			if lister[s] != p+1 {
				lister[s] = p + 1
				patient.Choices = append(patient.Choices, allocate.StableChoice{Slot: m.Slots[s].ID, Class: 1 + d.n(3)})
			}
		}
		m.Patients = append(m.Patients, patient)
	}
	d.shuffle(patients, func(i, j int) { m.Patients[i].Rank, m.Patients[j].Rank = m.Patients[j].Rank, m.Patients[i].Rank })
	return m
}

func BenchmarkStable(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		m := benchMarket(n)
		answer, err := allocate.Stable(m)
		require.NoError(b, err)
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, err := allocate.Stable(m)
				require.NoError(b, err)
			}
			b.ReportMetric(float64(answer.Proposals), "proposals")
		})
		b.Run(fmt.Sprintf("n=%d/naive", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				require.NotEmpty(b, naiveStable(m))
			}
		})
		b.Run(fmt.Sprintf("n=%d/verify", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				require.NoError(b, allocate.VerifyStable(m, answer))
			}
		})
	}
}
