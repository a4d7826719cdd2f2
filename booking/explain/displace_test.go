package explain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/explain"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// emergency has a scanner's day on which an emergency takes Deng's place, by the best plan.
func (h *hospital) emergency(now string) {
	h.rules.Version++
	h.rules.Exempt, h.rules.Displacement = []string{"emergency"}, booking.Displacement{Kinds: []sl.Kind{sl.Examination}, MaxMoves: 1, HorizonDays: 1}
	rules, err := booking.NewRules(h.rules)
	require.NoError(h.t, err)
	require.NoError(h.t, h.desk.Advance(on(now)))
	h.desk.Pool().Configure(rules)
	h.do(booking.Adopt{Meta: at(now)})
	s := morning("CT", "26", "scanner", 2)
	s.Line.Kind, s.Line.Grade, s.Line.Department, s.Line.Service = sl.Examination, sl.NoGrade, "Imaging", "CT"
	h.open(now, s, booking.Terms{})
	h.book(now, booking.Ask{Person: "Deng", Channel: "app", Session: "CT"})
	ask := booking.Ask{Person: "Bao", Channel: "ward", Classes: []string{"emergency"}, Session: "CT"}
	plans, err := h.desk.Displacements(on(now), ask, 1)
	require.NoError(h.t, err)
	require.Len(h.t, plans, 1)
	h.visits["Bao"], err = h.desk.Displace(on(now), ask, plans[0].Placements())
	require.NoError(h.t, err)
}

// Whoever made room is told that, and that giving back costs nothing; a clerk also from where.
func TestDisplacedIsTold(t *testing.T) {
	h := newHospital(t, nil)
	h.emergency("16 09:00")
	c, ok := h.teller.Chain(h.visits["Deng"])
	require.True(t, ok)
	last := c.Links[len(c.Links)-1]
	require.Equal(t, explain.Emergency, last.Cause)
	require.Equal(t, booking.Booked, last.State)
	require.Equal(t, on("26 08:00"), last.From.Start)
	require.Equal(t, on("26 08:30"), last.Place.Start)
	require.Equal(t, "We are sorry: an emergency needed your place, and you were moved to Imaging, CT, scanner, East, Thu 26 Nov 2026 08:30. "+
		"If that does not suit you, you may give the number back at any time; it costs nothing.", h.speaker(explain.English, explain.Patient).Link(&last))
	require.Contains(t, h.speaker(explain.Chinese, explain.Clerk).Link(&last), "因急诊让号，由Imaging CT scanner East 2026年11月26日（周四）08:00 [CT]改约至")
}

// Nothing free: told with what stood in the way, and when that changes.
func TestNoneFreeSaysWhy(t *testing.T) {
	h := newHospital(t, nil)
	h.open("16 08:00", morning("Li", "23", "Dr Li", 1), booking.Terms{})
	h.open("16 08:00", morning("Wu", "24", "Dr Wu", 1), booking.Terms{Release: on("20 20:00")})
	h.book("16 09:00", booking.Ask{Person: "A", Channel: "app", Session: "Li"})
	q := h.request("16 09:00", "B", "app", "Li", 0)
	q.Slot, q.Department = booking.Slot{}, booking.Department(h.desk.Pool().Find(booking.DepartmentName, "Cardiology"))
	x := h.why(booking.Take{Meta: at("16 10:00"), Request: q})
	require.Equal(t, booking.NoneFree, x.Reason)
	require.Equal(t, []booking.Obstacle{{Reason: booking.NotReleased, Sessions: 1, Slots: 1, Until: on("20 20:00")}, {Reason: booking.Full, Sessions: 1, Slots: 1}}, x.Obstacles)
	require.Equal(t, []string{"There is no free number that matches.", "Sessions whose numbers are not out yet: 1. Earliest change: Fri 20 Nov 2026 20:00.",
		"Sessions that are full: 1.", "Please look at more days, hours or physicians."}, h.speaker(explain.English, explain.Patient).Refusal(&x))
	require.Equal(t, "尚未放号：1个出诊单元。最早变化时间：2026年11月20日（周五）20:00。", h.speaker(explain.Chinese, explain.Clerk).Refusal(&x)[1])
}

// Every reason has words where it keeps from sessions, and every likeness where it is offered.
func TestEveryObstacleAndLikenessHasWords(t *testing.T) {
	h := newHospital(t, nil)
	id := h.open("16 08:00", morning("Li", "23", "Dr Li", 2), booking.Terms{})
	for n, s := range h.speakers() {
		for r := booking.KeyReused; r.IsValid(); r++ {
			x := explain.Explanation{Reason: booking.NoneFree, Obstacles: []booking.Obstacle{{Reason: r, Sessions: 2, Slots: 3}, {Reason: r, Slots: 1}}}
			lines := s.Refusal(&x)
			require.Len(t, lines, 2, "%v: add it in text_displace.go", r)
			require.Equal(t, n >= 2, chinese(lines[1]), lines[1])
			require.NotContains(t, lines[1], "{")
		}
		for l := booking.OtherTime; l.IsValid(); l++ {
			x := booking.Alternative{Likeness: l, Candidate: booking.Candidate{Slot: booking.Slot{Session: id, N: 1}}}
			text := s.Alternative(h.desk.Pool(), &x)
			require.NotEmpty(t, text, "%v: add it in text_displace.go", l)
			require.Equal(t, n >= 2, chinese(text), text)
			require.NotContains(t, text, "{")
		}
		require.Empty(t, s.Alternative(h.desk.Pool(), &booking.Alternative{}))
	}
}
