package fit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Observation is one consultation that took place: who held it, for what type of visit, and how long it took.
type Observation struct {
	// Resource is the physician, by the host's own name.
	Resource string
	// Visit is the visit type ("cardiology, follow-up"). Observations of one type are pooled over physicians, so the label
	// should hold together what is alike: a first visit in cardiology is not one in dermatology.
	Visit string
	// Seconds is the time the physician was taken up, 1 to MaxConsultationSeconds.
	Seconds int64
	// Session is the physician's session that it was part of ("2026-11-23 morning"), or empty where that is not known. It tells
	// slow days from chance: without it, sessions are taken to be alike.
	Session string
}

// Limits of a history.
const (
	// MaxObservations is the most observations of a History.
	MaxObservations = 4_000_000
	// MaxConsultationSeconds is the longest consultation: four hours. What is longer is a clock that nobody stopped.
	MaxConsultationSeconds = 4 * 60 * 60
)

// History is observed consultations, counted. It never changes and may be copied. The zero History has observed nothing.
type History struct {
	pools []pool // by visit type
}

// pool is what was observed of one visit type.
type pool struct {
	visit   string
	count   int64
	all     []run    // of all resources, by seconds
	members []member // by resource
	spread  spread   // of all resources
}

// member is one resource's part of a pool.
type member struct {
	resource string
	count    int64
	runs     []run // by seconds
	spread   spread
}

// run counts the consultations of one length.
type run struct{ seconds, count int64 }

// NewHistory checks the observations and counts them. Their order does not matter. The error joins all problems, each
// naming the entry, the field and the value; of very many it names the first and counts the rest.
// Cost: one sort; a copy of the observations is held while it lasts.
func NewHistory(observations []Observation) (History, error) {
	var p problems
	p.Within("observations", int64(len(observations)), 0, MaxObservations)
	if err := p.Err(); err != nil {
		return History{}, err
	}
	for i, o := range observations {
		// The usual case is checked without making the field's name.
		if o.Resource != "" && o.Visit != "" && plain(o.Resource) && plain(o.Visit) && plain(o.Session) &&
			o.Seconds >= 1 && o.Seconds <= MaxConsultationSeconds {
			continue
		}
		at := fmt.Sprintf("observations[%d].", i)
		p.text(at+"Resource", o.Resource, true)
		p.text(at+"Visit", o.Visit, true)
		p.Within(at+"Seconds", o.Seconds, 1, MaxConsultationSeconds)
		p.text(at+"Session", o.Session, false)
	}
	if err := p.Err(); err != nil {
		return History{}, err
	}
	return count(slices.SortedFunc(slices.Values(observations), compare)), nil
}

func compare(a, b Observation) int {
	if c := cmp.Or(cmp.Compare(a.Visit, b.Visit), cmp.Compare(a.Resource, b.Resource), cmp.Compare(a.Session, b.Session)); c != 0 {
		return c
	}
	return cmp.Compare(a.Seconds, b.Seconds)
}

// plain reports that a name has nothing for problems.text to find: short printable ASCII without space at an end.
func plain(s string) bool {
	if len(s) > 64 || strings.TrimSpace(s) != s {
		return false
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// count turns sorted observations into pools.
func count(sorted []Observation) History {
	var h History
	for from := 0; from < len(sorted); {
		o, to := sorted[from], from
		m := member{resource: o.Resource}
		for ; to < len(sorted) && sorted[to].Visit == o.Visit && sorted[to].Resource == o.Resource; to++ {
			m.runs = append(m.runs, run{sorted[to].Seconds, 1})
		}
		m.count, m.spread, m.runs = int64(to-from), spreadOf(sorted[from:to]), together(m.runs)
		if n := len(h.pools); n == 0 || h.pools[n-1].visit != o.Visit {
			h.pools = append(h.pools, pool{visit: o.Visit})
		}
		p := &h.pools[len(h.pools)-1]
		p.members, p.count, p.spread = append(p.members, m), p.count+m.count, p.spread.plus(m.spread)
		from = to
	}
	for i := range h.pools {
		p := &h.pools[i]
		for _, m := range p.members {
			p.all = append(p.all, m.runs...)
		}
		p.all = together(p.all)
	}
	return h
}

// together sorts runs and adds up those of one length.
func together(all []run) []run {
	slices.SortFunc(all, func(a, b run) int { return cmp.Compare(a.seconds, b.seconds) })
	kept := 0
	for _, r := range all {
		if kept > 0 && all[kept-1].seconds == r.seconds {
			all[kept-1].count += r.count
			continue
		}
		all[kept] = r
		kept++
	}
	return slices.Clone(all[:kept])
}

// find returns what was observed of a visit type, and of a resource within it; nil where there is nothing.
func (h History) find(resource, visit string) (*pool, *member) {
	i, ok := slices.BinarySearchFunc(h.pools, visit, func(p pool, v string) int { return cmp.Compare(p.visit, v) })
	if !ok {
		return nil, nil
	}
	p := &h.pools[i]
	j, ok := slices.BinarySearchFunc(p.members, resource, func(m member, r string) int { return cmp.Compare(m.resource, r) })
	if !ok {
		return p, nil
	}
	return p, &p.members[j]
}

// knows reports whether a mixture has anything in it.
func (h History) knows(resource, visit string, poolWeight int) bool {
	p, own := h.find(resource, visit)
	return own != nil || p != nil && poolWeight > 0
}
