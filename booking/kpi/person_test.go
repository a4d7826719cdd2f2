package kpi_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/kpi"
	"github.com/haoyuan-go/haoyuan/slots"
)

// What the log learns of persons changes no figure, and stops no projection: it keeps no person.
func TestPersonsChangeNoFigure(t *testing.T) {
	desk, sheet := november()
	report := func() any {
		r, err := sheet.Report(kpi.Selection{}, kpi.ByDay)
		require.NoError(t, err)
		return r
	}
	before, now := report(), desk.Pool().Clock()
	require.NoError(t, desk.Describe(now, "P0", slots.MustDate("1980-02-29"), booking.Female))
	require.NoError(t, desk.Merge(now, "P0", "P1"))
	require.Equal(t, before, report())
}
