package slots

import (
	"math"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestDateAgainstTime(t *testing.T) {
	day := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	d := MustDate("0001-01-01")
	for n := int32(1); day.Year() < 10000; n++ {
		y, m, dd := d.Civil()
		wd := int(day.Weekday())
		if wd == 0 {
			wd = 7
		}
		// Not require in a loop of 3.6 million: it is slow.
		if y != day.Year() || m != int(day.Month()) || dd != day.Day() || int(d.Weekday()) != wd || d.Number() != n {
			t.Fatalf("day %d: got %v %v, want %v", n, d, d.Weekday(), day)
		}
		if made, err := NewDate(y, m, dd); err != nil || made != d {
			t.Fatalf("day %d: NewDate gives %v, %v", n, made, err)
		}
		day, d = day.AddDate(0, 0, 1), d.AddDays(1)
	}
	require.False(t, d.IsValid(), "the calendar ends")
}

func TestDateEdges(t *testing.T) {
	for _, bad := range [][3]int{{0, 1, 1}, {10000, 1, 1}, {2026, 0, 1}, {2026, 13, 1}, {2026, 1, 0}, {2026, 1, 32}, {2026, 2, 29},
		{1900, 2, 29}, {2026, 4, 31}, {math.MinInt, 1, 1}, {2026, math.MaxInt, math.MaxInt}} {
		d, err := NewDate(bad[0], bad[1], bad[2])
		require.Error(t, err, bad)
		require.Zero(t, d)
	}
	for _, good := range []string{"2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "2026-11-23"} {
		require.Equal(t, good, MustDate(good).String())
	}
	for _, bad := range []string{"", "2026-1-01", "2026-01-1", "2026/01/01", " 2026-01-01", "2026-01-01 ", "２026-01-1", "2026-02-30", "+026-01-01"} {
		_, err := ParseDate(bad)
		require.ErrorContains(t, err, bad)
	}
	var none Date
	require.False(t, none.IsValid())
	require.Equal(t, "no date", none.String())
	require.Zero(t, none.Weekday())
	require.Zero(t, none.AddDays(1))
	require.False(t, Weekday(0).IsValid())
	require.Equal(t, "no weekday", Weekday(8).String())
	first, last := MustDate("0001-01-01"), MustDate("9999-12-31")
	require.Zero(t, first.AddDays(-1))
	require.Zero(t, last.AddDays(1))
	for _, n := range []int{math.MaxInt, math.MinInt, math.MaxInt32, math.MinInt32} {
		require.Zero(t, last.AddDays(n), "no wrapping round")
	}
	require.Equal(t, last, first.AddDays(last.Sub(first)))
	require.Zero(t, DateFromNumber(0))
	require.Zero(t, DateFromNumber(-1))
	require.Zero(t, DateFromNumber(last.Number()+1))
	require.True(t, first.Before(last) && last.After(first) && none.Before(first))
	require.Zero(t, DateOf(math.MaxInt64/2, time.UTC))
	require.Panics(t, func() { MustDate("soon") })
}

func TestTextRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := DateFromNumber(rapid.Int32Range(0, maxDayNumber).Draw(t, "day"))
		text, err := d.MarshalText()
		require.NoError(t, err)
		var back Date
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, d, back)

		c := Clock{int16(rapid.IntRange(0, 24*60).Draw(t, "minute"))}
		text, err = c.MarshalText()
		require.NoError(t, err)
		var clock Clock
		require.NoError(t, clock.UnmarshalText(text))
		require.Equal(t, c, clock)
		require.Equal(t, c, MustClock(c.String()))
	})
}

func TestClockEdges(t *testing.T) {
	for _, bad := range []string{"", "24:01", "25:00", "8:30", "08:60", "08-30", "08:30 ", "-1:00", "0x:00"} {
		_, err := ParseClock(bad)
		require.ErrorContains(t, err, bad)
	}
	for _, bad := range [][2]int{{-1, 0}, {0, -1}, {24, 1}, {25, 0}, {0, 60}} {
		_, err := NewClock(bad[0], bad[1])
		require.Error(t, err)
	}
	require.Equal(t, 24*60, MustClock("24:00").Minutes())
	require.Equal(t, "00:00", Clock{}.String())
	require.Equal(t, []int{-1, 0, 1}, []int{MustClock("08:00").Compare(MustClock("08:01")), Clock{}.Compare(Clock{}), MustClock("24:00").Compare(Clock{})})
	var c Clock
	require.Error(t, c.UnmarshalText([]byte("noon")))
	require.Panics(t, func() { MustClock("noon") })
	var d Date
	require.Error(t, d.UnmarshalText([]byte("today")))
}

func TestInstant(t *testing.T) {
	i := MustInstant("2026-11-23T20:00:00+08:00")
	require.Equal(t, "2026-11-23T12:00:00Z", i.String())
	require.Equal(t, i+3600, i.AddMinutes(60))
	require.Equal(t, "no instant", Instant(0).String())
	require.Equal(t, i, InstantOf(i.In(time.UTC).Add(999*time.Millisecond)))
	require.Panics(t, func() { MustInstant("now") })
	require.Equal(t, []string{"exact", "skipped", "repeated", "Resolution(9)"},
		[]string{Exact.String(), Skipped.String(), Repeated.String(), Resolution(9).String()})
}

func TestSpan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		small := rapid.IntRange(0, 8)
		draw := func(label string) (Span, map[int]bool) {
			from, n := small.Draw(t, label+" from"), small.Draw(t, label+" seconds")
			s, err := NewSpan(Instant(from), Instant(from+n))
			require.NoError(t, err)
			holds := map[int]bool{}
			for i := from; i < from+n; i++ {
				holds[i] = true
			}
			return s, holds
		}
		a, inA := draw("a")
		b, inB := draw("b")
		shared := false
		for i := range 20 {
			require.Equal(t, inA[i], a.Contains(Instant(i)))
			shared = shared || inA[i] && inB[i]
		}
		require.Equal(t, shared, a.Overlaps(b))
		require.Equal(t, shared, b.Overlaps(a))
		require.Equal(t, len(inA) == 0, a.IsEmpty())
	})
	_, err := NewSpan(10, 9)
	require.Error(t, err)
	require.True(t, SpanOf(60, -1).IsEmpty())
	require.Equal(t, "1970-01-01T00:01:00Z/1970-01-01T00:03:00Z", SpanOf(60, 2).String())
}
