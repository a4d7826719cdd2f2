package booking

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Desk is the by-name layer over a Book: it takes strings, stamps keys, runs Advance first, applies what was decided, and
// returns a refusal as a *Refusal. It is for programs that keep one Book in one goroutine; a host with a real store drives
// the Book itself. Names cost a table look-up each; otherwise a Desk is as fast as its Book.
type Desk struct {
	book   *Book
	append func(*Batch) error
	batch  Batch
	broken bool
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
		if _, err := d.Do(Adopt{Meta{At: now}}); err != nil {
			return d, err
		}
	}
	return d, d.Advance(now)
}

// Pool is the Book behind the desk, for queries.
func (d *Desk) Pool() *Book { return d.book }

// Do decides one command, has it logged, and applies it. A refusal is a *Refusal.
func (d *Desk) Do(c Command) (Reply, error) {
	if d.broken {
		return Reply{}, ErrUnknownOutcome
	}
	reply, err := d.book.Decide(&d.batch, c)
	if err == nil && reply.Outcome == Done && !reply.Repeat {
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

// Ask is a Request by name.
type Ask struct {
	// Ref, if not empty, is the caller's own reference: the same Ref with the same wish is answered once, however often it
	// is asked within the life of a key. It is scoped by Caller.
	Ref    string
	Caller Caller
	// Made is when the caller first asked, where that is not now.
	Made    slots.Instant
	Person  string
	Account string
	Booker  string
	// Channel and Classes are introduced where they are new: one that no quota names has no cap, so spell them with care.
	Channel string
	Classes []string
	// Session and N name a slot, if Session is not empty.
	Session string
	N       int
	// Otherwise what is sought, as in Request.
	Resource, Department, Service string
	From, Until                   slots.Instant
	Count                         int
	// Policy is the name of one of the rules' policies; empty is the first.
	Policy string
}

// Book books for a person, who is introduced if new. The error is a *Refusal where the rules say no.
func (d *Desk) Book(now slots.Instant, a Ask) (Appointment, error) {
	return d.ask(now, &a, Booked, false)
}

// Hold keeps a slot until it is paid or the hold lapses.
func (d *Desk) Hold(now slots.Instant, a Ask) (Appointment, error) {
	return d.ask(now, &a, Held, false)
}

// AddOn makes a unit for a named person in a named slot (加号).
func (d *Desk) AddOn(now slots.Instant, a Ask) (Appointment, error) {
	return d.ask(now, &a, Booked, true)
}

func (d *Desk) ask(now slots.Instant, a *Ask, as State, addOn bool) (Appointment, error) {
	m, err := d.meta(now)
	if err != nil {
		return 0, err
	}
	stampKey(&m, a)
	q, err := d.request(m.At, a)
	if err != nil {
		d.batch.Reset()
		return 0, err
	}
	var reply Reply
	switch {
	case addOn:
		reply, err = d.Do(AddOn{m, q})
	case as == Held:
		reply, err = d.Do(Hold{m, q})
	default:
		reply, err = d.Do(Take{m, q})
	}
	return reply.Appointment, err
}

// stampKey puts the key of an ask's reference on a command.
func stampKey(m *Meta, a *Ask) {
	if a.Ref == "" {
		return
	}
	sum := sha256.Sum256([]byte(a.Ref))
	copy(m.Key[:], sum[:])
	m.Caller, m.Made = a.Caller, a.Made
	if m.Made == 0 {
		m.Made = m.At
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

// CloseSession closes a session and makes everyone in it an offer that stands until answerBy.
func (d *Desk) CloseSession(now slots.Instant, session string, answerBy slots.Instant) error {
	id := Session(d.book.Find(SessionName, session))
	return d.step(now, func(m Meta) Command { return CloseSession{Meta: m, Session: id, AnswerBy: answerBy} })
}

// Restrict bars a person from booking until an instant; one that is not after now lifts it.
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

// Reasons lists every reason why an ask for a named slot (Session and N) would be refused at now, after what is due; none
// where it would be granted. Whoever merely asks leaves no trace.
func (d *Desk) Reasons(now slots.Instant, a Ask) ([]Refusal, error) {
	m, err := d.meta(now)
	if err != nil {
		return nil, err
	}
	defer d.batch.Reset()
	q, err := d.request(m.At, &a)
	if err != nil {
		return nil, err
	}
	return d.book.Reasons(nil, &d.batch, q, m.At)
}

// request turns names into handles. New names are introduced in the same batch, so that a refusal leaves no trace of them.
func (d *Desk) request(at slots.Instant, a *Ask) (q Request, err error) {
	name := func(k NameKind, s string) uint32 {
		if s == "" || err != nil {
			return 0
		}
		var h uint32
		h, err = d.handle(at, k, s)
		return h
	}
	if a.N < 0 || a.N > math.MaxUint16 || a.Count < 0 || a.Count > math.MaxUint16 {
		return q, badCommand("N %d, Count %d: out of range", a.N, a.Count)
	}
	q = Request{From: a.From, Until: a.Until, Count: uint16(a.Count)}
	q.Person = Person(name(PersonName, a.Person))
	q.Account = Account(name(AccountName, a.Account))
	q.Booker = Person(name(PersonName, a.Booker))
	var classes [MaxClasses]Class
	channel := Class(name(ClassName, a.Channel))
	others := classes[:0]
	for _, c := range a.Classes {
		others = append(others, Class(name(ClassName, c)))
	}
	known := func(k NameKind, s string) uint32 {
		h := d.book.names[k].find(s)
		if h == 0 && s != "" && err == nil {
			err = badCommand("%v %q: no session has one of that name", k, s)
		}
		return h
	}
	q.Resource = Resource(known(ResourceName, a.Resource))
	q.Department = Department(known(DepartmentName, a.Department))
	q.Service = Service(known(ServiceName, a.Service))
	if err != nil {
		return q, err
	}
	if q.Bear, err = NewBearing(channel, others...); err != nil {
		return q, badCommand("Channel, Classes: %v", err)
	}
	if a.Session != "" {
		s := d.book.Find(SessionName, a.Session)
		if s == 0 {
			return q, badCommand("Session %q: not opened", a.Session)
		}
		q.Slot = Slot{Session(s), uint16(a.N)}
	}
	if policy, ok := d.book.rules.Policy(a.Policy); ok {
		q.Policy = policy
	} else if a.Policy != "" {
		return q, badCommand("Policy %q: not one of the rules'", a.Policy)
	}
	return q, nil
}

// handle finds a name's handle, or introduces it in the batch at hand.
func (d *Desk) handle(at slots.Instant, k NameKind, name string) (uint32, error) {
	if h := d.book.names[k].find(name); h != 0 {
		return h, nil
	}
	next := uint32(d.book.names[k].len()) + 1
	for i := range d.batch.events {
		if e := &d.batch.events[i]; e.kind == Introduced && e.NameKind() == k {
			if d.batch.Text(e) == name {
				return e.number, nil
			}
			next = e.number + 1
		}
	}
	_, err := d.book.Decide(&d.batch, Introduce{Meta: Meta{At: at}, Kind: k, Name: name})
	return next, err
}
