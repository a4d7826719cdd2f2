package capacity

import (
	"cmp"
	"slices"
)

// A group is one thing about which there is one decision: an extra or the end of a shift. It has any number of choices,
// of which at most one is taken.
type group struct {
	id      string
	kind    Kind
	index   int   // in Today.Shifts or Today.Extras
	names   []int // exclusive names that another group uses too
	budget  int   // overtime budget that another group draws on too, or −1
	choices []choice
}

// A choice is a stretch of the day. It serves periods first..last and occupies its names from period held to last.
type choice struct {
	first, last, held int
	from, to          int // minutes of the day
	cost              int64
}

func (c choice) minutes() int { return c.to - c.from }

// plan is Today prepared for the search: what is needed and present in each period.
type plan struct {
	today   Today
	needed  []int
	present []int
	open    int // the first period that has not begun
}

func newPlan(t Today) plan {
	p := plan{today: t, needed: make([]int, len(t.Demand)), present: make([]int, len(t.Demand)), open: len(t.Demand)}
	for i, d := range t.Demand {
		p.needed[i] = needed(d, t.Target)
		for _, s := range t.Shifts {
			if s.Start.Compare(d.Start) <= 0 && s.end() >= d.end() {
				p.present[i]++
			}
		}
	}
	for i := len(t.Demand) - 1; i >= 0 && t.Demand[i].Start.Compare(t.Now) >= 0; i-- {
		p.open = i
	}
	return p
}

// additions are the groups that can add staff: extras and overtime, in order of id.
func (p plan) additions(want []int) []group {
	var groups []group
	for i, e := range p.today.Extras {
		groups = append(groups, group{id: e.ID, kind: e.Kind, index: i, budget: -1, choices: p.stretches(e)})
	}
	for i, s := range p.today.Shifts {
		if j := slices.IndexFunc(p.today.People, func(q Person) bool { return q.ID == s.Person }); j >= 0 {
			groups = append(groups, group{id: s.ID, kind: ExtendShift, index: i, budget: -1, choices: p.extensions(i, p.today.People[j])})
		}
	}
	for i := range groups {
		groups[i].choices = useful(groups[i].choices, want)
	}
	return ordered(groups)
}

// stretches are the runs of periods for which an extra could be added without meeting the plan.
func (p plan) stretches(e Extra) []choice {
	var list []choice
	clashes := p.using(append(slices.Clone(e.Resources), e.Place), -1)
	for i := p.open; i < len(p.needed); i++ {
		from := p.today.Demand[i].Start.Minutes()
		if from < e.From.Minutes() {
			continue
		}
		for j := i; j < len(p.needed); j++ {
			to := p.today.Demand[j].end()
			if to > e.To.Minutes() || to-from > e.MaxMinutes || meets(clashes, from, to) {
				break
			}
			if to-from >= e.MinMinutes {
				list = append(list, choice{i, j, i, from, to, e.FixedCost + e.CostPerHalfHour*halfHours(to-from)})
			}
		}
	}
	return list
}

// extensions are the ends of periods to which shift i could be prolonged.
func (p plan) extensions(i int, who Person) []choice {
	var list []choice
	s := p.today.Shifts[i]
	if s.end() < p.today.Now.Minutes() {
		return nil // gone home
	}
	clashes := p.using([]string{s.Person, s.Place}, i)
	first, held := -1, -1
	for j := p.open; j < len(p.needed); j++ {
		d := p.today.Demand[j]
		if d.end() <= s.end() {
			continue
		}
		if d.end()-s.end() > who.MaxOvertimeMinutes || meets(clashes, s.end(), d.end()) {
			break
		}
		if held < 0 {
			held = j
		}
		if first < 0 && s.Start.Compare(d.Start) <= 0 {
			first = j
		}
		if first >= 0 {
			list = append(list, choice{first, j, held, s.end(), d.end(), who.OvertimeCostPerHalfHour * halfHours(d.end()-s.end())})
		}
	}
	return list
}

// releases are the groups that can let somebody go: for each shift that may leave early and is not extended, the period starts from
// which it could end, as far as every period left has staff to spare and lies within the known demand.
func (p plan) releases(spare []int, extended []int) []group {
	var groups []group
	for i, s := range p.today.Shifts {
		if !s.MayLeave || slices.Contains(extended, i) || s.end() > p.today.Demand[len(spare)-1].end() {
			continue
		}
		g := group{id: s.ID, kind: CloseWindow, index: i, budget: -1}
		last := -1
		for j := len(spare) - 1; j >= p.open; j-- {
			d := p.today.Demand[j]
			if d.end() > s.end() {
				continue
			}
			if d.Start.Compare(s.Start) < 0 || spare[j] == 0 {
				break
			}
			last = max(last, j)
			g.choices = append(g.choices, choice{j, last, j, d.Start.Minutes(), s.end(), 0})
		}
		slices.Reverse(g.choices)
		groups = append(groups, g)
	}
	return ordered(groups)
}

// using lists the shifts that use one of the names, the shift except apart.
func (p plan) using(names []string, except int) []Shift {
	var list []Shift
	for i, s := range p.today.Shifts {
		if i != except && slices.ContainsFunc(names, func(n string) bool { return n != "" && (n == s.Person || n == s.Place) }) {
			list = append(list, s)
		}
	}
	return list
}

// meets reports whether one of the shifts overlaps [from, to).
func meets(shifts []Shift, from, to int) bool {
	return slices.ContainsFunc(shifts, func(s Shift) bool { return s.end() > from && s.Start.Minutes() < to })
}

// useful drops what no best answer contains: a choice that serves no wanted period, and one that has another inside it which serves
// the same wanted periods for no more money (it has fewer minutes, and occupies nothing that the larger does not).
func useful(list []choice, want []int) []choice {
	before := make([]int, len(want)+1) // wanted periods before i
	for i, w := range want {
		before[i+1] = before[i] + min(w, 1)
	}
	list = slices.DeleteFunc(list, func(c choice) bool { return before[c.first] == before[c.last+1] })
	slices.SortFunc(list, func(a, b choice) int {
		return cmp.Or(before[a.first]-before[b.first], before[a.last+1]-before[b.last+1], a.minutes()-b.minutes(), a.from-b.from)
	})
	kept, same := list[:0:0], 0 // kept[same:] serve the same periods as the choice at hand
	for _, c := range list {
		if len(kept) > 0 {
			k := kept[len(kept)-1]
			if before[k.first] != before[c.first] || before[k.last+1] != before[c.last+1] {
				same = len(kept)
			}
		}
		if !slices.ContainsFunc(kept[same:], func(k choice) bool { return k.from >= c.from && k.to <= c.to && k.cost <= c.cost }) {
			kept = append(kept, c)
		}
	}
	return kept
}

// ordered sorts groups by id, leaves out those without choices, and orders choices by start, then end.
func ordered(groups []group) []group {
	groups = slices.DeleteFunc(groups, func(g group) bool { return len(g.choices) == 0 })
	slices.SortFunc(groups, func(a, b group) int { return cmp.Compare(a.id, b.id) })
	for _, g := range groups {
		slices.SortFunc(g.choices, func(a, b choice) int { return cmp.Or(a.from-b.from, a.to-b.to) })
	}
	return groups
}

func halfHours(minutes int) int64 { return int64(minutes+29) / 30 }
