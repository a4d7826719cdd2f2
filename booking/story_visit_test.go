package booking_test

import (
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// storySteps are the verbs that take an appointment one step on.
var storySteps = map[string]func(booking.Meta, booking.Appointment) booking.Command{
	"pay": func(m booking.Meta, a booking.Appointment) booking.Command {
		return booking.Pay{Meta: m, Appointment: a}
	},
	"confirm": func(m booking.Meta, a booking.Appointment) booking.Command {
		return booking.Confirm{Meta: m, Appointment: a}
	},
	"arrive": func(m booking.Meta, a booking.Appointment) booking.Command {
		return booking.CheckIn{Meta: m, Appointment: a}
	},
	"start": func(m booking.Meta, a booking.Appointment) booking.Command {
		return booking.Start{Meta: m, Appointment: a}
	},
	"complete": func(m booking.Meta, a booking.Appointment) booking.Command {
		return booking.Complete{Meta: m, Appointment: a}
	},
	"missed": func(m booking.Meta, a booking.Appointment) booking.Command {
		return booking.MarkNoShow{Meta: m, Appointment: a}
	},
	"void": func(m booking.Meta, a booking.Appointment) booking.Command {
		return booking.Void{Meta: m, Appointment: a}
	},
}

// visitStep takes one appointment, or each of a list, a step on.
func (w *storyWorld) visitStep(s *slotstest.Step) string { return w.eachVisit(s, storySteps[s.Verb]) }

// eachVisit does one thing to each appointment that of= names.
func (w *storyWorld) eachVisit(s *slotstest.Step, command func(booking.Meta, booking.Appointment) booking.Command) string {
	var lines []string
	for _, name := range s.List("of") {
		id, name := w.visitNamed(s, name)
		lines = append(lines, w.onVisit(s, name, func(m booking.Meta) booking.Command { return command(m, id) }))
	}
	if len(lines) == 0 {
		s.Failf("argument of: missing")
	}
	return strings.Join(lines, "\n")
}

func (w *storyWorld) onVisit(s *slotstest.Step, name string, command func(booking.Meta) booking.Command) string {
	reply, err := w.do(s, command)
	text := w.told(s, name, err)
	if reply.Repeat {
		return "as before: " + name
	}
	return text
}

func (w *storyWorld) cancel(s *slotstest.Step) string {
	by := booking.ByPatient
	switch who := s.TextOr("by", "patient"); who {
	case "patient":
	case "hospital":
		by = booking.ByHospital
	default:
		s.Failf("by=%s: want patient or hospital", who)
	}
	return w.eachVisit(s, func(m booking.Meta, id booking.Appointment) booking.Command {
		return booking.Cancel{Meta: m, Appointment: id, By: by}
	})
}

func (w *storyWorld) answer(s *slotstest.Step) string {
	accept := s.Has("accept")
	if accept == s.Has("decline") {
		s.Failf("want accept or decline")
	}
	return w.eachVisit(s, func(m booking.Meta, id booking.Appointment) booking.Command {
		return booking.Answer{Meta: m, Appointment: id, Accept: accept}
	})
}

// quota changes one class's line in a session: the body is the line, as in open.
func (w *storyWorld) quota(s *slotstest.Step) string {
	id := w.sessionOf(s, s.Text("session"))
	body := s.Body()
	if len(body) != 1 {
		s.Failf("want one line: CLASS: reserve n, cap n, ...")
	}
	q := readQuota(s, body[0])
	reply, err := w.do(s, func(m booking.Meta) booking.Command {
		class := booking.Class(w.handle(s, m, booking.ClassName, q.Class))
		return booking.SetQuota{Meta: m, Session: id, Quota: booking.Quota{Class: class, Reserve: q.Reserve, Cap: q.Cap,
			Capped: q.Capped, OpenAt: q.OpenAt, CapLifts: q.CapLifts, From: q.From}}
	})
	if text := w.told(s, s.Text("session"), err); text != "" || reply.Outcome != booking.Nothing {
		return text
	}
	return "nothing to do"
}

func (w *storyWorld) grant(s *slotstest.Step) string {
	at := w.slotOf(s, s.Text("slot"))
	_, err := w.do(s, func(m booking.Meta) booking.Command {
		return booking.Grant{Meta: m, Slot: at, Units: uint16(s.Int("units"))}
	})
	return w.told(s, s.Text("slot"), err)
}

// restrict bars a person or an account until a time; lift ends it.
func (w *storyWorld) restrict(s *slotstest.Step) string {
	c := booking.Restrict{Gate: booking.Gate{HorizonDays: uint16(s.IntOr("horizon-days", 0)), MaxOpen: uint16(s.IntOr("max-open", 0))}}
	if !s.Has("lift") {
		c.Until = s.Instant("until", shanghai)
	}
	find := func(k booking.NameKind, key string) uint32 {
		if !s.Has(key) {
			return 0
		}
		return w.handle(s, booking.Meta{At: max(w.now(s), w.pool(s).Clock())}, k, s.Text(key))
	}
	if err := w.catchUp(s, w.now(s)); err != nil {
		return w.told(s, "", err)
	}
	c.Person, c.Account = booking.Person(find(booking.PersonName, "person")), booking.Account(find(booking.AccountName, "account"))
	c.Gate.Channel = booking.Class(find(booking.ClassName, "channel"))
	_, err := w.do(s, func(m booking.Meta) booking.Command { c.Meta = m; return c })
	return w.told(s, "", err)
}

func (w *storyWorld) retire(s *slotstest.Step) string {
	before := s.Date("before")
	_, err := w.do(s, func(m booking.Meta) booking.Command { return booking.Retire{Meta: m, Before: before} })
	return w.told(s, "", err)
}

// catchUp lets all happen that is due by now, as every verb of a desk does: without trusting a clock that jumps.
func (w *storyWorld) catchUp(s *slotstest.Step, now slots.Instant) error {
	for {
		if at, ok := w.pool(s).Wake(); !ok || at > now {
			return nil
		}
		if _, err := w.desk.Do(booking.Advance{Meta: booking.Meta{At: max(now, w.pool(s).Clock())}}); err != nil {
			return err
		}
	}
}

// advance lets time pass: all that is due by then happens, in order. jump allows a longer step than the rules do.
func (w *storyWorld) advance(s *slotstest.Step) string {
	now := w.now(s)
	if !s.Has("jump") {
		err := w.catchUp(s, now)
		if err == nil {
			_, err = w.desk.Do(booking.Advance{Meta: booking.Meta{At: max(now, w.pool(s).Clock())}})
		}
		text := w.told(s, "", err)
		if text == "" {
			return "nothing due"
		}
		return text
	}
	for {
		reply, err := w.desk.Do(booking.Advance{Meta: booking.Meta{At: max(now, w.pool(s).Clock())}, Jump: true})
		if err != nil || reply.Outcome == booking.Nothing {
			return w.told(s, "", err)
		}
	}
}
