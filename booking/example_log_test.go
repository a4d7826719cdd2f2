package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
)

// loggedMorning is a short log: one session, one booking.
func loggedMorning() (*booking.Desk, *booking.Log) {
	log := &booking.Log{}
	desk, err := booking.NewDesk(booking.New(mustRules(plainRules())), on("20 09:00"), log.Append)
	if err == nil {
		_, err = desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 1), booking.Terms{})
	}
	if err == nil {
		_, err = desk.Book(on("20 09:01"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	}
	if err != nil {
		panic(err)
	}
	return desk, log
}

// A log is bytes: kept, sent, and read again; the Book follows from it.
func ExampleReplay() {
	desk, log := loggedMorning()
	stored, err := booking.LogOf(log.Bytes())
	fmt.Println(err, stored.Events(), stored.Digest() == log.Digest())
	book, err := booking.Replay(mustRules(plainRules()), stored)
	fmt.Println(err, book.Digest() == desk.Pool().Digest())
	// Output:
	// <nil> 10 true
	// <nil> true
}

// All reads the batches; one batch is what one decision said.
func ExampleLog_All() {
	_, log := loggedMorning()
	for batch, err := range log.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Print("after ", batch.Base(), ":")
		for _, e := range batch.Events() {
			fmt.Print(" ", e.Kind())
			if e.Kind() == booking.SessionOpened {
				o, _ := batch.Opening(&e)
				fmt.Print(" with ", len(o.Slots), " slot")
			}
		}
		fmt.Println()
	}
	// Output:
	// after 0: RulesAdopted
	// after 1: Introduced Introduced Introduced Introduced SessionOpened with 1 slot Released
	// after 7: Introduced Introduced AppointmentBooked
}

// The log takes batches in order only.
func ExampleLog_Append() {
	_, log := loggedMorning()
	var batch booking.Batch
	for b := range log.All() {
		text, _ := b.MarshalJSON()
		_ = batch.UnmarshalJSON(text)
		break
	}
	fmt.Println(log.Append(&batch))
	// Output:
	// booking: batch does not fit this book
	// log: batch out of order
}

// The JSON form of a batch has every field by name; its inverse takes nothing else.
func ExampleBatch_MarshalJSON() {
	desk, _ := loggedMorning()
	var batch, same booking.Batch
	_, _ = desk.Pool().Decide(&batch, booking.Cancel{Meta: booking.Meta{At: on("20 09:02")}, Appointment: 1, By: booking.ByHospital})
	text, _ := batch.MarshalJSON()
	fmt.Println(string(text))
	fmt.Println(same.UnmarshalJSON(text), same.Len())
	fmt.Println(same.UnmarshalJSON([]byte(`{"version":4,"base":0,"keyed":0,"evnets":[]}`)))
	// Output:
	// {"version":4,"base":10,"keyed":0,"events":[{"kind":"AppointmentCancelled","at":"2026-11-20T01:02:00Z","rules":1,"due":"","appointment":1,"until":"","flags":2}]}
	// <nil> 1
	// booking: field events: missing
}

// The binary form is what a store keeps: versioned, canonical, strict.
func ExampleBatch_AppendBinary() {
	desk, _ := loggedMorning()
	var batch, same booking.Batch
	_, _ = desk.Pool().Decide(&batch, booking.CheckIn{Meta: booking.Meta{At: on("20 09:02")}, Appointment: 1})
	data, _ := batch.AppendBinary(nil)
	fmt.Printf("% x\n", data)
	fmt.Println(same.UnmarshalBinary(data), same.Events()[0].Kind())
	fmt.Println(same.UnmarshalBinary(data[:5]))
	// Output:
	// 04 0a 00 01 10 88 b8 fe d7 06 01 01
	// <nil> PatientArrived
	// booking: byte 5, field at: number cut off or too long
}

// A snapshot spares the replay. It is a function of the log, and restores to the same Book.
func ExampleRestore() {
	desk, log := loggedMorning()
	rules := mustRules(plainRules())
	data := desk.Pool().Snapshot(nil)
	book, err := booking.Restore(rules, data)
	fmt.Println(err, book.Events() == log.Events(), string(book.Snapshot(nil)) == string(data))
	data[0] = 1
	_, err = booking.Restore(rules, data)
	fmt.Println(err)
	// Output:
	// <nil> true true
	// booking: byte 1, field value: version 1: this reader knows 4
}

// The same as JSON, for people and other systems.
func ExampleRestoreJSON() {
	desk, _ := loggedMorning()
	text := desk.Pool().SnapshotJSON()
	book, err := booking.RestoreJSON(mustRules(plainRules()), text)
	fmt.Println(err, string(book.Snapshot(nil)) == string(desk.Pool().Snapshot(nil)))
	// Output:
	// <nil> true
}
