package noshow_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/haoyuan-go/haoyuan/noshow"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A small world: a few rules, a dozen incidents between late 2023 and early 2025 (a leap day inside), two classes.

func drawTerm(t *rapid.T, label string, units ...noshow.Unit) noshow.Term {
	unit := rapid.SampledFrom(units).Draw(t, label+" unit")
	most := map[noshow.Unit]int{noshow.Days: 100, noshow.Months: 14, noshow.Forever: 0}
	limit, ok := most[unit]
	if !ok {
		limit = 2
	}
	return noshow.Term{Count: rapid.IntRange(min(1, limit), limit).Draw(t, label), Unit: unit}
}

var everyUnit = []noshow.Unit{
	noshow.Days, noshow.Months, noshow.CalendarMonths, noshow.CalendarQuarters,
	noshow.CalendarHalfYears, noshow.CalendarYears, noshow.Forever,
}

func drawPolicy(t *rapid.T, afterwards []noshow.Afterwards, units ...noshow.Unit) noshow.PolicyConfig {
	p := noshow.PolicyConfig{Name: "drawn"}
	if rapid.IntRange(0, 3).Draw(t, "has count from") == 0 {
		p.CountFrom = drawDay(t, "count from")
	}
	for i := range rapid.IntRange(1, 3).Draw(t, "rules") {
		r := noshow.Rule{
			ID:        fmt.Sprintf("R%d", i),
			Kinds:     rapid.SliceOfNDistinct(drawnKind, 1, 3, rapid.ID).Draw(t, "kinds"),
			Threshold: rapid.IntRange(1, 4).Draw(t, "threshold"),
			Within:    drawTerm(t, "within", units...), Lasts: drawTerm(t, "lasts", units...),
			Effect: rapid.SampledFrom([]noshow.Effect{noshow.Suspend, noshow.RestrictChannels}).Draw(t, "effect"),
			Binding: rapid.SampledFrom([]noshow.Binding{noshow.Automatic, noshow.Automatic, noshow.Proposed}).
				Draw(t, "binding"),
			Afterwards: rapid.SampledFrom(afterwards).Draw(t, "afterwards"),
			Only:       rapid.SampledFrom([][]string{nil, nil, nil, {"new"}}).Draw(t, "only"),
			Exempt:     rapid.SampledFrom([][]string{nil, nil, nil, {"aid"}}).Draw(t, "exempt"),
		}
		if r.Effect == noshow.RestrictChannels {
			r.Channels = []string{"app"}
		}
		p.Rules = append(p.Rules, r)
	}
	return p
}

var (
	bothAfterwards = []noshow.Afterwards{noshow.KeepCounting, noshow.StartAfresh}
	drawnKind      = rapid.SampledFrom([]noshow.Kind{noshow.NoShow, noshow.LateArrival, noshow.Cancellation})
)

func drawDay(t *rapid.T, label string) slots.Date {
	// Days gather around a few months so that windows fill.
	start := rapid.SampledFrom([]string{"2023-11-20", "2024-02-01", "2024-06-15", "2024-12-20"}).Draw(t, label+" near")
	return slots.MustDate(start).AddDays(rapid.IntRange(0, 60).Draw(t, label))
}

func drawRecord(t *rapid.T) noshow.RecordConfig {
	r := noshow.RecordConfig{
		Person:  "P",
		Classes: rapid.SampledFrom([][]string{nil, {"new"}, {"aid"}, {"aid", "new"}}).Draw(t, "classes"),
	}
	for i := range rapid.SampledFrom([]int{0, 1, 3, 5, 8, 12}).Draw(t, "incidents") {
		r.Incidents = append(r.Incidents, noshow.Incident{
			ID: fmt.Sprintf("V%02d", i), Person: "P", Kind: drawnKind.Draw(t, "kind"), Day: drawDay(t, "day"),
		})
	}
	for _, in := range r.Incidents {
		if rapid.IntRange(0, 9).Draw(t, "excuse") == 0 {
			r.Excused = append(r.Excused, in.ID)
		}
	}
	return r
}

// drawWorld asks about days on which something may change: an incident's, and those on which an effect ends.
func drawWorld(t *rapid.T, afterwards []noshow.Afterwards, units ...noshow.Unit) (noshow.PolicyConfig, noshow.RecordConfig, slots.Date) {
	p, r, on := drawPolicy(t, afterwards, units...), drawRecord(t), drawDay(t, "on")
	if len(r.Incidents) == 0 {
		return p, r, on
	}
	in := rapid.SampledFrom(r.Incidents).Draw(t, "on near")
	switch rapid.IntRange(0, 3).Draw(t, "on a day of interest") {
	case 0, 1:
		on = in.Day.AddDays(rapid.IntRange(0, 3).Draw(t, "days after"))
	case 2:
		end := p.Rules[0].Lasts.Until(in.Day).AddDays(rapid.IntRange(-1, 0).Draw(t, "days from the end"))
		if end.Before(slots.MustDate("2030-01-01")) {
			on = end
		}
	}
	return p, r, on
}

func standing(t require.TestingT, p noshow.PolicyConfig, r noshow.RecordConfig, on slots.Date) noshow.Standing {
	policy, err := noshow.NewPolicy(p)
	require.NoError(t, err)
	record, err := noshow.NewRecord(r)
	require.NoError(t, err)
	return policy.Standing(record, on)
}

func TestStandingIsTheNaiveRecount(t *testing.T) {
	inForce := 0
	rapid.Check(t, func(t *rapid.T) {
		p, r, on := drawWorld(t, bothAfterwards, everyUnit...)
		got := standing(t, p, r, on)
		require.Equal(t, recount(p, r, on), got.Measures)
		inForce += len(got.Measures)
	})
	require.Positive(t, inForce, "the world drew no standing worth comparing")
}

func TestOrderAndRepetitionOfInputMeanNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, r, on := drawWorld(t, bothAfterwards, everyUnit...)
		p2, r2 := p, r
		p2.Rules = rapid.Permutation(p.Rules).Draw(t, "rules in another order")
		r2.Incidents = rapid.Permutation(slices.Concat(r.Incidents, r.Incidents)).Draw(t, "incidents twice")
		r2.Excused = rapid.Permutation(slices.Concat(r.Excused, r.Excused)).Draw(t, "excuses twice")
		require.Equal(t, standing(t, p, r, on), standing(t, p2, r2, on))
	})
}

func TestNamesOfIncidentsMeanNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, r, on := drawWorld(t, bothAfterwards, everyUnit...)
		r2 := r
		r2.Incidents, r2.Excused = nil, nil
		for i, in := range r.Incidents {
			was := in.ID
			in.ID = fmt.Sprintf("W%02d", 99-i)
			r2.Incidents = append(r2.Incidents, in)
			if slices.Contains(r.Excused, was) {
				r2.Excused = append(r2.Excused, in.ID)
			}
		}
		require.Equal(t, withoutNames(standing(t, p, r, on)), withoutNames(standing(t, p, r2, on)))
	})
}

func withoutNames(s noshow.Standing) noshow.Standing {
	for i := range s.Measures {
		s.Measures[i].Because = make([]string, len(s.Measures[i].Because))
	}
	return s
}

func TestExcusedIsAbsent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, r, on := drawWorld(t, bothAfterwards, everyUnit...)
		absent := r
		absent.Excused = nil
		absent.Incidents = slices.DeleteFunc(slices.Clone(r.Incidents), func(in noshow.Incident) bool {
			return slices.Contains(r.Excused, in.ID)
		})
		require.Equal(t, standing(t, p, absent, on), standing(t, p, r, on))
	})
}

func TestWhatComesLaterPlaysNoPart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, r, on := drawWorld(t, bothAfterwards, everyUnit...)
		r.Excused = nil
		past := r
		past.Incidents = slices.DeleteFunc(slices.Clone(r.Incidents), func(in noshow.Incident) bool { return in.Day.After(on) })
		require.Equal(t, standing(t, p, past, on), standing(t, p, r, on))
	})
}

// worse reports whether b bars anywhere that a does not, or for longer.
func worse(a, b noshow.Standing) bool {
	return b.SuspendedUntil().After(a.SuspendedUntil()) || b.BarredUntil("app").After(a.BarredUntil("app")) ||
		a.IsGood() && !b.IsGood()
}

func TestFewerIncidentsNeverWorsenWhereCountingGoesOn(t *testing.T) {
	keep := []noshow.Afterwards{noshow.KeepCounting}
	rapid.Check(t, func(t *rapid.T) {
		p, r, on := drawWorld(t, keep, everyUnit...)
		r.Excused = nil
		before := standing(t, p, r, on)
		for _, in := range r.Incidents {
			r.Excused = []string{in.ID}
			require.False(t, worse(before, standing(t, p, r, on)), "without %v", in)
		}
	})
}

func TestAHigherThresholdNeverWorsensWhereCountingGoesOn(t *testing.T) {
	keep := []noshow.Afterwards{noshow.KeepCounting}
	rapid.Check(t, func(t *rapid.T) {
		p, r, on := drawWorld(t, keep, everyUnit...)
		before := standing(t, p, r, on)
		p.Rules[0].Threshold++
		require.False(t, worse(before, standing(t, p, r, on)))
	})
}

// The price of StartAfresh, as its comment tells it: one incident fewer, and the suspension comes later.
func TestStartAfreshCanMoveASuspension(t *testing.T) {
	p := noshow.PolicyConfig{Name: "afresh", Rules: []noshow.Rule{{
		ID: "two", Kinds: []noshow.Kind{noshow.NoShow}, Threshold: 2, Within: noshow.Term{Count: 10, Unit: noshow.Days},
		Effect: noshow.Suspend, Lasts: noshow.Term{Count: 5, Unit: noshow.Days}, Binding: noshow.Automatic, Afterwards: noshow.StartAfresh,
	}}}
	r := noshow.RecordConfig{Person: "P"}
	for i, day := range []string{"2026-06-01", "2026-06-09", "2026-06-12"} {
		r.Incidents = append(r.Incidents, noshow.Incident{ID: fmt.Sprint(i), Person: "P", Kind: noshow.NoShow, Day: slots.MustDate(day)})
	}
	on := slots.MustDate("2026-06-14")
	require.True(t, standing(t, p, r, on).IsGood())
	r.Excused = []string{"0"}
	require.Equal(t, slots.MustDate("2026-06-17"), standing(t, p, r, on).SuspendedUntil())
}

func shifted(p noshow.PolicyConfig, r noshow.RecordConfig, days int) (noshow.PolicyConfig, noshow.RecordConfig) {
	p.CountFrom = p.CountFrom.AddDays(days)
	r.Incidents = slices.Clone(r.Incidents)
	for i := range r.Incidents {
		r.Incidents[i].Day = r.Incidents[i].Day.AddDays(days)
	}
	return p, r
}

func shiftBack(s noshow.Standing, days int) noshow.Standing {
	s.On = s.On.AddDays(-days)
	for i, m := range s.Measures {
		s.Measures[i].From = m.From.AddDays(-days)
		if m.Until != noshow.LastDay() {
			s.Measures[i].Until = m.Until.AddDays(-days)
		}
	}
	return s
}

// Any shift leaves rolling days as they are; months and calendar periods only a whole cycle of the calendar, 400 years.
func TestShiftInTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		units, days := everyUnit, 146097
		if rapid.Bool().Draw(t, "days only") {
			units, days = []noshow.Unit{noshow.Days, noshow.Forever}, rapid.IntRange(-3000, 3000).Draw(t, "shift")
		}
		p, r, on := drawWorld(t, bothAfterwards, units...)
		p2, r2 := shifted(p, r, days)
		require.Equal(t, standing(t, p, r, on), shiftBack(standing(t, p2, r2, on.AddDays(days)), days))
	})
}

// ExcusesToLift is right: that many excuses of those that counted unmake the measure, one fewer leaves it.
func TestExcusesToLift(t *testing.T) {
	keep := []noshow.Afterwards{noshow.KeepCounting}
	rapid.Check(t, func(t *rapid.T) {
		p, r, on := drawWorld(t, keep, everyUnit...)
		r.Excused = nil
		for _, m := range standing(t, p, r, on).Measures {
			for n := m.ExcusesToLift - 1; n <= m.ExcusesToLift; n++ {
				r.Excused = m.Because[:n]
				stands := slices.ContainsFunc(standing(t, p, r, on).Measures, func(o noshow.Measure) bool {
					// A measure may rest on incidents of its own day that are excused here: then it is gone all the same.
					return o.Rule == m.Rule && o.From == m.From
				})
				require.Equal(t, n < m.ExcusesToLift, stands, "%v with %d excuses", m, n)
			}
		}
	})
}
