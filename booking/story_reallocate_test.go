package booking_test

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// readReallocation reads how much of reserves moves.
func readReallocation(s *slotstest.Step) booking.Reallocation {
	return booking.Reallocation{MaxMovePercent: int32(s.IntOr("move-percent", 0)), KeepUnits: int32(s.IntOr("keep-units", 0)),
		KeepPercent: int32(s.IntOr("keep-percent", 0)), MinElapsedSeconds: 3600 * int64(s.IntOr("move-after-hours", 0)), Never: s.List("never-move")}
}

// readRounds reads when the reserves of a session move.
func readRounds(s *slotstest.Step) (list []slots.Instant) {
	for _, text := range s.List("rounds") {
		list = append(list, minuteOf(s, text))
	}
	return list
}

// movedWords tells what moved, and why.
func (w *storyWorld) movedWords(e *booking.Event) string {
	session := w.sessionName(e.Session())
	if e.Number() == 0 {
		return "no reserve moved " + session
	}
	g := w.grounds[*e]
	pace := func(p booking.Pace) string { return fmt.Sprintf("sold=%d unsold=%d need=%d", p.Sold, p.Unsold, p.Need) }
	return fmt.Sprintf("reserve moved %s units=%d from=%s (%s) to=%s (%s)", session, e.Number(), w.class(e.Class()), pace(g.Giver),
		w.class(e.OtherClass()), pace(g.Receiver))
}

// keepGrounds keeps why a reserve moved, which a batch says and an event alone does not.
func (w *storyWorld) keepGrounds(b *booking.Batch) {
	for i := range b.Events() {
		if e := &b.Events()[i]; e.Kind() == booking.ReserveMoved {
			if w.grounds == nil {
				w.grounds = map[booking.Event]booking.Grounds{}
			}
			w.grounds[*e], _ = b.Grounds(e)
		}
	}
}
