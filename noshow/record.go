package noshow

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Incident is one thing that went wrong with one booking.
type Incident struct {
	// ID names the incident, uniquely within its person's record: the appointment's identifier and the kind, for one.
	ID string
	// Person is an opaque reference to whom it is held against: a person, or an account where the hospital's
	// rules fall on accounts.
	Person string
	// Kind says what happened.
	Kind Kind
	// Day is the civil day, at the clinic, that the incident is dated by: the day of the visit for a no-show;
	// for a cancellation the day that the hospital's rule counts, of cancelling or of the visit.
	Day slots.Date
}

// MaxIncidents is the most incidents that one record holds. A host that forgets incidents after its
// longest window stays far below.
const MaxIncidents = 1000

// RecordConfig is what NewRecord takes: all that is known of one person.
type RecordConfig struct {
	// Person is the reference that every incident bears. Required.
	Person string
	// Classes are the classes that the person has now (an insurance, "new-patient"): rules may exempt them.
	Classes []string
	// Incidents in any order. The same incident given twice is one; two incidents under one ID are refused.
	Incidents []Incident
	// Excused are IDs of incidents that do not count: an appeal upheld, a closed clinic, the hospital's fault. An ID
	// that names no incident is refused, lest a mistyped excuse leave a patient suspended.
	Excused []string
}

// Record is the checked record of one person, in order of day. It never changes; Excuse gives a new one.
// The zero Record is that of nobody: it has no incidents.
type Record struct {
	person  string
	classes []string
	// counted are the incidents that are not excused, by (Day, ID). Excused ones are as if they had never
	// been, so they are not even kept apart here: nothing can count them by mistake.
	counted []Incident
}

// NewRecord checks and copies c. The error joins every problem, each naming its field and value. It sorts:
// O(n log n) for n incidents.
func NewRecord(c RecordConfig) (Record, error) {
	problems := checkRecord(c)
	incidents := slices.Clone(c.Incidents)
	slices.SortFunc(incidents, compareIncidents)
	incidents = slices.Compact(incidents)
	byID := slices.SortedFunc(slices.Values(incidents), func(a, b Incident) int { return cmp.Compare(a.ID, b.ID) })
	for i := 1; i < len(byID); i++ {
		if byID[i].ID == byID[i-1].ID {
			problems = append(problems, fmt.Errorf("incident ID %q: names two different incidents", byID[i].ID))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return Record{}, err
	}
	r := Record{c.Person, slices.Clone(c.Classes), incidents}
	return r.Excuse(c.Excused...)
}

func checkRecord(c RecordConfig) (problems []error) {
	if c.Person == "" {
		problems = append(problems, errors.New("person: empty"))
	}
	if n := len(c.Incidents); n > MaxIncidents {
		problems = append(problems, fmt.Errorf("incidents: %d, want at most %d", n, MaxIncidents))
	}
	for i, class := range c.Classes {
		if class == "" {
			problems = append(problems, fmt.Errorf("classes[%d]: empty", i))
		}
	}
	for i, in := range c.Incidents {
		at := fmt.Sprintf("incidents[%d] (ID %q)", i, in.ID)
		if in.ID == "" {
			problems = append(problems, fmt.Errorf("%s: ID is empty", at))
		}
		if in.Person != c.Person {
			problems = append(problems, fmt.Errorf("%s: person %q, but the record is of %q", at, in.Person, c.Person))
		}
		if !in.Kind.IsValid() {
			problems = append(problems, fmt.Errorf("%s: kind %v: no such kind", at, in.Kind))
		}
		if !in.Day.IsValid() {
			problems = append(problems, fmt.Errorf("%s: day: no date", at))
		}
	}
	return problems
}

func compareIncidents(a, b Incident) int {
	return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Person, b.Person))
}

// Person returns the reference that the record is of.
func (r Record) Person() string { return r.person }

// Incidents returns a copy of the incidents that count, ordered by day, then ID.
func (r Record) Incidents() []Incident { return slices.Clone(r.counted) }

// Excuse returns the record as if the named incidents had never been. The error joins every ID that names no
// incident which still counts; then nothing is excused. An ID may be given twice.
func (r Record) Excuse(ids ...string) (Record, error) {
	var problems []error
	for _, id := range ids {
		if !slices.ContainsFunc(r.counted, func(in Incident) bool { return in.ID == id }) {
			problems = append(problems, fmt.Errorf("excused %q: no such incident counts", id))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return Record{}, err
	}
	r.counted = slices.DeleteFunc(slices.Clone(r.counted), func(in Incident) bool { return slices.Contains(ids, in.ID) })
	return r, nil
}

// hasAny reports whether the person has one of the classes.
func (r Record) hasAny(classes []string) bool {
	return slices.ContainsFunc(classes, func(c string) bool { return slices.Contains(r.classes, c) })
}
