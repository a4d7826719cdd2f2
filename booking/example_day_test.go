package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// The day itself: who came is seen, who never came is a no-show when the session ends, and who is here never is.
func ExampleDesk_CheckIn() {
	desk := deskOn("20 09:00")
	_, _ = desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 4), booking.Terms{End: on("23 12:00")})
	var ids []booking.Appointment
	for n, person := range []string{"Li", "Zhao", "Qian", "Sun"} {
		id, _ := desk.Book(on("20 09:00"), booking.Ask{Person: person, Channel: "app", Session: "wang/23", N: n})
		ids = append(ids, id)
	}
	fmt.Println(desk.Confirm(on("22 18:00"), ids[0]), desk.CheckIn(on("23 07:50"), ids[0]))
	fmt.Println(desk.Start(on("23 08:00"), ids[0]), desk.Complete(on("23 08:20"), ids[0]))
	fmt.Println(desk.CheckIn(on("23 08:25"), ids[1]), desk.Complete(on("23 08:50"), ids[1]))
	fmt.Println(desk.CheckIn(on("23 09:40"), ids[2])) // late, and still waiting at noon
	fmt.Println(desk.Advance(on("23 12:00")))
	for _, id := range ids {
		v, _ := desk.Pool().Appointment(id)
		fmt.Println(desk.Pool().Name(booking.PersonName, uint32(v.Person)), v.State)
	}
	// Output:
	// <nil> <nil>
	// <nil> <nil>
	// <nil> <nil>
	// <nil>
	// <nil>
	// Li fulfilled
	// Zhao fulfilled
	// Qian checked in
	// Sun no-show
}

// Confirm is the person's word that they will come.
func ExampleDesk_Confirm() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
	id, _ := desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	fmt.Println(desk.Confirm(on("22 18:00"), id))
	fmt.Println(desk.Confirm(on("22 18:01"), id))
	// Output:
	// <nil>
	// refused: illegal state (confirmed)
}

// Start and Complete frame the consultation; nobody is seen who has not checked in.
func ExampleDesk_Start() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
	id, _ := desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	fmt.Println(desk.Start(on("23 08:00"), id))
	_ = desk.CheckIn(on("23 08:01"), id)
	fmt.Println(desk.Start(on("23 08:02"), id))
	// Output:
	// refused: illegal state (booked)
	// <nil>
}

// Complete ends the visit; it stays in the books, and frees the person for another place.
func ExampleDesk_Complete() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
	id, _ := desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	_ = desk.CheckIn(on("23 08:01"), id)
	fmt.Println(desk.Complete(on("23 08:20"), id))
	v, _ := desk.Pool().Appointment(id)
	fmt.Println(v.State, v.State.IsTerminal(), v.State.Occupies())
	// Output:
	// <nil>
	// fulfilled true true
}

// Advance brings the Book to an instant: all that is due by then happens, in order, each stamped with when it was due.
func ExampleDesk_Advance() {
	var log booking.Log
	desk, _ := booking.NewDesk(booking.New(mustRules(plainRules())), on("01 09:00"), log.Append)
	_, _ = desk.Open(on("01 09:00"), morning("wang/23", "23", "Dr Wang", 1), booking.Terms{Release: on("08 20:00"),
		End: on("23 12:00"), Quotas: []booking.NamedQuota{{Class: "referral", Reserve: 1, OpenAt: on("22 20:00")}}})
	fmt.Println(desk.Advance(on("24 00:00")))
	for batch := range log.All() {
		for _, e := range batch.Events() {
			if e.Due() != 0 {
				fmt.Println(e.Kind(), "due", wall(e.Due()), "said", wall(e.At()))
			}
		}
	}
	// Output:
	// <nil>
	// Released due 08 20:00 said 24 00:00
	// ReserveOpened due 22 20:00 said 24 00:00
	// SessionEnded due 23 12:00 said 24 00:00
}

// MarkNoShow is for a host that does not wait for the session's end.
func ExampleMarkNoShow() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
	id, _ := desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	reply, err := desk.Do(booking.MarkNoShow{Meta: booking.Meta{At: on("23 09:00")}, Appointment: id})
	fmt.Println(reply.Outcome, err)
	// Output:
	// done <nil>
}

// Void takes back what should never have been: the unit is free again and nothing counts.
func ExampleVoid() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
	id, _ := desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	reply, err := desk.Do(booking.Void{Meta: booking.Meta{At: on("20 09:01")}, Appointment: id})
	fmt.Println(reply.Outcome, err)
	_, err = desk.Book(on("20 09:02"), booking.Ask{Person: "Zhao", Channel: "app", Session: "wang/23"})
	fmt.Println(err)
	// Output:
	// done <nil>
	// <nil>
}

// The one table of states answers these questions.
func ExampleState() {
	fmt.Println(booking.Held.CanBecome(booking.Booked), booking.Cancelled.CanBecome(booking.Booked))
	fmt.Println(booking.NoShow.Occupies(), booking.NoShow.Counts(), booking.NoShow.IsTerminal())
	// Output:
	// true false
	// true true true
}
