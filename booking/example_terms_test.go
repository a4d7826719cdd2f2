package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// A hospital publishes: half of the numbers 7 days ahead at 07:00, the rest on the eve at 20:00; the app books from 20:00 of the first
// day; nobody from 17:00 of the eve until midnight; closed at 07:30 of the day. TermsOf states it to the Book, with the hospital's own
// quota.
func ExampleTermsOf() {
	ahead := func(days int, clock string) slots.Ahead {
		return slots.Ahead{Days: days, Unit: slots.CalendarDays, At: slots.MustClock(clock)}
	}
	rule := slots.Release{
		Stages:  []slots.Stage{{At: ahead(7, "07:00"), Percent: 50}, {At: ahead(1, "20:00"), Percent: 100}},
		Classes: []slots.ClassOpening{{Class: "app", At: ahead(7, "20:00")}},
		Pauses:  []slots.Pause{{From: ahead(1, "17:00"), To: ahead(0, "00:00")}},
		Close:   ahead(0, "07:30"),
	}
	monday := morning("wang/23", "23", "Dr Wang", 6)
	terms, err := booking.TermsOf(&monday, &rule, slots.Calendar{}, shanghai, booking.NamedQuota{Class: "elderly", Reserve: 1})
	fmt.Println(err, wall(terms.Release), wall(terms.Close))
	for _, q := range terms.Quotas {
		fmt.Printf("- %s: reserve %d", q.Class, q.Reserve)
		if q.OpenAt != 0 {
			fmt.Print(", opens ", wall(q.OpenAt))
		}
		if q.From != 0 {
			fmt.Print(", from ", wall(q.From))
		}
		fmt.Println()
	}

	desk := deskOn("10 09:00")
	_, _ = desk.Open(on("10 09:00"), monday, terms)
	for n, x := range []struct{ now, person, channel string }{{"16 06:59", "Li", "window"}, {"16 07:00", "Li", "window"}, {"16 07:01", "Zhao", "app"},
		{"16 20:00", "Zhao", "app"}, {"22 17:00", "Sun", "window"}, {"23 00:00", "Sun", "window"}} {
		_, err := desk.Book(on(x.now), booking.Ask{Person: x.person, Channel: x.channel, Session: "wang/23", N: n})
		fmt.Println(x.now, x.person, err)
	}
	// Output:
	// <nil> 16 07:00 23 07:30
	// - stage 2 of the release: reserve 3, opens 22 20:00
	// - elderly: reserve 1
	// - app: reserve 0, from 16 20:00
	// 16 06:59 Li refused: not released (time 2026-11-15T23:00:00Z)
	// 16 07:00 Li <nil>
	// 16 07:01 Zhao refused: not released (time 2026-11-16T12:00:00Z)
	// 16 20:00 Zhao <nil>
	// 22 17:00 Sun refused: paused (time 2026-11-22T16:00:00Z)
	// 23 00:00 Sun <nil>
}

// Some slots are for first visits (初诊), some for follow-ups (复诊): the roster says which, the terms say what class may have them.
func ExampleTerms() {
	monday := morning("wang/23", "23", "Dr Wang", 2)
	monday.Slots[0].Visit, monday.Slots[1].Visit = slots.FirstVisit, slots.FollowUp
	desk := deskOn("20 09:00")
	_, err := desk.Open(on("20 09:00"), monday, booking.Terms{FirstVisit: "new"})
	fmt.Println(err)
	_, err = desk.Open(on("20 09:00"), monday, booking.Terms{FirstVisit: "new", FollowUp: "known"})
	fmt.Println(err)
	ask := booking.Ask{Person: "Li", Channel: "app", Classes: []string{"known"}, Session: "wang/23"}
	_, err = desk.Book(on("20 09:01"), ask)
	fmt.Println(err)
	list, _ := desk.Candidates(on("20 09:01"), booking.Ask{Person: "Li", Channel: "app", Classes: []string{"known"}, Resource: "Dr Wang"}, 9)
	for _, c := range list {
		fmt.Println("may have", wall(c.Start))
	}
	// Output:
	// booking: bad command: Terms.FollowUp: no class, and Slots[1] is for a follow-up
	// <nil>
	// refused: slot for others
	// may have 23 08:30
}
