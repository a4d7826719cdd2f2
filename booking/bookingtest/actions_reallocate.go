package bookingtest

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// uneven opens a session whose numbers are shared out, sells some to one of the classes, and lets a round of reallocation come.
func (m *machine) uneven(t *rapid.T) {
	if m.model.Sessions() >= 4*worldSessions {
		t.Skip("enough sessions")
	}
	meta := m.at(t)
	o := drawOpening(t, meta.At)
	classes := rapid.Permutation([]booking.Class{1, 2, 3, 4}).Draw(t, "classes")[:between(t, 2, 3, "lines")]
	o.Quotas, o.Pauses, o.Release, o.Close, o.LeadMinutes, o.Counted, o.Minutes = nil, nil, 0, 0, 0, false, 0
	o.Slots = []booking.SlotSpec{{Minutes: 30, Capacity: 3}, {OffsetMinutes: 30, Minutes: 30, Capacity: uint16(between(t, 1, 4, "capacity"))}}
	how := between(t, 0, 3, "how shared out") // 0, 1: a partition; 2: reserves; 3: reserves, and a cap of its own for one class
	for i, c := range classes {
		q := booking.Quota{Class: c, Reserve: uint16(between(t, 1, 3, "reserve")), Capped: how < 2}
		if how < 2 {
			q.Cap = q.Reserve
		} else if i == 0 {
			q.Reserve = uint16(between(t, 0, 1, "reserve of the first"))
			q.Capped, q.Cap = how == 3, uint16(3*(how-2))
		}
		o.Quotas = append(o.Quotas, q)
	}
	o.Reallocate = []sl.Instant{meta.At + 600, meta.At + 4000, meta.At + 9000}
	m.names++
	m.do(booking.Open{Meta: meta, Name: fmt.Sprintf("session%d", m.names), Opening: o})
	id := booking.Session(m.model.Sessions())
	m.catchUp(meta.At)
	for i := range between(t, 1, 4, "sold") {
		q := booking.Request{Person: booking.Person(i + 1), Slot: booking.Slot{Session: id, N: uint16(i / 3)}}
		q.Bear, _ = booking.NewBearing(classes[pick(t, []int{0, 0, 0, 1}, "whose")])
		m.do(booking.Take{Meta: meta, Request: q})
	}
	m.catchUp(pick(t, o.Reallocate, "until the round"))
}
