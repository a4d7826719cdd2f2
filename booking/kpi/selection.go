package kpi

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Selection says what is counted. Fields that are set must all match; the zero Selection is everything.
type Selection struct {
	// From and Until bound the session's date, half-open.
	From, Until sl.Date
	// Department, Service, Resource and Channel are names. One that the log has not introduced is an error, not a zero.
	Department, Service, Resource, Channel string
}

// Grouping says by what a report is cut into lines.
type Grouping uint8

// The groupings.
const (
	// Whole: one line.
	Whole Grouping = 1 + iota
	// ByDay: the session's date.
	ByDay
	// ByDepartment: the session's department; the name is empty for sessions of none.
	ByDepartment
	// ByService: the session's service.
	ByService
	// ByResource: each resource of the session, physicians and rooms alike; a session of two is in two lines.
	ByResource
	// ByChannel: the channel of the request.
	ByChannel
)

// IsValid reports whether g is one of the groupings.
func (g Grouping) IsValid() bool { return g >= Whole && g <= ByChannel }

// String returns whole, day, department, service, resource or channel.
func (g Grouping) String() string {
	if !g.IsValid() {
		return fmt.Sprintf("Grouping(%d)", uint8(g))
	}
	return [...]string{"whole", "day", "department", "service", "resource", "channel"}[g-1]
}

// Group is what a line is about: a date for ByDay, a name for the rest, nothing for Whole.
type Group struct {
	Date sl.Date
	Name string
}

func (g Group) compare(h Group) int {
	return cmp.Or(g.Date.Compare(h.Date), cmp.Compare(g.Name, h.Name))
}

// choice is a Selection in handles.
type choice struct {
	from, until sl.Date
	department  booking.Department
	service     booking.Service
	resource    booking.Resource
	channel     booking.Class
}

// resolve turns names into handles; the error joins all problems.
func (p *Projection) resolve(s Selection) (choice, error) {
	var problems []error
	find := func(field string, k booking.NameKind, name string) uint32 {
		if name == "" {
			return 0
		}
		i := slices.Index(p.names[k], name)
		if i < 0 {
			problems = append(problems, fmt.Errorf("%s %q: the log has not introduced it", field, name))
		}
		return uint32(i + 1)
	}
	c := choice{from: s.From, until: s.Until,
		department: booking.Department(find("Department", booking.DepartmentName, s.Department)),
		service:    booking.Service(find("Service", booking.ServiceName, s.Service)),
		resource:   booking.Resource(find("Resource", booking.ResourceName, s.Resource)),
		channel:    booking.Class(find("Channel", booking.ClassName, s.Channel))}
	if s.From.IsValid() && s.Until.IsValid() && !s.From.Before(s.Until) {
		problems = append(problems, fmt.Errorf("selection: Until %v: not after From %v", s.Until, s.From))
	}
	return c, errors.Join(problems...)
}

// has reports whether a session is selected.
func (c *choice) has(s *session) bool {
	o := &s.opening
	return !o.Date.Before(c.from) && (!c.until.IsValid() || o.Date.Before(c.until)) &&
		(c.department == 0 || o.Department == c.department) && (c.service == 0 || o.Service == c.service) &&
		(c.resource == 0 || slices.Contains(o.Resources, c.resource))
}

// hasChannel reports whether a channel is selected.
func (c *choice) hasChannel(channel booking.Class) bool {
	return c.channel == 0 || c.channel == channel
}

func (p *Projection) name(k booking.NameKind, handle uint32) string {
	if handle == 0 {
		return ""
	}
	return p.names[k][handle-1]
}

// groups appends the lines in which something of a session, and of a channel, counts.
func (p *Projection) groups(dst []Group, by Grouping, s *session, channel booking.Class) []Group {
	o := &s.opening
	switch by {
	case Whole:
		return append(dst, Group{})
	case ByDay:
		return append(dst, Group{Date: o.Date})
	case ByDepartment:
		return append(dst, Group{Name: p.name(booking.DepartmentName, uint32(o.Department))})
	case ByService:
		return append(dst, Group{Name: p.name(booking.ServiceName, uint32(o.Service))})
	case ByChannel:
		return append(dst, Group{Name: p.name(booking.ClassName, uint32(channel))})
	}
	for _, r := range o.Resources {
		dst = append(dst, Group{Name: p.name(booking.ResourceName, uint32(r))})
	}
	if len(o.Resources) == 0 {
		dst = append(dst, Group{})
	}
	return dst
}
