package booking

import sl "github.com/haoyuan-go/haoyuan/slots"

// Series (疗程预约) makes several visits of one person or none: rehabilitation, dialysis, chemotherapy. The first visit is as the Request says, within its
// From and Until; each of the others is sought in the same way, those two aside, on a date from EveryDays − WithinDays to EveryDays + WithinDays
// after the date of the one before it. The first visit is as early as it can be; each of the others as few days off as it can be, of equally
// good ones with whom the visit before was (or in its room, or on its machine), then the earliest. All count for the person's limits, and each
// afterwards is an appointment like any other. The request names no slot and no policy.
//
// Reply is as a bundle's. Where there is no such series, its Count is the index of the furthest visit for which there was nothing.
// Cost: a pass over the sessions of what is sought for each candidate tried; see MaxPlacements.
type Series struct {
	Meta
	// As is Held or Booked.
	As State
	Request
	// Visits is how many, 2 to MaxSeries.
	Visits int
	// EveryDays is how many days are between two visits, 1 to MaxEveryDays; WithinDays how many more or fewer there may be, 0 to EveryDays − 1.
	EveryDays, WithinDays int
}

// The bounds of a series.
const (
	MaxSeries    = 64
	MaxEveryDays = 366
)

func (Series) command() {}

// form checks a series beside its request.
func (c *Series) form() error {
	switch {
	case c.As != Held && c.As != Booked:
		return badCommand("As %v: want Held or Booked", c.As)
	case c.Visits < 2 || c.Visits > MaxSeries:
		return badCommand("Visits %d: want 2 to %d", c.Visits, MaxSeries)
	case c.EveryDays < 1 || c.EveryDays > MaxEveryDays:
		return badCommand("EveryDays %d: want 1 to %d", c.EveryDays, MaxEveryDays)
	case c.WithinDays < 0 || c.WithinDays >= c.EveryDays:
		return badCommand("WithinDays %d: want 0 to %d, one less than EveryDays", c.WithinDays, c.EveryDays-1)
	case c.Slot.IsValid():
		return badCommand("Slot: a series names none; From and Until say when it begins")
	}
	return plainOrder(&c.Request)
}

func (b *Book) decideSeries(t *Batch, c *Series) (Reply, error) {
	print := printRequest(printOf(printSeries, uint64(c.As), uint64(c.Visits), uint64(c.EveryDays), uint64(c.WithinDays)), &c.Request)
	if r, err := b.admit(&c.Meta, print); err != nil || r.Outcome != 0 {
		return r, err
	}
	if err := c.form(); err != nil {
		return Reply{}, err
	}
	if err := b.checkRequest(t, &c.Request, false); err != nil {
		return Reply{}, err
	}
	p := t.party(isSeries, c.At)
	p.everyDays, p.withinDays = int32(c.EveryDays), int32(c.WithinDays)
	q := c.Request
	q.Count = max(q.Count, 1)
	for range c.Visits {
		p.requests = append(p.requests, q)
	}
	if r, ok := b.found(t, p); !ok {
		return r, nil
	}
	return b.done(t, &c.Meta, print, b.bookParty(t, &c.Meta, p, c.As), c.Visits)
}

// decideFamily makes the appointments of a bundle that must be near each other.
func (b *Book) decideFamily(t *Batch, c *Bundle, print uint64) (Reply, error) {
	p := t.party(isFamily, c.At)
	p.withinSeconds = 60 * sl.Instant(c.WithinMinutes)
	for i := range c.Requests {
		q := c.Requests[i]
		if err := plainOrder(&q); err != nil {
			return Reply{}, err
		}
		q.Count = max(q.Count, 1)
		p.requests = append(p.requests, q)
	}
	if r, ok := b.found(t, p); !ok {
		return r, nil
	}
	return b.done(t, &c.Meta, print, b.bookParty(t, &c.Meta, p, c.As), len(c.Requests))
}
