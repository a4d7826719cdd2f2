package triage

import "strings"

// Finding is one thing that is wrong with rules that are each well formed. Which fields are set depends on Kind.
type Finding struct {
	Kind FindingKind
	// Rule is what it is about; empty for a Gap.
	Rule string
	// Others: for a Contradiction the other rule; for Unreachable the rules that answer all of its needs, in order of precedence.
	Others []string
	// Clinic: for Misled, the destination.
	Clinic Clinic
	// Codes and When: for a Gap, the needs of these codes that meet this condition, all of them.
	Codes []string
	When  Condition
	// Example is a need that shows it: both rules match it and none goes before them; the rule answers it and the clinic does not take
	// it; no rule answers it. Unreachable has none.
	Example Need
}

// TableError is why NewTable refused rules that are each well formed: all of its findings.
type TableError struct {
	Findings []Finding
	// Unproven: the work limit ended the proofs, and there may be more.
	Unproven bool
}

// Error says each finding in English, a line for each.
func (e *TableError) Error() string {
	var lines []string
	for i := range e.Findings {
		lines = append(lines, e.Findings[i].Explain(English))
	}
	if e.Unproven {
		lines = append(lines, "unproven: WorkLimit reached; raise it, or ask fewer things of one code at once")
	}
	return strings.Join(lines, "\n")
}
