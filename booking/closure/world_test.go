package closure_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/allocate"
	"github.com/haoyuan-go/haoyuan/booking/closure"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// on is an instant of November 2026 in China: on("23 08:00").
func on(dayAndTime string) sl.Instant {
	return sl.MustInstant("2026-11-" + dayAndTime[:2] + "T" + dayAndTime[3:] + ":00+08:00")
}

var china = time.FixedZone("China", 8*3600)

// world is a small hospital.
type world struct {
	desk   *booking.Desk
	closes []booking.Session
	frail  []booking.Class
}

// clinic is one session of a physician, of half-hours.
type clinic struct {
	department, physician string
	day, hour             int
	grade                 sl.Grade
	slots, capacity       int
	quotas                []booking.NamedQuota
}

func (w *world) open(t require.TestingT, now sl.Instant, c clinic) booking.Session {
	id := fmt.Sprintf("%s %d %02d", c.physician, c.day, c.hour)
	start := on(fmt.Sprintf("%02d %02d:00", c.day, c.hour))
	s := sl.Session{ID: id, Date: sl.MustDate(fmt.Sprintf("2026-11-%02d", c.day)), Start: start, Minutes: 30 * c.slots,
		Resources: []string{c.physician}, Line: sl.Line{Department: c.department, Service: "visit", Site: "East", Kind: sl.Specialist, Grade: c.grade}}
	for i := range c.slots {
		s.Slots = append(s.Slots, sl.Slot{Start: start.AddMinutes(30 * i), Minutes: 30, Capacity: c.capacity})
	}
	made, err := w.desk.Open(now, s, booking.Terms{Quotas: c.quotas})
	require.NoError(t, err)
	return made
}

func newWorld(t require.TestingT, change func(*booking.Rules)) *world {
	r := booking.DefaultRules()
	r.StepSeconds = 30 * 86400
	change(&r)
	rules, err := booking.NewRules(r)
	require.NoError(t, err)
	desk, err := booking.NewDesk(booking.New(rules), on("20 08:00"), nil)
	require.NoError(t, err)
	return &world{desk: desk}
}

// drawWorld is a hospital of two departments over three days, with people booked in it, and a physician's day or more that closes. With touching, quotas and
// several visits of one person make places depend on each other.
func drawWorld(t *rapid.T, touching bool) *world {
	between := func(lo, hi int, label string) int { return rapid.IntRange(lo, hi).Draw(t, label) }
	w := newWorld(t, func(r *booking.Rules) {
		r.WaitlistPerPerson, r.WaitlistOfferSeconds = 5, 3600
		if !touching {
			r.Limits = nil
		}
	})
	now := on("20 08:00")
	for i := range between(3, 7, "clinics") {
		c := clinic{department: fmt.Sprintf("department %d", between(0, 1, "department")), physician: fmt.Sprintf("Dr %d", between(0, 3, "physician")),
			day: 23 + i%3, hour: 8 + 2*i/3, grade: sl.Grade(between(3, 4, "grade")), slots: between(1, 3, "slots"), capacity: between(1, 2, "capacity")}
		if touching && between(0, 1, "quotas") == 1 {
			c.quotas = []booking.NamedQuota{{Class: "old", Reserve: uint16(between(0, 2, "reserve"))}, {Class: "app", Cap: uint16(between(1, 3, "cap")), Capped: true}}
		}
		id := w.open(t, now, c)
		for n := range c.slots {
			for range between(0, c.capacity, "taken") {
				a := booking.Ask{Person: fmt.Sprintf("person %d", between(0, 40, "person")), Channel: "app", Session: w.desk.Pool().Name(booking.SessionName, uint32(id)), N: n}
				if touching {
					a.Person = fmt.Sprintf("person %d", between(0, 5, "person"))
				}
				if between(0, 2, "old") == 0 {
					a.Classes = []string{"old"}
				}
				if touching && between(0, 9, "long") == 0 {
					a.Count = 2
				}
				var err error
				if between(0, 9, "held") == 0 {
					_, err = w.desk.Hold(now, a)
				} else {
					_, err = w.desk.Book(now, a)
				}
				if err != nil {
					require.ErrorIs(t, err, booking.ErrRefused)
				}
			}
		}
		if len(w.closes) == 0 || between(0, 3, "closes") == 0 {
			w.closes = append(w.closes, id)
		}
	}
	if old := w.desk.Pool().Find(booking.ClassName, "old"); old != 0 {
		w.frail = []booking.Class{booking.Class(old)}
	}
	return w
}

func (w *world) closing() closure.Closing {
	return closure.Closing{Sessions: w.closes, At: w.desk.Pool().Clock() + 60, AnswerBy: w.desk.Pool().Clock() + 86400, Zone: china, Frailest: w.frail}
}

// result is what a batch did to each who was affected, recounted from the Book before and after.
func result(t require.TestingT, w *world, after *booking.Book, before map[booking.Appointment]booking.Visit, frail []booking.Class) (o allocate.RebookObjective) {
	o.Classes = make([]allocate.RebookTotals, len(frail)+1)
	abs := func(n int) int64 { return int64(max(n, -n)) }
	ids := []booking.Appointment{}
	for id := range before {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		was := before[id]
		if was.State == booking.Held {
			continue
		}
		class := len(frail)
		for i := len(frail) - 1; i >= 0; i-- {
			if was.Bear.Has(frail[i]) {
				class = i
			}
		}
		total := &o.Classes[class]
		total.Affected++
		is, ok := after.Appointment(id)
		require.True(t, ok)
		waits := slices.ContainsFunc(after.EntriesOf(nil, was.Person), func(e booking.Entry) bool { return true })
		switch {
		case is.Slot.IsValid():
			total.Moved++
		case waits:
			total.Waitlisted++
			continue
		default:
			total.Told++
			continue
		}
		old, _ := after.Session(was.Slot.Session)
		gets, _ := after.Session(is.Slot.Session)
		if old.Department != gets.Department {
			total.Departments++
		}
		if after.Resources(nil, was.Slot.Session)[0] != after.Resources(nil, is.Slot.Session)[0] {
			total.Physicians++
		}
		total.GradeSteps += abs(int(gets.Grade) - int(old.Grade))
		total.Days += abs(is.Date.Sub(was.Date))
		clock := func(at sl.Instant) int { return int((at + 8*3600) % 86400 / 60) }
		total.Minutes += abs(clock(is.Start) - clock(was.Start))
		if is.Start < was.Start {
			total.Earlier++
		}
	}
	return o
}
