package explain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/explain"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// hereAndBack is a day on which someone is reminded, is in the wrong department, and comes back with results twice.
func (h *hospital) hereAndBack() {
	chest := morning("Tong", "25", "Dr Tong", 2)
	chest.Line.Department = "Chest"
	h.open("24 11:00", morning("Xue", "25", "Dr Xue", 1), booking.Terms{Reminders: []sl.Instant{on("24 18:00")}})
	h.open("24 11:00", chest, booking.Terms{AddOns: 1, End: on("25 12:00")})
	chest = morning("Tong/26", "26", "Dr Tong", 1)
	chest.Line.Department = "Chest"
	later := h.open("24 11:00", chest, booking.Terms{})
	id := h.book("24 11:01", booking.Ask{Person: "Xiang", Channel: "app", Session: "Xue"})
	h.do(booking.CheckIn{Meta: at("25 07:50"), Appointment: id})
	h.do(booking.Transfer{Meta: at("25 07:55"), Appointment: id, Want: h.request("25 07:55", "Xiang", "app", "Tong", 0)})
	h.do(booking.Transfer{Meta: at("25 07:56"), Appointment: id, Want: h.request("25 07:56", "Xiang", "app", "Tong", 1), AddOn: true})
	h.do(booking.Complete{Meta: at("25 08:20"), Appointment: id})
	h.visits["Xiang back"] = h.do(booking.Return{Meta: at("25 11:00"), Appointment: id, Session: later - 1}).Appointment
	require.NoError(h.t, h.desk.Advance(on("25 12:00")))
	h.visits["Xiang again"] = h.do(booking.Return{Meta: at("26 08:00"), Appointment: id, Session: later}).Appointment
	h.do(booking.CloseSession{Meta: at("26 08:10"), Session: later, AnswerBy: on("26 20:00")})
}

// The patient's own words for what happened after check-in.
func TestHereAndBack(t *testing.T) {
	h := fortnight(t)
	tell := func(person string) []string {
		c, ok := h.teller.Chain(h.visits[person])
		require.True(t, ok)
		return h.speaker(explain.English, explain.Patient).Chain(&c)
	}
	require.Equal(t, []string{
		"Tue 24 Nov 2026 11:01  Cardiology, visit, Dr Xue, East, Wed 25 Nov 2026 08:00 was booked for you.",
		"Tue 24 Nov 2026 18:00  You were reminded of Cardiology, visit, Dr Xue, East, Wed 25 Nov 2026 08:00.",
		"Wed 25 Nov 2026 07:50  You checked in.",
		"Wed 25 Nov 2026 07:55  You were sent on to Chest, visit, Dr Tong, East, Wed 25 Nov 2026 08:00.",
		"Wed 25 Nov 2026 07:55  What was given back comes out again later.",
		"Wed 25 Nov 2026 07:56  You were sent on, with a number added for you: Chest, visit, Dr Tong, East, Wed 25 Nov 2026 08:30.",
		"Wed 25 Nov 2026 07:56  What was given back comes out again later.",
		"Wed 25 Nov 2026 08:20  Your visit was completed.",
	}, tell("Xiang"))
	require.Equal(t, []string{
		"Wed 25 Nov 2026 11:00  You came back with your results: Chest, visit, Dr Tong, East, Wed 25 Nov 2026 08:00. No new number is needed.",
		"Wed 25 Nov 2026 12:00  The clinic ended before you were seen; you may come back with your results another day.",
	}, tell("Xiang back"))
	again := tell("Xiang again")
	require.Equal(t, "Thu 26 Nov 2026 08:10  The clinic was closed before you were seen; you may come back with your results another day.", again[len(again)-1])

	// Why not, in the patient's words.
	li := h.open("30 20:00", morning("Li/30", "30", "Dr Li", 1), booking.Terms{})
	for want, c := range map[string]booking.Command{
		"Your appointment is completed, so this cannot be done now.": booking.Transfer{Meta: at("30 20:01"), Appointment: h.visits["Xiang"],
			Want: booking.Request{Department: 1}},
		"You could come back with the results of this visit, without a new number, until Sat 28 Nov 2026.": booking.Return{
			Meta: at("30 20:01"), Appointment: h.visits["Xiang"], Session: li},
	} {
		x := h.why(c)
		require.Equal(t, want, h.speaker(explain.English, explain.Patient).Refusal(&x)[0])
	}
}
