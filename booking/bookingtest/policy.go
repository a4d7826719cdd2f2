package bookingtest

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
)

// Policy holds a policy to the laws that it claims: each is tried in generated hospitals, in a subtest of its own name. A failure
// prints the smallest hospital found in which the law is broken, as a table and as a story to paste. It is one line in a test:
//
//	bookingtest.Policy(t, mine{}, bookingtest.Feasible, bookingtest.Deterministic, bookingtest.WorkConserving)
//
// -rapid.checks sets how many hospitals each law is tried in.
func Policy(t *testing.T, p booking.Policy, claims ...Claim) {
	t.Helper()
	if len(claims) == 0 {
		t.Fatal("no claims: nothing would be tried")
	}
	for _, c := range claims {
		t.Run(c.String(), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				h := drawHospital(t, c.shape())
				v, err := c.check(p, &h)
				if err != nil {
					t.Fatalf("%v", err)
				}
				if v != nil {
					t.Fatalf("%v", v.smallest(h, c, p))
				}
			})
		})
	}
}

// Refute looks for a hospital in which a policy breaks a law, in so many worlds; nil if there is none. The same worlds are tried each
// time, so that a test can say of a wrong policy that it is caught.
func Refute(p booking.Policy, c Claim, worlds int) *Violation {
	hospitals := rapid.Custom(func(t *rapid.T) Hospital { return drawHospital(t, c.shape()) })
	for seed := range worlds {
		h := hospitals.Example(seed)
		if v, err := c.check(p, &h); err == nil && v != nil {
			return v.smallest(h, c, p)
		}
	}
	return nil
}
