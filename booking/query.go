package booking

import (
	"cmp"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Visit is what an appointment is now.
type Visit struct {
	Appointment Appointment
	State       State
	Person      Person
	Account     Account
	Booker      Person
	Bear        Bearing
	// Slot is the first of Count; for a displaced appointment, the one offered (not valid where nothing was found).
	Slot    Slot
	Count   int
	Start   sl.Instant
	Minutes int
	Date    sl.Date
	// Class is what it is charged to.
	Class Class
	// Until is the deadline of a hold or an offer.
	Until sl.Instant
	AddOn bool
	// IsReturn: a visit without a number, with the results of Former; Slot is then the session's first.
	IsReturn bool
	Former   Appointment
	// ReturnUntil is the last date on which its patient may return with results without a number, by the Book's rules; zero where there
	// is no such entitlement, or it is used.
	ReturnUntil sl.Date
	// Linked is the next of those that stand and fall together, in a ring; 0 for one that stands by itself. See Book.Linked.
	Linked Appointment
	// From is where a displaced or moved appointment was before its session closed; Slot itself for one who is or was asked about a substitute.
	From Slot
}

// Appointment is what an appointment is now; false for one that was never made or is forgotten.
func (b *Book) Appointment(id Appointment) (Visit, bool) {
	if !b.appointments.has(uint32(id)) {
		return Visit{}, false
	}
	x := b.appointments.at(uint32(id))
	if x.flags&appointmentForgotten != 0 {
		return Visit{}, false
	}
	v := Visit{Appointment: id, State: x.state, Person: b.meant(x.person), Account: x.account, Booker: b.meant(x.booker), Bear: x.bear,
		Slot: Slot{x.session, x.slot}, Count: int(x.count), Start: x.start, Minutes: int(x.minutes), Date: x.date,
		Class: x.charge, Until: x.until, AddOn: x.addOn(), Linked: x.linked, From: x.from, IsReturn: x.flags&appointmentReturn != 0, Former: x.former,
		ReturnUntil: b.returnUntil(id, x)}
	if x.flags&appointmentNoUnit != 0 {
		v.Slot = Slot{}
	}
	return v, true
}

// AppointmentsOf appends the appointments of a person that are in a state which counts for limits, in order of id.
func (b *Book) AppointmentsOf(dst []Appointment, p Person) []Appointment {
	from := len(dst)
	for id := b.person(b.meant(p)).head; id != 0; id = b.appointments.at(uint32(id)).nextPerson {
		dst = append(dst, id)
	}
	slices.Sort(dst[from:])
	return dst
}

// AppointmentsIn appends the appointments that a session carries, cancelled ones and the like left out, in order of time,
// then of id.
func (b *Book) AppointmentsIn(dst []Appointment, id Session) []Appointment {
	if !b.sessions.has(uint32(id)) {
		return dst
	}
	from := len(dst)
	b.inSession(id, func(x Appointment, _ *appointment) { dst = append(dst, x) })
	slices.SortFunc(dst[from:], func(i, j Appointment) int {
		return cmp.Or(cmp.Compare(b.appointments.at(uint32(i)).start, b.appointments.at(uint32(j)).start), cmp.Compare(i, j))
	})
	return dst
}

// SessionView is what a session is now.
type SessionView struct {
	Session                          Session
	Date                             sl.Date
	Start                            sl.Instant
	Minutes                          int
	Department                       Department
	Service                          Service
	Site                             Site
	Kind                             sl.Kind
	Grade                            sl.Grade
	Slots                            int
	Counted                          bool
	Released, Closed, Ended, Retired bool
	// Free is the room over its slots, released and not closed, whatever the hour; Candidates judges the hour too.
	Free   int
	AddOns int
}

// Session is what a session is now; false for one that was never opened or is forgotten.
func (b *Book) Session(id Session) (SessionView, bool) {
	if !b.sessions.has(uint32(id)) {
		return SessionView{}, false
	}
	s := b.sessions.at(uint32(id))
	v := SessionView{Session: id, Date: s.date, Start: s.start, Minutes: int(s.minutes), Department: s.department,
		Service: s.service, Site: s.site, Kind: s.kind, Grade: s.grade, Slots: int(s.slotN), Counted: s.flags&sessionCounted != 0,
		Released: s.flags&sessionReleased != 0, Closed: s.flags&sessionClosed != 0, Ended: s.flags&sessionEnded != 0,
		Retired: s.flags&sessionRetired != 0, AddOns: int(s.addOns)}
	if s.bookable() {
		v.Free = int(s.free)
	}
	return v, true
}

// Resources appends the resources that a session occupies.
func (b *Book) Resources(dst []Resource, id Session) []Resource {
	if !b.sessions.has(uint32(id)) {
		return dst
	}
	return append(dst, b.sessions.at(uint32(id)).resources()...)
}

// SlotView is what a slot is now, in units.
type SlotView struct {
	Start                sl.Instant
	Minutes              int
	Capacity, Granted    int
	Taken, Held, Offered int
	// Resting is how many units were given back and are not out again yet.
	Resting  int
	Room     int
	ClosesAt sl.Instant
	// Only is whom the slot is for; zero: anyone.
	Only Class
}

// Slot is what a slot is now; false for one that is not there.
func (b *Book) Slot(at Slot) (SlotView, bool) {
	if !b.hasSlot(at) {
		return SlotView{}, false
	}
	s := b.sessions.at(uint32(at.Session))
	x := &s.slots()[at.N]
	v := SlotView{Start: s.start.AddMinutes(int(x.offsetMinutes)), Minutes: int(x.minutes), Capacity: int(x.capacity),
		Granted: int(x.granted), Taken: int(x.taken), Held: int(x.held), Offered: int(x.offered), Resting: int(x.resting), ClosesAt: s.slotClose(x), Only: x.only}
	if s.bookable() {
		v.Room = int(x.room(0))
	}
	return v, true
}

// QuotaView is one class's line in a session, and what is used of it at an instant.
type QuotaView struct {
	Quota
	Opened         bool
	Charged, Borne int
	// Effective is what is kept for the class: eff of the quota rule.
	Effective int
}

// Quotas appends the lines of a session in rule order, as they stand at an instant.
func (b *Book) Quotas(dst []QuotaView, id Session, at sl.Instant) []QuotaView {
	if !b.sessions.has(uint32(id)) {
		return dst
	}
	s := b.sessions.at(uint32(id))
	b.reserves(&attempt{at: at}, id, nil, func(i int, _, effective int32) {
		q := s.quotas()[i]
		dst = append(dst, QuotaView{
			Quota: Quota{Class: q.class, Reserve: q.reserve, Cap: q.cap, Capped: q.flags&quotaCapped != 0,
				OpenAt: s.opens()[i], CapLifts: q.flags&quotaCapLifts != 0, From: s.from(i)},
			Opened: q.flags&quotaOpened != 0, Charged: int(q.charged), Borne: int(q.borne), Effective: int(effective)})
	})
	return dst
}

// Candidates appends up to limit runs that the request may have at an instant, in the Book's order; what is listed can be
// booked at that instant, and what cannot is not listed. The batch lends its memory and stays as it is. ErrDue says that
// something is due first.
func (b *Book) Candidates(dst []Candidate, t *Batch, q Request, at sl.Instant, limit int) ([]Candidate, error) {
	a, err := b.ask(t, q, at)
	if err != nil {
		return dst, err
	}
	if q.Slot.IsValid() {
		if !b.hasSlot(q.Slot) || limit < 1 {
			return dst, nil
		}
		if b.judge(a, q.Slot.Session, q.Slot.N) {
			g := b.legOf(a, q.Slot)
			x, _ := b.Slot(q.Slot)
			dst = append(dst, Candidate{q.Slot, g.start, int(g.minutes), x.Room, x.Held, x.Offered, x.Taken, x.Resting})
		}
		return dst, nil
	}
	if !b.mayAsk(a) {
		return dst, nil
	}
	v := &t.work.view
	v.open(b, a)
	for limit > 0 && v.NextSession() {
		for c, ok := v.NextSlot(); ok && limit > 0; c, ok = v.NextSlot() {
			dst = append(dst, c)
			limit--
		}
	}
	return dst, nil
}

// Reasons appends every reason why a request for a named slot would be refused at an instant, each once, in the order in
// which they are judged; none where it would be granted.
func (b *Book) Reasons(dst []Refusal, t *Batch, q Request, at sl.Instant) ([]Refusal, error) {
	a, err := b.ask(t, q, at)
	if err != nil {
		return dst, err
	}
	if !q.Slot.IsValid() {
		return dst, badCommand("Slot: want one named")
	}
	if !b.hasSlot(q.Slot) {
		return append(dst, b.missing(a, q.Slot)), nil
	}
	a.all = &t.work.reasons
	t.work.reasons = t.work.reasons[:0]
	b.judge(a, q.Slot.Session, q.Slot.N)
	return append(dst, t.work.reasons...), nil
}

func (b *Book) ask(t *Batch, q Request, at sl.Instant) (*attempt, error) {
	switch d, ok := b.dueFirst(); {
	case at < b.clock:
		return nil, ErrClock
	case b.clock != 0 && int64(at-b.clock) > b.rules.StepSeconds:
		return nil, b.stepError(at)
	case ok && d.at <= at:
		return nil, ErrDue
	case b.digest != b.adopted:
		return nil, ErrRules
	}
	if err := b.checkRequest(t, &q, false); err != nil {
		return nil, err
	}
	if t.work == nil {
		t.work = new(work)
	}
	a := &t.work.attempt
	*a = attempt{Request: q, at: at, batch: t, legs: t.work.legs[:0]}
	a.Count = max(a.Count, 1)
	b.mean(&a.Request)
	return a, nil
}
