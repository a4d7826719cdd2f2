package bookingtest

import (
	"pgregory.net/rapid"

	"github.com/haoyuan-go/haoyuan/booking"
	sl "github.com/haoyuan-go/haoyuan/slots"
)

// join puts a request on the waitlist, mostly one for which nothing is free; now and then a malformed one.
func (m *machine) join(t *rapid.T) {
	meta := m.at(t)
	q := m.drawRequest(t)
	for tries := 0; tries < 2 && !q.Slot.IsValid() && len(m.model.Candidates(q, m.model.Clock())) > 0; tries++ {
		q = m.drawRequest(t)
	}
	if q.Slot.IsValid() && between(t, 0, 19, "named") > 0 {
		q.Slot = booking.Slot{}
		q.Department = booking.Department(pick(t, []int{1, 1, 1, 2}, "department"))
	}
	m.keyedDo(t, booking.Join{Meta: meta, Request: q, DueBy: meta.At + sl.Instant(pick(t, []int{2 * 86400, 2 * 86400, 86400, 7200, 600, 0}, "due by")),
		Assign: between(t, 0, 2, "assign") == 0, NeedsDecision: between(t, 0, 3, "needs decision") == 0})
}

// entry draws one of the last entries, or the one that never joined.
func (m *machine) entry(t *rapid.T, wanted ...booking.EntryState) booking.Entry {
	n := m.model.Entries()
	if n == 0 && between(t, 0, 3, "none yet") > 0 {
		t.Skip("nobody waits")
	}
	var list []booking.Entry
	for id := booking.Entry(1); int(id) <= n; id++ {
		v, ok := m.model.Entry(id)
		for _, s := range wanted {
			if ok && v.State == s {
				list = append(list, id)
			}
		}
	}
	if len(list) == 0 || between(t, 0, 9, "any") == 0 {
		return booking.Entry(between(t, max(1, n-3), n+1, "entry"))
	}
	return pick(t, list, "open entry")
}

func (m *machine) leaveLine(t *rapid.T) {
	id := m.entry(t, booking.Waiting, booking.Undecided)
	m.do(booking.Leave{Meta: m.at(t), Entry: id})
}

func (m *machine) screen(t *rapid.T) {
	id := m.entry(t, booking.Undecided)
	m.do(booking.Screen{Meta: m.at(t), Entry: id, Approve: between(t, 0, 3, "approve") > 0})
}
