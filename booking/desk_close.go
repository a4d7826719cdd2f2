package booking

import (
	"errors"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Closing is a CloseSession by name.
type Closing struct {
	// Sessions that close together, at least one.
	Sessions []string
	// The rest is as in CloseSession.
	AnswerBy, From, Until sl.Instant
	Move, Waitlist        bool
	Plan                  []Placement
}

// CloseSession closes a session and makes everyone in it an offer that stands until answerBy.
func (d *Desk) CloseSession(now sl.Instant, session string, answerBy sl.Instant) error {
	_, err := d.Close(now, Closing{Sessions: []string{session}, AnswerBy: answerBy})
	return err
}

// Close closes sessions in one batch, and says what became of those whom that affected.
func (d *Desk) Close(now sl.Instant, c Closing) (Fates, error) {
	m, err := d.meta(now)
	if err != nil {
		return Fates{}, err
	}
	ids := make([]Session, 0, len(c.Sessions))
	for i, name := range c.Sessions {
		id := Session(d.book.Find(SessionName, name))
		if id == 0 {
			err = errors.Join(err, badCommand("Sessions[%d] %q: not opened", i, name))
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		err = badCommand("Sessions: none, want at least one")
	}
	if err != nil {
		return Fates{}, err
	}
	fates := Fates{}
	_, err = d.do(CloseSession{Meta: m, Session: ids[0], And: ids[1:], Plan: c.Plan, AnswerBy: c.AnswerBy, From: c.From, Until: c.Until, Move: c.Move,
		Waitlist: c.Waitlist}, func(t *Batch) { fates = t.Fates() })
	return fates, err
}

// Substitute puts others into a session (替诊): who are all who are there now, introduced if new. Where the grade is lower than now, those who have a number there are asked until answerBy;
// else it may be 0. It says how many are asked.
func (d *Desk) Substitute(now sl.Instant, session string, who []string, grade sl.Grade, answerBy sl.Instant) (asked int, err error) {
	m, err := d.meta(now)
	if err != nil {
		return 0, err
	}
	c := Substitute{Meta: m, Session: Session(d.book.Find(SessionName, session)), Grade: grade, AnswerBy: answerBy}
	if len(who) > MaxResources {
		return 0, badCommand("who: %d of them, want at most %d", len(who), MaxResources)
	}
	for _, name := range who {
		r, err := d.handle(m.At, ResourceName, name)
		if err != nil {
			d.batch.Reset()
			return 0, err
		}
		c.Resources = append(c.Resources, Resource(r))
	}
	reply, err := d.Do(c)
	return int(reply.Count), err
}
