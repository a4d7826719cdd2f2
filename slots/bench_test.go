package slots

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// BenchmarkSessions generates 2,000 physicians × 90 days, two sessions of 16 slots on each working day: about 4.2 million slots.
func BenchmarkSessions(b *testing.B) {
	loc, err := time.LoadLocation("Asia/Shanghai")
	require.NoError(b, err)
	var c RosterConfig
	for p := range 2000 {
		for w := Monday; w <= Friday; w++ {
			for i, start := range []string{"08:00", "14:00"} {
				r := goodRule()
				r.ID, r.Resources = fmt.Sprint(p, w, i), []string{fmt.Sprint("P", p)}
				r.Line.Room = fmt.Sprint(p)
				r.Repeat, r.Start, r.Minutes = Weekly(w), MustClock(start), 240
				c.Rules = append(c.Rules, r)
			}
		}
	}
	roster, err := NewRoster(c)
	require.NoError(b, err)
	b.ReportAllocs()
	made := 0
	for b.Loop() {
		sessions, findings, err := roster.Sessions(MustDate("2026-11-01"), MustDate("2027-01-29"), Calendar{}, loc)
		require.NoError(b, err)
		require.Len(b, findings, 2, "two unknown years")
		made += 16 * len(sessions)
	}
	b.ReportMetric(float64(made)/b.Elapsed().Seconds()/1e6, "Mslots/s")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(made), "ns/slot")
}

func BenchmarkResolve(b *testing.B) {
	loc, err := time.LoadLocation("America/New_York")
	require.NoError(b, err)
	d := MustDate("2026-06-01")
	b.ReportAllocs()
	for b.Loop() {
		Resolve(d, Clock{500}, loc)
	}
}
