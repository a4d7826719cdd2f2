package booking

import (
	"bytes"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// eachLinked calls f for each of those that stand and fall with an appointment, itself left out, and returns how many they are. For one that stands
// by itself it costs one comparison.
func (b *Book) eachLinked(id Appointment, x *appointment, f func(Appointment, *appointment)) (n int) {
	for next := x.linked; next != 0 && next != id; n++ {
		y := b.appointments.at(uint32(next))
		f(next, y)
		next = y.linked
	}
	return n
}

// displaceRings displaces the joint clinics one of whose sessions closes, before anybody else: nobody is offered anything, and what was held is
// cancelled. Their units in the other sessions are free for those who come after. It returns how many of them are in sessions that do not close.
func (x *closer) displaceRings() (beside int) {
	b, t, c := x.book, x.batch, x.command
	var memory [MaxJoint]Appointment
	for _, id := range t.work.closing.affected {
		y := b.appointments.at(uint32(id))
		if y.linked == 0 || slices.Contains(x.done, id) {
			continue
		}
		e := b.event(OfferMade, &c.Meta)
		e.until = c.AnswerBy
		if y.state == Held {
			e = b.event(AppointmentCancelled, &c.Meta)
			e.flags = flagHospital
		}
		for _, other := range b.ring(memory[:0], id) {
			e.appointment = other
			if t.work.closing.displaces(other) {
				t.add(e)
				x.done = append(x.done, other)
				continue
			}
			t.work.legs = b.fall(t, &c.Meta, 0, e, t.work.legs)
			beside++
		}
	}
	x.done = x.done[:0]
	return beside
}

// endRing does to the others of a joint clinic what the end of a session has done to one, by the event e, and returns how many of them were missed.
func (b *Book) endRing(t *Batch, c *Advance, d dueItem, e Event, legs *[]leg) (missed int) {
	id := e.appointment
	b.eachLinked(id, b.appointments.at(uint32(id)), func(other Appointment, _ *appointment) {
		if e.appointment = other; e.kind == PatientMissed {
			t.add(e)
			missed++
			return
		}
		*legs = b.fall(t, &c.Meta, d.at, e, *legs)
	})
	return missed
}

// describeLinked writes, for the digest, in which sessions the others are, in order of their names.
func (b *Book) describeLinked(w *binaryWriter, a *appointment) {
	var names [][]byte
	last := a.linked
	for _, id := range b.ring(nil, last) {
		if y := b.appointments.at(uint32(id)); y != a {
			names = append(names, b.names[SessionName].bytes(uint32(y.session)))
		}
	}
	slices.SortFunc(names, bytes.Compare)
	w.put(uint64(len(names)))
	for _, name := range names {
		w.text("", name, MaxNameBytes)
	}
}

// fallen are the legs of the joint clinics that a closing takes out of sessions that do not close.
func (b *Book) fallen(t *Batch, at sl.Instant) []leg {
	legs := t.work.legs[:0]
	for _, id := range t.work.closing.affected {
		b.eachLinked(id, b.appointments.at(uint32(id)), func(other Appointment, y *appointment) {
			a := attempt{legs: legs}
			if !t.work.closing.displaces(other) && !a.replaced(other) {
				legs = append(legs, y.away(other, b.rules.restsFrom(other, at)))
			}
		})
	}
	return legs
}
