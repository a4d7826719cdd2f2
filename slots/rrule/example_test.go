package rrule_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/rrule"
)

// From the text of a calendar to the dates of a clinic.
func Example() {
	start := rrule.Start{
		Date: slots.MustDate("2026-11-02"), Clock: slots.MustClock("13:30"),
		Location: time.FixedZone("Asia/Shanghai", 8*3600), // a program calls time.LoadLocation
	}
	r, err := rrule.Parse("FREQ=MONTHLY;BYDAY=1TU,3TU;UNTIL=20261231T155959Z", start)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Repeat)
	for d, ok := r.Repeat.Next(r.Start.Date); ok && !d.After(r.Until); d, ok = r.Repeat.Next(d.AddDays(1)) {
		fmt.Println(d, r.Start.Clock)
	}
	// Output:
	// first and third Tuesday of the month
	// 2026-11-03 13:30
	// 2026-11-17 13:30
	// 2026-12-01 13:30
	// 2026-12-15 13:30
}

func ExampleParse() {
	start := rrule.Start{Date: slots.MustDate("2026-11-02"), Clock: slots.MustClock("08:00")}
	for _, rule := range []string{
		"FREQ=WEEKLY;INTERVAL=2;COUNT=3;BYDAY=MO,TH",
		"FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
		"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
	} {
		r, err := rrule.Parse(rule, start)
		if refusal := (*rrule.PartError)(nil); errors.As(err, &refusal) {
			fmt.Println("refused:", refusal.Part, refusal.Value, "-", refusal.Reason)
			continue
		}
		fmt.Println(r.Repeat, "until", r.Until)
	}
	// Output:
	// every 2nd week from 2026-11-02 on Monday and Thursday until 2026-11-16
	// refused: BYWEEKNO 20 - not expressible
	// refused: BYSETPOS -1 - not expressible
}

func ExampleRecurrence_Format() {
	last := slots.LastOfMonth(slots.Friday)
	first, _ := last.Next(slots.MustDate("2026-11-01"))
	r := rrule.Recurrence{
		Start:  rrule.Start{Date: first, Clock: slots.MustClock("08:00"), Location: time.FixedZone("Asia/Shanghai", 8*3600)},
		Repeat: last, Until: slots.MustDate("2027-06-30"),
	}
	fmt.Println(r.Format())
	// Output:
	// FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270630T000000Z <nil>
}

func ExamplePartError() {
	_, err := rrule.Parse("FREQ=WEEKLY;BYDAY=1MO;BYMONTHDAY=3", rrule.Start{Date: slots.MustDate("2026-11-02")})
	fmt.Println(err)
	// Output:
	// BYMONTHDAY "3": forbidden: not with FREQ=WEEKLY
	// BYDAY "1MO": forbidden: numbers only with FREQ=MONTHLY or YEARLY
}
