package booking_test

import (
	"errors"
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// NewRules reports everything that is wrong at once.
func ExampleNewRules() {
	_, err := booking.NewRules(booking.Rules{Version: 1, KeySeconds: 86400, StepSeconds: 86400, TravelMinutes: 5000,
		LateCancel: booking.LateRefused, Policies: []booking.Policy{booking.Earliest{}},
		Limits: []booking.Limit{{Name: "ever", Who: booking.PerPerson, Of: booking.AllVisits, Max: 3}}})
	fmt.Println(err)
	// Output:
	// HoldSeconds 0: want 1 to 604800
	// TravelMinutes 5000: want 0 to 1440
	// Limits[0].Of AllVisits: needs a window of time in Same, or it would count for ever
}

// New gives an empty Book; Find and Name turn names into handles and back.
func ExampleNew() {
	book := booking.New(mustRules(plainRules()))
	fmt.Println(book.Clock(), book.Events(), book.Rules().Version)
	desk, _ := booking.NewDesk(book, on("20 09:00"), nil)
	_, _ = desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 1), booking.Terms{})
	wang := book.Find(booking.ResourceName, "Dr Wang")
	fmt.Println(wang, book.Name(booking.ResourceName, wang), book.Find(booking.ResourceName, "Dr Who"))
	// Output:
	// no instant 0 1
	// 1 Dr Wang 0
}

// A refusal through the desk is an error that says all there is to say; through Decide it is a value.
func ExampleRefusal() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
	_, err := desk.Book(on("23 08:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	var no *booking.Refusal
	fmt.Println(errors.Is(err, booking.ErrRefused), errors.As(err, &no))
	fmt.Println(no.Reason, "since", wall(no.Until))
	// Output:
	// true true
	// booking closed since 23 08:00
}

// A limit may be on the account that persons come through.
func ExampleLimit() {
	r := plainRules()
	r.Limits = []booking.Limit{{Name: "three open numbers an account", Who: booking.PerAccount, Of: booking.OpenVisits, Max: 3}}
	desk, _ := booking.NewDesk(booking.New(mustRules(r)), on("20 09:00"), nil)
	_, _ = desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 4), booking.Terms{})
	for _, person := range []string{"mother", "father", "son", "daughter"} {
		_, err := desk.Book(on("20 09:01"), booking.Ask{Person: person, Account: "family", Channel: "app", Resource: "Dr Wang"})
		fmt.Println(person, err)
	}
	// Output:
	// mother <nil>
	// father <nil>
	// son <nil>
	// daughter refused: none free
}

// DefaultRules are a beginning: change what your hospital does otherwise, and have it checked.
func ExampleDefaultRules() {
	r := booking.DefaultRules()
	r.HoldSeconds = 10 * 60
	r.Exempt = []string{"emergency"}
	rules, err := booking.NewRules(r)
	policy, ok := rules.Policy("level-load")
	fmt.Println(err, policy, ok, len(rules.Limits))
	r.TravelMinutes = -1
	_, err = booking.NewRules(r)
	fmt.Println(err)
	// Output:
	// <nil> 2 true 2
	// TravelMinutes -1: want 0 to 1440
}
