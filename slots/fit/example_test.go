package fit_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/fit"
)

// season is forty follow-up visits of Dr Li, 6 to 19 minutes, and as many of Dr Wang, who is quicker.
func season() []fit.Observation {
	var list []fit.Observation
	for i := range int64(40) {
		list = append(list,
			fit.Observation{Resource: "Li", Visit: "follow-up", Seconds: 360 + 20*i},
			fit.Observation{Resource: "Wang", Visit: "follow-up", Seconds: 300 + 15*i})
	}
	return list
}

func Example() {
	history, err := fit.NewHistory(season())
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := history.Recommend(fit.Shape{
		Resource: "Li", PoolWeight: 20, LeastObservations: 30,
		Visit:          fit.Visit{Type: "follow-up", NoShowBasisPoints: 800},
		SessionMinutes: 240, SlotMinutes: []int{10, 12, 15, 20, 30}, MaxCapacity: 3,
		Resamples: 200, Seed: 1,
	}, fit.Target{
		GraceMinutes: 10,
		Limits:       []fit.Limit{{Measure: fit.OverrunChance, AtMost: 500}, {Measure: fit.MeanWait, AtMost: 600}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	c, s := report.Chosen, report.Sample
	fmt.Println(report.Outcome)
	fmt.Printf("%d slots of %d minutes for %d, %d patients\n", c.Slots, c.SlotMinutes, c.Capacity, c.Figures.Booked)
	fmt.Printf("wait %d s, overrun %d in 10000, busy %d in 10000\n",
		c.Figures.MeanWaitSeconds, c.Figures.OverrunBasisPoints, c.Figures.UtilisationBasisPoints)
	fmt.Printf("from %d own and %d in all: mean %d s, 5 to 95 %% %d to %d s\n",
		s.OwnObservations, s.PoolObservations, s.MeanSeconds, s.P5Seconds, s.P95Seconds)
	fmt.Printf("wait could be %d to %d s\n", report.Interval.Low.MeanWaitSeconds, report.Interval.High.MeanWaitSeconds)
	// Output:
	// recommended
	// 16 slots of 15 minutes for 1, 16 patients
	// wait 44 s, overrun 22 in 10000, busy 7364 in 10000
	// from 40 own and 80 in all: mean 724 s, 5 to 95 % 380 to 1100 s
	// wait could be 18 to 81 s
}

func ExampleNewHistory() {
	_, err := fit.NewHistory([]fit.Observation{{Resource: "Li", Seconds: 0}})
	fmt.Println(err)
	// Output:
	// observations[0].Visit "": missing
	// observations[0].Seconds 0: want 1 to 14400
}

func ExampleHistory_Recommend_noneMeets() {
	history, _ := fit.NewHistory(season())
	report, _ := history.Recommend(fit.Shape{
		PoolWeight: 1, LeastObservations: 30, Visit: fit.Visit{Type: "follow-up"},
		SessionMinutes: 60, SlotMinutes: []int{10, 15}, MaxCapacity: 1,
	}, fit.Target{Limits: []fit.Limit{{Measure: fit.OverrunChance, AtMost: 0}}})
	fmt.Println(report.Outcome)
	fmt.Println("nearest:", report.Chosen.SlotMinutes, "minutes, overrun", report.Chosen.Figures.OverrunBasisPoints, "in 10000")
	// Output:
	// none meets the target
	// nearest: 15 minutes, overrun 1713 in 10000
}

func ExampleHistory_Recommend_tooFew() {
	history, _ := fit.NewHistory(season()[:10])
	report, _ := history.Recommend(fit.Shape{
		Resource: "Li", PoolWeight: 20, LeastObservations: 30, Visit: fit.Visit{Type: "follow-up"}, SessionMinutes: 240, MaxCapacity: 1,
	}, fit.Target{Limits: []fit.Limit{{Measure: fit.MeanWait, AtMost: 600}}})
	fmt.Println(report.Outcome, report.Sample.OwnObservations, report.Sample.PoolObservations)
	// Output: too few observations 5 10
}

// One first visit of half an hour and two follow-ups of a quarter, over and over, against everybody in quarters.
func ExampleHistory_Evaluate() {
	observations := season()
	for i := range int64(30) {
		observations = append(observations, fit.Observation{Resource: "Li", Visit: "first", Seconds: 1200 + 40*i})
	}
	history, _ := fit.NewHistory(observations)
	pattern := fit.Template{Resource: "Li", PoolWeight: 20, SessionMinutes: 180, GraceMinutes: 10}
	for at := 0; at < 180; at += 60 {
		pattern.Booked = append(pattern.Booked,
			fit.Booking{OffsetMinutes: at, Visit: fit.Visit{Type: "first"}},
			fit.Booking{OffsetMinutes: at + 30, Visit: fit.Visit{Type: "follow-up"}},
			fit.Booking{OffsetMinutes: at + 45, Visit: fit.Visit{Type: "follow-up"}})
	}
	evaluation, err := history.Evaluate(pattern)
	if err != nil {
		fmt.Println(err)
		return
	}
	f := evaluation.Figures
	fmt.Printf("%d patients: wait %d s, at worst %d s, overrun %d in 10000\n",
		f.Booked, f.MeanWaitSeconds, f.WorstWaitSeconds, f.OverrunBasisPoints)
	for _, s := range evaluation.Samples {
		fmt.Println(s.Visit, s.OwnObservations, s.PoolObservations, s.MeanSeconds)
	}
	// Output:
	// 9 patients: wait 128 s, at worst 215 s, overrun 442 in 10000
	// first 30 30 1780
	// follow-up 40 80 724
}

func ExampleShape_Template() {
	shape := fit.Shape{PoolWeight: 1, Visit: fit.Visit{Type: "follow-up"}, SessionMinutes: 50}
	for _, b := range shape.Template(20, 2, 10).Booked {
		fmt.Print(b.OffsetMinutes, " ")
	}
	fmt.Println()
	// Output: 0 0 20 20
}

// mondays is ten Mondays on which somewhat more come at nine than at eight.
func mondays() fit.DemandConfig {
	c := fit.DemandConfig{
		First: slots.MustDate("2026-09-07"), Last: slots.MustDate("2026-11-15"),
		Kinds:         []slots.DayKind{slots.UnknownDay}, // no calendar: every date counts
		PeriodMinutes: 30, CoverBasisPoints: 9000, LeastDays: 8,
	}
	for week := range 10 {
		date := c.First.AddDays(7 * week)
		c.Arrivals = append(c.Arrivals,
			fit.Arrival{Date: date, Clock: slots.MustClock("08:10"), Count: int64(3 + week%3)},
			fit.Arrival{Date: date, Clock: slots.MustClock("08:45"), Count: 6},
			fit.Arrival{Date: date, Clock: slots.MustClock("09:00"), Count: int64(5 + week)})
	}
	return c
}

func ExampleNewDemand() {
	demand, err := fit.NewDemand(mondays())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range demand.Periods(slots.Monday)[16:19] {
		fmt.Printf("%v: %d numbers (mean %.3f, dispersion %.3f, %d days, enough %v)\n",
			p.Start, p.Numbers, float64(p.MeanThousandths)/1000, float64(p.DispersionThousandths)/1000, p.Days, p.Enough)
	}
	fmt.Println(demand.Periods(slots.Tuesday)[16].Numbers, demand.Excluded())
	// Output:
	// 08:00: 5 numbers (mean 3.900, dispersion 0.197, 10 days, enough true)
	// 08:30: 6 numbers (mean 6.000, dispersion 0.000, 10 days, enough true)
	// 09:00: 13 numbers (mean 9.500, dispersion 0.965, 10 days, enough true)
	// 0 0
}

func ExampleDemand_Periods() {
	c := mondays()
	c.LeastDays = 20
	demand, _ := fit.NewDemand(c)
	p := demand.Periods(slots.Monday)[18]
	fmt.Println(p.Start, p.Numbers, "enough:", p.Enough)
	// Output: 09:00 13 enough: false
}

func ExampleDemand_Spread() {
	demand, _ := fit.NewDemand(mondays())
	shares, _ := demand.Spread(slots.Monday, slots.MustClock("08:00"), slots.MustClock("09:30"), 20)
	for _, s := range shares {
		fmt.Println(s.Start, s.Numbers)
	}
	// Output:
	// 08:00 4
	// 08:30 6
	// 09:00 10
}

func ExampleDemand_Excluded() {
	c := mondays()
	calendar, _ := slots.NewCalendar(slots.CalendarConfig{
		Years: []int{2026},
		Days:  []slots.CalendarDay{{Date: slots.MustDate("2026-10-05"), Kind: slots.Holiday, Name: "国庆节"}},
	})
	c.Calendar, c.Kinds = calendar, []slots.DayKind{slots.WorkingDay}
	demand, _ := fit.NewDemand(c)
	fmt.Println(demand.Excluded(), demand.Periods(slots.Monday)[0].Days)
	// Output: 1 9
}
