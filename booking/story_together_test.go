package booking_test

import (
	"fmt"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// weekdays reads weekdays=(Monday, Thursday).
func (w *storyWorld) weekdays(s *slotstest.Step) slots.Weekdays {
	var list []slots.Weekday
	for _, name := range s.List("weekdays") {
		for d := slots.Monday; d <= slots.Sunday; d++ {
			if d.String() == name {
				list = append(list, d)
			}
		}
	}
	if len(list) != len(s.List("weekdays")) {
		s.Failf("weekdays: want Monday to Sunday")
	}
	return slots.WeekdaysOf(list...)
}

// resources finds a set of resources.
func (w *storyWorld) resources(s *slotstest.Step, names []string) booking.ResourceSet {
	var list []booking.Resource
	for _, name := range names {
		list = append(list, booking.Resource(w.pool(s).Find(booking.ResourceName, name)))
	}
	set, err := booking.NewResourceSet(list...)
	if err != nil {
		s.Failf("any=%v: %v", names, err)
	}
	return set
}

// sought reads who:NAME, any:A+B, dept:NAME or service:NAME.
func (w *storyWorld) sought(s *slotstest.Step, text string) (l booking.Leg, ok bool) {
	how, name, ok := strings.Cut(text, ":")
	b := w.pool(s)
	switch how {
	case "who":
		l.Resource = booking.Resource(b.Find(booking.ResourceName, name))
	case "any":
		l.AnyOf = w.resources(s, strings.Split(name, "+"))
	case "dept":
		l.Department = booking.Department(b.Find(booking.DepartmentName, name))
	case "service":
		l.Service = booking.Service(b.Find(booking.ServiceName, name))
	default:
		return l, false
	}
	return l, ok
}

func asOf(s *slotstest.Step) booking.State {
	if s.Has("held") {
		return booking.Held
	}
	return booking.Booked
}

// joint books one person with several physicians: body lines "NAME SLOT" or "NAME who:PHYSICIAN" and so on.
func (w *storyWorld) joint(s *slotstest.Step) string {
	now, a := w.now(s), w.ask(s)
	a.Person, a.Channel = s.Text("person"), s.Text("via")
	var with []booking.Ask
	var names []string
	for i, line := range s.Body() {
		f := strings.Fields(line)
		if len(f) != 2 {
			s.Failf("line %q: want NAME and SLOT, or who:, any:, dept:, service:", line)
		}
		leg := &a
		if names = append(names, f[0]); i > 0 {
			with = append(with, booking.Ask{})
			leg = &with[i-1]
		}
		switch how, name, _ := strings.Cut(f[1], ":"); how {
		case "who":
			leg.Resource = name
		case "any":
			leg.AnyOf = strings.Split(name, "+")
		case "dept":
			leg.Department = name
		case "service":
			leg.Service = name
		default:
			at := w.slotOf(s, f[1])
			leg.Session, leg.N = w.sessionName(at.Session), int(at.N)
		}
	}
	w.as = names
	reply, err := w.desk.Joint(now, a, with, asOf(s))
	who := a.Person
	if err != nil && int(reply.Count) < len(names) {
		who = names[reply.Count]
	}
	return w.told(s, who, err)
}

// series books visits that are so many days apart, which go by NAME-1, NAME-2 and so on.
func (w *storyWorld) series(s *slotstest.Step) string {
	now, a := w.now(s), w.ask(s)
	a.Person, a.Channel = s.Text("person"), s.Text("via")
	visits := s.Int("visits")
	w.as = nil
	for i := range visits {
		w.as = append(w.as, fmt.Sprintf("%s-%d", a.Person, i+1))
	}
	reply, err := w.desk.Series(now, a, visits, s.Int("every"), s.IntOr("within", 0), asOf(s))
	return w.told(s, fmt.Sprintf("%s-%d", a.Person, reply.Count+1), err)
}

func (w *storyWorld) linkedWords(e *booking.Event) string {
	var names []string
	for i := range e.Number() {
		names = append(names, w.names[e.Appointment()+booking.Appointment(i)])
	}
	return "linked " + strings.Join(names, " ")
}
