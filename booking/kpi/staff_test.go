package kpi_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/kpi"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// TestSubstitute: a session counts for who is in it now; who is asked is not displaced by a closure; who gives the number back is the hospital's account.
func TestSubstitute(t *testing.T) {
	w := newWorld(t)
	s := sl.Session{ID: "S", Start: at("23T08:00"), Date: sl.MustDate("2026-11-23"), Resources: []string{"D1"},
		Line: sl.Line{Department: "Eyes", Kind: sl.General, Grade: sl.Chief}}
	for n := range 3 {
		s.Slots = append(s.Slots, sl.Slot{Start: s.Start.AddMinutes(30 * n), Minutes: 30, Capacity: 1})
	}
	_, err := w.desk.Open(at("02T08:00"), s, booking.Terms{AddOns: 1})
	require.NoError(t, err)
	ids := []booking.Appointment{w.take(t, "02T08:00", "A", "S", 0), w.take(t, "02T08:00", "B", "S", 1), w.take(t, "02T08:00", "C", "S", 2)}
	extra, err := w.desk.AddOn(at("02T09:00"), booking.Ask{Person: "D", Channel: "window", Session: "S"})
	require.NoError(t, err)
	asked, err := w.desk.Substitute(at("20T08:00"), "S", []string{"D2"}, sl.Attending, at("22T08:00"))
	require.NoError(t, err)
	require.Equal(t, 4, asked)
	l := w.whole(t)
	require.EqualValues(t, 4, l.Visits.Displaced)
	require.EqualValues(t, 90, l.Supply.BookableMinutes)
	require.NoError(t, w.desk.Answer(at("20T09:00"), ids[0], false))
	require.NoError(t, w.desk.Answer(at("20T09:00"), extra, true))
	require.NoError(t, w.desk.CheckIn(at("21T09:00"), ids[1]))
	require.NoError(t, w.desk.Advance(at("22T08:00"))) // C has not answered
	l = w.whole(t)
	require.Zero(t, l.Closures)
	require.EqualValues(t, 2, l.Visits.CancelledByHospital)
	require.EqualValues(t, 1, l.Visits.Arrived)
	require.EqualValues(t, 1, l.Visits.AddOns, "asked and accepted, an add-on is an add-on")
	require.EqualValues(t, 30, l.Supply.BookedMinutes)
	lines, err := w.sheet.Report(kpi.Selection{}, kpi.ByResource)
	require.NoError(t, err)
	require.Len(t, lines, 1)
	require.Equal(t, "D2", lines[0].Group.Name)
}
