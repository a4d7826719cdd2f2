package allocate

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCrossingBoundCountsPeople: a bound that leaves fewer of a class than none, or more than all, is brought back to one that is no
// greater and that a verifier takes.
func TestCrossingBoundCountsPeople(t *testing.T) {
	x := &crossing{levels: 6, worth: []int64{0, 2, 3, 1, 50, 0}, members: []int64{4, 5, 6}}
	for _, c := range []struct{ bound, want []int64 }{
		{[]int64{0, 1, 2, 3, 40, 0}, []int64{0, 1, 2, 3, 40, 0}},
		{[]int64{0, 1, -1, 3, 40, 0}, []int64{0, 0, 3, 1, 50, 0}},
		{[]int64{0, 1, 0, -2, 40, 0}, []int64{0, 0, 3, 1, 50, 0}},
		{[]int64{0, 1, 2, -2, 40, 0}, []int64{0, 1, 1, 1, 50, 0}},
		{[]int64{0, 1, 6, 3, 40, 0}, []int64{0, 1, 5, 1, 50, 0}},
		{[]int64{0, 1, 2, 7, 40, 0}, []int64{0, 1, 2, 6, 50, 0}},
	} {
		x.open = nil
		parts := make([]int64, x.levels)
		for k := range parts {
			parts[k] = c.bound[k] * assignScale
		}
		x.leaveOpen(parts)
		require.Equal(t, c.want, x.open, "%v", c.bound)
	}
}
