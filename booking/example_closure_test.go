package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// The physician falls ill: everyone gets the best other number there is, kept for them until they answer. Nothing counts
// against them, whatever they do.
func ExampleDesk_CloseSession() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 3), morning("wang/24", "24", "Dr Wang", 2))
	var ids []booking.Appointment
	for n, person := range []string{"Li", "Zhao", "Qian"} {
		id, _ := desk.Book(on("20 09:00"), booking.Ask{Person: person, Channel: "app", Session: "wang/23", N: n})
		ids = append(ids, id)
	}
	fmt.Println(desk.CloseSession(on("23 07:40"), "wang/23", on("23 18:00")))
	show := func() {
		for _, id := range ids {
			v, _ := desk.Pool().Appointment(id)
			if v.Slot.IsValid() {
				fmt.Println("-", v.State, wall(v.Start))
			} else {
				fmt.Println("-", v.State, "(nothing was found)")
			}
		}
	}
	show()
	fmt.Println(desk.Answer(on("23 08:00"), ids[0], true), desk.Answer(on("23 08:00"), ids[1], false))
	fmt.Println(desk.Advance(on("23 18:00"))) // Qian never answered
	show()
	// Output:
	// <nil>
	// - displaced 24 08:00
	// - displaced 24 08:30
	// - displaced (nothing was found)
	// <nil> <nil>
	// <nil>
	// - booked 24 08:00
	// - cancelled 24 08:30
	// - cancelled (nothing was found)
}

// Accepting an offer makes it the appointment; accepting where nothing was found is refused.
func ExampleDesk_Answer() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
	id, _ := desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	_ = desk.CloseSession(on("22 09:00"), "wang/23", on("22 18:00"))
	fmt.Println(desk.Answer(on("22 10:00"), id, true))
	fmt.Println(desk.Answer(on("22 10:01"), id, false))
	// Output:
	// refused: none free
	// <nil>
}

// With Move the offers take effect at once; that is a setting, never the default.
func ExampleCloseSession() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1), morning("wang/24", "24", "Dr Wang", 1))
	id, _ := desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	reply, _ := desk.Do(booking.CloseSession{Meta: booking.Meta{At: on("22 09:00")}, Session: 1, AnswerBy: on("22 18:00"), Move: true})
	v, _ := desk.Pool().Appointment(id)
	fmt.Println(reply.Count, "displaced,", v.State, wall(v.Start), "from session", v.From.Session)
	// Output:
	// 1 displaced, booked 24 08:00 from session 1
}
