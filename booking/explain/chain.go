package explain

import (
	"cmp"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Chain is how an appointment came to be what it is; false for one that was not made or is not followed. Beside the
// appointment's own events it has:
//
//   - of each session that it was in: the opening, the release, and a substitute, a closing or an end that met it there;
//   - of that session, before it came there: reserves that had fallen open, changes of the quota lines of its classes, overbooking
//     of its slots, and a reserve of its class that had been cut short;
//   - the restrictions of its person or account that stood when it was made, and what came of them, or was new, before it was over;
//   - that its person was found to be another before it was over, and from then on that one's restrictions;
//   - what was known of its person when it was made, where the session asked for age or sex;
//   - the adoption of every version of the rules that decided one of its own events;
//   - that its day was put away.
//
// Cost: its own events times those of its sessions.
func (t *Teller) Chain(id booking.Appointment) (Chain, bool) {
	own := t.told[id]
	if len(own) == 0 {
		return Chain{}, false
	}
	x := &t.appointments[id-1]
	c := Chain{Appointment: id, Person: t.meant(x.person), State: x.state}
	for i := range own {
		e := &own[i]
		l := link(e, OfAppointment)
		l.FromWaitlist, l.IsReturn, l.AboutSubstitute = e.waited, e.back, e.asked
		l.State, l.Charge, l.IsKeyed, l.Key, l.Caller = e.state, e.charge, e.keyed.known, e.keyed.key, e.keyed.caller
		if e.place.count > 0 {
			l.Place = t.placeOf(e.place.slot.Session, e.place, e.number)
		}
		if e.from.count > 0 && e.from != e.place {
			l.From = t.placeOf(e.from.slot.Session, e.from, e.number)
		}
		c.Links = append(c.Links, l)
	}
	t.addStays(&c, own, x)
	t.addHolder(&c, own, x)
	t.addRules(&c, own)
	t.addArchive(&c, own)
	slices.SortStableFunc(c.Links, func(a, b Link) int { return cmp.Compare(a.Number, b.Number) })
	c.Links = slices.CompactFunc(c.Links, func(a, b Link) bool { return a.Number == b.Number })
	state := booking.State(0)
	for i := range c.Links {
		if l := &c.Links[i]; l.Relation == OfAppointment {
			state = l.State
		} else {
			l.State = state
		}
	}
	return c, true
}

func link(e *entry, r Relation) Link {
	l := Link{Number: e.number, Event: e.event, Relation: r, Cause: e.cause}
	if due := l.Event.Due(); due != 0 {
		l.LatenessSeconds = int64(l.Event.At() - due)
	}
	return l
}

// isOver reports whether nothing but a correction follows the entry.
func (e *entry) isOver() bool { return e.state.IsTerminal() }

// addStays adds what happened to each session while the appointment was in it.
func (t *Teller) addStays(c *Chain, own []entry, x *appointment) {
	for i := range own {
		e := &own[i]
		if e.charge.From == 0 {
			continue // it gave no number
		}
		left := t.events
		for j := i + 1; j < len(own); j++ {
			if own[j].charge.From != 0 || own[j].place.count == 0 || own[j].isOver() {
				left = own[j].batchEnd // a session's end comes after those who missed it
				break
			}
		}
		t.addStay(c, e, left, x)
	}
}

func (t *Teller) addStay(c *Chain, e *entry, left uint64, x *appointment) {
	s := &t.sessions[e.place.slot.Session-1]
	for i := range s.entries {
		y := &s.entries[i]
		r := OfSession
		switch k := y.event.Kind(); {
		case y.number > left:
			return
		case k == booking.SessionOpened, k == booking.Released:
		case k == booking.SessionClosed, k == booking.SessionEnded, k == booking.SessionStaffed:
			if y.number < e.number {
				continue
			}
		case y.number > e.number || !touches(&y.event, e, x):
			continue
		default:
			r = OfQuota
		}
		l := link(y, r)
		l.Place = t.placeOf(e.place.slot.Session, run{}, y.number)
		if y.grounds != nil {
			l.Grounds = *y.grounds
		}
		if y.event.Kind() == booking.Granted {
			l.Place = t.placeOf(e.place.slot.Session, run{y.event.Slot(), 1}, y.number)
		}
		c.Links = append(c.Links, l)
	}
}

// touches reports whether an event about quotas or room had a part in what the entry's number found.
func touches(y *booking.Event, e *entry, x *appointment) bool {
	switch y.Kind() {
	case booking.ReserveOpened:
		return true // what was kept for others is everyone's
	case booking.QuotaChanged:
		return x.bear.Has(y.Class())
	case booking.ReserveMoved:
		return y.Number() > 0 && (x.bear.Has(y.Class()) || x.bear.Has(y.OtherClass()))
	case booking.ReserveShort:
		return y.Class() == e.charge.Class
	case booking.Granted:
		n := y.Slot().N
		return n >= e.place.slot.N && n < e.place.slot.N+e.place.count
	}
	return false
}

// addHolder adds the restrictions, one a channel, that stood when the appointment was made, and those that came before it was over.
func (t *Teller) addHolder(c *Chain, own []entry, x *appointment) {
	over := t.events + 1
	for i := range own {
		if own[i].isOver() {
			over = own[i].number
			break
		}
	}
	made := &own[0]
	t.addDescription(c, made, x)
	for _, s := range append(t.concerns(x.person, over), concern{t.accounts[x.account], 0, over}) {
		list := s.list
		for i := range list {
			switch y := &list[i]; {
			case y.since <= s.from || y.since >= s.until:
			case y.since > made.number:
				c.Links = append(c.Links, link(y, OfHolder))
			case y.event.Kind() == booking.HolderRestricted && standing(&y.event, made.event.At()) && !replaced(list[i+1:], y, made.number):
				c.Links = append(c.Links, link(y, OfHolder))
			}
		}
	}
}

// replaced reports whether another restriction of the same channel takes the place of one, or lifts it, before an event.
func replaced(later []entry, y *entry, number uint64) bool {
	for i := range later {
		if k := later[i].event.Kind(); later[i].number < number && (k == booking.HolderRestricted || k == booking.RestrictionEnded) && later[i].event.Gate().Channel == y.event.Gate().Channel {
			return true
		}
	}
	return false
}

func standing(e *booking.Event, at sl.Instant) bool { return e.Until() > at }

// addRules adds the adoption of each version of the rules that decided an event of the appointment.
func (t *Teller) addRules(c *Chain, own []entry) {
	for i := range own {
		for j := len(t.rules) - 1; j >= 0; j-- {
			if y := &t.rules[j]; y.event.Rules() == own[i].event.Rules() && y.number < own[i].number {
				c.Links = append(c.Links, link(y, OfRules))
				break
			}
		}
	}
}

// addArchive adds that the day of the appointment's last place was put away.
func (t *Teller) addArchive(c *Chain, own []entry) {
	last := run{}
	for i := range own {
		if own[i].place.count > 0 {
			last = own[i].place
		}
	}
	date := t.sessions[last.slot.Session-1].opening.Date
	for i := range t.retired {
		if y := &t.retired[i]; date.Before(y.event.Before()) {
			c.Links = append(c.Links, link(y, OfArchive))
			return
		}
	}
}
