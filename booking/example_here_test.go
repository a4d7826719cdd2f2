package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// hereDesk has a clinic of two departments on the 23rd, one of which is open on the 26th, too.
func hereDesk() *booking.Desk {
	r := booking.DefaultRules()
	r.ReturnDays, r.StepSeconds = 3, 7*86400
	desk, err := booking.NewDesk(booking.New(mustRules(r)), on("20 09:00"), nil)
	if err != nil {
		panic(err)
	}
	for _, x := range [][3]string{{"heart", "23", "Dr Li"}, {"chest", "23", "Dr Wu"}, {"chest", "26", "Dr Wu"}} {
		s := morning(x[0]+"/"+x[1], x[1], x[2], 2)
		s.Line.Department = x[0]
		if _, err := desk.Open(on("20 09:00"), s, booking.Terms{AddOns: 1}); err != nil {
			panic(err)
		}
	}
	return desk
}

// Someone in the wrong department is sent on the same morning; the number that they leave is free again.
func ExampleDesk_Transfer() {
	desk := hereDesk()
	id, _ := desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "heart/23"})
	fmt.Println(desk.Transfer(on("23 07:40"), id, booking.Ask{Department: "chest"}, false))
	fmt.Println(desk.CheckIn(on("23 07:41"), id), desk.Transfer(on("23 07:45"), id, booking.Ask{Department: "chest"}, false))
	v, _ := desk.Pool().Appointment(id)
	heart, _ := desk.Pool().Session(1)
	fmt.Println(v.State, wall(v.Start), v.Slot.Session, "free in the heart clinic:", heart.Free)
	fmt.Println(desk.Transfer(on("23 08:00"), id, booking.Ask{Session: "heart/23", N: 1}, true)) // and back, as an add-on
	v, _ = desk.Pool().Appointment(id)
	fmt.Println(v.State, v.AddOn)
	// Output:
	// refused: illegal state (booked)
	// <nil> <nil>
	// checked in 23 08:00 2 free in the heart clinic: 2
	// <nil>
	// checked in true
}

// Whoever comes back with results within the days of the rules needs no number: the session need have none. Once a visit.
func ExampleDesk_Return() {
	desk := hereDesk()
	id, _ := desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "chest/23"})
	fmt.Println(desk.CheckIn(on("23 07:50"), id), desk.Complete(on("23 08:20"), id))
	v, _ := desk.Pool().Appointment(id)
	fmt.Println("until", v.ReturnUntil)
	back, err := desk.Return(on("26 08:00"), id, "chest/26")
	v, _ = desk.Pool().Appointment(back)
	chest, _ := desk.Pool().Session(3)
	fmt.Println(back, err, v.State, v.IsReturn, "free:", chest.Free)
	_, err = desk.Return(on("26 08:01"), id, "chest/26")
	fmt.Println(err)
	// Output:
	// <nil> <nil>
	// until 2026-11-26
	// 2 <nil> checked in true free: 2
	// refused: no entitlement
}

// "The evening before at six" for the sessions of a date.
func ExampleRemindersOf() {
	six, _ := slots.ParseClock("18:00")
	list, err := booking.RemindersOf(slots.MustDate("2026-11-23"), slots.Calendar{}, shanghai,
		slots.Ahead{Days: 1, Unit: slots.CalendarDays, At: six})
	fmt.Println(wall(list[0]), err)
	// Output:
	// 22 18:00 <nil>
}
