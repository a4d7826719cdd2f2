package bookingtest

import (
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// find returns an appointment that may still change, or why there is none.
func (m *Model) find(id booking.Appointment) (*visit, booking.Refusal) {
	if id == 0 || int(id) > len(m.visits) {
		return nil, booking.Refusal{Reason: booking.UnknownAppointment}
	}
	v := &m.visits[id-1]
	if m.session(v.slot.Session).retired {
		return nil, booking.Refusal{Reason: booking.SessionGone}
	}
	return v, booking.Refusal{}
}

// path is one of the arrows that package booking's comment draws.
func path(c booking.Command) (id booking.Appointment, from []booking.State, to booking.State) {
	switch c := c.(type) {
	case booking.Pay:
		return c.Appointment, []booking.State{booking.Held}, booking.Booked
	case booking.Confirm:
		return c.Appointment, []booking.State{booking.Booked}, booking.Confirmed
	case booking.CheckIn:
		return c.Appointment, []booking.State{booking.Booked, booking.Confirmed}, booking.CheckedIn
	case booking.Start:
		return c.Appointment, []booking.State{booking.CheckedIn}, booking.InConsultation
	case booking.Complete:
		return c.Appointment, []booking.State{booking.CheckedIn, booking.InConsultation}, booking.Fulfilled
	case booking.MarkNoShow:
		return c.Appointment, []booking.State{booking.Booked, booking.Confirmed}, booking.NoShow
	case booking.Void:
		return c.Appointment, []booking.State{booking.Held, booking.Booked, booking.Confirmed, booking.CheckedIn,
			booking.InConsultation, booking.Fulfilled, booking.Displaced, booking.NoShow, booking.Offered}, booking.EnteredInError
	}
	return 0, nil, 0
}

// step moves one appointment along one arrow.
func (m *Model) step(c booking.Command) (booking.Reply, error) {
	id, from, to := path(c)
	if to == 0 {
		return booking.Reply{}, booking.ErrCommand
	}
	v, r := m.find(id)
	switch {
	case v == nil:
		return refuse(r), nil
	case !slices.Contains(from, v.state) && !(to == booking.CheckedIn && v.asked()): // who comes accepts who is there
		return refuse(booking.Refusal{Reason: booking.IllegalState, State: v.state}), nil
	case to == booking.NoShow && metaOf(c).At < m.start(v):
		return refuse(booking.Refusal{Reason: booking.TooEarly, Until: m.start(v)}), nil
	case to == booking.EnteredInError:
		for _, id := range m.ring(id) {
			m.leave(id, to, metaOf(c).At)
		}
	default:
		for _, id := range m.ring(id) {
			v := &m.visits[id-1]
			v.state, v.until, v.consent = to, 0, false
			if _, pays := c.(booking.Pay); pays {
				m.withdraw(v.person, v.slot)
			}
		}
		if over(to) {
			m.retry(v.person, metaOf(c).At)
		}
	}
	return done(id, len(m.ring(id))), nil
}

// leave gives an appointment's unit back.
func (m *Model) leave(id booking.Appointment, to booking.State, at sl.Instant) {
	m.shorten(id, at)
	rests := m.restsOf(id, booking.Slot{}, at)
	m.visits[id-1].state, m.visits[id-1].until, m.visits[id-1].consent = to, 0, false
	m.putToRest(rests)
	if s := m.session(m.visits[id-1].slot.Session); !m.gone(s) {
		m.changed(m.visits[id-1].slot.Session, at)
	}
	m.retry(m.visits[id-1].person, at)
}

// shorten notes which reserves an appointment's leaving shortens.
func (m *Model) shorten(id booking.Appointment, at sl.Instant) {
	v := &m.visits[id-1]
	if m.unit(v) == "" {
		return
	}
	before, _ := m.effective(v.slot.Session, at, 0)
	was := m.session(v.slot.Session).rests
	m.putToRest(m.restsOf(id, booking.Slot{}, at)) // to see what that does
	after, _ := m.effective(v.slot.Session, at, id)
	m.session(v.slot.Session).rests = was
	m.noteShort(v.slot.Session, before, after, 0)
}

// cancel gives a number back for someone.
func (m *Model) cancel(c booking.Cancel) (booking.Reply, error) {
	if !c.By.IsValid() {
		return booking.Reply{}, booking.ErrCommand
	}
	v, r := m.find(c.Appointment)
	if v == nil {
		return refuse(r), nil
	}
	switch v.state {
	case booking.Held, booking.Booked, booking.Confirmed, booking.CheckedIn, booking.Displaced, booking.Offered:
	default:
		return refuse(booking.Refusal{Reason: booking.IllegalState, State: v.state}), nil
	}
	list := m.ring(c.Appointment)
	for _, id := range list {
		if v := &m.visits[id-1]; c.By == booking.ByPatient {
			if r := m.lateRefusal(v, c.At); r.Reason != 0 {
				return refuse(r), nil
			}
			m.late = m.late || m.isLate(v, c.At)
			m.gaveBack(v, c.At)
		}
	}
	for _, id := range list {
		m.leave(id, booking.Cancelled, c.At)
	}
	return done(c.Appointment, len(list)), nil
}

// deadline is the end of free cancellation.
func (m *Model) deadline(v *visit) sl.Instant {
	s := m.session(v.slot.Session)
	if s.CancelBy != 0 {
		return s.CancelBy
	}
	end := m.start(v)
	if s.Counted {
		end = s.ends()
	}
	return end - sl.Instant(s.CancelLeadMinutes)*60
}

func (m *Model) start(v *visit) sl.Instant {
	start, _ := m.session(v.slot.Session).time(v.slot.N, v.count)
	return start
}

// isLate: neither a hold nor what the hospital displaced has a deadline, and who is here is not late.
func (m *Model) isLate(v *visit, at sl.Instant) bool {
	return (v.state == booking.Booked || v.state == booking.Confirmed) && !v.moved && at >= m.deadline(v)
}

// timeIsOver is when a visit, had nobody come, is one that was missed.
func (m *Model) timeIsOver(v *visit) sl.Instant {
	s := m.session(v.slot.Session)
	if s.Counted {
		return s.ends()
	}
	start, minutes := s.time(v.slot.N, v.count)
	return start.AddMinutes(minutes)
}

func (m *Model) lateRefusal(v *visit, at sl.Instant) booking.Refusal {
	if m.rules.LateCancel == booking.LateRefused && m.isLate(v, at) {
		return booking.Refusal{Reason: booking.TooLate, Until: m.deadline(v)}
	}
	if over := m.timeIsOver(v); (v.state == booking.Booked || v.state == booking.Confirmed) && at >= over {
		return booking.Refusal{Reason: booking.TooLate, Until: over}
	}
	return booking.Refusal{}
}
