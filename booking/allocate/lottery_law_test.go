package allocate_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

func drawLottery(t *rapid.T) allocate.LotteryDraw {
	d := allocate.LotteryDraw{
		Seed:     fmt.Sprintf("%064x", rapid.Uint64().Draw(t, "seed")),
		Draw:     strconv.Itoa(rapid.IntRange(0, 99).Draw(t, "draw")),
		Capacity: rapid.IntRange(0, 6).Draw(t, "capacity"),
	}
	for i := range rapid.IntRange(1, 12).Draw(t, "entries") {
		d.Entries = append(d.Entries, allocate.LotteryEntry{
			Patient: fmt.Sprintf("R-%d", i), Class: rapid.IntRange(1, 3).Draw(t, "class"), Weight: rapid.IntRange(1, 5).Draw(t, "weight"),
		})
	}
	return d
}

// drawn is the order of the patients.
func drawn(t require.TestingT, d allocate.LotteryDraw) []string {
	proof, err := allocate.Lottery(d)
	require.NoError(t, err)
	var order []string
	for _, p := range proof.Places {
		order = append(order, p.Patient)
	}
	return order
}

func published(t require.TestingT, d allocate.LotteryDraw) (p allocate.LotteryPublished) {
	var err error
	p.Commitment, err = allocate.LotteryCommit(d.Seed)
	require.NoError(t, err)
	p.Seal, err = allocate.LotterySeal(d)
	require.NoError(t, err)
	return p
}

func TestLotteryLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawLottery(t)
		proof, err := allocate.Lottery(d)
		require.NoError(t, err)
		require.NoError(t, allocate.VerifyLottery(proof, published(t, d)))
		order := drawn(t, d)

		other := d
		other.Entries = rapid.Permutation(d.Entries).Draw(t, "other order")
		require.Equal(t, order, drawn(t, other), "the order of entries means nothing")
		require.Equal(t, published(t, d), published(t, other))

		class := map[string]int{}
		for _, e := range d.Entries {
			class[e.Patient] = e.Class
		}
		require.True(t, slices.IsSortedFunc(order, func(a, b string) int { return class[a] - class[b] }), "classes in order")
		require.Equal(t, order[:min(d.Capacity, len(order))], proof.Winners())

		gone := rapid.IntRange(0, len(d.Entries)-1).Draw(t, "gone")
		other.Entries = slices.Delete(slices.Clone(d.Entries), gone, gone+1)
		without := slices.DeleteFunc(slices.Clone(order), func(p string) bool { return p == d.Entries[gone].Patient })
		require.True(t, slices.Equal(without, drawn(t, other)), "the others keep their order")
	})
}

// TestLotteryWeightNeverHurts: with more tickets a patient's place is no worse, and the others keep their order.
func TestLotteryWeightNeverHurts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawLottery(t)
		order := drawn(t, d)
		i := rapid.IntRange(0, len(d.Entries)-1).Draw(t, "who")
		who := d.Entries[i].Patient
		d.Entries[i].Weight += rapid.IntRange(1, 20).Draw(t, "more")
		raised := drawn(t, d)
		require.LessOrEqual(t, slices.Index(raised, who), slices.Index(order, who))
		isWho := func(p string) bool { return p == who }
		require.Equal(t, slices.DeleteFunc(order, isWho), slices.DeleteFunc(raised, isWho))
	})
}

// TestLotteryTicketIsUnambiguous reads a ticket back, whatever its parts hold: so no two tickets are the same text.
func TestLotteryTicketIsUnambiguous(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[0-9:,x]{0,12}|.{0,12}`)
		parts := []string{"haoyuan lottery 1", text.Draw(t, "seed"), text.Draw(t, "draw"), text.Draw(t, "patient")}
		n := rapid.IntRange(1, 1000).Draw(t, "number")
		rest := allocate.LotteryTicket(parts[1], parts[2], parts[3], n)
		for _, want := range append(parts, strconv.Itoa(n)) {
			head, tail, ok := strings.Cut(rest, ":")
			require.True(t, ok)
			length, err := strconv.Atoi(head)
			require.NoError(t, err)
			require.Equal(t, want, tail[:length])
			require.Equal(t, byte(','), tail[length])
			rest = tail[length+1:]
		}
		require.Empty(t, rest)
	})
}

// The distributions below are over fixed seeds, so that they pass always or never. Thresholds are those of chi-square at one in a
// thousand, from tables.

func TestLotteryEveryOrderIsAsLikely(t *testing.T) {
	const draws = 24_000
	count := map[string]int{}
	for i := range draws {
		d := allocate.LotteryDraw{Seed: fmt.Sprintf("%064d", i), Draw: "d", Entries: []allocate.LotteryEntry{{"A", 1, 1}, {"B", 1, 1}, {"C", 1, 1}, {"D", 1, 1}}}
		count[strings.Join(drawn(t, d), "")]++
	}
	require.Len(t, count, 24)
	var chi float64
	for _, n := range count {
		off := float64(n) - draws/24
		chi += off * off / (draws / 24)
	}
	require.Less(t, chi, 49.728, "23 degrees of freedom")
}

// TestLotteryWeightsAreProbabilities: among A of 1 ticket, B of 2 and C of 5, each order has its probability, as if drawn
// one by one with the weights of those who are left.
func TestLotteryWeightsAreProbabilities(t *testing.T) {
	const draws = 24_000
	weight := map[byte]int{'A': 1, 'B': 2, 'C': 5}
	count := map[string]int{}
	first := map[byte]int{}
	for i := range draws {
		d := allocate.LotteryDraw{Seed: strings.Repeat("seed", 8), Draw: strconv.Itoa(i), Entries: []allocate.LotteryEntry{{"A", 1, 1}, {"B", 1, 2}, {"C", 1, 5}}}
		order := strings.Join(drawn(t, d), "")
		count[order]++
		first[order[0]]++
	}
	var chi float64
	for _, order := range []string{"ABC", "ACB", "BAC", "BCA", "CAB", "CBA"} {
		a, b, c := weight[order[0]], weight[order[1]], weight[order[2]]
		expected := draws * float64(a) / float64(a+b+c) * float64(b) / float64(b+c)
		off := float64(count[order]) - expected
		chi += off * off / expected
	}
	require.Less(t, chi, 20.515, "5 degrees of freedom")
	for patient, w := range weight {
		require.InDelta(t, draws*float64(w)/8, first[patient], 250, "four standard deviations: %c", patient)
	}
}

// TestLotteryDrawsAreIndependent: with the same seed, who is first in one draw says nothing of the next.
func TestLotteryDrawsAreIndependent(t *testing.T) {
	const draws = 20_000
	both := 0
	for i := range draws {
		d := allocate.LotteryDraw{Seed: fmt.Sprintf("%064d", i), Draw: "1", Entries: []allocate.LotteryEntry{{"A", 1, 1}, {"B", 1, 1}}}
		one := drawn(t, d)
		d.Draw = "2"
		if slices.Equal(one, drawn(t, d)) {
			both++
		}
	}
	require.InDelta(t, draws/2, both, 283, "four standard deviations")
}
