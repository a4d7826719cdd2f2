package bookingtest

import (
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
)

// substitute changes who is there. A lower grade asks whoever has a number and is not here, unless their time is over; the grade that was promised, or a higher one,
// settles what was asked.
func (m *Model) substitute(c booking.Substitute) (booking.Reply, error) {
	s := m.session(c.Session)
	switch {
	case s == nil, c.AnswerBy != 0 && (c.AnswerBy <= c.At || c.AnswerBy > lastInstant), !c.Grade.IsValid(), len(c.Resources) > booking.MaxResources:
		return booking.Reply{}, booking.ErrCommand
	}
	for i, r := range c.Resources {
		if r == 0 || int(r) > len(m.names[booking.ResourceName]) || slices.Contains(c.Resources[:i], r) {
			return booking.Reply{}, booking.ErrCommand
		}
	}
	switch before := s.Grade; {
	case m.gone(s):
		return no(booking.SessionGone), nil
	case c.Grade < before && c.AnswerBy == 0:
		return booking.Reply{}, booking.ErrCommand
	case c.Grade == before && slices.Equal(slices.Sorted(slices.Values(c.Resources)), slices.Sorted(slices.Values(s.Resources))):
		return booking.Reply{Outcome: booking.Nothing}, nil
	}
	lower := c.Grade < s.Grade
	s.Resources, s.Grade = slices.Clone(c.Resources), c.Grade
	asked := 0
	for i := range m.visits {
		v := &m.visits[i]
		if v.slot.Session != c.Session || v.noUnit || v.ringSize > 0 {
			continue
		}
		over := m.timeIsOver(v)
		switch {
		case v.state != booking.Booked && v.state != booking.Confirmed && !v.asked():
		case lower && c.At < over:
			v.state, v.consent, v.moved, v.until, v.from = booking.Displaced, true, false, min(c.AnswerBy, over), v.slot
			asked++
		case v.asked() && !lower && c.Grade >= s.promised:
			v.state, v.consent, v.moved, v.until = booking.Booked, false, true, 0
		}
	}
	m.changed(c.Session, c.At)
	return done(0, asked), nil
}

// asked reports whether someone is asked whether a substitute will do, and has not answered.
func (v *visit) asked() bool { return v.consent && v.state == booking.Displaced }
