package bookingtest

import (
	"encoding/binary"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// action is a command with what it needs drawn. Weight is how often it comes, in parts of the sum.
type action struct {
	name   string
	weight int
	do     func(*rapid.T)
}

func (m *machine) actions() []action {
	return []action{
		{"take", 14, m.take},
		{"hold", 5, m.hold},
		{"add on", 2, m.addOn},
		{"bundle", 3, m.bundle},
		{"joint", 5, m.joint},
		{"series", 2, m.series},
		{"reschedule", 5, m.reschedule},
		{"transfer", 4, m.transfer},
		{"come back", 4, m.comeBack},
		{"any step", 5, m.step},
		{"next step", 7, m.arrive},
		{"cancel", 5, m.cancel},
		{"close", 2, m.close},
		{"substitute", 2, m.substitute},
		{"answer", 4, m.answer},
		{"displace", 6, m.displace},
		{"other ways", 2, m.otherWays},
		{"join", 6, m.join},
		{"leave", 1, m.leaveLine},
		{"screen", 2, m.screen},
		{"set quota", 4, m.setQuota},
		{"grant", 1, m.grant},
		{"restrict", 4, m.restrict},
		{"uneven sales", 2, m.uneven},
		{"describe", 4, m.describe},
		{"merge", 1, m.merge},
		{"take where asked", 3, m.takeWhereAsked},
		{"retire", 2, m.retire},
		{"open", 7, m.openMore},
		{"adopt", 1, m.adopt},
		{"retry", 5, m.retry},
		{"advance", 3, m.advance},
		{"misuse", 1, m.misuse},
	}
}

// act draws one of the actions by name and does it.
func (m *machine) act(t *rapid.T) {
	var names []string
	actions := m.actions()
	for _, a := range actions {
		for range a.weight {
			names = append(names, a.name)
		}
	}
	name := pick(t, names, "command")
	for _, a := range actions {
		if a.name == name {
			a.do(t)
		}
	}
}

func (m *machine) take(t *rapid.T) {
	meta := m.at(t)
	m.keyedDo(t, booking.Take{Meta: meta, Request: m.drawRequest(t)})
}

func (m *machine) hold(t *rapid.T) {
	meta := m.at(t)
	m.keyedDo(t, booking.Hold{Meta: meta, Request: m.drawRequest(t)})
}

// keyedDo does a command, now and then under a key.
func (m *machine) keyedDo(t *rapid.T, c booking.Command) {
	if between(t, 0, 2, "keyed") > 0 {
		m.do(c)
		return
	}
	meta := metaOf(c)
	binary.BigEndian.PutUint32(meta.Key[:], uint32(len(m.keyed)+1))
	meta.Caller = booking.Caller(between(t, 0, 1, "caller"))
	meta.Made = meta.At - sl.Instant(pick(t, []int{0, 0, 0, 0, 0, 1, 599, 600}, "made"))
	c = withMeta(c, meta)
	m.keyed = append(m.keyed, c)
	m.do(c)
}

func withMeta(c booking.Command, meta booking.Meta) booking.Command {
	switch c := c.(type) {
	case booking.Take:
		c.Meta = meta
		return c
	case booking.Hold:
		c.Meta = meta
		return c
	case booking.Bundle:
		c.Meta = meta
		return c
	case booking.Joint:
		c.Meta = meta
		return c
	case booking.Series:
		c.Meta = meta
		return c
	case booking.Reschedule:
		c.Meta = meta
		return c
	case booking.Cancel:
		c.Meta = meta
		return c
	case booking.Displace:
		c.Meta = meta
		return c
	case booking.Transfer:
		c.Meta = meta
		return c
	case booking.Return:
		c.Meta = meta
		return c
	case booking.Join:
		c.Meta = meta
		return c
	}
	return c
}

// retry sends a keyed command once more, sometimes with another payload.
func (m *machine) retry(t *rapid.T) {
	if len(m.keyed) == 0 {
		t.Skip("nothing to retry")
	}
	c := pick(t, m.keyed[max(0, len(m.keyed)-4):], "command")
	meta := metaOf(c)
	if meta.At = m.subject.Clock(); rapid.Bool().Draw(t, "later") {
		meta.At = m.at(t).At
	}
	c = withMeta(c, meta)
	if x, ok := c.(booking.Take); ok && between(t, 0, 1, "other payload") == 0 {
		x.Person = x.Person%worldPersons + 1
		c = x
	}
	m.do(c)
}

func (m *machine) addOn(t *rapid.T) {
	q := m.drawRequest(t)
	q.Slot, q.Count = m.drawSlot(t), 1
	m.do(booking.AddOn{Meta: m.at(t), Request: q})
}

func (m *machine) bundle(t *rapid.T) {
	c := booking.Bundle{As: pick(t, []booking.State{booking.Booked, booking.Held}, "as")}
	for range between(t, 1, 3, "requests") {
		c.Requests = append(c.Requests, m.drawRequest(t))
	}
	c.Meta = m.at(t)
	if between(t, 0, 2, "family") == 0 {
		m.drawFamily(t, &c)
	}
	m.keyedDo(t, c)
}

// appointment draws one of the last appointments, or the one that was never made.
func (m *machine) appointment(t *rapid.T) booking.Appointment {
	n := m.model.Appointments()
	if n == 0 && between(t, 0, 3, "none yet") > 0 {
		t.Skip("no appointments")
	}
	if n == 0 || between(t, 0, 19, "unknown") == 0 {
		return booking.Appointment(n + 1)
	}
	return booking.Appointment(between(t, max(1, n-6), n, "appointment"))
}

// live draws an appointment that is not over, if there is one.
func (m *machine) live(t *rapid.T, wanted ...booking.State) booking.Appointment {
	var list []booking.Appointment
	for id := booking.Appointment(1); int(id) <= m.model.Appointments(); id++ {
		v, ok := m.model.Appointment(id)
		for _, s := range wanted {
			if ok && v.State == s {
				list = append(list, id)
			}
		}
	}
	if len(list) == 0 {
		return m.appointment(t)
	}
	return pick(t, list, "live")
}

func (m *machine) reschedule(t *rapid.T) {
	id := m.live(t, booking.Held, booking.Booked, booking.Confirmed, booking.Displaced)
	want, meta := m.drawRequest(t), m.at(t)
	if v, ok := m.model.Appointment(id); ok && v.Linked != 0 && between(t, 0, 3, "anywhere") > 0 {
		want = m.drawRingMove(t, meta, id)
	}
	m.keyedDo(t, booking.Reschedule{Meta: meta, Appointment: id, Want: want})
}

// step draws any appointment and any step, most of them illegal.
func (m *machine) step(t *rapid.T) {
	id, meta := m.appointment(t), m.at(t)
	steps := []booking.Command{booking.Pay{Meta: meta, Appointment: id}, booking.Confirm{Meta: meta, Appointment: id},
		booking.CheckIn{Meta: meta, Appointment: id}, booking.Start{Meta: meta, Appointment: id},
		booking.Complete{Meta: meta, Appointment: id}, booking.MarkNoShow{Meta: meta, Appointment: id}, booking.Void{Meta: meta, Appointment: id}}
	m.do(steps[between(t, 0, len(steps)-1, "step")])
}

// arrive takes a live appointment along its likely way.
func (m *machine) arrive(t *rapid.T) {
	id := m.live(t, booking.Held, booking.Booked, booking.Confirmed, booking.CheckedIn, booking.InConsultation, booking.Displaced)
	meta := m.at(t)
	v, _ := m.model.Appointment(id)
	switch v.State {
	case booking.Held:
		m.do(booking.Pay{Meta: meta, Appointment: id})
	case booking.Booked:
		if rapid.Bool().Draw(t, "confirms") {
			m.do(booking.Confirm{Meta: meta, Appointment: id})
		} else {
			m.do(booking.CheckIn{Meta: meta, Appointment: id})
		}
	case booking.Confirmed, booking.Displaced: // who is asked about a substitute accepts by coming
		m.do(booking.CheckIn{Meta: meta, Appointment: id})
	case booking.CheckedIn:
		m.do(booking.Start{Meta: meta, Appointment: id})
	default:
		m.do(booking.Complete{Meta: meta, Appointment: id})
	}
}

func (m *machine) cancel(t *rapid.T) {
	id := m.live(t, booking.Held, booking.Booked, booking.Confirmed, booking.CheckedIn, booking.Displaced, booking.Offered)
	by := pick(t, []booking.Party{booking.ByPatient, booking.ByPatient, booking.ByHospital}, "by")
	meta := m.at(t)
	m.keyedDo(t, booking.Cancel{Meta: meta, Appointment: id, By: by})
	m.askAgain(t, meta, id)
}
