package booking_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// TestStories plays testdata/*.txt; testdata/README.md tells what the verbs take. Every kind of event and every reason must
// occur in some story, but BadChoice, which takes a wrong policy (TestBadChoice).
func TestStories(t *testing.T) {
	const glob = "testdata/*.txt"
	seen := storyCount{kinds: map[booking.Kind]int{}, reasons: map[booking.Reason]int{}}
	worlds := 0
	slotstest.RunStories(t, glob, func() slotstest.Verbs {
		worlds++
		w := &storyWorld{seen: &seen, visits: map[string]booking.Appointment{}, entries: map[string]booking.Entry{}, waits: map[booking.Entry]string{}, names: map[booking.Appointment]string{},
			releases: map[string]*slots.Release{}}
		return w.verbs()
	})
	files, err := filepath.Glob(glob)
	require.NoError(t, err)
	if worlds < len(files) || t.Failed() {
		return // a part of them was asked for, or broke off
	}
	for k := booking.RulesAdopted; k.IsValid(); k++ {
		require.Positive(t, seen.kinds[k], "event %v in no story", k)
	}
	for r := booking.KeyReused; r.IsValid(); r++ {
		if r != booking.BadChoice {
			require.Positive(t, seen.reasons[r], "reason %v in no story", r)
		}
	}
}

// A story is read by people: it is short, and says what must hold. expect lines are what -rewrite never touches.
func TestStoriesAreShort(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 14)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		lines := strings.Count(string(text), "\n") - strings.Count(string(text), "\n\n")
		require.LessOrEqual(t, lines, 60, "%s: lines that are not blank", file)
		require.GreaterOrEqual(t, strings.Count(string(text), "\nexpect"), 3, file)
		require.True(t, strings.HasPrefix(string(text), "# "), "%s begins with what it is about", file)
	}
}

// storyCount is what the stories have shown so far.
type storyCount struct {
	kinds   map[booking.Kind]int
	reasons map[booking.Reason]int
}

// storyWorld is one story's facility: a Desk, and the names that the story gives to appointments.
type storyWorld struct {
	seen     *storyCount
	desk     *booking.Desk
	rules    *booking.Rules
	log      booking.Log
	fresh    []booking.Event                   // of this step, not yet put in words
	grounds  map[booking.Event]booking.Grounds // of the reserves that moved
	as       []string                          // names for the appointments that this step makes, in order
	visits   map[string]booking.Appointment
	entries  map[string]booking.Entry // by the person's name, or as=
	waits    map[booking.Entry]string
	asEntry  string // the name for the entry that this step makes
	names    map[booking.Appointment]string
	roster   slots.RosterConfig
	calendar slots.Calendar
	releases map[string]*slots.Release
	policies []booking.Policy // besides the package's own
}

func (w *storyWorld) verbs() slotstest.Verbs {
	v := slotstest.Verbs{
		"rules": w.setRules, "release": w.setRelease, "calendar": w.setCalendar, "weekly": w.addWeekly, "open": w.open, "open-day": w.openDay,
		"book": w.book, "hold": w.hold, "add-on": w.addOn, "bundle": w.bundle, "reschedule": w.reschedule, "transfer": w.transfer, "return": w.comeBack,
		"joint": w.joint, "series": w.series,
		"cancel": w.cancel, "answer": w.answer, "displace": w.displace, "close": w.close, "substitute": w.substitute, "quota": w.quota, "grant": w.grant,
		"join": w.join, "leave": w.leave, "screen": w.screen, "restrict": w.restrict, "describe": w.describe, "merge": w.merge, "retire": w.retire, "advance": w.advance, "show": w.show,
	}
	for verb := range storySteps {
		v[verb] = w.visitStep
	}
	for verb, f := range v {
		v[verb] = func(s *slotstest.Step) string {
			w.as = nil
			text := f(s)
			w.verify(s)
			return text
		}
	}
	return v
}

var shanghai = func() *time.Location {
	loc, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		panic(err)
	}
	return loc
}()

// openDesk starts the facility; before rules, nothing can be asked.
func (w *storyWorld) openDesk(s *slotstest.Step, now slots.Instant) error {
	if w.desk == nil {
		var err error
		w.desk, err = booking.NewDesk(booking.New(w.rules), now, func(b *booking.Batch) error {
			w.keepGrounds(b)
			w.fresh = append(w.fresh, b.Events()...)
			return w.log.Append(b)
		})
		return err
	}
	if err := w.desk.Advance(now); err != nil {
		return err
	}
	w.pool(s).Configure(w.rules)
	_, err := w.desk.Do(booking.Adopt{Meta: w.meta(s, now)})
	return err
}

func (w *storyWorld) pool(s *slotstest.Step) *booking.Book {
	if w.desk == nil {
		s.Failf("begin with rules")
	}
	return w.desk.Pool()
}

func (w *storyWorld) now(s *slotstest.Step) slots.Instant {
	w.pool(s)
	return s.Instant("now", shanghai)
}

// instantOr reads a time that may be left out.
func instantOr(s *slotstest.Step, key string, otherwise slots.Instant) slots.Instant {
	if !s.Has(key) {
		return otherwise
	}
	return s.Instant(key, shanghai)
}

// do advances to now and decides one command of the Book.
func (w *storyWorld) do(s *slotstest.Step, command func(booking.Meta) booking.Command) (booking.Reply, error) {
	now := w.now(s)
	if err := w.desk.Advance(now); err != nil {
		return booking.Reply{}, err
	}
	return w.desk.Do(command(w.meta(s, now)))
}

// told puts into words what a step led to: for whom it was asked, all that happened, and the refusal if there is one.
func (w *storyWorld) told(s *slotstest.Step, who string, err error) string {
	var lines []string
	for i := range w.fresh {
		line := w.eventWords(&w.fresh[i])
		switch {
		case line == "":
		case i > 0 && w.fresh[i-1].Kind() == booking.SessionOpened && w.fresh[i].Kind() == booking.Released:
			lines[len(lines)-1] += " released" // at once: one line tells both
		default:
			lines = append(lines, line)
		}
	}
	w.fresh = w.fresh[:0]
	var no *booking.Refusal
	switch {
	case errors.As(err, &no):
		w.seen.reasons[no.Reason]++
		lines = append(lines, strings.TrimSpace(who+" refused: "+w.refusalWords(no)))
	case errors.Is(err, booking.ErrStep):
		lines = append(lines, "not done: clock jumps too far")
	case err != nil:
		s.Failf("%v", err)
	}
	return strings.Join(lines, "\n")
}

// verify holds the Book to its laws after every step: nothing in it disagrees with its appointments, and its log, replayed,
// and its snapshot, restored, are the same Book.
func (w *storyWorld) verify(s *slotstest.Step) {
	if w.desk == nil {
		return
	}
	b := w.desk.Pool()
	for _, f := range b.Check() {
		if f.Broken {
			s.Failf("%v", f)
		}
	}
	if w.log.Events() != b.Events() {
		s.Failf("the log has %d events, the book %d", w.log.Events(), b.Events())
	}
	live := string(b.Snapshot(nil))
	replayed, err := booking.Replay(w.rules, &w.log)
	if err != nil || string(replayed.Snapshot(nil)) != live {
		s.Failf("replay differs: %v", err)
	}
	restored, err := booking.Restore(w.rules, []byte(live))
	if err != nil || string(restored.Snapshot(nil)) != live {
		s.Failf("snapshot differs: %v", err)
	}
}
