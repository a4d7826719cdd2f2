package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/kpi"
)

// TestCountsAddUp: nobody is lost on the way from a request to a figure.
func TestCountsAddUp(t *testing.T) {
	ws := playedWeeks(t)
	for _, w := range ws.all() {
		i, err := w.indicators()
		require.NoError(t, err)
		require.Equal(t, int64(len(w.p.demand.Requests)), i.Requests)
		require.Equal(t, i.Requests, i.Booked+i.Unpaid+i.Refused)
		sum := int64(0)
		for _, r := range w.refusals() {
			sum += r.Count
		}
		require.Equal(t, i.Refused, sum, "each refusal has a reason")
		list, err := w.channelCounts()
		require.NoError(t, err)
		sum = 0
		for _, c := range list {
			require.Positive(t, c.Count)
			sum += c.Count
		}
		require.Equal(t, i.Booked, sum, "each booking came through one of the six channels")

		lines, err := w.kpi.Report(kpi.Selection{Service: visitService}, kpi.Whole)
		require.NoError(t, err)
		v, c := lines[0].Visits, lines[0].Closures
		require.Equal(t, i.Unpaid, v.HoldsLapsed+c.HoldsCancelled)
		require.Equal(t, i.Booked, v.Bookings)
		require.Equal(t, v.Made, v.Fulfilled+v.NoShow+v.CancelledByPatient+v.CancelledByHospital+v.HoldsLapsed)
		require.Equal(t, v.Fulfilled, v.Arrived, "whoever came was seen")
		require.Positive(t, w.counts.MissedCalls)
		require.Positive(t, c.Displaced)
		require.Equal(t, c.Displaced, c.Accepted+c.Declined+c.Lapsed+c.Cancelled)
		require.Equal(t, w.counts.AddOns, v.AddOns)
		load := int64(0)
		for _, h := range w.load() {
			load += h.taken
		}
		require.Equal(t, v.Fulfilled+v.NoShow, load)
		require.GreaterOrEqual(t, w.counts.ExamOrders, w.counts.ExamOrdersFailed+w.counts.ExamOrdersOfMore)
	}
}

// TestLosersAddUp: every booked patient of each world is in exactly one group.
func TestLosersAddUp(t *testing.T) {
	ws := playedWeeks(t)
	before, err := ws.before.indicators()
	require.NoError(t, err)
	after, err := ws.levelled.indicators()
	require.NoError(t, err)
	l := compareWorlds(ws.before, ws.levelled)
	require.Equal(t, before.Booked, l.Same+l.Earlier+l.Later+l.LostNumber)
	require.Equal(t, after.Booked, l.Same+l.Earlier+l.Later+l.GainedNumber)
	sum := int64(0)
	for _, b := range l.Delays {
		sum += b.Count
	}
	require.Equal(t, l.Later, sum)
	none := compareWorlds(ws.before, ws.before)
	require.Equal(t, before.Booked, none.Same)
	require.Zero(t, none.Later+none.Earlier+none.LostNumber+none.GainedNumber+none.WaitLonger)
}
