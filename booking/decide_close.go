package booking

import (
	"cmp"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// offerDays is how far after the closed session replacements are sought where the command does not say.
const offerDays = 14

// closing is what a closing supposes: which sessions are closed, and who has nothing there any more.
type closing struct {
	sessions []*session
	affected []Appointment // in order of (start, id)
	sorted   []Appointment // the same in order of id
}

// has reports whether a session is to be supposed closed.
func (c *closing) has(s *session) bool { return slices.Contains(c.sessions, s) }

// displaces reports whether an appointment is to be supposed gone from what closes.
func (c *closing) displaces(id Appointment) bool {
	_, found := slices.BinarySearch(c.sorted, id)
	return found
}

// decideClose closes sessions and makes everyone in them an offer: where the plan says, else of the same kind and grade, timed or counted as theirs was:
// with the same physician where possible, else in the same department and service; the nearest in time to what they had. The plan is carried out first, in its
// order; then earlier numbers choose first; joint clinics (Joint) leave before all of them. Nobody is passed over: whoever nothing is found for gets an offer of nothing, which still is a return without
// penalty; a hold that is not paid, and a return with results, are cancelled on the hospital's account. Cost: for each who is affected, a search of their lines and what was offered before them.
func (b *Book) decideClose(t *Batch, c *CloseSession) (Reply, error) {
	print := printClosing(c)
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	switch refusal, err := b.checkClosing(t, c); {
	case err != nil:
		return Reply{}, err
	case refusal.Reason != 0:
		return Reply{Outcome: Refused, Refusal: refusal}, nil
	}
	for i := range t.work.closing.sessions {
		e := b.event(SessionClosed, &c.Meta)
		e.session = c.session(i)
		t.add(e)
		b.reportClosing(t, &c.Meta, e.session, t.work.closing.sessions[i])
	}
	t.work.legs = t.work.legs[:0]
	x := closer{book: b, batch: t, command: c, done: t.work.ids[:0]}
	beside := x.displaceRings()
	x.carryOut()
	for _, id := range t.work.closing.affected {
		x.place(id)
	}
	t.work.ids = x.done
	return b.done(t, &c.Meta, print, 0, len(t.work.closing.affected)+beside)
}

// printClosing is the fingerprint of a closing.
func printClosing(c *CloseSession) uint64 {
	how := uint64(0)
	if c.Move {
		how = 1
	}
	if c.Waitlist {
		how |= 2
	}
	print := printOf(printClose, uint64(c.Session), uint64(c.AnswerBy), uint64(c.From), uint64(c.Until), how, uint64(len(c.And)))
	for _, id := range c.And {
		print = mix(print, uint64(id))
	}
	for _, p := range c.Plan {
		print = mix(mix(print, uint64(p.Appointment)), uint64(p.Slot.Session)|uint64(p.Slot.N)<<32)
	}
	return print
}

// session is the i-th of those that close.
func (c *CloseSession) session(i int) Session {
	if i == 0 {
		return c.Session
	}
	return c.And[i-1]
}

// checkClosing checks the form, finds the sessions and whom they affect, and leaves both in the batch's memory.
func (b *Book) checkClosing(t *Batch, c *CloseSession) (Refusal, error) {
	switch {
	case c.AnswerBy <= c.At || !validInstant(c.AnswerBy):
		return Refusal{}, badCommand("AnswerBy %d: want an instant after At and before the year 10000", c.AnswerBy)
	case c.Waitlist && b.rules.WaitlistPerPerson == 0:
		return Refusal{}, badCommand("Waitlist: the rules have none (WaitlistPerPerson)")
	case len(c.And) >= MaxClosing:
		return Refusal{}, badCommand("And: %d sessions, want at most %d", len(c.And), MaxClosing-1)
	case len(c.Plan) > MaxAffected:
		return Refusal{}, badCommand("Plan: %d placements, want at most %d", len(c.Plan), MaxAffected)
	}
	if err := b.checkPlan(t, c); err != nil {
		return Refusal{}, err
	}
	w := &t.work.closing
	w.sessions = w.sessions[:0]
	gone := Refusal{}
	for i := range 1 + len(c.And) {
		id := c.session(i)
		if i > 0 && (id == c.Session || slices.Contains(c.And[:i-1], id)) {
			return Refusal{}, badCommand("And[%d] %d: twice", i-1, id)
		}
		s, refusal, err := b.openSession(id)
		if err != nil {
			return Refusal{}, err
		}
		if s == nil {
			gone = refusal
			continue
		}
		w.sessions = append(w.sessions, s)
	}
	if gone.Reason != 0 {
		return gone, nil
	}
	return Refusal{}, b.findAffected(t, c)
}

// checkPlan checks the form of a plan: whether it can be carried out is judged when it is.
func (b *Book) checkPlan(t *Batch, c *CloseSession) error {
	if len(c.Plan) == 0 {
		return nil
	}
	ids := t.work.ids[:0]
	for i, p := range c.Plan {
		if p.Appointment == 0 || !p.Slot.IsValid() || p.Slot.Session >= Session(b.sessions.next()) {
			return badCommand("Plan[%d] appointment %d, slot %v: want both, of sessions that were opened", i, p.Appointment, p.Slot)
		}
		ids = append(ids, p.Appointment)
	}
	t.work.ids = ids
	slices.Sort(ids)
	for i := 1; i < len(ids); i++ {
		if ids[i] == ids[i-1] {
			return badCommand("Plan: appointment %d twice", ids[i])
		}
	}
	return nil
}

// findAffected lists whom the sessions displace, in order of their time, and refuses more than a batch holds.
func (b *Book) findAffected(t *Batch, c *CloseSession) error {
	w := &t.work.closing
	w.affected = w.affected[:0]
	events := 0
	for i, s := range w.sessions {
		w.affected = b.appendAffected(w.affected, c.session(i))
		events += 1 + int(s.quotaN)
	}
	n := len(w.affected)
	for _, id := range w.affected { // a joint clinic that falls leaves units in other sessions, which rest, and reserves short
		n += b.eachLinked(id, b.appointments.at(uint32(id)), func(_ Appointment, z *appointment) {
			events += int(z.count) + int(b.sessions.at(uint32(z.session)).quotaN)
		})
	}
	events += n
	if c.Waitlist {
		events += n
	}
	if n > MaxAffected || events > maxBatchEvents {
		return badCommand("And: %d appointments affected, %d events at most; want at most %d and %d: close fewer sessions at once", n, events, MaxAffected, maxBatchEvents)
	}
	b.sortByTime(w.affected)
	w.sorted = append(w.sorted[:0], w.affected...)
	slices.Sort(w.sorted)
	return nil
}

// closer makes the offers of one closing.
type closer struct {
	book    *Book
	batch   *Batch
	command *CloseSession
	done    []Appointment // whom the plan has placed, in order of id
	entries uint32        // that were added to the waitlist
}

// attempt prepares the attempt of one who is affected, with what was offered before supposed taken.
func (x *closer) attempt(id Appointment, y *appointment) *attempt {
	a := &x.batch.work.attempt
	x.book.attemptDisplaced(x.batch, a, x.command, id, y)
	return a
}

// attemptDisplaced is the attempt of someone whose session closes.
func (b *Book) attemptDisplaced(t *Batch, a *attempt, c *CloseSession, id Appointment, y *appointment) {
	*a = attempt{Request: Request{Person: y.person, Account: y.account, Booker: y.booker, Bear: y.bear, Count: y.count,
		From: c.From, Until: c.replacementsUntil(b.sessions.at(uint32(y.session)))}, at: c.At, without: id, closing: &t.work.closing, legs: t.work.legs}
}

// replacementsUntil is where the search for those of a session ends.
func (c *CloseSession) replacementsUntil(s *session) sl.Instant {
	if c.Until != 0 {
		return c.Until
	}
	return max(c.From, c.At, s.start) + offerDays*86400
}

// carryOut offers what is planned and allowed.
func (x *closer) carryOut() {
	for _, p := range x.command.Plan {
		if !x.batch.work.closing.displaces(p.Appointment) {
			continue
		}
		y := x.book.appointments.at(uint32(p.Appointment))
		if y.state == Held || y.flags&appointmentReturn != 0 || y.linked != 0 || !x.book.hasSlot(p.Slot) {
			continue
		}
		if a := x.attempt(p.Appointment, y); x.book.judge(a, p.Slot.Session, p.Slot.N) {
			x.offer(a, p.Appointment, y, p.Slot)
			x.done = append(x.done, p.Appointment)
		}
	}
	slices.Sort(x.done)
}

// place deals with one whom the plan has not placed.
func (x *closer) place(id Appointment) {
	if _, placed := slices.BinarySearch(x.done, id); placed {
		return
	}
	b, t, c := x.book, x.batch, x.command
	y := b.appointments.at(uint32(id))
	if y.linked != 0 {
		return // dealt with before the others
	}
	if y.state == Held || y.flags&appointmentReturn != 0 {
		e := b.event(AppointmentCancelled, &c.Meta)
		e.appointment, e.flags = id, flagHospital
		t.add(e)
		return
	}
	a := x.attempt(id, y)
	if slot, found := b.replacement(&t.work.view, a, y.session, y.start); found {
		x.offer(a, id, y, slot)
		return
	}
	e := b.event(OfferMade, &c.Meta)
	e.appointment, e.until = id, c.AnswerBy
	t.add(e)
	if c.Waitlist {
		s := b.sessions.at(uint32(y.session))
		x.entries += b.waitlist(t, c, s, y, x.entries, c.replacementsUntil(s))
	}
}

// offer offers someone a slot that was judged, and supposes it taken from now on.
func (x *closer) offer(a *attempt, id Appointment, y *appointment, slot Slot) {
	b, t, c := x.book, x.batch, x.command
	t.work.legs = append(t.work.legs, b.legOf(a, slot))
	e := b.event(OfferMade, &c.Meta)
	e.appointment, e.session, e.slot, e.count, e.class = id, slot.Session, slot.N, y.count, a.charge
	e.until = min(c.AnswerBy, b.slotCloses(slot))
	if c.Move && y.state != Offered && !y.asked() {
		e.flags, e.until = flagMoved, 0
		if y.isHere(b.sessions.at(uint32(slot.Session)).date) {
			e.flags |= flagHere
		}
	}
	t.add(e)
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

// affected lists whom a closing of one session displaces, or who is to be dealt with at its end, in order of their time.
func (b *Book) affected(t *Batch, session Session) []Appointment {
	t.work.ids = b.appendAffected(t.work.ids[:0], session)
	b.sortByTime(t.work.ids)
	return t.work.ids
}

func (b *Book) appendAffected(ids []Appointment, session Session) []Appointment {
	b.inSession(session, func(id Appointment, x *appointment) {
		if (x.state == Held || x.state.CanBecome(Displaced)) && x.flags&appointmentNoUnit == 0 {
			ids = append(ids, id)
		}
	})
	return ids
}

func (b *Book) sortByTime(ids []Appointment) {
	slices.SortFunc(ids, func(i, j Appointment) int {
		return cmp.Or(cmp.Compare(b.appointments.at(uint32(i)).start, b.appointments.at(uint32(j)).start), cmp.Compare(i, j))
	})
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
