package search_test

import (
	"cmp"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/search"
)

// at is a wall-clock time of 2026 in the zone: "11-23 08:00".
func at(t *testing.T, text string, zone *time.Location) slots.Instant {
	t.Helper()
	i, err := time.ParseInLocation("2006-01-02 15:04", "2026-"+text, zone)
	require.NoError(t, err)
	return slots.InstantOf(i)
}

// session is one of physician P that starts at start and has slots of so many minutes, one after the other; a negative length is a break.
func session(id string, start slots.Instant, lengths ...int) slots.Session {
	s := slots.Session{ID: id, Date: slots.DateOf(start, china), Line: slots.Line{Department: "D", Kind: slots.General}, Resources: []string{"P"}, Start: start}
	for _, n := range lengths {
		if n > 0 {
			s.Slots = append(s.Slots, slots.Slot{Start: start, Minutes: n, Capacity: 1})
		}
		start = start.AddMinutes(max(n, -n))
	}
	return s
}

func indexOf(t *testing.T, zone *time.Location, sessions ...slots.Session) *search.Index {
	t.Helper()
	slices.SortFunc(sessions, func(a, b slots.Session) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), a.Date.Compare(b.Date), cmp.Compare(a.ID, b.ID))
	})
	x, err := search.New(search.Config{Sessions: sessions, Location: zone, Classes: []string{"app"}})
	require.NoError(t, err)
	return x
}

// found shows what a query finds in all: the clock at each start, and the session's number.
func found(t *testing.T, x *search.Index, q search.Query, zone *time.Location) string {
	t.Helper()
	if q.Resource+q.Department+q.Service == "" {
		q.Resource = "P"
	}
	plan, err := x.Plan(q)
	require.NoError(t, err)
	words := []string{}
	for spot := range plan.All(-1<<62, 0) {
		words = append(words, fmt.Sprintf("%s#%d", x.Span(spot).From().In(zone).Format("15:04"), spot.Session))
	}
	return strings.Join(words, " ")
}

func windows(text ...string) (all []search.Window) {
	for _, w := range text {
		from, until, _ := strings.Cut(w, "-")
		all = append(all, search.Window{From: slots.MustClock(from), Until: slots.MustClock(until)})
	}
	return all
}

func TestOrderIsOfSlotsNotOfSessions(t *testing.T) {
	long := session("a", at(t, "11-23 08:00", china), 60, 60, 60)
	short := session("b", at(t, "11-23 08:30", china), 30, 30, 30)
	equal := session("c", at(t, "11-23 08:00", china), 30, 30)
	x := indexOf(t, china, long, short, equal)
	require.Equal(t, "08:00#0 08:00#1 08:30#1 08:30#2 09:00#0 09:00#2 09:30#2 10:00#0", found(t, x, search.Query{}, china))
	require.NoError(t, x.Take(search.Spot{Session: 0, Slot: 0, Count: 2}))
	require.Equal(t, "08:00#1 08:30#1 08:30#2 09:00#2 09:30#2 10:00#0", found(t, x, search.Query{}, china))
}

// Sessions that start together and are cut differently come by number, also where another week the other cut came first.
func TestOrderAcrossCuts(t *testing.T) {
	week1, week2 := at(t, "11-23 08:00", china), at(t, "11-30 08:00", china)
	x := indexOf(t, china, session("a", week1, 30, 30), session("b", week1, 60), session("a", week2, 60), session("b", week2, 30, 30))
	require.Equal(t, "08:00#0 08:00#1 08:30#0 08:00#2 08:00#3 08:30#3", found(t, x, search.Query{}, china))
	plan, err := x.Plan(search.Query{Resource: "P"})
	require.NoError(t, err)
	spot, ok := plan.First(week2, 0)
	require.True(t, ok)
	require.EqualValues(t, 2, spot.Session)
	require.Equal(t, "08:00 0/0+1, 08:30 0/1+1, 08:00 2/0+1, 08:30 2/0+1", meetings(t, x, 20, 0, 0, search.Query{Resource: "P"}), "one alone, in two places")
}

func TestRunsHaveNoBreak(t *testing.T) {
	x := indexOf(t, china, session("a", at(t, "11-23 08:00", china), 30, 15, 30, -30, 30, 30, 30, 30), session("b", at(t, "11-23 08:00", china), 30, 30))
	for count, want := range map[int]string{
		0: "08:00#0 08:00#1 08:30#0 08:30#1 08:45#0 09:45#0 10:15#0 10:45#0 11:15#0",
		2: "08:00#0 08:00#1 08:30#0 09:45#0 10:15#0 10:45#0",
		3: "08:00#0 09:45#0 10:15#0",
		4: "09:45#0",
		5: "",
	} {
		require.Equal(t, want, found(t, x, search.Query{Count: count}, china), "%d in a row", count)
	}
	require.NoError(t, x.Take(search.Spot{Session: 0, Slot: 5, Count: 1}))
	require.Equal(t, "08:00#0", found(t, x, search.Query{Count: 3}, china))
}

func TestWindows(t *testing.T) {
	day := indexOf(t, china, session("a", at(t, "11-23 08:00", china), 60, 60, 60, 60))
	night := indexOf(t, china, session("a", at(t, "11-23 22:00", china), 60, 60, 60, 60))
	for _, c := range []struct {
		name    string
		x       *search.Index
		windows []search.Window
		count   int
		want    string
	}{
		{"half-open at both ends", day, windows("09:00-11:00"), 1, "09:00#0 10:00#0"},
		{"a minute short", day, windows("09:01-10:59"), 1, ""},
		{"windows that touch are one", day, windows("10:30-11:00", "08:30-10:30"), 1, "09:00#0 10:00#0"},
		{"windows that overlap are one", day, windows("08:00-09:30", "09:10-11:00"), 3, "08:00#0"},
		{"a gap of a minute", day, windows("08:00-09:30", "09:31-12:00"), 1, "08:00#0 10:00#0 11:00#0"},
		{"a run lies in them whole", day, windows("08:00-10:00", "11:00-12:00"), 2, "08:00#0"},
		{"the whole day", day, windows("00:00-24:00"), 1, "08:00#0 09:00#0 10:00#0 11:00#0"},
		{"the whole day in two parts", night, windows("12:00-00:00", "00:00-12:00"), 4, "22:00#0"},
		{"past midnight", night, windows("23:00-01:00"), 1, "23:00#0 00:00#0"},
		{"past midnight, in two windows", night, windows("00:00-01:00", "23:00-24:00"), 2, "23:00#0"},
		{"after midnight", night, windows("00:00-02:00"), 1, "00:00#0 01:00#0"},
	} {
		require.Equal(t, c.want, found(t, c.x, search.Query{Windows: c.windows, Count: c.count}, china), c.name)
	}
}

// A slot belongs to the weekday on which it starts, also in a session that began the evening before.
func TestWeekdays(t *testing.T) {
	x := indexOf(t, china, session("a", at(t, "11-23 23:00", china), 30, 30, 30, 30), session("b", at(t, "11-25 08:00", china), 30))
	for day, want := range map[slots.Weekday]string{
		slots.Monday: "23:00#0 23:30#0", slots.Tuesday: "00:00#0 00:30#0", slots.Wednesday: "08:00#1", slots.Sunday: "",
	} {
		require.Equal(t, want, found(t, x, search.Query{Weekdays: slots.WeekdaysOf(day)}, china), "%v", day)
	}
	require.Equal(t, "23:00#0", found(t, x, search.Query{Weekdays: slots.WeekdaysOf(slots.Monday), Count: 2}, china))
}

// Where the clocks change, windows are what the clocks show.
func TestClocksChange(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	apia, err := time.LoadLocation("Pacific/Apia")
	require.NoError(t, err)
	autumn := indexOf(t, newYork, session("a", at(t, "11-01 00:00", newYork), 60, 60, 60, 60))
	spring := indexOf(t, newYork, session("a", at(t, "03-08 00:00", newYork), 60, 60, 60, 60))
	require.Equal(t, "01:00#0 01:00#0", found(t, autumn, search.Query{Windows: windows("01:00-02:00")}, newYork), "the hour comes twice")
	require.Equal(t, "02:00#0", found(t, autumn, search.Query{Windows: windows("02:00-12:00")}, newYork))
	require.Equal(t, "01:00#0 03:00#0", found(t, spring, search.Query{Windows: windows("01:00-04:00")}, newYork))
	require.Equal(t, "", found(t, spring, search.Query{Windows: windows("02:00-03:00")}, newYork), "the hour does not come")
	// Samoa went from Thursday 29 December 2011 to Saturday the 31st.
	night := indexOf(t, apia, session("a", slots.MustInstant("2011-12-29T23:00:00-10:00"), 60, 60))
	require.Equal(t, "23:00#0", found(t, night, search.Query{Weekdays: slots.WeekdaysOf(slots.Thursday)}, apia))
	require.Equal(t, "00:00#0", found(t, night, search.Query{Weekdays: slots.WeekdaysOf(slots.Saturday)}, apia))
	require.Equal(t, "", found(t, night, search.Query{Weekdays: slots.WeekdaysOf(slots.Friday)}, apia))
}

// A slot for one kind of visit serves no other; one for any visit serves each.
func TestVisits(t *testing.T) {
	mixed := session("a", at(t, "11-23 08:00", china), 30, 15, 15, 30, 15)
	for i, v := range []slots.Visit{slots.FirstVisit, slots.FollowUp, slots.FollowUp, slots.AnyVisit, slots.FirstVisit} {
		mixed.Slots[i].Visit = v
	}
	plain := session("b", at(t, "11-23 08:00", china), 30, 15, 15, 30, 15)
	x := indexOf(t, china, mixed, plain)
	require.Equal(t, "08:00#0 08:00#1 08:30#0 08:30#1 08:45#0 08:45#1 09:00#0 09:00#1 09:30#0 09:30#1", found(t, x, search.Query{}, china))
	require.Equal(t, "08:00#0 08:00#1 08:30#1 08:45#1 09:00#0 09:00#1 09:30#0 09:30#1", found(t, x, search.Query{Visit: slots.FirstVisit}, china))
	require.Equal(t, "08:00#1 08:30#0 08:30#1 08:45#1", found(t, x, search.Query{Visit: slots.FollowUp, Count: 3}, china))
}

// Before 1970 seconds are negative, and the week goes on.
func TestLongAgo(t *testing.T) {
	x := indexOf(t, china, session("a", slots.MustInstant("1969-07-20T23:00:00+08:00"), 60, 60)) // a Sunday
	require.Equal(t, "23:00#0", found(t, x, search.Query{Weekdays: slots.WeekdaysOf(slots.Sunday), Windows: windows("23:00-24:00")}, china))
	require.Equal(t, "00:00#0", found(t, x, search.Query{Weekdays: slots.WeekdaysOf(slots.Monday), Windows: windows("00:00-01:00")}, china))
}

// Each field of a query matters.
func TestQueryFields(t *testing.T) {
	start := at(t, "11-23 08:00", china)
	with := func(id string, change func(*slots.Session)) slots.Session {
		s := session(id, start, 30)
		change(&s)
		return s
	}
	x := indexOf(t, china,
		with("0", func(*slots.Session) {}),
		with("1", func(s *slots.Session) { s.Resources = []string{"Q", "P"} }),
		with("2", func(s *slots.Session) { s.Line.Department = "E" }),
		with("3", func(s *slots.Session) { s.Line.Service = "echo" }),
		with("4", func(s *slots.Session) { s.Line.Department, s.Line.Service = "E", "echo" }),
		with("5", func(s *slots.Session) { s.Line.Site = "east" }),
		with("6", func(s *slots.Session) { s.Line.Kind = slots.Specialist }),
		with("7", func(s *slots.Session) { s.Line.Grade = slots.Chief }),
		with("8", func(s *slots.Session) { s.Line.Department, s.Line.Service = "E", "stress test" }))
	require.NoError(t, x.Bar(3, 1))
	for _, c := range []struct {
		query search.Query
		want  string
	}{
		{search.Query{Resource: "P"}, "012345678"},
		{search.Query{Resource: "Q"}, "1"},
		{search.Query{Department: "D"}, "013567"},
		{search.Query{Service: "echo"}, "34"},
		{search.Query{Department: "D", Service: "echo"}, "3"},
		{search.Query{Department: "E", Service: "stress test"}, "8"},
		{search.Query{Department: "D", Service: "stress test"}, ""},
		{search.Query{Resource: "P", Department: "E"}, "248"},
		{search.Query{Resource: "P", Service: "echo"}, "34"},
		{search.Query{Resource: "Q", Service: "echo"}, ""},
		{search.Query{Resource: "P", Sites: []string{"east"}}, "5"},
		{search.Query{Resource: "P", Sites: []string{""}}, "01234678"},
		{search.Query{Resource: "P", Kinds: []slots.Kind{slots.Specialist, slots.Joint}}, "6"},
		{search.Query{Department: "D", Grades: []slots.Grade{slots.Chief}}, "7"},
		{search.Query{Service: "echo", Class: "app"}, "4"},
	} {
		var words strings.Builder
		for word := range strings.FieldsSeq(found(t, x, c.query, china)) {
			words.WriteString(word[len("08:00#"):])
		}
		require.Equal(t, c.want, words.String(), "%+v", c.query)
	}
}

func TestFromAndUntil(t *testing.T) {
	start := at(t, "11-23 08:00", china)
	x := indexOf(t, china, session("a", start, 30, 30, 30, 30))
	for _, c := range []struct {
		name        string
		count       int
		from, until slots.Instant
		want        []uint16
	}{
		{"a slot that starts at from", 1, start.AddMinutes(30), 0, []uint16{1, 2, 3}},
		{"a second later it is gone", 1, start.AddMinutes(30) + 1, 0, []uint16{2, 3}},
		{"until is not included", 1, 0, start.AddMinutes(60), []uint16{0, 1}},
		{"a second later it is", 1, 0, start.AddMinutes(60) + 1, []uint16{0, 1, 2}},
		{"until at the last slot", 1, 0, start.AddMinutes(90), []uint16{0, 1, 2}},
		{"nothing between the last slot and itself", 1, start.AddMinutes(90), start.AddMinutes(90), nil},
		{"a run may go on after until", 3, 0, start.AddMinutes(60), []uint16{0, 1}},
		{"the empty range", 1, start.AddMinutes(60), start.AddMinutes(60), nil},
		{"backwards", 1, start.AddMinutes(60), start, nil},
		{"before all", 1, -1 << 62, 1<<62 - 1, []uint16{0, 1, 2, 3}},
		{"after all", 1, 1<<62 - 1, 0, nil},
		{"ended before all", 1, 0, -1 << 62, nil},
	} {
		plan, err := x.Plan(search.Query{Resource: "P", Count: c.count})
		require.NoError(t, err)
		var got []uint16
		for spot := range plan.All(c.from, c.until) {
			got = append(got, spot.Slot)
		}
		require.Equal(t, c.want, got, c.name)
	}
}

// The index keeps nothing of its configuration, and a plan sees what is marked after it was made.
func TestPlanSeesWhatIsMarked(t *testing.T) {
	config := search.Config{Sessions: []slots.Session{session("a", at(t, "11-23 08:00", china), 30, 30)}, Location: china, Classes: []string{"app"}}
	x, err := search.New(config)
	require.NoError(t, err)
	plan, err := x.Plan(search.Query{Resource: "P", Class: "app"})
	require.NoError(t, err)
	config.Sessions[0].Slots[0].Start, config.Classes[0] = 0, "changed"
	first := search.Spot{Count: 1}
	ask := func() (search.Spot, bool) { return plan.First(0, 0) }
	expect := func(ok bool, spot search.Spot) {
		t.Helper()
		got, has := ask()
		require.Equal(t, ok, has)
		require.Equal(t, spot, got)
	}
	expect(true, first)
	require.NoError(t, x.Take(first))
	expect(true, search.Spot{Slot: 1, Count: 1})
	require.NoError(t, x.Take(search.Spot{Slot: 1, Count: 1}))
	expect(false, search.Spot{})
	require.NoError(t, x.Free(first))
	require.NoError(t, x.Close(0))
	expect(false, search.Spot{})
	require.NoError(t, x.Bar(0, 1))
	require.NoError(t, x.Open(0))
	expect(false, search.Spot{})
	require.NoError(t, x.Admit(0, 1))
	expect(true, first)
}

// Many lines in one list, many blocks at once and thousands of blocks: what small worlds do not have.
func TestCrowdedLists(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	sessions := []slots.Session{}
	for i := range 6000 {
		s := session(fmt.Sprint(i), at(t, "11-23 08:00", china).AddMinutes(i), 5, 10+i%3, 15, 5+i%2, 5, 5)
		s.Line.Service, s.Line.Site, s.Resources = fmt.Sprint("S", i%80), []string{"east", "west"}[i%2], []string{[]string{"P", "Q"}[i%5/4]}
		sessions = append(sessions, s)
	}
	for _, density := range []int{1, 10, 30} {
		x, n := indexOf(t, china, sessions...), newNaive(sessions, china)
		for i := range sessions {
			for slot := range sessions[i].Slots {
				if i < 5000 && i > 20 && density == 1 || r.Intn(100) >= density {
					require.NoError(t, x.Take(search.Spot{Session: int32(i), Slot: uint16(slot), Count: 1}))
					n.taken[[2]int{i, slot}] = true
				}
			}
		}
		require.Empty(t, x.Wrong())
		for _, q := range []search.Query{
			{Department: "D"}, {Resource: "P", Service: "S7"}, {Department: "D", Sites: []string{"west"}}, {Resource: "Q", Count: 2},
			{Department: "D", Windows: windows("08:00-12:00"), Count: 3}, {Service: "S11", Weekdays: slots.WeekdaysOf(slots.Friday)},
		} {
			plan, err := x.Plan(q)
			require.NoError(t, err)
			want := n.all(q, 0, 0)
			require.True(t, density == 1 || len(want) > 0)
			require.Equal(t, want, slices.AppendSeq([]search.Spot{}, plan.All(0, 0)), "%+v", q)
			for range 20 {
				from := sessions[0].Start.AddMinutes(r.Intn(6000))
				i := slices.IndexFunc(want, func(s search.Spot) bool { return n.startOf(s) >= from })
				spot, ok := plan.First(from, 0)
				require.Equal(t, i >= 0, ok)
				if ok {
					require.Equal(t, want[i], spot)
				}
			}
		}
	}
}

// A long session's last word of bits holds short sessions, too: each counts its own.
func TestSessionsThatShareAWord(t *testing.T) {
	start := at(t, "11-23 08:00", china)
	x := indexOf(t, china, session("a", start, slices.Repeat([]int{1}, 100)...), session("b", start, 30, 30))
	require.NoError(t, x.Take(search.Spot{Session: 0, Count: 100}))
	require.Empty(t, x.Wrong())
	require.Equal(t, "08:00#1 08:30#1", found(t, x, search.Query{}, china))
	require.NoError(t, x.Free(search.Spot{Session: 0, Slot: 99, Count: 1}))
	require.NoError(t, x.Take(search.Spot{Session: 1, Count: 2}))
	require.Empty(t, x.Wrong())
	require.Equal(t, "09:39#0", found(t, x, search.Query{}, china))
}

// A walk that is left early stops, and a walk that is over stays so.
func TestWalksEnd(t *testing.T) {
	x := indexOf(t, china, session("a", at(t, "11-23 08:00", china), 30, 30))
	plan, err := x.Plan(search.Query{Resource: "P"})
	require.NoError(t, err)
	for spot := range plan.All(0, 0) {
		require.Equal(t, search.Spot{Count: 1}, spot)
		break
	}
	c := plan.Cursor(0, 0)
	for range 2 {
		_, ok := c.Next()
		require.True(t, ok)
	}
	for range 2 {
		_, ok := c.Next()
		require.False(t, ok)
	}
}

// What was not made by its constructor finds nothing.
func TestZeroValues(t *testing.T) {
	_, ok := new(search.Plan).First(0, 0)
	require.False(t, ok)
	_, ok = new(search.Cursor).Next()
	require.False(t, ok)
	_, o := new(search.Joint).First(0, 0)
	require.Equal(t, search.None, o)
	empty, err := search.New(search.Config{Location: china})
	require.NoError(t, err)
	require.Zero(t, empty.Sessions())
	_, err = empty.Plan(search.Query{Resource: "P"})
	require.ErrorIs(t, err, search.ErrUnknown)
}

// A counted session is one slot, so that no two follow each other.
func TestCountedSession(t *testing.T) {
	s := session("a", at(t, "11-23 08:00", china), 15)
	s.Counted, s.Slots[0].Capacity, s.Minutes = true, 60, 240
	x := indexOf(t, china, s)
	require.Equal(t, "08:00#0", found(t, x, search.Query{Windows: windows("08:00-12:00")}, china))
	require.Equal(t, "", found(t, x, search.Query{Count: 2}, china))
}
