package bookingtest

import (
	"cmp"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// waits is one entry of the waitlist.
type waits struct {
	want        booking.Request
	dueBy       sl.Instant
	assign      bool
	rank        int
	state       booking.EntryState
	appointment booking.Appointment
}

func (w *waits) open() bool { return w.state == booking.Undecided || w.state == booking.Waiting }

// entry returns an entry that is not forgotten, or nil.
func (m *Model) entry(id booking.Entry) *waits {
	if int(id) <= m.forgottenEntries || int(id) > len(m.entries) {
		return nil
	}
	return &m.entries[id-1]
}

// Entries is how many entries ever joined; ids run from 1.
func (m *Model) Entries() int { return len(m.entries) }

// Entry is what an entry is now; false for one that never joined or is forgotten.
func (m *Model) Entry(id booking.Entry) (booking.EntryView, bool) {
	w := m.entry(id)
	if w == nil {
		return booking.EntryView{}, false
	}
	return booking.EntryView{Entry: id, State: w.state, Request: w.want, DueBy: w.dueBy, Assign: w.assign, Rank: w.rank, Appointment: w.appointment}, true
}

// EntriesOf are a person's open entries, in order of id.
func (m *Model) EntriesOf(p booking.Person) (list []booking.Entry) {
	p = m.meant(p)
	for i := range m.entries {
		if w := &m.entries[i]; w.open() && w.want.Person == p {
			list = append(list, booking.Entry(i+1))
		}
	}
	return list
}

// waiting reports whether anybody has an open entry.
func (m *Model) waiting() bool {
	return slices.ContainsFunc(m.entries, func(w waits) bool { return w.open() })
}

// join puts a request on the waitlist.
func (m *Model) join(c booking.Join) (booking.Reply, error) {
	if err := m.checkRequest(c.Request, false); err != nil || c.Slot.IsValid() || c.DueBy <= c.At || c.DueBy > lastInstant {
		return booking.Reply{}, booking.ErrCommand
	}
	if len(m.EntriesOf(c.Person)) >= int(m.rules.WaitlistPerPerson) {
		return refuse(booking.Refusal{Reason: booking.WaitlistLimit, Limit: m.rules.WaitlistPerPerson}), nil
	}
	w := waits{want: plain(c.Request), dueBy: c.DueBy, assign: c.Assign, rank: m.rankOf(c.Bear), state: booking.Undecided}
	if !c.NeedsDecision {
		w.state = booking.Waiting
		m.lineUp(&w, c.At)
	}
	m.entries = append(m.entries, w)
	return booking.Reply{Outcome: booking.Done, Entry: booking.Entry(len(m.entries))}, nil
}

// rankOf is the place of the first of the rules' classes that is borne.
func (m *Model) rankOf(bear booking.Bearing) int {
	rank := len(m.rules.WaitlistClasses)
	for _, c := range bear.Append(nil) {
		if i := slices.Index(m.rules.WaitlistClasses, m.names[booking.ClassName][c-1]); i >= 0 {
			rank = min(rank, i)
		}
	}
	return rank
}

// lineUp has the lines tried that an entry that comes in may move: of the session that has something for it, if there is one, now; of
// those with hours when these change.
func (m *Model) lineUp(w *waits, at sl.Instant) {
	for i := range m.sessions {
		if s := &m.sessions[i]; m.standsFor(w, s) && s.ends() > at {
			m.tryAt(s, s.hoursChange(at))
		}
	}
	want := wish{Request: w.want, at: at}
	if int(want.Policy) > len(m.rules.Policies) {
		want.Policy = 1
	}
	if slot, _, r := m.choose(&want); r.Reason == 0 {
		m.tryAt(m.session(slot.Session), at)
	}
}

// standsFor reports whether an entry stands in one of the session's lines: the narrowest that it names.
func (m *Model) standsFor(w *waits, s *supply) bool {
	switch q := &w.want; {
	case q.Resource != 0:
		return slices.Contains(s.Resources, q.Resource)
	case !q.AnyOf.IsEmpty():
		return suits(booking.Request{AnyOf: q.AnyOf}, s)
	case q.Service != 0:
		return s.Service == q.Service
	default:
		return s.Department == q.Department
	}
}

// changed has the line tried for a session, now, if anybody stands there.
func (m *Model) changed(id booking.Session, at sl.Instant) {
	s := m.session(id)
	for i := range m.entries {
		if w := &m.entries[i]; w.state == booking.Waiting && m.standsFor(w, s) {
			m.tryAt(s, at)
		}
	}
}

func (m *Model) tryAt(s *supply, at sl.Instant) {
	if at != 0 && !m.gone(s) && (s.tryAt == 0 || at < s.tryAt) {
		s.tryAt = at
	}
}

// hoursChange is when a pause or a class's own waiting time ends next; 0 for never.
func (s *supply) hoursChange(at sl.Instant) sl.Instant {
	var list []sl.Instant
	for _, p := range s.Pauses {
		list = append(list, p.Span.To())
	}
	for _, q := range s.Quotas {
		list = append(list, q.From)
	}
	list = slices.DeleteFunc(list, func(x sl.Instant) bool { return x <= at })
	if len(list) == 0 {
		return 0
	}
	return slices.Min(list)
}

// tryLine gives one number of a session to the first who waits and can have one; if nobody can, that is over until its hours change.
func (m *Model) tryLine(id booking.Session, at sl.Instant) booking.Reply {
	s := m.session(id)
	var line []int
	for i := range m.entries {
		if w := &m.entries[i]; w.state == booking.Waiting && m.standsFor(w, s) && m.rules.WaitlistPerPerson > 0 {
			line = append(line, i)
		}
	}
	slices.SortStableFunc(line, func(a, b int) int { return cmp.Compare(m.entries[a].rank, m.entries[b].rank) })
	for _, i := range line {
		w := &m.entries[i]
		q := &wish{Request: w.want, at: at}
		list := slices.DeleteFunc(m.candidates(q), func(c booking.Candidate) bool { return c.Slot.Session != id })
		policy := 0
		if int(w.want.Policy) <= len(m.rules.Policies) {
			policy = int(w.want.Policy) - 1
		}
		slot, ok := m.choosers[m.rules.Policies[policy].Name()](m, w.want, list)
		if !ok || slot.Session != id || int(slot.N) >= len(s.Slots) || !m.seeks(q, slot) {
			continue
		}
		charge, r := m.judge(q, slot)
		if r.Reason != 0 {
			continue
		}
		as := booking.Offered
		if w.assign {
			as = booking.Booked
		}
		w.state, w.appointment = booking.Served, m.add(q, slot, charge, as)
		if w.assign {
			m.withdraw(w.want.Person, slot)
		}
		return done(0, 1)
	}
	s.tryAt = s.hoursChange(at)
	return done(0, 0)
}

// withdraw ends the open entries that ask for what their person has just got.
func (m *Model) withdraw(p booking.Person, slot booking.Slot) {
	for i := range m.entries {
		if w := &m.entries[i]; w.open() && w.want.Person == p && m.seeks(&wish{Request: w.want}, slot) {
			w.state = booking.Withdrawn
		}
	}
}

func (m *Model) leaveLine(c booking.Leave) (booking.Reply, error) {
	w := m.entry(c.Entry)
	switch {
	case w == nil:
		return no(booking.UnknownEntry), nil
	case !w.open():
		return no(booking.EntryOver), nil
	}
	w.state = booking.Left
	return done(0, 0), nil
}

func (m *Model) screen(c booking.Screen) (booking.Reply, error) {
	w := m.entry(c.Entry)
	switch {
	case w == nil:
		return no(booking.UnknownEntry), nil
	case w.state != booking.Undecided:
		return no(booking.EntryOver), nil
	case !c.Approve:
		w.state = booking.Rejected
	default:
		w.state = booking.Waiting
		m.lineUp(w, c.At)
	}
	return done(0, 0), nil
}

// waitlist puts a displaced person on the waitlist for whom nothing was found.
func (m *Model) waitlist(c booking.CloseSession, s *supply, v *visit) {
	until := c.Until
	if until == 0 {
		until = max(c.From, c.At, s.Start) + 14*86400
	}
	q := booking.Request{Person: v.person, Account: v.account, Booker: v.booker, Bear: v.bear, Count: uint16(v.count), Policy: 1,
		Department: s.Department, Service: s.Service, From: c.From, Until: until}
	if q.Department == 0 && q.Service == 0 && len(s.Resources) > 0 {
		q.Resource = s.Resources[0]
	}
	if q.Department == 0 && q.Service == 0 && q.Resource == 0 || until <= c.At {
		return
	}
	w := waits{want: q, dueBy: until, rank: m.rankOf(v.bear), state: booking.Waiting}
	for i := range m.sessions {
		if s := &m.sessions[i]; m.standsFor(&w, s) && s.ends() > c.At {
			m.tryAt(s, s.hoursChange(c.At))
		}
	}
	m.entries = append(m.entries, w)
}

// forgetEntries forgets the first entries, as far as they are over.
func (m *Model) forgetEntries() {
	for m.forgottenEntries < len(m.entries) && !m.entries[m.forgottenEntries].open() {
		m.forgottenEntries++
	}
}
