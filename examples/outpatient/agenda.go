package main

import (
	"container/heap"

	"github.com/haoyuan-go/haoyuan/slots"
)

// agenda is what lies ahead in a world: things to do, ordered by (instant, sequence). What was put in first comes first
// among things of one instant, so that a play has one order on every machine.
type agenda struct {
	items []task
	made  int64
}

type task struct {
	at       slots.Instant
	sequence int64
	do       func()
}

// add puts something in. It may be for this very instant; what would be for the past is for now.
func (a *agenda) add(now, at slots.Instant, do func()) {
	a.made++
	heap.Push(a, task{max(now, at), a.made, do})
}

// first is when the next thing is due; false when nothing is left.
func (a *agenda) first() (slots.Instant, bool) {
	if len(a.items) == 0 {
		return 0, false
	}
	return a.items[0].at, true
}

// next takes out what comes first; false when nothing is left.
func (a *agenda) next() (task, bool) {
	if len(a.items) == 0 {
		return task{}, false
	}
	return heap.Pop(a).(task), true
}

// Len, Less, Swap, Push and Pop make the agenda a heap.Interface.
func (a *agenda) Len() int { return len(a.items) }

// Less orders by instant, then sequence.
func (a *agenda) Less(i, j int) bool {
	x, y := &a.items[i], &a.items[j]
	return x.at < y.at || x.at == y.at && x.sequence < y.sequence
}

// Swap exchanges two.
func (a *agenda) Swap(i, j int) { a.items[i], a.items[j] = a.items[j], a.items[i] }

// Push appends; for the heap.
func (a *agenda) Push(x any) { a.items = append(a.items, x.(task)) }

// Pop takes the last; for the heap.
func (a *agenda) Pop() any {
	last := len(a.items) - 1
	x := a.items[last]
	a.items[last] = task{}
	a.items = a.items[:last]
	return x
}
