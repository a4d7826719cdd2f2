package search_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/search"
)

// of gives a session to a physician.
func of(physician string, s slots.Session) slots.Session {
	s.ID, s.Resources = physician+s.ID, []string{physician}
	return s
}

// meetings shows the meetings of physicians: the clock, and each one's slots as session/first+count.
func meetings(t *testing.T, x *search.Index, minutes int, from, until slots.Instant, queries ...search.Query) string {
	t.Helper()
	plans := []*search.Plan{}
	for _, q := range queries {
		plan, err := x.Plan(q)
		require.NoError(t, err)
		plans = append(plans, plan)
	}
	joint, err := x.Joint(minutes, plans...)
	require.NoError(t, err)
	lines := []string{}
	c := joint.Cursor(from, until)
	m, o := c.Next()
	for ; o == search.Found; m, o = c.Next() {
		words := []string{m.Start.In(china).Format("15:04")}
		for i, s := range m.Spots {
			if i < m.Parties {
				words = append(words, fmt.Sprintf("%d/%d+%d", s.Session, s.Slot, s.Count))
			} else {
				require.Zero(t, s)
			}
		}
		require.Equal(t, minutes, m.Minutes)
		lines = append(lines, strings.Join(words, " "))
	}
	require.Equal(t, search.None, o)
	return strings.Join(lines, ", ")
}

func TestJoint(t *testing.T) {
	eight := at(t, "11-23 08:00", china)
	p, q := search.Query{Resource: "P"}, search.Query{Resource: "Q"}
	x := indexOf(t, china,
		of("P", session("1", eight, 30, 30, 30, -30, 30)),
		of("Q", session("2", eight.AddMinutes(20), 20, 20, 20, 20)),
		of("Q", session("3", eight.AddMinutes(110), 60)))
	// P is there 08:00–09:30 and 10:00–10:30, Q 08:20–09:40 and 09:50–10:50.
	require.Equal(t, "08:20 0/0+2 1/0+2, 08:30 0/1+1 1/0+2, 08:40 0/1+2 1/1+2, 09:00 0/2+1 1/2+2, 10:00 0/3+1 2/0+1", meetings(t, x, 30, 0, 0, p, q))
	require.Equal(t, "08:20 0/0+3 1/0+4", meetings(t, x, 70, 0, 0, p, q), "08:20 to 09:30 exactly")
	require.Equal(t, "", meetings(t, x, 71, 0, 0, p, q))
	require.Equal(t, "08:40 0/1+2 1/1+2", meetings(t, x, 30, eight.AddMinutes(31), eight.AddMinutes(60), p, q), "from and until")
	require.Equal(t, "08:20 1/0+2 0/0+2", meetings(t, x, 30, 0, eight.AddMinutes(30), q, p), "the order of parties is that of spots")
	require.Equal(t, "08:00 0/0+1, 08:30 0/1+1, 09:00 0/2+1, 10:00 0/3+1", meetings(t, x, 30, 0, 0, p), "one alone")
	require.Equal(t, "09:00 0/2+1 1/2+2",
		meetings(t, x, 30, 0, 0, p, search.Query{Resource: "Q", Windows: windows("09:00-09:45")}), "windows are each party's own")
	require.Equal(t, "", meetings(t, x, 30, 0, 0, p, search.Query{Resource: "Q", Kinds: []slots.Kind{slots.Virtual}}))
	require.NoError(t, x.Take(search.Spot{Session: 0, Slot: 1, Count: 1}))
	require.Equal(t, "09:00 0/2+1 1/2+2, 10:00 0/3+1 2/0+1", meetings(t, x, 30, 0, 0, p, q), "taken slots cut the stretch")
	require.NoError(t, x.Close(1))
	require.NoError(t, x.Bar(2, 1))
	require.Equal(t, "10:00 0/3+1 2/0+1", meetings(t, x, 30, 0, 0, p, q))
	q.Class = "app"
	require.Equal(t, "", meetings(t, x, 30, 0, 0, p, q))
}

// Numbers without times cannot be a meeting's.
func TestJointLeavesOutCountedSessions(t *testing.T) {
	eight := at(t, "11-23 08:00", china)
	counted := of("P", session("1", eight, 60))
	counted.Counted = true
	x := indexOf(t, china, counted, of("P", session("2", eight.AddMinutes(30), 60)), of("Q", session("3", eight, 60, 60)))
	require.Equal(t, "08:30 2/0+1 1/0+1, 09:00 2/0+1 1/1+1", meetings(t, x, 30, 0, 0, search.Query{Resource: "P"}, search.Query{Resource: "Q"}))
	require.Equal(t, "", meetings(t, x, 30, 0, 0, search.Query{Resource: "P", Windows: windows("08:00-09:00")}, search.Query{Resource: "Q"}))
}

// A physician with two places at once comes from the session numbered lower; a session of both gives both the same slots.
func TestJointWithTwoPlaces(t *testing.T) {
	eight := at(t, "11-23 08:00", china)
	both := session("0", eight.AddMinutes(60), 30)
	both.Resources = []string{"P", "Q"}
	x := indexOf(t, china, of("P", session("1", eight, 60)), of("P", session("2", eight, 30, 30)), of("Q", session("3", eight, 30)), both)
	require.Equal(t, "08:00 0/0+1 2/0+1, 09:00 3/0+1 3/0+1", meetings(t, x, 20, 0, 0, search.Query{Resource: "P"}, search.Query{Resource: "Q"}))
}

// A search that has looked enough says so, and goes on from there.
func TestJointIsBounded(t *testing.T) {
	const short = 3*search.MaxLooks + 10
	start := slots.MustInstant("2000-01-01T00:00:00+08:00")
	sessions := make([]slots.Session, short+1)
	for i := range sessions {
		s := start.AddMinutes(i * 20)
		sessions[i] = slots.Session{ID: "a", Date: slots.DateOf(s, china), Line: slots.Line{Department: "D", Kind: slots.General}, Resources: []string{"P"},
			Start: s, Slots: []slots.Slot{{Start: s, Minutes: 10, Capacity: 1}}}
	}
	sessions[short].Slots[0].Minutes = 30
	x, err := search.New(search.Config{Sessions: sessions, Location: china})
	require.NoError(t, err)
	plan, err := x.Plan(search.Query{Resource: "P"})
	require.NoError(t, err)
	joint, err := x.Joint(30, plan)
	require.NoError(t, err)
	c := joint.Cursor(0, 0)
	outcomes := []search.Outcome{}
	for {
		m, o := c.Next()
		if outcomes = append(outcomes, o); o == search.Found {
			require.Equal(t, sessions[short].Start, m.Start)
			require.Equal(t, search.Spot{Session: short, Count: 1}, m.Spots[0])
		}
		if o == search.None {
			break
		}
	}
	u := search.Undecided
	require.Equal(t, []search.Outcome{u, u, u, search.Found, search.None}, outcomes)
}

func TestOutcome(t *testing.T) {
	require.False(t, search.Outcome(0).IsValid())
	require.False(t, search.Outcome(4).IsValid())
	require.True(t, search.Undecided.IsValid())
	require.Equal(t, "found none undecided Outcome(0)", fmt.Sprint(search.Found, " ", search.None, " ", search.Undecided, " ", search.Outcome(0)))
}
