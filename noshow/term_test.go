package noshow_test

import (
	"encoding"
	"testing"

	"github.com/haoyuan-go/haoyuan/noshow"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestTermUntil(t *testing.T) {
	for _, c := range [][3]string{
		{"1 day", "2026-06-30", "2026-07-01"},
		{"30 days", "2026-06-01", "2026-07-01"},
		{"1 month", "2026-01-31", "2026-02-28"},
		{"1 month", "2024-01-31", "2024-02-29"},
		{"1 month", "2026-02-28", "2026-03-28"},
		{"6 months", "2026-08-31", "2027-02-28"},
		{"12 months", "2024-02-29", "2025-02-28"},
		{"48 months", "2024-02-29", "2028-02-29"},
		{"3 months", "2026-11-30", "2027-02-28"},
		{"1 calendar month", "2026-01-01", "2026-02-01"},
		{"1 calendar month", "2026-12-31", "2027-01-01"},
		{"2 calendar months", "2026-12-31", "2027-02-01"},
		{"1 calendar quarter", "2026-09-30", "2026-10-01"},
		{"5 calendar quarters", "2026-02-01", "2027-04-01"},
		{"1 calendar half-year", "2026-06-30", "2026-07-01"},
		{"1 calendar half-year", "2026-07-01", "2027-01-01"},
		{"1 calendar year", "2026-01-01", "2027-01-01"},
		{"10 calendar years", "2026-12-31", "2036-01-01"},
		{"forever", "2026-01-01", "9999-12-31"},
		{"9999 calendar years", "2026-01-01", "9999-12-31"},
		{"9999 months", "9999-12-31", "9999-12-31"},
		{"1 day", "9999-12-31", "9999-12-31"},
	} {
		term, err := noshow.ParseTerm(c[0])
		require.NoError(t, err)
		require.Equal(t, c[2], term.Until(slots.MustDate(c[1])).String(), "%s from %s", c[0], c[1])
		require.Equal(t, c[0], term.String())
	}
	require.False(t, noshow.Term{}.Until(slots.MustDate("2026-01-01")).IsValid())
	require.False(t, noshow.Term{Unit: noshow.Forever}.Until(slots.Date{}).IsValid())
}

// What Standing rests on: a term lasts a day at least, and a later start never ends earlier.
func TestTermUntilRises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		term := drawTerm(t, "term", everyUnit...)
		from := slots.DateFromNumber(rapid.Int32Range(1, noshow.LastDay().Number()-1).Draw(t, "from"))
		require.True(t, term.Until(from).After(from))
		require.False(t, term.Until(from).After(term.Until(from.AddDays(1))))
	})
}

func TestParseTermRefuses(t *testing.T) {
	for _, s := range []string{
		"", "3", "3 ", "months", "0 days", "-1 days", "+3 days", "03 days", "1 days", "3 day", "10000 days", "3  months", " 3 months",
		"3 months ", "3 Months", "1 forever", "forevers", "3 weeks", "99999999999999999999 days",
	} {
		_, err := noshow.ParseTerm(s)
		require.ErrorContains(t, err, "want", "%q", s)
	}
}

func FuzzParseTerm(f *testing.F) {
	f.Add("3 months")
	f.Add("1 calendar half-year")
	f.Add("forever")
	f.Fuzz(func(t *testing.T, s string) {
		term, err := noshow.ParseTerm(s)
		if err != nil {
			require.Equal(t, noshow.Term{}, term)
			return
		}
		require.True(t, term.IsValid())
		require.Equal(t, s, term.String())
	})
}

func TestNames(t *testing.T) {
	for k := noshow.NoShow; k <= noshow.BadFaithBooking; k++ {
		require.True(t, k.IsValid())
		keepsName(t, k, new(noshow.Kind))
	}
	for e := noshow.Suspend; e <= noshow.RequireReferral; e++ {
		require.True(t, e.IsValid())
		keepsName(t, e, new(noshow.Effect))
	}
	keepsName(t, noshow.Automatic, new(noshow.Binding))
	keepsName(t, noshow.Proposed, new(noshow.Binding))
	keepsName(t, noshow.KeepCounting, new(noshow.Afterwards))
	keepsName(t, noshow.StartAfresh, new(noshow.Afterwards))
	for _, invalid := range []encoding.TextMarshaler{
		noshow.Kind(0), noshow.Kind(7), noshow.Effect(0), noshow.Effect(5), noshow.Binding(0), noshow.Binding(3),
		noshow.Afterwards(0), noshow.Afterwards(3), noshow.Term{},
	} {
		_, err := invalid.MarshalText()
		require.Error(t, err, "%v", invalid)
	}
	require.Equal(t, "Unit(0)", noshow.Unit(0).String())
	require.False(t, noshow.Outcome(3).IsValid())
	require.Equal(t, "showed missed Outcome(0)", noshow.Showed.String()+" "+noshow.Missed.String()+" "+noshow.Outcome(0).String())
}

// keepsName checks that v has a text form, and that into reads it back as v.
func keepsName[T encoding.TextMarshaler, P interface {
	*T
	encoding.TextUnmarshaler
}](t *testing.T, v T, into P,
) {
	text, err := v.MarshalText()
	require.NoError(t, err)
	require.NoError(t, into.UnmarshalText(text))
	require.Equal(t, v, *into)
	require.Error(t, into.UnmarshalText([]byte("Kind(0)")))
}

func FuzzNames(f *testing.F) {
	f.Add("no-show")
	f.Add("suspend")
	f.Add("proposed")
	f.Add("start-afresh")
	f.Fuzz(func(t *testing.T, s string) {
		var k noshow.Kind
		require.Equal(t, k.UnmarshalText([]byte(s)) == nil, k.IsValid() && k.String() == s)
		var e noshow.Effect
		require.Equal(t, e.UnmarshalText([]byte(s)) == nil, e.IsValid() && e.String() == s)
		var b noshow.Binding
		require.Equal(t, b.UnmarshalText([]byte(s)) == nil, b.IsValid() && b.String() == s)
		var a noshow.Afterwards
		require.Equal(t, a.UnmarshalText([]byte(s)) == nil, a.IsValid() && a.String() == s)
	})
}
