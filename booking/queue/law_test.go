package queue_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking/queue"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

const eight = sl.Instant(1_795_564_800) // some session's start

func anyRules() *rapid.Generator[queue.Rules] {
	return rapid.Custom(func(t *rapid.T) queue.Rules {
		return queue.Rules{
			BandMinutes:  rapid.SampledFrom([]int{10, 30}).Draw(t, "band"),
			GraceMinutes: rapid.SampledFrom([]int{0, 5, 15}).Draw(t, "grace"),
			PriorityRun:  rapid.IntRange(1, 3).Draw(t, "priority run"),
			ReturnEvery:  rapid.IntRange(2, 4).Draw(t, "return every"),
			MissedBehind: rapid.IntRange(0, 3).Draw(t, "missed behind"),
			MissedLimit:  rapid.IntRange(1, 3).Draw(t, "missed limit"),
		}
	})
}

func anyTicket(id string) *rapid.Generator[queue.Ticket] {
	return rapid.Custom(func(t *rapid.T) queue.Ticket {
		k := queue.Ticket{ID: id, Class: rapid.SampledFrom([]queue.Class{queue.Ordinary, queue.Ordinary, queue.Priority, queue.Returning}).Draw(t, "class")}
		if k.Class != queue.Returning && rapid.IntRange(0, 4).Draw(t, "timed") > 0 {
			k.Appointed = eight.AddMinutes(5 * rapid.IntRange(-2, 16).Draw(t, "appointed"))
		}
		return k
	})
}

// machine drives a Queue and the naive one side by side.
type machine struct {
	*rapid.T
	q    *queue.Queue
	n    *naive
	now  sl.Instant
	room string // who is called
	made int
	past []func(*queue.Queue) queue.Reply // every verb so far
}

func newMachine(t *rapid.T) *machine {
	rules := anyRules().Draw(t, "rules")
	q, err := queue.New(rules, eight)
	require.NoError(t, err)
	return &machine{T: t, q: q, n: &naive{rules: rules, start: eight}, now: eight.AddMinutes(-20)}
}

func (m *machine) do(verb func(*queue.Queue) queue.Reply) queue.Reply {
	m.past = append(m.past, verb)
	return verb(m.q)
}

func (m *machine) pass() {
	m.now += sl.Instant(rapid.SampledFrom([]int{0, 0, 1, 60, 299, 300}).Draw(m.T, "seconds"))
}

func (m *machine) checkIn() {
	m.pass()
	m.made++
	ticket, now := anyTicket(fmt.Sprintf("%c%d", 'z'-rune(m.made%20), m.made)).Draw(m.T, "ticket"), m.now
	reply := m.do(func(q *queue.Queue) queue.Reply { return q.CheckIn(now, ticket) })
	require.Zero(m, reply.Refusal)
	require.Equal(m, m.made, reply.Entry.Number)
	m.n.checkIn(now, ticket)
}

func (m *machine) call() bool {
	m.pass()
	now := m.now
	if m.room != "" {
		require.Equal(m, queue.RoomTaken, m.q.Call(now).Refusal)
		return false
	}
	order := m.q.Order()
	reply := m.do(func(q *queue.Queue) queue.Reply { return q.Call(now) })
	want, why := m.n.call()
	if want == nil {
		require.Equal(m, queue.NobodyWaiting, reply.Refusal)
		require.Empty(m, order)
		return false
	}
	require.Zero(m, reply.Refusal)
	require.Equal(m, want.id, reply.Entry.ID)
	require.Equal(m, why, reply.Why)
	require.Equal(m, reply.Entry.ID, order[0].ID)
	m.room = want.id
	return true
}

func (m *machine) end(missed bool) {
	m.pass()
	if m.room == "" {
		return
	}
	id, now := m.room, m.now
	m.room = ""
	if !missed {
		require.Zero(m, m.do(func(q *queue.Queue) queue.Reply { return q.Finish(now, id) }).Refusal)
		return
	}
	reply := m.do(func(q *queue.Queue) queue.Reply { return q.Missed(now, id) })
	require.Zero(m, reply.Refusal)
	require.Equal(m, m.n.missed(m.n.person(id)), reply.Entry.State == queue.MissedOut)
}

func (m *machine) leave() {
	m.pass()
	var here []string
	for _, p := range m.n.people {
		if p.here || p.id == m.room {
			here = append(here, p.id)
		}
	}
	if len(here) == 0 {
		return
	}
	id, now := rapid.SampledFrom(here).Draw(m.T, "leaver"), m.now
	require.Zero(m, m.do(func(q *queue.Queue) queue.Reply { return q.Leave(now, id) }).Refusal)
	m.n.person(id).here = false
	if m.room == id {
		m.room = ""
	}
}

// check: the two agree about who waits, a restored queue is the same queue.
func (m *machine) check() {
	want, got := []string{}, []string{}
	for _, p := range m.n.people {
		if p.here {
			want = append(want, p.id)
		}
	}
	for _, e := range m.q.Order() {
		require.Equal(m, queue.Waiting, e.State)
		got = append(got, e.ID)
	}
	require.ElementsMatch(m, want, got)
	require.Equal(m, len(want), m.q.Waiting())
	data, err := json.Marshal(m.q.Snapshot())
	require.NoError(m, err)
	var s queue.Snapshot
	require.NoError(m, json.Unmarshal(data, &s))
	restored, err := queue.Restore(s)
	require.NoError(m, err)
	require.Equal(m, m.q, restored)
}

// TestAgainstNaive: every call, with its reason, is the one that a recount from the list of calls gives. Played again,
// the verbs give the same queue.
func TestAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMachine(t)
		t.Repeat(map[string]func(*rapid.T){
			"check in": func(*rapid.T) { m.checkIn() },
			"another":  func(*rapid.T) { m.checkIn() },
			"call":     func(*rapid.T) { m.call() },
			"finish":   func(*rapid.T) { m.end(false) },
			"missed":   func(*rapid.T) { m.end(true) },
			"leave":    func(*rapid.T) { m.leave() },
			"":         func(*rapid.T) { m.check() },
		})
		again, err := queue.New(m.n.rules, eight)
		require.NoError(t, err)
		for _, verb := range m.past {
			verb(again)
		}
		require.Equal(t, m.q.Snapshot(), again.Snapshot())
	})
}

// TestEveryoneComesToAnEnd: once nobody comes any more, everyone is called, and finishes or misses out, within
// MissedLimit calls each.
func TestEveryoneComesToAnEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMachine(t)
		for range rapid.IntRange(1, 25).Draw(t, "people") {
			m.checkIn()
		}
		calls := 0
		for m.call() {
			calls++
			m.end(rapid.IntRange(0, 2).Draw(t, "missed") == 0)
			require.LessOrEqual(t, calls, m.made*m.n.rules.MissedLimit)
		}
		for _, e := range m.q.Snapshot().Entries {
			require.Contains(t, []queue.State{queue.Finished, queue.MissedOut}, e.State)
			require.NotZero(t, e.CalledAt)
		}
	})
}

// TestNobodyStarves: the bounds of the package comment, from any moment of a session in which nobody has missed a call.
func TestNobodyStarves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMachine(t)
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			m.checkIn()
			if rapid.IntRange(0, 2).Draw(t, "call") == 0 && m.call() {
				m.end(false)
			}
		}
		p, r := m.n.rules.PriorityRun, m.n.rules.ReturnEvery
		bound := map[string]int{}
		for class, list := range m.n.candidates() {
			for k, x := range list {
				v := (k + 1) * (p + 1)
				switch class {
				case queue.Priority:
					v = k + 2 + k/p
				case queue.Returning:
					bound[x.id] = (k + 1) * r
					continue
				}
				bound[x.id] = v + 1 + (v-1)/(r-1)
			}
		}
		for calls := 1; m.call(); calls++ {
			require.LessOrEqual(t, calls, bound[m.room], m.room)
			m.end(false)
		}
	})
}

// TestBoundsAreReached: the bounds of the package comment are not merely above the truth.
func TestBoundsAreReached(t *testing.T) {
	rules := queue.Rules{BandMinutes: 30, GraceMinutes: 10, PriorityRun: 2, ReturnEvery: 3, MissedBehind: 1, MissedLimit: 2}
	s := queue.Snapshot{Rules: rules, Start: eight, Clock: eight, VisitRun: 2}
	for i := range 12 {
		class := []queue.Class{queue.Priority, queue.Returning}[i%2]
		s.Entries = append(s.Entries, queue.Entry{Ticket: queue.Ticket{ID: fmt.Sprint(i), Class: class}, Number: i + 1, State: queue.Waiting, CheckedIn: eight})
	}
	s.Entries = append(s.Entries, queue.Entry{Ticket: queue.Ticket{ID: "X", Class: queue.Ordinary}, Number: 13, State: queue.Waiting, CheckedIn: eight})
	q, err := queue.Restore(s)
	require.NoError(t, err)
	place := slices.IndexFunc(q.Order(), func(e queue.Entry) bool { return e.ID == "X" })
	require.Equal(t, 5, place+1) // v = 3: 3 + 1 + ⌊2/2⌋
}

// TestOrderFree: people who check in at the same second may be entered in any order; who is called when is the same.
func TestOrderFree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := anyRules().Draw(t, "rules")
		var one, two []string
		waves := rapid.IntRange(1, 3).Draw(t, "waves")
		a, err := queue.New(rules, eight)
		require.NoError(t, err)
		b, err := queue.New(rules, eight)
		require.NoError(t, err)
		for w := range waves {
			now := eight.AddMinutes(10 * w)
			var wave []queue.Ticket
			for i := range rapid.IntRange(1, 6).Draw(t, "people") {
				wave = append(wave, anyTicket(fmt.Sprintf("%d.%d", w, i)).Draw(t, "ticket"))
			}
			for _, k := range wave {
				require.Zero(t, a.CheckIn(now, k).Refusal)
			}
			for _, k := range rapid.Permutation(wave).Draw(t, "order") {
				require.Zero(t, b.CheckIn(now, k).Refusal)
			}
			for range rapid.IntRange(0, 3).Draw(t, "calls") {
				one, two = append(one, serve(a, now)), append(two, serve(b, now))
			}
		}
		for range 20 {
			one, two = append(one, serve(a, eight.AddMinutes(60))), append(two, serve(b, eight.AddMinutes(60)))
		}
		require.Equal(t, one, two)
	})
}

func serve(q *queue.Queue, now sl.Instant) string {
	reply := q.Call(now)
	q.Finish(now, reply.Entry.ID)
	return reply.Entry.ID
}

// FuzzRestore: any JSON is refused or gives a queue that works and whose snapshot is what it was made of.
func FuzzRestore(f *testing.F) {
	q, _ := queue.New(queue.Rules{BandMinutes: 30, GraceMinutes: 10, PriorityRun: 2, ReturnEvery: 3, MissedBehind: 1, MissedLimit: 2}, eight)
	q.CheckIn(eight, queue.Ticket{ID: "A", Class: queue.Ordinary, Appointed: eight})
	q.CheckIn(eight, queue.Ticket{ID: "B", Class: queue.Priority})
	q.Call(eight)
	q.Missed(eight, "B")
	q.Call(eight)
	data, _ := json.Marshal(q.Snapshot())
	f.Add(data)
	f.Add([]byte(`{"Start":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var s queue.Snapshot
		if json.Unmarshal(data, &s) != nil {
			return
		}
		q, err := queue.Restore(s)
		if err != nil {
			return
		}
		again, err := queue.Restore(q.Snapshot())
		require.NoError(t, err)
		require.Equal(t, q, again)
		now := max(q.Clock(), 1)
		for range 3 * len(s.Entries) {
			reply := q.Call(now)
			q.Missed(now, reply.Entry.ID)
		}
		require.LessOrEqual(t, q.Waiting(), len(s.Entries))
	})
}
