package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// Candidates lists what can be booked: what is listed is granted, what would be refused is not listed.
func ExampleBook_Candidates() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 2), morning("wang/24", "24", "Dr Wang", 2))
	_, _ = desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	book := desk.Pool()
	app, _ := booking.NewBearing(booking.Class(book.Find(booking.ClassName, "app")))
	want := booking.Request{Person: 1, Bear: app, Resource: booking.Resource(book.Find(booking.ResourceName, "Dr Wang"))}
	var batch booking.Batch
	list, err := book.Candidates(nil, &batch, want, on("20 09:01"), 10)
	for _, c := range list {
		fmt.Println(book.Name(booking.SessionName, uint32(c.Slot.Session)), c.Slot.N, wall(c.Start), c.Minutes, c.Room)
	}
	fmt.Println(err)
	// Output:
	// wang/23 1 23 08:30 30 1
	// wang/24 0 24 08:00 30 1
	// wang/24 1 24 08:30 30 1
	// <nil>
}

// Reasons gives every reason against a named slot, where Decide stops at the first.
func ExampleBook_Reasons() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1), morning("zhou/23", "23", "Dr Zhou", 1))
	_, _ = desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	_ = desk.Restrict(on("20 09:01"), "Li", on("27 00:00"))
	app, _ := booking.NewBearing(1)
	var batch booking.Batch
	zhou := booking.Request{Person: 1, Bear: app, Slot: booking.Slot{Session: 2}}
	why, err := desk.Pool().Reasons(nil, &batch, zhou, on("23 07:30"))
	for _, r := range why {
		fmt.Println(r.Reason)
	}
	fmt.Println(err)
	// Output:
	// restricted
	// two places
	// <nil>
}

// The other queries are plain values too.
func ExampleBook_Appointment() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 2))
	id, _ := desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Account: "Li's phone", Channel: "app", Session: "wang/23", N: 1})
	book := desk.Pool()
	v, ok := book.Appointment(id)
	fmt.Println(ok, v.State, wall(v.Start), v.Minutes, "min, charged to", book.Name(booking.ClassName, uint32(v.Class)))
	s, _ := book.Session(v.Slot.Session)
	fmt.Println(s.Date, book.Name(booking.DepartmentName, uint32(s.Department)), s.Kind, s.Slots, "slots,", s.Free, "free")
	x, _ := book.Slot(v.Slot)
	fmt.Println(x.Taken, "taken of", x.Capacity, "closes", wall(x.ClosesAt))
	fmt.Println(book.AppointmentsOf(nil, v.Person), book.AppointmentsIn(nil, v.Slot.Session), book.Resources(nil, v.Slot.Session))
	fmt.Println(book.RestrictedUntil(v.Person))
	// Output:
	// true booked 23 08:30 30 min, charged to app
	// 2026-11-23 Cardiology specialist 2 slots, 1 free
	// 1 taken of 1 closes 23 08:30
	// [1] [1] [1]
	// no instant
}

// Check recounts everything; it finds nothing in a Book that is sound, and reports what a later cut has left over.
func ExampleBook_Check() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 2))
	for n := range 2 {
		_, _ = desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23", N: n})
	}
	fmt.Println(desk.Pool().Check())
	stricter := plainRules()
	stricter.Version = 2
	stricter.Limits = []booking.Limit{{Name: "one a day", Who: booking.PerPerson, Same: booking.SameDay, Of: booking.AllVisits, Max: 1}}
	desk.Pool().Configure(mustRules(stricter))
	fmt.Println(desk.Pool().Check())
	// Output:
	// []
	// [over: over limit 1: session 1 slot 0 appointment 2 class 0: want 1, have 2]
}

// Digest names what the Book means: booking and giving back leaves it as it was.
func ExampleBook_Digest() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
	empty := desk.Pool().Digest()
	id, _ := desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	booked := desk.Pool().Digest()
	_ = desk.Cancel(on("20 09:01"), id, booking.ByPatient)
	fmt.Println(booked == empty, desk.Pool().Digest() == empty)
	// Output:
	// false true
}
