package bookingtest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
)

// Of all sequences of up to five requests for windows of four half-hours, the worst for greedy: the peak is three times the best,
// which is the bound that is claimed, and none is worse. The worst is then played on a Book.
func TestLevelLoadWorstSequence(t *testing.T) {
	const halves, most = 4, 5
	var windows [][2]int
	for from := range halves {
		for until := from + 1; until <= halves; until++ {
			windows = append(windows, [2]int{from, until})
		}
	}
	worstPeak, worstBest, worst, tried := 0, 1, [][2]int(nil), 0
	var extend func(list [][2]int, load [halves]int)
	extend = func(list [][2]int, load [halves]int) {
		if n := len(list); n > 0 {
			tried++
			if peak, best := max(load[0], load[1], load[2], load[3]), bestPeak(list, halves); peak*worstBest > worstPeak*best {
				worstPeak, worstBest, worst = peak, best, append([][2]int(nil), list...)
			}
			if n == most {
				return
			}
		}
		for _, w := range windows {
			at := w[0]
			for h := w[0]; h < w[1]; h++ {
				if load[h] < load[at] {
					at = h
				}
			}
			next := load
			next[at]++
			extend(append(list, w), next)
		}
	}
	extend(nil, [halves]int{})
	require.Equal(t, 111110, tried)
	t.Logf("peak %d where %d is possible, by %v", worstPeak, worstBest, worst)
	require.LessOrEqual(t, worstPeak, 3*worstBest)
	require.Equal(t, 3*worstBest, worstPeak, "the bound is reached")

	h := Hospital{Clinics: []Clinic{{Name: "s1", Physician: "Li", Minute: 480, SlotMinutes: 30, Slots: halves, Capacity: ample}}}
	for i, w := range worst {
		h.Wishes = append(h.Wishes, Wish{Kind: Asks, Person: fmt.Sprint("p", i), Channel: "app", Count: 1, From: 480 + 30*w[0], Until: 480 + 30*w[1]})
	}
	require.Equal(t, worstBest, h.leastPeak(len(worst)))
	list, err := h.play(booking.LevelLoad{}, plainly)
	require.NoError(t, err)
	var load [halves]int
	for i := range list {
		load[list[i].N]++
	}
	require.Equal(t, worstPeak, max(load[0], load[1], load[2], load[3]))
}

// bestPeak tries every way to put the requests where they may go.
func bestPeak(list [][2]int, halves int) int {
	load := make([]int, halves)
	best := len(list)
	var put func(i, peak int)
	put = func(i, peak int) {
		if peak >= best {
			return
		}
		if i == len(list) {
			best = peak
			return
		}
		for h := list[i][0]; h < list[i][1]; h++ {
			load[h]++
			put(i+1, max(peak, load[h]))
			load[h]--
		}
	}
	put(0, 0)
	return best
}

// Hall's closed form, by which the kit knows the least peak, is what trying everything finds.
func TestLeastPeakIsTheBest(t *testing.T) {
	const halves = 4
	state := uint32(1)
	next := func(n int) int {
		state = state*1664525 + 1013904223
		return int(state>>16) % n
	}
	for range 500 {
		h := Hospital{Clinics: []Clinic{{Minute: 480, Slots: halves}}}
		var list [][2]int
		for range 1 + next(7) {
			from := next(halves)
			until := from + 1 + next(halves-from)
			list = append(list, [2]int{from, until})
			h.Wishes = append(h.Wishes, Wish{From: 480 + 30*from, Until: 480 + 30*until})
		}
		require.Equal(t, bestPeak(list, halves), h.leastPeak(len(list)), "%v", list)
	}
}
