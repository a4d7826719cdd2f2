package booking

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// visitWorld is a Book with three persons and eight sessions: four hours with two physicians each, of two kinds and two departments.
type visitWorld struct {
	t    *testing.T
	b    *Book
	now  sl.Instant
	draw uint64 // state of the generator of Steele, Lea and Flood (OOPSLA 2014), so that a world is the same each time
	done map[Kind]int
}

func visitWorldRules(t require.TestingT) *Rules {
	rules, err := NewRules(Rules{Version: 1, HoldSeconds: 900, KeySeconds: 86400, StepSeconds: 86400, LateCancel: LateRecorded, Policies: []Policy{Earliest{}},
		ReturnDays: 14, Exempt: []string{"emergency"}, TravelMinutes: 30,
		Displacement: Displacement{Kinds: []sl.Kind{sl.Specialist, sl.General}, MaxMoves: 1, HorizonDays: 10},
		Limits: []Limit{
			{Name: "open of a kind", Who: PerPerson, Of: OpenVisits, Kind: sl.Specialist, Max: 3},
			{Name: "open a day", Who: PerPerson, Same: SameDay | SameDepartment, Of: OpenVisits, Max: 3},
			{Name: "open with one", Who: PerPerson, Same: SameResource, Of: OpenVisits, Kind: sl.General, Max: 2},
			{Name: "unpaid", Who: PerPerson, Of: UnpaidHolds, Max: 2},
			{Name: "a month", Who: PerPerson, Same: SameMonth, Of: AllVisits, Max: 9},
		}})
	require.NoError(t, err)
	return rules
}

func newVisitWorld(t *testing.T, seed uint64, done map[Kind]int) *visitWorld {
	w := &visitWorld{t: t, b: New(visitWorldRules(t)), now: visitDay - 3*86400, draw: seed, done: done}
	w.do(Adopt{w.meta()})
	for _, x := range []struct {
		kind  NameKind
		names []string
	}{{PersonName, []string{"Li", "Wu", "Su"}}, {ClassName, []string{"app", "emergency"}}, {DepartmentName, []string{"eyes", "ears"}},
		{ResourceName, []string{"Dr Li", "Dr Wu"}}, {SiteName, []string{"east", "west"}}} {
		for _, name := range x.names {
			w.do(Introduce{w.meta(), x.kind, name})
		}
	}
	for i := range 8 {
		w.do(Open{w.meta(), fmt.Sprint("s", i), Opening{Date: sl.DateFromNumber(739000), Start: visitDay + sl.Instant(3600*(i/2)), Kind: []sl.Kind{sl.Specialist, sl.General}[i%2],
			Grade: sl.Chief, Department: Department(1 + i/4), Site: Site(1 + i/6), Resources: []Resource{Resource(1 + i%2)}, AddOns: 9,
			Slots: []SlotSpec{{Minutes: 30, Capacity: 2}, {OffsetMinutes: 30, Minutes: 30, Capacity: 1}}}})
	}
	return w
}

func (w *visitWorld) meta() Meta { return Meta{At: w.now} }

// do carries out a command that the rules allow; one that they do not, or that makes no sense, changes nothing.
func (w *visitWorld) do(c Command) {
	var batch Batch
	if _, err := w.b.Decide(&batch, c); err != nil {
		require.True(w.t, errors.Is(err, ErrCommand), "%T: %v", c, err)
		return
	}
	require.NoError(w.t, w.b.Apply(&batch))
	for i := range batch.events {
		w.done[batch.events[i].kind]++
	}
}

// pick is a number from 0 to n-1.
func (w *visitWorld) pick(n int) int {
	w.draw += 0x9e3779b97f4a7c15
	z := w.draw
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % uint64(n))
}

// step does one thing to the persons' appointments.
func (w *visitWorld) step() {
	id := Appointment(1 + w.pick(max(1, w.b.appointments.len())))
	session, n := Session(1+w.pick(8)), uint16(w.pick(2))
	class := Class(1)
	if w.pick(4) == 0 {
		class = 2
	}
	bear, _ := NewBearing(class)
	q := Request{Person: Person(1 + w.pick(3)), Bear: bear, Slot: Slot{session, n}}
	other := Placement{id, Slot{Session(1 + w.pick(8)), n}}
	switch w.pick(20) {
	case 0, 1, 2, 3:
		w.do(Take{w.meta(), q})
	case 4:
		w.do(Hold{w.meta(), q})
	case 5:
		w.do(Cancel{w.meta(), id, ByPatient})
	case 6, 7:
		w.do(CheckIn{w.meta(), id})
	case 8:
		w.do(Complete{w.meta(), id})
	case 9:
		w.do(Reschedule{w.meta(), id, q})
	case 10:
		if w.pick(4) == 0 {
			w.do(Void{w.meta(), id})
		}
	case 11:
		w.do(Transfer{w.meta(), id, Request{Slot: other.Slot}, n == 1})
	case 12:
		for id := range w.b.appointments.next() { // few entitle to one
			w.do(Return{w.meta(), Appointment(id), session})
		}
	case 13:
		q.Slot = Slot{w.b.appointments.at(1).session, w.b.appointments.at(1).slot}
		if w.b.appointments.has(uint32(id)) {
			q.Slot = Slot{w.b.appointments.at(uint32(id)).session, w.b.appointments.at(uint32(id)).slot}
		}
		q.Bear, _ = NewBearing(2)
		w.do(Displace{w.meta(), q, []Placement{other}})
	case 14:
		w.do(Joint{w.meta(), Booked, q, []Leg{{Resource: 1 + Resource(session)%2}}})
	case 15:
		if w.pick(5) == 0 {
			w.do(CloseSession{Meta: w.meta(), Session: session, AnswerBy: w.now + 7200, Move: n == 1})
		}
	case 16:
		w.do(Answer{w.meta(), id, n == 1})
	case 17:
		w.do(Substitute{w.meta(), session, []Resource{1 + Resource(n)}, []sl.Grade{sl.NoGrade, sl.Chief}[n], w.now + 7200})
	case 18:
		if w.pick(4) == 0 {
			w.do(Merge{w.meta(), q.Person, Person(1 + w.pick(3))})
		}
	case 19:
		w.now += sl.Instant(3600*1 + w.pick(20))
		w.do(Advance{w.meta(), true})
		for at, ok := w.b.Wake(); ok && at <= w.now; at, ok = w.b.Wake() {
			w.do(Advance{Meta: w.meta()})
		}
	}
}

// Whatever kind of event changes a person's appointments, what is kept of their open visits is what the list says, and the limits that
// ask it count what the list counts.
func TestVisitsFollowEveryEvent(t *testing.T) {
	seen := map[Kind]int{}
	for seed := range uint64(40) {
		w := newVisitWorld(t, seed, seen)
		w.do(Take{w.meta(), visitTake(1).Request})
		for range 60 {
			w.step()
			for _, f := range w.b.Check() {
				require.False(t, f.Broken, "world %d: %v", seed, f)
			}
			w.countsAgree()
		}
	}
	for _, k := range []Kind{AppointmentTransferred, PatientReturned, AppointmentDisplaced, AppointmentsLinked, PersonsMerged, OfferMade, OfferAccepted,
		OfferDeclined, HoldLapsed, AppointmentRescheduled, AppointmentFulfilled, AppointmentVoided, SessionClosed} {
		require.NotZero(t, seen[k], k)
	}
}

// countsAgree counts, for every person, session and limit, by what is kept and by the list.
func (w *visitWorld) countsAgree() {
	b := w.b
	for p := Person(1); p <= 3; p++ {
		kept := *b.visits.at(uint32(p))
		for id := Session(1); id <= 8; id++ {
			a := attempt{Request: Request{Person: p}, without: Appointment(b.appointments.len())}
			for i := range b.rules.Limits {
				l := &b.rules.Limits[i]
				have := b.counted(l, &a, id, b.sessions.at(uint32(id)))
				b.visits.at(uint32(p))[lastVisit].more = true
				require.Equal(w.t, b.counted(l, &a, id, b.sessions.at(uint32(id))), have)
				*b.visits.at(uint32(p)) = kept
			}
		}
	}
}
