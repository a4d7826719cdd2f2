package slots

import "fmt"

// Leave takes supply away: of a rule (or extra session) or of everything that needs a resource. Exactly one of the two is
// named. If a set of resources is needed, the absence of one is enough.
type Leave struct {
	Rule     string
	Resource string
	From     Date // first day
	Until    Date // last day, included
	// Start and End bound the leave on each of its days, [Start, End) on the wall clock. Both 00:00 means the whole
	// day: then every session dated on the day goes, with what it has after midnight. With bounds, the slots
	// that overlap them go, on the dates of the wall clock.
	Start, End Clock
}

// readLeaves checks each leave and indexes it by what it is of. A leave of something that no source knows is a problem: it would be
// accepted and do nothing.
func (r *Roster) readLeaves(list []Leave, k *known, p *problems) {
	ofRule, ofResource := map[string][]absence{}, map[string][]absence{}
	for i, l := range list {
		where := fmt.Sprintf("Leaves[%d]: ", i)
		p.under(where, l.check())
		if _, known := k.rules[l.Rule]; l.Rule != "" && !known || l.Resource != "" && !k.resources[l.Resource] && !k.substitutes[l.Resource] {
			p.add("%sRule %.60q, Resource %.60q: no rule, extra session or substitute has it", where, l.Rule, l.Resource)
		}
		if l.Rule != "" {
			ofRule[l.Rule] = append(ofRule[l.Rule], l.absence())
		} else {
			ofResource[l.Resource] = append(ofResource[l.Resource], l.absence())
		}
	}
	r.ruleLeaves, r.resourceLeaves = make(map[string]absences, len(ofRule)), make(map[string]absences, len(ofResource))
	for name, list := range ofRule { //house:anyorder each list is sorted by itself
		r.ruleLeaves[name] = newAbsences(list)
	}
	for name, list := range ofResource { //house:anyorder each list is sorted by itself
		r.resourceLeaves[name] = newAbsences(list)
	}
}

func (l *Leave) check() error {
	var p problems
	if (l.Rule == "") == (l.Resource == "") {
		p.add("Rule %.60q, Resource %.60q: want exactly one of the two", l.Rule, l.Resource)
	}
	l.absence().check(&p)
	return p.err()
}

func (l *Leave) absence() absence { return absence{l.From, l.Until, l.Start, l.End} }
