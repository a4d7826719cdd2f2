package slots_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
)

// What an adversary found, and must not find again.

func plainRule(id string) slots.Rule {
	return slots.Rule{ID: id, Line: slots.Line{Department: "d", Kind: slots.General}, Resources: []string{"P-" + id}, Repeat: slots.Daily(),
		Start: slots.MustClock("08:00"), Minutes: 240, Cut: slots.Even(30, 1), Holidays: slots.OpenOnHolidays}
}

func day(text string) slots.Date { return slots.MustDate(text) }

// A set made of bits that mean nothing is refused in words.
func TestSetsOfWrongBits(t *testing.T) {
	require.Equal(t, "wrong 10", slots.Ordinals(1<<10).String())
	r := plainRule("R")
	r.Repeat = slots.Repeat{Nth: slots.Ordinals(1 << 7)}
	_, err := slots.NewRoster(slots.RosterConfig{Rules: []slots.Rule{r}})
	require.ErrorContains(t, err, "Repeat.Nth 7: want 1 to 5 or -1 to -5")
	require.NotContains(t, err.Error(), "PANIC")
}

// A session without slots keeps nobody.
func TestStrandedInNothing(t *testing.T) {
	before := []slots.Session{{ID: "x", Counted: true, Slots: []slots.Slot{{Minutes: 5, Capacity: 3}}}}
	got, err := slots.Stranded(before, []slots.Session{{ID: "x", Counted: true}}, func(string, slots.Slot) int { return 2 })
	require.NoError(t, err)
	require.Equal(t, []slots.Stranding{{Session: "x", Slot: before[0].Slots[0], Units: 2}}, got)
}

// An error is no larger than a page, whatever is wrong.
func TestErrorsStaySmall(t *testing.T) {
	r := plainRule(strings.Repeat("x", 1_000_000))
	r.Dates = make([]slots.Date, slots.MaxDates)
	_, err := slots.NewRoster(slots.RosterConfig{Rules: []slots.Rule{r}, Leaves: make([]slots.Leave, 100_000)})
	require.ErrorContains(t, err, "more problems")
	require.Less(t, len(err.Error()), 100_000)
}

// Breaks make a cut begin anew, with a buffer even more often than the minutes say: MaxSlots holds all the same.
func TestSlotLimitWithBreaks(t *testing.T) {
	var c slots.RosterConfig
	first := day("2026-01-01")
	for i := range 250 {
		r := plainRule(fmt.Sprint(i))
		r.Start, r.Minutes, r.Cut = slots.MustClock("00:00"), 1440, slots.Even(10, 1).With(1440)
		for b := range slots.MaxBlocks {
			start, err := slots.NewClock((b*30+10)/60, (b*30+10)%60)
			require.NoError(t, err)
			r.Blocks = append(r.Blocks, slots.Block{Start: start, Minutes: 20})
		}
		c.Rules = append(c.Rules, r)
		for d := range slots.MaxDays {
			c.Revisions = append(c.Revisions, slots.Revision{Rule: r.ID, Date: first.AddDays(d), Room: "1"})
		}
	}
	roster, err := slots.NewRoster(c)
	require.NoError(t, err)
	_, _, err = roster.Sessions(first, first.AddDays(slots.MaxDays-1), slots.Calendar{}, time.UTC)
	require.ErrorContains(t, err, "want at most 10000000")
}

// Sites and rooms with slashes in their names are still different rooms.
func TestRoomsWithSlashes(t *testing.T) {
	var c slots.RosterConfig
	for i, at := range [][2]string{{"east/1", "2"}, {"east", "1/2"}, {"", "east/1/2"}} {
		r := plainRule(fmt.Sprint(i))
		r.Line.Site, r.Line.Room = at[0], at[1]
		c.Rules = append(c.Rules, r)
	}
	roster, err := slots.NewRoster(c)
	require.NoError(t, err)
	_, findings, err := roster.Sessions(day("2026-01-05"), day("2026-01-05"), slots.Calendar{}, time.UTC)
	require.NoError(t, err)
	require.Empty(t, findings)
}

// A closure of a day closes what began the evening before, however it is written.
func TestClosureByTheClock(t *testing.T) {
	for _, end := range []string{"00:00", "24:00"} {
		r := plainRule("R")
		r.Start, r.Minutes, r.Cut = slots.MustClock("20:00"), 600, slots.Even(120, 1)
		c := slots.RosterConfig{Rules: []slots.Rule{r}, Closures: []slots.Closure{{From: day("2026-01-06"), Until: day("2026-01-06"), End: slots.MustClock(end)}}}
		roster, err := slots.NewRoster(c)
		require.NoError(t, err)
		sessions, _, err := roster.Sessions(day("2026-01-05"), day("2026-01-06"), slots.Calendar{}, time.UTC)
		require.NoError(t, err)
		var got []string
		for _, s := range sessions {
			for _, slot := range s.Slots {
				got = append(got, slot.Start.In(time.UTC).Format("02 15:04"))
			}
		}
		require.Equal(t, []string{"05 20:00", "05 22:00", "07 00:00", "07 02:00", "07 04:00"}, got)
	}
}

func TestSpansOfAnyLength(t *testing.T) {
	s := slots.SpanOf(0, math.MaxInt)
	require.Greater(t, s.To(), s.From())
	_, err := slots.NewSpan(math.MinInt64, math.MaxInt64)
	require.ErrorContains(t, err, "longer than can be counted")
}

// A substitute for someone whom the rule does not need would do nothing.
func TestSubstituteOfNobody(t *testing.T) {
	_, err := slots.NewRoster(slots.RosterConfig{Rules: []slots.Rule{plainRule("A"), plainRule("B")},
		Substitutes: []slots.Substitute{{Rule: "A", Resource: "P-B", By: "S", From: day("2026-01-01"), Until: day("2026-01-02")}}})
	require.ErrorContains(t, err, `Substitutes[0]: Rule "A": does not need Resource "P-B"`)
}

// Two files may both tell of a December, if they agree.
func TestHolidayFilesThatAgree(t *testing.T) {
	file := func(year int, name string) []byte {
		return fmt.Appendf(nil, `{"year":%d,"papers":[],"days":[{"name":%q,"date":"2025-12-31","isOffDay":true}]}`, year, name)
	}
	c, err := slots.ReadHolidayCN(file(2025, "元旦"), file(2026, "元旦"))
	require.NoError(t, err)
	require.Len(t, c.Days, 1)
	_, err = slots.ReadHolidayCN(file(2025, "元旦"), file(2026, "春节"))
	require.ErrorContains(t, err, "file 2: date 2025-12-31: holiday 春节, but holiday 元旦 in a file before it")
}

// Start and minutes of other hours are given both: a start that was forgotten is not midnight.
func TestForgottenStart(t *testing.T) {
	_, err := slots.NewRoster(slots.RosterConfig{Rules: []slots.Rule{plainRule("R")},
		Revisions: []slots.Revision{{Rule: "R", Date: day("2026-01-05"), Hours: slots.Hours{Minutes: 60}}}})
	require.ErrorContains(t, err, "Revisions[0]: Hours.Start 00:00: give the start")
}

// A roster with long histories of leave generates as fast as one without: only leave of the days is looked at.
func TestOldLeaveCostsNothing(t *testing.T) {
	c := slots.RosterConfig{}
	for i := range 200 {
		r := plainRule(fmt.Sprint(i))
		r.Resources = []string{"P"}
		c.Rules = append(c.Rules, r)
	}
	for i := range 200_000 {
		d := day("1500-01-01").AddDays(i / 2)
		c.Leaves = append(c.Leaves, slots.Leave{Resource: "P", From: d, Until: d, Start: slots.MustClock("08:00"), End: slots.MustClock("08:30")})
	}
	roster, err := slots.NewRoster(c)
	require.NoError(t, err)
	sessions, _, err := roster.Sessions(day("2026-01-01"), day("2026-12-31"), slots.Calendar{}, time.UTC)
	require.NoError(t, err)
	require.Len(t, sessions, 200*365, "with a look at each leave for each session this would take minutes")
}

// The year after the last moment is not asked for.
func TestWindowsEndWithTheirLastDay(t *testing.T) {
	calendar, err := slots.NewCalendar(slots.CalendarConfig{Years: []int{2026}})
	require.NoError(t, err)
	start := slots.MustInstant("2026-12-31T20:00:00Z")
	s := slots.Session{ID: "S", Date: day("2026-12-31"), Start: start, Minutes: 240, Slots: []slots.Slot{{Start: start, Minutes: 240, Capacity: 1}}}
	r := slots.Release{Stages: []slots.Stage{{At: slots.Ahead{Days: 1, Unit: slots.CalendarDays}, Percent: 100}},
		Hours: []slots.PoolHours{{Open: []slots.Hours{{Start: slots.MustClock("06:00"), Minutes: 1080}}, ClosedOnHolidays: true}}}
	_, err = r.Windows(&s, calendar, time.UTC)
	require.NoError(t, err)
}
