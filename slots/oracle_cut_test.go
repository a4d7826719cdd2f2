package slots_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// mark is a slot as a person draws it on squared paper: minutes after the start of the session.
type mark struct {
	from, minutes, capacity int
	visit                   slots.Visit
	buffer                  int // minutes after it in which nobody is seen, inside its stretch
	block                   bool
}

// naiveCut draws a session minute by minute: each minute belongs to the session's own cut or to a block, and each run of minutes that belong
// to one is cut for itself. unused counts the minutes at the ends of runs that hold nothing.
func naiveCut(cut slots.Cut, blocks []slots.Block, hours slots.Hours) (marks []mark, unused int) {
	owner := make([]int, hours.Minutes) // 0: the session's own cut; i+1: blocks[i]
	begins := make([]bool, hours.Minutes)
	for m := range owner {
		clock := (hours.Start.Minutes() + m) % 1440
		for i, b := range blocks {
			if after := (clock - b.Start.Minutes() + 1440) % 1440; after < b.Minutes {
				owner[m] = i + 1
				begins[m] = after == 0
			}
		}
	}
	made := 0 // numbers of the session's own cut
	for from := 0; from < hours.Minutes; {
		to := from + 1
		for to < hours.Minutes && owner[to] == owner[from] && !begins[to] {
			to++
		}
		by, none := cut, 0
		numbers := &made
		if i := owner[from]; i > 0 {
			by, numbers = blocks[i-1].Cut, &none
		}
		if by != (slots.Cut{}) {
			run, left := naiveRun(by, from, to, numbers)
			for i := range run {
				run[i].block = owner[from] > 0
			}
			marks, unused = append(marks, run...), unused+left
		}
		from = to
	}
	return marks, unused
}

// naiveRun cuts one run of minutes; made counts the numbers that were packed before.
func naiveRun(cut slots.Cut, from, to int, made *int) (marks []mark, unused int) {
	put := func(at, minutes, capacity int, visit slots.Visit) {
		marks = append(marks, mark{at, minutes, capacity, visit, max(0, min(cut.Buffer, to-at-minutes)), false})
	}
	at := from
	switch cut.Kind {
	case slots.CountedNumbers:
		if cut.Minutes <= to-from { // one stay is the least
			put(from, cut.Minutes, cut.Capacity, cut.Visit)
		}
		return marks, 0
	case slots.EvenSlots:
		for ; at+cut.Minutes <= to; at += cut.Minutes + cut.Buffer {
			put(at, cut.Minutes, cut.Capacity, cut.Visit)
		}
	case slots.MixedSlots:
		for i := 0; ; i++ {
			s := cut.Steps[i%cut.Numbers]
			if at+int(s.Minutes) > to {
				break
			}
			put(at, int(s.Minutes), int(s.Capacity), s.Visit)
			at += int(s.Minutes) + cut.Buffer
		}
	case slots.PackedNumbers:
		for ; at+cut.Minutes <= to; at += cut.Minutes {
			n := cut.Capacity
			if cut.Numbers > 0 {
				n = min(n, cut.Numbers-*made)
			}
			*made += n
			for minute, number := 0, 0; number < n; number++ { // the first minute by which number/n of the segment is over
				next := minute
				for next < cut.Minutes && next*n+n <= (number+1)*cut.Minutes {
					next++
				}
				put(at+minute, next-minute, 1, cut.Visit)
				minute = next
			}
		}
	}
	return marks, max(0, to-at)
}

// A session cut by every kind of cut, with blocks, in its own hours and in others, against squared paper.
func TestCutsAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := slotstest.Rule("R", firstDay, firstDay).Filter(func(r slots.Rule) bool { return len(r.Blocks) > 0 }).Draw(t, "rule")
		hours := slots.Hours{Start: slotstest.Clock().Draw(t, "start"), Minutes: rapid.IntRange(1, 1440).Draw(t, "minutes")}
		if b := rapid.SampledFrom(r.Blocks).Draw(t, "block"); rapid.Bool().Draw(t, "begins inside a block") {
			hours.Start = clockOf(b.Start.Minutes() + rapid.IntRange(0, b.Minutes-1).Draw(t, "minutes into it"))
		}
		c := slots.RosterConfig{Extras: []slots.Extra{{ID: "X", Line: r.Line, Date: firstDay, Start: r.Start, Minutes: r.Minutes, Cut: r.Cut, Blocks: r.Blocks}},
			Revisions: []slots.Revision{{Rule: "X", Date: firstDay, Hours: hours}}}
		if _, err := slots.NewRoster(c); err != nil {
			hours, c.Revisions = slots.Hours{Start: r.Start, Minutes: r.Minutes}, nil // too short for its first slot
		}
		sessions, _ := generate(t, world{loc: time.UTC}, c, firstDay, firstDay)
		marks, _ := naiveCut(r.Cut, r.Blocks, hours)
		var want, got []mark
		for _, m := range marks {
			m.buffer, m.block = 0, false
			want = append(want, m)
		}
		for _, s := range sessions {
			for _, x := range s.Slots {
				got = append(got, mark{from: int(x.Start-s.Start) / 60, minutes: x.Minutes, capacity: x.Capacity, visit: x.Visit})
			}
		}
		require.Equal(t, want, got)
	})
}

func clockOf(minute int) slots.Clock {
	c, err := slots.NewClock(minute/60%24, minute%60)
	if err != nil {
		panic(err)
	}
	return c
}

// Numbers that are limited in all go on after a break; a block that began before the session reaches into it.
func TestCutsAcrossBlocks(t *testing.T) {
	x := slots.Extra{ID: "X", Line: slots.Line{Department: "clinic", Kind: slots.General}, Date: firstDay, Start: slots.MustClock("08:00"), Minutes: 180,
		Cut: slots.Packed(30, 4, 10), Blocks: []slots.Block{{Start: slots.MustClock("09:00"), Minutes: 60}}}
	show := func(hours slots.Hours) (clocks string) {
		c := slots.RosterConfig{Extras: []slots.Extra{x}}
		if hours.Minutes > 0 {
			c.Revisions = []slots.Revision{{Rule: "X", Date: firstDay, Hours: hours}}
		}
		sessions, _ := generate(t, world{loc: time.UTC}, c, firstDay, firstDay)
		for _, s := range sessions[0].Slots {
			clocks += s.Start.In(time.UTC).Format("15:04 ")
		}
		return clocks
	}
	require.Equal(t, "08:00 08:07 08:15 08:22 08:30 08:37 08:45 08:52 10:00 10:15 ", show(slots.Hours{}))
	require.Equal(t, "10:00 10:07 10:15 10:22 10:30 10:37 10:45 10:52 11:00 11:15 ", show(slots.Hours{Start: slots.MustClock("09:30"), Minutes: 120}))
}
