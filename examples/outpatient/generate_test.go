package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
)

// TestShippedDataAreGenerated keeps the files beside the program what -generate writes for seed 1.
func TestShippedDataAreGenerated(t *testing.T) {
	for _, f := range generate(1) {
		data, err := fs.ReadFile(shipped(), f.Name)
		require.NoError(t, err)
		require.True(t, bytes.Equal(data, f.Data), "%s: run go run ./examples/outpatient -generate examples/outpatient/data -seed 1", f.Name)
	}
}

func TestWriteGenerated(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	require.NoError(t, writeGenerated(dir, 5))
	h, err := loadData(os.DirFS(dir))
	require.NoError(t, err)
	require.Equal(t, uint64(5), h.Seed)
	require.Equal(t, []string{"taken from the shipped data: holidays"}, h.Notes)
}

// TestRosterHasItsShape holds the promised counts for any seed.
func TestRosterHasItsShape(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := generateRoster(rapid.Uint64().Draw(t, "seed"), generatedFrom)
		physicians, departments, rooms, ids := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
		at, in := map[string][]string{}, map[string]int{}
		closed, evenings := 0, 0
		var flags [4]int
		for _, r := range rows {
			physicians[r.Physician], departments[r.Department], rooms[r.Room], ids[r.ID()] = true, true, true, true
			cell := weekdayCodes[r.Weekday] + r.Part
			at[r.Physician+cell] = append(at[r.Physician+cell], r.Department+"/"+r.Room)
			in[r.Room+cell]++
			closed += len(r.Closed)
			flags[r.Flag]++
			if r.Part == "evening" {
				evenings++
			}
			for i, d := range r.Closed {
				require.Equal(t, r.Weekday, d.Weekday())
				require.False(t, d.Before(generatedFrom))
				require.True(t, i == 0 || r.Closed[i-1].Before(d))
			}
		}
		twoPlaces, shared := 0, 0
		for _, places := range at {
			if len(places) > 1 {
				twoPlaces++
				require.Len(t, slices.Compact(slices.Sorted(slices.Values(places))), 2, "two different places")
			}
		}
		for _, n := range in {
			if n > 1 {
				shared++
			}
		}
		require.Equal(t, []int{304, 304, 89, 35, 38}, []int{len(rows), len(ids), len(physicians), len(departments), len(rooms)})
		require.Equal(t, []int{19, 18, 154, 41}, []int{twoPlaces, shared, closed, evenings})
		require.Equal(t, [4]int{281, 10, 8, 5}, flags)
	})
}

func TestShippedDataSet(t *testing.T) {
	h, err := loadData(shipped())
	require.NoError(t, err)
	require.Empty(t, h.Notes, "nothing is missing beside the program")
	require.Empty(t, h.Played, "all departments are played")
	require.Len(t, h.Findings, 19+18)
	for _, d := range h.Departments {
		require.NotEqual(t, d.Chinese, d.English)
	}
	// 4 to a half-hour at :00 :07 :15 :22, by the general row.
	sessions := playedSessions(t, h)
	i := slices.IndexFunc(sessions, func(s slots.Session) bool { return s.Line.Department == "01" && s.Part == "am" })
	var clocks []string
	for _, s := range sessions[i].Slots[:5] {
		clocks = append(clocks, s.Start.In(h.Zone).Format("15:04"))
	}
	require.Equal(t, []string{"08:00", "08:07", "08:15", "08:22", "08:30"}, clocks)
}

// playedSessions are the consulting and imaging sessions of the shipped weeks.
func playedSessions(t *testing.T, h *Hospital) []slots.Session {
	t.Helper()
	roster, err := slots.NewRoster(slots.RosterConfig{Rules: append(h.consultingRules(h.Played), h.imagingRules()...), Follows: h.Follows})
	require.NoError(t, err)
	sessions, _, err := roster.Sessions(h.FirstDay, h.FirstDay.AddDays(7*h.Weeks-1), h.Calendar, h.Zone)
	require.NoError(t, err)
	require.NotEmpty(t, sessions)
	return sessions
}

// TestCapacityIsThatOfSlots holds PartRow.Capacity against what slots makes of the part.
func TestCapacityIsThatOfSlots(t *testing.T) {
	h, err := loadData(shipped())
	require.NoError(t, err)
	counted := 0
	roster, err := slots.NewRoster(slots.RosterConfig{Rules: h.consultingRules(nil)})
	require.NoError(t, err)
	sessions, _, err := roster.Sessions(h.FirstDay, h.FirstDay.AddDays(6), h.Calendar, h.Zone)
	require.NoError(t, err)
	for _, s := range sessions {
		part, ok := h.part(s.Part, s.Line.Department)
		require.True(t, ok)
		require.Equal(t, part.Capacity(), s.Units(), s.ID)
		if s.Counted {
			counted++
		}
	}
	require.Positive(t, counted, "the counted clinic is among them")
	require.Equal(t, 7, PartRow{Cut: "packed", Minutes: 60, SlotMinutes: 30, PerSlot: 4, Numbers: 7}.Capacity())
}
