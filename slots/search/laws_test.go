package search_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/search"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

var classes = []string{"app", "elderly", "referral"}

// world is an index and its naive twin, held to the same marks.
type world struct {
	index *search.Index
	naive *naive
}

// drawWorld draws a roster, its sessions over some days, often with a change of clocks among them, and an index of them.
func drawWorld(t *rapid.T) *world {
	zone := slotstest.Zone().Draw(t, "zone")
	first := slotstest.Date(slots.MustDate("2024-02-20"), slots.MustDate("2026-11-20")).Draw(t, "first")
	year, _, _ := first.Civil()
	if changes := changesOf(zone, year); len(changes) > 0 && rapid.Bool().Draw(t, "at a change") {
		first = rapid.SampledFrom(changes).Draw(t, "change").AddDays(-1)
	}
	last := first.AddDays(rapid.IntRange(0, 9).Draw(t, "days"))
	config := slotstest.Roster(6, first, last).Draw(t, "roster")
	config.Rules = crowd(t, config.Rules)
	roster, err := slots.NewRoster(config)
	require.NoError(t, err)
	sessions, _, err := roster.Sessions(first, last, slots.Calendar{}, zone)
	require.NoError(t, err)
	index, err := search.New(search.Config{Sessions: sessions, Location: zone, Classes: classes})
	require.NoError(t, err)
	return &world{index, newNaive(sessions, zone)}
}

// crowd adds to drawn rules more that meet them: on all days, of other physicians at the same times, and long ones of many slots.
func crowd(t *rapid.T, rules []slots.Rule) []slots.Rule {
	all := slices.Clone(rules)
	for _, r := range rules {
		r.From, r.Until = slots.Date{}, slots.Date{}
		r.Holidays, r.HolidayHours = slots.OpenOnHolidays, slots.Hours{}
		if rapid.IntRange(0, 5).Draw(t, "long") == 0 {
			r.Minutes, r.Cut, r.Blocks = 1440, slots.Even(rapid.IntRange(7, 23).Draw(t, "of minutes"), 1), nil
		}
		for weekday := slots.Monday; weekday <= slots.Sunday; weekday++ {
			for again := range rapid.SampledFrom([]int{0, 1, 1, 3}).Draw(t, "times") {
				c := r
				c.ID, c.Repeat = fmt.Sprintf("%s-%d-%d", r.ID, weekday, again), slots.Weekly(weekday)
				if again > 0 {
					c.Resources = []string{rapid.SampledFrom([]string{"P1", "P2", "P3", "CT1"}).Draw(t, "again")}
					c.Line = slotstest.Line().Draw(t, "line again")
				}
				all = append(all, c)
			}
		}
	}
	return all
}

// changesOf are the dates of a year on which the clocks of a zone change.
func changesOf(zone *time.Location, year int) (dates []slots.Date) {
	for day := time.Date(year, 1, 1, 12, 0, 0, 0, time.UTC); day.Year() == year; day = day.AddDate(0, 0, 1) {
		_, before := day.In(zone).Zone()
		_, after := day.AddDate(0, 0, 1).In(zone).Zone()
		if before != after {
			dates = append(dates, slots.DateOf(slots.InstantOf(day), zone))
		}
	}
	return dates
}

// change does one random thing to both.
func (w *world) change(t *rapid.T) {
	i := rapid.IntRange(0, len(w.naive.sessions)-1).Draw(t, "session")
	switch rapid.IntRange(0, 7).Draw(t, "do") {
	case 0:
		require.NoError(t, w.index.Close(int32(i)))
		w.naive.closed[i] = true
	case 1:
		require.NoError(t, w.index.Open(int32(i)))
		delete(w.naive.closed, i)
	case 2, 3:
		class := rapid.IntRange(1, len(classes)).Draw(t, "class")
		bar := rapid.Bool().Draw(t, "bar")
		if w.naive.barred[i] == nil {
			w.naive.barred[i] = map[string]bool{}
		}
		w.naive.barred[i][classes[class-1]] = bar
		if bar {
			require.NoError(t, w.index.Bar(int32(i), search.Class(class)))
		} else {
			require.NoError(t, w.index.Admit(int32(i), search.Class(class)))
		}
	default:
		n := len(w.naive.sessions[i].Slots)
		first := rapid.IntRange(0, n-1).Draw(t, "slot")
		count := rapid.IntRange(1, n-first).Draw(t, "count")
		spot := search.Spot{Session: int32(i), Slot: uint16(first), Count: uint16(count)}
		take := rapid.IntRange(0, 2).Draw(t, "take") > 0
		for r := first; r < first+count; r++ {
			w.naive.taken[[2]int{i, r}] = take
		}
		if take {
			require.NoError(t, w.index.Take(spot))
		} else {
			require.NoError(t, w.index.Free(spot))
		}
		require.Equal(t, !take, w.index.IsFree(spot))
	}
	require.Equal(t, !w.naive.closed[i], w.index.IsOpen(int32(i)))
	for c, name := range classes {
		require.Equal(t, !w.naive.barred[i][name], w.index.IsAdmitted(int32(i), search.Class(c+1)))
	}
}

// query draws names of one session, mostly, and what else may be asked.
func (w *world) query(t *rapid.T) search.Query {
	q := search.Query{
		Class: rapid.SampledFrom([]string{"", "", "app", "elderly"}).Draw(t, "class"),
		Count: rapid.SampledFrom([]int{0, 1, 1, 2, 3, 4, 6, 9, 100}).Draw(t, "count"),
	}
	s := rapid.SampledFrom(w.naive.sessions).Draw(t, "like")
	if len(s.Resources) > 0 && rapid.Bool().Draw(t, "resource") {
		q.Resource = rapid.SampledFrom(s.Resources).Draw(t, "which resource")
	}
	if rapid.Bool().Draw(t, "department") {
		q.Department = s.Line.Department
	}
	if rapid.Bool().Draw(t, "service") {
		q.Service = s.Line.Service
	}
	if rapid.IntRange(0, 9).Draw(t, "another") == 0 {
		q.Resource = "P3"
	}
	restrict(t, &q)
	return q
}

// restrict draws what may be left empty.
func restrict(t *rapid.T, q *search.Query) {
	if rapid.IntRange(0, 2).Draw(t, "sites") == 0 {
		q.Sites = rapid.SampledFrom([][]string{{""}, {"east"}, {"", "east"}}).Draw(t, "which sites")
	}
	if rapid.IntRange(0, 3).Draw(t, "kinds") == 0 {
		q.Kinds = rapid.SampledFrom([][]slots.Kind{{slots.General}, {slots.Specialist, slots.Joint, slots.Virtual}}).Draw(t, "which kinds")
	}
	if rapid.IntRange(0, 3).Draw(t, "grades") == 0 {
		q.Grades = rapid.SampledFrom([][]slots.Grade{{slots.Chief}, {slots.NoGrade, slots.Attending}}).Draw(t, "which grades")
	}
	q.Visit = slots.Visit(rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "visit"))
	if rapid.Bool().Draw(t, "weekdays") {
		days := rapid.SliceOfN(rapid.IntRange(1, 7), 1, 6).Draw(t, "which weekdays")
		for _, d := range days {
			q.Weekdays |= slots.WeekdaysOf(slots.Weekday(d))
		}
	}
	for range rapid.SampledFrom([]int{0, 1, 1, 2, 4}).Draw(t, "windows") {
		w := search.Window{From: slotstest.Clock().Draw(t, "window from"), Until: slotstest.Clock().Draw(t, "window until")}
		if rapid.IntRange(0, 3).Draw(t, "day") == 0 {
			w = search.Window{From: slots.MustClock("08:00"), Until: slots.MustClock("24:00")}
		}
		if w.From != w.Until {
			q.Windows = append(q.Windows, w)
		}
	}
}

// instants draws a from and an until around the world's sessions, often exactly where a slot starts.
func (w *world) instants(t *rapid.T) (from, until slots.Instant) {
	draw := func(label string) slots.Instant {
		s := rapid.SampledFrom(w.naive.sessions).Draw(t, label+" session")
		return rapid.SampledFrom(s.Slots).Draw(t, label+" slot").Start + slots.Instant(rapid.SampledFrom([]int{0, 0, 1, -1, 600}).Draw(t, label+" beside"))
	}
	if rapid.Bool().Draw(t, "from") {
		from = draw("from")
	}
	if rapid.IntRange(0, 2).Draw(t, "until") == 0 {
		until = draw("until")
	}
	return from, until
}

// Whatever is taken, closed and barred, every question has the answers of the walk over all slots, in its order.
func TestFindsWhatAWalkFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		if len(w.naive.sessions) == 0 {
			return
		}
		for range 4 {
			for range rapid.IntRange(0, 12).Draw(t, "changes") {
				w.change(t)
			}
			require.Empty(t, w.index.Wrong())
			q := w.query(t)
			from, until := w.instants(t)
			plan, err := w.index.Plan(q)
			if q.Resource == "" && q.Department == "" && q.Service == "" {
				require.Error(t, err)
				continue
			}
			want := w.naive.all(q, from, until)
			if errors.Is(err, search.ErrUnknown) {
				require.False(t, w.naive.hasAll(q))
				continue
			}
			require.NoError(t, err)
			require.Equal(t, want, slices.AppendSeq([]search.Spot{}, plan.All(from, until)))
			spot, ok := plan.First(from, until)
			require.Equal(t, len(want) > 0, ok)
			if ok {
				require.Equal(t, want[0], spot)
				require.Equal(t, w.naive.startOf(spot), w.index.Span(spot).From())
			}
		}
	})
}

// Meetings are those at which a walk finds each party free, at every start of a slot of any of them.
func TestJointFindsWhatAWalkFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		if len(w.naive.sessions) == 0 {
			return
		}
		for range rapid.IntRange(0, 20).Draw(t, "changes") {
			w.change(t)
		}
		names := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"P1", "P2", "P3", "CT1"}), 1, 3, rapid.ID[string]).Draw(t, "parties")
		var queries []search.Query
		var plans []*search.Plan
		for _, name := range names {
			q := search.Query{Resource: name, Class: rapid.SampledFrom([]string{"", "app"}).Draw(t, "class")}
			if rapid.IntRange(0, 3).Draw(t, "restricted") == 0 {
				restrict(t, &q)
			}
			plan, err := w.index.Plan(q)
			if errors.Is(err, search.ErrUnknown) {
				require.False(t, w.naive.hasAll(q))
				return
			}
			require.NoError(t, err)
			queries, plans = append(queries, q), append(plans, plan)
		}
		minutes := rapid.SampledFrom([]int{1, 10, 30, 45, 120}).Draw(t, "minutes")
		joint, err := w.index.Joint(minutes, plans...)
		require.NoError(t, err)
		from, until := w.instants(t)
		got := []search.Meeting{}
		c := joint.Cursor(from, until)
		m, o := c.Next()
		for ; o == search.Found; m, o = c.Next() {
			got = append(got, m)
		}
		require.Equal(t, search.None, o)
		require.Equal(t, w.naive.meetings(queries, minutes, from, until), got)
	})
}
