package notice_test

import (
	"fmt"
	"time"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/explain"
	"github.com/haoyuan-go/haoyuan/booking/notice"
	"github.com/haoyuan-go/haoyuan/slots"
)

var china = time.FixedZone("CST", 8*3600)

func on(text string) slots.Instant {
	return slots.MustInstant("2026-11-" + text[:2] + "T" + text[3:] + ":00+08:00")
}

// A host with an outbox: each batch is read before it is applied, and its notices are put into words by package explain. The text is found by
// the number of the event, which is the notice's ID.
func Example() {
	rules, err := booking.NewRules(booking.DefaultRules())
	if err != nil {
		panic(err)
	}
	book, teller := booking.New(rules), explain.NewTeller()
	speaker, err := explain.NewSpeaker(explain.Style{Language: explain.English, Reader: explain.Patient, Zone: china, Names: book})
	if err != nil {
		panic(err)
	}
	var list []notice.Notice
	desk, err := booking.NewDesk(book, on("20 09:00"), func(b *booking.Batch) error { // the log has it; the Book applies it next
		if list, err = notice.Of(list, book, b); err != nil {
			return err
		}
		return teller.Read(b)
	})
	if err != nil {
		panic(err)
	}
	send := func() {
		for _, n := range list {
			chain, _ := teller.Chain(n.Appointment)
			for i := range chain.Links {
				if l := &chain.Links[i]; l.Number == n.ID {
					fmt.Printf("%d to %s: %v: %s\n", n.ID, book.Name(booking.PersonName, uint32(n.Person)), n.Kind, speaker.Link(l))
				}
			}
		}
		list = list[:0]
	}
	s := slots.Session{ID: "Li/23", Date: slots.MustDate("2026-11-23"), Start: on("23 08:00"), Minutes: 30, Resources: []string{"Dr Li"},
		Line: slots.Line{Department: "heart", Kind: slots.Specialist}, Slots: []slots.Slot{{Start: on("23 08:00"), Minutes: 30, Capacity: 1}}}
	_, _ = desk.Open(on("20 09:00"), s, booking.Terms{Reminders: []slots.Instant{on("21 18:00")}})
	_, _ = desk.Book(on("20 09:01"), booking.Ask{Person: "Zhang", Channel: "app", Session: "Li/23"})
	send()
	_ = desk.Advance(on("21 18:00"))
	send()
	_ = desk.CloseSession(on("21 19:00"), "Li/23", on("22 12:00"))
	send()
	// Output:
	// 9 to Zhang: booked: Heart, Dr Li, Mon 23 Nov 2026 08:00 was booked for you.
	// 10 to Zhang: reminder: You were reminded of heart, Dr Li, Mon 23 Nov 2026 08:00.
	// 13 to Zhang: nothing found: We found no other time to offer. Until Sun 22 Nov 2026 12:00 you may choose one, or give the number back at no cost.
}
