package notice

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// Notice is one message to one person or account: a plain value. Fields that its Kind does not use are zero.
type Notice struct {
	// ID is the number of its event in the log, from 1. Those of a log ascend; the same log gives the same.
	ID   uint64
	Kind Kind
	// Person is the patient; zero for the restriction of an account.
	Person booking.Person
	// Account is what the patient came through, if any.
	Account booking.Account
	// Appointment is what it is about, if it is about one; Entry likewise, of the waitlist, and State how that ended.
	Appointment booking.Appointment
	Entry       booking.Entry
	State       booking.EntryState
	// Slot is the number that it is about: the new one, where there is one. Not valid: none.
	Slot booking.Slot
	// Number is which of its session's reminders it is, from 1.
	Number int
	// At is when it was decided, Due when that was to be, for what was due; Until the deadline that it tells of.
	At, Due, Until slots.Instant
}

// Pool knows whose an appointment and an entry are. *booking.Book is one.
type Pool interface {
	Appointment(booking.Appointment) (booking.Visit, bool)
	Entry(booking.Entry) (booking.EntryView, bool)
	Events() uint64
}

// Of appends the notices of a batch, in the order of its events. The pool must stand where the batch begins: call it before Book.Apply. An error
// matches booking.ErrBatch: the batch follows another event, or names what the pool does not know; dst is then as it was. Cost: one look into
// the pool for each notice, and into the batch for appointments that it makes itself.
func Of(dst []Notice, pool Pool, t *booking.Batch) ([]Notice, error) {
	if t.Len() > 0 && t.Base() != pool.Events() {
		return dst, fmt.Errorf("%w: it follows event %d, the pool is at %d", booking.ErrBatch, t.Base(), pool.Events())
	}
	from := len(dst)
	events := t.Events()
	for i := range events {
		e := &events[i]
		if !Speaks(e.Kind()) || e.Kind() == booking.ReminderDue && e.Appointment() == 0 {
			continue
		}
		n := Notice{ID: t.Base() + uint64(i) + 1, Person: e.Person(), Account: e.Account(), Appointment: e.Appointment(), Entry: e.Entry(),
			State: e.EntryState(), At: e.At(), Due: e.Due(), Until: e.Until()}
		was, ok := n.find(pool, t, i)
		if !ok {
			return dst[:from], fmt.Errorf("%w: event %d, %v, of nobody that is known", booking.ErrBatch, n.ID, e.Kind())
		}
		n.Kind = kindOf(e, was)
		if n.Slot = was; e.Slot().IsValid() {
			n.Slot = e.Slot()
		}
		switch n.Kind {
		case Reminder:
			n.Number = int(e.Number())
		case NothingFound:
			n.Slot = booking.Slot{}
		}
		dst = append(dst, n)
	}
	return dst, nil
}

// find completes whose a notice is, and gives where the appointment was before the event.
func (n *Notice) find(pool Pool, t *booking.Batch, i int) (was booking.Slot, ok bool) {
	events := t.Events()
	switch {
	case n.Appointment != 0 && n.Person != 0:
		return was, true // made by this event
	case n.Appointment != 0:
		for j := i - 1; j >= 0; j-- {
			if e := &events[j]; e.Appointment() == n.Appointment && e.Person() != 0 {
				n.Person, n.Account = e.Person(), e.Account()
				return e.Slot(), true
			}
		}
		v, ok := pool.Appointment(n.Appointment)
		n.Person, n.Account = v.Person, v.Account
		return v.Slot, ok
	case n.Entry != 0 && n.Person != 0:
		x, err := t.Joined(&events[i])
		n.Until = x.DueBy
		return was, err == nil
	case n.Entry != 0:
		for j := i - 1; j >= 0; j-- {
			if e := &events[j]; e.Kind() == booking.EntryJoined && e.Entry() == n.Entry {
				n.Person, n.Account = e.Person(), e.Account()
				return was, true
			}
		}
		x, ok := pool.Entry(n.Entry)
		n.Person, n.Account = x.Request.Person, x.Request.Account
		return was, ok
	}
	return was, n.Person != 0 || n.Account != 0
}
