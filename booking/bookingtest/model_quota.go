package bookingtest

import (
	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// unit says which of held, offered and taken an appointment's units are; "" where it has none in the slots.
func (m *Model) unit(v *visit) string {
	if v.addOn || v.noUnit || v.isReturn || !m.counts(v) {
		return ""
	}
	switch v.state {
	case booking.Held:
		return "held"
	case booking.Displaced, booking.Offered:
		return "offered"
	}
	return "taken"
}

// used counts a slot's units of one kind, or of every kind for "".
func (m *Model) used(at booking.Slot, kind string, without booking.Appointment) (units int) {
	for i := range m.visits {
		v := &m.visits[i]
		unit := m.unit(v)
		if unit == "" || kind != "" && unit != kind || booking.Appointment(i+1) == without || v.slot.Session != at.Session {
			continue
		}
		if at.N >= v.slot.N && int(at.N) < int(v.slot.N)+v.count {
			units++
		}
	}
	return units
}

// room is max(0, capacity + granted − occupied), in a session whose numbers are out and that is not gone.
func (m *Model) room(at booking.Slot, without booking.Appointment) int {
	s := m.session(at.Session)
	if !s.released || m.gone(s) {
		return 0
	}
	return max(0, int(s.Slots[at.N].Capacity)+s.granted[at.N]-m.used(at, "", without)-m.resting(at))
}

// resting counts a slot's units at rest.
func (m *Model) resting(at booking.Slot) (units int) {
	for _, r := range m.session(at.Session).rests {
		if r.n == at.N {
			units++
		}
	}
	return units
}

// free is the room over a session's slots that are not past their booking close.
func (m *Model) free(id booking.Session, at sl.Instant, without booking.Appointment) (units int) {
	s := m.session(id)
	if m.gone(s) {
		return 0
	}
	for n := range s.Slots {
		if at < s.closes(n) || m.transferring && at < s.over(n) {
			units += m.room(booking.Slot{Session: id, N: uint16(n)}, without)
		}
	}
	return units
}

// charged and borne count a class's units in a session.
func (m *Model) charged(id booking.Session, c booking.Class, without booking.Appointment) (units int) {
	for i := range m.visits {
		if v := &m.visits[i]; booking.Appointment(i+1) != without && m.unit(v) != "" && v.slot.Session == id && v.class == c {
			units += v.count
		}
	}
	return units
}

func (m *Model) borne(id booking.Session, c booking.Class, without booking.Appointment) (units int) {
	for i := range m.visits {
		if v := &m.visits[i]; booking.Appointment(i+1) != without && m.unit(v) != "" && v.slot.Session == id && v.bear.Has(c) {
			units += v.count
		}
	}
	return units
}

// addOns counts a session's add-ons.
func (m *Model) addOns(id booking.Session, without booking.Appointment) (n int) {
	for i := range m.visits {
		if v := &m.visits[i]; v.addOn && m.counts(v) && v.slot.Session == id && booking.Appointment(i+1) != without {
			n++
		}
	}
	return n
}

// inForce: a cap that lifts is gone once its reserve is everyone's.
func inForce(q booking.Quota, opened bool) bool { return q.Capped && (!q.CapLifts || !opened) }

// effective is eff of each of a session's quotas, in rule order, and what is left in common.
func (m *Model) effective(id booking.Session, at sl.Instant, without booking.Appointment) (eff []int, common int) {
	s := m.session(id)
	common = m.free(id, at, without)
	for i, q := range s.Quotas {
		due := 0
		if !s.opened[i] {
			due = int(q.Reserve) - m.charged(id, q.Class, without)
			if q.Capped {
				due = min(due, int(q.Cap)-m.borne(id, q.Class, without))
			}
		}
		e := min(max(0, due), common)
		eff = append(eff, e)
		common -= e
	}
	return eff, common
}

// judgeQuotas is the quota rule: every cap kept, and for some class borne, or for none where the session names none of
// them, what is common together with its own reserve suffices.
func (m *Model) judgeQuotas(w *wish, id booking.Session) (booking.Class, booking.Refusal) {
	s := m.session(id)
	units := int(w.Count)
	for i, q := range s.Quotas {
		if w.Bear.Has(q.Class) && inForce(q, s.opened[i]) && m.borne(id, q.Class, w.without)+units > int(q.Cap) {
			r := booking.Refusal{Reason: booking.CapReached, Class: q.Class, Limit: int32(q.Cap)}
			if q.CapLifts {
				r.Until = q.OpenAt
			}
			return 0, r
		}
	}
	eff, common := m.effective(id, w.at, w.without)
	named := false
	for i, q := range s.Quotas {
		if w.Bear.Has(q.Class) {
			named = true
			if eff[i] >= units {
				return q.Class, booking.Refusal{}
			}
		}
	}
	for i, q := range s.Quotas {
		if w.Bear.Has(q.Class) && common+eff[i] >= units {
			return q.Class, booking.Refusal{}
		}
	}
	if !named && common >= units {
		return w.Bear.Channel(), booking.Refusal{}
	}
	r := booking.Refusal{Reason: booking.ReservedForOthers}
	for i, q := range s.Quotas {
		if eff[i] > 0 && !w.Bear.Has(q.Class) {
			if r.Class == 0 {
				r.Class = q.Class
			}
			if q.OpenAt != 0 && (r.Until == 0 || q.OpenAt < r.Until) {
				r.Until = q.OpenAt
			}
		}
	}
	return 0, r
}

// noteClosing records that every class loses what is still kept for it in a session.
func (m *Model) noteClosing(id booking.Session, at sl.Instant) {
	kept, _ := m.effective(id, at, 0)
	m.noteShort(id, kept, make([]int, len(kept)), 0)
}

// noteShort records what a change takes from the effective reserves of a session; own is the class whose doing it was.
func (m *Model) noteShort(id booking.Session, before, after []int, own booking.Class) {
	s := m.session(id)
	if !s.released || m.gone(s) {
		return
	}
	for i, q := range s.Quotas {
		if after[i] < before[i] && q.Class != own {
			m.shorts = append(m.shorts, Short{id, q.Class, before[i] - after[i]})
		}
	}
}
