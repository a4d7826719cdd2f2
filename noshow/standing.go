package noshow

import (
	"cmp"
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Standing is what follows for one person on one day. It is a report, a copy that the caller owns.
type Standing struct {
	// Person is the record's person.
	Person string
	// On is the day that was asked about.
	On slots.Date
	// Measures are those in force or proposed on that day, ordered by From, then rule; empty in good standing. At most one
	// per rule and day of an incident.
	Measures []Measure
}

// Measure is one rule met: its effect, in force on the days [From, Until).
type Measure struct {
	// Rule is the ID of the rule that was met.
	Rule string
	// Effect, Binding, Channels and FeeCode are the rule's.
	Effect   Effect
	Binding  Binding
	Channels []string
	FeeCode  string
	// From is the day of the incident that met the rule.
	From slots.Date
	// Until is the first day on which the measure is over; LastDay if it has no end.
	Until slots.Date
	// Because are the IDs of the incidents that counted, ordered by day, then ID: at least the rule's threshold, at most MaxIncidents.
	Because []string
	// ExcusesToLift is how many of them would have to be excused for the rule not to be met on that day, 1 or
	// more. A recount may still meet a rule on another day.
	ExcusesToLift int
}

// Standing says what follows for the person of r on the day on, from the incidents up to and including that day.
// It is a function of the policy, the incidents that count, the classes and the day: what was asked before, or in which
// order incidents arrived, plays no part, so excusing an incident and asking again is all that an upheld
// appeal needs. Days are days: of several incidents on one day none is first.
// An invalid day has no measures. Cost: O(rules × incidents), plus the copies of what is in force.
func (p Policy) Standing(r Record, on slots.Date) Standing {
	s := Standing{Person: r.person, On: on}
	if !on.IsValid() {
		return s
	}
	for _, rule := range p.rules {
		if len(rule.Only) > 0 && !r.hasAny(rule.Only) || r.hasAny(rule.Exempt) {
			continue
		}
		s.Measures = rule.appendMeasures(s.Measures, p.counting(rule, r, on), on)
	}
	slices.SortStableFunc(s.Measures, func(a, b Measure) int {
		return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.Rule, b.Rule))
	})
	return s
}

// counting returns the incidents that the rule looks at, by (Day, ID).
func (p Policy) counting(rule Rule, r Record, on slots.Date) []Incident {
	var counting []Incident
	for _, in := range r.counted {
		if !in.Day.After(on) && !in.Day.Before(p.countFrom) && slices.Contains(rule.Kinds, in.Kind) {
			counting = append(counting, in)
		}
	}
	return counting
}

// appendMeasures walks the days that have incidents. Because Term.Until never falls as its day rises, the incidents
// remembered on a day are always the run incidents[first:next], and both ends only move forward.
func (rule Rule) appendMeasures(dst []Measure, incidents []Incident, on slots.Date) []Measure {
	first := 0
	for next := 0; next < len(incidents); {
		day := incidents[next].Day
		for next < len(incidents) && incidents[next].Day == day {
			next++
		}
		for first < next && !rule.Within.Until(incidents[first].Day).After(day) {
			first++ // stops at this day's own incidents: every term lasts a day at least, but on LastDay
		}
		remembered := incidents[first:next]
		if len(remembered) < rule.Threshold {
			continue
		}
		if until := rule.Lasts.Until(day); until.After(on) {
			dst = append(dst, rule.measure(day, until, remembered))
		}
		if rule.Afterwards == StartAfresh {
			first = next
		}
	}
	return dst
}

func (rule Rule) measure(from, until slots.Date, because []Incident) Measure {
	m := Measure{
		Rule: rule.ID, Effect: rule.Effect, Binding: rule.Binding, Channels: slices.Clone(rule.Channels), FeeCode: rule.FeeCode,
		From: from, Until: until, ExcusesToLift: len(because) - rule.Threshold + 1,
	}
	for _, in := range because {
		m.Because = append(m.Because, in.ID)
	}
	return m
}

// IsGood reports whether nothing is in force and nothing is proposed.
func (s Standing) IsGood() bool { return len(s.Measures) == 0 }

// SuspendedUntil returns the first day on which no automatic suspension that is in force now holds any longer,
// and the zero Date if none is in force. It is what a booking system needs to bar the person; proposed suspensions do not
// count. Emergencies are never barred: that gate is the booking system's, which knows what an emergency is.
func (s Standing) SuspendedUntil() slots.Date {
	return s.latest(func(m Measure) bool { return m.Effect == Suspend })
}

// BarredUntil is SuspendedUntil for one channel: suspensions and restrictions of that channel.
func (s Standing) BarredUntil(channel string) slots.Date {
	return s.latest(func(m Measure) bool {
		return m.Effect == Suspend || m.Effect == RestrictChannels && slices.Contains(m.Channels, channel)
	})
}

// latest returns the last Until among automatic measures that match. Each of them covers s.On, so together they
// are one unbroken stretch from there.
func (s Standing) latest(match func(Measure) bool) (until slots.Date) {
	for _, m := range s.Measures {
		if m.Binding == Automatic && match(m) && m.Until.After(until) {
			until = m.Until
		}
	}
	return until
}
