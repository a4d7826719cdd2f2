package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// keyedTake is a Take of slot n under a key, first made at an instant.
func (b *stage) keyedTake(s booking.Session, n int, key byte, caller booking.Caller, made slots.Instant) booking.Take {
	return booking.Take{Meta: booking.Meta{At: b.now, Key: booking.Key{0: key}, Caller: caller, Made: made}, Request: b.request("Li", s, n)}
}

func keyStage(t tester) (*stage, booking.Session) {
	b := newStage(t, fullRules()) // keys live for an hour
	r := fullRules()
	r.Version, r.Limits = 2, nil
	b.book.Configure(mustRules(r))
	b.done(booking.Adopt{Meta: b.meta()})
	s := b.open("s", b.halfHours("10", "Dr Wang", 20, 5))
	b.request("Li", s, 0)
	return b, s
}

func TestSameKeyTwiceIsOnce(t *testing.T) {
	b, s := keyStage(t)
	c := b.keyedTake(s, 0, 1, 1, b.now)
	first := b.done(c)
	require.False(t, first.Repeat)
	snapshot := b.book.Snapshot(nil)
	for _, later := range []slots.Instant{0, 1, 3599} {
		c.At = b.now + later
		var batch booking.Batch
		again, err := b.book.Decide(&batch, c)
		require.NoError(t, err)
		require.Equal(t, booking.Reply{Outcome: booking.Done, Repeat: true, Appointment: first.Appointment, Count: 1}, again)
		require.Zero(t, batch.Len())
	}
	require.Equal(t, snapshot, b.book.Snapshot(nil))

	c.At = b.now - 100 // a retry is answered before its clock is looked at; Made must still be sane
	_, err := b.do(c)
	require.ErrorIs(t, err, booking.ErrCommand)
	c.Made = c.At
	again, err := b.do(c)
	require.NoError(t, err)
	require.True(t, again.Repeat)
}

func TestAnotherPayloadUnderTheKeyIsRefused(t *testing.T) {
	b, s := keyStage(t)
	base := b.keyedTake(s, 0, 1, 1, b.now)
	b.done(base)
	hold := booking.Hold(base)
	b.refused(booking.KeyReused, hold)
	b.refused(booking.KeyReused, booking.AddOn(base))
	b.refused(booking.KeyReused, booking.Bundle{Meta: base.Meta, As: booking.Held, Requests: []booking.Request{base.Request}})
	b.refused(booking.KeyReused, booking.Pay{Meta: base.Meta, Appointment: 1})
	for field, change := range map[string]func(*booking.Request){
		"Person": func(q *booking.Request) { q.Person = b.person("Zhao") }, "Booker": func(q *booking.Request) { q.Booker = b.person("Zhao") },
		"Account": func(q *booking.Request) { q.Account = 1 }, "Bear": func(q *booking.Request) { q.Bear = b.bear("app", "elderly") },
		"Count": func(q *booking.Request) { q.Count = 2 }, "Slot.N": func(q *booking.Request) { q.Slot.N = 1 },
		"Slot.Session": func(q *booking.Request) { q.Slot.Session++ }, "Slot": func(q *booking.Request) { q.Slot = booking.Slot{} },
		"Policy": func(q *booking.Request) { q.Policy = 2 },
	} {
		c := base
		change(&c.Request)
		reply, err := b.do(c)
		require.NoError(t, err, field)
		require.Equal(t, booking.KeyReused, reply.Refusal.Reason, field)
	}
	same := base
	same.Count = 1 // what 0 means
	require.True(t, b.done(same).Repeat)
}

// Every kind of command that takes a key: once, its repeat, and each of its fields changed.
func TestEveryKeyedCommandHasItsFingerprint(t *testing.T) {
	m := func(b *stage) booking.Meta {
		return booking.Meta{At: b.now, Key: booking.Key{7}, Caller: 1, Made: b.now}
	}
	elderly := booking.Quota{Class: 2, Reserve: 1}
	for name, of := range map[string]func(*stage) []booking.Command{
		"Cancel": func(b *stage) []booking.Command {
			return []booking.Command{booking.Cancel{Meta: m(b), Appointment: 1, By: booking.ByPatient},
				booking.Cancel{Meta: m(b), Appointment: 2, By: booking.ByPatient}, booking.Cancel{Meta: m(b), Appointment: 1, By: booking.ByHospital}}
		},
		"Confirm": func(b *stage) []booking.Command {
			return []booking.Command{booking.Confirm{Meta: m(b), Appointment: 1}, booking.Confirm{Meta: m(b), Appointment: 2},
				booking.CheckIn{Meta: m(b), Appointment: 1}, booking.Void{Meta: m(b), Appointment: 1}}
		},
		"Reschedule": func(b *stage) []booking.Command {
			to := func(n uint16) booking.Request { return booking.Request{Slot: booking.Slot{Session: 1, N: n}} }
			return []booking.Command{booking.Reschedule{Meta: m(b), Appointment: 1, Want: to(5)},
				booking.Reschedule{Meta: m(b), Appointment: 1, Want: to(6)}, booking.Reschedule{Meta: m(b), Appointment: 2, Want: to(5)}}
		},
		"Introduce": func(b *stage) []booking.Command {
			return []booking.Command{booking.Introduce{Meta: m(b), Kind: booking.PersonName, Name: "New"},
				booking.Introduce{Meta: m(b), Kind: booking.PersonName, Name: "Newer"}, booking.Introduce{Meta: m(b), Kind: booking.SiteName, Name: "New"}}
		},
		"CloseSession": func(b *stage) []booking.Command {
			c := booking.CloseSession{Meta: m(b), Session: 1, AnswerBy: b.now + 60}
			all := []booking.Command{c}
			for _, change := range []func(*booking.CloseSession){func(c *booking.CloseSession) { c.Session = 2 }, func(c *booking.CloseSession) { c.AnswerBy++ },
				func(c *booking.CloseSession) { c.From = 1 }, func(c *booking.CloseSession) { c.Until = 1 }, func(c *booking.CloseSession) { c.Move = true },
				func(c *booking.CloseSession) { c.And = []booking.Session{2} }, func(c *booking.CloseSession) {
					c.Plan = []booking.Placement{{Appointment: 1, Slot: booking.Slot{Session: 2}}}
				},
				func(c *booking.CloseSession) {
					c.Plan = []booking.Placement{{Appointment: 2, Slot: booking.Slot{Session: 2}}}
				}, func(c *booking.CloseSession) {
					c.Plan = []booking.Placement{{Appointment: 1, Slot: booking.Slot{Session: 2, N: 1}}}
				}} {
				d := c
				change(&d)
				all = append(all, d)
			}
			return all
		},
		"Substitute": func(b *stage) []booking.Command {
			c := b.substitute(1, slots.Attending, "Dr Zhou")
			c.Meta = m(b)
			all := []booking.Command{c}
			for _, change := range []func(*booking.Substitute){func(c *booking.Substitute) { c.Session = 2 }, func(c *booking.Substitute) { c.Grade = slots.Resident },
				func(c *booking.Substitute) { c.AnswerBy++ }, func(c *booking.Substitute) { c.Resources = nil }} {
				d := c
				change(&d)
				all = append(all, d)
			}
			return all
		},
		"SetQuota": func(b *stage) []booking.Command {
			c := booking.SetQuota{Meta: m(b), Session: 1, Quota: elderly}
			all := []booking.Command{c}
			for _, change := range []func(*booking.SetQuota){func(c *booking.SetQuota) { c.Session = 2 }, func(c *booking.SetQuota) { c.Quota.Class = 1 },
				func(c *booking.SetQuota) { c.Quota.Reserve++ }, func(c *booking.SetQuota) { c.Quota.Cap = 9 },
				func(c *booking.SetQuota) { c.Quota.Capped = true }, func(c *booking.SetQuota) { c.Quota.OpenAt = 9 },
				func(c *booking.SetQuota) { c.Quota.CapLifts = true }, func(c *booking.SetQuota) { c.Quota.From = 9 }} {
				d := c
				change(&d)
				all = append(all, d)
			}
			return all
		},
		"Grant": func(b *stage) []booking.Command {
			return []booking.Command{booking.Grant{Meta: m(b), Slot: booking.Slot{Session: 1}, Units: 1}, booking.Grant{Meta: m(b), Slot: booking.Slot{Session: 2}, Units: 1},
				booking.Grant{Meta: m(b), Slot: booking.Slot{Session: 1, N: 1}, Units: 1}, booking.Grant{Meta: m(b), Slot: booking.Slot{Session: 1}, Units: 2}}
		},
		"Restrict": func(b *stage) []booking.Command {
			return []booking.Command{booking.Restrict{Meta: m(b), Person: 1, Until: b.now + 9}, booking.Restrict{Meta: m(b), Person: 2, Until: b.now + 9},
				booking.Restrict{Meta: m(b), Account: 1, Until: b.now + 9}, booking.Restrict{Meta: m(b), Person: 1, Until: b.now + 10}}
		},
		"Describe": func(b *stage) []booking.Command {
			c := booking.Describe{Meta: m(b), Person: 1, Born: slots.MustDate("1980-02-29"), Sex: booking.Male}
			d, e, f := c, c, c
			d.Person, e.Born, f.Sex = 2, slots.Date{}, 0
			return []booking.Command{c, d, e, f}
		},
		"Merge": func(b *stage) []booking.Command {
			b.person("Qian")
			return []booking.Command{booking.Merge{Meta: m(b), Into: 1, From: 2}, booking.Merge{Meta: m(b), Into: 2, From: 1},
				booking.Merge{Meta: m(b), Into: 1, From: 3}}
		},
		"Retire": func(b *stage) []booking.Command {
			d := slots.MustDate("2026-11-02")
			return []booking.Command{booking.Retire{Meta: m(b), Before: d}, booking.Retire{Meta: m(b), Before: d.AddDays(1)}}
		},
		"Bundle": func(b *stage) []booking.Command {
			q := b.request("Li", 1, 7)
			r := q
			r.Slot.N = 8
			return []booking.Command{booking.Bundle{Meta: m(b), As: booking.Booked, Requests: []booking.Request{q, r}},
				booking.Bundle{Meta: m(b), As: booking.Held, Requests: []booking.Request{q, r}},
				booking.Bundle{Meta: m(b), As: booking.Booked, Requests: []booking.Request{r, q}},
				booking.Bundle{Meta: m(b), As: booking.Booked, Requests: []booking.Request{q}}}
		},
		"Answer": func(b *stage) []booking.Command {
			b.done(booking.CloseSession{Meta: b.meta(), Session: 1, AnswerBy: b.now + 60})
			return []booking.Command{booking.Answer{Meta: m(b), Appointment: 1, Accept: true}, booking.Answer{Meta: m(b), Appointment: 1},
				booking.Answer{Meta: m(b), Appointment: 2, Accept: true}}
		},
		"Open": func(b *stage) []booking.Command {
			o := b.halfHours("12", "Dr Wang", 2, 1)
			o.Quotas = []booking.Quota{elderly}
			all := []booking.Command{booking.Open{Meta: m(b), Name: "new", Opening: o}, booking.Open{Meta: m(b), Name: "newer", Opening: o}}
			for _, change := range []func(*booking.Opening){func(o *booking.Opening) { o.Date = o.Date.AddDays(1) }, func(o *booking.Opening) { o.Start++ },
				func(o *booking.Opening) { o.Slots = o.Slots[:1] }, func(o *booking.Opening) { o.Kind = slots.General }, func(o *booking.Opening) { o.Grade = slots.NoGrade },
				func(o *booking.Opening) { o.Department = 0 }, func(o *booking.Opening) { o.Service = 0 }, func(o *booking.Opening) { o.Site = 1 },
				func(o *booking.Opening) { o.Resources = nil }, func(o *booking.Opening) { o.Quotas = nil }, func(o *booking.Opening) { o.Release = 9 },
				func(o *booking.Opening) { o.Close = 9 }, func(o *booking.Opening) { o.LeadMinutes = 9 }, func(o *booking.Opening) { o.CancelBy = 9 },
				func(o *booking.Opening) { o.End = on("30 00:00") }, func(o *booking.Opening) { o.AddOns = 9 },
				func(o *booking.Opening) { o.Slots = []booking.SlotSpec{{Minutes: 30, Capacity: 2}, o.Slots[1]} },
				func(o *booking.Opening) { o.Quotas = []booking.Quota{{Class: 2, Reserve: 2}} },
				func(o *booking.Opening) { o.Quotas = []booking.Quota{{Class: 2, Reserve: 1, From: 9}} },
				func(o *booking.Opening) {
					o.Slots = []booking.SlotSpec{{Minutes: 30, Capacity: 1, Only: 2}, o.Slots[1]}
				},
				func(o *booking.Opening) { o.CancelLeadMinutes = 9 }, func(o *booking.Opening) { o.Eligible.Sex = booking.Male },
				func(o *booking.Opening) { o.Eligible.Ages.From = booking.Days(3) }, func(o *booking.Opening) { o.Eligible.Ages.From = booking.Months(3) },
				func(o *booking.Opening) { o.Eligible.Ages.Until = booking.Days(3) }, func(o *booking.Opening) { o.Eligible.Need = 2 },
				func(o *booking.Opening) { o.Pauses = []booking.Pause{{Span: span("05 00:00", "05 06:00")}} }} {
				p := o
				change(&p)
				all = append(all, booking.Open{Meta: m(b), Name: "new", Opening: p})
			}
			return all
		},
	} {
		b := fingerprintStage(t)
		commands := of(b)
		require.False(t, b.done(commands[0]).Repeat)
		require.True(t, b.done(commands[0]).Repeat, name)
		for i, c := range commands[1:] {
			reply, err := b.do(c)
			require.NoError(t, err)
			require.Equal(t, booking.KeyReused, reply.Refusal.Reason, "%s, change %d", name, i+1)
		}
	}
}

// fingerprintStage has two of everything that a command can name.
func fingerprintStage(t tester) *stage {
	b := newStage(t, plainRules())
	b.class("app")
	for i, name := range []string{"s", "t"} {
		o := b.halfHours([]string{"10", "11"}[i], "Dr Wang", 10, 5)
		o.Quotas = []booking.Quota{{Class: b.class("elderly")}}
		b.open(name, o)
	}
	b.name(booking.SiteName, "East")
	b.name(booking.AccountName, "family")
	b.take("Li", 1, 0)
	b.take("Zhao", 1, 1)
	return b
}

func TestKeysAreScopedByCaller(t *testing.T) {
	b, s := keyStage(t)
	first := b.done(b.keyedTake(s, 0, 1, 1, b.now))
	other := b.done(b.keyedTake(s, 1, 1, 2, b.now))
	require.NotEqual(t, first.Appointment, other.Appointment)
	require.Equal(t, first.Appointment, b.done(b.keyedTake(s, 0, 1, 1, b.now)).Appointment)
}

// A refusal does not burn the key: the same command goes through once its obstacle is gone.
func TestARefusalDoesNotBurnTheKey(t *testing.T) {
	b, _ := keyStage(t)
	s := b.open("one", b.halfHours("11", "Dr Wang", 1, 1))
	holder := b.take("Zhao", s, 0)
	c := b.keyedTake(s, 0, 1, 1, b.now)
	b.refused(booking.Full, c)
	b.refused(booking.Full, c)
	b.done(booking.Cancel{Meta: b.meta(), Appointment: holder, By: booking.ByPatient})
	require.False(t, b.done(c).Repeat)
	require.True(t, b.done(c).Repeat)
}

// At KeySeconds after it was first made a command is stale, whether its key is still remembered by others' doing or not.
func TestKeyLifeBoundary(t *testing.T) {
	b, s := keyStage(t)
	made := b.now
	b.done(b.keyedTake(s, 0, 1, 1, made))
	b.now = made + 3599
	b.done(b.keyedTake(s, 1, 2, 1, b.now)) // the first is still within its life
	require.True(t, b.done(b.keyedTake(s, 0, 1, 1, made)).Repeat)
	b.now = made + 3600
	b.done(b.keyedTake(s, 2, 3, 1, b.now)) // now it is forgotten
	b.refused(booking.Stale, b.keyedTake(s, 0, 1, 1, made))
	require.False(t, b.done(b.keyedTake(s, 3, 1, 1, made+1)).Repeat) // the same bytes, made within the hour: a new command
	for _, bad := range []slots.Instant{0, -1, b.now + 1} {
		_, err := b.do(b.keyedTake(s, 4, 9, 1, bad))
		require.ErrorIs(t, err, booking.ErrCommand)
	}
}

// When the rules come to remember keys for longer, what the shorter life made the Book forget is not booked again.
func TestALongerKeyLifeForgetsNothingTwice(t *testing.T) {
	b, s := keyStage(t)
	made := b.now
	b.done(b.keyedTake(s, 0, 1, 1, made))
	b.now += 3600
	b.done(b.keyedTake(s, 1, 2, 1, b.now)) // forgets the first
	r := fullRules()
	r.Version, r.Limits, r.KeySeconds = 3, nil, 7200
	b.book.Configure(mustRules(r))
	b.done(booking.Adopt{Meta: b.meta()})
	for range 2 {
		b.refused(booking.Stale, b.keyedTake(s, 0, 1, 1, made))
		b.book = requireSnapshotRoundTrip(t, b.book)
	}
	require.False(t, b.done(b.keyedTake(s, 2, 1, 1, made+1)).Repeat)
}

// However a retry comes late, it never books twice: it is a repeat, stale, or refused.
func TestARetryNeverBooksTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, s := keyStage(t)
		type sent struct {
			c     booking.Take
			reply booking.Reply
		}
		var all []sent
		for i := range rapid.IntRange(1, 18).Draw(t, "commands") {
			b.now += slots.Instant(rapid.SampledFrom([]int{0, 1, 600, 1800, 3599, 3600, 3601}).Draw(t, "wait"))
			if rapid.Bool().Draw(t, "restart") {
				again, err := booking.Restore(b.book.Rules(), b.book.Snapshot(nil))
				require.NoError(t, err)
				b.book = again
			}
			if len(all) > 0 && rapid.Bool().Draw(t, "retry") {
				old := rapid.SampledFrom(all).Draw(t, "which")
				old.c.At = b.now
				reply, err := b.do(old.c)
				require.NoError(t, err)
				if reply.Outcome == booking.Refused {
					require.Equal(t, booking.Stale, reply.Refusal.Reason)
					require.GreaterOrEqual(t, b.now-old.c.Made, slots.Instant(3600))
					continue
				}
				require.True(t, reply.Repeat)
				require.Equal(t, old.reply.Appointment, reply.Appointment)
				continue
			}
			c := b.keyedTake(s, i, byte(i+1), 1, b.now-slots.Instant(rapid.IntRange(0, 60).Draw(t, "on its way")))
			all = append(all, sent{c, b.done(c)})
		}
	})
}

func TestRepeatAcrossSnapshotAndReplay(t *testing.T) {
	b, s := keyStage(t)
	c := b.keyedTake(s, 0, 1, 1, b.now)
	first := b.done(c)
	restored, err := booking.Restore(b.book.Rules(), b.book.Snapshot(nil))
	require.NoError(t, err)
	replayed, err := booking.Replay(b.book.Rules(), &b.log)
	require.NoError(t, err)
	for _, book := range []*booking.Book{restored, replayed} {
		var batch booking.Batch
		reply, err := book.Decide(&batch, c)
		require.NoError(t, err)
		require.Equal(t, booking.Reply{Outcome: booking.Done, Repeat: true, Appointment: first.Appointment, Count: 1}, reply)
		c.Request.Slot.N = 4
		reply, err = book.Decide(&batch, c)
		require.NoError(t, err)
		require.Equal(t, booking.KeyReused, reply.Refusal.Reason)
		c.Request.Slot.N = 0
	}
}
