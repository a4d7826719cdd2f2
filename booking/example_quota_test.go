package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// A reserve keeps numbers for a class until it falls open; what the class already uses of it, it does not keep again.
func ExampleNamedQuota_reserve() {
	desk := deskOn("20 09:00")
	_, _ = desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 3), booking.Terms{
		Quotas: []booking.NamedQuota{{Class: "elderly", Reserve: 2, OpenAt: on("22 20:00")}}})
	ask := func(when, person string, n int, classes ...string) {
		_, err := desk.Book(on(when), booking.Ask{Person: person, Channel: "app", Classes: classes, Session: "wang/23", N: n})
		fmt.Println(person, err)
	}
	ask("20 09:01", "Li", 0)
	ask("20 09:02", "Zhao", 1)
	ask("20 09:03", "Old Qian", 1, "elderly")
	ask("22 19:59", "Zhao", 2)
	ask("22 20:00", "Zhao", 2)
	// Output:
	// Li <nil>
	// Zhao refused: reserved for others (time 2026-11-22T12:00:00Z)
	// Old Qian <nil>
	// Zhao refused: reserved for others (time 2026-11-22T12:00:00Z)
	// Zhao <nil>
}

// A cap is the most that a class may have, and 0 is 0. Lifting it at OpenAt makes a partition that opens.
func ExampleNamedQuota_cap() {
	desk := deskOn("20 09:00")
	_, _ = desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 3), booking.Terms{Quotas: []booking.NamedQuota{
		{Class: "app", Cap: 1, Capped: true, CapLifts: true, OpenAt: on("22 20:00")},
		{Class: "agency", Cap: 0, Capped: true},
	}})
	ask := func(when, person, channel string, n int) {
		_, err := desk.Book(on(when), booking.Ask{Person: person, Channel: channel, Session: "wang/23", N: n})
		fmt.Println(person, err)
	}
	ask("20 09:01", "Li", "app", 0)
	ask("20 09:02", "Zhao", "app", 1)
	ask("20 09:03", "Qian", "agency", 1)
	ask("22 20:00", "Zhao", "app", 1)
	// Output:
	// Li <nil>
	// Zhao refused: cap reached (limit 1) (time 2026-11-22T12:00:00Z)
	// Qian refused: cap reached
	// Zhao <nil>
}

// SetQuota changes a line; it cannot go below what is used, and says whose reserve became shorter by it.
func ExampleSetQuota() {
	desk := deskOn("20 09:00")
	id, _ := desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 3), booking.Terms{
		Quotas: []booking.NamedQuota{{Class: "referral", Reserve: 1}, {Class: "elderly", Reserve: 2}}})
	_, _ = desk.Book(on("20 09:01"), booking.Ask{Person: "Li", Channel: "app", Classes: []string{"referral"}, Session: "wang/23"})
	book := desk.Pool()
	referral := booking.Class(book.Find(booking.ClassName, "referral"))

	_, err := desk.Do(booking.SetQuota{Meta: booking.Meta{At: on("20 09:02")}, Session: id, Quota: booking.Quota{Class: referral}})
	fmt.Println(err)

	var batch booking.Batch
	reply, _ := book.Decide(&batch, booking.SetQuota{Meta: booking.Meta{At: on("20 09:03")}, Session: id,
		Quota: booking.Quota{Class: referral, Reserve: 2}})
	fmt.Println(reply.Outcome)
	for _, e := range batch.Events() {
		fmt.Println(e.Kind(), book.Name(booking.ClassName, uint32(e.Class())), e.Number(), e.QuotaChange().Reserve)
	}
	// Output:
	// refused: below use (limit 1)
	// done
	// ReserveShort elderly 1 0
	// QuotaChanged referral 0 2
}

// Quotas shows each line as it stands: what is charged to it, who bears it, and what is still kept.
func ExampleBook_Quotas() {
	desk := deskOn("20 09:00")
	id, _ := desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 3), booking.Terms{
		Quotas: []booking.NamedQuota{{Class: "elderly", Reserve: 2}, {Class: "app", Cap: 2, Capped: true}}})
	_, _ = desk.Book(on("20 09:01"), booking.Ask{Person: "Li", Channel: "app", Classes: []string{"elderly"}, Session: "wang/23"})
	for _, q := range desk.Pool().Quotas(nil, id, on("20 09:02")) {
		fmt.Printf("%s: charged %d, borne %d, kept %d\n",
			desk.Pool().Name(booking.ClassName, uint32(q.Class)), q.Charged, q.Borne, q.Effective)
	}
	// Output:
	// elderly: charged 1, borne 1, kept 1
	// app: charged 0, borne 1, kept 0
}

// A bearing is a channel and what else the patient is; order and repeats do not matter.
func ExampleNewBearing() {
	a, _ := booking.NewBearing(1, 5, 3, 5)
	b, _ := booking.NewBearing(1, 3, 5)
	fmt.Println(a == b, a.Channel(), a.Append(nil), a.Has(3), a.Has(4))
	_, err := booking.NewBearing(0, 3)
	fmt.Println(err)
	// Output:
	// true 1 [1 3 5] true false
	// channel: none given
}

// Grant adds overbooking units to one slot; the allowance is asked once, not at each booking.
func ExampleGrant() {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
	_, _ = desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	slot := booking.Slot{Session: 1}
	_, _ = desk.Do(booking.Grant{Meta: booking.Meta{At: on("20 09:01")}, Slot: slot, Units: 1})
	_, err := desk.Book(on("20 09:02"), booking.Ask{Person: "Zhao", Channel: "app", Session: "wang/23"})
	fmt.Println(err)
	// Output:
	// <nil>
}
