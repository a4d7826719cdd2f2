package booking

import sl "github.com/haoyuan-go/haoyuan/slots"

// What a Restrict limits. A holder (a person or an account) may have several gates at once, one for each Channel and one for all;
// a request must pass every one that concerns it. Gates bind requests, holds, add-ons, moves and whoever waits; never requests that bear
// a class in Rules.Exempt, nor what the hospital offers when it closes a session.

// Gate is what a restriction limits. The zero Gate bars every request.
type Gate struct {
	// Channel is whose requests are concerned: those that bear this class, usually a channel. Zero is every request.
	Channel Class
	// HorizonDays, if not 0, allows what starts less than so many times 24 hours ahead (BeyondHorizon).
	HorizonDays uint16
	// MaxOpen, if not 0, allows a request while the holder has fewer open visits: not over, and with a number (TooManyOpen).
	MaxOpen uint16
}

// Bars reports whether the gate lets nothing through that it concerns: where it says neither how far ahead nor how many.
func (g Gate) Bars() bool { return g.HorizonDays == 0 && g.MaxOpen == 0 }

// Restriction is a gate that stands.
type Restriction struct {
	// Person or Account is whom it binds; the other is zero.
	Person  Person
	Account Account
	Gate    Gate
	Until   sl.Instant
}

// Gate is what HolderRestricted limits; of RestrictionEnded, and where the restriction is lifted, its Channel alone.
func (e *Event) Gate() Gate {
	if e.kind != HolderRestricted && e.kind != RestrictionEnded {
		return Gate{}
	}
	return Gate{Channel: e.class, HorizonDays: uint16(e.extra), MaxOpen: uint16(e.number)}
}

// walkGate codes what HolderRestricted limits.
func walkGate(c coder, e *Event) {
	g := e.Gate()
	num(c, "mostOpen", &g.MaxOpen)
	num(c, "horizonDays", &g.HorizonDays)
	num(c, "channel", &g.Channel)
	e.number, e.extra, e.class = uint32(g.MaxOpen), uint32(g.HorizonDays), g.Channel
}

// restriction is one record of what binds a holder beyond the rules: a gate or, with a session, a number given back there (Cooling).
type restriction struct {
	until   sl.Instant
	next    uint32 // 1 + the place of the holder's next, in order of (session, channel); of those that are not used, too
	dueAt   uint32 // in the holder's first only: the due item of whichever gate ends first
	session Session
	gate    Gate
}

func (r *restriction) before(o *restriction) bool {
	return r.session < o.session || r.session == o.session && r.gate.Channel < o.gate.Channel
}

// A holder has one due item for all its gates. Its id is 2 · handle of a person, 2 · handle + 1 of an account.
func liftID(p Person, a Account) uint32 {
	if a != 0 {
		return 2*uint32(a) + 1
	}
	return 2 * uint32(p)
}

func (b *Book) holderOf(id uint32) *holder {
	if id%2 == 1 {
		return &b.accounts[id/2-1]
	}
	return &b.persons[id/2-1]
}

// first is the first of a holder's records, or nil.
func (b *Book) first(h *holder) *restriction { return b.restrictionAt(h.restricted) }

func (b *Book) restrictionAt(place uint32) *restriction {
	if place == 0 {
		return nil
	}
	return &b.restrictions[place-1]
}

// bind puts a record on the holder of a due id, in place of the one of the same session and channel; with until 0 it only takes
// that one off. Cost: the holder's records.
func (b *Book) bind(id uint32, x restriction) {
	h := b.holderOf(id)
	if r := b.first(h); r != nil {
		b.dueSet(&r.dueAt, dueItem{})
	}
	at := &h.restricted
	for r := b.restrictionAt(*at); r != nil && r.before(&x); r = b.restrictionAt(*at) {
		at = &r.next
	}
	if r := b.restrictionAt(*at); r != nil && !x.before(r) {
		b.free(at)
	}
	if x.until != 0 {
		place := b.freeRestriction
		if place == 0 {
			x.next = *at
			*at = uint32(len(b.restrictions) + 1)
			b.restrictions = append(b.restrictions, x)
		} else {
			b.freeRestriction = b.restrictions[place-1].next
			x.next, *at = *at, place
			b.restrictions[place-1] = x
		}
	}
	b.dueLift(h, id)
}

// free takes the record at a link off its list.
func (b *Book) free(at *uint32) {
	place := *at
	r := &b.restrictions[place-1]
	*at = r.next
	*r = restriction{next: b.freeRestriction}
	b.freeRestriction = place
}

// dueLift puts the holder's next lifting into the due queue; none is there yet.
func (b *Book) dueLift(h *holder, id uint32) {
	if d := b.nextLift(h, id); d != (dueItem{}) {
		b.dueSet(&b.first(h).dueAt, d)
	}
}

// nextLift is when the first of a holder's gates ends; the zero item for none.
func (b *Book) nextLift(h *holder, id uint32) (d dueItem) {
	for r := b.first(h); r != nil && r.session == 0; r = b.restrictionAt(r.next) {
		if d.at == 0 || r.until < d.at {
			d = due(r.until, rankLift, id)
		}
	}
	return d
}

// decideRestrict limits a person or an account, or lifts that.
func (b *Book) decideRestrict(t *Batch, c *Restrict) (Reply, error) {
	g := c.Gate
	print := printOf(printRestrict, uint64(c.Person), uint64(c.Account), uint64(c.Until), uint64(g.Channel)|uint64(g.HorizonDays)<<16|uint64(g.MaxOpen)<<32)
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	switch {
	case (c.Person == 0) == (c.Account == 0):
		return Reply{}, badCommand("Person %d, Account %d: want exactly one", c.Person, c.Account)
	case c.Person != 0 && !b.known(t, PersonName, uint32(c.Person)):
		return Reply{}, badCommand("Person %d: not introduced", c.Person)
	case c.Account != 0 && !b.known(t, AccountName, uint32(c.Account)):
		return Reply{}, badCommand("Account %d: not introduced", c.Account)
	case !validInstant(c.Until):
		return Reply{}, badCommand("Until %d: want an instant before the year 10000, or 0 to lift", c.Until)
	case g.Channel != 0 && !b.known(t, ClassName, uint32(g.Channel)):
		return Reply{}, badCommand("Gate.Channel %d: not introduced", g.Channel)
	}
	e := b.event(HolderRestricted, &c.Meta)
	e.person, e.account, e.until, e.class = b.meant(c.Person), c.Account, c.Until, g.Channel
	e.extra, e.number = uint32(g.HorizonDays), uint32(g.MaxOpen)
	if c.Until <= c.At {
		e.until, e.extra, e.number = 0, 0, 0
	}
	t.add(e)
	return b.done(t, &c.Meta, print, 0, 0)
}

// decideLift ends the first of a holder's gates whose time has come.
func (b *Book) decideLift(t *Batch, c *Advance, d dueItem) {
	for r := b.first(b.holderOf(d.id())); r != nil; r = b.restrictionAt(r.next) {
		if r.session != 0 || r.until != d.at {
			continue
		}
		e := b.dueEvent(RestrictionEnded, c, d)
		if e.class = r.gate.Channel; d.id()%2 == 1 {
			e.account = Account(d.id() / 2)
		} else {
			e.person = Person(d.id() / 2)
		}
		t.add(e)
		return
	}
}

// knownHolder reports whether an event names exactly one person or account, who is known and was not merged into another.
func (b *Book) knownHolder(e *Event) bool {
	return (e.person == 0) != (e.account == 0) && (e.person == 0 || b.isHimself(e.person)) && uint32(e.account) <= uint32(len(b.accounts))
}

func (b *Book) applyRestricted(e *Event) bool {
	if !b.knownHolder(e) || int(e.class) > b.names[ClassName].len() || e.until == 0 && !e.Gate().Bars() || e.until != 0 && e.until <= e.at {
		return false
	}
	b.bind(liftID(e.person, e.account), restriction{until: e.until, gate: e.Gate()})
	b.retryHolder(e)
	return true
}

func (b *Book) applyRestrictionEnded(e *Event) bool {
	if !b.knownHolder(e) || e.due > e.at {
		return false
	}
	id := liftID(e.person, e.account)
	for r := b.first(b.holderOf(id)); r != nil; r = b.restrictionAt(r.next) {
		if r.session == 0 && r.gate.Channel == e.class && r.until == e.due {
			b.bind(id, restriction{gate: Gate{Channel: e.class}})
			b.retryHolder(e)
			return true
		}
	}
	return false
}

// Restrictions appends the gates that stand for a person and for an account (either may be zero), the person's first, each in order of
// channel. Cost: constant for whoever has none.
func (b *Book) Restrictions(dst []Restriction, p Person, a Account) []Restriction {
	for _, x := range [2]struct {
		holder
		Restriction
	}{{b.person(b.meant(p)), Restriction{Person: b.meant(p)}}, {b.account(a), Restriction{Account: a}}} {
		for r := b.first(&x.holder); r != nil && r.session == 0; r = b.restrictionAt(r.next) {
			x.Gate, x.Until = r.gate, r.until
			dst = append(dst, x.Restriction)
		}
	}
	return dst
}

// RestrictedUntil is until when a person may book nothing at all; zero for whoever may. Restrictions has the gates that leave something.
func (b *Book) RestrictedUntil(p Person) sl.Instant {
	h := b.person(b.meant(p))
	if r := b.first(&h); r != nil && r.session == 0 && r.gate == (Gate{}) {
		return r.until // without a channel it is the first
	}
	return 0
}

// walkRestrictions codes the gates of all persons, or of all accounts, in order of (handle, channel).
func walkRestrictions(c coder, b *Book, field string, k NameKind, holders *[]holder) {
	known := b.names[k].len()
	reading := len(*holders) == 0 && known > 0
	if reading {
		*holders = make([]holder, known)
	}
	var list []Restriction
	for i := range *holders {
		if (*holders)[i].restricted != 0 {
			list = b.restrictionsOf(list, k, uint32(i+1))
		}
	}
	n := c.list(field, len(list), most)
	if !reading && n != len(list) {
		c.fail("%s: %d of them, of nobody", field, n)
	}
	last := restriction{}
	for i := 0; i < n && c.fault() == nil; i++ {
		var x restriction
		handle := uint32(0)
		if !reading {
			x.gate, x.until = list[i].Gate, list[i].Until
			handle = uint32(list[i].Person) + uint32(list[i].Account)
		}
		c.object("")
		num(c, "handle", &handle)
		num(c, "channel", &x.gate.Channel)
		num(c, "horizonDays", &x.gate.HorizonDays)
		num(c, "mostOpen", &x.gate.MaxOpen)
		moment(c, "until", &x.until)
		x.session = Session(handle) // to compare (handle, channel)
		switch {
		case handle == 0 || handle > uint32(known) || i > 0 && !last.before(&x):
			c.fail("handle %d, channel %d: out of order or not introduced", handle, x.gate.Channel)
		case int(x.gate.Channel) > b.names[ClassName].len() || x.until == 0:
			c.fail("channel %d until %d: no such restriction", x.gate.Channel, x.until)
		case reading:
			b.bind(idOf(k, handle), restriction{until: x.until, gate: x.gate})
		}
		last = x
		c.end()
	}
	c.end()
}

func idOf(k NameKind, handle uint32) uint32 {
	if k == AccountName {
		return liftID(0, Account(handle))
	}
	return liftID(Person(handle), 0)
}

func (b *Book) restrictionsOf(dst []Restriction, k NameKind, handle uint32) []Restriction {
	if k == AccountName {
		return b.Restrictions(dst, 0, Account(handle))
	}
	return b.Restrictions(dst, Person(handle), 0)
}
