package main

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
)

// TestAgendaIsStable: things come out by instant, and those of one instant in the order in which they were put in.
func TestAgendaIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type entry struct{ at, n int }
		var a agenda
		var want, got []entry
		for n, at := range rapid.SliceOfN(rapid.IntRange(0, 5), 0, 30).Draw(t, "instants") {
			want = append(want, entry{at, n})
			a.add(0, slots.Instant(at), func() { got = append(got, entry{at, n}) })
		}
		slices.SortStableFunc(want, func(x, y entry) int { return x.at - y.at })
		for task, ok := a.next(); ok; task, ok = a.next() {
			task.do()
		}
		require.Equal(t, want, got)
	})
}

// TestLineAtTheWindows compares the hall with a count second by second: at each second every open window that is free takes
// the first of the line.
func TestLineAtTheWindows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spans := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) [2]int {
			from := rapid.IntRange(0, 30).Draw(t, "from")
			return [2]int{from, from + rapid.IntRange(1, 60).Draw(t, "length")}
		}), 1, 3).Draw(t, "windows")
		gaps := rapid.SliceOfN(rapid.IntRange(0, 6), 1, 12).Draw(t, "gaps")
		const service = 7
		clerks := make([]clerk, len(spans))
		for i, s := range spans {
			span, err := slots.NewSpan(slots.Instant(s[0]), slots.Instant(s[1]))
			require.NoError(t, err)
			clerks[i].add(span)
		}
		var arrivals, got, want []int
		now := 0
		for _, g := range gaps {
			now += g
			arrivals = append(arrivals, now)
			best, start := takeFirst(clerks, slots.Instant(now))
			if best == nil {
				got = append(got, -1)
				continue
			}
			best.free = start + service
			got = append(got, int(start))
		}
		busy := make([]int, len(spans))
		second := 0
		for _, at := range arrivals {
			started := -1
			for second = max(second, at); second < 200 && started < 0; {
				for i, s := range spans {
					if second >= s[0] && second < s[1] && busy[i] <= second {
						busy[i], started = second+service, second
						break
					}
				}
				if started < 0 {
					second++
				}
			}
			if started < 0 {
				second = at
			}
			want = append(want, started)
		}
		require.Equal(t, want, got)
	})
}

func TestWindowsJoin(t *testing.T) {
	var c clerk
	for _, s := range [][2]slots.Instant{{100, 200}, {300, 400}, {200, 250}} {
		span, err := slots.NewSpan(s[0], s[1])
		require.NoError(t, err)
		c.add(span)
	}
	require.Len(t, c.spans, 2)
	for at, want := range map[slots.Instant]slots.Instant{100 - patienceSeconds: 100, 249: 249, 250: 300, 399: 399} {
		start, ok := c.earliest(at)
		require.True(t, ok)
		require.Equal(t, want, start)
	}
	_, ok := c.earliest(400)
	require.False(t, ok)
	_, ok = c.earliest(100 - patienceSeconds - 1)
	require.False(t, ok, "nobody waits for hours at a closed window")
}

func TestRank(t *testing.T) {
	require.Equal(t, []int64{0, 5, 9, 10, 1}, []int64{
		rank(nil, 5), rank([]int64{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 5), ninety([]int64{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}), ninety([]int64{10}), rank([]int64{1, 2}, 5)})
}

func TestWideCharacters(t *testing.T) {
	require.Equal(t, []int{0, 3, 4, 6}, []int{columns(""), columns("a–b"), columns("门诊"), columns("（a）b")})
	require.Equal(t, []string{"门诊", "门…", "门诊  ", "  门诊", "门… "}, []string{cut("门诊", 4), cut("门诊", 3), pad("门诊", 6), padLeft("门诊", 6), pad("门诊室", 4)})
}
