package booking_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

func waitRules() booking.Rules {
	r := plainRules()
	r.WaitlistPerPerson, r.WaitlistOfferSeconds, r.WaitlistClasses = 3, 600, []string{"referral", "elderly"}
	return r
}

func (b *stage) entry(id booking.Entry) booking.EntryView {
	v, ok := b.book.Entry(id)
	require.True(b.t, ok)
	return v
}

// fullStage has a session of n numbers, all taken, and gives what gives the n-th back.
func fullStage(t tester, r booking.Rules, n int) (b *stage, free func(n int)) {
	b = newStage(t, r)
	s := b.open("s", b.halfHours("10", "Dr Wang", n, 1))
	var ids []booking.Appointment
	for i := range n {
		ids = append(ids, b.take(fmt.Sprint("patient", i), s, i))
	}
	return b, func(n int) {
		b.done(booking.Cancel{Meta: b.meta(), Appointment: ids[n], By: booking.ByHospital})
	}
}

// The line is in order of class rank, then of joining; a class that nobody named is behind all that are, and a request that bears two has
// the better.
func TestTheOrderOfTheLine(t *testing.T) {
	b, free := fullStage(t, waitRules(), 5)
	join := func(who string, classes ...string) booking.Entry {
		return b.join(who, on("09 08:00"), func(c *booking.Join) { c.Bear = b.bear("app", classes...) })
	}
	want := []booking.Entry{4, 2, 5, 1, 3}
	for who, classes := range [][]string{nil, {"elderly"}, {"app2"}, {"elderly", "referral"}, {"elderly"}} {
		join(fmt.Sprint("waiter", who), classes...)
	}
	for n, id := range want {
		b.now += 10
		quick := booking.Take{Meta: b.meta(), Request: b.request("someone", 1, n)}
		free(n)
		require.Equal(t, booking.Waiting, b.entry(id).State)
		at, ok := b.book.Wake()
		require.True(t, ok && at == b.now, "the line comes first")
		_, err := b.do(quick)
		require.ErrorIs(t, err, booking.ErrDue)
		b.advance(b.now)
		require.Equal(t, booking.Served, b.entry(id).State, "number %d", n)
		v, _ := b.book.Appointment(b.entry(id).Appointment)
		require.Equal(t, [2]any{booking.Offered, b.now + 600}, [2]any{v.State, v.Until})
	}
	require.Empty(t, b.book.Check())
}

// Each change of a session has its line tried, and each is enough by itself.
func TestWhatHasTheLineTried(t *testing.T) {
	for _, c := range []struct {
		name   string
		open   func(b *stage, o *booking.Opening)
		change func(b *stage, s booking.Session)
	}{
		{"numbers come out", func(b *stage, o *booking.Opening) { o.Release = b.now + 60 }, func(b *stage, _ booking.Session) { b.advance(b.now + 60) }},
		{"a reserve falls open", func(b *stage, o *booking.Opening) {
			o.Quotas = []booking.Quota{{Class: b.class("elderly"), Reserve: 9, OpenAt: b.now + 60}}
		}, func(b *stage, _ booking.Session) { b.advance(b.now + 60) }},
		{"a quota line changes", func(b *stage, o *booking.Opening) {
			o.Quotas = []booking.Quota{{Class: b.class("app"), Capped: true}}
		}, func(b *stage, s booking.Session) {
			b.done(booking.SetQuota{Meta: b.meta(), Session: s, Quota: booking.Quota{Class: b.class("app"), Cap: 1, Capped: true}})
		}},
		{"overbooking is granted", func(b *stage, o *booking.Opening) { o.Slots[0].Capacity = 0 }, func(b *stage, s booking.Session) {
			b.done(booking.Grant{Meta: b.meta(), Slot: booking.Slot{Session: s}, Units: 1})
		}},
		{"a pause ends", func(b *stage, o *booking.Opening) { o.Pauses = []booking.Pause{{Span: span("01 07:00", "01 08:01")}} },
			func(b *stage, _ booking.Session) { b.advance(b.now + 60) }},
		{"a class's own time comes", func(b *stage, o *booking.Opening) {
			o.Quotas = []booking.Quota{{Class: b.class("app"), From: b.now + 60}}
		}, func(b *stage, _ booking.Session) { b.advance(b.now + 60) }},
	} {
		b := newStage(t, waitRules())
		o := b.halfHours("10", "Dr Wang", 1, 1)
		c.open(b, &o)
		s := b.open("s", o)
		id := b.join("Li", on("09 08:00"), nil)
		b.advance(b.now)
		require.Equal(t, booking.Waiting, b.entry(id).State, c.name)
		c.change(b, s)
		b.advance(b.now)
		require.Equal(t, booking.Served, b.entry(id).State, c.name)
		require.Empty(t, b.book.Check(), c.name)
		requireSnapshotRoundTrip(t, b.book)
	}
	// A session that is opened with its numbers out, and joining where something is free.
	b := newStage(t, waitRules())
	b.name(booking.DepartmentName, "Cardiology")
	id := b.join("Li", on("09 08:00"), nil)
	b.open("s", b.halfHours("10", "Dr Wang", 2, 1))
	later := b.joinNext("Zhao")
	require.Equal(t, booking.Served, b.entry(id).State)
	require.Equal(t, booking.Served, b.entry(later).State)
}

// joinNext joins after what is due, and has the line tried.
func (b *stage) joinNext(who string) booking.Entry {
	b.advance(b.now)
	id := b.join(who, on("09 08:00"), nil)
	b.advance(b.now)
	return id
}

// DueBy is the first second at which the entry is over, and comes before a number that comes free in the same second.
func TestTheSecondOfDueBy(t *testing.T) {
	for _, early := range []slots.Instant{0, 1} {
		r := waitRules()
		r.RestSeconds = 100
		b, free := fullStage(t, r, 1)
		id := b.join("Li", b.now+100+early, nil)
		free(0) // it comes out in 100 seconds
		b.advance(b.now + 100)
		require.Equal(t, early == 1, b.entry(id).State == booking.Served)
		b.advance(b.now + 1)
		require.Equal(t, early == 0, b.entry(id).State == booking.Expired)
	}
}

// A request that nobody could carry out is a mistake of the caller, not an entry.
func TestMalformedJoins(t *testing.T) {
	b, _ := fullStage(t, waitRules(), 1)
	for name, change := range map[string]func(*booking.Join){
		"Slot":       func(c *booking.Join) { c.Slot = booking.Slot{Session: 1} },
		"DueBy":      func(c *booking.Join) { c.DueBy = c.At },
		"Person":     func(c *booking.Join) { c.Person = 99 },
		"Department": func(c *booking.Join) { c.Department = 0 },
		"Until":      func(c *booking.Join) { c.From, c.Until = 5, 5 },
	} {
		c := booking.Join{Meta: b.meta(), DueBy: b.now + 60, Request: booking.Request{Person: b.person("Li"), Bear: b.bear("app"), Department: 1}}
		change(&c)
		_, err := b.do(c)
		require.ErrorIs(t, err, booking.ErrCommand, name)
		require.ErrorContains(t, err, name)
	}
	_, err := b.do(booking.CloseSession{Meta: b.meta(), Session: 1, AnswerBy: b.now + 60, Waitlist: true})
	require.NoError(t, err)
	b = newStage(t, plainRules())
	s := b.open("s", b.halfHours("10", "Dr Wang", 1, 1))
	_, err = b.do(booking.CloseSession{Meta: b.meta(), Session: s, AnswerBy: b.now + 60, Waitlist: true})
	require.ErrorContains(t, err, "Waitlist")
}

// The same Join twice is one entry, and says so; what was read back of it is what was asked.
func TestJoinTwiceIsOnce(t *testing.T) {
	b, _ := fullStage(t, waitRules(), 1)
	c := booking.Join{Meta: b.meta(), DueBy: b.now + 600, Assign: true, Request: booking.Request{Person: b.person("Li"), Booker: b.person("Zhao"),
		Bear: b.bear("app", "elderly"), Department: 1, Service: 1, From: 7, Until: on("30 08:00"), Policy: 2, Count: 3}}
	c.Key, c.Made = booking.Key{1}, b.now
	first := b.done(c)
	require.Equal(t, booking.Reply{Outcome: booking.Done, Entry: 1}, first)
	again, err := b.do(c)
	require.NoError(t, err)
	require.Equal(t, booking.Reply{Outcome: booking.Done, Entry: 1, Repeat: true}, again)
	want := booking.EntryView{Entry: 1, State: booking.Waiting, Request: c.Request, DueBy: c.DueBy, Assign: true, Rank: 1}
	require.Equal(t, want, b.entry(1))
	for batch, err := range b.log.All() {
		require.NoError(t, err)
		for i := range batch.Events() {
			if e := &batch.Events()[i]; e.Kind() == booking.EntryJoined {
				v, err := batch.Joined(e)
				require.NoError(t, err)
				require.Equal(t, want, v)
			}
		}
	}
	require.Equal(t, []booking.Entry{1}, b.book.EntriesOf(nil, b.person("Li")))
	c.DueBy++
	b.refused(booking.KeyReused, c)
}

// What is over is forgotten with the days, from the front.
func TestEntriesAreForgotten(t *testing.T) {
	b, _ := fullStage(t, waitRules(), 1)
	for _, who := range []string{"Li", "Zhao", "Qian"} {
		b.join(who, on("30 08:00"), nil)
	}
	b.done(booking.Leave{Meta: b.meta(), Entry: 1})
	b.done(booking.Leave{Meta: b.meta(), Entry: 3})
	b.done(booking.Retire{Meta: b.meta(), Before: slots.MustDate("2026-10-31")})
	_, known := b.book.Entry(1)
	require.False(t, known)
	require.Equal(t, booking.Waiting, b.entry(2).State)
	require.Equal(t, booking.Left, b.entry(3).State)
	b.refused(booking.UnknownEntry, booking.Leave{Meta: b.meta(), Entry: 1})
	b.refused(booking.EntryOver, booking.Leave{Meta: b.meta(), Entry: 3})
	requireSnapshotRoundTrip(t, b.book)
}

// Enumeration of the states of an entry.
func TestEntryStates(t *testing.T) {
	seen := map[string]bool{}
	for s := booking.Undecided; s <= booking.Expired; s++ {
		require.True(t, s.IsValid())
		require.Equal(t, s == booking.Undecided || s == booking.Waiting, s.IsOpen())
		require.False(t, seen[s.String()])
		seen[s.String()] = true
	}
	require.False(t, booking.EntryState(0).IsValid() || (booking.Expired+1).IsValid())
	require.Equal(t, "EntryState(0)", booking.EntryState(0).String())
}
