package kpi

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// ErrAsOf: what was free before the last event is not known any more; replay the log to that instant and ask there.
var ErrAsOf = errors.New("kpi: as-of before the last event")

// ThirdNext is the third next available appointment.
type ThirdNext struct {
	// Found is false where fewer than three numbers are open; the rest is zero then.
	Found bool
	// Days are calendar days from the as-of day to the session's date, at least 0.
	Days int
	// Start is when the number is, in slot N (from 0) of the Session of that name.
	Start   sl.Instant
	Session string
	N       int
}

// ThirdNext finds the third number strictly after asOf, in order of time, then of the session's opening, that a stranger
// could book at asOf in what is selected: released, not closed, not past its booking close, and not held, offered, taken or
// needed by an effective reserve, nor in a slot or a session that is only for some (whom the rules let a class be for is not in the log). In each session the reserves are met by its last free numbers: a
// stranger takes the first. A pause, which is on for some hours of every day, takes nothing away: it is the days of waiting that count.
// A Channel cannot be selected. ErrAsOf where asOf is before the last event. Cost: one walk over the sessions.
func (p *Projection) ThirdNext(of Selection, asOf sl.Instant) (ThirdNext, error) {
	c, err := p.resolve(of)
	if of.Channel != "" {
		err = errors.Join(err, fmt.Errorf("selection: Channel %q: what is open to a stranger has no channel", of.Channel))
	}
	if asOf < p.clock {
		err = errors.Join(err, fmt.Errorf("%w: %v is before %v", ErrAsOf, asOf, p.clock))
	}
	if err != nil {
		return ThirdNext{}, err
	}
	var open []opening
	for i := range p.sessions {
		if s := &p.sessions[i]; c.has(s) {
			open = s.openUnits(open, booking.Session(i+1), asOf)
		}
	}
	if len(open) < ordinal {
		return ThirdNext{}, nil
	}
	slices.SortFunc(open, func(a, b opening) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.session, b.session), cmp.Compare(a.n, b.n))
	})
	x := open[ordinal-1]
	date := p.sessions[x.session-1].opening.Date
	return ThirdNext{Found: true, Days: max(0, date.Sub(sl.DateOf(asOf, p.zone))), Start: x.start,
		Session: p.name(booking.SessionName, uint32(x.session)), N: x.n}, nil
}

// ordinal: the third, because the first and second are as often as not a cancellation that came by.
const ordinal = 3

// opening is one number that is open.
type opening struct {
	start   sl.Instant
	session booking.Session
	n       int
}

// openUnits appends the numbers of a session that a stranger could book at asOf, the first three of them, in order of time.
func (s *session) openUnits(dst []opening, id booking.Session, asOf sl.Instant) []opening {
	if !s.released || s.isClosed() || s.ended || !s.opening.Eligible.IsAnyone() {
		return dst
	}
	free := int64(0)
	for n := range s.units {
		if s.slotClose(n) > asOf {
			free += s.units[n].room(int64(s.opening.Slots[n].Capacity))
		}
	}
	common := free
	for i := range s.quotas {
		common -= min(s.quotas[i].due(), common)
	}
	common = min(common, ordinal)
	for n := 0; n < len(s.units) && common > 0; n++ {
		if s.slotClose(n) <= asOf || s.slotStart(n) <= asOf || s.opening.Slots[n].Only != 0 {
			continue
		}
		for room := s.units[n].room(int64(s.opening.Slots[n].Capacity)); room > 0 && common > 0; room-- {
			dst = append(dst, opening{s.slotStart(n), id, n})
			common--
		}
	}
	return dst
}

// slotClose is when a slot closes for booking: before its start, or before the end of a counted session.
func (s *session) slotClose(n int) sl.Instant {
	at := s.slotStart(n)
	if s.opening.Counted {
		at = s.end()
	}
	at = at.AddMinutes(-int(s.opening.LeadMinutes))
	if s.opening.Close != 0 {
		at = min(at, s.opening.Close)
	}
	return at
}
