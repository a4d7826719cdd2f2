package slotstest

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
)

func TestGeneratorsDrawValidInput(t *testing.T) {
	first, last := slots.MustDate("2026-11-01"), slots.MustDate("2027-02-28")
	rapid.Check(t, func(t *rapid.T) {
		_, err := slots.NewRoster(Roster(4, first, last).Draw(t, "roster"))
		require.NoError(t, err)
		_, err = slots.NewCalendar(Calendar(first, last).Draw(t, "calendar"))
		require.NoError(t, err)
		require.NotNil(t, Zone().Draw(t, "zone"))
	})
}

func TestZoneNames(t *testing.T) {
	names := ZoneNames()
	require.Greater(t, len(names), 300)
	require.Contains(t, names, "Asia/Shanghai")
}
