package bookingtest

import (
	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// retry has everything tried again that a person waits for, after something changed for them.
func (m *Model) retry(p booking.Person, at sl.Instant) {
	for i := range m.entries {
		if w := &m.entries[i]; w.want.Person == p {
			m.retryEntry(w, at)
		}
	}
}

// retryAccount does so for all who wait under an account.
func (m *Model) retryAccount(a booking.Account, at sl.Instant) {
	for i := range m.entries {
		if w := &m.entries[i]; w.want.Account == a {
			m.retryEntry(w, at)
		}
	}
}

// retryEntry has the line tried wherever there is room and what the entry asks for could be: part of the session is ahead, and in the window.
func (m *Model) retryEntry(w *waits, at sl.Instant) {
	if w.state != booking.Waiting {
		return
	}
	for i := range m.sessions {
		s := &m.sessions[i]
		free := 0
		for n := range s.Slots {
			free += m.room(booking.Slot{Session: booking.Session(i + 1), N: uint16(n)}, 0)
		}
		if free > 0 && m.standsFor(w, s) && s.ends() > at && s.ends() > w.want.From && (w.want.Until == 0 || s.Start < w.want.Until) {
			m.tryAt(s, at)
		}
	}
}
