package exam_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/exam"
)

// dice is SplitMix64: the same cases on every machine.
type dice uint64

func (d *dice) n(n int) int {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % uint64(n))
}

// clinicTrip is a seeded case of the size of a hard order: exams with offers each over 30 days, at three sites, with the rules
// that are usual (some fast, one or two precedences, a wash-out of contrast, now and then results needed first).
// A narrow one has all offers in a morning of three hours, too short for all: the packing is what is hard.
func clinicTrip(seed, exams, offers int, narrow bool) exam.Trip {
	d := dice(seed)
	starts := 36
	if narrow {
		starts = 12
	}
	trip := exam.Trip{Sites: []string{"east", "main", "west"}, WalkMinutes: [][]int{{0, 10, 20}, {10, 0, 15}, {20, 15, 0}}}
	for i := range exams {
		e := exam.Exam{Code: fmt.Sprintf("E%02d", i), Minutes: 10 + 5*d.n(8), BreaksFast: d.n(4) == 0}
		if d.n(4) == 0 {
			e.Fasting, e.LatestStart = true, clock(570+30*d.n(4))
		}
		trip.Exams = append(trip.Exams, e)
		home := d.n(3)
		for range offers {
			site := home
			if d.n(4) == 0 {
				site = d.n(3)
			}
			trip.Offers = append(trip.Offers, exam.Offer{Exam: e.Code, Day: monday.AddDays(d.n(30)), StartMinute: 480 + 15*d.n(starts), Site: trip.Sites[site]})
		}
	}
	code := func(i int) string { return trip.Exams[i].Code }
	gaps := []int{0, 0, 0, 30, 60, 120, 1440, 2880}
	for range 1 + d.n(3) {
		a, b := d.n(exams), d.n(exams)
		if a < b {
			trip.Precedences = append(trip.Precedences, exam.Precedence{First: code(a), Then: code(b), GapMinutes: gaps[d.n(len(gaps))]})
		}
	}
	for range d.n(3) {
		a, b := d.n(exams), d.n(exams)
		if a != b {
			trip.Separations = append(trip.Separations, exam.Separation{A: code(a), B: code(b), GapMinutes: []int{60, 240, 1440, 4320, 10080}[d.n(5)]})
		}
	}
	return trip
}

// BenchmarkSolve gives the median and the worst time of seeded cases, NewProblem included: 1,000 of 8 examinations with 300
// offers each over 30 days, and harder ones beside them.
func BenchmarkSolve(b *testing.B) {
	for _, c := range []struct {
		name                 string
		cases, exams, offers int
		narrow               bool
	}{{"8x300", 1000, 8, 300, false}, {"8x300-narrow", 1000, 8, 300, true}, {"12x300", 100, 12, 300, false}} {
		b.Run(c.name, func(b *testing.B) {
			var trips []exam.Trip
			for seed := range c.cases {
				trips = append(trips, clinicTrip(seed+1, c.exams, c.offers, c.narrow))
			}
			for b.Loop() {
				measure(b, trips)
			}
		})
	}
}

func measure(b *testing.B, trips []exam.Trip) {
	var times []time.Duration
	days := map[int]int{}
	worst, unproven, steps := 0, 0, int64(0)
	for i, trip := range trips {
		var a exam.Answer
		least := time.Hour // of three runs: other work on the machine is not the question
		for range 3 {
			start := time.Now()
			p, err := exam.NewProblem(trip)
			require.NoError(b, err)
			a = p.Solve()
			least = min(least, time.Since(start))
		}
		times = append(times, least)
		steps = max(steps, a.Steps)
		days[a.Itinerary.Days]++
		if times[i] > times[worst] {
			worst = i
		}
		if a.Outcome != exam.Infeasible && !a.Proven {
			unproven++
		}
	}
	b.Logf("slowest is seed %d; cases by days, infeasible under 0: %v", worst+1, days)
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds()), "median-µs")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(times[len(times)-1].Microseconds()), "worst-µs")
	b.ReportMetric(float64(unproven), "unproven")
	b.ReportMetric(float64(steps), "worst-steps")
}

// BenchmarkExplain gives the median and the worst time of an answer to an order that cannot be done: of 8 examinations with 300
// offers each, three are bound to an order that their offers do not allow.
func BenchmarkExplain(b *testing.B) {
	for b.Loop() {
		var times []time.Duration
		for seed := range 200 {
			trip := clinicTrip(seed+1, 8, 300, false)
			trip.Precedences = append(trip.Precedences, exam.Precedence{First: "E00", Then: "E01", GapMinutes: 14 * 1440},
				exam.Precedence{First: "E01", Then: "E02", GapMinutes: 16 * 1440})
			start := time.Now()
			p, err := exam.NewProblem(trip)
			require.NoError(b, err)
			a := p.Solve()
			times = append(times, time.Since(start))
			require.Equal(b, exam.Infeasible, a.Outcome)
			require.True(b, a.Conflict.Minimal)
		}
		slices.Sort(times)
		b.ReportMetric(float64(times[len(times)/2].Microseconds()), "median-µs")
		b.ReportMetric(float64(times[len(times)-1].Microseconds()), "worst-µs")
	}
}

// BenchmarkWhyNot asks for every day of the horizon.
func BenchmarkWhyNot(b *testing.B) {
	p, err := exam.NewProblem(clinicTrip(1, 8, 300, true))
	require.NoError(b, err)
	for b.Loop() {
		for _, day := range p.Days() {
			require.True(b, p.WhyNot(day).Proven)
		}
	}
}
