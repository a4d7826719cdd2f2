package booking

import (
	"cmp"
	"fmt"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// The waitlist (候补), whole. An entry is a request that names no slot, with a day by which it is of use. Entries stand in line by
// (class rank, entry): the rank of the first of Rules.WaitlistClasses that the request bears, then the order of joining.
//
// An entry is tried as a request would be at that instant, by the same decision function and with the same policy. It is tried for
// a session, in order of the line, when something changes there: a unit is given back or comes out of its rest, the numbers come out, a
// reserve falls open or moves, a quota line changes, overbooking is granted, and when a pause or a class's own waiting time there ends; and, after
// those before it, when it joins or is approved while something is free for it. The first that can have a number gets it, and the line is tried
// again until nobody can. So nobody is served in a session before another who stands before them and can have a number there just then.
//
// What changes for the person is such a change in each session with room that their entries could be of: a visit of theirs ends, is given back or
// is moved, a restriction of theirs, or of the account that they wait under, is changed or is over (retry.go). What changes for others of the
// account, or because the hospital closed a session, is noticed at the next change of either kind.
//
// While a change has not been looked at, Wake is at or before the clock and every other command is ErrDue: nobody else can
// be quicker than the line.

// Entry is one entry of the waitlist; ids are given in log order.
type Entry uint32

// EntryState is where an entry is in its life.
type EntryState uint8

// The states of an entry. All but the first two are final.
const (
	// Undecided: a person must look at it first (Screen).
	Undecided EntryState = 1 + iota
	// Waiting: in line.
	Waiting
	// Served: a number was offered to it, or booked for it; the rest is that appointment's story. One that declines, or does not answer,
	// joins anew if they will.
	Served
	// Left: the person, or the hospital for them, took it back.
	Left
	// Rejected: whoever looked at it said no.
	Rejected
	// Withdrawn: the person has what was asked for by another way.
	Withdrawn
	// Expired: its DueBy came.
	Expired
)

const entryStates = 8

var entryStateNames = [entryStates]string{"", "undecided", "waiting", "served", "left", "rejected", "withdrawn", "expired"}

// IsValid reports whether s is one of the states.
func (s EntryState) IsValid() bool { return s >= Undecided && s <= Expired }

// IsOpen reports whether the entry may still be served.
func (s EntryState) IsOpen() bool { return s == Undecided || s == Waiting }

// String returns the state's word.
func (s EntryState) String() string {
	if !s.IsValid() {
		return fmt.Sprintf("EntryState(%d)", uint8(s))
	}
	return entryStateNames[s]
}

// entry is one entry's record.
type entry struct {
	waiting
	bear        Bearing
	person      Person
	account     Account
	booker      Person
	appointment Appointment // what it was served with
	dueAt       uint32
	state       EntryState
}

// waiting is what the side bytes of EntryJoined hold: what is sought, and how.
type waiting struct {
	from, until, dueBy sl.Instant
	resource           Resource
	anyOf              ResourceSet
	department         Department
	service            Service
	count              uint16
	policy             uint8
	rank               uint8
	assign, undecided  bool
	weekdays           sl.Weekdays
}

// waiter finds a person's open entries.
type waiter struct {
	person Person
	entry  Entry
}

func (w waiter) compare(o waiter) int {
	return cmp.Or(cmp.Compare(w.person, o.person), cmp.Compare(w.entry, o.entry))
}

// waitKey is an entry's place in a line: its rank, then its id.
type waitKey uint64

func (x *entry) key(id Entry) waitKey { return waitKey(x.rank)<<32 | waitKey(id) }

func (k waitKey) entry() Entry { return Entry(uint32(k)) }

// request is what the entry asks.
func (x *entry) request() Request {
	return Request{Person: x.person, Account: x.account, Booker: x.booker, Bear: x.bear, Count: x.count, Resource: x.resource, AnyOf: x.anyOf,
		Department: x.department, Service: x.service, Weekdays: x.weekdays, From: x.from, Until: x.until, Policy: x.policy}
}

// matches reports whether a slot is of what the entry asks for.
func (b *Book) matches(x *entry, at Slot) bool { return b.sought(&attempt{Request: x.request()}, at) }

// ofPerson are the person's open entries. Cost: the logarithm of all that are open.
func (b *Book) ofPerson(p Person) []waiter {
	from, _ := slices.BinarySearchFunc(b.waiters, waiter{person: p}, waiter.compare)
	to := from
	for to < len(b.waiters) && b.waiters[to].person == p {
		to++
	}
	return b.waiters[from:to]
}

// EntryView is what an entry is now, or was when it joined.
type EntryView struct {
	Entry Entry
	State EntryState
	// Request is what it asks; it names no slot.
	Request Request
	DueBy   sl.Instant
	// Assign: it is booked at once instead of offered.
	Assign bool
	// Rank is its class rank, from 0; lower is earlier.
	Rank int
	// Appointment is what it was served with.
	Appointment Appointment
}

func (x *entry) view(id Entry) EntryView {
	return EntryView{Entry: id, State: x.state, Request: x.request(), DueBy: x.dueBy, Assign: x.assign, Rank: int(x.rank), Appointment: x.appointment}
}

// Entry is what an entry of the waitlist is now; false for one that never joined or is forgotten.
func (b *Book) Entry(id Entry) (EntryView, bool) {
	if !b.entries.has(uint32(id)) {
		return EntryView{}, false
	}
	v := b.entries.at(uint32(id)).view(id)
	b.mean(&v.Request)
	return v, true
}

// EntriesOf appends a person's open entries, in order of id.
func (b *Book) EntriesOf(dst []Entry, p Person) []Entry {
	for _, w := range b.ofPerson(b.meant(p)) {
		dst = append(dst, w.entry)
	}
	return dst
}

// Joined is what EntryJoined carries. It allocates.
func (t *Batch) Joined(e *Event) (EntryView, error) {
	var x entry
	side, ok := t.sideOf(e)
	if e.kind != EntryJoined || !ok {
		return EntryView{}, fmt.Errorf("%w: %v carries no entry", ErrBatch, e.kind)
	}
	if err := decodeWaiting(side, &x.waiting); err != nil {
		return EntryView{}, err
	}
	x.bear, x.person, x.account, x.booker, x.state = e.bear, e.person, e.account, e.booker, x.begins()
	return x.view(e.Entry()), nil
}

// begins is the state of a new entry.
func (w *waiting) begins() EntryState {
	if w.undecided {
		return Undecided
	}
	return Waiting
}

// problem says what is wrong with an entry that comes from outside; nil for nothing.
func (b *Book) problem(x *entry) error {
	within := func(k NameKind, handle uint32) bool { return handle <= uint32(b.names[k].len()) }
	switch {
	case x.person == 0 || !within(PersonName, uint32(x.person)) || !within(AccountName, uint32(x.account)) || !within(PersonName, uint32(x.booker)) ||
		!within(ResourceName, uint32(x.resource)) || !within(DepartmentName, uint32(x.department)) || !within(ServiceName, uint32(x.service)):
		return fmt.Errorf("a handle that was not introduced")
	case len(x.anyOf.list()) > 0 && !within(ResourceName, uint32(x.anyOf.list()[len(x.anyOf.list())-1])):
		return fmt.Errorf("a handle that was not introduced")
	case !x.anyOf.canonical() || x.weekdays > allWeekdays || x.weekdays&1 != 0:
		return fmt.Errorf("resources or weekdays out of range")
	case x.resource == 0 && x.department == 0 && x.service == 0 && x.anyOf.IsEmpty():
		return fmt.Errorf("nothing sought")
	case x.state.IsOpen() && b.isAlias(x.person):
		return fmt.Errorf("waiting, and merged into another")
	case !x.bear.canonical() || x.count < 1 || x.count > MaxSlots || x.policy < 1 || x.dueBy <= 0 || x.until != 0 && x.until <= x.from:
		return fmt.Errorf("bearing, count, policy or time out of range")
	case !x.state.IsValid() || (x.state == Served) != (x.appointment != 0):
		return fmt.Errorf("state %d with appointment %d", x.state, x.appointment)
	}
	return nil
}
