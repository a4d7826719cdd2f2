package booking

import "github.com/haoyuan-go/haoyuan/slots"

// The records of the Book: flat values without pointers, found by handle. Each is laid out so that what one request
// reads lies together.

// session is one session's record. The slots and quotas of a usual session lie in it, so that what one request reads is on
// one page of memory; those of a large one, and what is read seldom, lie behind far.
type session struct {
	start, firstClose, close slots.Instant // firstClose is when the first slot closes for booking
	free                     int32         // room over its slots, once released and while not closed
	department               Department
	service                  Service
	site                     Site
	date                     slots.Date
	slotN                    uint16
	leadMinutes              uint16
	minutes                  uint16 // planned length, to the end of the last slot or beyond
	addOns, addOnMax         uint16
	quotaN                   uint8
	flags                    sessionFlags
	kind                     slots.Kind
	grade                    slots.Grade
	cancelLeadMinutes        uint16
	dueAt                    uint32
	quotasHere               [quotasHere]quota
	slotsHere                [slotsHere]slot
	cancelBy, release, end   slots.Instant
	far                      *sessionFar
}

const (
	slotsHere  = 12
	quotasHere = 8
)

// sessionFar is the rest of a session, in a table of its own under the same handle. A retired session keeps its resources.
type sessionFar struct {
	slots     []slot
	quotas    []quota
	opens     []slots.Instant // when each quota falls open
	froms     []slots.Instant // when each quota's class may begin to book; nil where none has its own time
	pauses    []Pause
	rests     []rest // units at rest, in order of (until, slot)
	resources []Resource
	lookAt    slots.Instant // when the waitlist is to be tried for it; 0 for not

	promised    slots.Grade // the grade that it was opened with
	eligible    Eligibility
	reminders   []slots.Instant // when those who have a number are reminded, in order
	reallocate  []slots.Instant // when unsold reserves move, in order
	reminded    uint8           // how many of the reminders are past
	reallocated uint8           // how many of the others are
	out         slots.Instant   // when its numbers came out; 0 for not yet

	// What a usual session has lies here, so that opening one makes nothing else.
	opensHere     [quotasHere]slots.Instant
	resourcesHere [2]Resource
}

// addSession gives out the next session, whose record is zero.
func (b *Book) addSession() *session {
	s := b.sessions.add()
	s.far = b.fars.add()
	return s
}

func (s *session) slots() []slot {
	if s.slotN <= slotsHere {
		return s.slotsHere[:s.slotN]
	}
	return s.far.slots
}

func (s *session) quotas() []quota {
	if s.quotaN <= quotasHere {
		return s.quotasHere[:s.quotaN]
	}
	return s.far.quotas
}

func (s *session) ends() slots.Instant { return s.start.AddMinutes(int(s.minutes)) }

func (s *session) opens() []slots.Instant { return s.far.opens }
func (s *session) resources() []Resource  { return s.far.resources }

// size makes room for so many slots, quotas and resources, all zero.
func (s *session) size(slotN, quotaN, resourceN int) {
	*s.far = sessionFar{}
	s.sizeSlots(slotN)
	s.sizeQuotas(quotaN)
	s.sizeResources(resourceN)
}

func (s *session) sizeResources(n int) {
	if s.far.resources = s.far.resourcesHere[:0]; n > 0 {
		s.far.resources = sized(s.far.resources, n)
	}
}

func (s *session) sizeSlots(n int) {
	if s.slotN = uint16(n); n > slotsHere {
		s.far.slots = make([]slot, n)
	}
}

func (s *session) sizeQuotas(n int) {
	s.far.opens, s.far.froms = sized(s.far.opensHere[:0], n), nil
	if s.quotaN = uint8(n); n > quotasHere {
		s.far.quotas = make([]quota, n)
	}
}

// visitEnds is when the time of a visit in a run of slots is over: at their end, or at that of a counted session.
func (s *session) visitEnds(n, count uint16) slots.Instant {
	if s.flags&sessionCounted != 0 {
		return s.ends()
	}
	start, minutes := s.runTime(n, count)
	return start.AddMinutes(int(minutes))
}

// runTime is when a run of slots starts and how long it is.
func (s *session) runTime(n, count uint16) (slots.Instant, uint16) {
	run := s.slots()
	first, last := &run[n], &run[n+count-1]
	return s.start.AddMinutes(int(first.offsetMinutes)), last.offsetMinutes + last.minutes - first.offsetMinutes
}

type sessionFlags uint8

const (
	sessionReleased sessionFlags = 1 << iota
	sessionClosed
	sessionEnded
	sessionRetired
	sessionCounted
	// sessionTimed: it has pauses, or a class with its own opening time. Made again from those, never stored.
	sessionTimed
	// sessionAsks: it does not take everyone. Made again from its eligibility, never stored.
	sessionAsks

	sessionStored = sessionReleased | sessionClosed | sessionEnded | sessionRetired | sessionCounted
)

// slot is one slot's record, and the head of the chain of appointments that begin in it and are not cancelled or the like.
// Room is what is open and granted less what is occupied and what is at rest.
type slot struct {
	head                   Appointment
	offsetMinutes, minutes uint16
	capacity, granted      uint16
	taken, held, offered   uint16
	resting                uint16 // given back, and not out again yet
	only                   Class  // whom it is for; zero: anyone
}

func (s *slot) occupied() int32 { return int32(s.taken) + int32(s.held) + int32(s.offered) }

// room is what can still be booked, were the slot to carry adjust units more.
func (s *slot) room(adjust int32) int32 {
	return max(0, int32(s.capacity)+int32(s.granted)-s.occupied()-int32(s.resting)-adjust)
}

func (s *slot) bucket(u unitUse) *uint16 {
	switch u {
	case usesHeld:
		return &s.held
	case usesOffered:
		return &s.offered
	}
	return &s.taken
}

// quota is one class's line in one session: what the rule says and what is used of it.
type quota struct {
	class          Class
	reserve, cap   uint16
	charged, borne uint16
	flags          quotaFlags
}

type quotaFlags uint8

const (
	quotaCapped quotaFlags = 1 << iota
	quotaCapLifts
	quotaOpened // its reserve is everyone's
)

// due is the part of the reserve that others must still leave alone.
func (q *quota) due(charged, borne int32) int32 {
	if q.flags&quotaOpened != 0 {
		return 0
	}
	d := int32(q.reserve) - charged
	if q.flags&quotaCapped != 0 {
		d = min(d, int32(q.cap)-borne)
	}
	return max(0, d)
}

// capped reports whether the cap is in force.
func (q *quota) capped() bool {
	return q.flags&quotaCapped != 0 && q.flags&(quotaOpened|quotaCapLifts) != quotaOpened|quotaCapLifts
}

// appointment is one appointment's record: 104 bytes, of which the first 32 are what its person's next request reads where they
// have more open visits than are kept beside the person. It keeps its own time, so that whereabouts are read without sessions.
type appointment struct {
	start      slots.Instant
	session    Session
	nextPerson Appointment // of the list of its person
	minutes    uint16
	count      uint16 // slots
	slot       uint16
	state      State
	flags      appointmentFlags
	date       slots.Date

	bear        Bearing
	until       slots.Instant // deadline of a hold or an offer
	person      Person
	account     Account
	booker      Person
	prevAccount Appointment
	nextAccount Appointment
	nextInSlot  Appointment
	from        Slot // where a displaced appointment was
	dueAt       uint32
	linked      Appointment // the next of those that stand and fall together, in a ring; 0 for one by itself
	former      Appointment // the visit with whose results this one came back; 0 for none
	charge      Class
}

type appointmentFlags uint8

const (
	appointmentAddOn appointmentFlags = 1 << iota
	// appointmentNoUnit: displaced, and nothing was found to offer; it is still listed in the session that was closed.
	appointmentNoUnit
	// appointmentForgotten: older than any limit's window when a Retire came by, and on no list any more.
	appointmentForgotten
	// appointmentArrived: displaced after they had checked in, to a time of the same day; they are still here.
	appointmentArrived
	// appointmentMoved: the hospital moved it without asking, so that giving it back is never late.
	appointmentMoved
	// appointmentReturn: a visit without a number, with the results of an earlier one.
	appointmentReturn
	// appointmentYielded: it made room for an emergency once, and does not again, wherever its person takes it.
	appointmentYielded

	appointmentFlagsAll = 1<<iota - 1
)

func (a *appointment) addOn() bool { return a.flags&appointmentAddOn != 0 }

// isHere reports that whoever is displaced had checked in, and has their new time on the same day.
func (a *appointment) isHere(day slots.Date) bool {
	return (a.state == CheckedIn || a.flags&appointmentArrived != 0) && a.date == day
}

// use is the counter that the appointment fills in each of its slots.
func (a *appointment) use() unitUse {
	if a.flags&(appointmentAddOn|appointmentNoUnit|appointmentForgotten|appointmentReturn) != 0 {
		return usesNone
	}
	return stateTable[a.state].unit
}

// holder is a person or an account: the head of the list of appointments that count, newest first, and 1 + the place in
// Book.restrictions of the first that binds them, 0 for none.
type holder struct {
	head       Appointment
	restricted uint32
}

// table holds records by handle, in pages, so that growing moves nothing; the oldest can be dropped. Handles start at 1.
type table[T any] struct {
	pages        []*[tablePage]T
	droppedPages uint32
	dropped      uint32 // handles up to here are gone
	last         uint32 // handle given out last
}

const (
	tablePageBits = 8
	tablePage     = 1 << tablePageBits
)

func (t *table[T]) at(handle uint32) *T {
	return &t.pages[(handle-1)>>tablePageBits-t.droppedPages][(handle-1)&(tablePage-1)]
}

func (t *table[T]) has(handle uint32) bool { return handle > t.dropped && handle <= t.last }

func (t *table[T]) len() int { return int(t.last - t.dropped) }

func (t *table[T]) next() uint32 { return t.last + 1 }

// add gives out the next handle, whose record is zero.
func (t *table[T]) add() *T {
	if t.last>>tablePageBits-t.droppedPages == uint32(len(t.pages)) {
		t.pages = append(t.pages, new([tablePage]T))
	}
	t.last++
	return t.at(t.last)
}

// dropTo forgets the handles up to one.
func (t *table[T]) dropTo(handle uint32) {
	t.dropped = handle
	n := handle>>tablePageBits - t.droppedPages
	t.pages = append([]*[tablePage]T(nil), t.pages[n:]...)
	t.droppedPages += n
}

// startAt makes an empty table whose handles begin after dropped.
func (t *table[T]) startAt(dropped uint32) {
	*t = table[T]{dropped: dropped, last: dropped, droppedPages: dropped >> tablePageBits}
}
