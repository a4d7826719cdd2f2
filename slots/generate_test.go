package slots

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// one generates from a single rule and shows sessions and findings as text.
func one(t *testing.T, c RosterConfig, calendar Calendar, loc *time.Location, first, last string) []string {
	t.Helper()
	r, err := NewRoster(c)
	require.NoError(t, err)
	sessions, findings, err := r.Sessions(MustDate(first), MustDate(last), calendar, loc)
	require.NoError(t, err)
	lines := []string{}
	for _, s := range sessions {
		words := []string{fmt.Sprintf("%s %s+%d:", s.ID, s.Start.In(loc).Format("15:04-07"), s.Minutes)}
		for _, slot := range s.Slots {
			words = append(words, slot.Start.In(loc).Format("15:04-07"))
		}
		lines = append(lines, strings.Join(words, " "))
	}
	for _, f := range findings {
		at := "-"
		if f.At != 0 {
			at = f.At.In(loc).Format("15:04-07")
		}
		lines = append(lines, fmt.Sprintf("%v %s %s×%d %s%s", f.Kind, f.Session, at, f.Count, f.Other, f.Resource))
	}
	return lines
}

func night(start string, minutes int, cut Cut) RosterConfig {
	r := goodRule()
	r.Repeat, r.Start, r.Minutes, r.Cut, r.Holidays = Weekly(Sunday), MustClock(start), minutes, cut, OpenOnHolidays
	return RosterConfig{Rules: []Rule{r}}
}

func TestChangesOfClocks(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	apia, err := time.LoadLocation("Pacific/Apia")
	require.NoError(t, err)
	for _, c := range []struct {
		name, day string
		loc       *time.Location
		config    RosterConfig
		want      []string
	}{
		{"spring: the hour that is skipped has no slots", "2026-03-08", newYork, night("01:00", 180, Even(30, 1)),
			[]string{"R/2026-03-08 01:00-05+120: 01:00-05 01:30-05 03:00-04 03:30-04", "skipped slots R/2026-03-08 03:00-04×2 "}},
		{"spring: a session that starts in the gap starts at its end", "2026-03-08", newYork, night("02:30", 90, Even(30, 1)),
			[]string{"R/2026-03-08 03:00-04+60: 03:00-04 03:30-04", "skipped slots R/2026-03-08 03:00-04×1 "}},
		{"spring: a session inside the gap is not held", "2026-03-08", newYork, night("02:00", 60, Even(30, 1)),
			[]string{"skipped slots R/2026-03-08 03:00-04×2 "}},
		{"spring: a slot that the jump would cut short is not made", "2026-03-08", newYork, night("01:50", 100, Even(25, 1)),
			[]string{"R/2026-03-08 01:50-05+40: 03:05-04", "skipped slots R/2026-03-08 01:50-05×3 "}},
		{"spring: numbers without times go with what is left of their session", "2026-03-08", newYork, night("02:00", 120, Counted(9, 30)),
			[]string{"R/2026-03-08 03:00-04+60: 03:00-04"}},
		{"spring: nothing of the session is left", "2026-03-08", newYork, night("02:00", 60, Counted(9, 30)),
			[]string{"skipped slots R/2026-03-08 03:00-04×1 "}},
		{"autumn: the first of two hours is used", "2026-11-01", newYork, night("00:30", 120, Even(30, 1)),
			[]string{"R/2026-11-01 00:30-04+180: 00:30-04 01:00-04 01:30-04 02:00-05", "repeated slots R/2026-11-01 01:00-04×2 "}},
		{"autumn: a session that ends in the hour that repeats", "2026-11-01", newYork, night("00:30", 60, Even(30, 1)),
			[]string{"R/2026-11-01 00:30-04+60: 00:30-04 01:00-04", "repeated slots R/2026-11-01 01:00-04×1 "}},
		{"a day that never was", "2011-12-30", apia, func() RosterConfig {
			c := night("08:00", 60, Even(30, 1))
			c.Rules[0].Repeat = Weekly(Friday)
			return c
		}(), []string{"skipped slots R/2011-12-30 00:00+14×2 "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, one(t, c.config, Calendar{}, c.loc, c.day, c.day))
		})
	}
}

// Two sessions of different dates whose starts the clocks jumped over begin at the same moment: they stay in order of date, so
// that a range is its parts.
func TestSkippedStartsKeepTheOrderOfDates(t *testing.T) {
	apia, err := time.LoadLocation("Pacific/Apia")
	require.NoError(t, err)
	c := night("23:00", 120, Even(30, 1))
	c.Rules[0].ID, c.Rules[0].Repeat, c.Rules[0].Resources = "Z", Weekly(Friday), nil
	early := night("00:00", 30, Even(30, 1)).Rules[0]
	early.ID, early.Repeat, early.Line.Room = "A", Weekly(Saturday), ""
	c.Rules = append(c.Rules, early)
	require.Equal(t, []string{"Z/2011-12-30 00:00+14+60: 00:00+14 00:30+14", "A/2011-12-31 00:00+14+30: 00:00+14",
		"skipped slots Z/2011-12-30 00:00+14×2 "}, one(t, c, Calendar{}, apia, "2011-12-30", "2011-12-31"))
}

// Clocks of the nineteenth century have seconds: here they went back by 3 minutes and 58 seconds.
func TestOffsetsWithSeconds(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	c := night("08:00", 480, Even(240, 1))
	got := one(t, c, Calendar{}, newYork, "1883-11-18", "1883-11-18")
	require.Contains(t, got[0], "+484:", "rounded up, so that the last slot lies inside")
}

func TestOvernight(t *testing.T) {
	c := night("23:00", 120, Even(30, 1))
	got := one(t, c, Calendar{}, time.UTC, "2026-11-22", "2026-11-22")
	require.Equal(t, []string{"R/2026-11-22 23:00+00+120: 23:00+00 23:30+00 00:00+00 00:30+00"}, got)

	at := func(from, until, start, end string) RosterConfig {
		c := night("23:00", 120, Even(30, 1))
		c.Leaves = []Leave{{Rule: "R", From: MustDate(from), Until: MustDate(until), Start: MustClock(start), End: MustClock(end)}}
		return c
	}
	got = one(t, at("2026-11-23", "2026-11-23", "00:00", "00:30"), Calendar{}, time.UTC, "2026-11-22", "2026-11-22")
	require.Equal(t, []string{"R/2026-11-22 23:00+00+120: 23:00+00 23:30+00 00:30+00"}, got, "clock leave goes by the date on the wall")
	got = one(t, at("2026-11-23", "2026-11-23", "00:00", "00:00"), Calendar{}, time.UTC, "2026-11-22", "2026-11-22")
	require.Len(t, got, 1, "whole-day leave of the next day leaves the night session")
	require.Contains(t, got[0], "00:30")
	got = one(t, at("2026-11-22", "2026-11-22", "00:00", "00:00"), Calendar{}, time.UTC, "2026-11-22", "2026-11-22")
	require.Equal(t, []string{"emptied by leave or closure R/2026-11-22 -×4 "}, got, "whole-day leave of its own day takes all of it")
	got = one(t, at("2026-11-22", "2026-11-22", "12:00", "24:00"), Calendar{}, time.UTC, "2026-11-22", "2026-11-22")
	require.Equal(t, []string{"R/2026-11-22 23:00+00+120: 00:00+00 00:30+00"}, got)
}

func TestLeaveOfCountedSessions(t *testing.T) {
	for _, c := range []struct {
		name   string
		leaves [][2]string
		want   string
	}{
		{"none", nil, ""},
		{"part", [][2]string{{"08:00", "09:00"}}, "counted session partly on leave"},
		{"all", [][2]string{{"07:00", "12:00"}}, "emptied by leave or closure"},
		{"all in two parts", [][2]string{{"10:00", "13:00"}, {"08:00", "10:00"}}, "emptied by leave or closure"},
		{"two parts with a minute between", [][2]string{{"10:01", "13:00"}, {"08:00", "10:00"}}, "counted session partly on leave"},
		{"all but the last minute", [][2]string{{"08:00", "11:59"}}, "counted session partly on leave"},
		{"after it", [][2]string{{"12:00", "13:00"}}, ""},
		{"before it", [][2]string{{"07:00", "08:00"}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := goodRule()
			r.Cut, r.Holidays = Counted(20, 30), OpenOnHolidays
			config := RosterConfig{Rules: []Rule{r}}
			for _, l := range c.leaves {
				config.Leaves = append(config.Leaves, Leave{Resource: "P1", From: MustDate("2026-11-23"), Until: MustDate("2026-11-23"),
					Start: MustClock(l[0]), End: MustClock(l[1])})
			}
			got := one(t, config, Calendar{}, time.UTC, "2026-11-23", "2026-11-23")
			if c.want == "" {
				require.Equal(t, []string{"R/2026-11-23 08:00+00+240: 08:00+00"}, got)
			} else {
				require.Contains(t, got[len(got)-1], c.want)
				require.Len(t, got, map[bool]int{true: 1, false: 2}[c.want == "emptied by leave or closure"])
			}
		})
	}
}

func TestFindings(t *testing.T) {
	calendar, err := NewCalendar(CalendarConfig{Years: []int{2026}, Days: []CalendarDay{
		{MustDate("2026-10-05"), Holiday, "国庆节"}, {MustDate("2026-10-10"), MakeUp, "国庆节"}}, Weekend: []Weekday{Saturday, Sunday}})
	require.NoError(t, err)
	r := goodRule()
	r.Cut = Even(100, 1)
	c := RosterConfig{Rules: []Rule{r}}
	require.Equal(t, []string{"R/2026-10-12 08:00+00+240: 08:00+00 09:40+00", "make-up day undecided  -×0 ",
		"unused minutes R/2026-10-12 -×40 "}, one(t, c, calendar, time.UTC, "2026-10-05", "2026-10-12"),
		"closed on the holiday; unused minutes once, though")
	c.Follows = []Follow{{Date: MustDate("2026-10-10"), Weekday: Monday}, {Date: MustDate("2026-10-05"), Weekday: Monday}}
	require.Equal(t, []string{"R/2026-10-10 08:00+00+240: 08:00+00 09:40+00", "R/2026-10-12 08:00+00+240: 08:00+00 09:40+00",
		"follow on an off day  -×0 ", "unused minutes R/2026-10-10 -×40 "}, one(t, c, calendar, time.UTC, "2026-10-05", "2026-10-12"),
		"the make-up Saturday runs Monday; no Follow opens a holiday")
	c.Rules[0].Holidays, c.Rules[0].Cut = OpenOnHolidays, Even(240, 1)
	require.Equal(t, []string{"R/2026-10-05 08:00+00+240: 08:00+00", "R/2026-10-12 08:00+00+240: 08:00+00"},
		one(t, c, calendar, time.UTC, "2026-10-05", "2026-10-12"), "the calendar does not touch a clinic without holidays")
	require.Len(t, one(t, c, calendar, time.UTC, "2026-12-28", "2027-01-10"), 2, "nor does it need to know the year")
	c.Rules[0].Holidays = ClosedOnHolidays
	require.Equal(t, []string{"R/2026-12-28 08:00+00+240: 08:00+00", "R/2027-01-04 08:00+00+240: 08:00+00", "unknown year  -×0 "},
		one(t, c, calendar, time.UTC, "2026-12-28", "2027-01-10"), "an unknown year runs as the week says, and is told once")
}

// Three at once are two findings, each with the one that runs longest; sites keep rooms apart; leave frees a physician.
func TestClashes(t *testing.T) {
	at := func(id, start string, minutes int, site string, resources ...string) Rule {
		r := goodRule()
		r.ID, r.Start, r.Minutes, r.Cut, r.Resources, r.Line.Site = id, MustClock(start), minutes, Even(30, 1), resources, site
		r.Holidays = OpenOnHolidays
		return r
	}
	c := RosterConfig{Rules: []Rule{at("A", "08:00", 240, "", "P1"), at("B", "09:00", 60, "east", "P1", "P2"),
		at("C", "10:00", 60, "east", "P1"), at("D", "12:00", 60, "", "P1")}}
	show := func(c RosterConfig) (lines []string) {
		r, err := NewRoster(c)
		require.NoError(t, err)
		_, findings, err := r.Sessions(MustDate("2026-11-23"), MustDate("2026-11-23"), Calendar{}, time.UTC)
		require.NoError(t, err)
		for _, f := range findings {
			lines = append(lines, fmt.Sprintf("%v %s: %c and %c, %d minutes", f.Kind, f.Resource, f.Other[0], f.Session[0], f.Count))
		}
		return lines
	}
	require.Equal(t, []string{"resource clash P1: A and B, 60 minutes", "resource clash P1: A and C, 60 minutes"}, show(c))
	c.Rules[2].Line.Site = ""
	require.Equal(t, []string{"resource clash P1: A and B, 60 minutes", "resource clash P1: A and C, 60 minutes",
		"room clash 12: A and C, 60 minutes"}, show(c))
	c.Leaves = []Leave{{Rule: "A", From: MustDate("2026-11-23"), Until: MustDate("2026-11-23"), Start: MustClock("09:00"), End: MustClock("11:00")}}
	require.Empty(t, show(c), "away from A, the physician may be elsewhere")
	c.Rules[1].Start, c.Rules[1].Minutes, c.Rules[2].Resources, c.Rules[2].Line.Room = MustClock("08:30"), 150, nil, ""
	c.Leaves[0].End = MustClock("10:00")
	require.Equal(t, []string{"resource clash P1: A and B, 30 minutes"}, show(c), "met twice, told once, with the first overlap")
	c.Rules[1].Start, c.Rules[1].Minutes = MustClock("09:00"), 120
	require.Equal(t, []string{"resource clash P1: A and B, 60 minutes"}, show(c), "under the one that starts later, wherever they meet")
	c.Rules[0].Line.Room, c.Leaves, c.Rules[2].Resources = "", nil, []string{"P1"}
	require.Len(t, show(c), 2, "no room, no clash of rooms")
}

// The minutes after a slot occupy room and staff: between slots, after the last one and before a break, but not the break itself, nor what leave took out.
func TestBuffersAreOccupied(t *testing.T) {
	day := MustDate("2026-11-23")
	for _, c := range []struct {
		name, other string // the other session in the room begins, for ten minutes
		edit        func(*RosterConfig)
		want        bool
	}{
		{"in a slot", "08:10", nil, true},
		{"between two slots", "08:20", nil, true},
		{"after the last slot", "08:50", nil, true},
		{"after the session", "09:00", nil, false},
		{"in a break as long as a buffer", "08:30", func(c *RosterConfig) {
			c.Rules[0].Blocks = []Block{{Start: MustClock("08:30"), Minutes: 10}}
		}, false},
		{"in what leave took out", "08:30", func(c *RosterConfig) {
			c.Leaves = []Leave{{Rule: "R", From: day, Until: day, Start: MustClock("08:30"), End: MustClock("08:40")}}
		}, false},
		{"in a block without buffers", "08:40", func(c *RosterConfig) {
			c.Rules[0].Blocks = []Block{{Start: MustClock("08:30"), Minutes: 30, Cut: Even(10, 1)}}
			c.Leaves = []Leave{{Rule: "R", From: day, Until: day, Start: MustClock("08:40"), End: MustClock("08:50")}}
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, other := goodRule(), goodRule()
			r.Minutes, r.Cut, r.Holidays = 60, Even(20, 1).With(10), OpenOnHolidays
			other.ID, other.Start, other.Minutes, other.Cut, other.Resources, other.Holidays = "O", MustClock(c.other), 10, Even(10, 1), nil, OpenOnHolidays
			config := RosterConfig{Rules: []Rule{r, other}}
			if c.edit != nil {
				c.edit(&config)
			}
			roster, err := NewRoster(config)
			require.NoError(t, err)
			_, findings, err := roster.Sessions(day, day, Calendar{}, time.UTC)
			require.NoError(t, err)
			clash := false
			for _, f := range findings {
				clash = clash || f.Kind == RoomClash
			}
			require.Equal(t, c.want, clash)
		})
	}
}

// Numbers without times need hours of at least one stay: no slot reaches past the end of its session.
func TestHoursShorterThanAStay(t *testing.T) {
	r := goodRule()
	r.Cut, r.Holidays, r.HolidayHours = Counted(20, 30), OtherHoursOnHolidays, Hours{Start: MustClock("09:00"), Minutes: 29}
	_, err := NewRoster(RosterConfig{Rules: []Rule{r}})
	require.ErrorContains(t, err, "HolidayHours.Minutes 29: no slot of 30 fits")
	r.HolidayHours.Minutes = 60
	c := RosterConfig{Rules: []Rule{r}, Revisions: []Revision{{Rule: "R", Date: MustDate("2026-10-05"), Cut: Counted(20, 61)}}}
	calendar, err := NewCalendar(CalendarConfig{Years: []int{2026}, Days: []CalendarDay{{MustDate("2026-10-05"), Holiday, ""}}})
	require.NoError(t, err)
	require.Equal(t, []string{"nothing fits R/2026-10-05 -×60 "}, one(t, c, calendar, time.UTC, "2026-10-05", "2026-10-05"))
}

// On the calendar's last day a session may still run to midnight and past it: what lies outside is told, and the length stays the length.
func TestTheLastNightOfTheCalendar(t *testing.T) {
	c := night("22:30", 120, Even(30, 1))
	c.Rules[0].Repeat = Daily()
	require.Equal(t, []string{"R/9999-12-31 22:30+00+120: 22:30+00 23:00+00 23:30+00", "skipped slots R/9999-12-31 00:00+00×1 "},
		one(t, c, Calendar{}, time.UTC, "9999-12-31", "9999-12-31"))
}
