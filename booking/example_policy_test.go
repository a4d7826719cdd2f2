package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// latest is a policy of one's own: the last number of the last session. It needs a name and a pure choice.
type latest struct{}

func (latest) Name() string { return "latest" }

func (latest) Choose(v *booking.View) (best booking.Slot, found bool) {
	for v.NextSession() {
		for c, ok := v.NextSlot(); ok; c, ok = v.NextSlot() {
			best, found = c.Slot, true
		}
	}
	return best, found
}

// Requests name the policy they want; the first of the rules is the default.
func ExamplePolicy() {
	r := plainRules()
	r.Policies = append(r.Policies, latest{})
	desk, _ := booking.NewDesk(booking.New(mustRules(r)), on("20 09:00"), nil)
	_, _ = desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 3), booking.Terms{})
	for _, policy := range []string{"", "latest", "fairest"} {
		id, err := desk.Book(on("20 09:01"), booking.Ask{Person: "Li " + policy, Channel: "app", Resource: "Dr Wang", Policy: policy})
		v, _ := desk.Pool().Appointment(id)
		fmt.Println(v.Slot.N, err)
	}
	// Output:
	// 0 <nil>
	// 2 <nil>
	// 0 booking: bad command: Policy "fairest": not one of the rules'
}

// wrong chooses a slot that is not among the candidates.
type wrong struct{}

func (wrong) Name() string                              { return "wrong" }
func (wrong) Choose(*booking.View) (booking.Slot, bool) { return booking.Slot{Session: 1}, true }

// A wrong policy can be unfair; it cannot overbook.
func ExamplePolicy_wrong() {
	r := plainRules()
	r.Policies = []booking.Policy{wrong{}}
	desk, _ := booking.NewDesk(booking.New(mustRules(r)), on("20 09:00"), nil)
	_, _ = desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 1), booking.Terms{})
	for _, person := range []string{"Li", "Zhao"} {
		_, err := desk.Book(on("20 09:01"), booking.Ask{Person: person, Channel: "app", Resource: "Dr Wang"})
		fmt.Println(err)
	}
	// Output:
	// <nil>
	// refused: bad choice
}

// Earliest fills from the front.
func ExampleEarliest() {
	desk := deskOn("20 09:00", morning("wang/24", "24", "Dr Wang", 1), morning("wang/23", "23", "Dr Wang", 1))
	for _, person := range []string{"Li", "Zhao"} {
		id, _ := desk.Book(on("20 09:01"), booking.Ask{Person: person, Channel: "app", Resource: "Dr Wang", Policy: "earliest"})
		v, _ := desk.Pool().Appointment(id)
		fmt.Println(person, wall(v.Start))
	}
	// Output:
	// Li 23 08:00
	// Zhao 24 08:00
}

// LevelLoad gives the half-hour in which the department expects the fewest.
func ExampleLevelLoad() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 2), morning("zhou/23", "23", "Dr Zhou", 2))
	for _, person := range []string{"Li", "Zhao", "Qian"} {
		id, _ := desk.Book(on("20 09:01"), booking.Ask{Person: person, Channel: "app", Department: "Cardiology", Policy: "level-load"})
		v, _ := desk.Pool().Appointment(id)
		fmt.Println(person, desk.Pool().Name(booking.SessionName, uint32(v.Slot.Session)), wall(v.Start))
	}
	// Output:
	// Li wang/23 23 08:00
	// Zhao wang/23 23 08:30
	// Qian zhou/23 23 08:00
}
