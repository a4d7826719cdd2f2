package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// here books a person and checks them in.
func (b *stage) here(person string, s booking.Session, n int) booking.Appointment {
	b.t.Helper()
	id := b.take(person, s, n)
	b.done(booking.CheckIn{Meta: b.meta(), Appointment: id})
	return id
}

// fulfilled is a visit that is done.
func (b *stage) fulfilled(person string, s booking.Session, n int) booking.Appointment {
	b.t.Helper()
	id := b.here(person, s, n)
	b.done(booking.Complete{Meta: b.meta(), Appointment: id})
	return id
}

// other is an opening like halfHours, of another department.
func (b *stage) other(day string, n int, capacity uint16) booking.Opening {
	o := b.halfHours(day, "Dr Zhou", n, capacity)
	o.Department = booking.Department(b.name(booking.DepartmentName, "Surgery"))
	return o
}

// hereAndBack is a day on which someone is reminded, is in the wrong department, and comes back with results.
func (b *stage) hereAndBack() {
	b.advance(b.now) // whoever waits comes first
	o, p := b.other("25", 2, 1), b.other("25", 2, 1)
	o.Reminders, p.Department = []slots.Instant{b.now + 3600}, booking.Department(b.name(booking.DepartmentName, "Chest"))
	from, to := b.open("surgery/25", o), b.open("chest/25", p)
	id := b.take("Yan", from, 0)
	b.advance(b.now + 3600)
	b.done(booking.CheckIn{Meta: b.meta(), Appointment: id})
	b.done(booking.Transfer{Meta: b.meta(), Appointment: id, Want: booking.Request{Slot: booking.Slot{Session: to, N: 1}}})
	b.done(booking.Complete{Meta: b.meta(), Appointment: id})
	b.done(booking.Return{Meta: b.meta(), Appointment: id, Session: to})
	b.advance(b.now) // what was given back is looked at
}

func transferTo(b *stage, id booking.Appointment, s booking.Session, n int) booking.Transfer {
	return booking.Transfer{Meta: b.meta(), Appointment: id, Want: booking.Request{Slot: booking.Slot{Session: s, N: uint16(n)}}}
}

// Each thing that would stop a booking, and whether it stops a transfer: the table of Transfer's comment.
func TestWhatATransferIsAsked(t *testing.T) {
	class := func(b *stage) booking.Class { return b.class("elderly") }
	for _, c := range []struct {
		name  string
		open  func(b *stage, o *booking.Opening) // the target
		then  func(b *stage, target booking.Session)
		rules func(r *booking.Rules)
		want  booking.Reason // 0: it is done
		addOn booking.Reason
	}{
		{name: "nothing in the way"},
		{name: "full", then: func(b *stage, s booking.Session) { b.take("Sun", s, 0) }, want: booking.Full},
		{name: "not out yet", open: func(b *stage, o *booking.Opening) { o.Release = on("12 08:00") }, want: booking.NotReleased},
		{name: "its class later", open: func(b *stage, o *booking.Opening) {
			o.Quotas = []booking.Quota{{Class: b.class("app"), From: on("12 08:00")}}
		}, want: booking.NotReleased},
		{name: "a pause", open: func(b *stage, o *booking.Opening) { o.Pauses = []booking.Pause{{Span: span("10 00:00", "11 00:00")}} }},
		{name: "closed for booking", open: func(b *stage, o *booking.Opening) { o.Close = on("09 15:00") }},
		{name: "a day's lead", open: func(b *stage, o *booking.Opening) { o.LeadMinutes = 1440 }},
		{name: "closed for booking, kept for others", open: func(b *stage, o *booking.Opening) {
			o.Close, o.Quotas = on("09 15:00"), []booking.Quota{{Class: class(b), Reserve: 9}}
		}, want: booking.ReservedForOthers},
		{name: "a cap", open: func(b *stage, o *booking.Opening) { o.Quotas = []booking.Quota{{Class: b.class("app"), Capped: true}} }, want: booking.CapReached},
		{name: "for others", open: func(b *stage, o *booking.Opening) { o.Slots[0].Only = class(b) }, want: booking.SlotForOthers},
		{name: "limits", rules: func(r *booking.Rules) {
			r.Limits = []booking.Limit{{Name: "one", Who: booking.PerPerson, Same: booking.SameDay, Of: booking.AllVisits, Max: 2},
				{Name: "department", Who: booking.PerPerson, Same: booking.SameDepartment | booking.SameDay, Of: booking.AllVisits, Max: 1}}
		}, then: func(b *stage, s booking.Session) { b.take("Li", s, 1) }},
		{name: "restricted", then: func(b *stage, _ booking.Session) {
			b.done(booking.Restrict{Meta: b.meta(), Person: b.person("Li"), Until: on("30 00:00")})
		}},
		{name: "two places", then: func(b *stage, s booking.Session) { b.take("Li", s, 0) }, open: func(b *stage, o *booking.Opening) { o.Slots[0].Capacity = 2 },
			want: booking.TwoPlaces, addOn: booking.TwoPlaces},
		{name: "session closed", then: func(b *stage, s booking.Session) {
			b.done(booking.CloseSession{Meta: b.meta(), Session: s, AnswerBy: b.now + 60})
		}, want: booking.SessionGone, addOn: booking.SessionGone},
		{name: "time over", then: func(b *stage, _ booking.Session) { b.now = on("10 10:30") }, want: booking.BookingClosed, addOn: booking.BookingClosed},
		{name: "time not over", then: func(b *stage, _ booking.Session) { b.now = on("10 10:30") - 1 }},
		{name: "no such slot", open: func(b *stage, o *booking.Opening) { o.Slots = nil; o.Counted = false; *o = b.other("10", 1, 0) }, want: booking.Full},
	} {
		for _, addOn := range []bool{false, true} {
			r := plainRules()
			if c.rules != nil {
				c.rules(&r)
			}
			b := newStage(t, r)
			from := b.open("wrong", b.halfHours("10", "Dr Wang", 1, 1)) // 08:00
			o := b.other("10", 2, 1)
			o.Start = on("10 10:00")
			if c.open != nil {
				c.open(b, &o)
			}
			o.AddOns = 1
			target := b.open("right", o)
			id := b.take("Li", from, 0)
			b.now = on("10 07:50")
			b.done(booking.CheckIn{Meta: b.meta(), Appointment: id})
			if c.then != nil {
				c.then(b, target)
			}
			x, want := transferTo(b, id, target, 0), c.want
			if x.AddOn = addOn; addOn {
				want = c.addOn
			}
			if want != 0 {
				before := b.book.Snapshot(nil)
				b.refused(want, x)
				require.Equal(t, before, b.book.Snapshot(nil), c.name)
				continue
			}
			b.done(x)
			v, _ := b.book.Appointment(id)
			require.Equal(t, [3]any{booking.CheckedIn, booking.Slot{Session: target}, addOn}, [3]any{v.State, v.Slot, v.AddOn}, c.name)
			left, _ := b.book.Slot(booking.Slot{Session: from})
			require.Zero(t, left.Taken, "%s: the old unit is free", c.name)
			for _, f := range b.book.Check() {
				require.False(t, f.Broken, "%s: %v", c.name, f)
			}
			requireSnapshotRoundTrip(t, b.book)
		}
	}
}

// A transfer stays on the day; another day is a mistake of the caller, however it is named, and is not found by a search.
func TestATransferStaysOnTheDay(t *testing.T) {
	b := newStage(t, plainRules())
	from := b.open("a", b.halfHours("10", "Dr Wang", 1, 1))
	tomorrow := b.open("b", b.other("11", 1, 1))
	id := b.here("Li", from, 0)
	_, err := b.do(transferTo(b, id, tomorrow, 0))
	require.ErrorIs(t, err, booking.ErrCommand)
	require.ErrorContains(t, err, "Want.Slot: of 2026-11-11, the visit is of 2026-11-10")
	surgery := booking.Department(b.name(booking.DepartmentName, "Surgery"))
	b.refused(booking.NoneFree, booking.Transfer{Meta: b.meta(), Appointment: id, Want: booking.Request{Department: surgery}})
	today := b.open("c", b.other("10", 2, 1))
	b.done(booking.Transfer{Meta: b.meta(), Appointment: id, Want: booking.Request{Department: surgery}})
	v, _ := b.book.Appointment(id)
	require.Equal(t, booking.Slot{Session: today}, v.Slot)
	require.Equal(t, booking.Nothing, b.doneOrNothing(transferTo(b, id, today, 0)).Outcome)
}

func (b *stage) doneOrNothing(c booking.Command) booking.Reply {
	reply, err := b.do(c)
	require.NoError(b.t, err)
	return reply
}

// Whoever was transferred is no no-show of either session, can begin there, and can be transferred again: as an add-on, and back to a number.
func TestATransferGoesOn(t *testing.T) {
	b := newStage(t, plainRules())
	first, second := b.halfHours("10", "Dr Wang", 2, 1), b.other("10", 2, 1)
	first.End, second.End, second.AddOns = on("10 12:00"), on("10 12:00"), 1
	from, to := b.open("wrong", first), b.open("right", second)
	id := b.here("Li", from, 0)
	b.done(booking.Start{Meta: b.meta(), Appointment: id})
	other := b.here("Sun", from, 1)
	b.done(transferTo(b, id, to, 0))
	b.refused(booking.IllegalState, booking.MarkNoShow{Meta: b.meta(), Appointment: id})
	x := transferTo(b, id, to, 0)
	x.AddOn = true
	b.done(x) // the same slot, beside the number
	y := transferTo(b, other, to, 1)
	y.AddOn = true
	require.EqualValues(t, 1, b.refused(booking.AddOnLimit, y).Limit)
	x.Want.Slot.N = 1
	b.done(x) // of the one add-on that there may be, it is this one
	b.done(transferTo(b, id, to, 1))
	b.done(y)
	view, _ := b.book.Session(to)
	require.Equal(t, [2]int{1, 1}, [2]int{view.AddOns, view.Free})
	b.advance(on("10 12:00"))
	require.Equal(t, booking.CheckedIn, b.state(id))
	b.done(booking.Start{Meta: b.meta(), Appointment: id})
	b.done(booking.Complete{Meta: b.meta(), Appointment: id})
	b.done(booking.Void{Meta: b.meta(), Appointment: other})
	require.Empty(t, b.book.Check())
}

// What is left behind rests as the rules say, and whoever waits for what they now have waits no longer.
func TestWhatATransferLeavesBehind(t *testing.T) {
	r := waitRules()
	r.RestSeconds = 600
	b := newStage(t, r)
	from, to := b.open("wrong", b.halfHours("10", "Dr Wang", 1, 1)), b.open("right", b.other("10", 2, 1))
	id := b.here("Li", from, 0)
	b.take("Sun", to, 0)
	waits := b.join("Li", on("10 08:00"), func(c *booking.Join) { c.Department, c.Until = 2, on("10 08:20") })
	also := b.join("Li", on("10 08:00"), func(c *booking.Join) {
		c.Department, c.From, c.Until, c.NeedsDecision = 2, on("10 08:30"), on("10 08:31"), true
	})
	b.advance(b.now)
	require.Equal(t, [2]booking.EntryState{booking.Waiting, booking.Undecided}, [2]booking.EntryState{b.entry(waits).State, b.entry(also).State})
	b.done(transferTo(b, id, to, 1))
	require.Equal(t, [2]booking.EntryState{booking.Waiting, booking.Withdrawn}, [2]booking.EntryState{b.entry(waits).State, b.entry(also).State})
	left, _ := b.book.Slot(booking.Slot{Session: from})
	require.Equal(t, [3]int{0, 1, 0}, [3]int{left.Taken, left.Resting, left.Room})
	b.advance(b.now + 600)
	left, _ = b.book.Slot(booking.Slot{Session: from})
	require.Equal(t, [2]int{0, 1}, [2]int{left.Resting, left.Room})
}

// A retry under the same key is answered once; any other word of it is another payload.
func TestKeysOfTransfersAndReturns(t *testing.T) {
	b, id := returnStage(t, nil)
	to := b.open("surgery", b.other("10", 3, 1))
	o := b.other("10", 1, 1)
	o.AddOns, o.Start = 1, on("10 14:00")
	again := b.open("surgery, later", o)
	here := b.here("Sun", 1, 1)
	meta := booking.Meta{At: b.now, Key: booking.Key{1}, Caller: 3, Made: b.now}
	x := transferTo(b, here, to, 0)
	x.Meta = meta
	require.False(t, b.done(x).Repeat)
	b.now += 60
	x.At = b.now
	repeat := b.repeated(x)
	require.Equal(t, [2]any{true, here}, [2]any{repeat.Repeat, repeat.Appointment})
	for name, change := range map[string]func(*booking.Transfer){
		"Appointment": func(c *booking.Transfer) { c.Appointment = id }, "Want": func(c *booking.Transfer) { c.Want.Slot.N = 1 },
		"session": func(c *booking.Transfer) { c.Want.Slot.Session = again }, "AddOn": func(c *booking.Transfer) { c.AddOn = true },
	} {
		y := x
		change(&y)
		reply, err := b.decide(y)
		require.NoError(t, err)
		require.Equal(t, booking.KeyReused, reply.Refusal.Reason, name)
	}
	r := booking.Return{Meta: meta, Appointment: id, Session: 1}
	r.Key = booking.Key{2}
	r.At, r.Made = b.now, b.now
	back := b.done(r).Appointment
	repeat = b.repeated(r)
	require.Equal(t, [2]any{true, back}, [2]any{repeat.Repeat, repeat.Appointment})
	for _, y := range []booking.Return{{Meta: r.Meta, Appointment: here, Session: 1}, {Meta: r.Meta, Appointment: id, Session: to}} {
		reply, err := b.decide(y)
		require.NoError(t, err)
		require.Equal(t, booking.KeyReused, reply.Refusal.Reason)
	}
}

// repeated decides and keeps nothing: a repeat has no events.
func (b *stage) repeated(c booking.Command) booking.Reply {
	b.t.Helper()
	reply, err := b.decide(c)
	require.NoError(b.t, err)
	require.Equal(b.t, booking.Done, reply.Outcome)
	return reply
}
