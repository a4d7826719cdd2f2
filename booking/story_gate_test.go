package booking_test

import (
	"fmt"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// gateWords tells what a gate leaves; nothing for one that bars every request.
func (w *storyWorld) gateWords(g booking.Gate) (text string) {
	if g.Channel != 0 {
		text += " channel=" + w.class(g.Channel)
	}
	if g.HorizonDays != 0 {
		text += fmt.Sprintf(" horizon-days=%d", g.HorizonDays)
	}
	if g.MaxOpen != 0 {
		text += fmt.Sprintf(" max-open=%d", g.MaxOpen)
	}
	return text
}

// readGateRules reads cooling-minutes=, cooling-same=(...) and ways=(east-west-50, ...).
func readGateRules(s *slotstest.Step, c *booking.Rules) {
	c.Cooling.Seconds = 60 * int64(s.IntOr("cooling-minutes", 0))
	for _, word := range s.List("cooling-same") {
		c.Cooling.Same |= sameWord(s, word)
	}
	for _, word := range s.List("ways") {
		f := strings.Split(word, "-")
		if len(f) != 3 {
			s.Failf("ways: %s: want SITE-SITE-MINUTES", word)
		}
		c.Travel = append(c.Travel, booking.Travel{From: f[0], To: f[1], Minutes: atoi(s, f[2])})
	}
}
