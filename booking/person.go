package booking

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Describe records what is known of a person: their date of birth and sex, each zero where it is not known. A later Describe replaces both; the
// same again is Nothing, and nothing known takes back what was.
//
// Both are personal data and stay in the log. A host that must not keep them there leaves Describe alone and states a class instead: requests
// of children bear "child", and sessions say SlotSpec.Only or Eligibility.Need.
type Describe struct {
	Meta
	Person Person
	// Born is not after the day of At, as far as it is that day anywhere (a day more than in UTC), and less than MaxAgeYears before.
	Born slots.Date
	Sex  Sex
}

// Merge says that two persons whom the log knows are one (合并档案). Into stays. What From has becomes Into's: appointments, open entries of the
// waitlist, restrictions (of two for one channel the one that bars, else the later), what they gave back, and what is known of the person, where Into's own is not. From afterwards means
// Into, in commands and in queries; Find still finds the name. Past decisions may now be over a limit, or in two places: Check lists them, and
// nothing is taken back. Where the two are one already, it is Nothing.
type Merge struct {
	Meta
	Into, From Person
}

func (Describe) command() {}
func (Merge) command()    {}

// facts are what is known of a person: the number of their date of birth, and their sex; 0 where it is not known.
type facts struct {
	born int32
	sex  Sex
}

func (f facts) bornOn() slots.Date { return slots.DateFromNumber(f.born) }

// alias is a person who was found to be another, who is no alias.
type alias struct{ from, into Person }

var errNotMerged = errors.New("merged into nobody, into themselves or into somebody merged, out of order, or with something left")

func (x alias) compare(p Person) int { return cmp.Compare(x.from, p) }

// meant is whom a handle stands for: another person, where they were merged. Where nobody ever was, it costs one comparison.
func (b *Book) meant(p Person) Person {
	if len(b.aliases) == 0 {
		return p
	}
	if i, found := slices.BinarySearchFunc(b.aliases, p, alias.compare); found {
		return b.aliases[i].into
	}
	return p
}

// isAlias reports whether a person was merged into another, so that nothing can be theirs any more.
func (b *Book) isAlias(p Person) bool { return b.meant(p) != p }

// mean puts in the persons that a request means.
func (b *Book) mean(q *Request) {
	if len(b.aliases) != 0 {
		q.Person, q.Booker = b.meant(q.Person), b.meant(q.Booker)
	}
}

// factsOf is what is known of a person.
func (b *Book) factsOf(p Person) facts {
	if p == 0 || int64(p) > int64(len(b.facts)) {
		return facts{}
	}
	return b.facts[p-1]
}

// setFacts records it. The list is as long as the highest handle of whom anything was ever known.
func (b *Book) setFacts(p Person, f facts) {
	if int64(p) > int64(len(b.facts)) {
		if f == (facts{}) {
			return
		}
		b.facts = append(b.facts, make([]facts, int(p)-len(b.facts))...)
	}
	b.facts[p-1] = f
}

// PersonView is what is known of a person.
type PersonView struct {
	// Person is whom the handle means: another one where two were merged.
	Person Person
	// Born and Sex are zero where they are not known.
	Born slots.Date
	Sex  Sex
}

// Person is what is known of a person; false for a handle that the log has not introduced.
func (b *Book) Person(p Person) (PersonView, bool) {
	if !b.known(nil, PersonName, uint32(p)) {
		return PersonView{}, false
	}
	p = b.meant(p)
	f := b.factsOf(p)
	return PersonView{Person: p, Born: f.bornOn(), Sex: f.sex}, true
}

func (b *Book) decideDescribe(t *Batch, c *Describe) (Reply, error) {
	print := printOf(printDescribe, uint64(c.Person), uint64(c.Born.Number()), uint64(c.Sex))
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	if err := b.checkDescribe(t, c); err != nil {
		return Reply{}, fmt.Errorf("%w: %w", ErrCommand, err)
	}
	p, f := b.meant(c.Person), facts{c.Born.Number(), c.Sex}
	if b.factsOf(p) == f {
		return Reply{Outcome: Nothing}, nil
	}
	e := b.event(PersonDescribed, &c.Meta)
	e.person, e.number, e.slot = p, uint32(f.born), uint16(f.sex)
	t.add(e)
	return b.done(t, &c.Meta, print, 0, 0)
}

func (b *Book) checkDescribe(t *Batch, c *Describe) error {
	var all []error
	if !b.known(t, PersonName, uint32(c.Person)) {
		all = append(all, fmt.Errorf("Person %d: not introduced", c.Person))
	}
	if c.Sex != 0 && !c.Sex.IsValid() {
		all = append(all, fmt.Errorf("Sex %v: want Female, Male or Unstated, or 0 for not known", c.Sex))
	}
	if c.Born.IsValid() {
		today := slots.DateOf(c.At, time.UTC).AddDays(1) // as far as it is anywhere
		if _, err := NewAge(c.Born, today); err != nil {
			all = append(all, fmt.Errorf("Born: %w", err))
		}
	}
	return errors.Join(all...)
}

func (b *Book) applyDescribed(e *Event) bool {
	f := facts{int32(e.number), Sex(e.slot)}
	if !b.isHimself(e.person) || e.account != 0 || e.slot > uint16(Unstated) || f.born != 0 && !f.bornOn().IsValid() {
		return false
	}
	b.setFacts(e.person, f)
	return true
}

// isHimself reports whether a person is known, and has not been merged into another.
func (b *Book) isHimself(p Person) bool {
	return p != 0 && int64(p) <= int64(len(b.persons)) && !b.isAlias(p)
}

func (b *Book) decideMerge(t *Batch, c *Merge) (Reply, error) {
	print := printOf(printMerge, uint64(c.Into), uint64(c.From))
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	switch {
	case !b.known(nil, PersonName, uint32(c.Into)):
		return Reply{}, badCommand("Into %d: not introduced", c.Into)
	case !b.known(nil, PersonName, uint32(c.From)):
		return Reply{}, badCommand("From %d: not introduced", c.From)
	case c.Into == c.From:
		return Reply{}, badCommand("From %d: the same as Into", c.From)
	}
	into, from := b.meant(c.Into), b.meant(c.From)
	if into == from {
		return Reply{Outcome: Nothing}, nil
	}
	e := b.event(PersonsMerged, &c.Meta)
	e.person, e.booker = into, from
	t.add(e)
	return b.done(t, &c.Meta, print, 0, 0)
}

// applyMerged makes all that counts of one person another's. What is over (cancelled appointments, entries that ended) keeps the handle it was
// made with, and is told as the other's. Cost: the appointments and entries of the two, and a pass over all who were ever merged.
func (b *Book) applyMerged(e *Event) bool {
	into, from := e.person, e.booker
	if !b.isHimself(into) || !b.isHimself(from) || into == from || e.account != 0 {
		return false
	}
	b.mergeAppointments(into, from)
	b.mergeEntries(into, from)
	b.mergeRestrictions(into, from)
	f, other := b.factsOf(into), b.factsOf(from)
	b.setFacts(into, facts{cmp.Or(f.born, other.born), cmp.Or(f.sex, other.sex)})
	b.setFacts(from, facts{})
	for i := range b.aliases {
		if b.aliases[i].into == from {
			b.aliases[i].into = into
		}
	}
	i, _ := slices.BinarySearchFunc(b.aliases, from, alias.compare)
	b.aliases = slices.Insert(b.aliases, i, alias{from, into})
	return true
}

// mergeAppointments puts two lists into one, newest first as each is.
func (b *Book) mergeAppointments(into, from Person) {
	a, c := b.persons[into-1].head, b.persons[from-1].head
	b.persons[from-1].head = 0
	at := &b.persons[into-1].head
	for a|c != 0 {
		next := &a
		if c > a {
			next = &c
		}
		x := b.appointments.at(uint32(*next))
		x.person, *at = into, *next
		*next, at = x.nextPerson, &x.nextPerson
	}
	b.recall(into)
	b.recall(from)
}

func (b *Book) mergeEntries(into, from Person) {
	theirs := slices.Clone(b.ofPerson(from))
	for _, w := range theirs {
		if i, found := slices.BinarySearchFunc(b.waiters, w, waiter.compare); found {
			b.waiters = slices.Delete(b.waiters, i, i+1)
		}
		w.person = into
		b.entries.at(uint32(w.entry)).person = into
		i, _ := slices.BinarySearchFunc(b.waiters, w, waiter.compare)
		b.waiters = slices.Insert(b.waiters, i, w)
	}
}

// mergeRestrictions makes one person's gates, and what they gave back, another's. Of two gates for one channel the one that bars stands, else the
// one that ends later, else Into's own; of two cooling-offs for one session, the later.
func (b *Book) mergeRestrictions(into, from Person) {
	theirs := []restriction{}
	for r := b.first(&b.persons[from-1]); r != nil; r = b.restrictionAt(r.next) {
		theirs = append(theirs, restriction{until: r.until, session: r.session, gate: r.gate})
	}
	for _, x := range theirs {
		b.bind(liftID(from, 0), restriction{session: x.session, gate: Gate{Channel: x.gate.Channel}})
		if !b.outdone(into, &x) {
			b.bind(liftID(into, 0), x)
		}
	}
}

// outdone reports whether a person has a record of the same session and channel that stands against another.
func (b *Book) outdone(p Person, x *restriction) bool {
	for r := b.first(&b.persons[p-1]); r != nil; r = b.restrictionAt(r.next) {
		if r.session == x.session && r.gate.Channel == x.gate.Channel {
			if r.session == 0 && r.gate.Bars() != x.gate.Bars() {
				return r.gate.Bars()
			}
			return r.until >= x.until
		}
	}
	return false
}

// Born is the date of birth that PersonDescribed records; zero for not known.
func (e *Event) Born() slots.Date {
	if e.kind != PersonDescribed {
		return slots.Date{}
	}
	return slots.DateFromNumber(int32(e.number))
}

// Sex is the sex that PersonDescribed records; zero for not known.
func (e *Event) Sex() Sex {
	if e.kind != PersonDescribed {
		return 0
	}
	return Sex(e.slot)
}

// Describe records what is known of a person, who is introduced if new: the date of birth and the sex, each zero where it is not known.
func (d *Desk) Describe(now slots.Instant, person string, born slots.Date, sex Sex) error {
	m, err := d.meta(now)
	if err != nil {
		return err
	}
	p, err := d.handle(m.At, PersonName, person)
	if err != nil {
		d.batch.Reset()
		return err
	}
	_, err = d.Do(Describe{m, Person(p), born, sex})
	return err
}

// Merge says that two persons whom the log knows are one: what from has is into's, and from means into.
func (d *Desk) Merge(now slots.Instant, into, from string) error {
	a, b := Person(d.book.Find(PersonName, into)), Person(d.book.Find(PersonName, from))
	if a == 0 || b == 0 {
		return badCommand("Into %q, From %q: want the names of two persons whom the log knows", into, from)
	}
	return d.step(now, func(m Meta) Command { return Merge{m, a, b} })
}

// walkPersonal codes what PersonDescribed says.
func walkPersonal(c coder, e *Event) {
	born, sex := slots.DateFromNumber(int32(e.number)), Sex(e.slot)
	day(c, "born", &born)
	num(c, "sex", &sex)
	e.number, e.slot = uint32(born.Number()), uint16(sex)
}

// walkPeople codes what is known of persons, for those of whom anything is, and who was found to be whom.
func walkPeople(c coder, b *Book) {
	reading := len(b.facts) == 0
	known := uint64(b.names[PersonName].len())
	n := 0
	for _, f := range b.facts {
		if f != (facts{}) {
			n++
		}
	}
	n = c.list("described", n, int(known))
	p := uint64(0)
	for i := 0; i < n && c.fault() == nil; i++ {
		last := p
		for p++; !reading && b.facts[p-1] == (facts{}); p++ {
		}
		c.object("")
		p = c.number("person", p, known)
		f := b.factsOf(Person(p))
		born := f.bornOn()
		day(c, "born", &born)
		num(c, "sex", &f.sex)
		f.born = born.Number()
		c.end()
		switch {
		case p <= last || f == (facts{}) || f.sex != 0 && !f.sex.IsValid():
			c.fail("described person %d: out of order, or nothing known", p)
		case reading && c.fault() == nil:
			b.setFacts(Person(p), f)
		}
	}
	c.end()
	n = c.list("merged", len(b.aliases), int(known))
	if n != len(b.aliases) {
		b.aliases = make([]alias, n)
	}
	for i := range b.aliases {
		c.object("")
		num(c, "from", &b.aliases[i].from)
		num(c, "into", &b.aliases[i].into)
		c.end()
	}
	c.end()
}

// rebuildPeople refuses aliases that no merging makes. It comes before everything that asks whom a handle means.
func (b *Book) rebuildPeople() error {
	for i, x := range b.aliases {
		if x.from == 0 || x.into == 0 || x.from == x.into || int64(max(x.from, x.into)) > int64(len(b.persons)) || i > 0 && b.aliases[i-1].from >= x.from {
			return fmt.Errorf("person %d: %w", x.from, errNotMerged)
		}
	}
	for _, x := range b.aliases {
		if b.isAlias(x.into) || b.person(x.from).restricted != 0 || b.factsOf(x.from) != (facts{}) {
			return fmt.Errorf("person %d: %w", x.from, errNotMerged)
		}
	}
	return nil
}

// people checks that nothing is left with who was merged into another.
func (c *checker) people() {
	b := c.b
	for _, x := range b.aliases {
		have := int64(len(b.ofPerson(x.from)))
		if b.persons[x.from-1].head != 0 || b.persons[x.from-1].restricted != 0 || b.factsOf(x.from) != (facts{}) || b.isAlias(x.into) {
			have++
		}
		c.broken(Finding{Law: "merged person", Want: 0, Have: have})
	}
}

// describePeople gives a line for each person of whom something is known, for the digest.
func (b *Book) describePeople() (lines [][]byte) {
	for i, f := range b.facts {
		if f != (facts{}) {
			var w binaryWriter
			w.name(b, PersonName, uint32(i+1))
			w.put(uint64(f.born), uint64(f.sex))
			lines = append(lines, w.b)
		}
	}
	return lines
}
