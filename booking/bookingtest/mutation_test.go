package bookingtest_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/bookingtest"
	"github.com/haoyuan-go/haoyuan/slots"
)

// mutant is a Book with one thing done wrong.
type mutant struct {
	*booking.Book
	// command changes what the Book is told; nil leaves it.
	command func(booking.Command) booking.Command
	// reply changes what the host is told, and may empty the batch; nil leaves it.
	reply func(booking.Command, *booking.Batch, booking.Reply) booking.Reply
	// visit changes what an appointment looks like; nil leaves it.
	visit func(booking.Visit) booking.Visit
	// listed changes what is listed; nil leaves it.
	listed func([]booking.Candidate) []booking.Candidate
	// plans, others and obstacles change what those queries answer; nil leaves it.
	plans     func([]booking.DisplacementPlan) []booking.DisplacementPlan
	others    func([]booking.Alternative) []booking.Alternative
	obstacles func([]booking.Obstacle) []booking.Obstacle
}

func (m mutant) Decide(t *booking.Batch, c booking.Command) (booking.Reply, error) {
	told := c
	if m.command != nil {
		told = m.command(c)
	}
	r, err := m.Book.Decide(t, told)
	if err == nil && m.reply != nil {
		r = m.reply(c, t, r)
	}
	return r, err
}

func (m mutant) Appointment(id booking.Appointment) (booking.Visit, bool) {
	v, ok := m.Book.Appointment(id)
	if ok && m.visit != nil {
		v = m.visit(v)
	}
	return v, ok
}

func (m mutant) Candidates(dst []booking.Candidate, t *booking.Batch, q booking.Request, at slots.Instant, limit int) ([]booking.Candidate, error) {
	list, err := m.Book.Candidates(dst, t, q, at, limit)
	if m.listed != nil {
		list = m.listed(list)
	}
	return list, err
}

func (m mutant) Displacements(dst []booking.DisplacementPlan, t *booking.Batch, q booking.Request, at slots.Instant, limit int) ([]booking.DisplacementPlan, error) {
	list, err := m.Book.Displacements(dst, t, q, at, limit)
	if m.plans != nil {
		list = m.plans(list)
	}
	return list, err
}

func (m mutant) Alternatives(dst []booking.Alternative, t *booking.Batch, q booking.Request, at slots.Instant, limit int) ([]booking.Alternative, error) {
	list, err := m.Book.Alternatives(dst, t, q, at, limit)
	if m.others != nil {
		list = m.others(list)
	}
	return list, err
}

func (m mutant) Obstacles(dst []booking.Obstacle, t *booking.Batch, q booking.Request, at slots.Instant) ([]booking.Obstacle, error) {
	list, err := m.Book.Obstacles(dst, t, q, at)
	if m.obstacles != nil {
		list = m.obstacles(list)
	}
	return list, err
}

// opening makes a mutation of what sessions are opened with.
func opening(change func(*booking.Opening)) func(booking.Command) booking.Command {
	return func(c booking.Command) booking.Command {
		o, ok := c.(booking.Open)
		if !ok {
			return c
		}
		o.Slots, o.Quotas, o.Pauses = slices.Clone(o.Slots), slices.Clone(o.Quotas), slices.Clone(o.Pauses)
		o.Reallocate = slices.Clone(o.Reallocate)
		change(&o.Opening)
		return o
	}
}

// mutants are Books that are wrong in one way each.
func mutants() map[string]mutant {
	return map[string]mutant{
		"a quota line is dropped": {command: opening(func(o *booking.Opening) {
			o.Quotas = o.Quotas[:max(0, len(o.Quotas)-1)]
		})},
		"a cap is one too high": {command: opening(func(o *booking.Opening) {
			for i := range o.Quotas {
				if o.Quotas[i].Capped {
					o.Quotas[i].Cap++
				}
			}
		})},
		"a reserve is one too low": {command: opening(func(o *booking.Opening) {
			for i := range o.Quotas {
				o.Quotas[i].Reserve = max(o.Quotas[i].Reserve, 1) - 1
			}
		})},
		"booking closes a second late":   {command: opening(later(func(o *booking.Opening) *slots.Instant { return &o.Close }))},
		"numbers come out a second late": {command: opening(later(func(o *booking.Opening) *slots.Instant { return &o.Release }))},
		"cancelling is free too long":    {command: opening(later(func(o *booking.Opening) *slots.Instant { return &o.CancelBy }))},
		"the last slot has one unit more": {command: opening(func(o *booking.Opening) {
			o.Slots[len(o.Slots)-1].Capacity++
		})},
		"anyone may have a slot that is for some": {command: opening(func(o *booking.Opening) {
			for i := range o.Slots {
				o.Slots[i].Only = 0
			}
		})},
		"a slot is for the wrong class": {command: opening(func(o *booking.Opening) {
			for i := range o.Slots {
				if o.Slots[i].Only != 0 {
					o.Slots[i].Only = 2
				}
			}
		})},
		"a class opens with everyone":    {command: opening(froms(func(*slots.Instant) slots.Instant { return 0 }))},
		"a class opens a second late":    {command: opening(froms(func(at *slots.Instant) slots.Instant { return *at + 1 }))},
		"there are no pauses":            {command: opening(func(o *booking.Opening) { o.Pauses = nil })},
		"a pause begins a second late":   {command: opening(pauses(1, 0))},
		"a pause ends a second early":    {command: opening(pauses(0, -1))},
		"the last pause ends too late":   {command: opening(func(o *booking.Opening) { lastPause(o, func(p *booking.Pause) { *p = moved(*p, 0, 1) }) })},
		"the last pause is everyone's":   {command: opening(func(o *booking.Opening) { lastPause(o, func(p *booking.Pause) { p.Class = 0 }) })},
		"reserves never move":            {command: opening(func(o *booking.Opening) { o.Reallocate = nil })},
		"a round is held a second late":  {command: opening(rounds(1))},
		"a new quota line is lost":       {command: loseNewLines()},
		"cancelling is free to the last": {command: opening(func(o *booking.Opening) { o.CancelLeadMinutes = 0 })},
		"cancelling is free a minute longer": {command: opening(func(o *booking.Opening) {
			o.CancelLeadMinutes = max(o.CancelLeadMinutes, 1) - 1
		})},
		"nobody is late": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Cancel); ok && x.By == booking.ByPatient {
				x.By = booking.ByHospital
				return x
			}
			return c
		}},
		"a counted session is timed": {command: opening(func(o *booking.Opening) { o.Counted = false })},
		"a session's planned length is forgotten": {command: opening(func(o *booking.Opening) {
			if !o.Counted {
				o.Minutes = 0
			}
		})},
		"no-shows can be marked before the time": {reply: func(c booking.Command, b *booking.Batch, r booking.Reply) booking.Reply {
			if r.Refusal.Reason == booking.TooEarly {
				return booking.Reply{Outcome: booking.Done, Appointment: 1, Count: 1}
			}
			return r
		}},
		"no-shows are never marked": {command: opening(func(o *booking.Opening) { o.End = 0 })},
		"cancelling frees nothing": {reply: func(c booking.Command, b *booking.Batch, r booking.Reply) booking.Reply {
			if _, ok := c.(booking.Cancel); ok {
				b.Reset()
			}
			return r
		}},
		"a repeat books again": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Take); ok {
				x.Key = booking.Key{}
				return x
			}
			return c
		}},
		"a repeat does not say so": {reply: func(_ booking.Command, _ *booking.Batch, r booking.Reply) booking.Reply {
			r.Repeat = false
			return r
		}},
		"the charge is another": {visit: func(v booking.Visit) booking.Visit {
			v.Class = v.Bear.Channel()
			return v
		}},
		"restrictions are ignored": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Restrict); ok {
				x.Until = 0
				return x
			}
			return c
		}},
		"a gate bars everything": {command: gates(func(g *booking.Gate) { g.HorizonDays, g.MaxOpen = 0, 0 })},
		"a horizon is a day longer": {command: gates(func(g *booking.Gate) {
			if g.HorizonDays > 0 {
				g.HorizonDays++
			}
		})},
		"one visit more may be open": {command: gates(func(g *booking.Gate) {
			if g.MaxOpen > 0 {
				g.MaxOpen++
			}
		})},
		"a gate is for every channel": {command: gates(func(g *booking.Gate) { g.Channel = 0 })},
		"a restriction ends a second late": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Restrict); ok && x.Until > x.At {
				x.Until++
				return x
			}
			return c
		}},
		"the last candidate is not listed": {listed: func(list []booking.Candidate) []booking.Candidate {
			return list[:max(0, len(list)-1)]
		}},
		"an offer is for ever": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.CloseSession); ok {
				x.AnswerBy += 86400
				return x
			}
			return c
		}},
		"a substitute of a lower grade asks nobody": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Substitute); ok {
				x.Grade = slots.Chief
				return x
			}
			return c
		}},
		"the question about a substitute stands a second longer": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Substitute); ok && x.AnswerBy > x.At {
				x.AnswerBy++
				return x
			}
			return c
		}},
		"a substitute is not in the session": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Substitute); ok && len(x.Resources) > 0 && x.Resources[0] <= 3 {
				x.Resources = []booking.Resource{x.Resources[0]%3 + 1}
				return x
			}
			return c
		}},
		"plans are not looked at": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.CloseSession); ok {
				x.Plan = nil
				return x
			}
			return c
		}},
		"the first of a plan is passed over": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.CloseSession); ok && len(x.Plan) > 0 {
				x.Plan = x.Plan[1:]
				return x
			}
			return c
		}},
		"only one of several sessions closes": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.CloseSession); ok {
				x.And = nil
				return x
			}
			return c
		}},
		"an entry expires a second late": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Join); ok && x.DueBy > x.At {
				x.DueBy++
				return x
			}
			return c
		}},
		"a displaced person keeps their place": {reply: func(c booking.Command, b *booking.Batch, r booking.Reply) booking.Reply {
			if _, ok := c.(booking.Displace); ok {
				b.Reset()
			}
			return r
		}},
		"only the first of a plan is moved": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Displace); ok && len(x.Moves) > 1 {
				x.Moves = x.Moves[:1]
				return x
			}
			return c
		}},
		"the best plan is not listed":        {plans: func(list []booking.DisplacementPlan) []booking.DisplacementPlan { return list[min(1, len(list)):] }},
		"the best alternative is not listed": {others: func(list []booking.Alternative) []booking.Alternative { return list[min(1, len(list)):] }},
		"an obstacle is said to stand for ever": {obstacles: func(list []booking.Obstacle) []booking.Obstacle {
			for i := range list {
				list[i].Until = 0
			}
			return list
		}},
		"declining frees nothing": {reply: func(c booking.Command, b *booking.Batch, r booking.Reply) booking.Reply {
			if x, ok := c.(booking.Answer); ok && !x.Accept {
				b.Reset()
			}
			return r
		}},
		"whoever needs a decision is in line at once": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Join); ok {
				x.NeedsDecision = false
				return x
			}
			return c
		}},
		"everyone is booked instead of asked": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Join); ok {
				x.Assign = true
				return x
			}
			return c
		}},
		"half a joint clinic is booked": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Joint); ok {
				return booking.Take{Meta: x.Meta, Request: x.Request}
			}
			return c
		}},
		"a joint clinic is not linked": {visit: func(v booking.Visit) booking.Visit {
			v.Linked = 0
			return v
		}},
		"a series has a visit too few": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Series); ok && x.Visits > 1 {
				x.Visits--
				return x
			}
			return c
		}},
		"a family need not come together": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Bundle); ok {
				x.WithinMinutes = 0
				return x
			}
			return c
		}},
		"any of them is the first of them": {command: requests(func(q *booking.Request) {
			if q.Resource == 0 && !q.AnyOf.IsEmpty() {
				q.Resource = q.AnyOf.Append(nil)[0]
			}
		})},
		"any weekday will do": {command: requests(func(q *booking.Request) { q.Weekdays = 0 })},
		"who cannot be placed is lost": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.CloseSession); ok {
				x.Waitlist = false
				return x
			}
			return c
		}},
		"the line is not tried": {reply: func(c booking.Command, b *booking.Batch, r booking.Reply) booking.Reply {
			if _, ok := c.(booking.Advance); ok && served(b) {
				b.Reset()
				return booking.Reply{Outcome: booking.Nothing}
			}
			return r
		}},
		"a refusal does not say when": {reply: func(_ booking.Command, _ *booking.Batch, r booking.Reply) booking.Reply {
			r.Refusal.Until = 0
			return r
		}},
	}
}

// Every one of these must be caught by some of the first worlds; the unchanged Book by none (TestCoverage plays the same).
func TestMutantsAreCaught(t *testing.T) {
	all := mutants()
	maps.Copy(all, personMutants())
	for name, m := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := withWrong()
			c.New = func(r *booking.Rules) bookingtest.Subject {
				m := m
				m.Book = booking.New(r)
				return m
			}
			seed := 0
			for ; seed < 100 && bookingtest.Probe(c, seed) == nil; seed++ {
			}
			require.Less(t, seed, 100, "not caught by 100 worlds")
		})
	}
}

// gates makes a mutation of what restrictions limit.
func gates(change func(*booking.Gate)) func(booking.Command) booking.Command {
	return func(c booking.Command) booking.Command {
		if x, ok := c.(booking.Restrict); ok {
			change(&x.Gate)
			return x
		}
		return c
	}
}

// requests makes a mutation of what is asked by those who take, hold or join.
func requests(change func(*booking.Request)) func(booking.Command) booking.Command {
	return func(c booking.Command) booking.Command {
		switch x := c.(type) {
		case booking.Take:
			change(&x.Request)
			return x
		case booking.Hold:
			change(&x.Request)
			return x
		case booking.Join:
			change(&x.Request)
			return x
		case booking.Series:
			change(&x.Request)
			return x
		case booking.Joint:
			change(&x.Request)
			return x
		}
		return c
	}
}

// served reports whether a batch serves someone who waited.
func served(b *booking.Batch) bool {
	return slices.ContainsFunc(b.Events(), func(e booking.Event) bool { return e.Kind() == booking.EntryServed })
}

// froms changes the opening times that classes of their own have.
func froms(change func(*slots.Instant) slots.Instant) func(*booking.Opening) {
	return func(o *booking.Opening) {
		for i := range o.Quotas {
			if at := &o.Quotas[i].From; *at != 0 {
				*at = change(at)
			}
		}
	}
}

// pauses moves both ends of each pause.
func pauses(from, to slots.Instant) func(*booking.Opening) {
	return func(o *booking.Opening) {
		for i, p := range o.Pauses {
			o.Pauses[i] = moved(p, from, to)
		}
	}
}

func moved(p booking.Pause, from, to slots.Instant) booking.Pause {
	span, err := slots.NewSpan(p.Span.From()+from, p.Span.To()+to)
	if err != nil {
		panic(err)
	}
	return booking.Pause{Class: p.Class, Span: span}
}

// lastPause changes the last pause of a list in which it stands alone, so that the opening stays well formed.
func lastPause(o *booking.Opening, change func(*booking.Pause)) {
	if len(o.Pauses) == 1 {
		change(&o.Pauses[0])
	}
}

// later makes an instant of an opening a second later.
func later(of func(*booking.Opening) *slots.Instant) func(*booking.Opening) {
	return func(o *booking.Opening) {
		if at := of(o); *at != 0 {
			*at++
		}
	}
}
