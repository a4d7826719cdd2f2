package triage_test

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/booking/triage"
	"github.com/haoyuan-go/haoyuan/slots"
)

// The naive table: every rule is tried on every need, as a clerk with the list in hand would. It shares no code with Table.

func naiveReached(a booking.Age, b booking.AgeBound) bool {
	switch b.Unit {
	case booking.InDays:
		return a.Days() >= b.Count
	case booking.InMonths:
		return a.Months() >= b.Count
	}
	return a.Years() >= b.Count
}

func naiveUnmet(c triage.Condition, n triage.Need) []string {
	var unmet []string
	if c.Ages.From.Count > 0 && !naiveReached(n.Age, c.Ages.From) || c.Ages.Until.Count > 0 && naiveReached(n.Age, c.Ages.Until) {
		unmet = append(unmet, "age")
	}
	if len(c.Sexes) > 0 && !slices.Contains(c.Sexes, n.Sex) {
		unmet = append(unmet, "sex")
	}
	if len(c.Urgencies) > 0 && !slices.Contains(c.Urgencies, n.Urgency) {
		unmet = append(unmet, "urgency")
	}
	if c.Visit != slots.AnyVisit && c.Visit != n.Visit {
		unmet = append(unmet, "visit")
	}
	if c.Referral != 0 && c.Referral != n.Referral {
		unmet = append(unmet, "referral")
	}
	var signs []string
	for _, s := range c.With {
		if !slices.Contains(n.Signs, s) {
			signs = append(signs, s+": sign")
		}
	}
	for _, s := range c.Without {
		if slices.Contains(n.Signs, s) {
			signs = append(signs, s+": other sign")
		}
	}
	slices.Sort(signs)
	return append(unmet, signs...)
}

func naiveMeets(c triage.Condition, n triage.Need) bool { return len(naiveUnmet(c, n)) == 0 }

func naiveMatches(r triage.Rule, n triage.Need) bool {
	return (r.AnyCode || slices.Contains(r.Codes, n.Code)) && naiveMeets(r.If, n)
}

// naivePlace is what goes before the ID: red flags before everything, then rank.
func naivePlace(r triage.Rule) int {
	if r.Action == triage.EmergencyNow {
		return r.Rank
	}
	return 1_000_000 + r.Rank
}

func naiveSame(a, b triage.Rule) bool {
	return a.Action == b.Action && fmt.Sprint(a.To) == fmt.Sprint(b.To)
}

// naiveMatching is all rules that match, by precedence.
func naiveMatching(c triage.Config, n triage.Need) []triage.Rule {
	var found []triage.Rule
	for _, r := range c.Rules {
		if naiveMatches(r, n) {
			found = append(found, r)
		}
	}
	slices.SortFunc(found, func(a, b triage.Rule) int {
		return cmp.Or(cmp.Compare(naivePlace(a), naivePlace(b)), cmp.Compare(a.ID, b.ID))
	})
	return found
}

// naiveFindings is what is wrong with a configuration, by trying every need: each finding as text, and the needs without answer.
func naiveFindings(c triage.Config, needs []triage.Need) (wrong map[string]bool, gaps []triage.Need) {
	wrong = map[string]bool{}
	for _, r := range c.Rules {
		wrong["unreachable "+r.ID] = true
	}
	for _, n := range needs {
		matching := naiveMatching(c, n)
		if len(matching) == 0 {
			gaps = append(gaps, n)
			continue
		}
		first := matching[0]
		delete(wrong, "unreachable "+first.ID)
		for _, to := range first.To {
			for _, e := range c.Clinics {
				if e.Clinic == to && !naiveMeets(e.Takes, n) {
					wrong["misled "+first.ID+" "+to.String()] = true
				}
			}
		}
		for i, a := range matching {
			for _, b := range matching[i+1:] {
				if naivePlace(a) == naivePlace(first) && naivePlace(b) == naivePlace(first) && !naiveSame(a, b) {
					wrong["contradiction "+a.ID+" "+b.ID] = true
				}
			}
		}
	}
	return wrong, gaps
}
