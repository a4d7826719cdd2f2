package faults_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/internal/faults"
)

func ExampleList() {
	var l, inner faults.List
	l.Within("Minutes", 0, 1, 1440)
	inner.Text("Name", "Li ", true, 200)
	l.Under("Rules[2].", &inner)
	fmt.Println(l.Err())
	// Output:
	// Minutes 0: want 1 to 1440
	// Rules[2].Name "Li ": space at an end
}

func TestText(t *testing.T) {
	for value, want := range map[string]string{"": "missing", "12345": "5 bytes, want at most 4", "\xff": "not UTF-8", " a": "space at an end",
		"a\nb": "control character", "号": ""} {
		require.Equal(t, want, faults.InText(value, true, 4), "%q", value)
	}
	require.Empty(t, faults.InText("", false, 4))
}

// A list never tells more than Most faults, and never forgets how many there were; wrapped errors are still found.
func TestBounded(t *testing.T) {
	var l, inner faults.List
	require.NoError(t, l.Err())
	cause := errors.New("cause")
	inner.Add("field: %w", cause)
	for range 2*faults.Most - 1 {
		inner.Add("wrong")
	}
	l.Add("first")
	l.Under("at ", &inner)
	require.Equal(t, 1+2*faults.Most, l.Len())
	lines := strings.Split(l.Err().Error(), "\n")
	require.Len(t, lines, faults.Most+1)
	require.Equal(t, "first", lines[0])
	require.Equal(t, fmt.Sprintf("and %d more problems", faults.Most+1), lines[faults.Most])
	require.ErrorIs(t, l.Err(), cause)
}
