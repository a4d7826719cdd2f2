package capacity

import (
	"cmp"
	"slices"
)

// Propose says what to change today so that enough people are present in every period that has not begun: sessions to add,
// windows to open, shifts to prolong, and who can be let go. It applies nothing.
//
// Of all sets of actions it proposes one that leaves the fewest staff-periods uncovered; among those the least cost; then the
// fewest actions; then the fewest minutes; then the one in which the least ID acts, and acts earliest. Letting people go is decided after that,
// on what is to spare: as many staff-periods as possible, by the same rule, never of somebody who is asked for overtime.
// If WorkLimit was met the proposal is the best found and says so.
//
// The error (ErrInvalid) lists all problems of the plan. Cost: bounded by WorkLimit, some 0.2 µs for each choice tried; a
// hall of 16 clerks and 12 on standby with a morning peak and a noon gap takes a tenth of a second to prove.
func Propose(today Today) (Proposal, error) {
	if err := today.validate(); err != nil {
		return Proposal{}, err
	}
	p := newPlan(today)
	adding := p.shortage()
	added := adding.solve()
	var extended []int
	staff := slices.Clone(p.present)
	for g, k := range added.taken {
		if k < 0 {
			continue
		}
		p.change(staff, adding.groups[g].choices[k], 1)
		if adding.groups[g].kind == ExtendShift {
			extended = append(extended, adding.groups[g].index)
		}
	}
	leaving := p.surplus(staff, extended)
	left := leaving.solve()
	for g, k := range left.taken {
		if k >= 0 {
			p.change(staff, leaving.groups[g].choices[k], -1)
		}
	}
	periods := p.periods(staff)
	actions := p.actions(nil, adding.groups, added.taken, periods)
	actions = p.actions(actions, leaving.groups, left.taken, periods)
	slices.SortFunc(actions, func(a, b Action) int {
		return cmp.Or(cmp.Compare(a.Cost, b.Cost), a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID))
	})
	return Proposal{
		Date: today.Date, Line: today.Line, Actions: actions, Periods: periods,
		Uncovered: added.score.uncovered, Cost: added.score.cost,
		Proven: added.proven && left.proven, AtLeast: added.bound,
	}, nil
}

// shortage is the question of what to add.
func (p plan) shortage() cover {
	c := cover{want: make([]int, len(p.needed)), room: make([]int, len(p.needed)), limit: p.today.WorkLimit}
	for i := p.open; i < len(p.needed); i++ {
		c.want[i] = max(0, p.needed[i]-p.present[i])
		c.room[i] = max(0, p.today.Places-p.present[i])
	}
	c.groups = p.additions(c.want)
	p.share(&c)
	return c
}

// surplus is the question of whom to let go, put the same way: staff-periods to spare are what is wanted, and the room.
func (p plan) surplus(staff []int, extended []int) cover {
	c := cover{want: make([]int, len(staff)), limit: p.today.WorkLimit}
	for i := p.open; i < len(staff); i++ {
		c.want[i] = max(0, staff[i]-p.needed[i])
	}
	c.room = c.want
	c.groups = p.releases(c.want, extended)
	return c
}

// share finds what several groups draw on: names of people, things and places, and the overtime of one person with
// more than one shift. What only one group uses cannot conflict.
func (p plan) share(c *cover) {
	uses := make([][]string, len(c.groups))
	var all, people []string
	for g, group := range c.groups {
		if group.kind == ExtendShift {
			s := p.today.Shifts[group.index]
			uses[g] = []string{s.Person, s.Place}
			people = append(people, s.Person)
		} else {
			e := p.today.Extras[group.index]
			uses[g] = append(slices.Clone(e.Resources), e.Place)
		}
		all = append(all, uses[g]...)
	}
	shared, busy := twice(all), twice(people)
	c.names, c.budgets = len(shared), make([]int, len(busy))
	for i, person := range busy {
		at := slices.IndexFunc(p.today.People, func(q Person) bool { return q.ID == person })
		c.budgets[i] = p.today.People[at].MaxOvertimeMinutes
	}
	for g := range c.groups {
		for _, name := range uses[g] {
			if i, ok := slices.BinarySearch(shared, name); ok {
				c.groups[g].names = append(c.groups[g].names, i)
			}
		}
		if c.groups[g].kind == ExtendShift {
			if i, ok := slices.BinarySearch(busy, uses[g][0]); ok {
				c.groups[g].budget = i
			}
		}
	}
}

// twice returns, sorted, the values other than "" that occur more than once.
func twice(values []string) []string {
	slices.Sort(values)
	var list []string
	for i, v := range values {
		if v != "" && i > 0 && v == values[i-1] && (len(list) == 0 || list[len(list)-1] != v) {
			list = append(list, v)
		}
	}
	return list
}

// change adds n people to the periods of a choice.
func (p plan) change(staff []int, c choice, n int) {
	for i := c.first; i <= c.last; i++ {
		staff[i] += n
	}
}

// periods tells each period before and after.
func (p plan) periods(staff []int) []PeriodChange {
	list := make([]PeriodChange, len(staff))
	for i, d := range p.today.Demand {
		list[i] = PeriodChange{d, p.needed[i], evaluate(d, p.present[i], p.today.Target), evaluate(d, staff[i], p.today.Target)}
	}
	return list
}

// actions writes out what was taken.
func (p plan) actions(list []Action, groups []group, taken []int, periods []PeriodChange) []Action {
	for g, k := range taken {
		if k >= 0 {
			list = append(list, p.action(groups[g], groups[g].choices[k], periods))
		}
	}
	return list
}

func (p plan) action(g group, c choice, periods []PeriodChange) Action {
	a := Action{
		Kind: g.kind, ID: g.id, Line: p.today.Line,
		Start: clockAt(c.from), Minutes: c.minutes(), Cost: c.cost, Units: p.units(c),
	}
	switch g.kind {
	case AddSession, OpenWindow:
		e := p.today.Extras[g.index]
		a.Resources, a.Place, a.SlotMinutes = slices.Clone(e.Resources), e.Place, e.SlotMinutes
	default:
		s := p.today.Shifts[g.index]
		a.Place, a.SlotMinutes = s.Place, s.SlotMinutes
		if s.Person != "" {
			a.Resources = []string{s.Person}
		}
	}
	switch g.kind {
	case ExtendShift:
		a.OvertimeMinutes = a.Minutes
	case CloseWindow:
		a.Units, a.SlotMinutes = -a.Units, 0
	}
	if a.SlotMinutes > 0 {
		a.Slots = a.Minutes / a.SlotMinutes
	}
	for _, period := range periods[c.first : c.last+1] {
		if g.kind == CloseWindow || period.Shortfall() > 0 {
			a.Why = append(a.Why, period)
		}
	}
	return a
}

// units is how many patients one more person can serve in the periods of a choice.
func (p plan) units(c choice) int {
	thousandths := int64(0)
	for _, d := range p.today.Demand[c.first : c.last+1] {
		thousandths += d.room() / int64(d.ServiceSeconds)
	}
	return int(thousandths / 1000)
}
