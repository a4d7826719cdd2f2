package bookingtest

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// metaOf is what a command carries beside its payload.
func metaOf(c booking.Command) booking.Meta {
	m, _ := reflect.ValueOf(c).FieldByName("Meta").Interface().(booking.Meta)
	return m
}

// payloadOf writes what a retry must not change: the command as text, without its stamps, requests in one form.
func payloadOf(c booking.Command) string {
	switch x := c.(type) {
	case booking.Take:
		x.Request = plain(x.Request)
		c = x
	case booking.Hold:
		x.Request = plain(x.Request)
		c = x
	case booking.AddOn:
		x.Request = plain(x.Request)
		c = x
	case booking.Join:
		x.Request = plain(x.Request)
		c = x
	case booking.Displace:
		x.Request = plain(x.Request)
		c = x
	case booking.Series:
		x.Request = plain(x.Request)
		c = x
	case booking.Joint:
		x.Request, x.With = plain(x.Request), plainLegs(x.With)
		c = x
	case booking.Reschedule:
		x.Want = plain(x.Want)
		c = x
	case booking.Transfer:
		x.Want = plain(x.Want)
		c = x
	case booking.Bundle:
		list := make([]booking.Request, 0, len(x.Requests))
		for _, q := range x.Requests {
			list = append(list, plain(q))
		}
		x.Requests = list
		c = x
	}
	v := reflect.New(reflect.TypeOf(c)).Elem()
	v.Set(reflect.ValueOf(c))
	v.FieldByName("Meta").SetZero()
	return fmt.Sprintf("%T %+v", c, v.Interface())
}

// plain drops what a named slot makes meaningless and writes the defaults out.
func plain(q booking.Request) booking.Request {
	q.Count, q.Policy = max(q.Count, 1), max(q.Policy, 1)
	if q.Slot.IsValid() {
		q.Resource, q.Department, q.Service, q.From, q.Until = 0, 0, 0, 0, 0
		q.AnyOf, q.Weekdays = booking.ResourceSet{}, 0
	}
	return q
}

// plainLegs does the same for the legs of a joint clinic.
func plainLegs(legs []booking.Leg) (list []booking.Leg) {
	for _, l := range legs {
		if l.Slot.IsValid() {
			l = booking.Leg{Slot: l.Slot, Count: l.Count}
		}
		l.Count = max(l.Count, 1)
		list = append(list, l)
	}
	return list
}

// lastStamp leaves 1000 years to the last instant that can be recorded.
const lastStamp = lastInstant - 1000*366*86400

// lastInstant is 9999-12-31T23:59:59Z.
const lastInstant sl.Instant = 253402300799

// admit makes the checks before the rules: key, clock, step, due, adopted.
func (m *Model) admit(c booking.Command) (booking.Reply, error) {
	meta := metaOf(c)
	if meta.At <= 0 || meta.At > lastStamp {
		return booking.Reply{}, booking.ErrCommand
	}
	if meta.Key != (booking.Key{}) {
		if meta.Made <= 0 || meta.Made > meta.At {
			return booking.Reply{}, booking.ErrCommand
		}
		for _, k := range m.keys {
			switch {
			case k.key != meta.Key || k.caller != meta.Caller || int64(meta.At-k.at) >= m.keySeconds:
				continue
			case k.payload != payloadOf(c):
				return no(booking.KeyReused), nil
			}
			k.reply.Repeat = true
			return k.reply, nil
		}
		if m.keySeconds != 0 && int64(meta.At-meta.Made) >= m.keySeconds {
			return no(booking.Stale), nil
		}
	}
	if meta.At < m.clock {
		return booking.Reply{}, booking.ErrClock
	}
	if meta.Key != (booking.Key{}) && meta.Made <= m.forgottenKeys {
		return no(booking.Stale), nil // it may have been one of them
	}
	if m.clock != 0 && int64(meta.At-m.clock) > m.rules.StepSeconds {
		return booking.Reply{}, booking.ErrStep
	}
	if at, ok := m.Wake(); ok && at <= meta.At {
		return booking.Reply{}, booking.ErrDue
	}
	if m.rules.Version != m.adoptedVersion {
		return booking.Reply{}, booking.ErrRules
	}
	return booking.Reply{}, nil
}

// remember keeps a key, and forgets those whose life is over.
func (m *Model) remember(k keyed) {
	m.keys = slices.DeleteFunc(m.keys, func(old keyed) bool {
		if int64(k.at-old.at) < m.keySeconds {
			return false
		}
		m.forgottenKeys = max(m.forgottenKeys, old.at)
		return true
	})
	m.keys = append(m.keys, k)
}

// adopt puts the configured rules into force, whatever is due.
func (m *Model) adopt(c booking.Adopt) (booking.Reply, error) {
	switch {
	case c.At <= 0 || c.At > lastStamp:
		return booking.Reply{}, booking.ErrCommand
	case c.At < m.clock:
		return booking.Reply{}, booking.ErrClock
	case m.rules.Version == m.adoptedVersion:
		return booking.Reply{Outcome: booking.Nothing}, nil
	case m.clock != 0 && int64(c.At-m.clock) > m.rules.StepSeconds:
		return booking.Reply{}, booking.ErrStep
	case m.rules.Version < m.adoptedVersion:
		return booking.Reply{}, booking.ErrCommand
	}
	m.adoptedVersion, m.keySeconds = m.rules.Version, m.rules.KeySeconds
	return booking.Reply{Outcome: booking.Done}, nil
}

// due is something that Advance has to say.
type due struct {
	at    sl.Instant
	rank  int
	id    uint32
	quota int
}

// first is the least due item by (instant, rank, id), or one with no instant.
func (m *Model) first() (least due) {
	consider := func(d due) {
		if d.at == 0 {
			return
		}
		if least.at == 0 || d.at < least.at || d.at == least.at && (d.rank < least.rank || d.rank == least.rank && d.id < least.id) {
			least = d
		}
	}
	for i := range m.visits {
		if v := &m.visits[i]; v.state == booking.Held || v.state == booking.Displaced || v.state == booking.Offered {
			consider(due{at: v.until, rank: 1, id: uint32(i + 1)})
		}
	}
	for i := range m.entries {
		if w := &m.entries[i]; w.open() {
			consider(due{at: w.dueBy, rank: 6, id: uint32(i + 1)})
		}
	}
	_, lift := m.lift()
	consider(lift)
	for i := range m.sessions {
		s := &m.sessions[i]
		if m.gone(s) {
			continue
		}
		consider(due{at: s.End, rank: 2, id: uint32(i + 1)})
		for n, q := range s.Quotas {
			if !s.opened[n] {
				consider(due{at: q.OpenAt, rank: 3, id: uint32(i + 1), quota: n})
			}
		}
		consider(due{at: s.nextMoves(), rank: 4, id: uint32(i + 1)})
		if !s.released {
			consider(due{at: s.Release, rank: 5, id: uint32(i + 1)})
		}
		for _, r := range s.rests {
			consider(due{at: r.until, rank: 8, id: uint32(i + 1)})
		}
		consider(due{at: s.tryAt, rank: 7, id: uint32(i + 1)})
		consider(due{at: s.nextReminder(), rank: 10, id: uint32(i + 1)})
	}
	return least
}

// Wake is when Advance next has something to say.
func (m *Model) Wake() (sl.Instant, bool) {
	d := m.first()
	return d.at, d.at != 0
}

// advance does the first due thing.
func (m *Model) advance(c booking.Advance) (booking.Reply, error) {
	switch {
	case c.At <= 0 || c.At > lastStamp || c.Key != (booking.Key{}):
		return booking.Reply{}, booking.ErrCommand
	case c.At < m.clock:
		return booking.Reply{}, booking.ErrClock
	case !c.Jump && m.clock != 0 && int64(c.At-m.clock) > m.rules.StepSeconds:
		return booking.Reply{}, booking.ErrStep
	case m.rules.Version != m.adoptedVersion:
		return booking.Reply{}, booking.ErrRules
	}
	d := m.first()
	if d.at == 0 || d.at > c.At {
		if c.Jump && c.At > m.clock {
			return done(0, 0), nil
		}
		return booking.Reply{Outcome: booking.Nothing}, nil
	}
	switch d.rank {
	case 1:
		v := &m.visits[d.id-1]
		next := booking.Lapsed
		if v.state == booking.Displaced || v.state == booking.Offered {
			next = booking.Cancelled
		}
		for _, id := range m.ring(booking.Appointment(d.id)) {
			m.leave(id, next, d.at)
		}
		return done(0, 1), nil
	case 2:
		missed := 0
		for _, id := range m.affected(booking.Session(d.id)) {
			v, list := &m.visits[id-1], m.ring(id)
			switch v.state {
			case booking.Booked, booking.Confirmed:
				for _, other := range list {
					m.visits[other-1].state = booking.NoShow
					missed++
				}
			case booking.Held:
				v.state, v.until = booking.Lapsed, 0
				for _, other := range list[1:] {
					m.leave(other, booking.Lapsed, d.at)
				}
			case booking.Displaced, booking.Offered:
				v.state, v.until = booking.Cancelled, 0
			case booking.CheckedIn:
				if !v.isReturn {
					continue
				}
				v.state = booking.Cancelled
			default:
				continue
			}
			m.retry(v.person, d.at)
		}
		m.sessions[d.id-1].ended, m.sessions[d.id-1].rests = true, nil
		return done(0, missed), nil
	case 3:
		m.sessions[d.id-1].opened[d.quota] = true
		m.changed(booking.Session(d.id), d.at)
	case 4:
		m.moveReserves(booking.Session(d.id), d.at)
	case 5:
		m.sessions[d.id-1].released, m.sessions[d.id-1].out = true, d.at
		m.changed(booking.Session(d.id), d.at)
	case 6:
		m.entries[d.id-1].state = booking.Expired
	case 7:
		return m.tryLine(booking.Session(d.id), c.At), nil
	case 8:
		m.comeOut(&m.sessions[d.id-1], d.at)
		m.changed(booking.Session(d.id), d.at)
	case 9:
		i, _ := m.lift()
		g := m.gates[i]
		m.gates = slices.Delete(m.gates, i, i+1)
		m.retryHolder(g.Person, g.Account, d.at)
	case 10:
		return m.remind(booking.Session(d.id)), nil
	}
	return done(0, 0), nil
}
