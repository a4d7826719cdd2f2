package allocate

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCrossingCharge: numbers touched between flows are steps too, told and limited as flows are.
func TestCrossingCharge(t *testing.T) {
	told := int64(0)
	x := &crossing{p: &AssignProblem{}, f: &quotaFlow{net: newFlowNetwork(2, 1)}, effort: AssignEffort{WorkLimit: 5, Progress: func(p AssignProgress) bool {
		told++
		return p.Steps == told
	}}}
	x.f.net.arc(0, 1, 1)
	x.f.net.arc(0, 1, 1)
	require.True(t, x.charge(2*cellsPerArc-1))
	require.Zero(t, x.steps)
	require.True(t, x.charge(1))
	require.Equal(t, int64(1), x.steps)
	require.True(t, x.charge(3*2*cellsPerArc))
	require.Equal(t, int64(4), x.steps)
	require.False(t, x.charge(1<<60), "no longer than the limit, however much")
	require.Equal(t, []int64{5, 5}, []int64{x.steps, told})
}

// TestMasterIsCharged: it pays before each pivot for what it holds, and stops where it may not go on.
func TestMasterIsCharged(t *testing.T) {
	m := newMaster([]int64{1, 1}, 4)
	for k := range 3 {
		usage := []float64{0, 0, 1}
		usage[k%2] = float64(k)
		m.add(column{cost: []float64{0, 0, float64(k), 0}, usage: usage, gates: []int64{0}})
	}
	basis := append([]int(nil), m.basis...)
	m.solve(func(cells int64) bool {
		require.Equal(t, int64(4*3*5+3*3*6), cells)
		return false
	})
	require.Equal(t, basis, m.basis)
	times := 0
	m.solve(func(int64) bool { times++; return true })
	require.NotEqual(t, basis, m.basis)
	require.Greater(t, times, 1)
}
