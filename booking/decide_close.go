package booking

import (
	"cmp"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// offerDays is how far after the closed session replacements are sought where the command does not say.
const offerDays = 14

// decideClose closes a session and makes everyone in it an offer of the same kind and grade, timed or counted as theirs was:
// with the same physician where possible, else in the same department and service; the nearest in time to what they had. Earlier numbers choose first. Nobody is
// passed over: whoever nothing is found for gets an offer of nothing, which still is a return without penalty; a hold that
// is not paid is cancelled on the hospital's account.
func (b *Book) decideClose(t *Batch, c *CloseSession) (Reply, error) {
	moved := uint64(0)
	if c.Move {
		moved = 1
	}
	if c.Waitlist {
		moved |= 2
	}
	print := printOf(printClose, uint64(c.Session), uint64(c.AnswerBy), uint64(c.From), uint64(c.Until), moved)
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	if c.AnswerBy <= c.At || !validInstant(c.AnswerBy) {
		return Reply{}, badCommand("AnswerBy %d: want an instant after At and before the year 10000", c.AnswerBy)
	}
	if c.Waitlist && b.rules.WaitlistPerPerson == 0 {
		return Reply{}, badCommand("Waitlist: the rules have none (WaitlistPerPerson)")
	}
	s, refusal, err := b.openSession(c.Session)
	if err != nil || s == nil {
		return Reply{Outcome: Refused, Refusal: refusal}, err
	}
	e := b.event(SessionClosed, &c.Meta)
	e.session = c.Session
	t.add(e)
	b.reportClosing(t, &c.Meta, c.Session, s)
	legs := t.work.legs[:0]
	count, entries := 0, uint32(0)
	for _, id := range b.affected(t, c.Session) {
		x := b.appointments.at(uint32(id))
		count++
		if x.linked != 0 {
			count += b.displaceRing(t, c, id, x, &legs)
			continue
		}
		if x.state == Held {
			e := b.event(AppointmentCancelled, &c.Meta)
			e.appointment, e.flags = id, flagHospital
			t.add(e)
			legs = append(legs, leg{replaces: id})
			continue
		}
		a := &t.work.attempt
		*a = attempt{Request: Request{Person: x.person, Account: x.account, Booker: x.booker, Bear: x.bear, Count: x.count,
			From: c.From, Until: c.Until}, at: c.At, without: id, closing: s, legs: legs}
		if a.Until == 0 {
			a.Until = max(c.From, c.At, s.start) + offerDays*86400
		}
		e := b.event(OfferMade, &c.Meta)
		e.appointment, e.until = id, c.AnswerBy
		slot, found := b.replacement(&t.work.view, a, c.Session, x.start)
		if found {
			g := b.legOf(a, slot)
			g.replaces = id
			legs = append(legs, g)
			e.session, e.slot, e.count, e.class = slot.Session, slot.N, x.count, a.charge
			e.until = min(c.AnswerBy, b.slotCloses(slot))
			if c.Move && x.state != Offered {
				e.flags, e.until = flagMoved, 0
				if x.isHere(b.sessions.at(uint32(slot.Session)).date) {
					e.flags |= flagHere
				}
			}
		} else {
			legs = append(legs, leg{replaces: id})
		}
		t.add(e)
		if !found && c.Waitlist {
			entries += b.waitlist(t, c, s, x, entries, a.Until)
		}
	}
	t.work.legs = legs
	return b.done(t, &c.Meta, print, 0, count)
}

// waitlist puts someone for whom nothing was found on the waitlist, for the department and the service of the closed session or, where it
// has neither, its first resource; within the window in which a replacement was sought. It says how many entries that made.
func (b *Book) waitlist(t *Batch, c *CloseSession, s *session, x *appointment, before uint32, until sl.Instant) uint32 {
	y := entry{bear: x.bear, person: x.person, account: x.account, booker: x.booker, waiting: waiting{from: c.From, until: until, dueBy: until,
		department: s.department, service: s.service, count: x.count, policy: 1, rank: b.waitRank(t, &x.bear)}}
	if y.department == 0 && y.service == 0 {
		if len(s.resources()) == 0 {
			return 0
		}
		y.resource = s.resources()[0]
	}
	if until <= c.At {
		return 0
	}
	b.addEntry(t, &c.Meta, b.entries.next()+before, &y, 0)
	return 1
}

// reportClosing reports every reserve that goes with the session.
func (b *Book) reportClosing(t *Batch, m *Meta, id Session, s *session) {
	if !s.bookable() {
		return
	}
	b.reserves(&attempt{at: m.At}, id, nil, func(i int, effective, _ int32) {
		if effective > 0 {
			e := b.event(ReserveShort, m)
			e.session, e.class, e.number = id, s.quotas()[i].class, uint32(effective)
			t.add(e)
		}
	})
}

// affected lists whom a closing displaces, in order of their time.
func (b *Book) affected(t *Batch, session Session) []Appointment {
	ids := t.work.ids[:0]
	b.inSession(session, func(id Appointment, x *appointment) {
		if (x.state == Held || x.state.CanBecome(Displaced)) && x.flags&appointmentNoUnit == 0 {
			ids = append(ids, id)
		}
	})
	slices.SortFunc(ids, func(i, j Appointment) int {
		return cmp.Or(cmp.Compare(b.appointments.at(uint32(i)).start, b.appointments.at(uint32(j)).start), cmp.Compare(i, j))
	})
	t.work.ids = ids
	return ids
}

// replacement finds the best slot for someone whose session closes.
func (b *Book) replacement(v *View, a *attempt, closing Session, was sl.Instant) (Slot, bool) {
	s := b.sessions.at(uint32(closing))
	try := func() (Slot, bool) {
		v.open(b, a)
		slot, ok := nearest(v, was, s)
		return slot, ok && b.judge(a, slot.Session, slot.N)
	}
	for _, r := range s.resources() {
		a.Resource = r
		if slot, ok := try(); ok {
			return slot, true
		}
	}
	a.Resource = 0
	if s.department == 0 && s.service == 0 {
		return Slot{}, false
	}
	a.Department, a.Service = s.department, s.service
	return try()
}

// nearest is the candidate of s's kind and grade that starts nearest to was; of two as near, the earlier.
func nearest(v *View, was sl.Instant, s *session) (best Slot, found bool) {
	var start, distance sl.Instant
	for v.NextSession() {
		if v.session.kind != s.kind || v.session.grade != s.grade || (v.session.flags^s.flags)&sessionCounted != 0 {
			continue
		}
		for c, ok := v.NextSlot(); ok; c, ok = v.NextSlot() {
			d := max(c.Start-was, was-c.Start)
			if !found || d < distance || d == distance && c.Start < start {
				best, start, distance, found = c.Slot, c.Start, d, true
			}
		}
	}
	return best, found
}

// decideAnswer accepts or declines an offer.
func (b *Book) decideAnswer(t *Batch, c *Answer) (Reply, error) {
	kind := OfferDeclined
	if c.Accept {
		kind = OfferAccepted
	}
	print := printOf(printAnswer, uint64(c.Appointment), uint64(kind))
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	x, refusal := b.appointment(c.Appointment)
	switch {
	case x == nil:
		return Reply{Outcome: Refused, Refusal: refusal}, nil
	case x.state != Displaced && x.state != Offered:
		return Reply{Outcome: Refused, Refusal: Refusal{Reason: IllegalState, State: x.state}}, nil
	case c.Accept && x.flags&appointmentNoUnit != 0:
		return refused(NoneFree), nil
	case !c.Accept:
		b.reportLeaving(t, &c.Meta, c.At, c.Appointment, x)
	}
	linked := b.eachLinked(c.Appointment, x, func(id Appointment, _ *appointment) { // they have no units: nothing else follows
		e := b.event(kind, &c.Meta)
		e.appointment = id
		t.add(e)
	})
	e := b.event(kind, &c.Meta)
	e.appointment = c.Appointment
	if c.Accept && x.isHere(x.date) {
		e.flags = flagHere
	}
	t.add(e)
	if !c.Accept {
		b.restAll(t, &c.Meta, 0, c.Appointment, x)
	} else if x.state == Offered {
		b.withdraw(t, &c.Meta, x.person, Slot{x.session, x.slot}, 0)
	}
	return b.done(t, &c.Meta, print, c.Appointment, 1+linked)
}
