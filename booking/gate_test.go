package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

const oneDay = slots.Instant(86400)

// Every field of a gate limits what it says, and nothing else: one Take each, of a session that starts in nine days.
func TestEveryFieldOfAGateMatters(t *testing.T) {
	for _, c := range []struct {
		gate   booking.Gate
		bear   string
		before int // visits the person has
		want   string
	}{
		{booking.Gate{}, "app", 0, "restricted"},
		{booking.Gate{}, "window", 0, "restricted"},
		{booking.Gate{Channel: 1}, "app", 0, "restricted"},
		{booking.Gate{Channel: 1}, "window", 0, "done"},
		{booking.Gate{HorizonDays: 9}, "app", 0, "beyond horizon"}, // at 08:00, 08:00 of the ninth day is just beyond
		{booking.Gate{HorizonDays: 10}, "app", 0, "done"},
		{booking.Gate{HorizonDays: 65535}, "app", 0, "done"},
		{booking.Gate{Channel: 1, HorizonDays: 9}, "app", 0, "beyond horizon"},
		{booking.Gate{Channel: 1, HorizonDays: 9}, "window", 0, "done"},
		{booking.Gate{MaxOpen: 1}, "app", 0, "done"},
		{booking.Gate{MaxOpen: 1}, "app", 1, "too many open"},
		{booking.Gate{MaxOpen: 2}, "app", 1, "done"},
		{booking.Gate{Channel: 1, MaxOpen: 1}, "app", 1, "too many open"},
		{booking.Gate{Channel: 1, MaxOpen: 1}, "window", 1, "done"},
		{booking.Gate{HorizonDays: 9, MaxOpen: 1}, "app", 0, "beyond horizon"},
		{booking.Gate{HorizonDays: 10, MaxOpen: 1}, "app", 1, "too many open"},
	} {
		for _, account := range []bool{false, true} {
			b := newStage(t, plainRules())
			require.EqualValues(t, 1, b.class("app"))
			s := b.open("s", b.halfHours("10", "Dr Wang", 3, 2))
			family := booking.Account(b.name(booking.AccountName, "family"))
			q := b.request("Li", s, 2)
			q.Account, q.Bear = family, b.bear(c.bear)
			for n := range c.before {
				own := q
				own.Slot.N = uint16(n)
				b.done(booking.Take{Meta: b.meta(), Request: own})
			}
			r := booking.Restrict{Meta: b.meta(), Person: q.Person, Until: b.now + oneDay, Gate: c.gate}
			if account {
				r.Person, r.Account = 0, family
			}
			b.done(r)
			require.Equal(t, c.want, b.outcome(booking.Take{Meta: b.meta(), Request: q}), "%+v", c)
			require.Empty(t, b.book.Check())
		}
	}
}

// A restriction replaces, and lifts, only the one of the same holder and channel; each ends once, in order of (when, whose, channel).
func TestGatesAreKeptByChannel(t *testing.T) {
	b := newStage(t, plainRules())
	li, family := b.person("Li"), booking.Account(b.name(booking.AccountName, "family"))
	app, window := b.class("app"), b.class("window")
	start := b.now
	restrict := func(p booking.Person, a booking.Account, g booking.Gate, until slots.Instant) {
		b.done(booking.Restrict{Meta: b.meta(), Person: p, Account: a, Gate: g, Until: until})
		require.Empty(t, b.book.Check())
	}
	gate := func(p booking.Person, a booking.Account, g booking.Gate, until slots.Instant) booking.Restriction {
		return booking.Restriction{Person: p, Account: a, Gate: g, Until: until}
	}
	bars, far, few := booking.Gate{Channel: app}, booking.Gate{HorizonDays: 3}, booking.Gate{Channel: window, MaxOpen: 2}
	restrict(li, 0, few, start+20)
	restrict(li, 0, bars, start+20)
	restrict(li, 0, far, start+10)
	restrict(0, family, booking.Gate{}, start+20)
	require.Equal(t, []booking.Restriction{gate(li, 0, far, start+10), gate(li, 0, bars, start+20), gate(li, 0, few, start+20),
		gate(0, family, booking.Gate{}, start+20)}, b.book.Restrictions(nil, li, family))
	require.Zero(t, b.book.RestrictedUntil(li), "there is something that they may book")

	restrict(li, 0, booking.Gate{HorizonDays: 1}, start+15) // in place of far
	restrict(li, 0, booking.Gate{Channel: window}, b.now)   // lifts few
	require.Equal(t, []booking.Restriction{gate(li, 0, booking.Gate{HorizonDays: 1}, start+15), gate(li, 0, bars, start+20)},
		b.book.Restrictions(nil, li, 0))
	restrict(li, 0, few, start+20)
	restrict(li, 0, booking.Gate{}, start+40)
	require.Equal(t, start+40, b.book.RestrictedUntil(li))
	at, ok := b.book.Wake()
	require.True(t, ok)
	require.Equal(t, start+20, at, "the fifteenth second was replaced")

	var ended []string
	events := b.log.Events()
	b.advance(start + 100)
	for batch, err := range b.log.All() {
		require.NoError(t, err)
		for i := range batch.Events() {
			if e := &batch.Events()[i]; batch.Base() >= events {
				require.Equal(t, booking.RestrictionEnded, e.Kind())
				who := b.book.Name(booking.PersonName, uint32(e.Person())) + b.book.Name(booking.AccountName, uint32(e.Account()))
				ended = append(ended, who+" "+b.book.Name(booking.ClassName, uint32(e.Gate().Channel))+" "+wall(e.Due()))
				require.Equal(t, start+100, e.At())
			}
		}
	}
	require.Equal(t, []string{"Li app " + wall(start+20), "Li window " + wall(start+20), "family  " + wall(start+20), "Li  " + wall(start+40)}, ended)
	require.Empty(t, b.book.Restrictions(nil, li, family))
	_, ok = b.book.Wake()
	require.False(t, ok)
}

// Two gates in the way: the shortest horizon, the least number, and the end of the last of them, so that then it is over.
func TestSeveralGatesAreOneRefusal(t *testing.T) {
	b := newStage(t, plainRules())
	s := b.open("s", b.halfHours("10", "Dr Wang", 3, 2))
	app := b.class("app")
	b.take("Li", s, 0)
	q := b.request("Li", s, 2)
	for i, g := range []booking.Gate{{HorizonDays: 5, MaxOpen: 1}, {Channel: app, HorizonDays: 2, MaxOpen: 1}} {
		b.done(booking.Restrict{Meta: b.meta(), Person: q.Person, Until: b.now + oneDay*slots.Instant(2-i), Gate: g})
	}
	reasons, err := b.book.Reasons(nil, &booking.Batch{}, q, b.now)
	require.NoError(t, err)
	require.Equal(t, []booking.Refusal{{Reason: booking.BeyondHorizon, Limit: 2, Until: b.now + 2*oneDay},
		{Reason: booking.TooManyOpen, Limit: 1, Until: b.now + 2*oneDay}}, reasons)
	b.advance(b.now + 2*oneDay)
	require.Equal(t, "done", b.outcome(booking.Take{Meta: b.meta(), Request: q}))
}

// Legs of one bundle count for MaxOpen; what one moves does not count for itself; what lies too far ahead is not moved to, either.
func TestGatesBindBundlesAndMoves(t *testing.T) {
	b := newStage(t, plainRules())
	s := b.open("s", b.halfHours("10", "Dr Wang", 3, 2))
	far := b.open("far", b.halfHours("12", "Dr Wang", 3, 2))
	q := b.request("Li", s, 0)
	b.done(booking.Restrict{Meta: b.meta(), Person: q.Person, Until: b.now + oneDay, Gate: booking.Gate{MaxOpen: 1, HorizonDays: 10}})
	other := b.request("Li", s, 2)
	bundle := booking.Bundle{Meta: b.meta(), As: booking.Booked, Requests: []booking.Request{q, other}}
	require.Equal(t, "too many open", b.outcome(bundle))
	id := b.done(booking.Take{Meta: b.meta(), Request: q}).Appointment
	b.done(booking.Reschedule{Meta: b.meta(), Appointment: id, Want: booking.Request{Slot: booking.Slot{Session: s, N: 2}}})
	require.Equal(t, "beyond horizon", b.outcome(booking.Reschedule{Meta: b.meta(), Appointment: id, Want: booking.Request{Slot: booking.Slot{Session: far}}}))
	require.Equal(t, "none free", b.outcome(booking.Reschedule{Meta: b.meta(), Appointment: id, Want: booking.Request{Resource: 1, From: on("11 00:00")}}))
	// What the hospital closes is offered again all the same.
	b.done(booking.CloseSession{Meta: b.meta(), Session: s, AnswerBy: b.now + oneDay})
	v, _ := b.book.Appointment(id)
	require.Equal(t, far, v.Slot.Session)
}

// A fingerprint is of the whole payload: any other gate under the same key is another command.
func TestRestrictFingerprint(t *testing.T) {
	b := newStage(t, plainRules())
	b.class("app")
	c := booking.Restrict{Meta: booking.Meta{At: b.now, Key: booking.Key{1}, Made: b.now}, Person: b.person("Li"), Until: b.now + oneDay,
		Gate: booking.Gate{Channel: 1, HorizonDays: 2, MaxOpen: 3}}
	require.False(t, b.done(c).Repeat)
	require.True(t, b.done(c).Repeat)
	for _, g := range []booking.Gate{{HorizonDays: 2, MaxOpen: 3}, {Channel: 1, MaxOpen: 3}, {Channel: 1, HorizonDays: 2}, {Channel: 1, HorizonDays: 3, MaxOpen: 2}} {
		other := c
		other.Gate = g
		b.refused(booking.KeyReused, other)
	}
	c.Key, c.Gate.Channel = booking.Key{2}, 9
	_, err := b.do(c)
	require.ErrorIs(t, err, booking.ErrCommand)
	require.ErrorContains(t, err, "Gate.Channel 9: not introduced")
}

// Whatever gates there are, what is listed can be booked, and what is not listed cannot: with a policy as by name.
func TestGatesListWhatTheyGrant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newStage(t, plainRules())
		for _, day := range []string{"02", "03", "04", "05"} {
			b.open(day, b.halfHours(day, "Dr Wang", 3, 2))
		}
		q := b.request("Li", 1, 0)
		q.Slot, q.Resource = booking.Slot{}, 1
		for range pick(t, "gates", 4) {
			b.done(booking.Restrict{Meta: b.meta(), Person: q.Person, Until: b.now + oneDay, Gate: booking.Gate{
				Channel: booking.Class(pick(t, "channel", 2)), HorizonDays: uint16(pick(t, "days", 5)), MaxOpen: uint16(pick(t, "open", 3))}})
		}
		if pick(t, "has one", 2) == 1 {
			named := q
			named.Slot = booking.Slot{Session: 4, N: 2}
			_, _ = b.do(booking.Take{Meta: b.meta(), Request: named})
		}
		listed := map[booking.Slot]bool{}
		list, err := b.book.Candidates(nil, &booking.Batch{}, q, b.now, 100)
		require.NoError(t, err)
		for _, c := range list {
			listed[c.Slot] = true
		}
		for s := booking.Session(1); s <= 4; s++ {
			for n := range uint16(3) {
				named := q
				named.Slot = booking.Slot{Session: s, N: n}
				reply, err := b.decide(booking.Take{Meta: b.meta(), Request: named})
				require.NoError(t, err)
				require.Equal(t, listed[named.Slot], reply.Outcome == booking.Done, "%v: %v", named.Slot, reply.Refusal)
			}
		}
		reply, err := b.decide(booking.Take{Meta: b.meta(), Request: q})
		require.NoError(t, err)
		require.Equal(t, len(listed) > 0, reply.Outcome == booking.Done)
	})
}

// A damaged log cannot bind whom nobody knows, lift what does not stand, or say more than a gate has room for.
func TestHostileRestrictions(t *testing.T) {
	b := newStage(t, plainRules())
	b.class("app")
	b.done(booking.Restrict{Meta: b.meta(), Person: b.person("Li"), Until: b.now + 30, Gate: booking.Gate{Channel: 1, MaxOpen: 7}})
	var batch booking.Batch
	_, err := b.book.Decide(&batch, booking.Advance{Meta: booking.Meta{At: b.now + 30}})
	require.NoError(t, err)
	good, err := batch.MarshalJSON()
	require.NoError(t, err)
	require.Contains(t, string(good), `"kind":"RestrictionEnded"`)
	applied := 0
	variants(good, jsonNumber, hostile[jsonNumber], func(text []byte) {
		c, err := booking.Restore(b.book.Rules(), b.book.Snapshot(nil))
		require.NoError(t, err)
		var x booking.Batch
		if x.UnmarshalJSON(text) == nil && c.Apply(&x) == nil {
			applied++
			require.Empty(t, c.Check())
			require.Empty(t, c.Restrictions(nil, 1, 0))
		}
	})
	require.Less(t, applied, 20, "the rules' version and the like only")
	require.NoError(t, b.book.Apply(&batch))
	require.ErrorIs(t, b.book.Apply(&batch), booking.ErrBatch)
}
