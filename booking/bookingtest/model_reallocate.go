package bookingtest

import (
	"slices"
	"strings"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// nextMoves is when unsold reserves move next; 0 for never.
func (s *supply) nextMoves() sl.Instant {
	if s.rounds == len(s.Reallocate) {
		return 0
	}
	return s.Reallocate[s.rounds]
}

// party is a quota line that takes part in a round.
type party struct {
	line              int
	part              bool
	surplus, shortage int
}

// moveReserves holds one round of reallocation, unit by unit: the one who has most to spare gives to the one who lacks most.
func (m *Model) moveReserves(id booking.Session, now sl.Instant) {
	s := m.session(id)
	s.rounds++
	if m.rules.Reallocation.MaxMovePercent == 0 {
		return
	}
	parties := m.parties(id, now)
	moved := false
	for {
		from, to := -1, -1
		// Parts give to parts and others to others; it does not matter which of the two kinds goes first.
		for _, part := range []bool{true, false} {
			from, to = -1, -1
			for i, p := range parties {
				if p.part == part && p.surplus > 0 && (from < 0 || p.surplus > parties[from].surplus) {
					from = i
				}
				if p.part == part && p.shortage > 0 && (to < 0 || p.shortage > parties[to].shortage) {
					to = i
				}
			}
			if from >= 0 && to >= 0 {
				break
			}
		}
		if from < 0 || to < 0 {
			break
		}
		moved = true
		parties[from].surplus--
		parties[to].shortage--
		giver, receiver := &s.Quotas[parties[from].line], &s.Quotas[parties[to].line]
		if parties[from].part {
			giver.Cap--
			receiver.Cap++
		}
		giver.Reserve--
		if sold := m.charged(id, receiver.Class, 0); int(receiver.Reserve) < sold {
			receiver.Reserve = uint16(sold)
		}
		receiver.Reserve++
	}
	if moved {
		m.changed(id, now)
	}
}

// parties are the lines that take part, with what each can spare or will lack.
func (m *Model) parties(id booking.Session, now sl.Instant) (list []party) {
	s, rule := m.session(id), m.rules.Reallocation
	if !s.released {
		return nil
	}
	last := s.closes(len(s.Slots) - 1)
	eff, common := m.effective(id, now, 0)
	for i, q := range s.Quotas {
		name := m.names[booking.ClassName][q.Class-1]
		elapsed := int64(now - max(s.out, q.From))
		if s.opened[i] || elapsed < max(1, rule.MinElapsedSeconds) || slices.Contains(rule.Never, name) ||
			strings.HasPrefix(name, "stage ") && strings.HasSuffix(name, " of the release") {
			continue
		}
		sold, borne := m.charged(id, q.Class, 0), m.borne(id, q.Class, 0)
		need := 0
		for int64(need)*elapsed < int64(sold)*int64(max(0, last-now)) && need < booking.MaxSessionUnits {
			need++
		}
		p := party{line: i, part: q.Capped && q.Cap == q.Reserve}
		if spare := eff[i] - max(need, int(rule.KeepUnits), percentUp(q.Reserve, rule.KeepPercent)); spare > 0 && eff[i] == m.wanted(s, i, sold, borne) {
			p.surplus = min(spare, percentUp(q.Reserve, rule.MaxMovePercent))
		}
		if lack := need - eff[i]; lack > 0 {
			rest := common
			if q.Capped {
				rest = max(0, min(rest, int(q.Cap)-borne-eff[i]))
			}
			had := min(lack, rest)
			common -= had
			p.shortage = lack - had
			if q.Capped && !p.part { // its cap stays, and bounds what it can use
				p.shortage = max(0, min(p.shortage, int(q.Cap)-borne-max(0, int(q.Reserve)-sold)-had, int(q.Cap)-1-max(int(q.Reserve), sold)))
			}
		}
		list = append(list, p)
	}
	return list
}

// percentUp is the least whole number that is not below so many per cent of n.
func percentUp(n uint16, percent int32) (units int) {
	for units*100 < int(n)*int(percent) {
		units++
	}
	return units
}

// wanted is what a line would keep if it were all there, and what goes with a unit that it gives.
func (m *Model) wanted(s *supply, i, sold, borne int) int {
	q := s.Quotas[i]
	kept := int(q.Reserve) - sold
	if q.Capped && q.Cap == q.Reserve {
		kept = min(kept, int(q.Cap)-borne)
	}
	return max(0, kept)
}
