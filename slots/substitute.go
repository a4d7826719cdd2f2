package slots

import (
	"cmp"
	"fmt"
	"slices"
)

// Substitute puts By in the place of a resource (替诊): a physician who stands in, a machine that replaces another. It changes who, not
// which session: identities stay, nobody's number disappears. One rule's substitute goes before one for all rules.
// A substitute is taken as he is named: that he himself has a substitute on these days means his own sessions, not this one; his own leave
// counts.
type Substitute struct {
	Rule     string // of this rule or extra session only; empty: of all that need the resource
	Resource string
	By       string
	From     Date // first day
	Until    Date // last day, included
	// Grade and Fee are those of the session's Line with the substitute; NoGrade and empty: as they were. The Line is of the
	// whole session: in a joint clinic leave them. If several substitutes give one, the one for the last resource by name does.
	Grade Grade
	Fee   string
}

func (s *Substitute) check() error {
	var p problems
	p.text("Resource", s.Resource, true)
	p.text("By", s.By, true)
	if s.By == s.Resource {
		p.add("By %.60q: the resource itself", s.By)
	}
	checkDates(s.From, s.Until, &p)
	p.text("Fee", s.Fee, false)
	if !s.Grade.IsValid() {
		p.add("Grade %d: want NoGrade to Chief", uint8(s.Grade))
	}
	return p.err()
}

func checkDates(from, until Date, p *problems) {
	if !from.IsValid() || !until.IsValid() {
		p.add("From %v, Until %v: want two dates", from, until)
	} else if until.Before(from) {
		p.add("Until %v: before From %v", until, from)
	}
}

// place is what a substitute stands in for: a resource, in one rule or (rule empty) in all.
type place struct{ rule, resource string }

// readSubstitutes checks and indexes them, by place and then by date.
func (r *Roster) readSubstitutes(list []Substitute, k *known, p *problems) {
	r.substitutes = map[place][]Substitute{}
	for i, s := range list {
		where := fmt.Sprintf("Substitutes[%d]: ", i)
		err := s.check()
		p.under(where, err)
		if need, known := k.rules[s.Rule]; s.Rule != "" && !known {
			p.add("%sRule %.60q: no rule or extra session has it", where, s.Rule)
		} else if known && !slices.Contains(need, s.Resource) {
			p.add("%sRule %.60q: does not need Resource %.60q", where, s.Rule, s.Resource)
		}
		if s.Resource != "" && !k.resources[s.Resource] {
			p.add("%sResource %.60q: no rule or extra session has it", where, s.Resource)
		}
		at := place{s.Rule, s.Resource}
		r.substitutes[at] = append(r.substitutes[at], s)
		k.substitutes[s.By] = true
	}
	for at := range r.substitutes { //house:anyorder each list is sorted by itself
		slices.SortFunc(r.substitutes[at], func(a, b Substitute) int {
			return cmp.Or(a.From.Compare(b.From), a.Until.Compare(b.Until), cmp.Compare(a.By, b.By), cmp.Compare(a.Grade, b.Grade), cmp.Compare(a.Fee, b.Fee))
		})
	}
	for i, s := range list { // two for one place on one day
		same := r.substitutes[place{s.Rule, s.Resource}]
		j, _ := slices.BinarySearchFunc(same, s.From, func(x Substitute, d Date) int { return x.From.Compare(d) })
		if j > 0 && !same[j-1].Until.Before(s.From) || j+1 < len(same) && same[j+1].From == s.From {
			p.add("Substitutes[%d]: Rule %.60q, Resource %.60q: two substitutes on %v", i, s.Rule, s.Resource, s.From)
		}
	}
}

// substitute is who stands in for a resource of the rule on d.
func (r *Roster) substitute(rule, resource string, d Date) (Substitute, bool) {
	for _, at := range [...]place{{rule, resource}, {"", resource}} {
		list := r.substitutes[at]
		i, found := slices.BinarySearchFunc(list, d, func(s Substitute, d Date) int { return s.From.Compare(d) })
		if !found {
			i--
		}
		if i >= 0 && !d.After(list[i].Until) {
			return list[i], true
		}
	}
	return Substitute{}, false
}
