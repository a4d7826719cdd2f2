package search_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/search"
)

func TestConfigProblems(t *testing.T) {
	start := at(t, "11-23 08:00", china)
	for _, c := range []struct {
		name   string
		change func(*search.Config)
		want   []string
	}{
		{"location", func(c *search.Config) { c.Location = nil }, []string{"Location: missing"}},
		{"classes", func(c *search.Config) { c.Classes = []string{"", " a", "a", "a", "\xff", strings.Repeat("x", 201)} },
			[]string{`Classes[0] "": missing`, `Classes[1] " a": space at an end`, `Classes[3] "a": twice`, `Classes[4] "\xff": not UTF-8`, "201 bytes, want at most 200"}},
		{"many classes", func(c *search.Config) { c.Classes = make([]string, 32) }, []string{"Classes 32: want 0 to 31"}},
		{"order", func(c *search.Config) { c.Sessions[0], c.Sessions[1] = c.Sessions[1], c.Sessions[0] }, []string{`Sessions[1] (ID "a").Start 2026-11-23T00:00:00Z`}},
		{"twice", func(c *search.Config) { c.Sessions[1] = c.Sessions[0] }, []string{`Sessions[1] (ID "a")`, "not after the one before"}},
		{"line", func(c *search.Config) {
			c.Sessions[0].Line = slots.Line{Service: " s", Site: "s ", Kind: 9, Grade: 9}
		}, []string{`Line.Department "": missing`, `Line.Service " s"`, `Line.Site "s "`, "Line.Kind 9", "Line.Grade 9"}},
		{"resources", func(c *search.Config) { c.Sessions[0].Resources = []string{"P", "", "P"} }, []string{`Resources[1] "": missing`, `Resources[2] "P": twice`}},
		{"many resources", func(c *search.Config) { c.Sessions[0].Resources = make([]string, 65) }, []string{"Resources 65: want 0 to 64"}},
		{"no slots", func(c *search.Config) { c.Sessions[0].Slots = nil }, []string{"Slots 0: want 1 to 2048"}},
		{"many slots", func(c *search.Config) { c.Sessions[0].Slots = make([]slots.Slot, 2049) }, []string{"Slots 2049: want 1 to 2048"}},
		{"counted", func(c *search.Config) { c.Sessions[0].Counted = true }, []string{"Slots 2: a counted session has one"}},
		{"minutes", func(c *search.Config) { c.Sessions[0].Slots[1].Minutes = 0 }, []string{"Slots[1].Minutes 0: want 1 to 2880"}},
		{"long", func(c *search.Config) { c.Sessions[0].Slots[1].Minutes = 2881 }, []string{"Slots[1].Minutes 2881: want 1 to 2880"}},
		{"visit", func(c *search.Config) { c.Sessions[0].Slots[1].Visit = 9 }, []string{"Slots[1].Visit 9"}},
		{"overlap", func(c *search.Config) { c.Sessions[0].Slots[1].Start-- }, []string{"Slots[1].Start 2026-11-23T00:29:59Z"}},
		{"before the session", func(c *search.Config) { c.Sessions[0].Slots[0].Start-- }, []string{"Slots[0].Start 2026-11-22T23:59:59Z"}},
		{"far from the session", func(c *search.Config) { c.Sessions[0].Slots[1].Start = start.AddMinutes(2880 - 29) }, []string{"Slots[1].Start 2026-11-24T23:31:00Z"}},
		{"overflow", func(c *search.Config) { c.Sessions[0].Start = -1 << 63 }, []string{"Sessions[0]", "Start -9223372036854775808"}},
		{"overflow in a slot", func(c *search.Config) { c.Sessions[0].Slots[0].Start = 1<<63 - 1 }, []string{"Slots[0].Start"}},
		{"137 years", func(c *search.Config) {
			c.Sessions[1] = session("b", start+1<<32, 30)
		}, []string{"Sessions: 4295140096 seconds from the first start to the last end, want at most 4294967295"}},
	} {
		config := search.Config{Sessions: []slots.Session{session("a", start, 30, 30), session("b", start, 30)}, Location: china}
		_, err := search.New(config)
		require.NoError(t, err)
		c.change(&config)
		_, err = search.New(config)
		require.Error(t, err, c.name)
		for _, want := range c.want {
			require.ErrorContains(t, err, want, c.name)
		}
	}
}

// Exactly at the limits all is well.
func TestConfigLimits(t *testing.T) {
	start := at(t, "11-23 08:00", china)
	wide := session("w", start)
	for i := range search.MaxSessionSlots {
		wide.Slots = append(wide.Slots, slots.Slot{Start: start.AddMinutes(i), Minutes: 1, Capacity: 1})
	}
	long := session("x", start, search.MaxSessionMinutes)
	many := session("y", start, 30)
	many.Resources = nil
	for i := range search.MaxResources {
		many.Resources = append(many.Resources, fmt.Sprint("R", i))
	}
	late := session("z", start+search.MaxSpanSeconds-60*search.MaxSessionMinutes, 30)
	classes := []string{}
	for i := range search.MaxClasses {
		classes = append(classes, fmt.Sprint("c", i))
	}
	x, err := search.New(search.Config{Sessions: []slots.Session{wide, long, many, late}, Location: china, Classes: classes})
	require.NoError(t, err)
	require.EqualValues(t, search.MaxSessionSlots+3, x.Slots())
	plan, err := x.Plan(search.Query{Resource: "P", Count: search.MaxSessionSlots})
	require.NoError(t, err)
	spot, ok := plan.First(0, 0)
	require.True(t, ok)
	require.Equal(t, search.Spot{Session: 0, Slot: 0, Count: search.MaxSessionSlots}, spot)
	last, ok := x.Class("c30")
	require.True(t, ok)
	require.EqualValues(t, search.MaxClasses, last)
	plan, err = x.Plan(search.Query{Resource: "R63", Class: "c30"})
	require.NoError(t, err)
	_, ok = plan.First(0, 0)
	require.True(t, ok)
	require.NoError(t, x.Bar(2, last))
	_, ok = plan.First(0, 0)
	require.False(t, ok)
	plan, err = x.Plan(search.Query{Resource: "P"})
	require.NoError(t, err)
	spot, ok = plan.First(late.Start, 0)
	require.True(t, ok)
	require.Equal(t, late.Slots[0].Span(), x.Span(spot))
}

// A million mistakes do not make a million errors, and none is lost without a word.
func TestManyProblems(t *testing.T) {
	sessions := make([]slots.Session, 150)
	_, err := search.New(search.Config{Sessions: sessions, Location: china})
	require.Error(t, err)
	lines := strings.Split(err.Error(), "\n")
	require.Len(t, lines, 101)
	// Of each: department, kind and slots; of all but the first, the order.
	require.Equal(t, fmt.Sprintf("and %d more problems", 4*150-1-100), lines[100])
}

func TestTooMany(t *testing.T) {
	_, err := search.New(search.Config{Sessions: make([]slots.Session, search.MaxSessions+1), Location: china})
	require.EqualError(t, err, "Sessions 2000001: want at most 2000000")
	wide := session("", at(t, "11-23 08:00", china), slices.Repeat([]int{1}, search.MaxSessionSlots)...)
	sessions := make([]slots.Session, search.MaxSlots/search.MaxSessionSlots+1)
	for i := range sessions {
		sessions[i] = wide
		sessions[i].ID = fmt.Sprintf("%06d", i)
	}
	_, err = search.New(search.Config{Sessions: sessions, Location: china})
	require.EqualError(t, err, fmt.Sprintf("Sessions: %d slots, want at most 50000000", len(sessions)*search.MaxSessionSlots))
}

func TestQueryProblems(t *testing.T) {
	x := indexOf(t, china, session("a", at(t, "11-23 08:00", china), 30))
	for _, c := range []struct {
		query   search.Query
		want    string
		unknown bool
	}{
		{search.Query{}, "Resource, Department, Service: all missing, want at least one", false},
		{search.Query{Resource: "X"}, `Resource "X": no session of the index has it`, true},
		{search.Query{Department: "X"}, `Department "X": no session of the index has it`, true},
		{search.Query{Service: "X"}, `Service "X": no session of the index has it`, true},
		{search.Query{Resource: "P", Sites: []string{"", "X"}}, `Sites[1] "X": no session of the index has it`, true},
		{search.Query{Resource: "P", Class: "X"}, `Class "X": not among the index's Classes`, false},
		{search.Query{Resource: "P", Kinds: []slots.Kind{0}}, "Kinds[0] 0", false},
		{search.Query{Resource: "P", Grades: []slots.Grade{5}}, "Grades[0] 5", false},
		{search.Query{Resource: "P", Count: 2049}, "Count 2049: want 0 to 2048", false},
		{search.Query{Resource: "P", Weekdays: slots.WeekdaysOf(slots.Monday, 8)}, "Weekdays ", false},
		{search.Query{Resource: "P", Weekdays: 1 << 20}, "Weekdays ", false},
		{search.Query{Resource: "P", Visit: 3}, "Visit 3: want AnyVisit, FirstVisit or FollowUp", false},
		{search.Query{Resource: "P", Windows: windows("24:00-08:00")}, "Windows[0].From 24:00", false},
		{search.Query{Resource: "P", Windows: windows("08:00-08:00")}, "Windows[0] 08:00 to 08:00: empty", false},
		{search.Query{Resource: "P", Windows: make([]search.Window, 49)}, "Windows 49: want 0 to 48", false},
		{search.Query{Resource: "P", Sites: make([]string, 257)}, "Sites 257: want at most 256", false},
	} {
		_, err := x.Plan(c.query)
		require.ErrorContains(t, err, c.want)
		require.Equal(t, c.unknown, errors.Is(err, search.ErrUnknown))
	}
	_, err := x.Plan(search.Query{Resource: "X", Department: "Y", Class: "Z", Count: -1})
	require.Len(t, strings.Split(err.Error(), "\n"), 4, "all at once: %v", err)
}

func TestMarkProblems(t *testing.T) {
	x := indexOf(t, china, session("a", at(t, "11-23 08:00", china), 30, 30))
	for spot, want := range map[search.Spot]string{
		{Session: -1, Count: 1}: "spot.Session -1: want 0 to 0",
		{Session: 1, Count: 1}:  "spot.Session 1: want 0 to 0",
		{Slot: 2, Count: 1}:     "spot.Slot 2, spot.Count 1: session 0 has 2 slots",
		{Slot: 1, Count: 2}:     "spot.Slot 1, spot.Count 2: session 0 has 2 slots",
		{Slot: 0}:               "spot.Slot 0, spot.Count 0: session 0 has 2 slots",
		{Session: 0, Slot: 1<<16 - 1, Count: 1<<16 - 1}: "spot.Slot 65535, spot.Count 65535",
	} {
		require.ErrorContains(t, x.Take(spot), want)
		require.ErrorContains(t, x.Free(spot), want)
		require.False(t, x.IsFree(spot))
		require.True(t, x.Span(spot).IsEmpty())
	}
	require.ErrorContains(t, x.Close(1), "session 1: want 0 to 0")
	require.ErrorContains(t, x.Open(-1), "session -1: want 0 to 0")
	require.ErrorContains(t, x.Bar(0, 2), "class 2: want 1 to 1")
	require.ErrorContains(t, x.Admit(0, 0), "class 0: want 1 to 1")
	require.ErrorContains(t, x.Admit(1, 1), "session 1: want 0 to 0")
	require.False(t, x.IsOpen(1))
	require.False(t, x.IsOpen(-1))
	require.False(t, x.IsAdmitted(0, 0))
	require.False(t, x.IsAdmitted(0, 2))
	_, known := x.Class("X")
	require.False(t, known)
	require.True(t, x.IsFree(search.Spot{Count: 2}), "nothing was changed")
}

func TestJointProblems(t *testing.T) {
	x := indexOf(t, china, session("a", at(t, "11-23 08:00", china), 30))
	other := indexOf(t, china, session("a", at(t, "11-23 08:00", china), 30))
	plan := func(x *search.Index, q search.Query) *search.Plan {
		p, err := x.Plan(q)
		require.NoError(t, err)
		return p
	}
	good := plan(x, search.Query{Resource: "P"})
	_, err := x.Joint(0)
	require.EqualError(t, err, "minutes 0: want 1 to 1440\nparties 0: want 1 to 16")
	_, err = x.Joint(1441, good, nil, plan(other, search.Query{Resource: "P"}), plan(x, search.Query{Department: "D"}), plan(x, search.Query{Resource: "P", Count: 2}), good)
	require.EqualError(t, err, `minutes 1441: want 1 to 1440
parties[1]: missing
parties[2]: a plan of another index
parties[3]: its query names no Resource
parties[4].Count 2: want 1, minutes say how long
parties[5].Resource "P": the same as of parties[0]`)
	_, err = x.Joint(30, make([]*search.Plan, 17)...)
	require.ErrorContains(t, err, "parties 17: want 1 to 16")
}
