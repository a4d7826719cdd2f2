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
	x.Sex = pick(t, []booking.Sex{0, 0, 0, booking.Female, booking.Male}, "takes")
	x.Ages = drawAges(t)
	x.Need = pick(t, []booking.Class{0, 0, 3, 4}, "need")
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
