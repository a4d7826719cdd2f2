package slots_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
)

// shared opens a file of real data that is not part of the repository.
func shared(t *testing.T, name ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(append([]string{"..", "..", "shared", "data"}, name...)...))
	if os.IsNotExist(err) {
		t.Skipf("../shared/data/%s is absent", strings.Join(name, "/"))
	}
	require.NoError(t, err)
	return data
}

func rows(t *testing.T, data []byte) []map[string]string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	require.NoError(t, err)
	var list []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		list = append(list, row)
	}
	return list
}

// A public hospital's week: 304 sessions, with 19 physicians in two places at once and 18 rooms that hold more than one.
func TestRealWeek(t *testing.T) {
	start := map[string]slots.Clock{"am": slots.MustClock("08:30"), "pm": slots.MustClock("13:30"), "evening": slots.MustClock("17:30")}
	var c slots.RosterConfig
	physicians, departments, rooms, closed := map[string]bool{}, map[string]bool{}, map[string]bool{}, 0
	for i, row := range rows(t, shared(t, "roster", "hospital-c-week.csv")) {
		weekday, err := strconv.Atoi(row["iso_weekday"])
		require.NoError(t, err)
		r := slots.Rule{
			ID:        fmt.Sprintf("%03d-%s-%s", i, row["dept_code"], row["physician"]),
			Line:      slots.Line{Department: row["dept_name"], Room: row["room"], Kind: slots.General},
			Resources: []string{row["physician"]}, Repeat: slots.Weekly(slots.Weekday(weekday)), Part: row["session"],
			Start: start[row["session"]], Minutes: 180, Cut: slots.Packed(30, 4, 0), Holidays: slots.ClosedOnHolidays,
		}
		for d := range strings.FieldsSeq(row["closed_dates"]) {
			r.Closed = append(r.Closed, slots.MustDate(d))
			closed++
		}
		c.Rules = append(c.Rules, r)
		physicians[row["physician"]], departments[row["dept_name"]], rooms[row["room"]] = true, true, true
	}
	require.Equal(t, []int{304, 89, 35, 38, 154}, []int{len(c.Rules), len(physicians), len(departments), len(rooms), closed})

	roster, err := slots.NewRoster(c)
	require.NoError(t, err)
	plain, err := slots.NewCalendar(slots.CalendarConfig{Years: []int{2026}})
	require.NoError(t, err)
	loc, err := time.LoadLocation("Asia/Taipei")
	require.NoError(t, err)

	// A week before the first closed date: the timetable as it is written.
	sessions, findings, err := roster.Sessions(slots.MustDate("2026-09-14"), slots.MustDate("2026-09-20"), plain, loc)
	require.NoError(t, err)
	require.Len(t, sessions, 304)
	require.Equal(t, [2]int{19, 19}, clashCount(findings, slots.ResourceClash))
	require.Equal(t, [2]int{21, 18}, clashCount(findings, slots.RoomClash), "one room has three entries, one has four: 16 + 2 + 3")
	require.Len(t, findings, 40, "and no other finding")
	evenings := 0
	for _, s := range sessions {
		require.Equal(t, 24, s.Units())
		if s.Part == "evening" {
			evenings++
		}
	}
	require.Equal(t, 41, evenings)

	// All the weeks with closed dates: every closed date takes exactly its session. (Each is on its row's weekday.)
	sessions, _, err = roster.Sessions(slots.MustDate("2026-09-21"), slots.MustDate("2026-12-06"), plain, loc)
	require.NoError(t, err)
	require.Len(t, sessions, 304*11-closed)
}

// clashCount returns the findings of a kind, and the places and times that they are about.
func clashCount(findings []slots.Finding, kind slots.FindingKind) [2]int {
	n, groups := 0, map[string]bool{}
	for _, f := range findings {
		if f.Kind == kind {
			n++
			groups[f.Resource+f.At.String()] = true
		}
	}
	return [2]int{n, len(groups)}
}

// How two hospital systems cut sessions into numbers.
func TestRealNumberGrid(t *testing.T) {
	got := map[string][]string{}
	for _, s := range []struct {
		sheet, start string
		minutes      int
		cut          slots.Cut
	}{
		{"expert-am", "08:00", 210, slots.Packed(30, 3, 20)},
		{"expert-pm", "14:30", 150, slots.Packed(30, 4, 20)},
		{"five-minute", "07:30", 175, slots.Even(5, 1)},
	} {
		r, err := slots.NewRoster(slots.RosterConfig{Extras: []slots.Extra{{ID: "x", Line: slots.Line{Department: "d", Kind: slots.Specialist},
			Date: slots.MustDate("2026-11-23"), Start: slots.MustClock(s.start), Minutes: s.minutes, Cut: s.cut}}})
		require.NoError(t, err)
		sessions, findings, err := r.Sessions(slots.MustDate("2026-11-23"), slots.MustDate("2026-11-23"), slots.Calendar{}, time.UTC)
		require.NoError(t, err)
		if s.sheet == "expert-am" {
			require.Empty(t, findings)
		}
		for _, slot := range sessions[0].Slots {
			got[s.sheet] = append(got[s.sheet], slot.Start.In(time.UTC).Format("15:04"))
		}
	}
	want := map[string][]string{}
	for _, row := range rows(t, shared(t, "roster", "number-grid.csv")) {
		want[row["sheet"]] = append(want[row["sheet"]], row["number_time"])
	}
	require.Equal(t, want, got)
}

// The notices of twelve years, as published.
func TestRealHolidays(t *testing.T) {
	var files [][]byte
	for year := 2015; year <= 2026; year++ {
		files = append(files, shared(t, "holidays", fmt.Sprintf("%d.json", year)))
	}
	config, err := slots.ReadHolidayCN(files...)
	require.NoError(t, err)
	c, err := slots.NewCalendar(config)
	require.NoError(t, err)
	require.True(t, c.Knows(2015) && c.Knows(2026))
	require.False(t, c.Knows(2014) || c.Knows(2027))

	off, makeUp := 0, []string{}
	for d := slots.MustDate("2026-01-01"); d.Before(slots.MustDate("2027-01-01")); d = d.AddDays(1) {
		switch kind, _ := c.Day(d); kind {
		case slots.Holiday:
			off++
		case slots.MakeUp:
			makeUp = append(makeUp, d.String())
		}
	}
	require.Equal(t, 33, off)
	require.Equal(t, []string{"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"}, makeUp)

	day := func(s string) string {
		kind, name := c.Day(slots.MustDate(s))
		return strings.TrimSpace(kind.String() + " " + name)
	}
	require.Equal(t, "make-up day 元旦", day("2018-12-29"), "from the file of 2019")
	require.Equal(t, "holiday 元旦", day("2022-12-31"), "from the file of 2023")
	require.Equal(t, "working day", day("2026-10-09"))
	require.Equal(t, "rest day", day("2026-11-22"))
	require.Equal(t, "unknown", day("2027-01-01"))

	// Three working days before the first after a National Day of eight days: the day after is 10-08.
	d, err := c.AddWorkingDays(slots.MustDate("2026-10-09"), -3)
	require.NoError(t, err)
	require.Equal(t, "2026-09-29", d.String(), "10-08, 09-30, 09-29")
	_, err = c.AddWorkingDays(slots.MustDate("2026-12-30"), 3)
	require.ErrorContains(t, err, "calendar of 2027 is not known, needed for 2027-01-01")

	// Only the file of 2023: one day of 2022 is known, the year is not.
	config, err = slots.ReadHolidayCN(files[8])
	require.NoError(t, err)
	c, err = slots.NewCalendar(config)
	require.NoError(t, err)
	require.False(t, c.Knows(2022))
	require.Equal(t, "holiday 元旦", day("2022-12-31"))
	require.Equal(t, "unknown", day("2022-12-30"))
}
