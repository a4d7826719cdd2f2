package booking

import "github.com/haoyuan-go/haoyuan/slots"

// Decisions wait for memory more than for anything else: a Book of a large hospital is far bigger than a processor's cache,
// and a request touches its key, its person, that person's last appointment, a session, its quotas and a slot, each somewhere
// else. Asked for one after another, as the rules come to them, these are as many waits in a row. The functions here ask
// for all at once, before the first is needed, so that the waits overlap: about a sixth of a request's time in a large Book. They decide nothing: their sum goes to the batch's
// working memory so that the compiler keeps the loads.

// fetchKey touches the key's place in the index.
func (b *Book) fetchKey(keyHash uint64) uint32 {
	if n := len(b.keys.index); n > 0 {
		return uint32(b.keys.index[newKeyTag(keyHash).home(uint64(n-1))])
	}
	return 0
}

// fetchPerson touches a person and their newest appointment.
func (b *Book) fetchPerson(p Person) uint32 {
	if h := b.person(p); h.head != 0 {
		return uint32(b.appointments.at(uint32(h.head)).session)
	}
	return 0
}

// fetchWanted touches the session that the request names, or the first one with room in which it will look.
func (b *Book) fetchWanted(q *Request, at slots.Instant) uint32 {
	if q.Slot.IsValid() {
		return b.fetchSession(q.Slot.Session, q.Slot.N)
	}
	l := b.lineFor(q)
	if l == nil {
		return 0
	}
	if next := l.nextOpen(l.reaching(max(q.From, at))); next < len(l.sessions) {
		return b.fetchSession(l.sessions[next], 0)
	}
	return 0
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
