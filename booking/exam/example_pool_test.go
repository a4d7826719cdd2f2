package exam_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/exam"
	"github.com/haoyuan-go/haoyuan/slots"
)

func ExampleAppendOffers() {
	book, now, request := imagingPool()
	days := exam.Midnights(slots.MustDate("2026-11-24"), slots.MustDate("2026-11-30"), shanghai)
	var batch booking.Batch
	candidates, err := book.Pool().Candidates(nil, &batch, request, now, 100)
	if err != nil {
		fmt.Println(err)
		return
	}
	offers, err := exam.AppendOffers(nil, book.Pool(), "CT", 10, 1, candidates, days)
	for _, o := range offers {
		fmt.Println(o.Day, o.StartMinute, o.Minutes, o.Site)
	}
	fmt.Println(err)
	// Output:
	// 2026-11-24 480 15 main
	// 2026-11-24 495 15 main
	// <nil>
}

func ExampleItinerary_Bundle() {
	desk, now, request := imagingPool()
	it := exam.Itinerary{Legs: []exam.Offer{{Exam: "CT", Slot: booking.Slot{Session: 1, N: 1}, Count: 1}}}
	reply, err := desk.Do(it.Bundle(booking.Meta{At: now}, booking.Held, request))
	fmt.Println(reply.Outcome, reply.Count, err)
	// Output: done 1 <nil>
}

// imagingPool is a pool with two slots of a scanner, and a patient's request for it.
func imagingPool() (*booking.Desk, slots.Instant, booking.Request) {
	check := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	now := slots.MustInstant("2026-11-20T08:00:00+08:00")
	rules, err := booking.NewRules(booking.Rules{Version: 1, HoldSeconds: 900, KeySeconds: 86400, StepSeconds: 86400,
		LateCancel: booking.LateRecorded, Policies: []booking.Policy{booking.Earliest{}}})
	check(err)
	desk, err := booking.NewDesk(booking.New(rules), now, nil)
	check(err)
	start := slots.MustInstant("2026-11-24T08:00:00+08:00")
	_, err = desk.Open(now, slots.Session{ID: "CT/2026-11-24", Date: slots.MustDate("2026-11-24"), Start: start,
		Line:  slots.Line{Department: "imaging", Service: "CT", Site: "main", Kind: slots.Examination},
		Slots: []slots.Slot{{Start: start, Minutes: 15, Capacity: 1}, {Start: start.AddMinutes(15), Minutes: 15, Capacity: 1}}}, booking.Terms{})
	check(err)
	_, err = desk.Do(booking.Introduce{Meta: booking.Meta{At: now}, Kind: booking.PersonName, Name: "Zhou"})
	check(err)
	_, err = desk.Do(booking.Introduce{Meta: booking.Meta{At: now}, Kind: booking.ClassName, Name: "consulting room"})
	check(err)
	bear, err := booking.NewBearing(booking.Class(desk.Pool().Find(booking.ClassName, "consulting room")))
	check(err)
	return desk, now, booking.Request{Person: booking.Person(desk.Pool().Find(booking.PersonName, "Zhou")), Bear: bear,
		Service: booking.Service(desk.Pool().Find(booking.ServiceName, "CT"))}
}
