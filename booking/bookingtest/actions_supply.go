package bookingtest

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// close closes a session, mostly one that has somebody in it, and often lets somebody answer at once.
func (m *machine) close(t *rapid.T) {
	var full []booking.Session
	for id := booking.Session(1); int(id) <= m.model.Sessions(); id++ {
		if !m.model.gone(m.model.session(id)) && len(m.model.affected(id)) > 0 {
			full = append(full, id)
		}
	}
	id := m.drawSlot(t).Session
	if between(t, 0, 7, "any") > 0 {
		if len(full) == 0 {
			t.Skip("closings end worlds")
		}
		id = pick(t, full, "session with somebody in it")
	}
	meta := m.at(t)
	if between(t, 0, 1, "another") == 0 {
		m.openAlike(meta, id)
	}
	c := booking.CloseSession{Meta: meta, Session: id, Move: between(t, 0, 2, "move") == 0,
		AnswerBy: meta.At + sl.Instant(pick(t, []int{2 * 86400, 2 * 86400, 3600, 60}, "answer by"))}
	c.Waitlist = between(t, 0, 2, "waitlist") == 0 && (m.rules.WaitlistPerPerson > 0 || between(t, 0, 3, "none") == 0)
	if between(t, 0, 7, "window") == 7 {
		c.From = meta.At + 3600
		c.Until = c.From + 86400
	}
	m.closeMore(t, &c)
	m.do(c)
	if between(t, 0, 3, "answers") > 0 {
		m.answer(t)
	}
}

// openAlike opens a session like another, on the first such day ahead, for offers to be of.
func (m *machine) openAlike(meta booking.Meta, id booking.Session) {
	o := m.model.session(id).Opening
	days := 1 + int(max(0, meta.At-o.Start)/86400)
	o.Date, o.Start = o.Date.AddDays(days), o.Start.AddMinutes(days*24*60)
	o.Slots, o.Resources, o.Quotas = slices.Clone(o.Slots), slices.Clone(o.Resources), nil
	o.Slots[0].Capacity++
	o.Release, o.Close, o.CancelBy, o.Pauses, o.Reallocate = 0, 0, 0, nil, nil
	if o.End != 0 {
		o.End = o.End.AddMinutes(days * 24 * 60)
	}
	m.names++
	m.do(booking.Open{Meta: meta, Name: fmt.Sprintf("session%d", m.names), Opening: o})
}

// answer answers an offer, mostly one of something, and mostly by accepting.
func (m *machine) answer(t *rapid.T) {
	id, meta := m.live(t, booking.Displaced, booking.Offered), m.at(t)
	for range 3 {
		if v, _ := m.model.Appointment(id); v.Slot.IsValid() && (v.State == booking.Displaced || v.State == booking.Offered) {
			break
		}
		id = m.live(t, booking.Displaced, booking.Offered)
	}
	m.do(booking.Answer{Meta: meta, Appointment: id, Accept: between(t, 0, 3, "accept") > 0})
}

func (m *machine) setQuota(t *rapid.T) {
	meta := m.at(t)
	id := m.drawSlot(t).Session
	lines := m.model.Quotas(id, meta.At)
	if len(lines) == 0 || between(t, 0, 7, "another line") == 7 {
		m.newQuota(t, meta, id)
		return
	}
	line := pick(t, lines, "line")
	for tries := 0; tries < 3 && line.Borne == 0; tries++ {
		line = pick(t, lines, "line instead")
	}
	q := line.Quota
	if between(t, 0, 3, "same") > 0 {
		q = drawQuota(t, line.Class, meta.At, meta.At+86400)
	}
	m.do(booking.SetQuota{Meta: meta, Session: id, Quota: q})
}

// newQuota gives a line to a class that may have none, or that nobody introduced.
func (m *machine) newQuota(t *rapid.T, meta booking.Meta, id booking.Session) {
	class := booking.Class(pick(t, []int{1, 2, 3, 4, 1, 2, 3, 4, worldClasses + 1}, "class"))
	m.do(booking.SetQuota{Meta: meta, Session: id, Quota: drawQuota(t, class, meta.At, meta.At+86400)})
}

func (m *machine) grant(t *rapid.T) {
	meta, at := m.at(t), m.drawSlot(t)
	if len(m.model.session(at.Session).Slots) <= int(at.N) {
		t.Skip("no such slot")
	}
	m.do(booking.Grant{Meta: meta, Slot: at, Units: uint16(between(t, 1, 2, "units"))})
}

// retire draws a date: mostly today or about it, seldom so far ahead that everything is forgotten.
func (m *machine) retire(t *rapid.T) {
	meta := m.at(t)
	days := pick(t, []int{-1, 0, 0, 0, 0, 0, 1, 2, 33, 40}, "days")
	if days > 0 && between(t, 0, 2, "far") > 0 {
		days = 0
	}
	m.do(booking.Retire{Meta: meta, Before: firstDay.AddDays(today(meta.At) + days)})
}

func (m *machine) openMore(t *rapid.T) {
	if m.model.going() >= worldSessions || m.model.Sessions() >= 3*worldSessions {
		t.Skip("enough sessions")
	}
	m.open(t, m.at(t))
}

// adopt gives both other rules; until they are adopted, nothing else is decided. What is due then may wait.
func (m *machine) adopt(t *rapid.T) {
	next := drawRules(t, m.rules.Version+1, m.rules.Policies[2:])
	meta := booking.Meta{At: m.stamp(t)}
	m.configure(t, next)
	m.do(booking.Take{Meta: booking.Meta{At: m.subject.Clock()}, Request: m.drawRequest(t)})
	m.do(booking.Adopt{Meta: meta})
	m.do(booking.Adopt{Meta: meta})
}

// advance lets time go by, with and without anything due.
func (m *machine) advance(t *rapid.T) {
	now := m.stamp(t)
	if rapid.Bool().Draw(t, "catch up") {
		m.lateEqualsOnTime(now)
		m.catchUp(now)
	}
	m.do(booking.Advance{Meta: booking.Meta{At: now}, Jump: rapid.Bool().Draw(t, "jump")})
}

// misuse makes the mistakes of a host or a caller.
func (m *machine) misuse(t *rapid.T) {
	clock := m.subject.Clock()
	q := m.drawRequest(t)
	switch between(t, 0, 5, "mistake") {
	case 0:
		m.do(booking.Take{Meta: booking.Meta{At: clock - 1}, Request: q})
	case 1:
		m.do(booking.Take{Meta: booking.Meta{At: clock + sl.Instant(m.rules.StepSeconds) + 1}, Request: q})
	case 2: // a second too late, or just in time
		if at, ok := m.model.Wake(); ok && at > clock && int64(at-clock) <= m.rules.StepSeconds {
			m.do(booking.Take{Meta: booking.Meta{At: at}, Request: q})
			m.do(booking.Take{Meta: booking.Meta{At: at - 1}, Request: q})
		}
	case 3:
		m.do(booking.Advance{Meta: booking.Meta{At: clock + sl.Instant(m.rules.StepSeconds) + 1}})
	case 4:
		q.Person = worldPersons + 1
		m.do(booking.Take{Meta: m.at(t), Request: q})
	case 5:
		m.do(booking.Introduce{Meta: m.at(t), Kind: booking.PersonName, Name: "person1"})
	}
}
