package booking_test

import (
	"crypto/sha256"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// ask reads a request.
func (w *storyWorld) ask(s *slotstest.Step) booking.Ask {
	a := booking.Ask{Person: s.TextOr("person", ""), Account: s.TextOr("account", ""), Booker: s.TextOr("booker", ""),
		Channel: s.TextOr("via", ""), Classes: s.List("classes"), Ref: s.TextOr("ref", ""), Caller: booking.Caller(s.IntOr("caller", 0)),
		Made: instantOr(s, "made", 0), Resource: s.TextOr("who", ""), Department: s.TextOr("dept", ""), Service: s.TextOr("service", ""),
		From: instantOr(s, "from", 0), Until: instantOr(s, "until", 0), Count: s.IntOr("count", 0), Policy: s.TextOr("policy", "")}
	a.AnyOf, a.Weekdays = s.List("any"), w.weekdays(s)
	if s.Has("slot") {
		at := w.slotOf(s, s.Text("slot"))
		a.Session, a.N = w.sessionName(at.Session), int(at.N)
	}
	if s.Has("as") {
		w.as = []string{s.Text("as")}
	}
	return a
}

// slotOf finds a slot by SESSION/HH:MM, or by SESSION where it has one slot only.
func (w *storyWorld) slotOf(s *slotstest.Step, text string) booking.Slot {
	b := w.pool(s)
	name, clock := text, ""
	if i := strings.LastIndex(text, "/"); i >= 0 && b.Find(booking.SessionName, text) == 0 {
		name, clock = text[:i], text[i+1:]
	}
	id := w.sessionOf(s, name)
	v, _ := b.Session(id)
	for n := range v.Slots {
		at := booking.Slot{Session: id, N: uint16(n)}
		if x, _ := b.Slot(at); clock == x.Start.In(shanghai).Format("15:04") || clock == "" && v.Slots == 1 {
			return at
		}
	}
	if v.Retired {
		return booking.Slot{Session: id}
	}
	s.Failf("slot %s: no such slot", text)
	return booking.Slot{}
}

func (w *storyWorld) sessionOf(s *slotstest.Step, name string) booking.Session {
	id := booking.Session(w.pool(s).Find(booking.SessionName, name))
	if id == 0 {
		s.Failf("session %s: not opened", name)
	}
	return id
}

func (w *storyWorld) book(s *slotstest.Step) string { return w.request(s, (*booking.Desk).Book) }

func (w *storyWorld) hold(s *slotstest.Step) string { return w.request(s, (*booking.Desk).Hold) }

func (w *storyWorld) addOn(s *slotstest.Step) string { return w.request(s, (*booking.Desk).AddOn) }

type deskRequest func(*booking.Desk, slots.Instant, booking.Ask) (booking.Appointment, error)

// request asks once, or the same for several people one after another: body lines "PERSON CHANNEL [CLASS ...], ...".
func (w *storyWorld) request(s *slotstest.Step, f deskRequest) string {
	now, a := w.now(s), w.ask(s)
	var lines []string
	one := func(a booking.Ask) {
		id, err := f(w.desk, now, a)
		text := w.told(s, a.Person, err)
		if text == "" {
			text = "as before: " + w.names[id]
		}
		lines = append(lines, text)
	}
	for _, line := range splitList(strings.Join(s.Body(), ",")) {
		f := strings.Fields(line)
		if len(f) < 2 || a.Person != "" || a.Channel != "" {
			s.Failf("%q: want PERSON CHANNEL [CLASS ...], and neither person= nor via= above", line)
		}
		each := a
		each.Person, each.Channel, each.Classes = f[0], f[1], f[2:]
		one(each)
	}
	if len(lines) == 0 {
		a.Person, a.Channel = s.Text("person"), s.Text("via")
		one(a)
	}
	return strings.Join(lines, "\n")
}

// handle finds a name's handle; a new name enters the log first.
func (w *storyWorld) handle(s *slotstest.Step, m booking.Meta, k booking.NameKind, name string) uint32 {
	if w.pool(s).Find(k, name) == 0 {
		if _, err := w.desk.Do(booking.Introduce{Meta: booking.Meta{At: m.At}, Kind: k, Name: name}); err != nil {
			s.Failf("%v", err)
		}
	}
	return w.pool(s).Find(k, name)
}

// bundle makes several appointments or none: body lines "NAME PERSON CHANNEL SLOT [CLASS ...]".
func (w *storyWorld) bundle(s *slotstest.Step) string {
	now := w.now(s)
	if err := w.catchUp(s, now); err != nil {
		return w.told(s, "", err)
	}
	c := booking.Bundle{Meta: w.meta(s, now), As: booking.Booked, WithinMinutes: uint16(s.IntOr("within", 0))}
	if s.Has("held") {
		c.As = booking.Held
	}
	var names []string
	for _, line := range s.Body() {
		f := strings.Fields(line)
		if len(f) < 4 {
			s.Failf("line %q: want NAME PERSON CHANNEL SLOT [CLASS ...]", line)
		}
		names = append(names, f[0])
		q := booking.Request{Person: booking.Person(w.handle(s, c.Meta, booking.PersonName, f[1]))}
		if leg, sought := w.sought(s, f[3]); sought {
			q.Resource, q.AnyOf, q.Department, q.Service = leg.Resource, leg.AnyOf, leg.Department, leg.Service
		} else {
			q.Slot = w.slotOf(s, f[3])
		}
		var others []booking.Class
		for _, class := range f[4:] {
			others = append(others, booking.Class(w.handle(s, c.Meta, booking.ClassName, class)))
		}
		var err error
		q.Bear, err = booking.NewBearing(booking.Class(w.handle(s, c.Meta, booking.ClassName, f[2])), others...)
		if err != nil {
			s.Failf("%v", err)
		}
		c.Requests = append(c.Requests, q)
	}
	w.as = names
	reply, err := w.desk.Do(c)
	who := ""
	if err != nil && int(reply.Count) < len(names) {
		who = names[reply.Count]
	}
	return w.told(s, who, err)
}

// meta stamps a command, under the key of ref= where that is given, as the Desk does.
func (w *storyWorld) meta(s *slotstest.Step, now slots.Instant) booking.Meta {
	m := booking.Meta{At: max(now, w.pool(s).Clock())}
	if s.Has("ref") {
		sum := sha256.Sum256([]byte(s.Text("ref")))
		copy(m.Key[:], sum[:])
		m.Caller, m.Made = booking.Caller(s.IntOr("caller", 0)), instantOr(s, "made", m.At)
	}
	return m
}

// reschedule moves an appointment to what is named or sought.
func (w *storyWorld) reschedule(s *slotstest.Step) string {
	now, a := w.now(s), w.ask(s)
	id, name := w.visitOf(s)
	text := w.told(s, name, w.desk.Reschedule(now, id, a))
	if text == "" {
		return "nothing to do: " + name
	}
	return text
}

// visitOf finds the appointment that of= names.
func (w *storyWorld) visitOf(s *slotstest.Step) (booking.Appointment, string) {
	return w.visitNamed(s, s.Text("of"))
}

// visitNamed finds an appointment by its name in the story; #7 is the appointment with that number.
func (w *storyWorld) visitNamed(s *slotstest.Step, name string) (booking.Appointment, string) {
	if number, ok := strings.CutPrefix(name, "#"); ok {
		return booking.Appointment(atoi(s, number)), name
	}
	id := w.visits[name]
	if id == 0 {
		s.Failf("of=%s: no appointment of that name", name)
	}
	return id, name
}
