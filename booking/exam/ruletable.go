package exam

import "slices"

// ruleTable is the rules of a model by pairs of its examinations.
type ruleTable struct {
	order     [MaxExams][MaxExams]int64 // gap if i comes before j, or none; closed under composition
	apart     [MaxExams][MaxExams]int64 // gap whichever comes first, or none
	fast      [MaxExams][MaxExams]int64 // minutes of the fast of i that j breaks, or none
	noOverlap [MaxExams]uint32
	minutes   [MaxExams]int64 // least length
	walk      [][]int
	// linked[i] are the examinations with a rule that reaches over days; reachDays[i][j] is how many days apart two values
	// must be for only their order to matter.
	linked        [MaxExams]uint32
	reachDays     [MaxExams][MaxExams]int64
	contradiction bool
}

const none = -1

// fill takes the rules that are switched on and returns the latest start of each examination as a minute of the day.
func (t *ruleTable) fill(p *Problem, m *model, local []int32, on []bool) (latest []int) {
	t.walk = p.walk
	latest = make([]int, m.n)
	for i := range m.n {
		latest[i] = 24 * 60
		t.minutes[i] = int64(p.exams[m.exams[i]].Minutes)
		for j := range m.n {
			t.order[i][j], t.apart[i][j], t.fast[i][j] = none, none, none
		}
	}
	for k, r := range p.rules {
		i := local[p.index(r.Exam)]
		if i < 0 || !on[k] {
			continue
		}
		if r.Kind == FastingStart {
			latest[i] = r.Minutes
			continue
		}
		j := local[p.index(r.Other)]
		if j < 0 {
			continue
		}
		switch r.Kind {
		case InOrder:
			t.order[i][j] = max(t.order[i][j], int64(r.Minutes))
		case Apart:
			t.apart[i][j] = max(t.apart[i][j], int64(r.Minutes))
			t.apart[j][i] = t.apart[i][j]
		case KeepFast:
			t.fast[i][j] = int64(r.Minutes)
		case NoOverlap:
			t.noOverlap[i] |= 1 << j
			t.noOverlap[j] |= 1 << i
		}
	}
	t.close(m.n)
	return latest
}

// close adds what precedences imply: a before b before c keeps a and c apart by both gaps and b. It finds circles.
// Floyd and Warshall's scheme for longest paths; with a circle the values mean nothing.
func (t *ruleTable) close(n int) {
	for b := range n {
		for a := range n {
			for c := range n {
				if t.order[a][b] != none && t.order[b][c] != none && !t.contradiction {
					t.order[a][c] = max(t.order[a][c], t.order[a][b]+t.minutes[b]+t.order[b][c])
				}
			}
			t.contradiction = t.contradiction || t.order[a][a] != none
		}
	}
}

// narrow drops values that no precedence network leaves a partner for, until nothing changes: bounds consistency, which
// solves chains of precedences outright. It reports whether every examination keeps a value.
func (t *ruleTable) narrow(m *model, lists [][]value) bool {
	for changed := true; changed; {
		changed = false
		for i := range lists {
			if len(lists[i]) == 0 {
				return false
			}
		}
		for i := range lists {
			for j := range lists {
				gap := t.order[i][j]
				if gap == none || t.contradiction || len(lists[i]) == 0 || len(lists[j]) == 0 {
					continue
				}
				firstEnd := slices.MinFunc(lists[i], func(a, b value) int { return int(min(max(a.end-b.end, -1), 1)) }).end
				lastStart := slices.MaxFunc(lists[j], func(a, b value) int { return int(min(max(a.start-b.start, -1), 1)) }).start
				before := len(lists[i]) + len(lists[j])
				m.looks += int64(before)
				lists[i] = slices.DeleteFunc(lists[i], func(v value) bool { return v.end+gap > lastStart })
				lists[j] = slices.DeleteFunc(lists[j], func(v value) bool { return v.start < firstEnd+gap })
				changed = changed || len(lists[i])+len(lists[j]) < before
			}
		}
	}
	return true
}

// link finds the pairs of examinations whose values on different days can disagree.
func (t *ruleTable) link(m *model) {
	for i := range m.n {
		for j := range m.n {
			gap := max(t.order[i][j], t.order[j][i], t.apart[i][j])
			if t.fast[i][j] > 0 || t.fast[j][i] > 0 {
				gap = max(gap, t.fast[i][j], t.fast[j][i])
			}
			if m.crosses && t.noOverlap[i]>>j&1 != 0 {
				gap = max(gap, MaxWalkMinutes)
			}
			if i == j || gap == none {
				continue
			}
			t.linked[i] |= 1 << j
			t.reachDays[i][j] = gap/(24*60) + 3 // lengths and the time of day take less than two days more
		}
	}
}

// agree reports whether two values can both be chosen. It is the whole of the pairwise rules.
func (t *ruleTable) agree(m *model, v, u int32) bool {
	a, b := &m.values[v], &m.values[u]
	i, j := a.exam, b.exam
	if i == j {
		return false
	}
	if g := t.order[i][j]; g != none && b.start < a.end+g {
		return false
	}
	if g := t.order[j][i]; g != none && a.start < b.end+g {
		return false
	}
	if g := t.apart[i][j]; g != none && b.start < a.end+g && a.start < b.end+g {
		return false
	}
	if t.breaks(i, j, a, b) || t.breaks(j, i, b, a) {
		return false
	}
	if t.noOverlap[i]>>j&1 == 0 || b.start >= a.end+int64(t.walk[a.site][b.site]) || a.start >= b.end+int64(t.walk[b.site][a.site]) {
		return true
	}
	// They are too close: forbidden on one day, and over midnight where the earlier is still going on then.
	return a.day != b.day && !m.pastMidnight(a, b) && !m.pastMidnight(b, a)
}

// breaks reports whether b of examination j breaks the fast of a of examination i.
func (t *ruleTable) breaks(i, j int32, a, b *value) bool {
	fast := t.fast[i][j]
	if fast == none {
		return false
	}
	if a.day == b.day {
		return b.start < a.end
	}
	return b.day < a.day && b.end+fast > a.start && fast > 0
}

// pastMidnight reports whether a starts on an earlier day than b and ends after midnight.
func (m *model) pastMidnight(a, b *value) bool {
	return a.day < b.day && a.end > (m.days[a.day]+1)*24*60
}
