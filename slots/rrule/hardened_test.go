package rrule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/rrule"
)

// The last date is a day that the zone left out: it does not come back as the next.
func TestUntilOnADayThatNeverWas(t *testing.T) {
	apia, err := time.LoadLocation("Pacific/Apia")
	require.NoError(t, err)
	r := rrule.Recurrence{Start: rrule.Start{Date: slots.MustDate("2011-12-01"), Clock: slots.MustClock("08:00"), Location: apia},
		Repeat: slots.Daily(), Until: slots.MustDate("2011-12-30")}
	text, err := r.Format()
	require.NoError(t, err)
	again, err := rrule.Parse("RRULE:"+text, r.Start)
	require.NoError(t, err)
	require.Equal(t, slots.MustDate("2011-12-29"), again.Until)
}
