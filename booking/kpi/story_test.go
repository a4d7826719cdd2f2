package kpi_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/kpi"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// TestStories plays testdata/*.txt: a pool is driven, and the indicators are read from its events alone. Instants are
// "2026-11-23 08:00" in China; a visit is called by its person. Verbs:
//
//	open now= id= department= by=(D1, R1) start= slots="30x1 30x2" [release= end= cancel-by= reserve=elderly:1 add-ons=1]
//	book, hold, add-on now= person= channel= session= n= [classes=(elderly)]
//	pay, check-in, start, complete, cancel, cancel-by-hospital, accept, decline now= person=
//	close now= session= answer-by= [move]
//	time now=
//	report by=whole|day|department|service|resource|channel [from= until= department= service= resource= channel=]
//	third-next now= [department= resource=]
//
// report answers the lines' figures that are not zero.
func TestStories(t *testing.T) {
	slotstest.RunStories(t, "testdata/*.txt", func() slotstest.Verbs {
		w := newWorld(t)
		verbs := slotstest.Verbs{"open": w.open, "close": w.close, "time": w.time, "report": w.report, "third-next": w.thirdNext}
		for verb, f := range map[string]func(slots.Instant, booking.Ask) (booking.Appointment, error){
			"book": w.desk.Book, "hold": w.desk.Hold, "add-on": w.desk.AddOn} {
			verbs[verb] = func(s *slotstest.Step) string { return w.ask(s, f) }
		}
		d := w.desk
		for verb, f := range map[string]func(slots.Instant, booking.Appointment) error{
			"pay": d.Pay, "check-in": d.CheckIn, "start": d.Start, "complete": d.Complete,
			"cancel": func(at slots.Instant, id booking.Appointment) error { return d.Cancel(at, id, booking.ByPatient) },
			"cancel-by-hospital": func(at slots.Instant, id booking.Appointment) error {
				return d.Cancel(at, id, booking.ByHospital)
			},
			"accept":  func(at slots.Instant, id booking.Appointment) error { return d.Answer(at, id, true) },
			"decline": func(at slots.Instant, id booking.Appointment) error { return d.Answer(at, id, false) },
		} {
			verbs[verb] = func(s *slotstest.Step) string { return said(f(s.Instant("now", shanghai), w.visits[s.Text("person")])) }
		}
		return verbs
	})
}

type world struct {
	desk   *booking.Desk
	sheet  *kpi.Projection
	visits map[string]booking.Appointment
}

func newWorld(t require.TestingT) *world {
	sheet, err := kpi.New(shanghai)
	require.NoError(t, err)
	desk, err := booking.NewDesk(booking.New(bookRules(t)), slots.MustInstant("2026-11-01T08:00:00+08:00"), sheet.Apply)
	require.NoError(t, err)
	return &world{desk, sheet, map[string]booking.Appointment{}}
}

func said(err error) string {
	if err != nil {
		return err.Error()
	}
	return ""
}

func optional(s *slotstest.Step, key string) slots.Instant {
	if !s.Has(key) {
		return 0
	}
	return s.Instant(key, shanghai)
}

func (w *world) open(s *slotstest.Step) string {
	start := s.Instant("start", shanghai)
	x := slots.Session{ID: s.Text("id"), Date: slots.DateOf(start, shanghai), Start: start, Resources: s.List("by"),
		Line: slots.Line{Department: s.Text("department"), Service: s.TextOr("service", "visit"), Kind: slots.General}}
	at := 0
	for spec := range strings.FieldsSeq(s.Text("slots")) {
		minutes, capacity, ok := strings.Cut(spec, "x")
		m, err1 := strconv.Atoi(minutes)
		c, err2 := strconv.Atoi(capacity)
		if !ok || err1 != nil || err2 != nil {
			s.Failf("slots %q: want MINUTESxCAPACITY", spec)
		}
		x.Slots = append(x.Slots, slots.Slot{Start: start.AddMinutes(at), Minutes: m, Capacity: c})
		at += m
	}
	terms := booking.Terms{Release: optional(s, "release"), End: optional(s, "end"), CancelBy: optional(s, "cancel-by"),
		AddOns: uint16(s.IntOr("add-ons", 0))}
	if s.Has("reserve") {
		class, n, _ := strings.Cut(s.Text("reserve"), ":")
		units, err := strconv.ParseUint(n, 10, 16)
		if err != nil {
			s.Failf("reserve: want CLASS:UNITS")
		}
		terms.Quotas = []booking.NamedQuota{{Class: class, Reserve: uint16(units)}}
	}
	_, err := w.desk.Open(s.Instant("now", shanghai), x, terms)
	return said(err)
}

func (w *world) ask(s *slotstest.Step, f func(slots.Instant, booking.Ask) (booking.Appointment, error)) string {
	id, err := f(s.Instant("now", shanghai), booking.Ask{Person: s.Text("person"), Channel: s.Text("channel"), Classes: s.List("classes"),
		Session: s.Text("session"), N: s.Int("n")})
	if err == nil {
		w.visits[s.Text("person")] = id
	}
	return said(err)
}

func (w *world) close(s *slotstest.Step) string {
	_, err := w.desk.Do(booking.CloseSession{Meta: booking.Meta{At: s.Instant("now", shanghai)}, Move: s.Has("move"),
		Session: booking.Session(w.desk.Pool().Find(booking.SessionName, s.Text("session"))), AnswerBy: s.Instant("answer-by", shanghai)})
	return said(err)
}

func (w *world) time(s *slotstest.Step) string {
	return said(w.desk.Advance(s.Instant("now", shanghai)))
}

func (w *world) selection(s *slotstest.Step) kpi.Selection {
	of := kpi.Selection{Department: s.TextOr("department", ""), Service: s.TextOr("service", ""), Resource: s.TextOr("resource", ""),
		Channel: s.TextOr("channel", "")}
	if s.Has("from") {
		of.From = s.Date("from")
	}
	if s.Has("until") {
		of.Until = s.Date("until")
	}
	return of
}

func (w *world) report(s *slotstest.Step) string {
	by := kpi.Whole
	for ; by.IsValid() && by.String() != s.Text("by"); by++ {
	}
	lines, err := w.sheet.Report(w.selection(s), by)
	if err != nil {
		return "refused: " + strings.ReplaceAll(err.Error(), "\n", "; ")
	}
	var text []string
	for _, l := range lines {
		name := l.Name
		switch {
		case l.Date.IsValid():
			name = l.Date.String()
		case name == "":
			name = "all"
		}
		text = append(text, name+":")
		text = append(text, figures(l)...)
	}
	return strings.Join(text, "\n")
}

func figures(l kpi.Line) []string {
	var out []string
	row := func(format string, shown bool, args ...any) {
		if shown {
			out = append(out, "  "+fmt.Sprintf(format, args...))
		}
	}
	u, v, c, o := l.Supply, l.Visits, l.Closures, l.Overtime
	row("supply sessions=%d closed=%d minutes=%d/%d fill=%v coverage=%v overbooked=%d", u != kpi.Supply{}, u.Sessions, u.ClosedSessions, u.BookedMinutes,
		u.BookableMinutes, u.FillRate(), u.Coverage(), u.OverbookedUnits)
	row("made=%d: held=%d booked=%d here=%d seen=%d no-show=%d displaced=%d cancelled-by-patient=%d by-hospital=%d lapsed=%d", v.Made > 0, v.Made, v.Held,
		v.Booked+v.Confirmed, v.CheckedIn+v.InConsultation, v.Fulfilled, v.NoShow, v.Displaced, v.CancelledByPatient, v.CancelledByHospital, v.HoldsLapsed)
	row("bookings=%d share=%v show=%v no-show=%v late-cancellations=%v add-ons=%d", v.Bookings > 0, v.Bookings, l.Share, v.ShowRate(), v.NoShowRate(),
		v.LateCancellationRate(), v.AddOns)
	d := l.IndirectDays
	row("lead-days count=%d median=%d p90=%d max=%d", d.Count > 0, d.Count, d.Median, d.P90, d.Max)
	d = l.DirectSeconds
	row("wait-seconds count=%d min=%d median=%d p90=%d", d.Count > 0, d.Count, d.Min, d.Median, d.P90)
	row("overtime sessions=%d over=%d seconds=%d", o.Sessions > 0, o.Sessions, o.Over, o.TotalSeconds)
	row("closures displaced=%d: accepted=%d declined=%d lapsed=%d moved=%d rescheduled=%d cancelled=%d voided=%d again=%d pending=%d", c.Displaced > 0,
		c.Displaced, c.Accepted, c.Declined, c.Lapsed, c.Moved, c.Rescheduled, c.Cancelled, c.Voided, c.Again, c.Pending)
	row("unplaced=%d holds-cancelled=%d", c.Unplaced+c.HoldsCancelled > 0, c.Unplaced, c.HoldsCancelled)
	return out
}

func (w *world) thirdNext(s *slotstest.Step) string {
	at := s.Instant("now", shanghai)
	if err := w.desk.Advance(at); err != nil {
		return err.Error()
	}
	x, err := w.sheet.ThirdNext(w.selection(s), at)
	if err != nil {
		return "refused: " + err.Error()
	}
	if !x.Found {
		return "fewer than three"
	}
	return fmt.Sprintf("days=%d %s/%d at %s", x.Days, x.Session, x.N, x.Start.In(shanghai).Format("2006-01-02 15:04"))
}
