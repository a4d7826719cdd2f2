package booking

// snapshotVersion is the version of the binary and JSON forms of snapshots.
const snapshotVersion = 4

const most = 1<<31 - 1 // items in a list; the reader bounds it further by its input

// walkBook codes the Book's state: what events set, and nothing that can be made again from it.
func walkBook(c coder, b *Book) {
	version := uint64(snapshotVersion)
	c.object("")
	version = c.number("version", version, 1<<32)
	if version != snapshotVersion {
		c.fail("version %d: this reader knows %d", version, snapshotVersion)
		c.end()
		return
	}
	c.binary("rulesDigest", b.adopted[:])
	num(c, "rulesVersion", &b.adoptedVersion)
	moment(c, "clock", &b.clock)
	num(c, "events", &b.events)
	day(c, "retiredBefore", &b.retiredBefore)
	for k := PersonName; k.IsValid(); k++ {
		walkNames(c, nameKindNames[k]+"Names", &b.names[k])
	}
	walkRestrictions(c, b, "restrictedPersons", PersonName, &b.persons)
	for b.visits.len() < len(b.persons) {
		b.visits.add()
	}
	walkRestrictions(c, b, "restrictedAccounts", AccountName, &b.accounts)
	dropped := b.sessions.dropped
	dropped = uint32(c.number("sessionsDropped", uint64(dropped), most))
	n := c.list("sessions", b.sessions.len(), most)
	reading := b.sessions.len() == 0
	if reading {
		b.sessions.startAt(dropped)
		b.fars.startAt(dropped)
	}
	for i := 0; i < n && c.fault() == nil; i++ {
		if reading {
			b.addSession()
		}
		walkSession(c, b.sessions.at(dropped+uint32(i)+1), reading)
	}
	c.end()
	dropped = b.appointments.dropped
	dropped = uint32(c.number("appointmentsDropped", uint64(dropped), most))
	n = c.list("appointments", b.appointments.len(), most)
	reading = b.appointments.len() == 0
	if reading {
		b.appointments.startAt(dropped)
	}
	for i := 0; i < n && c.fault() == nil; i++ {
		if reading {
			b.appointments.add()
		}
		walkAppointment(c, b.appointments.at(dropped+uint32(i)+1))
	}
	c.end()
	walkEntries(c, b)
	walkPeople(c, b)
	walkCooling(c, b)
	walkKeys(c, &b.keys)
	c.end()
}

// walkNames codes a table of names in the order of their handles. A reader's are indexed when all are read.
func walkNames(c coder, kind string, t *nameTable) {
	n := c.list(kind, t.len(), most)
	reading := n > 0 && t.len() == 0
	for i := 0; i < n && c.fault() == nil; i++ {
		text := t.bytes(uint32(i + 1))
		text = c.text("", text, MaxNameBytes)
		if !reading {
			continue
		}
		if err := checkName(text); err != nil {
			c.fail("%v", err)
		}
		t.keep(text)
	}
	if reading {
		if twice := t.indexAll(); twice != 0 {
			c.fail("name %q twice", t.bytes(twice))
		}
	}
	c.end()
}

func walkSession(c coder, s *session, reading bool) {
	c.object("")
	day(c, "date", &s.date)
	moment(c, "start", &s.start)
	flags := s.flags & sessionStored
	num(c, "flags", &flags)
	s.flags = flags | s.flags&^sessionStored
	num(c, "kind", &s.kind)
	num(c, "grade", &s.grade)
	promised := s.promised()
	num(c, "promised", &promised)
	num(c, "department", &s.department)
	num(c, "service", &s.service)
	num(c, "site", &s.site)
	moment(c, "release", &s.release)
	moment(c, "close", &s.close)
	moment(c, "cancelBy", &s.cancelBy)
	moment(c, "end", &s.end)
	num(c, "leadMinutes", &s.leadMinutes)
	num(c, "cancelLeadMinutes", &s.cancelLeadMinutes)
	num(c, "minutes", &s.minutes)
	num(c, "addOns", &s.addOnMax)
	if reading {
		s.size(0, 0, 0)
		s.far.promised = promised
	}
	n := c.list("resources", len(s.resources()), MaxResources)
	if reading {
		s.sizeResources(n)
	}
	for i := range n {
		num(c, "", &s.far.resources[i])
	}
	c.end()
	n = c.list("slots", len(s.slots()), MaxSlots)
	if reading {
		s.sizeSlots(n)
	}
	for i := range n {
		x := &s.slots()[i]
		c.object("")
		num(c, "offsetMinutes", &x.offsetMinutes)
		num(c, "minutes", &x.minutes)
		num(c, "capacity", &x.capacity)
		num(c, "granted", &x.granted)
		num(c, "only", &x.only)
		c.end()
	}
	c.end()
	walkQuotas(c, s, reading)
	pauses := walkPauses(c, s.far.pauses)
	if reading {
		s.far.pauses = pauses
	}
	s.far.rests = walkRests(c, s.far.rests)
	walkEligibility(c, &s.far.eligible)
	s.far.reminders = walkMoments(c, "reminders", s.far.reminders, MaxReminders)
	num(c, "reminded", &s.far.reminded)
	s.far.reallocate = walkMoments(c, "reallocate", s.far.reallocate, MaxReallocations)
	num(c, "reallocated", &s.far.reallocated)
	moment(c, "out", &s.far.out)
	moment(c, "lookAt", &s.far.lookAt)
	c.end()
}

// walkRests codes the units at rest, in order of (until, slot); a reader's list is new.
func walkRests(c coder, list []rest) []rest {
	n := c.list("rests", len(list), MaxSessionUnits)
	if n != len(list) {
		list = make([]rest, n)
	}
	for i := range list {
		c.object("")
		num(c, "slot", &list[i].slot)
		moment(c, "until", &list[i].until)
		c.end()
	}
	c.end()
	return list
}

func walkQuotas(c coder, s *session, reading bool) {
	n := c.list("quotas", len(s.quotas()), MaxQuotas)
	if reading {
		s.sizeQuotas(n)
	}
	for i := range n {
		q := &s.quotas()[i]
		c.object("")
		num(c, "class", &q.class)
		num(c, "reserve", &q.reserve)
		num(c, "cap", &q.cap)
		num(c, "flags", &q.flags)
		moment(c, "openAt", &s.opens()[i])
		from := s.from(i)
		moment(c, "from", &from)
		if reading {
			s.setFrom(i, from)
		}
		c.end()
	}
	c.end()
}

func walkAppointment(c coder, x *appointment) {
	c.object("")
	num(c, "person", &x.person)
	num(c, "account", &x.account)
	num(c, "booker", &x.booker)
	walkBearing(c, &x.bear)
	enum(c, "state", &x.state, stateWords[:])
	num(c, "flags", &x.flags)
	num(c, "session", &x.session)
	num(c, "slot", &x.slot)
	num(c, "count", &x.count)
	num(c, "class", &x.charge)
	moment(c, "start", &x.start)
	num(c, "minutes", &x.minutes)
	day(c, "date", &x.date)
	moment(c, "until", &x.until)
	num(c, "fromSession", &x.from.Session)
	num(c, "fromSlot", &x.from.N)
	num(c, "linked", &x.linked)
	num(c, "former", &x.former)
	c.end()
}

var stateWords = func() (words [states]string) {
	for s := range words {
		words[s] = stateTable[s].name
	}
	return words
}()

func walkKeys(c coder, t *keyTable) {
	t.lifeSeconds = int64(c.number("keySeconds", uint64(t.lifeSeconds), 1<<32-1))
	epoch := t.epoch
	if t.len() == 0 {
		epoch = 0 // of records that are forgotten
	}
	moment(c, "keyEpoch", &epoch)
	t.epoch = epoch
	moment(c, "keysForgotten", &t.forgotten)
	n := c.list("keys", t.len(), most)
	if n == 0 && t.epoch != 0 {
		c.fail("keyEpoch %d: without keys", t.epoch)
	}
	reading := n > 0 && t.len() == 0
	for i := 0; i < n && c.fault() == nil; i++ {
		var r keyRecord
		if !reading {
			r = *t.at(t.first + uint64(i))
		}
		c.object("")
		c.binary("key", r.key[:])
		num(c, "caller", &r.caller)
		num(c, "fingerprintLow", &r.print[0])
		num(c, "fingerprintHigh", &r.print[1])
		num(c, "secondsSinceEpoch", &r.sinceEpoch)
		num(c, "appointment", &r.appointment)
		num(c, "count", &r.count)
		c.end()
		if reading {
			*t.append() = r
		}
	}
	if reading {
		if twice := t.indexAll(); twice != nil {
			c.fail("key %x twice", twice.key)
		}
	}
	c.end()
}
