package rrule_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/rrule"
	"github.com/haoyuan-go/haoyuan/slots/slotstest"
)

// A line of a calendar becomes a line of a roster, and back.
func ExampleRecurrence_Rule() {
	shanghai := time.FixedZone("+08:00", 8*3600)
	r, err := rrule.Parse("FREQ=MONTHLY;BYDAY=1TU;UNTIL=20261231T160000Z",
		rrule.Start{Date: slots.MustDate("2026-11-01"), Clock: slots.MustClock("13:30"), Location: shanghai})
	if err != nil {
		fmt.Println(err)
		return
	}
	rule := r.Rule(slots.Rule{ID: "joint", Line: slots.Line{Department: "oncology", Kind: slots.Joint}, Minutes: 120, Cut: slots.Even(30, 1),
		Holidays: slots.ClosedOnHolidays})
	fmt.Println(rule.Repeat, "at", rule.Start, "from", rule.From, "to", rule.Until)
	back, err := rrule.Of(rule, shanghai)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(back.Format())
	rule.Closed = []slots.Date{slots.MustDate("2026-12-01")}
	_, err = rrule.Of(rule, shanghai)
	fmt.Println(err)
	// Output:
	// first Tuesday of the month at 13:30 from 2026-11-03 to 2026-12-01
	// FREQ=MONTHLY;BYDAY=1TU;UNTIL=20261201T053000Z <nil>
	// EXDATE "1 dates": not expressible: closed dates are a property beside the rule: write them there, and give the rule without
}

func TestOfRefusals(t *testing.T) {
	good := slots.Rule{Repeat: slots.Weekly(slots.Monday), From: slots.MustDate("2026-11-01"), Start: slots.MustClock("08:00")}
	for want, spoil := range map[string]func(*slots.Rule){
		`RDATE "1 dates": not expressible`:               func(r *slots.Rule) { r.Dates = make([]slots.Date, 1) },
		`EXDATE "2 dates": not expressible`:              func(r *slots.Rule) { r.Closed = make([]slots.Date, 2) },
		`Repeat "none": not expressible`:                 func(r *slots.Rule) { r.Repeat = slots.Repeat{} },
		`: malformed: Weekdays 9: want`:                  func(r *slots.Rule) { r.Repeat = slots.Weekly(9) },
		`DTSTART "no date": not expressible`:             func(r *slots.Rule) { r.From = slots.Date{} },
		`: no dates: none from 2026-11-01 to 2026-11-01`: func(r *slots.Rule) { r.Until = r.From },
	} {
		r := good
		spoil(&r)
		_, err := rrule.Of(r, time.UTC)
		require.ErrorContains(t, err, want)
	}
}

// Whatever rule is drawn, it comes back with the same dates, or is refused by name.
func TestRulesThereAndBack(t *testing.T) {
	first, last := slots.MustDate("2026-01-01"), slots.MustDate("2027-12-31")
	rapid.Check(t, func(t *rapid.T) {
		rule := slotstest.Rule("R", first, last).Draw(t, "rule")
		rule.Dates, rule.Closed, rule.From = nil, nil, first
		r, err := rrule.Of(rule, time.UTC)
		if err != nil {
			var part *rrule.PartError
			require.ErrorAs(t, err, &part)
			return
		}
		text, err := r.Format()
		if err != nil {
			var part *rrule.PartError
			require.ErrorAs(t, err, &part)
			return
		}
		again, err := rrule.Parse(text, r.Start)
		require.NoError(t, err)
		back := again.Rule(rule)
		for d := first; d.Compare(last) <= 0; d = d.AddDays(1) {
			on := func(r slots.Rule) bool {
				return r.Repeat.On(d) && !d.Before(r.From) && (!r.Until.IsValid() || !d.After(r.Until))
			}
			require.Equal(t, on(rule), on(back), "%v of %s", d, text)
		}
	})
}
