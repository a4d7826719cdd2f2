package booking

import (
	"fmt"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Cooling is what keeps numbers from being collected and given back (退号冷静期): for a while after a patient's own cancellation the
// person may not book the like. It begins when a patient gives back what is booked or confirmed; not with a hold, with what the hospital displaced
// or moved, nor with an offer that is declined. It binds the person's requests and holds through any account, and what they wait for, since an
// entry of the waitlist is judged like a request; not a move of what they have, an add-on by the staff, a request that bears a class in
// Rules.Exempt, nor what the hospital offers when it closes a session. It is over by itself, without an event.
type Cooling struct {
	// Seconds is for how long, 0 (not at all) to 30 days.
	Seconds int64
	// Same is what the like agrees in with what was given back; empty is everything.
	Same Same
}

func (x *Cooling) problems() (all []error) {
	if x.Seconds < 0 || x.Seconds > 30*86400 {
		all = append(all, fmt.Errorf("Cooling.Seconds %d: want 0 to %d", x.Seconds, 30*86400))
	}
	if x.Same&^allSame != 0 {
		all = append(all, fmt.Errorf("Cooling.Same %#x: unknown member", uint8(x.Same)))
	}
	if x.Seconds == 0 && x.Same != 0 {
		all = append(all, fmt.Errorf("Cooling.Same %#x: without Cooling.Seconds", uint8(x.Same)))
	}
	return all
}

// coolsUntil is until when whoever gives an appointment back at an instant must wait; 0 for not.
func (b *Book) coolsUntil(x *appointment, at sl.Instant) sl.Instant {
	if b.rules.Cooling.Seconds == 0 || x.state != Booked && x.state != Confirmed || x.flags&(appointmentMoved|appointmentReturn) != 0 {
		return 0
	}
	return at + sl.Instant(b.rules.Cooling.Seconds)
}

// applyCancelled frees a number, and notes until when its person must wait for the like.
func (b *Book) applyCancelled(e *Event) bool {
	if e.until == 0 {
		return b.applyState(e, Cancelled)
	}
	x, _ := b.appointment(e.appointment)
	if x == nil || e.flags&flagHospital != 0 || e.until <= e.at || x.state != Booked && x.state != Confirmed {
		return false
	}
	id := liftID(x.person, 0)
	cool := restriction{until: e.until, session: x.session}
	if !b.applyState(e, Cancelled) {
		return false
	}
	b.forgetCooling(id, func(r *restriction) bool { return r.until <= e.at })
	for r := b.first(b.holderOf(id)); r != nil; r = b.restrictionAt(r.next) {
		if r.session == cool.session {
			cool.until = max(cool.until, r.until)
		}
	}
	b.bind(id, cool)
	return true
}

// forgetCooling takes off what a person gave back, where past says so.
func (b *Book) forgetCooling(id uint32, past func(*restriction) bool) {
	h := b.holderOf(id)
	if r := b.first(h); r != nil {
		b.dueSet(&r.dueAt, dueItem{}) // it may be of a record that goes
	}
	for at := &h.restricted; *at != 0; {
		if r := b.restrictionAt(*at); r.session != 0 && past(r) {
			b.free(at)
		} else {
			at = &r.next
		}
	}
	b.dueLift(h, id)
}

// retireCooling forgets what was given back and is past, and what was given back in sessions that limits forget too.
func (b *Book) retireCooling(keep sl.Date, at sl.Instant) {
	for i := range b.persons {
		if b.persons[i].restricted != 0 {
			b.forgetCooling(liftID(Person(i+1), 0), func(r *restriction) bool {
				return r.until <= at || b.sessions.at(uint32(r.session)).date.Before(keep)
			})
		}
	}
}

// coolingAllows: whoever gave a number back may not book the like yet. Without a session it asks as if every one were the like.
func (b *Book) coolingAllows(a *attempt, id Session, s *session) bool {
	if a.addOn || a.without != 0 || b.rules.Cooling.Seconds == 0 {
		return true
	}
	until := sl.Instant(0)
	h := b.person(a.Person)
	for r := b.first(&h); r != nil; r = b.restrictionAt(r.next) {
		if r.session != 0 && r.until > a.at && b.agrees(b.rules.Cooling.Same, r.session, id, s) {
			until = max(until, r.until)
		}
	}
	return until == 0 || a.no(Refusal{Reason: CoolingOff, Until: until})
}

// GivenBack is a number that a person gave back, and until when they may not book the like.
type GivenBack struct {
	Session Session
	Until   sl.Instant
}

// GivenBack appends what a person gave back and must wait for, in order of session. Cost: constant for whoever gave nothing back.
func (b *Book) GivenBack(dst []GivenBack, p Person) []GivenBack {
	return b.givenBack(dst, b.meant(p), b.clock)
}

// givenBack is what was given back and is not over at an instant.
func (b *Book) givenBack(dst []GivenBack, p Person, at sl.Instant) []GivenBack {
	h := b.person(p)
	for r := b.first(&h); r != nil; r = b.restrictionAt(r.next) {
		if r.session != 0 && r.until > at {
			dst = append(dst, GivenBack{r.session, r.until})
		}
	}
	return dst
}

// walkCooling codes who gave back what, in order of (person, session): what is past, too, until it is forgotten, with the person's next or
// when days are retired. So neither the bytes nor the Digest change because a clock has moved.
func walkCooling(c coder, b *Book) {
	type cooled struct {
		person Person
		GivenBack
	}
	var list []cooled
	var own []GivenBack
	for i := range b.persons {
		if b.persons[i].restricted == 0 {
			continue
		}
		own = b.givenBack(own[:0], Person(i+1), 0)
		for _, x := range own {
			list = append(list, cooled{Person(i + 1), x})
		}
	}
	n := c.list("givenBack", len(list), most)
	reading := n > 0 && len(list) == 0
	var last cooled
	for i := 0; i < n && c.fault() == nil; i++ {
		var x cooled
		if !reading {
			x = list[i]
		}
		c.object("")
		num(c, "person", &x.person)
		num(c, "session", &x.Session)
		moment(c, "until", &x.Until)
		switch {
		case x.person == 0 || uint32(x.person) > uint32(len(b.persons)) || !b.sessions.has(uint32(x.Session)) || x.Until == 0:
			c.fail("person %d, session %d until %d: not introduced, or not there", x.person, x.Session, x.Until)
		case x.person < last.person || x.person == last.person && x.Session <= last.Session:
			c.fail("person %d, session %d: out of order", x.person, x.Session)
		case reading:
			b.bind(liftID(x.person, 0), restriction{until: x.Until, session: x.Session})
		}
		last = x
		c.end()
	}
	c.end()
}
