package booking_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// The hours of a class bind it whatever becomes of its own opening time: SetQuota may bring that forward.
func TestHoursOfAClassBindBeforeItsOpening(t *testing.T) {
	start := slots.MustInstant("2026-11-20T08:00:00Z")
	s := slots.Session{ID: "S", Date: slots.MustDate("2026-11-20"), Start: start, Minutes: 60, Line: slots.Line{Department: "d", Kind: slots.General},
		Slots: []slots.Slot{{Start: start, Minutes: 60, Capacity: 9}}}
	ahead := func(days int, clock string) slots.Ahead {
		return slots.Ahead{Days: days, Unit: slots.CalendarDays, At: slots.MustClock(clock)}
	}
	terms, err := booking.TermsOf(&s, &slots.Release{Stages: []slots.Stage{{At: ahead(7, "07:00"), Percent: 100}},
		Classes: []slots.ClassOpening{{Class: "app", At: ahead(3, "12:00")}},
		Hours:   []slots.PoolHours{{Class: "app", Open: []slots.Hours{{Start: slots.MustClock("08:00"), Minutes: 240}}}}}, slots.Calendar{}, time.UTC)
	require.NoError(t, err)
	night := slots.MustInstant("2026-11-17T03:00:00Z")
	paused := false
	for _, p := range terms.Pauses {
		paused = paused || p.Class == "app" && p.Span.Contains(night)
	}
	require.True(t, paused, "three in the night is outside the app's hours")
}
