package slots

import (
	"fmt"
	"slices"
	"strings"
)

// Session is one line of supply on one date: a rule of the roster met a day of the calendar. Its ID is the rule's
// ID, a slash and the date that it was planned for; it is the same however often, over whatever range, and after whatever other
// edit of the roster it is generated. Sessions returned by this package share no memory with the roster; those of one day lie
// together in memory, so keep a Clone of one to let go of the others.
type Session struct {
	ID        string
	Rule      string   // ID of the rule or extra session that made it
	Line      Line     // what is offered
	Resources []string // who and what it occupies, sorted
	Date      Date     // the date that the session is held on, also when it runs past midnight
	Part      string   // the hospital's label for the part of the day (午别)
	Start     Instant  // when its wall-clock start came, or the moment after a jump of the clocks over it
	Minutes   int      // real minutes to its wall-clock end: an hour less or more on days when clocks change. As planned: leave takes slots only
	Counted   bool     // numbers without times
	// Slots are in order of Start and never overlap. A counted session has exactly one: Start is the session's,
	// Minutes the declared stay and Capacity the count of numbers.
	Slots []Slot
}

// Slot is the smallest bookable stretch of a session.
type Slot struct {
	Start    Instant
	Minutes  int
	Capacity int // units that may be booked into it, at least 1
	Visit    Visit
}

// Span returns the time from the session's start to its end.
func (s *Session) Span() Span { return SpanOf(s.Start, s.Minutes) }

// Units is the capacity of all slots together.
func (s *Session) Units() int {
	n := 0
	for _, slot := range s.Slots {
		n += slot.Capacity
	}
	return n
}

// Clone returns a session that shares no memory with s.
func (s *Session) Clone() Session {
	c := *s
	c.ID = strings.Clone(s.ID)
	c.Resources = slices.Clone(s.Resources)
	c.Slots = slices.Clone(s.Slots)
	return c
}

// Span returns the time that the slot takes.
func (s Slot) Span() Span { return SpanOf(s.Start, s.Minutes) }

// Line is what a session offers: attributes, never identity. Department and Kind are required; the other texts may
// be empty. Two lines are equal when == says so.
type Line struct {
	Department string
	Service    string // the clinic within the department, or the examination
	Site       string // campus
	Room       string // unique within its site
	Kind       Kind
	Grade      Grade  // of the physician; NoGrade for machines
	Fee        string // the hospital's own fee code, never looked into
}

func (l *Line) check() error {
	var p problems
	p.text("Department", l.Department, true)
	p.text("Service", l.Service, false)
	p.text("Site", l.Site, false)
	p.text("Room", l.Room, false)
	p.text("Fee", l.Fee, false)
	if !l.Kind.IsValid() {
		p.add("Kind %d: want General to Joint", uint8(l.Kind))
	}
	if !l.Grade.IsValid() {
		p.add("Grade %d: want NoGrade to Chief", uint8(l.Grade))
	}
	return p.err()
}

// room is the room as something needed.
func (l *Line) room() needed { return needed{RoomClash, l.Site, l.Room} }

// Kind is the kind of number that a session sells.
type Kind uint8

// The kinds.
const (
	// General: an ordinary clinic (普通).
	General Kind = 1 + iota
	// Specialist: an expert's clinic (专家).
	Specialist
	// SpecialNeeds: longer visits at a higher fee (特需).
	SpecialNeeds
	// Examination: a machine, its room and its staff.
	Examination
	// Virtual: at a distance.
	Virtual
	// Joint: several disciplines see one patient together (MDT, 多学科).
	Joint
)

var kindNames = [...]string{"", "general", "specialist", "special-needs", "examination", "virtual", "joint"}

// IsValid reports whether k is one of the kinds.
func (k Kind) IsValid() bool { return k >= General && k <= Joint }

// String returns general, specialist, special-needs, examination, virtual or joint.
func (k Kind) String() string {
	if !k.IsValid() {
		return fmt.Sprintf("Kind(%d)", uint8(k))
	}
	return kindNames[k]
}

// Grade is a physician's professional grade, in rising order; fees and substitution rules hang on it.
type Grade uint8

// The grades.
const (
	// NoGrade: no physician, or none named yet.
	NoGrade Grade = iota
	// Resident: 住院医师.
	Resident
	// Attending: 主治医师.
	Attending
	// AssociateChief: 副主任医师.
	AssociateChief
	// Chief: 主任医师.
	Chief
)

var gradeNames = [...]string{"no grade", "resident", "attending", "associate chief", "chief"}

// IsValid reports whether g is NoGrade or one of the four.
func (g Grade) IsValid() bool { return g <= Chief }

// String returns the English name.
func (g Grade) String() string {
	if !g.IsValid() {
		return fmt.Sprintf("Grade(%d)", uint8(g))
	}
	return gradeNames[g]
}
