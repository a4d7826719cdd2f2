package bookingtest

import (
	"crypto/sha256"
	"math/big"
	"slices"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// resting is a unit to be put to rest.
type resting struct {
	session booking.Session
	rested
}

// restsOf lists what an appointment, about to leave for another run (or for good: the zero Slot), leaves behind to rest.
func (m *Model) restsOf(id booking.Appointment, to booking.Slot, at sl.Instant) (list []resting) {
	v := &m.visits[id-1]
	s := m.session(v.slot.Session)
	if m.unit(v) == "" || m.gone(s) {
		return nil
	}
	for i := range v.count {
		n := v.slot.N + uint16(i)
		if stays := to.Session == v.slot.Session && n >= to.N && int(n) < int(to.N)+v.count; stays {
			continue
		}
		if until := min(m.restUntil(id, at), s.closes(int(n))); until > at {
			list = append(list, resting{v.slot.Session, rested{n, until}})
		}
	}
	return list
}

func (m *Model) putToRest(list []resting) {
	for _, r := range list {
		s := m.session(r.session)
		s.rests = append(slices.Clone(s.rests), r.rested)
	}
}

// comeOut ends the rest of the least slot among those whose time it is.
func (m *Model) comeOut(s *supply, at sl.Instant) {
	least := -1
	for i, r := range s.rests {
		if r.until == at && (least < 0 || r.n < s.rests[least].n) {
			least = i
		}
	}
	s.rests = slices.Delete(slices.Clone(s.rests), least, least+1)
}

// restSeconds is the rest and the draw, as the rules' comment and restSeconds of package booking describe it.
func (m *Model) restSeconds(id booking.Appointment, at sl.Instant) int64 {
	text := slices.Clone(m.rules.RestSeed[:])
	for _, field := range []struct {
		value uint64
		bytes int
	}{{uint64(id), 4}, {uint64(at), 8}} {
		for range field.bytes {
			text = append(text, byte(field.value))
			field.value >>= 8
		}
	}
	sum := sha256.Sum256(text)
	first := sum[:8]
	slices.Reverse(first)
	drawn := new(big.Int).SetBytes(first)
	drawn.Mod(drawn, big.NewInt(m.rules.RestSpreadSeconds+1))
	return m.rules.RestSeconds + drawn.Int64()
}

// restUntil goes on to the next tick, second by second.
func (m *Model) restUntil(id booking.Appointment, at sl.Instant) sl.Instant {
	until := at + sl.Instant(m.restSeconds(id, at))
	for tick := sl.Instant(m.rules.RestTickSeconds); tick != 0 && until%tick != sl.Instant(m.rules.RestTickOffsetSeconds); {
		until++
	}
	return until
}
