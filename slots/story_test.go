package slots_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// The verbs of the stories in testdata; what they take is written at each.
func TestStories(t *testing.T) {
	slotstest.RunStories(t, "testdata/*.txt", func() slotstest.Verbs {
		w := &desk{loc: shanghai}
		return slotstest.Verbs{
			"zone": w.zone, "calendar": w.readCalendar, "rule": w.rule, "extra": w.extra, "leave": w.leave, "follow": w.follow,
			"show": w.show, "compare": w.compare, "ahead": w.ahead,
		}
	})
}

// desk is where a roster is drawn up: what the steps have said so far.
type desk struct {
	roster   slots.RosterConfig
	calendar slots.Calendar
	loc      *time.Location
	shown    []slots.Session
}

// zone name=America/New_York. Without it, Shanghai.
func (w *desk) zone(s *slotstest.Step) string {
	loc, err := time.LoadLocation(s.Text("name"))
	if err != nil {
		s.Failf("%v", err)
	}
	w.loc = loc
	return ""
}

// calendar years=(2026) and lines "2026-10-10 make-up 国庆节" or "2026-10-01 holiday 国庆节". Saturday and Sunday are days of rest.
func (w *desk) readCalendar(s *slotstest.Step) string {
	c := slots.CalendarConfig{Weekend: []slots.Weekday{slots.Saturday, slots.Sunday}}
	for _, y := range s.List("years") {
		year, err := strconv.Atoi(y)
		if err != nil {
			s.Failf("%v", err)
		}
		c.Years = append(c.Years, year)
	}
	kinds := map[string]slots.DayKind{"holiday": slots.Holiday, "make-up": slots.MakeUp}
	for _, line := range s.Body() {
		f := strings.Fields(line)
		if len(f) != 3 {
			s.Failf("line %q: want date, holiday or make-up, name", line)
		}
		d, err := slots.ParseDate(f[0])
		if err != nil {
			s.Failf("%v", err)
		}
		c.Days = append(c.Days, slots.CalendarDay{Date: d, Kind: kinds[f[1]], Name: f[2]})
	}
	var err error
	if w.calendar, err = slots.NewCalendar(c); err != nil {
		return "refused: " + err.Error()
	}
	return ""
}

// rule id=A weekday=Monday start=08:00 minutes=240, one of even=(15, 1), packed=(30, 4), packed=(30, 4, 20), counted=(40, 20);
// perhaps who=(Li, Wang) room=12 from=... until=... closed=(dates), and open (on holidays). The same id again changes the rule.
func (w *desk) rule(s *slotstest.Step) string {
	r := slots.Rule{ID: s.Text("id"), Line: slots.Line{Department: "clinic", Room: s.TextOr("room", ""), Kind: slots.General},
		Resources: s.List("who"), Start: s.Clock("start"), Minutes: s.Int("minutes"), Cut: cut(s), Holidays: slots.ClosedOnHolidays}
	r.Repeat = slots.Weekly(weekday(s))
	if s.Has("open") {
		r.Holidays = slots.OpenOnHolidays
	}
	if s.Has("from") {
		r.From = s.Date("from")
	}
	if s.Has("until") {
		r.Until = s.Date("until")
	}
	for _, text := range s.List("closed") {
		d, err := slots.ParseDate(text)
		if err != nil {
			s.Failf("%v", err)
		}
		r.Closed = append(r.Closed, d)
	}
	for i := range w.roster.Rules {
		if w.roster.Rules[i].ID == r.ID {
			w.roster.Rules[i] = r
			return w.check()
		}
	}
	w.roster.Rules = append(w.roster.Rules, r)
	return w.check()
}

// extra id=X date=... start=08:00 minutes=240, a cut and who as for a rule.
func (w *desk) extra(s *slotstest.Step) string {
	w.roster.Extras = append(w.roster.Extras, slots.Extra{ID: s.Text("id"), Line: slots.Line{Department: "clinic", Kind: slots.General},
		Resources: s.List("who"), Date: s.Date("date"), Start: s.Clock("start"), Minutes: s.Int("minutes"), Cut: cut(s)})
	return w.check()
}

// leave who=Li or rule=A, from=... until=..., perhaps start=12:00 end=24:00.
func (w *desk) leave(s *slotstest.Step) string {
	l := slots.Leave{Rule: s.TextOr("rule", ""), Resource: s.TextOr("who", ""), From: s.Date("from"), Until: s.Date("until")}
	if s.Has("start") {
		l.Start, l.End = s.Clock("start"), s.Clock("end")
	}
	w.roster.Leaves = append(w.roster.Leaves, l)
	return w.check()
}

// follow date=... weekday=Monday.
func (w *desk) follow(s *slotstest.Step) string {
	w.roster.Follows = append(w.roster.Follows, slots.Follow{Date: s.Date("date"), Weekday: weekday(s)})
	return w.check()
}

func (w *desk) check() string {
	if _, err := slots.NewRoster(w.roster); err != nil {
		return "refused: " + err.Error()
	}
	return ""
}

// show from=... until=...: sessions with their slots (start, or start/capacity), then findings.
func (w *desk) show(s *slotstest.Step) string {
	sessions, findings := w.generate(s)
	w.shown = sessions
	var lines []string
	for _, x := range sessions {
		words := []string{fmt.Sprintf("%s %s %s, %d minutes:", x.ID, x.Date.Weekday(), x.Start.In(w.loc).Format("15:04"), x.Minutes)}
		for _, slot := range x.Slots {
			word := slot.Start.In(w.loc).Format("15:04")
			if slot.Capacity > 1 {
				word += fmt.Sprintf("/%d", slot.Capacity)
			}
			words = append(words, word)
		}
		if x.Counted {
			words = append(words, fmt.Sprintf("numbers without times, stay %d minutes", x.Slots[0].Minutes))
		}
		lines = append(lines, strings.Join(words, " "))
	}
	for _, f := range findings {
		lines = append(lines, "finding: "+f.String())
	}
	if len(lines) == 0 {
		return "no session"
	}
	return strings.Join(lines, "\n")
}

// compare from=... until=...: what changed since the last show.
func (w *desk) compare(s *slotstest.Step) string {
	sessions, _ := w.generate(s)
	changes, err := slots.Diff(w.shown, sessions)
	if err != nil {
		return "refused: " + err.Error()
	}
	var lines []string
	for _, c := range changes {
		lines = append(lines, c.Session+" "+c.Kind.String())
	}
	if len(lines) == 0 {
		return "no change"
	}
	return strings.Join(lines, "\n")
}

func (w *desk) generate(s *slotstest.Step) ([]slots.Session, []slots.Finding) {
	r, err := slots.NewRoster(w.roster)
	if err != nil {
		s.Failf("%v", err)
	}
	sessions, findings, err := r.Sessions(s.Date("from"), s.Date("until"), w.calendar, w.loc)
	if err != nil {
		s.Failf("%v", err)
	}
	return sessions, findings
}

// ahead for=2026-12-08 days=15 at=20:00, perhaps working (days).
func (w *desk) ahead(s *slotstest.Step) string {
	a := slots.Ahead{Days: s.Int("days"), Unit: slots.CalendarDays, At: s.Clock("at")}
	if s.Has("working") {
		a.Unit = slots.WorkingDays
	}
	at, err := a.Instant(s.Date("for"), w.calendar, w.loc)
	if err != nil {
		return "refused: " + err.Error()
	}
	return at.In(w.loc).Format("Monday 2006-01-02 15:04")
}

func weekday(s *slotstest.Step) slots.Weekday {
	text := s.Text("weekday")
	for d := slots.Monday; d <= slots.Sunday; d++ {
		if d.String() == text {
			return d
		}
	}
	s.Failf("weekday=%s: want Monday to Sunday", text)
	return 0
}

func cut(s *slotstest.Step) slots.Cut {
	numbers := func(key string) []int {
		var list []int
		for _, text := range s.List(key) {
			n, err := strconv.Atoi(text)
			if err != nil {
				s.Failf("%s: %v", key, err)
			}
			list = append(list, n)
		}
		return append(list, 0, 0, 0)
	}
	switch {
	case s.Has("even"):
		n := numbers("even")
		return slots.Even(n[0], n[1])
	case s.Has("packed"):
		n := numbers("packed")
		return slots.Packed(n[0], n[1], n[2])
	}
	n := numbers("counted")
	return slots.Counted(n[0], n[1])
}
