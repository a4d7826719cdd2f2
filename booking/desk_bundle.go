package booking

import (
	"math"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Candidates lists up to limit numbers that an ask may have at now, after Advance; what is listed can be booked at that
// instant. Whoever merely looks leaves no trace: names that are new stay out of the log. The ask's Ref counts for nothing.
func (d *Desk) Candidates(now slots.Instant, a Ask, limit int) ([]Candidate, error) {
	m, err := d.meta(now)
	if err != nil {
		return nil, err
	}
	defer d.batch.Reset()
	q, err := d.request(m.At, &a)
	if err != nil {
		return nil, err
	}
	return d.book.Candidates(nil, &d.batch, q, m.At, limit)
}

// Bundle makes several appointments or none, each judged with the earlier ones chosen; as is Held or Booked. The Reply has
// the first appointment and how many there are: their ids are consecutive, in the order of the asks. The error is a *Refusal
// where the rules say no to one, whose index is the Reply's Count. A bundle has one Ref, that of its first ask.
func (d *Desk) Bundle(now slots.Instant, asks []Ask, as State) (Reply, error) {
	return d.bundle(now, asks, 0, as)
}

// Family is Bundle for people who come together: their visits start within so many minutes of each other, at least 1. The first has the earliest
// time that there is for all of them.
func (d *Desk) Family(now slots.Instant, asks []Ask, withinMinutes int, as State) (Reply, error) {
	if withinMinutes < 1 || withinMinutes > math.MaxUint16 {
		return Reply{}, badCommand("withinMinutes %d: want 1 to %d", withinMinutes, math.MaxUint16)
	}
	return d.bundle(now, asks, uint16(withinMinutes), as)
}

func (d *Desk) bundle(now slots.Instant, asks []Ask, withinMinutes uint16, as State) (Reply, error) {
	m, err := d.meta(now)
	if err != nil {
		return Reply{}, err
	}
	var requests []Request
	for i := range asks[:min(len(asks), MaxBundle+1)] { // Decide refuses one too many
		if i == 0 {
			stampKey(&m, &asks[i])
		} else if asks[i].Ref != "" {
			err = badCommand("asks[%d].Ref %q: a bundle has one, that of its first", i, asks[i].Ref)
		}
		var q Request
		if err == nil {
			q, err = d.request(m.At, &asks[i])
		}
		if err != nil {
			d.batch.Reset()
			return Reply{}, err
		}
		requests = append(requests, q)
	}
	return d.Do(Bundle{Meta: m, As: as, Requests: requests, WithinMinutes: withinMinutes})
}
