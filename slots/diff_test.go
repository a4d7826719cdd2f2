package slots

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func someSession(id string) Session {
	return Session{ID: id, Rule: "R", Line: Line{Department: "d", Room: "1", Site: "s", Kind: General}, Resources: []string{"P1", "P2"},
		Date: MustDate("2026-11-23"), Part: "am", Start: 6000, Minutes: 60, Slots: []Slot{{6000, 30, 1, AnyVisit}, {7800, 30, 1, AnyVisit}}}
}

func TestDiff(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(*Session)
		want []ChangeKind
	}{
		"nothing":            {func(*Session) {}, nil},
		"order of resources": {func(s *Session) { slices.Reverse(s.Resources) }, nil},
		"start": {func(s *Session) {
			s.Start += 600
			s.Slots = []Slot{{6600, 30, 1, AnyVisit}, {8400, 30, 1, AnyVisit}}
		}, []ChangeKind{Moved}},
		"length":           {func(s *Session) { s.Minutes = 90 }, []ChangeKind{Resized}},
		"fewer slots":      {func(s *Session) { s.Slots = s.Slots[:1] }, []ChangeKind{Resized}},
		"capacity":         {func(s *Session) { s.Slots[1].Capacity = 2 }, []ChangeKind{Resized}},
		"slot length":      {func(s *Session) { s.Slots[1].Minutes = 20 }, []ChangeKind{Resized}},
		"slot start":       {func(s *Session) { s.Slots[1].Start += 60 }, []ChangeKind{Resized}},
		"times":            {func(s *Session) { s.Counted = true }, []ChangeKind{Resized}},
		"start, not slots": {func(s *Session) { s.Start -= 60 }, []ChangeKind{Moved, Resized}},
		"substitute":       {func(s *Session) { s.Resources[0] = "P9" }, []ChangeKind{Reresourced}},
		"room":             {func(s *Session) { s.Line.Room = "2" }, []ChangeKind{Relocated}},
		"site":             {func(s *Session) { s.Line.Site = "t" }, []ChangeKind{Relocated}},
		"fee and grade":    {func(s *Session) { s.Line.Fee, s.Line.Grade = "F", Chief }, []ChangeKind{Relabelled}},
		"part":             {func(s *Session) { s.Part = "pm" }, []ChangeKind{Relabelled}},
		"all": {func(s *Session) {
			s.Start, s.Minutes, s.Resources, s.Line.Room, s.Part = 0, 1, nil, "", ""
		}, []ChangeKind{Moved, Resized, Reresourced, Relocated, Relabelled}},
	} {
		t.Run(name, func(t *testing.T) {
			before, after := someSession("a"), someSession("a")
			c.edit(&after)
			changes, err := Diff([]Session{before}, []Session{after})
			require.NoError(t, err)
			var got []ChangeKind
			for _, ch := range changes {
				require.Equal(t, "a", ch.Session)
				got = append(got, ch.Kind)
			}
			require.Equal(t, c.want, got)
		})
	}
	twice := []Session{someSession("a"), someSession("a")}
	_, err := Diff(twice, nil)
	require.EqualError(t, err, `before: session "a": twice`)
	_, err = Diff(nil, twice)
	require.EqualError(t, err, `after: session "a": twice`)
}

// Added and removed are the differences of the sets, in order of ID, whatever the order of the inputs.
func TestDiffOfSets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}), rapid.ID[string])
		in := func(ids []string) (list []Session) {
			for _, id := range ids {
				list = append(list, someSession(id))
			}
			return list
		}
		old, now := letters.Draw(t, "old"), letters.Draw(t, "now")
		var want []Change
		for _, id := range []string{"a", "b", "c", "d", "e"} {
			switch was, is := slices.Contains(old, id), slices.Contains(now, id); {
			case was && !is:
				want = append(want, Change{id, Removed})
			case is && !was:
				want = append(want, Change{id, Added})
			}
		}
		got, err := Diff(in(old), in(now))
		require.NoError(t, err)
		require.Equal(t, want, got)
	})
}
