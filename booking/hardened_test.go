package booking_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// Each test here is a scenario that once broke a law of the Book.

func TestTheLastClassIsRefusedBeforeItReachesTheLog(t *testing.T) {
	b := newStage(t, plainRules())
	for i := range 1<<16 - 1 {
		b.done(booking.Introduce{Meta: b.meta(), Kind: booking.ClassName, Name: fmt.Sprint("c", i)})
	}
	require.Contains(t, b.outcome(booking.Introduce{Meta: b.meta(), Kind: booking.ClassName, Name: "one too many"}), "65535 classes")
}

// Who is here and is moved within the day by the hospital is here for the new time too, and never a no-show; on another day
// they have to come again.
func TestWhoIsHereStaysHere(t *testing.T) {
	for day, want := range map[string]booking.State{"10": booking.CheckedIn, "11": booking.Booked} {
		for _, move := range []bool{true, false} {
			b := newStage(t, plainRules())
			closing := b.open("closing", b.halfHours("10", "Dr Wang", 1, 1))
			o := b.halfHours(day, "Dr Wang", 4, 1)
			o.Slots, o.End = o.Slots[3:], on(day+" 13:00")
			b.open("other", o)
			id := b.take("Li", closing, 0)
			b.advance(on("10 07:50"))
			b.done(booking.CheckIn{Meta: b.meta(), Appointment: id})
			b.done(booking.CloseSession{Meta: b.meta(), Session: closing, AnswerBy: on("10 09:00"), Move: move})
			if !move {
				b.done(booking.Answer{Meta: b.meta(), Appointment: id, Accept: true})
			}
			require.Equal(t, want, b.state(id), "day %s, move %v", day, move)
			requireSnapshotRoundTrip(t, b.book)
			b.advance(on(day + " 13:00"))
			require.Equal(t, want == booking.Booked, b.state(id) == booking.NoShow)
		}
	}
}

// A move by the hospital can be given back without being late, under either rule; once the patient has chosen for
// themselves, the usual deadline holds.
func TestAMoveByTheHospitalIsNeverLate(t *testing.T) {
	for _, late := range []booking.LateCancel{booking.LateRecorded, booking.LateRefused} {
		r := plainRules()
		r.LateCancel = late
		b := newStage(t, r)
		closing := b.open("closing", b.halfHours("10", "Dr Wang", 1, 1))
		o := b.halfHours("11", "Dr Wang", 2, 1)
		o.CancelBy = on("02 08:00")
		other := b.open("other", o)
		id := b.take("Li", closing, 0)
		b.advance(on("03 08:00"))
		b.done(booking.CloseSession{Meta: b.meta(), Session: closing, AnswerBy: on("10 07:00"), Move: true})
		require.Equal(t, booking.Booked, b.state(id))
		b.done(booking.Cancel{Meta: b.meta(), Appointment: id, By: booking.ByPatient})
		require.False(t, b.last(booking.AppointmentCancelled).IsLate())
		own := b.take("Li", other, 1)
		if late == booking.LateRefused {
			b.refused(booking.TooLate, booking.Cancel{Meta: b.meta(), Appointment: own, By: booking.ByPatient})
		}
	}
}

// To go where one was offered a place is to accept it.
func TestReschedulingToTheOfferAcceptsIt(t *testing.T) {
	b := newStage(t, plainRules())
	closing := b.open("closing", b.halfHours("10", "Dr Wang", 1, 1))
	other := b.open("other", b.halfHours("11", "Dr Wang", 1, 1))
	id := b.take("Li", closing, 0)
	b.done(booking.CloseSession{Meta: b.meta(), Session: closing, AnswerBy: on("09 07:00")})
	b.done(booking.Reschedule{Meta: b.meta(), Appointment: id, Want: booking.Request{Slot: booking.Slot{Session: other}}})
	require.Equal(t, booking.Booked, b.state(id))
	b.advance(on("09 08:00"))
	require.Equal(t, booking.Booked, b.state(id))
}

// Level load sees a bundle's earlier legs, and not the unit of whoever moves: asking twice changes nothing.
func TestLevelLoadSeesWhatIsSupposed(t *testing.T) {
	b := newStage(t, plainRules())
	o := b.halfHours("10", "Dr Wang", 2, 2)
	o.Department = booking.Department(b.name(booking.DepartmentName, "heart"))
	b.open("s", o)
	ask := func(person string) booking.Request {
		q := b.request(person, 0, 0)
		q.Slot, q.Department, q.Policy = booking.Slot{}, o.Department, 2
		return q
	}
	first := b.done(booking.Bundle{Meta: b.meta(), As: booking.Booked, Requests: []booking.Request{ask("Li"), ask("Zhao")}}).Appointment
	at := func(id booking.Appointment) uint16 { v, _ := b.book.Appointment(id); return v.Slot.N }
	require.Equal(t, []uint16{0, 1}, []uint16{at(first), at(first + 1)})
	b.done(booking.Cancel{Meta: b.meta(), Appointment: first + 1, By: booking.ByPatient})
	for range 3 {
		require.Equal(t, "nothing", b.outcome(booking.Reschedule{Meta: b.meta(), Appointment: first, Want: ask("Li")}))
	}
}

// A clinic of numbers that is running can take those of one that closes.
func TestARunningCountedClinicIsOffered(t *testing.T) {
	b := newStage(t, plainRules())
	o := b.halfHours("10", "Dr Wang", 1, 9)
	o.Department = booking.Department(b.name(booking.DepartmentName, "heart"))
	o.Counted, o.Minutes = true, 240
	closing := b.open("wang", o)
	o.Resources = []booking.Resource{booking.Resource(b.name(booking.ResourceName, "Dr Zhou"))}
	running := b.open("zhou", o)
	id := b.take("Li", closing, 0)
	b.advance(on("10 09:00"))
	b.done(booking.CloseSession{Meta: b.meta(), Session: closing, AnswerBy: on("10 10:00")})
	v, _ := b.book.Appointment(id)
	require.Equal(t, booking.Slot{Session: running}, v.Slot)
}

func TestWhatOneSlipCannotDo(t *testing.T) {
	b := newStage(t, plainRules())
	held := b.hold("Li", b.open("s", b.halfHours("10", "Dr Wang", 1, 1)), 0)
	o := b.halfHours("11", "Dr Wang", 1, 1)
	o.End = on("10 23:00")
	require.Contains(t, b.outcome(booking.Open{Meta: b.meta(), Name: "ends before it starts", Opening: o}), "End")
	o.End, o.AddOns = 0, booking.MaxAddOns+1
	require.Contains(t, b.outcome(booking.Open{Meta: b.meta(), Name: "add-ons", Opening: o}), "AddOns 5001")
	require.Contains(t, b.outcome(booking.Retire{Meta: b.meta(), Before: slots.MustDate("9999-12-31")}), "days to come cannot be over")
	r := plainRules()
	r.Version, r.StepSeconds = 2, 3600
	b.book.Configure(mustRules(r))
	_, err := b.decide(booking.Adopt{Meta: booking.Meta{At: on("02 08:00")}})
	require.ErrorIs(t, err, booking.ErrStep)
	require.Equal(t, booking.Held, b.state(held))
}

// A session whose time is still to run is not over, though nobody booked it.
func TestRetireWaitsForSupplyToo(t *testing.T) {
	b := newStage(t, plainRules())
	b.open("s", b.halfHours("10", "Dr Wang", 1, 1))
	b.advance(on("10 08:00"))
	require.EqualValues(t, 1, b.refused(booking.NotTerminal, booking.Retire{Meta: b.meta(), Before: slots.MustDate("2026-11-11")}).Limit)
	b.advance(on("10 08:30"))
	b.done(booking.Retire{Meta: b.meta(), Before: slots.MustDate("2026-11-11")})
}

// What is listed can be booked at that instant: not before the clock, nor under rules that are not adopted.
func TestCandidatesKeepTheClock(t *testing.T) {
	b := newStage(t, plainRules())
	q := b.request("Li", b.open("s", b.halfHours("10", "Dr Wang", 1, 1)), 0)
	var batch booking.Batch
	list := func(at slots.Instant) error {
		_, err := b.book.Candidates(nil, &batch, q, at, 9)
		return err
	}
	require.NoError(t, list(b.now))
	require.ErrorIs(t, list(b.now-1), booking.ErrClock)
	require.ErrorIs(t, list(b.now+91*86400), booking.ErrStep)
	r := plainRules()
	r.Version = 2
	b.book.Configure(mustRules(r))
	require.ErrorIs(t, list(b.now), booking.ErrRules)
}

// No department is not a department that two sessions share.
func TestNoDepartmentIsNotTheSame(t *testing.T) {
	r := plainRules()
	r.Limits = booking.DefaultRules().Limits
	b := newStage(t, r)
	for _, machine := range []string{"CT", "MR"} {
		o := b.halfHours("10", machine, 4, 1)
		o.Department, o.Service = 0, 0
		if machine == "MR" {
			o.Slots = o.Slots[2:]
		}
		b.take("Li", b.open(machine, o), 0)
	}
}

// Keys stay safe over any span of time.
func TestKeysOutliveACentury(t *testing.T) {
	b := newStage(t, plainRules())
	s := b.open("s", b.halfHours("10", "Dr Wang", 1, 2))
	keyed := func(person string, key byte) booking.Take {
		m := b.meta()
		m.Key, m.Made = booking.Key{key}, b.now
		return booking.Take{Meta: m, Request: b.request(person, s, 0)}
	}
	b.done(keyed("Li", 1))
	b.now = slots.MustInstant("2200-01-01T00:00:00Z")
	b.done(booking.Advance{Meta: b.meta(), Jump: true})
	o := b.halfHours("10", "Dr Wang", 1, 2)
	o.Date, o.Start = slots.MustDate("2200-01-02"), b.now+86400
	s = b.open("later", o)
	c := keyed("Li", 2)
	first := b.done(c)
	again := b.done(c)
	require.True(t, again.Repeat)
	require.Equal(t, first.Appointment, again.Appointment)
}

// A damaged log that books more persons into a slot than a counter holds is refused, before the counter wraps.
func TestADamagedLogCannotWrapACounter(t *testing.T) {
	b := newStage(t, plainRules())
	s := b.open("s", b.halfHours("10", "Dr Wang", 1, 1))
	var batch booking.Batch
	_, err := b.book.Decide(&batch, booking.Take{Meta: b.meta(), Request: b.request("Li", s, 0)})
	require.NoError(t, err)
	one, err := batch.MarshalJSON()
	require.NoError(t, err)
	head, event, ok := strings.Cut(string(one), `"events":[`)
	require.True(t, ok)
	event = strings.TrimSuffix(event, "]}")
	var all strings.Builder
	all.WriteString(head + `"events":[`)
	for i := range 1 << 16 {
		if i > 0 {
			all.WriteByte(',')
		}
		all.WriteString(strings.Replace(event, `"appointment":1,`, fmt.Sprintf(`"appointment":%d,`, i+1), 1))
	}
	all.WriteString("]}")
	require.NoError(t, batch.UnmarshalJSON([]byte(all.String())))
	require.ErrorIs(t, b.book.Apply(&batch), booking.ErrBatch)
	x, _ := b.book.Slot(booking.Slot{Session: s})
	require.Equal(t, 1<<16-1, x.Taken)
	require.Zero(t, x.Room)
}
