package booking_test

import (
	"errors"
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// A Desk needs a Book, the time, and somewhere to keep the log.
func ExampleNewDesk() {
	var log booking.Log
	desk, err := booking.NewDesk(booking.New(mustRules(plainRules())), on("20 09:00"), log.Append)
	fmt.Println(err, "-", desk.Pool().Clock() == on("20 09:00"), "-", log.Events(), "event: the rules were adopted")
	// Output:
	// <nil> - true - 1 event: the rules were adopted
}

// Numbers that are opened early come out at their release; until then nobody can have one.
func ExampleDesk_Open() {
	desk := deskOn("01 09:00")
	_, err := desk.Open(on("01 09:00"), morning("wang/23", "23", "Dr Wang", 2), booking.Terms{Release: on("08 20:00")})
	fmt.Println(err)
	_, err = desk.Book(on("08 19:59"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	fmt.Println(err)
	_, err = desk.Book(on("08 20:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	fmt.Println(err)
	_, err = desk.Open(on("08 20:01"), morning("wang/23", "23", "Dr Wang", 2), booking.Terms{})
	fmt.Println(err)
	// Output:
	// <nil>
	// refused: not released (time 2026-11-08T12:00:00Z)
	// <nil>
	// refused: already open
}

// A caller who is not sure whether the first try arrived asks again under the same reference, and is answered once.
func ExampleDesk_Book() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 4))
	ask := booking.Ask{Ref: "app-7731", Caller: 3, Person: "Li", Channel: "app", Resource: "Dr Wang"}
	first, err := desk.Book(on("20 09:00"), ask)
	again, errAgain := desk.Book(on("20 09:05"), ask)
	fmt.Println(first, err, again, errAgain)

	ask.Person = "Zhao" // another wish under the reference of the first
	_, err = desk.Book(on("20 09:06"), ask)
	fmt.Println(err)
	// Output:
	// 1 <nil> 1 <nil>
	// refused: key reused
}

// A hold keeps a number for payment, for the rules' fifteen minutes.
func ExampleDesk_Hold() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
	id, _ := desk.Hold(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Resource: "Dr Wang"})
	held, _ := desk.Pool().Appointment(id)
	fmt.Println(held.State, "until", wall(held.Until))

	_, err := desk.Book(on("20 09:14"), booking.Ask{Person: "Zhao", Channel: "app", Session: "wang/23"})
	fmt.Println("Zhao:", err)
	fmt.Println("Li, too late:", desk.Pay(on("20 09:15"), id))
	_, err = desk.Book(on("20 09:15"), booking.Ask{Person: "Zhao", Channel: "app", Session: "wang/23"})
	fmt.Println("Zhao:", err)
	// Output:
	// held until 20 09:15
	// Zhao: refused: full (limit 1)
	// Li, too late: refused: illegal state (lapsed)
	// Zhao: <nil>
}

// Payment makes the number the person's.
func ExampleDesk_Pay() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
	id, _ := desk.Hold(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Resource: "Dr Wang"})
	fmt.Println(desk.Pay(on("20 09:14"), id))
	paid, _ := desk.Pool().Appointment(id)
	fmt.Println(paid.State)
	// Output:
	// <nil>
	// booked
}

// An add-on (加号) is one number more, for one person, and is gone with its appointment.
func ExampleDesk_AddOn() {
	desk := deskOn("20 09:00")
	_, _ = desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 1), booking.Terms{AddOns: 1})
	_, _ = desk.Book(on("20 09:01"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})

	extra, err := desk.AddOn(on("20 09:02"), booking.Ask{Person: "Zhao", Channel: "clinic", Session: "wang/23"})
	fmt.Println(extra, err)
	_, err = desk.AddOn(on("20 09:03"), booking.Ask{Person: "Qian", Channel: "clinic", Session: "wang/23"})
	fmt.Println(err)
	_ = desk.Cancel(on("20 09:04"), extra, booking.ByPatient)
	_, err = desk.Book(on("20 09:05"), booking.Ask{Person: "Sun", Channel: "app", Session: "wang/23"})
	fmt.Println("the public:", err)
	// Output:
	// 2 <nil>
	// refused: add-on limit (limit 1)
	// the public: refused: full (limit 1)
}

// A number that is given back is free at once. After the deadline that is recorded as late.
func ExampleDesk_Cancel() {
	var log booking.Log
	desk, _ := booking.NewDesk(booking.New(mustRules(plainRules())), on("20 09:00"), log.Append)
	_, _ = desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 1), booking.Terms{CancelBy: on("22 15:00")})
	for _, day := range []string{"22 14:59", "22 15:00"} {
		id, _ := desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
		fmt.Println(desk.Cancel(on(day), id, booking.ByPatient))
	}
	for batch := range log.All() {
		for _, e := range batch.Events() {
			if e.Kind() == booking.AppointmentCancelled {
				fmt.Println(wall(e.At()), "by", e.Party(), "late:", e.IsLate())
			}
		}
	}
	// Output:
	// <nil>
	// <nil>
	// 22 14:59 by patient late: false
	// 22 15:00 by patient late: true
}

// Moving to a neighbour needs no free number twice: the old one counts as free while the new one is judged.
func ExampleDesk_Reschedule() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 2), morning("wang/24", "24", "Dr Wang", 1))
	id, _ := desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	fmt.Println(desk.Reschedule(on("20 10:00"), id, booking.Ask{Session: "wang/23", N: 1}))
	fmt.Println(desk.Reschedule(on("20 10:01"), id, booking.Ask{Resource: "Dr Wang", From: on("24 00:00")}))
	moved, _ := desk.Pool().Appointment(id)
	fmt.Println(moved.State, wall(moved.Start))
	// Output:
	// <nil>
	// <nil>
	// booked 24 08:00
}

// A suspended person books nothing until the suspension ends or is lifted.
func ExampleDesk_Restrict() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 2))
	_, _ = desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	_ = desk.Restrict(on("20 09:01"), "Li", on("27 00:00"))
	_, err := desk.Book(on("20 09:02"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23", N: 1})
	fmt.Println(err)
	_ = desk.Restrict(on("20 09:03"), "Li", on("20 09:03")) // appeal upheld
	_, err = desk.Book(on("20 09:04"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23", N: 1})
	fmt.Println(err)
	// Output:
	// refused: restricted (time 2026-11-26T16:00:00Z)
	// <nil>
}

// Do takes any command of the package, by handles; Pool is the Book behind the desk.
func ExampleDesk_Do() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
	session := booking.Session(desk.Pool().Find(booking.SessionName, "wang/23"))
	reply, err := desk.Do(booking.Grant{Meta: booking.Meta{At: on("20 09:00")}, Slot: booking.Slot{Session: session}, Units: 2})
	fmt.Println(reply.Outcome, err)
	slot, _ := desk.Pool().Slot(booking.Slot{Session: session})
	fmt.Println("room", slot.Room, "of", slot.Capacity, "and", slot.Granted, "granted")
	// Output:
	// done <nil>
	// room 3 of 1 and 2 granted
}

// When the log fails, nobody can say whether the last command happened: the desk closes, and the Book is made anew.
func ExampleDesk_Do_unknownOutcome() {
	var log booking.Log
	down := false
	desk, _ := booking.NewDesk(booking.New(mustRules(plainRules())), on("20 09:00"), func(b *booking.Batch) error {
		if down {
			return errors.New("disk full")
		}
		return log.Append(b)
	})
	_, _ = desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 2), booking.Terms{})
	down = true
	ask := booking.Ask{Ref: "app-1", Made: on("20 09:01"), Person: "Li", Channel: "app", Resource: "Dr Wang"}
	_, err := desk.Book(on("20 09:01"), ask)
	fmt.Println(err)
	fmt.Println(desk.Cancel(on("20 09:02"), 1, booking.ByPatient))

	book, _ := booking.Replay(mustRules(plainRules()), &log)
	desk, _ = booking.NewDesk(book, on("20 09:03"), log.Append)
	id, err := desk.Book(on("20 09:03"), ask)
	fmt.Println(id, err)
	// Output:
	// booking: log failed, outcome unknown: disk full
	// booking: log failed, outcome unknown
	// 1 <nil>
}

// What a patient may have, before they decide. Nobody who merely looks enters the log.
func ExampleDesk_Candidates() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 3))
	_, _ = desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23", N: 1})
	list, err := desk.Candidates(on("20 09:01"), booking.Ask{Person: "Zhao", Channel: "app", Resource: "Dr Wang"}, 10)
	for _, c := range list {
		fmt.Println(wall(c.Start), "room", c.Room)
	}
	fmt.Println(err, desk.Pool().Find(booking.PersonName, "Zhao"))
	// Output:
	// 23 08:00 room 1
	// 23 09:00 room 1
	// <nil> 0
}

// A bundle is several appointments or none.
func ExampleDesk_Bundle() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 2), morning("scan/23", "23", "scanner", 2))
	trip := func(person string) []booking.Ask {
		return []booking.Ask{{Person: person, Channel: "app", Session: "scan/23"}, {Person: person, Channel: "app", Session: "wang/23", N: 1}}
	}
	made, err := desk.Bundle(on("20 09:00"), trip("Li"), booking.Booked)
	fmt.Println("Li: from", made.Appointment, "on,", made.Count, "appointments,", err)
	refused, err := desk.Bundle(on("20 09:01"), trip("Zhao"), booking.Booked)
	fmt.Println("Zhao: number", refused.Count, "was", err)
	// Output:
	// Li: from 1 on, 2 appointments, <nil>
	// Zhao: number 0 was refused: full (limit 1)
}

// Why not? Every reason against a named slot, by name; whoever asks leaves no trace in the log.
func ExampleDesk_Reasons() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
	_, _ = desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	why, err := desk.Reasons(on("20 09:01"), booking.Ask{Person: "Zhao", Channel: "app", Session: "wang/23"})
	for _, r := range why {
		fmt.Println(r.Reason, r.Limit)
	}
	fmt.Println(err)
	// Output:
	// full 1
	// <nil>
}
