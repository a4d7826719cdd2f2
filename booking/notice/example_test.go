package notice_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/notice"
	"github.com/haoyuan-go/haoyuan/slots"
)

func on(text string) slots.Instant {
	return slots.MustInstant("2026-11-" + text[:2] + "T" + text[3:] + ":00+08:00")
}

// Each batch is read before it is applied; what is above the last number sent is sent. examples/messages puts it into words.
func ExampleOf() {
	rules, err := booking.NewRules(booking.DefaultRules())
	if err != nil {
		panic(err)
	}
	book := booking.New(rules)
	var list []notice.Notice
	desk, err := booking.NewDesk(book, on("20 09:00"), func(b *booking.Batch) (err error) { // the log has it; the Book applies it next
		list, err = notice.Of(list, book, b)
		return err
	})
	if err != nil {
		panic(err)
	}
	s := slots.Session{ID: "Li/23", Date: slots.MustDate("2026-11-23"), Start: on("23 08:00"), Minutes: 30, Resources: []string{"Dr Li"},
		Line: slots.Line{Department: "heart", Kind: slots.Specialist}, Slots: []slots.Slot{{Start: on("23 08:00"), Minutes: 30, Capacity: 1}}}
	_, _ = desk.Open(on("20 09:00"), s, booking.Terms{Reminders: []slots.Instant{on("21 18:00")}})
	_, _ = desk.Book(on("20 09:01"), booking.Ask{Person: "Zhang", Channel: "app", Session: "Li/23"})
	_ = desk.Advance(on("21 18:00"))
	_ = desk.CloseSession(on("21 19:00"), "Li/23", on("22 12:00"))
	for _, n := range list {
		fmt.Println(n.ID, book.Name(booking.PersonName, uint32(n.Person)), n.Kind, n.Until == on("22 12:00"))
	}
	// Output:
	// 9 Zhang booked false
	// 10 Zhang reminder false
	// 13 Zhang nothing found true
}
