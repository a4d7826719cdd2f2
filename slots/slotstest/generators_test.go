package slotstest

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
)

var firstDay, lastDay = slots.MustDate("2026-11-01"), slots.MustDate("2027-02-28")

func TestGeneratorsDrawValidInput(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Roster(4, firstDay, lastDay).Draw(t, "roster")
		_, err := slots.NewRoster(c)
		require.NoError(t, err)
		c.Leaves = append(c.Leaves, Leave(c, firstDay, lastDay).Draw(t, "leave"))
		c.Closures = append(c.Closures, Closure(c, firstDay, lastDay).Draw(t, "closure"))
		v := Revision(c, firstDay, lastDay).Draw(t, "revision")
		if !slices.ContainsFunc(c.Revisions, func(o slots.Revision) bool { return o.Rule == v.Rule && o.Date == v.Date }) {
			c.Revisions = append(c.Revisions, v)
		}
		_, err = slots.NewRoster(c)
		require.NoError(t, err)
		_, err = slots.NewCalendar(Calendar(firstDay, lastDay).Draw(t, "calendar"))
		require.NoError(t, err)
		require.NoError(t, Repeat(firstDay, lastDay).Draw(t, "repeat").Check())
		r := Release().Draw(t, "release")
		require.NoError(t, r.Check())
		loc := Zone().Draw(t, "zone")
		require.NotNil(t, loc)

		_, err = slots.NewRoster(AdversarialRoster(firstDay, lastDay, loc).Draw(t, "adversarial roster"))
		require.NoError(t, err)
		_, err = slots.NewCalendar(AdversarialCalendar(firstDay, lastDay).Draw(t, "adversarial calendar"))
		require.NoError(t, err)
	})
}

func TestBrokenRostersAreRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := BrokenRoster(firstDay, lastDay).Draw(t, "broken")
		_, err := slots.NewRoster(b.Config)
		require.Error(t, err)
		for _, want := range b.Want {
			require.ErrorContains(t, err, want)
		}
	})
	for _, spoil := range spoilers() { // each alone: nothing else is wrong
		c := slots.RosterConfig{}
		c.Rules = append(c.Rules, goodRule(&c))
		_, err := slots.NewRoster(c)
		require.NoError(t, err)
		want := spoil(&c)
		_, err = slots.NewRoster(c)
		require.ErrorContains(t, err, want)
	}
}

// What is drawn leads to every finding, from fixed seeds: otherwise laws about them would be empty.
func TestGeneratorsReachEveryFinding(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	first := slots.MustDate("2026-10-25")
	seen := map[slots.FindingKind]bool{}
	for seed := 0; seed < 400 && len(seen) < int(slots.IdleFollow); seed++ {
		config := Roster(4, first, lastDay).Example(seed)
		if seed%2 == 1 {
			config = AdversarialRoster(first, lastDay, newYork).Example(seed)
		}
		r, err := slots.NewRoster(config)
		require.NoError(t, err)
		calendar, err := slots.NewCalendar(AdversarialCalendar(first, lastDay).Example(seed))
		require.NoError(t, err)
		_, findings, err := r.Sessions(first, lastDay.AddDays(30-90*(seed%2)), calendar, newYork)
		require.NoError(t, err)
		for _, f := range findings {
			seen[f.Kind] = true
		}
	}
	for k := slots.UnknownYear; k <= slots.IdleFollow; k++ {
		require.True(t, seen[k], "never %v", k)
	}
}

func TestZoneNames(t *testing.T) {
	names := ZoneNames()
	require.Greater(t, len(names), 300)
	require.Contains(t, names, "Asia/Shanghai")
}
