package booking_test

import (
	"crypto/sha256"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

func restingRules(restSeconds, spreadSeconds int64) booking.Rules {
	r := plainRules()
	r.RestSeconds, r.RestSpreadSeconds = restSeconds, spreadSeconds
	if spreadSeconds > 0 {
		r.RestSeed = [32]byte{3, 1, 4, 1, 5}
	}
	return r
}

// rested is how many units of a slot rest.
func (b *stage) rested(s booking.Session, n uint16) int {
	v, ok := b.book.Slot(booking.Slot{Session: s, N: n})
	require.True(b.t, ok)
	return v.Resting
}

// The draw is what its comment says, byte for byte, and comes about evenly over the whole of the spread.
func TestTheDrawOfARest(t *testing.T) {
	b := newStage(t, restingRules(100, 9))
	s := b.open("s", b.halfHours("10", "Dr Wang", 1, 1))
	var drawn [10]int
	for range 400 {
		id := b.take("Li", s, 0)
		b.done(booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
		until, ok := b.book.Wake()
		require.True(t, ok)
		message := make([]byte, 44)
		copy(message, []byte{3, 1, 4, 1, 5})
		binary.LittleEndian.PutUint32(message[32:], uint32(id))
		binary.LittleEndian.PutUint64(message[36:], uint64(b.now))
		sum := sha256.Sum256(message)
		require.EqualValues(t, 100+binary.LittleEndian.Uint64(sum[:])%10, until-b.now)
		drawn[until-b.now-100]++
		b.advance(until)
	}
	for n, times := range drawn {
		require.InDelta(t, 40, times, 25, "draw %d", n) // four standard deviations of a fair draw
	}
}

// What rests, and until when: by the way in which the unit came back.
func TestWhatRests(t *testing.T) {
	for _, c := range []struct {
		name  string
		leave func(b *stage, s booking.Session)
		want  [2]int // in the first two slots
	}{
		{"a cancellation by the hospital", func(b *stage, s booking.Session) {
			b.done(booking.Cancel{Meta: b.meta(), Appointment: b.take("Li", s, 0), By: booking.ByHospital})
		}, [2]int{1, 0}},
		{"an entry in error", func(b *stage, s booking.Session) {
			b.done(booking.Void{Meta: b.meta(), Appointment: b.take("Li", s, 0)})
		}, [2]int{1, 0}},
		{"a hold that lapsed", func(b *stage, s booking.Session) {
			b.hold("Li", s, 1)
			b.advance(b.now + slots.Instant(b.book.Rules().HoldSeconds))
		}, [2]int{0, 1}},
		{"an add-on, which is destroyed", func(b *stage, s booking.Session) {
			id := b.done(booking.AddOn{Meta: b.meta(), Request: b.request("Li", s, 0)}).Appointment
			b.done(booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
		}, [2]int{0, 0}},
		{"a run of two, each unit", func(b *stage, s booking.Session) {
			q := b.request("Li", s, 0)
			q.Count = 2
			b.done(booking.Cancel{Meta: b.meta(), Appointment: b.done(booking.Take{Meta: b.meta(), Request: q}).Appointment, By: booking.ByPatient})
		}, [2]int{1, 1}},
		{"a run moved by one: only what it left", func(b *stage, s booking.Session) {
			q := b.request("Li", s, 0)
			q.Count = 2
			id := b.done(booking.Take{Meta: b.meta(), Request: q}).Appointment
			b.done(booking.Reschedule{Meta: b.meta(), Appointment: id, Want: booking.Request{Slot: booking.Slot{Session: s, N: 1}}})
		}, [2]int{1, 0}},
		{"an offer declined", func(b *stage, s booking.Session) {
			closing := b.open("closing", b.halfHours("09", "Dr Wang", 1, 1))
			id := b.take("Li", closing, 0)
			b.done(booking.CloseSession{Meta: b.meta(), Session: closing, AnswerBy: b.now + 60})
			b.done(booking.Answer{Meta: b.meta(), Appointment: id})
		}, [2]int{1, 0}},
		{"an offer that lapsed", func(b *stage, s booking.Session) {
			closing := b.open("closing", b.halfHours("09", "Dr Wang", 1, 1))
			b.take("Li", closing, 0)
			b.done(booking.CloseSession{Meta: b.meta(), Session: closing, AnswerBy: b.now + 60})
			b.advance(b.now + 60)
		}, [2]int{1, 0}},
		{"a session that is closed has nothing at rest", func(b *stage, s booking.Session) {
			b.done(booking.Cancel{Meta: b.meta(), Appointment: b.take("Li", s, 0), By: booking.ByPatient})
			b.done(booking.CloseSession{Meta: b.meta(), Session: s, AnswerBy: b.now + 60})
			_, due := b.book.Wake()
			require.False(b.t, due)
		}, [2]int{0, 0}},
		{"nor one that has ended", func(b *stage, s booking.Session) {
			b.advance(on("10 07:55"))
			b.done(booking.Cancel{Meta: b.meta(), Appointment: b.take("Li", s, 1), By: booking.ByPatient})
			b.advance(on("10 10:00"))
		}, [2]int{0, 0}},
		{"nor what closed for booking", func(b *stage, s booking.Session) {
			id := b.take("Li", s, 0)
			b.advance(on("10 08:00"))
			b.done(booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByHospital})
		}, [2]int{0, 0}},
	} {
		b := newStage(t, restingRules(3600, 0))
		o := b.halfHours("10", "Dr Wang", 3, 1)
		o.AddOns, o.End = 1, on("10 10:00")
		if c.name == "a session that is closed has nothing at rest" {
			o.End = 0
		}
		s := b.open("s", o)
		c.leave(b, s)
		require.Equal(t, c.want, [2]int{b.rested(s, 0), b.rested(s, 1)}, c.name)
		require.Empty(t, b.book.Check(), c.name)
		requireSnapshotRoundTrip(t, b.book)
	}
}

// A rest is over at its second, not before; and at the close of its slot, whichever is first.
func TestTheSecondOfTheReturn(t *testing.T) {
	for _, c := range []struct {
		at, want slots.Instant
	}{{on("09 08:00"), on("09 09:00")}, {on("10 07:00"), on("10 08:00")}, {on("10 07:59"), on("10 08:00")}} {
		b := newStage(t, restingRules(3600, 0))
		s := b.open("s", b.halfHours("10", "Dr Wang", 1, 1))
		id := b.take("Li", s, 0)
		b.advance(c.at)
		b.done(booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByHospital})
		b.advance(c.want - 1)
		require.Equal(t, 1, b.rested(s, 0))
		b.refused(booking.Full, booking.Take{Meta: b.meta(), Request: b.request("Zhao", s, 0)})
		b.advance(c.want)
		require.Zero(t, b.rested(s, 0))
	}
}

// A reserve that loses a unit to a rest is reported short: for that long the class cannot count on it.
func TestARestShortensReserves(t *testing.T) {
	b := newStage(t, restingRules(3600, 0))
	o := b.halfHours("10", "Dr Wang", 2, 1)
	o.Quotas = []booking.Quota{{Class: b.class("app"), Reserve: 2}, {Class: b.class("elderly"), Reserve: 1}}
	s := b.open("s", o)
	q := b.request("Li", s, 0)
	id := b.done(booking.Take{Meta: b.meta(), Request: q}).Appointment
	var batch booking.Batch
	_, err := b.book.Decide(&batch, booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
	require.NoError(t, err)
	kinds := []booking.Kind{}
	for _, e := range batch.Events() {
		kinds = append(kinds, e.Kind())
	}
	require.Equal(t, []booking.Kind{booking.AppointmentCancelled, booking.UnitRested}, kinds, "app had one left of two, and one free: as before")

	b = newStage(t, restingRules(3600, 0))
	o.Quotas[0].Class, o.Quotas[1].Class = b.class("app"), b.class("elderly")
	o.Quotas[0].Reserve = 1
	o.Department, o.Service = 0, 0
	o.Resources = []booking.Resource{booking.Resource(b.name(booking.ResourceName, "Dr Wang"))}
	s = b.open("s", o)
	id = b.take("Li", s, 0)
	batch.Reset()
	_, err = b.book.Decide(&batch, booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
	require.NoError(t, err)
	first := batch.Events()[0]
	require.Equal(t, booking.ReserveShort, first.Kind(), "the one free unit is the app's again, not the elderly's")
	require.Equal(t, b.class("elderly"), first.Class())
	require.EqualValues(t, 1, first.Number())
}
