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
			"zone": w.zone, "calendar": w.readCalendar, "rule": w.rule, "extra": w.extra, "revise": w.revise, "substitute": w.substitute,
			"leave": w.leave, "closure": w.closure, "follow": w.follow, "show": w.show, "booked": w.booked, "compare": w.compare,
			"ahead": w.ahead, "release": w.readRelease, "windows": w.windows,
		}
	})
}

// desk is where a roster is drawn up: what the steps have said so far.
type desk struct {
	roster   slots.RosterConfig
	calendar slots.Calendar
	loc      *time.Location
	shown    []slots.Session
	bookings map[string]int // of the shown sessions, by session and start
	release  slots.Release
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

// rule id=A start=08:00 minutes=240 and when: weekday=Monday or weekday=(Monday, Thursday); perhaps weeks=odd, weeks=even or every=3 anchor=...
// (weeks), nth=(1, -1) (of the month); or month-days=(1, 15); or dates=(...). How it is cut: see cut. Perhaps who=(Li, Wang) room=12 site=east
// department=... part=... from=... until=... closed=(dates), and open (on holidays) or holiday-hours=(09:00, 120). Lines "break 12:00 60" and
// "block 08:00 60 even=(30, 1)" are inside the session. The same id again changes the rule.
func (w *desk) rule(s *slotstest.Step) string {
	r := slots.Rule{ID: s.Text("id"), Line: line(s), Resources: s.List("who"), Part: s.TextOr("part", ""), Start: s.Clock("start"),
		Minutes: s.Int("minutes"), Cut: cut(s), Blocks: blocks(s), Repeat: repeat(s), Holidays: slots.ClosedOnHolidays}
	if s.Has("open") {
		r.Holidays = slots.OpenOnHolidays
	}
	if h := s.List("holiday-hours"); h != nil {
		r.Holidays, r.HolidayHours = slots.OtherHoursOnHolidays, slots.Hours{Start: clock(s, h[0]), Minutes: number(s, h[1])}
	}
	r.From, r.Until = dateOr(s, "from"), dateOr(s, "until")
	r.Dates, r.Closed = dates(s, "dates"), dates(s, "closed")
	for i := range w.roster.Rules {
		if w.roster.Rules[i].ID == r.ID {
			w.roster.Rules[i] = r
			return w.check()
		}
	}
	w.roster.Rules = append(w.roster.Rules, r)
	return w.check()
}

// extra id=X date=... start=08:00 minutes=240, the rest as for a rule.
func (w *desk) extra(s *slotstest.Step) string {
	w.roster.Extras = append(w.roster.Extras, slots.Extra{ID: s.Text("id"), Line: line(s), Resources: s.List("who"), Part: s.TextOr("part", ""),
		Date: s.Date("date"), Start: s.Clock("start"), Minutes: s.Int("minutes"), Cut: cut(s), Blocks: blocks(s)})
	return w.check()
}

// revise id=A date=... and what is then different: to=(another day) start=... minutes=... room=... site=... or a cut.
func (w *desk) revise(s *slotstest.Step) string {
	v := slots.Revision{Rule: s.Text("id"), Date: s.Date("date"), To: dateOr(s, "to"), Site: s.TextOr("site", ""), Room: s.TextOr("room", ""), Cut: cut(s)}
	if s.Has("start") {
		v.Hours = slots.Hours{Start: s.Clock("start"), Minutes: s.Int("minutes")}
	}
	w.roster.Revisions = append(w.roster.Revisions, v)
	return w.check()
}

// substitute who=Li by=Wang from=... until=..., perhaps rule=A and grade=chief.
func (w *desk) substitute(s *slotstest.Step) string {
	x := slots.Substitute{Rule: s.TextOr("rule", ""), Resource: s.Text("who"), By: s.Text("by"), From: s.Date("from"), Until: s.Date("until")}
	if name := s.TextOr("grade", ""); name != "" {
		for x.Grade = slots.Resident; x.Grade.String() != name; x.Grade++ {
			if !x.Grade.IsValid() {
				s.Failf("grade=%s: want resident to chief", name)
			}
		}
	}
	w.roster.Substitutes = append(w.roster.Substitutes, x)
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

// closure site=east from=... until=..., perhaps department=..., start=12:00 end=24:00. Without a site: where no site is named.
func (w *desk) closure(s *slotstest.Step) string {
	c := slots.Closure{Site: s.TextOr("site", ""), Department: s.TextOr("department", ""), From: s.Date("from"), Until: s.Date("until")}
	if s.Has("start") {
		c.Start, c.End = s.Clock("start"), s.Clock("end")
	}
	w.roster.Closures = append(w.roster.Closures, c)
	return w.check()
}

// follow date=... and weekday=Monday or of=(the date whose timetable it runs).
func (w *desk) follow(s *slotstest.Step) string {
	f := slots.Follow{Date: s.Date("date"), Of: dateOr(s, "of")}
	if !f.Of.IsValid() {
		f.Weekday = weekday(s, s.Text("weekday"))
	}
	w.roster.Follows = append(w.roster.Follows, f)
	return w.check()
}

func (w *desk) check() string {
	if _, err := slots.NewRoster(w.roster); err != nil {
		return "refused: " + err.Error()
	}
	return ""
}

// show from=... until=...: sessions with their slots (start, or start/capacity; +n for n minutes, if they differ; first or again for whom), then
// findings. With places, who is needed and where.
func (w *desk) show(s *slotstest.Step) string {
	sessions, findings := w.generate(s)
	w.shown, w.bookings = sessions, nil
	places := s.Has("places")
	var lines []string
	for _, x := range sessions {
		day := x.Date.Weekday().String()
		if !strings.HasSuffix(x.ID, x.Date.String()) {
			day = "moved to " + day + " " + x.Date.String()
		}
		words := []string{fmt.Sprintf("%s %s %s, %d minutes:", x.ID, day, x.Start.In(w.loc).Format("15:04"), x.Minutes)}
		if places {
			words[0] = strings.Join(append([]string{words[0], x.Line.Grade.String()}, x.Resources...), " ") + " in " + x.Line.Site + "/" + x.Line.Room
		}
		for _, slot := range x.Slots {
			word := slot.Start.In(w.loc).Format("15:04")
			if slot.Capacity > 1 {
				word += fmt.Sprintf("/%d", slot.Capacity)
			}
			if slot.Visit != slots.AnyVisit {
				word += fmt.Sprintf("+%d %s", slot.Minutes, map[slots.Visit]string{slots.FirstVisit: "first", slots.FollowUp: "again"}[slot.Visit])
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

// booked session=A/2026-11-23 at=08:00 units=2: so many are booked there, in what was shown.
func (w *desk) booked(s *slotstest.Step) string {
	id, at := s.Text("session"), s.Clock("at")
	for _, x := range w.shown {
		for _, slot := range x.Slots {
			if x.ID == id && slot.Start.In(w.loc).Format("15:04") == at.String() {
				if w.bookings == nil {
					w.bookings = map[string]int{}
				}
				w.bookings[id+slot.Start.String()] = s.Int("units")
				return ""
			}
		}
	}
	s.Failf("no slot of %s at %v", id, at)
	return ""
}

// compare from=... until=...: what changed since the last show, and which of the booked have no place.
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
	lost, err := slots.Stranded(w.shown, sessions, func(id string, slot slots.Slot) int { return w.bookings[id+slot.Start.String()] })
	if err != nil {
		return "refused: " + err.Error()
	}
	for _, x := range lost {
		lines = append(lines, fmt.Sprintf("stranded: %d of %s %s", x.Units, x.Session, x.Slot.Start.In(w.loc).Format("15:04")))
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
