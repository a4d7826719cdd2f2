package rrule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/rrule"
)

func TestUntil(t *testing.T) {
	shanghai, newYork, apia := zone(t, "Asia/Shanghai"), zone(t, "America/New_York"), zone(t, "Pacific/Apia")
	for _, c := range []struct {
		start       rrule.Start
		until, last string
	}{
		{at(shanghai, "2026-11-02", "08:00"), "20261110T000000Z", "2026-11-10"}, // that instant itself
		{at(shanghai, "2026-11-02", "08:01"), "20261110T000000Z", "2026-11-09"},
		{at(shanghai, "2026-11-02", "08:01"), "20261110T000100Z", "2026-11-10"},
		{at(shanghai, "2026-11-02", "08:01"), "20261110T000059Z", "2026-11-09"},
		{at(shanghai, "2026-11-02", "08:01"), "20261110T000060Z", "2026-11-09"}, // a leap second is before the next minute
		{at(newYork, "2026-10-30", "20:00"), "20261102T000000Z", "2026-10-31"},  // the clocks go back on the 1st: 20:00 is 01:00Z
		{at(newYork, "2026-10-30", "20:00"), "20261102T010000Z", "2026-11-01"},
		{at(newYork, "2026-11-01", "01:30"), "20261101T053000Z", "2026-11-01"}, // occurs twice: the first counts
		{at(newYork, "2026-03-07", "02:30"), "20260308T073000Z", "2026-03-08"}, // does not exist: 02:30 by the old offset is 07:30Z
		{at(newYork, "2026-03-07", "02:30"), "20260308T072959Z", "2026-03-07"},
		{at(apia, "2011-12-28", "09:00"), "20111230T185959Z", "2011-12-29"}, // Apia skips the 30th: 09:00 by the old offset is 19:00Z
		{at(apia, "2011-12-28", "09:00"), "20111230T190000Z", "2011-12-31"}, // and of the 31st, by the new one, the same
		{at(shanghai, "2026-11-02", "08:00"), "20261110T080000", "2026-11-10"},
		{at(shanghai, "2026-11-02", "08:00"), "20261110T075959", "2026-11-09"},
		{at(nil, "2026-11-02", "08:00"), "20261110T080000", "2026-11-10"},
		{at(nil, "2026-11-02", "08:00"), "20261110", "2026-11-10"},
		{at(shanghai, "2026-11-02", "23:59"), "20261110", "2026-11-10"},
		{rrule.Start{Date: slots.MustDate("2026-11-02"), AllDay: true}, "20261110", "2026-11-10"},
		{rrule.Start{Date: slots.MustDate("2026-11-02"), AllDay: true}, "20261110T235959", "2026-11-10"},
		{rrule.Start{Date: slots.MustDate("2026-11-02"), AllDay: true, Location: shanghai}, "20261109T160000Z", "2026-11-10"},
		{at(shanghai, "9999-12-30", "08:00"), "99991231T235959Z", "9999-12-31"},
	} {
		r, err := rrule.Parse("FREQ=DAILY;UNTIL="+c.until, c.start)
		require.NoError(t, err, "%v %s", c.start, c.until)
		require.Equal(t, c.last, r.Until.String(), "%v %s", c.start, c.until)
		again(t, r)
	}
	for _, start := range []rrule.Start{at(nil, "2026-11-02", "08:00"), {Date: slots.MustDate("2026-11-02"), AllDay: true}} {
		_, err := rrule.Parse("FREQ=DAILY;UNTIL=20261110T000000Z", start)
		require.EqualError(t, err, `UNTIL "20261110T000000Z": ambiguous: in UTC, but Start.Location is nil`)
	}
}

// The last date is one that is held, whatever UNTIL says, and COUNT counts only what the rule selects.
func TestLastDate(t *testing.T) {
	start := at(time.UTC, "2026-11-03", "09:00") // a Tuesday
	for rule, want := range map[string]string{
		"FREQ=WEEKLY;BYDAY=MO;UNTIL=20261129":         "2026-11-09 2026-11-23",
		"FREQ=WEEKLY;BYDAY=MO;COUNT=2":                "2026-11-09 2026-11-16", // the start, no Monday, is not one of them
		"FREQ=WEEKLY;BYDAY=MO;COUNT=1":                "2026-11-09 2026-11-09",
		"FREQ=WEEKLY;COUNT=2":                         "2026-11-03 2026-11-10",
		"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=2":     "2026-11-16 2026-11-30", // Monday the 9th lies in a week not counted
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=3": "2028-02-29 2036-02-29",
		"FREQ=DAILY;BYHOUR=8;COUNT=2":                 "2026-11-04 2026-11-05", // 08:00 of the 3rd is before the start
		"FREQ=DAILY;BYHOUR=10;COUNT=2":                "2026-11-03 2026-11-04",
		"FREQ=DAILY;BYHOUR=8;UNTIL=20261105T080000":   "2026-11-04 2026-11-05",
		"FREQ=DAILY;BYHOUR=8;INTERVAL=3;COUNT=2":      "2026-11-06 2026-11-09",
	} {
		r, err := rrule.Parse(rule, start)
		require.NoError(t, err, rule)
		require.Equal(t, want, r.Start.Date.String()+" "+r.Until.String(), rule)
	}
	r, err := rrule.Parse("FREQ=DAILY;BYHOUR=14;BYMINUTE=15", start)
	require.NoError(t, err)
	require.Equal(t, slots.MustClock("14:15"), r.Start.Clock)
}

func TestAllDayIgnoresTimes(t *testing.T) {
	start := rrule.Start{Date: slots.MustDate("2026-11-03"), AllDay: true}
	r, err := rrule.Parse("FREQ=DAILY;BYHOUR=8,9;BYMINUTE=1,2;BYSECOND=7;COUNT=2", start)
	require.NoError(t, err)
	require.Equal(t, rrule.Recurrence{Start: start, Repeat: slots.Daily(), Until: slots.MustDate("2026-11-04")}, r)
}

func TestFormat(t *testing.T) {
	newYork := zone(t, "America/New_York")
	start := at(newYork, "2026-11-02", "20:00")
	day := slots.MustDate("2026-11-02")
	for _, c := range []struct {
		repeat slots.Repeat
		want   string
	}{
		{slots.Daily(), "FREQ=DAILY"},
		{slots.Weekly(slots.Monday, slots.Thursday), "FREQ=WEEKLY;BYDAY=MO,TH"},
		{slots.EveryWeeks(2, day, slots.Monday), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"},
		{slots.EveryDays(3, day), "FREQ=DAILY;INTERVAL=3"},
		{slots.NthOfMonth(slots.Monday, 1, -5), "FREQ=MONTHLY;BYDAY=1MO,-5MO"},
		{slots.OnMonthDays(2, -1), "FREQ=MONTHLY;BYMONTHDAY=2,-1"},
		{slots.WeeklyIn(slots.OddWeeks, slots.Monday),
			"FREQ=YEARLY;BYWEEKNO=1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31,33,35,37,39,41,43,45,47,49,51,53;BYDAY=MO"},
		{slots.Repeat{MonthDays: slots.MonthDaysOf(2), Months: slots.MonthsOf(11)}, "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=2"},
		{slots.Repeat{Weekdays: slots.WeekdaysOf(slots.Monday), Months: slots.MonthsOf(11)}, "FREQ=WEEKLY;BYMONTH=11;BYDAY=MO"},
		{slots.Repeat{Weekdays: slots.WeekdaysOf(slots.Monday), Every: 2, Unit: slots.CountWeeks, Anchor: day, WeekStart: slots.Sunday},
			"FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO"},
		{slots.Repeat{Weekdays: slots.WeekdaysOf(slots.Monday), Nth: slots.OrdinalsOf(1), Every: 2, Unit: slots.CountYears, Anchor: day},
			"FREQ=YEARLY;INTERVAL=2;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=1MO"},
	} {
		text, err := rrule.Recurrence{Start: start, Repeat: c.repeat}.Format()
		require.NoError(t, err)
		require.Equal(t, c.want, text)
	}
	for _, c := range []struct {
		start rrule.Start
		want  string
	}{
		{start, "FREQ=DAILY;UNTIL=20261104T010000Z"},
		{at(nil, "2026-11-02", "20:00"), "FREQ=DAILY;UNTIL=20261103T200000"},
		{rrule.Start{Date: day, AllDay: true}, "FREQ=DAILY;UNTIL=20261103"},
	} {
		text, err := rrule.Recurrence{Start: c.start, Repeat: slots.Daily(), Until: day.AddDays(1)}.Format()
		require.NoError(t, err)
		require.Equal(t, c.want, text)
	}
}

func TestFormatRefuses(t *testing.T) {
	newYork := zone(t, "America/New_York")
	start := at(newYork, "2026-11-02", "20:00")
	counted := func(unit slots.RepeatUnit) slots.Repeat {
		return slots.Repeat{Weekdays: slots.WeekdaysOf(slots.Monday), Every: 2, Unit: unit, Anchor: start.Date}
	}
	firstCounted, daysCounted, oddNovember := counted(slots.CountDays), counted(slots.CountWeeks), slots.WeeklyIn(slots.OddWeeks, slots.Monday)
	firstCounted.Nth, daysCounted.MonthDays, oddNovember.Months = slots.OrdinalsOf(1), slots.MonthDaysOf(2), slots.MonthsOf(11)
	for _, c := range []struct {
		r      rrule.Recurrence
		part   string
		reason rrule.Reason
	}{
		{rrule.Recurrence{Start: start}, "Repeat", rrule.Malformed},
		{rrule.Recurrence{Start: start, Repeat: slots.Weekly(8)}, "Repeat", rrule.Malformed},
		{rrule.Recurrence{Repeat: slots.Daily()}, "DTSTART", rrule.Malformed},
		{rrule.Recurrence{Start: start, Repeat: slots.Weekly(slots.Tuesday)}, "DTSTART", rrule.Malformed},
		{rrule.Recurrence{Start: start, Repeat: slots.Daily(), Until: start.Date.AddDays(-1)}, "Until", rrule.NoDates},
		{rrule.Recurrence{Start: start, Repeat: oddNovember}, "Parity", rrule.Inexpressible},
		{rrule.Recurrence{Start: start, Repeat: firstCounted}, "Nth", rrule.Inexpressible},
		{rrule.Recurrence{Start: start, Repeat: daysCounted}, "MonthDays", rrule.Inexpressible},
		{rrule.Recurrence{Start: start, Repeat: slots.Daily(), Until: slots.MustDate("9999-12-31")}, "Until", rrule.Inexpressible},
	} {
		text, err := c.r.Format()
		require.Empty(t, text)
		var refusal *rrule.PartError
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, c.part, refusal.Part, err)
		require.Equal(t, c.reason, refusal.Reason, err)
	}
}
