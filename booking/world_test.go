package booking_test

import (
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// The tests of forms and laws drive a Book by hand: a stage is a Book, its log, and a batch to decide into.
type stage struct {
	t    tester
	book *booking.Book
	log  booking.Log
	now  slots.Instant
}

// tester is what testing's and rapid's T share.
type tester interface {
	require.TestingT
	Helper()
}

// fullRules use every field of Rules.
func fullRules() booking.Rules {
	return booking.Rules{Version: 1, HoldSeconds: 900, KeySeconds: 3600, StepSeconds: 60 * 86400, TravelMinutes: 30,
		LateCancel: booking.LateRecorded, Exempt: []string{"emergency"},
		Reallocation: booking.Reallocation{MaxMovePercent: 100, KeepUnits: 1, KeepPercent: 10, MinElapsedSeconds: 60, Never: []string{"emergency"}},
		Limits: []booking.Limit{
			{Name: "one a session", Who: booking.PerPerson, Same: booking.SameSession, Of: booking.AllVisits, Max: 2},
			{Name: "nine open an account", Who: booking.PerAccount, Of: booking.OpenVisits, Max: 9}},
		Policies: []booking.Policy{booking.Earliest{}, booking.LevelLoad{}}}
}

// span is from one time of November to another, in Shanghai.
func span(from, to string) slots.Span {
	s, err := slots.NewSpan(on(from), on(to))
	if err != nil {
		panic(err)
	}
	return s
}

func newStage(t tester, r booking.Rules) *stage {
	b := &stage{t: t, book: booking.New(mustRules(r)), now: on("01 08:00")}
	b.done(booking.Adopt{Meta: b.meta()})
	return b
}

func (b *stage) meta() booking.Meta { return booking.Meta{At: b.now} }

// decide decides into a fresh batch and keeps nothing.
func (b *stage) decide(c booking.Command) (booking.Reply, error) {
	return b.book.Decide(&booking.Batch{}, c)
}

// do decides, logs and applies.
func (b *stage) do(c booking.Command) (booking.Reply, error) {
	var batch booking.Batch
	reply, err := b.book.Decide(&batch, c)
	if err == nil && batch.Len() > 0 {
		require.NoError(b.t, b.log.Append(&batch))
		require.NoError(b.t, b.book.Apply(&batch))
	}
	return reply, err
}

func (b *stage) done(c booking.Command) booking.Reply {
	b.t.Helper()
	reply, err := b.do(c)
	require.NoError(b.t, err)
	require.Equal(b.t, booking.Done, reply.Outcome, "%T: %v", c, &reply.Refusal)
	return reply
}

func (b *stage) refused(why booking.Reason, c booking.Command) booking.Refusal {
	b.t.Helper()
	reply, err := b.do(c)
	require.NoError(b.t, err)
	require.Equal(b.t, why.String(), reply.Refusal.Reason.String(), "%T", c)
	require.Equal(b.t, booking.Refused, reply.Outcome)
	return reply.Refusal
}

// advance moves the clock to an instant and does all that is due by then.
func (b *stage) advance(to slots.Instant) {
	b.t.Helper()
	for b.now = to; ; {
		at, ok := b.book.Wake()
		if !ok || at > to {
			return
		}
		b.done(booking.Advance{Meta: b.meta(), Jump: true})
	}
}

func (b *stage) name(k booking.NameKind, text string) uint32 {
	if b.book.Find(k, text) == 0 {
		b.done(booking.Introduce{Meta: b.meta(), Kind: k, Name: text})
	}
	return b.book.Find(k, text)
}

func (b *stage) person(text string) booking.Person {
	return booking.Person(b.name(booking.PersonName, text))
}
func (b *stage) class(text string) booking.Class {
	return booking.Class(b.name(booking.ClassName, text))
}

func (b *stage) bear(channel string, others ...string) booking.Bearing {
	var rest []booking.Class
	for _, o := range others {
		rest = append(rest, b.class(o))
	}
	bear, err := booking.NewBearing(b.class(channel), rest...)
	require.NoError(b.t, err)
	return bear
}

// request is a request of a person through the app, for the n-th slot of a session.
func (b *stage) request(person string, s booking.Session, n int) booking.Request {
	return booking.Request{Person: b.person(person), Bear: b.bear("app"), Slot: booking.Slot{Session: s, N: uint16(n)}}
}

func (b *stage) take(person string, s booking.Session, n int) booking.Appointment {
	b.t.Helper()
	q := b.request(person, s, n)
	return b.done(booking.Take{Meta: b.meta(), Request: q}).Appointment
}

func (b *stage) hold(person string, s booking.Session, n int) booking.Appointment {
	b.t.Helper()
	q := b.request(person, s, n)
	return b.done(booking.Hold{Meta: b.meta(), Request: q}).Appointment
}

// halfHours is an opening of n half-hours from 08:00 of a November day, for a physician of Cardiology.
func (b *stage) halfHours(day, physician string, n int, capacity uint16) booking.Opening {
	o := booking.Opening{Date: slots.MustDate("2026-11-" + day), Start: on(day + " 08:00"), Kind: slots.Specialist, Grade: slots.Chief,
		Department: booking.Department(b.name(booking.DepartmentName, "Cardiology")),
		Service:    booking.Service(b.name(booking.ServiceName, "visit")),
		Resources:  []booking.Resource{booking.Resource(b.name(booking.ResourceName, physician))}}
	for i := range n {
		o.Slots = append(o.Slots, booking.SlotSpec{OffsetMinutes: uint16(30 * i), Minutes: 30, Capacity: capacity})
	}
	return o
}

func (b *stage) open(name string, o booking.Opening) booking.Session {
	b.t.Helper()
	b.done(booking.Open{Meta: b.meta(), Name: name, Opening: o})
	return booking.Session(b.book.Find(booking.SessionName, name))
}

// join puts a person on the waitlist for Cardiology; change may change the command.
func (b *stage) join(person string, dueBy slots.Instant, change func(*booking.Join)) booking.Entry {
	b.t.Helper()
	c := booking.Join{Meta: b.meta(), DueBy: dueBy, Request: booking.Request{Person: b.person(person), Bear: b.bear("app"),
		Department: booking.Department(b.name(booking.DepartmentName, "Cardiology"))}}
	if change != nil {
		change(&c)
	}
	return b.done(c).Entry
}

func (b *stage) state(id booking.Appointment) booking.State {
	v, ok := b.book.Appointment(id)
	require.True(b.t, ok)
	return v.State
}

// everyKind plays three weeks in which every kind of event occurs, with keys, an account, a booker, add-ons and a bundle.
// The last thing done is a Retire of the first days where retire is set.
func everyKind(t tester, retire bool) *stage {
	b := newStage(t, fullRules())
	family := booking.Account(b.name(booking.AccountName, "family"))
	o := b.halfHours("10", "Dr Wang", 4, 2)
	o.Site = booking.Site(b.name(booking.SiteName, "East"))
	o.Release, o.Close, o.CancelBy, o.End, o.LeadMinutes, o.AddOns = on("03 20:00"), on("10 09:45"), on("09 15:00"), on("10 12:00"), 5, 1
	o.Quotas = []booking.Quota{{Class: b.class("referral"), Reserve: 0}, {Class: b.class("elderly"), Reserve: 2, OpenAt: on("08 20:00")},
		{Class: b.class("app"), Cap: 6, Capped: true, OpenAt: on("09 20:00"), CapLifts: true}}
	o.Quotas[0].From, o.Slots[3].Only = on("04 08:00"), b.class("elderly")
	o.Pauses = []booking.Pause{{Span: span("04 00:00", "04 06:30")}, {Class: b.class("app"), Span: span("04 00:00", "04 07:00")}}
	first := b.open("wang/10", o)
	b.advance(on("03 20:00")) // Released

	keyed := booking.Take{Meta: booking.Meta{At: b.now, Key: booking.Key{1, 2, 3}, Caller: 7, Made: b.now - 5}, Request: b.request("Li", first, 0)}
	keyed.Account, keyed.Booker = family, b.person("Li's son")
	li := b.done(keyed).Appointment
	b.done(booking.Confirm{Meta: b.meta(), Appointment: li})
	zhao := b.hold("Zhao", first, 0)
	b.done(booking.Pay{Meta: b.meta(), Appointment: zhao})
	lapsing := b.hold("Qian", first, 1)
	b.done(booking.SetQuota{Meta: b.meta(), Session: first, Quota: booking.Quota{Class: b.class("referral"), Reserve: 5}}) // shortens elderly
	b.done(booking.SetQuota{Meta: b.meta(), Session: first, Quota: booking.Quota{Class: b.class("referral"), Reserve: 1, From: on("04 09:00")}})
	b.done(booking.Grant{Meta: b.meta(), Slot: booking.Slot{Session: first, N: 1}, Units: 1})
	b.advance(b.now + 900) // HoldLapsed
	require.Equal(t, booking.Lapsed, b.state(lapsing))
	sun := b.take("Sun", first, 2)
	b.done(booking.Reschedule{Meta: b.meta(), Appointment: sun, Want: booking.Request{Slot: booking.Slot{Session: first, N: 1}}})
	b.done(booking.Void{Meta: b.meta(), Appointment: sun})
	wu := b.take("Wu", first, 1)
	b.done(booking.AddOn{Meta: b.meta(), Request: b.request("Zheng", first, 3)})
	b.done(booking.Restrict{Meta: b.meta(), Person: b.person("Zhou"), Until: on("30 00:00")})
	b.done(booking.Restrict{Meta: b.meta(), Account: booking.Account(b.name(booking.AccountName, "resold")), Until: on("29 00:00")})
	b.advance(on("09 15:00")) // ReserveOpened; and late from here on
	b.done(booking.Cancel{Meta: b.meta(), Appointment: zhao, By: booking.ByPatient})
	b.advance(on("10 07:55"))
	b.done(booking.CheckIn{Meta: b.meta(), Appointment: li})
	b.done(booking.Start{Meta: b.meta(), Appointment: li})
	b.done(booking.Complete{Meta: b.meta(), Appointment: li})
	b.advance(on("10 12:00")) // Wu and Zheng never came; SessionEnded
	require.Equal(t, booking.NoShow, b.state(wu))

	o = b.halfHours("28", "Dr Tang", 4, 1)
	o.Department, o.Reallocate = booking.Department(b.name(booking.DepartmentName, "Eyes")), []slots.Instant{b.now + 3600, b.now + 7200}
	o.Quotas = []booking.Quota{{Class: b.class("app"), Reserve: 2, Cap: 2, Capped: true}, {Class: b.class("phone"), Reserve: 2, Cap: 2, Capped: true}}
	parted := b.open("tang/28", o)
	b.take("Kong", parted, 0)
	b.take("Cao", parted, 1)
	b.advance(b.now + 3600) // ReserveMoved

	closing := b.open("wang/20", b.halfHours("20", "Dr Wang", 6, 1))
	b.open("zhou/20", b.halfHours("20", "Dr Zhou", 4, 1))
	var ids []booking.Appointment
	for n, who := range []string{"Li", "Zhao", "Qian", "Sun", "Wu"} {
		ids = append(ids, b.take(who, closing, n))
	}
	b.hold("Wang", closing, 5)
	b.done(booking.CloseSession{Meta: b.meta(), Session: closing, AnswerBy: b.now + 86400}) // five offers, one of nothing
	b.done(booking.Answer{Meta: b.meta(), Appointment: ids[0], Accept: true})
	b.done(booking.Answer{Meta: b.meta(), Appointment: ids[1]})
	b.advance(b.now + 86400) // OfferLapsed, thrice
	for i, want := range []booking.State{booking.Booked, booking.Cancelled, booking.Cancelled, booking.Cancelled, booking.Cancelled} {
		require.Equal(t, want, b.state(ids[i]), i)
	}
	o = b.halfHours("21", "Dr Wang", 3, 1)
	o.CancelLeadMinutes = 720
	third := b.open("wang/21", o)
	bundle := booking.Bundle{Meta: b.meta(), As: booking.Held, Requests: []booking.Request{b.request("Li", third, 0), b.request("Zhao", third, 1)}}
	bundle.Key, bundle.Caller, bundle.Made = booking.Key{9}, 2, b.now
	b.done(bundle)
	board := jointClinics(b)
	b.now += 60
	b.done(booking.Advance{Meta: b.meta(), Jump: true}) // ClockMoved
	r := fullRules()
	r.Version, r.RestSeconds, r.RestSpreadSeconds, r.RestSeed = 2, 600, 300, [32]byte{1, 31: 2}
	r.WaitlistPerPerson, r.WaitlistOfferSeconds, r.WaitlistClasses = 2, 7200, []string{"elderly"}
	r.Displacement = booking.Displacement{Kinds: []slots.Kind{slots.Specialist}, Untouchable: []string{"elderly"}, MaxMoves: 1, HorizonDays: 2}
	r.ReturnDays = 7
	b.book.Configure(mustRules(r))
	b.done(booking.Adopt{Meta: b.meta()})
	b.done(booking.Cancel{Meta: b.meta(), Appointment: b.take("Sun", third, 2), By: booking.ByPatient}) // UnitRested
	b.advance(b.now + 900)                                                                              // UnitReturned
	last := b.take("Wu", third, 2)
	wait := func(who string, seconds slots.Instant, change func(*booking.Join)) booking.Entry {
		return b.join(who, b.now+seconds, func(c *booking.Join) {
			if c.From = on("21 00:00"); change != nil {
				change(c)
			}
		})
	}
	wait("He", 3600, func(c *booking.Join) { c.Bear = b.bear("app", "elderly") })
	wait("Wang", 3600, func(c *booking.Join) { c.Assign, c.Account, c.Booker = true, family, b.person("Li") })
	b.done(booking.Leave{Meta: b.meta(), Entry: wait("Feng", 60, nil)}) // EntryEnded
	b.done(booking.Screen{Meta: b.meta(), Entry: wait("Chen", 4000, func(c *booking.Join) { c.NeedsDecision = true }), Approve: true})
	wait("Chu", 9000, func(c *booking.Join) { c.NeedsDecision = true })
	wait("Shen", 9000, func(c *booking.Join) {
		c.AnyOf, c.Department, c.Weekdays = board, 0, slots.WeekdaysOf(slots.Saturday)
	})
	b.done(booking.Grant{Meta: b.meta(), Slot: booking.Slot{Session: third, N: 0}, Units: 1})
	b.advance(b.now) // AppointmentOffered, EntryServed, WaitlistPassed
	b.people()
	b.done(booking.Cancel{Meta: b.meta(), Appointment: last, By: booking.ByPatient})
	b.advance(b.now) // whoever waits comes first
	bindEveryone(b, r, family)
	b.advance(b.now)
	o = b.halfHours("22", "Dr Xu", 2, 1)
	o.Department = 0                        // nobody waits for it
	b.displace("Zhang", b.open("xu/22", o)) // AppointmentDisplaced
	b.hereAndBack()                         // ReminderDue, AppointmentTransferred, PatientReturned
	substituteKinds(b)
	if retire {
		b.advance(b.now) // whoever waits comes first
		b.done(booking.Retire{Meta: b.meta(), Before: slots.MustDate("2026-11-11")})
	}
	require.Empty(t, b.book.Check())
	return b
}

// bindEveryone ends the world of everyKind: gates of a person and an account, one of which ends (RestrictionEnded), and a number given back
// for which one must wait.
func bindEveryone(b *stage, r booking.Rules, account booking.Account) {
	r.Version, r.Cooling = 3, booking.Cooling{Seconds: 3600, Same: booking.SameSession}
	b.book.Configure(mustRules(r))
	b.done(booking.Adopt{Meta: b.meta()})
	b.done(booking.Restrict{Meta: b.meta(), Person: b.person("Zhou"), Until: b.now + 30, Gate: booking.Gate{Channel: b.class("app"), HorizonDays: 3}})
	b.done(booking.Restrict{Meta: b.meta(), Account: account, Until: on("28 00:00"), Gate: booking.Gate{Channel: b.class("app"), MaxOpen: 9}})
	b.advance(b.now + 30) // RestrictionEnded
	q := b.request("Zhou", booking.Session(b.book.Find(booking.SessionName, "zhou/20")), 3)
	q.Bear = b.bear("app", "emergency")
	b.done(booking.Cancel{Meta: b.meta(), Appointment: b.done(booking.Take{Meta: b.meta(), Request: q}).Appointment, By: booking.ByPatient})
}

// jointClinics makes three: one booked, and two that the closing of a session displaces or cancels. It returns the physicians.
func jointClinics(b *stage) booking.ResourceSet {
	var sessions []booking.Session
	var list []booking.Resource
	for i, who := range []string{"Dr Xu", "Dr He", "Dr Lü"} {
		o := b.halfHours("25", who, 3, 1)
		o.Department, o.Service = booking.Department(b.name(booking.DepartmentName, "Oncology")), 0
		sessions, list = append(sessions, b.open("joint/"+[]string{"a", "b", "c"}[i], o)), append(list, o.Resources[0])
	}
	board, err := booking.NewResourceSet(list...)
	require.NoError(b.t, err)
	for n, as := range []booking.State{booking.Booked, booking.Booked, booking.Held} { // AppointmentsLinked
		with := booking.Leg{Resource: list[1]}
		if n > 0 {
			with.Resource = list[2]
		}
		b.done(booking.Joint{Meta: b.meta(), As: as, Request: b.request([]string{"Wei", "Jiang", "Shen"}[n], sessions[0], n), With: []booking.Leg{with}})
	}
	b.done(booking.CloseSession{Meta: b.meta(), Session: sessions[2], AnswerBy: b.now + 7200})
	return board
}

// batchesOf decodes a log into batches of their own.
func batchesOf(t require.TestingT, l *booking.Log) (all []*booking.Batch) {
	for b, err := range l.All() {
		require.NoError(t, err)
		data, _ := b.AppendBinary(nil)
		c := &booking.Batch{}
		require.NoError(t, c.UnmarshalBinary(data))
		all = append(all, c)
	}
	return all
}

// drawBook plays a drawn sequence of commands, sensible and not, over two small sessions.
func drawBook(t *rapid.T, steps int) *stage {
	b := newStage(t, fullRules())
	o := b.halfHours("02", "Dr Wang", 4, 2)
	o.Quotas = []booking.Quota{{Class: b.class("elderly"), Reserve: 2, OpenAt: on("01 20:00")}, {Class: b.class("app"), Cap: 7, Capped: true}}
	o.End, o.AddOns, o.Reallocate = on("02 12:00"), 1, []slots.Instant{on("01 09:00"), on("01 12:00")}
	o.Quotas[0].From, o.Slots[3].Only, o.CancelLeadMinutes = on("01 08:30"), b.class("elderly"), 60
	o.Pauses = []booking.Pause{{Span: span("01 09:00", "01 09:30")}, {Class: b.class("app"), Span: span("01 09:15", "01 10:00")}}
	first := b.open("wang/02", o)
	b.open("wang/03", b.halfHours("03", "Dr Wang", 3, 1))
	for _, who := range drawnPersons { // all names come first, so that drawing a command decides nothing
		b.person(who)
	}
	for range steps/2 + pick(t, "steps", steps) {
		b.now += []slots.Instant{0, 0, 0, 1, 600, 3600, 20000}[pick(t, "wait", 7)]
		b.advance(b.now)
		if reply, err := b.do(drawCommand(t, b, first)); err != nil {
			require.ErrorIs(t, err, booking.ErrCommand)
		} else {
			require.NotZero(t, reply.Outcome)
		}
	}
	return b
}

var drawnPersons = []string{"Li", "Zhao", "Qian", "Sun", "Wu", "Zheng"}

// pick draws one of n, all about as often: rapid's own numbers lean to the small ones, which is good for shrinking and bad
// for meeting every command in every state. It shrinks towards 0.
func pick(t *rapid.T, label string, n int) int {
	return int(rapid.Uint32().Draw(t, label)*2654435761>>12) % n // Knuth's multiplicative hash
}

func drawCommand(t *rapid.T, b *stage, first booking.Session) booking.Command {
	m := b.meta()
	if pick(t, "keyed", 4) == 0 {
		m.Key[0], m.Caller, m.Made = byte(1+pick(t, "key", 20)), 1, b.now
	}
	q := b.request(drawnPersons[pick(t, "person", len(drawnPersons))], first+booking.Session(pick(t, "session", 2)), pick(t, "slot", 4))
	if pick(t, "elderly", 2) == 0 {
		q.Bear = b.bear("app", "elderly")
	}
	made := 0
	for _, known := b.book.Appointment(1); known && made < 40; made++ {
		_, known = b.book.Appointment(booking.Appointment(made + 2))
	}
	id := booking.Appointment(1 + pick(t, "appointment", made+1))
	switch pick(t, "command", 24) {
	case 0, 1, 2:
		return booking.Take{Meta: m, Request: q}
	case 3, 4:
		return booking.Hold{Meta: m, Request: q}
	case 5:
		return booking.AddOn{Meta: m, Request: q}
	case 6, 7, 8:
		return booking.Pay{Meta: m, Appointment: id}
	case 9:
		return booking.Cancel{Meta: m, Appointment: id, By: booking.ByPatient}
	case 10:
		return booking.Reschedule{Meta: m, Appointment: id, Want: q}
	case 11:
		return booking.CheckIn{Meta: m, Appointment: id}
	case 12:
		return booking.Start{Meta: m, Appointment: id}
	case 13:
		return booking.Complete{Meta: m, Appointment: id}
	case 14:
		return booking.Void{Meta: m, Appointment: id}
	case 15, 16, 17:
		return booking.Answer{Meta: m, Appointment: id, Accept: pick(t, "accept", 2) == 0}
	case 18:
		return booking.Bundle{Meta: m, As: booking.Booked, Requests: []booking.Request{q}}
	case 19:
		return booking.Grant{Meta: m, Slot: q.Slot, Units: 1}
	case 20:
		return booking.Restrict{Meta: m, Person: q.Person, Until: b.now + 1200}
	case 21:
		if pick(t, "close", 6) == 0 {
			return booking.CloseSession{Meta: m, Session: q.Slot.Session, AnswerBy: b.now + 7200}
		}
		return booking.SetQuota{Meta: m, Session: first, Quota: booking.Quota{Class: b.class("elderly"), Reserve: uint16(id)}}
	case 22:
		if pick(t, "substitute", 2) == 0 {
			return booking.Substitute{Meta: m, Session: q.Slot.Session, Resources: []booking.Resource{1}, Grade: slots.Grade(pick(t, "grade", 5)), AnswerBy: b.now + 7200}
		}
		return booking.Confirm{Meta: m, Appointment: id}
	}
	return booking.Retire{Meta: m, Before: slots.MustDate("2026-11-01").AddDays(pick(t, "days", 50))}
}
