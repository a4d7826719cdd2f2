package allocate

import (
	"cmp"
	"errors"
	"slices"
	"strings"
)

// AssignSolver keeps the answer of a round while the round changes. After a change the answer is the same as Assign would give for the
// round as it then is; it takes time for what the change reaches, not for the whole. With quotas every change is solved afresh.
//
// A solver may be used by one caller at a time. It holds about twice the memory of the problem. NewAssignSolver makes one; the zero value
// refuses every change and has no plan.
type AssignSolver struct {
	goal    AssignGoal
	classes int
	salt    uint64
	mask    uint64
	quotas  []AssignQuota
	effort  AssignEffort

	state    *assignState
	patients []solverPatient // by number; an empty ID is a number to be used again
	unused   []int32
	number   map[string]int32
	slots    []AssignSlot // by number; Capacity is the state's
	slot     map[string]int32
	idle     int // arcs of those who have gone

	// answer is the one with quotas, where there are any.
	answer  *AssignPlan
	problem *AssignProblem
	// before, while the last change was stopped, are the places that Apply last gave, without those of who came since.
	before map[string]AssignPlace
}

// solverPatient is what the state does not hold of a patient.
type solverPatient struct{ id, channel string }

// AssignChange is what happens to a round. All of it happens at once.
type AssignChange struct {
	// Depart are the IDs of patients who ask for nothing more.
	Depart []string
	// Arrive are new patients, or ones who are there and whose request is replaced as a whole.
	Arrive []AssignPatient
	// Slots are new slots, or ones that are there and get another capacity; one of 0 closes the slot.
	Slots []AssignSlot
}

// NewAssignSolver solves a round and keeps it; the error joins all problems of the round, or is ErrAssignStopped where Progress says to
// stop. The effort bounds and watches this first answer and, with quotas, that of every change: the limit is for each anew, and where
// it is met the plan is AssignBounded, as of Assign. Changes without quotas are short and are not watched. Cost: as NewAssignProblem and Assign.
func NewAssignSolver(r AssignRound, effort AssignEffort) (*AssignSolver, error) {
	p, err := NewAssignProblem(r)
	if err != nil {
		return nil, err
	}
	return newAssignSolver(p, r, effort)
}

func newAssignSolver(p *AssignProblem, r AssignRound, effort AssignEffort) (*AssignSolver, error) {
	v := &AssignSolver{
		effort: effort,
		goal:   p.goal, classes: p.classes, salt: p.salt, mask: p.hashMask, quotas: slices.Clone(r.Quotas),
		number: make(map[string]int32, len(p.patients)), slot: make(map[string]int32, len(p.slots)),
		patients: make([]solverPatient, len(p.patients)), slots: make([]AssignSlot, len(p.slots)),
	}
	for i, id := range p.patients {
		v.number[id], v.patients[i].id = int32(i), id
	}
	for j, id := range p.slots {
		v.slot[id], v.slots[j].ID = int32(j), id
	}
	for i := range r.Patients {
		v.patients[v.number[r.Patients[i].ID]].channel = r.Patients[i].Channel
	}
	for j := range r.Slots {
		v.slots[v.slot[r.Slots[j].ID]].Session = r.Slots[j].Session
	}
	s := newAssignState(p, p.salt)
	v.state = s
	s.arcs = append(make([]assignArc, 0, len(p.arcs)+len(p.arcs)/8+64), p.arcs...) // room for some changes
	s.from, s.to = slices.Clone(s.from), slices.Clone(s.to)
	s.class, s.leave, s.capacity = slices.Clone(p.class), slices.Clone(p.leave), slices.Clone(p.capacity)
	if len(v.quotas) > 0 {
		if v.solveAfresh(); v.answer.Outcome == AssignStopped {
			return nil, ErrAssignStopped
		}
		return v, nil
	}
	if !s.run(p, effort) {
		return nil, ErrAssignStopped
	}
	s.makeInto(nil, 0, int32(len(s.price)))
	return v, nil
}

// ErrAssignStopped: the effort's Progress said to stop.
var ErrAssignStopped = errors.New("allocate: stopped by Progress")

// errNoSolver: a zero solver or none.
var errNoSolver = errors.New("allocate: the solver was not made by NewAssignSolver")

// made reports whether NewAssignSolver made the solver.
func (v *AssignSolver) made() bool { return v != nil && v.state != nil }

// Apply makes a change and the answer good again. It returns the places that are other than before, of those who arrived among them, by
// ID of patient, without those who departed. The error joins all problems of the change, each naming the field and the value; then
// nothing has changed.
//
// With quotas the effort's Progress may stop it: the error is then ErrAssignStopped, the change is made all the same, the plan is AssignStopped
// and gives nobody a slot. The next change, which may be empty, solves the round again, and returns what is other than before the one stopped.
//
// Cost: a search from each patient who arrived or lost the slot and to each unit that came free; an exchange of options counts as both.
func (v *AssignSolver) Apply(c AssignChange) ([]AssignPlace, error) {
	if !v.made() {
		return nil, errNoSolver
	}
	if err := v.check(&c); err != nil {
		return nil, err
	}
	if len(v.quotas) > 0 {
		return v.applyAfresh(&c)
	}
	s := v.state
	s.moved = s.moved[:0]
	var homeless, rooms []int32
	for _, id := range c.Depart {
		rooms = v.remove(v.number[id], rooms)
	}
	for k := range c.Arrive {
		if i, ok := v.number[c.Arrive[k].ID]; ok {
			rooms = v.remove(i, rooms)
		}
	}
	s.watching = true // those removed are noted when they come again, as pending
	for _, slot := range c.Slots {
		j := v.setSlot(slot)
		for h := s.head[j]; s.fill[j] > s.capacity[j]; h = s.head[j] {
			s.unseat(h)
			homeless = append(homeless, h)
		}
		rooms = append(rooms, j)
	}
	for k := range c.Arrive {
		homeless = append(homeless, v.insert(&c.Arrive[k]))
	}
	for _, i := range homeless {
		s.place(i)
	}
	for _, j := range rooms {
		s.settleRoom(j)
	}
	s.watching = false
	places := v.movedPlaces()
	v.compact()
	return places, nil
}

// movedPlaces are the places of those who are not where they were first noted to be.
func (v *AssignSolver) movedPlaces() []AssignPlace {
	moved := v.state.moved
	slices.SortStableFunc(moved, func(a, b movedFrom) int { return cmp.Compare(a.patient, b.patient) })
	moved = slices.CompactFunc(moved, func(a, b movedFrom) bool { return a.patient == b.patient })
	var places []AssignPlace
	for _, m := range moved {
		if v.patients[m.patient].id != "" && v.state.at[m.patient] != m.at {
			places = append(places, v.place(m.patient))
		}
	}
	slices.SortFunc(places, func(a, b AssignPlace) int { return strings.Compare(a.Patient, b.Patient) })
	return places
}

func (v *AssignSolver) place(i int32) AssignPlace {
	s, place := v.state, AssignPlace{Patient: v.patients[i].id}
	if a := s.at[i]; a >= 0 {
		place.Slot, place.Cost = v.slots[s.arcs[a].slot].ID, int64(s.arcs[a].cost)
	} else {
		place.Cost = s.leaving(i).cost
	}
	return place
}

// Plan returns the round as it is now, as a problem, and its whole answer with a certificate, for VerifyAssign. Should answers tie
// under the round's salt, which 40 bits hardly ever let them, it is solved afresh with the next, under the solver's effort. The plan is the caller's: what is done
// to it does not reach the solver. Cost: as NewAssignProblem. A solver that NewAssignSolver did not make has nil and the zero plan.
func (v *AssignSolver) Plan() (*AssignProblem, AssignPlan) {
	if !v.made() {
		return nil, AssignPlan{}
	}
	if v.answer != nil {
		return v.problem, v.answer.clone()
	}
	s, p := v.state, v.rebuild()
	if !s.unique() {
		return p, Assign(p, v.effort)
	}
	at := make([]int32, len(p.patients))
	for i, id := range p.patients {
		at[i] = nowhere
		if a := s.at[v.number[id]]; a >= 0 {
			slot := v.slots[s.arcs[a].slot].ID
			for at[i] = p.row[i]; p.slots[p.arcs[at[i]].slot] != slot; {
				at[i]++
			}
		}
	}
	// The certificate is in the problem's order of slots.
	order := make([]int32, len(p.slots))
	for j, id := range p.slots {
		order[j] = v.slot[id]
	}
	plan := AssignPlan{Outcome: AssignBest, Salt: v.salt, Certificate: s.certificate(order, p.levels(), p.classes)}
	p.addPlaces(&plan, at)
	return p, plan
}

// round is the round as it is now.
func (v *AssignSolver) round() AssignRound {
	s := v.state
	r := AssignRound{Goal: v.goal, Classes: v.classes, Quotas: v.quotas, Salt: v.salt}
	for j := range v.slots {
		slot := v.slots[j]
		slot.Capacity = int(s.capacity[j])
		r.Slots = append(r.Slots, slot)
	}
	for i, patient := range v.patients {
		if patient.id == "" {
			continue
		}
		a := AssignPatient{ID: patient.id, Channel: patient.channel}
		if v.goal == LeastCost {
			a.UnassignedCost = int64(s.leave[i])
		} else {
			a.Class = int(s.class[i])
		}
		for _, arc := range s.arcs[s.from[i]:s.to[i]] {
			a.Options = append(a.Options, AssignOption{v.slots[arc.slot].ID, int64(arc.cost)})
		}
		r.Patients = append(r.Patients, a)
	}
	return r
}

func (v *AssignSolver) rebuild() *AssignProblem {
	p, _ := NewAssignProblem(v.round()) // every change was checked
	p.hashMask = v.mask
	return p
}

// solveAfresh is how a round with quotas is kept.
func (v *AssignSolver) solveAfresh() {
	v.problem = v.rebuild()
	plan := Assign(v.problem, v.effort)
	v.answer = &plan
}

func (v *AssignSolver) applyAfresh(c *AssignChange) ([]AssignPlace, error) {
	before := v.before
	if before == nil {
		before = map[string]AssignPlace{}
		for _, place := range v.answer.Places {
			before[place.Patient] = place
		}
	}
	for _, id := range c.Depart {
		v.remove(v.number[id], nil)
	}
	for _, slot := range c.Slots {
		v.setSlot(slot)
	}
	for k := range c.Arrive {
		if i, ok := v.number[c.Arrive[k].ID]; ok {
			v.remove(i, nil)
		}
		v.insert(&c.Arrive[k])
		delete(before, c.Arrive[k].ID)
	}
	v.compact()
	if v.solveAfresh(); v.answer.Outcome == AssignStopped {
		v.before = before
		return nil, ErrAssignStopped
	}
	v.before = nil
	var places []AssignPlace
	for _, place := range v.answer.Places {
		if old, ok := before[place.Patient]; !ok || old != place {
			places = append(places, place)
		}
	}
	return places, nil
}

// remove takes a patient out and notes the room that is left.
func (v *AssignSolver) remove(i int32, rooms []int32) []int32 {
	s := v.state
	if a := s.at[i]; a >= 0 {
		rooms = append(rooms, s.arcs[a].slot)
		s.unseat(i)
	}
	v.idle += int(s.to[i] - s.from[i])
	s.at[i], s.from[i], s.to[i] = pending, 0, 0
	delete(v.number, v.patients[i].id)
	v.patients[i] = solverPatient{}
	v.unused = append(v.unused, i)
	return rooms
}

// insert puts a patient in, to be placed.
func (v *AssignSolver) insert(a *AssignPatient) int32 {
	s := v.state
	i := int32(len(v.patients))
	if n := len(v.unused); n > 0 {
		i, v.unused = v.unused[n-1], v.unused[:n-1]
	} else {
		v.patients = append(v.patients, solverPatient{})
		s.addPatient(v.goal)
	}
	v.patients[i] = solverPatient{a.ID, a.Channel}
	v.number[a.ID] = i
	s.patientKey[i] = hashText(v.salt, a.ID)
	if v.goal == LeastCost {
		s.leave[i] = int32(a.UnassignedCost)
	} else {
		s.class[i] = uint8(a.Class)
	}
	s.at[i], s.from[i] = pending, int32(len(s.arcs))
	for _, o := range a.Options {
		s.arcs = append(s.arcs, assignArc{v.slot[o.Slot], int32(o.Cost)})
	}
	row := s.arcs[s.from[i]:]
	row = row[:sortRow(row)]
	s.to[i] = s.from[i] + int32(len(row))
	s.arcs = s.arcs[:s.to[i]]
	for _, arc := range row {
		s.addInto(i, arc.slot)
	}
	return i
}

// setSlot changes a slot or puts a new one in.
func (v *AssignSolver) setSlot(slot AssignSlot) int32 {
	s := v.state
	j, ok := v.slot[slot.ID]
	if !ok {
		j = int32(len(v.slots))
		v.slot[slot.ID] = j
		v.slots = append(v.slots, slot)
		s.addSlot(hashText(^v.salt, slot.ID))
	}
	v.slots[j].Session = slot.Session
	s.capacity[j] = int32(slot.Capacity)
	return j
}

// compact takes out the arcs of those who have gone when they are most of all.
func (v *AssignSolver) compact() {
	s := v.state
	if v.idle <= len(s.arcs)/2 {
		return
	}
	arcs := make([]assignArc, 0, len(s.arcs))
	for i := range s.from {
		from := int32(len(arcs))
		arcs = append(arcs, s.arcs[s.from[i]:s.to[i]]...)
		if s.at[i] >= 0 {
			s.at[i] += from - s.from[i]
		}
		s.from[i], s.to[i] = from, int32(len(arcs))
	}
	s.arcs, v.idle = arcs, 0
	s.makeInto(nil, 0, int32(len(s.price)))
}
