package booking

import (
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// decideJoin puts a request on the waitlist. If something is free for it, the next Advance serves it, after those before it in line.
func (b *Book) decideJoin(t *Batch, c *Join) (Reply, error) {
	how := uint64(0)
	if c.Assign {
		how |= 1
	}
	if c.NeedsDecision {
		how |= 2
	}
	print := printRequest(printOf(printJoin, uint64(c.DueBy), how), &c.Request)
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		r.Entry, r.Appointment = Entry(r.Appointment), 0 // what the key remembers of a Join is its entry
		return r, err
	}
	if err := b.checkRequest(t, &c.Request, false); err != nil {
		return Reply{}, err
	}
	if c.Slot.IsValid() {
		return Reply{}, badCommand("Slot: one waits for what matches, not for a slot")
	}
	if c.DueBy <= c.At || !validInstant(c.DueBy) {
		return Reply{}, badCommand("DueBy %d: want an instant after At and before the year 10000", c.DueBy)
	}
	if len(b.ofPerson(b.meant(c.Person))) >= int(b.rules.WaitlistPerPerson) {
		return Reply{Outcome: Refused, Refusal: Refusal{Reason: WaitlistLimit, Limit: b.rules.WaitlistPerPerson}}, nil
	}
	x := entry{bear: c.Bear, person: b.meant(c.Person), account: c.Account, booker: b.meant(c.Booker), waiting: waiting{from: c.From, until: c.Until, dueBy: c.DueBy,
		resource: c.Resource, anyOf: c.AnyOf, weekdays: c.Weekdays, department: c.Department, service: c.Service, count: max(c.Count, 1), policy: max(c.Policy, 1),
		rank: b.waitRank(t, &c.Bear), assign: c.Assign, undecided: c.NeedsDecision}}
	found := Session(0)
	if !c.NeedsDecision {
		found = b.findFor(t, &x, c.At)
	}
	id := b.entries.next()
	b.addEntry(t, &c.Meta, id, &x, found)
	if _, err := b.done(t, &c.Meta, print, Appointment(id), 0); err != nil {
		return Reply{}, err
	}
	return Reply{Outcome: Done, Entry: Entry(id)}, nil
}

func (b *Book) addEntry(t *Batch, m *Meta, id uint32, x *entry, found Session) {
	e := b.event(EntryJoined, m)
	e.number, e.person, e.account, e.booker, e.bear, e.session = id, x.person, x.account, x.booker, x.bear, found
	t.work.side = appendWaiting(t.work.side[:0], &x.waiting)
	t.addSide(e, t.work.side...)
}

// findFor is the session in which a request of the entry's would be granted now; 0 for none.
func (b *Book) findFor(t *Batch, x *entry, at sl.Instant) Session {
	a := &t.work.attempt
	b.attemptFor(t, x, at)
	slot, ok := b.choose(t, a)
	if !ok {
		return 0
	}
	return slot.Session
}

// waitRank is the place, among Rules.WaitlistClasses, of the first that a request bears; behind all of them where it bears none.
func (b *Book) waitRank(t *Batch, bear *Bearing) uint8 {
	for i, name := range b.rules.WaitlistClasses {
		if c := b.classNamed(t, name); c != 0 && bear.Has(c) {
			return uint8(i)
		}
	}
	return uint8(len(b.rules.WaitlistClasses))
}

// classNamed finds a class, which may be as new as the batch; 0 for none.
func (b *Book) classNamed(t *Batch, name string) Class {
	if h := b.names[ClassName].find(name); h != 0 {
		return Class(h)
	}
	for i := range t.events {
		if e := &t.events[i]; e.kind == Introduced && e.NameKind() == ClassName && t.Text(e) == name {
			return Class(e.number)
		}
	}
	return 0
}

// openEntry finds an entry that is open; the refusal says why not.
func (b *Book) openEntry(id Entry) (*entry, Refusal) {
	if !b.entries.has(uint32(id)) {
		return nil, Refusal{Reason: UnknownEntry}
	}
	x := b.entries.at(uint32(id))
	if !x.state.IsOpen() {
		return nil, Refusal{Reason: EntryOver}
	}
	return x, Refusal{}
}

// decideLeave takes an entry back.
func (b *Book) decideLeave(t *Batch, c *Leave) (Reply, error) {
	print := printOf(printLeave, uint64(c.Entry))
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	x, refusal := b.openEntry(c.Entry)
	if x == nil {
		return Reply{Outcome: Refused, Refusal: refusal}, nil
	}
	b.addEnd(t, &c.Meta, c.Entry, Left)
	return b.done(t, &c.Meta, print, 0, 0)
}

// decideScreen says yes or no to an entry that waits for a person's decision.
func (b *Book) decideScreen(t *Batch, c *Screen) (Reply, error) {
	approve := uint64(0)
	if c.Approve {
		approve = 1
	}
	print := printOf(printScreen, uint64(c.Entry), approve)
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	x, refusal := b.openEntry(c.Entry)
	switch {
	case x == nil:
		return Reply{Outcome: Refused, Refusal: refusal}, nil
	case x.state != Undecided:
		return refused(EntryOver), nil
	case !c.Approve:
		b.addEnd(t, &c.Meta, c.Entry, Rejected)
	default:
		e := b.event(EntryApproved, &c.Meta)
		e.number, e.session = uint32(c.Entry), b.findFor(t, x, c.At)
		t.add(e)
	}
	return b.done(t, &c.Meta, print, 0, 0)
}

func (b *Book) addEnd(t *Batch, m *Meta, id Entry, s EntryState) {
	e := b.event(EntryEnded, m)
	e.number, e.slot = uint32(id), uint16(s)
	t.add(e)
}

// withdraw ends a person's open entries that ask for what they have just got: a slot of what is sought, within its window. Where nobody
// waits it costs one comparison.
func (b *Book) withdraw(t *Batch, m *Meta, p Person, at Slot, except Entry) {
	if len(b.waiters) == 0 {
		return
	}
	for _, w := range b.ofPerson(p) {
		ended := func(e Event) bool { return e.kind == EntryEnded && e.number == uint32(w.entry) }
		if w.entry != except && b.matches(b.entries.at(uint32(w.entry)), at) && !slices.ContainsFunc(t.events, ended) {
			b.addEnd(t, m, w.entry, Withdrawn)
		}
	}
}

// decideExpire ends an entry whose DueBy has come.
func (b *Book) decideExpire(t *Batch, c *Advance, d dueItem) {
	e := b.dueEvent(EntryEnded, c, d)
	e.number, e.slot = d.id(), uint16(Expired)
	t.add(e)
}

// decideLook tries the line for a session: the first who can have a number there gets it; if nobody can, that is over until the session's
// hours change. Cost: the entries in the session's lines before the one that is served, each judged in that session alone; constant where
// the session has no room. Entries of other lines are not looked at.
func (b *Book) decideLook(t *Batch, c *Advance, d dueItem) (served int) {
	id := Session(d.id())
	s := b.sessions.at(d.id())
	if b.rules.WaitlistPerPerson > 0 && s.bookable() && s.free > 0 { // without room nobody need be tried
		var at [MaxResources + 2]int // how far each line has been tried
		for last := waitKey(0); ; {
			first, from, n := waitKey(0), -1, 0
			b.lines(s, func(l *line) {
				for at[n] < len(l.waits) && l.waits[at[n]] <= last {
					at[n]++ // an entry for any of several stands in more than one line, and is tried once
				}
				if at[n] < len(l.waits) && (from < 0 || l.waits[at[n]] < first) {
					first, from = l.waits[at[n]], n
				}
				n++
			})
			if from < 0 {
				break
			}
			last = first
			if slot, ok := b.tryEntry(t, b.entries.at(uint32(first.entry())), id, c.At); ok {
				b.serve(t, c, d, first.entry(), slot)
				return 1
			}
		}
	}
	e := b.dueEvent(WaitlistPassed, c, d)
	e.session, e.until = id, s.hoursChange(c.At)
	t.add(e)
	return 0
}

// attemptFor makes the attempt of an entry, at an instant.
func (b *Book) attemptFor(t *Batch, x *entry, at sl.Instant) {
	a := &t.work.attempt
	*a = attempt{Request: x.request(), at: at, batch: t, legs: t.work.legs[:0]}
	if int(a.Policy) > len(b.rules.Policies) {
		a.Policy = 1 // the rules have fewer than when it joined
	}
}

// tryEntry judges an entry in one session, as a request at that instant.
func (b *Book) tryEntry(t *Batch, x *entry, id Session, at sl.Instant) (Slot, bool) {
	a, v := &t.work.attempt, &t.work.view
	b.attemptFor(t, x, at)
	if !b.mayAsk(a) {
		return Slot{}, false
	}
	v.begin(b, a)
	v.narrow(id)
	slot, ok := b.chosen(a, v)
	return slot, ok && slot.Session == id
}

// serve gives a number to an entry: an offer that stands for WaitlistOfferSeconds, or a booking. The attempt is the one that found it.
func (b *Book) serve(t *Batch, c *Advance, d dueItem, id Entry, slot Slot) {
	x := b.entries.at(uint32(id))
	as := Offered
	if x.assign {
		as = Booked
	}
	made := Appointment(b.appointments.next())
	a := &t.work.attempt
	b.addAppointment(t, &c.Meta, a, made, slot, as)
	e := b.dueEvent(EntryServed, c, d)
	e.number, e.appointment = uint32(id), made
	t.add(e)
	if x.assign {
		b.withdraw(t, &c.Meta, x.person, slot, id)
	}
}
