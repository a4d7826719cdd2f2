package booking_test

import (
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// join puts somebody on the waitlist, and lets it be tried at once.
func (w *storyWorld) join(s *slotstest.Step) string {
	now := w.now(s)
	if err := w.catchUp(s, now); err != nil {
		return w.told(s, "", err)
	}
	as := w.asEntry
	if s.Has("as") {
		as = s.Text("as")
	}
	var lines []string
	people := splitList(strings.Join(s.Body(), ","))
	if len(people) == 0 {
		people = []string{strings.Join(append([]string{s.Text("person"), s.Text("via")}, s.List("classes")...), " ")}
	}
	for _, line := range people {
		f := strings.Fields(line)
		m := w.meta(s, now)
		var others []booking.Class
		for _, class := range f[2:] {
			others = append(others, booking.Class(w.handle(s, m, booking.ClassName, class)))
		}
		c := booking.Join{Meta: m, DueBy: s.Instant("due-by", shanghai), Assign: s.Has("assign"), NeedsDecision: s.Has("needs-decision")}
		c.Person = booking.Person(w.handle(s, m, booking.PersonName, f[0]))
		c.Bear, _ = booking.NewBearing(booking.Class(w.handle(s, m, booking.ClassName, f[1])), others...)
		if account := s.TextOr("account", ""); account != "" {
			c.Account = booking.Account(w.handle(s, m, booking.AccountName, account))
		}
		b := w.pool(s)
		c.Resource = booking.Resource(b.Find(booking.ResourceName, s.TextOr("who", "")))
		c.Department = booking.Department(b.Find(booking.DepartmentName, s.TextOr("dept", "")))
		c.Service = booking.Service(b.Find(booking.ServiceName, s.TextOr("service", "")))
		c.AnyOf, c.Weekdays = w.resources(s, s.List("any")), w.weekdays(s)
		c.From, c.Until = instantOr(s, "from", 0), instantOr(s, "until", 0)
		w.asEntry = as
		_, err := w.desk.Do(c)
		if err == nil {
			err = w.catchUp(s, now)
		}
		if text := w.told(s, f[0], err); text != "" {
			lines = append(lines, text)
		}
		w.asEntry = ""
	}
	return strings.Join(lines, "\n")
}

// entryOf finds the entry that of= names.
func (w *storyWorld) entryOf(s *slotstest.Step) booking.Entry {
	name := s.Text("of")
	if number, ok := strings.CutPrefix(name, "#"); ok {
		return booking.Entry(atoi(s, number))
	}
	if w.entries[name] == 0 {
		s.Failf("of=%s: nobody of that name waits", name)
	}
	return w.entries[name]
}

func (w *storyWorld) leave(s *slotstest.Step) string {
	id := w.entryOf(s)
	return w.onVisit(s, s.Text("of"), func(m booking.Meta) booking.Command { return booking.Leave{Meta: m, Entry: id} })
}

func (w *storyWorld) screen(s *slotstest.Step) string {
	id, approve := w.entryOf(s), s.Has("approve")
	if approve == s.Has("reject") {
		s.Failf("want approve or reject")
	}
	text := w.onVisit(s, s.Text("of"), func(m booking.Meta) booking.Command { return booking.Screen{Meta: m, Entry: id, Approve: approve} })
	if err := w.catchUp(s, w.now(s)); err != nil {
		s.Failf("%v", err)
	}
	return strings.TrimSpace(text + "\n" + w.told(s, "", nil))
}
