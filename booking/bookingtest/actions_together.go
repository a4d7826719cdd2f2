package bookingtest

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// drawAnyOf has a request be for any of one to three resources, now and then in one department only or on some weekdays.
func drawAnyOf(t *rapid.T, q *booking.Request) {
	list := rapid.Permutation([]booking.Resource{1, 2, 3}).Draw(t, "any of")
	q.AnyOf, _ = booking.NewResourceSet(list[:between(t, 1, 3, "how many of them")]...)
	q.Department = booking.Department(pick(t, []int{0, 0, 0, 1}, "any of department"))
	q.Weekdays = pick(t, []sl.Weekdays{0, 0, sl.WeekdaysOf(sl.Monday, sl.Wednesday), sl.WeekdaysOf(sl.Tuesday), sl.WeekdaysOf(sl.Tuesday, sl.Sunday)}, "weekdays")
	q.Resource = booking.Resource(pick(t, []int{0, 0, 0, 0, 0, 1}, "and this one"))
}

// drawSought draws a request of what is sought together: seldom of a named slot, seldom with a policy.
func (m *machine) drawSought(t *rapid.T) booking.Request {
	q := m.drawRequest(t)
	if q.Slot.IsValid() && between(t, 0, 3, "keeps its slot") > 0 {
		q.Slot, q.Policy = booking.Slot{}, 0
		q.Department = booking.Department(pick(t, []int{1, 1, 2}, "department"))
	}
	if q.Count > 1 && between(t, 0, 2, "so long") > 0 {
		q.Count = 1
	}
	if between(t, 0, 9, "policy all the same") > 0 {
		q.Policy = 0
	}
	return q
}

// drawFamily has a bundle be one of a family that comes together.
func (m *machine) drawFamily(t *rapid.T, c *booking.Bundle) {
	c.WithinMinutes = uint16(pick(t, []int{1, 15, 30, 60, 24 * 60}, "within"))
	for i := range c.Requests {
		c.Requests[i] = m.drawSought(t)
		c.Requests[i].Person = booking.Person((int(c.Requests[0].Person)+i-1)%worldPersons + 1)
	}
}

// joint draws one or two further physicians, mostly by what some session has that goes on at the same time.
func (m *machine) joint(t *rapid.T) {
	meta := m.at(t)
	c := booking.Joint{Meta: meta, As: pick(t, []booking.State{booking.Booked, booking.Booked, booking.Held}, "as"), Request: m.drawSought(t)}
	if between(t, 0, 3, "another session at that time") > 0 {
		if one, two := m.openBeside(t, meta); two != 0 && between(t, 0, 3, "these two") > 0 {
			c.Request.Slot = booking.Slot{Session: one, N: uint16(pick(t, []int{0, 0, 0, 1, 2}, "n"))}
			c.Request.Count, c.Request.Policy = 1, 0
			who := m.model.session(two).Resources[0]
			c.With = []booking.Leg{{Resource: who}}
			m.keyedDo(t, c)
			return
		}
	}
	for range pick(t, []int{1, 1, 1, 2}, "with") {
		l := booking.Leg{}
		switch between(t, 0, 4, "leg") {
		case 0:
			l.Slot = m.drawSlot(t)
		case 1:
			l.Resource = booking.Resource(between(t, 1, worldResources, "leg's resource"))
		case 2:
			l.AnyOf, _ = booking.NewResourceSet(1, 3)
		case 3:
			l.Service = booking.Service(pick(t, []int{1, 1, 2}, "leg's service"))
		default:
			l.Department = booking.Department(pick(t, []int{1, 1, 2, 3}, "leg's department"))
		}
		l.Count = pick(t, []uint16{0, 1, 1, 1, 2}, "leg's count")
		c.With = append(c.With, l)
	}
	m.keyedDo(t, c)
}

// openBeside opens a session at the time of another that is to come, if there are not too many, and returns both.
func (m *machine) openBeside(t *rapid.T, meta booking.Meta) (one, two booking.Session) {
	id := m.drawSlot(t).Session
	s := m.model.session(id)
	if s == nil || m.model.gone(s) || s.Start <= meta.At || m.model.going() >= worldSessions+2 || m.model.Sessions() >= 3*worldSessions {
		return 0, 0
	}
	o := s.Opening
	o.Slots, o.Quotas, o.Pauses = slices.Clone(o.Slots), slices.Clone(o.Quotas), nil
	o.Resources = []booking.Resource{booking.Resource(between(t, 1, worldResources, "beside it"))}
	o.Slots[0].Capacity++
	o.Release = 0
	m.names++
	m.do(booking.Open{Meta: meta, Name: fmt.Sprintf("session%d", m.names), Opening: o})
	m.catchUp(meta.At)
	return id, booking.Session(m.model.Sessions())
}

// series draws a short one.
func (m *machine) series(t *rapid.T) {
	meta := m.at(t)
	c := booking.Series{Meta: meta, As: pick(t, []booking.State{booking.Booked, booking.Held}, "as"), Request: m.drawSought(t),
		Visits: pick(t, []int{2, 2, 2, 3, 1}, "visits"), EveryDays: pick(t, []int{1, 1, 1, 2, 0}, "every")}
	c.WithinDays = pick(t, []int{0, 0, 1}, "days off")
	if between(t, 0, 3, "no window") > 0 {
		c.From, c.Until = 0, 0
	}
	m.keyedDo(t, c)
}

// drawRingMove draws where a joint clinic may go: to whom the appointment is with, on some other day for which the same sessions are opened.
func (m *machine) drawRingMove(t *rapid.T, meta booking.Meta, id booking.Appointment) booking.Request {
	where := m.model.visits[id-1].slot.Session
	s := m.model.session(where)
	if m.model.Sessions() < 4*worldSessions && between(t, 0, 2, "same sessions another day") > 0 {
		for _, other := range m.model.ring(id) {
			m.openAlike(meta, m.model.visits[other-1].slot.Session)
		}
		m.catchUp(meta.At)
	}
	q := booking.Request{Department: s.Department, Service: s.Service}
	q.AnyOf, _ = booking.NewResourceSet(s.Resources...)
	return q
}
