package bookingtest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/bookingtest"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// bad is a policy that is wrong on purpose.
type bad struct {
	name   string
	choose func(*booking.View) (booking.Slot, bool)
}

func (b *bad) Name() string { return b.name }

func (b *bad) Choose(v *booking.View) (booking.Slot, bool) { return b.choose(v) }

// least chooses the candidate for which score is least, the first of such.
func least(v *booking.View, score func(booking.Candidate) int) (best booking.Slot, found bool) {
	bestScore := 0
	for v.NextSession() {
		for c, ok := v.NextSlot(); ok; c, ok = v.NextSlot() {
			if s := score(c); !found || s < bestScore {
				best, bestScore, found = c.Slot, s, true
			}
		}
	}
	return best, found
}

// wrongPolicies are policies that are wrong on purpose, each with the law that it breaks.
func wrongPolicies() []struct {
	policy booking.Policy
	breaks bookingtest.Claim
} {
	asked := 0
	var stale []booking.Slot // what it saw first, for ever
	tokens := map[*int]int{}
	for i := range 8 {
		tokens[new(int)] = i
	}
	return []struct {
		policy booking.Policy
		breaks bookingtest.Claim
	}{
		{&bad{"outside-the-view", func(v *booking.View) (booking.Slot, bool) {
			return booking.Slot{Session: 1}, true
		}}, bookingtest.Feasible},
		{&bad{"stale", func(v *booking.View) (booking.Slot, bool) {
			if stale == nil {
				for v.NextSession() {
					for c, ok := v.NextSlot(); ok; c, ok = v.NextSlot() {
						stale = append(stale, c.Slot)
					}
				}
			}
			return append(stale, booking.Slot{})[0], stale != nil
		}}, bookingtest.Feasible},
		{&bad{"by-map-order", func(v *booking.View) (best booking.Slot, found bool) {
			n := 0
			for _, i := range tokens { // a map: the first differs from call to call
				n = i
				break
			}
			return least(v, func(c booking.Candidate) int { return (int(c.Slot.N) + n) % 3 })
		}}, bookingtest.Deterministic},
		{&bad{"counts-its-calls", func(v *booking.View) (booking.Slot, bool) {
			asked++
			return least(v, func(c booking.Candidate) int { return (int(c.Slot.N) + asked) % 2 })
		}}, bookingtest.Deterministic},
		{&bad{"by-handle-parity", func(v *booking.View) (booking.Slot, bool) {
			return least(v, func(c booking.Candidate) int { return int(c.Slot.Session % 2) })
		}}, bookingtest.OrderFree},
		{&bad{"by-length-of-name", func(v *booking.View) (booking.Slot, bool) {
			return least(v, func(c booking.Candidate) int {
				return (len(v.Name(booking.SessionName, uint32(c.Slot.Session)))/6 + int(c.Slot.N)) % 2
			})
		}}, bookingtest.Relabelling},
		{&bad{"by-the-calendar", func(v *booking.View) (booking.Slot, bool) {
			return least(v, func(c booking.Candidate) int { return (int(v.Date().Number()) + int(c.Slot.N)) % 2 })
		}}, bookingtest.TimeShift},
		{&bad{"keeps-the-last", func(v *booking.View) (booking.Slot, bool) {
			n := 0
			first, ok := least(v, func(booking.Candidate) int { n++; return 0 })
			return first, ok && n > 1
		}}, bookingtest.WorkConserving},
		{&bad{"prefers-the-last", func(v *booking.View) (booking.Slot, bool) {
			return least(v, func(c booking.Candidate) int { return -int(c.Start) })
		}}, bookingtest.NoJustifiedEnvy},
		{&bad{"refuses-when-there-is-plenty", func(v *booking.View) (booking.Slot, bool) {
			n := 0
			first, ok := least(v, func(booking.Candidate) int { n++; return 0 })
			return first, ok && n < 4
		}}, bookingtest.CapacityMonotone},
		{&bad{"stacks", func(v *booking.View) (booking.Slot, bool) {
			return least(v, func(c booking.Candidate) int { return -v.Load(c.Start) })
		}}, bookingtest.LevelLoadBound{}},
		{&bad{"always-the-first-physician", func(v *booking.View) (booking.Slot, bool) {
			return least(v, func(c booking.Candidate) int { return 0 })
		}}, bookingtest.FairBound{}},
		{&bad{"floods-who-is-new", leastBooked}, bookingtest.FairBound{}},
		{must(booking.NewRotation(shares())), bookingtest.FairBound{}},
		{&bad{"a-day-late", func(v *booking.View) (booking.Slot, bool) {
			return least(v, func(c booking.Candidate) int { return -int(c.Start) })
		}}, bookingtest.BoundedWait{Minutes: 24 * 60}},
		{must(booking.NewProtection(booking.ProtectionConfig{Inner: booking.Earliest{},
			Levels: []booking.ProtectionLevel{{Class: "referral"}, {Class: "elderly", Leave: 1}, {Leave: 1, LeavePercent: 25}}})),
			bookingtest.Protects{Levels: levels()}},
		{booking.Earliest{}, bookingtest.Protects{Levels: levels()}},
		{&bad{"waits-for-a-second-try", secondTry()}, bookingtest.SplitProof},
	}
}

// leastBooked shares out by all that a physician has that day: who is new gets everything until they have as much.
func leastBooked(v *booking.View) (best booking.Slot, found bool) {
	bestCount := 0
	for v.NextSession() {
		id, _ := v.Session()
		count := 0
		for _, s := range v.Recent(nil, id, 1000) {
			if s == id {
				count++
			}
		}
		if c, ok := v.NextSlot(); ok && (!found || count < bestCount) {
			best, bestCount, found = c.Slot, count, true
		}
	}
	return best, found
}

// secondTry remembers who has asked, and gives them the earliest only when they ask again.
func secondTry() func(*booking.View) (booking.Slot, bool) {
	last := booking.Person(0)
	return func(v *booking.View) (booking.Slot, bool) {
		again := last == v.Request().Person
		if last = v.Request().Person; again {
			last = 0
			return booking.Earliest{}.Choose(v)
		}
		return least(v, func(c booking.Candidate) int { return -int(c.Start) })
	}
}

// Every wrong policy is caught, with its law named, in few worlds; the report has a table and a story, and the story fails in
// the same place when it is played.
func TestWrongPoliciesAreCaught(t *testing.T) {
	for _, c := range wrongPolicies() {
		t.Run(c.policy.Name()+" breaks "+c.breaks.String(), func(t *testing.T) {
			v := bookingtest.Refute(c.policy, c.breaks, 200)
			require.NotNil(t, v, "not caught")
			require.Equal(t, c.breaks.String(), v.Claim)
			require.Contains(t, v.Error(), "claims, "+c.breaks.String()+".")
			require.LessOrEqual(t, len(v.Hospital.Clinics), 4)
			t.Log("\n" + v.Error())
			switch c.policy.Name() {
			case "stale", "by-map-order", "counts-its-calls", "waits-for-a-second-try":
				return // has a memory of its own, or chance: played again it does something else
			}
			faults := slotstest.PlayStory("story", v.Story(), bookingtest.Verbs(c.policy))
			require.Len(t, faults, 1, "%v", faults)
			require.Contains(t, faults[0], expectation(v.Expect))
		})
	}
}

// expectation is how the reader of stories names an expect line that does not hold.
func expectation(line string) string {
	if strings.HasPrefix(line, "expect-none ") {
		return "a line of the reply has all of"
	}
	return "no line of the reply has all of"
}
