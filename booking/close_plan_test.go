package booking_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
)

// Each part of a closing of several, and of a plan, that can be wrong is named; what is gone is a refusal.
func TestBadClosings(t *testing.T) {
	b := newStage(t, plainRules())
	first, second := b.open("wang/10", b.halfHours("10", "Dr Wang", 2, 1)), b.open("wang/11", b.halfHours("11", "Dr Wang", 2, 1))
	id := b.take("Li", first, 0)
	good := booking.Placement{Appointment: id, Slot: booking.Slot{Session: second}}
	for want, change := range map[string]func(*booking.CloseSession){
		"And[0] 1: twice":           func(c *booking.CloseSession) { c.And = []booking.Session{first} },
		"And[1] 2: twice":           func(c *booking.CloseSession) { c.And = []booking.Session{second, second} },
		"Session 9: not opened":     func(c *booking.CloseSession) { c.And = []booking.Session{9} },
		"And: 256 sessions":         func(c *booking.CloseSession) { c.And = make([]booking.Session, booking.MaxClosing) },
		"Plan: 65536 placements":    func(c *booking.CloseSession) { c.Plan = make([]booking.Placement, booking.MaxAffected+1) },
		"Plan: appointment 1 twice": func(c *booking.CloseSession) { c.Plan = []booking.Placement{good, good} },
		"Plan[0] appointment 0":     func(c *booking.CloseSession) { c.Plan = []booking.Placement{{Slot: good.Slot}} },
		"Plan[1] appointment 7":     func(c *booking.CloseSession) { c.Plan = []booking.Placement{good, {Appointment: 7}} },
		"Plan[0] appointment 1": func(c *booking.CloseSession) {
			c.Plan = []booking.Placement{{Appointment: id, Slot: booking.Slot{Session: 9}}}
		},
	} {
		c := booking.CloseSession{Meta: b.meta(), Session: first, AnswerBy: b.now + 60}
		change(&c)
		_, err := b.decide(c)
		require.ErrorIs(t, err, booking.ErrCommand, want)
		require.ErrorContains(t, err, want)
	}
	c := booking.CloseSession{Meta: b.meta(), Session: first, AnswerBy: b.now + 60}
	for _, p := range []booking.Placement{{Appointment: 7, Slot: good.Slot}, {Appointment: id, Slot: booking.Slot{Session: second, N: 9}}, {Appointment: id, Slot: booking.Slot{Session: first, N: 1}}} {
		c.Plan = []booking.Placement{p} // of no one affected; no such slot; a slot of what closes
		reply, err := b.decide(c)
		require.NoError(t, err)
		require.EqualValues(t, 1, reply.Count)
	}
	b.done(booking.CloseSession{Meta: b.meta(), Session: second, AnswerBy: b.now + 60})
	reply, err := b.decide(booking.CloseSession{Meta: b.meta(), Session: first, And: []booking.Session{second}, AnswerBy: b.now + 60})
	require.NoError(t, err)
	require.Equal(t, booking.Refused, reply.Outcome)
	require.Equal(t, booking.SessionGone, reply.Refusal.Reason)
}

// A closing that affects more than a batch can tell is refused whole; each session by itself can close.
func TestClosingTooLarge(t *testing.T) {
	b := newStage(t, plainRules())
	var all []booking.Session
	const people = booking.MaxAffected/2 + 1
	for _, day := range []string{"10", "11"} {
		o := b.halfHours(day, "Dr Wang", 1, people)
		o.Counted = true
		all = append(all, b.open("wang/"+day, o))
	}
	bear := b.bear("app")
	for n := range people {
		who := b.person(strconv.Itoa(n))
		for _, id := range all {
			b.done(booking.Take{Meta: b.meta(), Request: booking.Request{Person: who, Bear: bear, Slot: booking.Slot{Session: id}}})
		}
	}
	c := booking.CloseSession{Meta: b.meta(), Session: all[0], And: all[1:], AnswerBy: b.now + 60}
	_, err := b.decide(c)
	require.ErrorIs(t, err, booking.ErrCommand)
	require.ErrorContains(t, err, "65536 appointments affected")
	c.And, c.From = nil, b.now+9*365*86400
	reply, err := b.decide(c)
	require.NoError(t, err)
	require.EqualValues(t, people, reply.Count)
}

// What a closing did adds up, whatever it closes: each who is affected has one fate, and the reply is their number.
func TestFatesAddUp(t *testing.T) {
	seen := booking.Fates{}
	rapid.Check(t, func(t *rapid.T) {
		r := plainRules()
		r.WaitlistPerPerson, r.WaitlistOfferSeconds = 3, 600
		b := newStage(t, r)
		var ids []booking.Session
		for i, day := range []string{"10", "10", "11", "12"} {
			who := []string{"Dr Wang", "Dr Zhou"}[i%2]
			id := b.open(who+day+string(rune('a'+i)), b.halfHours(day, who, 2, 1))
			ids = append(ids, id)
			for n := range 2 {
				switch person := drawnPersons[2*(i%2)+n]; pick(t, "taken", 4) {
				case 0:
					b.hold(person, id, n)
				case 1, 2:
					_, err := b.do(booking.Take{Meta: b.meta(), Request: b.request(person, id, n)})
					require.NoError(t, err)
				}
			}
		}
		closes := ids[:1+pick(t, "closes", 4)]
		c := booking.CloseSession{Meta: b.meta(), Session: closes[0], And: closes[1:], AnswerBy: b.now + 60, Move: pick(t, "move", 2) == 0, Waitlist: pick(t, "waitlist", 2) == 0}
		affected := b.book.Affected(nil, closes)
		for _, id := range affected {
			if pick(t, "planned", 2) == 0 {
				c.Plan = append(c.Plan, booking.Placement{Appointment: id, Slot: booking.Slot{Session: ids[3], N: uint16(pick(t, "slot", 2))}})
			}
		}
		var batch booking.Batch
		require.Zero(t, batch.Fates())
		reply, err := b.book.Decide(&batch, c)
		require.NoError(t, err)
		f := batch.Fates()
		require.Equal(t, len(affected), f.Affected())
		require.EqualValues(t, reply.Count, f.Affected())
		require.NoError(t, b.book.Apply(&batch))
		have := booking.Fates{}
		for _, id := range affected {
			switch v, _ := b.book.Appointment(id); {
			case v.State == booking.Cancelled:
				have.Unpaid++
			case v.State == booking.Booked:
				have.Moved++
			case v.Slot.IsValid():
				have.Offered++
			default:
				have.Told++
			}
		}
		if c.Waitlist {
			have.Waitlisted, have.Told = have.Told, 0
		}
		require.Equal(t, have, f)
		seen.Offered, seen.Moved, seen.Waitlisted, seen.Told, seen.Unpaid = seen.Offered+f.Offered, seen.Moved+f.Moved, seen.Waitlisted+f.Waitlisted, seen.Told+f.Told, seen.Unpaid+f.Unpaid
	})
	for _, n := range []int{seen.Offered, seen.Moved, seen.Waitlisted, seen.Told, seen.Unpaid} {
		require.Positive(t, n, "%+v", seen)
	}
}

// What is listed as a replacement is what a plan may name first, and nothing else is.
func TestReplacementsAreWhatPlansMayName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBook(t, 25)
		c := booking.CloseSession{Meta: b.meta(), Session: 1, AnswerBy: b.now + 60}
		affected := b.book.Affected(nil, []booking.Session{1})
		if len(affected) == 0 {
			t.Skip("nobody is there")
		}
		id := affected[pick(t, "who", len(affected))]
		v, _ := b.book.Appointment(id)
		if v.State == booking.Held {
			t.Skip("unpaid")
		}
		where := booking.Request{Resource: b.book.Resources(nil, 1)[0]}
		list, err := b.book.Replacements(nil, &booking.Batch{}, c, id, where, 99)
		if err != nil {
			require.ErrorIs(t, err, booking.ErrDue)
			t.Skip("due")
		}
		for n := range 4 {
			at := booking.Slot{Session: 2, N: uint16(n)}
			found := false
			for _, x := range list {
				found = found || x.Slot == at
			}
			c.Plan, c.From, c.Until = []booking.Placement{{Appointment: id, Slot: at}}, b.now+9*365*86400, 0 // so that only the plan can place them
			var batch booking.Batch
			_, err := b.book.Decide(&batch, c)
			require.NoError(t, err)
			placed := false
			for i := range batch.Events() {
				e := &batch.Events()[i]
				placed = placed || e.Kind() == booking.OfferMade && e.Appointment() == id && e.Slot() == at
			}
			require.Equal(t, found, placed, "%v", at)
		}
	})
}

// Two visits of one person in what closes may each take the other's hour: neither is in the way of the other any more.
func TestPlacesOfOnePersonSwap(t *testing.T) {
	b := newStage(t, plainRules())
	first, second := b.open("wang/10", b.halfHours("10", "Dr Wang", 2, 1)), b.open("zhou/10", b.halfHours("10", "Dr Zhou", 2, 1))
	third, fourth := b.open("qi/10", b.halfHours("10", "Dr Qi", 2, 1)), b.open("sun/10", b.halfHours("10", "Dr Sun", 2, 1))
	x, y := b.take("Li", first, 0), b.take("Li", second, 1)
	plan := []booking.Placement{{Appointment: x, Slot: booking.Slot{Session: third, N: 1}}, {Appointment: y, Slot: booking.Slot{Session: fourth}}}
	b.done(booking.CloseSession{Meta: b.meta(), Session: first, And: []booking.Session{second}, AnswerBy: b.now + 60, Plan: plan})
	for _, p := range plan {
		v, _ := b.book.Appointment(p.Appointment)
		require.Equal(t, p.Slot, v.Slot)
	}
	require.Empty(t, b.book.Check())
}
