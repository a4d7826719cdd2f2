package booking_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

func TestOpenReportsEveryProblem(t *testing.T) {
	slotsOf := func(s ...booking.SlotSpec) func(*booking.Opening) { return func(o *booking.Opening) { o.Slots = s } }
	quotas := func(q ...booking.Quota) func(*booking.Opening) { return func(o *booking.Opening) { o.Quotas = q } }
	pauses := func(p ...booking.Pause) func(*booking.Opening) { return func(o *booking.Opening) { o.Pauses = p } }
	night := span("05 00:00", "05 06:00")
	for want, change := range map[string]func(*booking.Opening){
		"Date: none":                                      func(o *booking.Opening) { o.Date = slots.Date{} },
		"Start 0: want an instant before":                 func(o *booking.Opening) { o.Start = 0 },
		"Release -1: want an instant before":              func(o *booking.Opening) { o.Release = -1 },
		"Close -5: want an instant before":                func(o *booking.Opening) { o.Close = -5 },
		"CancelBy 9223372036854775807: want an":           func(o *booking.Opening) { o.CancelBy = math.MaxInt64 },
		"End 253402300800: want an instant before":        func(o *booking.Opening) { o.End = 253402300800 },
		"Kind Kind(0): none":                              func(o *booking.Opening) { o.Kind = 0 },
		"Slots: 0 of them, want 1 to 512":                 slotsOf(),
		"Slots: 513 of them, want 1 to 512":               slotsOf(make([]booking.SlotSpec, 513)...),
		"Resources: 17 of them, want at most 16":          func(o *booking.Opening) { o.Resources = slices.Repeat([]booking.Resource{1}, 17) },
		"Quotas: 33 of them, want at most 32":             quotas(slices.Repeat([]booking.Quota{{Class: 1}}, 33)...),
		"Slots[0].Minutes 0: want at least 1":             slotsOf(booking.SlotSpec{Capacity: 1}),
		"Slots[1].OffsetMinutes 29: before the end":       slotsOf(booking.SlotSpec{Minutes: 30}, booking.SlotSpec{OffsetMinutes: 29, Minutes: 30}),
		"Minutes 59: before the end of the last slot, 60": func(o *booking.Opening) { o.Minutes = 59 },
		"Slots: end 2882 minutes after Start":             func(o *booking.Opening) { o.Minutes = 2882 },
		"Counted: want one slot at offset 0":              func(o *booking.Opening) { o.Counted = true },
		"Counted: want one slot at": func(o *booking.Opening) {
			o.Counted, o.Slots = true, []booking.SlotSpec{{OffsetMinutes: 1, Minutes: 1}}
		},
		"Slots: end 2881 minutes after Start":                                           slotsOf(booking.SlotSpec{OffsetMinutes: 2880, Minutes: 1}),
		"Slots: capacity 60001 in all":                                                  slotsOf(booking.SlotSpec{Minutes: 1, Capacity: 60000}, booking.SlotSpec{OffsetMinutes: 1, Minutes: 1, Capacity: 1}),
		"Resources[1] 1: twice":                                                         func(o *booking.Opening) { o.Resources = []booking.Resource{1, 1} },
		"Resources[0] 9: not introduced":                                                func(o *booking.Opening) { o.Resources = []booking.Resource{9} },
		"Department 9: not introduced":                                                  func(o *booking.Opening) { o.Department = 9 },
		"Service 9: not introduced":                                                     func(o *booking.Opening) { o.Service = 9 },
		"Site 9: not introduced":                                                        func(o *booking.Opening) { o.Site = 9 },
		"Quotas[0].Class 9: not introduced":                                             quotas(booking.Quota{Class: 9}),
		"Quotas[0].Class 0: not introduced":                                             quotas(booking.Quota{}),
		"Quotas[0].Cap 1: without Capped":                                               quotas(booking.Quota{Class: 1, Cap: 1}),
		"Quotas[0].CapLifts: without Capped":                                            quotas(booking.Quota{Class: 1, Capped: true, CapLifts: true}),
		"Quotas[0].OpenAt -1: want an instant before":                                   quotas(booking.Quota{Class: 1, OpenAt: -1}),
		"Quotas[1].Class 1: twice":                                                      quotas(booking.Quota{Class: 1}, booking.Quota{Class: 1}),
		"Quotas[0].From -1: want an instant before":                                     quotas(booking.Quota{Class: 1, From: -1}),
		"Slots[0].Only 9: not introduced":                                               slotsOf(booking.SlotSpec{Minutes: 1, Only: 9}),
		"CancelLeadMinutes 30: with CancelBy":                                           func(o *booking.Opening) { o.CancelBy, o.CancelLeadMinutes = on("09 15:00"), 30 },
		"Pauses: 513 of them, want at most 512":                                         pauses(make([]booking.Pause, 513)...),
		"Pauses[0].Class 9: not introduced":                                             pauses(booking.Pause{Class: 9, Span: night}),
		"Pauses[0].Span 2026-11-04T16:00:00Z/2026-11-04T16:00:00Z: empty":               pauses(booking.Pause{Span: span("05 00:00", "05 00:00")}),
		"Pauses[0].Span -60 to 0: want instants":                                        pauses(booking.Pause{Span: slots.SpanOf(-60, 1)}),
		"Pauses[0].Span 253402300799 to 253402300859: want":                             pauses(booking.Pause{Span: slots.SpanOf(253402300799, 1)}),
		"Pauses[1].Span 2026-11-04T16:00:00Z/2026-11-04T22:00:00Z: not after Pauses[0]": pauses(booking.Pause{Span: night}, booking.Pause{Span: night}),
		": not after Pauses[0] in order":                                                pauses(booking.Pause{Span: span("05 01:00", "05 02:00")}, booking.Pause{Span: span("05 00:00", "05 01:00")}),
		"Pauses[1].Span 2026-11-04T16:00:00Z/2026-11-04T22:00:00Z: not after":           pauses(booking.Pause{Class: 1, Span: night}, booking.Pause{Span: night}),
		"Pauses[2].Span 2026-11-04T21:59:00Z/2026-11-05T00:00:00Z: overlaps Pauses[0]": pauses(booking.Pause{Span: night},
			booking.Pause{Class: 1, Span: night}, booking.Pause{Span: span("05 05:59", "05 08:00")}),
		"Eligible.Sex unstated: want Female, Male, or 0 for any": func(o *booking.Opening) { o.Eligible.Sex = booking.Unstated },
		"Eligible.Ages.From 3 AgeUnit(0): want at least 1 day":   func(o *booking.Opening) { o.Eligible.Ages.From.Count = 3 },
		"Eligible.Ages.Until 14 years: not after From, 14 years": func(o *booking.Opening) {
			o.Eligible.Ages = booking.AgeRange{From: booking.Years(14), Until: booking.Years(14)}
		},
		"Eligible.Ages.Until 28 days: not after From, 1 months": func(o *booking.Opening) {
			o.Eligible.Ages = booking.AgeRange{From: booking.Months(1), Until: booking.Days(28)}
		},
		"Eligible.Need 9: not introduced":              func(o *booking.Opening) { o.Eligible.Need = 9 },
		"Quotas[0].CapLifts: without Capped and OpenA": quotas(booking.Quota{Class: 1, CapLifts: true, OpenAt: 1}),
	} {
		b := newStage(t, plainRules())
		b.class("app")
		o := b.halfHours("10", "Dr Wang", 2, 1)
		change(&o)
		before := b.book.Snapshot(nil)
		_, err := b.do(booking.Open{Meta: b.meta(), Name: "s", Opening: o})
		require.ErrorIs(t, err, booking.ErrCommand)
		require.ErrorContains(t, err, want)
		require.Equal(t, 1, strings.Count(err.Error(), "\n")+1, "one problem only: %v", err)
		require.Equal(t, before, b.book.Snapshot(nil))
	}
	b := newStage(t, plainRules())
	_, err := b.do(booking.Open{Meta: b.meta(), Name: "", Opening: booking.Opening{Department: 3}})
	for _, field := range []string{"Name", "Date", "Start", "Kind", "Slots", "Department"} {
		require.ErrorContains(t, err, field)
	}
	for _, name := range []string{strings.Repeat("x", 201), "\xff"} {
		_, err = b.do(booking.Open{Meta: b.meta(), Name: name, Opening: b.halfHours("10", "Dr Wang", 1, 1)})
		require.ErrorContains(t, err, "Name")
	}
}

// seen is what a request and the queries say of a session: a change of any field of Opening shows in one of them.
func (b *stage) seen(s booking.Session) string {
	var out strings.Builder
	add := func(parts ...string) { out.WriteString(strings.Join(parts, " ") + "\n") }
	v, _ := b.book.Session(s)
	add(v.Date.String(), wall(v.Start), v.Kind.String(), v.Grade.String(), b.book.Name(booking.DepartmentName, uint32(v.Department)),
		b.book.Name(booking.ServiceName, uint32(v.Service)), b.book.Name(booking.SiteName, uint32(v.Site)))
	for _, r := range b.book.Resources(nil, s) {
		add(b.book.Name(booking.ResourceName, uint32(r)))
	}
	for n := range v.Slots {
		x, _ := b.book.Slot(booking.Slot{Session: s, N: uint16(n)})
		add(wall(x.Start), wall(x.ClosesAt))
	}
	return out.String()
}

func TestEveryFieldOfOpeningMatters(t *testing.T) {
	const hour = slots.Instant(3600)
	take := func(n int, classes ...string) func(*stage, booking.Session) string {
		return func(b *stage, s booking.Session) string {
			q := b.request("Li", s, n)
			q.Bear = b.bear("app", classes...)
			return b.outcome(booking.Take{Meta: b.meta(), Request: q})
		}
	}
	at := func(now slots.Instant, f func(*stage, booking.Session) string) func(*stage, booking.Session) string {
		return func(b *stage, s booking.Session) string { b.advance(now); return f(b, s) }
	}
	quota := func(q booking.Quota) func(*stage, *booking.Opening) {
		return func(b *stage, o *booking.Opening) {
			q.Class = b.class("elderly")
			o.Quotas = []booking.Quota{q}
		}
	}
	lateOf := func(b *stage, id booking.Appointment) string {
		b.advance(on("09 15:00"))
		var batch booking.Batch
		_, err := b.book.Decide(&batch, booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
		require.NoError(t, err)
		if e := batch.Events()[0]; e.IsLate() {
			return "late"
		}
		return "free"
	}
	late := func(b *stage, s booking.Session) string { return lateOf(b, b.take("Li", s, 1)) }
	one := func(_ *stage, o *booking.Opening) { o.Slots, o.Minutes = o.Slots[:1], 240 } // 08:00 to 12:00, a stay of half an hour
	addOn := func(b *stage, s booking.Session) string {
		return b.outcome(booking.AddOn{Meta: b.meta(), Request: b.request("Li", s, 0)})
	}
	ended := func(b *stage, s booking.Session) string {
		id := b.take("Li", s, 0)
		b.advance(on("10 12:00"))
		return b.state(id).String()
	}
	for _, c := range []struct {
		field  string
		base   func(*stage, *booking.Opening)
		change func(*stage, *booking.Opening)
		see    func(*stage, booking.Session) string
		want   [2]string // "" where only a difference is asked
	}{
		{"Date", nil, func(_ *stage, o *booking.Opening) { o.Date = o.Date.AddDays(1) }, (*stage).seen, [2]string{}},
		{"Start", nil, func(_ *stage, o *booking.Opening) { o.Start += hour }, (*stage).seen, [2]string{}},
		{"Kind", nil, func(_ *stage, o *booking.Opening) { o.Kind = slots.General }, (*stage).seen, [2]string{}},
		{"Grade", nil, func(_ *stage, o *booking.Opening) { o.Grade = slots.NoGrade }, (*stage).seen, [2]string{}},
		{"Department", nil, func(_ *stage, o *booking.Opening) { o.Department = 0 }, (*stage).seen, [2]string{}},
		{"Service", nil, func(_ *stage, o *booking.Opening) { o.Service = 0 }, (*stage).seen, [2]string{}},
		{"Site", nil, func(b *stage, o *booking.Opening) { o.Site = booking.Site(b.name(booking.SiteName, "East")) }, (*stage).seen, [2]string{}},
		{"Resources", nil, func(b *stage, o *booking.Opening) {
			o.Resources = append(o.Resources, booking.Resource(b.name(booking.ResourceName, "Room 2")))
		}, (*stage).seen, [2]string{}},
		{"Slots", nil, func(_ *stage, o *booking.Opening) { o.Slots = o.Slots[:1] }, (*stage).seen, [2]string{}},
		{"Slots.OffsetMinutes", nil, func(_ *stage, o *booking.Opening) { o.Slots[1].OffsetMinutes = 45 }, (*stage).seen, [2]string{}},
		{"Slots.Minutes", nil, func(_ *stage, o *booking.Opening) { o.Slots[0].Minutes = 15 }, func(b *stage, s booking.Session) string {
			x, _ := b.book.Slot(booking.Slot{Session: s})
			q := b.request("Li", s, 0)
			q.Count = 2 // consecutive only if the first reaches the second
			require.Contains(t, []int{15, 30}, x.Minutes)
			return b.outcome(booking.Take{Meta: b.meta(), Request: q})
		}, [2]string{"done", booking.RunBroken.String()}},
		{"Slots.Capacity", nil, func(_ *stage, o *booking.Opening) { o.Slots[1].Capacity = 0 }, take(1), [2]string{"done", "full"}},
		{"Minutes", func(_ *stage, o *booking.Opening) { o.Minutes = 60 }, func(_ *stage, o *booking.Opening) { o.Minutes = 61 },
			func(b *stage, s booking.Session) string { v, _ := b.book.Session(s); return strconv.Itoa(v.Minutes) }, [2]string{"60", "61"}},
		{"Minutes, 0", nil, func(_ *stage, o *booking.Opening) { o.Minutes = 240 },
			func(b *stage, s booking.Session) string { v, _ := b.book.Session(s); return strconv.Itoa(v.Minutes) }, [2]string{"60", "240"}},
		{"Counted", one, func(_ *stage, o *booking.Opening) { o.Counted = true }, at(on("10 11:59"), take(0)), [2]string{"booking closed", "done"}},
		{"Counted and LeadMinutes", func(b *stage, o *booking.Opening) { one(b, o); o.Counted = true }, func(_ *stage, o *booking.Opening) { o.LeadMinutes = 1 },
			at(on("10 11:59"), take(0)), [2]string{"done", "booking closed"}},
		{"Counted and Minutes", func(b *stage, o *booking.Opening) { one(b, o); o.Counted = true }, func(_ *stage, o *booking.Opening) { o.Minutes = 239 },
			at(on("10 11:59"), take(0)), [2]string{"done", "booking closed"}},
		{"Release", nil, func(_ *stage, o *booking.Opening) { o.Release = on("03 20:00") }, at(on("03 19:59"), take(0)), [2]string{"done", "not released"}},
		{"Close", nil, func(_ *stage, o *booking.Opening) { o.Close = on("09 15:00") }, at(on("09 15:00"), take(0)), [2]string{"done", "booking closed"}},
		{"LeadMinutes", nil, func(_ *stage, o *booking.Opening) { o.LeadMinutes = 60 }, at(on("10 07:30"), take(1)), [2]string{"done", "booking closed"}},
		{"CancelBy", nil, func(_ *stage, o *booking.Opening) { o.CancelBy = on("09 15:00") }, late, [2]string{"free", "late"}},
		{"CancelLeadMinutes", func(_ *stage, o *booking.Opening) { o.CancelLeadMinutes = 17*60 + 29 },
			func(_ *stage, o *booking.Opening) { o.CancelLeadMinutes = 17*60 + 30 }, late, [2]string{"free", "late"}},
		{"CancelLeadMinutes, counted", func(b *stage, o *booking.Opening) {
			*o = b.halfHours("10", "Dr Wang", 1, 2)
			o.Minutes, o.Counted, o.CancelLeadMinutes = 240, true, 20*60+59
		}, func(_ *stage, o *booking.Opening) { o.CancelLeadMinutes = 21 * 60 }, func(b *stage, s booking.Session) string {
			b.take("Zhao", s, 0)
			return lateOf(b, b.take("Li", s, 0))
		}, [2]string{"free", "late"}},
		{"Slots.Only", nil, func(b *stage, o *booking.Opening) { o.Slots[1].Only = b.class("elderly") }, take(1), [2]string{"done", "slot for others"}},
		{"Slots.Only, borne", func(b *stage, o *booking.Opening) { o.Slots[1].Only = b.class("first") },
			func(b *stage, o *booking.Opening) { o.Slots[1].Only = b.class("elderly") }, take(1, "elderly"), [2]string{"slot for others", "done"}},
		{"Pauses", nil, func(_ *stage, o *booking.Opening) { o.Pauses = []booking.Pause{{Span: span("05 00:00", "05 06:00")}} },
			at(on("05 00:00"), take(0)), [2]string{"done", "paused"}},
		{"Pauses.Class", func(b *stage, o *booking.Opening) {
			o.Pauses = []booking.Pause{{Class: b.class("elderly"), Span: span("05 00:00", "05 06:00")}}
		},
			func(b *stage, o *booking.Opening) { o.Pauses[0].Class = b.class("app") }, at(on("05 05:59"), take(0)), [2]string{"done", "paused"}},
		{"Quota.From", quota(booking.Quota{}), quota(booking.Quota{From: on("05 00:00")}), at(on("04 23:59"), take(0, "elderly")), [2]string{"done", "not released"}},
		{"End", nil, func(_ *stage, o *booking.Opening) { o.End = on("10 12:00") }, ended, [2]string{"booked", "no-show"}},
		{"AddOns", nil, func(_ *stage, o *booking.Opening) { o.AddOns = 1 }, addOn, [2]string{"add-on limit", "done"}},
		{"Quota.Class", quota(booking.Quota{Reserve: 2}), func(b *stage, o *booking.Opening) { o.Quotas[0].Class = b.class("app") },
			take(0), [2]string{"reserved for others", "done"}},
		{"Quota.Reserve", quota(booking.Quota{Reserve: 1}), quota(booking.Quota{Reserve: 2}), take(0), [2]string{"done", "reserved for others"}},
		{"Quota.Cap", quota(booking.Quota{Cap: 1, Capped: true}), quota(booking.Quota{Cap: 0, Capped: true}),
			take(0, "elderly"), [2]string{"done", "cap reached"}},
		{"Quota.Capped", quota(booking.Quota{}), quota(booking.Quota{Capped: true}), take(0, "elderly"), [2]string{"done", "cap reached"}},
		{"Quota.OpenAt", quota(booking.Quota{Reserve: 2, OpenAt: on("05 00:00")}), quota(booking.Quota{Reserve: 2, OpenAt: on("05 00:01")}),
			at(on("05 00:00"), take(0)), [2]string{"done", "reserved for others"}},
		{"Quota.CapLifts", quota(booking.Quota{Capped: true, OpenAt: on("05 00:00"), CapLifts: true}),
			quota(booking.Quota{Capped: true, OpenAt: on("05 00:00")}), at(on("05 00:00"), take(0, "elderly")), [2]string{"done", "cap reached"}},
		{"Eligible.Sex", nil, func(_ *stage, o *booking.Opening) { o.Eligible.Sex = booking.Male }, take(0), [2]string{"done", "sex not taken"}},
		{"Eligible.Ages", nil, func(_ *stage, o *booking.Opening) { o.Eligible.Ages.From = booking.Days(1) }, take(0), [2]string{"done", "age not taken"}},
		{"Eligible.Need", nil, func(b *stage, o *booking.Opening) { o.Eligible.Need = b.class("referral") }, take(0), [2]string{"done", "referral needed"}},
		{"Quotas", quota(booking.Quota{Reserve: 2}), func(_ *stage, o *booking.Opening) { o.Quotas = nil }, take(0), [2]string{"reserved for others", "done"}},
	} {
		var got [2]string
		for i := range got {
			b := newStage(t, plainRules())
			o := b.halfHours("10", "Dr Wang", 2, 1)
			if c.base != nil {
				c.base(b, &o)
			}
			if i == 1 {
				c.change(b, &o)
			}
			got[i] = c.see(b, b.open("s", o))
		}
		if c.want[0] != "" {
			require.Equal(t, c.want, got, c.field)
		}
		require.NotEqual(t, got[0], got[1], c.field)
	}
}

func TestEveryFieldOfRequestMatters(t *testing.T) {
	for field, change := range map[string]func(*stage, *booking.Request){
		"Account": func(b *stage, q *booking.Request) {
			q.Account = booking.Account(b.name(booking.AccountName, "blocked"))
		},
		"Person":   func(b *stage, q *booking.Request) { q.Person = b.person("Blocked") },
		"Booker":   func(b *stage, q *booking.Request) { q.Booker = b.person("Son") },
		"Bear":     func(b *stage, q *booking.Request) { q.Bear = b.bear("window") },
		"Count":    func(_ *stage, q *booking.Request) { q.Count = 2 },
		"Slot":     func(_ *stage, q *booking.Request) { q.Slot = booking.Slot{Session: 1, N: 2} },
		"Resource": func(_ *stage, q *booking.Request) { q.Resource = 2 },
		"Department": func(b *stage, q *booking.Request) {
			q.Department = booking.Department(b.name(booking.DepartmentName, "Surgery"))
		},
		"Service": func(b *stage, q *booking.Request) {
			q.Service = booking.Service(b.name(booking.ServiceName, "operation"))
		},
		"From":   func(_ *stage, q *booking.Request) { q.From = on("10 08:01") },
		"Until":  func(_ *stage, q *booking.Request) { q.Until = on("10 08:00") },
		"Policy": func(_ *stage, q *booking.Request) { q.Policy = 2 },
	} {
		var got [2]booking.Visit
		var outcome [2]string
		for i := range got {
			r := plainRules()
			r.Policies = []booking.Policy{booking.Earliest{}, latest{}}
			b := newStage(t, r)
			b.open("wang", b.halfHours("10", "Dr Wang", 3, 2))
			b.open("zhou", b.halfHours("11", "Dr Zhou", 3, 2))
			b.done(booking.Restrict{Meta: b.meta(), Person: b.person("Blocked"), Until: on("30 00:00")})
			b.done(booking.Restrict{Meta: b.meta(), Account: booking.Account(b.name(booking.AccountName, "blocked")), Until: on("30 00:00")})
			q := booking.Request{Person: b.person("Li"), Bear: b.bear("app"), Resource: 1}
			if i == 1 {
				change(b, &q)
			}
			outcome[i] = b.outcome(booking.Take{Meta: b.meta(), Request: q})
			got[i], _ = b.book.Appointment(1)
			if q.Booker != 0 {
				require.Equal(t, q.Booker, got[i].Booker)
				got[i].Person, got[0].Person = 0, 0 // handles alone must not make the difference
			}
		}
		require.Equal(t, "done", outcome[0])
		require.NotEqual(t, got[0], got[1], field)
	}
}

func TestMalformedRequestsAreErrors(t *testing.T) {
	for want, change := range map[string]func(*booking.Request){
		"Person 0": func(q *booking.Request) { q.Person = 0 }, "Person 9": func(q *booking.Request) { q.Person = 9 },
		"Account 9": func(q *booking.Request) { q.Account = 9 }, "Booker 9": func(q *booking.Request) { q.Booker = 9 },
		"Bear: want one": func(q *booking.Request) { q.Bear = booking.Bearing{} },
		"Bear: class 9": func(q *booking.Request) {
			q.Bear, _ = booking.NewBearing(1, 9)
		},
		"Count 513":       func(q *booking.Request) { q.Count = 513 },
		"Slot.Session 2":  func(q *booking.Request) { q.Slot.Session = 2 },
		"want at least":   func(q *booking.Request) { q.Slot = booking.Slot{} },
		"Until 1970":      func(q *booking.Request) { q.From, q.Until = 2, 2 },
		"Policy 3: the r": func(q *booking.Request) { q.Policy = 3 },
	} {
		b := newStage(t, plainRules())
		s := b.open("s", b.halfHours("10", "Dr Wang", 2, 1))
		for range 2 {
			q := b.request("Li", s, 0)
			change(&q)
			_, err := b.do(booking.Take{Meta: b.meta(), Request: q})
			require.ErrorIs(t, err, booking.ErrCommand)
			require.ErrorContains(t, err, want)
			_, err = b.book.Candidates(nil, &booking.Batch{}, q, b.now, 5)
			require.ErrorContains(t, err, want)
		}
	}
	_, err := booking.NewBearing(1, 2, 3, 4, 5, 6, 7, 8, 9)
	require.ErrorContains(t, err, "more than 8")
	_, err = booking.NewBearing(1, 0)
	require.ErrorContains(t, err, "zero class")
	full, err := booking.NewBearing(9, 8, 7, 6, 5, 4, 3, 2, 9)
	require.NoError(t, err)
	require.Equal(t, []booking.Class{9, 2, 3, 4, 5, 6, 7, 8}, full.Append(nil))
	require.True(t, full.Has(8) && full.Has(9) && !full.Has(1) && !full.Has(0))
}
