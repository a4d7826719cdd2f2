package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// deskWith is a desk under one policy, with sessions open.
func deskWith(p booking.Policy, sessions ...slots.Session) *booking.Desk {
	r := plainRules()
	r.Policies = []booking.Policy{p}
	desk, err := booking.NewDesk(booking.New(mustRules(r)), on("20 09:00"), nil)
	for _, s := range sessions {
		if err == nil {
			_, err = desk.Open(on("20 09:00"), s, booking.Terms{})
		}
	}
	if err != nil {
		panic(err)
	}
	return desk
}

// tell books for each of several people anywhere in the department, and prints what they got.
func tell(desk *booking.Desk, a booking.Ask, people ...string) {
	for _, person := range people {
		a.Person, a.Department = person, "Cardiology"
		if a.Channel == "" {
			a.Channel = "app"
		}
		id, err := desk.Book(on("20 09:01"), a)
		if err != nil {
			fmt.Println(person, err)
			continue
		}
		v, _ := desk.Pool().Appointment(id)
		fmt.Println(person, desk.Pool().Name(booking.SessionName, uint32(v.Slot.Session)), wall(v.Start))
	}
}

// Short visits go where they break up least, and the long one still finds its run.
func ExampleLeastFragmentation() {
	desk := deskWith(booking.LeastFragmentation{}, morning("wang/23", "23", "Dr Wang", 1), morning("zhou/23", "23", "Dr Zhou", 3))
	tell(desk, booking.Ask{}, "Li")
	tell(desk, booking.Ask{Count: 3}, "Zhao")
	// Output:
	// Li wang/23 23 08:00
	// Zhao zhou/23 23 08:00
}

// Continuity alone finds only whom the person knows.
func ExampleContinuity() {
	desk := deskWith(booking.Continuity{}, morning("wang/23", "23", "Dr Wang", 1), morning("zhou/23", "23", "Dr Zhou", 1), morning("zhou/24", "24", "Dr Zhou", 1))
	_, _ = desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "zhou/23"})
	tell(desk, booking.Ask{}, "Li", "Zhao")
	// Output:
	// Li zhou/24 24 08:00
	// Zhao refused: none free
}

// Then: the physician whom the person knows, else the first who is free.
func ExampleNewThen() {
	policy, err := booking.NewThen(booking.Continuity{}, booking.Earliest{})
	if err != nil {
		panic(err)
	}
	desk := deskWith(policy, morning("wang/23", "23", "Dr Wang", 1), morning("zhou/23", "23", "Dr Zhou", 1), morning("zhou/24", "24", "Dr Zhou", 1))
	_, _ = desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "zhou/23"})
	tell(desk, booking.Ask{}, "Li", "Zhao")
	_, err = booking.NewThen(nil)
	fmt.Println(policy.Name())
	fmt.Println(err)
	// Output:
	// Li zhou/24 24 08:00
	// Zhao wang/23 23 08:00
	// then(continuity,earliest)
	// policies: one, want two or more
	// policies[0]: nil
}

// Within bounds what levelling may cost: here, half an hour.
func ExampleNewWithin() {
	policy, err := booking.NewWithin(30, booking.LevelLoad{})
	if err != nil {
		panic(err)
	}
	desk := deskWith(policy, morning("wang/23", "23", "Dr Wang", 3), morning("zhou/23", "23", "Dr Zhou", 3))
	tell(desk, booking.Ask{}, "Li", "Zhao", "Qian")
	// Output:
	// Li wang/23 23 08:00
	// Zhao wang/23 23 08:30
	// Qian zhou/23 23 08:00
}

// The zero Rotation gives every physician the same.
func ExampleRotation() {
	desk := deskWith(booking.Rotation{}, morning("wang/23", "23", "Dr Wang", 3), morning("zhou/23", "23", "Dr Zhou", 3))
	tell(desk, booking.Ask{}, "Li", "Zhao", "Qian", "Sun")
	// Output:
	// Li wang/23 23 08:00
	// Zhao zhou/23 23 08:00
	// Qian wang/23 23 08:30
	// Sun zhou/23 23 08:30
}

// Dr Zhou sees two for each of Dr Wang's.
func ExampleNewRotation() {
	policy, err := booking.NewRotation([]booking.Share{{Resource: "Dr Zhou", Weight: 2}})
	if err != nil {
		panic(err)
	}
	desk := deskWith(policy, morning("wang/23", "23", "Dr Wang", 3), morning("zhou/23", "23", "Dr Zhou", 4))
	tell(desk, booking.Ask{}, "Li", "Zhao", "Qian", "Sun", "Zhou", "Wu")
	// Output:
	// Li zhou/23 23 08:00
	// Zhao wang/23 23 08:00
	// Qian zhou/23 23 08:30
	// Sun zhou/23 23 09:00
	// Zhou wang/23 23 08:30
	// Wu zhou/23 23 09:30
}

// The last number of each session is for referrals: others are steered past it, or refused.
func ExampleNewProtection() {
	policy, err := booking.NewProtection(booking.ProtectionConfig{Inner: booking.Earliest{},
		Levels: []booking.ProtectionLevel{{Class: "referral"}, {Leave: 1}}})
	if err != nil {
		panic(err)
	}
	desk := deskWith(policy, morning("wang/23", "23", "Dr Wang", 2), morning("wang/24", "24", "Dr Wang", 2))
	tell(desk, booking.Ask{}, "Li", "Zhao", "Qian")
	tell(desk, booking.Ask{Classes: []string{"referral"}}, "Sun")
	// Output:
	// Li wang/23 23 08:00
	// Zhao wang/24 24 08:00
	// Qian refused: none free
	// Sun wang/23 23 08:30
}

// notBusy is a filter of one's own: sessions with at least half of their units free.
type notBusy struct{}

func (notBusy) Admits(v *booking.View) bool {
	free, units := v.Free()
	return 2*free >= units
}

// quiet is a policy of one's own, made of a filter and a policy: the earliest in a session that is not busy.
type quiet struct{}

func (quiet) Name() string { return "quiet" }

func (quiet) Choose(v *booking.View) (booking.Slot, bool) {
	return v.Filtered(notBusy{}, booking.Earliest{})
}

// A filter narrows what a policy sees.
func ExampleView_Filtered() {
	desk := deskWith(quiet{}, morning("wang/23", "23", "Dr Wang", 3), morning("zhou/24", "24", "Dr Zhou", 3))
	tell(desk, booking.Ask{}, "Li", "Zhao", "Qian")
	// Output:
	// Li wang/23 23 08:00
	// Zhao wang/23 23 08:30
	// Qian zhou/24 24 08:00
}
