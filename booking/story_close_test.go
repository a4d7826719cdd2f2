package booking_test

import (
	"fmt"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/closure"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// close closes sessions; everyone in them gets an offer, or is moved at once. The body puts people into slots; planned has them planned.
func (w *storyWorld) close(s *slotstest.Step) string {
	if err := w.catchUp(s, w.now(s)); err != nil {
		return w.told(s, "", err)
	}
	at := max(w.now(s), w.pool(s).Clock())
	ids := w.closing(s, at)
	c := booking.CloseSession{Session: ids[0], And: ids[1:], AnswerBy: s.Instant("answer-by", shanghai),
		From: instantOr(s, "from", 0), Until: instantOr(s, "until", 0), Move: s.Has("move"), Waitlist: s.Has("waitlist")}
	for _, line := range s.Body() {
		name, slot, _ := strings.Cut(line, " ")
		id, _ := w.visitNamed(s, name)
		c.Plan = append(c.Plan, booking.Placement{Appointment: id, Slot: w.slotOf(s, slot)})
	}
	planned := ""
	if s.Has("planned") {
		var err error
		if c.Plan, planned, err = w.plan(s, at, &c); err != nil {
			return w.told(s, "", err)
		}
	}
	reply, err := w.do(s, func(m booking.Meta) booking.Command { c.Meta = m; return c })
	var names []string
	for _, id := range ids {
		names = append(names, w.sessionName(id))
	}
	text := w.told(s, strings.Join(names, ", "), err)
	if err == nil && len(ids) > 1 {
		text += fmt.Sprintf("\naffected %d", reply.Count)
	}
	return text + planned
}

// closing is what closes: session=, or physician= or site= on a date=.
func (w *storyWorld) closing(s *slotstest.Step, at slots.Instant) (ids []booking.Session) {
	b := w.pool(s)
	switch {
	case s.Has("physician"):
		ids = closure.PhysicianDay(nil, b, booking.Resource(b.Find(booking.ResourceName, s.Text("physician"))), s.Date("date"), at)
	case s.Has("site"):
		ids = closure.SiteDay(nil, b, booking.Site(b.Find(booking.SiteName, s.Text("site"))), s.Date("date"), at)
	default:
		for _, name := range s.List("session") {
			ids = append(ids, w.sessionOf(s, name))
		}
	}
	if len(ids) == 0 {
		s.Failf("nothing closes")
	}
	return ids
}

// plan has package closure plan a closing.
func (w *storyWorld) plan(s *slotstest.Step, at slots.Instant, c *booking.CloseSession) ([]booking.Placement, string, error) {
	x := closure.Closing{Sessions: append([]booking.Session{c.Session}, c.And...), At: at, AnswerBy: c.AnswerBy, From: c.From, Until: c.Until, Move: c.Move,
		Waitlist: c.Waitlist, Zone: shanghai, OtherGrade: s.Has("other-grade"), OtherDepartment: s.Has("other-department")}
	if s.Has("frailest") {
		for _, name := range s.List("frailest") {
			x.Frailest = append(x.Frailest, booking.Class(w.pool(s).Find(booking.ClassName, name)))
		}
	}
	p, err := closure.Plan(w.pool(s), x)
	if err != nil {
		return nil, "", err
	}
	f := p.Fates
	told := fmt.Sprintf("\nplanned offered=%d moved=%d waitlisted=%d told=%d unpaid=%d", f.Offered, f.Moved, f.Waitlisted, f.Told, f.Unpaid)
	if p.Exact {
		told += " best"
	}
	return p.Command.Plan, told, p.Verify()
}

// substitute puts others into a session.
func (w *storyWorld) substitute(s *slotstest.Step) string {
	if err := w.catchUp(s, w.now(s)); err != nil {
		return w.told(s, "", err)
	}
	grades := map[string]slots.Grade{"": slots.NoGrade}
	for g := slots.Resident; g.IsValid(); g++ {
		grades[strings.ReplaceAll(g.String(), " ", "-")] = g
	}
	grade, ok := grades[s.TextOr("grade", "")]
	if !ok {
		s.Failf("grade=%s: want a grade", s.Text("grade"))
	}
	before := len(w.fresh)
	_, err := w.desk.Substitute(w.now(s), s.Text("session"), s.List("who"), grade, instantOr(s, "answer-by", 0))
	text := w.told(s, s.Text("session"), err)
	if err == nil && text == "" && before == 0 {
		return "nothing to do"
	}
	return text
}

// staffWords say who is in a session now.
func (w *storyWorld) staffWords(id booking.Session) string {
	v, _ := w.desk.Pool().Session(id)
	var names []string
	for _, r := range w.desk.Pool().Resources(nil, id) {
		names = append(names, w.name(booking.ResourceName, uint32(r)))
	}
	return fmt.Sprintf("who=(%s) grade=%s", strings.Join(names, ", "), strings.ReplaceAll(v.Grade.String(), " ", "-"))
}

// offerWords tell an offer: of nothing, of a slot, of the same slot with somebody else in it, or what took effect at once.
func (w *storyWorld) offerWords(e *booking.Event, name, where string) string {
	v, _ := w.desk.Pool().Appointment(e.Appointment())
	switch own := e.Slot().IsValid() && v.From == e.Slot(); {
	case !e.Slot().IsValid():
		return fmt.Sprintf("offered %s nothing until=%s", name, storyTime(e.Until()))
	case own && e.IsMoved():
		return fmt.Sprintf("stands %s %s", name, w.slot(e.Slot()))
	case own:
		return fmt.Sprintf("asked %s %s until=%s", name, w.slot(e.Slot()), storyTime(e.Until()))
	case e.IsMoved():
		return fmt.Sprintf("moved %s %s", name, where)
	}
	return fmt.Sprintf("offered %s %s until=%s", name, where, storyTime(e.Until()))
}
