package slots

import "fmt"

// Cut says how a session, or a block of one, is cut into what can be booked. Make it with Even, Packed, Counted or Mixed;
// NewRoster checks it together with everything else. Cuts compare with ==.
type Cut struct {
	Kind     CutKind
	Minutes  int // Even: of a slot. Packed: of a segment. Counted: a patient's expected stay. Mixed: none.
	Capacity int // Even: units per slot. Packed: numbers per segment. Counted: numbers in all. Mixed: none.
	// Numbers is for Packed the numbers in all, the last segment used getting what is left, 0 meaning every segment full; and
	// for Mixed how many of Steps there are.
	Numbers int
	Buffer  int // Even, Mixed: minutes after each slot in which nobody is seen: notes, cleaning. They occupy room and staff, and
	// part the slots: with a buffer there are no two slots in a row for a long visit.
	Visit Visit   // Even, Packed, Counted: whom the slots are for
	Steps [8]Step // Mixed: one round
}

// Step is one slot in the round of a Mixed cut.
type Step struct {
	Minutes  int16
	Capacity int16
	Visit    Visit
}

// Visit is the kind of visit that a slot is for (初诊, 复诊).
type Visit uint8

// The kinds of visit.
const (
	// AnyVisit: the slot does not ask.
	AnyVisit Visit = iota
	// FirstVisit: a patient new to the clinic.
	FirstVisit
	// FollowUp: a patient who comes again.
	FollowUp
)

// IsValid reports whether v is one of the three.
func (v Visit) IsValid() bool { return v <= FollowUp }

// String returns any visit, first visit or follow-up.
func (v Visit) String() string {
	switch v {
	case AnyVisit:
		return "any visit"
	case FirstVisit:
		return "first visit"
	case FollowUp:
		return "follow-up"
	}
	return fmt.Sprintf("Visit(%d)", uint8(v))
}

// Even cuts a session into slots of slotMinutes, each with capacity units.
func Even(slotMinutes, capacity int) Cut {
	return Cut{Kind: EvenSlots, Minutes: slotMinutes, Capacity: capacity}
}

// Packed puts perSegment numbers into every segment of segmentMinutes, evenly and rounded down to the minute: 4 in 30
// minutes start at :00 :07 :15 :22. If numbers is above 0, segments fill in order until so many are made, and
// the last one packs evenly the fewer that it gets: 2 in 30 start at :00 :15. Every number is a slot of capacity 1.
func Packed(segmentMinutes, perSegment, numbers int) Cut {
	return Cut{Kind: PackedNumbers, Minutes: segmentMinutes, Capacity: perSegment, Numbers: numbers}
}

// Counted gives numbers without times; each patient is expected to stay stayMinutes, and that is all the time that the
// appointment takes of the patient's day.
func Counted(numbers, stayMinutes int) Cut {
	return Cut{Kind: CountedNumbers, Minutes: stayMinutes, Capacity: numbers}
}

// Mixed cuts a session into slots of different lengths, the steps in turn and again from the first: a first visit of 30 minutes
// and two follow-ups of 15 are three Steps. The first step
// that does not fit ends it. At most eight steps.
func Mixed(steps ...Step) Cut {
	c := Cut{Kind: MixedSlots, Numbers: len(steps)}
	copy(c.Steps[:], steps)
	return c
}

// With returns the cut with so many minutes of buffer after each slot.
func (c Cut) With(bufferMinutes int) Cut {
	c.Buffer = bufferMinutes
	return c
}

// For returns the cut with slots for the given kind of visit.
func (c Cut) For(v Visit) Cut {
	c.Visit = v
	return c
}

// CutKind is a way to cut a session.
type CutKind uint8

// The ways to cut a session.
const (
	// EvenSlots: slots of equal length, one after the other.
	EvenSlots CutKind = 1 + iota
	// PackedNumbers: numbers spread evenly inside each segment.
	PackedNumbers
	// CountedNumbers: numbers without times.
	CountedNumbers
	// MixedSlots: slots of different lengths in a fixed round.
	MixedSlots
)

// IsValid reports whether k is one of the four.
func (k CutKind) IsValid() bool { return k >= EvenSlots && k <= MixedSlots }

// String returns even, packed, counted or mixed.
func (k CutKind) String() string {
	switch k {
	case EvenSlots:
		return "even"
	case PackedNumbers:
		return "packed"
	case CountedNumbers:
		return "counted"
	case MixedSlots:
		return "mixed"
	}
	return fmt.Sprintf("CutKind(%d)", uint8(k))
}

// Limits of a Cut.
const (
	// MaxSessionMinutes is the longest session and the longest slot: a day.
	MaxSessionMinutes = 24 * 60
	// MaxCapacity bounds the units of one slot and the numbers of one session.
	MaxCapacity = 10_000
)

// Check reports everything that is wrong with c for a session of sessionMinutes.
func (c Cut) Check(sessionMinutes int) error {
	var p problems
	if !c.Kind.IsValid() {
		p.add("Cut.Kind %d: want EvenSlots, PackedNumbers, CountedNumbers or MixedSlots", uint8(c.Kind))
		return p.err()
	}
	if !c.Visit.IsValid() {
		p.add("Cut.Visit %d: want AnyVisit, FirstVisit or FollowUp", uint8(c.Visit))
	}
	if c.Kind == MixedSlots {
		c.checkMixed(sessionMinutes, &p)
		return p.err()
	}
	p.within("Cut.Minutes", c.Minutes, 1, MaxSessionMinutes)
	p.within("Cut.Capacity", c.Capacity, 1, MaxCapacity)
	if c.Kind != PackedNumbers && c.Numbers != 0 {
		p.add("Cut.Numbers %d: only Packed and Mixed have it; want 0", c.Numbers)
	}
	if c.Kind == EvenSlots {
		p.within("Cut.Buffer", c.Buffer, 0, MaxSessionMinutes)
	} else if c.Buffer != 0 {
		p.add("Cut.Buffer %d: only Even and Mixed have it; want 0", c.Buffer)
	}
	if c.Steps != [8]Step{} {
		p.add("Cut.Steps: only Mixed has them")
	}
	if len(p) > 0 {
		return p.err()
	}
	if c.Minutes > sessionMinutes {
		p.add("Cut.Minutes %d: longer than the session's %d", c.Minutes, sessionMinutes)
	}
	if c.Kind == PackedNumbers {
		if c.Capacity > c.Minutes {
			p.add("Cut.Capacity %d: more numbers than minutes in a segment of %d", c.Capacity, c.Minutes)
		}
		p.within("Cut.Numbers", c.Numbers, 0, sessionMinutes/c.Minutes*c.Capacity)
	}
	return p.err()
}

func (c Cut) checkMixed(sessionMinutes int, p *problems) {
	for _, x := range [...]struct {
		field string
		value int
	}{{"Minutes", c.Minutes}, {"Capacity", c.Capacity}, {"Visit", int(c.Visit)}} {
		if x.value != 0 {
			p.add("Cut.%s %d: Mixed has it in its steps; want 0", x.field, x.value)
		}
	}
	p.within("Cut.Buffer", c.Buffer, 0, MaxSessionMinutes)
	p.within("Cut.Numbers (steps of Mixed)", c.Numbers, 1, len(c.Steps))
	for i, s := range c.Steps {
		if i >= c.Numbers {
			if s != (Step{}) {
				p.add("Cut.Steps[%d]: beyond the %d steps of Numbers", i, c.Numbers)
			}
			continue
		}
		p.within(fmt.Sprintf("Cut.Steps[%d].Minutes", i), int(s.Minutes), 1, MaxSessionMinutes)
		p.within(fmt.Sprintf("Cut.Steps[%d].Capacity", i), int(s.Capacity), 1, MaxCapacity)
		if !s.Visit.IsValid() {
			p.add("Cut.Steps[%d].Visit %d: want AnyVisit, FirstVisit or FollowUp", i, uint8(s.Visit))
		}
	}
	if first := int(c.Steps[0].Minutes); len(*p) == 0 && first > sessionMinutes {
		p.add("Cut.Steps[0].Minutes %d: longer than the session's %d", first, sessionMinutes)
	}
}

// piece is a slot on the wall clock: start in minutes after the session's start.
type piece struct {
	offset, minutes, capacity int32
	visit                     Visit
	buffer                    int16 // minutes after it that are occupied, too
}

// cut appends to list what c makes of the stretch [from, to), in minutes after the session's start, and returns how many minutes
// at the end hold no whole slot or segment. c has passed Check; made is what Packed made of earlier stretches.
func (c Cut) cut(list []piece, from, to, made int) (pieces []piece, unused int) {
	at := from
	switch c.Kind {
	case CountedNumbers:
		if c.Minutes > to-from { // a revised cut on a day of other hours
			return list, to - from
		}
		return append(list, piece{int32(from), int32(c.Minutes), int32(c.Capacity), c.Visit, 0}), 0
	case EvenSlots:
		for ; at+c.Minutes <= to; at += c.Minutes + c.Buffer {
			list = append(list, piece{int32(at), int32(c.Minutes), int32(c.Capacity), c.Visit, c.bufferIn(to - at - c.Minutes)})
		}
	case PackedNumbers:
		for ; at+c.Minutes <= to && (c.Numbers == 0 || made < c.Numbers); at += c.Minutes {
			n := c.Capacity
			if c.Numbers > 0 {
				n = min(n, c.Numbers-made)
			}
			made += n
			for j := range n {
				start, end := j*c.Minutes/n, (j+1)*c.Minutes/n
				list = append(list, piece{int32(at + start), int32(end - start), 1, c.Visit, 0})
			}
		}
		return list, (to - from) % c.Minutes
	case MixedSlots:
		for i := 0; ; i++ {
			s := c.Steps[i%c.Numbers]
			if at+int(s.Minutes) > to {
				break
			}
			list = append(list, piece{int32(at), int32(s.Minutes), int32(s.Capacity), s.Visit, c.bufferIn(to - at - int(s.Minutes))})
			at += int(s.Minutes) + c.Buffer
		}
	}
	return list, max(0, to-at) // a buffer may reach past the end
}

// bufferIn is how much of the buffer after a slot lies in its stretch, of which so many minutes are left.
func (c Cut) bufferIn(left int) int16 { return int16(min(c.Buffer, left)) }

// fewer is how many of the numbers asked for were not made.
func (c Cut) fewer(made int) int {
	if c.Kind == PackedNumbers && c.Numbers > made {
		return c.Numbers - made
	}
	return 0
}

// perRound bounds how many slots more are made where a session is cut in two.
func (c Cut) perRound() int {
	if c.Kind == MixedSlots {
		return c.Numbers
	}
	return 1
}

// count is how many slots c makes at most of a session of sessionMinutes. c has passed Check.
func (c Cut) count(sessionMinutes int) int {
	switch c.Kind {
	case EvenSlots:
		return (sessionMinutes + c.Buffer) / (c.Minutes + c.Buffer)
	case PackedNumbers:
		if c.Numbers > 0 {
			return c.Numbers
		}
		return sessionMinutes / c.Minutes * c.Capacity
	case MixedSlots:
		round := c.Numbers * c.Buffer
		for _, s := range c.Steps[:c.Numbers] {
			round += int(s.Minutes)
		}
		return (sessionMinutes/round + 1) * c.Numbers
	}
	return 1
}
