package booking

import "github.com/haoyuan-go/haoyuan/slots"

// dueItem is something that Advance will have to say: at an instant, of a rank, about an appointment or a session.
// Rank and id share a word so that the order (due instant, rank, id) is two comparisons.
type dueItem struct {
	at     slots.Instant
	rankID uint64
}

// The ranks: what comes first among things due at one instant.
const (
	rankLapse   = 1  // a hold or an offer lapses (id: appointment)
	rankEnd     = 2  // a session ends, no-shows are marked (id: session)
	rankReserve = 3  // a reserve falls open (id: session; its quotas in rule order)
	rankMove    = 4  // unsold reserves move (id: session)
	rankRelease = 5  // numbers come out (id: session)
	rankExpire  = 6  // an entry of the waitlist expires (id: entry)
	rankLook    = 7  // the waitlist is tried (id: session)
	rankReturn  = 8  // a unit has rested (id: session; its units in order of slot)
	rankLift    = 9  // a restriction is over (id: person or account, see liftID; its gates in order of channel)
	rankRemind  = 10 // those who have a number are reminded (id: session)
)

func (d dueItem) rank() int  { return int(d.rankID >> 32) }
func (d dueItem) id() uint32 { return uint32(d.rankID) }

func (d dueItem) before(o dueItem) bool {
	return d.at < o.at || d.at == o.at && d.rankID < o.rankID
}

func due(at slots.Instant, rank int, id uint32) dueItem {
	return dueItem{at, uint64(rank)<<32 | uint64(id)}
}

// dueQueue is a four-way heap whose items can be changed or removed wherever they are: each holder (an appointment with
// a deadline, a session with its next instant) has at most one item and knows its place, which the Book keeps for it.
type dueQueue struct{ items []dueItem }

func (b *Book) dueFirst() (dueItem, bool) {
	if len(b.due.items) == 0 {
		return dueItem{}, false
	}
	return b.due.items[0], true
}

// duePlace returns where the holder of d keeps the place of its item: 1 + the index, 0 for none.
func (b *Book) duePlace(d dueItem) *uint32 {
	switch d.rank() {
	case rankLapse:
		return &b.appointments.at(d.id()).dueAt
	case rankExpire:
		return &b.entries.at(d.id()).dueAt
	case rankLift:
		return &b.first(b.holderOf(d.id())).dueAt
	}
	return &b.sessions.at(d.id()).dueAt
}

// dueSet puts, moves or (with the zero item) removes the item whose place is *place.
func (b *Book) dueSet(place *uint32, d dueItem) {
	q := &b.due
	if *place == 0 {
		if d == (dueItem{}) {
			return
		}
		q.items = append(q.items, d)
		b.dueUp(len(q.items)-1, d)
		return
	}
	i := int(*place) - 1
	if d == (dueItem{}) {
		*place = 0
		last := len(q.items) - 1
		d = q.items[last]
		q.items = q.items[:last]
		if i == last {
			return
		}
	}
	if i > 0 && d.before(q.items[(i-1)/4]) {
		b.dueUp(i, d)
	} else {
		b.dueDown(i, d)
	}
}

func (b *Book) dueUp(i int, d dueItem) {
	items := b.due.items
	for i > 0 {
		parent := (i - 1) / 4
		if !d.before(items[parent]) {
			break
		}
		items[i] = items[parent]
		*b.duePlace(items[i]) = uint32(i + 1)
		i = parent
	}
	items[i] = d
	*b.duePlace(d) = uint32(i + 1)
}

func (b *Book) dueDown(i int, d dueItem) {
	items := b.due.items
	for {
		child := 4*i + 1
		if child >= len(items) {
			break
		}
		for c := child + 1; c < min(4*i+5, len(items)); c++ {
			if items[c].before(items[child]) {
				child = c
			}
		}
		if !items[child].before(d) {
			break
		}
		items[i] = items[child]
		*b.duePlace(items[i]) = uint32(i + 1)
		i = child
	}
	items[i] = d
	*b.duePlace(d) = uint32(i + 1)
}
