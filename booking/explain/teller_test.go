package explain_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/explain"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// What a link says of one number's life in the fortnight: relation, kind, cause and state, one by one.
func TestChainOfTheFortnight(t *testing.T) {
	h := fortnight(t)
	type row struct {
		relation explain.Relation
		kind     booking.Kind
		cause    explain.Cause
		state    booking.State
	}
	for name, want := range map[string][]row{
		"Wu": {{explain.OfRules, booking.RulesAdopted, explain.Asked, 0}, {explain.OfSession, booking.SessionOpened, explain.Asked, 0},
			{explain.OfSession, booking.Released, explain.OnTime, 0}, {explain.OfAppointment, booking.AppointmentHeld, explain.Asked, booking.Held},
			{explain.OfAppointment, booking.HoldLapsed, explain.Unpaid, booking.Lapsed}, {explain.OfArchive, booking.DaysRetired, explain.Asked, booking.Lapsed}},
		"Lin": {{explain.OfRules, booking.RulesAdopted, explain.Asked, 0}, {explain.OfSession, booking.SessionOpened, explain.Asked, 0},
			{explain.OfSession, booking.SessionOpened, explain.Asked, 0}, {explain.OfSession, booking.Released, explain.Asked, 0},
			{explain.OfSession, booking.Released, explain.OnTime, 0}, {explain.OfAppointment, booking.AppointmentBooked, explain.Asked, booking.Booked},
			{explain.OfHolder, booking.HolderRestricted, explain.Asked, booking.Booked}, {explain.OfQuota, booking.ReserveOpened, explain.OnTime, booking.Booked},
			{explain.OfSession, booking.SessionClosed, explain.Asked, booking.Booked}, {explain.OfAppointment, booking.OfferMade, explain.Closure, booking.Displaced},
			{explain.OfAppointment, booking.OfferDeclined, explain.Asked, booking.Cancelled}, {explain.OfArchive, booking.DaysRetired, explain.Asked, booking.Cancelled}},
	} {
		c, ok := h.teller.Chain(h.visits[name])
		require.True(t, ok)
		var have []row
		for i := range c.Links {
			l := &c.Links[i]
			have = append(have, row{l.Relation, l.Event.Kind(), l.Cause, l.State})
		}
		require.Equal(t, want, have, name)
	}
	zheng, _ := h.teller.Chain(h.visits["Zheng"])
	last := zheng.Links[len(zheng.Links)-2]
	require.Equal(t, booking.OfferLapsed, last.Event.Kind())
	require.Equal(t, explain.Unanswered, last.Cause)
	require.EqualValues(t, on("23 07:40")-on("22 12:00"), last.LatenessSeconds, "nobody woke the desk till the next morning")
	require.Equal(t, "Wang", h.desk.Pool().Name(booking.SessionName, uint32(last.Place.Session)))
	qian, _ := h.teller.Chain(h.visits["Qian"])
	var moved explain.Link
	for _, l := range qian.Links {
		if l.Event.Kind() == booking.PatientMissed {
			require.Equal(t, explain.SessionOver, l.Cause)
		}
		if l.Event.Kind() == booking.AppointmentRescheduled && l.From.IsValid() {
			moved = l
		}
	}
	require.Equal(t, on("23 08:30"), moved.From.Start)
	require.Equal(t, on("23 10:30"), moved.Place.Start)
}

// A reserve, a reserve and the rest, the rest, and beside them all: what each of four numbers was taken from.
func TestCharge(t *testing.T) {
	h := newHospital(t, nil)
	s := morning("Li", "23", "Dr Li", 6)
	h.open("16 08:00", s, booking.Terms{AddOns: 1, Quotas: []booking.NamedQuota{{Class: "elderly", Reserve: 3}, {Class: "app"}}})
	charge := func(person string, n, count int) explain.Charge {
		id := h.book("16 09:00", booking.Ask{Person: person, Channel: "window", Classes: []string{"elderly"}, Session: "Li", N: n, Count: count})
		c, ok := h.teller.Chain(id)
		require.True(t, ok)
		return c.Links[len(c.Links)-1].Charge
	}
	elderly := booking.Class(h.desk.Pool().Find(booking.ClassName, "elderly"))
	line := booking.Quota{Class: elderly, Reserve: 3}
	require.Equal(t, explain.Charge{From: explain.FromReserve, Class: elderly, Kept: 3, Free: 6, Quota: line}, charge("A", 0, 2))
	require.Equal(t, explain.Charge{From: explain.FromBoth, Class: elderly, Kept: 1, Free: 4, Quota: line}, charge("B", 2, 2))
	require.Equal(t, explain.Charge{From: explain.FromRest, Class: elderly, Kept: 0, Free: 2, Quota: line}, charge("C", 4, 1))
	id, err := h.desk.AddOn(on("16 09:00"), booking.Ask{Person: "D", Channel: "window", Session: "Li"})
	require.NoError(t, err)
	c, _ := h.teller.Chain(id)
	require.Equal(t, explain.Beside, c.Links[len(c.Links)-1].Charge.From)
}

// A teller that follows one appointment tells of it what one that follows all does, and of no other.
func TestTellerFollowsOnlyTheChosen(t *testing.T) {
	var log booking.Log
	rules, err := booking.NewRules(booking.DefaultRules())
	require.NoError(t, err)
	desk, err := booking.NewDesk(booking.New(rules), on("16 08:00"), log.Append)
	require.NoError(t, err)
	_, err = desk.Open(on("16 08:00"), morning("Li", "23", "Dr Li", 4), booking.Terms{Quotas: []booking.NamedQuota{{Class: "app", Reserve: 2}}})
	require.NoError(t, err)
	for i, person := range []string{"A", "B", "C"} {
		_, err = desk.Book(on("16 09:00"), booking.Ask{Person: person, Channel: "app", Session: "Li", N: i, Ref: person, Caller: 7})
		require.NoError(t, err)
	}
	one, all := explain.NewTeller(2), explain.NewTeller()
	for b, err := range log.All() {
		require.NoError(t, err)
		require.NoError(t, one.Read(b))
		require.NoError(t, all.Read(b))
	}
	want, _ := all.Chain(2)
	have, ok := one.Chain(2)
	require.True(t, ok)
	require.Equal(t, want, have)
	require.EqualValues(t, 7, have.Links[len(have.Links)-1].Caller)
	require.True(t, have.Links[len(have.Links)-1].IsKeyed)
	require.EqualValues(t, 1, have.Links[len(have.Links)-1].Charge.Kept, "what the others took is counted all the same")
	_, ok = one.Chain(1)
	require.False(t, ok)
	_, ok = all.Chain(4)
	require.False(t, ok, "never made")
	require.Equal(t, []booking.Appointment{2}, one.Appointments(nil))
	require.Equal(t, []booking.Appointment{1, 2, 3}, all.Appointments(nil))
	require.Equal(t, log.Events(), one.Events())
}

// A batch out of order is refused, by its number.
func TestReadRefusesWhatDoesNotFollow(t *testing.T) {
	var log booking.Log
	rules, err := booking.NewRules(booking.DefaultRules())
	require.NoError(t, err)
	desk, err := booking.NewDesk(booking.New(rules), on("16 08:00"), log.Append)
	require.NoError(t, err)
	_, err = desk.Open(on("16 08:00"), morning("Li", "23", "Dr Li", 4), booking.Terms{})
	require.NoError(t, err)
	teller := explain.NewTeller()
	require.NoError(t, teller.Read(new(booking.Batch)), "nothing is nothing")
	first := true
	for b := range log.All() {
		if first {
			first = false
			continue
		}
		err := teller.Read(b)
		require.ErrorIs(t, err, explain.ErrLog)
		require.ErrorContains(t, err, "it follows event 1, the teller is at 0")
		break
	}
}

// Whatever bytes a log is made of, a teller refuses it or can tell every chain of it, to every reader.
func FuzzTeller(f *testing.F) {
	var log booking.Log
	rules, err := booking.NewRules(booking.DefaultRules())
	require.NoError(f, err)
	desk, err := booking.NewDesk(booking.New(rules), on("16 08:00"), log.Append)
	require.NoError(f, err)
	_, err = desk.Open(on("16 08:00"), morning("Li", "23", "Dr Li", 2), booking.Terms{Quotas: []booking.NamedQuota{{Class: "app", Reserve: 1}}})
	require.NoError(f, err)
	_, err = desk.Open(on("16 08:00"), morning("Wang", "23", "Dr Wang", 2), booking.Terms{End: on("23 12:00")})
	require.NoError(f, err)
	id, err := desk.Book(on("16 09:00"), booking.Ask{Person: "A", Channel: "app", Session: "Li"})
	require.NoError(f, err)
	require.NoError(f, desk.CloseSession(on("16 10:00"), "Li", on("16 12:00")))
	require.NoError(f, desk.Answer(on("16 10:01"), id, true))
	require.NoError(f, desk.Advance(on("24 10:00")))
	f.Add(log.Bytes())
	f.Add(log.Bytes()[:len(log.Bytes())/2])
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := booking.LogOf(data)
		if err != nil {
			return
		}
		teller := explain.NewTeller()
		for b := range l.All() {
			if err := teller.Read(b); err != nil {
				require.ErrorIs(t, err, explain.ErrLog)
				return
			}
		}
		s, err := explain.NewSpeaker(explain.Style{Language: explain.Chinese, Reader: explain.Clerk, Zone: shanghai, Names: booking.New(rules)})
		require.NoError(t, err)
		for _, id := range teller.Appointments(nil) {
			c, ok := teller.Chain(id)
			require.True(t, ok)
			require.NotEmpty(t, s.Chain(&c))
		}
	})
}

// What a patient is told names nobody, though the hospital is full of people: chains and refusals, in both languages. Names is
// asked for no person and no account at all.
func TestPatientIsToldOfNobody(t *testing.T) {
	h := fortnight(t)
	for _, language := range []explain.Language{explain.English, explain.Chinese} {
		s, err := explain.NewSpeaker(explain.Style{Language: language, Reader: explain.Patient, Zone: shanghai, Names: nosy{t, h.desk.Pool()}})
		require.NoError(t, err)
		for _, id := range h.teller.Appointments(nil) {
			c, _ := h.teller.Chain(id)
			require.NotEmpty(t, s.Chain(&c))
			for _, line := range s.Chain(&c) {
				require.NoError(t, namesNobody(h.desk.Pool(), line))
			}
		}
	}
	clerk, _ := h.teller.Chain(h.visits["Zhang"])
	require.Contains(t, h.speaker(explain.English, explain.Clerk).Chain(&clerk)[5], "Booked for Zhang", "the test can see names")
}

// nosy fails when it is asked who someone is.
type nosy struct {
	t *testing.T
	explain.Names
}

func (n nosy) Name(k booking.NameKind, handle uint32) string {
	require.NotEqual(n.t, booking.PersonName, k)
	require.NotEqual(n.t, booking.AccountName, k)
	return n.Names.Name(k, handle)
}

// An account's restriction is told as the account's, and a name that was erased is left out.
func TestErasedNames(t *testing.T) {
	h := newHospital(t, nil)
	h.open("16 08:00", morning("Li", "23", "Dr Li", 1), booking.Terms{})
	id := h.book("16 09:00", booking.Ask{Person: "Zhang", Account: "phone", Channel: "app", Session: "Li"})
	h.do(booking.Restrict{Meta: at("16 10:00"), Account: 1, Until: on("30 00:00")})
	c, _ := h.teller.Chain(id)
	s, err := explain.NewSpeaker(explain.Style{Language: explain.English, Reader: explain.Clerk, Zone: shanghai, Names: erased{h.desk.Pool()}})
	require.NoError(t, err)
	lines := s.Chain(&c)
	require.Contains(t, lines[3], "Booked for the patient: Cardiology")
	require.Contains(t, lines[4], "The account was restricted until Mon 30 Nov 2026 00:00.")
	require.Contains(t, h.speaker(explain.English, explain.Clerk).Chain(&c)[4], "The account phone was restricted")
	require.Contains(t, h.speaker(explain.English, explain.Patient).Chain(&c)[1], "Booking through the account was suspended")
}

// A restriction that was over when a number was made had no part in it; one that stood, and was passed by, had.
func TestRestrictionsThatStood(t *testing.T) {
	h := newHospital(t, func(r *booking.Rules) { r.Exempt, r.Limits = []string{"emergency"}, nil })
	h.open("16 08:00", morning("Li", "23", "Dr Li", 3), booking.Terms{})
	who := booking.Person(h.handle("16 08:00", booking.PersonName, "Zhang"))
	h.do(booking.Restrict{Meta: at("16 09:00"), Person: who, Until: on("17 09:00")})
	restrictions := func(now string, n int) (found int) {
		c, _ := h.teller.Chain(h.book(now, booking.Ask{Person: "Zhang", Channel: "window", Classes: []string{"emergency"}, Session: "Li", N: n}))
		for _, l := range c.Links {
			if l.Relation == explain.OfHolder {
				found++
			}
		}
		return found
	}
	require.Equal(t, 1, restrictions("17 08:59", 0))
	require.Equal(t, 0, restrictions("17 09:00", 1))
}

// erased knows no people any more.
type erased struct{ explain.Names }

func (e erased) Name(k booking.NameKind, handle uint32) string {
	if k == booking.PersonName || k == booking.AccountName {
		return ""
	}
	return e.Names.Name(k, handle)
}

// Times are told where the reader's clock hangs, with seconds where there are any; counted numbers by the session's hours.
func TestTimesAndPlaces(t *testing.T) {
	h := newHospital(t, nil)
	s := sl.Session{ID: "Walk", Date: sl.MustDate("2026-11-23"), Start: on("23 08:00"), Minutes: 240, Counted: true,
		Line: sl.Line{Department: "Dermatology", Kind: sl.General}, Slots: []sl.Slot{{Start: on("23 08:00"), Minutes: 10, Capacity: 20}}}
	h.open("16 08:00", s, booking.Terms{})
	id, err := h.desk.Hold(on("16 09:00")+5, booking.Ask{Person: "A", Channel: "app", Session: "Walk"})
	require.NoError(t, err)
	c, _ := h.teller.Chain(id)
	require.Equal(t, []string{"Mon 16 Nov 2026 09:00:05  Dermatology, Mon 23 Nov 2026 08:00–12:00 was kept for you, to be paid by Mon 16 Nov 2026 09:15:05."},
		h.speaker(explain.English, explain.Patient).Chain(&c))
	require.Equal(t, []string{"2026年11月16日（周一）09:00:05  已为您锁号：Dermatology 2026年11月23日（周一）08:00至12:00，请于2026年11月16日（周一）09:15:05前支付。"},
		h.speaker(explain.Chinese, explain.Patient).Chain(&c))
}

// What becomes of an offer to someone who waited is not told as if it had followed from a closure.
func TestOffersFromTheWaitlist(t *testing.T) {
	for _, answers := range []bool{true, false} {
		h := newHospital(t, func(r *booking.Rules) { r.WaitlistPerPerson, r.WaitlistOfferSeconds = 1, 3600 })
		h.open("16 08:00", morning("Li", "23", "Dr Li", 1), booking.Terms{})
		_, err := h.desk.Join(on("16 09:00"), booking.Wait{Ask: booking.Ask{Person: "Zhang", Channel: "app", Resource: "Dr Li"}, DueBy: on("20 08:00")})
		require.NoError(t, err)
		if answers {
			require.NoError(t, h.desk.Answer(on("16 09:10"), 1, false))
		}
		require.NoError(t, h.desk.Advance(on("16 10:00")))
		c, ok := h.teller.Chain(1)
		require.True(t, ok)
		last := c.Links[len(c.Links)-1]
		require.True(t, last.FromWaitlist)
		require.Equal(t, booking.Cancelled, c.State)
		for _, s := range h.speakers() {
			text := strings.Join(s.Chain(&c), "\n")
			require.NotContains(t, text, "hospital's account")
			require.NotContains(t, text, "停诊")
		}
	}
}
