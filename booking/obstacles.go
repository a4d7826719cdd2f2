package booking

import sl "github.com/haoyuan-go/haoyuan/slots"

// Obstacle is one reason that stands in the way of a request which seeks, and how far.
type Obstacle struct {
	Reason Reason
	// Sessions are how many sessions it keeps the person out of. Where the slots of a session are refused for several reasons, the session
	// counts under the one that is judged last, which is nearest to a yes.
	Sessions int
	// Slots are how many runs of slots are refused for it.
	Slots int
	// Until is the earliest instant to come at which one of them is refused for this no more; zero where none is known.
	Until sl.Instant
}

// MaxObstacleSessions is how many sessions Obstacles looks at, the first in the Book's order; a request for less time sees further.
const MaxObstacleSessions = 10000

// Obstacles appends why a request that names no slot cannot have anything: for each reason, in the order in which they are judged, how many
// of the sessions and runs of slots that it seeks are refused for it, each for the first reason found. What it could have counts for none; nothing at all is
// appended where there is no session of what is sought in its time. Cost: a judgement for each of those slots.
func (b *Book) Obstacles(dst []Obstacle, t *Batch, q Request, at sl.Instant) ([]Obstacle, error) {
	a, err := b.ask(t, q, at)
	if err == nil && q.Slot.IsValid() {
		err = badCommand("Slot: want none named; of a named one, ask Reasons")
	}
	if err != nil {
		return dst, err
	}
	var of [reasons]Obstacle
	seen, from := 0, max(q.From, at)
	b.eachOf(&q, from, func(start sl.Instant, id Session) bool {
		if q.Until != 0 && start >= q.Until {
			return false
		}
		if b.sessions.at(uint32(id)).ends() > from {
			seen++
			b.obstaclesIn(a, id, &of)
		}
		return seen < MaxObstacleSessions
	})
	for r := range of {
		if of[r].Slots > 0 {
			of[r].Reason = Reason(r)
			dst = append(dst, of[r])
		}
	}
	return dst, nil
}

// obstaclesIn counts the refusals of one session's slots.
func (b *Book) obstaclesIn(a *attempt, id Session, of *[reasons]Obstacle) {
	last, granted := Reason(0), false
	for n := range b.sessions.at(uint32(id)).slotN {
		if !b.sought(a, Slot{id, n}) {
			continue
		}
		if b.judge(a, id, n) {
			granted = true
			continue
		}
		x := &of[a.refusal.Reason]
		x.Slots++
		if until := a.refusal.Until; until > a.at && (x.Until == 0 || until < x.Until) {
			x.Until = until
		}
		last = max(last, a.refusal.Reason)
	}
	if last != 0 && !granted {
		of[last].Sessions++
	}
}
