package booking_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// A session of two numbers: the first caller gets one, asks for another in the same session and is told why not.
func Example() {
	rules, err := booking.NewRules(booking.Rules{
		Version: 1, HoldSeconds: 15 * 60, KeySeconds: 86400, StepSeconds: 60 * 86400,
		LateCancel: booking.LateRecorded,
		Limits: []booking.Limit{{Name: "one number a session", Who: booking.PerPerson,
			Same: booking.SameSession, Of: booking.AllVisits, Max: 1}},
		Policies: []booking.Policy{booking.Earliest{}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	var log booking.Log
	now := slots.MustInstant("2026-11-20T09:00:00+08:00")
	desk, _ := booking.NewDesk(booking.New(rules), now, log.Append)
	start := slots.MustInstant("2026-11-23T08:00:00+08:00")
	_, _ = desk.Open(now, slots.Session{ID: "wang/2026-11-23", Date: slots.MustDate("2026-11-23"), Start: start,
		Resources: []string{"Dr Wang"}, Line: slots.Line{Department: "Cardiology", Kind: slots.Specialist},
		Slots: []slots.Slot{{Start: start, Minutes: 30, Capacity: 1}, {Start: start + 1800, Minutes: 30, Capacity: 1}},
	}, booking.Terms{})

	id, err := desk.Book(now, booking.Ask{Person: "Zhang", Channel: "app", Resource: "Dr Wang"})
	fmt.Println("appointment", id, err)
	_, err = desk.Book(now, booking.Ask{Person: "Zhang", Channel: "window", Resource: "Dr Wang"})
	fmt.Println(err)
	_, err = desk.Book(now, booking.Ask{Person: "Zhang", Channel: "window", Session: "wang/2026-11-23", N: 1})
	var no *booking.Refusal
	if errors.As(err, &no) {
		fmt.Println(no.Reason, "by", rules.Limits[no.Rule-1].Name)
	}
	// Output:
	// appointment 1 <nil>
	// refused: none free
	// limit reached by one number a session
}

// The examples below share what follows, so that each can say its own thing in a few lines.

// on is an instant of November 2026 in China: on("23 08:00").
func on(dayAndTime string) slots.Instant {
	return slots.MustInstant("2026-11-" + dayAndTime[:2] + "T" + dayAndTime[3:] + ":00+08:00")
}

// wall is the same the other way round.
func wall(at slots.Instant) string { return at.In(time.FixedZone("", 8*3600)).Format("02 15:04") }

// morning is what a roster says of one morning: numbers of half an hour from 08:00, one person each.
func morning(id, day, physician string, numbers int) slots.Session {
	s := slots.Session{ID: id, Date: slots.MustDate("2026-11-" + day), Start: on(day + " 08:00"), Minutes: 30 * numbers,
		Resources: []string{physician}, Line: slots.Line{Department: "Cardiology", Service: "visit", Kind: slots.Specialist}}
	for i := range numbers {
		s.Slots = append(s.Slots, slots.Slot{Start: s.Start.AddMinutes(30 * i), Minutes: 30, Capacity: 1})
	}
	return s
}

// plainRules are rules without limits.
func plainRules() booking.Rules {
	return booking.Rules{Version: 1, HoldSeconds: 900, KeySeconds: 86400, StepSeconds: 90 * 86400,
		LateCancel: booking.LateRecorded, Policies: []booking.Policy{booking.Earliest{}, booking.LevelLoad{}}}
}

// mustRules is NewRules for rules that are known to be right.
func mustRules(r booking.Rules) *booking.Rules {
	rules, err := booking.NewRules(r)
	if err != nil {
		panic(err)
	}
	return rules
}

// deskOn is a desk under plainRules over an empty Book, with the sessions open and their numbers out.
func deskOn(now string, sessions ...slots.Session) *booking.Desk {
	desk, err := booking.NewDesk(booking.New(mustRules(plainRules())), on(now), nil)
	for _, s := range sessions {
		if err == nil {
			_, err = desk.Open(on(now), s, booking.Terms{})
		}
	}
	if err != nil {
		panic(err)
	}
	return desk
}
