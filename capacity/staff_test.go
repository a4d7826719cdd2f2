package capacity

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
)

var halfHour = Demand{Start: slots.MustClock("08:00"), Minutes: 30, BookedThousandths: 30_000, WalkInThousandths: 40_000, ServiceSeconds: 120}
var fiveMinutes = Target{WithinSeconds: 300, SharePPM: 800_000}

// One member of staff is M/M/1, where everything is known: ρ = 1/2, mean wait ρ/(1−ρ) services = 60 s, P(W > 60 s) = ½ e^−½.
func TestEvaluateOneServer(t *testing.T) {
	d := Demand{Start: slots.MustClock("08:00"), Minutes: 30, WalkInThousandths: 15_000, ServiceSeconds: 60}
	f, err := Evaluate(d, 1, Target{WithinSeconds: 60, SharePPM: 500_000})
	require.NoError(t, err)
	late := 0.5 * math.Exp(-0.5)
	require.Equal(t, Figures{
		Staff: 1, LoadMillierlangs: 500, Stable: true, WaitPPM: 500_000, WithinPPM: int((1 - late) * 1e6),
		MeanWaitSeconds: 60, UtilisationPPM: 500_000,
	}, f)
}

func TestEvaluateEdges(t *testing.T) {
	at := func(booked, walkIn int64, staff int) Figures {
		d := halfHour
		d.BookedThousandths, d.WalkInThousandths = booked, walkIn
		f, err := Evaluate(d, staff, fiveMinutes)
		require.NoError(t, err)
		return f
	}
	require.Equal(t, Figures{Stable: true, WithinPPM: 1_000_000}, at(0, 0, 0), "nobody comes, nobody waits")
	require.Equal(t, Figures{Staff: 2, Stable: true, WithinPPM: 1_000_000}, at(0, 0, 2))
	require.Equal(t, Figures{Staff: 0, LoadMillierlangs: 1000, WaitPPM: 1_000_000, MeanWaitSeconds: NoBound, BacklogThousandths: 15_000},
		at(15_000, 0, 0), "nobody there")
	require.Equal(t, Figures{Staff: 1, LoadMillierlangs: 1000, WaitPPM: 1_000_000, MeanWaitSeconds: NoBound, UtilisationPPM: 1_000_000},
		at(0, 15_000, 1), "load equal to staff: no backlog on average, but no steady state either")
	require.Equal(t, Figures{Staff: 1, LoadMillierlangs: 1000, WaitPPM: 1_000_000, MeanWaitSeconds: NoBound, UtilisationPPM: 1_000_067, BacklogThousandths: 1},
		at(1, 15_000, 1), "a thousandth of a patient too many")
	f := at(0, 14_999, 1)
	require.True(t, f.Stable)
	require.Equal(t, int64(120*14_999), f.MeanWaitSeconds, "ρ/(1−ρ) services, exactly, at 0.99993")
}

func TestStaffForKeepsTheTargetAndNoMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := halfHour
		d.Minutes = rapid.IntRange(MinPeriodMinutes, MaxPeriodMinutes).Draw(t, "minutes")
		d.BookedThousandths = rapid.Int64Range(0, 200_000).Draw(t, "booked")
		d.WalkInThousandths = rapid.Int64Range(1, 200_000).Draw(t, "walk-ins")
		d.ServiceSeconds = rapid.IntRange(10, 3600).Draw(t, "service")
		target := Target{rapid.IntRange(0, 3600).Draw(t, "within"), rapid.IntRange(1, 999_999).Draw(t, "share")}
		needs, err := StaffFor([]Demand{d}, target)
		require.NoError(t, err)
		require.Equal(t, d, needs[0].Demand)
		staff := needs[0].Staff
		f, err := Evaluate(d, staff, target)
		require.NoError(t, err)
		require.Equal(t, f, needs[0].Figures)
		require.True(t, f.Stable)
		require.GreaterOrEqual(t, f.WithinPPM, target.SharePPM)
		fewer, err := Evaluate(d, staff-1, target)
		require.NoError(t, err)
		require.Less(t, fewer.WithinPPM, target.SharePPM, "one fewer must miss the target")
		require.LessOrEqual(t, f.MeanWaitSeconds, fewer.MeanWaitSeconds)

		// The formula on plain numbers agrees.
		erlangs := float64(d.ArrivalsThousandths()) / 1000 * float64(d.ServiceSeconds) / 60 / float64(d.Minutes)
		late := WaitBeyond(staff, erlangs, float64(target.WithinSeconds)/float64(d.ServiceSeconds))
		require.InDelta(t, 1-late, float64(f.WithinPPM)/1e6, 2e-6)
	})
}

// Every field of demand and target changes the answer.
func TestEveryFieldMatters(t *testing.T) {
	staff := func(change func(*Demand, *Target)) int {
		d, target := halfHour, fiveMinutes
		change(&d, &target)
		needs, err := StaffFor([]Demand{d}, target)
		require.NoError(t, err)
		return needs[0].Staff
	}
	usual := staff(func(*Demand, *Target) {})
	require.Equal(t, 6, usual)
	require.Greater(t, staff(func(d *Demand, _ *Target) { d.Minutes = 15 }), usual)
	require.Greater(t, staff(func(d *Demand, _ *Target) { d.BookedThousandths *= 2 }), usual)
	require.Greater(t, staff(func(d *Demand, _ *Target) { d.WalkInThousandths *= 2 }), usual)
	require.Greater(t, staff(func(d *Demand, _ *Target) { d.ServiceSeconds *= 2 }), usual)
	require.Equal(t, 9, staff(func(d *Demand, _ *Target) { d.MinimumStaff = 9 }))
	require.Equal(t, usual, staff(func(d *Demand, _ *Target) { d.MinimumStaff = 2 }), "a minimum never lowers the need")
	require.Equal(t, 1, staff(func(d *Demand, _ *Target) { d.BookedThousandths, d.WalkInThousandths, d.MinimumStaff = 0, 0, 1 }))
	require.Equal(t, 0, staff(func(d *Demand, _ *Target) { d.BookedThousandths, d.WalkInThousandths = 0, 0 }))
	require.Greater(t, staff(func(_ *Demand, g *Target) { g.WithinSeconds = 0 }), usual)
	require.Greater(t, staff(func(_ *Demand, g *Target) { g.SharePPM = 999_000 }), usual)
}

func TestDemandProblemsAreAllListed(t *testing.T) {
	day := []Demand{
		{Start: slots.MustClock("08:00"), Minutes: 10, BookedThousandths: -1, WalkInThousandths: MaxArrivalsThousandths + 1, MinimumStaff: -2},
		{Start: slots.MustClock("23:45"), Minutes: 30, ServiceSeconds: 60},
		{Start: slots.MustClock("12:00"), Minutes: 30, WalkInThousandths: 900_000_000, BookedThousandths: 900_000_000, ServiceSeconds: MaxServiceSeconds},
	}
	_, err := StaffFor(day, Target{WithinSeconds: -5, SharePPM: 1_000_000})
	require.ErrorIs(t, err, ErrInvalid)
	wants := []string{
		"Demand[0]: Minutes 10: want 15 to 240", "Demand[0]: BookedThousandths -1", "Demand[0]: WalkInThousandths 1000000001",
		"Demand[0]: ServiceSeconds 0: want 1 to 28800", "Demand[0]: MinimumStaff -2",
		"Demand[1]: Start 23:45 + 30 minutes: the period ends after 24:00",
		"Demand[2]: ArrivalsThousandths (booked and walk-in) 1800000000", "Demand[2]: load 28800000.000 erlangs: want at most 20000",
		"Demand[2]: Start 12:00: the period before runs to 24:15", "Target: WithinSeconds -5", "Target: SharePPM 1000000: want 1 to 999999",
	}
	for _, want := range wants {
		require.ErrorContains(t, err, want)
	}
	require.Equal(t, len(wants), strings.Count(err.Error(), "\n"), "one line each, after the first:\n%v", err)

	_, err = StaffFor(nil, fiveMinutes)
	require.ErrorContains(t, err, "Demand: 0 periods: want 1 to 96")
	_, err = StaffFor(make([]Demand, MaxPeriods+1), fiveMinutes)
	require.ErrorContains(t, err, "97 periods")
	_, err = Evaluate(halfHour, -1, fiveMinutes)
	require.ErrorContains(t, err, "staff -1: want 0 to 100000")
}

func FuzzEvaluate(f *testing.F) {
	f.Add(30, int64(30_000), int64(40_000), 120, 6, 300, 800_000)
	f.Add(15, int64(1), int64(0), 28_800, 1, 0, 999_999)
	f.Fuzz(func(t *testing.T, minutes int, booked, walkIn int64, service, staff, within, share int) {
		d := Demand{Minutes: minutes, BookedThousandths: booked, WalkInThousandths: walkIn, ServiceSeconds: service}
		figures, err := Evaluate(d, staff, Target{within, share})
		if err != nil {
			require.ErrorIs(t, err, ErrInvalid)
			return
		}
		require.True(t, figures.WaitPPM >= 0 && figures.WaitPPM <= 1_000_000, "%+v", figures)
		require.True(t, figures.WithinPPM >= 0 && figures.WithinPPM <= 1_000_000, "%+v", figures)
		require.GreaterOrEqual(t, figures.WithinPPM, 1_000_000-figures.WaitPPM-1)
		require.True(t, figures.MeanWaitSeconds >= 0 && figures.BacklogThousandths >= 0 && figures.UtilisationPPM >= 0, "%+v", figures)
	})
}
