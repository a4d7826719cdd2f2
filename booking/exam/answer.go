package exam

import (
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Outcome says how a search ended.
type Outcome uint8

// The outcomes.
const (
	// Found: an itinerary that keeps every rule; whether it is the best, Answer.Proven says.
	Found Outcome = 1 + iota
	// Infeasible: none exists; Answer.Conflict says why.
	Infeasible
	// Undecided: the work limit was met before either was known.
	Undecided
)

var outcomeNames = [...]string{"no outcome", "found", "infeasible", "undecided"}

// IsValid reports whether o is one of the outcomes.
func (o Outcome) IsValid() bool { return o >= Found && o <= Undecided }

// String returns found, infeasible or undecided.
func (o Outcome) String() string {
	if int(o) >= len(outcomeNames) {
		return fmt.Sprintf("Outcome(%d)", uint8(o))
	}
	return outcomeNames[o]
}

// Answer is what Solve found.
type Answer struct {
	Outcome Outcome
	// Itinerary is set where Outcome is Found.
	Itinerary Itinerary
	// Proven: no itinerary is better, and of equally good ones this is the canonical one. False only where the work limit was
	// met; it is then the best that was seen, and may be far from the best there is.
	Proven bool
	// Conflict is set where Outcome is Infeasible.
	Conflict Conflict
	// Steps is the work done, counted as WorkLimit counts it.
	Steps int64
}

// Itinerary is one offer for each examination.
type Itinerary struct {
	// Legs in order of time.
	Legs []Offer
	// Days is how many days the patient has to come.
	Days int
	// FinishDay and FinishMinute are when the last examination ends; FinishMinute is above 1440 where it runs past
	// midnight of its day.
	FinishDay    slots.Date
	FinishMinute int
	// SpanMinutes is the sum over the days of the time from the start of the first to the end of the last examination.
	SpanMinutes int64
}

// On returns the legs of one day, sharing memory with Legs.
func (it *Itinerary) On(day slots.Date) []Offer {
	from := 0
	for from < len(it.Legs) && it.Legs[from].Day != day {
		from++
	}
	until := from
	for until < len(it.Legs) && it.Legs[until].Day == day {
		until++
	}
	return it.Legs[from:until]
}

// Conflict is a set of examinations and rules that no choice of offers satisfies. Where Minimal, every one of them is
// needed: without any one of the examinations, or any one of the rules, the rest can be satisfied.
type Conflict struct {
	Exams   []string // codes, ascending
	Rules   []Rule   // in a fixed order; empty where an examination has no offer at all
	Minimal bool
}

// Rule is one rule between the examinations of a trip, as a conflict names it.
type Rule struct {
	Kind RuleKind
	// Exam is the fasting one of FastingStart and KeepFast, the first of InOrder, either of Apart and NoOverlap.
	Exam string
	// Other is the other one; empty for FastingStart.
	Other string
	// Minutes is the gap of InOrder and Apart; for FastingStart the latest start as a minute of the day; for KeepFast the fast.
	Minutes int
}

// RuleKind is a kind of rule.
type RuleKind uint8

// The kinds of rules, in the order in which conflicts list them.
const (
	// FastingStart: the fasting Exam starts by LatestStart.
	FastingStart RuleKind = 1 + iota
	// InOrder: Other starts Minutes after Exam ends, or later.
	InOrder
	// Apart: Minutes lie between Exam and Other, whichever comes first.
	Apart
	// KeepFast: Other, which breaks the fast, does not start on the day of Exam before Exam ends, nor end on an earlier day
	// within Minutes before it.
	KeepFast
	// NoOverlap: Exam and Other do not overlap, the way between their sites included.
	NoOverlap
)

var ruleKindNames = [...]string{"no rule", "fasting start", "in order", "apart", "keep fast", "no overlap"}

// IsValid reports whether k is one of the kinds.
func (k RuleKind) IsValid() bool { return k >= FastingStart && k <= NoOverlap }

// String returns the kind in a few words.
func (k RuleKind) String() string {
	if int(k) >= len(ruleKindNames) {
		return fmt.Sprintf("RuleKind(%d)", uint8(k))
	}
	return ruleKindNames[k]
}

// String says the rule in a line, for logs and tests; text for people is made from the fields.
func (r Rule) String() string {
	switch r.Kind {
	case FastingStart:
		return fmt.Sprintf("%v: %s by %02d:%02d", r.Kind, r.Exam, r.Minutes/60, r.Minutes%60)
	case NoOverlap:
		return fmt.Sprintf("%v: %s and %s", r.Kind, r.Exam, r.Other)
	}
	return fmt.Sprintf("%v: %s and %s, %d minutes", r.Kind, r.Exam, r.Other, r.Minutes)
}

// DayAnswer says whether all examinations can be done on one day, and if not, why not.
type DayAnswer struct {
	Day     slots.Date
	Outcome Outcome
	// Itinerary is the best one for that day, where Outcome is Found.
	Itinerary Itinerary
	Proven    bool
	// Conflicts are the reasons, where Outcome is Infeasible: all examinations that cannot be done that day at all; if there
	// are none, all pairs that cannot both be done; if there are none, one conflict of more.
	Conflicts []Conflict
	// Outside: the day is before the trip's NotBefore or after its Until; offers are looked at all the same.
	Outside bool
	Steps   int64
}
