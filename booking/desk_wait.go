package booking

import sl "github.com/haoyuan-go/haoyuan/slots"

// Wait is an ask that will wait.
type Wait struct {
	// Ask names no slot.
	Ask
	// DueBy is until when it is of use.
	DueBy sl.Instant
	// Assign books what comes free at once, instead of offering it.
	Assign bool
	// NeedsDecision keeps it out of the line until somebody has approved it (Screen).
	NeedsDecision bool
}

// Join puts an ask on the waitlist; one who is new is introduced. If something is free for it, it is served before Join returns: see
// Book.Entry. The error is a *Refusal where the rules say no.
func (d *Desk) Join(now sl.Instant, w Wait) (Entry, error) {
	m, err := d.meta(now)
	if err != nil {
		return 0, err
	}
	stampKey(&m, &w.Ask)
	q, err := d.request(m.At, &w.Ask)
	if err != nil {
		d.batch.Reset()
		return 0, err
	}
	reply, err := d.Do(Join{Meta: m, Request: q, DueBy: w.DueBy, Assign: w.Assign, NeedsDecision: w.NeedsDecision})
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
