package bookingtest_test

import (
	"flag"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/bookingtest"
)

var worldDepth = flag.Int("worlds", 0, "how many commands in a row TestSmallWorld tries with three persons; 0 is three commands with two persons")

// Everything that can happen in a small pool: -worlds=4 tries more, see the package comment.
func TestSmallWorld(t *testing.T) {
	w := bookingtest.SmallWorld{Depth: 3, Persons: 2}
	if *worldDepth > 0 {
		w = bookingtest.SmallWorld{Depth: *worldDepth, Persons: 3}
	}
	got, err := bookingtest.Explore(w)
	require.NoError(t, err)
	require.False(t, got.Cut)
	require.Len(t, got.New, w.Depth+1)
	sum := 0
	for _, n := range got.New {
		require.Positive(t, n)
		sum += n
	}
	require.Equal(t, got.States, sum)
	t.Log(got)
}

// The same world has the same states, however often it is explored; a bound on states cuts it short and says so.
func TestSmallWorldIsDeterministic(t *testing.T) {
	w := bookingtest.SmallWorld{Depth: 2, Persons: 1}
	first, err := bookingtest.Explore(w)
	require.NoError(t, err)
	second, err := bookingtest.Explore(w)
	require.NoError(t, err)
	require.Equal(t, first, second)
	w.MaxStates = 5
	cut, err := bookingtest.Explore(w)
	require.NoError(t, err)
	require.True(t, cut.Cut)
	require.Equal(t, 5, cut.States)
	for _, bad := range []bookingtest.SmallWorld{{Depth: 0, Persons: 1}, {Depth: 1}, {Depth: 1, Persons: 4}, {Depth: 1, Persons: 1, MaxStates: -1}} {
		_, err := bookingtest.Explore(bad)
		require.Error(t, err, "%+v", bad)
	}
}

// A wrong Book is found out in two commands, and the report has the commands that lead there.
func TestSmallWorldCatchesMutants(t *testing.T) {
	all := mutants()
	for _, name := range []string{"a reserve is one too low", "a cap is one too high", "cancelling frees nothing", "a repeat books again",
		"a repeat does not say so", "the charge is another", "no-shows are never marked"} {
		m, ok := all[name]
		require.True(t, ok, name)
		t.Run(name, func(t *testing.T) {
			got, err := bookingtest.Explore(bookingtest.SmallWorld{Depth: 2, Persons: 3, Restore: func(r *booking.Rules, b []byte) (bookingtest.Subject, error) {
				m := m
				var err error
				m.Book, err = booking.Restore(r, b)
				return m, err
			}})
			require.Error(t, err)
			require.Less(t, got.States, 256, "of which the unchanged Book has as many")
		})
	}
}
