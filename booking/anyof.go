package booking

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// MaxAnyOf is how many resources a request can name as equally good.
const MaxAnyOf = 8

// ResourceSet is a set of up to MaxAnyOf resources: any of these physicians will do. It is a small comparable value in ascending
// order; the zero ResourceSet is empty and demands nothing.
type ResourceSet struct{ r [MaxAnyOf]Resource }

// NewResourceSet returns the set of the given resources, in any order and with repeats; of none, the empty set.
func NewResourceSet(list ...Resource) (ResourceSet, error) {
	var s ResourceSet
	n := 0
	for _, r := range list {
		switch {
		case r == 0:
			return ResourceSet{}, errors.New("resources: the zero resource")
		case slices.Contains(s.r[:n], r):
		case n == MaxAnyOf:
			return ResourceSet{}, fmt.Errorf("resources: more than %d", MaxAnyOf)
		default:
			s.r[n] = r
			n++
		}
	}
	slices.Sort(s.r[:n])
	return s, nil
}

// IsEmpty reports whether no resource is in the set.
func (s ResourceSet) IsEmpty() bool { return s.r[0] == 0 }

// Has reports whether r is in the set.
func (s ResourceSet) Has(r Resource) bool { return r != 0 && slices.Contains(s.r[:], r) }

// Append appends the resources to dst, in ascending order.
func (s ResourceSet) Append(dst []Resource) []Resource { return append(dst, s.list()...) }

// list is the resources; it lies in s.
func (s *ResourceSet) list() []Resource {
	n := 0
	for n < MaxAnyOf && s.r[n] != 0 {
		n++
	}
	return s.r[:n]
}

// meets reports whether one of a session's resources is in the set.
func (s *ResourceSet) meets(of []Resource) bool {
	return slices.ContainsFunc(of, s.Has)
}

// canonical reports whether s could have come from NewResourceSet.
func (s *ResourceSet) canonical() bool {
	n := len(s.list())
	for i := 1; i < MaxAnyOf; i++ {
		if i < n && s.r[i] <= s.r[i-1] || i >= n && s.r[i] != 0 {
			return false
		}
	}
	return true
}

// isAnyOf reports whether what is sought lies in several lines: those of the resources that will do.
func (q *Request) isAnyOf() bool { return q.Resource == 0 && q.AnyOf.r[0] != 0 }

// suits judges what a request asks of a session beside its resource, department and service: who else will do, and on which weekday.
func (q *Request) suits(s *session) bool {
	return (q.AnyOf.r[0] == 0 || q.AnyOf.meets(s.resources())) && (q.Weekdays == 0 || q.Weekdays.Has(s.date.Weekday()))
}

// merge gives the view, instead of its line, one in its own memory: of the sessions with room in the lines of all the resources that
// will do (or in the view's own line), each once and in the Book's order, and of those that are being moved out of, whose bits may say
// that they have no room. Cost: the sessions with room in those lines within the window, times the number of lines.
func (v *View) merge() {
	var lines [MaxAnyOf]*line
	n := 0
	if v.attempt.isAnyOf() {
		for _, r := range v.attempt.AnyOf.list() {
			if l := lineOf(v.book.byResource, uint32(r)); l != nil {
				lines[n] = l
				n++
			}
		}
	} else {
		lines[0], n = v.line, 1
	}
	var heads [MaxAnyOf]int
	for i, l := range lines[:n] {
		heads[i] = l.nextOpen(l.reaching(max(v.attempt.From, v.attempt.at)))
	}
	m := &v.many
	m.starts, m.sessions, m.open = m.starts[:0], m.sessions[:0], m.open[:0]
	for {
		best := -1
		for i, l := range lines[:n] {
			if h := heads[i]; h < len(l.sessions) && (v.attempt.Until == 0 || l.starts[h] < v.attempt.Until) &&
				(best < 0 || sessionBefore(l, h, lines[best], heads[best])) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		start, id := lines[best].starts[heads[best]], lines[best].sessions[heads[best]]
		m.starts, m.sessions = append(m.starts, start), append(m.sessions, id)
		for i, l := range lines[:n] {
			if h := heads[i]; h < len(l.sessions) && l.sessions[h] == id {
				heads[i] = l.nextOpen(h + 1)
			}
		}
	}
	for i := range v.attempt.legs {
		g := &v.attempt.legs[i]
		if g.units >= 0 {
			continue
		}
		start := v.book.sessions.at(uint32(g.session)).start
		in := func(l *line) bool { return l.find(start, g.session) < len(l.sessions) }
		if slices.ContainsFunc(lines[:n], in) && m.find(start, g.session) == len(m.sessions) {
			at := m.seek(start)
			for at < len(m.sessions) && m.starts[at] == start && m.sessions[at] < g.session {
				at++
			}
			m.starts, m.sessions = slices.Insert(m.starts, at, start), slices.Insert(m.sessions, at, g.session)
		}
	}
	for range (len(m.sessions) + 63) / 64 {
		m.open = append(m.open, ^uint64(0))
	}
	m.longestMinutes = MaxSessionMinutes
	v.line, v.old = m, -1
}

// sessionBefore is the Book's order of two sessions of two lines: by start, then by handle.
func sessionBefore(a *line, i int, b *line, j int) bool {
	return a.starts[i] < b.starts[j] || a.starts[i] == b.starts[j] && a.sessions[i] < b.sessions[j]
}

// allWeekdays is Monday to Sunday, a bit each by ISO number.
const allWeekdays = 1<<8 - 2

// printResources mixes a set into a fingerprint.
func printResources(h uint64, s *ResourceSet) uint64 {
	for _, r := range s.list() {
		h = mix(h, uint64(r)|1<<63)
	}
	return h
}

// walkResources codes a set of resources.
func walkResources(c coder, field string, s *ResourceSet) {
	n := c.list(field, len(s.list()), MaxAnyOf)
	for i := range n {
		num(c, "", &s.r[i])
	}
	c.end()
	if !s.canonical() || c.fault() == nil && len(s.list()) != n {
		c.fail("%s: not in ascending order", field)
	}
}

// describeResources writes a set in order of the names.
func (b *Book) describeResources(w *binaryWriter, s *ResourceSet) {
	names := make([][]byte, 0, MaxAnyOf)
	for _, r := range s.list() {
		names = append(names, b.names[ResourceName].bytes(uint32(r)))
	}
	slices.SortFunc(names, bytes.Compare)
	w.put(uint64(len(names)))
	for _, name := range names {
		w.text("", name, MaxNameBytes)
	}
}

// eachOf calls f, until it says no, with the sessions of what a request seeks that may reach an instant or begin later, in the Book's order, each once: with room
// or without. Department, service and weekdays are for f to ask. Cost: those sessions, times the number of resources any of which will do.
func (b *Book) eachOf(q *Request, from sl.Instant, f func(start sl.Instant, id Session) bool) {
	var lines [MaxAnyOf]*line
	n := 0
	add := func(l *line) {
		if l != nil {
			lines[n] = l
			n++
		}
	}
	if q.isAnyOf() {
		for _, r := range q.AnyOf.list() {
			add(lineOf(b.byResource, uint32(r)))
		}
	} else {
		add(b.lineFor(q))
	}
	var heads [MaxAnyOf]int
	for i, l := range lines[:n] {
		heads[i] = l.reaching(from)
	}
	for {
		best := -1
		for i, l := range lines[:n] {
			if heads[i] < len(l.sessions) && (best < 0 || sessionBefore(l, heads[i], lines[best], heads[best])) {
				best = i
			}
		}
		if best < 0 {
			return
		}
		start, id := lines[best].starts[heads[best]], lines[best].sessions[heads[best]]
		if !f(start, id) {
			return
		}
		for i, l := range lines[:n] {
			if heads[i] < len(l.sessions) && l.sessions[heads[i]] == id {
				heads[i]++
			}
		}
	}
}
