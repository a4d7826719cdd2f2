package queue_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/haoyuan-go/haoyuan/booking/queue"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// TestStories plays testdata/*.txt. Times are HH:MM of one day. Verbs:
//
//	session start=08:00 band=30 grace=10 priority-run=2 return-every=3 missed-behind=2 missed-limit=2
//	check-in now=07:50 id=A [class=ordinary|priority|returning] [at=08:00]
//	call now=08:00
//	missed, finish, leave now=08:05 id=A
//	order
//
// call answers ID, number, class, why (with the rule's value), place, and whom of the class it went before.
func TestStories(t *testing.T) {
	slotstest.RunStories(t, "testdata/*.txt", func() slotstest.Verbs {
		w := &storyWorld{}
		return slotstest.Verbs{
			"session":  w.session,
			"check-in": w.checkIn,
			"call":     w.call,
			"missed":   func(s *slotstest.Step) string { return w.step(s, (*queue.Queue).Missed) },
			"finish":   func(s *slotstest.Step) string { return w.step(s, (*queue.Queue).Finish) },
			"leave":    func(s *slotstest.Step) string { return w.step(s, (*queue.Queue).Leave) },
			"order":    w.order,
		}
	})
}

type storyWorld struct{ q *queue.Queue }

func clock(s *slotstest.Step, key string) slots.Instant {
	at, _ := slots.Resolve(slots.MustDate("2026-11-23"), s.Clock(key), time.UTC)
	return at
}

func (w *storyWorld) session(s *slotstest.Step) string {
	q, err := queue.New(queue.Rules{BandMinutes: s.Int("band"), GraceMinutes: s.Int("grace"), PriorityRun: s.Int("priority-run"),
		ReturnEvery: s.Int("return-every"), MissedBehind: s.Int("missed-behind"), MissedLimit: s.Int("missed-limit")}, clock(s, "start"))
	if err != nil {
		return "refused: " + err.Error()
	}
	w.q = q
	return ""
}

func (w *storyWorld) checkIn(s *slotstest.Step) string {
	classes := map[string]queue.Class{"ordinary": queue.Ordinary, "priority": queue.Priority, "returning": queue.Returning}
	k := queue.Ticket{ID: s.Text("id"), Class: classes[s.TextOr("class", "ordinary")]}
	if s.Has("at") {
		k.Appointed = clock(s, "at")
	}
	r := w.q.CheckIn(clock(s, "now"), k)
	if r.Refusal != 0 {
		return "refused: " + r.Refusal.String()
	}
	return fmt.Sprintf("number=%d %v", r.Entry.Number, r.Arrival)
}

func (w *storyWorld) call(s *slotstest.Step) string {
	r := w.q.Call(clock(s, "now"))
	if r.Refusal != 0 {
		return "refused: " + r.Refusal.String()
	}
	why := r.Why.String()
	if r.Limit > 0 {
		why += fmt.Sprintf(" (%d)", r.Limit)
	}
	text := fmt.Sprintf("%s number=%d %v: %s, %v", r.Entry.ID, r.Entry.Number, r.Entry.Class, why, r.Place)
	if r.Over != "" {
		text += " than " + r.Over
	}
	if r.OnlyMissed {
		text += ", only missed wait"
	}
	return text
}

func (w *storyWorld) step(s *slotstest.Step, verb func(*queue.Queue, slots.Instant, string) queue.Reply) string {
	r := verb(w.q, clock(s, "now"), s.Text("id"))
	if r.Refusal != 0 {
		return "refused: " + r.Refusal.String()
	}
	text := r.Entry.State.String()
	if r.Entry.Misses > 0 {
		text += fmt.Sprintf(" misses=%d behind=%d", r.Entry.Misses, r.Entry.Behind)
	}
	return text
}

func (w *storyWorld) order(*slotstest.Step) string {
	var ids []string
	for _, e := range w.q.Order() {
		ids = append(ids, e.ID)
	}
	if len(ids) == 0 {
		return "nobody"
	}
	return strings.Join(ids, " ")
}
