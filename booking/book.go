package booking

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Book is one facility's pool of bookable numbers: a single-writer state machine. Decide reads and says what would
// happen; Apply makes it so. The package comment is the host's guide. A Book is not safe for use by several goroutines at
// once, not even for Decide alone on one Batch.
type Book struct {
	rules  *Rules
	digest [32]byte // of rules
	exempt []bool   // by class handle
	// eligible are the rules' lines on whom a class is for.
	eligible []classEligibility

	// What follows is set by events alone.
	adopted        [32]byte
	adoptedVersion uint32
	clock          slots.Instant
	events         uint64 // in the log
	names          [nameKinds]nameTable
	sessions       table[session]
	fars           table[sessionFar] // by session
	appointments   table[appointment]
	persons        []holder // by handle-1
	accounts       []holder
	restrictions   []restriction // of persons and accounts, in lists
	facts          []facts       // by handle-1, as far as anything is known
	aliases        []alias       // who was merged into another, in order
	retiredBefore  slots.Date
	entries        table[entry]
	due            dueQueue
	keys           keyTable

	// Indexes, made from the above.
	byResource, byDepartment, byService []line
	waiters                             []waiter          // who has an open entry, in order of (person, entry)
	visits                              table[openVisits] // by person
	freeRestriction                     uint32            // 1 + the first place in restrictions that is not used, 0 for none

	// Made from the rules, for the sites that are known.
	routes     []route
	travelMost slots.Instant // the longest way there is

	// Working memory of Apply.
	opening Opening
	fetched uint32 // keeps the loads of fetch.go
}

// New returns an empty Book under rules from NewRules. Its log must begin with Adopt.
func New(rules *Rules) *Book {
	b := &Book{}
	b.Configure(rules)
	return b
}

// Configure gives the Book other rules; it accepts only Adopt until the log has adopted them. A Book replayed from a log
// under the rules that the log adopted last needs no Adopt.
func (b *Book) Configure(rules *Rules) {
	b.rules, b.digest = rules, rules.digest()
	b.exempt, b.eligible = nil, nil
	for i := range rules.Eligible {
		b.eligible = append(b.eligible, classEligibility{ClassEligibility: &rules.Eligible[i]})
	}
	for c := 1; c <= b.names[ClassName].len(); c++ {
		b.noteClass(Class(c))
	}
	b.noteTravel()
}

// noteClass works out whether a class is exempt from restrictions.
func (b *Book) noteClass(c Class) {
	for len(b.exempt) <= int(c) {
		b.exempt = append(b.exempt, false)
	}
	name := b.names[ClassName].bytes(uint32(c))
	b.noteEligible(c, string(name))
	for _, x := range b.rules.Exempt {
		if x == string(name) {
			b.exempt[c] = true
		}
	}
}

// Rules are the rules that the Book is configured with.
func (b *Book) Rules() *Rules { return b.rules }

// Clock is the instant of the last applied event; zero before the first.
func (b *Book) Clock() slots.Instant { return b.clock }

// Events is how many events have been applied since the log began.
func (b *Book) Events() uint64 { return b.events }

// Wake is when Advance next has something to say. A command stamped at or after it is refused with ErrDue.
func (b *Book) Wake() (at slots.Instant, ok bool) {
	d, ok := b.dueFirst()
	return d.at, ok
}

// Name is the text of a handle; "" for a handle that the log has not introduced.
func (b *Book) Name(k NameKind, handle uint32) string {
	if !k.IsValid() {
		return ""
	}
	return string(b.names[k].bytes(handle))
}

// Find is the handle of a name; 0 for one that the log has not introduced.
func (b *Book) Find(k NameKind, name string) uint32 {
	if !k.IsValid() {
		return 0
	}
	return b.names[k].find(name)
}

// known checks a handle against the names introduced so far, those of the batch, if any, included.
func (b *Book) known(t *Batch, k NameKind, handle uint32) bool {
	names := uint32(b.names[k].len())
	if t != nil {
		names += t.introduced[k]
	}
	return handle != 0 && handle <= names
}

func (b *Book) person(p Person) holder {
	if p == 0 || uint32(p) > uint32(len(b.persons)) {
		return holder{}
	}
	return b.persons[p-1]
}

func (b *Book) account(a Account) holder {
	if a == 0 || uint32(a) > uint32(len(b.accounts)) {
		return holder{}
	}
	return b.accounts[a-1]
}

// inSession calls f for each appointment that a session carries, slot by slot.
func (b *Book) inSession(id Session, f func(Appointment, *appointment)) {
	for _, x := range b.sessions.at(uint32(id)).slots() {
		for id := x.head; id != 0; {
			a := b.appointments.at(uint32(id))
			next := a.nextInSlot
			f(id, a)
			id = next
		}
	}
}

// slotClose is when a slot closes for booking.
func (s *session) slotClose(x *slot) slots.Instant {
	at := s.start.AddMinutes(int(x.offsetMinutes) - int(s.leadMinutes))
	if s.flags&sessionCounted != 0 {
		at = s.ends().AddMinutes(-int(s.leadMinutes))
	}
	if s.close != 0 {
		at = min(at, s.close)
	}
	return at
}

// lines calls f for each index line that lists the session.
func (b *Book) lines(s *session, f func(*line)) {
	for _, r := range s.resources() {
		f(&b.byResource[r-1])
	}
	if s.department != 0 {
		f(&b.byDepartment[s.department-1])
	}
	if s.service != 0 {
		f(&b.byService[s.service-1])
	}
}

// bookable reports whether the session's numbers are out and not withdrawn.
func (s *session) bookable() bool {
	return s.flags&(sessionReleased|sessionClosed|sessionEnded|sessionRetired) == sessionReleased
}

// nextDue is the session's next due item; the zero item for none.
func (b *Book) nextDue(id Session, s *session) dueItem {
	if s.flags&(sessionClosed|sessionEnded|sessionRetired) != 0 {
		return dueItem{}
	}
	var first dueItem
	consider := func(at slots.Instant, rank int) {
		if d := due(at, rank, uint32(id)); at != 0 && (first.at == 0 || d.before(first)) {
			first = d
		}
	}
	if s.flags&sessionReleased == 0 {
		consider(s.release, rankRelease)
	}
	opens := s.opens()
	for i, q := range s.quotas() {
		if q.flags&quotaOpened == 0 {
			consider(opens[i], rankReserve)
		}
	}
	consider(s.far.movesDue(), rankMove)
	consider(s.end, rankEnd)
	consider(s.far.lookAt, rankLook)
	if n := int(s.far.reminded); n < len(s.far.reminders) {
		consider(s.far.reminders[n], rankRemind)
	}
	if len(s.far.rests) > 0 {
		consider(s.far.rests[0].until, rankReturn)
	}
	return first
}

// String says how much the Book holds, for logs.
func (b *Book) String() string {
	return fmt.Sprintf("book at %v: %d events, %d sessions, %d appointments", b.clock, b.events, b.sessions.len(), b.appointments.len())
}
