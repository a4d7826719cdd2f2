package exam_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/exam"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

var shanghai = time.FixedZone("Shanghai", 8*3600)

// The verbs of the stories in testdata; what they take is written at each.
func TestStories(t *testing.T) {
	slotstest.RunStories(t, "testdata/*.txt", func() slotstest.Verbs {
		w := &room{}
		return slotstest.Verbs{"exam": w.exam, "before": w.before, "between": w.between, "walk": w.walk, "open": w.open,
			"order": w.order, "plan": w.plan, "why-not": w.whyNot, "book": w.book, "take": w.take}
	})
}

// room is the consulting room: the catalogue, the pool, and the order at hand.
type room struct {
	config  exam.CatalogueConfig
	sites   []string
	minutes [][]int
	desk    *booking.Desk
	wish    exam.Order
	last    exam.Answer
	now     slots.Instant
}

// exam code=US-ABD minutes=15, perhaps group=ultrasound fast=480 latest=10:30 drink=60 breaks-fast abstain.
func (w *room) exam(s *slotstest.Step) string {
	k := exam.Kind{Code: s.Text("code"), NameZH: s.TextOr("zh", "检查"), NameEN: "examination", Minutes: s.Int("minutes"),
		Group: s.TextOr("group", ""), FastingMinutes: s.IntOr("fast", 0), BreaksFast: s.Has("breaks-fast"),
		FullBladderMinutes: s.IntOr("drink", 0), Abstain: s.Has("abstain")}
	if s.Has("latest") {
		k.LatestFastingStart = s.Clock("latest")
	}
	w.config.Kinds = append(w.config.Kinds, k)
	return w.check()
}

// before first=ultrasound then=endoscopy, perhaps gap=30: codes or groups.
func (w *room) before(s *slotstest.Step) string {
	w.config.Before = append(w.config.Before, exam.BeforeRule{First: s.Text("first"), Then: s.Text("then"), GapMinutes: s.IntOr("gap", 0)})
	return w.check()
}

// between a=CT-C b=MR-C gap=1440: codes or groups.
func (w *room) between(s *slotstest.Step) string {
	w.config.Between = append(w.config.Between, exam.BetweenRule{A: s.Text("a"), B: s.Text("b"), GapMinutes: s.Int("gap")})
	return w.check()
}

func (w *room) check() string {
	if _, err := exam.NewCatalogue(w.config); err != nil {
		return "refused: " + err.Error()
	}
	return ""
}

// walk sites=(main, east) minutes=20: between any two of them.
func (w *room) walk(s *slotstest.Step) string {
	w.sites, w.minutes = s.List("sites"), nil
	for i := range w.sites {
		row := make([]int, len(w.sites))
		for j := range row {
			if i != j {
				row[j] = s.Int("minutes")
			}
		}
		w.minutes = append(w.minutes, row)
	}
	return ""
}

// open exam=US-ABD day=2026-11-24 at=(08:00, 08:30) minutes=15, perhaps site=main: slots for one patient each.
func (w *room) open(s *slotstest.Step) string {
	if w.desk == nil {
		w.now = slots.MustInstant("2026-11-20T08:00:00+08:00")
		rules, err := booking.NewRules(booking.Rules{Version: 1, HoldSeconds: 900, KeySeconds: 86400, StepSeconds: 86400,
			LateCancel: booking.LateRecorded, Policies: []booking.Policy{booking.Earliest{}}})
		if err != nil {
			s.Failf("%v", err)
		}
		if w.desk, err = booking.NewDesk(booking.New(rules), w.now, nil); err != nil {
			s.Failf("%v", err)
		}
	}
	code, day := s.Text("exam"), s.Date("day")
	x := slots.Session{ID: code + "/" + day.String() + "/" + s.TextOr("site", ""), Date: day,
		Line: slots.Line{Department: "imaging", Service: code, Site: s.TextOr("site", ""), Kind: slots.Examination}}
	for _, text := range s.List("at") {
		c, err := slots.ParseClock(text)
		if err != nil {
			s.Failf("%v", err)
		}
		at, _ := slots.Resolve(day, c, shanghai)
		x.Slots = append(x.Slots, slots.Slot{Start: at, Minutes: s.Int("minutes"), Capacity: 1})
	}
	x.Start = x.Slots[0].Start
	if _, err := w.desk.Open(w.now, x, booking.Terms{}); err != nil {
		s.Failf("%v", err)
	}
	return ""
}

// order patient=Zhou exams=(US-ABD, GASTRO), perhaps from=2026-11-23 until=2026-11-27: what plan and why-not are about.
func (w *room) order(s *slotstest.Step) string {
	w.wish = exam.Order{Patient: s.Text("patient"), Codes: s.List("exams")}
	if s.Has("from") {
		w.wish.NotBefore = s.Date("from")
	}
	if s.Has("until") {
		w.wish.Until = s.Date("until")
	}
	c, err := exam.NewCatalogue(w.config)
	if err != nil {
		s.Failf("%v", err)
	}
	if _, err := c.Trip(w.wish); err != nil {
		return "refused: " + err.Error()
	}
	return ""
}

// plan: the best itinerary of the order, with preparations, or the conflict.
func (w *room) plan(s *slotstest.Step) string {
	c, p := w.problem(s)
	w.last = p.Solve()
	if w.last.Outcome == exam.Infeasible {
		return "infeasible: " + conflictText(w.last.Conflict)
	}
	return strings.Join(append(itineraryLines(w.last), preparationLines(c, w.last.Itinerary)...), "\n")
}

// why-not day=2026-11-24.
func (w *room) whyNot(s *slotstest.Step) string {
	_, p := w.problem(s)
	a := p.WhyNot(s.Date("day"))
	if a.Outcome == exam.Found {
		return strings.Join(append([]string{"possible"}, itineraryLines(exam.Answer{Itinerary: a.Itinerary, Proven: a.Proven})...), "\n")
	}
	lines := []string{a.Day.Weekday().String() + " is impossible"}
	for _, c := range a.Conflicts {
		lines = append(lines, conflictText(c))
	}
	return strings.Join(lines, "\n")
}

func (w *room) problem(s *slotstest.Step) (*exam.Catalogue, *exam.Problem) {
	c, err := exam.NewCatalogue(w.config)
	if err != nil {
		s.Failf("%v", err)
	}
	trip, err := c.Trip(w.wish)
	if err != nil {
		s.Failf("%v", err)
	}
	trip.Sites, trip.WalkMinutes = w.sites, w.minutes
	book := w.desk.Pool()
	days := exam.Midnights(slots.MustDate("2026-11-20"), slots.MustDate("2026-12-31"), shanghai)
	who := w.who(s, w.wish.Patient)
	for _, e := range trip.Exams {
		q := who
		if q.Service = booking.Service(book.Find(booking.ServiceName, e.Code)); q.Service == 0 {
			continue
		}
		var batch booking.Batch
		found, err := book.Candidates(nil, &batch, q, w.now, 1000)
		if err == nil {
			trip.Offers, err = exam.AppendOffers(trip.Offers, book, e.Code, e.Minutes, q.Count, found, days)
		}
		if err != nil {
			s.Failf("%v", err)
		}
	}
	p, err := exam.NewProblem(trip)
	if err != nil {
		s.Failf("%v", err)
	}
	return c, p
}

// who is the person's request without a wish; a new name is introduced.
func (w *room) who(s *slotstest.Step, patient string) booking.Request {
	for _, x := range []struct {
		kind booking.NameKind
		name string
	}{{booking.PersonName, patient}, {booking.ClassName, "consulting room"}} {
		if w.desk.Pool().Find(x.kind, x.name) == 0 {
			if _, err := w.desk.Do(booking.Introduce{Meta: booking.Meta{At: w.now}, Kind: x.kind, Name: x.name}); err != nil {
				s.Failf("%v", err)
			}
		}
	}
	bear, err := booking.NewBearing(booking.Class(w.desk.Pool().Find(booking.ClassName, "consulting room")))
	if err != nil {
		s.Failf("%v", err)
	}
	return booking.Request{Person: booking.Person(w.desk.Pool().Find(booking.PersonName, patient)), Bear: bear, Count: 1}
}

// book: the itinerary planned last, in one bundle.
func (w *room) book(s *slotstest.Step) string {
	reply, err := w.desk.Do(w.last.Itinerary.Bundle(booking.Meta{At: w.now}, booking.Booked, w.who(s, w.wish.Patient)))
	if err != nil && !errors.Is(err, booking.ErrRefused) {
		s.Failf("%v", err)
	}
	visits := w.desk.Pool().AppointmentsOf(nil, w.who(s, w.wish.Patient).Person)
	if err != nil {
		return fmt.Sprintf("%v, %d appointments", err, len(visits))
	}
	return fmt.Sprintf("booked %d, %d appointments", reply.Count, len(visits))
}

// take exam=GASTRO patient=Wu: the earliest number of an examination, for somebody else.
func (w *room) take(s *slotstest.Step) string {
	code := s.Text("exam")
	if _, err := w.desk.Book(w.now, booking.Ask{Person: s.Text("patient"), Channel: "window", Service: code}); err != nil {
		return err.Error()
	}
	return "taken"
}

func minuteText(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

func itineraryLines(a exam.Answer) []string {
	it := a.Itinerary
	lines := []string{fmt.Sprintf("days=%d span=%d proven=%s", it.Days, it.SpanMinutes, strconv.FormatBool(a.Proven))}
	for _, o := range it.Legs {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%v %s %s-%s %s %s", o.Day.Weekday(), o.Day, minuteText(o.StartMinute), minuteText(o.StartMinute+o.Minutes), o.Exam, o.Site)))
	}
	return lines
}

func preparationLines(c *exam.Catalogue, it exam.Itinerary) []string {
	var lines []string
	for _, p := range c.Preparations(it) {
		lines = append(lines, fmt.Sprintf("for %s: %v from %s %s", p.Exam, p.Kind, p.Day, minuteText(p.FromMinute)))
	}
	return lines
}

func conflictText(c exam.Conflict) string {
	if len(c.Rules) == 0 {
		return "no offer: " + strings.Join(c.Exams, " ")
	}
	var rules []string
	for _, r := range c.Rules {
		rules = append(rules, r.String())
	}
	return strings.Join(c.Exams, " + ") + ": " + strings.Join(rules, "; ")
}
