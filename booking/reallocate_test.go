package booking_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// moving are plain rules under which reserves move.
func moving(change func(*booking.Reallocation)) booking.Rules {
	r := plainRules()
	r.Limits, r.StepSeconds = nil, 60*86400
	r.Reallocation.MaxMovePercent = 100
	if change != nil {
		change(&r.Reallocation)
	}
	return r
}

// shared opens a session of one day ahead, 100 numbers in a slot at 08:00 of the 2nd, whose numbers come out at 08:00 of the 1st, with a round at the
// given hours of the 1st.
func (b *stage) shared(quotas []booking.Quota, rounds ...string) booking.Session {
	o := b.halfHours("02", "Dr Li", 1, 100)
	o.Quotas = quotas
	for _, at := range rounds {
		o.Reallocate = append(o.Reallocate, on("01 "+at))
	}
	return b.open("li/02", o)
}

// sell books so many for people of a channel.
func (b *stage) sell(channel string, n int, s booking.Session) {
	for range n {
		b.t.Helper()
		q := booking.Request{Person: b.person(fmt.Sprint("P", b.book.Events())), Bear: b.bear(channel), Slot: booking.Slot{Session: s}}
		b.done(booking.Take{Meta: b.meta(), Request: q})
	}
}

// lines are what the quotas say: class reserve/cap, in rule order.
func (b *stage) lines(s booking.Session) string {
	var list []string
	for _, q := range b.book.Quotas(nil, s, b.now) {
		text := fmt.Sprintf("%s %d", b.book.Name(booking.ClassName, uint32(q.Class)), q.Reserve)
		if q.Capped {
			text += fmt.Sprintf("/%d", q.Cap)
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

// Each setting matters, and so does each clause of the rule. In every case a session of a hundred numbers is out for six hours and can be booked for
// eighteen more, so that each sold unit lets three be expected.
func TestEachClauseOfReallocation(t *testing.T) {
	part := func(b *stage, class string, n uint16) booking.Quota {
		return booking.Quota{Class: b.class(class), Reserve: n, Cap: n, Capped: true}
	}
	for name, c := range map[string]struct {
		rule   booking.Reallocation
		quotas func(*stage) []booking.Quota
		sold   map[string]int
		want   string
	}{
		"zero is off": {booking.Reallocation{}, nil, map[string]int{"app": 9}, "app 10/10, phone 30/30, window 20/20"},
		"what is lacking moves, from who has most": {booking.Reallocation{MaxMovePercent: 100}, nil, map[string]int{"app": 9},
			"app 36/36, phone 12/12, window 12/12"},
		"nobody lacks":             {booking.Reallocation{MaxMovePercent: 100}, nil, map[string]int{"app": 2}, "app 10/10, phone 30/30, window 20/20"},
		"who sells keeps its need": {booking.Reallocation{MaxMovePercent: 100}, nil, map[string]int{"app": 9, "phone": 6}, "app 36/36, phone 24/24, window 0/0"},
		"KeepUnits":                {booking.Reallocation{MaxMovePercent: 100, KeepUnits: 18}, nil, map[string]int{"app": 9}, "app 24/24, phone 18/18, window 18/18"},
		"KeepPercent, rounded up":  {booking.Reallocation{MaxMovePercent: 100, KeepPercent: 81}, nil, map[string]int{"app": 9}, "app 18/18, phone 25/25, window 17/17"},
		"MaxMovePercent, rounded up": {booking.Reallocation{MaxMovePercent: 11}, nil, map[string]int{"app": 9},
			"app 17/17, phone 26/26, window 17/17"},
		"MinElapsedSeconds":            {booking.Reallocation{MaxMovePercent: 100, MinElapsedSeconds: 6*3600 + 1}, nil, map[string]int{"app": 9}, "app 10/10, phone 30/30, window 20/20"},
		"MinElapsedSeconds, just over": {booking.Reallocation{MaxMovePercent: 100, MinElapsedSeconds: 6 * 3600}, nil, map[string]int{"app": 9}, "app 36/36, phone 12/12, window 12/12"},
		"Never gives":                  {booking.Reallocation{MaxMovePercent: 100, Never: []string{"phone"}}, nil, map[string]int{"app": 9}, "app 30/30, phone 30/30, window 0/0"},
		"Never receives":               {booking.Reallocation{MaxMovePercent: 100, Never: []string{"app"}}, nil, map[string]int{"app": 9}, "app 10/10, phone 30/30, window 20/20"},
		"a stage never gives": {booking.Reallocation{MaxMovePercent: 100}, func(b *stage) []booking.Quota {
			return []booking.Quota{part(b, "app", 10), part(b, "stage 2 of the release", 30), part(b, "window", 5)}
		}, map[string]int{"app": 9}, "app 15/15, stage 2 of the release 30/30, window 0/0"},
		"what has fallen open is nobody's to give": {booking.Reallocation{MaxMovePercent: 100}, func(b *stage) []booking.Quota {
			list := []booking.Quota{part(b, "app", 10), part(b, "phone", 30), part(b, "window", 5)}
			list[1].OpenAt = on("01 13:00")
			return list
		}, map[string]int{"app": 9}, "app 15/15, phone 30/30, window 0/0"},
		"a class's own time begins its clock": {booking.Reallocation{MaxMovePercent: 100}, func(b *stage) []booking.Quota {
			list := []booking.Quota{part(b, "app", 10), part(b, "phone", 30), part(b, "window", 20)}
			list[1].From = on("01 15:00")
			return list
		}, map[string]int{"app": 9}, "app 30/30, phone 30/30, window 0/0"},
		"the common rest comes first": {booking.Reallocation{MaxMovePercent: 100}, func(b *stage) []booking.Quota {
			return []booking.Quota{{Class: b.class("phone"), Reserve: 20}, {Class: b.class("app")}}
		}, map[string]int{"app": 20}, "phone 20, app 0"},
		"and what it cannot serve moves; what is sold is no part of it": {booking.Reallocation{MaxMovePercent: 100}, func(b *stage) []booking.Quota {
			return []booking.Quota{{Class: b.class("phone"), Reserve: 30}, {Class: b.class("app")}}
		}, map[string]int{"app": 20}, "phone 20, app 30"}, // 60 more are expected, 50 are common: 10 beyond the 20 sold
		"a cap that is no part bounds": {booking.Reallocation{MaxMovePercent: 100}, func(b *stage) []booking.Quota {
			return []booking.Quota{{Class: b.class("phone"), Reserve: 70}, {Class: b.class("app"), Cap: 25, Capped: true}, {Class: b.class("window"), Reserve: 10}}
		}, map[string]int{"app": 20}, "phone 66, app 24/25, window 10"}, // five more fit the cap, and the reserve stays below it
		"parts and others do not mix": {booking.Reallocation{MaxMovePercent: 100}, func(b *stage) []booking.Quota {
			return []booking.Quota{part(b, "app", 10), {Class: b.class("phone"), Reserve: 30}}
		}, map[string]int{"app": 9}, "app 10/10, phone 30"},
	} {
		b := newStage(t, moving(func(r *booking.Reallocation) { *r = c.rule }))
		quotas := []booking.Quota{part(b, "app", 10), part(b, "phone", 30), part(b, "window", 20)}
		if c.quotas != nil {
			quotas = c.quotas(b)
		}
		s := b.shared(quotas, "14:00")
		for _, channel := range []string{"app", "phone", "window"} {
			b.sell(channel, c.sold[channel], s)
		}
		b.advance(on("01 14:00"))
		require.Equal(t, c.want, b.lines(s), name)
		require.Empty(t, b.book.Check(), name)
	}
}

// The event says what moved and why; a round in which nothing moves is an event too, so that each instant passes once.
func TestReserveMovedAndItsGrounds(t *testing.T) {
	b := newStage(t, moving(nil))
	app, phone := b.class("app"), b.class("phone")
	s := b.shared([]booking.Quota{{Class: app, Reserve: 2, Cap: 2, Capped: true}, {Class: phone, Reserve: 9, Cap: 9, Capped: true}}, "14:00", "15:00")
	b.sell("app", 2, s)
	b.advance(on("01 15:00"))
	var rounds []string
	for _, batch := range batchesOf(t, &b.log) {
		for i := range batch.Events() {
			e := &batch.Events()[i]
			g, err := batch.Grounds(e)
			if e.Kind() != booking.ReserveMoved {
				require.ErrorIs(t, err, booking.ErrBatch)
				require.Zero(t, e.OtherClass())
				continue
			}
			require.NoError(t, err)
			require.Equal(t, s, e.Session())
			rounds = append(rounds, fmt.Sprintln(e.Due(), e.Class(), e.OtherClass(), e.Number(), g))
		}
	}
	require.Equal(t, []string{
		fmt.Sprintln(on("01 14:00"), phone, app, 6, booking.Grounds{Giver: booking.Pace{Unsold: 9, ElapsedSeconds: 6 * 3600},
			Receiver: booking.Pace{Sold: 2, Need: 6, ElapsedSeconds: 6 * 3600}, Common: 89, RemainingSeconds: 18 * 3600}),
		fmt.Sprintln(on("01 15:00"), 0, 0, 0, booking.Grounds{})}, rounds)
}

// One round, on time and late, keeps what it promises, whatever the lines and what was sold.
func TestReallocationLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := booking.Reallocation{MaxMovePercent: int32(1 + pick(t, "most", 100)), KeepUnits: int32(pick(t, "keep", 4)), KeepPercent: int32(pick(t, "keep %", 50))}
		b := newStage(t, moving(func(r *booking.Reallocation) { *r = rule }))
		o := b.halfHours("02", "Dr Li", 1+pick(t, "slots", 3), uint16(1+pick(t, "capacity", 12)))
		n := 2 + pick(t, "lines", 4)
		for i := range n {
			q := booking.Quota{Class: b.class(fmt.Sprint("c", i)), Reserve: uint16(pick(t, "reserve", 9))}
			if kind := pick(t, "kind", 3); kind > 0 {
				q.Capped, q.Cap = true, q.Reserve
				if kind == 2 {
					q.Cap += uint16(pick(t, "beyond", 4))
				}
			}
			o.Quotas = append(o.Quotas, q)
		}
		o.LeadMinutes = uint16(60 * pick(t, "lead", 18)) // so that slots may close before the round, and not all that is due is free
		o.Reallocate = []slots.Instant{on("01 14:00")}
		s := b.open("li", o)
		for range pick(t, "sold", 14) {
			bear := b.bear(fmt.Sprint("c", pick(t, "channel", n)))
			if pick(t, "and", 3) == 0 {
				bear, _ = booking.NewBearing(bear.Channel(), b.class("c0"))
			}
			q := booking.Request{Person: b.person(fmt.Sprint("P", b.book.Events())), Bear: bear, Department: o.Department}
			_, err := b.do(booking.Take{Meta: b.meta(), Request: q})
			require.NoError(t, err)
		}
		b.advance(on("01 14:00") - 1)
		b.now++
		before := b.book.Quotas(nil, s, b.now)
		digest := appointmentsDigest(b)
		var batch booking.Batch
		reply, err := b.book.Decide(&batch, booking.Advance{Meta: b.meta()})
		require.NoError(t, err)
		require.Equal(t, booking.Done, reply.Outcome)
		late, restored := lateBatch(t, b)
		require.Equal(t, late, jsonOf(t, &batch), "late is on time, but for At")
		require.NoError(t, b.book.Apply(&batch))
		require.NoError(t, restored())
		require.Equal(t, digest, appointmentsDigest(b), "nothing given to anyone is touched")
		checkRound(t, &batch, before, b.book.Quotas(nil, s, b.now), rule)
		for _, f := range b.book.Check() {
			require.False(t, f.Broken, "%v", f)
		}
	})
}

// lateBatch decides the same round two hours late, into what is then the same but for At; and gives a check that it applies.
func lateBatch(t require.TestingT, b *stage) (string, func() error) {
	other, err := booking.Restore(b.book.Rules(), b.book.Snapshot(nil))
	require.NoError(t, err)
	var batch booking.Batch
	_, err = other.Decide(&batch, booking.Advance{Meta: booking.Meta{At: b.now + 7200}, Jump: true})
	require.NoError(t, err)
	return strings.ReplaceAll(jsonOf(t, &batch), `"at":"2026-11-01T08:00:00Z"`, `"at":"2026-11-01T06:00:00Z"`), func() error { return other.Apply(&batch) }
}

func jsonOf(t require.TestingT, b *booking.Batch) string {
	text, err := b.MarshalJSON()
	require.NoError(t, err)
	return string(text)
}

func appointmentsDigest(b *stage) string {
	var all []booking.Visit
	for id := booking.Appointment(1); ; id++ {
		v, ok := b.book.Appointment(id)
		if !ok {
			text, _ := json.Marshal(all)
			return string(text)
		}
		all = append(all, v)
	}
}

// checkRound checks a round's laws from the lines before and after it and from its events' grounds.
func checkRound(t require.TestingT, batch *booking.Batch, before, after []booking.QuotaView, rule booking.Reallocation) {
	gave, got := map[booking.Class]int{}, map[booking.Class]int{}
	paces := map[booking.Class]booking.Pace{}
	for i := range batch.Events() {
		e := &batch.Events()[i]
		g, err := batch.Grounds(e)
		require.NoError(t, err)
		gave[e.Class()] += int(e.Number())
		got[e.OtherClass()] += int(e.Number())
		paces[e.Class()], paces[e.OtherClass()] = g.Giver, g.Receiver
	}
	caps, kept := 0, 0
	for i, x := range before {
		y := after[i]
		isPart := x.Capped && x.Cap == x.Reserve
		caps += int(x.Cap) - int(y.Cap)
		kept += max(int(x.Reserve), x.Charged) - max(int(y.Reserve), y.Charged)
		require.False(t, gave[x.Class] > 0 && got[x.Class] > 0, "no class gives and receives")
		require.Equal(t, isPart, y.Capped && y.Cap == y.Reserve, "a part stays one, and nothing else becomes one: %+v %+v", x, y)
		if y.Capped {
			require.GreaterOrEqual(t, int(y.Cap), min(y.Borne, int(x.Cap)), "a cap that falls stays above what is borne")
		}
		if gave[x.Class] == 0 {
			require.GreaterOrEqual(t, y.Effective, x.Effective, "only who gives keeps less: %+v %+v", x, y)
			continue
		}
		p := paces[x.Class]
		keep := max(int(p.Need), int(rule.KeepUnits), (int(x.Reserve)*int(rule.KeepPercent)+99)/100)
		require.GreaterOrEqual(t, y.Effective, keep)
		require.EqualValues(t, x.Effective, p.Unsold)
		require.EqualValues(t, x.Charged, p.Sold)
		require.EqualValues(t, (x.Charged*int(remainingOf(batch))+6*3600-1)/(6*3600), p.Need)
		require.LessOrEqual(t, gave[x.Class], (int(x.Reserve)*int(rule.MaxMovePercent)+99)/100)
	}
	require.Zero(t, caps, "the caps are as many as before")
	require.Zero(t, kept, "and so is what is sold or kept")
}

func remainingOf(batch *booking.Batch) int64 {
	g, _ := batch.Grounds(&batch.Events()[0])
	return g.RemainingSeconds
}

// Apply refuses what cannot be, whoever wrote it.
func TestApplyRefusesMovesThatCannotBe(t *testing.T) {
	build := func() (*stage, *booking.Batch) {
		b := newStage(t, moving(nil))
		s := b.shared([]booking.Quota{{Class: b.class("app"), Reserve: 2, Cap: 2, Capped: true}, {Class: b.class("phone"), Reserve: 9, Cap: 9, Capped: true},
			{Class: b.class("window"), Reserve: 5}}, "14:00")
		b.sell("app", 2, s)
		b.advance(on("01 14:00") - 1)
		b.now++
		var batch booking.Batch
		_, err := b.book.Decide(&batch, booking.Advance{Meta: b.meta()})
		require.NoError(t, err)
		return b, &batch
	}
	b, batch := build()
	text := jsonOf(t, batch)
	require.Contains(t, text, `"class":2,"number":6,"givenTo":1`)
	require.NoError(t, b.book.Apply(batch))
	for _, change := range [][2]string{
		{`"number":6`, `"number":10`},
		{`"class":2,"number":6,"givenTo":1`, `"class":1,"number":1,"givenTo":2`}, // both are sold
		{`"givenTo":1`, `"givenTo":3`},                                           // no part
		{`"class":2`, `"class":2222`},
		{`"givenTo":1,`, `"givenTo":65537,`},
		{`"session":1`, `"session":2`},
		{`"number":6`, `"number":0`},
		{`"due":"2026-11-01T06:00:00Z"`, `"due":"2026-11-01T05:59:59Z"`},
		{`"class":2,"number":6,"givenTo":1,`, `"class":2,"number":6,"givenTo":2,`},
	} {
		b, _ := build()
		var hostile booking.Batch
		bad := strings.Replace(text, change[0], change[1], 1)
		require.NotEqual(t, text, bad)
		require.NoError(t, hostile.UnmarshalJSON([]byte(bad)))
		require.ErrorIs(t, b.book.Apply(&hostile), booking.ErrBatch, change[1])
	}
	var again booking.Batch
	require.NoError(t, again.UnmarshalJSON(bytes.Replace([]byte(text), []byte(`"base":`+fmt.Sprint(b.book.Events()-1)), []byte(`"base":`+fmt.Sprint(b.book.Events())), 1)))
	require.ErrorIs(t, b.book.Apply(&again), booking.ErrBatch, "the three that are left are phone's to keep no more than once")
}
