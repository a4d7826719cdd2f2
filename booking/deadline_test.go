package booking_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// What happens, or stops to be possible, at the very second.

// last is the last event of a kind in the log.
func (b *stage) last(k booking.Kind) *booking.Event {
	var last booking.Event
	for batch, err := range b.log.All() {
		require.NoError(b.t, err)
		for _, e := range batch.Events() {
			if e.Kind() == k {
				last = e
			}
		}
	}
	require.Equal(b.t, k, last.Kind(), "no %v in the log", k)
	return &last
}

func (b *stage) until(id booking.Appointment) slots.Instant {
	v, ok := b.book.Appointment(id)
	require.True(b.t, ok)
	return v.Until
}

// inClinic takes a number at 08:00 for a patient in one of two half-hours, with free cancellation until the evening before.
func inClinic(t tester, late booking.LateCancel) (*stage, booking.Appointment) {
	r := plainRules()
	r.LateCancel = late
	b := newStage(t, r)
	o := b.halfHours("10", "Dr Wang", 2, 1)
	o.CancelBy = on("09 15:00")
	b.open("wang/11", b.halfHours("11", "Dr Wang", 2, 1))
	return b, b.take("Li", b.open("wang/10", o), 0)
}

func TestWhoIsHereIsNeverLate(t *testing.T) {
	for _, late := range []booking.LateCancel{booking.LateRecorded, booking.LateRefused} {
		b, id := inClinic(t, late)
		b.advance(on("10 07:50"))
		b.done(booking.CheckIn{Meta: b.meta(), Appointment: id})
		b.advance(on("10 08:10"))
		b.done(booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
		require.False(t, b.last(booking.AppointmentCancelled).IsLate())
	}
}

func TestMovesAreLateAsCancellationsAre(t *testing.T) {
	move := func(b *stage, id booking.Appointment) booking.Command {
		return booking.Reschedule{Meta: b.meta(), Appointment: id, Want: booking.Request{Slot: booking.Slot{Session: 1}}}
	}
	for at, want := range map[string]string{"09 14:59": "free", "09 15:00": "late", "10 08:29": "late", "10 08:30": "too late"} {
		b, id := inClinic(t, booking.LateRecorded)
		b.advance(on(at))
		if want == "too late" {
			require.Equal(t, on("10 08:30"), b.refused(booking.TooLate, move(b, id)).Until)
			b.done(booking.MarkNoShow{Meta: b.meta(), Appointment: id}) // it hides nothing
			continue
		}
		b.done(move(b, id))
		require.Equal(t, want == "late", b.last(booking.AppointmentRescheduled).IsLate(), at)
	}
	b, id := inClinic(t, booking.LateRefused)
	b.advance(on("09 15:00"))
	require.Equal(t, on("09 15:00"), b.refused(booking.TooLate, move(b, id)).Until)
}

// Giving back a visit whose time is over would hide a no-show; the hospital may still clear it away.
func TestNobodyGivesBackAVisitThatIsOver(t *testing.T) {
	b, id := inClinic(t, booking.LateRecorded)
	b.advance(on("10 08:29"))
	cancel := func(by booking.Party) booking.Command {
		return booking.Cancel{Meta: b.meta(), Appointment: id, By: by}
	}
	b.advance(on("10 08:30"))
	require.Equal(t, on("10 08:30"), b.refused(booking.TooLate, cancel(booking.ByPatient)).Until)
	b.done(cancel(booking.ByHospital))
}

// A counted number's time is the session's: until noon its holder may still move, though their stay was to begin at eight.
func TestACountedVisitIsOverWithItsSession(t *testing.T) {
	for at, want := range map[string]string{"10 11:59": "done", "10 12:00": "too late"} {
		b := newStage(t, plainRules())
		o := b.halfHours("10", "Dr Wang", 1, 3)
		o.Counted, o.Minutes = true, 240
		id := b.take("Li", b.open("s", o), 0)
		next := b.open("t", b.halfHours("11", "Dr Wang", 1, 1))
		b.advance(on(at))
		require.Equal(t, want, b.outcome(booking.Reschedule{Meta: b.meta(), Appointment: id, Want: booking.Request{Slot: booking.Slot{Session: next}}}))
	}
}

// A hold is over when its slot closes for booking, though the rules would give it longer; also when it was moved there.
func TestHoldsEndWithTheirSlot(t *testing.T) {
	b := newStage(t, plainRules()) // holds of fifteen minutes
	o := b.halfHours("10", "Dr Wang", 2, 2)
	o.LeadMinutes = 20
	s := b.open("s", o)
	b.advance(on("10 07:30"))
	id := b.hold("Li", s, 0)
	require.Equal(t, on("10 07:40"), b.until(id))
	require.Equal(t, on("10 07:40"), b.last(booking.AppointmentHeld).Until())
	moved := b.hold("Zhao", s, 1)
	require.Equal(t, on("10 07:45"), b.until(moved))
	move := func(n uint16) {
		b.done(booking.Reschedule{Meta: b.meta(), Appointment: moved, Want: booking.Request{Slot: booking.Slot{Session: s, N: n}}})
	}
	move(0)
	require.Equal(t, on("10 07:40"), b.until(moved))
	require.Equal(t, on("10 07:40"), b.last(booking.AppointmentRescheduled).Until())
	move(1)
	require.Equal(t, on("10 07:40"), b.until(moved)) // a move lengthens no hold
	requireSnapshotRoundTrip(t, b.book)
	b.advance(on("10 07:40"))
	require.Equal(t, []booking.State{booking.Lapsed, booking.Lapsed}, []booking.State{b.state(id), b.state(moved)})
}

// A session that ends before its last slots close, say at a fire drill: what waits there waits for nothing.
func TestSessionsEndLapsesWhatWaits(t *testing.T) {
	b := newStage(t, plainRules())
	o := b.halfHours("10", "Dr Wang", 4, 1)
	closing := b.open("closing", o)
	o.End = on("10 08:10")
	ending := b.open("ending", o)
	offered := b.take("Li", closing, 3)
	b.advance(on("10 08:05"))
	held := b.hold("Zhao", ending, 1)
	b.done(booking.CloseSession{Meta: b.meta(), Session: closing, AnswerBy: on("11 00:00")})
	v, _ := b.book.Appointment(offered)
	require.Equal(t, booking.Slot{Session: ending, N: 3}, v.Slot)
	require.Equal(t, on("10 09:30"), v.Until)

	b.now = on("10 08:12") // late: the events say when it was due
	b.done(booking.Advance{Meta: b.meta()})
	require.Equal(t, []booking.State{booking.Lapsed, booking.Cancelled}, []booking.State{b.state(held), b.state(offered)})
	for _, k := range []booking.Kind{booking.HoldLapsed, booking.OfferLapsed, booking.SessionEnded} {
		require.Equal(t, on("10 08:10"), b.last(k).Due(), "%v", k)
	}
	require.Empty(t, b.book.Check())
	_, waits := b.book.Wake()
	require.False(t, waits)
}

// Reasons says each reason once, and full where what is open has no room: nothing is reserved then.
func TestReasonsOnce(t *testing.T) {
	b := newStage(t, plainRules())
	o := b.halfHours("10", "Dr Wang", 2, 1)
	o.Quotas = []booking.Quota{{Class: b.class("elderly"), Reserve: 2}}
	s := b.open("s", o)
	why := func(person string) (list []string) {
		var batch booking.Batch
		reasons, err := b.book.Reasons(nil, &batch, b.request(person, s, 0), b.now)
		require.NoError(t, err)
		for _, r := range reasons {
			list = append(list, r.Reason.String())
		}
		return list
	}
	require.Equal(t, []string{"reserved for others"}, why("Zhao"))
	for n := range 2 {
		q := b.request("Li", s, n)
		q.Bear = b.bear("app", "elderly")
		b.done(booking.Take{Meta: b.meta(), Request: q})
	}
	require.Equal(t, []string{"full"}, why("Zhao"))
	require.Equal(t, []string{"full", "two places"}, why("Li"))
	b.advance(on("10 08:00"))
	require.Equal(t, []string{"booking closed", "full"}, why("Zhao"))
}

// A slot beyond an existing session is no run of it, whoever asks; but what else is wrong with the session comes first.
func TestASlotBeyondTheSession(t *testing.T) {
	b := newStage(t, plainRules())
	o := b.halfHours("10", "Dr Wang", 2, 1)
	o.Release = on("03 20:00")
	s := b.open("s", o)
	take := func() booking.Command { return booking.Take{Meta: b.meta(), Request: b.request("Li", s, 2)} }
	b.refused(booking.NotReleased, take())
	b.advance(on("03 20:00"))
	require.EqualValues(t, 2, b.refused(booking.RunBroken, take()).Limit)
	var batch booking.Batch
	reasons, err := b.book.Reasons(nil, &batch, b.request("Li", s, 2), b.now)
	require.NoError(t, err)
	require.Equal(t, []booking.Refusal{{Reason: booking.RunBroken, Limit: 2}}, reasons)
	b.done(booking.CloseSession{Meta: b.meta(), Session: s, AnswerBy: b.now + 60})
	b.refused(booking.SessionGone, take())
}

// A log that says otherwise is damaged: a hold and an open offer have a deadline, and what is booked has none.
func TestApplyWantsTheDeadlinesThatThereMustBe(t *testing.T) {
	b := newStage(t, plainRules())
	s := b.open("s", b.halfHours("10", "Dr Wang", 3, 1))
	b.open("t", b.halfHours("11", "Dr Wang", 3, 1))
	held, booked := b.hold("Li", s, 0), b.take("Zhao", s, 1)
	to := booking.Request{Slot: booking.Slot{Session: s, N: 2}}
	until := regexp.MustCompile(`,"until":"[^"]*"`)
	for name, c := range map[string]booking.Command{
		"a hold":            booking.Hold{Meta: b.meta(), Request: b.request("Qian", s, 2)},
		"a hold that moves": booking.Reschedule{Meta: b.meta(), Appointment: held, Want: to},
		"a move":            booking.Reschedule{Meta: b.meta(), Appointment: booked, Want: to},
		"an offer":          booking.CloseSession{Meta: b.meta(), Session: s, AnswerBy: b.now + 60},
		"moved at once":     booking.CloseSession{Meta: b.meta(), Session: s, AnswerBy: b.now + 60, Move: true},
	} {
		var batch booking.Batch
		_, err := b.book.Decide(&batch, c)
		require.NoError(t, err, name)
		text, err := batch.MarshalJSON()
		require.NoError(t, err)
		apply := func(text []byte) error {
			var again booking.Batch
			require.NoError(t, again.UnmarshalJSON(text), name)
			book, err := booking.Restore(b.book.Rules(), b.book.Snapshot(nil))
			require.NoError(t, err)
			return book.Apply(&again)
		}
		require.NoError(t, apply(text), name)
		other := `,"until":""`
		if name == "a move" || name == "moved at once" {
			other = `,"until":"2026-11-09T00:00:00Z"`
		}
		damaged := until.ReplaceAll(text, []byte(other))
		require.NotEqual(t, string(text), string(damaged), name)
		require.ErrorIs(t, apply(damaged), booking.ErrBatch, name)
	}
}
