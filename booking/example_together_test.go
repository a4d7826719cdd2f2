package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// boardDesk is a desk with two physicians, each with half-hours from 08:00 on two Mondays; Dr Wu's begin at 08:30.
func boardDesk() *booking.Desk {
	rules, err := booking.NewRules(booking.DefaultRules())
	if err != nil {
		panic(err)
	}
	desk, err := booking.NewDesk(booking.New(rules), on("16 08:00"), nil)
	if err != nil {
		panic(err)
	}
	for _, s := range []struct{ name, day, from, who string }{{"Li/23", "23", "08:00", "Dr Li"}, {"Wu/23", "23", "08:30", "Dr Wu"},
		{"Li/30", "30", "08:00", "Dr Li"}, {"Wu/30", "30", "08:30", "Dr Wu"}} {
		start := on(s.day + " " + s.from)
		x := slots.Session{ID: s.name, Date: slots.MustDate("2026-11-" + s.day), Start: start, Minutes: 60, Resources: []string{s.who},
			Line:  slots.Line{Department: "tumour", Kind: slots.Specialist},
			Slots: []slots.Slot{{Start: start, Minutes: 30, Capacity: 1}, {Start: start.AddMinutes(30), Minutes: 30, Capacity: 1}}}
		if _, err := desk.Open(on("16 08:00"), x, booking.Terms{}); err != nil {
			panic(err)
		}
	}
	return desk
}

// tellVisits prints where the appointments of a reply are.
func tellVisits(desk *booking.Desk, r booking.Reply, err error) {
	if err != nil {
		fmt.Println(err)
		return
	}
	for i := range r.Count {
		v, _ := desk.Pool().Appointment(r.Appointment + booking.Appointment(i))
		fmt.Println(desk.Pool().Name(booking.SessionName, uint32(v.Slot.Session)), wall(v.Start), v.State)
	}
}

// A joint clinic of two physicians is booked at the first time that both have, and given back as one.
func ExampleDesk_Joint() {
	desk := boardDesk()
	r, err := desk.Joint(on("16 09:00"), booking.Ask{Person: "Zhao", Channel: "app", Resource: "Dr Li"}, []booking.Ask{{Resource: "Dr Wu"}}, booking.Booked)
	tellVisits(desk, r, err)
	fmt.Println(desk.Pool().Linked(nil, r.Appointment))
	fmt.Println(desk.Cancel(on("16 10:00"), r.Appointment+1, booking.ByPatient))
	tellVisits(desk, r, nil)
	// Output:
	// Li/23 23 08:30 booked
	// Wu/23 23 08:30 booked
	// [1 2]
	// <nil>
	// Li/23 23 08:30 cancelled
	// Wu/23 23 08:30 cancelled
}

// A course of two visits a week apart stays with whom it began; a third there is not.
func ExampleDesk_Series() {
	desk := boardDesk()
	ask := booking.Ask{Person: "Zhao", Channel: "app", AnyOf: []string{"Dr Li", "Dr Wu"}, From: on("23 08:45")}
	r, err := desk.Series(on("16 09:00"), ask, 3, 7, 1, booking.Held)
	fmt.Println(err, r.Count)
	r, err = desk.Series(on("16 09:00"), ask, 2, 7, 1, booking.Held)
	tellVisits(desk, r, err)
	// Output:
	// refused: none free 2
	// Wu/23 23 09:00 held
	// Wu/30 30 08:30 held
}

// A mother and a child come together: the mother's number is the first that has one for the child near it.
func ExampleDesk_Family() {
	desk := boardDesk()
	r, err := desk.Family(on("16 09:00"), []booking.Ask{{Person: "Sun", Channel: "app", Resource: "Dr Li"},
		{Person: "Sun's child", Channel: "app", Resource: "Dr Wu"}}, 15, booking.Booked)
	tellVisits(desk, r, err)
	// Output:
	// Li/23 23 08:30 booked
	// Wu/23 23 08:30 booked
}

// Any of several physicians will do, on a Monday: the first who has a number.
func ExampleNewResourceSet() {
	desk := boardDesk()
	b := desk.Pool()
	any, err := booking.NewResourceSet(booking.Resource(b.Find(booking.ResourceName, "Dr Wu")), booking.Resource(b.Find(booking.ResourceName, "Dr Li")))
	fmt.Println(any.Append(nil), err)
	id, err := desk.Book(on("16 09:00"), booking.Ask{Person: "Zhao", Channel: "app", AnyOf: []string{"Dr Wu", "Dr Li"}, Weekdays: slots.WeekdaysOf(slots.Monday)})
	tellVisits(desk, booking.Reply{Appointment: id, Count: 1}, err)
	// Output:
	// [1 2] <nil>
	// Li/23 23 08:00 booked
}
