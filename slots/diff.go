package slots

import (
	"cmp"
	"fmt"
	"slices"
)

// Change is one difference between two generations of a roster. A session may change in several ways at once, one Change each.
type Change struct {
	Session string
	Kind    ChangeKind
}

// ChangeKind is a way in which a session changes.
type ChangeKind uint8

// The kinds of change.
const (
	// Added: it was not there.
	Added ChangeKind = 1 + iota
	// Removed: it is no longer there. What is booked in it needs a closure.
	Removed
	// Moved: it starts at another instant.
	Moved
	// Resized: its length, or the times (relative to its start), lengths, capacities or visits of its slots differ.
	Resized
	// Reresourced: it needs other resources, as a substitute physician (替诊).
	Reresourced
	// Relocated: it is at another site or room.
	Relocated
	// Relabelled: its department, service, kind, grade, fee or part of the day differs.
	Relabelled
)

var changeKindNames = [...]string{"", "added", "removed", "moved", "resized", "re-resourced", "relocated", "relabelled"}

// IsValid reports whether k is one of the kinds.
func (k ChangeKind) IsValid() bool { return k >= Added && k <= Relabelled }

// String returns added, removed, moved, resized, re-resourced, relocated or relabelled.
func (k ChangeKind) String() string {
	if !k.IsValid() {
		return fmt.Sprintf("ChangeKind(%d)", uint8(k))
	}
	return changeKindNames[k]
}

// Diff lists what changed between two generations of the same range, by session ID and kind. Sessions are matched by ID; the order
// of the inputs means nothing. It fails if an input has an ID twice. Both inputs are only read. Cost: O(n log n) and the slots of common sessions.
func Diff(before, after []Session) ([]Change, error) {
	a, err := byID("before", before)
	if err != nil {
		return nil, err
	}
	b, err := byID("after", after)
	if err != nil {
		return nil, err
	}
	var list []Change
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case j == len(b) || i < len(a) && a[i].ID < b[j].ID:
			list = append(list, Change{a[i].ID, Removed})
			i++
		case i == len(a) || b[j].ID < a[i].ID:
			list = append(list, Change{b[j].ID, Added})
			j++
		default:
			list = appendChanges(list, a[i], b[j])
			i, j = i+1, j+1
		}
	}
	return list, nil
}

func byID(name string, sessions []Session) ([]*Session, error) {
	list := make([]*Session, len(sessions))
	for i := range sessions {
		list[i] = &sessions[i]
	}
	slices.SortFunc(list, func(a, b *Session) int { return cmp.Compare(a.ID, b.ID) })
	for i := 1; i < len(list); i++ {
		if list[i].ID == list[i-1].ID {
			return nil, fmt.Errorf("%s: session %q: twice", name, list[i].ID)
		}
	}
	return list, nil
}

func appendChanges(list []Change, a, b *Session) []Change {
	note := func(kind ChangeKind, differs bool) {
		if differs {
			list = append(list, Change{a.ID, kind})
		}
	}
	note(Moved, a.Start != b.Start)
	note(Resized, a.Minutes != b.Minutes || a.Counted != b.Counted || !slices.EqualFunc(a.Slots, b.Slots, func(s, t Slot) bool {
		return s.Start-a.Start == t.Start-b.Start && s.Minutes == t.Minutes && s.Capacity == t.Capacity && s.Visit == t.Visit
	}))
	note(Reresourced, !slices.Equal(slices.Sorted(slices.Values(a.Resources)), slices.Sorted(slices.Values(b.Resources))))
	note(Relocated, a.Line.Site != b.Line.Site || a.Line.Room != b.Line.Room)
	one, other := a.Line, b.Line
	one.Site, one.Room, other.Site, other.Room = "", "", "", ""
	note(Relabelled, one != other || a.Part != b.Part)
	return list
}
