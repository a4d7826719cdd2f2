package booking

import (
	"errors"
	"fmt"
	"strings"
)

// ProtectionLevel is what requests of a class must leave free in a session for the classes above it.
type ProtectionLevel struct {
	// Class is the class's name; the last level may be of "", for requests that bear none of the classes above.
	Class string
	// Leave is in units, LeavePercent in parts of the session's units, rounded up; the greater of the two holds.
	Leave, LeavePercent int
}

// ProtectionConfig is what NewProtection checks and copies.
type ProtectionConfig struct {
	// Levels are in order from the highest class. They nest: neither Leave nor LeavePercent falls from one to the next.
	Levels []ProtectionLevel
	// Inner chooses among the sessions in which the request leaves enough.
	Inner Policy
}

// Protection keeps the last numbers of each session for higher classes: it shows the inner policy only those sessions in which
// the request leaves free what its class must leave, so that lower classes are steered to where there is plenty, or refused where
// there is none. A request has the highest of the classes that it bears; one that bears none of them may have whatever is free,
// unless the last level is for it.
//
// These are the nested protection levels of Littlewood (AGIFORS Symposium, 1972) and of Belobaba's EMSR (Operations Research
// 37, 1989): with two classes of worth a > b, leave the least y for which more than y of the higher come with a chance of at most b/a.
// The host finds y from its own history.
//
// A policy rules only requests that name no slot: for a number that must not be sold, use Quota. What quotas reserve counts as free
// here, so that reserving and protecting for the same class asks for both.
//
// Laws: feasible, deterministic, order-free, relabelling (of all but the classes), time-shift and split-proof where the inner policy
// is; protects. Not work-conserving by design; NewThen(protection, Earliest{}) steers and refuses nobody. Not where demand of the
// higher classes is unknown: it turns people away from numbers that may stay empty.
type Protection struct{ *protection }

// protection is behind a pointer so that it becomes a Filter without a copy.
type protection struct {
	levels []ProtectionLevel
	inner  Policy
	name   string
}

// MaxProtectionLevels bounds ProtectionConfig.Levels.
const MaxProtectionLevels = 64

// NewProtection checks c whole and copies it; the error joins all problems.
func NewProtection(c ProtectionConfig) (Protection, error) {
	var problems []error
	bad := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if len(c.Levels) < 1 || len(c.Levels) > MaxProtectionLevels {
		bad("Levels: %d of them, want 1 to %d", len(c.Levels), MaxProtectionLevels)
	}
	if c.Inner == nil {
		bad("Inner: nil")
	}
	seen := map[string]bool{}
	names := make([]string, 0, len(c.Levels))
	for i, l := range c.Levels {
		if l.Class == "" && i < len(c.Levels)-1 {
			bad("Levels[%d].Class %q: only the last may be for everyone else", i, l.Class)
		}
		if len(l.Class) > MaxNameBytes {
			bad("Levels[%d].Class: %d bytes, want at most %d", i, len(l.Class), MaxNameBytes)
		}
		if seen[l.Class] {
			bad("Levels[%d].Class %q: twice", i, l.Class)
		}
		seen[l.Class] = true
		if l.Leave < 0 || l.Leave > MaxSessionUnits {
			bad("Levels[%d].Leave %d: want 0 to %d", i, l.Leave, MaxSessionUnits)
		}
		if l.LeavePercent < 0 || l.LeavePercent > 100 {
			bad("Levels[%d].LeavePercent %d: want 0 to 100", i, l.LeavePercent)
		}
		if i > 0 && (l.Leave < c.Levels[i-1].Leave || l.LeavePercent < c.Levels[i-1].LeavePercent) {
			bad("Levels[%d] leaves %d, %d%%: less than the class above, %d, %d%%", i, l.Leave, l.LeavePercent, c.Levels[i-1].Leave, c.Levels[i-1].LeavePercent)
		}
		names = append(names, fmt.Sprintf("%s:%d:%d%%", l.Class, l.Leave, l.LeavePercent))
	}
	if len(problems) > 0 {
		return Protection{}, errors.Join(problems...)
	}
	return Protection{&protection{append([]ProtectionLevel(nil), c.Levels...), c.Inner,
		fmt.Sprintf("protection(%s,%s)", strings.Join(names, ","), c.Inner.Name())}}, nil
}

// Name is as "protection(referral:0:0%,:3:0%,earliest)".
func (p Protection) Name() string {
	if p.protection == nil {
		return "protection"
	}
	return p.name
}

// Choose returns the inner policy's choice among the sessions in which enough is left. The zero Protection chooses nothing.
// Cost: that of the inner policy, and a pass over the slots of each session that it sees.
func (p Protection) Choose(v *View) (Slot, bool) {
	if p.protection == nil {
		return Slot{}, false
	}
	return v.Filtered(p.protection, p.inner)
}

// Admits reports whether the request leaves enough in the current session.
func (p *protection) Admits(v *View) bool {
	level := p.levelOf(v)
	if level == nil {
		return true
	}
	free, units := v.Free()
	leave := max(level.Leave, (units*level.LeavePercent+99)/100)
	return free-int(v.Request().Count) >= leave
}

// levelOf is the highest level of the classes that the request bears; nil where none is for it.
func (p *protection) levelOf(v *View) *ProtectionLevel {
	bear := v.Request().Bear
	for i := range p.levels {
		l := &p.levels[i]
		if l.Class == "" {
			return l
		}
		for _, c := range bear.c {
			if c != 0 && v.isNamed(ClassName, uint32(c), l.Class) {
				return l
			}
		}
	}
	return nil
}

// isNamed compares a name without a copy where the Book has it.
func (v *View) isNamed(k NameKind, handle uint32, name string) bool {
	if text := v.book.names[k].bytes(handle); text != nil {
		return string(text) == name
	}
	return v.Name(k, handle) == name
}
