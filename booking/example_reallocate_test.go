package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// marketplace sells one session of 120 numbers, parted among six channels by what they were thought to need, for three days, an hour at a time,
// to people who come in other proportions; and says how many had a number, how many went without, and what was left.
func marketplace(rule booking.Reallocation) (sold, refused, left int) {
	rules, err := booking.NewRules(booking.Rules{Version: 1, HoldSeconds: 900, KeySeconds: 3600, StepSeconds: 10 * 86400,
		LateCancel: booking.LateRecorded, Reallocation: rule, Policies: []booking.Policy{booking.Earliest{}}})
	if err != nil {
		panic(err)
	}
	desk, err := booking.NewDesk(booking.New(rules), on("20 00:00"), nil)
	if err != nil {
		panic(err)
	}
	s := slots.Session{ID: "clinic", Date: slots.MustDate("2026-11-23"), Start: on("23 08:00"), Minutes: 480,
		Line: slots.Line{Department: "heart", Kind: slots.General}}
	for i := range 24 {
		s.Slots = append(s.Slots, slots.Slot{Start: s.Start.AddMinutes(20 * i), Minutes: 20, Capacity: 5})
	}
	channels := []struct {
		name    string
		share   uint16 // of 120
		perHour int    // who come in a hundred hours
	}{{"app", 20, 90}, {"mini-program", 20, 45}, {"phone", 20, 10}, {"window", 20, 12}, {"kiosk", 20, 3}, {"partner hospitals", 20, 8}}
	terms := booking.Terms{Close: on("23 00:00")}
	for hours := 6; hours < 72; hours += 6 {
		terms.Reallocate = append(terms.Reallocate, on("20 00:00").AddMinutes(60*hours))
	}
	for _, c := range channels {
		terms.Quotas = append(terms.Quotas, booking.NamedQuota{Class: c.name, Reserve: c.share, Cap: c.share, Capped: true})
	}
	if _, err := desk.Open(on("20 00:00"), s, terms); err != nil {
		panic(err)
	}
	for hour := range 72 {
		for _, c := range channels {
			for range (hour+1)*c.perHour/100 - hour*c.perHour/100 {
				_, err := desk.Book(on("20 00:30").AddMinutes(60*hour), booking.Ask{Person: fmt.Sprint("patient ", sold+refused), Channel: c.name, Department: "heart"})
				if err != nil {
					refused++
				} else {
					sold++
				}
			}
		}
	}
	return sold, refused, 120 - sold
}

// Six channels have twenty numbers each; who comes is another matter. Without reallocation the app has sold out after a day, 56 people go without
// and 58 numbers go to nobody. With it, every six hours at most a quarter of a reserve moves to where it will be missed, and two numbers stay with each
// channel in any case. (They come evenly, which is where a straight line forecasts best.)
func ExampleReallocation() {
	fmt.Println(marketplace(booking.Reallocation{}))
	fmt.Println(marketplace(booking.Reallocation{MaxMovePercent: 25, KeepUnits: 2, MinElapsedSeconds: 6 * 3600}))
	// Output:
	// 62 56 58
	// 118 0 2
}

// The grounds of each move are in the log: here the phone gives to the app.
func ExampleBatch_Grounds() {
	r := booking.DefaultRules()
	r.Reallocation.MaxMovePercent = 50
	rules, _ := booking.NewRules(r)
	desk, _ := booking.NewDesk(booking.New(rules), on("20 08:00"), func(b *booking.Batch) error {
		for i := range b.Events() {
			if e := &b.Events()[i]; e.Kind() == booking.ReserveMoved {
				g, err := b.Grounds(e)
				fmt.Println(e.Number(), "of", g.Giver.Unsold, "unsold, for", g.Receiver.Need, "are expected where", g.Receiver.Sold, "were sold", err)
			}
		}
		return nil
	})
	_, _ = desk.Open(on("20 08:00"), morning("wang/21", "21", "Dr Wang", 6), booking.Terms{Reallocate: []slots.Instant{on("20 20:00")}, Quotas: []booking.NamedQuota{
		{Class: "app", Reserve: 2, Cap: 2, Capped: true}, {Class: "phone", Reserve: 4, Cap: 4, Capped: true}}})
	for n, who := range []string{"Li", "Zhao"} {
		_, _ = desk.Book(on("20 09:00"), booking.Ask{Person: who, Channel: "app", Session: "wang/21", N: n})
	}
	fmt.Println(desk.Advance(on("20 20:00")))
	// Output:
	// 2 of 4 unsold, for 3 are expected where 2 were sold <nil>
	// <nil>
}

// A class that nobody thought of gets its line by name, behind the others.
func ExampleDesk_SetQuota() {
	desk := deskOn("20 09:00")
	_, _ = desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 3), booking.Terms{Quotas: []booking.NamedQuota{{Class: "elderly", Reserve: 1}}})
	fmt.Println(desk.SetQuota(on("20 09:01"), "wang/23", booking.NamedQuota{Class: "referral", Reserve: 3}))
	for _, q := range desk.Pool().Quotas(nil, 1, on("20 09:01")) {
		fmt.Println(desk.Pool().Name(booking.ClassName, uint32(q.Class)), q.Reserve, q.Effective)
	}
	// Output:
	// <nil>
	// elderly 1 1
	// referral 3 2
}
