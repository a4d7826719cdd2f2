package slots

import (
	"fmt"
	"math"
	"time"
)

// Instant is a moment on the world's time line in whole seconds since 1970-01-01T00:00:00Z, the same on
// every machine. Wall-clock times are resolved to instants once, when supply is made (see Resolve), and
// never again. The zero Instant means "no instant" wherever one is optional. Instants order with < and ==.
type Instant int64

// InstantOf truncates t to the second.
func InstantOf(t time.Time) Instant { return Instant(t.Unix()) }

// MustInstant reads RFC 3339 (2026-11-23T20:00:00+08:00); for tests and examples: it panics on bad text.
func MustInstant(s string) Instant {
	t, err := time.ParseInLocation(time.RFC3339, s, time.UTC)
	if err != nil {
		panic(err)
	}
	return InstantOf(t)
}

// In returns the instant as a time in loc, for people to read.
func (i Instant) In(loc *time.Location) time.Time { return time.Unix(int64(i), 0).In(loc) }

// AddMinutes returns the instant n minutes later.
func (i Instant) AddMinutes(n int) Instant { return i + Instant(n)*60 }

// String returns RFC 3339 in UTC, or "no instant".
func (i Instant) String() string {
	if i == 0 {
		return "no instant"
	}
	return i.In(time.UTC).Format(time.RFC3339)
}

// Resolution says how a wall-clock time met its day.
type Resolution uint8

// The ways a wall-clock time resolves.
const (
	// Exact: the time occurs once that day.
	Exact Resolution = 1 + iota
	// Skipped: clocks jumped over it; there is no such moment.
	Skipped
	// Repeated: clocks went back over it; the first of the two was taken.
	Repeated
)

// String returns exact, skipped or repeated.
func (r Resolution) String() string {
	switch r {
	case Exact:
		return "exact"
	case Skipped:
		return "skipped"
	case Repeated:
		return "repeated"
	}
	return fmt.Sprintf("Resolution(%d)", uint8(r))
}

// Resolve finds the instant at which the clocks of loc show c on d. A time that does not exist there gives
// Skipped and no instant; one that occurs twice gives the first and Repeated. 24:00 is 00:00 of the next day.
// The rules come from loc, which the caller loads and which must not be nil: the same loc gives the same instant everywhere. Offsets
// must lie within 26 hours, as those of all zones do.
func Resolve(d Date, c Clock, loc *time.Location) (Instant, Resolution) {
	at, how := locate(d, c.Minutes(), loc)
	if how == Skipped || !d.AddDays(c.Minutes()/(24*60)).IsValid() {
		return 0, Skipped
	}
	return at, how
}

// locate returns the first instant at which the clocks of loc show minute of d or a later time. It never goes back as
// minute goes on; at a skipped time it is the moment of the jump. Outside the calendar it is 0 and Skipped.
func locate(d Date, minute int, loc *time.Location) (first Instant, how Resolution) {
	if next := d.AddDays(minute / (24 * 60)); next.IsValid() {
		d, minute = next, minute%(24*60)
	} else if !d.IsValid() || d.n != maxDayNumber || minute != 24*60 { // the end of the calendar's last day is a moment, too
		return 0, Skipped
	}
	// The moment as if loc were UTC. The true one lies an offset away, and no offset reaches 26 hours: walk the stretches
	// of unchanging offset around it.
	const reach = 26 * 3600
	naive := (int64(d.n-unixDay)*24*60 + int64(minute)) * 60
	found, hits := int64(0), 0
	for at, reached := naive-reach, false; at <= naive+reach; {
		t := time.Unix(at, 0).In(loc)
		_, offset := t.Zone()
		_, change := t.ZoneBounds()
		end := int64(math.MaxInt64)
		if !change.IsZero() {
			end = change.Unix()
		}
		if shows := naive - int64(offset); shows < end {
			if shows >= at {
				hits++
			}
			if !reached {
				found, reached = max(shows, at), true
			}
		}
		if end <= at || end == math.MaxInt64 { // the last stretch; or a zone that does not advance, which must not loop
			break
		}
		at = end
	}
	switch hits {
	case 0:
		return Instant(found), Skipped
	case 1:
		return Instant(found), Exact
	}
	return Instant(found), Repeated
}
