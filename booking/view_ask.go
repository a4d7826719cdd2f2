package booking

import (
	"cmp"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Filter is a policy's say over what a policy behind it may see: it judges the view's current session, and must be as pure as
// a policy. It may ask the view anything, and must not move it on.
type Filter interface {
	Admits(v *View) bool
}

// Filtered has p choose from the start of the same view, with the sessions left out that f does not admit. Filters nest.
// Cost: that of p, and one question to f a session.
func (v *View) Filtered(f Filter, p Policy) (Slot, bool) {
	v.filters = append(v.filters, f)
	v.Rewind()
	chosen, ok := p.Choose(v)
	v.filters = v.filters[:len(v.filters)-1]
	return chosen, ok
}

// admitted asks the filters. What a filter does to the view all the same is undone.
func (v *View) admitted() bool {
	filters, i, id, session, n, last := v.filters, v.i, v.id, v.session, v.n, v.last
	v.filters = nil
	admitted := true
	for _, f := range filters {
		admitted = admitted && f.Admits(v)
		v.i, v.id, v.session, v.n, v.last = i, id, session, n, last
	}
	v.filters = filters
	return admitted
}

// Before has p choose from the start of the same view, as if the request had asked for nothing that starts at until or later. A
// request that asks for less already is left as it is. Cost: that of p.
func (v *View) Before(until sl.Instant, p Policy) (Slot, bool) {
	was := v.attempt.Until
	if was == 0 || until < was {
		v.attempt.Until = until
	}
	v.Rewind()
	chosen, ok := p.Choose(v)
	v.attempt.Until = was
	return chosen, ok
}

// Name is the text of a handle, as Book.Name, but for names that the same batch brings too. It may allocate.
func (v *View) Name(k NameKind, handle uint32) string {
	if name := v.book.Name(k, handle); name != "" || v.attempt.batch == nil {
		return name
	}
	for t, i := v.attempt.batch, 0; i < len(t.events); i++ {
		if e := &t.events[i]; e.kind == Introduced && e.NameKind() == k && e.number == handle {
			return t.Text(e)
		}
	}
	return ""
}

// Date is the date of the current session; the zero date where there is none.
func (v *View) Date() (d sl.Date) {
	if v.session != nil {
		d = v.session.date
	}
	return d
}

// Resources appends the resources that a session occupies, in the order in which it was opened with them.
func (v *View) Resources(dst []Resource, id Session) []Resource { return v.book.Resources(dst, id) }

// Free is what the quota rule calls free in the current session, and the units of all its slots, overbooking included:
// both as the legs chosen already would have it. Cost: the session's slots.
func (v *View) Free() (free, units int) {
	if v.session == nil {
		return 0, 0
	}
	for i := range v.session.slots() {
		x := &v.session.slots()[i]
		units += int(x.capacity) + int(x.granted)
	}
	return int(v.book.freeAt(v.attempt, v.id, v.session)), units
}

// Room is the room of the n-th slot of the current session, as the legs chosen already would have it; 0 once it is closed for
// booking, or where there is none. Joined says that it begins when the slot before it ends.
func (v *View) Room(n int) (units int, joined bool) {
	if v.session == nil || n < 0 || n >= int(v.session.slotN) {
		return 0, false
	}
	run := v.session.slots()
	x := &run[n]
	joined = n > 0 && run[n-1].offsetMinutes+run[n-1].minutes == x.offsetMinutes
	if v.attempt.at >= v.session.slotClose(x) {
		return 0, joined
	}
	return int(x.room(v.attempt.unitsOn(v.id, uint16(n)))), joined
}

// MaxFormer bounds what a View tells of a person's other visits: the latest are told.
const MaxFormer = 8

// Former is another visit of the person who asks: one that was, or is to be.
type Former struct {
	Session Session
	Start   sl.Instant
}

type formerCache struct {
	known bool
	n     int
	list  [MaxFormer]Former
}

// Former appends the person's visits, the latest start first, at most MaxFormer of them: fulfilled, under way and to come, and those
// that earlier requests of the same bundle were given. Cancelled, lapsed and missed ones are not visits, nor is one of a session
// that is forgotten, nor the one that is being moved: whoever asks again is answered as if they had not asked before. Cost: once a decision, a pass over the person's own appointments, as the
// limits take it too.
func (v *View) Former(dst []Former) []Former {
	c := &v.formers
	if !c.known {
		c.known, c.n = true, 0
		b, a := v.book, v.attempt
		for id := b.person(a.Person).head; id != 0; {
			x := b.appointments.at(uint32(id))
			if x.state != NoShow && !a.absent(id) && b.sessions.has(uint32(x.session)) {
				c.note(Former{x.session, x.start})
			}
			id = x.nextPerson
		}
		for i := range a.legs {
			if l := &a.legs[i]; l.units > 0 && l.person == a.Person {
				c.note(Former{l.session, l.start})
			}
		}
	}
	return append(dst, c.list[:c.n]...)
}

// note keeps the latest, and of those that start together the session opened last.
func (c *formerCache) note(f Former) {
	at := c.n
	for at > 0 && (c.list[at-1].Start < f.Start || c.list[at-1].Start == f.Start && c.list[at-1].Session < f.Session) {
		at--
	}
	if at == MaxFormer {
		return
	}
	c.n = min(c.n+1, MaxFormer)
	copy(c.list[at+1:c.n], c.list[at:c.n-1])
	c.list[at] = f
}

// Recent appends the sessions of the n appointments made last among those that a session's department has on the session's
// date and that still occupy a unit, the last first: what earlier requests of the same bundle were given is the very last, what is
// being moved is left out, and so are add-ons. None where the session has no department. Cost: the department's appointments of
// that date, and a sort of them.
func (v *View) Recent(dst []Session, of Session, n int) []Session {
	b, a := v.book, v.attempt
	if !b.sessions.has(uint32(of)) || b.sessions.at(uint32(of)).department == 0 {
		return dst
	}
	like := b.sessions.at(uint32(of))
	d, date := like.department, like.date
	for i := len(a.legs) - 1; i >= 0 && n > 0; i-- {
		l := &a.legs[i]
		if s := b.sessions.at(uint32(l.session)); l.units > 0 && !l.addOn && s.department == d && s.date == date {
			dst, n = append(dst, l.session), n-1
		}
	}
	line := &b.byDepartment[d-1]
	const day = 24 * 3600
	v.ids = v.ids[:0]
	for i := line.seek(like.start - day); i < len(line.starts) && line.starts[i] <= like.start+day; i++ {
		if b.sessions.at(uint32(line.sessions[i])).date != date {
			continue
		}
		b.inSession(line.sessions[i], func(id Appointment, x *appointment) {
			if x.use() != usesNone && !a.absent(id) {
				v.ids = append(v.ids, id)
			}
		})
	}
	slices.SortFunc(v.ids, func(x, y Appointment) int { return cmp.Compare(y, x) })
	for _, id := range v.ids[:min(n, len(v.ids))] {
		dst = append(dst, b.appointments.at(uint32(id)).session)
	}
	return dst
}
