package slots_test

import (
	"encoding/csv"
	"encoding/json"
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

// realWeek reads a public hospital's week. The rows that are flagged as substitutes are told apart if regular is true: then somebody else
// holds the place, and the physician of the row stands in for him.
func realWeek(t *testing.T, regular bool) slots.RosterConfig {
	start := map[string]slots.Clock{"am": slots.MustClock("08:30"), "pm": slots.MustClock("13:30"), "evening": slots.MustClock("17:30")}
	var c slots.RosterConfig
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
		}
		if regular && strings.Contains(row["flags"], "substitute") {
			r.Resources = []string{"regular of " + r.ID}
			c.Substitutes = append(c.Substitutes, slots.Substitute{Rule: r.ID, Resource: r.Resources[0], By: row["physician"],
				From: slots.MustDate("2026-09-14"), Until: slots.MustDate("2026-09-20")})
		}
		c.Rules = append(c.Rules, r)
	}
	return c
}

func realSessions(t *testing.T, c slots.RosterConfig, first, last string) ([]slots.Session, []slots.Finding) {
	roster, err := slots.NewRoster(c)
	require.NoError(t, err)
	plain, err := slots.NewCalendar(slots.CalendarConfig{Years: []int{2026}})
	require.NoError(t, err)
	loc, err := time.LoadLocation("Asia/Taipei")
	require.NoError(t, err)
	sessions, findings, err := roster.Sessions(slots.MustDate(first), slots.MustDate(last), plain, loc)
	require.NoError(t, err)
	return sessions, findings
}

// A public hospital's week: 304 sessions, with 19 physicians in two places at once and 18 rooms that hold more than one.
func TestRealWeek(t *testing.T) {
	c := realWeek(t, false)
	physicians, departments, rooms, closed := map[string]bool{}, map[string]bool{}, map[string]bool{}, 0
	for _, r := range c.Rules {
		physicians[r.Resources[0]], departments[r.Line.Department], rooms[r.Line.Room] = true, true, true
		closed += len(r.Closed)
	}
	require.Equal(t, []int{304, 89, 35, 38, 154}, []int{len(c.Rules), len(physicians), len(departments), len(rooms), closed})

	// A week before the first closed date: the timetable as it is written.
	sessions, findings := realSessions(t, c, "2026-09-14", "2026-09-20")
	require.Len(t, sessions, 304)
	require.Equal(t, [2]int{19, 19}, clashCount(findings, slots.ResourceClash))
	require.Equal(t, [2]int{21, 18}, clashCount(findings, slots.RoomClash), "one room has three entries, one has four: 16 + 2 + 3")
	require.Len(t, findings, 40, "and no other finding")
	evenings := 0
	for _, s := range sessions {
		require.Equal(t, 24, s.Units())
		if s.Part == "evening" {
			evenings++
			require.Equal(t, "17:30", s.Start.In(time.FixedZone("", 8*3600)).Format("15:04"))
			require.Equal(t, slots.DateOf(s.Start, time.FixedZone("", 8*3600)), slots.DateOf(s.Span().To()-1, time.FixedZone("", 8*3600)))
		}
	}
	require.Equal(t, 41, evenings)

	// All the weeks with closed dates: every closed date takes exactly its session. (Each is on its row's weekday.)
	sessions, _ = realSessions(t, c, "2026-09-21", "2026-12-06")
	require.Len(t, sessions, 304*11-closed)
}

// The twelve substitutes of that week change who, and nothing else. After it the regular physicians are back.
func TestRealSubstitutes(t *testing.T) {
	c := realWeek(t, true)
	require.Len(t, c.Substitutes, 12)
	as, clashes := realSessions(t, realWeek(t, false), "2026-09-14", "2026-09-20")
	with, others := realSessions(t, c, "2026-09-14", "2026-09-20")
	require.Equal(t, as, with)
	require.Equal(t, clashes, others, "who stands in is in two places as he was")

	c.Substitutes = nil
	without, _ := realSessions(t, c, "2026-09-14", "2026-09-20")
	changes, err := slots.Diff(without, with)
	require.NoError(t, err)
	require.Len(t, changes, 12)
	for _, change := range changes {
		require.Equal(t, slots.Reresourced, change.Kind)
	}
	lost, err := slots.Stranded(without, with, func(string, slots.Slot) int { return 1 })
	require.NoError(t, err)
	require.Empty(t, lost, "nobody's number disappears")
}

// The 154 closed dates are announced while two are booked into the first number of every session: 154 sessions are told, with two each.
func TestRealClosedDatesStrandTheirOwn(t *testing.T) {
	c := realWeek(t, false)
	closed := map[string]bool{}
	open := c
	open.Rules = nil
	for _, r := range c.Rules {
		for _, d := range r.Closed {
			closed[r.ID+"/"+d.String()] = true
		}
		r.Closed = nil
		open.Rules = append(open.Rules, r)
	}
	before, _ := realSessions(t, open, "2026-09-21", "2026-12-06")
	after, _ := realSessions(t, c, "2026-09-21", "2026-12-06")
	firsts := map[string]slots.Instant{}
	for _, s := range before {
		firsts[s.ID] = s.Start
	}
	lost, err := slots.Stranded(before, after, func(id string, slot slots.Slot) int {
		if firsts[id] == slot.Start {
			return 2
		}
		return 0
	})
	require.NoError(t, err)
	require.Len(t, lost, 154)
	for _, x := range lost {
		require.True(t, closed[x.Session] && x.Gone && x.Units == 2, x)
	}
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
	want, all := map[string][]string{}, rows(t, shared(t, "roster", "number-grid.csv"))
	for _, row := range all {
		want[row["sheet"]] = append(want[row["sheet"]], row["number_time"])
	}
	require.Equal(t, want, got)
	require.Len(t, all, 75)
	for _, row := range all { // and the number has its place, in its segment
		n, err := strconv.Atoi(row["number"])
		require.NoError(t, err)
		require.Equal(t, row["number_time"], got[row["sheet"]][n-1])
		if from, to, ok := strings.Cut(row["segment"], "-"); ok {
			require.True(t, from <= row["number_time"] && row["number_time"] < to, row)
		}
	}
}

// The make-up days of eight years: a clinic of working days that follows a Monday on each is held as often as people worked.
func TestRealMakeUpDays(t *testing.T) {
	var files [][]byte
	worked, makeUps := map[int]int{}, 0
	kind := map[string]bool{} // off or not, of the days in the notices
	for year := 2019; year <= 2026; year++ {
		data := shared(t, "holidays", fmt.Sprintf("%d.json", year))
		files = append(files, data)
		var notice struct {
			Days []struct {
				Date     string `json:"date"`
				IsOffDay bool   `json:"isOffDay"`
			} `json:"days"`
		}
		require.NoError(t, json.Unmarshal(data, &notice))
		for _, d := range notice.Days {
			kind[d.Date] = d.IsOffDay
		}
	}
	c := slots.RosterConfig{Rules: []slots.Rule{{ID: "R", Line: slots.Line{Department: "clinic", Kind: slots.General}, Repeat: slots.Weekly(1, 2, 3, 4, 5),
		Start: slots.MustClock("08:00"), Minutes: 60, Cut: slots.Even(30, 1), Holidays: slots.ClosedOnHolidays}}}
	for d := time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() <= 2026; d = d.AddDate(0, 0, 1) {
		off, told := kind[d.Format("2006-01-02")]
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		if told && !off {
			makeUps++
			c.Follows = append(c.Follows, slots.Follow{Date: slots.MustDate(d.Format("2006-01-02")), Weekday: slots.Monday})
		}
		if told && !off || !told && !weekend {
			worked[d.Year()]++
		}
	}
	config, err := slots.ReadHolidayCN(files...)
	require.NoError(t, err)
	calendar, err := slots.NewCalendar(config)
	require.NoError(t, err)
	held := func(c slots.RosterConfig, year int) (int, []slots.Finding) {
		roster, err := slots.NewRoster(c)
		require.NoError(t, err)
		sessions, findings, err := roster.Sessions(slots.MustDate(fmt.Sprintf("%d-01-01", year)), slots.MustDate(fmt.Sprintf("%d-12-31", year)),
			calendar, shanghai)
		require.NoError(t, err)
		return len(sessions), findings
	}
	undecided := c
	undecided.Follows = nil
	findings := 0
	for year, want := range worked {
		n, found := held(c, year)
		require.Equal(t, want, n, year)
		require.Empty(t, found)
		n, found = held(undecided, year)
		weekends := 0
		for _, f := range found { // a notice may also name a working day as worked
			if f.Date.Weekday() >= slots.Saturday {
				weekends++
			}
		}
		require.Equal(t, want-weekends, n, "undecided Saturdays and Sundays have no clinic, and each is told")
		findings += len(found)
	}
	require.Equal(t, makeUps, findings)
	require.Greater(t, makeUps, 40)
}

// Another country's calendar is data like any other: a weekend of Friday alone, four days of new year in March.
func TestAnotherCountrysCalendar(t *testing.T) {
	config := slots.CalendarConfig{Years: []int{2026}, Weekend: []slots.Weekday{slots.Friday}}
	for _, d := range []string{"2026-03-21", "2026-03-22", "2026-03-23", "2026-03-24"} {
		config.Days = append(config.Days, slots.CalendarDay{Date: slots.MustDate(d), Kind: slots.Holiday, Name: "Nowruz"})
	}
	calendar, err := slots.NewCalendar(config)
	require.NoError(t, err)
	tehran, err := time.LoadLocation("Asia/Tehran")
	require.NoError(t, err)
	r, err := slots.NewRoster(slots.RosterConfig{Rules: []slots.Rule{{ID: "R", Line: slots.Line{Department: "clinic", Kind: slots.General},
		Repeat: slots.Weekly(slots.Saturday, slots.Sunday, slots.Wednesday), Start: slots.MustClock("08:00"), Minutes: 60, Cut: slots.Even(30, 1),
		Holidays: slots.ClosedOnHolidays}}})
	require.NoError(t, err)
	sessions, findings, err := r.Sessions(slots.MustDate("2026-03-14"), slots.MustDate("2026-03-28"), calendar, tehran)
	require.NoError(t, err)
	require.Empty(t, findings)
	var days []string
	for _, s := range sessions {
		days = append(days, s.Start.In(tehran).Format("Mon 01-02 15:04-0700"))
	}
	require.Equal(t, []string{"Sat 03-14 08:00+0330", "Sun 03-15 08:00+0330", "Wed 03-18 08:00+0330", "Wed 03-25 08:00+0330", "Sat 03-28 08:00+0330"}, days)
	for visit, want := range map[string]string{"2026-03-28": "2026-03-26", "2026-03-25": "2026-03-19"} {
		d, err := calendar.AddWorkingDays(slots.MustDate(visit), -1)
		require.NoError(t, err)
		require.Equal(t, want, d.String())
	}
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
