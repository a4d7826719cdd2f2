package booking_test

import (
	"fmt"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// show lets time pass and looks: at a day sheet, a session's quotas, a person, what a request may have, or why it may not.
func (w *storyWorld) show(s *slotstest.Step) string {
	now := w.now(s)
	err := w.catchUp(s, now)
	lines := []string{}
	if text := w.told(s, "", err); text != "" {
		lines = append(lines, text)
	}
	if err != nil {
		return strings.Join(lines, "\n")
	}
	looks := map[string]func(*slotstest.Step, slots.Instant) []string{
		"sheet": w.showSheet, "quotas": w.showQuotas, "of": w.showPerson, "free": w.showFree, "why": w.showWhy, "over": w.showOver,
		"plans": w.showPlans, "instead": w.showInstead, "obstacles": w.showObstacles,
	}
	asked := 0
	for what, look := range looks {
		if s.Has(what) {
			asked++
			lines = append(lines, look(s, now)...)
		}
	}
	if asked != 1 {
		s.Failf("want one of sheet=, quotas=, of=, free, why, over, plans, instead=, obstacles")
	}
	return strings.Join(lines, "\n")
}

// showSheet is the day sheet of a session: a slot a line, who is in it, and how it stands with them.
func (w *storyWorld) showSheet(s *slotstest.Step, _ slots.Instant) []string {
	b, id := w.desk.Pool(), w.sessionOf(s, s.Text("sheet"))
	v, _ := b.Session(id)
	status := "not released"
	switch {
	case v.Retired:
		status = "retired"
	case v.Ended:
		status = "ended"
	case v.Closed:
		status = "closed"
	case v.Released:
		status = "released"
	}
	lines := []string{fmt.Sprintf("%s %v %s free=%d", s.Text("sheet"), v.Date, status, v.Free)}
	for n := range v.Slots {
		at := booking.Slot{Session: id, N: uint16(n)}
		x, _ := b.Slot(at)
		of := fmt.Sprint(x.Capacity)
		if x.Granted > 0 {
			of += fmt.Sprintf("+%d", x.Granted)
		}
		line := fmt.Sprintf("%s %d of %s", x.Start.In(shanghai).Format("15:04"), x.Taken+x.Held+x.Offered, of)
		if x.Resting > 0 {
			line += fmt.Sprintf(" resting=%d", x.Resting)
		}
		lines = append(lines, line+w.sheetPeople(id, func(y booking.Visit) bool {
			return y.Slot.IsValid() && y.Slot.N <= at.N && int(at.N) < int(y.Slot.N)+y.Count
		}))
	}
	if rest := w.sheetPeople(id, func(y booking.Visit) bool { return !y.Slot.IsValid() }); rest != "" {
		lines = append(lines, "without a number"+rest)
	}
	return lines
}

func (w *storyWorld) sheetPeople(id booking.Session, here func(booking.Visit) bool) (text string) {
	for _, a := range w.desk.Pool().AppointmentsIn(nil, id) {
		v, _ := w.desk.Pool().Appointment(a)
		if !here(v) {
			continue
		}
		text += fmt.Sprintf(" | %s %v", w.names[a], v.State)
		if v.AddOn {
			text += " add-on"
		} else if v.IsReturn {
			text += " back"
		} else if v.Slot.IsValid() {
			text += " " + w.class(v.Class)
		}
	}
	return text
}

func (w *storyWorld) showQuotas(s *slotstest.Step, now slots.Instant) (lines []string) {
	id := w.sessionOf(s, s.Text("quotas"))
	v, _ := w.desk.Pool().Session(id)
	common := v.Free
	for _, q := range w.desk.Pool().Quotas(nil, id, now) {
		line := fmt.Sprintf("%s charged=%d borne=%d kept=%d", w.quotaWords(q.Quota), q.Charged, q.Borne, q.Effective)
		if q.Opened {
			line += " opened"
		}
		lines = append(lines, line)
		common -= q.Effective
	}
	return append(lines, fmt.Sprintf("free=%d common=%d", v.Free, common))
}

// showPerson lists what a person has that counts for limits, and their restriction.
func (w *storyWorld) showPerson(s *slotstest.Step, _ slots.Instant) (lines []string) {
	b := w.desk.Pool()
	p := booking.Person(b.Find(booking.PersonName, s.Text("of")))
	lines = w.personFacts(p)
	for _, id := range b.AppointmentsOf(nil, p) {
		v, _ := b.Appointment(id)
		where := "without a number"
		if v.Slot.IsValid() {
			where = w.slot(v.Slot)
		}
		if v.ReturnUntil.IsValid() {
			where += " may-return-until=" + v.ReturnUntil.String()
		}
		lines = append(lines, fmt.Sprintf("%s %s %v", w.names[id], where, v.State))
	}
	for _, r := range b.Restrictions(nil, p, 0) {
		lines = append(lines, "restricted until="+storyTime(r.Until)+w.gateWords(r.Gate))
	}
	for _, x := range b.GivenBack(nil, p) {
		lines = append(lines, "gave back "+w.sessionName(x.Session)+" until="+storyTime(x.Until))
	}
	if len(lines) == 0 {
		return []string{"nothing"}
	}
	return lines
}

// wish is a request of someone who need not be known yet; nothing of it enters the log.
func (w *storyWorld) wish(s *slotstest.Step, now slots.Instant, t *booking.Batch) booking.Request {
	a := w.ask(s)
	b := w.desk.Pool()
	name := func(k booking.NameKind, text string) uint32 {
		if text == "" || b.Find(k, text) != 0 {
			return b.Find(k, text)
		}
		before := t.Len()
		if _, err := b.Decide(t, booking.Introduce{Meta: booking.Meta{At: max(now, b.Clock())}, Kind: k, Name: text}); err != nil {
			s.Failf("%v", err)
		}
		return t.Events()[before].Number()
	}
	q := booking.Request{Person: booking.Person(name(booking.PersonName, s.Text("person"))),
		Account: booking.Account(name(booking.AccountName, a.Account)), Count: uint16(a.Count), From: a.From, Until: a.Until,
		Resource:   booking.Resource(b.Find(booking.ResourceName, a.Resource)),
		Department: booking.Department(b.Find(booking.DepartmentName, a.Department)),
		Service:    booking.Service(b.Find(booking.ServiceName, a.Service))}
	q.AnyOf, q.Weekdays = w.resources(s, a.AnyOf), a.Weekdays
	if a.Session != "" {
		q.Slot = booking.Slot{Session: w.sessionOf(s, a.Session), N: uint16(a.N)}
	}
	var others []booking.Class
	for _, c := range a.Classes {
		others = append(others, booking.Class(name(booking.ClassName, c)))
	}
	var err error
	if q.Bear, err = booking.NewBearing(booking.Class(name(booking.ClassName, s.Text("via"))), others...); err != nil {
		s.Failf("%v", err)
	}
	return q
}

// showFree lists what a request may have.
func (w *storyWorld) showFree(s *slotstest.Step, now slots.Instant) (lines []string) {
	var t booking.Batch
	q := w.wish(s, now, &t)
	list, err := w.desk.Pool().Candidates(nil, &t, q, now, 100)
	if err != nil {
		s.Failf("%v", err)
	}
	for _, c := range list {
		lines = append(lines, fmt.Sprintf("%s room=%d", w.slot(c.Slot), c.Room))
	}
	if len(lines) == 0 {
		return []string{"nothing free"}
	}
	return lines
}

// showWhy lists every reason against a request for a named slot.
func (w *storyWorld) showWhy(s *slotstest.Step, now slots.Instant) (lines []string) {
	var t booking.Batch
	q := w.wish(s, now, &t)
	list, err := w.desk.Pool().Reasons(nil, &t, q, now)
	if err != nil {
		s.Failf("%v", err)
	}
	for i := range list {
		lines = append(lines, w.refusalWords(&list[i]))
	}
	if len(lines) == 0 {
		return []string{"nothing against it"}
	}
	return lines
}

// showOver lists what past decisions are over, by today's rules and quotas.
func (w *storyWorld) showOver(*slotstest.Step, slots.Instant) (lines []string) {
	for _, f := range w.desk.Pool().Check() {
		line := fmt.Sprintf("%s: want=%d have=%d", f.Law, f.Want, f.Have)
		if f.Session != 0 {
			line += " " + w.sessionName(f.Session)
		}
		if f.Class != 0 {
			line += " class=" + w.class(f.Class)
		}
		if f.Appointment != 0 {
			line += " " + w.names[f.Appointment]
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return []string{"nothing over"}
	}
	return lines
}
