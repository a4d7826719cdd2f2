package slots_test

import (
	"fmt"
	"time"

	"github.com/haoyuan-go/haoyuan/slots"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*3600) // a program calls time.LoadLocation

func heartClinic() slots.Rule {
	return slots.Rule{
		ID:        "heart-mon-am",
		Line:      slots.Line{Department: "Cardiology", Room: "12", Kind: slots.Specialist, Grade: slots.Chief},
		Resources: []string{"Dr Li"},
		Repeat:    slots.Weekly(slots.Monday), Part: "morning", Start: slots.MustClock("08:00"), Minutes: 60,
		Cut: slots.Even(15, 1), Holidays: slots.ClosedOnHolidays,
	}
}

// A weekly rule gives one session on each of its dates, with the same identity whenever it is made.
func Example() {
	roster, err := slots.NewRoster(slots.RosterConfig{Rules: []slots.Rule{heartClinic()}})
	if err != nil {
		fmt.Println(err)
		return
	}
	calendar, err := slots.NewCalendar(slots.CalendarConfig{Years: []int{2026}})
	if err != nil {
		fmt.Println(err)
		return
	}
	sessions, findings, err := roster.Sessions(slots.MustDate("2026-11-23"), slots.MustDate("2026-11-30"), calendar, shanghai)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range sessions {
		fmt.Print(s.ID)
		for _, slot := range s.Slots {
			fmt.Print(" ", slot.Start.In(shanghai).Format("15:04"))
		}
		fmt.Println()
	}
	fmt.Println(len(findings), "findings")
	// Output:
	// heart-mon-am/2026-11-23 08:00 08:15 08:30 08:45
	// heart-mon-am/2026-11-30 08:00 08:15 08:30 08:45
	// 0 findings
}

func ExampleNewRoster() {
	rule := heartClinic()
	rule.Minutes, rule.Cut = 90, slots.Even(0, 1)
	rule.Line.Department = ""
	_, err := slots.NewRoster(slots.RosterConfig{Rules: []slots.Rule{rule}})
	fmt.Println(err)
	// Output:
	// Rules[0] (ID "heart-mon-am"): Line.Department "": missing
	// Rules[0] (ID "heart-mon-am"): Cut.Minutes 0: want 1 to 1440
}

func ExampleRoster_Sessions() {
	heart, imaging := heartClinic(), heartClinic()
	imaging.ID, imaging.Line.Room, imaging.Start = "echo-mon-am", "15", slots.MustClock("08:30")
	roster, err := slots.NewRoster(slots.RosterConfig{Rules: []slots.Rule{heart, imaging}})
	if err != nil {
		fmt.Println(err)
		return
	}
	day := slots.MustDate("2026-11-23")
	sessions, findings, err := roster.Sessions(day, day, slots.Calendar{}, shanghai)
	fmt.Println(len(sessions), "sessions", err)
	for _, f := range findings {
		fmt.Println(f)
	}
	// Output:
	// 2 sessions <nil>
	// unknown year: 2026-11-23
	// resource clash: echo-mon-am/2026-11-23 with heart-mon-am/2026-11-23, Dr Li, 30 from 2026-11-23T00:30:00Z
}

func ExamplePacked() {
	roster, err := slots.NewRoster(slots.RosterConfig{Extras: []slots.Extra{{
		ID: "extra", Line: slots.Line{Department: "Dermatology", Kind: slots.General}, Date: slots.MustDate("2026-11-28"),
		Start: slots.MustClock("18:00"), Minutes: 60, Cut: slots.Packed(30, 4, 6),
	}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	sessions, _, _ := roster.Sessions(slots.MustDate("2026-11-28"), slots.MustDate("2026-11-28"), slots.Calendar{}, shanghai)
	for _, slot := range sessions[0].Slots {
		fmt.Println(slot.Start.In(shanghai).Format("15:04"), slot.Minutes, "minutes")
	}
	// Output:
	// 18:00 7 minutes
	// 18:07 8 minutes
	// 18:15 7 minutes
	// 18:22 8 minutes
	// 18:30 15 minutes
	// 18:45 15 minutes
}

func ExampleCounted() {
	fmt.Println(slots.Counted(40, 20).Check(240))
	fmt.Println(slots.Counted(0, 20).Check(240))
	// Output:
	// <nil>
	// Cut.Capacity 0: want 1 to 10000
}

func ExampleEven() {
	fmt.Println(slots.Even(30, 2).Check(20))
	// Output:
	// Cut.Minutes 30: longer than the session's 20
}

// The two readings of "15 days ahead at 20:00".
func ExampleAhead_Instant() {
	visit := slots.MustDate("2026-12-08")
	for _, days := range []int{15, 16} {
		release := slots.Ahead{Days: days, Unit: slots.CalendarDays, At: slots.MustClock("20:00")}
		at, err := release.Instant(visit, slots.Calendar{}, shanghai)
		fmt.Println(at.In(shanghai).Format("2006-01-02 15:04"), err)
	}
	// Output:
	// 2026-11-23 20:00 <nil>
	// 2026-11-22 20:00 <nil>
}

func ExampleReadHolidayCN() {
	config, err := slots.ReadHolidayCN([]byte(`{"year": 2026, "papers": [], "days": [
		{"name": "国庆节", "date": "2026-10-07", "isOffDay": true},
		{"name": "国庆节", "date": "2026-10-10", "isOffDay": false}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	calendar, err := slots.NewCalendar(config)
	for _, day := range []string{"2026-10-07", "2026-10-10", "2026-10-11", "2027-01-01"} {
		kind, name := calendar.Day(slots.MustDate(day))
		fmt.Printf("%s %v %q\n", day, kind, name)
	}
	fmt.Println(err)
	// Output:
	// 2026-10-07 holiday "国庆节"
	// 2026-10-10 make-up day "国庆节"
	// 2026-10-11 rest day ""
	// 2027-01-01 unknown ""
	// <nil>
}

func ExampleCalendar_AddWorkingDays() {
	calendar, err := slots.NewCalendar(slots.CalendarConfig{Years: []int{2026}, Weekend: []slots.Weekday{slots.Saturday, slots.Sunday},
		Days: []slots.CalendarDay{{Date: slots.MustDate("2026-10-10"), Kind: slots.MakeUp, Name: "国庆节"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	day, err := calendar.AddWorkingDays(slots.MustDate("2026-10-12"), -1)
	fmt.Println(day, day.Weekday(), err)
	_, err = calendar.AddWorkingDays(slots.MustDate("2026-12-31"), 1)
	fmt.Println(err)
	// Output:
	// 2026-10-10 Saturday <nil>
	// calendar of 2027 is not known, needed for 2027-01-01
}

func ExampleNewCalendar() {
	_, err := slots.NewCalendar(slots.CalendarConfig{Years: []int{20266}, Weekend: []slots.Weekday{0}})
	fmt.Println(err)
	// Output:
	// Years[0] 20266: want 1 to 9999
	// Weekend[0] 0: want Monday (1) to Sunday (7)
}

// A substitute changes who, not which session.
func ExampleDiff() {
	before := heartClinic()
	after := heartClinic()
	after.Resources = []string{"Dr Wang"}
	generate := func(r slots.Rule) []slots.Session {
		roster, err := slots.NewRoster(slots.RosterConfig{Rules: []slots.Rule{r}})
		if err != nil {
			fmt.Println(err)
			return nil
		}
		sessions, _, _ := roster.Sessions(slots.MustDate("2026-11-23"), slots.MustDate("2026-11-23"), slots.Calendar{}, shanghai)
		return sessions
	}
	changes, err := slots.Diff(generate(before), generate(after))
	fmt.Println(changes, err)
	// Output:
	// [{heart-mon-am/2026-11-23 re-resourced}] <nil>
}

func ExampleNewDate() {
	_, err := slots.NewDate(2026, 2, 29)
	fmt.Println(err)
	// Output: date 2026-02-29: no such day
}

func ExampleParseDate() {
	d, err := slots.ParseDate("2026-11-23")
	fmt.Println(d, d.Weekday(), d.AddDays(15), err)
	// Output: 2026-11-23 Monday 2026-12-08 <nil>
}

func ExampleParseClock() {
	c, err := slots.ParseClock("20:00")
	fmt.Println(c, c.Minutes(), err)
	// Output: 20:00 1200 <nil>
}

func ExampleNewClock() {
	_, err := slots.NewClock(24, 1)
	fmt.Println(err)
	// Output: clock 24:01: want 00:00 to 24:00
}

func ExampleResolve() {
	at, how := slots.Resolve(slots.MustDate("2026-11-23"), slots.MustClock("20:00"), shanghai)
	fmt.Println(at, how)
	// Output: 2026-11-23T12:00:00Z exact
}

func ExampleNewSpan() {
	morning, err := slots.NewSpan(slots.MustInstant("2026-11-23T08:00:00+08:00"), slots.MustInstant("2026-11-23T12:00:00+08:00"))
	fmt.Println(morning.Contains(morning.From()), morning.Contains(morning.To()), err)
	// Output: true false <nil>
}

// Instants meet civil dates only in a zone; spans are half-open, so that neighbours only touch.
func ExampleDateOf() {
	evening := slots.InstantOf(time.Date(2026, 11, 23, 20, 0, 0, 0, shanghai))
	fmt.Println(slots.DateOf(evening, shanghai), slots.DateOf(evening.AddMinutes(240), shanghai))
	clinic, next := slots.SpanOf(evening, 60), slots.SpanOf(evening.AddMinutes(60), 30)
	fmt.Println(clinic.Overlaps(next), clinic.Contains(evening))
	// Output:
	// 2026-11-23 2026-11-24
	// false true
}
