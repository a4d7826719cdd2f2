package allocate

import (
	"errors"
	"strconv"
)

// RebookProblem is a checked round in canonical order. It never changes; Rebook and VerifyRebook may use one from several places. The zero
// value is no problem: NewRebookProblem makes them.
//
// It is an assignment whose patients are appointments. Each slot is one node for what is free, named 0/ID, and one for each class that
// may give way there, named class/ID: an appointment has such a one as an option only if its own class is earlier. Booked ones
// that may move are class 1 of the assignment and have the node that they are in as an option, so that they are always placed; the affected
// come after them, class by class.
type RebookProblem struct {
	classes int
	whole   *AssignProblem    // without costs
	people  []rebookAppointed // by patient of whole
	nodes   []rebookNode      // by slot of whole
}

// errNoRebook: a zero problem or none.
var errNoRebook = errors.New("allocate: the problem was not made by NewRebookProblem")

// made reports whether NewRebookProblem made the problem.
func (p *RebookProblem) made() bool { return p != nil && p.whole != nil }

// rebookAppointed is an appointment, affected or able to move.
type rebookAppointed struct {
	class    int
	affected bool
	declines bool
	price    int32
	had      rebookTerms
	home     int32 // the node that it is in, where it is booked; else -1
}

// rebookNode is a slot as the assignment knows it.
type rebookNode struct {
	slot  string
	terms rebookTerms
}

// rebookTerms are RebookTerms with numbers for names, 0 for none.
type rebookTerms struct{ department, physician, grade, day, minute int32 }

// NewRebookProblem checks a round and copies it; the error joins all problems, each naming the field and the value; more than 100 are
// counted. Cost: as NewAssignProblem, for as many options as there are and those of classes that may give way.
func NewRebookProblem(r RebookRound) (*RebookProblem, error) {
	var faults faultList
	index := r.check(&faults)
	if faults.Len() > 0 {
		return nil, faults.Err()
	}
	b := newRebookBuilder(&r, index)
	b.addPeople()
	whole, err := NewAssignProblem(b.round)
	if err != nil {
		return nil, err // there is nothing that it could find: its limits are wider
	}
	p := &RebookProblem{classes: r.Classes, whole: whole}
	p.nodes = make([]rebookNode, len(whole.slots))
	number := make(map[string]int32, len(whole.slots))
	for j, id := range whole.slots {
		slot := id[2:] // after class and stroke
		p.nodes[j] = rebookNode{slot, b.terms[index[slot]]}
		number[id] = int32(j)
	}
	people := make(map[string]rebookAppointed, len(whole.patients))
	for i := range b.people {
		people[b.round.Patients[i].ID] = b.people[i]
	}
	for _, id := range whole.patients {
		who := people[id]
		if !who.affected {
			who.home = number[b.home[id]]
		}
		p.people = append(p.people, who)
	}
	return p, nil
}

// rebookBuilder makes the assignment.
type rebookBuilder struct {
	r      *RebookRound
	index  map[string]int32
	terms  []rebookTerms // by position in Slots
	names  map[string]int32
	nodes  [][MaxRebookClasses + 1]string // by position in Slots and class: the node's name, or none
	round  AssignRound
	people []rebookAppointed // by position in round.Patients
	home   map[string]string // the node's name, by the ID of who is booked
}

func newRebookBuilder(r *RebookRound, index map[string]int32) *rebookBuilder {
	b := &rebookBuilder{
		r: r, index: index, terms: make([]rebookTerms, len(r.Slots)), names: map[string]int32{"": 0},
		nodes: make([][MaxRebookClasses + 1]string, len(r.Slots)),
		round: AssignRound{Goal: ServeByClass, Classes: r.Classes + 1, Salt: r.Salt}, home: map[string]string{},
	}
	room := make([][MaxRebookClasses + 1]int, len(r.Slots))
	for j := range r.Slots {
		b.terms[j] = b.termsOf(&r.Slots[j].Terms)
		room[j][0] = r.Slots[j].Free
	}
	for i := range r.Booked {
		if who := &r.Booked[i]; r.mayMove(who) {
			room[index[who.Slot]][who.Class]++
		}
	}
	for j := range room {
		for class, units := range room[j] {
			if units > 0 {
				b.nodes[j][class] = strconv.Itoa(class) + "/" + r.Slots[j].ID
				b.round.Slots = append(b.round.Slots, AssignSlot{ID: b.nodes[j][class], Capacity: units})
			}
		}
	}
	return b
}

// mayMove reports whether somebody who is booked can be asked to move.
func (r *RebookRound) mayMove(who *RebookBooked) bool {
	return r.MoveOthers && !who.Arrived && !who.MovedBefore && len(who.Options) > 0
}

// termsOf gives numbers to names, in the order in which they come: which number it is decides nothing.
func (b *rebookBuilder) termsOf(t *RebookTerms) rebookTerms {
	number := func(name string) int32 {
		n, ok := b.names[name]
		if !ok {
			n = int32(len(b.names))
			b.names[name] = n
		}
		return n
	}
	return rebookTerms{
		department: number("d" + t.Department), physician: b.physician(t.Physician, number),
		grade: int32(t.Grade), day: t.Date.Number(), minute: int32(t.Clock.Minutes()),
	}
}

// physician keeps the numbers of physicians apart from those of departments, and 0 for none.
func (b *rebookBuilder) physician(name string, number func(string) int32) int32 {
	if name == "" {
		return 0
	}
	return number("p" + name)
}

func (b *rebookBuilder) addPeople() {
	for i := range b.r.Affected {
		a := &b.r.Affected[i]
		b.people = append(b.people, rebookAppointed{class: a.Class, affected: true, declines: a.DeclinesWaitlist, had: b.termsOf(&a.Had), home: -1})
		b.round.Patients = append(b.round.Patients, AssignPatient{ID: a.ID, Class: a.Class + 1, Options: b.options(a.Options, a.Class, "")})
	}
	for i := range b.r.Booked {
		who := &b.r.Booked[i]
		if !b.r.mayMove(who) {
			continue
		}
		j := b.index[who.Slot]
		home := b.nodes[j][who.Class]
		b.home[who.ID] = home
		b.people = append(b.people, rebookAppointed{class: who.Class, price: int32(who.Price), had: b.terms[j], home: -1})
		b.round.Patients = append(b.round.Patients, AssignPatient{ID: who.ID, Class: 1, Options: b.options(who.Options, who.Class, home)})
	}
}

// options are the nodes that an appointment of a class may take: free ones, those of later classes, and the one where it is.
func (b *rebookBuilder) options(ids []string, class int, home string) []AssignOption {
	options := make([]AssignOption, 0, len(ids)+1)
	add := func(node string) {
		if node != "" {
			options = append(options, AssignOption{Slot: node})
		}
	}
	add(home)
	for _, id := range ids {
		nodes := &b.nodes[b.index[id]]
		add(nodes[0])
		for _, node := range nodes[class+1:] {
			add(node)
		}
	}
	return options
}
