package allocate

// worth is a cost on the two levels below the classes: sums of costs, then sums of hashes. Worths are added level by level and
// compared in order, so that no amount of hash ever outweighs one unit of cost and neither needs room for the other.
type worth struct{ cost, hash int64 }

func (a worth) plus(b worth) worth  { return worth{a.cost + b.cost, a.hash + b.hash} }
func (a worth) minus(b worth) worth { return worth{a.cost - b.cost, a.hash - b.hash} }
func (a worth) less(b worth) bool   { return a.cost < b.cost || a.cost == b.cost && a.hash < b.hash }

// Where a patient is, besides an arc.
const (
	nowhere = -1 // without a slot, and that is decided
	pending = -2 // to be placed yet
)

// assignState is an assignment and prices that prove it best for those who are placed. The classes' levels need no vectors: a path of
// changes starts and ends at one patient each, so on those levels a slot's price is that of the one patient who would have to
// go for another unit in it, which is a class, or nothing. That is its tier: a class, or open, one more than the last class.
// Tiers are the parts of the decomposition of Dulmage and Mendelsohn (1958, "Coverings of bipartite graphs"), class by class.
//
// The law (complementary slackness), in words: nobody prefers another option of the same tier at its price; nobody has an option
// of a later tier than the own; a slot with room is open and has price 0.
type assignState struct {
	arcs []assignArc
	// Options of patient i are arcs[from[i]:to[i]], by slot.
	from, to []int32
	class    []uint8 // empty with LeastCost
	leave    []int32 // empty with ServeByClass
	open     uint8
	capacity []int32
	hashMask uint64
	// patientKey and slotKey are the hashes of the names under the salt.
	patientKey, slotKey []uint64

	at         []int32 // by patient: an arc, nowhere or pending
	next, prev []int32 // by patient: others in the same slot, or -1
	head       []int32 // by slot: the first in it, or -1
	fill       []int32 // by slot: how many are in it
	price      []worth // by slot
	tier       []uint8 // by slot

	// moved are those whose place has changed, with where they were, while watching.
	moved    []movedFrom
	watching bool

	into intoLists // who has a slot among the options
	look assignSearch
	bids []int64 // scratch of estimates
}

func newAssignState(p *AssignProblem, salt uint64) *assignState {
	n, m := len(p.patients), len(p.slots)
	s := &assignState{
		arcs: p.arcs, from: p.row[:n], to: p.row[1:], class: p.class, leave: p.leave, open: uint8(p.classes + 1),
		capacity: p.capacity, hashMask: p.hashMask,
		patientKey: nameKeys(salt, p.patients), slotKey: nameKeys(^salt, p.slots),
		at: make([]int32, n), next: make([]int32, n), prev: make([]int32, n),
		head: make([]int32, m), fill: make([]int32, m), price: make([]worth, m), tier: make([]uint8, m),
	}
	for i := range s.at {
		s.at[i] = pending
	}
	for j := range s.head {
		s.head[j], s.tier[j] = -1, s.open
	}
	s.look.nodes = make([]searchNode, m)
	return s
}

func nameKeys(key uint64, names []string) []uint64 {
	keys := make([]uint64, len(names))
	for i, name := range names {
		keys[i] = hashText(key, name)
	}
	return keys
}

// rank is the tier of being left without a slot.
func (s *assignState) rank(i int32) uint8 {
	if s.open == 1 {
		return s.open
	}
	return s.class[i]
}

// leaving is what it costs to be left without a slot, within its tier.
func (s *assignState) leaving(i int32) worth {
	if s.open != 1 {
		return worth{}
	}
	return worth{int64(s.leave[i]), 0}
}

// value is what patient i pays for arc a: its cost, hash and price.
func (s *assignState) value(i, a int32) worth {
	arc := s.arcs[a]
	p := s.price[arc.slot]
	return worth{int64(arc.cost) + p.cost, pairHash(s.patientKey[i], s.slotKey[arc.slot], s.hashMask) + p.hash}
}

// seat puts a patient who is in no slot on arc a.
func (s *assignState) seat(i, a int32) {
	j := s.arcs[a].slot
	s.note(i)
	s.at[i] = a
	s.prev[i], s.next[i] = -1, s.head[j]
	if s.head[j] >= 0 {
		s.prev[s.head[j]] = i
	}
	s.head[j] = i
	s.fill[j]++
}

// movedFrom is where a patient was: an arc, nowhere or pending.
type movedFrom struct{ patient, at int32 }

func (s *assignState) note(i int32) {
	if s.watching {
		s.moved = append(s.moved, movedFrom{i, s.at[i]})
	}
}

// refuse leaves a patient who is in no slot without one.
func (s *assignState) refuse(i int32) {
	s.note(i)
	s.at[i] = nowhere
}

// unseat takes a patient out of the slot.
func (s *assignState) unseat(i int32) {
	s.note(i)
	j := s.arcs[s.at[i]].slot
	if s.prev[i] >= 0 {
		s.next[s.prev[i]] = s.next[i]
	} else {
		s.head[j] = s.next[i]
	}
	if s.next[i] >= 0 {
		s.prev[s.next[i]] = s.prev[i]
	}
	s.at[i] = pending
	s.fill[j]--
}

// addPatient makes room for one more patient.
func (s *assignState) addPatient(goal AssignGoal) {
	if goal == LeastCost {
		s.leave = append(s.leave, 0)
	} else {
		s.class = append(s.class, 0)
	}
	s.from, s.to = append(s.from, 0), append(s.to, 0)
	s.patientKey = append(s.patientKey, 0)
	s.at, s.next, s.prev = append(s.at, pending), append(s.next, -1), append(s.prev, -1)
}

// addSlot makes a new slot without capacity.
func (s *assignState) addSlot(key uint64) {
	s.capacity, s.slotKey = append(s.capacity, 0), append(s.slotKey, key)
	s.head, s.fill = append(s.head, -1), append(s.fill, 0)
	s.price, s.tier = append(s.price, worth{}), append(s.tier, s.open)
	s.look.nodes = append(s.look.nodes, searchNode{})
}
