package exam_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/exam"
	"github.com/haoyuan-go/haoyuan/slots"
)

// Every rule at its edge: the first offer that keeps it is taken, one minute less is not enough.
func TestEdges(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*exam.Trip)
		// a is the only offer of A, at 08:00 for 30 minutes; the rest are for B (10 minutes), of which want is right.
		offers []int
		want   int
	}{
		"touching is no overlap":            {func(*exam.Trip) {}, []int{509, 510}, 510},
		"before is as good as after":        {func(*exam.Trip) {}, []int{470, 471}, 470},
		"precedence without gap":            {func(t *exam.Trip) { t.Precedences = []exam.Precedence{{First: "A", Then: "B"}} }, []int{470, 510}, 510},
		"precedence with gap":               {func(t *exam.Trip) { t.Precedences = []exam.Precedence{{First: "A", Then: "B", GapMinutes: 30}} }, []int{470, 539, 540}, 540},
		"separation after":                  {func(t *exam.Trip) { t.Separations = []exam.Separation{{A: "A", B: "B", GapMinutes: 30}} }, []int{441, 539, 540}, 540},
		"separation before":                 {func(t *exam.Trip) { t.Separations = []exam.Separation{{A: "B", B: "A", GapMinutes: 30}} }, []int{440, 441}, 440},
		"the longer of two gaps":            {func(t *exam.Trip) { t.Precedences = []exam.Precedence{{"A", "B", 60}, {"A", "B", 30}} }, []int{540, 570}, 570},
		"fast-breaker not before the end":   {func(t *exam.Trip) { t.Exams[0] = fasting(480); t.Exams[1].BreaksFast = true }, []int{400, 510}, 510},
		"fasting start on the minute":       {func(t *exam.Trip) { t.Exams[1].Fasting, t.Exams[1].LatestStart = true, clock(470) }, []int{470, 471}, 470},
		"walk there":                        {func(t *exam.Trip) { walk(t, 15, 0) }, []int{524, 525}, 525},
		"walk back":                         {func(t *exam.Trip) { walk(t, 600, 15) }, []int{455, 456}, 455},
		"a longer slot takes up its length": {func(t *exam.Trip) { t.Offers[0].Minutes = 45 }, []int{510, 525}, 525},
	} {
		t.Run(name, func(t *testing.T) {
			trip := exam.Trip{Exams: []exam.Exam{{Code: "A", Minutes: 30}, {Code: "B", Minutes: 10}},
				Offers: []exam.Offer{{Exam: "A", Day: monday, StartMinute: 480}}}
			for _, start := range c.offers {
				trip.Offers = append(trip.Offers, exam.Offer{Exam: "B", Day: monday, StartMinute: start})
			}
			c.change(&trip)
			a := solve(t, trip)
			require.Equal(t, exam.Found, a.Outcome)
			require.Equal(t, c.want, byCode(a.Itinerary)[1].StartMinute)
		})
	}
}

func fasting(latest int) exam.Exam {
	return exam.Exam{Code: "A", Minutes: 30, Fasting: true, LatestStart: clock(latest)}
}

// walk puts A on one site and B on the other.
func walk(t *exam.Trip, there, back int) {
	t.Sites, t.WalkMinutes = []string{"a", "b"}, [][]int{{0, there}, {back, 0}}
	for i := range t.Offers {
		t.Offers[i].Site = map[string]string{"A": "a", "B": "b"}[t.Offers[i].Exam]
	}
}

// Fewer days come before an early finish, an early finish before short days.
func TestObjectivesInOrder(t *testing.T) {
	offer := func(code string, day, start int) exam.Offer {
		return exam.Offer{Exam: code, Day: monday.AddDays(day), StartMinute: start}
	}
	trip := exam.Trip{Exams: []exam.Exam{{Code: "A", Minutes: 30}, {Code: "B", Minutes: 30}},
		Offers: []exam.Offer{offer("A", 0, 480), offer("B", 1, 480), offer("A", 5, 480), offer("B", 5, 900), offer("B", 5, 840), offer("A", 5, 780)}}
	it := solve(t, trip).Itinerary
	require.Equal(t, []int{1, 870, 90}, []int{it.Days, it.FinishMinute, int(it.SpanMinutes)})
	require.Equal(t, monday.AddDays(5), it.FinishDay)
}

// The fast crosses midnight: contrast the evening before breaks it, if the trip says how long it is.
func TestFastCrossesMidnight(t *testing.T) {
	trip := exam.Trip{Exams: []exam.Exam{fasting(600), {Code: "B", Minutes: 10, BreaksFast: true}},
		Offers: []exam.Offer{{Exam: "A", Day: monday.AddDays(1), StartMinute: 420}, {Exam: "B", Day: monday, StartMinute: 1371}}}
	require.Equal(t, exam.Found, solve(t, trip).Outcome)
	trip.Exams[0].FastMinutes = 480
	require.Equal(t, []exam.Rule{{Kind: exam.KeepFast, Exam: "A", Other: "B", Minutes: 480}}, solve(t, trip).Conflict.Rules)
	trip.Offers[1].StartMinute = 1370
	require.Equal(t, exam.Found, solve(t, trip).Outcome)
}

// The largest trip is planned, or the limit says so; either way it ends.
func TestLargestTrip(t *testing.T) {
	trip := clinicTrip(1, exam.MaxExams, exam.MaxOffers/exam.MaxExams, false)
	for i := range trip.Offers {
		trip.Offers[i].Day = monday.AddDays(i % exam.MaxDays)
	}
	trip.WorkLimit = 20_000
	a := solve(t, trip)
	require.Equal(t, exam.Found, a.Outcome)
	require.Less(t, a.Steps, int64(21_000))
	p, err := exam.NewProblem(trip)
	require.NoError(t, err)
	require.Len(t, p.Days(), exam.MaxDays)
	require.True(t, p.WhyNot(slots.Date{}).Outside)
}
