package queue_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/queue"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

func plain() queue.Rules {
	return queue.Rules{BandMinutes: 30, GraceMinutes: 10, PriorityRun: 2, ReturnEvery: 3, MissedBehind: 2, MissedLimit: 2}
}

// here is one check-in: minutes after eight.
type here struct {
	id        string
	minute    int
	class     queue.Class
	appointed int // minutes after eight; -1 for none
}

func orderOf(t *testing.T, rules queue.Rules, people ...here) string {
	q, err := queue.New(rules, eight)
	require.NoError(t, err)
	for _, h := range people {
		k := queue.Ticket{ID: h.id, Class: h.class}
		if h.appointed >= 0 {
			k.Appointed = eight.AddMinutes(h.appointed)
		}
		require.Zero(t, q.CheckIn(eight.AddMinutes(h.minute), k).Refusal)
	}
	var ids []string
	for _, e := range q.Order() {
		ids = append(ids, e.ID)
	}
	return strings.Join(ids, " ")
}

// TestOrder: each row turns on one rule, and is another order without it.
func TestOrder(t *testing.T) {
	const o, p, r = queue.Ordinary, queue.Priority, queue.Returning
	change := func(f func(*queue.Rules)) queue.Rules { x := plain(); f(&x); return x }
	for _, c := range []struct {
		name   string
		rules  queue.Rules
		people []here
		want   string
	}{
		{"band before check-in", plain(), []here{{"A", -9, o, 30}, {"B", -5, o, 0}}, "B A"},
		{"check-in within the band", plain(), []here{{"A", -9, o, 20}, {"B", -5, o, 0}}, "A B"},
		{"narrow bands", change(func(r *queue.Rules) { r.BandMinutes = 10 }), []here{{"A", -9, o, 20}, {"B", -5, o, 0}}, "B A"},
		{"late goes behind the present half-hour", plain(), []here{{"late", 35, o, 0}, {"B", 40, o, 50}, {"C", 41, o, 60}}, "B late C"},
		{"on time at the last minute", plain(), []here{{"B", -9, o, 0}, {"edge", 10, o, 0}, {"C", 10, o, 20}}, "B C edge"},
		{"late a minute after", plain(), []here{{"edge", 11, o, 0}, {"C", 12, o, 20}}, "C edge"},
		{"no grace", change(func(r *queue.Rules) { r.GraceMinutes = 0 }), []here{{"edge", 1, o, 0}, {"C", 12, o, 20}}, "C edge"},
		{"long grace", change(func(r *queue.Rules) { r.GraceMinutes = 40 }), []here{{"late", 35, o, 0}, {"B", 40, o, 50}}, "late B"},
		{"no time is behind its band", plain(), []here{{"walk", -20, o, -1}, {"B", -5, o, 25}, {"C", -4, o, 30}}, "B walk C"},
		{"equal but for the ID", plain(), []here{{"b", 0, o, 0}, {"a", 0, o, 0}}, "a b"},
		{"priority runs", plain(), []here{{"1", 0, o, 0}, {"2", 0, o, 0}, {"p", 1, p, 0}, {"q", 2, p, 0}, {"s", 3, p, 0}}, "p q 1 s 2"},
		{"shorter runs", change(func(r *queue.Rules) { r.PriorityRun = 1 }), []here{{"1", 0, o, 0}, {"2", 0, o, 0}, {"p", 1, p, 0}, {"q", 2, p, 0}}, "p 1 q 2"},
		{"returning every third", plain(), []here{{"1", 0, o, 0}, {"2", 0, o, 0}, {"3", 0, o, 0}, {"r", 1, r, -1}, {"s", 1, r, -1}}, "1 2 r 3 s"},
		{"returning every second", change(func(r *queue.Rules) { r.ReturnEvery = 2 }), []here{{"1", 0, o, 0}, {"2", 0, o, 0}, {"r", 1, r, -1}}, "1 r 2"},
	} {
		require.Equal(t, c.want, orderOf(t, c.rules, c.people...), c.name)
	}
}

// TestGraceSecond: the boundary is a second, and it is included.
func TestGraceSecond(t *testing.T) {
	q, err := queue.New(plain(), eight)
	require.NoError(t, err)
	require.Equal(t, queue.OnTime, q.CheckIn(eight+600, queue.Ticket{ID: "A", Class: queue.Ordinary, Appointed: eight}).Arrival)
	require.Equal(t, queue.Late, q.CheckIn(eight+601, queue.Ticket{ID: "B", Class: queue.Ordinary, Appointed: eight}).Arrival)
	require.Equal(t, queue.NoTime, q.CheckIn(eight+601, queue.Ticket{ID: "C", Class: queue.Returning}).Arrival)
}

// TestMissed: behind two calls, and at the second missed call it is over.
func TestMissed(t *testing.T) {
	q, err := queue.New(plain(), eight)
	require.NoError(t, err)
	for _, id := range []string{"A", "B", "C", "D"} {
		q.CheckIn(eight, queue.Ticket{ID: id, Class: queue.Ordinary, Appointed: eight})
	}
	require.Equal(t, "A", q.Call(eight).Entry.ID)
	back := q.Missed(eight, "A")
	require.Equal(t, queue.Waiting, back.Entry.State)
	require.Equal(t, 2, back.Entry.Behind)
	require.Equal(t, "B", serve(q, eight))
	require.Equal(t, "C", serve(q, eight))
	require.Equal(t, "A", q.Call(eight).Entry.ID, "behind two, and still before D")
	require.Equal(t, queue.MissedOut, q.Missed(eight, "A").Entry.State)
	require.Equal(t, "D", serve(q, eight))
	require.Equal(t, queue.NobodyWaiting, q.Call(eight).Refusal)
	require.Equal(t, queue.AlreadyHere, q.CheckIn(eight, queue.Ticket{ID: "A", Class: queue.Returning}).Refusal, "the desk's affair")

	q.CheckIn(eight, queue.Ticket{ID: "E", Class: queue.Ordinary})
	q.Call(eight)
	q.Missed(eight, "E")
	only := q.Call(eight)
	require.Equal(t, "E", only.Entry.ID, "nobody else waits")
	require.True(t, only.OnlyMissed)
}

// TestRefusals: every refusal, and that it changes nothing.
func TestRefusals(t *testing.T) {
	q, err := queue.New(plain(), eight)
	require.NoError(t, err)
	ticket := func(id string) queue.Ticket { return queue.Ticket{ID: id, Class: queue.Ordinary} }
	require.Equal(t, queue.NobodyWaiting, q.Call(eight).Refusal)
	q.CheckIn(eight, ticket("A"))
	q.CheckIn(eight, ticket("B"))
	q.Call(eight)
	q.CheckIn(eight, ticket("C"))
	q.Leave(eight, "C")
	before := q.Snapshot()
	for _, c := range []struct {
		want queue.Refusal
		got  queue.Reply
	}{
		{queue.ClockBack, q.CheckIn(eight-1, ticket("D"))},
		{queue.ClockBack, q.Call(eight - 1)},
		{queue.ClockBack, q.Finish(eight-1, "A")},
		{queue.ClockBack, q.Leave(0, "A")},
		{queue.ClockBack, q.Leave(1<<62, "A")},
		{queue.BadTicket, q.CheckIn(eight, ticket(""))},
		{queue.BadTicket, q.CheckIn(eight, ticket("\xff"))},
		{queue.BadTicket, q.CheckIn(eight, ticket(strings.Repeat("x", queue.MaxIDBytes+1)))},
		{queue.BadTicket, q.CheckIn(eight, queue.Ticket{ID: "D"})},
		{queue.BadTicket, q.CheckIn(eight, queue.Ticket{ID: "D", Class: queue.Returning, Appointed: eight})},
		{queue.BadTicket, q.CheckIn(eight, queue.Ticket{ID: "D", Class: queue.Ordinary, Appointed: -1})},
		{queue.AlreadyHere, q.CheckIn(eight, ticket("A"))},
		{queue.AlreadyHere, q.CheckIn(eight, ticket("B"))},
		{queue.AlreadyHere, q.CheckIn(eight, ticket("C"))},
		{queue.RoomTaken, q.Call(eight)},
		{queue.NotHere, q.Finish(eight, "D")},
		{queue.NotCalled, q.Missed(eight, "B")},
		{queue.NotCalled, q.Finish(eight, "B")},
		{queue.AlreadyOver, q.Leave(eight, "C")},
	} {
		require.Equal(t, c.want, c.got.Refusal)
	}
	require.Equal(t, before, q.Snapshot())

	var zero queue.Queue
	require.Equal(t, queue.ClockBack, zero.CheckIn(eight, ticket("A")).Refusal)
	q, err = queue.New(plain(), eight)
	require.NoError(t, err)
	for i := range queue.MaxCheckIns {
		require.Zero(t, q.CheckIn(eight, ticket(strings.Repeat("a", i%10+1)+sl.Instant(i).String())).Refusal)
	}
	require.Equal(t, queue.QueueFull, q.CheckIn(eight, ticket("A")).Refusal)
}

// TestReturning: who finished comes back with results under the same ID and a new number; nobody else does.
func TestReturning(t *testing.T) {
	q, err := queue.New(plain(), eight)
	require.NoError(t, err)
	q.CheckIn(eight, queue.Ticket{ID: "A", Class: queue.Ordinary})
	serve(q, eight)
	require.Equal(t, queue.AlreadyHere, q.CheckIn(eight, queue.Ticket{ID: "A", Class: queue.Priority}).Refusal)
	require.Equal(t, 2, q.CheckIn(eight, queue.Ticket{ID: "A", Class: queue.Returning}).Entry.Number)
	e, ok := q.Find("A")
	require.True(t, ok)
	require.Equal(t, queue.Returning, e.Class)
	_, ok = q.Find("B")
	require.False(t, ok)
	require.Equal(t, "A", serve(q, eight))
}

// TestProblemsTogether: every bad field is named at once.
func TestProblemsTogether(t *testing.T) {
	_, err := queue.New(queue.Rules{GraceMinutes: -1, ReturnEvery: 1, MissedBehind: 1001, MissedLimit: 101}, eight)
	for _, want := range []string{"BandMinutes 0", "GraceMinutes -1", "PriorityRun 0", "ReturnEvery 1", "MissedBehind 1001", "MissedLimit 101"} {
		require.ErrorContains(t, err, want)
	}
	_, err = queue.New(plain(), 0)
	require.ErrorContains(t, err, "start 0")
}

// TestRestoreProblems: a snapshot that no queue could have given is refused, with the field.
func TestRestoreProblems(t *testing.T) {
	entry := queue.Entry{Ticket: queue.Ticket{ID: "A", Class: queue.Ordinary}, Number: 1, State: queue.Waiting, CheckedIn: eight}
	second := entry
	second.ID, second.Number = "B", 2
	for want, spoil := range map[string]func(*queue.Snapshot){
		"Clock 0":          func(s *queue.Snapshot) { s.Clock = 0 },
		"PriorityRun 3":    func(s *queue.Snapshot) { s.PriorityRun = 3 },
		"VisitRun -1":      func(s *queue.Snapshot) { s.VisitRun = -1 },
		"bad ticket":       func(s *queue.Snapshot) { s.Entries[0].Class = 0 },
		"Number 7":         func(s *queue.Snapshot) { s.Entries[0].Number = 7 },
		"no state":         func(s *queue.Snapshot) { s.Entries[0].State = 0 },
		"is number 1":      func(s *queue.Snapshot) { s.Entries[1].ID = "A" },
		"called already":   func(s *queue.Snapshot) { s.Entries[0].State, s.Entries[1].State = queue.Called, queue.Called },
		"CheckedIn":        func(s *queue.Snapshot) { s.Entries[1].CheckedIn = eight - 1 },
		"CalledAt":         func(s *queue.Snapshot) { s.Entries[0].CalledAt = eight },
		"EndedAt 0":        func(s *queue.Snapshot) { s.Entries[0].State = queue.Left },
		"Misses 2":         func(s *queue.Snapshot) { s.Entries[0].Misses = 2 },
		"Behind 1":         func(s *queue.Snapshot) { s.Entries[0].Behind = 1 },
		"BandMinutes 0":    func(s *queue.Snapshot) { s.Rules.BandMinutes = 0 },
		"Entries: 2001":    func(s *queue.Snapshot) { s.Entries = make([]queue.Entry, queue.MaxCheckIns+1) },
		"start 0":          func(s *queue.Snapshot) { s.Start = 0 },
		"Entries[1]: Numb": func(s *queue.Snapshot) { s.Entries[1].Number = 1 },
	} {
		s := queue.Snapshot{Rules: plain(), Start: eight, Clock: eight, Entries: []queue.Entry{entry, second}}
		_, err := queue.Restore(s)
		require.NoError(t, err)
		spoil(&s)
		_, err = queue.Restore(s)
		require.ErrorContains(t, err, want)
	}
}

// TestPlaces: why this one and not the next of the class.
func TestPlaces(t *testing.T) {
	for want, second := range map[queue.Place]queue.Ticket{
		queue.EarlierBand:    {ID: "B", Class: queue.Ordinary, Appointed: eight.AddMinutes(30)},
		queue.OnTimeFirst:    {ID: "B", Class: queue.Ordinary},
		queue.EarlierCheckIn: {ID: "0", Class: queue.Ordinary, Appointed: eight},
		queue.OnlyOne:        {ID: "B", Class: queue.Returning},
	} {
		q, err := queue.New(plain(), eight)
		require.NoError(t, err)
		q.CheckIn(eight, queue.Ticket{ID: "A", Class: queue.Ordinary, Appointed: eight})
		q.CheckIn(eight+1, second)
		reply := q.Call(eight + 1)
		require.Equal(t, "A", reply.Entry.ID)
		require.Equal(t, want, reply.Place)
		require.Equal(t, want != queue.OnlyOne, reply.Over == second.ID)
	}
}

// TestWords: every value has a word, in both languages, and values out of range do not pass as one.
func TestWords(t *testing.T) {
	for r := queue.Refusal(1); r.IsValid(); r++ {
		require.NotContains(t, r.String(), "(")
		require.NotContains(t, queue.Reply{Refusal: r}.Explain(queue.Chinese), "(")
	}
	for w := queue.Why(1); w.IsValid(); w++ {
		for p := queue.Place(1); p.IsValid(); p++ {
			require.NotContains(t, w.String()+p.String(), "(")
			reply := queue.Reply{Why: w, Place: p, Entry: queue.Entry{Number: 7}, Limit: 3, OnlyMissed: true}
			require.Contains(t, reply.Explain(queue.English), "Number 7")
			require.Contains(t, reply.Explain(queue.Chinese), "7 号")
			require.NotContains(t, reply.Explain(queue.Chinese), "(")
		}
	}
	for a := queue.Arrival(1); a.IsValid(); a++ {
		require.Contains(t, queue.Reply{Arrival: a}.Explain(queue.English), a.String())
		require.NotContains(t, queue.Reply{Arrival: a}.Explain(queue.Chinese), "(")
	}
	for s := queue.Waiting; s.IsValid(); s++ {
		require.NotContains(t, queue.Reply{Entry: queue.Entry{State: s}}.Explain(queue.Chinese), "(")
		require.Equal(t, s >= queue.Finished, s.IsEnd())
	}
	require.Equal(t, []string{"Class(9)", "State(0)", "Arrival(4)", "Why(0)", "Place(6)", "Refusal(10)", "done"},
		[]string{queue.Class(9).String(), queue.State(0).String(), queue.Arrival(4).String(), queue.Why(0).String(),
			queue.Place(6).String(), queue.Refusal(10).String(), queue.Refusal(0).String()})
}
