package slots_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

func ExampleRepeat() {
	clinic := slots.Repeat{ // the pump clinic: every other Tuesday, not in August
		Weekdays: slots.WeekdaysOf(slots.Tuesday), Months: slots.MonthsOf(1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12),
		Every: 2, Unit: slots.CountWeeks, Anchor: slots.MustDate("2026-07-07"),
	}
	fmt.Println(clinic.Check())
	d := slots.MustDate("2026-07-20")
	for range 3 {
		d, _ = clinic.Next(d)
		fmt.Println(d)
		d = d.AddDays(1)
	}
	// Output:
	// <nil>
	// 2026-07-21
	// 2026-09-01
	// 2026-09-15
}

func ExampleRepeat_Check() {
	bad := slots.EveryWeeks(0, slots.MustDate("2026-11-02"), 8)
	fmt.Println(bad.Check())
	// Output:
	// Weekdays 8: want Monday (1) to Sunday (7)
	// Every 0: want 2 to 10000
}

func ExampleRepeat_On() {
	friday := slots.LastOfMonth(slots.Friday)
	fmt.Println(friday.On(slots.MustDate("2026-11-20")), friday.On(slots.MustDate("2026-11-27")))
	// Output:
	// false true
}

func ExampleRepeat_Next() {
	fmt.Println(slots.OnMonthDays(31).Next(slots.MustDate("2026-11-01")))
	fmt.Println(slots.Repeat{MonthDays: slots.MonthDaysOf(30), Months: slots.MonthsOf(2)}.Next(slots.MustDate("2026-11-01")))
	// Output:
	// 2026-12-31 true
	// no date false
}

func ExampleWeekly() {
	fmt.Println(slots.Weekly(slots.Monday, slots.Thursday))
	fmt.Println(slots.Daily())
	// Output:
	// every Monday and Thursday
	// every day
}

func ExampleWeeklyIn() {
	odd := slots.WeeklyIn(slots.OddWeeks, slots.Monday) // 单周
	fmt.Println(odd)
	fmt.Println(odd.On(slots.MustDate("2026-12-28")), odd.On(slots.MustDate("2027-01-04"))) // weeks 53 and 1: two in a row
	// Output:
	// every Monday in odd weeks
	// true true
}

func ExampleEveryWeeks() {
	fmt.Println(slots.EveryWeeks(2, slots.MustDate("2026-11-02"), slots.Monday, slots.Friday))
	fmt.Println(slots.EveryDays(10, slots.MustDate("2026-11-02")))
	// Output:
	// every 2nd week from 2026-11-02 on Monday and Friday
	// every 10th day from 2026-11-02
}

func ExampleNthOfMonth() {
	fmt.Println(slots.NthOfMonth(slots.Tuesday, 1, 3))
	fmt.Println(slots.LastOfMonth(slots.Friday))
	fmt.Println(slots.OnMonthDays(1, 15, -1))
	// Output:
	// first and third Tuesday of the month
	// last Friday of the month
	// 1st, 15th and last day of the month
}

func ExampleWeekdaysOf() {
	fmt.Println(slots.WeekdaysOf(slots.Friday, slots.Monday), "|", slots.OrdinalsOf(-1, 2), "|",
		slots.MonthDaysOf(1, -1), "|", slots.MonthsOf(6))
	// Output:
	// Monday and Friday | second and last | 1st and last day | June
}
