package notice

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
)

// Whoever adds a kind of event decides here whether somebody is told of it.
func TestEveryKindOfEventIsDecided(t *testing.T) {
	for k := booking.RulesAdopted; k.IsValid(); k++ {
		require.NotZero(t, voices[k], "%v: a notice, or silence? see kind.go", k)
		require.Equal(t, voices[k] == speaks, Speaks(k))
	}
	require.Len(t, voices, int(booking.AppointmentDisplaced)+1)
	require.False(t, Speaks(0))
	require.False(t, (booking.AppointmentDisplaced + 1).IsValid())
	words := map[string]bool{}
	for k := Booked; k.IsValid(); k++ {
		require.False(t, words[k.String()] || k.String() == "", "%d", k)
		words[k.String()] = true
	}
	require.Len(t, kindNames, len(words)+1)
	require.Equal(t, "Kind(0)", Kind(0).String())
}
