package slots

import (
	"cmp"
	"slices"
)

// occupied is a stretch of time in which a session needs something.
type occupied struct {
	kind    FindingKind
	name    string
	span    Span
	session int // index
}

// clashes finds resources and rooms that two sessions need at once. Every session that overlaps another with the same
// resource is named in a finding, with one of those it overlaps: of k sessions at once there are k-1 findings, not
// all the pairs. Time that leave took out of a session is not occupied. Sessions are in order of (Start, Date, ID).
func clashes(sessions []Session) []Finding {
	var all []occupied
	for i := range sessions {
		s := &sessions[i]
		for _, span := range s.busy() {
			for _, r := range s.Resources {
				all = append(all, occupied{ResourceClash, r, span, i})
			}
			if room := s.Line.Room; room != "" {
				if s.Line.Site != "" {
					room = s.Line.Site + "/" + room
				}
				all = append(all, occupied{RoomClash, room, span, i})
			}
		}
	}
	// The stretches of one session never overlap, so two that do are of two sessions.
	slices.SortFunc(all, func(a, b occupied) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.name, b.name), cmp.Compare(a.span.start, b.span.start),
			cmp.Compare(a.session, b.session))
	})
	var found []Finding
	for i, running := 1, 0; i < len(all); i++ {
		a, b := all[running], all[i]
		same := a.kind == b.kind && a.name == b.name
		if same && a.span.Overlaps(b.span) {
			found = append(found, clash(sessions, a, b))
		}
		if !same || b.span.To() > a.span.To() {
			running = i
		}
	}
	slices.SortFunc(found, Finding.Compare)
	return slices.CompactFunc(found, func(f, g Finding) bool { // a session with gaps may meet the same one again
		return f.Session == g.Session && f.Other == g.Other && f.Kind == g.Kind && f.Resource == g.Resource
	})
}

func clash(sessions []Session, a, b occupied) Finding {
	minutes := (min(a.span.To(), b.span.To()) - b.span.From()) / 60
	later, earlier := &sessions[max(a.session, b.session)], &sessions[min(a.session, b.session)]
	return Finding{Kind: b.kind, Date: later.Date, Session: later.ID, Other: earlier.ID, Resource: b.name, At: b.span.From(), Count: int(minutes)}
}

// busy returns the stretches of time that the session occupies: runs of slots without a gap; all of a counted session.
func (s *Session) busy() []Span {
	if s.Counted {
		return []Span{s.Span()}
	}
	var list []Span
	for _, slot := range s.Slots {
		span := slot.Span()
		if n := len(list); n > 0 && list[n-1].To() == span.From() {
			list[n-1].seconds += span.seconds
		} else {
			list = append(list, span)
		}
	}
	return list
}
