package slots_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// onWall is what a rule gives on a day by the clocks on the wall, walked minute by minute: the session (or none) and what it finds.
func (w *wall) onWall(r slots.Rule, d slots.Date) (held []slots.Session, findings []slots.Finding) {
	marks, unused := naiveCut(r.Cut, r.Blocks, slots.Hours{Start: r.Start, Minutes: r.Minutes})
	s := slots.Session{ID: r.ID + "/" + d.String(), Rule: r.ID, Line: r.Line, Resources: []string{}, Date: d,
		Counted: r.Cut.Kind == slots.CountedNumbers, Start: w.first(d, r.Start.Minutes())}
	s.Minutes = int(w.first(d, r.Start.Minutes()+r.Minutes)-s.Start) / 60
	skipped := slots.Finding{Kind: slots.SkippedSlots, Date: d, Session: s.ID}
	repeated := slots.Finding{Kind: slots.RepeatedSlots, Date: d, Session: s.ID}
	note := func(f *slots.Finding, at slots.Instant) {
		if f.Count++; f.Count == 1 {
			f.At = at
		}
	}
	for _, m := range marks {
		minute := r.Start.Minutes() + m.from
		at, end := w.first(d, minute), w.first(d, minute+m.minutes)
		shown := w.often[int(d.Number())*1440+minute-w.base]
		lost := shown == 0 || end < at.AddMinutes(m.minutes)
		if s.Counted { // numbers without times go with what is left of the session, if it is as long as a stay
			lost = s.Minutes < m.minutes
		}
		if lost {
			note(&skipped, at)
			continue
		}
		if shown > 1 {
			note(&repeated, at)
		}
		s.Slots = append(s.Slots, slots.Slot{Start: at, Minutes: m.minutes, Capacity: m.capacity, Visit: m.visit})
	}
	for _, f := range []slots.Finding{skipped, repeated, {Kind: slots.UnusedMinutes, Date: d, Session: s.ID, Count: unused}} {
		if f.Count > 0 {
			findings = append(findings, f)
		}
	}
	if len(s.Slots) == 0 {
		return nil, findings
	}
	return []slots.Session{s}, findings
}

// checkZone generates rules over the days around a change of the clocks and compares with the wall: every slot is where the rule says, once,
// the first time; none overlaps another; none is lost but those that are told.
func checkZone(t require.TestingT, loc *time.Location, change time.Time, rules []slots.Rule) {
	day := slots.DateOf(slots.InstantOf(change), loc)
	walls := walkClocks(day, 1, 1, loc)
	first, last := day.AddDays(-1), day
	var want []slots.Session
	var told []slots.Finding
	for d := first; d.Compare(last) <= 0; d = d.AddDays(1) {
		for _, r := range rules {
			sessions, findings := walls.onWall(r, d)
			want, told = append(want, sessions...), append(told, findings...)
		}
	}
	roster, err := slots.NewRoster(slots.RosterConfig{Rules: rules})
	require.NoError(t, err)
	got, found, err := roster.Sessions(first, last, slots.Calendar{}, loc)
	require.NoError(t, err)
	for _, s := range got {
		i := slices.IndexFunc(want, func(x slots.Session) bool { return x.ID == s.ID })
		require.GreaterOrEqual(t, i, 0, "%v: %s", loc, s.ID)
		require.Equal(t, want[i], s, "%v", loc)
		for j := 1; j < len(s.Slots); j++ {
			require.LessOrEqual(t, s.Slots[j-1].Span().To(), s.Slots[j].Start, "%v: no overlap", loc)
		}
	}
	require.Len(t, got, len(want), "%v %v", loc, change)
	once := map[string]bool{} // unused minutes are told once a rule
	told = slices.DeleteFunc(told, func(f slots.Finding) bool {
		rule := f.Session[:len(f.Session)-11]
		again := f.Kind == slots.UnusedMinutes && once[rule]
		once[rule] = once[rule] || f.Kind == slots.UnusedMinutes
		return again
	})
	require.ElementsMatch(t, told, found, "%v %v", loc, change)
}

// changeRules are sessions of all cuts that begin before, at and after the times that a change of the clocks skips or repeats.
func changeRules(change time.Time, loc *time.Location, salt int) (rules []slots.Rule) {
	_, before := change.Add(-time.Second).In(loc).Zone()
	shown := change.UTC().Add(time.Duration(before) * time.Second)
	cuts := []slots.Cut{slots.Even(20, 2), slots.Packed(30, 4, 0), slots.Mixed(slots.Step{Minutes: 30, Capacity: 1}, slots.Step{Minutes: 7, Capacity: 2}).With(3),
		slots.Counted(9, 15), slots.Even(60, 1), slots.Even(5+salt%40, 1)}
	for i, minutes := range []int{-60, -61 - salt%30, 0, 30, -1, -600} {
		start := shown.Add(time.Duration(minutes) * time.Minute)
		r := slots.Rule{ID: string(rune('a' + i)), Line: slots.Line{Department: "clinic", Kind: slots.General}, Repeat: slots.Daily(),
			Start: slots.MustClock(start.Format("15:04")), Minutes: []int{180, 240, 61, 100, 120, 1440}[i], Cut: cuts[(i+salt)%len(cuts)],
			Holidays: slots.OpenOnHolidays}
		if r.Cut.Kind == slots.EvenSlots && r.Minutes > 100 {
			at := start.Add(45 * time.Minute)
			r.Blocks = []slots.Block{{Start: slots.MustClock(at.Format("15:04")), Minutes: 30, Cut: slots.Packed(15, 2, 0)}}
		}
		rules = append(rules, r)
	}
	return rules
}

// Every change of the clocks from 1980 to 2037 in zones where time is strange: half hours (Lord Howe), a day that never was (Apia), fasting
// (Casablanca, Gaza), summer time that was given up (Shanghai, Tehran, São Paulo), winter time that is the exception (Dublin).
func TestEveryChangeOfStrangeZones(t *testing.T) {
	changes := 0
	for _, name := range []string{"America/New_York", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "Asia/Shanghai",
		"Europe/Dublin", "America/Sao_Paulo", "Asia/Tehran", "Asia/Gaza"} {
		loc, err := time.LoadLocation(name)
		require.NoError(t, err)
		for i, change := range changesOfClocks(loc) {
			checkZone(t, loc, change, changeRules(change, loc, i))
			changes++
		}
	}
	require.Greater(t, changes, 800)
}

// Any change of any zone of the tz database.
func TestAnyChangeOfAnyZone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(slotstest.ZoneNames()).Draw(t, "zone")
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Skip("newer than the database of this Go release")
		}
		change := time.Date(2026, 11, 23, 0, 0, 0, 0, loc)
		if list := changesOfClocks(loc); len(list) > 0 {
			change = rapid.SampledFrom(list).Draw(t, "change")
		}
		rules := changeRules(change, loc, rapid.IntRange(0, 99).Draw(t, "salt"))
		r := slotstest.Rule("drawn", firstDay, lastDay).Draw(t, "rule")
		rules = append(rules, slots.Rule{ID: "drawn", Line: r.Line, Resources: nil, Repeat: slots.Daily(), Start: r.Start, Minutes: r.Minutes,
			Cut: r.Cut, Blocks: r.Blocks, Holidays: slots.OpenOnHolidays})
		rules[len(rules)-1].Line.Room = ""
		checkZone(t, loc, change, rules)
	})
}

// One change of every zone, and every so many of the others.
func TestChangesOfEveryZone(t *testing.T) {
	const step = 60
	zones := 0
	for z, name := range slotstest.ZoneNames() {
		loc, err := time.LoadLocation(name)
		if err != nil {
			continue // newer than the database of this Go release
		}
		zones++
		list := changesOfClocks(loc)
		for i := z % max(1, min(step, len(list))); i < len(list); i += step {
			checkZone(t, loc, list[i], changeRules(list[i], loc, i))
		}
	}
	require.Greater(t, zones, 400)
}
