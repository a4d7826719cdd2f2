package search_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/search"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*3600) // a program calls time.LoadLocation

// clinics are the sessions of two physicians on Monday and Tuesday: slots of half an hour in the morning.
func clinics() []slots.Session {
	rule := func(id, physician, department, start string, day slots.Weekday) slots.Rule {
		return slots.Rule{ID: id, Line: slots.Line{Department: department, Site: "east", Kind: slots.Specialist}, Resources: []string{physician},
			Repeat: slots.Weekly(day), Start: slots.MustClock(start), Minutes: 120, Cut: slots.Even(30, 1), Holidays: slots.OpenOnHolidays}
	}
	roster, err := slots.NewRoster(slots.RosterConfig{Rules: []slots.Rule{
		rule("li-mon", "Dr Li", "Cardiology", "08:00", slots.Monday),
		rule("li-tue", "Dr Li", "Cardiology", "08:00", slots.Tuesday),
		rule("wang-mon", "Dr Wang", "Oncology", "09:15", slots.Monday),
		rule("wang-tue", "Dr Wang", "Oncology", "14:00", slots.Tuesday),
	}})
	if err != nil {
		panic(err)
	}
	monday := slots.MustDate("2026-11-23")
	sessions, _, err := roster.Sessions(monday, monday.AddDays(1), slots.Calendar{}, shanghai)
	if err != nil {
		panic(err)
	}
	return sessions
}

func clinicIndex() *search.Index {
	x, err := search.New(search.Config{Sessions: clinics(), Location: shanghai, Classes: []string{"app", "elderly"}})
	if err != nil {
		panic(err)
	}
	return x
}

func show(x *search.Index, spot search.Spot, ok bool) {
	if !ok {
		fmt.Println("nothing free")
		return
	}
	span := x.Span(spot)
	fmt.Printf("session %d, %s to %s\n", spot.Session, span.From().In(shanghai).Format("Mon 15:04"), span.To().In(shanghai).Format("15:04"))
}

// The first free hour of cardiology, and what is first once that is taken.
func Example() {
	x := clinicIndex()
	plan, err := x.Plan(search.Query{Department: "Cardiology", Count: 2})
	if err != nil {
		fmt.Println(err)
		return
	}
	now := slots.MustInstant("2026-11-23T07:00:00+08:00")
	spot, ok := plan.First(now, 0)
	show(x, spot, ok)
	if err := x.Take(spot); err != nil {
		fmt.Println(err)
		return
	}
	spot, ok = plan.First(now, 0)
	show(x, spot, ok)
	// Output:
	// session 0, Mon 08:00 to 09:00
	// session 0, Mon 09:00 to 10:00
}

// The first time that suits both physicians for 45 minutes, though their slots do not start together.
func Example_joint() {
	x := clinicIndex()
	li, _ := x.Plan(search.Query{Resource: "Dr Li"})
	wang, _ := x.Plan(search.Query{Resource: "Dr Wang"})
	joint, err := x.Joint(45, li, wang)
	if err != nil {
		fmt.Println(err)
		return
	}
	meeting, outcome := joint.First(slots.MustInstant("2026-11-23T07:00:00+08:00"), 0)
	fmt.Println(outcome, meeting.Start.In(shanghai).Format("Mon 15:04"))
	for _, spot := range meeting.Spots[:meeting.Parties] {
		show(x, spot, true)
	}
	// Output:
	// found Mon 09:15
	// session 0, Mon 09:00 to 10:00
	// session 1, Mon 09:15 to 10:15
}

func ExampleNew() {
	sessions := clinics()
	sessions[0], sessions[1] = sessions[1], sessions[0]
	_, err := search.New(search.Config{Sessions: sessions, Classes: []string{"app", "app"}})
	fmt.Println(err)
	// Output:
	// Location: missing
	// Classes[1] "app": twice
	// Sessions[1] (ID "li-mon/2026-11-23").Start 2026-11-23T00:00:00Z, Date 2026-11-23: not after the one before in order of (Start, Date, ID)
}

func ExampleQuery_Check() {
	q := search.Query{Count: -1, Windows: []search.Window{{From: slots.MustClock("08:00"), Until: slots.MustClock("08:00")}}}
	fmt.Println(q.Check())
	// Output:
	// Resource, Department, Service: all missing, want at least one
	// Count -1: want 0 to 2048
	// Windows[0] 08:00 to 08:00: empty
}

func ExampleIndex_Plan() {
	_, err := clinicIndex().Plan(search.Query{Resource: "Dr Lee"})
	fmt.Println(err, errors.Is(err, search.ErrUnknown))
	// Output: Resource "Dr Lee": no session of the index has it true
}

func ExamplePlan_First() {
	x := clinicIndex()
	plan, _ := x.Plan(search.Query{Resource: "Dr Li", Weekdays: slots.WeekdaysOf(slots.Tuesday),
		Windows: []search.Window{{From: slots.MustClock("09:00"), Until: slots.MustClock("12:00")}}})
	spot, ok := plan.First(slots.MustInstant("2026-11-23T07:00:00+08:00"), 0)
	show(x, spot, ok)
	// Output: session 2, Tue 09:00 to 09:30
}

func ExamplePlan_All() {
	x := clinicIndex()
	plan, _ := x.Plan(search.Query{Department: "Oncology"})
	for spot := range plan.All(slots.MustInstant("2026-11-23T10:00:00+08:00"), slots.MustInstant("2026-11-24T14:30:00+08:00")) {
		show(x, spot, true)
	}
	// Output:
	// session 1, Mon 10:15 to 10:45
	// session 1, Mon 10:45 to 11:15
	// session 3, Tue 14:00 to 14:30
}

func ExamplePlan_Cursor() {
	x := clinicIndex()
	plan, _ := x.Plan(search.Query{Department: "Cardiology"})
	cursor := plan.Cursor(0, 0)
	for range 2 {
		spot, ok := cursor.Next()
		show(x, spot, ok)
	}
	// Output:
	// session 0, Mon 08:00 to 08:30
	// session 0, Mon 08:30 to 09:00
}

func ExampleIndex_Take() {
	x := clinicIndex()
	spot := search.Spot{Session: 0, Slot: 1, Count: 2}
	fmt.Println(x.Take(spot), x.IsFree(spot))
	fmt.Println(x.Free(spot), x.IsFree(spot))
	fmt.Println(x.Take(search.Spot{Session: 0, Slot: 3, Count: 2}))
	// Output:
	// <nil> false
	// <nil> true
	// spot.Slot 3, spot.Count 2: session 0 has 4 slots, want Count at least 1 within them
}

func ExampleIndex_Close() {
	x := clinicIndex()
	plan, _ := x.Plan(search.Query{Resource: "Dr Li"})
	_ = x.Close(0) // suspended
	spot, ok := plan.First(0, 0)
	show(x, spot, ok)
	_ = x.Open(0)
	spot, ok = plan.First(0, 0)
	show(x, spot, ok)
	// Output:
	// session 2, Tue 08:00 to 08:30
	// session 0, Mon 08:00 to 08:30
}

func ExampleIndex_Bar() {
	x := clinicIndex()
	app, _ := x.Class("app")
	_ = x.Bar(0, app) // the app's numbers of that morning are gone
	for _, class := range []string{"app", "elderly"} {
		plan, _ := x.Plan(search.Query{Resource: "Dr Li", Class: class})
		spot, ok := plan.First(0, 0)
		show(x, spot, ok)
	}
	_ = x.Admit(0, app)
	fmt.Println(x.IsAdmitted(0, app))
	// Output:
	// session 2, Tue 08:00 to 08:30
	// session 0, Mon 08:00 to 08:30
	// true
}

func ExampleIndex_Span() {
	span := clinicIndex().Span(search.Spot{Session: 1, Slot: 0, Count: 4})
	fmt.Println(span.From().In(shanghai).Format("15:04"), span.To().In(shanghai).Format("15:04"))
	// Output: 09:15 11:15
}

func ExampleJoint_Cursor() {
	x := clinicIndex()
	li, _ := x.Plan(search.Query{Resource: "Dr Li"})
	wang, _ := x.Plan(search.Query{Resource: "Dr Wang"})
	joint, _ := x.Joint(15, li, wang)
	cursor := joint.Cursor(0, 0)
	meeting, outcome := cursor.Next()
	for ; outcome == search.Found; meeting, outcome = cursor.Next() {
		fmt.Println(meeting.Start.In(shanghai).Format("Mon 15:04"))
	}
	fmt.Println(outcome)
	// Output:
	// Mon 09:15
	// Mon 09:30
	// Mon 09:45
	// none
}
