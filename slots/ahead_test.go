package slots

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAhead(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	require.NoError(t, err)
	newYork, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	c, err := NewCalendar(CalendarConfig{Years: []int{2026}, Weekend: []Weekday{Saturday, Sunday}, Days: []CalendarDay{
		{MustDate("2026-10-01"), Holiday, "国庆节"}, {MustDate("2026-10-10"), MakeUp, "国庆节"}}})
	require.NoError(t, err)
	for _, r := range []struct {
		name  string
		ahead Ahead
		date  string
		loc   *time.Location
		want  string
	}{
		{"15 days ahead at 20:00", Ahead{15, CalendarDays, MustClock("20:00")}, "2026-12-08", shanghai, "2026-11-23T20:00:00+08:00"},
		{"20:00 of the evening before the 15th day", Ahead{16, CalendarDays, MustClock("20:00")}, "2026-12-08", shanghai, "2026-11-22T20:00:00+08:00"},
		{"until 15:00 the day before, over a month's end", Ahead{1, CalendarDays, MustClock("15:00")}, "2026-12-01", shanghai, "2026-11-30T15:00:00+08:00"},
		{"until 00:00 of the day", Ahead{0, CalendarDays, Clock{}}, "2026-12-01", shanghai, "2026-12-01T00:00:00+08:00"},
		{"24:00 the day before is the same moment", Ahead{1, CalendarDays, MustClock("24:00")}, "2026-12-01", shanghai, "2026-12-01T00:00:00+08:00"},
		{"08:00 two working days before a Monday with a make-up Saturday", Ahead{2, WorkingDays, MustClock("08:00")}, "2026-10-12", shanghai, "2026-10-09T08:00:00+08:00"},
		{"two working days before a Friday with a holiday", Ahead{2, WorkingDays, MustClock("08:00")}, "2026-10-02", shanghai, "2026-09-29T08:00:00+08:00"},
		{"no working day before is the day itself, worked or not", Ahead{0, WorkingDays, MustClock("08:00")}, "2026-10-01", shanghai, "2026-10-01T08:00:00+08:00"},
		{"at a time that the clocks skip: when they jump", Ahead{1, CalendarDays, MustClock("02:30")}, "2026-03-09", newYork, "2026-03-08T03:00:00-04:00"},
		{"at a time that comes twice: the first", Ahead{1, CalendarDays, MustClock("01:30")}, "2026-11-02", newYork, "2026-11-01T01:30:00-04:00"},
	} {
		t.Run(r.name, func(t *testing.T) {
			at, err := r.ahead.Instant(MustDate(r.date), c, r.loc)
			require.NoError(t, err)
			require.Equal(t, r.want, at.In(r.loc).Format(time.RFC3339))
		})
	}

	for want, a := range map[string]Ahead{
		"Days -1: want 0 to 400":  {-1, CalendarDays, Clock{}},
		"Days 401: want 0 to 400": {401, CalendarDays, Clock{}},
		"Unit 0: want":            {1, 0, Clock{}},
	} {
		_, err := a.Instant(MustDate("2026-12-08"), c, shanghai)
		require.ErrorContains(t, err, want)
	}
	day := Ahead{1, CalendarDays, Clock{}}
	_, err = day.Instant(Date{}, c, shanghai)
	require.ErrorContains(t, err, "1 calendar days ahead of no date")
	_, err = day.Instant(MustDate("0001-01-01"), c, shanghai)
	require.Error(t, err)
	_, err = day.Instant(MustDate("2026-12-08"), c, nil)
	require.Error(t, err)
	_, err = Ahead{2, WorkingDays, Clock{}}.Instant(MustDate("2027-01-02"), c, shanghai)
	require.EqualError(t, err, "calendar of 2027 is not known, needed for 2027-01-01")
	_, err = Ahead{0, CalendarDays, MustClock("24:00")}.Instant(MustDate("9999-12-31"), c, shanghai)
	require.Error(t, err, "midnight after the last day of the calendar")
}
