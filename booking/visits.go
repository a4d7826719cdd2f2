package booking

import "github.com/haoyuan-go/haoyuan/slots"

// What a person has open is asked for by every request of theirs: do the limits allow one more, can they be in two places? Their
// appointments lie wherever they were made, each a wait for memory; so the newest few that are open are kept together, by person,
// in one line of a processor's cache. They are made again from the list, never stored, and Check recounts them.

// visit is what judging asks of an open appointment: 32 bytes. Open is what bars the person from being elsewhere.
type visit struct {
	start      slots.Instant
	id         Appointment
	session    Session
	department Department
	service    Service
	date       slots.Date
	minutes    uint16
	kind       slots.Kind
	more       bool // of the last one kept: the person has further open visits, which only the list tells
}

// openVisits are a person's open visits, the newest first, as far as there is room: 64 bytes. The rest are zero.
type openVisits [2]visit

const lastVisit = len(openVisits{}) - 1

// open reports whether an appointment is one that its person has still to come to, or is at, with a number.
func (x *appointment) open() bool {
	return stateTable[x.state].place && x.flags&(appointmentNoUnit|appointmentReturn) == 0
}

// openOf are the open visits kept of a person, and whether they are all that there are.
func (b *Book) openOf(p Person) (visits []visit, whole bool) {
	if !b.visits.has(uint32(p)) {
		return nil, true
	}
	v := b.visits.at(uint32(p))
	n := 0
	for n < len(v) && v[n].id != 0 {
		n++
	}
	return v[:n], !v[lastVisit].more
}

func (b *Book) visitOf(id Appointment, x *appointment) visit {
	s := b.sessions.at(uint32(x.session))
	return visit{start: x.start, id: id, session: x.session, department: s.department, service: s.service, date: x.date,
		minutes: x.minutes, kind: s.kind}
}

// recall makes a person's open visits from their list. It is for whatever changes one in its place, or several at once. Cost: the
// list, up to one open visit more than are kept.
func (b *Book) recall(p Person) {
	v := b.visits.at(uint32(p))
	*v = openVisits{}
	n := 0
	for id := b.persons[p-1].head; id != 0; {
		x := b.appointments.at(uint32(id))
		if x.open() {
			if n > lastVisit {
				v[lastVisit].more = true
				return
			}
			v[n] = b.visitOf(id, x)
			n++
		}
		id = x.nextPerson
	}
}

// listPerson puts a new appointment at the head of its person's list. It reads no other appointment.
func (b *Book) listPerson(id Appointment, x *appointment) {
	h := &b.persons[x.person-1]
	x.nextPerson, h.head = h.head, id
	if x.open() {
		v := b.visits.at(uint32(x.person))
		more := v[lastVisit].id != 0
		copy(v[1:], v[:])
		v[0] = b.visitOf(id, x)
		v[lastVisit].more = more
	}
}

// unlistPerson takes an appointment off its person's list. The list has one direction, so that making appointments touches one
// less: what comes before is found from the head. Cost: the person's appointments made since.
func (b *Book) unlistPerson(id Appointment, x *appointment) {
	at := &b.persons[x.person-1].head
	for *at != id {
		at = &b.appointments.at(uint32(*at)).nextPerson
	}
	*at, x.nextPerson = x.nextPerson, 0
	b.endVisit(id, x)
}

// endVisit takes an appointment, which may be among them, off its person's open visits.
func (b *Book) endVisit(id Appointment, x *appointment) {
	v := b.visits.at(uint32(x.person))
	if v[lastVisit].more {
		b.recall(x.person)
		return
	}
	for i := range v {
		if v[i].id == id {
			copy(v[i:], v[i+1:])
			v[lastVisit] = visit{}
		}
	}
}

// forgetOf takes what is older than keep off a person's list, and off those of the accounts that it came through.
func (b *Book) forgetOf(p Person, keep slots.Date) {
	at := &b.persons[p-1].head
	for *at != 0 {
		id := *at
		x := b.appointments.at(uint32(id))
		if !x.date.Before(keep) {
			at = &x.nextPerson
			continue
		}
		*at, x.nextPerson = x.nextPerson, 0
		x.flags |= appointmentForgotten
		b.unlistAccount(id, x)
	}
	b.recall(p)
}

// differs reports that a limit's scope and what is kept of a visit rule out, without the visit's session being read, that the two
// agree. Where they may, agrees decides.
func (v *visit) differs(same Same, id Session, s *session) bool {
	return v.session != id && (same&SameSession != 0 || same&SameDay != 0 && v.date != s.date ||
		same&SameDepartment != 0 && v.department != s.department || same&SameService != 0 && v.service != s.service)
}

// countedOpen is counted for a limit on a person's open visits, of which all are kept.
func (b *Book) countedOpen(l *Limit, a *attempt, visits []visit, id Session, s *session) (count int32) {
	for i := range visits {
		v := &visits[i]
		if !v.differs(l.Same, id, s) && !a.absent(v.id) && b.agrees(l.Same, v.session, id, s) && (l.Kind == 0 || v.kind == l.Kind) {
			count++
		}
	}
	return count
}
