package explain_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/explain"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// substitutes has a lower grade come into a clinic of the fortnight, and what three patients make of it, and the chief come back.
func (h *hospital) substitutes() {
	h.open("19 08:00", morning("Sun", "20", "Dr Sun", 5), booking.Terms{End: on("20 12:00")})
	for n, person := range []string{"Yu", "Yue", "Yuan", "Yun", "Yong"} {
		h.book("19 09:00", booking.Ask{Person: person, Channel: "app", Session: "Sun", N: n})
	}
	put := func(now string, grade sl.Grade, who string) {
		require.NoError(h.t, h.desk.Advance(on(now)))
		_, err := h.desk.Substitute(on(now), "Sun", []string{who}, grade, on("20 07:30"))
		require.NoError(h.t, err)
	}
	put("19 10:00", sl.Attending, "Dr Ren")
	h.do(booking.Answer{Meta: at("19 10:01"), Appointment: h.visits["Yu"], Accept: true})
	h.do(booking.Answer{Meta: at("19 10:02"), Appointment: h.visits["Yue"]})
	h.do(booking.CheckIn{Meta: at("19 10:03"), Appointment: h.visits["Yuan"]})
	require.NoError(h.t, h.desk.Advance(on("19 11:00")))
	h.do(booking.Complete{Meta: at("19 11:20"), Appointment: h.visits["Yuan"]})
	h.do(booking.Cancel{Meta: at("19 11:30"), Appointment: h.visits["Yong"], By: booking.ByPatient})
	put("19 12:00", sl.Chief, "Dr Sun")
}

// What each is told of a substitute: who was there when, that they were asked, and what followed.
func TestSubstitutesAreTold(t *testing.T) {
	h := newHospital(t, func(r *booking.Rules) { r.Limits = nil })
	h.substitutes()
	tell := func(name string, l explain.Language, r explain.Reader) string {
		c, ok := h.teller.Chain(h.visits[name])
		require.True(t, ok)
		return strings.Join(h.speaker(l, r).Chain(&c), "\n")
	}
	yun := tell("Yun", explain.English, explain.Patient)
	require.Contains(t, yun, "Somebody else is there now (substitute): Cardiology, visit, Dr Ren")
	require.Contains(t, yun, "Somebody else is there now (substitute): Cardiology, visit, Dr Sun")
	require.Contains(t, yun, "Please say by Fri 20 Nov 2026 07:30 whether that will do")
	require.Contains(t, yun, "You need not answer any more; the number stands: Cardiology, visit, Dr Sun")
	require.Contains(t, tell("Yu", explain.Chinese, explain.Patient), "您已接受替诊")
	require.Contains(t, tell("Yue", explain.Chinese, explain.Clerk), "患者不接受替诊，按医院原因退号，不计爽约。")
	require.Contains(t, tell("Yuan", explain.English, explain.Clerk), "The substitute is accepted")
	require.NotContains(t, tell("Yue", explain.English, explain.Clerk), "losure")
	c, _ := h.teller.Chain(h.visits["Yun"])
	causes := 0
	for i := range c.Links {
		l := &c.Links[i]
		if l.Event.Kind() == booking.OfferMade {
			require.True(t, l.AboutSubstitute)
			require.Equal(t, explain.Substitution, l.Cause)
			require.False(t, l.From.IsValid(), "they stay where they are")
			causes++
		}
	}
	require.Equal(t, 2, causes)
	require.Equal(t, booking.Booked, c.State)
}

// A question that nobody answers lapses by its hour, or with the session: both are told as what they are.
func TestSubstituteNotAnswered(t *testing.T) {
	for _, until := range []string{"19 12:00", "20 13:00"} {
		h := newHospital(t, nil)
		s := morning("Sun", "20", "Dr Sun", 1)
		s.Minutes, s.Slots[0].Minutes = 600, 600
		h.open("19 08:00", s, booking.Terms{End: on("20 12:00")})
		id := h.book("19 09:00", booking.Ask{Person: "Yu", Channel: "app", Session: "Sun"})
		_, err := h.desk.Substitute(on("19 10:00"), "Sun", []string{"Dr Ren"}, sl.Resident, on(until))
		require.NoError(t, err)
		require.NoError(t, h.desk.Advance(on("20 14:00")))
		c, _ := h.teller.Chain(id)
		require.Equal(t, booking.Cancelled, c.State)
		text := strings.Join(h.speaker(explain.English, explain.Clerk).Chain(&c), "\n")
		if until == "19 12:00" {
			require.Contains(t, text, "No answer about the substitute came by Thu 19 Nov 2026 12:00")
		} else {
			require.Contains(t, text, "The session ended before an answer about the substitute came")
		}
	}
}
