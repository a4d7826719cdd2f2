package booking

import (
	"errors"
	"fmt"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// Reallocation is the rule of the rounds. The zero value is off: the instants of Opening.Reallocate then pass and nothing moves.
//
// The rule (号源动态调配), whole. At each instant of Opening.Reallocate Advance holds one round for the session: unsold reserves
// move to the classes that will run out. With the words of the quota rule (quota.go), and for each line k that takes part:
//
//	elapsed(k)  = the round's instant − when the class's numbers came out: the release, or its own From if that is later
//	remaining   = when the last slot closes for booking − the round's instant
//	need(k)     = ⌈charged(k) · remaining / elapsed(k)⌉, at most MaxSessionUnits: what it will still sell if it goes on as it did
//	keep(k)     = max(KeepUnits, ⌈reserve(k) · KeepPercent / 100⌉)
//	surplus(k)  = min(max(0, eff(k) − max(need(k), keep(k))), ⌈reserve(k) · MaxMovePercent / 100⌉)
//	              and 0 where eff(k) < due(k), or a cap that stays holds due(k) below reserve(k) − charged(k): giving would free nothing
//	shortage(k) = max(0, need(k) − eff(k) − what of the common rest it can have)
//
// The common rest is given out, for this sum only, in rule order; a line with a cap can have of it and of others' reserves no more than its
// cap leaves. Units then move one by one from the largest surplus to the largest shortage, of equals from and to the first in rule
// order, until one of the two is used up. A line takes part unless its reserve has fallen open, it is a stage of the release, its class is in
// Never, or its numbers have been out for less than MinElapsedSeconds.
//
// A part of a partition is a line with Cap = Reserve. Parts exchange units among themselves, and the cap goes with the unit, so that
// a partition stays one. The other lines exchange units among themselves, and their caps stay as they are; a reserve that comes under a
// cap of its own stays below it, so that the line does not become a part.
//
// The giver's reserve falls by what moves. The receiver's rises by it, from what it has sold where that is more: a unit that comes is one more
// that is kept. So what is kept unsold in all, and the sum of the caps, are after a round what they were before; where nobody had sold beyond
// their reserve, so is the sum of the reserves. No class that gives keeps less than max(need, keep), nobody else's eff falls, and nothing
// already given to anyone is touched. ReserveShort is not reported: it is the rule that takes, with its grounds, and takes what is not missed.
//
// The forecast is the plain run rate, the additive pick-up of revenue management with one booking curve, the straight line (K. T. Talluri and G. J. van
// Ryzin, The Theory and Practice of Revenue Management, 2004, chapter 9). It knows no weekday, no rush at the release minute and no night: a
// round soon after a release sees the rush as the pace of all the days to come, so let rounds begin when the rush is over.
//
// The round is decided for its own instant: one that is held late moves what it would have moved on time. Cost: a pass over the session's slots
// and quota lines for each.
type Reallocation struct {
	// MaxMovePercent is the most of a reserve that may leave it in one round, rounded up, 1 to 100; 0 is off.
	MaxMovePercent int32
	// KeepUnits is how many unsold units stay with each class in any case, 0 to MaxSessionUnits.
	KeepUnits int32
	// KeepPercent is the part of its reserve that stays unsold with each class in any case, rounded up, 0 to 100.
	KeepPercent int32
	// MinElapsedSeconds is how long a class's numbers must have been out before it gives or receives, 0 to 366 days; less than
	// 1 is 1.
	MinElapsedSeconds int64
	// Never names the classes that neither give nor receive: emergencies, the elderly. At most 200.
	Never []string
}

func (x *Reallocation) problems() (all []error) {
	within := func(field string, v, lo, hi int64) {
		if v < lo || v > hi {
			all = append(all, fmt.Errorf("%s.%s %d: want %d to %d", "Reallocation", field, v, lo, hi))
		}
	}
	within("MaxMovePercent", int64(x.MaxMovePercent), 0, 100)
	within("KeepUnits", int64(x.KeepUnits), 0, MaxSessionUnits)
	within("KeepPercent", int64(x.KeepPercent), 0, 100)
	within("MinElapsedSeconds", x.MinElapsedSeconds, 0, 366*86400)
	within("len(Never)", int64(len(x.Never)), 0, 200)
	for i, name := range x.Never {
		within(fmt.Sprintf("len(Never[%d])", i), int64(len(name)), 1, MaxNameBytes)
	}
	if x.MaxMovePercent == 0 && (x.KeepUnits != 0 || x.KeepPercent != 0 || x.MinElapsedSeconds != 0 || len(x.Never) > 0) {
		all = append(all, errors.New("Reallocation.MaxMovePercent 0: with other fields set; without it nothing moves"))
	}
	return all
}

// clone shares nothing with x.
func (x *Reallocation) clone() Reallocation {
	c := *x
	c.Never = slices.Clone(x.Never)
	return c
}

// numbers are every field, for the digest of the rules.
func (x *Reallocation) numbers() []int64 {
	list := []int64{int64(x.MaxMovePercent), int64(x.KeepUnits), int64(x.KeepPercent), x.MinElapsedSeconds, int64(len(x.Never))}
	for _, name := range x.Never {
		list = append(list, int64(len(name)))
		for i := range len(name) {
			list = append(list, int64(name[i]))
		}
	}
	return list
}

// Grounds are why ReserveMoved moved what it moved: how things stood before the round.
type Grounds struct {
	Giver, Receiver Pace
	// Common is how many free units no reserve kept.
	Common uint32
	// RemainingSeconds is how long the session could still be booked.
	RemainingSeconds int64
}

// Pace is how a class was selling.
type Pace struct {
	// Sold is how many units were charged to it, Unsold how many were kept for it, Need how many more it was expected to sell.
	Sold, Unsold, Need uint32
	// ElapsedSeconds is for how long its numbers had been out.
	ElapsedSeconds int64
}

// Grounds reads what ReserveMoved carries; zero Grounds where the round moved nothing.
func (t *Batch) Grounds(e *Event) (Grounds, error) {
	side, ok := t.sideOf(e)
	if e.kind != ReserveMoved || !ok {
		return Grounds{}, fmt.Errorf("%w: %v carries no grounds", ErrBatch, e.kind)
	}
	var g Grounds
	if err := decodeGrounds(side, &g); err != nil {
		return Grounds{}, err
	}
	return g, nil
}

func walkGrounds(c coder, g *Grounds) {
	c.object("grounds")
	walkPace(c, "giver", &g.Giver)
	walkPace(c, "receiver", &g.Receiver)
	num(c, "common", &g.Common)
	g.RemainingSeconds = int64(c.number("remainingSeconds", uint64(g.RemainingSeconds), uint64(maxInstant)))
	c.end()
}

func walkPace(c coder, name string, p *Pace) {
	c.object(name)
	num(c, "sold", &p.Sold)
	num(c, "unsold", &p.Unsold)
	num(c, "need", &p.Need)
	p.ElapsedSeconds = int64(c.number("elapsedSeconds", uint64(p.ElapsedSeconds), uint64(maxInstant)))
	c.end()
}

func decodeGrounds(side []byte, g *Grounds) error {
	r := binaryReader{b: side}
	walkGrounds(&r, g)
	return r.finish()
}

func appendGrounds(dst []byte, g *Grounds) []byte {
	w := binaryWriter{b: dst}
	walkGrounds(&w, g)
	return w.b
}

// walkGroundsSide codes the side bytes of ReserveMoved.
func walkGroundsSide(c coder, t *Batch, e *Event, side []byte) {
	var g Grounds
	if len(side) > 0 {
		if err := decodeGrounds(side, &g); err != nil {
			c.fail("grounds: %v", err)
		}
	}
	walkGrounds(c, &g)
	if e.sideN == 0 && c.fault() == nil {
		t.keepSide(e, appendGrounds(nil, &g))
	}
}

// isPart reports whether the line is a part of a partition: the cap is the reserve, and goes with it.
func (q *quota) isPart() bool { return q.flags&quotaCapped != 0 && q.cap == q.reserve }

// give moves n units of reserve from one line to another, caps with them between parts; false, and nothing changed, where that cannot be.
func (q *quota) give(to *quota, n uint32) bool {
	part := q.isPart()
	reserve := uint32(max(to.reserve, to.charged)) + n
	switch {
	case q == to || part != to.isPart() || (q.flags|to.flags)&quotaOpened != 0,
		n == 0 || uint32(q.charged)+n > uint32(q.reserve) || reserve >= 1<<16,
		part && (uint32(q.borne)+n > uint32(q.cap) || uint32(to.cap)+n >= 1<<16),
		!part && to.flags&quotaCapped != 0 && reserve >= uint32(to.cap):
		return false
	}
	if part {
		reserve = uint32(to.reserve) + n // and stays the cap
		q.cap, to.cap = q.cap-uint16(n), to.cap+uint16(n)
	}
	q.reserve, to.reserve = q.reserve-uint16(n), uint16(reserve)
	return true
}

// movesDue is when the session's next round is; 0 for none.
func (s *sessionFar) movesDue() sl.Instant {
	if int(s.reallocated) >= len(s.reallocate) {
		return 0
	}
	return s.reallocate[s.reallocated]
}

// applyReserveMoved moves units of reserve. The first event of a round ends its wait; Number 0 is a round that moved nothing.
func (b *Book) applyReserveMoved(e *Event) bool {
	if !b.sessions.has(uint32(e.session)) {
		return false
	}
	s := b.sessions.at(uint32(e.session))
	if s.flags&(sessionClosed|sessionEnded|sessionRetired) != 0 {
		return false
	}
	round := int(s.far.reallocated)
	first := e.due != 0 && s.far.movesDue() == e.due
	if !first && (e.number == 0 || round == 0 || s.far.reallocate[round-1] != e.due) {
		return false
	}
	if e.number == 0 {
		if e.class != 0 || e.extra != 0 {
			return false
		}
	} else {
		from, to := s.quotaIndex(e.class), s.quotaIndex(e.OtherClass())
		if from < 0 || to < 0 || uint32(e.OtherClass()) != e.extra || !s.quotas()[from].give(&s.quotas()[to], e.number) {
			return false
		}
	}
	if first {
		s.far.reallocated++
		b.dueSet(&s.dueAt, b.nextDue(e.session, s))
	}
	if e.number > 0 {
		b.changed(e.session, e)
	}
	return true
}
