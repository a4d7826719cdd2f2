package booking

import (
	"cmp"
	"fmt"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Pause is a stretch of time in which no request that bears Class may book into a session, hold or move into it; the zero Class
// is everyone. Pauses are how the opening hours of a pool or of one channel are stated to the Book: as the hours between.
//
// A pause stops what Release and Close stop, with one exception: the offers that CloseSession makes do not wait for it, for they are the
// hospital's own doing at whatever hour. It does not touch add-ons, which the hospital makes for a named person, nor paying, cancelling,
// answering an offer, or anything on the day itself.
type Pause struct {
	Class Class
	Span  slots.Span
}

func (p *Pause) compare(o *Pause) int {
	return cmp.Or(cmp.Compare(p.Span.From(), o.Span.From()), cmp.Compare(p.Class, o.Class))
}

// pauseProblems checks a list of bounded length.
func pauseProblems(list []Pause) (all []error) {
	bad := func(format string, args ...any) { all = append(all, fmt.Errorf(format, args...)) }
	for i := range list {
		p := &list[i]
		from, to := p.Span.From(), p.Span.To()
		switch {
		case !validInstant(from) || !validInstant(to):
			bad("Pauses[%d].Span %d to %d: want instants before the year 10000", i, from, to)
		case p.Span.IsEmpty():
			bad("Pauses[%d].Span %v: empty", i, p.Span)
		case i > 0 && p.compare(&list[i-1]) <= 0:
			bad("Pauses[%d].Span %v: not after Pauses[%d] in order of (From, Class)", i, p.Span, i-1)
		default:
			for j := i - 1; j >= 0; j-- {
				if e := &list[j]; e.Class == p.Class {
					if e.Span.To() > from {
						bad("Pauses[%d].Span %v: overlaps Pauses[%d] of the same class", i, p.Span, j)
					}
					break // the others of the class end before that one begins
				}
			}
		}
	}
	return all
}

// noteTimes marks the session if requests must be judged by pauses or by a class's own opening time: only then does judging read
// the far part of its record. It does the same for whom the session takes.
func (s *session) noteTimes() {
	s.flags &^= sessionTimed | sessionAsks
	if !s.far.eligible.IsAnyone() {
		s.flags |= sessionAsks
	}
	if len(s.far.pauses) > 0 {
		s.flags |= sessionTimed
	}
	for _, from := range s.far.froms {
		if from != 0 {
			s.flags |= sessionTimed
		}
	}
}

// setFrom sets a quota line's own opening time.
func (s *session) setFrom(i int, from slots.Instant) {
	if s.far.froms == nil {
		if from == 0 {
			return
		}
		s.far.froms = make([]slots.Instant, s.quotaN)
	}
	s.far.froms[i] = from
}

// from is a quota line's own opening time; 0 for none.
func (s *session) from(i int) slots.Instant {
	if s.far.froms == nil {
		return 0
	}
	return s.far.froms[i]
}

// hoursAllow: the numbers must be out, for each class that the request bears, and no pause be on.
// Cost: a pass over the session's quotas, if some class has its own opening time, and over its pauses.
func (s *session) hoursAllow(a *attempt) bool {
	if r := s.notOut(a); r.Reason != 0 && !a.no(r) {
		return false
	}
	if r := s.paused(a); r.Reason != 0 {
		return a.no(r)
	}
	return true
}

// notOut refuses until the last of the release and the opening times of the classes borne.
func (s *session) notOut(a *attempt) (r Refusal) {
	if s.flags&sessionReleased == 0 {
		r = Refusal{Reason: NotReleased, Until: s.release}
	}
	if s.flags&sessionTimed == 0 {
		return r
	}
	for i, from := range s.far.froms {
		if c := s.quotas()[i].class; from > a.at && from > r.Until && a.Bear.Has(c) {
			r = Refusal{Reason: NotReleased, Class: c, Until: from}
		}
	}
	return r
}

// paused refuses until the end of the pause that is on, and of those that follow it without a gap.
func (s *session) paused(a *attempt) (r Refusal) {
	if s.flags&sessionTimed == 0 || a.closing != nil || a.transfer {
		return r
	}
	until := a.at
	for i := range s.far.pauses {
		p := &s.far.pauses[i]
		if p.Span.From() > until {
			break
		}
		if p.Span.To() <= until || p.Class != 0 && !a.Bear.Has(p.Class) {
			continue
		}
		if until == a.at {
			r = Refusal{Reason: Paused, Class: p.Class}
		}
		until = p.Span.To()
		r.Until = until
	}
	return r
}
