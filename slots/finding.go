package slots

import (
	"cmp"
	"fmt"
)

// Finding is something about the generated sessions that a person should look at. It is never fatal: the sessions
// beside it are as good as the roster allows. Findings compare with ==.
type Finding struct {
	Kind     FindingKind
	Date     Date   // of the session; for UnknownYear and MakeUpUndecided the day
	Session  string // ID of the session that is meant
	Other    string // clashes: ID of the session it clashes with, which starts no later
	Resource string // ResourceClash, DoubledSubstitute: the resource. RoomClash: site, a slash, room; or the room alone
	At       Instant
	Count    int // slots concerned; for ResourceClash and RoomClash the minutes of the overlap that begins At
}

// FindingKind is a kind of finding.
type FindingKind uint8

// The kinds of finding.
const (
	// UnknownYear: the range has a day of a year that the calendar does not know, and some rule keeps the calendar; the day was
	// taken as its weekday. Once per year in a range.
	UnknownYear FindingKind = 1 + iota
	// MakeUpUndecided: a make-up working day without a Follow; it ran its own weekday's timetable.
	MakeUpUndecided
	// SkippedSlots: the clocks jumped over the start of these slots, or into them; they were not made. At is when.
	SkippedSlots
	// RepeatedSlots: these slots start at a time that occurs twice; the first was taken. At is the first slot.
	RepeatedSlots
	// UnusedMinutes: the end of the session holds no whole slot or segment. Count is the minutes. Once per rule in a range.
	UnusedMinutes
	// Emptied: leave or closures took every slot; the session was not made.
	Emptied
	// CountedPartLeave: leave takes part of a session of numbers without times; all of them were kept.
	CountedPartLeave
	// ResourceClash: one resource, as a physician, is needed by two sessions at once.
	ResourceClash
	// RoomClash: one room holds two sessions at once.
	RoomClash
	// NothingFits: on this date the session's other hours, less its breaks, hold no whole slot; it was not made. Count is the minutes.
	NothingFits
	// IdleRevision: a revision of a session that is not held on the date that it names.
	IdleRevision
	// MovedOut: a revision leads the session to a day outside the range generated (Date): to compare generations, take a range with
	// both days.
	MovedOut
	// ListedNotHeld: a date that is listed in the rule's Dates, on which the rule is not held: an off day, or outside its validity, or closed.
	ListedNotHeld
	// FewerNumbers: the date's other hours leave room for fewer numbers than a Packed cut says. Count is how many fewer.
	FewerNumbers
	// DoubledSubstitute: a substitute stands in where he is needed already, so that the session has fewer resources. Of several, one is told.
	DoubledSubstitute
	// IdleFollow: a Follow on an off day; it opens nothing.
	IdleFollow
)

var findingKindNames = [...]string{"", "unknown year", "make-up day undecided", "skipped slots", "repeated slots", "unused minutes",
	"emptied by leave or closure", "counted session partly on leave", "resource clash", "room clash", "nothing fits", "idle revision",
	"moved out of the range", "listed but not held", "fewer numbers", "substitute is there already",
	"follow on an off day"}

// IsValid reports whether k is one of the kinds.
func (k FindingKind) IsValid() bool { return k >= UnknownYear && k <= IdleFollow }

// String returns a short English name.
func (k FindingKind) String() string {
	if !k.IsValid() {
		return fmt.Sprintf("FindingKind(%d)", uint8(k))
	}
	return findingKindNames[k]
}

// unit is what Count counts.
func (k FindingKind) unit() string {
	switch k {
	case UnusedMinutes, ResourceClash, RoomClash, NothingFits:
		return "minute"
	case FewerNumbers:
		return "number"
	}
	return "slot"
}

// Compare orders findings by date, kind, session, resource, other session, instant and count.
func (f Finding) Compare(g Finding) int {
	return cmp.Or(f.Date.Compare(g.Date), cmp.Compare(f.Kind, g.Kind), cmp.Compare(f.Session, g.Session),
		cmp.Compare(f.Resource, g.Resource), cmp.Compare(f.Other, g.Other), cmp.Compare(f.At, g.At), cmp.Compare(f.Count, g.Count))
}

// String tells the finding in one line of English, with instants in UTC.
func (f Finding) String() string {
	text := f.Kind.String() + ": " + f.Date.String()
	if f.Session != "" {
		text = f.Kind.String() + ": " + f.Session
	}
	if f.Other != "" {
		text += " with " + f.Other
	}
	if f.Resource != "" {
		text += ", " + f.Resource
	}
	if f.Count != 0 {
		text += fmt.Sprintf(", %d %s", f.Count, f.Kind.unit())
		if f.Count != 1 {
			text += "s"
		}
	}
	if f.At != 0 {
		text += " from " + f.At.String()
	}
	return text
}
