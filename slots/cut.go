package slots

import "fmt"

// Cut says how a session is cut into what can be booked. Make it with Even, Packed or Counted; NewRoster checks it
// together with everything else. Cuts compare with ==.
type Cut struct {
	Kind     CutKind
	Minutes  int // Even: of a slot. Packed: of a segment. Counted: a patient's expected stay.
	Capacity int // Even: units per slot. Packed: numbers per segment. Counted: numbers in all.
	Numbers  int // Packed: numbers in all, the last segment used getting what is left; 0 means every segment full.
}

// Even cuts a session into slots of slotMinutes, each with capacity units.
func Even(slotMinutes, capacity int) Cut { return Cut{EvenSlots, slotMinutes, capacity, 0} }

// Packed puts perSegment numbers into every segment of segmentMinutes, evenly and rounded down to the minute: 4 in 30
// minutes start at :00 :07 :15 :22. If numbers is above 0, segments fill in order until so many are made, and
// the last one packs evenly the fewer that it gets: 2 in 30 start at :00 :15. Every number is a slot of capacity 1.
func Packed(segmentMinutes, perSegment, numbers int) Cut {
	return Cut{PackedNumbers, segmentMinutes, perSegment, numbers}
}

// Counted gives numbers without times; each patient is expected to stay stayMinutes, and that is all the time that the
// appointment takes of the patient's day.
func Counted(numbers, stayMinutes int) Cut { return Cut{CountedNumbers, stayMinutes, numbers, 0} }

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
)

// IsValid reports whether k is one of the three.
func (k CutKind) IsValid() bool { return k >= EvenSlots && k <= CountedNumbers }

// String returns even, packed or counted.
func (k CutKind) String() string {
	switch k {
	case EvenSlots:
		return "even"
	case PackedNumbers:
		return "packed"
	case CountedNumbers:
		return "counted"
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
		p.add("Cut.Kind %d: want EvenSlots, PackedNumbers or CountedNumbers", uint8(c.Kind))
		return p.err()
	}
	p.within("Cut.Minutes", c.Minutes, 1, MaxSessionMinutes)
	p.within("Cut.Capacity", c.Capacity, 1, MaxCapacity)
	if c.Kind != PackedNumbers && c.Numbers != 0 {
		p.add("Cut.Numbers %d: only Packed has it; want 0", c.Numbers)
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

// count is the number of slots that c makes of a session of sessionMinutes. c has passed Check.
func (c Cut) count(sessionMinutes int) int {
	switch c.Kind {
	case EvenSlots:
		return sessionMinutes / c.Minutes
	case PackedNumbers:
		if c.Numbers > 0 {
			return c.Numbers
		}
		return sessionMinutes / c.Minutes * c.Capacity
	}
	return 1
}

// unusedMinutes is the end of a session that holds no whole slot or segment.
func (c Cut) unusedMinutes(sessionMinutes int) int {
	if c.Kind == CountedNumbers {
		return 0
	}
	return sessionMinutes % c.Minutes
}

// pieces lists what c makes of a session of sessionMinutes, in order. c has passed Check.
func (c Cut) pieces(sessionMinutes int) []piece {
	list := make([]piece, 0, c.count(sessionMinutes))
	for offset := 0; len(list) < cap(list); offset += c.Minutes {
		if c.Kind != PackedNumbers {
			list = append(list, piece{offset, c.Minutes, c.Capacity})
			continue
		}
		n := min(cap(list)-len(list), c.Capacity)
		for j := range n {
			from, to := j*c.Minutes/n, (j+1)*c.Minutes/n
			list = append(list, piece{offset + from, to - from, 1})
		}
	}
	return list
}

// piece is a slot on the wall clock: start in minutes after the session's start.
type piece struct{ offset, minutes, capacity int }
