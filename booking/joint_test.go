package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// jointStage has a joint clinic of A with two physicians at 08:00 of the 10th.
func jointStage(t *testing.T, as booking.State, change func(n int, o *booking.Opening)) (*stage, []booking.Appointment) {
	b := newStage(t, plainRules())
	for i, who := range []string{"Dr Li", "Dr Wu"} {
		o := b.halfHours("10", who, 2, 1)
		if change != nil {
			change(i, &o)
		}
		b.open(who, o)
	}
	q := b.request("A", 1, 0)
	r := b.done(booking.Joint{Meta: b.meta(), As: as, Request: q, With: []booking.Leg{{Resource: 2}}})
	require.EqualValues(t, 2, r.Count)
	return b, []booking.Appointment{r.Appointment, r.Appointment + 1}
}

// Every command on one does it to both, whichever it is.
func TestJointStandsAndFallsTogether(t *testing.T) {
	for which := range 2 {
		for _, c := range []struct {
			as    booking.State
			at    slots.Instant
			steps []func(booking.Meta, booking.Appointment) booking.Command
			want  booking.State
		}{
			{booking.Held, on("01 08:01"), steps("pay"), booking.Booked},
			{booking.Booked, on("01 08:01"), steps("confirm"), booking.Confirmed},
			{booking.Booked, on("01 08:01"), steps("arrive"), booking.CheckedIn},
			{booking.Booked, on("01 08:01"), steps("arrive", "start"), booking.InConsultation},
			{booking.Booked, on("01 08:01"), steps("arrive", "start", "complete"), booking.Fulfilled},
			{booking.Booked, on("10 08:01"), steps("missed"), booking.NoShow},
			{booking.Booked, on("10 08:01"), steps("missed", "void"), booking.EnteredInError},
		} {
			b, ids := jointStage(t, c.as, nil)
			b.now = c.at
			for _, step := range c.steps {
				require.EqualValues(t, 2, b.done(step(b.meta(), ids[which])).Count)
			}
			for _, id := range ids {
				require.Equal(t, c.want, b.state(id))
			}
			require.Empty(t, b.book.Check())
		}
	}
}

func steps(names ...string) (list []func(booking.Meta, booking.Appointment) booking.Command) {
	for _, name := range names {
		list = append(list, storySteps[name])
	}
	return list
}

// A hold of both is over when the first of its slots closes for booking; then both lapse, at once.
func TestJointIsHeldUntilTheFirstCloses(t *testing.T) {
	b, ids := jointStage(t, booking.Held, func(n int, o *booking.Opening) {
		if n == 1 {
			o.Close = on("01 08:10")
		}
	})
	for _, id := range ids {
		v, _ := b.book.Appointment(id)
		require.Equal(t, on("01 08:10"), v.Until)
	}
	b.advance(on("01 08:10"))
	require.Equal(t, []booking.State{booking.Lapsed, booking.Lapsed}, []booking.State{b.state(ids[0]), b.state(ids[1])})
}

// The end of one session ends the visit: nobody came to either.
func TestJointEndsWithItsFirstSession(t *testing.T) {
	b, ids := jointStage(t, booking.Booked, func(n int, o *booking.Opening) {
		if n == 1 {
			o.End = on("10 09:00")
		}
	})
	b.advance(on("10 09:00"))
	require.Equal(t, []booking.State{booking.NoShow, booking.NoShow}, []booking.State{b.state(ids[0]), b.state(ids[1])})
}

// Declined, or not answered: both are given back, on the hospital's account.
func TestJointDisplacedIsGivenBackAsOne(t *testing.T) {
	for _, answers := range []bool{true, false} {
		b, ids := jointStage(t, booking.Booked, nil)
		require.EqualValues(t, 2, b.done(booking.CloseSession{Meta: b.meta(), Session: 2, AnswerBy: on("02 08:00"), Move: true}).Count)
		x, _ := b.book.Session(1)
		require.Equal(t, 2, x.Free, "the other physician has the number back at once")
		b.refused(booking.NoneFree, booking.Answer{Meta: b.meta(), Appointment: ids[0], Accept: true})
		if answers {
			b.done(booking.Answer{Meta: b.meta(), Appointment: ids[0]})
		}
		b.advance(on("02 08:00"))
		require.Equal(t, []booking.State{booking.Cancelled, booking.Cancelled}, []booking.State{b.state(ids[0]), b.state(ids[1])})
		require.Empty(t, b.book.Check())
	}
}

// Late for one of the two is late: where that is refused, neither is given back.
func TestJointIsLateTogether(t *testing.T) {
	r := plainRules()
	r.LateCancel = booking.LateRefused
	b, ids := jointStage(t, booking.Booked, func(n int, o *booking.Opening) {
		if n == 1 {
			o.CancelLeadMinutes = 24 * 60
		}
	})
	r.Version++
	b.book.Configure(mustRules(r))
	b.done(booking.Adopt{Meta: b.meta()})
	b.now = on("09 08:00")
	b.refused(booking.TooLate, booking.Cancel{Meta: b.meta(), Appointment: ids[0], By: booking.ByPatient})
	b.refused(booking.TooLate, booking.Reschedule{Meta: b.meta(), Appointment: ids[0], Want: booking.Request{Resource: 1, From: on("10 08:30")}})
}

// A move is of all, to one instant, with whom they were; where half of it fails, nothing moves. A move to where they are is none.
func TestJointMovesTogether(t *testing.T) {
	b, ids := jointStage(t, booking.Booked, nil)
	reply, err := b.do(booking.Reschedule{Meta: b.meta(), Appointment: ids[1], Want: booking.Request{Resource: 2, Until: on("10 08:30")}})
	require.NoError(t, err)
	require.Equal(t, booking.Nothing, reply.Outcome)
	taken := b.take("X", 2, 1)
	b.refused(booking.NoneFree, booking.Reschedule{Meta: b.meta(), Appointment: ids[0], Want: booking.Request{Slot: booking.Slot{Session: 1, N: 1}}})
	b.done(booking.Cancel{Meta: b.meta(), Appointment: taken, By: booking.ByPatient})
	b.done(booking.Reschedule{Meta: b.meta(), Appointment: ids[0], Want: booking.Request{Slot: booking.Slot{Session: 1, N: 1}}})
	for i, id := range ids {
		v, _ := b.book.Appointment(id)
		require.Equal(t, booking.Slot{Session: booking.Session(i + 1), N: 1}, v.Slot)
	}
	require.Equal(t, ids, b.book.Linked(nil, ids[1]))
	require.Empty(t, b.book.Linked(nil, taken))
	_, err = b.decide(booking.Reschedule{Meta: b.meta(), Appointment: ids[0], Want: booking.Request{Resource: 1, Policy: 1}})
	require.ErrorContains(t, err, "Policy 1")
}

// What is sought together allocates nothing once its memory is there, nor does a request for any of several.
func TestTogetherAllocatesNothing(t *testing.T) {
	b := newStage(t, plainRules())
	for _, who := range []string{"Dr Li", "Dr Wu"} {
		for _, day := range []string{"10", "11", "12"} {
			b.open(who+day, b.halfHours(day, who, 8, 4))
		}
	}
	q := b.request("A", 0, 0)
	q.AnyOf, _ = booking.NewResourceSet(1, 2)
	var batch booking.Batch
	for name, c := range map[string]booking.Command{
		"any of":  booking.Take{Meta: b.meta(), Request: q},
		"joint":   booking.Joint{Meta: b.meta(), As: booking.Booked, Request: q, With: []booking.Leg{{Resource: 2}}},
		"series":  booking.Series{Meta: b.meta(), As: booking.Booked, Request: q, Visits: 3, EveryDays: 1},
		"family":  booking.Bundle{Meta: b.meta(), As: booking.Held, WithinMinutes: 60, Requests: []booking.Request{q, b.request("B", 1, 1)}},
		"weekday": booking.Take{Meta: b.meta(), Request: with(q, func(q *booking.Request) { q.Weekdays = slots.WeekdaysOf(slots.Thursday) })},
	} {
		run := func() {
			batch.Reset()
			if r, err := b.book.Decide(&batch, c); err != nil || r.Outcome != booking.Done {
				panic(name)
			}
		}
		for range 3 {
			run()
		}
		require.Zero(t, testing.AllocsPerRun(50, run), name)
	}
}
