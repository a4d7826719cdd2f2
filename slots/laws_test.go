package slots_test

import (
	"math"
	"math/rand"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

var (
	firstDay = slots.MustDate("2026-10-25") // with the changes of clocks of October to April, and a change of year
	lastDay  = slots.MustDate("2027-04-05")
)

// world is a drawn roster and what is needed to generate from it.
type world struct {
	config      slots.RosterConfig
	days        slots.CalendarConfig
	calendar    slots.Calendar
	loc         *time.Location
	first, last slots.Date
}

func drawWorld(t *rapid.T) world { return drawWorldIn(t, drawZone(t)) }

// drawWorldIn draws every third time a world that is awkward on purpose, over a shorter range.
func drawWorldIn(t *rapid.T, loc *time.Location) world {
	w := world{loc: loc, first: slotstest.Date(firstDay, lastDay).Draw(t, "first")}
	if rapid.IntRange(0, 2).Draw(t, "adversarial") == 2 {
		w.last = w.first.AddDays(rapid.IntRange(0, 12).Draw(t, "days"))
		w.config = slotstest.AdversarialRoster(w.first, w.last.AddDays(2), loc).Draw(t, "roster")
		w.days = slotstest.AdversarialCalendar(w.first.AddDays(-2), w.last).Draw(t, "calendar")
	} else {
		w.last = slotstest.Date(w.first, lastDay).Draw(t, "last")
		w.config = slotstest.Roster(4, firstDay, lastDay).Draw(t, "roster")
		w.days = slotstest.Calendar(firstDay, lastDay).Draw(t, "calendar")
	}
	var err error
	w.calendar, err = slots.NewCalendar(w.days)
	require.NoError(t, err)
	return w
}

// drawZone draws by name, so that a failure prints a name and not the zone's history.
func drawZone(t *rapid.T) *time.Location {
	loc, err := time.LoadLocation(slotstest.ZoneName().Draw(t, "zone"))
	require.NoError(t, err)
	return loc
}

func generate(t require.TestingT, w world, c slots.RosterConfig, first, last slots.Date) ([]slots.Session, []slots.Finding) {
	r, err := slots.NewRoster(c)
	require.NoError(t, err)
	sessions, findings, err := r.Sessions(first, last, w.calendar, w.loc)
	require.NoError(t, err)
	return sessions, findings
}

func TestGeneratingAgainGivesTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		a, fa := generate(t, w, w.config, w.first, w.last)
		b, fb := generate(t, w, w.config, w.first, w.last)
		require.Equal(t, a, b)
		require.Equal(t, fa, fb)
		changes, err := slots.Diff(a, b)
		require.NoError(t, err)
		require.Empty(t, changes)
	})
}

func TestOrderOfConfigurationMeansNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		c := w.config
		r := rand.New(rand.NewSource(rapid.Int64().Draw(t, "shuffle")))
		c.Rules, c.Extras, c.Leaves, c.Follows = shuffled(r, c.Rules), shuffled(r, c.Extras), shuffled(r, c.Leaves), shuffled(r, c.Follows)
		c.Revisions, c.Substitutes, c.Closures = shuffled(r, c.Revisions), shuffled(r, c.Substitutes), shuffled(r, c.Closures)
		for i := range c.Rules {
			x := &c.Rules[i]
			x.Resources, x.Closed, x.Dates, x.Blocks = shuffled(r, x.Resources), shuffled(r, x.Closed), shuffled(r, x.Dates), shuffled(r, x.Blocks)
		}
		for i := range c.Extras {
			x := &c.Extras[i]
			x.Resources, x.Blocks = shuffled(r, x.Resources), shuffled(r, x.Blocks)
		}
		a, fa := generate(t, w, w.config, w.first, w.last)
		b, fb := generate(t, w, c, w.first, w.last)
		require.Equal(t, a, b)
		require.Equal(t, fa, fb)
	})
}

func shuffled[E any](r *rand.Rand, list []E) []E {
	list = slices.Clone(list)
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

func TestARangeIsItsPartsInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		if w.first == w.last {
			return
		}
		cut := slotstest.Date(w.first, w.last.AddDays(-1)).Draw(t, "cut")
		whole, _ := generate(t, w, w.config, w.first, w.last)
		a, _ := generate(t, w, w.config, w.first, cut)
		b, _ := generate(t, w, w.config, cut.AddDays(1), w.last)
		require.Equal(t, whole, append(a, b...))
	})
}

func TestSlotsLieInTheirSessionInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		sessions, findings := generate(t, w, w.config, w.first, w.last)
		ids := map[string]bool{}
		for i, s := range sessions {
			require.False(t, ids[s.ID], "identities are unique")
			ids[s.ID] = true
			moved := slices.ContainsFunc(w.config.Revisions, func(v slots.Revision) bool {
				return v.To == s.Date && s.ID == v.Rule+"/"+v.Date.String() && s.Rule == v.Rule
			})
			require.True(t, moved || s.ID == s.Rule+"/"+s.Date.String(), "the date that it was planned for names it: %s on %v", s.ID, s.Date)
			require.True(t, s.Date.Compare(w.first) >= 0 && s.Date.Compare(w.last) <= 0)
			if i > 0 {
				require.LessOrEqual(t, sessions[i-1].Start, s.Start)
			}
			require.NotEmpty(t, s.Slots)
			units := 0
			for j, slot := range s.Slots {
				require.Positive(t, slot.Minutes)
				require.Positive(t, slot.Capacity)
				require.GreaterOrEqual(t, slot.Start, s.Start)
				require.LessOrEqual(t, slot.Span().To(), s.Span().To(), "no slot past the end")
				if j > 0 {
					require.GreaterOrEqual(t, slot.Start, s.Slots[j-1].Span().To(), "no overlap")
				}
				units += slot.Capacity
			}
			require.Equal(t, units, s.Units())
			if s.Counted {
				require.Len(t, s.Slots, 1)
				require.Equal(t, s.Start, s.Slots[0].Start)
			}
		}
		require.True(t, slices.IsSortedFunc(findings, slots.Finding.Compare))
		for _, f := range findings {
			require.True(t, f.Kind.IsValid())
			if f.Kind == slots.ResourceClash || f.Kind == slots.RoomClash {
				require.True(t, ids[f.Session] && ids[f.Other])
				require.Positive(t, f.Count)
			}
		}
	})
}

// Whatever numbers stand in a roster, it is refused or it generates; it never panics, and a refusal says something.
func TestWildNumbers(t *testing.T) {
	wild := rapid.OneOf(rapid.SampledFrom([]int{math.MinInt, math.MinInt32, -1, 0, 1, 1440, 1441, math.MaxInt32, math.MaxInt}), rapid.IntRange(-5, 50))
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		r := &w.config.Rules[0]
		switch rapid.IntRange(0, 4).Draw(t, "spoil") {
		case 0:
			r.Minutes = wild.Draw(t, "minutes")
		case 1:
			r.Cut = slots.Even(wild.Draw(t, "slot"), wild.Draw(t, "capacity"))
		case 2:
			r.Cut = slots.Packed(wild.Draw(t, "segment"), wild.Draw(t, "per segment"), wild.Draw(t, "numbers"))
		case 3:
			r.Cut = slots.Counted(wild.Draw(t, "numbers"), wild.Draw(t, "stay"))
		case 4:
			r.Repeat, r.Line.Kind, r.Holidays = slots.Weekly(slots.Weekday(wild.Draw(t, "weekday"))), slots.Kind(wild.Draw(t, "kind")), slots.Holidays(wild.Draw(t, "holidays"))
		}
		roster, err := slots.NewRoster(w.config)
		if err != nil {
			require.Regexp(t, `Rules\[0\] \(ID "R0"\): |Revisions\[\d\]: `, err.Error(), "a revision may not fit the rule any more")
			return
		}
		sessions, _, err := roster.Sessions(w.first, w.last, w.calendar, w.loc)
		require.NoError(t, err)
		for _, s := range sessions {
			for _, slot := range s.Slots {
				require.Positive(t, slot.Minutes)
				require.Positive(t, slot.Capacity)
				require.LessOrEqual(t, slot.Span().To(), s.Span().To())
			}
		}
	})
}

// A caller may do with the sessions what it likes: the roster, and other sessions, do not change.
func TestSessionsShareNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		r, err := slots.NewRoster(w.config)
		require.NoError(t, err)
		a, _, err := r.Sessions(w.first, w.last, w.calendar, w.loc)
		require.NoError(t, err)
		copies := []slots.Session{}
		for i := range a {
			copies = append(copies, a[i].Clone())
		}
		for i := range a {
			require.Equal(t, copies[i], a[i])
			for j := range a[i].Resources {
				a[i].Resources[j] = "?"
			}
			for j := range a[i].Slots {
				a[i].Slots[j] = slots.Slot{}
			}
		}
		for i := range w.config.Rules {
			for j := range w.config.Rules[i].Resources {
				w.config.Rules[i].Resources[j] = "!"
			}
		}
		b, _, err := r.Sessions(w.first, w.last, w.calendar, w.loc)
		require.NoError(t, err)
		require.Equal(t, copies, b)
	})
}

// A session is named in a finding of a clash exactly if it shares a resource (or room), at some moment, with another: compared with all
// pairs of what the naive generation occupies, in UTC. A buffer is occupied; a break, and what leave took out, is not.
func TestClashesAgainstAllPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorldIn(t, time.UTC)
		w.last = w.first.AddDays(min(w.last.Sub(w.first), 21))
		_, findings := generate(t, w, w.config, w.first, w.last)
		got, want := map[string]bool{}, map[string]bool{}
		for _, f := range findings {
			if f.Kind == slots.ResourceClash || f.Kind == slots.RoomClash {
				got[f.Kind.String()+" "+f.Resource+": "+f.Session], got[f.Kind.String()+" "+f.Resource+": "+f.Other] = true, true
			}
		}
		n := naive{config: w.config, calendar: w.days}
		n.generate(w.first, w.last)
		for name, list := range n.occupied {
			for _, a := range list {
				for _, b := range list {
					if a.session != b.session && a.from < b.to && b.from < a.to {
						want[name+": "+a.session] = true
					}
				}
			}
		}
		require.Equal(t, want, got)
	})
}
