package search

import (
	"errors"
	"fmt"
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Query is what is sought, as names. At least one of Resource, Department and Service is named; what is left empty does not restrict.
type Query struct {
	Resource   string // a physician, a machine, a room
	Department string
	Service    string
	Sites      []string      // at any of these; "" is the site of sessions that name none
	Kinds      []slots.Kind  // of any of these
	Grades     []slots.Grade // of any of these
	// Class is the quota class that must be admitted; "" asks no quotas.
	Class string
	// Visit is what the slots must be for; slots for any visit serve each. AnyVisit: whatever they are for.
	Visit slots.Visit
	// Count is how many consecutive slots of one session, none missing between them, are sought: 0 counts as 1.
	Count int
	// Weekdays on which each of the slots may start, by the hospital's clocks; the empty set: any.
	Weekdays slots.Weekdays
	// Windows of the hospital's clocks: each of the slots must lie within their union.
	Windows []Window
}

// Window is a stretch of the day [From, Until): mornings are 00:00 to 12:00. One that ends before its start goes past midnight, as
// far as 00:00; all day is 00:00 to 24:00.
type Window struct{ From, Until slots.Clock }

// ErrUnknown is wrapped by errors of Index.Plan about a physician, department, service or site that no session of the index
// has. It may be that nothing is offered, or that the name is wrong; the index cannot tell.
var ErrUnknown = errors.New("no session of the index has it")

// Check reports all that is wrong with a query whatever the index, each problem with its field and value.
func (q *Query) Check() error {
	var p problems
	if q.Resource == "" && q.Department == "" && q.Service == "" {
		p.Add("Resource, Department, Service: all missing, want at least one")
	}
	if len(q.Sites) > MaxSites {
		p.Add("Sites %d: want at most %d", len(q.Sites), MaxSites)
	}
	for i, k := range q.Kinds {
		if !k.IsValid() {
			p.Add("Kinds[%d] %d: want General to Joint", i, uint8(k))
		}
	}
	for i, g := range q.Grades {
		if !g.IsValid() {
			p.Add("Grades[%d] %d: want NoGrade to Chief", i, uint8(g))
		}
	}
	p.within("Count", q.Count, 0, MaxSessionSlots)
	if q.Weekdays != slots.WeekdaysOf(slices.Collect(q.Weekdays.All())...) {
		p.Add("Weekdays %v: not a set of weekdays", q.Weekdays)
	}
	if !q.Visit.IsValid() {
		p.Add("Visit %d: want AnyVisit, FirstVisit or FollowUp", uint8(q.Visit))
	}
	p.within("Windows", len(q.Windows), 0, MaxWindows)
	for i, w := range q.Windows {
		if w.From == w.Until {
			p.Add("Windows[%d] %v to %v: empty", i, w.From, w.Until)
		}
		if w.From == endOfDay {
			p.Add("Windows[%d].From %v: want 00:00 to 23:59", i, w.From)
		}
	}
	return p.Err()
}

// names turns the names of a query into numbers of the index, and adds those that it does not know.
func (x *Index) names(q *Query, p *problems) (n numbers) {
	known := func(field, name string, names map[string]uint32) uint32 {
		number, ok := names[name]
		if !ok {
			p.Add("%s %.60q: %w", field, name, ErrUnknown)
		}
		return number
	}
	if q.Resource != "" {
		n.resource = known("Resource", q.Resource, x.resources)
	}
	if q.Department != "" {
		n.department = known("Department", q.Department, x.departments)
	}
	if q.Service != "" {
		n.service = known("Service", q.Service, x.services)
	}
	for i, site := range q.Sites[:min(len(q.Sites), MaxSites)] {
		n.sites = append(n.sites, known(fmt.Sprintf("Sites[%d]", i), site, x.sites))
	}
	if q.Class != "" {
		class, ok := x.Class(q.Class)
		if !ok {
			p.Add("Class %.60q: not among the index's Classes", q.Class)
		}
		n.class = class
	}
	return n
}

// numbers are the names of a query in an index.
type numbers struct {
	resource, department, service uint32
	sites                         []uint32
	class                         Class
}
