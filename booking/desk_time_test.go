package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
)

// A weekend without a command does not lock the desk: Advance moves the clock, a verb trusts no stamp that far ahead.
func TestDeskOverAQuietWeekend(t *testing.T) {
	rules := mustRules(booking.DefaultRules())
	var log booking.Log
	desk, err := booking.NewDesk(booking.New(rules), on("20 18:00"), log.Append)
	require.NoError(t, err)
	_, err = desk.Open(on("20 18:00"), morning("wang/30", "30", "Dr Wang", 2), booking.Terms{})
	require.NoError(t, err)
	ask := booking.Ask{Person: "Li", Channel: "app", Resource: "Dr Wang"}
	_, err = desk.Book(on("23 08:00"), ask)
	require.ErrorIs(t, err, booking.ErrStep)
	require.ErrorContains(t, err, "by 223200 s, StepSeconds is 86400")

	before := log.Events()
	for at := on("20 19:00"); at <= on("23 08:00"); at += 3600 {
		require.NoError(t, desk.Advance(at))
	}
	require.Less(t, log.Events()-before, uint64(7), "at most two movements of the clock a StepSeconds")
	_, err = desk.Book(on("23 08:00"), ask)
	require.NoError(t, err)

	// A long outage: one Advance is enough, and what was due meanwhile happens.
	hold, err := desk.Hold(on("23 08:00"), booking.Ask{Person: "Zhao", Channel: "app", Resource: "Dr Wang"})
	require.NoError(t, err)
	require.NoError(t, desk.Advance(on("28 08:00")))
	v, _ := desk.Pool().Appointment(hold)
	require.Equal(t, booking.Lapsed, v.State)
}

func TestDeskReasonsByName(t *testing.T) {
	desk := deskOn("20 09:00", morning("wang/23", "23", "Dr Wang", 1))
	_, err := desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	require.NoError(t, err)
	before := desk.Pool().Snapshot(nil)
	all, err := desk.Reasons(on("20 09:00"), booking.Ask{Person: "Li", Channel: "kiosk", Session: "wang/23"})
	require.NoError(t, err)
	var reasons []booking.Reason
	for _, r := range all {
		reasons = append(reasons, r.Reason)
	}
	require.Contains(t, reasons, booking.Full)
	require.Contains(t, reasons, booking.TwoPlaces)
	all, err = desk.Reasons(on("20 09:00"), booking.Ask{Person: "Zhao", Channel: "kiosk", Resource: "Dr Wang"})
	require.ErrorIs(t, err, booking.ErrCommand, "%v", all)
	require.Equal(t, before, desk.Pool().Snapshot(nil), "whoever asks leaves no trace")
}

func TestPolicyByName(t *testing.T) {
	rules := mustRules(booking.DefaultRules())
	p, ok := rules.Policy("level-load")
	require.True(t, ok)
	require.EqualValues(t, 2, p)
	_, ok = rules.Policy("fastest")
	require.False(t, ok)
}

// The offset of a damaged log is where its last whole batch ends.
func TestTornLogCanBeCut(t *testing.T) {
	var log booking.Log
	desk, err := booking.NewDesk(booking.New(mustRules(booking.DefaultRules())), on("20 09:00"), log.Append)
	require.NoError(t, err)
	_, err = desk.Open(on("20 09:00"), morning("wang/23", "23", "Dr Wang", 2), booking.Terms{})
	require.NoError(t, err)
	whole := len(log.Bytes())
	_, err = desk.Book(on("20 09:00"), booking.Ask{Person: "Li", Channel: "app", Session: "wang/23"})
	require.NoError(t, err)
	for cut := whole + 1; cut < len(log.Bytes()); cut++ {
		_, err := booking.LogOf(log.Bytes()[:cut])
		var bad *booking.FormatError
		require.ErrorAs(t, err, &bad)
		require.Equal(t, whole, bad.Offset)
		_, err = booking.LogOf(log.Bytes()[:bad.Offset])
		require.NoError(t, err)
	}
}
