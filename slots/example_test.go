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
	// resource clash: echo-mon-am/2026-11-23 with heart-mon-am/2026-11-23, Dr Li, 30 minutes from 2026-11-23T00:30:00Z
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

// A first visit of half an hour, then two follow-ups, with five minutes for notes after each.
func ExampleMixed() {
	clinic := heartClinic()
	clinic.Minutes = 110
	clinic.Cut = slots.Mixed(slots.Step{Minutes: 30, Capacity: 1, Visit: slots.FirstVisit}, slots.Step{Minutes: 15, Capacity: 1, Visit: slots.FollowUp},
		slots.Step{Minutes: 15, Capacity: 1, Visit: slots.FollowUp}).With(5)
	for _, slot := range monday(slots.RosterConfig{Rules: []slots.Rule{clinic}})[0].Slots {
		fmt.Println(slot.Start.In(shanghai).Format("15:04"), slot.Minutes, slot.Visit)
	}
	// Output:
	// 08:00 30 first visit
	// 08:35 15 follow-up
	// 08:55 15 follow-up
	// 09:15 30 first visit
}

// monday generates 23 November 2026.
func monday(config slots.RosterConfig) []slots.Session {
	roster, err := slots.NewRoster(config)
	if err != nil {
		fmt.Println(err)
		return nil
	}
	sessions, _, err := roster.Sessions(slots.MustDate("2026-11-23"), slots.MustDate("2026-11-23"), slots.Calendar{}, shanghai)
	if err != nil {
		fmt.Println(err)
	}
	return sessions
}

// A substitute takes the place of the physician; a lunch break divides the session; nobody's number changes.
func ExampleSubstitute() {
	clinic, day := heartClinic(), slots.MustDate("2026-11-23")
	clinic.Blocks = []slots.Block{{Start: slots.MustClock("08:15"), Minutes: 30}}
	config := slots.RosterConfig{Rules: []slots.Rule{clinic},
		Substitutes: []slots.Substitute{{Resource: "Dr Li", By: "Dr Wang", From: day, Until: day, Grade: slots.Attending}},
		Leaves:      []slots.Leave{{Resource: "Dr Li", From: day, Until: day}}}
	for _, s := range monday(config) {
		fmt.Println(s.ID, s.Resources, s.Line.Grade, len(s.Slots), "slots")
	}
	// Output: heart-mon-am/2026-11-23 [Dr Wang] attending 2 slots
}

// The session is held later and in another room; its name stays.
func ExampleRevision() {
	config := slots.RosterConfig{Rules: []slots.Rule{heartClinic()}, Revisions: []slots.Revision{{Rule: "heart-mon-am", Date: slots.MustDate("2026-11-23"),
		Hours: slots.Hours{Start: slots.MustClock("14:00"), Minutes: 30}, Room: "15"}}}
	for _, s := range monday(config) {
		fmt.Println(s.ID, s.Start.In(shanghai).Format("15:04"), s.Line.Room, s.Units())
	}
	// Output: heart-mon-am/2026-11-23 14:00 15 2
}

// A closure of a site takes all that is held there.
func ExampleClosure() {
	day := slots.MustDate("2026-11-23")
	config := slots.RosterConfig{Rules: []slots.Rule{heartClinic()}, Closures: []slots.Closure{{From: day, Until: day}}}
	fmt.Println(len(monday(config)), "sessions")
	config.Closures[0].Start, config.Closures[0].End = slots.MustClock("08:30"), slots.MustClock("24:00")
	fmt.Println(len(monday(config)[0].Slots), "slots")
	// Output:
	// 0 sessions
	// 2 slots
}

// Half of the numbers come out a week ahead, the rest the day before; the app opens later; booking ends at 07:00 of the day.
func ExampleRelease_Windows() {
	ahead := func(days int, clock string) slots.Ahead {
		return slots.Ahead{Days: days, Unit: slots.CalendarDays, At: slots.MustClock(clock)}
	}
	release := slots.Release{Stages: []slots.Stage{{At: ahead(7, "20:00"), Percent: 50}, {At: ahead(1, "08:00"), Percent: 100}},
		Classes: []slots.ClassOpening{{Class: "app", At: ahead(6, "08:00")}}, Close: ahead(0, "07:00")}
	session := monday(slots.RosterConfig{Rules: []slots.Rule{heartClinic()}})[0]
	windows, err := release.Windows(&session, slots.Calendar{}, shanghai)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, out := range windows.Out {
		fmt.Println(out.At.In(shanghai).Format("2006-01-02 15:04"), out.Units)
	}
	for _, class := range []string{"", "app"} {
		for _, span := range windows.Of(class) {
			fmt.Printf("%q %s to %s\n", class, span.From().In(shanghai).Format("01-02 15:04"), span.To().In(shanghai).Format("01-02 15:04"))
		}
	}
	// Output:
	// 2026-11-16 20:00 2
	// 2026-11-22 08:00 4
	// "" 11-16 20:00 to 11-23 07:00
	// "app" 11-17 08:00 to 11-23 07:00
}

// The clinic changes to half hours while the first three quarters are booked: who comes at 08:15 has no place.
func ExampleStranded() {
	quarters, halves := heartClinic(), heartClinic()
	halves.Cut = slots.Even(30, 1)
	before, after := monday(slots.RosterConfig{Rules: []slots.Rule{quarters}}), monday(slots.RosterConfig{Rules: []slots.Rule{halves}})
	lost, err := slots.Stranded(before, after, func(_ string, slot slots.Slot) int {
		if slot.Start.In(shanghai).Format("15:04") < "08:45" {
			return 1
		}
		return 0
	})
	for _, x := range lost {
		fmt.Println(x.Units, "of", x.Session, x.Slot.Start.In(shanghai).Format("15:04"))
	}
	fmt.Println(err)
	// Output:
	// 1 of heart-mon-am/2026-11-23 08:15
	// <nil>
}
