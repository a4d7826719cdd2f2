package queue_test

import (
	"fmt"
	"math"
	"sort"

	"github.com/haoyuan-go/haoyuan/booking/queue"
	"github.com/haoyuan-go/haoyuan/slots"
)

// naive is the waiting room kept as people would tell it: who came when, and every call that was made. It keeps no
// counters and recounts all from the list of calls each time. It shares no code with Queue.
type naive struct {
	rules  queue.Rules
	start  slots.Instant
	people []*someone
	calls  []oneCall
}

type someone struct {
	id         string
	class      queue.Class
	appointed  slots.Instant
	came       slots.Instant
	here       bool
	misses     int
	missedCall int // index in calls of the last one missed; -1 for none
}

// oneCall: of which class, and which classes might have been called instead.
type oneCall struct {
	class queue.Class
	could map[queue.Class]bool
}

func (n *naive) checkIn(now slots.Instant, t queue.Ticket) {
	n.people = append(n.people, &someone{id: t.ID, class: t.Class, appointed: t.Appointed, came: now, here: true, missedCall: -1})
}

func (n *naive) person(id string) *someone {
	var found *someone
	for _, p := range n.people {
		if p.id == id {
			found = p
		}
	}
	return found
}

// callsToWait is how many more others come before someone who missed a call.
func (n *naive) callsToWait(p *someone) int {
	if p.missedCall < 0 {
		return 0
	}
	return max(0, n.rules.MissedBehind-(len(n.calls)-1-p.missedCall))
}

// key sorts as text: band, lateness, check-in, ID.
func (n *naive) key(p *someone) string {
	const far = 1 << 20
	half := func(at slots.Instant) int {
		return int(math.Floor(float64(at-n.start)/float64(60*n.rules.BandMinutes))) + far
	}
	band, late := far, "a"
	switch {
	case p.class == queue.Returning:
	case p.appointed != 0 && p.came-p.appointed <= slots.Instant(60*n.rules.GraceMinutes):
		band = half(p.appointed)
	default:
		band, late = max(far, half(p.came)), "b"
	}
	return fmt.Sprintf("%09d%s%015d%s", band, late, p.came, p.id)
}

// candidates are those who may be called, by class, each class in order.
func (n *naive) candidates() map[queue.Class][]*someone {
	fewest := math.MaxInt
	for _, p := range n.people {
		if p.here {
			fewest = min(fewest, n.callsToWait(p))
		}
	}
	by := map[queue.Class][]*someone{}
	for _, p := range n.people {
		if p.here && n.callsToWait(p) == fewest {
			by[p.class] = append(by[p.class], p)
		}
	}
	for _, list := range by {
		sort.Slice(list, func(i, j int) bool { return n.key(list[i]) < n.key(list[j]) })
	}
	return by
}

// letPass counts the calls of some classes, the latest in a row, that someone of class might have had instead. Calls that
// are neither are skipped.
func (n *naive) letPass(class queue.Class, of ...queue.Class) int {
	count := 0
	for i := len(n.calls) - 1; i >= 0; i-- {
		c := n.calls[i]
		if c.class == class || !c.could[class] {
			break
		}
		for _, x := range of {
			if c.class == x {
				count++
			}
		}
	}
	return count
}

// call chooses, and takes note of the choice.
func (n *naive) call() (p *someone, why queue.Why) {
	by := n.candidates()
	o, p1, r := by[queue.Ordinary], by[queue.Priority], by[queue.Returning]
	switch {
	case len(o)+len(p1)+len(r) == 0:
		return nil, 0
	case len(r) > 0 && len(o)+len(p1) > 0 && n.letPass(queue.Returning, queue.Ordinary, queue.Priority) == n.rules.ReturnEvery-1:
		p, why = r[0], queue.ReturnTurn
	case len(o) > 0 && len(p1) > 0 && n.letPass(queue.Ordinary, queue.Priority) == n.rules.PriorityRun:
		p, why = o[0], queue.OrdinaryTurn
	case len(o) > 0 && len(p1) > 0:
		p, why = p1[0], queue.PriorityFirst
	case len(o)+len(p1) == 0:
		p, why = r[0], queue.NoOtherClass
	default:
		p, why = append(o, p1...)[0], queue.NoOtherClass
		if len(r) > 0 {
			why = queue.BeforeReturning
		}
	}
	could := map[queue.Class]bool{}
	for class, list := range by {
		could[class] = len(list) > 0
	}
	n.calls = append(n.calls, oneCall{p.class, could})
	p.here = false
	return p, why
}

// missed puts back or ends the one who was called last.
func (n *naive) missed(p *someone) (ended bool) {
	p.misses++
	p.missedCall = len(n.calls) - 1
	p.here = p.misses < n.rules.MissedLimit
	return !p.here
}
