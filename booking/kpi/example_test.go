package kpi_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/kpi"
	"github.com/haoyuan-go/haoyuan/slots"
)

// november makes a pool whose batches go to a projection: one physician, four half-hours on the 23rd; three numbers
// sold through two channels; two people come.
func november() (*booking.Desk, *kpi.Projection) {
	sheet, err := kpi.New(shanghai)
	must(err)
	rules, err := booking.NewRules(booking.Rules{Version: 1, HoldSeconds: 900, KeySeconds: 3600, StepSeconds: 40 * 86400,
		LateCancel: booking.LateRecorded, Policies: []booking.Policy{booking.Earliest{}}})
	must(err)
	now, start := slots.MustInstant("2026-11-16T08:00:00+08:00"), slots.MustInstant("2026-11-23T08:00:00+08:00")
	desk, err := booking.NewDesk(booking.New(rules), now, sheet.Apply) // or a function that gives each batch to a store as well
	must(err)
	s := slots.Session{ID: "D001/2026-11-23", Date: slots.MustDate("2026-11-23"), Start: start, Resources: []string{"D001"},
		Line: slots.Line{Department: "Cardiology", Kind: slots.Specialist}}
	for n := range 4 {
		s.Slots = append(s.Slots, slots.Slot{Start: start.AddMinutes(30 * n), Minutes: 30, Capacity: 1})
	}
	_, err = desk.Open(now, s, booking.Terms{End: start.AddMinutes(240)})
	must(err)
	for i, channel := range []string{"app", "app", "window"} {
		id, err := desk.Book(now.AddMinutes(24*60*i), booking.Ask{Person: fmt.Sprint("P", i), Channel: channel, Department: "Cardiology"})
		must(err)
		if i < 2 {
			defer func() { must(desk.CheckIn(start.AddMinutes(-5), id)) }()
		}
	}
	return desk, sheet
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func ExampleNew() {
	_, err := kpi.New(nil)
	fmt.Println(err)
	// Output: kpi: zone: none given
}

func ExampleProjection_Report() {
	desk, sheet := november()
	must(desk.Advance(slots.MustInstant("2026-11-23T12:00:00+08:00")))
	lines, err := sheet.Report(kpi.Selection{Department: "Cardiology"}, kpi.ByDay)
	must(err)
	for _, l := range lines {
		fmt.Println(l.Date, "fill", l.Supply.FillRate(), "show", l.Visits.ShowRate(), "lead time, median", l.IndirectDays.Median, "days")
	}
	lines, err = sheet.Report(kpi.Selection{}, kpi.ByChannel)
	must(err)
	for _, l := range lines {
		fmt.Println(l.Name, "share", l.Share, "no-shows", l.Visits.NoShow)
	}
	// Output:
	// 2026-11-23 fill 75.0% show 66.7% lead time, median 6 days
	// app share 66.7% no-shows 0
	// window share 33.3% no-shows 1
}

func ExampleProjection_ThirdNext() {
	desk, sheet := november()
	asOf := slots.MustInstant("2026-11-23T07:55:00+08:00")
	must(desk.Advance(asOf))
	third, err := sheet.ThirdNext(kpi.Selection{Department: "Cardiology"}, asOf)
	fmt.Println(third.Found, err)

	// With more supply tomorrow:
	start := slots.MustInstant("2026-11-24T08:00:00+08:00")
	_, err = desk.Open(asOf, slots.Session{ID: "D002/2026-11-24", Date: slots.MustDate("2026-11-24"), Start: start,
		Line:  slots.Line{Department: "Cardiology", Kind: slots.Specialist},
		Slots: []slots.Slot{{Start: start, Minutes: 30, Capacity: 1}, {Start: start.AddMinutes(30), Minutes: 30, Capacity: 1}}}, booking.Terms{})
	must(err)
	third, err = sheet.ThirdNext(kpi.Selection{Department: "Cardiology"}, asOf)
	fmt.Println(third.Days, third.Session, third.N, err)
	// Output:
	// false <nil>
	// 1 D002/2026-11-24 1 <nil>
}

func ExampleProjection_Apply() {
	_, live := november()
	fmt.Println(live.Events() > 0, live.Clock())
	again, err := kpi.New(shanghai)
	must(err)
	var late booking.Log // a log of another pool: its first batch does not follow
	rules, _ := booking.NewRules(booking.Rules{Version: 1, HoldSeconds: 1, KeySeconds: 1, StepSeconds: 1,
		LateCancel: booking.LateRefused, Policies: []booking.Policy{booking.Earliest{}}})
	_, err = booking.NewDesk(booking.New(rules), live.Clock(), late.Append)
	must(err)
	for batch, err := range late.All() {
		must(err)
		fmt.Println(again.Apply(batch))
		fmt.Println(again.Apply(batch))
	}
	// Output:
	// true 2026-11-22T23:55:00Z
	// <nil>
	// kpi: batch does not fit this projection: it follows event 0, the projection is at 1
}

func ExampleRatio() {
	fmt.Println(kpi.Ratio{Part: 2, Whole: 3}, kpi.Ratio{Part: 2, Whole: 3}.Permille(), kpi.Ratio{})
	// Output: 66.7% 667 -
}
