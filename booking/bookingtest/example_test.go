package bookingtest_test

import (
	"fmt"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/bookingtest"
	"github.com/haoyuan-go/haoyuan/slots"
)

func at(s string) slots.Instant { return slots.MustInstant("2026-11-" + s + ":00+08:00") }

func rules() *booking.Rules {
	r, err := booking.NewRules(booking.Rules{Version: 1, HoldSeconds: 900, KeySeconds: 86400, StepSeconds: 30 * 86400,
		LateCancel: booking.LateRecorded, Policies: []booking.Policy{booking.Earliest{}}})
	if err != nil {
		panic(err)
	}
	return r
}

// The model decides and carries out in one step; it is read with the same views as a Book.
func ExampleModel() {
	m := bookingtest.NewModel(*rules(), nil)
	now := booking.Meta{At: at("20T08:00")}
	bear, _ := booking.NewBearing(1)
	for _, c := range []booking.Command{
		booking.Adopt{Meta: now},
		booking.Introduce{Meta: now, Kind: booking.PersonName, Name: "Li"},
		booking.Introduce{Meta: now, Kind: booking.ClassName, Name: "app"},
		booking.Open{Meta: now, Name: "wang/23", Opening: booking.Opening{Date: slots.MustDate("2026-11-23"), Start: at("23T08:00"),
			Kind: slots.Specialist, Slots: []booking.SlotSpec{{Minutes: 30, Capacity: 1}}}},
		booking.Hold{Meta: now, Request: booking.Request{Person: 1, Bear: bear, Slot: booking.Slot{Session: 1}}},
		booking.Take{Meta: now, Request: booking.Request{Person: 1, Bear: bear, Slot: booking.Slot{Session: 1}}},
	} {
		reply, err := m.Do(c)
		fmt.Println(strings.TrimPrefix(fmt.Sprintf("%T", c), "booking."), reply.Outcome, reply.Refusal.Reason, err)
	}
	visit, _ := m.Appointment(1)
	wake, _ := m.Wake()
	fmt.Println(visit.State, "until", visit.Until, "wake", wake)
	// Output:
	// Adopt done no reason <nil>
	// Introduce done no reason <nil>
	// Introduce done no reason <nil>
	// Open done no reason <nil>
	// Hold done no reason <nil>
	// Take refused full <nil>
	// held until 2026-11-20T00:15:00Z wake 2026-11-20T00:15:00Z
}

// Probe plays one world; a Book that forgets to enforce the limits of its rules is caught by one of the first.
func ExampleProbe() {
	unlimited := func(r *booking.Rules) bookingtest.Subject {
		wrong := *r
		wrong.Limits = nil
		return booking.New(&wrong)
	}
	caught := false
	for seed := 0; seed < 30 && !caught; seed++ {
		caught = bookingtest.Probe(bookingtest.Config{New: unlimited}, seed) != nil
	}
	fmt.Println("the Book itself:", bookingtest.Probe(bookingtest.Config{}, 1))
	fmt.Println("without limits, caught:", caught)
	// Output:
	// the Book itself: <nil>
	// without limits, caught: true
}

// Compare says where a Book and a Model differ: here, one of them was told less.
func ExampleCompare() {
	b, m := booking.New(rules()), bookingtest.NewModel(*rules(), nil)
	var t booking.Batch
	adopt := booking.Adopt{Meta: booking.Meta{At: at("20T08:00")}}
	if _, err := b.Decide(&t, adopt); err != nil {
		panic(err)
	}
	if err := b.Apply(&t); err != nil {
		panic(err)
	}
	fmt.Println(bookingtest.Compare(b, m))
	if _, err := m.Do(adopt); err != nil {
		panic(err)
	}
	fmt.Println(bookingtest.Compare(b, m))
	// Output:
	// clock:
	//   book  2026-11-20T00:00:00Z
	//   model no instant
	// <nil>
}
