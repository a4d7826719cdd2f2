package rrule

import (
	"fmt"
	"time"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Rule returns like as a rule of the recurrence: with its Repeat, its first and last date and its clock, and all else as like has it. A
// start that is AllDay leaves the clock to like.
func (r Recurrence) Rule(like slots.Rule) slots.Rule {
	like.Repeat, like.From, like.Until = r.Repeat, r.Start.Date, r.Until
	if !r.Start.AllDay {
		like.Start = r.Start.Clock
	}
	return like
}

// Of returns the recurrence that a rule of a roster is in the zone of loc, for Format: its Repeat from the first date that it holds, at its
// start. A rule's own list of Dates and its Closed dates are no part of an RRULE but properties beside it: a rule that has them is
// refused by those names (RDATE, EXDATE), and so is one without a first date (DTSTART), or that holds none (Repeat). What becomes of
// holidays, leave and revisions no calendar text says: they are not looked at.
func Of(rule slots.Rule, loc *time.Location) (Recurrence, error) {
	var p problems
	if len(rule.Dates) > 0 {
		p.add("RDATE", fmt.Sprintf("%d dates", len(rule.Dates)), Inexpressible, "listed dates are a property beside the rule: write them there, and give the rule without")
	}
	if len(rule.Closed) > 0 {
		p.add("EXDATE", fmt.Sprintf("%d dates", len(rule.Closed)), Inexpressible, "closed dates are a property beside the rule: write them there, and give the rule without")
	}
	first := slots.Date{}
	switch {
	case rule.Repeat == slots.Repeat{}:
		p.add("Repeat", "none", Inexpressible, "a rule of listed dates alone does not repeat")
	case rule.Repeat.Check() != nil:
		p.add("Repeat", rule.Repeat.String(), Malformed, "%v", rule.Repeat.Check())
	case !rule.From.IsValid():
		p.add("DTSTART", rule.From.String(), Inexpressible, "valid since ever, and an RRULE has a first date: give From")
	default:
		var held bool
		if first, held = rule.Repeat.Next(rule.From); !held || rule.Until.IsValid() && first.After(rule.Until) {
			p.add("Repeat", rule.Repeat.String(), NoDates, "none from %v to %v", rule.From, rule.Until)
		}
	}
	if len(p) > 0 {
		return Recurrence{}, p.err()
	}
	last := rule.Until
	for last.IsValid() && !rule.Repeat.On(last) { // first is held, and not after it
		last = last.AddDays(-1)
	}
	return Recurrence{Start: Start{Date: first, Clock: rule.Start, Location: loc}, Repeat: rule.Repeat, Until: last}, nil
}
