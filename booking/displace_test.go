package booking_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// displacing are rules under which an emergency may move two others by two days.
func displacing() booking.Rules {
	r := fullRules()
	r.Limits = nil
	r.Displacement = booking.Displacement{Kinds: []slots.Kind{slots.Specialist}, Untouchable: []string{"frail"}, MaxMoves: 2, HorizonDays: 2}
	return r
}

// emergency is a request of someone who bears an exempt class.
func (b *stage) emergency(person string, s booking.Session, n int) booking.Request {
	q := b.request(person, s, n)
	q.Bear = b.bear("app", "emergency")
	return q
}

// displace books the first slot of a session and has an emergency take it, by the best plan.
func (b *stage) displace(who string, s booking.Session) booking.Appointment {
	b.t.Helper()
	b.advance(b.now)
	moved := b.take("Wu", s, 0)
	q := b.emergency(who, s, 0)
	plans, err := b.book.Displacements(nil, &booking.Batch{}, q, b.now, 1)
	require.NoError(b.t, err)
	require.Len(b.t, plans, 1)
	reply := b.done(booking.Displace{Meta: b.meta(), Request: q, Moves: plans[0].Placements()})
	require.EqualValues(b.t, 2, reply.Count)
	require.Equal(b.t, moved, plans[0].Moves[0].Appointment)
	return reply.Appointment
}

func TestDisplacementRules(t *testing.T) {
	for want, change := range map[string]func(*booking.Displacement){
		"Displacement.Untouchable [\"frail\"], MaxMoves 2, HorizonDays 2: without Kinds": func(d *booking.Displacement) { d.Kinds = nil },
		"Displacement.Kinds[1] specialist: want a kind of session, each once":            func(d *booking.Displacement) { d.Kinds = append(d.Kinds, slots.Specialist) },
		"Displacement.Kinds[0] Kind(0): want a kind of session, each once":               func(d *booking.Displacement) { d.Kinds = []slots.Kind{0} },
		"Displacement.len(Untouchable[1]) 0: want 1 to 200":                              func(d *booking.Displacement) { d.Untouchable = []string{"x", ""} },
		"Displacement.len(Untouchable[0]) 201: want 1 to 200":                            func(d *booking.Displacement) { d.Untouchable = []string{strings.Repeat("x", 201)} },
		"Displacement.len(Untouchable) 65: want 0 to 64": func(d *booking.Displacement) {
			d.Untouchable = strings.Split(strings.Repeat("x,", 64)+"x", ",")
		},
		"Displacement.MaxMoves 0: want 1 to 4":     func(d *booking.Displacement) { d.MaxMoves = 0 },
		"Displacement.MaxMoves 5: want 1 to 4":     func(d *booking.Displacement) { d.MaxMoves = 5 },
		"Displacement.HorizonDays 0: want 1 to 60": func(d *booking.Displacement) { d.HorizonDays = 0 },
		"Displacement.HorizonDays 61: want 1 to":   func(d *booking.Displacement) { d.HorizonDays = 61 },
	} {
		r := displacing()
		change(&r.Displacement)
		_, err := booking.NewRules(r)
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "\n", "one problem only")
	}
	r := displacing()
	r.Exempt = nil
	_, err := booking.NewRules(r)
	require.EqualError(t, err, "Displacement.Kinds [specialist]: no request is an emergency (Exempt)")
	r = displacing()
	rules := mustRules(r)
	r.Displacement.Kinds[0], r.Displacement.Untouchable[0] = slots.General, "nobody"
	require.Equal(t, displacing().Displacement, rules.Displacement, "later changes do not reach them")
}

// Every field is in the digest of the rules, and another value of it leads to another decision: Bai, who is frail, and An have the
// scanner's two half-hours of the 10th; there is room on the 12th.
func TestEveryFieldOfDisplacementMatters(t *testing.T) {
	decide := func(r booking.Rules) string {
		b := newStage(t, r)
		first, later := b.open("a", b.halfHours("10", "Dr Wang", 2, 1)), b.open("b", b.halfHours("12", "Dr Wang", 2, 1))
		an, bai := b.request("An", first, 0), b.request("Bai", first, 1)
		bai.Bear = b.bear("app", "old")
		one, two := b.done(booking.Take{Meta: b.meta(), Request: an}).Appointment, b.done(booking.Take{Meta: b.meta(), Request: bai}).Appointment
		q := b.emergency("Dai", first, 0)
		q.Count = 2
		return b.outcome(booking.Displace{Meta: b.meta(), Request: q, Moves: []booking.Placement{{Appointment: one, Slot: booking.Slot{Session: later}},
			{Appointment: two, Slot: booking.Slot{Session: later, N: 1}}}})
	}
	base := displacing()
	base.Displacement.HorizonDays = 3
	require.Equal(t, "done", decide(base))
	for want, change := range map[string]func(*booking.Displacement){
		"untouchable": func(d *booking.Displacement) { d.Kinds = []slots.Kind{slots.Examination} },
		"untouchable (old)": func(d *booking.Displacement) {
			d.Untouchable = []string{"old"}
		},
		"booking: bad command: Moves: 2 of them, want 1 to 1 (Displacement.MaxMoves)": func(d *booking.Displacement) { d.MaxMoves = 1 },
		"bad choice": func(d *booking.Displacement) { d.HorizonDays = 2 },
	} {
		r := base
		change(&r.Displacement)
		require.Equal(t, strings.TrimSuffix(want, " (old)"), decide(r))
		b := newStage(t, base)
		b.book.Configure(mustRules(r))
		_, err := b.do(booking.Take{Meta: b.meta()})
		require.ErrorIs(t, err, booking.ErrRules, want)
	}
}

func TestDisplaceForm(t *testing.T) {
	b := newStage(t, displacing())
	s := b.open("a", b.halfHours("10", "Dr Wang", 2, 1))
	id := b.take("An", s, 0)
	good := booking.Displace{Meta: b.meta(), Request: b.emergency("Dai", s, 0), Moves: []booking.Placement{{Appointment: id, Slot: booking.Slot{Session: s, N: 1}}}}
	for want, change := range map[string]func(*booking.Displace){
		"Person 99: not introduced":                 func(c *booking.Displace) { c.Request.Person = 99 },
		"Request.Slot: an emergency names the slot": func(c *booking.Displace) { c.Request.Slot, c.Request.Department = booking.Slot{}, 1 },
		"Request.Bear: no emergency":                func(c *booking.Displace) { c.Request.Bear = b.bear("app") },
		"Moves: 0 of them, want 1 to 2":             func(c *booking.Displace) { c.Moves = nil },
		"Moves: 3 of them, want 1 to 2":             func(c *booking.Displace) { c.Moves = make([]booking.Placement, 3) },
		"Moves[1].Appointment 1: named twice":       func(c *booking.Displace) { c.Moves = append(c.Moves[:1:1], c.Moves[0]) },
		"Moves[0].Slot.Session 0: not opened":       func(c *booking.Displace) { c.Moves = []booking.Placement{{Appointment: id}} },
		"Moves[0].Slot.Session 2: not opened": func(c *booking.Displace) {
			c.Moves = []booking.Placement{{Appointment: id, Slot: booking.Slot{Session: 2}}}
		},
	} {
		c := good
		change(&c)
		_, err := b.do(c)
		require.ErrorIs(t, err, booking.ErrCommand, want)
		require.ErrorContains(t, err, want)
	}
	require.Equal(t, "done", b.outcome(good))

	b = newStage(t, fullRules()) // where nobody is displaced
	s = b.open("a", b.halfHours("10", "Dr Wang", 2, 1))
	good.Request, good.Moves[0].Appointment = b.emergency("Dai", s, 0), b.take("An", s, 0)
	_, err := b.do(good)
	require.ErrorContains(t, err, "Moves: 1 of them, want 1 to 0")
	plans, err := b.book.Displacements(nil, &booking.Batch{}, good.Request, b.now, 9)
	require.NoError(t, err)
	require.Empty(t, plans)
	good.Request.Bear = b.bear("app")
	_, err = b.book.Displacements(nil, &booking.Batch{}, good.Request, b.now, 9)
	require.ErrorIs(t, err, booking.ErrCommand)
}

// Who may not be moved, one by one; and nothing of a plan that is refused happens.
func TestWhoMayNotBeDisplaced(t *testing.T) {
	for name, x := range map[string]struct {
		make func(*stage, booking.Session) booking.Appointment
		want booking.Refusal
	}{
		"has arrived": {func(b *stage, s booking.Session) booking.Appointment {
			id := b.take("An", s, 0)
			b.done(booking.CheckIn{Meta: b.meta(), Appointment: id})
			return id
		}, booking.Refusal{Reason: booking.IllegalState, State: booking.CheckedIn, Appointment: 1}},
		"has not paid": {func(b *stage, s booking.Session) booking.Appointment { return b.hold("An", s, 0) },
			booking.Refusal{Reason: booking.IllegalState, State: booking.Held, Appointment: 1}},
		"is an emergency": {func(b *stage, s booking.Session) booking.Appointment {
			return b.done(booking.Take{Meta: b.meta(), Request: b.emergency("An", s, 0)}).Appointment
		}, booking.Refusal{Reason: booking.Untouchable, Appointment: 1}},
		"is frail": {func(b *stage, s booking.Session) booking.Appointment {
			q := b.request("An", s, 0)
			q.Bear = b.bear("app", "frail")
			return b.done(booking.Take{Meta: b.meta(), Request: q}).Appointment
		}, booking.Refusal{Reason: booking.Untouchable, Appointment: 1}},
		"is an add-on": {func(b *stage, s booking.Session) booking.Appointment {
			id := b.done(booking.AddOn{Meta: b.meta(), Request: b.request("An", s, 0)}).Appointment
			b.take("Bai", s, 0)
			return id
		}, booking.Refusal{Reason: booking.Untouchable, Appointment: 1}},
		"is elsewhere": {func(b *stage, s booking.Session) booking.Appointment {
			id := b.take("An", s, 1)
			b.take("Bai", s, 0)
			return id
		}, booking.Refusal{Reason: booking.Untouchable, Appointment: 1}},
		"need not move": {func(b *stage, s booking.Session) booking.Appointment {
			id := b.take("An", s, 0)
			b.done(booking.Grant{Meta: b.meta(), Slot: booking.Slot{Session: s}, Units: 1})
			return id
		}, booking.Refusal{Reason: booking.Untouchable, Appointment: 1}},
		"was never made": {func(b *stage, s booking.Session) booking.Appointment { return 7 },
			booking.Refusal{Reason: booking.UnknownAppointment, Appointment: 7}},
		"was moved by a closing": {func(b *stage, s booking.Session) booking.Appointment {
			closing := b.open("closing", b.halfHours("09", "Dr Wang", 1, 1))
			id := b.take("An", closing, 0)
			b.done(booking.CloseSession{Meta: b.meta(), Session: closing, AnswerBy: b.now + 60, Move: true, From: on("10 00:00"), Until: on("10 08:30")})
			return id
		}, booking.Refusal{Reason: booking.Untouchable, Appointment: 1}},
		"was displaced, and has moved since": {func(b *stage, s booking.Session) booking.Appointment {
			b.displace("Cai", b.open("before", b.halfHours("09", "Dr Wang", 2, 1)))
			b.done(booking.Reschedule{Meta: b.meta(), Appointment: 1, Want: booking.Request{Slot: booking.Slot{Session: s}}})
			return 1
		}, booking.Refusal{Reason: booking.Untouchable, Appointment: 1}},
	} {
		b := newStage(t, displacing())
		o := b.halfHours("10", "Dr Wang", 3, 1)
		o.AddOns = 1
		s := b.open("a", o)
		id := x.make(b, s)
		b.advance(b.now)
		before := b.book.Snapshot(nil)
		c := booking.Displace{Meta: b.meta(), Request: b.emergency("Dai", s, 0), Moves: []booking.Placement{{Appointment: id, Slot: booking.Slot{Session: s, N: 2}}}}
		before = b.book.Snapshot(before[:0])
		reply, err := b.do(c)
		require.NoError(t, err, name)
		require.Equal(t, booking.Reply{Outcome: booking.Refused, Refusal: x.want}, reply, name)
		require.Equal(t, before, b.book.Snapshot(nil), name)
		plans, err := b.book.Displacements(nil, &booking.Batch{}, c.Request, b.now, 9)
		require.NoError(t, err, name)
		for _, p := range plans {
			require.NotEqual(t, id, p.Moves[0].Appointment, name)
		}
	}
}

// Where nobody may be moved: earlier, too far, to another sort of session, to what the emergency takes.
func TestWhereNobodyMayBeMoved(t *testing.T) {
	b := newStage(t, displacing())
	s := b.open("a", b.halfHours("10", "Dr Wang", 3, 1))
	id := b.take("An", s, 1)
	other := func(name, day, physician string, change func(*booking.Opening)) booking.Slot {
		o := b.halfHours(day, physician, 2, 1)
		if change != nil {
			change(&o)
		}
		return booking.Slot{Session: b.open(name, o)}
	}
	for name, to := range map[string]booking.Slot{
		"earlier":        {Session: s},
		"where they are": {Session: s, N: 1},
		"too late":       other("late", "12", "Dr Wang", func(o *booking.Opening) { o.Start += 1800 }),
		"kind":           other("kind", "11", "Dr Wang", func(o *booking.Opening) { o.Kind = slots.General }),
		"grade":          other("grade", "11", "Dr Wang", func(o *booking.Opening) { o.Grade = slots.Attending }),
		"counted":        other("counted", "11", "Dr Wang", func(o *booking.Opening) { o.Counted, o.Minutes, o.Slots = true, 60, o.Slots[:1] }),
		"department":     other("department", "11", "Dr Zhou", func(o *booking.Opening) { o.Department = 0 }),
		"service":        other("service", "11", "Dr Zhou", func(o *booking.Opening) { o.Service = 0 }),
	} {
		no := b.refused(booking.BadChoice, booking.Displace{Meta: b.meta(), Request: b.emergency("Dai", s, 1), Moves: []booking.Placement{{Appointment: id, Slot: to}}})
		require.Equal(t, id, no.Appointment, name)
	}
	q := b.emergency("Dai", s, 1)
	q.Count = 2
	b.refused(booking.BadChoice, booking.Displace{Meta: b.meta(), Request: q, Moves: []booking.Placement{{Appointment: id, Slot: booking.Slot{Session: s, N: 2}}}})
	b.refused(booking.RunBroken, booking.Displace{Meta: b.meta(), Request: q, Moves: []booking.Placement{{Appointment: id, Slot: booking.Slot{Session: s, N: 3}}}})
	to := other("colleague", "11", "Dr Zhou", nil)
	b.done(booking.Displace{Meta: b.meta(), Request: q, Moves: []booking.Placement{{Appointment: id, Slot: to}}})
	v, _ := b.book.Appointment(id)
	require.Equal(t, []any{booking.Booked, to, booking.Slot{Session: s, N: 1}}, []any{v.State, v.Slot, v.From})
	require.Empty(t, b.book.Check())
	requireSnapshotRoundTrip(t, b.book)
}

// The hospital moves them: neither a suspension nor a pause stands against it, as after a closing. Other rules do.
func TestADisplacedPersonIsJudgedAsAfterAClosing(t *testing.T) {
	r := displacing()
	r.Limits = []booking.Limit{{Name: "one a day", Who: booking.PerPerson, Same: booking.SameDay, Of: booking.OpenVisits, Max: 1}}
	b := newStage(t, r)
	first := b.open("a", b.halfHours("10", "Dr Wang", 1, 1))
	o := b.halfHours("11", "Dr Wang", 1, 1)
	o.Pauses = []booking.Pause{{Span: span("01 00:00", "10 00:00")}}
	later := b.open("b", o)
	o = b.halfHours("11", "Dr Zhou", 1, 1)
	o.Start += 6 * 3600
	afternoon := b.open("c", o)
	id := b.take("An", first, 0)
	b.done(booking.Restrict{Meta: b.meta(), Person: b.person("An"), Until: b.now + 86400})
	other := b.take("Bai", afternoon, 0)
	c := booking.Displace{Meta: b.meta(), Request: b.emergency("Dai", first, 0), Moves: []booking.Placement{{Appointment: id, Slot: booking.Slot{Session: later}}}}
	reply, err := b.decide(c)
	require.NoError(t, err)
	require.Equal(t, booking.Done, reply.Outcome)
	b.done(booking.Cancel{Meta: b.meta(), Appointment: other, By: booking.ByHospital})
	b.done(booking.Restrict{Meta: b.meta(), Person: b.person("An")})
	b.take("An", afternoon, 0)
	require.Equal(t, "limit reached", b.outcome(c))
	require.EqualValues(t, 1, b.refused(booking.LimitReached, c).Rule)
}

// A retry must say the same emergency and the same moves, in the same order.
func TestDisplaceUnderAKey(t *testing.T) {
	b := newStage(t, displacing())
	s, later := b.open("a", b.halfHours("10", "Dr Wang", 2, 1)), b.open("b", b.halfHours("11", "Dr Wang", 3, 1))
	an, bai := b.take("An", s, 0), b.take("Bai", s, 1)
	q := b.emergency("Dai", s, 0)
	q.Count = 2
	move := func(id booking.Appointment, n uint16) booking.Placement {
		return booking.Placement{Appointment: id, Slot: booking.Slot{Session: later, N: n}}
	}
	m := booking.Meta{At: b.now, Key: booking.Key{5}, Made: b.now}
	c := booking.Displace{Meta: m, Request: q, Moves: []booking.Placement{move(an, 0), move(bai, 1)}}
	first := b.done(c)
	again := b.done(c)
	require.Equal(t, booking.Reply{Outcome: booking.Done, Repeat: true, Appointment: first.Appointment, Count: 3}, again)
	for _, moves := range [][]booking.Placement{{move(an, 0)}, {move(bai, 1), move(an, 0)}, {move(an, 0), move(bai, 2)}, {move(an, 1), move(bai, 1)}} {
		b.refused(booking.KeyReused, booking.Displace{Meta: m, Request: q, Moves: moves})
	}
	q.Count = 1
	b.refused(booking.KeyReused, booking.Displace{Meta: m, Request: q, Moves: c.Moves})
	var last *booking.Batch
	for x, err := range b.log.All() {
		require.NoError(t, err)
		key, caller, ok := x.Key()
		if ok {
			last = x
			require.Equal(t, m.Key, key)
			require.Zero(t, caller)
		}
	}
	require.NotNil(t, last)
}

// What a Displaced event claims is checked when it is applied: it must be followed by the emergency, and move somebody who can be.
func TestHostileDisplacement(t *testing.T) {
	b := newStage(t, displacing())
	id := b.displace("Dai", b.open("a", b.halfHours("10", "Dr Wang", 2, 1)))
	list := batchesOf(t, &b.log)
	last := list[len(list)-1]
	require.Equal(t, booking.AppointmentDisplaced, last.Events()[0].Kind())
	require.Equal(t, id, last.Events()[0].Former())
	text, err := last.MarshalJSON()
	require.NoError(t, err)
	for old, wrong := range map[string]string{`"former":2`: `"former":3`, `"slot":1`: `"slot":2`, `"appointment":1`: `"appointment":2`} {
		require.Contains(t, string(text), old)
		book := booking.New(b.book.Rules())
		for _, x := range list[:len(list)-1] {
			require.NoError(t, book.Apply(x))
		}
		var x booking.Batch
		require.NoError(t, x.UnmarshalJSON([]byte(strings.Replace(string(text), old, wrong, 1))))
		require.ErrorIs(t, book.Apply(&x), booking.ErrBatch, wrong)
	}
}
