package slots_test

import "github.com/haoyuan-go/haoyuan/slots"

// mark is a slot as a person draws it on squared paper: minutes after the start of the session.
type mark struct {
	from, minutes, capacity int
	visit                   slots.Visit
	buffer                  int // minutes after it in which nobody is seen, inside its stretch
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
			marks, unused = append(marks, run...), unused+left
		}
		from = to
	}
	return marks, unused
}

// naiveRun cuts one run of minutes; made counts the numbers that were packed before.
func naiveRun(cut slots.Cut, from, to int, made *int) (marks []mark, unused int) {
	put := func(at, minutes, capacity int, visit slots.Visit) {
		marks = append(marks, mark{at, minutes, capacity, visit, max(0, min(cut.Buffer, to-at-minutes))})
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
