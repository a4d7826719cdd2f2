package booking_test

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// setRelease names a release rule, a line a part: see testdata/README.md.
func (w *storyWorld) setRelease(s *slotstest.Step) string {
	r := &slots.Release{}
	for _, line := range s.Body() {
		what, rest, ok := strings.Cut(line, ":")
		what, rest = strings.TrimSpace(what), strings.TrimSpace(rest)
		word, class, _ := strings.Cut(what, " ")
		switch {
		case !ok:
			s.Failf("line %q: want WHAT: ...", line)
		case what == "out":
			at, percent, staged := strings.Cut(rest, ", ")
			stage := slots.Stage{At: aheadOf(s, at), Percent: 100}
			if staged {
				stage.Percent = atoi(s, strings.TrimSuffix(percent, "%"))
			}
			r.Stages = append(r.Stages, stage)
		case word == "class":
			r.Classes = append(r.Classes, slots.ClassOpening{Class: class, At: aheadOf(s, rest)})
		case what == "pause":
			from, to, _ := strings.Cut(rest, " to ")
			r.Pauses = append(r.Pauses, slots.Pause{From: aheadOf(s, from), To: aheadOf(s, to)})
		case word == "hours":
			r.Hours = append(r.Hours, poolHours(s, class, rest))
		case what == "close":
			r.Close = aheadOf(s, rest)
		case what == "cancel":
			r.CancelBy = aheadOf(s, rest)
		case what == "cancel minutes":
			r.CancelLeadMinutes = atoi(s, rest)
		case what == "lead minutes":
			r.LeadMinutes = atoi(s, rest)
		default:
			s.Failf("line %q: want out, class, pause, hours, close, cancel, cancel minutes or lead minutes", line)
		}
	}
	if err := r.Check(); err != nil {
		s.Failf("%v", err)
	}
	w.releases[s.Text("rule")] = r
	return ""
}

var aheadText = regexp.MustCompile(`^(\d+) (working days?|days?|days? but holidays) before (\d\d:\d\d)$`)

// aheadOf reads "14 days before 20:00", "1 working day before 15:00", "14 days but holidays before 06:30".
func aheadOf(s *slotstest.Step, text string) slots.Ahead {
	m := aheadText.FindStringSubmatch(text)
	if m == nil {
		s.Failf("%q: want N days|working days|days but holidays before HH:MM", text)
	}
	a := slots.Ahead{Days: atoi(s, m[1]), Unit: slots.CalendarDays, At: clockOf(s, m[3])}
	switch {
	case strings.HasPrefix(m[2], "working"):
		a.Unit = slots.WorkingDays
	case strings.HasSuffix(m[2], "holidays"):
		a.Unit = slots.DaysExceptHolidays
	}
	return a
}

func clockOf(s *slotstest.Step, text string) slots.Clock {
	c, err := slots.ParseClock(text)
	if err != nil {
		s.Failf("%v", err)
	}
	return c
}

// poolHours reads "06:30-24:00", or several with commas, and perhaps "on the day" or "not on holidays" behind.
func poolHours(s *slotstest.Step, class, text string) slots.PoolHours {
	h := slots.PoolHours{Class: class}
	for _, part := range splitList(text) {
		switch part {
		case "on the day":
			h.SameDay = true
		case "not on holidays":
			h.ClosedOnHolidays = true
		default:
			from, to, _ := strings.Cut(part, "-")
			start, end := clockOf(s, from), clockOf(s, to)
			h.Open = append(h.Open, slots.Hours{Start: start, Minutes: end.Minutes() - start.Minutes()})
		}
	}
	return h
}

// termsFor reads the terms of a session: by the rule that it names, or one by one.
func (w *storyWorld) termsFor(s *slotstest.Step, x *slots.Session) booking.Terms {
	t := w.terms(s)
	if s.Has("rule") {
		r := w.releases[s.Text("rule")]
		if r == nil {
			s.Failf("rule=%s: no such rule", s.Text("rule"))
		}
		published, err := booking.TermsOf(x, r, w.calendar, shanghai, t.Quotas...)
		if err != nil {
			s.Failf("%v", err)
		}
		published.End, published.AddOns, published.Reallocate = t.End, t.AddOns, t.Reallocate
		t = published
	}
	t.FirstVisit, t.FollowUp = s.TextOr("first-visits", ""), s.TextOr("follow-ups", "")
	return t
}

// termsWords tells what a rule came to for a session.
func termsWords(t booking.Terms) (text string) {
	for _, x := range []struct {
		key string
		at  slots.Instant
	}{{"release", t.Release}, {"close", t.Close}, {"cancel-by", t.CancelBy}} {
		if x.at != 0 {
			text += fmt.Sprintf(" %s=%s", x.key, storyTime(x.at))
		}
	}
	if len(t.Pauses) > 0 {
		text += fmt.Sprintf(" pauses=%d", len(t.Pauses))
	}
	return text
}

// mixedCut reads the round of a mixed cut, such as (30-first, 15-follow-up, 15).
func mixedCut(s *slotstest.Step) slots.Cut {
	var steps []slots.Step
	for _, part := range s.List("mixed") {
		minutes, visit, _ := strings.Cut(part, "-")
		steps = append(steps, slots.Step{Minutes: int16(atoi(s, minutes)), Capacity: 1, Visit: visitOf(s, visit)})
	}
	return slots.Mixed(steps...)
}

func visitOf(s *slotstest.Step, text string) slots.Visit {
	v, ok := map[string]slots.Visit{"": slots.AnyVisit, "first": slots.FirstVisit, "follow-up": slots.FollowUp}[text]
	if !ok {
		s.Failf("visit %q: want first or follow-up", text)
	}
	return v
}
