package triage_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/triage"
	"github.com/haoyuan-go/haoyuan/slots"
)

var monday = slots.MustDate("2026-11-23")

// How many days some months take, over all 146,097 dates of birth of the calendar's cycle, by trying days.
func TestDaysOfMonths(t *testing.T) {
	first := slots.MustDate("1601-01-01")
	for _, months := range []int{1, 2, 13, 48, 1799} {
		wantLeast, wantMost := 1<<30, 0
		for b := range 146_097 {
			born := first.AddDays(b)
			days := max(0, months*3043/100-3)
			for reached := false; !reached; days++ {
				a, err := booking.NewAge(born, born.AddDays(days))
				require.NoError(t, err)
				reached = a.Months() >= months
			}
			wantLeast, wantMost = min(wantLeast, days-1), max(wantMost, days-1)
		}
		least, most := triage.DaysOfMonths(months)
		require.Equal(t, []int{wantLeast, wantMost}, []int{least, most}, "%d months", months)
	}
	for months := 1; months <= 1800; months++ {
		least, most := triage.DaysOfMonths(months)
		require.Less(t, least, most, "else between so many days and so many months there would be nobody")
	}
}

// The age of an example is somebody's, has reached the bound, and has not reached a later one.
func TestExamplesHaveRealAges(t *testing.T) {
	for _, c := range [][]booking.AgeBound{
		{booking.Days(1), booking.Days(2)}, {booking.Days(28), booking.Months(1)}, {booking.Days(31), booking.Months(2)}, {booking.Months(1), booking.Days(31)},
		{booking.Days(59), booking.Months(2)}, {booking.Days(365), booking.Years(1)}, {booking.Years(1), booking.Days(366)}, {booking.Years(2), booking.Days(731)},
		{booking.Days(366), booking.Months(13)}, {booking.Days(5113 - 1), booking.Years(14)}, {booking.Days(54_750)}, {booking.Months(1799)}, {booking.Years(149)},
	} {
		a := triage.Youngest(c[0], c[1:]...)
		require.True(t, naiveReached(a, c[0]), "%v of %v", a, c)
		for _, later := range c[1:] {
			require.False(t, naiveReached(a, later), "%v of %v", a, c)
		}
		require.True(t, isSomebodys(a, "1601-01-01", 146_097), "%v of %v", a, c)
	}
}

// isSomebodys: who was born on one of the days from the first on is so old one day.
func isSomebodys(age booking.Age, first string, days int) bool {
	for b := range days {
		born := slots.MustDate(first).AddDays(b)
		if a, err := booking.NewAge(born, born.AddDays(age.Days())); err == nil && a == age {
			return true
		}
	}
	return false
}

// Days and months together are refused where the calendar decides which comes first, and only there.
func TestAgesThatHaveNoOrder(t *testing.T) {
	for _, c := range []struct {
		days, months int
		refused      bool
	}{{28, 1, false}, {29, 1, true}, {30, 1, true}, {31, 1, false}, {59, 2, false}, {61, 2, true}, {62, 2, false}, {90, 3, true}, {365, 12, false}, {366, 12, false}, {100, 3, false}} {
		config := small()
		config.Rules[0].If.Ages.From = booking.Days(c.days)
		config.Clinics[0].Takes.Ages.From = booking.Months(c.months)
		_, err := triage.NewTable(config)
		if c.refused {
			require.ErrorContains(t, err, "have no order, for so many months are")
		} else if err != nil {
			require.NotContains(t, err.Error(), "have no order")
		}
	}
}
