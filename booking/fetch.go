package booking

// Decisions wait for memory more than for anything else: a Book of a large hospital is far bigger than a processor's cache,
// and a request touches its key, its person, that person's open visits, a session, its quotas and a slot, each somewhere
// else. Asked for one after another, as the rules come to them, these are as many waits in a row. The functions here ask
// for all at once, before the first is needed, so that the waits overlap: about a sixth of a request's time in a large Book. They
// decide nothing: their sum goes to the batch's working memory, or the Book's, so that the compiler keeps the loads. A struct that
// was written field by field is copied before they run, not after: such a copy waits until all that came before it is done.

// fetchKey touches the key's place in the index.
func (b *Book) fetchKey(keyHash uint64) uint32 {
	if n := len(b.keys.index); n > 0 {
		return uint32(b.keys.index[newKeyTag(keyHash).home(uint64(n-1))])
	}
	return 0
}

// fetchPerson touches a person and their open visits.
func (b *Book) fetchPerson(p Person) uint32 {
	if !b.visits.has(uint32(p)) {
		return 0
	}
	return uint32(b.visits.at(uint32(p))[0].id) + uint32(b.persons[p-1].head)
}

// fetchWanted touches the session that an attempt names, or opens the view and touches the first one with room in it.
func (b *Book) fetchWanted(t *Batch, a *attempt) uint32 {
	if a.Slot.IsValid() {
		return b.fetchSession(a.Slot.Session, a.Slot.N)
	}
	sum := uint32(0)
	if l := b.lineFor(&a.Request); l != nil {
		sum = l.fetch()
	}
	v := &t.work.view
	v.open(b, a)
	if next := v.nextIndex(); next < len(v.line.sessions) {
		sum += b.fetchSession(v.line.sessions[next], 0)
	}
	return sum
}

// fetch touches what a search of a physician's line will, up to sixty-four sessions: eight starts and sixteen handles are as many
// bytes as one wait brings.
func (l *line) fetch() (sum uint32) {
	for i := 0; i < min(len(l.starts), 64); i += 8 {
		sum += uint32(l.starts[i])
	}
	for i := 0; i < min(len(l.sessions), 64); i += 16 {
		sum += uint32(l.sessions[i])
	}
	if len(l.open) > 0 {
		sum += uint32(l.open[0])
	}
	return sum
}

// fetchSession touches a session where a booking of its slot n will: the lines of its record lie apart, but on one page.
func (b *Book) fetchSession(id Session, n uint16) uint32 {
	if !b.sessions.has(uint32(id)) {
		return 0
	}
	s := b.sessions.at(uint32(id))
	return uint32(s.free) + uint32(s.quotasHere[0].class) + uint32(s.quotasHere[5].class) + uint32(s.slotsHere[n%slotsHere].taken)
}

// fetchNames touches the places of the names that an ask looks up.
func (b *Book) fetchNames(a *Ask) uint32 {
	return b.names[PersonName].fetch(a.Person) + b.names[ClassName].fetch(a.Channel) +
		b.names[SessionName].fetch(a.Session) + b.names[ResourceName].fetch(a.Resource)
}

func (t *nameTable) fetch(name string) uint32 {
	if name == "" || len(t.index) == 0 {
		return 0
	}
	return t.index[nameTag(name)&uint32(len(t.index)-1)].tag
}

// aheadN is how many records of a long list are touched before the first of them is worked on: enough to overlap their waits, few
// enough that all of them stay in the nearest cache.
const aheadN = 16

// fetchSessions touches the records of a block of sessions, which Restore has just read, from one on.
func (b *Book) fetchSessions(first uint32) (sum uint32) {
	for id := first; id < first+aheadN && b.sessions.has(id); id++ {
		s := b.sessions.at(id)
		sum += uint32(s.free) + uint32(s.quotasHere[0].class) + uint32(s.quotasHere[5].class) + uint32(s.slotsHere[2].taken) +
			uint32(s.slotsHere[5].taken) + uint32(s.slotsHere[8].taken) + uint32(s.slotsHere[11].taken) + uint32(len(b.fars.at(id).opens))
	}
	return sum
}

// fetchAppointments touches what a block of appointments will change: sessions, persons, accounts.
func (b *Book) fetchAppointments(first uint32) (sum uint32) {
	for id := first; id < first+aheadN && b.appointments.has(id); id++ {
		x := b.appointments.at(id)
		sum += b.fetchSession(x.session, x.slot) + b.fetchPerson(x.person) + uint32(b.account(x.account).head)
	}
	return sum
}
