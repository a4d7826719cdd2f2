package bookingtest

import (
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// describe says what is known of somebody, or that nothing is; now and then what cannot be.
func (m *machine) describe(t *rapid.T) {
	c := booking.Describe{Meta: m.at(t), Person: booking.Person(between(t, 1, worldPersons, "person"))}
	if between(t, 0, 4, "born known") > 0 {
		c.Born = pick(t, births(), "born")
	}
	c.Sex = pick(t, []booking.Sex{booking.Female, booking.Female, booking.Male, booking.Unstated, 0}, "sex")
	if between(t, 0, 15, "wrong") == 0 {
		c.Born = pick(t, []sl.Date{sl.MustDate("1870-01-01"), firstDay.AddDays(60)}, "impossible")
	}
	m.do(c)
}

// births are about the bounds that ages draws, on the first days, and one on 29 February.
func births() []sl.Date {
	return []sl.Date{sl.MustDate("2012-11-24"), sl.MustDate("2012-11-25"), sl.MustDate("2012-11-26"), sl.MustDate("1980-02-29"),
		sl.MustDate("2026-05-24"), sl.MustDate("2026-10-28"), sl.MustDate("1961-11-25")}
}

// merge finds two persons to be one: who may be one already, or was another before.
func (m *machine) merge(t *rapid.T) {
	c := booking.Merge{Meta: m.at(t), Into: booking.Person(between(t, 1, worldPersons, "into")), From: booking.Person(between(t, 1, worldPersons, "from"))}
	if between(t, 0, 29, "unknown") == 0 {
		c.From = worldPersons + 1
	}
	m.do(c)
}

// drawEligibility draws whom a session takes: mostly everyone.
func drawEligibility(t *rapid.T) (x booking.Eligibility) {
	if between(t, 0, 5, "eligible") < 5 {
		return x
	}
	which := between(t, 0, 3, "asks for") // one thing, or all of them
	if which == 0 || which == 3 {
		x.Ages = drawAges(t)
	}
	if which == 1 || which == 3 {
		x.Sex = pick(t, []booking.Sex{booking.Female, booking.Male}, "takes")
	}
	if which == 2 || which == 3 {
		x.Need = pick(t, []booking.Class{3, 4}, "need")
	}
	return x
}

func drawAges(t *rapid.T) (r booking.AgeRange) {
	r.From = pick(t, []booking.AgeBound{{}, {}, booking.Days(28), booking.Months(6), booking.Years(14)}, "from age")
	r.Until = pick(t, []booking.AgeBound{{}, {}, booking.Years(65), booking.Years(46)}, "until age")
	return r
}

// drawClassEligibility draws whom classes are for, whatever the session.
func drawClassEligibility(t *rapid.T) (list []booking.ClassEligibility) {
	if between(t, 0, 3, "class eligible") < 3 {
		return nil
	}
	return pick(t, [][]booking.ClassEligibility{
		{{Class: "class1", NamedEligibility: booking.NamedEligibility{Ages: booking.AgeRange{From: booking.Years(14)}}}},
		{{Class: "class2", NamedEligibility: booking.NamedEligibility{Need: "class3"}}},
		{{Class: "class3", NamedEligibility: booking.NamedEligibility{Sex: booking.Female}},
			{Class: "class1", NamedEligibility: booking.NamedEligibility{Need: "nobody's class"}}},
	}, "whom for")
}

// takeWhereAsked asks for a slot of a session that does not take everyone, if there is one.
func (m *machine) takeWhereAsked(t *rapid.T) {
	var list []booking.Slot
	for i := range m.model.sessions {
		s := &m.model.sessions[i]
		for n := range s.Slots {
			at := booking.Slot{Session: booking.Session(i + 1), N: uint16(n)}
			if s.Eligible != (booking.Eligibility{}) && !m.model.gone(s) && m.model.room(at, 0) > 0 {
				list = append(list, at)
			}
		}
	}
	if len(list) == 0 {
		t.Skip("everyone is taken everywhere")
	}
	q := m.drawRequest(t)
	q.Slot, q.Count = pick(t, list[:min(64, len(list))], "slot"), 1
	m.do(booking.Take{Meta: m.at(t), Request: q})
}
