package bookingtest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/bookingtest"
)

// wrong is a policy that is wrong on purpose: whatever is asked, it answers one slot.
type wrong struct {
	name   string
	answer booking.Slot
}

func (w wrong) Name() string { return w.name }

func (w wrong) Choose(*booking.View) (booking.Slot, bool) { return w.answer, true }

// withWrong is a Config with two wrong policies, and the model's twins of them.
func withWrong() (c bookingtest.Config) {
	c.Choosers = map[string]bookingtest.Chooser{}
	for _, w := range []wrong{{"stubborn", booking.Slot{Session: 1}}, {"nowhere", booking.Slot{}}} {
		c.Policies = append(c.Policies, w)
		c.Choosers[w.name] = func(*bookingtest.Model, booking.Request, []booking.Candidate) (booking.Slot, bool) {
			return w.answer, true
		}
	}
	return c
}

func TestRun(t *testing.T) { bookingtest.Run(t, withWrong()) }

// The worlds reach every Reason and every Kind of event, three times and more; none is excused.
func TestCoverage(t *testing.T) {
	c := withWrong()
	c.Coverage = &bookingtest.Coverage{}
	for seed := range 100 {
		require.NoError(t, bookingtest.Probe(c, seed), "seed %d", seed)
	}
	require.Empty(t, c.Coverage.Missing())
	for r := booking.KeyReused; r.IsValid(); r++ {
		require.GreaterOrEqual(t, c.Coverage.Reasons[r], 3, "%v", r)
	}
	for k := booking.RulesAdopted; k.IsValid(); k++ {
		require.GreaterOrEqual(t, c.Coverage.Kinds[k], 3, "%v", k)
	}
	t.Log(c.Coverage)
}

// The same seed gives the same world: what Probe says can be said again.
func TestProbeIsDeterministic(t *testing.T) {
	var a, b bookingtest.Coverage
	for _, c := range []*bookingtest.Coverage{&a, &b} {
		config := withWrong()
		config.Coverage = c
		require.NoError(t, bookingtest.Probe(config, 7))
	}
	require.Equal(t, a, b)
	require.Positive(t, a.Steps)
}
