package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// substitute is one for a session, answered by a minute later.
func (b *stage) substitute(session booking.Session, grade slots.Grade, who ...string) booking.Substitute {
	c := booking.Substitute{Meta: b.meta(), Session: session, Grade: grade, AnswerBy: b.now + 60}
	for _, name := range who {
		c.Resources = append(c.Resources, booking.Resource(b.name(booking.ResourceName, name)))
	}
	return c
}

// staffed is a clinic of a chief with one appointment in each state that may meet a substitute.
func staffed(t tester) (b *stage, session booking.Session, ids map[string]booking.Appointment) {
	b = newStage(t, plainRules())
	o := b.halfHours("10", "Dr Wang", 6, 1)
	o.AddOns = 1
	session = b.open("wang/10", o)
	ids = map[string]booking.Appointment{"booked": b.take("A", session, 0), "confirmed": b.take("B", session, 1), "here": b.take("C", session, 2),
		"inside": b.take("D", session, 3), "held": b.hold("E", session, 4)}
	ids["add-on"] = b.done(booking.AddOn{Meta: b.meta(), Request: b.request("F", session, 5)}).Appointment
	b.done(booking.Confirm{Meta: b.meta(), Appointment: ids["confirmed"]})
	b.done(booking.CheckIn{Meta: b.meta(), Appointment: ids["here"]})
	b.done(booking.CheckIn{Meta: b.meta(), Appointment: ids["inside"]})
	b.done(booking.Start{Meta: b.meta(), Appointment: ids["inside"]})
	return b, session, ids
}

// Who is asked when the grade falls, and what becomes of each.
func TestSubstituteAsksWhomItConcerns(t *testing.T) {
	b, session, ids := staffed(t)
	before, _ := b.book.Session(session)
	require.EqualValues(t, 3, b.done(b.substitute(session, slots.Attending, "Dr Zhou")).Count)
	after, _ := b.book.Session(session)
	require.Equal(t, slots.Attending, after.Grade)
	require.Equal(t, before.Free, after.Free, "no unit is free that was not")
	for name, want := range map[string]booking.State{"booked": booking.Displaced, "confirmed": booking.Displaced, "here": booking.CheckedIn,
		"inside": booking.InConsultation, "held": booking.Held, "add-on": booking.Displaced} {
		v, _ := b.book.Appointment(ids[name])
		require.Equal(t, want, v.State, name)
		require.Equal(t, session, v.Slot.Session, name)
		require.Equal(t, want == booking.Displaced, v.From == v.Slot, name)
		require.Equal(t, name == "add-on", v.AddOn, name)
	}
	b.done(booking.CheckIn{Meta: b.meta(), Appointment: ids["booked"]})
	require.Equal(t, booking.CheckedIn, b.state(ids["booked"]), "who comes accepts")
	b.done(booking.Answer{Meta: b.meta(), Appointment: ids["add-on"], Accept: true})
	v, _ := b.book.Appointment(ids["add-on"])
	require.True(t, v.AddOn)
	b.advance(b.now + 60)
	require.Equal(t, booking.Cancelled, b.state(ids["confirmed"]), "no answer")
	require.Empty(t, b.book.Check())
	requireSnapshotRoundTrip(t, b.book)
}

// The same or a higher grade asks nobody; the same people with the same grade are nothing.
func TestSubstituteAsksNobody(t *testing.T) {
	b, session, ids := staffed(t)
	for _, c := range []booking.Substitute{b.substitute(session, slots.Chief, "Dr Zhou", "Room 3"), b.substitute(session, slots.Chief)} {
		c.AnswerBy = 0
		require.Zero(t, b.done(c).Count)
		require.Equal(t, booking.Confirmed, b.state(ids["confirmed"]))
		require.Equal(t, c.Resources, b.book.Resources(nil, session))
	}
	b.done(b.substitute(session, slots.Chief, "Dr Zhou", "Room 3"))
	reply, err := b.do(b.substitute(session, slots.Chief, "Room 3", "Dr Zhou"))
	require.NoError(t, err)
	require.Equal(t, booking.Nothing, reply.Outcome, "in another order")
}

// Each part of a Substitute that can be wrong is named.
func TestBadSubstitutes(t *testing.T) {
	b, session, _ := staffed(t)
	zhou := booking.Resource(b.name(booking.ResourceName, "Dr Zhou"))
	for want, change := range map[string]func(*booking.Substitute){
		"Session 9":                         func(c *booking.Substitute) { c.Session = 9 },
		"Resources: 17":                     func(c *booking.Substitute) { c.Resources = make([]booking.Resource, 17) },
		"Resources[1] 99: not introduced":   func(c *booking.Substitute) { c.Resources = []booking.Resource{zhou, 99} },
		"Resources[0] 0: not introduced":    func(c *booking.Substitute) { c.Resources = []booking.Resource{0} },
		"twice":                             func(c *booking.Substitute) { c.Resources = []booking.Resource{zhou, zhou} },
		"Grade 9":                           func(c *booking.Substitute) { c.Grade = 9 },
		"AnswerBy 0: want an instant":       func(c *booking.Substitute) { c.AnswerBy = 0 },
		"want an instant after At and befo": func(c *booking.Substitute) { c.AnswerBy = c.At },
	} {
		c := b.substitute(session, slots.Attending, "Dr Zhou")
		change(&c)
		_, err := b.decide(c)
		require.ErrorIs(t, err, booking.ErrCommand, want)
		require.ErrorContains(t, err, want)
	}
	b.done(booking.CloseSession{Meta: b.meta(), Session: session, AnswerBy: b.now + 60})
	reply, err := b.decide(b.substitute(session, slots.Attending, "Dr Zhou"))
	require.NoError(t, err)
	require.Equal(t, booking.SessionGone, reply.Refusal.Reason)
}

// A session is found under who is there now, and limits by physician go by that too.
func TestSubstituteMovesTheSession(t *testing.T) {
	r := plainRules()
	r.Limits = []booking.Limit{{Name: "one a physician", Who: booking.PerPerson, Same: booking.SameResource, Of: booking.OpenVisits, Max: 1}}
	b := newStage(t, r)
	first := b.open("wang/10", b.halfHours("10", "Dr Wang", 2, 1))
	second := b.open("zhou/11", b.halfHours("11", "Dr Zhou", 2, 1))
	b.take("Li", first, 0)
	listed := func(who string) (found []booking.Session) {
		q := b.request("Sun", first, 0)
		q.Slot, q.Resource = booking.Slot{}, booking.Resource(b.name(booking.ResourceName, who))
		list, err := b.book.Candidates(nil, &booking.Batch{}, q, b.now, 9)
		require.NoError(t, err)
		for _, c := range list {
			found = append(found, c.Slot.Session)
		}
		return found
	}
	require.Equal(t, []booking.Session{first}, listed("Dr Wang"))
	b.done(b.substitute(first, slots.Chief, "Dr Zhou"))
	require.Empty(t, listed("Dr Wang"))
	require.Equal(t, []booking.Session{first, second, second}, listed("Dr Zhou"))
	reply, err := b.decide(booking.Take{Meta: b.meta(), Request: b.request("Li", second, 0)})
	require.NoError(t, err)
	require.Equal(t, booking.LimitReached, reply.Refusal.Reason, "both are Dr Zhou's now")
	day := []slots.Instant{on("10 00:00"), on("12 00:00")}
	require.Equal(t, []booking.Session{first, second}, b.book.SessionsOf(nil, booking.Resource(b.name(booking.ResourceName, "Dr Zhou")), day[0], day[1]))
	require.Empty(t, b.book.SessionsOf(nil, booking.Resource(b.name(booking.ResourceName, "Dr Wang")), day[0], day[1]))
	require.Empty(t, b.book.SessionsOf(nil, 99, day[0], day[1]))
}

// Whoever waits for the one who comes is looked at; a closing offers who is asked, but never moves them, even with Move.
func TestClosingAfterSubstitute(t *testing.T) {
	b := newStage(t, plainRules())
	session := b.open("wang/10", b.halfHours("10", "Dr Wang", 2, 1))
	o := b.halfHours("11", "Dr Zhou", 2, 1)
	o.Grade = slots.Attending
	b.open("zhou/11", o)
	asked, late := b.take("Li", session, 0), b.take("Sun", session, 1)
	b.done(b.substitute(session, slots.Attending, "Dr Zhou"))
	b.done(booking.Answer{Meta: b.meta(), Appointment: late, Accept: true})
	b.done(booking.CloseSession{Meta: b.meta(), Session: session, AnswerBy: b.now + 60, Move: true})
	require.Equal(t, booking.Displaced, b.state(asked))
	require.Equal(t, booking.Booked, b.state(late))
}

// Substituting and substituting back leaves the digest as it was, where nobody has been asked.
func TestSubstituteAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBook(t, 20)
		v, _ := b.book.Session(2)
		was, before := b.book.Resources(nil, 2), b.book.Digest()
		reply, err := b.do(b.substitute(2, slots.Chief, "Dr Zhou"))
		if err != nil || reply.Outcome != booking.Done || v.Grade != slots.Chief {
			t.Skip("closed, or nothing to do")
		}
		require.NotEqual(t, before, b.book.Digest())
		back := booking.Substitute{Meta: b.meta(), Session: 2, Resources: was, Grade: v.Grade}
		b.done(back)
		require.Equal(t, before, b.book.Digest())
	})
}

// substituteKinds has somebody of a lower grade come into a clinic of everyKind's.
func substituteKinds(b *stage) {
	b.advance(b.now)
	b.done(b.substitute(booking.Session(b.book.Find(booking.SessionName, "zhou/20")), slots.Attending, "Dr Zhao", "Room 3")) // SessionStaffed
}
