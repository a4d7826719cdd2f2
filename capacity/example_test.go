package capacity_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/capacity"
	"github.com/haoyuan-go/haoyuan/slots"
)

func ExampleStaffFor() {
	// Registration, half an hour each: 20 booked patients of whom 17.5 will come, and walk-ins; two minutes each.
	day := []capacity.Demand{
		{Start: slots.MustClock("08:00"), Minutes: 30, BookedThousandths: 17_500, WalkInThousandths: 52_500, ServiceSeconds: 120},
		{Start: slots.MustClock("08:30"), Minutes: 30, BookedThousandths: 15_000, WalkInThousandths: 15_000, ServiceSeconds: 120},
	}
	target := capacity.Target{WithinSeconds: 300, SharePPM: 800_000} // 80 % wait at most five minutes
	needs, err := capacity.StaffFor(day, target)
	if err != nil {
		panic(err)
	}
	for _, n := range needs {
		f := n.Figures
		fmt.Printf("%v: %d people for %d.%02d erlangs; %d.%d %% in time, %d s on average\n", n.Demand.Start, n.Staff,
			f.LoadMillierlangs/1000, f.LoadMillierlangs%1000/10, f.WithinPPM/10_000, f.WithinPPM%10_000/1000, f.MeanWaitSeconds)
	}
	// Output:
	// 08:00: 6 people for 4.66 erlangs; 98.3 % in time, 43 s on average
	// 08:30: 3 people for 2.00 erlangs; 96.3 % in time, 53 s on average
}

func ExampleEvaluate() {
	d := capacity.Demand{Start: slots.MustClock("08:00"), Minutes: 30, WalkInThousandths: 70_000, ServiceSeconds: 120}
	for _, staff := range []int{4, 5} {
		f, err := capacity.Evaluate(d, staff, capacity.Target{WithinSeconds: 300, SharePPM: 800_000})
		if err != nil {
			panic(err)
		}
		fmt.Println(staff, "stable:", f.Stable, "in time (ppm):", f.WithinPPM, "left over (thousandths):", f.BacklogThousandths)
	}
	// Output:
	// 4 stable: false in time (ppm): 0 left over (thousandths): 10000
	// 5 stable: true in time (ppm): 635555 left over (thousandths): 0
}

func ExamplePropose() {
	at := slots.MustClock
	p, err := capacity.Propose(capacity.Today{
		Date: slots.MustDate("2026-11-23"), Line: "cardiology", Now: at("10:00"), Places: 3, WorkLimit: capacity.DefaultWorkLimit,
		Target: capacity.Target{WithinSeconds: 1800, SharePPM: 700_000},
		Demand: []capacity.Demand{
			{Start: at("11:00"), Minutes: 30, BookedThousandths: 2000, ServiceSeconds: 600},
			{Start: at("11:30"), Minutes: 30, WalkInThousandths: 2000, ServiceSeconds: 600},
		},
		People: []capacity.Person{{ID: "Chen", MaxOvertimeMinutes: 60, OvertimeCostPerHalfHour: 90}},
		Shifts: []capacity.Shift{{ID: "am", Person: "Chen", Place: "R1", Start: at("08:00"), Minutes: 210, SlotMinutes: 10}},
		Extras: []capacity.Extra{{
			ID: "noon", Kind: capacity.AddSession, Resources: []string{"Lin"}, Place: "R2", From: at("11:00"), To: at("13:00"),
			MinMinutes: 60, MaxMinutes: 120, SlotMinutes: 10, FixedCost: 200,
		}},
	})
	if err != nil {
		panic(err)
	}
	for _, a := range p.Actions {
		fmt.Printf("%v of %v, %v to %v: %d slots of %d minutes, cost %d\n", a.Kind, a.Resources, a.Start, a.End(), a.Slots, a.SlotMinutes, a.Cost)
		for _, why := range a.Why {
			fmt.Printf("because %v needs %d and has %d\n", why.Demand.Start, why.Needed, why.Before.Staff)
		}
	}
	fmt.Println("uncovered:", p.Uncovered, "proven:", p.Proven)
	// Output:
	// ExtendShift of [Chen], 11:30 to 12:00: 3 slots of 10 minutes, cost 90
	// because 11:30 needs 1 and has 0
	// uncovered: 0 proven: true
}

func ExampleErlangB() {
	fmt.Printf("%.4f\n", capacity.ErlangB(10, 8)) // ten beds, load eight: this share finds none
	// Output: 0.1217
}

func ExampleErlangC() {
	fmt.Printf("%.4f\n", capacity.ErlangC(10, 8))
	// Output: 0.4092
}

func ExampleMeanWait() {
	fmt.Printf("%.4f mean service times\n", capacity.MeanWait(10, 8))
	// Output: 0.2046 mean service times
}

func ExampleWaitBeyond() {
	fmt.Printf("%.4f\n", capacity.WaitBeyond(10, 8, 0.5)) // wait longer than half a service time
	// Output: 0.1505
}

func ExampleLeastServers() {
	n, err := capacity.LeastServers(100, 0.25, 0.8) // 80 % wait at most a quarter of a service time
	fmt.Println(n, err)
	_, err = capacity.LeastServers(100, 0.25, 1)
	fmt.Println(err)
	// Output:
	// 105 <nil>
	// capacity: outside the limits of the formula: erlangs 100 (0 to 20000), within 0.25 (≥ 0), share 1 (0 ≤ share < 1)
}
