package slots

import (
	"cmp"
	"slices"
)

// needed is what a session occupies: a resource or a room, told apart by the kind of finding that two at once are.
type needed struct {
	kind FindingKind
	site string // of a room
	name string
}

// words are what a finding calls it: a room with its site before it.
func (n needed) words() string {
	if n.site == "" {
		return n.name
	}
	return n.site + "/" + n.name
}

// need numbers what is needed, in one roster.
type need int32

func (r *Roster) need(k needed) need {
	n, ok := r.needID[k]
	if !ok {
		n = need(len(r.needs))
		r.needs, r.needID[k] = append(r.needs, k), n
	}
	return n
}

// claim is a stretch of time in which a session occupies something.
type claim struct {
	need     need
	session  int32 // index
	from, to Instant
}

// claim notes what a session, next to be appended, occupies: its slots, each with the buffer after it; all the time if it is counted. Time
// that leave or a break took out of it is not occupied.
func (g *generation) claim(s *Session, needs []need) {
	index := int32(len(g.sessions))
	occupy := func(from, to Instant) {
		for _, n := range needs {
			g.claims = append(g.claims, claim{n, index, from, to})
		}
	}
	if s.Counted {
		occupy(s.Start, s.Start.AddMinutes(s.Minutes))
		return
	}
	from, to := s.Slots[0].Start, s.Slots[0].Start
	for i, slot := range s.Slots {
		if slot.Start > to {
			occupy(from, to)
			from = slot.Start
		}
		end := slot.Start.AddMinutes(slot.Minutes)
		if len(g.buffers) > 0 { // on days when clocks change a buffer may seem to reach past the end
			end = max(end, min(end.AddMinutes(int(g.buffers[i])), s.Start.AddMinutes(s.Minutes)))
		}
		to = max(to, end)
	}
	occupy(from, to)
}

// clashes finds resources and rooms that two sessions need at once. Every session that overlaps another with the same
// resource is named in a finding, with one of those it overlaps: of k sessions at once there are k-1 findings, not
// all the pairs.
func (g *generation) clashes() []Finding {
	var found []Finding
	for _, list := range g.claimsByNeed() {
		// In order of time; they nearly are, for sessions were made in order.
		if !slices.IsSortedFunc(list, byTime) {
			slices.SortFunc(list, byTime)
		}
		for i, running := 1, 0; i < len(list); i++ {
			a, b := &list[running], &list[i]
			if b.from < a.to && a.session != b.session {
				found = append(found, g.clash(a, b))
			}
			if b.to > a.to {
				running = i
			}
		}
	}
	slices.SortFunc(found, Finding.Compare)
	return slices.CompactFunc(found, func(f, g Finding) bool { // a session with gaps may meet the same one again
		return f.Session == g.Session && f.Other == g.Other && f.Kind == g.Kind && f.Resource == g.Resource
	})
}

func byTime(a, b claim) int {
	return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.session, b.session))
}

// claimsByNeed splits the claims by what they are of, those of one in the order in which they were made.
func (g *generation) claimsByNeed() [][]claim {
	ends := make([]int, len(g.roster.needs)+1)
	for i := range g.claims {
		ends[g.claims[i].need+1]++
	}
	for n := range g.roster.needs {
		ends[n+1] += ends[n]
	}
	sorted := make([]claim, len(g.claims))
	next := slices.Clone(ends)
	for i := range g.claims {
		n := g.claims[i].need
		sorted[next[n]] = g.claims[i]
		next[n]++
	}
	lists := make([][]claim, 0, len(g.roster.needs))
	for n := range g.roster.needs {
		if ends[n+1]-ends[n] > 1 {
			lists = append(lists, sorted[ends[n]:ends[n+1]])
		}
	}
	return lists
}

// clash tells of two claims, the second of which begins no earlier.
func (g *generation) clash(a, b *claim) Finding {
	one, two := &g.sessions[a.session], &g.sessions[b.session]
	if inOrder(*one, *two) > 0 {
		one, two = two, one
	}
	what := g.roster.needs[b.need]
	return Finding{Kind: what.kind, Date: two.Date, Session: two.ID, Other: one.ID, Resource: what.words(), At: b.from,
		Count: int((min(a.to, b.to) - b.from) / 60)}
}
