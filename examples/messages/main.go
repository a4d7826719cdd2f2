// Messages shows an outbox: package notice says who is to be told what of each batch, package explain puts it into words, and
// the last number sent makes each message go out once. Run it with go run ./examples/messages.
package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/explain"
	"github.com/haoyuan-go/haoyuan/booking/notice"
	"github.com/haoyuan-go/haoyuan/slots"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// outbox is what a host keeps beside its log. sent would lie in its database.
type outbox struct {
	book   *booking.Book
	teller *explain.Teller
	said   *explain.Speaker
	due    []notice.Notice
	sent   uint64
	out    io.Writer
}

// read takes a batch that the log has, before the Book applies it.
func (o *outbox) read(b *booking.Batch) (err error) {
	if o.due, err = notice.Of(o.due, o.book, b); err != nil {
		return err
	}
	return o.teller.Read(b)
}

// send sends what was not sent yet.
func (o *outbox) send() {
	for _, n := range o.due {
		if n.ID > o.sent {
			fmt.Fprintf(o.out, "%2d to %s: %s\n", n.ID, o.book.Name(booking.PersonName, uint32(n.Person)), o.text(&n))
			o.sent = n.ID
		}
	}
	o.due = o.due[:0]
}

// text is the words of the link that has the notice's number.
func (o *outbox) text(n *notice.Notice) string {
	chain, _ := o.teller.Chain(n.Appointment)
	for i := range chain.Links {
		if l := &chain.Links[i]; l.Number == n.ID {
			return o.said.Link(l)
		}
	}
	return n.Kind.String()
}

func run(out io.Writer) error {
	zone := time.FixedZone("CST", 8*3600)
	at := func(clock string) slots.Instant { return slots.MustInstant("2026-11-" + clock + ":00+08:00") }
	rules, err := booking.NewRules(booking.DefaultRules())
	if err != nil {
		return err
	}
	o := &outbox{book: booking.New(rules), teller: explain.NewTeller(), out: out}
	if o.said, err = explain.NewSpeaker(explain.Style{Language: explain.Chinese, Reader: explain.Patient, Zone: zone, Names: o.book}); err != nil {
		return err
	}
	desk, err := booking.NewDesk(o.book, at("20T09:00"), o.read)
	if err != nil {
		return err
	}
	for _, x := range []struct{ id, physician, department, start string }{
		{"Li", "李医生", "心内科", "21T08:00"}, {"Wu", "吴医生", "呼吸科", "21T10:00"}} {
		s := slots.Session{ID: x.id, Date: slots.MustDate("2026-11-21"), Start: at(x.start), Minutes: 30, Resources: []string{x.physician},
			Line: slots.Line{Department: x.department, Kind: slots.General}, Slots: []slots.Slot{{Start: at(x.start), Minutes: 30, Capacity: 1}}}
		if _, err := desk.Open(at("20T09:00"), s, booking.Terms{Reminders: []slots.Instant{at("20T18:00")}}); err != nil {
			return err
		}
	}
	id, err := desk.Book(at("20T09:01"), booking.Ask{Person: "张三", Channel: "app", Session: "Li"})
	o.send()
	for _, step := range []func() error{
		func() error { return desk.Advance(at("20T18:00")) },
		func() error { return desk.CheckIn(at("21T07:50"), id) },
		func() error { return desk.Transfer(at("21T08:10"), id, booking.Ask{Session: "Wu"}, false) },
		func() error { return desk.Cancel(at("21T09:00"), id, booking.ByHospital) },
	} {
		if err == nil {
			err = step()
		}
		o.send()
	}
	return err
}
