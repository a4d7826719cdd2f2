package rrule

import (
	"errors"
	"fmt"
)

// PartError says which part of a rule could not be taken, and why. Parse and Format join all that they find with errors.Join;
// errors.As finds the first.
type PartError struct {
	// Part is the name as the RFC writes it (BYWEEKNO), or the field that Format refuses. DTSTART stands for the Start, RRULE for the text as
	// a whole, ";" for an empty part.
	Part   string
	Value  string // its value as it was given; at most MaxTextBytes
	Reason Reason
	Detail string // the same for people, in a few words
}

// Error returns `BYSETPOS "3": not expressible: places among dates that differ from period to period`.
func (e *PartError) Error() string {
	return fmt.Sprintf("%s %q: %v: %s", e.Part, e.Value, e.Reason, e.Detail)
}

// Reason is why a part was refused.
type Reason uint8

// The reasons.
const (
	// Malformed: the grammar of RFC 5545 does not allow the text, or a part is unknown, there twice, or missing.
	Malformed Reason = 1 + iota
	// Forbidden: each part is well formed, but the RFC forbids them together.
	Forbidden
	// Inexpressible: a sound rule that no Repeat can say.
	Inexpressible
	// Ambiguous: readers of calendars disagree about the dates.
	Ambiguous
	// NoDates: the rule is understood, and selects no date at all.
	NoDates
)

// IsValid reports whether r is one of the five.
func (r Reason) IsValid() bool { return r >= Malformed && r <= NoDates }

// String returns malformed, forbidden, not expressible, ambiguous or no dates.
func (r Reason) String() string {
	switch r {
	case Malformed:
		return "malformed"
	case Forbidden:
		return "forbidden"
	case Inexpressible:
		return "not expressible"
	case Ambiguous:
		return "ambiguous"
	case NoDates:
		return "no dates"
	}
	return fmt.Sprintf("Reason(%d)", uint8(r))
}

// problems collects everything that is wrong, in the order in which it is found.
type problems []error

func (p *problems) add(part, value string, reason Reason, format string, args ...any) {
	*p = append(*p, &PartError{Part: part, Value: value, Reason: reason, Detail: fmt.Sprintf(format, args...)})
}

func (p problems) err() error { return errors.Join(p...) }
