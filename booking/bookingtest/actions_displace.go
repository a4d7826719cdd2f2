package bookingtest

import (
	"errors"
	"fmt"
	"reflect"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// drawDisplacement draws where emergencies may move others.
func drawDisplacement(t *rapid.T) booking.Displacement {
	return booking.Displacement{Kinds: pick(t, [][]sl.Kind{{sl.General}, {sl.General}, {sl.General, sl.Specialist}, {sl.Specialist}}, "displace in"),
		Untouchable: pick(t, [][]string{nil, {"class3"}, {"nobody", "class3"}}, "untouchable"), MaxMoves: pick(t, []int{1, 2, 2}, "moves"),
		HorizonDays: pick(t, []int{1, 1, 2, 3}, "horizon")}
}

// emergency draws a request that bears the class of emergencies, mostly for what is full.
func (m *machine) emergency(t *rapid.T, at sl.Instant) booking.Request {
	q := m.drawRequest(t)
	q.Bear, _ = booking.NewBearing(booking.Class(between(t, 1, 2, "channel")), 4)
	if between(t, 0, 3, "anything") == 0 {
		return q
	}
	q.Count = uint16(pick(t, []int{1, 1, 1, 2}, "how long"))
	var full, planned []booking.Request
	for p := booking.Person(1); p <= worldPersons; p++ {
		for id := booking.Session(1); int(id) <= m.model.Sessions(); id++ {
			for n := range m.model.session(id).Slots {
				q.Person, q.Slot = p, booking.Slot{Session: id, N: uint16(n)}
				w := &wish{Request: q, at: at}
				if _, r := m.model.judge(w, q.Slot); r.Reason != booking.Full || len(m.model.AppointmentsIn(q.Slot.Session)) == 0 {
					continue
				}
				full = append(full, q)
				if _, ok := m.model.planFor(w, q.Slot); ok {
					planned = append(planned, q)
				}
			}
		}
	}
	switch {
	case len(planned) > 0:
		return planned[between(t, 0, min(len(planned), 60)-1, "planned")]
	case len(full) > 0:
		return full[between(t, 0, min(len(full), 60)-1, "full")]
	}
	t.Skip("nothing is full")
	return q
}

// crowd opens two sessions where emergencies displace, and fills the one that comes first.
func (m *machine) crowd(t *rapid.T, meta booking.Meta) {
	o := drawOpening(t, meta.At)
	o.Kind, o.Department, o.Release, o.Close, o.Pauses = m.rules.Displacement.Kinds[0], 1, 0, 0, nil
	for i := range o.Slots {
		o.Slots[i].Only, o.Slots[i].Capacity = 0, max(1, min(o.Slots[i].Capacity, 2))
	}
	for i := range o.Quotas {
		o.Quotas[i].From = 0
	}
	m.names++
	m.do(booking.Open{Meta: meta, Name: fmt.Sprintf("session%d", m.names), Opening: o})
	id := booking.Session(m.model.Sessions())
	m.openAlike(meta, id)
	for i := range between(t, 1, 4, "crowd of") {
		q := booking.Request{Person: booking.Person(i + 1), Account: booking.Account(between(t, 0, worldAccounts, "account")), Count: uint16(pick(t, []int{1, 1, 1, 2}, "count"))}
		q.Slot = booking.Slot{Session: id, N: uint16(between(t, 0, min(1, len(o.Slots)-1), "n"))}
		q.Bear, _ = booking.NewBearing(pick(t, []booking.Class{1, 2, 3}, "channel"))
		m.catchUp(meta.At)
		m.do(booking.Take{Meta: meta, Request: q})
	}
	m.catchUp(meta.At)
}

// displace asks both for plans, and has an emergency take the place of others: mostly by a plan, else by moves drawn at random.
func (m *machine) displace(t *rapid.T) {
	meta := m.at(t)
	if m.fault != nil {
		return
	}
	if between(t, 0, 2, "crowd") > 0 && m.model.Sessions() < 3*worldSessions && len(m.rules.Displacement.Kinds) > 0 {
		m.crowd(t, meta)
	}
	q := m.emergency(t, meta.At)
	plans := m.comparePlans(q, meta.At)
	if len(plans) == 0 && q.Slot.IsValid() && int(q.Slot.N) < len(m.model.session(q.Slot.Session).Slots) && between(t, 0, 3, "another") > 0 {
		m.openAlike(meta, q.Slot.Session)
		m.catchUp(meta.At)
		plans = m.comparePlans(q, meta.At)
	}
	c := booking.Displace{Meta: meta, Request: q}
	if len(plans) > 0 && between(t, 0, 3, "by plan") > 0 {
		p := pick(t, plans[:min(3, len(plans))], "plan")
		c.Request.Slot, c.Moves = p.Slot, p.Placements()
		if between(t, 0, 7, "one too many") == 7 {
			c.Moves = append(c.Moves, booking.Placement{Appointment: m.appointment(t), Slot: m.drawSlot(t)})
		}
		if reply := m.do2(t, c); reply.Outcome != booking.Done && len(c.Moves) == len(p.Moves) && !reply.Repeat && m.fault == nil && metaOf(c).Key == (booking.Key{}) {
			m.fail("a plan that was proposed is refused: %+v: %+v", p, reply)
		}
		return
	}
	if !q.Slot.IsValid() && between(t, 0, 9, "names none") > 0 {
		c.Request.Slot = m.drawSlot(t)
	}
	for range between(t, 1, 2, "how many") {
		id := m.appointment(t)
		for _, x := range m.model.AppointmentsIn(c.Request.Slot.Session) {
			if v := &m.model.visits[x-1]; covers(v, c.Request.Slot, 1) && between(t, 0, 3, "who is there") > 0 {
				id = x
			}
		}
		c.Moves = append(c.Moves, booking.Placement{Appointment: id, Slot: m.drawSlot(t)})
	}
	m.keyedDo(t, c)
}

// do2 does a command, now and then twice.
func (m *machine) do2(t *rapid.T, c booking.Command) booking.Reply {
	reply := m.do(c)
	if between(t, 0, 7, "twice") == 7 {
		m.do(c)
	}
	return reply
}

// comparePlans asks both what an emergency could have.
func (m *machine) comparePlans(q booking.Request, at sl.Instant) []booking.DisplacementPlan {
	m.scratch.Reset()
	have, err := m.subject.Displacements(nil, &m.scratch, q, at, 1000)
	switch {
	case errors.Is(err, booking.ErrStep) && len(have) == 0:
		return nil
	case err != nil:
		m.fail("displacements: %w", err)
		return nil
	}
	want := m.model.Displacements(q, at)
	if (len(have) > 0 || len(want) > 0) && !reflect.DeepEqual(have, want) {
		m.fail("plans for %+v\n  book  %+v\n  model %+v", q, have, want)
	}
	return want
}

// otherWays asks both what else there is, and what stands in the way.
func (m *machine) otherWays(t *rapid.T) {
	meta := m.at(t)
	q := m.drawRequest(t)
	if m.fault != nil {
		return
	}
	m.scratch.Reset()
	limit := between(t, 1, 8, "limit")
	have, err := m.subject.Alternatives(nil, &m.scratch, q, meta.At, limit)
	if errors.Is(err, booking.ErrStep) {
		return
	}
	want := m.model.Alternatives(q, meta.At, limit)
	if err != nil || (len(have) > 0 || len(want) > 0) && !reflect.DeepEqual(have, want) {
		m.fail("alternatives to %+v: %v\n  book  %+v\n  model %+v", q, err, have, want)
		return
	}
	for _, x := range have {
		var c booking.Command = booking.Take{Meta: meta, Request: x.Request}
		if x.Likeness == booking.OnWaitlist {
			c = booking.Join{Meta: meta, Request: x.Request, DueBy: meta.At + 3600}
		}
		m.scratch.Reset()
		if r, err := m.subject.Decide(&m.scratch, c); err != nil || r.Outcome != booking.Done {
			m.fail("alternative %+v: %+v, %v", x, r, err)
			return
		}
	}
	if q.Slot.IsValid() {
		q.Slot, q.Department = booking.Slot{}, 1
	}
	m.scratch.Reset()
	found, err := m.subject.Obstacles(nil, &m.scratch, q, meta.At)
	expected := m.model.Obstacles(q, meta.At)
	if err != nil || (len(found) > 0 || len(expected) > 0) && !reflect.DeepEqual(found, expected) {
		m.fail("obstacles to %+v: %v\n  book  %+v\n  model %+v", q, err, found, expected)
	}
}
