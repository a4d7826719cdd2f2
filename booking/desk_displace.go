package booking

import sl "github.com/haoyuan-go/haoyuan/slots"

// Displacements lists up to limit plans for an emergency at now, after what is due, the one that does least harm first: for the slot that the
// ask names, or for what it seeks. Whoever merely asks leaves no trace.
func (d *Desk) Displacements(now sl.Instant, a Ask, limit int) ([]DisplacementPlan, error) {
	return looks(d, now, &a, func(q Request, at sl.Instant) ([]DisplacementPlan, error) {
		return d.book.Displacements(nil, &d.batch, q, at, limit)
	})
}

// Displace books an emergency in the slot that the ask names and makes the moves, all or nothing; DisplacementPlan.Placements are the moves of a plan that was
// accepted. The error is a *Refusal where the rules say no to a move or to the emergency.
func (d *Desk) Displace(now sl.Instant, a Ask, moves []Placement) (Appointment, error) {
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
	reply, err := d.Do(Displace{Meta: m, Request: q, Moves: moves})
	return reply.Appointment, err
}

// Alternatives lists up to limit other numbers for an ask that cannot be had at now, after what is due, the best first, each with the reason it is
// offered. Whoever merely asks leaves no trace; the Request of an answer holds for a person who is known only.
func (d *Desk) Alternatives(now sl.Instant, a Ask, limit int) ([]Alternative, error) {
	return looks(d, now, &a, func(q Request, at sl.Instant) ([]Alternative, error) {
		return d.book.Alternatives(nil, &d.batch, q, at, limit)
	})
}

// Obstacles lists what stands in the way of an ask that seeks and finds nothing at now, after what is due. Whoever merely asks leaves no trace.
func (d *Desk) Obstacles(now sl.Instant, a Ask) ([]Obstacle, error) {
	return looks(d, now, &a, func(q Request, at sl.Instant) ([]Obstacle, error) {
		return d.book.Obstacles(nil, &d.batch, q, at)
	})
}

// looks answers a question about an ask, after what is due.
func looks[T any](d *Desk, now sl.Instant, a *Ask, question func(Request, sl.Instant) ([]T, error)) ([]T, error) {
	m, err := d.meta(now)
	if err != nil {
		return nil, err
	}
	defer d.batch.Reset()
	q, err := d.request(m.At, a)
	if err != nil {
		return nil, err
	}
	return question(q, m.At)
}
