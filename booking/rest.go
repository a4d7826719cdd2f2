package booking

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Rest is what keeps a number from passing from one account to another by cancel-and-grab: a unit that is given back (退号)
// is nobody's for a while. It is counted apart, it is not room, and it comes out by itself: UnitReturned, in Advance. Rest binds
// everyone, whoever gave the number back included: a person who moves away and changes their mind waits like the rest.

// rest is one unit at rest.
type rest struct {
	until sl.Instant
	slot  uint16
}

func (r rest) compare(o rest) int {
	if r.until != o.until {
		return int(min(max(r.until-o.until, -1), 1))
	}
	return int(r.slot) - int(o.slot)
}

// rests reports whether numbers rest at all.
func (r *Rules) rests() bool { return r.RestSeconds|r.RestSpreadSeconds|r.RestTickSeconds != 0 }

// restSeconds is how long the numbers rest that an appointment gives back at an instant: RestSeconds and, on top, the first eight bytes
// of SHA-256 over the seed, the appointment's id in four bytes and the instant in eight (all little-endian), modulo one more than the
// spread. Without the seed nobody can tell it beforehand; with it everyone can check it. Cost: one hash where there is a spread.
func (r *Rules) restSeconds(id Appointment, since sl.Instant) int64 {
	if r.RestSpreadSeconds == 0 {
		return r.RestSeconds
	}
	var b [44]byte
	copy(b[:], r.RestSeed[:])
	binary.LittleEndian.PutUint32(b[32:], uint32(id))
	binary.LittleEndian.PutUint64(b[36:], uint64(since))
	sum := sha256.Sum256(b[:])
	return r.RestSeconds + int64(binary.LittleEndian.Uint64(sum[:8])%uint64(r.RestSpreadSeconds+1))
}

// restsFrom reports whether what an appointment gives back at an instant rests at all: at the very tick, or where nothing is drawn, it is free at once.
func (r *Rules) restsFrom(id Appointment, since sl.Instant) bool {
	return r.rests() && r.restUntil(id, since) > since
}

// rest supposes that what the attempt's appointment gives back, at its instant, is not free again where it rests: at most the quotas notice.
func (a *attempt) rest(b *Book) {
	resting := b.rules.restsFrom(a.without, a.at)
	for i := range a.legs {
		a.legs[i].resting = resting
	}
}

// restUntil is when those numbers come out again: once the rest is over, at the next tick.
func (r *Rules) restUntil(id Appointment, since sl.Instant) sl.Instant {
	until := int64(since) + r.restSeconds(id, since)
	if tick := r.RestTickSeconds; tick != 0 {
		if past := (until - r.RestTickOffsetSeconds) % tick; past > 0 {
			until += tick - past
		} else {
			until -= past // before 1970-01-01 and the offset
		}
	}
	return sl.Instant(until)
}

// restAll appends what rests once an appointment, as it was, has left. due is when that was due; zero: now.
func (b *Book) restAll(t *Batch, m *Meta, due sl.Instant, id Appointment, x *appointment) {
	b.restUnits(t, m, due, id, x, Slot{}, 0)
}

// restUnits does the same for one that has moved to another run, of count slots from now on: the slots of both it still has. Each unit rests from when it was given
// back (if that was due, from then, so that advancing late changes nothing) to the end of the rest, or to its slot's close for booking
// if that is sooner; what is past its close does not rest, nor does anything in a session that is over.
func (b *Book) restUnits(t *Batch, m *Meta, due sl.Instant, id Appointment, x *appointment, now Slot, count uint16) {
	if !b.rules.rests() || x.use() == usesNone {
		return
	}
	s := b.sessions.at(uint32(x.session))
	if s.flags&(sessionClosed|sessionEnded|sessionRetired) != 0 {
		return
	}
	since := due
	if since == 0 {
		since = m.At
	}
	until := b.rules.restUntil(id, since)
	for n := x.slot; n < x.slot+x.count; n++ {
		if now.Session == x.session && n >= now.N && n < now.N+count {
			continue
		}
		e := b.event(UnitRested, m)
		e.appointment, e.session, e.slot, e.count, e.due = id, x.session, n, 1, due
		e.until = min(until, s.slotClose(&s.slots()[n]))
		if e.until > since {
			t.add(e)
		}
	}
}

// restUnit does the same for one unit of a session that goes on, left now.
func (b *Book) restUnit(t *Batch, m *Meta, id Appointment, at Slot) {
	if !b.rules.rests() {
		return
	}
	s := b.sessions.at(uint32(at.Session))
	e := b.event(UnitRested, m)
	e.appointment, e.session, e.slot, e.count = id, at.Session, at.N, 1
	e.until = min(b.rules.restUntil(id, m.At), s.slotClose(&s.slots()[at.N]))
	if e.until > m.At {
		t.add(e)
	}
}

// applyRest puts a free unit to rest, or brings it out again.
func (b *Book) applyRest(e *Event) bool {
	if !b.hasRun(e) || e.count != 1 {
		return false
	}
	s := b.sessions.at(uint32(e.session))
	x := &s.slots()[e.slot]
	r := rest{e.until, e.slot}
	sign := 1
	if e.kind == UnitReturned {
		r.until, sign = e.due, -1
	}
	i, found := slices.BinarySearchFunc(s.far.rests, r, rest.compare)
	switch {
	case sign < 0 && (!found || i != 0), sign > 0 && (x.room(0) < 1 || e.until == 0):
		return false
	case sign > 0:
		s.far.rests = slices.Insert(s.far.rests, i, r)
	default:
		s.far.rests = slices.Delete(s.far.rests, 0, 1)
	}
	change := -x.room(0)
	x.resting = uint16(int(x.resting) + sign)
	b.addFree(e.session, s, change+x.room(0))
	b.dueSet(&s.dueAt, b.nextDue(e.session, s))
	if sign < 0 {
		b.changed(e.session, e)
	}
	return true
}

// wakeRests ends every rest in a session that is over: its units are closed, like the others.
func (s *session) wakeRests() {
	for _, r := range s.far.rests {
		x := &s.slots()[r.slot]
		s.free -= x.room(0)
		x.resting--
		s.free += x.room(0)
	}
	s.far.rests = nil
}

// countRests makes the slots' counters from the list, which a snapshot gave.
func (s *session) countRests() error {
	for i, r := range s.far.rests {
		if r.slot >= s.slotN || r.until <= 0 || s.flags&(sessionClosed|sessionEnded|sessionRetired) != 0 {
			return fmt.Errorf("unit at rest in slot %d until %d: the session has no such", r.slot, r.until)
		}
		if i > 0 && r.compare(s.far.rests[i-1]) < 0 {
			return errors.New("units at rest: out of order")
		}
		s.slots()[r.slot].resting++
	}
	return nil
}

// restingIn counts, for Check, the units of a slot that are listed as resting.
func (s *session) restingIn(n uint16) (units uint16) {
	for _, r := range s.far.rests {
		if r.slot == n {
			units++
		}
	}
	return units
}
