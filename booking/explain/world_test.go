package explain_test

import (
	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/explain"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// hospital is a small one: a desk, its log told from the first batch, and what the log brought.
type hospital struct {
	t      require.TestingT
	rules  booking.Rules
	desk   *booking.Desk
	teller *explain.Teller
	kinds  map[booking.Kind]int
	events []booking.Event
	visits map[string]booking.Appointment
}

// on is an instant of November 2026 in China: on("23 08:00").
func on(dayAndTime string) sl.Instant {
	return sl.MustInstant("2026-11-" + dayAndTime[:2] + "T" + dayAndTime[3:] + ":00+08:00")
}

func newHospital(t require.TestingT, change func(*booking.Rules)) *hospital {
	h := &hospital{t: t, rules: booking.DefaultRules(), teller: explain.NewTeller(), kinds: map[booking.Kind]int{}, visits: map[string]booking.Appointment{}}
	h.rules.StepSeconds = 5 * 86400
	if change != nil {
		change(&h.rules)
	}
	rules, err := booking.NewRules(h.rules)
	require.NoError(t, err)
	h.desk, err = booking.NewDesk(booking.New(rules), on("16 08:00"), func(b *booking.Batch) error {
		for i := range b.Events() {
			h.kinds[b.Events()[i].Kind()]++
			h.events = append(h.events, b.Events()[i])
		}
		return h.teller.Read(b)
	})
	require.NoError(t, err)
	return h
}

// morning is a session of half-hours from 08:00 with a capacity of one each.
func morning(id, day, physician string, numbers int) sl.Session {
	s := sl.Session{ID: id, Date: sl.MustDate("2026-11-" + day), Start: on(day + " 08:00"), Minutes: 30 * numbers, Resources: []string{physician},
		Line: sl.Line{Department: "Cardiology", Service: "visit", Site: "East", Kind: sl.Specialist, Grade: sl.Chief}}
	for i := range numbers {
		s.Slots = append(s.Slots, sl.Slot{Start: s.Start.AddMinutes(30 * i), Minutes: 30, Capacity: 1})
	}
	return s
}

func (h *hospital) open(now string, s sl.Session, terms booking.Terms) booking.Session {
	id, err := h.desk.Open(on(now), s, terms)
	require.NoError(h.t, err)
	return id
}

// book books a named slot; the appointment goes by its person's name.
func (h *hospital) book(now string, a booking.Ask) booking.Appointment {
	id, err := h.desk.Book(on(now), a)
	require.NoError(h.t, err)
	h.visits[a.Person] = id
	return id
}

// do decides a command at an instant, after what is due.
func (h *hospital) do(c booking.Command) booking.Reply {
	m := metaOf(c)
	require.NoError(h.t, h.desk.Advance(m.At))
	reply, err := h.desk.Do(c)
	require.NoError(h.t, err)
	return reply
}

func at(now string) booking.Meta { return booking.Meta{At: on(now)} }

// handle finds what a name stands for, or introduces it.
func (h *hospital) handle(now string, k booking.NameKind, name string) uint32 {
	if h.desk.Pool().Find(k, name) == 0 {
		h.do(booking.Introduce{Meta: at(now), Kind: k, Name: name})
	}
	return h.desk.Pool().Find(k, name)
}

// request is one for a named slot, by handles.
func (h *hospital) request(now, person, channel, session string, n int) booking.Request {
	bear, err := booking.NewBearing(booking.Class(h.handle(now, booking.ClassName, channel)))
	require.NoError(h.t, err)
	return booking.Request{Person: booking.Person(h.handle(now, booking.PersonName, person)), Bear: bear,
		Slot: booking.Slot{Session: booking.Session(h.desk.Pool().Find(booking.SessionName, session)), N: uint16(n)}}
}

// why decides a command that must be refused, and explains it.
func (h *hospital) why(c booking.Command) explain.Explanation {
	require.NoError(h.t, h.desk.Advance(metaOf(c).At))
	var t booking.Batch
	reply, err := h.desk.Pool().Decide(&t, c)
	require.NoError(h.t, err)
	require.Equal(h.t, booking.Refused, reply.Outcome)
	x, err := explain.Why(h.desk.Pool(), c, reply)
	require.NoError(h.t, err)
	return x
}

func (h *hospital) speaker(l explain.Language, r explain.Reader) *explain.Speaker {
	s, err := explain.NewSpeaker(explain.Style{Language: l, Reader: r, Zone: shanghai, Names: h.desk.Pool()})
	require.NoError(h.t, err)
	return s
}

// speakers are all four.
func (h *hospital) speakers() (list []*explain.Speaker) {
	for _, l := range []explain.Language{explain.English, explain.Chinese} {
		for _, r := range []explain.Reader{explain.Patient, explain.Clerk} {
			list = append(list, h.speaker(l, r))
		}
	}
	return list
}

// A fortnight in which everything happens that can happen to a number, from the first rules to the archive.
func fortnight(t require.TestingT) *hospital {
	h := newHospital(t, func(r *booking.Rules) { r.Limits, r.Reallocation.MaxMovePercent = nil, 100 })
	ask := func(person, session string, n int) booking.Ask {
		return booking.Ask{Person: person, Channel: "app", Account: "phone of " + person, Session: session, N: n}
	}
	li := h.open("16 08:00", morning("Li", "23", "Dr Li", 8), booking.Terms{Release: on("16 20:00"), AddOns: 1,
		Quotas: []booking.NamedQuota{{Class: "elderly", Reserve: 2}, {Class: "app", Cap: 6, Capped: true}}})
	h.open("16 08:00", morning("Wang", "23", "Dr Wang", 3), booking.Terms{End: on("23 12:00"), AddOns: 1,
		Quotas: []booking.NamedQuota{{Class: "elderly", Reserve: 1, OpenAt: on("21 20:00")}}})
	parted := []booking.NamedQuota{{Class: "app", Reserve: 2, Cap: 2, Capped: true}, {Class: "phone", Reserve: 2, Cap: 2, Capped: true}}
	tang := morning("Tang", "23", "Dr Tang", 4)
	tang.Line.Department, tang.Line.Service = "Eyes", "laser"
	h.open("16 08:00", tang, booking.Terms{Quotas: parted, Reallocate: []sl.Instant{on("19 08:00")}, End: on("23 12:00")})
	h.book("16 20:00", ask("Zhang", "Li", 0))
	h.book("16 20:01", ask("Qian", "Li", 1))
	h.book("16 20:02", ask("Lin", "Li", 2))
	h.visits["Wu"], _ = h.desk.Hold(on("16 20:03"), ask("Wu", "Li", 3))
	h.visits["Zheng"], _ = h.desk.Hold(on("16 20:04"), ask("Zheng", "Li", 4))
	h.do(booking.Pay{Meta: at("16 20:05"), Appointment: h.visits["Zheng"]})
	h.do(booking.Confirm{Meta: at("17 09:00"), Appointment: h.visits["Zhang"]})
	h.do(booking.SetQuota{Meta: at("17 09:01"), Session: li, Quota: booking.Quota{
		Class: booking.Class(h.handle("17 09:01", booking.ClassName, "app")), Cap: 5, Capped: true}})
	h.do(booking.Grant{Meta: at("17 09:02"), Slot: booking.Slot{Session: li, N: 5}, Units: 1})
	h.visits["Feng"], _ = h.desk.AddOn(on("17 09:03"), ask("Feng", "Wang", 0))
	h.do(booking.Restrict{Meta: at("17 10:00"), Person: booking.Person(h.handle("17 10:00", booking.PersonName, "Lin")), Until: on("30 00:00")})
	h.do(booking.Reschedule{Meta: at("18 09:00"), Appointment: h.visits["Qian"], Want: h.request("18 09:00", "Qian", "app", "Li", 5)})
	h.book("18 09:30", ask("Chu", "Wang", 1))
	h.do(booking.Cancel{Meta: at("18 10:00"), Appointment: h.visits["Chu"], By: booking.ByHospital})
	h.book("18 10:30", ask("Wei", "Wang", 1))
	h.do(booking.Cancel{Meta: at("18 11:00"), Appointment: h.visits["Wei"], By: booking.ByPatient})
	h.book("18 11:10", ask("Kong", "Tang", 0))
	h.book("18 11:11", ask("Cao", "Tang", 1))
	h.book("18 11:30", ask("Jiang", "Wang", 1))
	h.do(booking.Void{Meta: at("18 12:00"), Appointment: h.visits["Jiang"]})
	h.substitutes()
	h.do(booking.CloseSession{Meta: at("22 09:00"), Session: li, AnswerBy: on("22 12:00")})
	h.do(booking.Answer{Meta: at("22 09:10"), Appointment: h.visits["Zhang"], Accept: true})
	h.do(booking.Answer{Meta: at("22 09:20"), Appointment: h.visits["Lin"]})
	h.do(booking.Reschedule{Meta: at("22 09:30"), Appointment: h.visits["Qian"], Want: h.request("22 09:30", "Qian", "app", "Wang", 2)})
	h.do(booking.CheckIn{Meta: at("23 07:40"), Appointment: h.visits["Feng"]})
	h.do(booking.Start{Meta: at("23 08:00"), Appointment: h.visits["Feng"]})
	h.do(booking.Complete{Meta: at("23 08:20"), Appointment: h.visits["Feng"]})
	h.do(booking.CheckIn{Meta: at("23 08:21"), Appointment: h.visits["Zhang"]})
	h.do(booking.Complete{Meta: at("23 08:50"), Appointment: h.visits["Zhang"]})
	h.do(booking.Retire{Meta: at("24 08:00"), Before: sl.MustDate("2026-11-24")})
	h.rules.ReturnDays = 3
	h.rules.Version, h.rules.RestSeconds, h.rules.WaitlistPerPerson, h.rules.WaitlistOfferSeconds = 2, 600, 2, 3600
	rules, err := booking.NewRules(h.rules)
	require.NoError(t, err)
	h.desk.Pool().Configure(rules)
	h.do(booking.Adopt{Meta: at("24 08:00")})
	h.open("24 08:00", morning("Chen", "27", "Dr Chen", 1), booking.Terms{})
	h.book("24 09:00", ask("Shen", "Chen", 0))
	join := func(now, person, resource string, decide bool) booking.Entry {
		q := h.request(now, person, "app", "Chen", 0)
		q.Slot, q.Resource = booking.Slot{}, booking.Resource(h.handle(now, booking.ResourceName, resource))
		return h.do(booking.Join{Meta: at(now), Request: q, DueBy: on("26 08:00"), NeedsDecision: decide}).Entry
	}
	join("24 09:01", "Han", "Dr Chen", false)
	h.do(booking.Screen{Meta: at("24 09:03"), Entry: join("24 09:02", "Yang", "Dr Chen", true), Approve: true})
	h.do(booking.Screen{Meta: at("24 09:05"), Entry: join("24 09:04", "Zhu", "Dr Chen", true)})
	h.do(booking.Leave{Meta: at("24 09:07"), Entry: join("24 09:06", "Qin", "Dr Chen", false)})
	join("24 09:08", "Shu", "Dr Chen", false)
	h.do(booking.Cancel{Meta: at("24 09:30"), Appointment: h.visits["Shen"], By: booking.ByPatient})
	h.people()
	require.NoError(t, h.desk.Advance(on("24 10:00")))
	h.emergency("24 10:01")
	h.hereAndBack()
	require.NoError(t, h.desk.Advance(on("27 10:00")))
	h.open("27 10:00", morning("Joint1", "29", "Dr One", 2), booking.Terms{})
	h.open("27 10:00", morning("Joint2", "29", "Dr Two", 2), booking.Terms{})
	_, err = h.desk.Joint(on("27 10:01"), booking.Ask{Person: "Zhuge", Channel: "app", Resource: "Dr One"}, []booking.Ask{{Resource: "Dr Two"}}, booking.Booked)
	require.NoError(t, err)
	require.NoError(t, h.desk.Advance(on("30 20:00"))) // RestrictionEnded
	return h
}
