package bookingtest

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/haoyuan-go/haoyuan/booking"
)

// Violation is a hospital in which a policy breaks a law that it claims, made as small as it goes.
type Violation struct {
	Claim    string
	Policy   string
	Hospital Hospital
	// Step is the index of the wish at which the law is broken, and Why says how.
	Step int
	Why  string
	// Expect is what the law asks of that wish's reply in a story: an expect line, or an expect-none line.
	Expect string

	policy booking.Policy
}

// broken begins a Violation at the i-th wish.
func (h *Hospital) broken(i int, why string) *Violation {
	return &Violation{Hospital: h.clone(), Step: i, Why: why}
}

func (v *Violation) always(words string) *Violation {
	v.Expect = "expect " + words
	return v
}

func (v *Violation) never(words string) *Violation {
	v.Expect = "expect-none " + words
	return v
}

// Error is the whole report: what is broken, the table, and the story.
func (v *Violation) Error() string {
	return fmt.Sprintf("policy %s breaks a law that it claims, %s. %s\n\n%s\nAs a story, which fails until the policy keeps the law:\n\n%s", v.Policy, v.Claim,
		v.sentence(), v.Table(), v.Story())
}

func (v *Violation) sentence() string {
	return fmt.Sprintf("%s: %s", v.Hospital.Wishes[v.Step].Person, v.Why)
}

// Table is the hospital and what came of each wish, for people.
func (v *Violation) Table() string {
	h := &v.Hospital
	rows := [][]string{{"session", "physician", "from", "slots", "minutes", "units each", "quotas"}}
	for i := range h.Clinics {
		c := &h.Clinics[i]
		rows = append(rows, []string{c.Name, c.Physician, c.start(h).In(hospitalZone).Format("Mon 02 15:04"), fmt.Sprint(c.Slots), fmt.Sprint(c.SlotMinutes),
			fmt.Sprint(c.Capacity), strings.Join(quotaLines(c), "; ")})
	}
	table := aligned(rows)
	rows = [][]string{{"", "wish", "for", "window", "could have", "outcome"}}
	list, err := h.play(v.policy, listing)
	if err != nil {
		return table
	}
	for i := range h.Wishes {
		x, o := &h.Wishes[i], &list[i]
		mark := ""
		if i == v.Step {
			mark = "✗"
		}
		rows = append(rows, []string{mark, x.Person + " " + x.verb() + x.wanted(), strings.Join(append([]string{x.Channel}, x.Classes...), "+"),
			h.window(x), o.listedWords(), o.reply})
	}
	return table + "\n" + aligned(rows)
}

func (x *Wish) verb() string {
	return map[WishKind]string{Asks: "asks for ", AsksAgain: "asks again for ", GivesBack: "gives back"}[x.Kind]
}

func (x *Wish) wanted() string {
	if x.Kind == GivesBack {
		return ""
	}
	who := "anyone"
	if x.Physician != "" {
		who = x.Physician
	}
	if x.Count > 1 {
		return fmt.Sprintf("%d slots of %s", x.Count, who)
	}
	return who
}

func (h *Hospital) window(x *Wish) string {
	show := func(minutes int) string {
		if minutes == 0 {
			return ""
		}
		return h.first().AddMinutes(minutes).In(hospitalZone).Format("Mon 15:04")
	}
	if x.From == 0 && x.Until == 0 {
		return "any time"
	}
	return show(x.From) + " to " + show(x.Until)
}

func (o *Outcome) listedWords() string {
	var list []string
	for i, c := range o.Listed {
		if i == 4 {
			list = append(list, fmt.Sprintf("and %d more", len(o.Listed)-i))
			break
		}
		list = append(list, c.slot())
	}
	return strings.Join(list, ", ")
}

// aligned sets rows in columns.
func aligned(rows [][]string) string {
	width := make([]int, len(rows[0]))
	for _, r := range rows {
		for i, cell := range r {
			width[i] = max(width[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, r := range rows {
		var line strings.Builder
		for i, cell := range r {
			fmt.Fprintf(&line, "%-*s  ", width[i], cell)
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

// smallest leaves out of a hospital in which a law is broken what is not needed for that, until nothing more can go, and returns
// what is broken in the last. Cost: some hundreds of plays.
func (v *Violation) smallest(h Hospital, c Claim, p booking.Policy) *Violation {
	for again := true; again; {
		again = false
		for _, less := range h.reductions() {
			if size(&less) >= size(&h) {
				continue
			}
			if w, err := c.check(p, &less); err == nil && w != nil {
				v, h, again = w, less, true
				break
			}
		}
	}
	v.Claim, v.Policy, v.policy = c.String(), p.Name(), p
	return v
}

// size orders hospitals: less is easier to read.
func size(h *Hospital) (n int) {
	n = h.Weeks
	for i := range h.Clinics {
		c := &h.Clinics[i]
		n += 1000 + 10*c.Slots + c.Capacity + 20*len(c.Quotas) + c.Day
	}
	for i := range h.Wishes {
		x := &h.Wishes[i]
		n += 100 + 5*len(x.Classes) + x.Count + min(x.From, 1) + min(x.Until, 1) + 3*min(len(x.Physician), 1)
	}
	return n
}

// reductions are hospitals with one thing less each, the greatest things first.
func (h *Hospital) reductions() (list []Hospital) {
	with := func(change func(*Hospital)) {
		c := h.clone()
		change(&c)
		list = append(list, c)
	}
	for i := range h.Clinics {
		with(func(c *Hospital) { c.Clinics = slices.Delete(c.Clinics, i, i+1) })
	}
	for i := range h.Wishes {
		with(func(c *Hospital) { c.Wishes = slices.Delete(c.Wishes, i, i+1) })
		with(func(c *Hospital) { // and who comes later still comes before the same wishes
			c.Wishes = slices.Delete(c.Wishes, i, i+1)
			for k := range c.Clinics {
				c.Clinics[k].After = max(c.Clinics[k].After-1, min(c.Clinics[k].After, 1))
			}
		})
	}
	for i := range h.Clinics {
		if x := &h.Clinics[i]; len(x.Quotas) > 0 {
			with(func(c *Hospital) { c.Clinics[i].Quotas = nil })
			with(func(c *Hospital) { c.Clinics[i].Quotas = slices.Clone(x.Quotas[1:]) })
		}
		if h.Clinics[i].Slots > 1 {
			with(func(c *Hospital) { c.Clinics[i].Slots-- })
		}
		if h.Clinics[i].Capacity > 1 && h.Clinics[i].Capacity < ample {
			with(func(c *Hospital) { c.Clinics[i].Capacity-- })
		}
	}
	for _, change := range []func(*Wish){func(x *Wish) { x.From, x.Until = 0, 0 }, func(x *Wish) { x.Classes = nil },
		func(x *Wish) { x.Physician = "" }, func(x *Wish) { x.Count = 1 }} {
		with(func(c *Hospital) {
			for i := range c.Wishes {
				change(&c.Wishes[i])
			}
		})
	}
	for i := range h.Wishes {
		with(func(c *Hospital) { c.Wishes[i].Classes = nil })
		with(func(c *Hospital) { c.Wishes[i].From, c.Wishes[i].Until = 0, 0 })
		with(func(c *Hospital) { c.Wishes[i].Physician = "" })
		with(func(c *Hospital) { c.Wishes[i].Count = 1 })
	}
	return list
}
