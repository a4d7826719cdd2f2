package search_test

import (
	"fmt"
	"math/rand"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/search"
)

// Whatever the sizes of sessions, a slot takes at most two bits, but for one word.
func TestTwoBitsASlot(t *testing.T) {
	start := at(t, "11-23 08:00", china)
	r := rand.New(rand.NewSource(1))
	for name, size := range map[string]func(i int) int{
		"12": func(int) int { return 12 }, "1": func(int) int { return 1 }, "33": func(int) int { return 33 }, "64": func(int) int { return 64 },
		"65": func(int) int { return 65 }, "32 and 33": func(i int) int { return 32 + i%2 }, "1 and 64": func(i int) int { return 1 + 63*(i%2) },
		"1 and 65": func(i int) int { return 1 + 64*(i%2) }, "any": func(int) int { return 1 + r.Intn(200) },
	} {
		sessions := []slots.Session{}
		total := int64(0)
		for i := range 500 {
			lengths := make([]int, size(i))
			for n := range lengths {
				lengths[n] = 1
			}
			sessions = append(sessions, session(fmt.Sprintf("%03d", i), start, lengths...))
			total += int64(len(lengths))
		}
		x := indexOf(t, china, sessions...)
		require.Equal(t, total, x.Slots())
		bits, _ := x.Bytes()
		require.LessOrEqual(t, 8*bits, 2*total+64, "%s", name)
	}
}

// The directory of the benchmark's world is what doc.go says.
func TestDirectory(t *testing.T) {
	x := newBenchmarked(t, 100, "anywhere", false).index
	_, directory := x.Bytes()
	require.InDelta(t, 55, float64(directory)/float64(x.Sessions()), 3)
}

// Asking and marking allocate nothing.
func TestNothingAllocates(t *testing.T) {
	b := newBenchmarked(t, 100, "anywhere", false)
	for _, q := range benchQuestions() {
		plan, err := b.index.Plan(q.query)
		require.NoError(t, err)
		require.Zero(t, testing.AllocsPerRun(20, func() {
			plan.First(b.first, 0)
			c := plan.Cursor(b.first, 0)
			for range 10 {
				c.Next()
			}
		}), q.name)
	}
	var plans [2]*search.Plan
	for i := range plans {
		var err error
		plans[i], err = b.index.Plan(search.Query{Resource: b.names[i]})
		require.NoError(t, err)
	}
	joint, err := b.index.Joint(15, plans[:]...)
	require.NoError(t, err)
	require.Zero(t, testing.AllocsPerRun(20, func() { joint.First(b.first, 0) }))
	require.Zero(t, testing.AllocsPerRun(20, func() {
		spot := search.Spot{Session: 500, Count: 12}
		if b.index.Take(spot) != nil || b.index.Free(spot) != nil || b.index.Close(500) != nil || b.index.Open(500) != nil ||
			b.index.Bar(500, 1) != nil || b.index.Admit(500, 1) != nil {
			panic("refused")
		}
	}))
}
