package booking

import (
	"bytes"
	"crypto/sha256"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Digest is SHA-256 over what the Book means, by external names and in their order: the sessions that are not retired with
// their slots and quotas, who has what in them, who is restricted, and who
// gave back what and must wait. Handles, ids, keys, counters and the clock are left
// out, so that two ways to the same situation give the same digest: booking and then cancelling, where no rule counts
// cancellations, leaves it as it was. Cost: a sort of everything; not for hot paths.
func (b *Book) Digest() [32]byte {
	h := sha256.New()
	ids := make([]Session, 0, b.sessions.len())
	for id := b.sessions.dropped + 1; b.sessions.has(id); id++ {
		if b.sessions.at(id).flags&sessionRetired == 0 {
			ids = append(ids, Session(id))
		}
	}
	slices.SortFunc(ids, func(x, y Session) int {
		return bytes.Compare(b.names[SessionName].bytes(uint32(x)), b.names[SessionName].bytes(uint32(y)))
	})
	var w binaryWriter
	for _, id := range ids {
		w.b = w.b[:0]
		b.describeSession(&w, id)
		h.Write(w.b)
	}
	for _, list := range []struct {
		kind    NameKind
		holders []holder
	}{{PersonName, b.persons}, {AccountName, b.accounts}} {
		var lines [][]byte
		for i, x := range list.holders {
			if x.restricted == 0 {
				continue
			}
			for _, r := range b.restrictionsOf(nil, list.kind, uint32(i+1)) {
				w.b = w.b[:0]
				w.name(b, list.kind, uint32(i+1))
				w.name(b, ClassName, uint32(r.Gate.Channel))
				w.put(uint64(r.Gate.HorizonDays), uint64(r.Gate.MaxOpen))
				w.instant("", r.Until)
				lines = append(lines, bytes.Clone(w.b))
			}
		}
		writeSorted(h.Write, lines)
	}
	b.describeGivenBack(h.Write)
	writeSorted(h.Write, b.describePeople())
	w.b = w.b[:0]
	b.describeWaitlist(&w)
	h.Write(w.b)
	var sum [32]byte
	h.Sum(sum[:0])
	return sum
}

// name writes a handle's name, or an empty one.
func (w *binaryWriter) name(b *Book, k NameKind, handle uint32) {
	text := b.names[k].bytes(handle)
	w.text("", text, MaxNameBytes)
}

// put writes plain numbers.
func (w *binaryWriter) put(numbers ...uint64) {
	for _, n := range numbers {
		w.b = appendNumber(w.b, n)
	}
}

func (b *Book) describeSession(w *binaryWriter, id Session) {
	s := b.sessions.at(uint32(id))
	w.name(b, SessionName, uint32(id))
	w.date("", s.date)
	for _, at := range []sl.Instant{s.start, s.release, s.close, s.cancelBy, s.end} {
		w.instant("", at)
	}
	w.put(uint64(s.flags&sessionStored), uint64(s.kind), uint64(s.grade), uint64(s.far.promised), uint64(s.minutes), uint64(s.leadMinutes), uint64(s.cancelLeadMinutes), uint64(s.addOnMax))
	w.name(b, DepartmentName, uint32(s.department))
	w.name(b, ServiceName, uint32(s.service))
	w.name(b, SiteName, uint32(s.site))
	b.describeEligibility(w, &s.far.eligible)
	resources := make([][]byte, 0, len(s.resources()))
	for _, r := range s.resources() {
		resources = append(resources, b.names[ResourceName].bytes(uint32(r)))
	}
	slices.SortFunc(resources, bytes.Compare)
	w.put(uint64(len(resources)))
	for _, r := range resources {
		w.text("", r, MaxNameBytes)
	}
	w.put(uint64(s.slotN))
	for _, x := range s.slots() {
		w.put(uint64(x.offsetMinutes), uint64(x.minutes), uint64(x.capacity), uint64(x.granted))
		w.name(b, ClassName, uint32(x.only))
	}
	lines := make([][]byte, 0, len(s.far.rests))
	for _, r := range s.far.rests {
		var x binaryWriter
		x.put(uint64(r.slot))
		x.instant("", r.until)
		lines = append(lines, x.b)
	}
	keep := func(p []byte) (int, error) { w.b = append(w.b, p...); return len(p), nil }
	writeSorted(keep, lines)
	w.put(uint64(s.quotaN))
	for i, q := range s.quotas() {
		w.name(b, ClassName, uint32(q.class))
		w.put(uint64(q.reserve), uint64(q.cap), uint64(q.flags))
		w.instant("", s.opens()[i])
		w.instant("", s.from(i))
	}
	ahead := s.far.reallocate[s.far.reallocated:]
	w.put(uint64(len(ahead)))
	for _, at := range ahead {
		w.instant("", at)
		w.instant("", s.far.out) // by which the rounds reckon
	}
	lines = nil
	for _, p := range s.far.pauses {
		var x binaryWriter
		x.instant("", p.Span.From())
		x.instant("", p.Span.To())
		x.name(b, ClassName, uint32(p.Class))
		lines = append(lines, x.b)
	}
	writeSorted(keep, lines)
	w.put(uint64(len(s.far.reminders)), uint64(s.far.reminded))
	for _, at := range s.far.reminders {
		w.instant("", at)
	}
	lines = nil
	b.inSession(id, func(_ Appointment, a *appointment) { lines = append(lines, b.describeAppointment(a)) })
	writeSorted(keep, lines)
}

func (b *Book) describeAppointment(a *appointment) []byte {
	var w binaryWriter
	w.put(uint64(a.slot), uint64(a.count), uint64(a.state), uint64(a.flags))
	w.name(b, PersonName, uint32(a.person))
	w.name(b, AccountName, uint32(a.account))
	w.name(b, ClassName, uint32(a.charge))
	w.name(b, ClassName, uint32(a.bear.c[0]))
	var others [][]byte
	for _, c := range a.bear.c[1:] {
		if c != 0 {
			others = append(others, b.names[ClassName].bytes(uint32(c)))
		}
	}
	slices.SortFunc(others, bytes.Compare)
	for _, c := range others {
		w.text("", c, MaxNameBytes)
	}
	w.instant("", a.until)
	w.name(b, SessionName, uint32(a.from.Session))
	w.put(uint64(a.from.N))
	b.describeFormer(&w, a.former)
	if a.linked != 0 {
		b.describeLinked(&w, a)
	}
	return w.b
}

// describeGivenBack writes who may not book the like of what yet.
func (b *Book) describeGivenBack(write func([]byte) (int, error)) {
	var lines [][]byte
	for i := range b.persons {
		if b.persons[i].restricted == 0 {
			continue
		}
		for _, x := range b.givenBack(nil, Person(i+1), 0) {
			var w binaryWriter
			w.name(b, PersonName, uint32(i+1))
			w.name(b, SessionName, uint32(x.Session))
			w.instant("", x.Until)
			lines = append(lines, w.b)
		}
	}
	writeSorted(write, lines)
}

// describeWaitlist writes the open entries in order of the line, (rank, entry).
func (b *Book) describeWaitlist(w *binaryWriter) {
	keys := make([]waitKey, 0, len(b.waiters))
	for _, x := range b.waiters {
		keys = append(keys, b.entries.at(uint32(x.entry)).key(x.entry))
	}
	slices.Sort(keys)
	w.put(uint64(len(keys)))
	for _, k := range keys {
		x := b.entries.at(uint32(k.entry()))
		assign := uint64(0)
		if x.assign {
			assign = 1
		}
		w.put(uint64(x.state), uint64(x.rank), assign, uint64(x.count), uint64(x.policy))
		w.name(b, PersonName, uint32(x.person))
		w.name(b, AccountName, uint32(x.account))
		w.name(b, ResourceName, uint32(x.resource))
		b.describeResources(w, &x.anyOf)
		w.put(uint64(x.weekdays))
		w.name(b, DepartmentName, uint32(x.department))
		w.name(b, ServiceName, uint32(x.service))
		for _, at := range []sl.Instant{x.from, x.until, x.dueBy} {
			w.instant("", at)
		}
		b.describeBearing(w, &x.bear)
	}
}

// describeBearing writes the channel, then the other classes in order of their names.
func (b *Book) describeBearing(w *binaryWriter, bear *Bearing) {
	w.name(b, ClassName, uint32(bear.c[0]))
	var others [][]byte
	for _, c := range bear.c[1:] {
		if c != 0 {
			others = append(others, b.names[ClassName].bytes(uint32(c)))
		}
	}
	slices.SortFunc(others, bytes.Compare)
	w.put(uint64(len(others)))
	for _, c := range others {
		w.text("", c, MaxNameBytes)
	}
}

// writeSorted writes the lines in order of their bytes, each with its length, after their number.
func writeSorted(write func([]byte) (int, error), lines [][]byte) {
	slices.SortFunc(lines, bytes.Compare)
	_, _ = write(appendNumber(nil, uint64(len(lines))))
	for _, l := range lines {
		_, _ = write(appendNumber(nil, uint64(len(l))))
		_, _ = write(l)
	}
}
