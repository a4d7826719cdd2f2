package explain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/explain"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// actions are what an explanation advises, in order; sure ones first marked.
func actions(x *explain.Explanation) (list []string) {
	for _, r := range x.Remedies {
		text := r.Do.String()
		if r.Sure {
			text += "!"
		}
		list = append(list, text)
	}
	return list
}

// What the worlds of bookingtest seldom reach, by hand: the remedies, and that the sure ones do what they say.
func TestQuotaRemedies(t *testing.T) {
	h := newHospital(t, func(r *booking.Rules) { r.Limits = nil })
	id := h.open("16 08:00", morning("Li", "23", "Dr Li", 6), booking.Terms{Quotas: []booking.NamedQuota{{Class: "app", Reserve: 3, Cap: 4, Capped: true}}})
	for n, person := range []string{"A", "B", "C"} {
		h.book("16 09:00", booking.Ask{Person: person, Channel: "app", Session: "Li", N: n})
	}
	app := booking.Class(h.desk.Pool().Find(booking.ClassName, "app"))
	try := func(q booking.Quota) explain.Explanation {
		return h.why(booking.SetQuota{Meta: at("16 10:00"), Session: id, Quota: q})
	}
	x := try(booking.Quota{Class: app, Reserve: 3, Cap: 2, Capped: true})
	require.Equal(t, []string{"cap at least!", "ask the desk"}, actions(&x))
	require.Equal(t, 3, x.Remedies[0].Count)
	x = try(booking.Quota{Class: app, Reserve: 2, Cap: 4, Capped: true})
	require.Equal(t, []string{"reserve at least!", "ask the desk"}, actions(&x))
	require.Equal(t, 3, x.Remedies[0].Count)
	x = try(booking.Quota{Class: app, Reserve: 2, Cap: 2, Capped: true})
	require.Equal(t, []string{"cap at least", "ask the desk"}, actions(&x), "the reserve is too small as well")
	h.do(booking.SetQuota{Meta: at("16 10:00"), Session: id, Quota: booking.Quota{Class: app, Reserve: 3, Cap: 3, Capped: true}})
	x = h.why(booking.Take{Meta: at("16 11:00"), Request: h.request("16 11:00", "D", "app", "Li", 4)})
	require.Equal(t, []string{"other channel", "ask elsewhere"}, actions(&x))
	require.Equal(t, app, x.Remedies[0].Class)
	require.EqualValues(t, 3, x.Reached)
}

// Two reserves stand before what is left: after the first falls open more may be had, after the last, one number is sure.
func TestReserveTimes(t *testing.T) {
	h := newHospital(t, nil)
	h.open("16 08:00", morning("Li", "23", "Dr Li", 2), booking.Terms{Quotas: []booking.NamedQuota{
		{Class: "elderly", Reserve: 1, OpenAt: on("18 20:00")}, {Class: "referred", Reserve: 2, OpenAt: on("19 20:00")}}})
	q := h.request("16 09:00", "A", "app", "Li", 0)
	x := h.why(booking.Take{Meta: at("16 09:00"), Request: q})
	require.Equal(t, []string{"ask later", "ask later!", "ask elsewhere"}, actions(&x))
	require.Equal(t, []sl.Instant{on("18 20:00"), on("19 20:00")}, []sl.Instant{x.Remedies[0].At, x.Remedies[1].At})
	x = h.why(booking.Take{Meta: at("18 20:00"), Request: q})
	require.Equal(t, []string{"ask later!", "ask elsewhere"}, actions(&x))
	h.do(booking.Take{Meta: at("19 20:00"), Request: q})

	h.open("19 21:00", morning("Wang", "24", "Dr Wang", 2), booking.Terms{Quotas: []booking.NamedQuota{
		{Class: "elderly", Reserve: 2, OpenAt: on("20 20:00")}, {Class: "referred", Reserve: 2}}})
	x = h.why(booking.Take{Meta: at("19 21:00"), Request: h.request("19 21:00", "A", "app", "Wang", 0)})
	require.Equal(t, []string{"ask later", "ask elsewhere"}, actions(&x), "one reserve never opens")
	h.open("19 21:01", morning("Zhao", "25", "Dr Zhao", 2), booking.Terms{Quotas: []booking.NamedQuota{
		{Class: "elderly", Reserve: 2, OpenAt: on("22 20:00")}, {Class: "referred", Reserve: 2, OpenAt: on("21 20:00")}}})
	x = h.why(booking.Take{Meta: at("19 21:01"), Request: h.request("19 21:01", "A", "app", "Zhao", 0)})
	require.Equal(t, on("22 20:00"), x.Remedies[len(x.Remedies)-2].At, "the order of the lines does not matter")
}

// A class's own opening time, a pause, and a slot for first visits.
func TestHoursAndSlotsOfAClass(t *testing.T) {
	h := newHospital(t, nil)
	s := morning("Li", "23", "Dr Li", 2)
	s.Slots[1].Visit = sl.FirstVisit
	night, err := sl.NewSpan(on("16 17:00"), on("17 07:00"))
	require.NoError(t, err)
	h.open("16 08:00", s, booking.Terms{FirstVisit: "first visit", FollowUp: "follow-up",
		Quotas: []booking.NamedQuota{{Class: "app", From: on("16 12:00")}}, Pauses: []booking.NamedPause{{Span: night}}})
	english := h.speaker(explain.English, explain.Patient)
	told := func(now, channel string, n int) string {
		x := h.why(booking.Take{Meta: at(now), Request: h.request(now, "A", channel, "Li", n)})
		return english.Refusal(&x)[0]
	}
	require.Equal(t, "Cardiology, visit, Dr Li, East, Mon 23 Nov 2026 08:00: booking for app opens at Mon 16 Nov 2026 12:00.", told("16 09:00", "app", 0))
	require.Equal(t, "Cardiology, visit, Dr Li, East, Mon 23 Nov 2026 08:30: this time is for first visit only.", told("16 09:00", "window", 1))
	require.Equal(t, "Booking is resting until Tue 17 Nov 2026 07:00.", told("16 17:00", "app", 0))
}

// Limits of an account, limits of nothing, and limits over all time.
func TestLimitRemedies(t *testing.T) {
	limit := func(l booking.Limit) *hospital {
		h := newHospital(t, func(r *booking.Rules) { r.Limits = []booking.Limit{l} })
		h.open("16 08:00", morning("Li", "23", "Dr Li", 3), booking.Terms{})
		h.open("16 08:00", morning("Wang", "24", "Dr Wang", 3), booking.Terms{})
		return h
	}
	h := limit(booking.Limit{Name: "family", Who: booking.PerAccount, Same: booking.SameDay, Of: booking.OpenVisits, Max: 2})
	for n, person := range []string{"A", "B"} {
		h.book("16 09:00", booking.Ask{Person: person, Account: "phone", Channel: "app", Session: "Li", N: n})
	}
	ask := func(person string, n int) explain.Explanation {
		q := h.request("16 10:00", person, "app", "Li", n)
		q.Account = 1
		return h.why(booking.Take{Meta: at("16 10:00"), Request: q})
	}
	x := ask("C", 2)
	require.Equal(t, []string{"ask elsewhere"}, actions(&x), "C has none to give back; whose they are is nobody's affair")
	x = ask("A", 2)
	require.Equal(t, []string{"give back", "ask elsewhere"}, actions(&x))
	require.Equal(t, "family", x.Limit.Name)
	require.Equal(t, "This would be more than one may book: at most 2 per account of those still to come that share day.",
		h.speaker(explain.English, explain.Patient).Refusal(&x)[0])

	h = limit(booking.Limit{Name: "none", Who: booking.PerPerson, Same: booking.SameSession, Of: booking.AllVisits, Max: 0})
	x = h.why(booking.Take{Meta: at("16 10:00"), Request: h.request("16 10:00", "A", "app", "Li", 0)})
	require.Equal(t, []string{"nothing to do"}, actions(&x))

	h = limit(booking.Limit{Name: "one at all", Who: booking.PerPerson, Of: booking.OpenVisits, Max: 1})
	id := h.book("16 09:00", booking.Ask{Person: "A", Channel: "app", Session: "Li"})
	take := booking.Take{Meta: at("16 10:00"), Request: h.request("16 10:00", "A", "app", "Wang", 0)}
	x = h.why(take)
	require.Equal(t, []string{"give back!"}, actions(&x))
	require.Equal(t, id, x.Remedies[0].Numbers[0].Appointment)
	h.do(booking.Cancel{Meta: at("16 10:01"), Appointment: id, By: booking.ByPatient})
	take.Meta = at("16 10:01")
	require.Equal(t, booking.Done, h.do(take).Outcome)
}

// What has no number yet, and what stands before a step.
func TestNoneFreeAndSteps(t *testing.T) {
	h := newHospital(t, nil)
	li := h.open("16 08:00", morning("Li", "23", "Dr Li", 3), booking.Terms{})
	id := h.book("16 09:00", booking.Ask{Person: "A", Channel: "app", Session: "Li"})
	other := h.book("16 09:00", booking.Ask{Person: "B", Channel: "app", Session: "Li", N: 1})
	q := h.request("16 09:00", "C", "app", "Li", 2)
	q.Slot, q.Resource = booking.Slot{}, 1
	q.From, q.Until, q.Count = on("23 08:30"), on("23 09:30"), 3
	x := h.why(booking.Take{Meta: at("16 09:00"), Request: q})
	require.Equal(t, []string{"fewer units!", "ask wider"}, actions(&x))
	require.Equal(t, 1, x.Remedies[0].Count)
	h.do(booking.CloseSession{Meta: at("16 10:00"), Session: li, AnswerBy: on("17 10:00")})
	x = h.why(booking.Answer{Meta: at("16 10:01"), Appointment: id, Accept: true})
	require.Equal(t, []string{"choose other", "decline offer"}, actions(&x))
	x = h.why(booking.CheckIn{Meta: at("16 10:01"), Appointment: id})
	require.Equal(t, []string{"choose other", "decline offer"}, actions(&x))
	require.Equal(t, booking.Displaced, x.State)
	h.do(booking.Answer{Meta: at("16 10:02"), Appointment: other})
	x = h.why(booking.CheckIn{Meta: at("16 10:02"), Appointment: other})
	require.Equal(t, []string{"nothing to do"}, actions(&x))
	wang := h.open("16 10:03", morning("Wang", "23", "Dr Wang", 1), booking.Terms{})
	h.do(booking.Reschedule{Meta: at("16 10:03"), Appointment: id, Want: booking.Request{Slot: booking.Slot{Session: wang}}})
	x = h.why(booking.Start{Meta: at("23 08:00"), Appointment: id})
	require.Equal(t, []string{"steps first!"}, actions(&x))
	require.Equal(t, []explain.Step{explain.CheckInIt}, x.Remedies[0].Steps)
	x = h.why(booking.CheckIn{Meta: at("23 08:00"), Appointment: 99})
	require.Equal(t, []string{"check number"}, actions(&x))
}

// A policy that is wrong: a time that is named is not left to it.
func TestBadChoice(t *testing.T) {
	h := newHospital(t, func(r *booking.Rules) { r.Policies = []booking.Policy{stubborn{}} })
	h.open("16 08:00", morning("Li", "23", "Dr Li", 1), booking.Terms{})
	q := h.request("16 09:00", "A", "app", "Li", 0)
	named := q.Slot
	q.Slot, q.Resource = booking.Slot{}, 1
	x := h.why(booking.Take{Meta: at("16 09:00"), Request: q})
	require.Equal(t, []string{"name a slot!", "ask the desk"}, actions(&x))
	q.Slot = named
	require.Equal(t, booking.Done, h.do(booking.Take{Meta: at("16 09:00"), Request: q}).Outcome)
}

type stubborn struct{}

func (stubborn) Name() string                                      { return "stubborn" }
func (stubborn) Choose(*booking.View) (s booking.Slot, found bool) { return s, true }

// Why is asked of refusals alone.
func TestWhyRefusesWhatIsNoRefusal(t *testing.T) {
	h := newHospital(t, nil)
	for _, r := range []booking.Reply{{}, {Outcome: booking.Done}, {Outcome: booking.Refused}, {Outcome: booking.Refused, Refusal: booking.Refusal{Reason: 200}}} {
		_, err := explain.Why(h.desk.Pool(), booking.Take{}, r)
		require.ErrorIs(t, err, explain.ErrNotRefused)
	}
	full := booking.Reply{Outcome: booking.Refused, Refusal: booking.Refusal{Reason: booking.Full}}
	for _, c := range []booking.Command{nil, &booking.Take{}} {
		_, err := explain.Why(h.desk.Pool(), c, full)
		require.ErrorIs(t, err, explain.ErrNotRefused)
	}
	for _, c := range []booking.Command{booking.Take{}, booking.Hold{}, booking.AddOn{}, booking.Bundle{}, booking.Reschedule{}, booking.Transfer{}, booking.Return{}, booking.Pay{},
		booking.Confirm{}, booking.Cancel{}, booking.CheckIn{}, booking.Start{}, booking.Complete{}, booking.MarkNoShow{}, booking.Void{},
		booking.Answer{}, booking.CloseSession{}, booking.Substitute{}, booking.SetQuota{}, booking.Grant{}, booking.Open{}, booking.Introduce{}, booking.Restrict{},
		booking.Retire{}, booking.Adopt{}, booking.Advance{}} {
		for r := booking.KeyReused; r.IsValid(); r++ { // the least that is known of a command is enough to explain
			full.Refusal.Reason = r
			x, err := explain.Why(h.desk.Pool(), c, full)
			require.NoError(t, err, "%T", c)
			require.NotEmpty(t, x.Remedies, "%T, %v", c, r)
		}
	}
}
