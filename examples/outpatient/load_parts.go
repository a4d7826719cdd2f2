package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/capacity"
)

const minutesPerDay = 24 * 60

// readParts reads what the parts of the day mean.
func readParts(h *Hospital, t *table, problems *Problems) {
	seen := map[string]int{}
	for _, r := range t.rows {
		c := t.cells(r, problems)
		if strings.HasPrefix(t.file, shippedMark) && c.text("dept_code") != "" {
			continue
		}
		p := PartRow{
			Part:       c.word("part", "a label of a part of the day"),
			Department: c.text("dept_code"),
			Start:      c.clock("start"),
			Minutes:    c.whole("minutes", 5, minutesPerDay),
			Cut:        c.oneOf("cut", []string{"timed", "packed", "counted"}),
		}
		if p.Start.Minutes() == minutesPerDay {
			c.refuse("start", "want a time before 24:00")
		}
		switch p.Cut {
		case "counted":
			c.empty("slot_minutes", "a counted part has no slots")
			c.empty("per_slot", "a counted part has no slots")
			p.Numbers = c.whole("numbers", 1, 1000)
			p.StayMinutes = c.whole("stay_minutes", 1, p.Minutes)
		case "timed", "packed":
			p.SlotMinutes = c.whole("slot_minutes", 1, p.Minutes)
			p.PerSlot = c.whole("per_slot", 1, 200)
			if p.Cut == "packed" && c.text("numbers") != "" {
				p.Numbers = c.whole("numbers", 1, 1000)
			} else if p.Cut == "timed" {
				c.empty("numbers", "a timed part has as many numbers as its slots give")
			}
			if full := p.Minutes / max(1, p.SlotMinutes) * p.PerSlot; p.Numbers > full {
				c.refuse("numbers", fmt.Sprintf("want at most %d, what the segments hold", full))
			}
			if p.Cut == "packed" && p.PerSlot > p.SlotMinutes {
				c.refuse("per_slot", fmt.Sprintf("want at most one number a minute, %d", p.SlotMinutes))
			}
			c.empty("stay_minutes", "only a counted part declares a stay")
		}
		if !c.bad {
			c.fitsSession(p)
		}
		c.once(seen, p.Part+"\x00"+p.Department, "part and department")
		if !c.bad {
			h.Parts = append(h.Parts, p)
		}
	}
}

// fitsSession refuses a part that gives a session more slots or numbers than the pool takes in one.
func (c *cells) fitsSession(p PartRow) {
	column := "per_slot"
	switch {
	case p.Cut == "timed":
		column = "slot_minutes"
	case p.Numbers > 0:
		column = "numbers"
	}
	if n := p.slots(); n > booking.MaxSlots {
		c.refuse(column, fmt.Sprintf("gives %d slots; want at most %d in a session", n, booking.MaxSlots))
	} else if n := p.Capacity(); n > booking.MaxSessionUnits {
		c.refuse("per_slot", fmt.Sprintf("gives %d numbers; want at most %d in a session", n, booking.MaxSessionUnits))
	}
}

// empty refuses a field that means nothing in its row: what is not used must not look as if it were.
func (c *cells) empty(column, why string) {
	if c.text(column) != "" {
		c.refuse(column, "want nothing here: "+why)
	}
}

// readWindows reads the staff of the registration windows, in order of time; the stretches may not overlap.
func readWindows(h *Hospital, t *table, problems *Problems) {
	shifts := 0
	for _, r := range t.rows {
		c := t.cells(r, problems)
		w := WindowRow{
			From: c.clock("from"), To: c.clock("to"), Staff: c.whole("staff", 0, 200),
			ServiceSeconds: int64(c.whole("service_seconds", 10, 3600)),
		}
		if shifts += w.Staff; shifts > capacity.MaxShifts {
			c.refuse("staff", fmt.Sprintf("with this row %d in all; want at most %d", shifts, capacity.MaxShifts))
		}
		if w.To.Compare(w.From) <= 0 {
			c.refuse("to", fmt.Sprintf("want a time after from, %v", w.From))
		}
		for _, o := range h.Windows {
			if w.From.Compare(o.To) < 0 && o.From.Compare(w.To) < 0 {
				c.refuse("from", fmt.Sprintf("overlaps %v to %v", o.From, o.To))
			}
		}
		if !c.bad {
			h.Windows = append(h.Windows, w)
		}
	}
	slices.SortFunc(h.Windows, func(a, b WindowRow) int { return a.From.Compare(b.From) })
}
