package bookingtest

import (
	"bytes"
	"errors"
	"fmt"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// machine drives a Subject and a Model side by side.
type machine struct {
	subject  Subject
	model    *Model
	rules    *booking.Rules
	choosers map[string]Chooser
	log      booking.Log
	replica  *booking.Book // what the log's bytes make, batch by batch
	batch    booking.Batch
	scratch  booking.Batch
	coverage *Coverage
	keyed    []booking.Command // commands under a key, for retries
	names    int               // sessions named so far
	fault    error             // the first difference
	trace    []string
}

// do has both decide a command and, where it is done, carry it out; and checks the laws of one decision.
func (m *machine) do(c booking.Command) booking.Reply {
	if m.fault != nil {
		return booking.Reply{}
	}
	before := m.subject.Snapshot(nil)
	m.batch.Reset()
	reply, err := m.subject.Decide(&m.batch, c)
	m.trace = append(m.trace, fmt.Sprintf("%T%+v\n    → %+v %v", c, c, reply, err))
	m.coverage.note(reply, &m.batch)
	want, wantErr := m.model.Do(c)
	applies := err == nil && reply.Outcome == booking.Done && !reply.Repeat
	switch {
	case !bytes.Equal(before, m.subject.Snapshot(nil)):
		m.fail("Decide wrote to the book")
	case !sameError(err, wantErr):
		m.fail("error %v, the model's is %v", err, wantErr)
	case reply != want:
		m.fail("reply\n  book  %+v\n  model %+v", reply, want)
	case applies != (m.batch.Len() > 0):
		m.fail("%d events for reply %+v", m.batch.Len(), reply)
	case applies:
		m.apply()
	}
	return reply
}

func sameError(have, want error) bool {
	if have == nil || want == nil {
		return have == nil && want == nil
	}
	return errors.Is(have, want)
}

// apply logs and applies the batch, after its round trips.
func (m *machine) apply() {
	var shorts []Short
	late := false
	for i := range m.batch.Events() {
		e := &m.batch.Events()[i]
		if e.Kind() == booking.ReserveShort {
			shorts = append(shorts, Short{e.Session(), e.Class(), int(e.Number())})
		}
		late = late || e.IsLate()
	}
	if late != m.model.Late() {
		m.fail("recorded late %v, the model's is %v", late, m.model.Late())
		return
	}
	if fmt.Sprint(shorts) != fmt.Sprint(m.model.Shorts()) {
		m.fail("reserves reported short %v, the model's are %v", shorts, m.model.Shorts())
		return
	}
	if reminded := remindersOf(&m.batch); fmt.Sprint(reminded) != fmt.Sprint(m.model.Reminded()) {
		m.fail("reminded %v, the model's are %v", reminded, m.model.Reminded())
		return
	}
	decoded, err := roundTrips(&m.batch)
	if err != nil {
		m.fail("%w", err)
		return
	}
	if err := errors.Join(m.log.Append(&m.batch), m.subject.Apply(&m.batch), m.replica.Apply(decoded)); err != nil {
		m.fail("a batch that Decide gave: %w", err)
	}
}

// roundTrips: a batch is what its JSON form and its binary form say. It returns the one that the binary form makes.
func roundTrips(t *booking.Batch) (*booking.Batch, error) {
	want, err := t.AppendBinary(nil)
	if err != nil {
		return nil, err
	}
	text, err := t.MarshalJSON()
	if err != nil {
		return nil, err
	}
	var fromText, fromBinary booking.Batch
	if err := errors.Join(fromText.UnmarshalJSON(text), fromBinary.UnmarshalBinary(want)); err != nil {
		return nil, err
	}
	a, _ := fromText.AppendBinary(nil)
	b, _ := fromBinary.AppendBinary(nil)
	if !bytes.Equal(a, want) || !bytes.Equal(b, want) {
		return nil, fmt.Errorf("batch changed by a round trip: %s", text)
	}
	return &fromBinary, nil
}

func (m *machine) fail(format string, args ...any) {
	if m.fault == nil {
		m.fault = fmt.Errorf(format, args...)
	}
}

// stamp draws an instant for the next command, not before the clock: the clock itself, one of the next boundaries, a second
// before one, or some time later.
func (m *machine) stamp(t *rapid.T) sl.Instant {
	clock := max(m.subject.Clock(), 1)
	near := m.model.boundaries(3)
	switch how := between(t, 0, 19, "when"); {
	case how < 12 || len(near) == 0 && how < 19:
		return clock
	case how < 15:
		return clock + sl.Instant(between(t, 1, 900, "seconds"))
	case how < 19:
		return max(clock, pick(t, near, "boundary")-sl.Instant(between(t, 0, 1, "before")))
	}
	return clock + sl.Instant(between(t, 1, 5, "hours"))*3600
}

// catchUp advances both to an instant, as a host must.
func (m *machine) catchUp(now sl.Instant) {
	for m.fault == nil {
		at, ok := m.model.Wake()
		if !ok || at > now {
			return
		}
		if m.do(booking.Advance{Meta: booking.Meta{At: now}, Jump: true}).Outcome != booking.Done {
			return
		}
	}
}

// at draws a stamp and catches up with it.
func (m *machine) at(t *rapid.T) booking.Meta {
	now := m.stamp(t)
	m.catchUp(now)
	return booking.Meta{At: now}
}
