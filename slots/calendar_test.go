package slots

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestCalendarRefusals(t *testing.T) {
	for want, c := range map[string]CalendarConfig{
		"Years[0] 0: want 1 to 9999":                                   {Years: []int{0}},
		"Years[1] 10000: want":                                         {Years: []int{2026, 10000}},
		"Weekend[0] 0: want Monday (1)":                                {Weekend: []Weekday{0}},
		"Weekend[1] Sunday: twice":                                     {Weekend: []Weekday{Sunday, Sunday}},
		"Days[0]: Date no date: want a date":                           {Days: []CalendarDay{{Kind: Holiday}}},
		"Days[0] 2026-01-01: Kind working day: want Holiday or MakeUp": {Days: []CalendarDay{{Date: MustDate("2026-01-01"), Kind: WorkingDay}}},
		"Days[0] 2026-01-01: Kind DayKind(0): want":                    {Days: []CalendarDay{{Date: MustDate("2026-01-01")}}},
		`Days[0] 2026-01-01: Name " ": space`:                          {Days: []CalendarDay{{MustDate("2026-01-01"), Holiday, " "}}},
		"Days: Date 2026-01-01: twice":                                 {Days: []CalendarDay{{MustDate("2026-01-01"), Holiday, ""}, {MustDate("2026-01-01"), MakeUp, ""}}},
		"Days 100001: want at most 100000":                             {Days: make([]CalendarDay, MaxCalendarDays+1)},
	} {
		_, err := NewCalendar(c)
		require.ErrorContains(t, err, want)
	}
}

func notices(years ...string) (files [][]byte) {
	for _, y := range years {
		files = append(files, []byte(y))
	}
	return files
}

const notice2026 = `{"$schema":"s","$id":"i","year":2026,"papers":["p"],"days":[{"name":"元旦","date":"2025-12-31","isOffDay":true},
	{"name":"元旦","date":"2026-01-04","isOffDay":false}]}`

func TestReadHolidayCN(t *testing.T) {
	c, err := ReadHolidayCN(notices(notice2026, `{"year":2027,"papers":[],"days":[]}`)...)
	require.NoError(t, err)
	require.Equal(t, CalendarConfig{Years: []int{2026}, Weekend: []Weekday{Saturday, Sunday}, Days: []CalendarDay{
		{MustDate("2025-12-31"), Holiday, "元旦"}, {MustDate("2026-01-04"), MakeUp, "元旦"}}}, c)
	k, err := NewCalendar(c)
	require.NoError(t, err)
	require.False(t, k.Knows(2027), "an empty notice is a notice not yet published")

	day := func(s string) string { return `{"year":2026,"papers":[],"days":[` + s + `]}` }
	for want, files := range map[string][][]byte{
		"file 1: at byte":                         notices(`{`),
		"more after the end":                      notices(`{"year":2026,"papers":[],"days":[]}{}`),
		"year: missing":                           notices(`{"papers":[],"days":[]}`),
		"papers: missing":                         notices(`{"year":2026,"days":[]}`),
		"year: twice":                             notices(`{"year":2026,"year":2027,"papers":[],"days":[]}`),
		"date: twice":                             notices(day(`{"name":"a","date":"2026-01-01","date":"2026-01-02","isOffDay":true}`)),
		"Year: want one of $schema":               notices(`{"Year":2026,"papers":[],"days":[]}`),
		"isoffday: want one of":                   notices(day(`{"name":"a","date":"2026-01-01","isoffday":true}`)),
		"not UTF-8":                               notices("{\"year\":2026,\"papers\":[\"\xff\"],\"days\":[]}"),
		"days: missing":                           notices(`{"year":2026,"papers":[],"days":null}`),
		"year 0: want 1 to 9999":                  notices(`{"year":0,"papers":[],"days":[]}`),
		"cannot unmarshal number 2026.5":          notices(`{"year":2026.5,"papers":[],"days":[]}`),
		`unknown field "dayz"`:                    notices(`{"year":2026,"papers":[],"dayz":[]}`),
		`unknown field "isoffday2"`:               notices(day(`{"name":"a","date":"2026-01-01","isoffday2":true}`)),
		"days[0]: want name, date and isOffDay":   notices(day(`{"name":"a","date":"2026-01-01"}`)),
		`days[0]: name "": missing`:               notices(day(`{"name":"","date":"2026-01-01","isOffDay":true}`)),
		`days[0]: date "2026-02-30": no such day`: notices(day(`{"name":"a","date":"2026-02-30","isOffDay":true}`)),
		"date 2025-11-30: outside 2026":           notices(day(`{"name":"a","date":"2025-11-30","isOffDay":true}`)),
		"date 2027-01-01: outside 2026":           notices(day(`{"name":"a","date":"2027-01-01","isOffDay":true}`)),
		"file 2: year 2026: twice":                notices(notice2026, notice2026),
		"days[1]: date 2026-01-01: twice":         notices(day(`{"name":"a","date":"2026-01-01","isOffDay":true},{"name":"b","date":"2026-01-01","isOffDay":true}`)),
		"file 2: date 2025-12-31: make-up day a, but holiday 元旦 in a file before it": notices(notice2026, `{"year":2025,"papers":[],"days":[{"name":"a","date":"2025-12-31","isOffDay":false}]}`),
		"1048577 bytes, want at most 1048576":                                        {[]byte(strings.Repeat(" ", MaxNoticeBytes+1))},
		"file 2: year: missing":                                                      notices(`[]`, `{}`),
	} {
		c, err := ReadHolidayCN(files...)
		require.ErrorContains(t, err, want)
		require.Zero(t, c, "nothing is half-loaded")
	}
}

func FuzzReadHolidayCN(f *testing.F) {
	f.Add([]byte(notice2026))
	f.Add([]byte(`{"year":2027,"papers":[],"days":[]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ReadHolidayCN(data)
		if err != nil {
			return
		}
		_, err = NewCalendar(c)
		require.NoError(t, err)
		require.LessOrEqual(t, len(c.Years), 1)
		require.Equal(t, len(c.Days) == 0, len(c.Years) == 0)
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-11-23", "2024-02-29", "2026-02-30", "", "２０２６-11-23"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, err := time.Parse("2006-01-02", s)
		d, gotErr := ParseDate(s)
		if err != nil || want.Year() < 1 {
			require.Error(t, gotErr)
			return
		}
		require.NoError(t, gotErr)
		require.Equal(t, want.Format("2006-01-02"), d.String())
	})
}

func FuzzParseClock(f *testing.F) {
	for _, s := range []string{"08:30", "24:00", "24:01", "8:30", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseClock(s)
		var h, m int
		n, _ := fmt.Sscanf(s, "%02d:%02d", &h, &m)
		if err == nil {
			require.Equal(t, s, c.String())
			require.Equal(t, 2, n)
			require.Equal(t, h*60+m, c.Minutes())
		} else if want, timeErr := time.Parse("15:04", s); timeErr == nil {
			require.NotEqual(t, want.Format("15:04"), s, "time reads it and writes it the same")
		}
	})
}

// n working days, against counting with a table of what is worked.
func TestAddWorkingDays(t *testing.T) {
	base := MustDate("2026-09-01")
	rapid.Check(t, func(t *rapid.T) {
		config := CalendarConfig{Years: []int{2026}, Weekend: []Weekday{Saturday, Sunday}}
		worked := make([]bool, 91)
		for i := range worked {
			d := base.AddDays(i)
			worked[i] = d.Weekday() < Saturday
			switch rapid.IntRange(0, 9).Draw(t, "day") {
			case 0:
				config.Days, worked[i] = append(config.Days, CalendarDay{d, Holiday, ""}), false
			case 1:
				config.Days, worked[i] = append(config.Days, CalendarDay{d, MakeUp, ""}), true
			}
		}
		c, err := NewCalendar(config)
		require.NoError(t, err)
		from := rapid.IntRange(0, 90).Draw(t, "from")
		to := rapid.IntRange(0, 90).Draw(t, "to")
		n := 0
		for i := min(from, to); i <= max(from, to); i++ {
			if i != from && worked[i] {
				n++
			}
		}
		if to < from {
			n = -n
		}
		if worked[to] || to == from {
			got, err := c.AddWorkingDays(base.AddDays(from), n)
			require.NoError(t, err)
			require.Equal(t, base.AddDays(to), got)
		}
		is, err := c.IsWorking(base.AddDays(to))
		require.NoError(t, err)
		require.Equal(t, worked[to], is)
	})
}

func TestWorkingDaysRefusals(t *testing.T) {
	c, err := NewCalendar(CalendarConfig{Years: []int{2026}, Days: []CalendarDay{{MustDate("2027-01-01"), Holiday, "元旦"}}})
	require.NoError(t, err)
	_, err = c.AddWorkingDays(MustDate("2026-12-30"), 2)
	var unknown *UnknownYearError
	require.ErrorAs(t, err, &unknown)
	require.Equal(t, UnknownYearError{2027, MustDate("2027-01-02")}, *unknown, "the first is known, though its year is not")
	_, err = c.IsWorking(MustDate("2025-12-31"))
	require.EqualError(t, err, "calendar of 2025 is not known, needed for 2025-12-31")
	_, err = c.AddWorkingDays(Date{}, 1)
	require.ErrorContains(t, err, "1 from no date: want a date")
	_, err = c.AddWorkingDays(MustDate("2026-06-01"), MaxWorkingDays+1)
	require.ErrorContains(t, err, "1001 from 2026-06-01")

	week := []Weekday{Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday}
	years := []int{}
	for y := 2000; y < 2040; y++ {
		years = append(years, y)
	}
	idle, err := NewCalendar(CalendarConfig{Years: years, Weekend: week})
	require.NoError(t, err)
	_, err = idle.AddWorkingDays(MustDate("2020-06-01"), 1)
	require.ErrorContains(t, err, "none left from 2020-06-01", "a search that has an end")
	last, err := NewCalendar(CalendarConfig{Years: []int{9999}})
	require.NoError(t, err)
	_, err = last.AddWorkingDays(MustDate("9999-12-30"), 2)
	require.ErrorContains(t, err, "none left")

	kind, _ := Calendar{}.Day(MustDate("2026-11-23"))
	require.Equal(t, UnknownDay, kind, "the zero Calendar knows nothing")
	kind, _ = c.Day(Date{})
	require.Equal(t, UnknownDay, kind)
}
