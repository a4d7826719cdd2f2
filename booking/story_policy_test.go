package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/bookingtest"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// storyPolicies are what stories may name in policy=.
func storyPolicies() []booking.Policy {
	protection := mustPolicy(booking.NewProtection(booking.ProtectionConfig{Inner: booking.Earliest{},
		Levels: []booking.ProtectionLevel{{Class: "referral"}, {Class: "elderly", Leave: 1}, {Leave: 2, LeavePercent: 25}}}))
	return []booking.Policy{booking.Earliest{}, booking.LevelLoad{}, booking.LeastFragmentation{}, booking.Continuity{}, booking.Rotation{},
		mustPolicy(booking.NewRotation([]booking.Share{{Resource: "Li", Weight: 2}})), protection,
		mustPolicy(booking.NewThen(booking.Continuity{}, booking.Earliest{})), mustPolicy(booking.NewThen(protection, booking.Earliest{})),
		mustPolicy(booking.NewWithin(60, booking.LevelLoad{}))}
}

func mustPolicy[P booking.Policy](p P, err error) P {
	if err != nil {
		panic(err)
	}
	return p
}

// latestFirst and theFirst are wrong policies: the last candidate, and a slot that may well be taken.
type latestFirst struct{ latest }

func (latestFirst) Name() string { return "latest-first" }

type theFirst struct{}

func (theFirst) Name() string { return "the-first" }

func (theFirst) Choose(*booking.View) (booking.Slot, bool) { return booking.Slot{Session: 1}, true }

// What the kit prints as a story is one: these verbs read it as bookingtest.Verbs do, give the same replies, and fail at the same
// line with the same words.
func TestCounterExamplesAreStories(t *testing.T) {
	for _, c := range []struct {
		policy booking.Policy
		claim  bookingtest.Claim
	}{
		{latestFirst{}, bookingtest.NoJustifiedEnvy},
		{latestFirst{}, bookingtest.BoundedWait{Minutes: 30}},
		{latestFirst{}, bookingtest.LevelLoadBound{}},
		{latestFirst{}, bookingtest.FairBound{}},
		{theFirst{}, bookingtest.Feasible},
		{booking.Earliest{}, bookingtest.Protects{Levels: []booking.ProtectionLevel{{Class: "referral"}, {Leave: 1}}}},
		{booking.Continuity{}, bookingtest.WorkConserving},
	} {
		v := bookingtest.Refute(c.policy, c.claim, 500)
		require.NotNil(t, v, "%s %v", c.policy.Name(), c.claim)
		world := &storyWorld{seen: &storyCount{kinds: map[booking.Kind]int{}, reasons: map[booking.Reason]int{}}, visits: map[string]booking.Appointment{},
			names: map[booking.Appointment]string{}, releases: map[string]*slots.Release{}, policies: []booking.Policy{c.policy}}
		mine := slotstest.PlayStory("story", v.Story(), world.verbs())
		theirs := slotstest.PlayStory("story", v.Story(), bookingtest.Verbs(c.policy))
		require.Len(t, mine, 1, "%s", v.Story())
		require.Equal(t, theirs, mine, "%s", v.Story())
	}
}
