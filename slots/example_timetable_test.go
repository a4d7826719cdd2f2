package slots_test

import (
	"fmt"
	"time"

	"github.com/haoyuan-go/haoyuan/slots"
)

// printSlots generates and prints what is held, in UTC.
func printSlots(c slots.RosterConfig, calendar slots.Calendar, first, last string) {
	roster, err := slots.NewRoster(c)
	if err != nil {
		fmt.Println(err)
		return
	}
	sessions, findings, err := roster.Sessions(slots.MustDate(first), slots.MustDate(last), calendar, time.UTC)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range sessions {
		fmt.Print(s.ID, ":")
		for _, slot := range s.Slots {
			fmt.Print(" ", slot.Start.In(time.UTC).Format("15:04"))
		}
		fmt.Println()
	}
	for _, f := range findings {
		fmt.Println("finding:", f)
	}
}

func exampleRule(id string) slots.Rule {
	return slots.Rule{ID: id, Line: slots.Line{Department: "cardiology", Kind: slots.Specialist}, Resources: []string{"Dr Li"},
		Repeat: slots.Weekly(slots.Monday), Start: slots.MustClock("08:00"), Minutes: 240, Cut: slots.Even(30, 1), Holidays: slots.ClosedOnHolidays}
}

// A break from ten, and the last hour for follow-ups of a quarter of an hour.
func ExampleBlock() {
	r := exampleRule("heart")
	r.Holidays = slots.OpenOnHolidays
	r.Blocks = []slots.Block{
		{Start: slots.MustClock("10:00"), Minutes: 20},
		{Start: slots.MustClock("11:00"), Minutes: 60, Cut: slots.Even(15, 1).For(slots.FollowUp)},
	}
	printSlots(slots.RosterConfig{Rules: []slots.Rule{r}}, slots.Calendar{}, "2026-11-23", "2026-11-23")
	// Output:
	// heart/2026-11-23: 08:00 08:30 09:00 09:30 10:20 11:00 11:15 11:30 11:45
	// finding: unused minutes: heart/2026-11-23, 10 minutes
}

// On off days the laboratory is open, but shorter; the clinic is closed; the emergency clinic knows no holidays.
func ExampleHours() {
	clinic, laboratory, emergency := exampleRule("clinic"), exampleRule("laboratory"), exampleRule("emergency")
	laboratory.Resources, emergency.Resources = nil, nil
	laboratory.Holidays, laboratory.HolidayHours = slots.OtherHoursOnHolidays, slots.Hours{Start: slots.MustClock("09:00"), Minutes: 60}
	emergency.Holidays = slots.OpenOnHolidays
	calendar, err := slots.NewCalendar(slots.CalendarConfig{Years: []int{2026}, Weekend: []slots.Weekday{slots.Saturday, slots.Sunday},
		Days: []slots.CalendarDay{{Date: slots.MustDate("2026-10-05"), Kind: slots.Holiday, Name: "国庆节"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	printSlots(slots.RosterConfig{Rules: []slots.Rule{clinic, laboratory, emergency}}, calendar, "2026-10-05", "2026-10-05")
	// Output:
	// emergency/2026-10-05: 08:00 08:30 09:00 09:30 10:00 10:30 11:00 11:30
	// laboratory/2026-10-05: 09:00 09:30
}

// Saturday 10 October 2026 is worked. The hospital lets it run the timetable of Monday the 5th, the off day that it makes up for: that is a
// first Monday of the month, which the Monday of no other week is.
func ExampleFollow() {
	r := exampleRule("first Monday")
	r.Repeat, r.Minutes = slots.NthOfMonth(slots.Monday, 1), 60
	calendar, err := slots.NewCalendar(slots.CalendarConfig{Years: []int{2026}, Weekend: []slots.Weekday{slots.Saturday, slots.Sunday},
		Days: []slots.CalendarDay{{Date: slots.MustDate("2026-10-05"), Kind: slots.Holiday, Name: "国庆节"},
			{Date: slots.MustDate("2026-10-10"), Kind: slots.MakeUp, Name: "国庆节"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	c := slots.RosterConfig{Rules: []slots.Rule{r}, Follows: []slots.Follow{{Date: slots.MustDate("2026-10-10"), Of: slots.MustDate("2026-10-05")}}}
	printSlots(c, calendar, "2026-10-05", "2026-10-12")
	// Output:
	// first Monday/2026-10-10: 08:00 08:30
}

// A visiting expert comes on dates listed one by one. One of them is a holiday: the clinic is not held then, and that is told.
func ExampleRule_dates() {
	r := exampleRule("visiting")
	r.Repeat, r.Minutes = slots.Repeat{}, 60
	r.Dates = []slots.Date{slots.MustDate("2026-10-03"), slots.MustDate("2026-10-17")}
	calendar, err := slots.NewCalendar(slots.CalendarConfig{Years: []int{2026},
		Days: []slots.CalendarDay{{Date: slots.MustDate("2026-10-03"), Kind: slots.Holiday, Name: "国庆节"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	printSlots(slots.RosterConfig{Rules: []slots.Rule{r}}, calendar, "2026-10-01", "2026-10-31")
	// Output:
	// visiting/2026-10-17: 08:00 08:30
	// finding: listed but not held: visiting/2026-10-03
}
