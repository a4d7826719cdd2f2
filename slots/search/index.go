package search

import (
	"fmt"
	"time"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Config is what an Index is made of. It is read once: the index keeps no reference to its slices.
type Config struct {
	// Sessions in order of (Start, Date, ID), as slots.Roster.Sessions gives them. A session's place here is its number
	// in every Spot, so keep them as they are.
	Sessions []slots.Session
	// Location is the hospital's zone: windows and weekdays are those of its clocks.
	Location *time.Location
	// Classes are the names of quota classes whose admissibility the host keeps up (Admit, Bar), at most MaxClasses.
	Classes []string
}

// Spot is a run of consecutive slots of one session.
type Spot struct {
	Session int32  // number in Config.Sessions
	Slot    uint16 // the first slot's number in its session
	Count   uint16 // slots, at least 1
}

// Class is a quota class of an index: its place in Config.Classes, from 1. The zero Class is none.
type Class uint8

// Index knows of each slot whether it is free, and finds free ones by physician, department, service and time. It is not for use by
// several goroutines while one of them changes it.
type Index struct {
	base      slots.Instant // the first session's start
	location  *time.Location
	classes   []string
	sessions  []session
	free      []uint64
	slotCount int64
	planes    int // of each list, without those of lines
	shapes    []shape
	faces     []face
	stocks    []stock
	lines     []line
	lists     []list

	// The lists, by what is named; departments and services by their numbers in line.
	resources, departments, services map[string]uint32
	pairs                            map[pair]uint32
	sites                            map[string]uint32
}

// session is all that is kept of one: 20 bytes.
type session struct {
	bit    uint32 // where its slots' bits begin in free; those of at most 64 slots lie in one word
	start  uint32 // seconds after the index's base
	face   uint32
	stock  uint32
	admits uint32 // bit 0: open; bit c: class c is admitted
}

// stock is what sessions share: what they offer and whom they occupy, as the lists they are in.
type stock struct {
	line      uint32
	resources []uint32
	lists     []uint32
}

// line is slots.Line as far as it can be asked for.
type line struct {
	department, service, site uint32
	kind                      slots.Kind
	grade                     slots.Grade
}

// pair is a service within a department.
type pair struct{ department, service uint32 }

// Sessions is how many sessions the index holds.
func (x *Index) Sessions() int { return len(x.sessions) }

// Slots is how many slots the index holds.
func (x *Index) Slots() int64 { return x.slotCount }

// Class returns the class of that name in Config.Classes.
func (x *Index) Class(name string) (Class, bool) {
	for i, c := range x.classes {
		if c == name {
			return Class(i + 1), true
		}
	}
	return 0, false
}

// runPlane is the plane of the longest free run that is kept and not above count, which is at least 2.
func (x *Index) runPlane(count int) int {
	return len(x.classes) + min(count, longestRunPlane) - 1
}

func (x *Index) shapeOf(s *session) *shape { return &x.shapes[x.faces[s.face].shape] }

// bitsOf are the words that hold a session's slots, and how far up in the first they begin.
func (x *Index) bitsOf(s *session, sh *shape) (words []uint64, shift uint32) {
	at := s.bit >> 6
	return x.free[at : at+uint32(sh.words())], s.bit & 63
}

// Span is the time from the start of a spot's first slot to the end of its last; empty if the index holds no such spot.
func (x *Index) Span(spot Spot) slots.Span {
	s, err := x.session(spot)
	if err != nil {
		return slots.Span{}
	}
	sh := x.shapeOf(s)
	start := x.base + slots.Instant(s.start)
	from := start + slots.Instant(sh.offsets[spot.Slot])
	span, err := slots.NewSpan(from, start+slots.Instant(sh.end(int(spot.Slot)+int(spot.Count)-1)))
	if err != nil {
		return slots.Span{}
	}
	return span
}

// session finds the session of a spot and checks that its slots exist.
func (x *Index) session(spot Spot) (*session, error) {
	if int(spot.Session) < 0 || int(spot.Session) >= len(x.sessions) {
		return nil, fmt.Errorf("spot.Session %d: want 0 to %d", spot.Session, len(x.sessions)-1)
	}
	s := &x.sessions[spot.Session]
	n := x.shapeOf(s).slots()
	if spot.Count < 1 || int(spot.Slot)+int(spot.Count) > n {
		return nil, fmt.Errorf("spot.Slot %d, spot.Count %d: session %d has %d slots, want Count at least 1 within them",
			spot.Slot, spot.Count, spot.Session, n)
	}
	return s, nil
}
