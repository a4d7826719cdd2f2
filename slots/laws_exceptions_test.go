package slots_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

func byID(sessions []slots.Session) map[string]slots.Session {
	m := map[string]slots.Session{}
	for _, s := range sessions {
		m[s.ID] = s
	}
	return m
}

// Everything left is as it was before: same identities, times and capacities.
func requireOnlyRemoved(t require.TestingT, before, after []slots.Session) {
	old := byID(before)
	for _, s := range after {
		was, ok := old[s.ID]
		require.True(t, ok, s.ID)
		for _, slot := range s.Slots {
			require.Contains(t, was.Slots, slot)
		}
		was.Slots, s.Slots = nil, nil
		require.Equal(t, was, s)
	}
}

func TestLeaveOnlyRemoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		more := w.config
		more.Leaves = append(slices.Clone(more.Leaves), slotstest.Leave(w.config, w.first, w.last).Draw(t, "leave"))
		before, _ := generate(t, w, w.config, w.first, w.last)
		after, _ := generate(t, w, more, w.first, w.last)
		requireOnlyRemoved(t, before, after)
	})
}

// A closure takes away and does nothing else; of the whole day and of all departments no slot begins at its site.
func TestClosuresOnlyRemove(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		more, x := w.config, slotstest.Closure(w.config, w.first, w.last).Draw(t, "closure")
		more.Closures = append(slices.Clone(more.Closures), x)
		before, _ := generate(t, w, w.config, w.first, w.last)
		after, _ := generate(t, w, more, w.first, w.last)
		requireOnlyRemoved(t, before, after)
		for _, s := range after {
			if s.Counted || x.Start != x.End || s.Line.Site != x.Site || x.Department != "" && x.Department != s.Line.Department {
				continue
			}
			for _, slot := range s.Slots { // by the clock: also of a session that began the evening before
				d := slots.DateOf(slot.Start, w.loc)
				require.True(t, d.Before(x.From) || d.After(x.Until), s.ID)
			}
		}
	})
}

// Where nobody is on leave a substitute changes who, and perhaps the grade, of sessions on its days: never which, when, where or how many.
func TestSubstitutesChangeWhoOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		w.config.Leaves = slices.DeleteFunc(slices.Clone(w.config.Leaves), func(l slots.Leave) bool { return l.Resource != "" })
		more, x := w.config, slotstest.Substitute(w.config, w.first, w.last).Draw(t, "substitute")
		if slices.ContainsFunc(more.Substitutes, func(o slots.Substitute) bool { return o.Rule == x.Rule && o.Resource == x.Resource }) {
			t.Skip("there is one already")
		}
		more.Substitutes = append(slices.Clone(more.Substitutes), x)
		before, _ := generate(t, w, w.config, w.first, w.last)
		after, _ := generate(t, w, more, w.first, w.last)
		changes, err := slots.Diff(before, after)
		require.NoError(t, err)
		for _, c := range changes {
			require.Contains(t, []slots.ChangeKind{slots.Reresourced, slots.Relabelled}, c.Kind)
		}
		require.Len(t, after, len(before))
		for i := range after {
			a, b := before[i], after[i]
			on := b.Date.Compare(x.From) >= 0 && b.Date.Compare(x.Until) <= 0 && (x.Rule == "" || x.Rule == b.Rule)
			if !on {
				require.Equal(t, a, b, "of another day or rule")
			} else if !slices.Equal(a.Resources, b.Resources) {
				require.Contains(t, b.Resources, x.By)
			}
			b.Resources, b.Line.Grade, b.Line.Fee = a.Resources, a.Line.Grade, a.Line.Fee
			require.Equal(t, a, b)
		}
		lost, err := slots.Stranded(before, after, func(string, slots.Slot) int { return 1 })
		require.NoError(t, err)
		require.Empty(t, lost, "nobody's number disappears")
	})
}

// A revision touches one session, which keeps its identity; and what it says is what is then so.
func TestRevisionsTouchOneSession(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		more, v := w.config, slotstest.Revision(w.config, w.first, w.last).Draw(t, "revision")
		if slices.ContainsFunc(more.Revisions, func(o slots.Revision) bool { return o.Rule == v.Rule && o.Date == v.Date }) {
			t.Skip("there is one already")
		}
		first, last := w.first, w.last
		for _, d := range []slots.Date{v.Date, v.To} {
			if d.IsValid() && d.Before(first) {
				first = d
			}
			if d.After(last) {
				last = d
			}
		}
		id := v.Rule + "/" + v.Date.String()
		more.Revisions = append(slices.Clone(more.Revisions), v)
		before, _ := generate(t, w, w.config, first, last)
		after, findings := generate(t, w, more, first, last)
		was, is := byID(before), byID(after)
		told := func(kinds ...slots.FindingKind) bool {
			return slices.ContainsFunc(findings, func(f slots.Finding) bool { return f.Session == id && slices.Contains(kinds, f.Kind) })
		}
		if s, held := is[id]; held {
			require.False(t, told(slots.IdleRevision))
			require.Equal(t, v.Rule, s.Rule)
			if v.To.IsValid() {
				require.Equal(t, v.To, s.Date)
			}
			if v.Site != "" {
				require.Equal(t, v.Site, s.Line.Site)
			}
			if v.Room != "" {
				require.Equal(t, v.Room, s.Line.Room)
			}
			if v.Hours != (slots.Hours{}) && w.loc == time.UTC {
				require.Equal(t, v.Hours.Minutes, s.Minutes)
			}
			if v.Cut.Kind != 0 {
				require.Equal(t, v.Cut.Kind == slots.CountedNumbers, s.Counted)
			}
		} else if _, was := was[id]; was {
			require.True(t, told(slots.Emptied, slots.NothingFits, slots.SkippedSlots), "what was held is held, or it is told why not")
		}
		delete(was, id)
		delete(is, id)
		require.Equal(t, was, is, "no other session changes")
	})
}

// The same roster, calendar and range so many days later give the same sessions and findings so many days later.
func checkShifted(t *rapid.T, w world, days int) {
	shift := func(d slots.Date) slots.Date { return d.AddDays(days) } // no date stays none
	all := func(list []slots.Date) (moved []slots.Date) {
		for _, d := range list {
			moved = append(moved, shift(d))
		}
		return moved
	}
	c := slots.RosterConfig{}
	for _, r := range w.config.Rules {
		r.Dates, r.Closed, r.From, r.Until, r.Repeat.Anchor = all(r.Dates), all(r.Closed), shift(r.From), shift(r.Until), shift(r.Repeat.Anchor)
		c.Rules = append(c.Rules, r)
	}
	for _, x := range w.config.Extras {
		x.Date = shift(x.Date)
		c.Extras = append(c.Extras, x)
	}
	for _, x := range w.config.Revisions {
		x.Date, x.To = shift(x.Date), shift(x.To)
		c.Revisions = append(c.Revisions, x)
	}
	for _, x := range w.config.Substitutes {
		x.From, x.Until = shift(x.From), shift(x.Until)
		c.Substitutes = append(c.Substitutes, x)
	}
	for _, x := range w.config.Leaves {
		x.From, x.Until = shift(x.From), shift(x.Until)
		c.Leaves = append(c.Leaves, x)
	}
	for _, x := range w.config.Closures {
		x.From, x.Until = shift(x.From), shift(x.Until)
		c.Closures = append(c.Closures, x)
	}
	for _, x := range w.config.Follows {
		x.Date, x.Of = shift(x.Date), shift(x.Of)
		c.Follows = append(c.Follows, x)
	}
	sessions, findings := generate(t, w, w.config, w.first, w.last)
	later := w
	later.days = slots.CalendarConfig{Weekend: w.days.Weekend}
	for _, y := range w.days.Years {
		later.days.Years = append(later.days.Years, y+days/146097*400)
	}
	for _, d := range w.days.Days {
		d.Date = shift(d.Date)
		later.days.Days = append(later.days.Days, d)
	}
	var err error
	later.calendar, err = slots.NewCalendar(later.days)
	require.NoError(t, err)
	got, gotFindings := generate(t, later, c, shift(w.first), shift(w.last))

	seconds := slots.Instant(days) * 86400
	rename := func(id string) string {
		rule, date, found := strings.Cut(id, "/")
		if !found {
			return id
		}
		return rule + "/" + shift(slots.MustDate(date)).String()
	}
	for i := range sessions {
		s := &sessions[i]
		s.ID, s.Date, s.Start = rename(s.ID), shift(s.Date), s.Start+seconds
		for j := range s.Slots {
			s.Slots[j].Start += seconds
		}
	}
	for i := range findings {
		f := &findings[i]
		f.Session, f.Other, f.Date = rename(f.Session), rename(f.Other), shift(f.Date)
		if f.At != 0 {
			f.At += seconds
		}
	}
	require.Equal(t, sessions, got)
	require.Equal(t, findings, gotFindings)
}

// Where rules know weeks and days only, a week later is the same, in UTC.
func TestAWeekLaterIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorldIn(t, time.UTC)
		w.days.Years = []int{2026, 2027}
		for i := range w.config.Rules {
			r := &w.config.Rules[i].Repeat
			if r.Weekdays == 0 && len(w.config.Rules[i].Dates) == 0 {
				*r = slots.Daily()
			}
			weeks := slots.Repeat{Weekdays: r.Weekdays}
			if r.Unit == slots.CountDays || r.Unit == slots.CountWeeks {
				weeks.Every, weeks.Unit, weeks.Anchor, weeks.WeekStart = r.Every, r.Unit, r.Anchor, r.WeekStart
			}
			*r = weeks
		}
		var err error
		w.calendar, err = slots.NewCalendar(w.days)
		require.NoError(t, err)
		checkShifted(t, w, 7)
	})
}

// The calendar repeats itself after 400 years, whatever the rules.
func TestFourHundredYearsLaterIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkShifted(t, drawWorldIn(t, time.UTC), 146097) })
}
