package bookingtest

import (
	"bytes"
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// invariants are what holds after every step.
func (m *machine) invariants(t *rapid.T) {
	if m.fault != nil {
		return
	}
	if err := Compare(m.subject, m.model); err != nil {
		m.fail("after the step: %w", err)
		return
	}
	for _, f := range m.subject.Check() {
		if f.Broken {
			m.fail("check: %v", f)
			return
		}
	}
	m.replays()
	m.listedIsBookable(t)
}

// replays: the log's bytes gave the live state again, byte for byte, and so does a snapshot.
func (m *machine) replays() {
	live := m.subject.Snapshot(nil)
	if !bytes.Equal(m.replica.Snapshot(nil), live) {
		m.fail("the log's batches do not make the live book")
		return
	}
	restored, err := booking.Restore(m.subject.Rules(), live)
	if err != nil {
		m.fail("restore: %w", err)
		return
	}
	if !bytes.Equal(restored.Snapshot(nil), live) || restored.Digest() != m.subject.Digest() {
		m.fail("a restored snapshot is not the live book")
		return
	}
	if err := Compare(restored, m.model); err != nil {
		m.fail("restored: %w", err)
	}
	for _, f := range restored.Check() {
		if f.Broken {
			m.fail("restored: check: %v", f)
		}
	}
}

// replaysFromTheStart: the whole log makes the live book, in a Book that knows nothing else.
func (m *machine) replaysFromTheStart() {
	if m.fault != nil {
		return
	}
	b, err := booking.Replay(m.subject.Rules(), &m.log)
	if err != nil || !bytes.Equal(b.Snapshot(nil), m.subject.Snapshot(nil)) {
		m.fail("replay of the log is not the live book: %v", err)
	}
}

// listedIsBookable: of one request, what is listed is what can be booked, slot by slot, and is what the model lists. And
// booking then cancelling, before the deadline, leaves the digest as it was.
func (m *machine) listedIsBookable(t *rapid.T) {
	q := m.drawRequest(t)
	at := m.subject.Clock()
	if due, ok := m.model.Wake(); ok && due <= at || m.rules.Version != m.model.adoptedVersion || m.fault != nil {
		return
	}
	q.Slot = booking.Slot{}
	if q.Resource == 0 && q.Department == 0 && q.Service == 0 && q.AnyOf.IsEmpty() {
		q.Department = 1
	}
	listed, err := m.subject.Candidates(nil, &m.scratch, q, at, 1000)
	if want := m.model.Candidates(q, at); err != nil || !slices.Equal(listed, want) {
		m.fail("candidates for %+v at %v: %v\n  book  %+v\n  model %+v", q, at, err, listed, want)
		return
	}
	var got []booking.Request
	for id := booking.Session(1); int(id) <= m.model.Sessions() && m.fault == nil; id++ {
		for n := range m.model.session(id).Slots {
			if x := (booking.Slot{Session: id, N: uint16(n)}); m.tryNamed(q, listed, x, at) {
				q := q
				q.Slot = x
				got = append(got, q)
			}
		}
	}
	if len(got) > 0 {
		m.bookThenCancel(pick(t, got[:min(64, len(got))], "book then cancel"), at)
	}
}

// tryNamed asks for one slot, in both ways, and reports whether it can be had.
func (m *machine) tryNamed(q booking.Request, listed []booking.Candidate, slot booking.Slot, at sl.Instant) bool {
	matches := m.matches(q, slot)
	q.Slot = slot
	m.scratch.Reset()
	reply, err := m.subject.Decide(&m.scratch, booking.Take{Meta: booking.Meta{At: at}, Request: q})
	if err != nil {
		m.fail("take %+v at %v: %w", q, at, err)
		return false
	}
	granted := reply.Outcome == booking.Done
	m.scratch.Reset()
	one, err := m.subject.Candidates(nil, &m.scratch, q, at, 1)
	if err != nil || granted != (len(one) == 1) {
		m.fail("slot %v: listed %v, granted %v, %v", slot, one, granted, err)
	}
	isListed := slices.ContainsFunc(listed, func(c booking.Candidate) bool { return c.Slot == slot })
	if matches && granted != isListed || !matches && isListed {
		m.fail("slot %v for %+v: in the list %v, granted %v, matches %v", slot, q, isListed, granted, matches)
	}
	return granted
}

// matches reports whether a slot is of what a request seeks.
func (m *machine) matches(q booking.Request, at booking.Slot) bool {
	s := m.model.session(at.Session)
	start, _ := s.time(at.N, 1)
	return suits(q, s) && (q.Resource == 0 || slices.Contains(s.Resources, q.Resource)) && (q.Department == 0 || s.Department == q.Department) &&
		(q.Service == 0 || s.Service == q.Service) && start >= q.From && (q.Until == 0 || start < q.Until)
}

// bookThenCancel tries it on a copy of the book; where the deadline is past, the hospital cancels.
func (m *machine) bookThenCancel(q booking.Request, at sl.Instant) {
	live := m.subject.Snapshot(nil)
	b, err := booking.Restore(m.subject.Rules(), live)
	if err != nil {
		m.fail("restore: %w", err)
		return
	}
	if len(m.model.EntriesOf(q.Person)) > 0 {
		return // what they have got may end that, for good
	}
	before := b.Digest()
	var t booking.Batch
	meta := booking.Meta{At: at}
	took, _ := b.Decide(&t, booking.Take{Meta: meta, Request: q})
	if err := b.Apply(&t); err != nil || b.Digest() == before {
		m.fail("booking %+v: %v, or it left no trace in the digest", q, err)
		return
	}
	t.Reset()
	by := booking.ByPatient
	if v, ok := b.Appointment(took.Appointment); ok && (m.model.lateAt(v, at) || m.rules.Cooling.Seconds > 0) {
		by = booking.ByHospital // what counts against the patient leaves a trace
	}
	if r, err := b.Decide(&t, booking.Cancel{Meta: meta, Appointment: took.Appointment, By: by}); err != nil || r.Outcome != booking.Done {
		m.fail("cancelling at once: %+v %v", r, err)
		return
	}
	if err := b.Apply(&t); err != nil {
		m.fail("cancelling at once: %w", err)
		return
	}
	if m.rules.RestSeconds == 0 && m.rules.RestSpreadSeconds == 0 {
		if b.Digest() != before {
			m.fail("book then cancel changed the digest: %+v", q)
		}
		return
	}
	if !m.model.waiting() {
		m.afterTheRest(b, live, took.Appointment)
	}
}

// afterTheRest: what was booked and given back is at rest, and once that is over all is as if it had not been.
func (m *machine) afterTheRest(b *booking.Book, live []byte, id booking.Appointment) {
	v, _ := b.Appointment(id)
	until := b.Clock()
	for n := v.Slot.N; int(n) < int(v.Slot.N)+v.Count; n++ {
		x, _ := b.Slot(booking.Slot{Session: v.Slot.Session, N: n})
		if x.Resting == 0 && b.Clock() < x.ClosesAt && m.rules.RestSeconds > 0 { // the draw alone may be of no time
			m.fail("slot %d of %+v does not rest", n, v)
			return
		}
		until = max(until, min(x.ClosesAt, b.Clock()+sl.Instant(m.rules.RestSeconds+m.rules.RestSpreadSeconds)))
	}
	if next := m.model.session(v.Slot.Session).nextMoves(); next != 0 && next <= until {
		return // a round of reallocation sees what is free, and what rests is not
	}
	rested, err := m.advanceCopy(b.Snapshot(nil), until, true)
	never, neverErr := m.advanceCopy(live, until, true)
	if err != nil || neverErr != nil || rested[len(rested)-1] != never[len(never)-1] {
		m.fail("book, cancel and rest changed the digest: %+v, %v, %v\n%v\n%v", v, err, neverErr, rested, never)
	}
}

// lateAt reports whether an appointment just made is already past its free cancellation.
func (m *Model) lateAt(v booking.Visit, at sl.Instant) bool {
	s := m.session(v.Slot.Session)
	return s.CancelBy != 0 && at >= s.CancelBy || s.CancelBy == 0 && at >= v.Start-sl.Instant(s.CancelLeadMinutes)*60
}

// lateEqualsOnTime: what is due until now, done on time on one copy of the book and late on another, gives the same
// digest and the same events, their At aside.
func (m *machine) lateEqualsOnTime(now sl.Instant) {
	if m.model.rules.Version != m.model.adoptedVersion || m.model.waiting() {
		return // nothing advances until they are
	}
	live := m.subject.Snapshot(nil)
	onTime, err := m.advanceCopy(live, now, true)
	late, lateErr := m.advanceCopy(live, now, false)
	if err != nil || lateErr != nil || !slices.Equal(onTime, late) {
		m.fail("advancing late differs from advancing on time: %v %v\n  on time %v\n  late    %v", err, lateErr, onTime, late)
	}
}

// advanceCopy advances a copy to now and returns what happened, and the digest.
func (m *machine) advanceCopy(snapshot []byte, now sl.Instant, onTime bool) (story []string, err error) {
	b, err := booking.Restore(m.subject.Rules(), snapshot)
	if err != nil {
		return nil, err
	}
	var t booking.Batch
	for {
		due, ok := b.Wake()
		if !ok || due > now {
			return append(story, fmt.Sprintf("%x", b.Digest())), nil
		}
		at := now
		if onTime {
			at = max(due, b.Clock())
		}
		t.Reset()
		if _, err := b.Decide(&t, booking.Advance{Meta: booking.Meta{At: at}, Jump: true}); err != nil {
			return nil, err
		}
		for i := range t.Events() {
			e := &t.Events()[i]
			if e.Kind() == booking.WaitlistPassed {
				continue // that nobody waits is found out at each change of hours, or late, once
			}
			story = append(story, fmt.Sprint(e.Kind(), e.Due(), e.Appointment(), e.Session(), e.Class(), e.Number()))
		}
		if err := b.Apply(&t); err != nil {
			return nil, err
		}
	}
}
