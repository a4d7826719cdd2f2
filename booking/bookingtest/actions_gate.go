package bookingtest

import (
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// restrict draws a gate of somebody who wants something, or of the account they come through, or lifts it; and often they ask at once.
func (m *machine) restrict(t *rapid.T) {
	c := booking.Restrict{Meta: m.at(t)}
	q := m.drawRequest(t)
	if q.Account != 0 && rapid.Bool().Draw(t, "account") {
		c.Account = q.Account
	} else {
		c.Person = q.Person
	}
	c.Gate.Channel = pick(t, []booking.Class{0, 0, 0, q.Bear.Channel(), q.Bear.Channel(), 1, 3}, "gate of")
	switch between(t, 0, 5, "gate") {
	case 0, 1:
		c.Gate.HorizonDays = uint16(pick(t, []int{1, 1, 1, 2}, "horizon"))
	case 2, 3:
		c.Gate.MaxOpen = uint16(pick(t, []int{1, 1, 2}, "most open"))
	case 4:
		c.Gate.HorizonDays, c.Gate.MaxOpen = 2, 2
	}
	if between(t, 0, 4, "lift") > 0 {
		c.Until = c.At + sl.Instant(pick(t, []int{600, 7200, 86400}, "until"))
	}
	if between(t, 0, 39, "misuse") == 0 {
		c.Gate.Channel = worldClasses + 1
	}
	m.do(c)
	if between(t, 0, 4, "asks") > 0 {
		m.do(booking.Take{Meta: c.Meta, Request: q})
	}
}

// askAgain has somebody who gave a number back ask for it, or for another one.
func (m *machine) askAgain(t *rapid.T, meta booking.Meta, id booking.Appointment) {
	v, ok := m.model.Appointment(id)
	if !ok || between(t, 0, 2, "asks again") == 0 {
		return
	}
	q := booking.Request{Person: v.Person, Slot: v.Slot}
	q.Bear, _ = booking.NewBearing(pick(t, []booking.Class{1, 2, 3, 3}, "as"))
	if between(t, 0, 2, "another") == 0 {
		q.Slot = m.drawSlot(t)
	}
	m.catchUp(meta.At) // whoever waits comes first
	m.do(booking.Take{Meta: meta, Request: q})
}

// drawGateRules draws the ways between the sites, and how long one waits after giving a number back.
func drawGateRules(t *rapid.T, r *booking.Rules) {
	if between(t, 0, 1, "ways") == 0 {
		r.Travel = []booking.Travel{{From: "site2", To: "site1", Minutes: pick(t, []int{0, 30, 120}, "way")}, {From: "site1", To: "nowhere", Minutes: 5}}
	}
	if between(t, 0, 1, "cooling") == 1 {
		r.Cooling = booking.Cooling{Seconds: pick(t, []int64{600, 7200, 86400}, "cooling off"),
			Same: pick(t, []booking.Same{0, booking.SameSession, booking.SameDay, booking.SameDepartment, booking.SameDay | booking.SameResource}, "the like")}
	}
}
