package booking_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// Two visits at two sites: allowed exactly where the gap is as long as the way, whichever comes first, however the line of the rules is
// written, and whether the rules or the sites came first. The oracle is a table of minutes.
func TestTravelIsByPair(t *testing.T) {
	sites := []string{"", "East", "West", "South"}
	rapid.Check(t, func(t *rapid.T) {
		r := plainRules()
		r.TravelMinutes = 15 * pick(t, "otherwise", 3)
		var way [4][4]int
		for x := 1; x < 4; x++ {
			for y := 1; y < x; y++ {
				way[x][y] = r.TravelMinutes
				if pick(t, "own", 2) == 1 {
					way[x][y] = 15 * pick(t, "minutes", 6)
					line := booking.Travel{From: sites[x], To: sites[y], Minutes: way[x][y]}
					if pick(t, "turned", 2) == 1 {
						line.From, line.To = line.To, line.From
					}
					r.Travel = append(r.Travel, line)
				}
				way[y][x] = way[x][y]
			}
		}
		r.Travel = append(r.Travel, booking.Travel{From: "East", To: "nowhere", Minutes: 1440})
		b := newStage(t, r)
		if pick(t, "rules later", 2) == 1 {
			b.name(booking.SiteName, "West")
			r.Version = 2
			b.book.Configure(mustRules(r))
			b.done(booking.Adopt{Meta: b.meta()})
		}
		at, to := pick(t, "at", 4), pick(t, "to", 4)
		gap := 15 * (pick(t, "gap", 12) - 6) // before or after
		opening := func(n int, start slots.Instant) booking.Opening {
			o := booking.Opening{Date: slots.MustDate("2026-11-10"), Start: start, Kind: slots.General, Slots: []booking.SlotSpec{{Minutes: 15, Capacity: 1}}}
			if sites[n] != "" {
				o.Site = booking.Site(b.name(booking.SiteName, sites[n]))
			}
			return o
		}
		start := on("10 12:00")
		b.take("Li", b.open("first", opening(at, start)), 0)
		second := b.open("second", opening(to, start.AddMinutes(gap)))
		apart := gap - 15
		if gap < 0 {
			apart = -gap - 15
		}
		want := "two places"
		if apart >= way[at][to] {
			want = "done"
		}
		what := fmt.Sprintf("%q to %q, %d apart, %v", sites[at], sites[to], apart, r.Travel)
		x, _ := b.book.Session(1)
		y, _ := b.book.Session(second)
		require.Equal(t, way[at][to], b.book.TravelMinutes(x.Site, y.Site), what)
		restored := requireSnapshotRoundTrip(t, b.book)
		require.Equal(t, way[at][to], restored.TravelMinutes(y.Site, x.Site), what)
		require.Equal(t, want, b.outcome(booking.Take{Meta: b.meta(), Request: b.request("Li", second, 0)}), what)
		require.Empty(t, b.book.Check())
	})
}

// Check counts holds that cannot have been asked for together: the rules may have become stricter.
func TestUnpaidHoldsThatAreOver(t *testing.T) {
	b := newStage(t, plainRules())
	var s []booking.Session
	for _, day := range []string{"10", "11", "12"} {
		s = append(s, b.open(day, b.halfHours(day, "Dr Wang", 3, 200)))
	}
	b.hold("Li", s[0], 0)
	b.hold("Li", s[0], 1)
	for n := range booking.MaxBundle {
		b.take(fmt.Sprint("other ", n), s[2], 0)
	}
	last := b.hold("Li", s[1], 0)
	r := plainRules()
	r.Version, r.Limits = 2, []booking.Limit{{Who: booking.PerPerson, Of: booking.UnpaidHolds, Max: 2}}
	b.book.Configure(mustRules(r))
	require.Equal(t, []booking.Finding{{Law: "over limit", Appointment: last, Session: s[1], Want: 2, Have: 3}}, b.book.Check())
}
