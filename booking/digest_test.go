package booking_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// Whatever the Book holds: booking, holding or adding on and then cancelling leaves the digest as it was.
func TestBookThenCancelLeavesTheDigest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawBook(t, 30)
		before := d.book.Digest()
		q := d.request(rapid.SampledFrom(drawnPersons).Draw(t, "person"), booking.Session(rapid.IntRange(1, 2).Draw(t, "session")), rapid.IntRange(0, 2).Draw(t, "slot"))
		m := d.meta()
		m.Key, m.Made = booking.Key{200}, d.now
		command := rapid.SampledFrom([]booking.Command{booking.Take{Meta: m, Request: q}, booking.Hold{Meta: m, Request: q},
			booking.AddOn{Meta: m, Request: q}}).Draw(t, "command")
		reply, err := d.do(command)
		require.NoError(t, err)
		if reply.Outcome != booking.Done {
			require.Equal(t, before, d.book.Digest())
			return
		}
		require.NotEqual(t, before, d.book.Digest())
		d.done(booking.Cancel{Meta: d.meta(), Appointment: reply.Appointment, By: booking.ByPatient})
		require.Equal(t, before, d.book.Digest())
	})
}

// The same content under other handles and ids: names introduced, sessions opened and persons booked in other orders, with
// keys or without, at other times.
func TestDigestKnowsNamesNotHandles(t *testing.T) {
	people := []string{"Li", "Zhao", "Qian", "Sun"}
	days := []string{"10", "11", "12"}
	fill := func(people, days []string, keyed bool, wait slots.Instant) *booking.Book {
		b := newStage(t, plainRules())
		for _, p := range people {
			b.person(p)
			b.now += wait
		}
		for _, day := range days {
			o := b.halfHours(day, "Dr Wang", 4, 1)
			o.Resources = append(o.Resources, booking.Resource(b.name(booking.ResourceName, "Room "+people[0])))
			o.Resources[1] = booking.Resource(b.name(booking.ResourceName, "Room 1"))
			if keyed {
				slices.Reverse(o.Resources) // the set is the same
			}
			o.Quotas = []booking.Quota{{Class: b.class("elderly"), Reserve: 1}, {Class: b.class("referral")}}
			b.open("wang/"+day, o)
		}
		for i, p := range people {
			for _, day := range days {
				n := slices.Index([]string{"Li", "Zhao", "Qian", "Sun"}, p)
				q := b.request(p, booking.Session(b.book.Find(booking.SessionName, "wang/"+day)), n)
				q.Bear = b.bear("app", "elderly", "referral")
				if keyed {
					q.Bear = b.bear("app", "referral", "elderly")
				}
				m := b.meta()
				if keyed {
					m.Key, m.Made = booking.Key{byte(i + 1), day[1]}, b.now
				}
				b.done(booking.Take{Meta: m, Request: q})
			}
		}
		until := on("30 00:00")
		for _, p := range people[:4] {
			b.done(booking.Restrict{Meta: b.meta(), Person: b.person(p), Until: until})
		}
		return b.book
	}
	want := fill(people, days, false, 0)
	for range 6 {
		slices.Reverse(days)
		people = append(people[1:], people[0])
		got := fill(people, days, true, 60)
		require.Equal(t, want.Digest(), got.Digest())
		require.NotEqual(t, want.Snapshot(nil), got.Snapshot(nil))
	}
}

// Any difference that means something is a difference of digests.
func TestDigestTellsContentsApart(t *testing.T) {
	seen := map[[32]byte]string{}
	note := func(name string, b *stage) {
		d := b.book.Digest()
		require.Empty(t, seen[d], "%s is taken for %s", name, seen[d])
		seen[d] = name
	}
	note("nothing", newStage(t, plainRules()))
	base := func() (*stage, booking.Opening) {
		b := newStage(t, plainRules())
		b.class("elderly")
		o := b.halfHours("10", "Dr Wang", 2, 2)
		o.Quotas = []booking.Quota{{Class: 1, Reserve: 1, OpenAt: on("05 00:00")}}
		return b, o
	}
	pause := func(c booking.Class, from, to string) func(*stage, *booking.Opening) {
		return func(_ *stage, o *booking.Opening) { o.Pauses = []booking.Pause{{Class: c, Span: span(from, to)}} }
	}
	for name, change := range map[string]func(*stage, *booking.Opening){
		"as it is": func(*stage, *booking.Opening) {}, "Date": func(_ *stage, o *booking.Opening) { o.Date = o.Date.AddDays(1) },
		"Start": func(_ *stage, o *booking.Opening) { o.Start++ }, "Kind": func(_ *stage, o *booking.Opening) { o.Kind = slots.General },
		"Grade": func(_ *stage, o *booking.Opening) { o.Grade = slots.NoGrade }, "Department": func(_ *stage, o *booking.Opening) { o.Department = 0 },
		"Service": func(_ *stage, o *booking.Opening) { o.Service = 0 }, "Site": func(b *stage, o *booking.Opening) { o.Site = booking.Site(b.name(booking.SiteName, "E")) },
		"Resources": func(_ *stage, o *booking.Opening) { o.Resources = nil }, "Release": func(_ *stage, o *booking.Opening) { o.Release = on("05 00:00") },
		"Close": func(_ *stage, o *booking.Opening) { o.Close = on("05 00:00") }, "CancelBy": func(_ *stage, o *booking.Opening) { o.CancelBy = on("05 00:00") },
		"CancelLeadMinutes": func(_ *stage, o *booking.Opening) { o.CancelLeadMinutes = 1 },
		"Only":              func(_ *stage, o *booking.Opening) { o.Slots[1].Only = 1 },
		"From":              func(_ *stage, o *booking.Opening) { o.Quotas[0].From = on("05 00:00") },
		"a pause":           pause(0, "05 00:00", "05 06:00"), "a longer pause": pause(0, "05 00:00", "05 06:01"),
		"an earlier pause": pause(0, "04 23:59", "05 06:00"), "another's pause": pause(1, "05 00:00", "05 06:00"),
		"End": func(_ *stage, o *booking.Opening) { o.End = on("11 00:00") }, "LeadMinutes": func(_ *stage, o *booking.Opening) { o.LeadMinutes = 1 },
		"Counted":         func(_ *stage, o *booking.Opening) { o.Slots, o.Counted = o.Slots[:1], true },
		"planned Minutes": func(_ *stage, o *booking.Opening) { o.Minutes = 61 },
		"AddOns":          func(_ *stage, o *booking.Opening) { o.AddOns = 1 }, "fewer slots": func(_ *stage, o *booking.Opening) { o.Slots = o.Slots[:1] },
		"Offset": func(_ *stage, o *booking.Opening) { o.Slots[1].OffsetMinutes++ }, "Minutes": func(_ *stage, o *booking.Opening) { o.Slots[1].Minutes++ },
		"Capacity": func(_ *stage, o *booking.Opening) { o.Slots[1].Capacity++ }, "no quota": func(_ *stage, o *booking.Opening) { o.Quotas = nil },
		"Reserve": func(_ *stage, o *booking.Opening) { o.Quotas[0].Reserve = 0 }, "Capped": func(_ *stage, o *booking.Opening) { o.Quotas[0].Capped = true },
		"OpenAt": func(_ *stage, o *booking.Opening) { o.Quotas[0].OpenAt = 0 }, "quota class": func(b *stage, o *booking.Opening) { o.Quotas[0].Class = b.class("other") },
		"Cap":   func(_ *stage, o *booking.Opening) { o.Quotas[0].Capped, o.Quotas[0].Cap = true, 1 },
		"lifts": func(_ *stage, o *booking.Opening) { o.Quotas[0].Capped, o.Quotas[0].CapLifts = true, true },
	} {
		b, o := base()
		change(b, &o)
		b.open("s", o)
		note("session: "+name, b)
	}
	b, o := base()
	b.open("other", o)
	note("session's name", b)
	for name, play := range map[string]func(b *stage, s booking.Session){
		"a booking":    func(b *stage, s booking.Session) { b.take("Li", s, 0) },
		"another's":    func(b *stage, s booking.Session) { b.take("Zhao", s, 0) },
		"another slot": func(b *stage, s booking.Session) { b.take("Li", s, 1) },
		"a hold":       func(b *stage, s booking.Session) { b.hold("Li", s, 0) },
		"a later hold": func(b *stage, s booking.Session) { b.now++; b.hold("Li", s, 0) },
		"confirmed": func(b *stage, s booking.Session) {
			b.done(booking.Confirm{Meta: b.meta(), Appointment: b.take("Li", s, 0)})
		},
		"two": func(b *stage, s booking.Session) { b.take("Li", s, 0); b.take("Zhao", s, 0) },
		"a run": func(b *stage, s booking.Session) {
			q := b.request("Li", s, 0)
			q.Count = 2
			b.done(booking.Take{Meta: b.meta(), Request: q})
		},
		"bearing": func(b *stage, s booking.Session) {
			q := b.request("Li", s, 0)
			q.Bear = b.bear("app", "x")
			b.done(booking.Take{Meta: b.meta(), Request: q})
		},
		"channel": func(b *stage, s booking.Session) {
			q := b.request("Li", s, 0)
			q.Bear = b.bear("window")
			b.done(booking.Take{Meta: b.meta(), Request: q})
		},
		"a grant": func(b *stage, s booking.Session) {
			b.done(booking.Grant{Meta: b.meta(), Slot: booking.Slot{Session: s}, Units: 1})
		},
		"closed": func(b *stage, s booking.Session) {
			b.done(booking.CloseSession{Meta: b.meta(), Session: s, AnswerBy: b.now + 9})
		},
		"restricted": func(b *stage, s booking.Session) {
			b.done(booking.Restrict{Meta: b.meta(), Person: b.person("Li"), Until: b.now + 9})
		},
		"restricted later": func(b *stage, s booking.Session) {
			b.done(booking.Restrict{Meta: b.meta(), Person: b.person("Li"), Until: b.now + 99})
		},
		"displaced": func(b *stage, s booking.Session) {
			b.take("Li", s, 0)
			b.done(booking.CloseSession{Meta: b.meta(), Session: s, AnswerBy: b.now + 9})
		},
		"account": func(b *stage, s booking.Session) {
			q := b.request("Li", s, 0)
			q.Account = booking.Account(b.name(booking.AccountName, "family"))
			b.done(booking.Take{Meta: b.meta(), Request: q})
		},
		"restricted account": func(b *stage, s booking.Session) {
			b.done(booking.Restrict{Meta: b.meta(), Account: booking.Account(b.name(booking.AccountName, "Li")), Until: b.now + 9})
		},
		"opened": func(b *stage, s booking.Session) { b.advance(on("05 00:00")) },
	} {
		b, o := base()
		o.AddOns = 5
		play(b, b.open("s", o))
		note("play: "+name, b)
	}
}
