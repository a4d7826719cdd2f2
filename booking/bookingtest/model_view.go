package bookingtest

import (
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Appointments is how many appointments were ever made; ids run from 1.
func (m *Model) Appointments() int { return len(m.visits) }

// Sessions is how many sessions were ever opened; handles run from 1.
func (m *Model) Sessions() int { return len(m.sessions) }

// Appointment is what an appointment is now; false for one that was never made or is forgotten.
func (m *Model) Appointment(id booking.Appointment) (booking.Visit, bool) {
	if id == 0 || int(id) > len(m.visits) || m.forgotten(&m.visits[id-1]) {
		return booking.Visit{}, false
	}
	x := &m.visits[id-1]
	s := m.session(x.slot.Session)
	v := booking.Visit{Appointment: id, State: x.state, Person: x.person, Account: x.account, Booker: x.booker, Bear: x.bear,
		Slot: x.slot, Count: x.count, Date: s.Date, Class: x.class, Until: x.until, AddOn: x.addOn, Linked: m.linked(id), From: x.from,
		IsReturn: x.isReturn, Former: x.former, ReturnUntil: m.returnUntil(id)}
	v.Start, v.Minutes = s.time(x.slot.N, x.count)
	if x.noUnit {
		v.Slot = booking.Slot{}
	}
	return v, true
}

// Session is what a session is now. Of a retired one, only that it is.
func (m *Model) Session(id booking.Session) (booking.SessionView, bool) {
	s := m.session(id)
	if s == nil {
		return booking.SessionView{}, false
	}
	if s.retired {
		return booking.SessionView{Session: id, Retired: true}, true
	}
	v := booking.SessionView{Session: id, Date: s.Date, Start: s.Start, Minutes: int(s.ends()-s.Start) / 60,
		Department: s.Department, Service: s.Service, Site: s.Site, Kind: s.Kind, Grade: s.Grade, Slots: len(s.Slots), Counted: s.Counted,
		Released: s.released, Closed: s.closed, Ended: s.ended, AddOns: m.addOns(id, 0)}
	for n := range s.Slots {
		v.Free += m.room(booking.Slot{Session: id, N: uint16(n)}, 0)
	}
	return v, true
}

// Slot is what a slot is now; false for one that is not there.
func (m *Model) Slot(at booking.Slot) (booking.SlotView, bool) {
	s := m.session(at.Session)
	if s == nil || s.retired || int(at.N) >= len(s.Slots) {
		return booking.SlotView{}, false
	}
	v := booking.SlotView{Capacity: int(s.Slots[at.N].Capacity), Granted: s.granted[at.N], ClosesAt: s.closes(int(at.N)),
		Taken: m.used(at, "taken", 0), Held: m.used(at, "held", 0), Offered: m.used(at, "offered", 0), Room: m.room(at, 0),
		Resting: m.resting(at),
		Only:    s.Slots[at.N].Only}
	v.Start, v.Minutes = s.time(at.N, 1)
	return v, true
}

// Quotas are the lines of a session in rule order, as they stand at an instant.
func (m *Model) Quotas(id booking.Session, at sl.Instant) (list []booking.QuotaView) {
	s := m.session(id)
	if s == nil || s.retired {
		return nil
	}
	eff, _ := m.effective(id, at, 0)
	for i, q := range s.Quotas {
		list = append(list, booking.QuotaView{Quota: q, Opened: s.opened[i], Charged: m.charged(id, q.Class, 0),
			Borne: m.borne(id, q.Class, 0), Effective: eff[i]})
	}
	return list
}

// AppointmentsOf are the appointments of a person in a state that counts for limits, in order of id.
func (m *Model) AppointmentsOf(p booking.Person) (list []booking.Appointment) {
	p = m.meant(p)
	for i := range m.visits {
		if v := &m.visits[i]; v.person == p && m.counts(v) {
			list = append(list, booking.Appointment(i+1))
		}
	}
	return list
}

// AppointmentsIn are the appointments that a session carries, in order of time, then of id.
func (m *Model) AppointmentsIn(id booking.Session) (list []booking.Appointment) {
	for i := range m.visits {
		if v := &m.visits[i]; v.slot.Session == id && m.counts(v) {
			list = append(list, booking.Appointment(i+1))
		}
	}
	slices.SortStableFunc(list, func(a, b booking.Appointment) int { return int(m.visits[a-1].slot.N) - int(m.visits[b-1].slot.N) })
	return list
}
