package slots

import "slices"

// exception is what the roster's exceptions make of one session: another place, other resources, and gaps.
type exception struct {
	line      Line
	resources []string
	needs     []need
	gaps      gaps
	doubled   string // a substitute who is needed in the session already
}

// exceptions applies, in this order: the revision's place, substitutes, leave of the rule and of those who are then needed, and
// closures of the place where it is then held.
func (r *Roster) exceptions(p *planned, d Date, h Hours) exception {
	s := p.source
	x := exception{line: s.Line, resources: s.Resources, needs: s.needs}
	if p.revision != nil {
		p.revision.relocate(&x.line)
	}
	if r.substituteAll(s, d, &x) || p.revision != nil {
		x.needs = nil
		for _, name := range x.resources {
			x.needs = append(x.needs, r.needID[needed{kind: ResourceClash, name: name}])
		}
		if x.line.Room != "" {
			x.needs = append(x.needs, r.needID[x.line.room()])
		}
	}
	start := minuteOf(d, h.Start)
	x.gaps = gaps{date: d, span: stretch{start, start + int64(h.Minutes)}}
	add := func(list absences) { list.addTo(&x.gaps) }
	add(r.ruleLeaves[s.ID])
	for _, name := range x.resources {
		add(r.resourceLeaves[name])
	}
	add(r.closures[siteDepartment{x.line.Site, ""}])
	add(r.closures[siteDepartment{x.line.Site, x.line.Department}])
	return x
}

// substituteAll puts the substitutes of d in their places and reports whether there are any.
func (r *Roster) substituteAll(s *source, d Date, x *exception) bool {
	changed := false
	for i, name := range s.Resources {
		sub, ok := r.substitute(s.ID, name, d)
		if !ok {
			continue
		}
		if !changed {
			x.resources, changed = slices.Clone(x.resources), true
		}
		if x.resources[i] = sub.By; sub.Grade != NoGrade {
			x.line.Grade = sub.Grade
		}
		if sub.Fee != "" {
			x.line.Fee = sub.Fee
		}
	}
	if changed {
		slices.Sort(x.resources)
		for i := 1; i < len(x.resources); i++ {
			if x.resources[i] == x.resources[i-1] {
				x.doubled = x.resources[i]
			}
		}
		x.resources = slices.Compact(x.resources)
	}
	return changed
}
