package bookingtest

import (
	"cmp"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// gaveBack is a number that somebody gave back, for which they must wait.
type gaveBack struct {
	person  booking.Person
	session booking.Session
	until   sl.Instant
}

// restrict limits a person or an account, or lifts that.
func (m *Model) restrict(c booking.Restrict) (booking.Reply, error) {
	if (c.Person == 0) == (c.Account == 0) || int(c.Person) > len(m.names[booking.PersonName]) ||
		int(c.Account) > len(m.names[booking.AccountName]) || c.Until < 0 || c.Until > lastInstant ||
		int(c.Gate.Channel) > len(m.names[booking.ClassName]) {
		return booking.Reply{}, booking.ErrCommand
	}
	m.gates = slices.DeleteFunc(m.gates, func(g booking.Restriction) bool {
		return g.Person == c.Person && g.Account == c.Account && g.Gate.Channel == c.Gate.Channel
	})
	if c.Until > c.At {
		m.gates = append(m.gates, booking.Restriction{Person: c.Person, Account: c.Account, Gate: c.Gate, Until: c.Until})
	}
	m.retryHolder(c.Person, c.Account, c.At)
	return done(0, 0), nil
}

// retryHolder has the line tried for whoever a change of their gates concerns.
func (m *Model) retryHolder(p booking.Person, a booking.Account, at sl.Instant) {
	if p != 0 {
		m.retry(p, at)
	} else {
		m.retryAccount(a, at)
	}
}

// Restrictions are the gates of a person and of an account, the person's first, in order of channel.
func (m *Model) Restrictions(p booking.Person, a booking.Account) (list []booking.Restriction) {
	p = m.meant(p)
	for _, g := range m.gates {
		if g.Person != 0 && g.Person == p || g.Account != 0 && g.Account == a {
			list = append(list, g)
		}
	}
	slices.SortFunc(list, func(x, y booking.Restriction) int {
		return cmp.Or(-cmp.Compare(x.Person, y.Person), cmp.Compare(x.Gate.Channel, y.Gate.Channel))
	})
	return list
}

// RestrictedUntil is until when a person may book nothing at all; zero for whoever may.
func (m *Model) RestrictedUntil(p booking.Person) sl.Instant {
	p = m.meant(p)
	for _, g := range m.gates {
		if g.Person == p && p != 0 && g.Gate == (booking.Gate{}) {
			return g.Until
		}
	}
	return 0
}

// GivenBack is what a person gave back and must wait for, in order of session; of one session, until the last.
func (m *Model) GivenBack(p booking.Person) (list []booking.GivenBack) {
	p = m.meant(p)
	for id := booking.Session(1); int(id) <= len(m.sessions); id++ {
		x := booking.GivenBack{Session: id}
		for _, g := range m.givenBack {
			if g.person == p && g.session == id && g.until > m.clock {
				x.Until = max(x.Until, g.until)
			}
		}
		if x.Until != 0 {
			list = append(list, x)
		}
	}
	return list
}

// lift is the gate that ends first: of those that end at once, the one of the least holder (persons before the account of the same handle),
// then of the least channel.
func (m *Model) lift() (first int, d due) {
	at := slices.Clone(m.gates)
	holder := func(g booking.Restriction) uint32 {
		if g.Account != 0 {
			return 2*uint32(g.Account) + 1
		}
		return 2 * uint32(g.Person)
	}
	slices.SortFunc(at, func(x, y booking.Restriction) int {
		return cmp.Or(cmp.Compare(x.Until, y.Until), cmp.Compare(holder(x), holder(y)), cmp.Compare(x.Gate.Channel, y.Gate.Channel))
	})
	if len(at) == 0 {
		return 0, due{}
	}
	return slices.Index(m.gates, at[0]), due{at: at[0].Until, rank: 9, id: holder(at[0])}
}

// judgeGates: whoever is restricted, or gave a number back, must pass what concerns the request, unless it is of an exempt class. Without a
// slot, what can be said without one.
func (m *Model) judgeGates(w *wish, at booking.Slot) booking.Refusal {
	if w.displaced || w.transfer {
		return booking.Refusal{}
	}
	for _, c := range w.Bear.Append(nil) {
		if slices.Contains(m.rules.Exempt, m.names[booking.ClassName][c-1]) {
			return booking.Refusal{}
		}
	}
	bars, beyond, open := booking.Refusal{}, booking.Refusal{}, booking.Refusal{}
	refuse := func(r *booking.Refusal, why booking.Reason, limit int, until sl.Instant) {
		if r.Reason == 0 || int32(limit) < r.Limit {
			r.Limit = int32(limit)
		}
		r.Reason, r.Until = why, max(r.Until, until)
	}
	for _, g := range m.Restrictions(w.Person, w.Account) {
		if c := g.Gate.Channel; g.Until <= w.at || c != 0 && !w.Bear.Has(c) {
			continue
		}
		days, most := int(g.Gate.HorizonDays), int(g.Gate.MaxOpen)
		if days == 0 && most == 0 {
			refuse(&bars, booking.Restricted, 0, g.Until)
		}
		if days > 0 && at.IsValid() {
			if start, _ := m.session(at.Session).time(at.N, 1); start >= w.at.AddMinutes(days*24*60) {
				refuse(&beyond, booking.BeyondHorizon, days, g.Until)
			}
		}
		if most > 0 && m.openOf(w, g) >= most {
			refuse(&open, booking.TooManyOpen, most, g.Until)
		}
	}
	for _, r := range []booking.Refusal{bars, beyond, open} {
		if r.Reason != 0 {
			return r
		}
	}
	return m.judgeCooling(w, at)
}

// openOf is how many visits the holder of a gate has that are not over and have a number.
func (m *Model) openOf(w *wish, g booking.Restriction) (n int) {
	for i := range m.visits {
		v := &m.visits[i]
		if booking.Appointment(i+1) != w.without && !v.noUnit && !v.isReturn && !over(v.state) &&
			(g.Person != 0 && v.person == g.Person || g.Account != 0 && v.account == g.Account) {
			n++
		}
	}
	return n
}

// judgeCooling: the like of what was given back waits, for whoever asks anew.
func (m *Model) judgeCooling(w *wish, at booking.Slot) booking.Refusal {
	until := sl.Instant(0)
	for _, g := range m.givenBack {
		like := m.rules.Cooling.Same == 0 || at.IsValid() && m.agree(m.rules.Cooling.Same, g.session, at.Session)
		if g.person == w.Person && g.until > w.at && like {
			until = max(until, g.until)
		}
	}
	if until == 0 || w.addOn || w.without != 0 || m.rules.Cooling.Seconds == 0 {
		return booking.Refusal{}
	}
	return booking.Refusal{Reason: booking.CoolingOff, Until: until}
}

// gaveBack notes that a patient gives a visit back of their own accord.
func (m *Model) gaveBack(v *visit, at sl.Instant) {
	if own := (v.state == booking.Booked || v.state == booking.Confirmed) && !v.moved; own && m.rules.Cooling.Seconds > 0 {
		m.givenBack = append(m.givenBack, gaveBack{v.person, v.slot.Session, at + sl.Instant(m.rules.Cooling.Seconds)})
	}
}

// forgetGivenBack forgets what was given back on days that limits forget too.
func (m *Model) forgetGivenBack() {
	m.givenBack = slices.DeleteFunc(m.givenBack, func(g gaveBack) bool {
		return m.session(g.session).Date.Before(m.retiredBefore.AddDays(-booking.LimitWindowDays))
	})
}

// way is what a person needs between two sites.
func (m *Model) way(a, b booking.Site) sl.Instant {
	x, y := m.names[booking.SiteName][a-1], m.names[booking.SiteName][b-1]
	for _, t := range m.rules.Travel {
		if t.From == x && t.To == y || t.From == y && t.To == x {
			return sl.Instant(t.Minutes) * 60
		}
	}
	return sl.Instant(m.rules.TravelMinutes) * 60
}

// mergeGates makes one person's gates and what they gave back another's. Of two gates for one channel the one that bars stands, else the one
// that ends later, else the other's own.
func (m *Model) mergeGates(into, from booking.Person) {
	for i := range m.givenBack {
		if m.givenBack[i].person == from {
			m.givenBack[i].person = into
		}
	}
	theirs := []booking.Restriction{}
	m.gates = slices.DeleteFunc(m.gates, func(g booking.Restriction) bool {
		if g.Person == from {
			theirs = append(theirs, g)
		}
		return g.Person == from
	})
	for _, g := range theirs {
		g.Person = into
		i := slices.IndexFunc(m.gates, func(o booking.Restriction) bool { return o.Person == into && o.Gate.Channel == g.Gate.Channel })
		switch {
		case i < 0:
			m.gates = append(m.gates, g)
		case g.Gate.Bars() != m.gates[i].Gate.Bars():
			if g.Gate.Bars() {
				m.gates[i] = g
			}
		case g.Until > m.gates[i].Until:
			m.gates[i] = g
		}
	}
}
