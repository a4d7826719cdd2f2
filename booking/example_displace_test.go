package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// scanner is a desk with one scanner's morning of three half-hours, of which An and Bai have the first two.
func scanner() *booking.Desk {
	r := booking.DefaultRules()
	r.Exempt, r.StepSeconds = []string{"emergency"}, 7*86400
	r.Displacement = booking.Displacement{Kinds: []slots.Kind{slots.Examination}, Untouchable: []string{"pre-surgery"}, MaxMoves: 1, HorizonDays: 2}
	rules, err := booking.NewRules(r)
	if err != nil {
		panic(err)
	}
	desk, err := booking.NewDesk(booking.New(rules), on("20 08:00"), nil)
	if err != nil {
		panic(err)
	}
	ct := slots.Session{ID: "CT", Date: slots.MustDate("2026-11-23"), Start: on("23 08:00"), Minutes: 90, Resources: []string{"scanner"},
		Line: slots.Line{Department: "imaging", Service: "CT", Kind: slots.Examination}}
	for i := range 3 {
		ct.Slots = append(ct.Slots, slots.Slot{Start: ct.Start.AddMinutes(30 * i), Minutes: 30, Capacity: 1})
	}
	if _, err := desk.Open(on("20 08:00"), ct, booking.Terms{}); err != nil {
		panic(err)
	}
	for n, a := range []booking.Ask{{Person: "An", Channel: "ward", Classes: []string{"pre-surgery"}}, {Person: "Bai", Channel: "app"}} {
		a.Session, a.N = "CT", n
		if _, err := desk.Book(on("20 09:00"), a); err != nil {
			panic(err)
		}
	}
	return desk
}

// An emergency needs the scanner before half past eight is over. An waits for an operation and stays; the plan is that Bai makes room.
// It is a proposal: nothing has happened until it is carried out.
func ExampleDesk_Displacements() {
	desk := scanner()
	emergency := booking.Ask{Person: "Cai", Channel: "ward", Classes: []string{"emergency"}, Service: "CT", Until: on("23 09:00")}
	plans, err := desk.Displacements(on("23 07:50"), emergency, 3)
	for _, p := range plans {
		fmt.Println(wall(p.Start), len(p.Moves), "to move")
		for _, m := range p.Moves {
			fmt.Println("appointment", m.Appointment, "to", wall(m.Start), "later by", m.DelaySeconds/60, "minutes")
		}
	}
	fmt.Println(err)
	// Output:
	// 23 08:30 1 to move
	// appointment 2 to 23 09:00 later by 30 minutes
	// <nil>
}

// What was accepted happens whole: Bai is moved and Cai booked, in one batch.
func ExampleDesk_Displace() {
	desk := scanner()
	emergency := booking.Ask{Person: "Cai", Channel: "ward", Classes: []string{"emergency"}, Session: "CT", N: 1}
	plans, err := desk.Displacements(on("23 07:50"), emergency, 1)
	if err != nil {
		panic(err)
	}
	id, err := desk.Displace(on("23 07:51"), emergency, plans[0].Placements())
	fmt.Println(id, err)
	cai, _ := desk.Pool().Appointment(id)
	bai, _ := desk.Pool().Appointment(2)
	fmt.Println(wall(cai.Start), cai.State, "·", wall(bai.Start), bai.State)

	// Nobody makes room twice.
	emergency.Person, emergency.N = "Deng", 2
	_, err = desk.Displace(on("23 07:52"), emergency, []booking.Placement{{Appointment: 2, Slot: cai.Slot}})
	fmt.Println(err)
	// Output:
	// 3 <nil>
	// 23 08:30 booked · 23 09:00 booked
	// refused: untouchable
}

// The slot wished is taken: what else there is, and why it is offered.
func ExampleDesk_Alternatives() {
	desk := scanner()
	list, err := desk.Alternatives(on("20 10:00"), booking.Ask{Person: "Cai", Channel: "app", Session: "CT", N: 1}, 5)
	for _, x := range list {
		fmt.Println(x.Likeness, wall(x.Candidate.Start))
	}
	fmt.Println(err)
	// Output:
	// other time 23 09:00
	// <nil>
}

// Nothing is free until nine: why not.
func ExampleDesk_Obstacles() {
	desk := scanner()
	list, err := desk.Obstacles(on("20 10:00"), booking.Ask{Person: "Cai", Channel: "app", Service: "CT", Until: on("23 09:00")})
	for _, x := range list {
		fmt.Println(x.Reason, x.Sessions, "session", x.Slots, "slots")
	}
	fmt.Println(err)
	// Output:
	// full 1 session 2 slots
	// <nil>
}

// By handles: a host without a Desk asks the Book, and carries the plan out with a command of its own.
func ExampleBook_Displacements() {
	book := scanner().Pool()
	var batch booking.Batch
	meta := booking.Meta{At: on("20 10:00")}
	for kind, name := range map[booking.NameKind]string{booking.PersonName: "Cai", booking.ClassName: "emergency"} {
		if _, err := book.Decide(&batch, booking.Introduce{Meta: meta, Kind: kind, Name: name}); err != nil {
			panic(err)
		}
	}
	if err := book.Apply(&batch); err != nil {
		panic(err)
	}
	batch.Reset()
	bear, _ := booking.NewBearing(booking.Class(book.Find(booking.ClassName, "app")), booking.Class(book.Find(booking.ClassName, "emergency")))
	q := booking.Request{Person: booking.Person(book.Find(booking.PersonName, "Cai")), Bear: bear, Slot: booking.Slot{Session: 1, N: 1}}
	plans, err := book.Displacements(nil, &batch, q, meta.At, 1)
	fmt.Println(len(plans), err)
	reply, err := book.Decide(&batch, booking.Displace{Meta: meta, Request: q, Moves: plans[0].Placements()})
	fmt.Println(reply.Outcome, reply.Count, err)
	for i := range batch.Events() {
		fmt.Println(batch.Events()[i].Kind())
	}
	// Output:
	// 1 <nil>
	// done 2 <nil>
	// AppointmentDisplaced
	// AppointmentBooked
}
