package rrule_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/rrule"
)

func zone(t *testing.T, name string) *time.Location {
	loc, err := time.LoadLocation(name)
	require.NoError(t, err)
	return loc
}

func at(loc *time.Location, date, clock string) rrule.Start {
	return rrule.Start{Date: slots.MustDate(date), Clock: slots.MustClock(clock), Location: loc}
}

// What RFC 5545 section 3.8.5.3 says of its own examples, as dates: all if the rule ends, else the first few. They start
// at 09:00 in New York.
func TestFactsOfTheRFC(t *testing.T) {
	newYork := zone(t, "America/New_York")
	for _, c := range []struct{ rule, start, repeat, dates string }{
		{"FREQ=DAILY;COUNT=3", "1997-09-02", "every day", "1997-09-02 1997-09-03 1997-09-04"},
		{"FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02", "every 10th day from 1997-09-02",
			"1997-09-02 1997-09-12 1997-09-22 1997-10-02 1997-10-12"},
		{"FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", "1997-09-02", "every Tuesday and Thursday",
			"1997-09-02 1997-09-04 1997-09-09 1997-09-11 1997-09-16 1997-09-18 1997-09-23 1997-09-25 1997-09-30 1997-10-02"},
		{"FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1997-09-02", "every 2nd week from 1997-09-02 with weeks from Sunday on Tuesday",
			"1997-09-02 1997-09-16 1997-09-30 1997-10-14"},
		{"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", "every 2nd week from 1997-08-05 on Tuesday and Sunday",
			"1997-08-05 1997-08-10 1997-08-19 1997-08-24"},
		{"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05",
			"every 2nd week from 1997-08-05 with weeks from Sunday on Tuesday and Sunday", "1997-08-05 1997-08-17 1997-08-19 1997-08-31"},
		{"FREQ=MONTHLY;COUNT=5;BYDAY=1FR", "1997-09-05", "first Friday of the month", "1997-09-05 1997-10-03 1997-11-07 1997-12-05 1998-01-02"},
		{"FREQ=MONTHLY;INTERVAL=2;COUNT=4;BYDAY=1SU,-1SU", "1997-09-07",
			"every 2nd month from 1997-09-07 on first and last Sunday of the month", "1997-09-07 1997-09-28 1997-11-02 1997-11-30"},
		{"FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15", "15th and 30th of the month",
			"2007-01-15 2007-01-30 2007-02-15 2007-03-15 2007-03-30"}, // February has no 30th
		{"FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1997-09-02", "every Friday falling on the 13th of the month",
			"1998-02-13 1998-03-13 1998-11-13 1999-08-13"}, // the start is no Friday
		{"FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "1996-11-05",
			"every 4th year from 1996-11-05 on Tuesday falling on the 2nd, 3rd, 4th, 5th, 6th, 7th and 8th of the month in November",
			"1996-11-05 2000-11-07 2004-11-02"},
		{"FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", "1997-06-05", "every Thursday in June, July and August",
			"1997-06-05 1997-06-12 1997-06-19 1997-06-26 1997-07-03"},
		{"FREQ=YEARLY", "2024-02-29", "29th of the month in February", "2024-02-29 2028-02-29"}, // a date that does not exist is left out
	} {
		r, err := rrule.Parse(c.rule, at(newYork, c.start, "09:00"))
		require.NoError(t, err, c.rule)
		require.Equal(t, c.repeat, r.Repeat.String())
		want := strings.Fields(c.dates)
		got := datesUntil(r, slots.MustDate(want[len(want)-1]).AddDays(1))
		require.Equal(t, want, got, c.rule)
		if strings.Contains(c.rule, "COUNT") || strings.Contains(c.rule, "UNTIL") {
			require.Equal(t, want[len(want)-1], r.Until.String())
		} else {
			require.False(t, r.Until.IsValid())
		}
	}
}

func TestRefusals(t *testing.T) {
	start := at(time.UTC, "2026-11-02", "09:00")
	for _, c := range []struct {
		rule, part string
		reason     rrule.Reason
	}{
		{"FREQ=YEARLY;BYYEARDAY=1,100,200", "BYYEARDAY", rrule.Inexpressible},
		{"FREQ=YEARLY;BYDAY=20MO", "BYDAY", rrule.Inexpressible},
		{"FREQ=YEARLY;BYDAY=1MO", "BYDAY", rrule.Inexpressible}, // of the year
		{"FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "BYWEEKNO", rrule.Inexpressible},
		{"FREQ=YEARLY;BYWEEKNO=1,3,5;BYDAY=MO", "BYWEEKNO", rrule.Inexpressible},
		{"FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3", "BYSETPOS", rrule.Inexpressible},
		{"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "BYSETPOS", rrule.Inexpressible},
		{"FREQ=MONTHLY;BYMONTHDAY=29,30;BYSETPOS=1", "BYSETPOS", rrule.Inexpressible},
		{"FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1", "BYSETPOS", rrule.Inexpressible},
		{"FREQ=MONTHLY;BYMONTHDAY=-28,-29;BYSETPOS=1", "BYSETPOS", rrule.Inexpressible},
		{"FREQ=MONTHLY;BYDAY=1MO,5MO;BYSETPOS=-1", "BYSETPOS", rrule.Inexpressible},
		{"FREQ=MONTHLY;BYMONTHDAY=1,-1;BYSETPOS=1", "BYSETPOS", rrule.Inexpressible},
		{"FREQ=WEEKLY;BYDAY=MO,TU;BYMONTH=3;BYSETPOS=1", "BYSETPOS", rrule.Inexpressible},
		{"FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=1;BYSETPOS=1", "BYSETPOS", rrule.Inexpressible},
		{"FREQ=YEARLY;BYDAY=MO;BYSETPOS=1", "BYSETPOS", rrule.Inexpressible},
		{"FREQ=MONTHLY;BYDAY=1MO,2TU", "BYDAY", rrule.Inexpressible},
		{"FREQ=MONTHLY;BYDAY=MO,2TU", "BYDAY", rrule.Inexpressible},
		{"FREQ=MONTHLY;BYDAY=6MO", "BYDAY", rrule.Inexpressible},
		{"FREQ=YEARLY;BYMONTH=2;BYDAY=-6MO", "BYDAY", rrule.Inexpressible},
		{"FREQ=DAILY;BYHOUR=9,10", "BYHOUR", rrule.Inexpressible},
		{"FREQ=DAILY;BYMINUTE=0,30", "BYMINUTE", rrule.Inexpressible},
		{"FREQ=DAILY;BYSECOND=0,30", "BYSECOND", rrule.Inexpressible},
		{"FREQ=DAILY;BYSECOND=30", "BYSECOND", rrule.Inexpressible},
		{"FREQ=HOURLY", "FREQ", rrule.Inexpressible},
		{"FREQ=MINUTELY;INTERVAL=1440", "FREQ", rrule.Inexpressible},
		{"FREQ=SECONDLY", "FREQ", rrule.Inexpressible},
		{"FREQ=DAILY;INTERVAL=10001", "INTERVAL", rrule.Inexpressible},
		{"FREQ=DAILY;INTERVAL=99999999999999999999", "INTERVAL", rrule.Inexpressible},
		{"FREQ=DAILY;COUNT=99999999999999999999", "COUNT", rrule.Inexpressible},
		{"FREQ=YEARLY;COUNT=7975", "COUNT", rrule.Inexpressible}, // 9999 would be the 7974th
		{"RSCALE=CHINESE;FREQ=YEARLY", "RSCALE", rrule.Inexpressible},
		{"RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD", "SKIP", rrule.Inexpressible},
		{"FREQ=MONTHLY;SKIP=OMIT", "SKIP", rrule.Forbidden},
		{"FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR", "BYMONTHDAY", rrule.Ambiguous},
		{"FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY", rrule.Forbidden},
		{"FREQ=WEEKLY;BYDAY=1MO", "BYDAY", rrule.Forbidden},
		{"FREQ=DAILY;BYDAY=-1MO", "BYDAY", rrule.Forbidden},
		{"FREQ=MONTHLY;BYWEEKNO=1", "BYWEEKNO", rrule.Forbidden},
		{"FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY", rrule.Forbidden},
		{"FREQ=YEARLY;BYDAY=1MO;BYWEEKNO=1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31,33,35,37,39,41,43,45,47,49,51,53", "BYDAY", rrule.Forbidden},
		{"FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS", rrule.Forbidden},
		{"FREQ=DAILY;COUNT=2;UNTIL=20270101T000000Z", "UNTIL", rrule.Forbidden},
		{"FREQ=DAILY;UNTIL=20261101", "UNTIL", rrule.NoDates},
		{"FREQ=DAILY;UNTIL=20261102T085959Z", "UNTIL", rrule.NoDates},
		{"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "RRULE", rrule.NoDates},
		{"FREQ=DAILY;INTERVAL=7;BYDAY=TU", "RRULE", rrule.NoDates}, // counted from a Monday
		{"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "BYSETPOS", rrule.NoDates},
		{"FREQ=MONTHLY;BYDAY=1MO,2MO;BYSETPOS=3", "BYSETPOS", rrule.NoDates},
		{"FREQ=DAILY;BYMONTH=2;BYSETPOS=2", "BYSETPOS", rrule.NoDates},
		{"FREQ=DAILY;INTERVAL=0", "INTERVAL", rrule.Malformed},
		{"FREQ=DAILY;INTERVAL=-1", "INTERVAL", rrule.Malformed},
		{"FREQ=DAILY;INTERVAL=", "INTERVAL", rrule.Malformed},
		{"FREQ=DAILY;COUNT=0", "COUNT", rrule.Malformed},
		{"FREQ=DAILY;COUNT=+1", "COUNT", rrule.Malformed},
		{"FREQ=DAILY;COUNT=1;COUNT=1", "COUNT", rrule.Malformed},
		{"FREQ=DAILY;FREQ=DAILY", "FREQ", rrule.Malformed},
		{"FREQ=FORTNIGHTLY", "FREQ", rrule.Malformed},
		{"INTERVAL=2", "FREQ", rrule.Malformed},
		{"", ";", rrule.Malformed},
		{"FREQ=DAILY;", ";", rrule.Malformed},
		{"FREQ=DAILY;X-OWN=1", "X-OWN", rrule.Malformed},
		{"FREQ=DAILY;BYEASTER=1", "BYEASTER", rrule.Malformed},
		{"FREQ=DAILY;COUNT", "COUNT", rrule.Malformed},
		{"FREQ=DAILY;=1", "RRULE", rrule.Malformed},
		{"EXRULE:FREQ=DAILY", "RRULE", rrule.Malformed},
		{"FREQ=DAıLY;BYſETPOS=1;BYDAY=MO", "RRULE", rrule.Malformed}, // letters that only fold to ASCII
		{"FREQ=DAILY; COUNT=1", "RRULE", rrule.Malformed},
		{"FREQ=WEEKLY;BYDAY=", "BYDAY", rrule.Malformed},
		{"FREQ=WEEKLY;BYDAY=MO,", "BYDAY", rrule.Malformed},
		{"FREQ=WEEKLY;BYDAY=OT", "BYDAY", rrule.Malformed}, // between the names
		{"FREQ=MONTHLY;BYDAY=0MO", "BYDAY", rrule.Malformed},
		{"FREQ=MONTHLY;BYDAY=54MO", "BYDAY", rrule.Malformed},
		{"FREQ=MONTHLY;BYDAY=001MO", "BYDAY", rrule.Malformed},
		{"FREQ=MONTHLY;BYDAY=1 MO", "BYDAY", rrule.Malformed},
		{"FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY", rrule.Malformed},
		{"FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY", rrule.Malformed},
		{"FREQ=MONTHLY;BYMONTHDAY=--1", "BYMONTHDAY", rrule.Malformed},
		{"FREQ=YEARLY;BYMONTH=0", "BYMONTH", rrule.Malformed},
		{"FREQ=YEARLY;BYMONTH=-1", "BYMONTH", rrule.Malformed},
		{"FREQ=YEARLY;BYMONTH=+1", "BYMONTH", rrule.Malformed},
		{"FREQ=YEARLY;BYMONTH=13", "BYMONTH", rrule.Malformed},
		{"FREQ=YEARLY;BYMONTH=5L", "BYMONTH", rrule.Malformed},
		{"FREQ=YEARLY;BYYEARDAY=367", "BYYEARDAY", rrule.Malformed},
		{"FREQ=YEARLY;BYWEEKNO=54", "BYWEEKNO", rrule.Malformed},
		{"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "BYSETPOS", rrule.Malformed},
		{"FREQ=DAILY;BYHOUR=24", "BYHOUR", rrule.Malformed},
		{"FREQ=DAILY;BYMINUTE=60", "BYMINUTE", rrule.Malformed},
		{"FREQ=DAILY;BYSECOND=61", "BYSECOND", rrule.Malformed},
		{"FREQ=WEEKLY;WKST=XX", "WKST", rrule.Malformed},
		{"FREQ=WEEKLY;WKST=M", "WKST", rrule.Malformed},
		{"RSCALE=GREGORIAN;SKIP=BACK;FREQ=DAILY", "SKIP", rrule.Malformed},
		{"FREQ=DAILY;UNTIL=20260230", "UNTIL", rrule.Malformed},
		{"FREQ=DAILY;UNTIL=2026", "UNTIL", rrule.Malformed},
		{"FREQ=DAILY;UNTIL=00000101", "UNTIL", rrule.Malformed},
		{"FREQ=DAILY;UNTIL=20261224T240000", "UNTIL", rrule.Malformed},
		{"FREQ=DAILY;UNTIL=20261224T236000", "UNTIL", rrule.Malformed},
		{"FREQ=DAILY;UNTIL=20261224 000000Z", "UNTIL", rrule.Malformed},
		{"FREQ=DAILY;UNTIL=2026-12-24T0000", "UNTIL", rrule.Malformed},
		{"FREQ=DAILY;BYHOUR=" + strings.Repeat("9,", 500) + "9", "RRULE", rrule.Malformed},
	} {
		_, err := rrule.Parse(c.rule, start)
		var refusal *rrule.PartError
		require.ErrorAs(t, err, &refusal, c.rule)
		require.Equal(t, c.part, refusal.Part, "%s: %v", c.rule, err)
		require.Equal(t, c.reason, refusal.Reason, "%s: %v", c.rule, err)
		require.LessOrEqual(t, len(refusal.Value), rrule.MaxTextBytes)
		require.ErrorContains(t, err, refusal.Part+" ")
	}
	_, err := rrule.Parse("FREQ=YEARLY;COUNT=7974", start)
	require.NoError(t, err)
	_, err = rrule.Parse("FREQ=X;COUNT=0;BYDAY=YO", rrule.Start{Clock: slots.MustClock("24:00")})
	require.EqualError(t, err, `DTSTART "no date": malformed: Start.Date: want a date
DTSTART "24:00": malformed: Start.Clock: want 00:00 to 23:59
FREQ "X": malformed: want DAILY, WEEKLY, MONTHLY or YEARLY
COUNT "0": malformed: want 1 or more
BYDAY "YO": malformed: want weekdays MO to SU, each perhaps with 1 to 53 or -1 to -53 before it`)
	_, err = rrule.Parse("FREQ=DAILY", rrule.Start{Date: start.Date, Clock: start.Clock, AllDay: true})
	require.ErrorContains(t, err, "want 00:00 with AllDay")
	require.Equal(t, "Reason(0)", rrule.Reason(0).String())
	require.False(t, rrule.Reason(0).IsValid())
}

// Rules that are written unusually and mean something usual.
func TestSpellings(t *testing.T) {
	start := at(time.UTC, "2026-11-02", "09:00")
	odd := "BYWEEKNO=1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31,33,35,37,39,41,43,45,47,49,51,53"
	for rule, want := range map[string]string{
		"freq=weekly;byday=mo,Th":                        "every Monday and Thursday",
		"BYDAY=TH,MO,TH;FREQ=WEEKLY":                     "every Monday and Thursday",
		"FREQ=WEEKLY;WKST=SU;INTERVAL=001":               "every Monday",
		"RSCALE=gregorian;FREQ=WEEKLY;SKIP=omit":         "every Monday",
		"FREQ=DAILY;BYDAY=MO":                            "every Monday",
		"FREQ=YEARLY;BYDAY=MO":                           "every Monday",
		"FREQ=MONTHLY;BYDAY=1MO,2MO,3MO,4MO,5MO":         "every Monday",
		"FREQ=MONTHLY;BYDAY=-1MO,-2MO,-3MO,-4MO,-5MO":    "every Monday",
		"FREQ=MONTHLY;BYDAY=MO,1MO":                      "every Monday",
		"FREQ=MONTHLY;BYDAY=+1MO,-01MO":                  "first and last Monday of the month",
		"FREQ=MONTHLY;BYDAY=1MO,1TU,3MO,3TU":             "first and third Monday and Tuesday of the month",
		"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1":               "first Monday of the month",
		"FREQ=MONTHLY":                                   "2nd of the month",
		"FREQ=MONTHLY;BYMONTHDAY=+1,01,-1":               "1st and last day of the month",
		"FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12": "2nd of the month",
		"FREQ=YEARLY":                                    "2nd of the month in November",
		"FREQ=YEARLY;BYMONTHDAY=5":                       "5th of the month in November",
		"FREQ=YEARLY;BYMONTH=3":                          "2nd of the month in March",
		"FREQ=DAILY;BYMONTH=3":                           "every day in March",
		"FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=0,0":    "every day",
		"FREQ=YEARLY;" + odd:                             "every Monday in odd weeks",
		"FREQ=YEARLY;BYDAY=TU;BYWEEKNO=2,4,6,8,10,12,14,16,18,20,22,24,26,28,30,32,34,36,38,40,42,44,46,48,50,52": "every Tuesday in even weeks",
	} {
		r, err := rrule.Parse(rule, start)
		require.NoError(t, err, rule)
		require.Equal(t, want, r.Repeat.String(), rule)
		again(t, r)
	}
	for _, more := range []string{";WKST=SU", ";INTERVAL=2", ";BYMONTH=2", ";BYMONTHDAY=2", ";BYDAY=MO,TU;BYSETPOS=1"} {
		_, err := rrule.Parse("FREQ=YEARLY;"+odd+more, start)
		var refusal *rrule.PartError
		require.ErrorAs(t, err, &refusal, more)
		require.Equal(t, "BYWEEKNO", refusal.Part)
	}
}
