package allocate_test

import (
	"crypto/sha256"
	"fmt"
	"sort"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// naiveLottery is the definition, written down at once.
func naiveLottery(d allocate.LotteryDraw) []string {
	net := func(x any) string { s := fmt.Sprint(x); return fmt.Sprintf("%d:%s,", len(s), s) }
	best := map[string]string{}
	var order []string
	for _, e := range d.Entries {
		for n := range e.Weight {
			text := net("haoyuan lottery 1") + net(d.Seed) + net(d.Draw) + net(e.Patient) + net(n+1)
			drawn := fmt.Sprintf("%07d%x%s", e.Class, sha256.Sum256([]byte(text)), e.Patient)
			if best[e.Patient] == "" || drawn < best[e.Patient] {
				best[e.Patient] = drawn
			}
		}
		order = append(order, e.Patient)
	}
	sort.Slice(order, func(i, j int) bool { return best[order[i]] < best[order[j]] })
	return order
}

func benchDraw(entries, weight int) allocate.LotteryDraw {
	d := allocate.LotteryDraw{Seed: exampleSeed, Draw: "2026-12-01 特需", Capacity: 100}
	for i := range entries {
		d.Entries = append(d.Entries, allocate.LotteryEntry{Patient: fmt.Sprintf("R-%06d", i), Class: 1 + i%3, Weight: weight})
	}
	return d
}

func TestLotteryNaive(t *testing.T) {
	d := benchDraw(500, 7)
	require.Equal(t, naiveLottery(d), drawn(t, d))
}

func BenchmarkLottery(b *testing.B) {
	for _, weight := range []int{1, 10} {
		d := benchDraw(100_000, weight)
		proof, err := allocate.Lottery(d)
		require.NoError(b, err)
		public := published(b, d)
		b.Run(fmt.Sprintf("n=100000/weight=%d", weight), func(b *testing.B) {
			for b.Loop() {
				_, err := allocate.Lottery(d)
				require.NoError(b, err)
			}
		})
		b.Run(fmt.Sprintf("n=100000/weight=%d/naive", weight), func(b *testing.B) {
			for b.Loop() {
				require.NotEmpty(b, naiveLottery(d))
			}
		})
		b.Run(fmt.Sprintf("n=100000/weight=%d/verify", weight), func(b *testing.B) {
			for b.Loop() {
				require.NoError(b, allocate.VerifyLottery(proof, public))
			}
		})
	}
}
