package explain

import (
	"errors"
	"fmt"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Teller reads a log once, batch by batch, and tells how appointments came to be what they are. It keeps every session's
// opening and what happened to it, a record of 56 bytes an appointment, which tells what was free when a number was given, and
// whole events only of the appointments that it follows. Make one with NewTeller; it is not safe for use by several
// goroutines at once.
type Teller struct {
	all          bool
	follows      map[booking.Appointment]bool
	events       uint64
	clock        sl.Instant
	sessions     []session                       // by handle−1
	appointments []appointment                   // by id−1
	told         map[booking.Appointment][]entry // of the followed
	persons      map[booking.Person][]entry      // restrictions, and being merged
	accounts     map[booking.Account][]entry     // restrictions
	described    map[booking.Person][]entry
	merged       map[booking.Person]merging
	rules        []entry
	retired      []entry
}

// entry is an event that a chain may need.
type entry struct {
	event    booking.Event
	number   uint64 // in the log, from 1
	since    uint64 // from when it concerns whose list it is on: its own number, or that of a merging
	batchEnd uint64 // number of the last event of its batch
	cause    Cause
	// Of an appointment's own events:
	state  booking.State
	place  run
	from   run
	charge Charge
	keyed  keyed
	waited bool // it was an offer to someone who waited
	// Of ReserveMoved, why; else nil.
	grounds *booking.Grounds
	back    bool // it was a return with results
	asked   bool // it was the question whether a substitute will do
}

// keyed is whose command it was.
type keyed struct {
	known  bool
	key    booking.Key
	caller booking.Caller
}

// ErrLog is what Read says of a batch that does not follow from those before it. The Teller must be thrown away.
var ErrLog = errors.New("explain: batch does not fit this teller")

// NewTeller returns the teller of an empty log. It follows the given appointments, which need not have been made yet; with
// none given it follows every one, for a host that does not know whom it will be asked about.
func NewTeller(only ...booking.Appointment) *Teller {
	t := &Teller{all: len(only) == 0, follows: map[booking.Appointment]bool{}, told: map[booking.Appointment][]entry{},
		persons: map[booking.Person][]entry{}, accounts: map[booking.Account][]entry{},
		described: map[booking.Person][]entry{}, merged: map[booking.Person]merging{}}
	for _, id := range only {
		t.follows[id] = true
	}
	return t
}

// Events is how many events have been read since the log began.
func (t *Teller) Events() uint64 { return t.events }

// Read takes the next batch of the log; an empty one changes nothing. The batch may be reused afterwards. Errors are ErrLog,
// with the number of the event from 0 and its kind. Cost: a pass over the session's slots and quotas for an event that
// gives a followed appointment a number, constant for the rest.
func (t *Teller) Read(b *booking.Batch) error {
	if b.Len() == 0 {
		return nil
	}
	if b.Base() != t.events {
		return fmt.Errorf("%w: it follows event %d, the teller is at %d", ErrLog, b.Base(), t.events)
	}
	w := reading{batch: b, end: b.Base() + uint64(b.Len())}
	for i := range b.Events() {
		e := &b.Events()[i]
		err := t.readEvent(&w, e)
		if err == nil && e.At() < t.clock {
			err = fmt.Errorf("at %v, before %v", e.At(), t.clock)
		}
		if err != nil {
			return fmt.Errorf("%w: event %d, %v: %w", ErrLog, t.events, e.Kind(), err)
		}
		t.clock = e.At()
		t.events++
	}
	return nil
}

// reading is the batch at hand, and what is known of it so far.
type reading struct {
	batch  *booking.Batch
	end    uint64
	closes booking.Session // the session that it closes, if any
}

// key is whose command the batch answers.
func (w *reading) key() (k keyed) {
	k.key, k.caller, k.known = w.batch.Key()
	return k
}

func (t *Teller) readEvent(w *reading, e *booking.Event) error {
	switch e.Kind() {
	case booking.SessionOpened:
		return t.open(w, e)
	case booking.Released, booking.ReserveOpened, booking.QuotaChanged, booking.ReserveMoved, booking.ReserveShort, booking.Granted,
		booking.SessionClosed, booking.SessionEnded, booking.UnitReturned:
		return t.readSession(w, e)
	case booking.SessionStaffed:
		return t.readStaffed(w, e)
	case booking.AppointmentsLinked:
		return t.readLinked(w, e)
	case booking.RulesAdopted:
		t.rules = append(t.rules, t.entry(w, e, Asked))
		return nil
	case booking.DaysRetired:
		t.retired = append(t.retired, t.entry(w, e, Asked))
		return nil
	case booking.PersonDescribed, booking.PersonsMerged:
		t.readPerson(w, e)
		return nil
	case booking.HolderRestricted, booking.RestrictionEnded:
		t.readRestricted(w, e)
		return nil
	case booking.ReminderDue:
		if e.Appointment() == 0 {
			return nil
		}
		return t.readAppointment(w, e)
	case booking.Introduced, booking.ClockMoved, booking.EntryJoined, booking.EntryApproved, booking.EntryEnded, booking.WaitlistPassed:
		return nil
	}
	if !e.Kind().IsValid() {
		return errors.New("unknown kind")
	}
	return t.readAppointment(w, e)
}

// entry records an event as it is now.
func (t *Teller) entry(w *reading, e *booking.Event, c Cause) entry {
	return entry{event: *e, number: t.events + 1, since: t.events + 1, batchEnd: w.end, cause: c}
}

func (t *Teller) readRestricted(w *reading, e *booking.Event) {
	cause := Asked
	if e.Due() != 0 {
		cause = OnTime
	}
	if e.Account() != 0 {
		t.accounts[e.Account()] = append(t.accounts[e.Account()], t.entry(w, e, cause))
		return
	}
	t.persons[e.Person()] = append(t.persons[e.Person()], t.entry(w, e, cause))
}

func (t *Teller) followed(id booking.Appointment) bool { return t.all || t.follows[id] }

func (t *Teller) session(id booking.Session) (*session, error) {
	if id == 0 || int64(id) > int64(len(t.sessions)) {
		return nil, fmt.Errorf("session %d: not opened", id)
	}
	return &t.sessions[id-1], nil
}

// Appointments appends, in ascending order, the appointments that the teller follows and that have been made.
func (t *Teller) Appointments(dst []booking.Appointment) []booking.Appointment {
	from := len(dst)
	for id := range t.told { //house:anyorder they are sorted below
		dst = append(dst, id)
	}
	slices.Sort(dst[from:])
	return dst
}
