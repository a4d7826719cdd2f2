package booking

import (
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Fates counts what became of those whom a closing affected: each is counted once, and the sum is Reply.Count.
type Fates struct {
	// Offered: another slot is kept for them until they answer.
	Offered int
	// Moved: booked there at once (CloseSession.Move).
	Moved int
	// Waitlisted: nothing was found, and they wait for it.
	Waitlisted int
	// Told: nothing was found, and all that they are offered is to give back without penalty: somebody must tell them.
	Told int
	// Unpaid: a hold, or a return with results: cancelled on the hospital's account.
	Unpaid int
}

// Affected is the sum.
func (f Fates) Affected() int { return f.Offered + f.Moved + f.Waitlisted + f.Told + f.Unpaid }

// Fates counts what became of those whom the closing in this batch affected; zero for a batch without one.
func (t *Batch) Fates() (f Fates) {
	if !slices.ContainsFunc(t.events, func(e Event) bool { return e.kind == SessionClosed }) {
		return f
	}
	for i := range t.events {
		switch e := &t.events[i]; {
		case e.kind == AppointmentCancelled:
			f.Unpaid++
		case e.kind != OfferMade:
		case e.IsMoved():
			f.Moved++
		case e.count != 0:
			f.Offered++
		case i+1 < len(t.events) && t.events[i+1].kind == EntryJoined:
			f.Waitlisted++
		default:
			f.Told++
		}
	}
	return f
}

// Affected appends whom the closing of some sessions would displace, in order of their time, then of id; unpaid holds, which would be cancelled,
// are among them. A session that is closed, ended or retired has nobody to displace.
func (b *Book) Affected(dst []Appointment, sessions []Session) []Appointment {
	from := len(dst)
	for i, id := range sessions {
		if s, _, err := b.openSession(id); err == nil && s != nil && !slices.Contains(sessions[:i], id) {
			dst = b.appendAffected(dst, id)
		}
	}
	b.sortByTime(dst[from:])
	return dst
}

// Replacements appends up to limit runs that a closing could offer to one whom it affects, in the Book's order: each alone is judged as the closing would judge it
// for the first it serves. Where is what of where names: Resource, Department, Service, From and Until, as in a Request; the rest is the appointment's own. The batch lends its memory and stays as it is. The error is a
// *Refusal where a session is gone. Cost: as Candidates, and a sort of whom the closing affects.
func (b *Book) Replacements(dst []Candidate, t *Batch, c CloseSession, id Appointment, where Request, limit int) ([]Candidate, error) {
	if _, err := b.admit(&Meta{At: c.At}, 0); err != nil {
		return dst, err
	}
	if t.work == nil {
		t.work = new(work)
	}
	switch refusal, err := b.checkClosing(t, &c); {
	case err != nil:
		return dst, err
	case refusal.Reason != 0:
		return dst, &refusal
	case !t.work.closing.displaces(id):
		return dst, badCommand("appointment %d: not affected", id)
	case where.Resource == 0 && where.Department == 0 && where.Service == 0:
		return dst, badCommand("Resource, Department, Service: want at least one")
	}
	t.work.legs = b.fallen(t, c.At)
	if y := b.appointments.at(uint32(id)); y.linked != 0 || y.flags&appointmentReturn != 0 {
		return dst, nil // nothing is offered to those
	}
	a, v := &t.work.attempt, &t.work.view
	b.attemptDisplaced(t, a, &c, id, b.appointments.at(uint32(id)))
	a.Resource, a.Department, a.Service, a.From, a.Until = where.Resource, where.Department, where.Service, where.From, where.Until
	v.open(b, a)
	for limit > 0 && v.NextSession() {
		for x, ok := v.NextSlot(); ok && limit > 0; x, ok = v.NextSlot() {
			dst = append(dst, x)
			limit--
		}
	}
	return dst, nil
}

// SessionsOf appends the sessions in which a resource is now and that start in [from, until), in order of (start, handle); retired ones are left out.
func (b *Book) SessionsOf(dst []Session, r Resource, from, until sl.Instant) []Session {
	l := lineOf(b.byResource, uint32(r))
	if l == nil {
		return dst
	}
	for i := l.seek(from); i < len(l.starts) && l.starts[i] < until; i++ {
		if b.sessions.at(uint32(l.sessions[i])).flags&sessionRetired == 0 {
			dst = append(dst, l.sessions[i])
		}
	}
	return dst
}

// SessionsAt appends the sessions at a site that start in [from, until), in the order in which they were opened; retired ones are left out. Cost: a pass over all
// sessions.
func (b *Book) SessionsAt(dst []Session, site Site, from, until sl.Instant) []Session {
	for id := b.sessions.dropped + 1; b.sessions.has(id); id++ {
		if s := b.sessions.at(id); s.site == site && s.start >= from && s.start < until && s.flags&sessionRetired == 0 {
			dst = append(dst, Session(id))
		}
	}
	return dst
}
