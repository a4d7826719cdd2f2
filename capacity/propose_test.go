package capacity

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
)

func at(clock string) slots.Clock { return slots.MustClock(clock) }

// periods are half-hours from 09:00 whose need is given, without arrivals.
func periods(need ...int) []Demand {
	var day []Demand
	for i, n := range need {
		day = append(day, Demand{Start: clockAt(540 + 30*i), Minutes: 30, ServiceSeconds: 300, MinimumStaff: n})
	}
	return day
}

// noon is a plan in which everything matters: two hours short of one or two, one who could stay on, one session, one window.
func noon() Today {
	return Today{
		Date: slots.MustDate("2026-11-23"), Line: "surgery", Now: at("08:00"), Demand: periods(1, 2, 2, 1),
		Target: Target{WithinSeconds: 600, SharePPM: 800_000}, Places: 3, WorkLimit: DefaultWorkLimit,
		People: []Person{{ID: "Li", MaxOvertimeMinutes: 60, OvertimeCostPerHalfHour: 10}},
		Shifts: []Shift{
			{ID: "s1", Person: "Li", Place: "R1", Start: at("08:00"), Minutes: 120, SlotMinutes: 20},
			{ID: "s2", Person: "Wang", Place: "R2", Start: at("10:30"), Minutes: 30},
		},
		Extras: []Extra{
			{ID: "x", Kind: AddSession, Resources: []string{"Zhao"}, Place: "R3", From: at("09:00"), To: at("12:00"),
				MinMinutes: 30, MaxMinutes: 120, SlotMinutes: 15, FixedCost: 5, CostPerHalfHour: 8},
			{ID: "y", Kind: OpenWindow, Resources: []string{"Sun"}, From: at("09:00"), To: at("12:00"),
				MinMinutes: 30, MaxMinutes: 120, FixedCost: 50, CostPerHalfHour: 8},
		},
	}
}

// brief writes a proposal on one line.
func brief(t *testing.T, day Today) string {
	t.Helper()
	p, err := Propose(day)
	require.NoError(t, err)
	var b strings.Builder
	for _, a := range p.Actions {
		fmt.Fprintf(&b, "%v %s %v-%v %d; ", a.Kind, a.ID, a.Start, a.End(), a.Cost)
	}
	fmt.Fprintf(&b, "uncovered %d cost %d", p.Uncovered, p.Cost)
	return b.String()
}

// Each field of the plan, changed alone, changes what is proposed.
func TestEveryFieldOfTheDayMatters(t *testing.T) {
	usual := "ExtendShift s1 10:00-10:30 10; AddSession x 09:30-10:30 21; uncovered 0 cost 31"
	require.Equal(t, usual, brief(t, noon()))
	for _, c := range []struct {
		name   string
		change func(*Today)
		want   string
	}{
		{"Now", func(d *Today) { d.Now = at("09:31") }, "ExtendShift s1 10:00-10:30 10; AddSession x 10:00-10:30 13; uncovered 0 cost 23"},
		{"Demand", func(d *Today) { d.Demand = periods(1, 1, 1, 1) }, "ExtendShift s1 10:00-10:30 10; uncovered 0 cost 10"},
		{"Target", func(d *Today) {
			d.Target.SharePPM = 999_999
			for i := range d.Demand {
				d.Demand[i].WalkInThousandths = 2000
			}
		}, "ExtendShift s1 10:00-10:30 10; AddSession x 09:00-11:00 37; OpenWindow y 09:00-11:00 82; uncovered 4 cost 129"},
		{"Places", func(d *Today) { d.Places = 1 }, "ExtendShift s1 10:00-10:30 10; uncovered 2 cost 10"},
		{"People", func(d *Today) { d.People = nil }, "AddSession x 09:30-10:30 21; OpenWindow y 10:00-10:30 58; uncovered 0 cost 79"},
		{"Person.MaxOvertimeMinutes", func(d *Today) { d.People[0].MaxOvertimeMinutes = 29 }, "AddSession x 09:30-10:30 21; OpenWindow y 10:00-10:30 58; uncovered 0 cost 79"},
		{"Person.OvertimeCostPerHalfHour", func(d *Today) { d.People[0].OvertimeCostPerHalfHour = 99 }, "AddSession x 09:30-10:30 21; OpenWindow y 10:00-10:30 58; uncovered 0 cost 79"},
		{"Shift.Person", func(d *Today) { d.Shifts[0].Person = "" }, "AddSession x 09:30-10:30 21; OpenWindow y 10:00-10:30 58; uncovered 0 cost 79"},
		{"Shift.Place", func(d *Today) { d.Shifts[1].Place, d.Shifts[1].Start, d.Shifts[1].Minutes = "R3", at("10:00"), 60 }, "ExtendShift s1 10:00-10:30 10; AddSession x 09:30-10:00 13; uncovered 0 cost 23"},
		{"Shift.Start", func(d *Today) { d.Shifts[0].Start = at("08:30") }, "AddSession x 09:30-10:30 21; uncovered 0 cost 21"},
		{"Shift.Minutes", func(d *Today) { d.Shifts[0].Minutes = 150 }, "AddSession x 09:30-10:30 21; uncovered 0 cost 21"},
		{"Shift.MayLeave", func(d *Today) { d.Shifts[1].MayLeave, d.Demand = true, periods(1, 1, 1, 0) }, "CloseWindow s2 10:30-11:00 0; ExtendShift s1 10:00-10:30 10; uncovered 0 cost 10"},
		{"Extra.Resources", func(d *Today) { d.Extras[0].Resources = []string{"machine", "Li"} }, "ExtendShift s1 10:00-10:30 10; OpenWindow y 09:30-10:30 66; uncovered 0 cost 76"},
		{"Extra.Place", func(d *Today) { d.Extras[0].Place = "R1" }, "ExtendShift s1 10:00-10:30 10; OpenWindow y 09:30-10:30 66; uncovered 0 cost 76"},
		{"Extra.From", func(d *Today) { d.Extras[0].From = at("09:40") }, "ExtendShift s1 10:00-10:30 10; OpenWindow y 09:30-10:30 66; uncovered 0 cost 76"},
		{"Extra.To", func(d *Today) { d.Extras[0].To = at("10:20") }, "ExtendShift s1 10:00-10:30 10; OpenWindow y 09:30-10:30 66; uncovered 0 cost 76"},
		{"Extra.MinMinutes", func(d *Today) { d.Extras[0].MinMinutes = 90 }, "ExtendShift s1 10:00-10:30 10; AddSession x 09:00-10:30 29; uncovered 0 cost 39"},
		{"Extra.MaxMinutes", func(d *Today) { d.Extras[0].MaxMinutes = 59 }, "ExtendShift s1 10:00-10:30 10; OpenWindow y 09:30-10:30 66; uncovered 0 cost 76"},
		{"Extra.FixedCost", func(d *Today) { d.Extras[0].FixedCost = 60 }, "ExtendShift s1 10:00-10:30 10; OpenWindow y 09:30-10:30 66; uncovered 0 cost 76"},
		{"Extra.CostPerHalfHour", func(d *Today) { d.Extras[0].CostPerHalfHour = 60 }, "ExtendShift s1 10:00-10:30 10; OpenWindow y 09:30-10:30 66; uncovered 0 cost 76"},
		{"Extra.Kind", func(d *Today) { d.Extras[0].Kind, d.Extras[0].SlotMinutes = OpenWindow, 0 }, "ExtendShift s1 10:00-10:30 10; OpenWindow x 09:30-10:30 21; uncovered 0 cost 31"},
	} {
		day := noon()
		c.change(&day)
		got := brief(t, day)
		require.Equal(t, c.want, got, c.name)
		require.NotEqual(t, usual, got, c.name)
	}
}

func TestProposalCarriesWhatCarryingOutNeeds(t *testing.T) {
	day := noon()
	p, err := Propose(day)
	require.NoError(t, err)
	require.Equal(t, day.Date, p.Date)
	require.Equal(t, "surgery", p.Line)
	stay, session := p.Actions[0], p.Actions[1]

	require.Equal(t, []string{"Li"}, stay.Resources)
	require.Equal(t, "R1", stay.Place)
	require.Equal(t, []int{30, 30, 20, 1, 6}, []int{stay.Minutes, stay.OvertimeMinutes, stay.SlotMinutes, stay.Slots, stay.Units})
	require.Len(t, stay.Why, 1)
	require.Equal(t, []int{2, 2, 0}, []int{stay.Why[0].Needed, stay.Why[0].Shortfall(), stay.Why[0].Uncovered()})
	require.Equal(t, at("10:00"), stay.Why[0].Demand.Start)
	require.Equal(t, []int{0, 2}, []int{stay.Why[0].Before.Staff, stay.Why[0].After.Staff})

	require.Equal(t, "surgery", session.Line)
	require.Equal(t, []string{"Zhao"}, session.Resources)
	require.Equal(t, "R3", session.Place)
	require.Equal(t, []int{60, 0, 15, 4, 12}, []int{session.Minutes, session.OvertimeMinutes, session.SlotMinutes, session.Slots, session.Units})
	require.Len(t, session.Why, 2)
	require.Len(t, p.Periods, 4)

	session.Resources[0] = "changed"
	require.Equal(t, "Zhao", day.Extras[0].Resources[0], "the proposal owns its slices")
}

func TestOvertimeOfOnePersonIsCountedOverAllShifts(t *testing.T) {
	day := noon()
	day.Demand, day.Extras = periods(0, 1, 0, 0, 1), nil
	day.Shifts = []Shift{
		{ID: "a", Person: "Li", Start: at("08:00"), Minutes: 90},
		{ID: "b", Person: "Li", Start: at("10:30"), Minutes: 30},
	}
	require.Equal(t, "ExtendShift a 09:30-10:00 10; ExtendShift b 11:00-11:30 10; uncovered 0 cost 20", brief(t, day))
	day.People[0].MaxOvertimeMinutes = 59
	require.Equal(t, "ExtendShift a 09:30-10:00 10; uncovered 1 cost 10", brief(t, day), "one minute short for both: the least id acts")
}

// An extra longer than the shortage can lean to either side of it, and which side is free is decided by the others.
func TestPlacementsOfOneLengthAreAllTried(t *testing.T) {
	day := noon()
	day.Shifts, day.People, day.Demand = nil, nil, periods(0, 1, 1, 0)
	day.Extras = []Extra{
		{ID: "x", Kind: OpenWindow, Resources: []string{"A"}, Place: "R", From: at("09:00"), To: at("10:00"), MinMinutes: 60, MaxMinutes: 60, FixedCost: 1},
		{ID: "y", Kind: OpenWindow, Resources: []string{"B"}, Place: "R", From: at("09:00"), To: at("11:00"), MinMinutes: 60, MaxMinutes: 60, FixedCost: 1},
	}
	require.Equal(t, "OpenWindow y 09:30-10:30 1; uncovered 0 cost 1", brief(t, day))
	day.Extras[1].Resources = []string{"A"}
	day.Shifts = []Shift{{ID: "s", Person: "A", Start: at("09:30"), Minutes: 15}}
	require.Equal(t, "OpenWindow y 10:00-11:00 1; uncovered 1 cost 1", brief(t, day))
	day.Demand = periods(0, 0, 1, 1)
	day.Shifts = nil
	day.Extras = []Extra{
		{ID: "x", Kind: OpenWindow, Resources: []string{"A"}, Place: "R", From: at("09:00"), To: at("12:00"), MinMinutes: 60, MaxMinutes: 60, FixedCost: 1},
	}
	require.Equal(t, "OpenWindow x 10:00-11:00 1; uncovered 0 cost 1", brief(t, day))

	// 09:30 needs two; before and after it there is room for one more only.
	day.Demand = periods(0, 2, 0)
	day.Extras = []Extra{
		{ID: "x", Kind: OpenWindow, Resources: []string{"A"}, Place: "R", From: at("09:00"), To: at("10:30"), MinMinutes: 60, MaxMinutes: 60},
		{ID: "y", Kind: OpenWindow, Resources: []string{"B"}, From: at("09:00"), To: at("10:30"), MinMinutes: 60, MaxMinutes: 60},
	}
	day.Shifts = []Shift{{ID: "s", Person: "C", Start: at("09:00"), Minutes: 30}, {ID: "t", Person: "D", Start: at("10:00"), Minutes: 30}}
	day.Places = 2
	require.Equal(t, "OpenWindow x 09:00-10:00 0; OpenWindow y 09:30-10:30 0; uncovered 0 cost 0", brief(t, day),
		"with two places one must lean to each side")
}

func TestPeriodsThatHaveBegunAreLeftAlone(t *testing.T) {
	day := noon()
	day.Now = at("11:00")
	p, err := Propose(day)
	require.NoError(t, err)
	require.Empty(t, p.Actions)
	require.Zero(t, p.Uncovered, "what has begun is not counted")
	require.Equal(t, 1, p.Periods[1].Shortfall(), "but shown")
	require.Equal(t, p.Periods[1].Before, p.Periods[1].After)
}

func TestInputOrderMeansNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := smallDay(t)
		want, err := Propose(day)
		require.NoError(t, err)
		day.Shifts = rapid.Permutation(day.Shifts).Draw(t, "shifts")
		day.Extras = rapid.Permutation(day.Extras).Draw(t, "extras")
		day.People = rapid.Permutation(day.People).Draw(t, "people")
		got, err := Propose(day)
		require.NoError(t, err)
		require.Equal(t, want, got)
	})
}

// One more thing that could be done never leaves more uncovered, nor as many at more cost.
func TestMoreToChooseFromIsNeverWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := smallDay(t)
		before, err := Propose(day)
		require.NoError(t, err)
		day.Extras = append(slices.Clone(day.Extras), Extra{ID: "new", Kind: OpenWindow, Resources: []string{"Feng"}, To: at("24:00"),
			MinMinutes: 1, MaxMinutes: 1440, CostPerHalfHour: 2})
		after, err := Propose(day)
		require.NoError(t, err)
		require.True(t, before.Proven && after.Proven)
		require.LessOrEqual(t, Bound{after.Uncovered, after.Cost}.compare(Bound{before.Uncovered, before.Cost}), 0)
	})
}

func TestDayProblemsAreAllListed(t *testing.T) {
	day := noon()
	day.Date, day.Line, day.Places, day.WorkLimit = slots.Date{}, "", 0, MaxWorkLimit+1
	day.Target.SharePPM = 0
	day.Demand[1].Minutes = 31
	day.People = []Person{{ID: "Li", MaxOvertimeMinutes: -1}, {ID: "Li", OvertimeCostPerHalfHour: MaxCost + 1}, {}}
	day.Shifts[0] = Shift{ID: "x", Person: "p", Place: "p", Start: at("23:00"), Minutes: 61, SlotMinutes: -3}
	day.Extras[0].Kind, day.Extras[0].To, day.Extras[0].FixedCost, day.Extras[0].Resources = ExtendShift, at("09:00"), -7, nil
	day.Extras[1].SlotMinutes, day.Extras[1].MinMinutes, day.Extras[1].CostPerHalfHour = 10, 121, -1
	day.Extras[1].Place = "Sun"
	day.Extras = append(day.Extras, Extra{ID: strings.Repeat("z", 129), Kind: AddSession, Resources: []string{""}, To: at("10:00"), MinMinutes: 1, MaxMinutes: 1441})
	_, err := Propose(day)
	require.ErrorIs(t, err, ErrInvalid)
	wants := []string{
		"Today: Date: missing", "Today: Line: missing", "Today: Places 0: want 1 to 1000", "Today: WorkLimit 5000001: want 1 to 5000000",
		"Target: SharePPM 0", "Demand[2]: Start 10:00: the period before runs to 10:01",
		"People[0]: MaxOvertimeMinutes -1", "People[1]: OvertimeCostPerHalfHour 1000000001", "People[2]: ID: missing", `People: ID "Li": occurs more than once`,
		`Shifts[0]: Place "p": is the Person`, "Shifts[0]: Minutes 61: want 1 to 60", "Shifts[0]: SlotMinutes -3: want 1 to 480",
		`Shifts and Extras: ID "x": occurs more than once`,
		"Extras[0]: Kind ExtendShift: want AddSession or OpenWindow", "Extras[0]: To 09:00: want after From 09:00", "Extras[0]: FixedCost -7",
		"Extras[0]: number of Resources 0: want 1 to 20",
		"Extras[1]: SlotMinutes of a window 10: want 0 to 0", "Extras[1]: MaxMinutes 120: want 121 to 1440", "Extras[1]: CostPerHalfHour -1",
		`Extras[1]: Resources and Place "Sun": occurs more than once`,
		"Extras[2]: ID: 129 bytes", "Extras[2]: SlotMinutes 0: want 1 to 480", "Extras[2]: Resources[0]: missing", "Extras[2]: MaxMinutes 1441",
	}
	for _, want := range wants {
		require.ErrorContains(t, err, want)
	}
	require.Equal(t, len(wants), strings.Count(err.Error(), "\n"), "%v", err)

	day = noon()
	day.Shifts = make([]Shift, MaxShifts+1)
	_, err = Propose(day)
	require.ErrorContains(t, err, "number of Shifts 501: want 0 to 500")
}

func TestKinds(t *testing.T) {
	names := []string{"Kind(0)", "AddSession", "OpenWindow", "ExtendShift", "CloseWindow", "Kind(5)"}
	for i, name := range names {
		require.Equal(t, name, Kind(i).String())
		require.Equal(t, i >= 1 && i <= 4, Kind(i).IsValid())
	}
}

// hall is a registration hall: 20 half-hours, 20 clerks in two shifts who could stay on for an hour, a dozen on standby, a sharp
// morning peak and a noon gap.
func hall() Today {
	day := noon()
	day.Places, day.Shifts, day.People, day.Extras = 24, nil, nil, nil
	day.Demand = periods(4, 9, 12, 13, 11, 8, 6, 6, 7, 8, 6, 5, 5, 5, 4, 3)
	for i := range 10 {
		who := fmt.Sprintf("clerk-%02d", i)
		day.People = append(day.People, Person{who, 60, int64(30 + i%3)})
		day.Shifts = append(day.Shifts, Shift{ID: "am-" + who, Person: who, Place: fmt.Sprint("W", i), Start: at("08:30"), Minutes: 210, MayLeave: i%2 == 0})
	}
	for i := range 6 {
		day.Shifts = append(day.Shifts, Shift{ID: fmt.Sprint("pm-", i), Place: fmt.Sprint("V", i), Start: at("13:00"), Minutes: 240, MayLeave: true})
	}
	for i := range 12 {
		day.Extras = append(day.Extras, Extra{ID: fmt.Sprintf("standby-%02d", i), Kind: OpenWindow, Resources: []string{fmt.Sprint("n", i)},
			From: at("09:00"), To: at("17:00"), MinMinutes: 30, MaxMinutes: 240, FixedCost: int64(20 + i%4), CostPerHalfHour: int64(25 + i%5)})
	}
	return day
}

func TestAHallIsProven(t *testing.T) {
	p, err := Propose(hall())
	require.NoError(t, err)
	require.True(t, p.Proven)
	require.Zero(t, p.Uncovered)
}

func BenchmarkPropose(b *testing.B) {
	day := hall()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Propose(day); err != nil {
			b.Fatal(err)
		}
	}
}
