package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// host is the loop of the package comment, as a program with its own store writes it. Numbers are the steps there.
type host struct {
	book  *booking.Book
	batch booking.Batch
	log   booking.Log // stands for the store
}

func (h *host) do(now slots.Instant, make func(booking.Meta) booking.Command) (booking.Reply, error) {
	now = max(now, h.book.Clock()) // 2
	for {                          // 3
		at, ok := h.book.Wake()
		if !ok || at > now {
			break
		}
		if _, err := h.decide(booking.Advance{Meta: booking.Meta{At: now}}); err != nil {
			return booking.Reply{}, err
		}
	}
	return h.decide(make(booking.Meta{At: now}))
}

func (h *host) decide(c booking.Command) (booking.Reply, error) { // 4
	defer h.batch.Reset()
	reply, err := h.book.Decide(&h.batch, c)
	if err != nil || reply.Outcome != booking.Done || reply.Repeat {
		return reply, err
	}
	if err := h.log.Append(&h.batch); err != nil {
		return booking.Reply{}, err // 5: the Book must be made anew
	}
	return reply, h.book.Apply(&h.batch)
}

// A host by handles: names in, session open, hold, and the timer's work.
func ExampleBook_Decide() {
	h := host{book: booking.New(mustRules(plainRules()))} // 1
	say := func(now string, c func(booking.Meta) booking.Command) {
		reply, err := h.do(on(now), c)
		fmt.Println(reply.Outcome, reply.Appointment, err)
	}
	say("20 09:00", func(m booking.Meta) booking.Command { return booking.Adopt{Meta: m} })
	say("20 09:00", func(m booking.Meta) booking.Command {
		return booking.Introduce{Meta: m, Kind: booking.PersonName, Name: "Li"}
	})
	say("20 09:00", func(m booking.Meta) booking.Command {
		return booking.Introduce{Meta: m, Kind: booking.ClassName, Name: "app"}
	})
	say("20 09:00", func(m booking.Meta) booking.Command {
		return booking.Open{Meta: m, Name: "wang/23", Opening: booking.Opening{Date: slots.MustDate("2026-11-23"),
			Start: on("23 08:00"), Kind: slots.General, Slots: []booking.SlotSpec{{OffsetMinutes: 0, Minutes: 30, Capacity: 1}}}}
	})
	app, _ := booking.NewBearing(booking.Class(h.book.Find(booking.ClassName, "app")))
	want := booking.Request{Person: booking.Person(h.book.Find(booking.PersonName, "Li")), Bear: app, Slot: booking.Slot{Session: 1}}
	say("20 09:01", func(m booking.Meta) booking.Command { return booking.Hold{Meta: m, Request: want} })

	wake, _ := h.book.Wake() // 6
	fmt.Println("timer at", wall(wake))
	say("20 09:16", func(m booking.Meta) booking.Command { return booking.Advance{Meta: m} })
	v, _ := h.book.Appointment(1)
	fmt.Println(v.State)
	say("24 00:00", func(m booking.Meta) booking.Command { // 7
		return booking.Retire{Meta: m, Before: slots.MustDate("2026-11-24")}
	})
	fmt.Println(h.book)
	// Output:
	// done 0 <nil>
	// done 0 <nil>
	// done 0 <nil>
	// done 0 <nil>
	// done 1 <nil>
	// timer at 20 09:16
	// nothing 0 <nil>
	// lapsed
	// done 0 <nil>
	// book at 2026-11-23T16:00:00Z: 9 events, 1 sessions, 1 appointments
}

// Decide writes nothing of the Book; Apply of its batch does. A command stamped past something due must wait for Advance.
func ExampleBook_Apply() {
	book := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1)).Pool()
	var batch booking.Batch
	_, _ = book.Decide(&batch, booking.Introduce{Meta: booking.Meta{At: on("20 09:01")}, Kind: booking.PersonName, Name: "Li"})
	fmt.Println(book.Find(booking.PersonName, "Li"), batch.Len())
	err := book.Apply(&batch)
	fmt.Println(book.Find(booking.PersonName, "Li"), err)
	fmt.Println(book.Apply(&batch)) // it does not follow from this state any more
	// Output:
	// 0 1
	// 1 <nil>
	// booking: batch does not fit this book: it follows event 7, the book is at 8
}

// Introduce may share a batch with the command that uses the name, so that a refusal leaves no trace of it.
func ExampleIntroduce() {
	book := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1)).Pool()
	var batch booking.Batch
	meta := booking.Meta{At: on("20 09:01")}
	_, _ = book.Decide(&batch, booking.Introduce{Meta: meta, Kind: booking.PersonName, Name: "Li"})
	_, _ = book.Decide(&batch, booking.Introduce{Meta: meta, Kind: booking.ClassName, Name: "app"})
	app, _ := booking.NewBearing(1)
	reply, err := book.Decide(&batch, booking.Take{Meta: meta, Request: booking.Request{Person: 1, Bear: app, Slot: booking.Slot{Session: 1}}})
	fmt.Println(reply.Outcome, err)
	for _, e := range batch.Events() {
		fmt.Printf("%v %q\n", e.Kind(), batch.Text(&e))
	}
	// Output:
	// done <nil>
	// Introduced "Li"
	// Introduced "app"
	// AppointmentBooked ""
}

// Adopt puts other rules into force; until the log has adopted them, the Book accepts nothing else.
func ExampleAdopt() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 2))
	stricter := plainRules()
	stricter.Version = 2
	stricter.Limits = []booking.Limit{{Name: "one a day", Who: booking.PerPerson, Same: booking.SameDay, Of: booking.AllVisits, Max: 1}}
	desk.Pool().Configure(mustRules(stricter))
	_, err := desk.Book(on("20 09:01"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	fmt.Println(err)
	reply, err := desk.Do(booking.Adopt{Meta: booking.Meta{At: on("20 09:01")}})
	fmt.Println(reply.Outcome, err)
	for n := range 2 {
		_, err = desk.Book(on("20 09:02"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23", N: n})
		fmt.Println(err)
	}
	// Output:
	// booking: rules not adopted
	// done <nil>
	// <nil>
	// refused: limit reached (limit 1)
}

// A bundle is several appointments or none.
func ExampleBundle() {
	desk := deskOn("20 09:00", morning("blood/23", "23", "Room 2", 1), morning("echo/23", "23", "Scanner 1", 1))
	_, _ = desk.Book(on("20 09:00"), booking.Ask{Person: "Zhao", Channel: "app", Session: "echo/23"})
	_ = desk.Cancel(on("20 09:00"), 1, booking.ByPatient)
	book := desk.Pool()
	app, _ := booking.NewBearing(booking.Class(book.Find(booking.ClassName, "app")))
	person := booking.Person(book.Find(booking.PersonName, "Zhao"))
	both := booking.Bundle{Meta: booking.Meta{At: on("20 09:01")}, As: booking.Booked, Requests: []booking.Request{
		{Person: person, Bear: app, Slot: booking.Slot{Session: 1}},
		{Person: person, Bear: app, Slot: booking.Slot{Session: 2}},
	}}
	reply, err := desk.Do(both)
	fmt.Println(reply.Outcome, reply.Refusal.Reason, "at request", reply.Count, err)

	_, _ = desk.Open(on("20 09:02"), morning("echo/24", "24", "Scanner 1", 1), booking.Terms{})
	both.Meta.At, both.Requests[1].Slot.Session = on("20 09:02"), 3
	reply, err = desk.Do(both)
	fmt.Println(reply.Outcome, "appointments from", reply.Appointment, "on:", reply.Count, err)
	// Output:
	// refused two places at request 1 refused: two places
	// done appointments from 2 on: 2 <nil>
}

// Retire forgets days that are over, so that memory follows what lies ahead; ids are never used again.
func ExampleRetire() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
	id, _ := desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	retire := func(at string) {
		reply, err := desk.Do(booking.Retire{Meta: booking.Meta{At: on(at)}, Before: slots.MustDate("2026-11-24")})
		fmt.Println(reply.Outcome, err)
	}
	retire("24 00:00")
	_, _ = desk.Do(booking.MarkNoShow{Meta: booking.Meta{At: on("24 00:01")}, Appointment: id})
	retire("24 00:02")
	fmt.Println(desk.Cancel(on("24 00:03"), id, booking.ByPatient))
	// Output:
	// refused refused: not terminal (limit 1)
	// done <nil>
	// refused: session gone
}
