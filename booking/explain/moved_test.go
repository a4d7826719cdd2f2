package explain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/explain"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Whoever got a number that was moved to their class can be told so, and a clerk why: four numbers parted, the app's two sold in a day.
func TestMovedReserveIsToldWithItsGrounds(t *testing.T) {
	h := newHospital(t, func(r *booking.Rules) {
		r.Limits, r.Reallocation = nil, booking.Reallocation{MaxMovePercent: 100, KeepUnits: 1}
	})
	h.open("16 08:00", morning("Li", "18", "Dr Li", 4), booking.Terms{Reallocate: []sl.Instant{on("17 08:00"), on("17 09:00")},
		Quotas: []booking.NamedQuota{{Class: "app", Reserve: 2, Cap: 2, Capped: true}, {Class: "phone", Reserve: 2, Cap: 2, Capped: true}}})
	ask := func(person string, n int) booking.Ask {
		return booking.Ask{Person: person, Channel: "app", Session: "Li", N: n}
	}
	h.book("16 09:00", ask("Zhang", 0))
	h.book("16 09:01", ask("Wang", 1))
	require.NoError(t, h.desk.Advance(on("17 08:00")))
	id := h.book("17 08:30", ask("Zhao", 2)) // which had been the phone's
	chain, ok := h.teller.Chain(id)
	require.True(t, ok)
	var moved []explain.Link
	for _, l := range chain.Links {
		if l.Event.Kind() == booking.ReserveMoved {
			moved = append(moved, l)
		}
	}
	require.Len(t, moved, 1)
	require.Equal(t, explain.OfQuota, moved[0].Relation)
	require.Equal(t, booking.Pace{Sold: 2, Need: 3, ElapsedSeconds: 86400}, moved[0].Grounds.Receiver)
	english, chinese := h.speaker(explain.English, explain.Clerk), h.speaker(explain.Chinese, explain.Clerk)
	require.Contains(t, english.Link(&moved[0]), "of what was kept for phone, 1 went to app, for they sell faster. "+
		"(giver: sold 0 in 24 h, unsold 2, expected 0 more; receiver: sold 2 in 24 h, unsold 0, expected 3 more; 0 in common; 25 h left to book; rules 1)")
	require.Contains(t, chinese.Link(&moved[0]), "为“phone”预留的号中有1个调配给“app”（售出较快）。（调出方：24小时内售出0，余2，预计还需0；调入方：24小时内售出2，余0，预计还需3；公共余号0；距停止预约25小时；规则第1版）")
	require.Equal(t, explain.FromReserve, chain.Links[len(chain.Links)-1].Charge.From, "it was the app's own by then")

	require.NoError(t, h.desk.Advance(on("17 09:00"))) // one is kept for the phone: nothing more may move
	other := h.book("17 10:00", booking.Ask{Person: "Zhou", Channel: "phone", Session: "Li", N: 3})
	chain, _ = h.teller.Chain(other)
	rounds := 0
	for _, l := range chain.Links {
		if l.Event.Kind() == booking.ReserveMoved {
			rounds++
			require.EqualValues(t, 1, l.Event.Number(), "a round that moved nothing is of no interest")
		}
	}
	require.Equal(t, 1, rounds)
	require.Positive(t, fortnight(t).kinds[booking.ReserveMoved])
}
