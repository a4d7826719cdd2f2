package explain_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/explain"
	sl "github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// TestStories plays testdata/*.txt: a pool is driven, and what it did and refused is told, to a patient and to a clerk, in English
// and in Chinese. Instants are "2026-11-23 08:00" in China; an appointment is called by its person. Verbs:
//
//	names  body: NAME CHINESE, what the Chinese texts call a department, a physician, a class, ...
//	rules [limit="one open number" same=(day, department)] [late=refused] [exempt=(emergency)]
//	open now= session= who= date= slots= [release= end= add-ons=]   half-hours from 08:00; body: CLASS reserve 2 [cap 3] [until INSTANT]
//	book, hold, add-on now= person= via= slot=Li/2 [count= classes=(elderly) account= booker= ref=]
//	pay, check-in, start, complete, cancel, cancel-by-hospital, accept, decline, missed now= of=
//	move now= of= slot=       close now= session= answer-by= [move]       suspend now= person= until=       time now=
//	chain of= to=patient|clerk [in=Chinese]
//
// A refusal is told to the patient, and to the clerk with to=clerk, in Chinese with in=Chinese.
func TestStories(t *testing.T) {
	slotstest.RunStories(t, "testdata/*.txt", func() slotstest.Verbs {
		w := &storyWorld{names: map[string]string{}}
		v := slotstest.Verbs{"names": w.setNames, "rules": w.setRules, "open": w.open, "move": w.move, "close": w.close,
			"suspend": w.suspend, "time": w.time, "chain": w.chain}
		for _, verb := range []string{"book", "hold", "add-on"} {
			v[verb] = w.ask
		}
		for verb := range steps {
			v[verb] = w.step
		}
		return v
	})
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 6)
}

var steps = map[string]func(booking.Meta, booking.Appointment) booking.Command{
	"pay": func(m booking.Meta, id booking.Appointment) booking.Command {
		return booking.Pay{Meta: m, Appointment: id}
	},
	"check-in": func(m booking.Meta, id booking.Appointment) booking.Command {
		return booking.CheckIn{Meta: m, Appointment: id}
	},
	"start": func(m booking.Meta, id booking.Appointment) booking.Command {
		return booking.Start{Meta: m, Appointment: id}
	},
	"complete": func(m booking.Meta, id booking.Appointment) booking.Command {
		return booking.Complete{Meta: m, Appointment: id}
	},
	"missed": func(m booking.Meta, id booking.Appointment) booking.Command {
		return booking.MarkNoShow{Meta: m, Appointment: id}
	},
	"cancel": func(m booking.Meta, id booking.Appointment) booking.Command {
		return booking.Cancel{Meta: m, Appointment: id, By: booking.ByPatient}
	},
	"cancel-by-hospital": func(m booking.Meta, id booking.Appointment) booking.Command {
		return booking.Cancel{Meta: m, Appointment: id, By: booking.ByHospital}
	},
	"accept": func(m booking.Meta, id booking.Appointment) booking.Command {
		return booking.Answer{Meta: m, Appointment: id, Accept: true}
	},
	"decline": func(m booking.Meta, id booking.Appointment) booking.Command {
		return booking.Answer{Meta: m, Appointment: id}
	},
}

// storyWorld is one story's hospital. It is made by the first verb that needs it, under the rules set before.
type storyWorld struct {
	*hospital
	rules func(*booking.Rules)
	names map[string]string // the Chinese of a name
}

// chineseNames calls things what patients call them.
type chineseNames struct {
	explain.Names
	of map[string]string
}

func (n chineseNames) Name(k booking.NameKind, handle uint32) string {
	text := n.Names.Name(k, handle)
	if other, ok := n.of[text]; ok {
		return other
	}
	return text
}

func (w *storyWorld) setNames(s *slotstest.Step) string {
	for _, line := range s.Body() {
		name, other, ok := strings.Cut(line, " = ")
		if !ok {
			s.Failf("%q: want NAME = CHINESE", line)
		}
		w.names[strings.TrimSpace(name)] = strings.TrimSpace(other)
	}
	return ""
}

func (w *storyWorld) setRules(s *slotstest.Step) string {
	limit, late, exempt := s.TextOr("limit", ""), s.TextOr("late", ""), s.List("exempt")
	same := booking.Same(0)
	for _, x := range s.List("same") {
		same |= map[string]booking.Same{"day": booking.SameDay, "department": booking.SameDepartment, "session": booking.SameSession}[x]
	}
	w.rules = func(r *booking.Rules) {
		r.Limits, r.Exempt = nil, exempt
		if limit != "" {
			r.Limits = []booking.Limit{{Name: limit, Who: booking.PerPerson, Same: same, Of: booking.OpenVisits, Max: 1}}
		}
		if late == "refused" {
			r.LateCancel = booking.LateRefused
		}
	}
	return ""
}

func (w *storyWorld) start(s *slotstest.Step) *hospital {
	if w.hospital == nil {
		w.hospital = newHospital(faults{s}, w.rules)
	}
	return w.hospital
}

// faults makes a failed requirement a fault of the story's step.
type faults struct{ *slotstest.Step }

func (f faults) Errorf(format string, args ...any) { f.Failf(format, args...) }
func (f faults) FailNow()                          { f.Failf("failed") }

func (w *storyWorld) open(s *slotstest.Step) string {
	h, now := w.start(s), s.Instant("now", shanghai)
	date := s.Date("date").String()
	x := morning(s.Text("session"), date[len(date)-2:], s.Text("who"), s.Int("slots"))
	terms := booking.Terms{AddOns: uint16(s.IntOr("add-ons", 0)), Release: optional(s, "release"), End: optional(s, "end"), CancelBy: optional(s, "cancel-by")}
	for _, line := range s.Body() {
		f := strings.Fields(line)
		q := booking.NamedQuota{Class: f[0]}
		for i := 1; i+1 < len(f); i += 2 {
			switch f[i] {
			case "reserve":
				q.Reserve = uint16(number(s, f[i+1]))
			case "cap":
				q.Cap, q.Capped = uint16(number(s, f[i+1])), true
			case "until":
				q.OpenAt = sl.MustInstant(f[i+1] + ":00+08:00")
			default:
				s.Failf("%q: want reserve, cap or until", f[i])
			}
		}
		terms.Quotas = append(terms.Quotas, q)
	}
	_, err := h.desk.Open(now, x, terms)
	require.NoError(h.t, err)
	return ""
}

func optional(s *slotstest.Step, key string) sl.Instant {
	if !s.Has(key) {
		return 0
	}
	return s.Instant(key, shanghai)
}

func number(s *slotstest.Step, text string) (n int) {
	for _, r := range text {
		if r < '0' || r > '9' {
			s.Failf("%q: want a number", text)
		}
		n = 10*n + int(r-'0')
	}
	return n
}

// ask books, holds or adds on; a refusal is told.
func (w *storyWorld) ask(s *slotstest.Step) string {
	h, now := w.start(s), s.Instant("now", shanghai)
	w.t = faults{s}
	session, n, _ := strings.Cut(s.Text("slot"), "/")
	a := booking.Ask{Person: s.Text("person"), Channel: s.Text("via"), Session: session, N: number(s, n), Count: s.IntOr("count", 0),
		Classes: s.List("classes"), Account: s.TextOr("account", ""), Booker: s.TextOr("booker", ""), Ref: s.TextOr("ref", "")}
	ask := map[string]func(*booking.Desk, sl.Instant, booking.Ask) (booking.Appointment, error){
		"book": (*booking.Desk).Book, "hold": (*booking.Desk).Hold, "add-on": (*booking.Desk).AddOn}[s.Verb]
	to, in := s.TextOr("to", "patient"), s.TextOr("in", "English")
	require.NoError(h.t, h.desk.Advance(now))
	id, err := ask(h.desk, now, a)
	var no *booking.Refusal
	if errors.As(err, &no) {
		q := h.asked(now, &a)
		m := booking.Meta{At: h.desk.Pool().Clock()}
		c := map[string]booking.Command{"book": booking.Take{Meta: m, Request: q}, "hold": booking.Hold{Meta: m, Request: q}, "add-on": booking.AddOn{Meta: m, Request: q}}[s.Verb]
		return w.refusal(c, *no, to, in)
	}
	require.NoError(h.t, err)
	h.visits[a.Person] = id
	return ""
}

// asked is a by-name request in handles; new names are introduced, so that the Book can be asked about them.
func (h *hospital) asked(now sl.Instant, a *booking.Ask) booking.Request {
	name := func(k booking.NameKind, text string) uint32 {
		if text == "" {
			return 0
		}
		if h.desk.Pool().Find(k, text) == 0 {
			_, err := h.desk.Do(booking.Introduce{Meta: booking.Meta{At: now}, Kind: k, Name: text})
			require.NoError(h.t, err)
		}
		return h.desk.Pool().Find(k, text)
	}
	var classes []booking.Class
	for _, c := range a.Classes {
		classes = append(classes, booking.Class(name(booking.ClassName, c)))
	}
	bear, err := booking.NewBearing(booking.Class(name(booking.ClassName, a.Channel)), classes...)
	require.NoError(h.t, err)
	return booking.Request{Person: booking.Person(name(booking.PersonName, a.Person)), Account: booking.Account(name(booking.AccountName, a.Account)),
		Bear: bear, Count: uint16(a.Count), Slot: booking.Slot{Session: booking.Session(h.desk.Pool().Find(booking.SessionName, a.Session)), N: uint16(a.N)}}
}

func (w *storyWorld) refusal(c booking.Command, no booking.Refusal, to, in string) string {
	x, err := explain.Why(w.desk.Pool(), c, booking.Reply{Outcome: booking.Refused, Refusal: no})
	require.NoError(w.t, err)
	lines := w.voice(to, in).Refusal(&x)
	for i := range lines[1:] {
		lines[i+1] = "- " + lines[i+1]
	}
	return strings.Join(lines, "\n")
}

func (w *storyWorld) voice(to, in string) *explain.Speaker {
	style := explain.Style{Language: explain.English, Reader: explain.Patient, Zone: shanghai, Names: w.desk.Pool()}
	if to == "clerk" {
		style.Reader = explain.Clerk
	}
	if in == "Chinese" {
		style.Language, style.Names = explain.Chinese, chineseNames{w.desk.Pool(), w.names}
	}
	s, err := explain.NewSpeaker(style)
	require.NoError(w.t, err)
	return s
}

// decide does a command; a refusal is told.
func (w *storyWorld) decide(s *slotstest.Step, c func(booking.Meta) booking.Command) string {
	h, now := w.start(s), s.Instant("now", shanghai)
	w.t = faults{s}
	to, in := s.TextOr("to", "patient"), s.TextOr("in", "English")
	require.NoError(h.t, h.desk.Advance(now))
	command := c(booking.Meta{At: now})
	_, err := h.desk.Do(command)
	var no *booking.Refusal
	if errors.As(err, &no) {
		return w.refusal(command, *no, to, in)
	}
	require.NoError(h.t, err)
	return ""
}

func (w *storyWorld) of(s *slotstest.Step) booking.Appointment {
	id := w.start(s).visits[s.Text("of")]
	if id == 0 {
		s.Failf("of=%s: no appointment of that name", s.Text("of"))
	}
	return id
}

func (w *storyWorld) step(s *slotstest.Step) string {
	id := w.of(s)
	return w.decide(s, func(m booking.Meta) booking.Command { return steps[s.Verb](m, id) })
}

func (w *storyWorld) move(s *slotstest.Step) string {
	id := w.of(s)
	session, n, _ := strings.Cut(s.Text("slot"), "/")
	to := booking.Slot{Session: booking.Session(w.desk.Pool().Find(booking.SessionName, session)), N: uint16(number(s, n))}
	return w.decide(s, func(m booking.Meta) booking.Command {
		return booking.Reschedule{Meta: m, Appointment: id, Want: booking.Request{Slot: to}}
	})
}

func (w *storyWorld) close(s *slotstest.Step) string {
	id := booking.Session(w.start(s).desk.Pool().Find(booking.SessionName, s.Text("session")))
	by, move := s.Instant("answer-by", shanghai), s.Has("move")
	return w.decide(s, func(m booking.Meta) booking.Command {
		return booking.CloseSession{Meta: m, Session: id, AnswerBy: by, Move: move}
	})
}

func (w *storyWorld) suspend(s *slotstest.Step) string {
	person, until := booking.Person(w.start(s).desk.Pool().Find(booking.PersonName, s.Text("person"))), s.Instant("until", shanghai)
	return w.decide(s, func(m booking.Meta) booking.Command {
		return booking.Restrict{Meta: m, Person: person, Until: until}
	})
}

func (w *storyWorld) time(s *slotstest.Step) string {
	require.NoError(faults{s}, w.start(s).desk.Advance(s.Instant("now", shanghai)))
	return ""
}

// chain tells how an appointment came to be what it is, and what it is.
func (w *storyWorld) chain(s *slotstest.Step) string {
	c, ok := w.start(s).teller.Chain(w.of(s))
	if !ok {
		s.Failf("no chain")
	}
	voice := w.voice(s.Text("to"), s.TextOr("in", "English"))
	return strings.Join(append(voice.Chain(&c), "= "+voice.State(c.State)), "\n")
}
