package booking

import (
	"errors"
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Desk is the by-name layer over a Book: it takes strings, stamps keys, runs Advance first, applies what was decided, and
// returns a refusal as a *Refusal. It is for programs that keep one Book in one goroutine; a host with a real store drives
// the Book itself. Names cost a table look-up each; otherwise a Desk is as fast as its Book.
type Desk struct {
	book    *Book
	append  func(*Batch) error
	batch   Batch
	broken  bool
	fetched uint32 // keeps the loads of fetchNames
}

// ErrUnknownOutcome is what a Desk says once its log has failed: whether the last command happened is for the log to
// tell. Make the Book anew from the log, and repeat the command under the same reference.
var ErrUnknownOutcome = errors.New("booking: log failed, outcome unknown")

// NewDesk opens a desk over a Book, new or restored, at an instant: rules that the log has not adopted are, and all that was
// due by then happens, however long ago. Each batch is given to log, such as (*Log).Append or a store's, before it is
// applied; nil keeps no log.
func NewDesk(book *Book, now slots.Instant, log func(*Batch) error) (*Desk, error) {
	d := &Desk{book: book, append: log}
	now = max(now, book.clock)
	if book.digest != book.adopted {
		at := now
		if book.clock != 0 {
			at = book.clock // Advance alone may jump
		}
		if _, err := d.Do(Adopt{Meta{At: at}}); err != nil {
			return d, err
		}
	}
	return d, d.Advance(now)
}

// Pool is the Book behind the desk, for queries.
func (d *Desk) Pool() *Book { return d.book }

// Do decides one command, has it logged, and applies it. A refusal is a *Refusal.
func (d *Desk) Do(c Command) (Reply, error) { return d.do(c, nil) }

// do is Do; read, if not nil, sees the batch before it is gone.
func (d *Desk) do(c Command, read func(*Batch)) (Reply, error) {
	if d.broken {
		return Reply{}, ErrUnknownOutcome
	}
	reply, err := d.book.Decide(&d.batch, c)
	if err == nil && reply.Outcome == Done && !reply.Repeat {
		if read != nil {
			read(&d.batch)
		}
		err = d.commit()
	}
	d.batch.Reset()
	if err == nil && reply.Outcome == Refused {
		no := reply.Refusal
		err = &no
	}
	return reply, err
}

func (d *Desk) commit() error {
	if d.append != nil {
		if err := d.append(&d.batch); err != nil {
			d.broken = true
			return fmt.Errorf("%w: %w", ErrUnknownOutcome, err)
		}
	}
	if err := d.book.Apply(&d.batch); err != nil {
		d.broken = true
		return err
	}
	return nil
}

// Advance brings the Book to now, however far that is: all that is due by then happens, in order, and after a long silence
// the clock is moved by itself (ClockMoved, at most twice in Rules.StepSeconds). A host calls it at Wake and now and then.
// The other verbs advance too, but trust no clock that is further ahead than Rules.StepSeconds: they fail with ErrStep, so
// that one bad stamp cannot lapse every hold.
func (d *Desk) Advance(now slots.Instant) error {
	for {
		at, ok := d.book.Wake()
		quiet := 2*int64(now-d.book.clock) > d.book.rules.StepSeconds
		if !quiet && (!ok || at > now) {
			return nil
		}
		if _, err := d.Do(Advance{Meta: Meta{At: max(now, d.book.clock)}, Jump: true}); err != nil {
			return err
		}
	}
}

// Pay turns a hold into a booking.
func (d *Desk) Pay(now slots.Instant, id Appointment) error {
	return d.step(now, func(m Meta) Command { return Pay{m, id} })
}

// Confirm records that the person has said they will come.
func (d *Desk) Confirm(now slots.Instant, id Appointment) error {
	return d.step(now, func(m Meta) Command { return Confirm{m, id} })
}

// Cancel gives a number back.
func (d *Desk) Cancel(now slots.Instant, id Appointment, by Party) error {
	return d.step(now, func(m Meta) Command { return Cancel{m, id, by} })
}

// CheckIn records that the person is here.
func (d *Desk) CheckIn(now slots.Instant, id Appointment) error {
	return d.step(now, func(m Meta) Command { return CheckIn{m, id} })
}

// Start records that the consultation or examination began.
func (d *Desk) Start(now slots.Instant, id Appointment) error {
	return d.step(now, func(m Meta) Command { return Start{m, id} })
}

// Complete records that it is done.
func (d *Desk) Complete(now slots.Instant, id Appointment) error {
	return d.step(now, func(m Meta) Command { return Complete{m, id} })
}

// Answer accepts or declines the offer that a displaced person holds.
func (d *Desk) Answer(now slots.Instant, id Appointment, accept bool) error {
	return d.step(now, func(m Meta) Command { return Answer{m, id, accept} })
}

// Restrict bars a person from booking until an instant; one that is not after now lifts it. Gate limits less than all.
func (d *Desk) Restrict(now slots.Instant, person string, until slots.Instant) error {
	id := Person(d.book.Find(PersonName, person))
	return d.step(now, func(m Meta) Command { return Restrict{Meta: m, Person: id, Until: until} })
}

// Reschedule moves an appointment to what want seeks; want's person, account, booker, channel, classes and count are the
// appointment's own, whatever it says.
func (d *Desk) Reschedule(now slots.Instant, id Appointment, want Ask) error {
	m, err := d.meta(now)
	if err != nil {
		return err
	}
	v, ok := d.book.Appointment(id)
	if !ok {
		return &Refusal{Reason: UnknownAppointment}
	}
	want.Person, want.Account, want.Booker, want.Classes = d.book.Name(PersonName, uint32(v.Person)), "", "", nil
	want.Channel = d.book.Name(ClassName, uint32(v.Bear.Channel()))
	q, err := d.request(m.At, &want)
	if err != nil {
		d.batch.Reset()
		return err
	}
	_, err = d.Do(Reschedule{m, id, q})
	return err
}

func (d *Desk) step(now slots.Instant, command func(Meta) Command) error {
	m, err := d.meta(now)
	if err == nil {
		_, err = d.Do(command(m))
	}
	return err
}

// meta stamps a command, after what is due by now.
func (d *Desk) meta(now slots.Instant) (Meta, error) {
	m := Meta{At: max(now, d.book.clock)}
	for {
		if at, ok := d.book.Wake(); !ok || at > now {
			return m, nil
		}
		if _, err := d.Do(Advance{Meta: m}); err != nil {
			return m, err
		}
	}
}
