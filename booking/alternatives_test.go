package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
)

// What the machine of bookingtest compares with a naive search is not repeated here: this is about the edges of the three queries.

func TestLikeness(t *testing.T) {
	require.False(t, booking.Likeness(0).IsValid())
	require.Equal(t, "Likeness(0)", booking.Likeness(0).String())
	require.False(t, (booking.OnWaitlist + 1).IsValid())
	require.Equal(t, "other time", booking.OtherTime.String())
	require.Equal(t, "on the waitlist", booking.OnWaitlist.String())
}

// The three queries are asked like Candidates: they say ErrDue, ErrClock and so on, and a limit of nothing is nothing.
func TestQueriesRefuseMisuse(t *testing.T) {
	b := newStage(t, displacing())
	o := b.halfHours("10", "Dr Wang", 2, 1)
	o.Release = on("02 08:00")
	s := b.open("a", o)
	q := b.emergency("Dai", s, 0)
	seeks := q
	seeks.Slot, seeks.Department = booking.Slot{}, 1
	ask := func(q booking.Request, late int64, limit int) (found int, all []error) {
		at := b.now
		if late != 0 {
			at = on("01 08:00") + 1
			at = at - 1 + o.Release - on("01 08:00")
		}
		var t booking.Batch
		plans, err := b.book.Displacements(nil, &t, q, at, limit)
		others, err2 := b.book.Alternatives(nil, &t, q, at, limit)
		obstacles, err3 := b.book.Obstacles(nil, &t, seeks, at)
		return len(plans) + len(others) + len(obstacles), []error{err, err2, err3}
	}
	_, errs := ask(q, 1, 9)
	for _, err := range errs {
		require.ErrorIs(t, err, booking.ErrDue)
	}
	found, errs := ask(q, 0, 9)
	require.Equal(t, []error{nil, nil, nil}, errs)
	require.Equal(t, 1, found, "not released")
	_, err := b.book.Obstacles(nil, &booking.Batch{}, q, b.now)
	require.ErrorContains(t, err, "Slot: want none named")
	b.advance(o.Release)
	found, _ = ask(q, 0, 0)
	require.Zero(t, found)
	found, _ = ask(q, 0, 1)
	require.Equal(t, 1, found, "the other half-hour")
	b.done(booking.Restrict{Meta: b.meta(), Person: b.person("Li"), Until: b.now + 60})
	others, err := b.book.Alternatives(nil, &booking.Batch{}, b.request("Li", s, 0), b.now, 9)
	require.NoError(t, err)
	require.Empty(t, others, "whoever is suspended can have nothing else either")
}

// Of what is equally near the earlier comes first, and nothing is looked for further than AlternativeDays.
func TestAlternativesAreNearest(t *testing.T) {
	r := plainRules()
	r.StepSeconds = 90 * 86400
	b := newStage(t, r)
	s := b.open("a", b.halfHours("15", "Dr Wang", 1, 0))
	for name, day := range map[string]string{"before": "14", "after": "16", "far": "19"} {
		b.open(name, b.halfHours(day, "Dr Wang", 1, 1))
	}
	edge, beyond := b.halfHours("15", "Dr Wang", 1, 1), b.halfHours("15", "Dr Wang", 1, 1)
	edge.Date, edge.Start = edge.Date.AddDays(booking.AlternativeDays), edge.Start+booking.AlternativeDays*86400
	beyond.Date, beyond.Start = edge.Date, edge.Start+1
	b.open("edge", edge)
	b.open("beyond", beyond)
	list, err := b.book.Alternatives(nil, &booking.Batch{}, b.request("Li", s, 0), b.now, 9)
	require.NoError(t, err)
	var names []string
	for _, x := range list {
		require.Equal(t, booking.OtherDay, x.Likeness)
		names = append(names, b.book.Name(booking.SessionName, uint32(x.Candidate.Slot.Session)))
	}
	require.Equal(t, []string{"before", "after", "far", "edge"}, names)
}
