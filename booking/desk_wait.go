package booking

import sl "github.com/haoyuan-go/haoyuan/slots"

// Join puts an ask on the waitlist until dueBy; one who is new is introduced. It names no slot. If something is free for it, it is
// served before Join returns: see Book.Entry. The error is a *Refusal where the rules say no.
func (d *Desk) Join(now sl.Instant, a Ask, dueBy sl.Instant) (Entry, error) {
	m, err := d.meta(now)
	if err != nil {
		return 0, err
	}
	stampKey(&m, &a)
	q, err := d.request(m.At, &a)
	if err != nil {
		d.batch.Reset()
		return 0, err
	}
	reply, err := d.Do(Join{Meta: m, Request: q, DueBy: dueBy})
	if err == nil {
		_, err = d.meta(now)
	}
	return reply.Entry, err
}

// Leave takes an entry of the waitlist back.
func (d *Desk) Leave(now sl.Instant, id Entry) error {
	return d.step(now, func(m Meta) Command { return Leave{m, id} })
}

// Screen approves or rejects an entry that waits for a person's decision.
func (d *Desk) Screen(now sl.Instant, id Entry, approve bool) error {
	return d.step(now, func(m Meta) Command { return Screen{m, id, approve} })
}
