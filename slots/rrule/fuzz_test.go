package rrule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/rrule"
)

// Whatever the text: no panic; what is taken is sound, can be written, and is the same when read again.
func FuzzParse(f *testing.F) {
	for _, rule := range []string{
		"FREQ=DAILY;INTERVAL=2;COUNT=20", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
		"FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=1SU,-1SU", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=3",
		"FREQ=MONTHLY;BYMONTHDAY=1,2,-1;BYSETPOS=2", "FREQ=YEARLY;BYWEEKNO=20", "RSCALE=GREGORIAN;SKIP=OMIT;FREQ=YEARLY",
		"FREQ=YEARLY;INTERVAL=10000;BYMONTH=2;BYDAY=SU;BYMONTHDAY=29", "FREQ=DAILY;BYHOUR=8;BYMINUTE=30;UNTIL=20300101", "FREQ=DAILY;;",
		"FREQ=DAILY;COUNT=3652059", "freq=weekly;byday=su", "FREQ=HOURLY", "FREQ=YEARLY;BYDAY=20MO", "=", "FREQ=MONTHLY;BYMONTHDAY=31",
	} {
		f.Add(rule, int32(740_000), int16(540), uint8(1))
	}
	shanghai := time.FixedZone("Asia/Shanghai", 8*3600)
	f.Fuzz(func(t *testing.T, rule string, day int32, minute int16, kind uint8) {
		clock, _ := slots.NewClock(int(minute)/60, int(minute)%60)
		start := rrule.Start{Date: slots.DateFromNumber(day), Clock: clock, AllDay: kind%4 == 0}
		if kind%4 > 1 {
			start.Location = shanghai
		}
		r, err := rrule.Parse(rule, start)
		if err != nil {
			require.Zero(t, r)
			var refusal *rrule.PartError
			require.ErrorAs(t, err, &refusal)
			require.True(t, refusal.Reason.IsValid() && refusal.Part != "")
			return
		}
		require.NoError(t, r.Repeat.Check())
		require.True(t, r.Repeat.On(r.Start.Date) && !r.Start.Date.Before(start.Date))
		require.True(t, !r.Until.IsValid() || r.Repeat.On(r.Until) && !r.Until.Before(r.Start.Date))
		if n := r.Until.Number(); n == 1 || n == 3652059 {
			return // may be another year in UTC, one that UNTIL cannot say
		}
		text, err := r.Format()
		require.NoError(t, err)
		back, err := rrule.Parse(text, r.Start)
		require.NoError(t, err, text)
		require.Equal(t, r, back, text)
	})
}
