package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// waitDesk is a desk with a waitlist, and one number of Dr Li that A has.
func waitDesk() (*booking.Desk, booking.Appointment) {
	r := booking.DefaultRules()
	r.WaitlistPerPerson, r.WaitlistOfferSeconds = 2, 2*3600
	rules, err := booking.NewRules(r)
	if err != nil {
		panic(err)
	}
	desk, err := booking.NewDesk(booking.New(rules), on("20 08:00"), nil)
	if err != nil {
		panic(err)
	}
	li := slots.Session{ID: "Li", Date: slots.MustDate("2026-11-23"), Start: on("23 08:00"), Minutes: 30, Resources: []string{"Dr Li"},
		Line: slots.Line{Department: "heart", Kind: slots.Specialist}, Slots: []slots.Slot{{Start: on("23 08:00"), Minutes: 30, Capacity: 1}}}
	if _, err := desk.Open(on("20 08:00"), li, booking.Terms{}); err != nil {
		panic(err)
	}
	id, err := desk.Book(on("20 09:00"), booking.Ask{Person: "A", Channel: "app", Session: "Li"})
	if err != nil {
		panic(err)
	}
	return desk, id
}

// B waits for a number of the department; when A gives theirs back, it is B's to answer, and nobody else can have it.
func ExampleDesk_Join() {
	desk, a := waitDesk()
	entry, err := desk.Join(on("20 10:00"), booking.Wait{Ask: booking.Ask{Person: "B", Channel: "app", Department: "heart"}, DueBy: on("22 20:00")})
	fmt.Println(entry, err)
	fmt.Println(desk.Cancel(on("20 11:00"), a, booking.ByPatient))
	_, err = desk.Book(on("20 11:00"), booking.Ask{Person: "C", Channel: "app", Session: "Li"})
	fmt.Println(err)
	v, _ := desk.Pool().Entry(entry)
	offered, _ := desk.Pool().Appointment(v.Appointment)
	fmt.Println(v.State, offered.State, offered.Until == on("20 13:00"))
	fmt.Println(desk.Answer(on("20 11:30"), v.Appointment, true))
	// Output:
	// 1 <nil>
	// <nil>
	// refused: full (limit 1)
	// served offered true
	// <nil>
}

// Whoever takes their entry back is not served.
func ExampleDesk_Leave() {
	desk, a := waitDesk()
	entry, _ := desk.Join(on("20 10:00"), booking.Wait{Ask: booking.Ask{Person: "B", Channel: "app", Resource: "Dr Li"}, DueBy: on("22 20:00")})
	fmt.Println(desk.Leave(on("20 10:30"), entry), desk.Cancel(on("20 11:00"), a, booking.ByPatient))
	v, _ := desk.Pool().Entry(entry)
	fmt.Println(v.State, desk.Leave(on("20 11:00"), entry))
	// Output:
	// <nil> <nil>
	// left refused: entry over
}

// A specialist looks at the request first; once approved it stands where it would have stood from the beginning.
func ExampleDesk_Screen() {
	desk, a := waitDesk()
	q := booking.Request{Person: booking.Person(desk.Pool().Find(booking.PersonName, "A")), Department: 1, Count: 1}
	q.Bear, _ = booking.NewBearing(booking.Class(desk.Pool().Find(booking.ClassName, "app")))
	fmt.Println(desk.Cancel(on("20 11:00"), a, booking.ByPatient))
	reply, _ := desk.Do(booking.Join{Meta: booking.Meta{At: on("20 11:00")}, Request: q, DueBy: on("22 20:00"), NeedsDecision: true})
	v, _ := desk.Pool().Entry(reply.Entry)
	fmt.Println(v.State, desk.Screen(on("20 12:00"), reply.Entry, true))
	fmt.Println(desk.Advance(on("20 12:00")))
	v, _ = desk.Pool().Entry(reply.Entry)
	fmt.Println(v.State)
	// Output:
	// <nil>
	// undecided <nil>
	// <nil>
	// served
}
