package slots

import "fmt"

// Closure takes away everything that is held at a site: a power cut, a fire drill, a typhoon day. It outranks all else, extra sessions and
// moved ones included. It goes by the clock: all day is from 00:00 to 24:00, also of what began the evening before. What is booked
// there needs a closure in the pool as well.
type Closure struct {
	Site       string // as in Line.Site; the empty one is the site of all lines that name none
	Department string // of this department only; empty: of all
	From       Date   // first day
	Until      Date   // last day, included
	// Start and End bound the closure on each of its days, [Start, End) on the wall clock; both 00:00: from 00:00 to 24:00.
	Start, End Clock
}

func (c *Closure) absence() absence {
	a := absence{c.From, c.Until, c.Start, c.End}
	if a.allDay() {
		a.end = Clock{24 * 60}
	}
	return a
}

func (c *Closure) of(l *Line) bool {
	return c.Site == l.Site && (c.Department == "" || c.Department == l.Department)
}

// siteDepartment is what a closure is of: a site, or (with a department) a part of it.
type siteDepartment struct{ site, department string }

// readClosures checks them. One of a site or department that no line has is a problem: it would be accepted and do nothing.
func (r *Roster) readClosures(list []Closure, sources []*source, revisions []Revision, p *problems) {
	lists := map[siteDepartment][]absence{}
	department := make(map[string]string, len(sources)) // by rule
	if len(list) > 0 && len(revisions) > 0 {
		for _, s := range sources {
			department[s.ID] = s.Line.Department
		}
	}
	for i, c := range list {
		where, known := fmt.Sprintf("Closures[%d]: ", i), false
		var q problems
		c.absence().check(&q)
		p.under(where, q.err())
		for _, s := range sources {
			known = known || c.of(&s.Line)
		}
		for _, v := range revisions {
			known = known || v.Site != "" && v.Site == c.Site && (c.Department == "" || c.Department == department[v.Rule])
		}
		if !known {
			p.add("%sSite %.60q, Department %.60q: no rule or extra session is there", where, c.Site, c.Department)
		}
		at := siteDepartment{c.Site, c.Department}
		lists[at] = append(lists[at], c.absence())
	}
	r.closures = make(map[siteDepartment]absences, len(lists))
	for at, list := range lists { //house:anyorder each list is sorted by itself
		r.closures[at] = newAbsences(list)
	}
}
