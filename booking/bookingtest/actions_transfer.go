package bookingtest

import (
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// transfer sends somebody who is here elsewhere, mostly on the same day; now and then somebody who is not here, or to another day.
func (m *machine) transfer(t *rapid.T) {
	id := m.live(t, booking.CheckedIn, booking.InConsultation)
	meta := m.at(t)
	c := booking.Transfer{Meta: meta, Appointment: id, Want: m.drawRequest(t), AddOn: between(t, 0, 2, "add on") == 0}
	if v, ok := m.model.Appointment(id); ok && between(t, 0, 3, "on the day") > 0 {
		var list []booking.Slot
		for id := booking.Session(1); int(id) <= m.model.Sessions(); id++ {
			s := m.model.session(id)
			for n := range s.Slots {
				if s.Date == v.Date && !m.model.gone(s) {
					list = append(list, booking.Slot{Session: id, N: uint16(n)})
				}
			}
		}
		if len(list) > 0 {
			c.Want.Slot = pick(t, list, "slot of the day")
		}
	}
	m.keyedDo(t, c)
}

// comeBack brings somebody back with results, mostly after a visit that is done, and mostly into a session of the same department.
func (m *machine) comeBack(t *rapid.T) {
	id := m.live(t, booking.Fulfilled)
	meta := m.at(t)
	c := booking.Return{Meta: meta, Appointment: id, Session: m.drawSlot(t).Session}
	if v, ok := m.model.Appointment(id); ok && v.Slot.IsValid() && between(t, 0, 3, "same department") > 0 {
		home := m.model.session(v.Slot.Session)
		var list []booking.Session
		for id := booking.Session(1); int(id) <= m.model.Sessions(); id++ {
			if s := m.model.session(id); s.Department == home.Department && !m.model.gone(s) {
				list = append(list, id)
			}
		}
		if len(list) > 0 {
			c.Session = pick(t, list, "session of the department")
		}
	}
	m.keyedDo(t, c)
}

// drawReminders draws none, or one or two instants before a session's start.
func drawReminders(t *rapid.T, now, start sl.Instant) (list []sl.Instant) {
	for _, label := range []string{"reminder", "second reminder"} {
		at := drawTime(t, label, now, start, 1)
		if at > 0 && (len(list) == 0 || at > list[0]) {
			list = append(list, at)
		}
	}
	return list
}
