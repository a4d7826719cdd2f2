package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// A restriction need not bar everything: this person may not use the app, and three days ahead is as far as they may book elsewhere.
func ExampleDesk_Gate() {
	desk := deskOn("20 09:00", morning("wang/22", "22", "Dr Wang", 2), morning("wang/24", "24", "Dr Wang", 2))
	_ = desk.Gate(on("20 09:00"), booking.NamedGate{Person: "Li", Channel: "app"}, on("30 00:00"))
	_ = desk.Gate(on("20 09:00"), booking.NamedGate{Person: "Li", HorizonDays: 3}, on("27 00:00"))
	for _, a := range []booking.Ask{{Channel: "app", Session: "wang/22"}, {Channel: "window", Session: "wang/24"}, {Channel: "window", Resource: "Dr Wang"}} {
		a.Person = "Li"
		id, err := desk.Book(on("20 09:01"), a)
		v, _ := desk.Pool().Appointment(id)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println("booked", wall(v.Start))
	}
	_ = desk.Advance(on("27 00:00"))
	li := booking.Person(desk.Pool().Find(booking.PersonName, "Li"))
	for _, r := range desk.Pool().Restrictions(nil, li, 0) {
		fmt.Println(desk.Pool().Name(booking.ClassName, uint32(r.Gate.Channel)), r.Gate.Bars(), wall(r.Until))
	}
	// Output:
	// refused: restricted (time 2026-11-29T16:00:00Z)
	// refused: beyond horizon (limit 3) (time 2026-11-26T16:00:00Z)
	// booked 22 08:00
	// app true 30 00:00
}

// Whoever gives a number back waits for half an hour before they book in that department again.
func ExampleCooling() {
	r := plainRules()
	r.Cooling = booking.Cooling{Seconds: 1800, Same: booking.SameDepartment}
	desk, _ := booking.NewDesk(booking.New(mustRules(r)), on("20 09:00"), nil)
	_, _ = desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 2), booking.Terms{})
	ask := booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"}
	id, _ := desk.Book(on("20 09:01"), ask)
	_ = desk.Cancel(on("20 09:02"), id, booking.ByPatient)
	_, err := desk.Book(on("20 09:03"), ask)
	fmt.Println(err)
	given := desk.Pool().GivenBack(nil, booking.Person(desk.Pool().Find(booking.PersonName, "Li")))
	fmt.Println(len(given), wall(given[0].Until))
	_, err = desk.Book(given[0].Until, ask)
	fmt.Println(err)
	// Output:
	// refused: cooling off (time 2026-11-20T01:32:00Z)
	// 1 20 09:32
	// <nil>
}

// The way between two sites, where it is not the usual one.
func ExampleTravel() {
	r := plainRules()
	r.TravelMinutes = 30
	r.Travel = []booking.Travel{{From: "Mountain", To: "East", Minutes: 120}}
	desk, _ := booking.NewDesk(booking.New(mustRules(r)), on("20 09:00"), nil)
	for _, site := range []string{"East", "West", "Mountain"} {
		s := morning("at "+site, "23", "Dr "+site, 2)
		s.Line.Site = site
		_, _ = desk.Open(on("20 09:00"), s, booking.Terms{})
	}
	book := desk.Pool()
	site := func(name string) booking.Site { return booking.Site(book.Find(booking.SiteName, name)) }
	fmt.Println(book.TravelMinutes(site("East"), site("Mountain")), book.TravelMinutes(site("East"), site("West")), book.TravelMinutes(site("East"), site("East")))
	// Output:
	// 120 30 0
}
