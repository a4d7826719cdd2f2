package bookingtest_test

import (
	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// rounds moves each round of reallocation.
func rounds(by slots.Instant) func(*booking.Opening) {
	return func(o *booking.Opening) {
		for i := range o.Reallocate {
			o.Reallocate[i] += by
		}
	}
}

// loseNewLines takes a command that gives a class its first line in a session for one that gives it an empty line.
func loseNewLines() func(booking.Command) booking.Command {
	lines := map[booking.Session]map[booking.Class]bool{}
	sessions := booking.Session(0)
	return func(c booking.Command) booking.Command {
		switch x := c.(type) {
		case booking.Adopt:
			if x.At < slots.MustInstant("2026-11-22T08:00:01+08:00") { // another world begins
				clear(lines)
				sessions = 0
			}
		case booking.Open:
			sessions++
			lines[sessions] = map[booking.Class]bool{}
			for _, q := range x.Quotas {
				lines[sessions][q.Class] = true
			}
		case booking.SetQuota:
			if of := lines[x.Session]; of != nil && !of[x.Quota.Class] && (!x.Quota.Capped || x.Quota.Cap > 1) {
				x.Quota.Capped, x.Quota.Cap, x.Quota.CapLifts, x.Quota.Reserve = false, 0, false, 0
				return x
			}
		}
		return c
	}
}
