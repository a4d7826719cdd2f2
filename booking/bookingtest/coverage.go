package bookingtest

import (
	"fmt"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
)

// Coverage counts what a run reached. The zero Coverage is ready.
type Coverage struct {
	Steps   int
	Reasons [booking.Untouchable + 1]int
	Kinds   [booking.AppointmentDisplaced + 1]int
}

func (c *Coverage) note(reply booking.Reply, t *booking.Batch) {
	if c == nil {
		return
	}
	c.Steps++
	if reply.Outcome == booking.Refused {
		c.Reasons[reply.Refusal.Reason]++
	}
	for i := range t.Events() {
		c.Kinds[t.Events()[i].Kind()]++
	}
}

// Missing names each Reason and each Kind that never occurred.
func (c *Coverage) Missing() (list []string) {
	for r := booking.KeyReused; r.IsValid(); r++ {
		if c.Reasons[r] == 0 {
			list = append(list, r.String())
		}
	}
	for k := booking.RulesAdopted; k.IsValid(); k++ {
		if c.Kinds[k] == 0 {
			list = append(list, k.String())
		}
	}
	return list
}

// String is a table of the counts.
func (c *Coverage) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d commands\n", c.Steps)
	for r := booking.KeyReused; r.IsValid(); r++ {
		fmt.Fprintf(&b, "%7d  %v\n", c.Reasons[r], r)
	}
	for k := booking.RulesAdopted; k.IsValid(); k++ {
		fmt.Fprintf(&b, "%7d  %v\n", c.Kinds[k], k)
	}
	return b.String()
}
