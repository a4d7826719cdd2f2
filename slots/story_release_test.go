package slots_test

import (
	"fmt"
	"strings"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

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
	return w.when(at)
}

func (w *desk) when(at slots.Instant) string { return at.In(w.loc).Format("Monday 2006-01-02 15:04") }

// release and lines, as the hospital publishes them:
//
//	out: 15 days before 20:00            or a share of the numbers, out 60%: 15 days before 20:00
//	class app: 14 days before 08:00      when a class may book, if later
//	pause: 1 days before 17:00 to 0 days before 00:00
//	hours: 06:30-24:00                   perhaps of a class (hours window:), and at the end same-day, no-holidays
//	close: 1 days before 17:00
//	lead: 30 minutes                     before the slot's own start
//	cancel: 1 days before 15:00          or 30 minutes
//	check-in: 0 days before 11:20        or 30 minutes
//
// Days may be working days, or days but holidays.
func (w *desk) readRelease(s *slotstest.Step) string {
	var r slots.Release
	for _, text := range s.Body() {
		what, value, ok := strings.Cut(text, ": ")
		if !ok {
			s.Failf("line %q: want what: when", text)
		}
		what, class, _ := strings.Cut(what, " ")
		minutes, isMinutes := strings.CutSuffix(value, " minutes")
		switch {
		case what == "out":
			stage := slots.Stage{At: aheadOf(s, value), Percent: 100}
			if class != "" {
				stage.Percent = number(s, strings.TrimSuffix(class, "%"))
			}
			r.Stages = append(r.Stages, stage)
		case what == "class":
			r.Classes = append(r.Classes, slots.ClassOpening{Class: class, At: aheadOf(s, value)})
		case what == "pause":
			from, to, _ := strings.Cut(value, " to ")
			r.Pauses = append(r.Pauses, slots.Pause{From: aheadOf(s, from), To: aheadOf(s, to)})
		case what == "hours":
			r.Hours = append(r.Hours, poolHours(s, class, value))
		case what == "close":
			r.Close = aheadOf(s, value)
		case what == "lead":
			r.LeadMinutes = number(s, minutes)
		case what == "cancel" && isMinutes:
			r.CancelLeadMinutes = number(s, minutes)
		case what == "cancel":
			r.CancelBy = aheadOf(s, value)
		case what == "check-in" && isMinutes:
			r.CheckInLeadMinutes = number(s, minutes)
		case what == "check-in":
			r.CheckInBy = aheadOf(s, value)
		default:
			s.Failf("line %q: what is %s?", text, what)
		}
	}
	w.release = r
	if err := r.Check(); err != nil {
		return "refused: " + err.Error()
	}
	return ""
}

// aheadOf reads "15 days before 20:00", "2 working days before 08:00", "14 days but holidays before 06:30".
func aheadOf(s *slotstest.Step, text string) slots.Ahead {
	days, at, ok := strings.Cut(text, " before ")
	count, unit, _ := strings.Cut(days, " ")
	a := slots.Ahead{Unit: map[string]slots.DayUnit{"days": slots.CalendarDays, "working days": slots.WorkingDays,
		"days but holidays": slots.DaysExceptHolidays}[unit]}
	if !ok || a.Unit == 0 {
		s.Failf("%q: want 15 days before 20:00", text)
	}
	a.Days, a.At = number(s, count), clock(s, at)
	return a
}

func poolHours(s *slotstest.Step, class, text string) slots.PoolHours {
	h := slots.PoolHours{Class: class}
	for word := range strings.FieldsSeq(text) {
		switch from, to, isHours := strings.Cut(word, "-"); {
		case word == "same-day":
			h.SameDay = true
		case word == "no-holidays":
			h.ClosedOnHolidays = true
		case isHours:
			start := clock(s, from)
			h.Open = append(h.Open, slots.Hours{Start: start, Minutes: clock(s, to).Minutes() - start.Minutes()})
		default:
			s.Failf("hours %q: want 07:30-10:30, same-day or no-holidays", word)
		}
	}
	return h
}

// later is the same hours so many days later, on the wall.
func (w *desk) later(s slots.Span, days int) slots.Span {
	from, to := s.From().In(w.loc).AddDate(0, 0, days), s.To().In(w.loc).AddDate(0, 0, days)
	span, err := slots.NewSpan(slots.InstantOf(from), slots.InstantOf(to))
	if err != nil {
		return slots.Span{}
	}
	return span
}

// windows date=2026-12-08, perhaps start=08:00 minutes=240 units=10: what the release says of such a session. Without a start it is 08:00 to 12:00, and
// has 10 units.
func (w *desk) windows(s *slotstest.Step) string {
	start := slots.MustClock("08:00")
	if s.Has("start") {
		start = s.Clock("start")
	}
	at, _ := slots.Resolve(s.Date("date"), start, w.loc)
	x := slots.Session{ID: "session", Date: s.Date("date"), Start: at, Minutes: s.IntOr("minutes", 240)}
	x.Slots = []slots.Slot{{Start: at, Minutes: x.Minutes, Capacity: s.IntOr("units", 10)}}
	got, err := w.release.Windows(&x, w.calendar, w.loc)
	if err != nil {
		return "refused: " + err.Error()
	}
	var lines []string
	for _, o := range got.Out {
		lines = append(lines, fmt.Sprintf("out %s: %d", w.when(o.At), o.Units))
	}
	for _, c := range got.Booking {
		who := "book"
		if c.Class != "" {
			who = "book as " + c.Class
		}
		for i := 0; i < len(c.Spans); i++ {
			span, days := c.Spans[i], 1
			for i+days < len(c.Spans) && w.later(span, days) == c.Spans[i+days] {
				days++
			}
			if days > 2 { // the same hours day after day
				last := c.Spans[i+days-1]
				lines = append(lines, fmt.Sprintf("%s: daily from %s until %s, %s to %s", who, span.From().In(w.loc).Format("Monday 2006-01-02"),
					last.From().In(w.loc).Format("2006-01-02"), span.From().In(w.loc).Format("15:04"), span.To().In(w.loc).Format("15:04")))
				i += days - 1
				continue
			}
			lines = append(lines, fmt.Sprintf("%s: %s to %s", who, w.when(span.From()), w.when(span.To())))
		}
		if len(c.Spans) == 0 {
			lines = append(lines, who+": never")
		}
	}
	lines = append(lines, "close "+w.when(got.Close))
	if got.CancelBy != 0 {
		lines = append(lines, "cancel by "+w.when(got.CancelBy))
	}
	if got.CheckInBy != 0 {
		lines = append(lines, "check in by "+w.when(got.CheckInBy))
	}
	for _, lead := range []struct {
		what    string
		minutes int
	}{{"a slot closes", w.release.LeadMinutes}, {"cancel", w.release.CancelLeadMinutes}, {"check in", w.release.CheckInLeadMinutes}} {
		if lead.minutes > 0 {
			lines = append(lines, fmt.Sprintf("%s %d minutes before it starts", lead.what, lead.minutes))
		}
	}
	return strings.Join(lines, "\n")
}
