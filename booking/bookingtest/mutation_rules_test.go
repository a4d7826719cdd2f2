package bookingtest_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/bookingtest"
)

// Rules that are not the model's are caught too: the limits are enforced, not decoration.
func TestChangedRulesAreCaught(t *testing.T) {
	for name, change := range map[string]func(*booking.Rules){
		"holds live a second longer":      func(r *booking.Rules) { r.HoldSeconds++ },
		"keys are forgotten at once":      func(r *booking.Rules) { r.KeySeconds = 1 },
		"the clock may jump further":      func(r *booking.Rules) { r.StepSeconds++ },
		"nobody travels":                  func(r *booking.Rules) { r.TravelMinutes = 0 },
		"lateness is never refused":       func(r *booking.Rules) { r.LateCancel = booking.LateRecorded },
		"an offer stands a second longer": func(r *booking.Rules) { r.WaitlistOfferSeconds++ },
		"an offer lapses a second early":  func(r *booking.Rules) { r.WaitlistOfferSeconds = max(r.WaitlistOfferSeconds, 1) - 1 },
		"nobody is first in line":         func(r *booking.Rules) { r.WaitlistClasses = nil },
		"the last class is first in line": func(r *booking.Rules) { slices.Reverse(r.WaitlistClasses) },
		"nobody waits":                    func(r *booking.Rules) { r.WaitlistPerPerson = 0 },
		"one may wait once more":          func(r *booking.Rules) { r.WaitlistPerPerson++ },
		"no reserve moves":                func(r *booking.Rules) { r.Reallocation = booking.Reallocation{} },
		"little of a reserve moves":       func(r *booking.Rules) { r.Reallocation.MaxMovePercent = min(r.Reallocation.MaxMovePercent, 1) },
		"a unit more is kept of each":     func(r *booking.Rules) { r.Reallocation.KeepUnits++ },
		"nothing need be kept":            func(r *booking.Rules) { r.Reallocation.KeepUnits, r.Reallocation.KeepPercent = 0, 0 },
		"all of each reserve is kept":     func(r *booking.Rules) { r.Reallocation.KeepPercent = 100 },
		"any class may give":              func(r *booking.Rules) { r.Reallocation.Never = nil },
		"a class gives from the start":    func(r *booking.Rules) { r.Reallocation.MinElapsedSeconds = 0 },
		"nobody returns with results":     func(r *booking.Rules) { r.ReturnDays = 0 },
		"returning is free a day longer":  func(r *booking.Rules) { r.ReturnDays = max(r.ReturnDays, 1) + 1 },
		"numbers do not rest":             func(r *booking.Rules) { r.RestSeconds = 0 },
		"numbers rest too long":           func(r *booking.Rules) { r.RestSeconds++ },
		"numbers are out too soon":        func(r *booking.Rules) { r.RestSeconds = max(r.RestSeconds, 1) - 1 },
		"the draw is another":             func(r *booking.Rules) { r.RestSeed[0]++ },
		"there are no limits":             func(r *booking.Rules) { r.Limits = nil },
		"nobody cools off":                func(r *booking.Rules) { r.Cooling = booking.Cooling{} },
		"cooling off takes a second more": func(r *booking.Rules) { r.Cooling.Seconds++ },
		"everything is the like":          func(r *booking.Rules) { r.Cooling.Same = 0 },
		"every way takes the same":        func(r *booking.Rules) { r.Travel = nil },
		"limits are for every kind":       func(r *booking.Rules) { changeLimits(r, func(l *booking.Limit) { l.Kind = 0 }) },
		"nobody has to pay first": func(r *booking.Rules) {
			changeLimits(r, func(l *booking.Limit) {
				if l.Of == booking.UnpaidHolds {
					l.Max = 1000
				}
			})
		},
		"nobody is exempt":               func(r *booking.Rules) { r.Exempt = nil },
		"anyone can be displaced":        func(r *booking.Rules) { r.Displacement.Untouchable = nil },
		"people are moved too far":       func(r *booking.Rules) { r.Displacement.HorizonDays = 60 * min(1, r.Displacement.HorizonDays) },
		"nobody is displaced":            func(r *booking.Rules) { r.Displacement = booking.Displacement{} },
		"the policies change places":     func(r *booking.Rules) { r.Policies[0], r.Policies[1] = r.Policies[1], r.Policies[0] },
		"limits are for one more":        func(r *booking.Rules) { changeLimits(r, func(l *booking.Limit) { l.Max++ }) },
		"limits count one session":       func(r *booking.Rules) { changeLimits(r, func(l *booking.Limit) { l.Same = booking.SameSession }) },
		"classes are for everyone":       func(r *booking.Rules) { r.Eligible = nil },
		"classes ask for no other class": func(r *booking.Rules) { changeEligible(r, func(x *booking.ClassEligibility) { x.Need = "" }) },
		"classes are for every age": func(r *booking.Rules) {
			changeEligible(r, func(x *booking.ClassEligibility) { x.Ages = booking.AgeRange{} })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := withWrong()
			c.New = func(r *booking.Rules) bookingtest.Subject {
				wrong, err := booking.NewRules(*r)
				require.NoError(t, err)
				change(wrong)
				return booking.New(wrong)
			}
			seed := 0
			for ; seed < 100 && bookingtest.Probe(c, seed) == nil; seed++ {
			}
			require.Less(t, seed, 100, "not caught by 100 worlds")
		})
	}
}

func changeLimits(r *booking.Rules, change func(*booking.Limit)) {
	for i := range r.Limits {
		change(&r.Limits[i])
	}
}
