package bookingtest

import (
	"cmp"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Reminded is a ReminderDue event that the Model expects. The last of a reminder names no appointment.
type Reminded struct {
	Session     booking.Session
	Appointment booking.Appointment
	Number      int
	Due         sl.Instant
}

// Reminded are the reminders that the last command gave, in order.
func (m *Model) Reminded() []Reminded { return m.reminded }

// pastReminders is how many of a session's reminders are past.
func (m *Model) pastReminders(s *supply, at sl.Instant) (n int) {
	for _, x := range s.Reminders {
		if x <= at {
			n++
		}
	}
	return n
}

// nextReminder is when a session reminds next; 0 for never.
func (s *supply) nextReminder() sl.Instant {
	if s.reminded == len(s.Reminders) {
		return 0
	}
	return s.Reminders[s.reminded]
}

// remind reminds everyone who has a number in a session, paid and not used.
func (m *Model) remind(id booking.Session) booking.Reply {
	s := m.session(id)
	due := s.nextReminder()
	s.reminded++
	for i := range m.visits {
		if v := &m.visits[i]; v.slot.Session == id && (v.state == booking.Booked || v.state == booking.Confirmed) {
			m.reminded = append(m.reminded, Reminded{id, booking.Appointment(i + 1), s.reminded, due})
		}
	}
	slices.SortStableFunc(m.reminded, func(a, b Reminded) int {
		return cmp.Compare(m.start(&m.visits[a.Appointment-1]), m.start(&m.visits[b.Appointment-1]))
	})
	n := len(m.reminded)
	m.reminded = append(m.reminded, Reminded{id, 0, s.reminded, due})
	return done(0, n)
}

// remindersOf are those that a batch says.
func remindersOf(t *booking.Batch) (list []Reminded) {
	for i := range t.Events() {
		if e := &t.Events()[i]; e.Kind() == booking.ReminderDue {
			list = append(list, Reminded{e.Session(), e.Appointment(), int(e.Number()), e.Due()})
		}
	}
	return list
}
