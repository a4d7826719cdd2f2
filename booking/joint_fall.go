package booking

import (
	"bytes"
	"slices"
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

// displaceRing displaces a joint clinic one of whose sessions closes: nobody is offered anything, and what was held is cancelled. It
// returns how many go beside the one in the session that closes. Their units in the other sessions are free for those who come after.
func (b *Book) displaceRing(t *Batch, c *CloseSession, id Appointment, x *appointment, legs *[]leg) int {
	e := b.event(OfferMade, &c.Meta)
	e.until = c.AnswerBy
	if x.state == Held {
		e = b.event(AppointmentCancelled, &c.Meta)
		e.flags = flagHospital
	}
	e.appointment = id
	t.add(e)
	*legs = append(*legs, leg{replaces: id})
	return b.eachLinked(id, x, func(other Appointment, _ *appointment) {
		e.appointment = other
		*legs = b.fall(t, &c.Meta, 0, e, *legs)
	})
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
