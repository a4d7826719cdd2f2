package exam_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking/exam"
	"github.com/haoyuan-go/haoyuan/slots"
)

// tuesday and wednesday of an abdominal ultrasound, which wants an empty stomach, and an endoscopy that must come after it.
func twoDays() exam.Trip {
	tuesday := slots.MustDate("2026-11-24")
	wednesday := tuesday.AddDays(1)
	return exam.Trip{
		Exams: []exam.Exam{
			{Code: "US-ABD", Minutes: 15, Fasting: true, LatestStart: slots.MustClock("10:30")},
			{Code: "GASTRO", Minutes: 30},
		},
		Precedences: []exam.Precedence{{First: "US-ABD", Then: "GASTRO"}},
		Offers: []exam.Offer{
			{Exam: "US-ABD", Day: tuesday, StartMinute: 9 * 60},
			{Exam: "GASTRO", Day: tuesday, StartMinute: 8 * 60},
			{Exam: "US-ABD", Day: wednesday, StartMinute: 8 * 60},
			{Exam: "GASTRO", Day: wednesday, StartMinute: 8*60 + 15},
		},
	}
}

func Example() {
	problem, err := exam.NewProblem(twoDays())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, leg := range problem.Solve().Itinerary.Legs {
		fmt.Printf("%v %02d:%02d %s\n", leg.Day, leg.StartMinute/60, leg.StartMinute%60, leg.Exam)
	}
	for _, c := range problem.WhyNot(slots.MustDate("2026-11-24")).Conflicts {
		fmt.Println("not on Tuesday:", c.Rules[0])
	}
	// Output:
	// 2026-11-25 08:00 US-ABD
	// 2026-11-25 08:15 GASTRO
	// not on Tuesday: in order: US-ABD and GASTRO, 0 minutes
}

func ExampleNewProblem() {
	_, err := exam.NewProblem(exam.Trip{
		Exams:  []exam.Exam{{Code: "CT", Minutes: 0}},
		Offers: []exam.Offer{{Exam: "MR", Day: slots.MustDate("2026-11-24"), StartMinute: 480}},
	})
	fmt.Println(err)
	// Output:
	// Exams[0].Minutes 0: want 1 to 1440
	// Offers[0].Exam "MR": not among Exams
}

func ExampleProblem_Solve() {
	trip := twoDays()
	trip.Until = slots.MustDate("2026-11-24")
	problem, _ := exam.NewProblem(trip)
	answer := problem.Solve()
	fmt.Println(answer.Outcome, answer.Conflict.Exams, answer.Conflict.Rules)
	// Output: infeasible [GASTRO US-ABD] [in order: US-ABD and GASTRO, 0 minutes]
}

func ExampleProblem_WhyNot() {
	trip := twoDays()
	trip.Exams[0].LatestStart = slots.MustClock("07:30")
	problem, _ := exam.NewProblem(trip)
	for _, day := range problem.Days() {
		a := problem.WhyNot(day)
		fmt.Println(day, a.Outcome, a.Conflicts[0].Rules)
	}
	// Output:
	// 2026-11-24 infeasible [fasting start: US-ABD by 07:30]
	// 2026-11-25 infeasible [fasting start: US-ABD by 07:30]
}

func ExampleProblem_Days() {
	problem, _ := exam.NewProblem(twoDays())
	fmt.Println(problem.Days())
	// Output: [2026-11-24 2026-11-25]
}

func ExampleItinerary_On() {
	problem, _ := exam.NewProblem(twoDays())
	it := problem.Solve().Itinerary
	fmt.Println(len(it.On(slots.MustDate("2026-11-24"))), len(it.On(slots.MustDate("2026-11-25"))), it.SpanMinutes)
	// Output: 0 2 45
}

func catalogue() *exam.Catalogue {
	c, err := exam.NewCatalogue(exam.CatalogueConfig{
		Kinds: []exam.Kind{
			{Code: "US-ABD", NameZH: "腹部超声", NameEN: "Abdominal ultrasound", Group: "ultrasound", Minutes: 15, FastingMinutes: 480, LatestFastingStart: slots.MustClock("10:30")},
			{Code: "US-PELVIS", NameZH: "盆腔超声", NameEN: "Pelvic ultrasound", Group: "ultrasound", Minutes: 15, FullBladderMinutes: 60},
			{Code: "GASTRO", NameZH: "胃镜", NameEN: "Gastroscopy", Minutes: 30, FastingMinutes: 480, LatestFastingStart: slots.MustClock("11:00")},
		},
		Before: []exam.BeforeRule{{First: "ultrasound", Then: "GASTRO"}},
	})
	if err != nil {
		panic(err)
	}
	return c
}

func ExampleNewCatalogue() {
	_, err := exam.NewCatalogue(exam.CatalogueConfig{
		Kinds:  []exam.Kind{{Code: "CT", NameZH: "胸部CT", NameEN: "Chest CT", Minutes: 10, FastingMinutes: 240}},
		Before: []exam.BeforeRule{{First: "ultrasound", Then: "CT"}},
	})
	fmt.Println(err)
	// Output:
	// Kinds[0].LatestFastingStart 00:00: missing with FastingMinutes
	// Before[0].First "ultrasound": neither a code nor a group
}

func ExampleCatalogue_Kind() {
	k, ok := catalogue().Kind("GASTRO")
	fmt.Println(k.NameZH, k.NameEN, k.Minutes, ok)
	// Output: 胃镜 Gastroscopy 30 true
}

func ExampleCatalogue_Kinds() {
	for _, k := range catalogue().Kinds() {
		fmt.Println(k.Code, k.NameZH)
	}
	// Output:
	// GASTRO 胃镜
	// US-ABD 腹部超声
	// US-PELVIS 盆腔超声
}

func ExampleCatalogue_Trip() {
	trip, err := catalogue().Trip(exam.Order{Patient: "Zhou", Codes: []string{"GASTRO", "US-ABD"}})
	fmt.Println(len(trip.Exams), trip.Precedences, err)
	// Output: 2 [{US-ABD GASTRO 0}] <nil>
}

func ExampleCatalogue_Preparations() {
	it := exam.Itinerary{Legs: []exam.Offer{
		{Exam: "US-ABD", Day: slots.MustDate("2026-11-24"), StartMinute: 7*60 + 30},
		{Exam: "US-PELVIS", Day: slots.MustDate("2026-11-24"), StartMinute: 8 * 60},
	}}
	for _, p := range catalogue().Preparations(it) {
		fmt.Printf("%s: %v from %v %02d:%02d\n", p.Exam, p.Kind, p.Day, p.FromMinute/60, p.FromMinute%60)
	}
	// Output:
	// US-ABD: no food from 2026-11-23 23:30
	// US-PELVIS: drink water from 2026-11-24 07:00
}

func ExampleMidnights() {
	for _, m := range exam.Midnights(slots.MustDate("2026-11-24"), slots.MustDate("2026-11-24"), shanghai) {
		fmt.Println(m.Day, m.At)
	}
	// Output:
	// 2026-11-24 2026-11-23T16:00:00Z
	// 2026-11-25 2026-11-24T16:00:00Z
}

func ExampleRule_String() {
	fmt.Println(exam.Rule{Kind: exam.Apart, Exam: "CT-C", Other: "MR-C", Minutes: 2880})
	// Output: apart: CT-C and MR-C, 2880 minutes
}
