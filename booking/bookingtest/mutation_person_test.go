package bookingtest_test

import (
	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// personMutants are Books that are wrong about who somebody is, or whom a session takes.
func personMutants() map[string]mutant {
	describe := func(change func(*booking.Describe)) func(booking.Command) booking.Command {
		return func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Describe); ok {
				change(&x)
				return x
			}
			return c
		}
	}
	return map[string]mutant{
		"everyone is born a day later": {command: describe(func(c *booking.Describe) {
			if c.Born.Before(slots.MustDate("2026-11-01")) { // not known stays not known
				c.Born = c.Born.AddDays(1)
			}
		})},
		"everyone is a woman": {command: describe(func(c *booking.Describe) { c.Sex = booking.Female })},
		"the other one stays": {command: func(c booking.Command) booking.Command {
			if x, ok := c.(booking.Merge); ok {
				x.Into, x.From = x.From, x.Into
				return x
			}
			return c
		}},
		"nobody is merged": {reply: func(c booking.Command, b *booking.Batch, r booking.Reply) booking.Reply {
			if _, ok := c.(booking.Merge); ok {
				b.Reset()
			}
			return r
		}},
		"a session takes everyone":         {command: opening(func(o *booking.Opening) { o.Eligible = booking.Eligibility{} })},
		"a session asks for no class":      {command: opening(func(o *booking.Opening) { o.Eligible.Need = 0 })},
		"a session takes both sexes":       {command: opening(func(o *booking.Opening) { o.Eligible.Sex = 0 })},
		"a session's age has no end":       {command: opening(func(o *booking.Opening) { o.Eligible.Ages.Until = booking.AgeBound{} })},
		"a session's age has no beginning": {command: opening(func(o *booking.Opening) { o.Eligible.Ages.From = booking.AgeBound{} })},
	}
}

func changeEligible(r *booking.Rules, change func(*booking.ClassEligibility)) {
	for i := range r.Eligible {
		change(&r.Eligible[i])
	}
}
