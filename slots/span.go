package slots

import (
	"fmt"
	"time"
)

// Span is a half-open stretch of time [From, To). It keeps a start and a length, so that no span ends before it
// begins. The zero Span is empty.
type Span struct {
	start   Instant
	seconds int64
}

// NewSpan returns [from, to); to must not be before from.
func NewSpan(from, to Instant) (Span, error) {
	if to < from {
		return Span{}, fmt.Errorf("span: to %v is before from %v", to, from)
	}
	if to-from < 0 {
		return Span{}, fmt.Errorf("span: from %d to %d: longer than can be counted", from, to)
	}
	return Span{from, int64(to - from)}, nil
}

// SpanOf returns the span of minutes from start; a negative length counts as 0, one beyond the year 9999's end of a start in the calendar as
// maxSpanMinutes.
func SpanOf(start Instant, minutes int) Span {
	return Span{start, min(int64(max(minutes, 0)), maxSpanMinutes) * 60}
}

// maxSpanMinutes is more than the whole calendar has.
const maxSpanMinutes = 10_000 * 366 * 24 * 60

// From is the first instant of the span.
func (s Span) From() Instant { return s.start }

// To is the first instant after the span.
func (s Span) To() Instant { return s.start + Instant(s.seconds) }

// IsEmpty reports whether the span holds no instant.
func (s Span) IsEmpty() bool { return s.seconds == 0 }

// Contains reports whether i is inside.
func (s Span) Contains(i Instant) bool { return i >= s.start && i < s.To() }

// Overlaps reports whether s and o share an instant. Spans that touch do not, and an empty span overlaps nothing.
func (s Span) Overlaps(o Span) bool {
	return s.start < o.To() && o.start < s.To() && s.seconds > 0 && o.seconds > 0
}

// String returns the two ends in UTC.
func (s Span) String() string {
	return s.From().In(time.UTC).Format(time.RFC3339) + "/" + s.To().In(time.UTC).Format(time.RFC3339)
}
