package exam_test

import (
	"sort"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking/exam"
)

func solve(t require.TestingT, trip exam.Trip) exam.Answer {
	p, err := exam.NewProblem(trip)
	require.NoError(t, err)
	return p.Solve()
}

// byCode is the legs as brute force lists them.
func byCode(it exam.Itinerary) []exam.Offer {
	legs := append([]exam.Offer(nil), it.Legs...)
	sort.Slice(legs, func(i, j int) bool { return legs[i].Exam < legs[j].Exam })
	return legs
}

func requireSame(t require.TestingT, trip exam.Trip, want *bruteBest, a exam.Answer) {
	if want == nil {
		require.Equal(t, exam.Infeasible, a.Outcome)
		return
	}
	require.Equal(t, exam.Found, a.Outcome)
	require.True(t, a.Proven)
	require.Equal(t, want.days, a.Itinerary.Days)
	require.Equal(t, want.finish, a.Itinerary.FinishDay.Sub(trip.Offers[0].Day)*1440+a.Itinerary.FinishMinute)
	require.EqualValues(t, want.spans, a.Itinerary.SpanMinutes)
	require.Equal(t, want.offers, byCode(a.Itinerary))
}

func TestBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trip := smallTrip().Draw(t, "trip")
		requireSame(t, trip, brute(trip), solve(t, trip))
	})
}
