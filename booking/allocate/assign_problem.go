package allocate

import (
	"cmp"
	"errors"
	"slices"
	"strings"
)

// AssignProblem is a checked round in canonical order: patients by ID, slots by component and ID, options by slot. It never
// changes; Assign and VerifyAssign may use one from several places. The zero value is no problem: NewAssignProblem makes them.
type AssignProblem struct {
	goal    AssignGoal
	classes int
	salt    uint64
	// hashMask is all ones over 40 bits. Only tests narrow it, to make ties.
	hashMask uint64

	patients []string
	class    []uint8 // by patient; empty with LeastCost
	leave    []int32 // unassigned cost, by patient; empty with ServeByClass
	slots    []string
	capacity []int32
	// options of patient i are arcs[row[i]:row[i+1]].
	row  []int32
	arcs []assignArc
	// parts[k] is the first slot of the k-th component; the last entry is len(slots).
	parts []int32

	quotas assignQuotas
}

// assignArc is an option.
type assignArc struct{ slot, cost int32 }

// NewAssignProblem checks a round and copies it; the error joins all problems, each naming the field and the value; more than 100 are
// counted. Cost: sorting the names and finding each option's slot; 8 bytes for each option.
func NewAssignProblem(r AssignRound) (*AssignProblem, error) {
	var faults faultList
	r.checkSizes(&faults)
	if faults.Len() > 0 {
		return nil, faults.Err() // the rest would take as long as the limits are there to prevent
	}
	p := &AssignProblem{goal: r.Goal, classes: r.Classes, salt: r.Salt, hashMask: 1<<assignHashBits - 1}
	slotOrder := sortedOrder(len(r.Slots), func(i int32) string { return r.Slots[i].ID })
	names := newNameTable(len(r.Slots))
	r.checkSlots(&faults, slotOrder, names)
	order := sortedOrder(len(r.Patients), func(i int32) string { return r.Patients[i].ID })
	r.checkPatients(&faults, order)
	p.addPatients(&r, order)
	p.addOptions(&r, order, names, &faults)
	p.quotas.add(&r, order, slotOrder, names, &faults)
	if faults.Len() > 0 {
		return nil, faults.Err()
	}
	p.addSlots(&r, slotOrder)
	return p, nil
}

// errNoProblem: a zero problem or none.
var errNoProblem = errors.New("allocate: the problem was not made by NewAssignProblem")

// made reports whether NewAssignProblem made the problem.
func (p *AssignProblem) made() bool { return p != nil && p.goal.IsValid() }

// Patients returns how many patients there are.
func (p *AssignProblem) Patients() int {
	if !p.made() {
		return 0
	}
	return len(p.patients)
}

// Options returns how many options there are over all patients, each slot counted once for a patient.
func (p *AssignProblem) Options() int {
	if !p.made() {
		return 0
	}
	return len(p.arcs)
}

// members is how many patients each class has, class 1 first.
func (p *AssignProblem) members() []int64 {
	members := make([]int64, p.classes)
	for _, c := range p.class {
		members[c-1]++
	}
	return members
}

// sortedOrder returns the numbers 0 to n−1 in order of their names, equal names in order of number.
func sortedOrder(n int, name func(int32) string) []int32 {
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	if !slices.IsSortedFunc(order, func(a, b int32) int { return strings.Compare(name(a), name(b)) }) {
		slices.SortFunc(order, func(a, b int32) int { return cmp.Or(strings.Compare(name(a), name(b)), cmp.Compare(a, b)) })
	}
	return order
}

func (p *AssignProblem) addPatients(r *AssignRound, order []int32) {
	p.patients = make([]string, len(order))
	if p.goal == LeastCost {
		p.leave = make([]int32, len(order))
	} else {
		p.class = make([]uint8, len(order))
	}
	for i, at := range order {
		patient := &r.Patients[at]
		p.patients[i] = patient.ID
		if p.goal == LeastCost {
			p.leave[i] = int32(patient.UnassignedCost)
		} else {
			p.class[i] = uint8(patient.Class)
		}
	}
}

// addOptions makes the rows, with slots as ranks by ID for now.
func (p *AssignProblem) addOptions(r *AssignRound, order []int32, names *nameTable, faults *faultList) {
	total := 0
	for i := range r.Patients {
		total += len(r.Patients[i].Options)
	}
	p.row = make([]int32, len(order)+1)
	p.arcs = make([]assignArc, 0, total)
	for i, at := range order {
		from := len(p.arcs)
		for k := range r.Patients[at].Options {
			o := &r.Patients[at].Options[k]
			slot := names.find(o.Slot)
			if slot < 0 {
				faults.Add("Patients[%d].Options[%d].Slot %q: not among Slots", at, k, o.Slot)
			}
			if o.Cost < -MaxAssignCost || o.Cost > MaxAssignCost {
				faults.Add("Patients[%d].Options[%d].Cost %d: want %d to %d", at, k, o.Cost, -MaxAssignCost, MaxAssignCost)
			}
			p.arcs = append(p.arcs, assignArc{slot, int32(o.Cost)})
		}
		p.arcs = p.arcs[:from+sortRow(p.arcs[from:])]
		p.row[i+1] = int32(len(p.arcs))
	}
}

// sortRow sorts a patient's options by slot, leaves the cheapest of several for one slot, and returns how many are left. Rows are short,
// so that insertion is the fastest way.
func sortRow(row []assignArc) int {
	before := func(a, b assignArc) bool { return a.slot < b.slot || a.slot == b.slot && a.cost < b.cost }
	if len(row) > 64 {
		slices.SortFunc(row, func(a, b assignArc) int { return cmp.Or(cmp.Compare(a.slot, b.slot), cmp.Compare(a.cost, b.cost)) })
	}
	for k := 1; k < len(row); k++ {
		x, at := row[k], k
		for at > 0 && before(x, row[at-1]) {
			row[at] = row[at-1]
			at--
		}
		row[at] = x
	}
	return len(slices.CompactFunc(row, func(a, b assignArc) bool { return a.slot == b.slot }))
}

// addSlots finds the components, numbers the slots by component and rank, and renames them in the rows.
func (p *AssignProblem) addSlots(r *AssignRound, order []int32) {
	root := make([]int32, len(order))
	for j := range root {
		root[j] = int32(j)
	}
	find := func(j int32) int32 {
		for root[j] != j {
			root[j] = root[root[j]]
			j = root[j]
		}
		return j
	}
	for i := range p.patients {
		row := p.arcs[p.row[i]:p.row[i+1]]
		if len(row) == 0 {
			continue
		}
		first := find(row[0].slot)
		for _, a := range row[1:] {
			other := find(a.slot)
			first, other = min(first, other), max(first, other) // the least rank is the root
			root[other] = first
		}
	}
	// Count, then place: parts in order of their least slot.
	part := make([]int32, len(order))
	var sizes []int32
	for j := range part {
		if at := find(int32(j)); at == int32(j) {
			part[j] = int32(len(sizes))
			sizes = append(sizes, 1)
		} else {
			part[j] = part[at]
			sizes[part[j]]++
		}
	}
	p.parts = make([]int32, len(sizes)+1)
	for k, size := range sizes {
		p.parts[k+1] = p.parts[k] + size
	}
	next := slices.Clone(p.parts)
	number := root // no longer needed
	p.slots, p.capacity = make([]string, len(order)), make([]int32, len(order))
	for j, at := range order {
		to := next[part[j]]
		next[part[j]]++
		number[j] = to
		p.slots[to], p.capacity[to] = r.Slots[at].ID, int32(r.Slots[at].Capacity)
	}
	for a := range p.arcs {
		p.arcs[a].slot = number[p.arcs[a].slot]
	}
	p.quotas.renumber(number, p.capacity)
}
