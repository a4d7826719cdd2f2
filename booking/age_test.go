package booking_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

func TestNewAge(t *testing.T) {
	for _, c := range []struct {
		born, on     string
		days, months int
		text         string
	}{
		{"2026-11-23", "2026-11-23", 0, 0, "0 days"},
		{"2026-11-23", "2026-11-24", 1, 0, "1 days"},
		{"2012-11-24", "2026-11-23", 5112, 167, "13 years 11 months (5112 days)"},
		{"2012-11-23", "2026-11-23", 5113, 168, "14 years 0 months (5113 days)"},
		{"2026-01-31", "2026-02-28", 28, 0, "28 days"},
		{"2026-01-31", "2026-03-01", 29, 1, "0 years 1 months (29 days)"},
		{"2026-01-28", "2026-02-28", 31, 1, "0 years 1 months (31 days)"},
		{"2024-02-29", "2025-02-28", 365, 11, "0 years 11 months (365 days)"},
		{"2024-02-29", "2025-03-01", 366, 12, "1 years 0 months (366 days)"},
		{"2024-02-29", "2028-02-29", 1461, 48, "4 years 0 months (1461 days)"},
		{"1876-11-24", "2026-11-23", 54785, 1799, "149 years 11 months (54785 days)"},
	} {
		a, err := booking.NewAge(slots.MustDate(c.born), slots.MustDate(c.on))
		require.NoError(t, err)
		require.Equal(t, []int{c.days, c.months, c.months / 12}, []int{a.Days(), a.Months(), a.Years()}, "%s %s", c.born, c.on)
		require.Equal(t, c.text, a.String())
		require.True(t, a.IsValid())
	}
	require.False(t, booking.Age{}.IsValid())
	require.Equal(t, "no age", booking.Age{}.String())
	_, err := booking.NewAge(slots.Date{}, slots.Date{})
	require.EqualError(t, err, "born no date\non no date")
	_, err = booking.NewAge(slots.MustDate("2026-11-23"), slots.MustDate("2026-11-23").AddDays(-1))
	require.EqualError(t, err, "born 2026-11-23: after 2026-11-22")
	_, err = booking.NewAge(slots.MustDate("1876-11-23"), slots.MustDate("2026-11-23"))
	require.EqualError(t, err, "born 1876-11-23: 150 years before 2026-11-23, want less than 150")
}

func TestAgeBounds(t *testing.T) {
	for text, want := range map[string]booking.AgeBound{"": {}, "1 days": booking.Days(1), "54750 days": booking.Days(54_750), "6 months": booking.Months(6), "149 years": booking.Years(149)} {
		got, err := booking.ParseAgeBound(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got)
		require.Equal(t, text, got.String())
		require.Equal(t, text != "", got.IsSet())
	}
	for _, text := range []string{"14", "14 weeks", "0 days", "-1 days", "+1 days", "01 days", "1  days", "54751 days", "1800 months", "150 years", "99999999999999999999 days", " 1 days"} {
		_, err := booking.ParseAgeBound(text)
		require.ErrorContains(t, err, text)
	}
	require.Equal(t, "any age", booking.AgeRange{}.String())
	require.Equal(t, "from 28 days until 14 years", booking.AgeRange{From: booking.Days(28), Until: booking.Years(14)}.String())
}
