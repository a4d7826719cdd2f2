package booking

import (
	"cmp"
	"fmt"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Likeness is why an alternative is offered: what it has in common with what was wished, the most first.
type Likeness uint8

// The likenesses. Each is of the same service as what was wished, and an examination only where that was one.
const (
	// OtherTime: the same session.
	OtherTime Likeness = 1 + iota
	// OtherDay: another session with the same physician, or another of its resources.
	OtherDay
	// OtherPhysician: the same department, kind and grade.
	OtherPhysician
	// OtherClinic: the same department, of another kind or grade.
	OtherClinic
	// OtherDepartment: the same service elsewhere.
	OtherDepartment
	// OnWaitlist: nothing now; the person may wait.
	OnWaitlist
)

var likenessNames = [...]string{"no likeness", "other time", "other day", "other physician", "other clinic", "other department", "on the waitlist"}

// IsValid reports whether l is one of the likenesses.
func (l Likeness) IsValid() bool { return l >= OtherTime && l <= OnWaitlist }

// String returns the likeness in a word or two.
func (l Likeness) String() string {
	if !l.IsValid() {
		return fmt.Sprintf("Likeness(%d)", uint8(l))
	}
	return likenessNames[l]
}

// Alternative is something other than what was wished.
type Alternative struct {
	Likeness Likeness
	// Candidate is the number; zero for OnWaitlist.
	Candidate Candidate
	// Request gets it: a Take or a Hold of it is granted at that instant; for OnWaitlist, a Join.
	Request Request
}

// AlternativeDays is how far before and after the time wished alternatives are looked for.
const AlternativeDays = 28

// Alternatives appends up to limit other numbers for a wish that cannot be had, the best first, each with the reason it is offered, and none twice: by
// Likeness, then the nearest in time to what was wished, then the earlier, then in the Book's order. Each can be booked at that instant. What
// the request itself asks for is not among them. The waitlist comes last, where the person may join it: for what is sought or, where a
// slot was named, for its session while that goes on.
//
// A wish that names no slot is compared with the session nearest to the beginning of its time, of all those of what it seeks, whatever has become of them;
// where there are none, there is only the waitlist. Errors are those of Candidates. Cost: five searches, at most of AlternativeDays each way, and less
// where enough is found nearer.
func (b *Book) Alternatives(dst []Alternative, t *Batch, q Request, at sl.Instant, limit int) ([]Alternative, error) {
	a, err := b.ask(t, q, at)
	if err != nil || limit < 1 || !b.mayAsk(a) {
		return dst, err
	}
	q.Count = a.Count
	b.mean(&q)
	x := alternatives{b: b, a: a, v: &t.work.view, asked: attempt{Request: q}}
	waits := q
	if x.anchor, x.wished = b.anchorOf(&q, at); x.anchor != 0 {
		x.s = b.sessions.at(uint32(x.anchor))
		enough := len(dst) + limit
		for l := OtherTime; l <= OtherDepartment && len(dst) < enough; l++ {
			dst = x.add(dst, l, enough-len(dst))
		}
		limit = enough - len(dst)
		if q.Slot.IsValid() {
			waits = x.waitsFor(q)
		}
	}
	if limit > 0 && b.mayWait(&waits, at) {
		dst = append(dst, Alternative{Likeness: OnWaitlist, Request: waits})
	}
	return dst, nil
}

// alternatives is a search for them.
type alternatives struct {
	b      *Book
	a      *attempt
	v      *View
	asked  attempt // the wish itself
	anchor Session
	s      *session // of the anchor
	wished sl.Instant
}

// anchorOf is the session that a wish is compared with, and the time wished; 0 where there is none.
func (b *Book) anchorOf(q *Request, at sl.Instant) (found Session, wished sl.Instant) {
	if q.Slot.IsValid() {
		if !b.sessions.has(uint32(q.Slot.Session)) {
			return 0, 0
		}
		s := b.sessions.at(uint32(q.Slot.Session))
		if q.Slot.N < s.slotN {
			return q.Slot.Session, s.start.AddMinutes(int(s.slots()[q.Slot.N].offsetMinutes))
		}
		return q.Slot.Session, s.start
	}
	wished = max(q.From, at)
	best := sl.Instant(0)
	b.eachOf(q, 0, func(start sl.Instant, id Session) bool {
		s := b.sessions.at(uint32(id))
		if q.Department != 0 && s.department != q.Department || q.Service != 0 && s.service != q.Service || !q.suits(s) {
			return true
		}
		if d := max(start-wished, wished-start); found == 0 || d < best {
			found, best = id, d
		}
		return true
	})
	return found, wished
}

// add appends the nearest numbers of one likeness. Twice as far is looked only where there are too few nearer.
func (x *alternatives) add(dst []Alternative, l Likeness, limit int) []Alternative {
	from := len(dst)
	for days := sl.Instant(1); ; days *= 2 {
		days = min(days, AlternativeDays)
		x.a.From, x.a.Until = max(0, x.wished-days*86400), x.wished+days*86400+1
		dst = x.collect(dst[:from], l)
		slices.SortFunc(dst[from:], x.compare)
		same := func(a, b Alternative) bool { return a.Candidate.Slot == b.Candidate.Slot } // found by several resources
		found := len(slices.CompactFunc(dst[from:], same))
		if found >= limit || days == AlternativeDays {
			return dst[:from+min(limit, found)]
		}
	}
}

// compare puts what is nearer first, then what is earlier.
func (x *alternatives) compare(a, b Alternative) int {
	p, q := &a.Candidate, &b.Candidate
	return cmp.Or(cmp.Compare(x.apart(p), x.apart(q)), cmp.Compare(p.Start, q.Start),
		cmp.Compare(x.b.sessions.at(uint32(p.Slot.Session)).start, x.b.sessions.at(uint32(q.Slot.Session)).start),
		cmp.Compare(p.Slot.Session, q.Slot.Session), cmp.Compare(p.Slot.N, q.Slot.N))
}

func (x *alternatives) apart(c *Candidate) sl.Instant { return max(c.Start-x.wished, x.wished-c.Start) }

// collect appends what there is of one likeness in the attempt's window, perhaps twice.
func (x *alternatives) collect(dst []Alternative, l Likeness) []Alternative {
	look := func(r Resource, d Department, service Service) {
		x.a.Slot, x.a.Resource, x.a.Department, x.a.Service = Slot{}, r, d, service
		x.a.AnyOf, x.a.Weekdays = ResourceSet{}, 0
		x.v.open(x.b, x.a)
		if l == OtherTime {
			x.v.narrow(x.anchor)
		}
		for x.v.NextSession() {
			if x.likeness(x.v.id, x.v.session) != l {
				continue
			}
			for c, ok := x.v.NextSlot(); ok; c, ok = x.v.NextSlot() {
				if !x.isAsked(c.Slot) {
					q := x.asked.Request
					q.Slot = c.Slot
					dst = append(dst, Alternative{l, c, q})
				}
			}
		}
	}
	switch {
	case l == OtherTime:
		look(0, 0, 0)
	case l == OtherDay:
		for _, r := range x.s.resources() {
			look(r, 0, 0)
		}
	case l != OtherDepartment && x.s.department != 0:
		look(0, x.s.department, 0)
	case l == OtherDepartment && x.s.service != 0:
		look(0, 0, x.s.service)
	}
	return dst
}

// isAsked reports whether a slot is what was wished.
func (x *alternatives) isAsked(at Slot) bool {
	if x.asked.Slot.IsValid() {
		return at == x.asked.Slot
	}
	return x.b.sought(&x.asked, at)
}

// likeness is what a session has most in common with the anchor; 0 for too little.
func (x *alternatives) likeness(id Session, o *session) Likeness {
	s := x.s
	switch {
	case id == x.anchor:
		return OtherTime
	case o.service != s.service || (o.kind == sl.Examination) != (s.kind == sl.Examination):
		return 0
	case s.shares(o):
		return OtherDay
	case s.department != 0 && o.department == s.department && o.kind == s.kind && o.grade == s.grade:
		return OtherPhysician
	case s.department != 0 && o.department == s.department:
		return OtherClinic
	case s.service != 0:
		return OtherDepartment
	}
	return 0
}

// waitsFor is what someone waits for whose wish named a slot: its session, by what that is known by; nothing sought where that has neither
// resource, department nor service, or is over.
func (x *alternatives) waitsFor(q Request) Request {
	s := x.s
	q.AnyOf, q.Weekdays = ResourceSet{}, 0
	if q.Slot = (Slot{}); s.flags&(sessionClosed|sessionEnded|sessionRetired) != 0 {
		q.Resource, q.Department, q.Service = 0, 0, 0
		return q
	}
	q.Resource, q.Department, q.Service, q.From, q.Until = 0, s.department, s.service, s.start, s.ends()
	if r := s.resources(); len(r) > 0 {
		q.Resource = r[0]
	}
	return q
}

// mayWait reports whether a Join of the request would be taken, and its time is still to come.
func (b *Book) mayWait(q *Request, at sl.Instant) bool {
	return len(b.ofPerson(q.Person)) < int(b.rules.WaitlistPerPerson) && !q.Slot.IsValid() && (q.Until == 0 || q.Until > at) &&
		(q.Resource != 0 || !q.AnyOf.IsEmpty() || q.Department != 0 || q.Service != 0)
}
