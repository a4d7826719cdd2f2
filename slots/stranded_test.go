package slots_test

import (
	"math/rand"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// booking is one booked unit.
type booking struct {
	session string
	slot    slots.Slot
	place   int // among those of the slot, from 0
}

// naiveKeeps asks for one booked unit whether it has a place in after: a seat in its session at its time, or where nothing of its slot changed.
func naiveKeeps(b booking, before slots.Session, after []slots.Session) (kept, gone bool) {
	i := slices.IndexFunc(after, func(s slots.Session) bool { return s.ID == b.session })
	if i < 0 {
		return false, true
	}
	for _, s := range after[i].Slots {
		same := s.Start == b.slot.Start && s.Minutes >= b.slot.Minutes && !before.Counted && !after[i].Counted
		if before.Counted && after[i].Counted {
			same = before.Date == after[i].Date
		}
		if same && (s.Visit == slots.AnyVisit || s.Visit == b.slot.Visit) {
			return b.place < s.Capacity || s.Capacity >= b.slot.Capacity, false
		}
	}
	return false, false
}

// The units that Stranded lists and those that keep their place are all that were booked, one by one; and if it lists none, everybody has
// the slot that he booked.
func TestNobodyIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		before, _ := generate(t, w, w.config, w.first, w.last)
		next := drawEdit(t, w)
		after, _ := generate(t, w, next, w.first, w.last)

		seed := rapid.Int64().Draw(t, "bookings")
		var list []booking
		asked := map[string]int{}
		r := rand.New(rand.NewSource(seed))
		for _, s := range sortedByID(before) {
			for _, slot := range s.Slots {
				n := r.Intn(min(slot.Capacity, 6)+3) - 1
				asked[s.ID+slot.Start.String()] = n
				for place := range max(n, 0) {
					list = append(list, booking{s.ID, slot, place})
				}
			}
		}
		lost, err := slots.Stranded(before, after, func(session string, slot slots.Slot) int {
			n, ok := asked[session+slot.Start.String()]
			require.True(t, ok, "asked once, of slots of before")
			delete(asked, session+slot.Start.String())
			return n
		})
		require.NoError(t, err)
		require.Empty(t, asked, "asked for all")

		was := byID(before)
		want := []slots.Stranding{}
		for _, b := range list {
			kept, gone := naiveKeeps(b, was[b.session], after)
			if kept {
				continue
			}
			if n := len(want); n > 0 && want[n-1].Session == b.session && want[n-1].Slot == b.slot {
				want[n-1].Units++
				continue
			}
			want = append(want, slots.Stranding{Session: b.session, Slot: b.slot, Units: 1, Gone: gone})
		}
		require.Equal(t, want, append([]slots.Stranding{}, lost...))

		changes, err := slots.Diff(before, after)
		require.NoError(t, err)
		told := map[string]bool{}
		for _, c := range changes {
			told[c.Session] = true
		}
		for _, x := range lost {
			require.True(t, told[x.Session], "who is stranded is in a session that changed")
		}
	})
}

func sortedByID(list []slots.Session) []slots.Session {
	return slices.SortedFunc(slices.Values(list), func(a, b slots.Session) int {
		switch {
		case a.ID < b.ID:
			return -1
		case a.ID > b.ID:
			return 1
		}
		return 0
	})
}

// drawEdit draws what the roster office does to a roster.
func drawEdit(t *rapid.T, w world) slots.RosterConfig {
	c := w.config
	i := rapid.IntRange(0, len(c.Rules)-1).Draw(t, "rule")
	rules := slices.Clone(c.Rules)
	r := &rules[i]
	switch rapid.IntRange(0, 6).Draw(t, "edit") {
	case 0:
		c.Leaves = append(slices.Clone(c.Leaves), slotstest.Leave(c, w.first, w.last).Draw(t, "leave"))
	case 1:
		c.Closures = append(slices.Clone(c.Closures), slotstest.Closure(c, w.first, w.last).Draw(t, "closure"))
	case 2:
		v := slotstest.Revision(c, w.first, w.last).Draw(t, "revision")
		if !slices.ContainsFunc(c.Revisions, func(o slots.Revision) bool { return o.Rule == v.Rule && o.Date == v.Date }) {
			c.Revisions = append(slices.Clone(c.Revisions), v)
		}
	case 3: // fewer or more of each slot
		if r.Cut.Kind != slots.MixedSlots {
			r.Cut.Capacity = max(1, r.Cut.Capacity-rapid.IntRange(-1, 2).Draw(t, "less"))
		}
	case 4: // for other visits
		if r.Cut.Kind != slots.MixedSlots {
			r.Cut.Visit = slots.Visit(rapid.IntRange(0, 2).Draw(t, "visit"))
		}
	case 5: // slots of another length
		if r.Cut.Kind == slots.EvenSlots {
			r.Cut.Minutes = rapid.IntRange(max(1, r.Cut.Minutes/2), r.Cut.Minutes).Draw(t, "slot minutes")
		}
	case 6: // a closed day
		r.Closed = append(slices.Clone(r.Closed), slotstest.Date(w.first, w.last).Draw(t, "closed"))
	}
	c.Rules = rules
	if _, err := slots.NewRoster(c); err != nil {
		t.Skip("the edit does not fit: ", err)
	}
	return c
}

// The edges, one by one.
func TestStranded(t *testing.T) {
	start := slots.MustInstant("2026-11-23T08:00:00+08:00")
	session := func(list ...slots.Slot) slots.Session {
		return slots.Session{ID: "a", Date: slots.MustDate("2026-11-23"), Start: start, Minutes: 60, Slots: list}
	}
	slot := slots.Slot{Start: start, Minutes: 15, Capacity: 2, Visit: slots.FirstVisit}
	with := func(edit func(*slots.Slot)) slots.Session {
		s := slot
		edit(&s)
		return session(s)
	}
	for _, c := range []struct {
		name   string
		after  []slots.Session
		booked int
		want   int
		gone   bool
	}{
		{"nothing changes", []slots.Session{session(slot)}, 2, 0, false},
		{"nothing changes for those over it", []slots.Session{session(slot)}, 3, 0, false},
		{"nobody is booked", nil, 0, 0, false},
		{"the session is gone", nil, 2, 2, true},
		{"another session at the same time", []slots.Session{{ID: "b", Start: start, Minutes: 60, Slots: []slots.Slot{slot}}}, 1, 1, true},
		{"one less", []slots.Session{with(func(s *slots.Slot) { s.Capacity = 1 })}, 2, 1, false},
		{"one less, one booked", []slots.Session{with(func(s *slots.Slot) { s.Capacity = 1 })}, 1, 0, false},
		{"one less, three were booked into two", []slots.Session{with(func(s *slots.Slot) { s.Capacity = 1 })}, 3, 2, false},
		{"shorter", []slots.Session{with(func(s *slots.Slot) { s.Minutes = 14 })}, 1, 1, false},
		{"longer", []slots.Session{with(func(s *slots.Slot) { s.Minutes = 30 })}, 2, 0, false},
		{"a minute later", []slots.Session{with(func(s *slots.Slot) { s.Start += 60 })}, 1, 1, false},
		{"for any visit", []slots.Session{with(func(s *slots.Slot) { s.Visit = slots.AnyVisit })}, 2, 0, false},
		{"for follow-ups", []slots.Session{with(func(s *slots.Slot) { s.Visit = slots.FollowUp })}, 2, 2, false},
		{"without times", []slots.Session{func() slots.Session { s := session(slot); s.Counted = true; return s }()}, 2, 2, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			lost, err := slots.Stranded([]slots.Session{session(slot)}, c.after, func(string, slots.Slot) int { return c.booked })
			require.NoError(t, err)
			if c.want == 0 {
				require.Empty(t, lost)
				return
			}
			require.Equal(t, []slots.Stranding{{Session: "a", Slot: slot, Units: c.want, Gone: c.gone}}, lost)
		})
	}
	twice := []slots.Session{session(slot), session(slot)}
	none := func(string, slots.Slot) int { return 0 }
	_, err := slots.Stranded(twice, nil, none)
	require.EqualError(t, err, `before: session "a": twice`)
	_, err = slots.Stranded(nil, twice, none)
	require.EqualError(t, err, `after: session "a": twice`)
}
