package bookingtest_test

import (
	"fmt"
	"testing"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/bookingtest"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// last gives the last candidate there is.
type last struct{}

func (last) Name() string { return "last" }

func (last) Choose(v *booking.View) (best booking.Slot, found bool) {
	for v.NextSession() {
		for c, ok := v.NextSlot(); ok; c, ok = v.NextSlot() {
			best, found = c.Slot, true
		}
	}
	return best, found
}

// In a test of one's own, one line holds a policy to what it claims.
func ExamplePolicy() {
	_ = func(t *testing.T) {
		bookingtest.Policy(t, last{}, bookingtest.Feasible, bookingtest.Deterministic, bookingtest.WorkConserving)
	}
	for _, c := range []bookingtest.Claim{bookingtest.Feasible, bookingtest.WorkConserving, bookingtest.BoundedWait{Minutes: 60}} {
		fmt.Println(c, bookingtest.Refute(last{}, c, 100) == nil)
	}
	// Output:
	// feasible true
	// work-conserving true
	// bounded wait of 60 minutes false
}

// What is found is as small as it goes, and is a story to paste.
func ExampleRefute() {
	v := bookingtest.Refute(last{}, bookingtest.NoJustifiedEnvy, 100)
	fmt.Print(v.Story())
	fmt.Println("faults when it is played:", len(slotstest.PlayStory("envy.txt", v.Story(), bookingtest.Verbs(last{}))))
	fmt.Println("and with earliest in its place:", bookingtest.Refute(booking.Earliest{}, bookingtest.NoJustifiedEnvy, 100) == nil)
	// Output:
	// # Policy last claims: no justified envy. It does not hold here.
	// # p1: p2 asked the same later and was given s3/08:30, which p1 could have had.
	//
	// rules now="2026-11-20 08:00"
	// ----
	// rules adopted version=1
	//
	// open now="2026-11-20 08:00" session=s3 date=2026-11-24 start=08:30 minutes=60 even=(30, 1) dept=heart who=Li
	// ----
	// opened s3 slots=2 numbers=2 released
	//
	// book now="2026-11-20 08:00" person=p1 via=window dept=heart policy="last"
	// expect booked p1 s3/08:30
	// ----
	// booked p1 s3/09:00 charge=window
	//
	// book now="2026-11-20 08:00" person=p2 via=window dept=heart policy="last"
	// ----
	// booked p2 s3/08:30 charge=window
	// faults when it is played: 1
	// and with earliest in its place: true
}

// Everything that can happen in a small pool in two commands.
func ExampleExplore() {
	found, err := bookingtest.Explore(bookingtest.SmallWorld{Depth: 2, Persons: 2})
	fmt.Println(found, err)
	// Output:
	// 166 states, 416 transitions (305 done, 103 refused); new by depth [1 17 148] <nil>
}
