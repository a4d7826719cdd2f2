package slots_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// resolveByWalking asks the clocks, minute by minute around the day, which offsets are in force, and tries each of them.
func resolveByWalking(d slots.Date, c slots.Clock, loc *time.Location) (slots.Instant, slots.Resolution) {
	y, m, day := d.Civil()
	want := time.Date(y, time.Month(m), day, 0, c.Minutes(), 0, 0, time.UTC)
	var found []slots.Instant
	seen := map[int64]bool{}
	for minute := int64(-27 * 60); minute <= 27*60; minute++ {
		_, offset := time.Unix(want.Unix()+minute*60, 0).In(loc).Zone()
		if seen[int64(offset)] {
			continue
		}
		seen[int64(offset)] = true
		at := time.Unix(want.Unix()-int64(offset), 0).In(loc)
		if at.Format("2006-01-02 15:04:05") == want.Format("2006-01-02 15:04:05") {
			found = append(found, slots.InstantOf(at))
		}
	}
	switch len(found) {
	case 0:
		return 0, slots.Skipped
	case 1:
		return found[0], slots.Exact
	}
	first := found[0]
	for _, f := range found {
		first = min(first, f)
	}
	return first, slots.Repeated
}

func checkResolve(t require.TestingT, d slots.Date, c slots.Clock, loc *time.Location) {
	wantAt, wantHow := resolveByWalking(d, c, loc)
	at, how := slots.Resolve(d, c, loc)
	require.Equal(t, wantHow, how, "%v %v %v", d, c, loc)
	require.Equal(t, wantAt, at, "%v %v %v", d, c, loc)
}

func TestResolveAnywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := slotstest.Date(slots.MustDate("1880-01-01"), slots.MustDate("2100-12-31")).Draw(t, "date")
		checkResolve(t, d, slotstest.Clock().Draw(t, "clock"), drawZone(t))
	})
}

// A sample of the changes of clocks of every zone from 1850 to 2040, with the times at and next to the edges of each gap or
// overlap. All changes would take minutes.
func TestResolveAroundEveryKindOfChange(t *testing.T) {
	until := time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC)
	tested := 0
	for z, name := range slotstest.ZoneNames() {
		loc, err := time.LoadLocation(name)
		if err != nil {
			continue // newer than the database of this Go release
		}
		at := time.Date(1850, 1, 1, 0, 0, 0, 0, time.UTC).In(loc)
		for n := 0; ; n++ {
			_, change := at.ZoneBounds()
			if change.IsZero() || change.After(until) {
				break
			}
			at = change
			if (n+z)%23 != 0 {
				continue
			}
			tested++
			_, before := change.Add(-time.Second).Zone()
			_, after := change.Zone()
			for _, offset := range []int{before, after} {
				edge := time.Unix(change.Unix()+int64(offset), 0).UTC()
				for _, minutes := range []int{-1, 0, 1, (after - before) / 120} {
					w := edge.Add(time.Duration(minutes) * time.Minute)
					d, err := slots.NewDate(w.Year(), int(w.Month()), w.Day())
					require.NoError(t, err)
					c, err := slots.NewClock(w.Hour(), w.Minute())
					require.NoError(t, err)
					checkResolve(t, d, c, loc)
				}
			}
		}
	}
	require.Greater(t, tested, 500)
}

func TestResolveKnownDays(t *testing.T) {
	for _, c := range []struct{ zone, date, clock, want string }{
		{"America/New_York", "2026-03-08", "01:59", "2026-03-08T06:59:00Z exact"},
		{"America/New_York", "2026-03-08", "02:00", "no instant skipped"},
		{"America/New_York", "2026-03-08", "02:59", "no instant skipped"},
		{"America/New_York", "2026-03-08", "03:00", "2026-03-08T07:00:00Z exact"},
		{"America/New_York", "2026-11-01", "01:00", "2026-11-01T05:00:00Z repeated"},
		{"America/New_York", "2026-11-01", "02:00", "2026-11-01T07:00:00Z exact"},
		{"Australia/Lord_Howe", "2026-10-04", "02:15", "no instant skipped"},
		{"Australia/Lord_Howe", "2026-10-04", "02:30", "2026-10-03T15:30:00Z exact"},
		{"Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45:00Z repeated"},
		{"Pacific/Apia", "2011-12-29", "24:00", "no instant skipped"},
		{"Pacific/Apia", "2011-12-30", "12:00", "no instant skipped"},
		{"Pacific/Apia", "2011-12-31", "00:00", "2011-12-30T10:00:00Z exact"},
		{"Asia/Shanghai", "2026-11-23", "20:00", "2026-11-23T12:00:00Z exact"},
		{"Asia/Shanghai", "1986-05-04", "02:30", "no instant skipped"},
		{"Asia/Shanghai", "1986-09-14", "01:30", "1986-09-13T16:30:00Z repeated"},
		{"UTC", "9999-12-31", "24:00", "no instant skipped"},
		{"UTC", "2026-11-23", "24:00", "2026-11-24T00:00:00Z exact"},
	} {
		loc, err := time.LoadLocation(c.zone)
		require.NoError(t, err)
		at, how := slots.Resolve(slots.MustDate(c.date), slots.MustClock(c.clock), loc)
		require.Equal(t, c.want, at.String()+" "+how.String(), c)
	}
	at, how := slots.Resolve(slots.Date{}, slots.Clock{}, time.UTC)
	require.Zero(t, at)
	require.Equal(t, slots.Skipped, how)
}

// The transitions of another implementation's tz data agree: just before a change and at it.
func TestResolveAgainstPublishedTransitions(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "..", "shared", "data", "tz", "transitions.csv"))
	if err != nil {
		t.Skip("../shared/data/tz/transitions.csv is absent")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	for _, row := range rows[1:] {
		loc, err := time.LoadLocation(row[0])
		require.NoError(t, err)
		number := func(i int) int64 {
			n, err := strconv.ParseInt(row[i], 10, 64)
			require.NoError(t, err)
			return n
		}
		unix, before, after := number(2), number(3), number(4)
		if unix%60 != 0 {
			continue
		}
		shown := func(offset int64) (slots.Date, slots.Clock) {
			w := time.Unix(unix+offset*60, 0).UTC()
			c, err := slots.NewClock(w.Hour(), w.Minute())
			require.NoError(t, err)
			return slots.DateOf(slots.Instant(unix+offset*60), time.UTC), c
		}
		d, c := shown(before) // what clocks would have shown without the change
		_, how := slots.Resolve(d, c, loc)
		if after > before {
			require.Equal(t, slots.Skipped, how, row)
		}
		d, c = shown(after)
		at, how := slots.Resolve(d, c, loc)
		if after < before {
			require.Equal(t, slots.Repeated, how, row)
			require.Equal(t, slots.Instant(unix+(after-before)*60), at, row)
		} else {
			require.Equal(t, slots.Instant(unix), at, row)
		}
	}
}
