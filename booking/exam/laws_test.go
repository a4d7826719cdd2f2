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

// The order of every list means nothing.
func TestOrderFree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trip := smallTrip().Draw(t, "trip")
		mixed := trip
		mixed.Exams = rapid.Permutation(trip.Exams).Draw(t, "exams")
		mixed.Offers = rapid.Permutation(trip.Offers).Draw(t, "offers")
		mixed.Precedences = rapid.Permutation(trip.Precedences).Draw(t, "precedences")
		mixed.Separations = rapid.Permutation(trip.Separations).Draw(t, "separations")
		for i := range mixed.Separations {
			mixed.Separations[i].A, mixed.Separations[i].B = mixed.Separations[i].B, mixed.Separations[i].A
		}
		if w := trip.WalkMinutes; len(w) == 2 {
			mixed.Sites = []string{trip.Sites[1], trip.Sites[0]}
			mixed.WalkMinutes = [][]int{{w[1][1], w[1][0]}, {w[0][1], w[0][0]}}
		}
		require.Equal(t, solve(t, trip), solve(t, mixed))
	})
}

// One more offer never makes the answer worse.
func TestMoreOffersNeverWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trip := smallTrip().Draw(t, "trip")
		if len(trip.Offers) == 0 {
			t.Skip("no offer to take away")
		}
		k := rapid.IntRange(0, len(trip.Offers)-1).Draw(t, "without")
		fewer := trip
		fewer.Offers = append(append([]exam.Offer(nil), trip.Offers[:k]...), trip.Offers[k+1:]...)
		more, less := solve(t, trip), solve(t, fewer)
		if less.Outcome != exam.Found {
			return
		}
		require.Equal(t, exam.Found, more.Outcome)
		a, b := more.Itinerary, less.Itinerary
		require.LessOrEqual(t, a.Days, b.Days)
		if a.Days == b.Days {
			finishA, finishB := a.FinishDay.Sub(monday)*1440+a.FinishMinute, b.FinishDay.Sub(monday)*1440+b.FinishMinute
			require.LessOrEqual(t, finishA, finishB)
			if finishA == finishB {
				require.LessOrEqual(t, a.SpanMinutes, b.SpanMinutes)
			}
		}
	})
}

// A whole number of days later, the same answer.
func TestTimeShift(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trip := smallTrip().Draw(t, "trip")
		days := rapid.IntRange(-400, 400).Draw(t, "days")
		later := trip
		later.Offers = nil
		later.NotBefore = trip.NotBefore.AddDays(days)
		for _, o := range trip.Offers {
			o.Day = o.Day.AddDays(days)
			later.Offers = append(later.Offers, o)
		}
		want := solve(t, trip)
		for i := range want.Itinerary.Legs {
			want.Itinerary.Legs[i].Day = want.Itinerary.Legs[i].Day.AddDays(days)
		}
		want.Itinerary.FinishDay = want.Itinerary.FinishDay.AddDays(days)
		require.Equal(t, want, solve(t, later))
	})
}

// requireMinimal checks a conflict by brute force: it cannot be satisfied, and without any one examination or rule it can.
func requireMinimal(t require.TestingT, trip exam.Trip, c exam.Conflict) {
	require.True(t, c.Minimal)
	require.NotEmpty(t, c.Exams)
	all := append(c.Rules[:len(c.Rules):len(c.Rules)], exam.Rule{}) // one that means nothing: an empty list would mean all
	require.Nil(t, brute(onlyExams(trip, c.Exams, ""), all...))
	for _, code := range c.Exams {
		if len(c.Exams) > 1 {
			require.NotNil(t, brute(onlyExams(trip, c.Exams, code), all...), "without %s", code)
		}
	}
	for i := range c.Rules {
		rest := append(append([]exam.Rule(nil), all[:i]...), all[i+1:]...)
		require.NotNil(t, brute(onlyExams(trip, c.Exams, ""), rest...), "without %v", c.Rules[i])
	}
}

func onlyExams(t exam.Trip, codes []string, without string) exam.Trip {
	keep := map[string]bool{}
	for _, c := range codes {
		keep[c] = c != without
	}
	r := t
	r.Exams, r.Offers, r.Precedences, r.Separations = nil, nil, nil, nil
	for _, e := range t.Exams {
		if keep[e.Code] {
			r.Exams = append(r.Exams, e)
		}
	}
	for _, o := range t.Offers {
		if keep[o.Exam] {
			r.Offers = append(r.Offers, o)
		}
	}
	for _, x := range t.Precedences {
		if keep[x.First] && keep[x.Then] {
			r.Precedences = append(r.Precedences, x)
		}
	}
	for _, x := range t.Separations {
		if keep[x.A] && keep[x.B] {
			r.Separations = append(r.Separations, x)
		}
	}
	return r
}

func TestConflictsAreMinimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trip := smallTrip().Draw(t, "trip")
		if a := solve(t, trip); a.Outcome == exam.Infeasible {
			requireMinimal(t, trip, a.Conflict)
		}
	})
}

// WhyNot answers for one day what Solve answers with the offers of that day alone.
func TestWhyNotIsSolveOfOneDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trip := smallTrip().Draw(t, "trip")
		day := monday.AddDays(rapid.IntRange(-1, 3).Draw(t, "day"))
		one := trip
		one.Offers = nil
		for _, o := range trip.Offers {
			if o.Day == day {
				one.Offers = append(one.Offers, o)
			}
		}
		one.NotBefore, one.Until = day, day
		p, err := exam.NewProblem(trip)
		require.NoError(t, err)
		got, want := p.WhyNot(day), solve(t, one)
		require.Equal(t, want.Outcome, got.Outcome)
		require.Equal(t, want.Itinerary, got.Itinerary)
		require.True(t, got.Proven)
		require.Equal(t, trip.NotBefore.IsValid() && day.Before(trip.NotBefore), got.Outside)
		require.Equal(t, got.Outcome == exam.Infeasible, len(got.Conflicts) > 0)
		for _, c := range got.Conflicts {
			requireMinimal(t, one, c)
		}
	})
}

// A work limit that is too small never gives a wrong answer, only one that is not proven, or none.
func TestWorkLimitIsHonest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trip := smallTrip().Draw(t, "trip")
		trip.WorkLimit = rapid.Int64Range(1, 60).Draw(t, "limit")
		a, want := solve(t, trip), brute(trip)
		switch {
		case a.Outcome == exam.Infeasible:
			require.Nil(t, want)
		case a.Outcome == exam.Found && a.Proven:
			requireSame(t, trip, want, a)
		case a.Outcome == exam.Found:
			require.NotNil(t, want)
			require.GreaterOrEqual(t, a.Steps, trip.WorkLimit)
			require.GreaterOrEqual(t, a.Itinerary.Days, want.days)
			b := bruteWorld{trip: trip, exams: trip.Exams}
			require.True(t, b.allowed(byCode(a.Itinerary)))
		default:
			require.Equal(t, exam.Undecided, a.Outcome)
			require.GreaterOrEqual(t, a.Steps, trip.WorkLimit)
		}
	})
}
