package closure_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/closure"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Dr Li falls ill at 07:40. Four were to come; Dr Wu has two numbers left today, Dr Li one on Wednesday. The Book alone serves the earlier numbers first; the plan
// looks at all of them, the elderly first.
func ExamplePlan() {
	w := newWorld(nobody{}, func(*booking.Rules) {})
	now := on("20 08:00")
	w.open(nobody{}, now, clinic{department: "heart", physician: "Dr Li", day: 23, hour: 8, grade: sl.Chief, slots: 4, capacity: 1})
	w.open(nobody{}, now, clinic{department: "heart", physician: "Dr Wu", day: 23, hour: 10, grade: sl.Chief, slots: 2, capacity: 1})
	w.open(nobody{}, now, clinic{department: "heart", physician: "Dr Li", day: 25, hour: 8, grade: sl.Chief, slots: 1, capacity: 1})
	for n, who := range []string{"Zhao", "Qian", "Sun", "Li"} {
		a := booking.Ask{Person: who, Channel: "app", Session: "Dr Li 23 08", N: n}
		if who == "Li" {
			a.Classes = []string{"elderly"}
		}
		_, _ = w.desk.Book(now, a)
	}
	book, at := w.desk.Pool(), on("23 07:40")
	_ = w.desk.Advance(at)
	li := booking.Resource(book.Find(booking.ResourceName, "Dr Li"))
	plan, err := closure.Plan(book, closure.Closing{Sessions: closure.PhysicianDay(nil, book, li, sl.MustDate("2026-11-23"), at), At: at, AnswerBy: on("23 09:30"),
		Zone: china, Frailest: []booking.Class{booking.Class(book.Find(booking.ClassName, "elderly"))}})
	fmt.Println(err, plan.Verify(), plan.Exact)
	for _, p := range plan.Proposals {
		v, _ := book.Appointment(p.Appointment)
		fmt.Print(book.Name(booking.PersonName, uint32(v.Person)), " ", p.Fate)
		if p.Slot.IsValid() {
			fmt.Print(" to ", book.Name(booking.SessionName, uint32(p.Slot.Session)), " No. ", p.Slot.N+1)
		}
		fmt.Println()
	}
	fmt.Printf("%+v\n", plan.Fates)
	reply, err := w.desk.Do(plan.Command)
	fmt.Println(reply.Count, err)
	// Output:
	// <nil> <nil> true
	// Zhao told
	// Qian moved to Dr Wu 23 10 No. 1
	// Sun moved to Dr Wu 23 10 No. 2
	// Li moved to Dr Li 25 08 No. 1
	// {Offered:3 Moved:0 Waitlisted:0 Told:1 Unpaid:0}
	// 4 <nil>
}

// nobody is a test that cannot fail.
type nobody struct{}

func (nobody) Errorf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (nobody) FailNow()                          { panic("failed") }

// What closes when a scanner site loses power for a day.
func ExampleSiteDay() {
	w := newWorld(nobody{}, func(*booking.Rules) {})
	for hour := 8; hour < 14; hour += 2 {
		w.open(nobody{}, on("20 08:00"), clinic{department: "scans", physician: "CT", day: 23, hour: hour, slots: 2, capacity: 1})
	}
	book := w.desk.Pool()
	east := booking.Site(book.Find(booking.SiteName, "East"))
	fmt.Println(closure.SiteDay(nil, book, east, sl.MustDate("2026-11-23"), on("23 07:40")))
	fmt.Println(closure.SiteDay(nil, book, east, sl.MustDate("2026-11-23"), on("23 11:00")), "is not over")
	fmt.Println(closure.SiteDay(nil, book, east, sl.MustDate("2026-11-24"), on("23 11:00")))
	// Output:
	// [1 2 3]
	// [3] is not over
	// []
}
