package booking

import (
	"fmt"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Finding is something that Check found. A Broken finding is a defect: the Book's counters, lists or queue disagree with
// its appointments. The others report what a later cut, merge or change of rules has left over a limit.
type Finding struct {
	Broken bool
	// Law says what: "slot units", "resting units", "free room", "quota", "list", "visits of person", "due", "line", "times", "asks", "over capacity",
	// "over cap", "over limit", "two places", "slot of others", "not eligible", "merged person", "restrictions", "restriction order", "return", "waiter",
	// "waiters", "wait line", "wait lines", "wait line order", "linked".
	Law         string
	Session     Session
	Slot        uint16
	Appointment Appointment
	Class       Class
	Entry       Entry
	// Rule is 1 + the index in Rules.Limits (over limit).
	Rule       uint16
	Want, Have int64
}

// String describes the finding.
func (f Finding) String() string {
	kind := "over"
	if f.Broken {
		kind = "broken"
	}
	law := f.Law
	if f.Rule != 0 {
		law += fmt.Sprintf(" %d", f.Rule)
	}
	return fmt.Sprintf("%s: %s: session %d slot %d appointment %d class %d: want %d, have %d",
		kind, law, f.Session, f.Slot, f.Appointment, f.Class, f.Want, f.Have)
}

// Check recounts everything from the appointments and reports what disagrees, in the order of handles. It trusts no counter,
// list or index. For tests, and for a host that has just restored. Cost: a pass over the whole Book, and memory like it.
func (b *Book) Check() []Finding {
	c := checker{b: b}
	c.recount()
	c.sessions()
	c.holders()
	c.people()
	c.queue()
	c.linesAgree()
	c.overs()
	c.returns()
	return c.found
}

type checker struct {
	b         *Book
	found     []Finding
	units     [][]slot  // recounted, by session
	quotas    [][]quota // recounted, by session
	addOns    []int64
	inSession []int64
	ofPerson  []int64
	ofAccount []int64
}

func (c *checker) broken(f Finding) {
	if f.Want != f.Have {
		f.Broken = true
		c.found = append(c.found, f)
	}
}

// recount adds up, appointment by appointment, what the counters should say.
func (c *checker) recount() {
	b := c.b
	sessions := b.sessions.len()
	c.units, c.quotas = make([][]slot, sessions), make([][]quota, sessions)
	for i := range sessions {
		s := b.sessions.at(b.sessions.dropped + uint32(i) + 1)
		c.units[i], c.quotas[i] = make([]slot, s.slotN), make([]quota, s.quotaN)
	}
	c.addOns, c.inSession = make([]int64, sessions), make([]int64, sessions)
	c.ofPerson, c.ofAccount = make([]int64, len(b.persons)), make([]int64, len(b.accounts))
	for id := b.appointments.dropped + 1; id < b.appointments.next(); id++ {
		x := b.appointments.at(id)
		if x.flags&appointmentForgotten != 0 || !x.state.Occupies() {
			continue
		}
		n := x.session - 1 - Session(b.sessions.dropped)
		s := b.sessions.at(uint32(x.session))
		c.inSession[n]++
		c.ofPerson[x.person-1]++
		if x.account != 0 {
			c.ofAccount[x.account-1]++
		}
		switch {
		case s.flags&sessionRetired != 0 || x.flags&(appointmentNoUnit|appointmentReturn) != 0:
			continue
		case x.addOn():
			c.addOns[n]++
			continue
		}
		for k := range x.count {
			*c.units[n][x.slot+k].bucket(stateTable[x.state].unit)++
			if only := s.slots()[x.slot+k].only; only != 0 && !x.bear.Has(only) {
				c.found = append(c.found, Finding{Law: "slot of others", Session: x.session, Slot: x.slot + k, Appointment: Appointment(id),
					Class: only, Have: 1})
			}
		}
		for k := range int(s.quotaN) {
			q := &c.quotas[n][k]
			class := s.quotas()[k].class
			if x.bear.Has(class) {
				q.borne += x.count
			}
			if x.charge == class {
				q.charged += x.count
			}
		}
	}
}

func (c *checker) sessions() {
	b := c.b
	for i := range b.sessions.len() {
		id := Session(b.sessions.dropped + uint32(i) + 1)
		s := b.sessions.at(uint32(id))
		free := int64(0)
		for n, have := range s.slots() {
			want := c.units[i][n]
			f := Finding{Law: "slot units", Session: id, Slot: uint16(n)}
			for _, u := range []unitUse{usesTaken, usesHeld, usesOffered} {
				f.Want, f.Have = int64(*want.bucket(u)), int64(*have.bucket(u))
				c.broken(f)
			}
			want.capacity, want.granted, want.resting = have.capacity, have.granted, s.restingIn(uint16(n))
			f.Law, f.Want, f.Have = "resting units", int64(want.resting), int64(have.resting)
			c.broken(f)
			free += int64(want.room(0))
			if over := int64(want.occupied()) - int64(have.capacity) - int64(have.granted); over > 0 {
				c.found = append(c.found, Finding{Law: "over capacity", Session: id, Slot: uint16(n),
					Want: int64(have.capacity) + int64(have.granted), Have: int64(want.occupied())})
			}
		}
		c.broken(Finding{Law: "free room", Session: id, Want: free, Have: int64(s.free)})
		c.times(id, s)
		if s.flags&sessionRetired == 0 {
			c.broken(Finding{Law: "add-ons", Session: id, Want: c.addOns[i], Have: int64(s.addOns)})
		}
		for n, have := range s.quotas() {
			want := c.quotas[i][n]
			c.broken(Finding{Law: "quota charged", Session: id, Class: have.class, Want: int64(want.charged), Have: int64(have.charged)})
			c.broken(Finding{Law: "quota borne", Session: id, Class: have.class, Want: int64(want.borne), Have: int64(have.borne)})
			if have.capped() && want.borne > have.cap {
				c.found = append(c.found, Finding{Law: "over cap", Session: id, Class: have.class, Want: int64(have.cap), Have: int64(want.borne)})
			}
		}
		if s.flags&sessionRetired == 0 {
			have := int64(0)
			b.inSession(id, func(_ Appointment, x *appointment) {
				if x.session == id {
					have++
				}
			})
			c.broken(Finding{Law: "chains of session", Session: id, Want: c.inSession[i], Have: have})
		}
	}
}

// times checks that judging knows of the pauses and opening times that there are. Whether a booking was made within them is not
// recounted: appointments do not keep when they were made.
func (c *checker) times(id Session, s *session) {
	f := Finding{Law: "times", Session: id}
	if len(s.far.pauses) > 0 || slices.ContainsFunc(s.far.froms, func(at sl.Instant) bool { return at != 0 }) {
		f.Want = 1
	}
	if s.flags&sessionTimed != 0 {
		f.Have = 1
	}
	c.broken(f)
	f = Finding{Law: "asks", Session: id}
	if !s.far.eligible.IsAnyone() {
		f.Want = 1
	}
	if s.flags&sessionAsks != 0 {
		f.Have = 1
	}
	c.broken(f)
}

// onAccount counts an account's list, -1 for one that is broken.
func (c *checker) onAccount(head Appointment) (n int64) {
	last := Appointment(0)
	for id := head; id != 0; n++ {
		x := c.b.appointments.at(uint32(id))
		if x.prevAccount != last || n > int64(c.b.appointments.len()) {
			return -1
		}
		last, id = id, x.nextAccount
	}
	return n
}

// onPerson counts a person's list, -1 for one that is broken: it goes from newer to older.
func (c *checker) onPerson(p Person, head Appointment) (n int64) {
	last := Appointment(c.b.appointments.next())
	for id := head; id != 0; n++ {
		x := c.b.appointments.at(uint32(id))
		if id >= last || x.person != p {
			return -1
		}
		last, id = id, x.nextPerson
	}
	return n
}

func (c *checker) holders() {
	c.visits()
	for i, h := range c.b.persons {
		c.broken(Finding{Law: "list of person", Appointment: h.head, Want: c.ofPerson[i], Have: c.onPerson(Person(i+1), h.head)})
	}
	for i, h := range c.b.accounts {
		c.broken(Finding{Law: "list of account", Appointment: h.head, Want: c.ofAccount[i], Have: c.onAccount(h.head)})
	}
}

// visits checks what is kept of each person's open visits, made again from the appointments, the newest first.
func (c *checker) visits() {
	b := c.b
	want := make([]openVisits, len(b.persons))
	for id := b.appointments.last; id > b.appointments.dropped; id-- {
		x := b.appointments.at(id)
		if x.flags&(appointmentForgotten|appointmentNoUnit|appointmentReturn) != 0 || !x.state.Occupies() || x.state.IsTerminal() {
			continue
		}
		s, w := b.sessions.at(uint32(x.session)), &want[x.person-1]
		free := slices.IndexFunc(w[:], func(v visit) bool { return v.id == 0 })
		if free < 0 {
			w[len(w)-1].more = true
			continue
		}
		w[free] = visit{id: Appointment(id), session: x.session, start: x.start, minutes: x.minutes, date: s.date, department: s.department,
			service: s.service, kind: s.kind}
	}
	c.broken(Finding{Law: "visits of persons", Want: int64(len(want)), Have: int64(b.visits.len())})
	for i := range min(len(want), b.visits.len()) {
		for n, have := range b.visits.at(uint32(i + 1)) {
			if w := want[i][n]; have != w {
				f := Finding{Broken: true, Law: "visits of person", Appointment: w.id, Session: w.session, Want: int64(w.id), Have: int64(have.id)}
				c.found = append(c.found, f)
			}
		}
	}
}

// queue checks that what has a deadline, and nothing else, is in the due queue, once, in heap order.
func (c *checker) queue() {
	b := c.b
	want := 0
	check := func(place uint32, d dueItem, f Finding) {
		if d != (dueItem{}) {
			want++
			f.Want, f.Have = int64(d.at), 0
			if place != 0 && int(place) <= len(b.due.items) && b.due.items[place-1] == d {
				f.Have = int64(d.at)
			}
			c.broken(f)
		} else {
			f.Have = int64(place)
			c.broken(f)
		}
	}
	for i := range b.sessions.len() {
		id := Session(b.sessions.dropped + uint32(i) + 1)
		s := b.sessions.at(uint32(id))
		check(s.dueAt, b.nextDue(id, s), Finding{Law: "due", Session: id})
	}
	for id := Appointment(b.appointments.dropped) + 1; b.appointments.has(uint32(id)); id++ {
		x := b.appointments.at(uint32(id))
		if x.linked != 0 && !b.ringHolds(id) {
			c.broken(Finding{Law: "linked", Appointment: id, Want: 1})
		}
		d := dueItem{}
		if x.state == Held || x.state == Displaced || x.state == Offered {
			d = due(x.until, rankLapse, uint32(id))
		}
		check(x.dueAt, d, Finding{Law: "due", Appointment: id})
	}
	c.restrictions(check)
	c.waitlist(check)
	c.broken(Finding{Law: "due", Want: int64(want), Have: int64(len(b.due.items))})
	for i := range b.due.items {
		if i > 0 && b.due.items[i].before(b.due.items[(i-1)/4]) {
			c.broken(Finding{Law: "due order", Want: 0, Have: int64(i)})
		}
	}
}

// waitlist checks that every open entry, and no other, has its deadline in the due queue and is on its person's list.
func (c *checker) waitlist(check func(uint32, dueItem, Finding)) {
	b := c.b
	open := int64(0)
	for id := Entry(b.entries.dropped) + 1; b.entries.has(uint32(id)); id++ {
		x := b.entries.at(uint32(id))
		d := dueItem{}
		if x.state.IsOpen() {
			open++
			d = due(x.dueBy, rankExpire, uint32(id))
			c.broken(Finding{Law: "waiter", Entry: id, Want: 1, Have: int64(len(slices.DeleteFunc(slices.Clone(b.ofPerson(x.person)),
				func(w waiter) bool { return w.entry != id })))})
		}
		check(x.dueAt, d, Finding{Law: "due", Entry: id})
	}
	c.broken(Finding{Law: "waiters", Want: open, Have: int64(len(b.waiters))})
}

// waitLines checks that every entry that waits, and no other, stands in its line, and that the lines are in order.
func (c *checker) waitLines() {
	b := c.b
	want, have := int64(0), int64(0)
	for id := Entry(b.entries.dropped) + 1; b.entries.has(uint32(id)); id++ {
		if x := b.entries.at(uint32(id)); x.state == Waiting {
			b.linesOfEntry(x, func(l *line) {
				want++
				if _, found := slices.BinarySearch(l.waits, x.key(id)); !found {
					c.broken(Finding{Law: "wait line", Entry: id, Want: 1})
				}
			})
		}
	}
	for _, lines := range [][]line{b.byResource, b.byDepartment, b.byService} {
		for i := range lines {
			have += int64(len(lines[i].waits))
			if !slices.IsSorted(lines[i].waits) {
				c.broken(Finding{Law: "wait line order", Want: 1})
			}
		}
	}
	c.broken(Finding{Law: "wait lines", Want: want, Have: have})
}

// linesAgree checks that every session that is not retired stands in its lines with the right bit, and in no line of a resource that is not in it.
func (c *checker) linesAgree() {
	c.waitLines()
	b := c.b
	for r := range b.byResource {
		for _, id := range b.byResource[r].sessions {
			if s := b.sessions.at(uint32(id)); s.flags&sessionRetired == 0 && !slices.Contains(s.resources(), Resource(r+1)) {
				c.broken(Finding{Law: "line", Session: id, Have: 1})
			}
		}
	}
	for i := range b.sessions.len() {
		id := Session(b.sessions.dropped + uint32(i) + 1)
		s := b.sessions.at(uint32(id))
		if s.flags&sessionRetired != 0 {
			continue
		}
		want := int64(1)
		if s.bookable() && s.free > 0 {
			want = 2
		}
		b.lines(s, func(l *line) {
			f := Finding{Law: "line", Session: id, Want: want}
			if n := l.find(s.start, id); n < len(l.sessions) {
				f.Have = 1 + int64(l.open[n/64]>>(n%64)&1)
			}
			c.broken(f)
		})
	}
}

// overs reports the limits and whereabouts that today's rules would not allow: each appointment is judged against the
// earlier ones of its holder.
func (c *checker) overs() {
	b := c.b
	for id := Appointment(b.appointments.dropped) + 1; b.appointments.has(uint32(id)); id++ {
		x := b.appointments.at(uint32(id))
		if x.flags&appointmentForgotten != 0 || !x.state.Occupies() {
			continue
		}
		var memory [MaxJoint]Appointment
		together := memory[:0] // one visit, though several appointments
		if x.linked != 0 {
			together = b.ring(together, id)[1:]
		}
		for n := range b.rules.Limits {
			c.overLimit(id, x, uint16(n+1), together)
		}
		if x.state.IsTerminal() || x.flags&(appointmentNoUnit|appointmentReturn) != 0 || b.sessions.at(uint32(x.session)).flags&sessionRetired != 0 {
			continue
		}
		c.notEligible(id, x, b.sessions.at(uint32(x.session)))
		a := attempt{Request: Request{Person: x.person, Count: x.count}, without: id}
		for _, other := range together {
			a.legs = append(a.legs, leg{replaces: other})
		}
		if !b.placeAllows(&a, b.sessions.at(uint32(x.session)), x.slot) && a.refusal.Appointment < id {
			c.found = append(c.found, Finding{Law: "two places", Appointment: id, Session: x.session, Have: int64(a.refusal.Appointment)})
		}
	}
}

func (c *checker) overLimit(id Appointment, x *appointment, rule uint16, together []Appointment) {
	b := c.b
	l := &b.rules.Limits[rule-1]
	s := b.sessions.at(uint32(x.session))
	if !l.counts(x.state) || l.Who == PerAccount && x.account == 0 || l.Kind != 0 && l.Kind != s.kind {
		return
	}
	until := id // of holds, those that cannot be of one bundle with it
	if l.Of == UnpaidHolds {
		until = id - min(id, MaxBundle)
	}
	head := b.person(x.person).head
	if l.Who == PerAccount {
		head = b.account(x.account).head
	}
	have := int64(0)
	for y := head; y != 0; {
		z := b.appointments.at(uint32(y))
		if (y <= until || y == id) && !slices.Contains(together, y) && z.flags&(appointmentNoUnit|appointmentReturn) == 0 && l.counts(z.state) &&
			(l.Kind == 0 || b.sessions.at(uint32(z.session)).kind == l.Kind) && b.agrees(l.Same, z.session, x.session, s) {
			have++
		}
		if y = z.nextPerson; l.Who == PerAccount {
			y = z.nextAccount
		}
	}
	if have > int64(l.Max) {
		c.found = append(c.found, Finding{Law: "over limit", Rule: rule, Appointment: id, Session: x.session, Want: int64(l.Max), Have: have})
	}
}
