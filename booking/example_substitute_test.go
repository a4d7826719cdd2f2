package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// The physician falls ill, and one of a lower grade comes: everyone keeps their number, and is asked. Giving it back costs nothing.
func ExampleDesk_Substitute() {
	clinic := morning("wang/23", "23", "Dr Wang", 3)
	clinic.Line.Grade = slots.Chief
	desk := deskOn("20 09:00", clinic)
	var ids []booking.Appointment
	for n, person := range []string{"Li", "Zhao", "Qian"} {
		id, _ := desk.Book(on("20 09:00"), booking.Ask{Person: person, Channel: "app", Session: "wang/23", N: n})
		ids = append(ids, id)
	}
	_ = desk.CheckIn(on("23 07:30"), ids[0])
	fmt.Println(desk.Substitute(on("23 07:40"), "wang/23", []string{"Dr Zhou"}, slots.Resident, on("23 08:00")))
	fmt.Println(desk.CheckIn(on("23 07:50"), ids[1])) // Zhao comes: that is an answer
	fmt.Println(desk.Advance(on("23 08:00")))         // Qian has not answered
	for _, id := range ids {
		v, _ := desk.Pool().Appointment(id)
		fmt.Println("-", v.State)
	}
	// Output:
	// 2 <nil>
	// <nil>
	// <nil>
	// - checked in
	// - checked in
	// - cancelled
}

// A physician's day closes in one batch; what became of everyone adds up.
func ExampleDesk_Close() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1), morning("wang/24", "24", "Dr Wang", 1), morning("wang/25", "25", "Dr Wang", 1))
	for _, session := range []string{"wang/23", "wang/24"} {
		_, _ = desk.Book(on("20 09:00"), booking.Ask{Person: "for " + session, Channel: "app", Session: session})
	}
	fates, err := desk.Close(on("22 09:00"), booking.Closing{Sessions: []string{"wang/23", "wang/24"}, AnswerBy: on("22 18:00")})
	fmt.Printf("%+v %v\n", fates, err)
	fmt.Println("affected:", fates.Affected())
	// Output:
	// {Offered:1 Moved:0 Waitlisted:0 Told:1 Unpaid:0} <nil>
	// affected: 2
}

// With a plan the host says who is tried where first.
func ExamplePlacement() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 2), morning("wang/24", "24", "Dr Wang", 1))
	for n, person := range []string{"Li", "Zhao"} {
		_, _ = desk.Book(on("20 09:00"), booking.Ask{Person: person, Channel: "app", Session: "wang/23", N: n})
	}
	_, _ = desk.Close(on("22 09:00"), booking.Closing{Sessions: []string{"wang/23"}, AnswerBy: on("22 18:00"),
		Plan: []booking.Placement{{Appointment: 2, Slot: booking.Slot{Session: 2}}}})
	for id := booking.Appointment(1); id <= 2; id++ {
		v, _ := desk.Pool().Appointment(id)
		fmt.Println(v.State, v.Slot.IsValid())
	}
	// Output:
	// displaced false
	// displaced true
}

// Whom a closing would affect, and what one of them could have instead, is known before it happens.
func ExampleBook_Replacements() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1), morning("wang/24", "24", "Dr Wang", 2))
	_, _ = desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	book := desk.Pool()
	wang := booking.Resource(book.Find(booking.ResourceName, "Dr Wang"))
	closes := book.SessionsOf(nil, wang, on("23 00:00"), on("24 00:00"))
	c := booking.CloseSession{Meta: booking.Meta{At: on("22 09:00")}, Session: closes[0], AnswerBy: on("22 18:00")}
	for _, id := range book.Affected(nil, closes) {
		list, err := book.Replacements(nil, &booking.Batch{}, c, id, booking.Request{Resource: wang}, 10)
		for _, x := range list {
			fmt.Println(id, wall(x.Start))
		}
		fmt.Println(err)
	}
	// Output:
	// 1 24 08:00
	// 1 24 08:30
	// <nil>
}
