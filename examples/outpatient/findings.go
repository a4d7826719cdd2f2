package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Finding is something true but awkward about the timetable.
type Finding struct {
	Kind   string // two-places or shared-room
	Who    string // the physician or the room
	When   string // weekday and part, "2 am"
	Lines  []int  // of the timetable
	Places []string
}

// String is one line for a person.
func (f Finding) String() string {
	lines := make([]string, len(f.Lines))
	for i, l := range f.Lines {
		lines[i] = fmt.Sprint(l)
	}
	return fmt.Sprintf("%s %s %s: %s (lines %s)", f.Kind, f.Who, f.When, strings.Join(f.Places, ", "), strings.Join(lines, ", "))
}

// text is the same in a language.
func (f Finding) text(l Lang) string {
	lines := make([]string, len(f.Lines))
	for i, n := range f.Lines {
		lines[i] = fmt.Sprint(n)
	}
	weekday, part, _ := strings.Cut(f.When, " ")
	if _, ok := playTexts["part."+part]; ok {
		part = l.t("part." + part)
	}
	if n := strings.Index("01234567", weekday); n > 0 {
		weekday = slots.Weekday(n).String()
		if l == Chinese {
			weekday = [...]string{"", "周一", "周二", "周三", "周四", "周五", "周六", "周日"}[n]
		}
	}
	return fmt.Sprintf(l.t("finding."+f.Kind), f.Who, weekday, part, strings.Join(f.Places, l.t("comma")), strings.Join(lines, ", "))
}

// findConflicts lists who is in two places at once and which room has two sessions at once, ordered by kind, who, when.
// Real timetables hold both: a physician may sit between two doors, a room may have two desks.
func findConflicts(h *Hospital) []Finding {
	byKey := map[string]*Finding{}
	note := func(kind, who, place string, r RosterRow) {
		when := weekdayCodes[r.Weekday] + " " + r.Part
		key := kind + "\x00" + who + "\x00" + when
		if byKey[key] == nil {
			byKey[key] = &Finding{Kind: kind, Who: who, When: when}
		}
		byKey[key].Lines = append(byKey[key].Lines, r.Line)
		byKey[key].Places = append(byKey[key].Places, place)
	}
	for _, r := range h.Roster {
		note("two-places", r.Physician, r.Department+"/"+r.Room, r)
		note("shared-room", r.Room, r.Department+"/"+r.Physician, r)
	}
	var found []Finding
	for _, f := range byKey {
		if len(f.Lines) > 1 {
			found = append(found, *f)
		}
	}
	slices.SortFunc(found, func(a, b Finding) int {
		return slices.Compare([]string{b.Kind, a.Who, a.When}, []string{a.Kind, b.Who, b.When})
	})
	return found
}

// checkReferences refuses names that point nowhere, once everything is read.
func checkReferences(h *Hospital, tables map[string]*table, problems *Problems) {
	checkExamOrder(h, tables["exams"].file, problems)
	if len(h.Departments) == 0 { // the timetable itself is bad, and said so
		return
	}
	for _, code := range h.Played {
		if _, ok := h.department(code); !ok {
			problems.add(Problem{File: tables["settings"].file, Column: "value", Value: code, Expected: "departments: not a department of the timetable"})
		}
	}
	for _, p := range h.Parts {
		if _, ok := h.department(p.Department); !ok && p.Department != "" {
			problems.add(Problem{File: tables["parts"].file, Column: "dept_code", Value: p.Department, Expected: "part " + p.Part + ": not a department of the timetable"})
		}
	}
}

// checkExamOrder refuses an examination that comes after an unknown one, or after itself in any number of steps: it takes
// away, again and again, those that wait for none of the rest; what is left waits for itself.
func checkExamOrder(h *Hospital, file string, problems *Problems) {
	left := slices.Clone(h.Exams)
	for _, e := range h.Exams {
		for _, before := range e.After {
			if _, ok := h.exam(before); !ok {
				problems.add(Problem{File: file, Column: "after", Value: before, Expected: "examination " + e.Code + ": not in the catalogue"})
			}
		}
	}
	for {
		waiting := map[string]bool{}
		for _, e := range left {
			waiting[e.Code] = true
		}
		rest := slices.DeleteFunc(slices.Clone(left), func(e ExamRow) bool {
			return !slices.ContainsFunc(e.After, func(code string) bool { return waiting[code] })
		})
		if len(rest) == len(left) {
			break
		}
		left = rest
	}
	for _, e := range left {
		problems.add(Problem{File: file, Column: "after", Value: e.Code, Expected: "an examination cannot come after itself"})
	}
}
