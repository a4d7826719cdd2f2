package triage

import (
	"math/bits"

	"github.com/haoyuan-go/haoyuan/booking"
	"github.com/haoyuan-go/haoyuan/slots"
)

// box is a set of needs of one code: a range of places on the axis of ages, a set of sexes, urgencies, visits and referrals
// each, and signs that are there or not there (a bit in neither is free). It is never empty.
type box struct {
	from, until                        int32
	with, without                      uint32
	sexes, urgencies, visits, referral uint8
}

// point is one need, as boxes see it: one bit in each set.
type point struct {
	place                           int32
	signs                           uint32
	sex, urgency, visit, referredBy uint8
}

const (
	allSexes     = 1<<booking.Unstated - 1
	allUrgencies = 1<<Routine - 1
	allVisits    = 1<<slots.FollowUp - 1
	allReferrals = 1<<Referred - 1
)

// bit is the set of one value of an enum that begins with 1.
func bit[T ~uint8](v T) uint8 { return 1 << (v - 1) }

// set is the set of a list, or all for none.
func set[T ~uint8](list []T, all uint8) uint8 {
	if len(list) == 0 {
		return all
	}
	var s uint8
	for _, v := range list {
		s |= bit(v)
	}
	return s
}

// list is the inverse of set.
func list[T ~uint8](s, all uint8) []T {
	if s == all {
		return nil
	}
	var l []T
	for ; s != 0; s &= s - 1 {
		l = append(l, T(bits.TrailingZeros8(s)+1))
	}
	return l
}

// one is the value itself for a set of one, the zero value for all.
func one[T ~uint8](s uint8) T {
	if s&(s-1) != 0 {
		return 0
	}
	return T(bits.TrailingZeros8(s) + 1)
}

// optional is the set of one value, or all for the zero value.
func optional[T ~uint8](v T, all uint8) uint8 {
	if v == 0 {
		return all
	}
	return bit(v)
}

// has reports whether the need is in the box. It is the whole of matching.
func (b *box) has(p *point) bool {
	return p.place >= b.from && p.place < b.until && b.sexes&p.sex != 0 && b.urgencies&p.urgency != 0 && b.visits&p.visit != 0 &&
		b.referral&p.referredBy != 0 && b.with&^p.signs == 0 && b.without&p.signs == 0
}

// meets reports whether some need is in both.
func (b *box) meets(c *box) bool {
	return b.from < c.until && c.from < b.until && b.sexes&c.sexes != 0 && b.urgencies&c.urgencies != 0 && b.visits&c.visits != 0 &&
		b.referral&c.referral != 0 && (b.with|c.with)&(b.without|c.without) == 0
}

// both are the needs in both of two boxes that meet.
func (b *box) both(c *box) box {
	return box{max(b.from, c.from), min(b.until, c.until), b.with | c.with, b.without | c.without,
		b.sexes & c.sexes, b.urgencies & c.urgencies, b.visits & c.visits, b.referral & c.referral}
}

// joined is the one box that is two disjoint ones together, if there is one: they differ in a single thing only.
func (b *box) joined(c *box) (box, bool) {
	u, differ := *b, 0
	if b.from != c.from || b.until != c.until {
		if b.until != c.from && c.until != b.from {
			return u, false
		}
		u.from, u.until = min(b.from, c.from), max(b.until, c.until)
		differ++
	}
	for _, s := range [...]struct {
		set *uint8
		its uint8
	}{{&u.sexes, c.sexes}, {&u.urgencies, c.urgencies}, {&u.visits, c.visits}, {&u.referral, c.referral}} {
		if *s.set != s.its {
			*s.set |= s.its
			differ++
		}
	}
	if sign := b.with ^ c.with; sign != 0 || b.without != c.without {
		if sign != b.without^c.without || sign&(sign-1) != 0 || sign&(b.with|b.without) == 0 || sign&(c.with|c.without) == 0 {
			return u, false
		}
		u.with, u.without = u.with&^sign, u.without&^sign
		differ++
	}
	return u, differ == 1
}

// less appends what of b is not in c, which meets it, as disjoint boxes: one slice off b for each side of c that is inside b. What
// is left of b after all of them is in c.
func (b *box) less(dst []box, c *box) []box {
	rest := *b
	off := func(piece box) { dst = append(dst, piece) }
	if rest.from < c.from {
		piece := rest
		piece.until, rest.from = c.from, c.from
		off(piece)
	}
	if rest.until > c.until {
		piece := rest
		piece.from, rest.until = c.until, c.until
		off(piece)
	}
	sets := [...]struct {
		mine *uint8
		its  uint8
	}{{&rest.sexes, c.sexes}, {&rest.urgencies, c.urgencies}, {&rest.visits, c.visits}, {&rest.referral, c.referral}}
	for _, s := range sets {
		if out := *s.mine &^ s.its; out != 0 {
			in := *s.mine & s.its
			*s.mine = out
			off(rest)
			*s.mine = in
		}
	}
	for free := c.with &^ rest.with; free != 0; free &= free - 1 {
		piece, sign := rest, free&-free
		piece.without |= sign
		rest.with |= sign
		off(piece)
	}
	for free := c.without &^ rest.without; free != 0; free &= free - 1 {
		piece, sign := rest, free&-free
		piece.with |= sign
		rest.without |= sign
		off(piece)
	}
	return dst
}
