package bookingtest

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// closeMore has a closing close another session too, now and then, and gives it a plan: mostly a good one, sometimes an impossible or a malformed one.
func (m *machine) closeMore(t *rapid.T, c *booking.CloseSession) {
	if between(t, 0, 2, "several") == 0 {
		other := m.drawSlot(t).Session
		if other != c.Session && !m.model.gone(m.model.session(other)) || between(t, 0, 9, "any other") == 0 {
			c.And = append(c.And, other)
		}
	}
	if between(t, 0, 1, "planned") == 0 {
		return
	}
	for _, id := range m.model.AppointmentsIn(c.Session) {
		if between(t, 0, 3, "not planned") > 0 {
			c.Plan = append(c.Plan, booking.Placement{Appointment: id, Slot: m.drawSlot(t)})
		}
	}
	if between(t, 0, 1, "other way round") == 0 {
		slices.Reverse(c.Plan)
	}
	if between(t, 0, 9, "one too many") == 0 {
		c.Plan = append(c.Plan, booking.Placement{Appointment: m.appointment(t), Slot: m.drawSlot(t)})
	}
}

// substitute puts somebody else into a session, mostly one that has somebody in it, often of another grade.
func (m *machine) substitute(t *rapid.T) {
	var full []booking.Session
	for id := booking.Session(1); int(id) <= m.model.Sessions(); id++ {
		if !m.model.gone(m.model.session(id)) && len(m.model.affected(id)) > 0 {
			full = append(full, id)
		}
	}
	id := m.drawSlot(t).Session
	if len(full) > 0 && between(t, 0, 7, "any") > 0 {
		id = pick(t, full, "session with somebody in it")
	}
	s, meta := m.model.session(id), m.at(t)
	c := booking.Substitute{Meta: meta, Session: id, Resources: slices.Clone(s.Resources), Grade: pick(t, []sl.Grade{s.Grade, s.promised, sl.Resident, sl.Attending, sl.Chief}, "grade"),
		AnswerBy: meta.At + sl.Instant(pick(t, []int{3600, 86400, 60}, "answer by"))}
	if between(t, 0, 3, "same people") > 0 {
		c.Resources = []booking.Resource{booking.Resource(between(t, 1, worldResources, "resource"))}
	}
	if between(t, 0, 9, "without a deadline") == 0 {
		c.AnswerBy = 0
	}
	if between(t, 0, 19, "nobody") == 0 {
		c.Resources = []booking.Resource{worldResources + 1}
	}
	m.do(c)
	if between(t, 0, 3, "answers") > 0 {
		m.answer(t)
	}
}
