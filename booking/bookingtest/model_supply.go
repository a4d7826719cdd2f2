package bookingtest

import (
	"slices"
	"time"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// introduce gives a name the next handle of its kind.
func (m *Model) introduce(c booking.Introduce) (booking.Reply, error) {
	switch {
	case !c.Kind.IsValid() || c.Kind == booking.SessionName || len(c.Name) < 1 || len(c.Name) > booking.MaxNameBytes:
		return booking.Reply{}, booking.ErrCommand
	case slices.Contains(m.names[c.Kind], c.Name):
		return booking.Reply{Outcome: booking.Nothing}, nil
	}
	m.names[c.Kind] = append(m.names[c.Kind], c.Name)
	return done(0, 0), nil
}

// open adds a session. What makes an opening malformed is booking's own tests' concern; the Model expects a good one.
func (m *Model) open(c booking.Open) (booking.Reply, error) {
	switch {
	case slices.Contains(m.names[booking.SessionName], c.Name):
		return no(booking.AlreadyOpen), nil
	case c.Date.Before(m.retiredBefore):
		return no(booking.SessionGone), nil
	}
	m.names[booking.SessionName] = append(m.names[booking.SessionName], c.Name)
	s := supply{Opening: c.Opening, released: c.Release <= c.At, promised: c.Grade}
	s.Slots, s.Resources, s.Quotas = slices.Clone(c.Slots), slices.Clone(c.Resources), slices.Clone(c.Quotas)
	s.Pauses, s.Reallocate = slices.Clone(c.Pauses), slices.Clone(c.Reallocate)
	s.reminded = m.pastReminders(&s, c.At)
	s.granted, s.opened = make([]int, len(s.Slots)), make([]bool, len(s.Quotas))
	m.sessions = append(m.sessions, s)
	if s.released {
		m.sessions[len(m.sessions)-1].out = c.At
		m.changed(booking.Session(len(m.sessions)), c.At)
	}
	return done(0, 0), nil
}

// setQuota gives a class another line, which starts with its reserve not open.
func (m *Model) setQuota(c booking.SetQuota) (booking.Reply, error) {
	s, n := m.session(c.Session), c.Quota
	if s == nil {
		return booking.Reply{}, booking.ErrCommand
	}
	if m.gone(s) {
		return no(booking.SessionGone), nil
	}
	i := slices.IndexFunc(s.Quotas, func(q booking.Quota) bool { return q.Class == n.Class })
	if i < 0 && len(s.Quotas) < booking.MaxQuotas && n.Class != 0 && int(n.Class) <= len(m.names[booking.ClassName]) {
		return m.addQuota(c)
	}
	if i < 0 || n.OpenAt < 0 || n.From < 0 || n.Cap != 0 && !n.Capped || n.CapLifts && (!n.Capped || n.OpenAt == 0) {
		return booking.Reply{}, booking.ErrCommand
	}
	borne, charged := m.borne(c.Session, n.Class, 0), m.charged(c.Session, n.Class, 0)
	switch {
	case n.Capped && borne > int(n.Cap):
		return refuse(booking.Refusal{Reason: booking.BelowUse, Class: n.Class, Limit: int32(borne)}), nil
	case n.Reserve < s.Quotas[i].Reserve && charged > int(n.Reserve):
		return refuse(booking.Refusal{Reason: booking.BelowUse, Class: n.Class, Limit: int32(charged)}), nil
	case n == s.Quotas[i]:
		return booking.Reply{Outcome: booking.Nothing}, nil
	}
	before, _ := m.effective(c.Session, c.At, 0)
	s.Quotas[i], s.opened[i] = n, false
	after, _ := m.effective(c.Session, c.At, 0)
	m.noteShort(c.Session, before, after, n.Class)
	m.changed(c.Session, c.At)
	return done(0, 0), nil
}

// addQuota gives a class its first line in a session, behind the others.
func (m *Model) addQuota(c booking.SetQuota) (booking.Reply, error) {
	s, n := m.session(c.Session), c.Quota
	if n.OpenAt < 0 || n.From < 0 || n.Cap != 0 && !n.Capped || n.CapLifts && (!n.Capped || n.OpenAt == 0) {
		return booking.Reply{}, booking.ErrCommand
	}
	if borne := m.borne(c.Session, n.Class, 0); n.Capped && borne > int(n.Cap) {
		return refuse(booking.Refusal{Reason: booking.BelowUse, Class: n.Class, Limit: int32(borne)}), nil
	}
	s.Quotas, s.opened = append(s.Quotas, n), append(s.opened, false)
	m.changed(c.Session, c.At)
	return done(0, 0), nil
}

// grant adds overbooking units to a slot.
func (m *Model) grant(c booking.Grant) (booking.Reply, error) {
	s := m.session(c.Slot.Session)
	if s == nil {
		return booking.Reply{}, booking.ErrCommand
	}
	if m.gone(s) {
		return no(booking.SessionGone), nil
	}
	units := int(c.Units)
	for n, x := range s.Slots {
		units += int(x.Capacity) + s.granted[n]
	}
	if int(c.Slot.N) >= len(s.Slots) || c.Units == 0 || units > booking.MaxSessionUnits {
		return booking.Reply{}, booking.ErrCommand
	}
	s.granted[c.Slot.N] += int(c.Units)
	m.changed(c.Slot.Session, c.At)
	return done(0, 0), nil
}

// retire forgets the days before a date.
func (m *Model) retire(c booking.Retire) (booking.Reply, error) {
	switch {
	case !c.Before.IsValid() || c.Before.Sub(sl.DateOf(c.At, time.UTC)) > 2:
		return booking.Reply{}, booking.ErrCommand
	case !m.retiredBefore.Before(c.Before):
		return booking.Reply{Outcome: booking.Nothing}, nil
	}
	pending := 0
	for i := range m.visits {
		v := &m.visits[i]
		if s := m.session(v.slot.Session); s.Date.Before(c.Before) && !s.retired && !over(v.state) {
			pending++
		}
	}
	for i := range m.sessions {
		if s := &m.sessions[i]; s.Date.Before(c.Before) && !s.retired && !m.gone(s) && c.At < s.ends() {
			pending++
		}
	}
	if pending > 0 {
		return refuse(booking.Refusal{Reason: booking.NotTerminal, Limit: int32(pending)}), nil
	}
	m.retiredBefore = c.Before
	for i := range m.sessions {
		if m.sessions[i].Date.Before(c.Before) {
			m.sessions[i].retired = true
		}
	}
	m.forgetEntries()
	m.forgetGivenBack()
	return done(0, 0), nil
}
