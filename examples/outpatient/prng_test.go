package main

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestStreamIsSplitmix64 compares with the first outputs of Vigna's reference program for seed 1234567.
func TestStreamIsSplitmix64(t *testing.T) {
	s := stream{1234567}
	for _, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821} {
		require.Equal(t, want, s.next())
	}
}

func TestTextKeyIsFNV1a(t *testing.T) {
	require.Equal(t, uint64(0xcbf29ce484222325), textKey(""))
	require.Equal(t, uint64(0xaf63dc4c8601ec8c), textKey("a"))
	require.Equal(t, uint64(0x85944171f73967e8), textKey("foobar"))
}

// TestBelow holds every draw against the definition in big integers: floor(x·n / 2^64) of the first x not rejected.
func TestBelow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed, n := rapid.Uint64().Draw(t, "seed"), rapid.Int64Min(1).Draw(t, "n")
		s, raw := stream{seed}, stream{seed}
		got := s.below(n)
		limit := new(big.Int).SetUint64(uint64(n))
		word := new(big.Int).Lsh(big.NewInt(1), 64)
		reject := new(big.Int).Mod(word, limit)
		for {
			product := new(big.Int).Mul(new(big.Int).SetUint64(raw.next()), limit)
			high, low := new(big.Int).DivMod(product, word, new(big.Int))
			if low.Cmp(reject) >= 0 {
				require.Equal(t, high.Int64(), got)
				return
			}
		}
	})
	s := stream{}
	require.Zero(t, s.below(0))
	require.Zero(t, s.below(-5))
}

func TestPickFollowsItsWeights(t *testing.T) {
	s := newStream(7, "test")
	var count [4]int
	for range 100_000 {
		count[s.pick([]int64{1, 0, -3, 3})]++
	}
	require.InDelta(t, 25_000, count[0], 700) // five standard deviations
	require.Zero(t, count[1]+count[2])
	require.Equal(t, -1, s.pick(nil))
	require.Equal(t, -1, s.pick([]int64{0}))
}

func TestQuantileStaysInsideAndIsEven(t *testing.T) {
	s := newStream(7, "test")
	below := 0
	for range 100_000 {
		v := s.quantile([]int64{0, 100, 1100})
		require.True(t, v >= 0 && v < 1100)
		if v < 100 {
			below++
		}
	}
	require.InDelta(t, 50_000, below, 800)
}

func TestStreamsDiffer(t *testing.T) {
	seen := map[uint64]string{}
	for _, seed := range []uint64{0, 1, 2} {
		for _, purpose := range []string{"", "a", "b"} {
			for _, keys := range [][]uint64{{}, {0}, {1}, {0, 0}, {0, 1}, {1, 0}} {
				s := newStream(seed, purpose, keys...)
				first := s.next()
				require.Empty(t, seen[first])
				seen[first] = "taken"
			}
		}
	}
}

func TestShuffleKeepsAll(t *testing.T) {
	s := newStream(1, "test")
	list := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	s.shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	require.ElementsMatch(t, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, list)
	require.NotEqual(t, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, list)
}
