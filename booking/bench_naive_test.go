package booking_test

import (
	"sort"
	"sync"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// naivePool is the baseline: the same rules as the benchmark's Book, written as a good developer writes them on the first
// day: maps of structs behind a mutex, an event per change, keys remembered with the payload.
type naivePool struct {
	mu          sync.Mutex
	sessions    map[uint32]*naiveSession
	byPhysician map[uint32][]*naiveSession
	byPerson    map[uint32][]*naiveAppointment
	byID        map[uint32]*naiveAppointment
	keys        map[booking.Key]naiveKey
	events      []naiveEvent
	nextID      uint32
}

type naiveSession struct {
	id     uint32
	start  slots.Instant
	slots  []naiveSlot
	quotas map[uint8]*naiveQuota
	order  []uint8
}

type naiveSlot struct {
	start           slots.Instant
	capacity, taken int
}

type naiveQuota struct{ reserve, limit, charged, borne int }

type naiveAppointment struct {
	id, person, session uint32
	slot                int
	channel, charge     uint8
	start, end          slots.Instant
	live                bool
}

type naiveKey struct {
	request benchRequest
	id      uint32
}

type naiveEvent struct {
	at          slots.Instant
	kind        string
	appointment naiveAppointment
}

func newNaivePool(physicians int) *naivePool {
	p := &naivePool{sessions: map[uint32]*naiveSession{}, byPhysician: map[uint32][]*naiveSession{}, byPerson: map[uint32][]*naiveAppointment{},
		byID: map[uint32]*naiveAppointment{}, keys: map[booking.Key]naiveKey{}}
	for d := range physicians {
		for day := range benchDays {
			for half := range 2 {
				n := d*benchDays*2 + day*2 + half
				s := &naiveSession{id: uint32(n + 1), start: sessionStart(d, day, half), quotas: map[uint8]*naiveQuota{}}
				units := 0
				for i := range benchSlots {
					c := benchCapacity(n, i)
					units += c
					s.slots = append(s.slots, naiveSlot{start: s.start.AddMinutes(15 * i), capacity: c})
				}
				for c := range benchChannels {
					reserve, limit := benchQuota(c, units)
					s.quotas[uint8(c)] = &naiveQuota{reserve: reserve, limit: limit}
					s.order = append(s.order, uint8(c))
				}
				p.sessions[s.id] = s
				p.byPhysician[uint32(d+1)] = append(p.byPhysician[uint32(d+1)], s)
			}
		}
	}
	return p
}

func (p *naivePool) do(q *benchRequest, cancelled uint32) (id uint32, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if k, known := p.keys[q.key]; known {
		return k.id, k.request.person == q.person && k.request.op == q.op && k.request.session == q.session && k.request.slot == q.slot
	}
	if q.op == opCancel {
		a := p.byID[cancelled]
		if a == nil || !a.live {
			return 0, false
		}
		a.live = false
		s := p.sessions[a.session]
		s.slots[a.slot].taken--
		s.quotas[a.channel].borne--
		s.quotas[a.charge].charged--
		p.events = append(p.events, naiveEvent{q.at, "cancelled", *a})
		p.keys[q.key] = naiveKey{*q, a.id}
		return a.id, true
	}
	if q.op == opNamed {
		return p.book(q, p.sessions[q.session], int(q.slot))
	}
	list := p.byPhysician[q.resource]
	first := sort.Search(len(list), func(i int) bool { return list[i].start >= q.from })
	for _, s := range list[first:] {
		for i := range s.slots {
			if id, ok := p.book(q, s, i); ok {
				return id, true
			}
		}
	}
	return 0, false
}

func (p *naivePool) book(q *benchRequest, s *naiveSession, slot int) (uint32, bool) {
	x := &s.slots[slot]
	if x.taken >= x.capacity || q.at >= x.start {
		return 0, false
	}
	charge, ok := s.admit(q.channel)
	if !ok {
		return 0, false
	}
	end := x.start.AddMinutes(15)
	for _, a := range p.byPerson[q.person] {
		if a.live && (a.session == s.id || a.start < end && x.start < a.end) {
			return 0, false
		}
	}
	p.nextID++
	a := &naiveAppointment{p.nextID, q.person, s.id, slot, q.channel, charge, x.start, end, true}
	p.byID[a.id] = a
	p.byPerson[q.person] = append(p.byPerson[q.person], a)
	x.taken++
	s.quotas[q.channel].borne++
	s.quotas[charge].charged++
	p.events = append(p.events, naiveEvent{q.at, "booked", *a})
	p.keys[q.key] = naiveKey{*q, a.id}
	return a.id, true
}

func (s *naiveSession) admit(channel uint8) (uint8, bool) {
	free := 0
	for _, x := range s.slots {
		free += max(0, x.capacity-x.taken)
	}
	left, own := free, 0
	for _, c := range s.order {
		k := s.quotas[c]
		eff := min(max(0, min(k.reserve-k.charged, k.limit-k.borne)), left)
		left -= eff
		if c == channel {
			own = eff
			if k.borne+1 > k.limit {
				return 0, false
			}
		}
	}
	return channel, left+own >= 1
}
