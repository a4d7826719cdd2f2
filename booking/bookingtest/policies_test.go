package bookingtest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/bookingtest"
)

// sound is what every shipped policy keeps.
var sound = []bookingtest.Claim{bookingtest.Feasible, bookingtest.Deterministic, bookingtest.OrderFree, bookingtest.TimeShift, bookingtest.SplitProof}

func with(more ...bookingtest.Claim) []bookingtest.Claim {
	return append(append([]bookingtest.Claim(nil), sound...), more...)
}

func must[P booking.Policy](p P, err error) P {
	if err != nil {
		panic(err)
	}
	return p
}

func levels() []booking.ProtectionLevel {
	return []booking.ProtectionLevel{{Class: "referral"}, {Class: "elderly", Leave: 1}, {Leave: 2, LeavePercent: 25}}
}

func shares() []booking.Share {
	return []booking.Share{{Resource: "He", Weight: 3}, {Resource: "Wu", Weight: 2}, {Resource: "Yu", Weight: 1}}
}

// shipped are the policies of package booking with the laws that their documentation claims.
func shipped() map[string]struct {
	policy booking.Policy
	claims []bookingtest.Claim
} {
	protection := must(booking.NewProtection(booking.ProtectionConfig{Levels: levels(), Inner: booking.Earliest{}}))
	return map[string]struct {
		policy booking.Policy
		claims []bookingtest.Claim
	}{
		"earliest": {booking.Earliest{}, with(bookingtest.Relabelling, bookingtest.WorkConserving, bookingtest.NoJustifiedEnvy,
			bookingtest.CapacityMonotone, bookingtest.BoundedWait{})},
		"level load":          {booking.LevelLoad{}, with(bookingtest.Relabelling, bookingtest.WorkConserving, bookingtest.LevelLoadBound{})},
		"least fragmentation": {booking.LeastFragmentation{}, with(bookingtest.Relabelling, bookingtest.WorkConserving)},
		"continuity":          {booking.Continuity{}, with(bookingtest.Relabelling)},
		"rotation": {booking.Rotation{}, with(bookingtest.Relabelling, bookingtest.WorkConserving, bookingtest.FairBound{},
			bookingtest.BoundedWait{Minutes: 24 * 60})},
		"rotation by weight": {must(booking.NewRotation(shares())), with(bookingtest.WorkConserving, bookingtest.FairBound{Shares: shares()})},
		"protection":         {protection, with(bookingtest.Protects{Levels: levels()})},
		"continuity, then earliest": {must(booking.NewThen(booking.Continuity{}, booking.Earliest{})),
			with(bookingtest.Relabelling, bookingtest.WorkConserving)},
		"protection, then earliest": {must(booking.NewThen(protection, booking.Earliest{})), with(bookingtest.WorkConserving)},
		"level load within an hour": {must(booking.NewWithin(60, booking.LevelLoad{})),
			with(bookingtest.Relabelling, bookingtest.WorkConserving, bookingtest.BoundedWait{Minutes: 60})},
		"known physician within a day": {must(booking.NewWithin(1440, must(booking.NewThen(booking.Continuity{}, booking.LeastFragmentation{})))),
			with(bookingtest.Relabelling, bookingtest.WorkConserving, bookingtest.BoundedWait{Minutes: 1440})},
	}
}

func TestShippedPolicies(t *testing.T) {
	for name, c := range shipped() {
		t.Run(name, func(t *testing.T) { bookingtest.Policy(t, c.policy, c.claims...) })
	}
}

// What the documentation says that a policy does not keep, it does not: the kit finds a hospital for each.
func TestShippedPoliciesClaimNoMore(t *testing.T) {
	policies := shipped()
	for name, claims := range map[string][]bookingtest.Claim{
		"earliest":            {bookingtest.LevelLoadBound{}, bookingtest.FairBound{}},
		"level load":          {bookingtest.NoJustifiedEnvy, bookingtest.BoundedWait{Minutes: 60}},
		"least fragmentation": {bookingtest.NoJustifiedEnvy, bookingtest.BoundedWait{Minutes: 60}},
		"continuity":          {bookingtest.WorkConserving},
		"rotation":            {bookingtest.NoJustifiedEnvy},
		"rotation by weight":  {bookingtest.Relabelling},
		"protection":          {bookingtest.WorkConserving},
	} {
		for _, c := range claims {
			require.NotNil(t, bookingtest.Refute(policies[name].policy, c, 3000), "%s: %v", name, c)
		}
	}
}
