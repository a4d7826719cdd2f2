package slots

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func goodRule() Rule {
	return Rule{ID: "R", Line: Line{Department: "cardiology", Room: "12", Kind: Specialist, Grade: Chief}, Resources: []string{"P1"},
		Repeat: Weekly(Monday), Part: "am", Start: MustClock("08:00"), Minutes: 240, Cut: Even(15, 1), Holidays: ClosedOnHolidays}
}

func goodExtra() Extra {
	return Extra{ID: "X", Line: Line{Department: "cardiology", Kind: General}, Date: MustDate("2026-11-22"),
		Start: MustClock("18:00"), Minutes: 60, Cut: Even(20, 1)}
}

// Each field that can be wrong is refused by name and value.
func TestRosterRefusals(t *testing.T) {
	long := strings.Repeat("x", MaxTextBytes+1)
	for want, spoil := range map[string]func(*RosterConfig){
		`Rules[0] (ID ""): ID "": missing`:                                          func(c *RosterConfig) { c.Rules[0].ID = "" },
		`ID " R": space at an end`:                                                  func(c *RosterConfig) { c.Rules[0].ID = " R" },
		`201 bytes, want at most 200`:                                               func(c *RosterConfig) { c.Rules[0].ID = long },
		`ID "a\nb": control character`:                                              func(c *RosterConfig) { c.Rules[0].ID = "a\nb" },
		`ID "\xff": not UTF-8`:                                                      func(c *RosterConfig) { c.Rules[0].ID = "\xff" },
		`Extras[0] (ID "R"): ID: twice`:                                             func(c *RosterConfig) { c.Extras[0].ID = "R" },
		`Line.Department "": missing`:                                               func(c *RosterConfig) { c.Rules[0].Line.Department = "" },
		`Line.Service " ": space at an end`:                                         func(c *RosterConfig) { c.Rules[0].Line.Service = " " },
		`Line.Site " ": space`:                                                      func(c *RosterConfig) { c.Rules[0].Line.Site = " " },
		`Line.Room " ": space`:                                                      func(c *RosterConfig) { c.Rules[0].Line.Room = " " },
		`Line.Fee " ": space`:                                                       func(c *RosterConfig) { c.Rules[0].Line.Fee = " " },
		`Part " ": space`:                                                           func(c *RosterConfig) { c.Rules[0].Part = " " },
		`Line.Kind 0: want General to Joint`:                                        func(c *RosterConfig) { c.Rules[0].Line.Kind = 0 },
		`Line.Grade 5: want NoGrade to Chief`:                                       func(c *RosterConfig) { c.Rules[0].Line.Grade = 5 },
		`Repeat.Weekdays 0: want Monday (1) to Sunday (7)`:                          func(c *RosterConfig) { c.Rules[0].Repeat = Weekly(0) },
		`Repeat.Weekdays 8: want`:                                                   func(c *RosterConfig) { c.Rules[0].Repeat = Weekly(8) },
		`Start 24:00: want 00:00 to 23:59`:                                          func(c *RosterConfig) { c.Rules[0].Start = MustClock("24:00") },
		`Minutes 0: want 1 to 1440`:                                                 func(c *RosterConfig) { c.Rules[0].Minutes = 0 },
		`Minutes 1441: want 1 to 1440`:                                              func(c *RosterConfig) { c.Rules[0].Minutes = 1441 },
		`Minutes -2147483648: want`:                                                 func(c *RosterConfig) { c.Extras[0].Minutes = math.MinInt32 },
		`Cut.Kind 0: want EvenSlots`:                                                func(c *RosterConfig) { c.Rules[0].Cut = Cut{} },
		`Cut.Minutes 0: want 1 to 1440`:                                             func(c *RosterConfig) { c.Rules[0].Cut = Even(0, 1) },
		`Cut.Capacity 0: want 1 to 10000`:                                           func(c *RosterConfig) { c.Rules[0].Cut = Even(15, 0) },
		`Cut.Capacity 10001: want`:                                                  func(c *RosterConfig) { c.Rules[0].Cut = Counted(10001, 10) },
		`Cut.Minutes 241: longer than the session's 240`:                            func(c *RosterConfig) { c.Rules[0].Cut = Even(241, 1) },
		`Cut.Numbers 3: only Packed and Mixed have it`:                              func(c *RosterConfig) { c.Rules[0].Cut = Cut{Kind: EvenSlots, Minutes: 15, Capacity: 1, Numbers: 3} },
		`Cut.Capacity 31: more numbers than minutes in a segment`:                   func(c *RosterConfig) { c.Rules[0].Cut = Packed(30, 31, 0) },
		`Cut.Numbers 33: want 0 to 32`:                                              func(c *RosterConfig) { c.Rules[0].Cut = Packed(30, 4, 33) },
		`Cut.Numbers -1: want 0 to 32`:                                              func(c *RosterConfig) { c.Rules[0].Cut = Packed(30, 4, -1) },
		`Holidays 0: want ClosedOnHolidays, OpenOnHolidays or OtherHoursOnHolidays`: func(c *RosterConfig) { c.Rules[0].Holidays = 0 },
		`Until 2026-01-01: before From 2026-01-02`: func(c *RosterConfig) {
			c.Rules[0].From, c.Rules[0].Until = MustDate("2026-01-02"), MustDate("2026-01-01")
		},
		`Closed[1] no date: want a date`:                             func(c *RosterConfig) { c.Rules[0].Closed = []Date{MustDate("2026-01-01"), {}} },
		`Resources[1] "P1": twice`:                                   func(c *RosterConfig) { c.Rules[0].Resources = []string{"P1", "P1"} },
		`Resources[0] "": missing`:                                   func(c *RosterConfig) { c.Rules[0].Resources = []string{""} },
		`Resources 17: want 0 to 16`:                                 func(c *RosterConfig) { c.Rules[0].Resources = strings.Split("abcdefghijklmnopq", "") },
		`Extras[0] (ID "X"): Date no date: want a date`:              func(c *RosterConfig) { c.Extras[0].Date = Date{} },
		`Leaves[0]: Rule "", Resource "": want exactly one`:          func(c *RosterConfig) { c.Leaves[0].Resource = "" },
		`Leaves[0]: Rule "R", Resource "P1": want exactly one`:       func(c *RosterConfig) { c.Leaves[0].Rule = "R" },
		`Resource "P9": no rule, extra session or substitute has it`: func(c *RosterConfig) { c.Leaves[0].Resource = "P9" },
		`Rule "R9", Resource "": no rule`:                            func(c *RosterConfig) { c.Leaves[0].Rule, c.Leaves[0].Resource = "R9", "" },
		`From no date, Until 2026-11-30: want two dates`:             func(c *RosterConfig) { c.Leaves[0].From = Date{} },
		`Until 2026-11-30: before From 2026-12-01`:                   func(c *RosterConfig) { c.Leaves[0].From = MustDate("2026-12-01") },
		`End 08:00: want it after Start 12:00, or both 00:00`:        func(c *RosterConfig) { c.Leaves[0].Start, c.Leaves[0].End = MustClock("12:00"), MustClock("08:00") },
		`End 12:00: want it after Start 12:00`:                       func(c *RosterConfig) { c.Leaves[0].Start, c.Leaves[0].End = MustClock("12:00"), MustClock("12:00") },
		`Follows: Date no date (Weekday 1, Of no date): want a date`: func(c *RosterConfig) { c.Follows[0].Date = Date{} },
		`Follows: Date 2026-10-10, Weekday 0, Of no date: want`:      func(c *RosterConfig) { c.Follows[0].Weekday = 0 },
		`Follows: Date 2026-10-10: twice`: func(c *RosterConfig) {
			c.Follows = append(c.Follows, Follow{Date: MustDate("2026-10-10"), Weekday: Friday})
		},
		`Leaves, Substitutes, Revisions and Follows 1000002: want at most 1000000`: func(c *RosterConfig) { c.Leaves = make([]Leave, MaxExceptions+1) },
		`Rules and Extras 100002: want at most 100000`:                             func(c *RosterConfig) { c.Rules = make([]Rule, MaxRules+1) },
	} {
		c := RosterConfig{Rules: []Rule{goodRule()}, Extras: []Extra{goodExtra()},
			Leaves:  []Leave{{Resource: "P1", From: MustDate("2026-11-30"), Until: MustDate("2026-11-30")}},
			Follows: []Follow{{Date: MustDate("2026-10-10"), Weekday: Monday}}}
		_, err := NewRoster(c)
		require.NoError(t, err)
		spoil(&c)
		r, err := NewRoster(c)
		require.ErrorContains(t, err, want)
		require.Nil(t, r)
	}
	_, err := NewRoster(RosterConfig{Rules: []Rule{{}, {Minutes: -1}}})
	require.ErrorContains(t, err, `Rules[0] (ID ""): Repeat, Dates: want`, "all problems of all entries at once")
	require.ErrorContains(t, err, `Rules[1] (ID ""): Minutes -1`)
	require.Greater(t, strings.Count(err.Error(), "\n"), 10)
}

func TestSessionsRefusals(t *testing.T) {
	r, err := NewRoster(RosterConfig{Rules: []Rule{goodRule()}})
	require.NoError(t, err)
	day := MustDate("2026-11-23")
	for _, c := range []struct {
		first, last Date
		loc         *time.Location
		want        string
	}{
		{Date{}, day, time.UTC, "range no date to 2026-11-23: want two dates in order"},
		{day, day.AddDays(-1), time.UTC, "want two dates in order"},
		{day, day.AddDays(MaxDays), time.UTC, "1101 days, want at most 1100"},
		{day, day, nil, "location: missing"},
	} {
		_, _, err := r.Sessions(c.first, c.last, Calendar{}, c.loc)
		require.ErrorContains(t, err, c.want)
	}
	sessions, _, err := r.Sessions(day, day.AddDays(MaxDays-1), Calendar{}, time.UTC)
	require.NoError(t, err)
	require.Len(t, sessions, 158)
	sessions, findings, err := r.Sessions(MustDate("9999-12-25"), MustDate("9999-12-31"), Calendar{}, time.UTC)
	require.NoError(t, err, "the calendar's last day is a day")
	require.Len(t, sessions, 1)
	require.Len(t, findings, 1)
}

func TestSlotLimit(t *testing.T) {
	c := RosterConfig{}
	for i := range 70 {
		for w := Monday; w <= Sunday; w++ {
			r := goodRule()
			r.ID, r.Repeat, r.Start, r.Minutes, r.Cut = fmt.Sprint(w, i), Weekly(w), Clock{}, 1440, Even(1, 1)
			c.Rules = append(c.Rules, r)
		}
	}
	r, err := NewRoster(c)
	require.NoError(t, err)
	first := MustDate("2026-01-01")
	_, _, err = r.Sessions(first, first.AddDays(99), Calendar{}, time.UTC)
	require.ErrorContains(t, err, "10080000 slots in 7000 sessions until 2026-04-10, want at most 10000000 in 2000000")

	for i := range 6500 {
		x := goodExtra()
		x.ID, x.Start, x.Minutes, x.Cut = fmt.Sprint(i), Clock{}, 1440, Even(1, 1)
		c.Extras = append(c.Extras, x)
	}
	_, err = NewRoster(c)
	require.ErrorContains(t, err, "Rules and Extras: 10065600 slots, want at most 10000000")
}

func TestNames(t *testing.T) {
	require.Equal(t, []string{"Kind(0)", "general", "joint", "Kind(7)"}, []string{Kind(0).String(), General.String(), Joint.String(), Kind(7).String()})
	require.Equal(t, []string{"no grade", "chief", "Grade(5)"}, []string{NoGrade.String(), Chief.String(), Grade(5).String()})
	require.Equal(t, []string{"CutKind(0)", "even", "packed", "counted"},
		[]string{CutKind(0).String(), EvenSlots.String(), PackedNumbers.String(), CountedNumbers.String()})
	require.Equal(t, []string{"Holidays(0)", "closed on holidays", "open on holidays"},
		[]string{Holidays(0).String(), ClosedOnHolidays.String(), OpenOnHolidays.String()})
	require.Equal(t, []string{"DayKind(0)", "working day", "unknown"}, []string{DayKind(0).String(), WorkingDay.String(), UnknownDay.String()})
	require.Equal(t, []string{"DayUnit(0)", "calendar days", "working days"}, []string{DayUnit(0).String(), CalendarDays.String(), WorkingDays.String()})
	require.Equal(t, []string{"FindingKind(0)", "unknown year", "room clash", "idle revision"},
		[]string{FindingKind(0).String(), UnknownYear.String(), RoomClash.String(), IdleRevision.String()})
	require.Equal(t, []string{"ChangeKind(0)", "added", "relabelled"}, []string{ChangeKind(0).String(), Added.String(), Relabelled.String()})
}

// A closure of a department where only a revision leads is of somebody; of another department there it is not.
func TestClosureWhereOnlyARevisionLeads(t *testing.T) {
	day := MustDate("2026-11-23")
	c := RosterConfig{Rules: []Rule{goodRule()}, Revisions: []Revision{{Rule: "R", Date: day, Site: "west"}},
		Closures: []Closure{{Site: "west", Department: "cardiology", From: day, Until: day}}}
	r, err := NewRoster(c)
	require.NoError(t, err)
	sessions, findings, err := r.Sessions(day, day, Calendar{}, time.UTC)
	require.NoError(t, err)
	require.Empty(t, sessions)
	require.Len(t, findings, 2, "an unknown year, and emptied")
	c.Closures[0].Department = "dermatology"
	_, err = NewRoster(c)
	require.ErrorContains(t, err, `Closures[0]: Site "west", Department "dermatology": no rule or extra session is there`)
}
