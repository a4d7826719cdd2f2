package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// A clinic for children under 14: the age is that of the day of the visit, and who is not known to be a child is not taken for one.
func ExampleDesk_Describe() {
	desk := deskOn("20 09:00")
	_, err := desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 4), booking.Terms{
		Eligible: booking.NamedEligibility{Ages: booking.AgeRange{Until: booking.Years(14)}}})
	fmt.Println(err)
	ask := booking.Ask{Person: "Li", Channel: "app", Resource: "Dr Wang", Session: "wang/23"}
	_, err = desk.Book(on("20 09:01"), ask)
	fmt.Println(err)
	fmt.Println(desk.Describe(on("20 09:02"), "Li", slots.MustDate("2012-11-24"), booking.Female))
	_, err = desk.Book(on("20 09:03"), ask) // fourteen on the 24th
	fmt.Println(err)
	li, _ := desk.Pool().Person(booking.Person(desk.Pool().Find(booking.PersonName, "Li")))
	fmt.Println(li.Born, li.Sex)
	// Output:
	// <nil>
	// refused: age not taken
	// <nil>
	// <nil>
	// 2012-11-24 female
}

// One woman booked under two names. Once they are found to be one, either name means her, and Check tells what is over: she has two numbers of one
// session, where the rules give one.
func ExampleDesk_Merge() {
	desk, _ := booking.NewDesk(booking.New(mustRules(booking.DefaultRules())), on("20 09:00"), nil)
	_, _ = desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 4), booking.Terms{})
	_, _ = desk.Book(on("20 09:01"), booking.Ask{Person: "passport G12", Channel: "app", Session: "wang/23", N: 1})
	_, _ = desk.Book(on("20 09:02"), booking.Ask{Person: "card 4211", Channel: "app", Session: "wang/23", N: 3})
	fmt.Println(desk.Merge(on("20 10:00"), "card 4211", "passport G12"))
	pool := desk.Pool()
	passport := booking.Person(pool.Find(booking.PersonName, "passport G12"))
	for _, id := range pool.AppointmentsOf(nil, passport) {
		v, _ := pool.Appointment(id)
		fmt.Println(pool.Name(booking.PersonName, uint32(v.Person)), wall(v.Start))
	}
	for _, f := range pool.Check() {
		fmt.Println(f.Law, f.Appointment, f.Have, "of", f.Want)
	}
	// Output:
	// <nil>
	// card 4211 23 08:30
	// card 4211 23 09:30
	// over limit 2 2 of 1
	// over limit 2 2 of 1
}

// Children are not booked by the app, whatever the clinic, and a first visit needs an identity card.
func ExampleClassEligibility() {
	r := plainRules()
	r.Eligible = []booking.ClassEligibility{
		{Class: "app", NamedEligibility: booking.NamedEligibility{Ages: booking.AgeRange{From: booking.Years(14)}}},
		{Class: "first visit", NamedEligibility: booking.NamedEligibility{Need: "identity card"}},
	}
	desk, _ := booking.NewDesk(booking.New(mustRules(r)), on("20 09:00"), nil)
	_, _ = desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 4), booking.Terms{})
	_ = desk.Describe(on("20 09:00"), "Li", slots.MustDate("2015-03-01"), 0)
	ask := booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"}
	_, err := desk.Book(on("20 09:01"), ask)
	fmt.Println(err)
	ask.Channel, ask.Classes = "window", []string{"first visit"}
	_, err = desk.Book(on("20 09:02"), ask)
	fmt.Println(err)
	ask.Classes = append(ask.Classes, "identity card")
	_, err = desk.Book(on("20 09:03"), ask)
	fmt.Println(err)
	// Output:
	// refused: age not taken
	// refused: referral needed
	// <nil>
}

// An age has completed days and months; who was born on 29 February is a year older on 1 March.
func ExampleNewAge() {
	born := slots.MustDate("2024-02-29")
	for _, day := range []string{"2025-02-28", "2025-03-01"} {
		age, err := booking.NewAge(born, slots.MustDate(day))
		fmt.Println(age, err, booking.AgeRange{From: booking.Years(1)}.Has(age))
	}
	_, err := booking.NewAge(slots.MustDate("2026-01-01"), born)
	fmt.Println(err)
	// Output:
	// 0 years 11 months (365 days) <nil> false
	// 1 years 0 months (366 days) <nil> true
	// born 2026-01-01: after 2024-02-29
}

// ParseAgeBound reads what String writes.
func ExampleParseAgeBound() {
	for _, text := range []string{"28 days", "14 years", "14"} {
		b, err := booking.ParseAgeBound(text)
		fmt.Println(b.Count, err)
	}
	// Output:
	// 28 <nil>
	// 14 <nil>
	// 0 age "14": want such as 28 days, 6 months or 149 years at most
}
