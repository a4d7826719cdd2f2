package slots

import (
	"cmp"
	"fmt"
	"slices"
)

// Block is a stretch inside a session that is not cut like the rest: a break if it has no Cut (lunch, rounds, a meeting), else
// a stretch of its own kind of slots (the first hour for first visits of 30 minutes). It stays where the wall clock has it, also when
// the session of a date begins or ends at another time; what then lies outside is dropped.
type Block struct {
	Start   Clock // inside the session; of one that runs past midnight perhaps on the next day
	Minutes int
	Cut     Cut // the zero Cut: nobody is seen
}

// MaxBlocks bounds the blocks of one rule.
const MaxBlocks = 48

// isBreak reports whether nobody is seen in b.
func (b *Block) isBreak() bool { return b.Cut == Cut{} }

// checkBlocks reports what is wrong with blocks of a session from start, minutes long and cut by c.
func checkBlocks(blocks []Block, start Clock, minutes int, c Cut, p *problems) {
	p.within("Blocks", len(blocks), 0, MaxBlocks)
	if len(blocks) > MaxBlocks {
		return
	}
	if c.Kind == CountedNumbers && len(blocks) > 0 {
		p.add("Blocks %d: numbers without times have none", len(blocks))
	}
	for i, b := range blocks {
		var q problems
		q.within("Minutes", b.Minutes, 1, MaxSessionMinutes)
		if b.Start.Minutes() == MaxSessionMinutes {
			q.add("Start %v: want 00:00 to 23:59", b.Start)
		}
		if len(q) == 0 {
			from := blockOffset(b.Start, start)
			if from+b.Minutes > minutes {
				q.add("Start %v, Minutes %d: outside the session of %d minutes from %v", b.Start, b.Minutes, minutes, start)
			}
			if b.Cut.Kind == CountedNumbers {
				q.add("Cut.Kind counted: numbers without times cannot share a session")
			} else if !b.isBreak() {
				q.under("", b.Cut.Check(b.Minutes))
			}
			for j, other := range blocks[:i] {
				if at := blockOffset(other.Start, start); at < from+b.Minutes && from < at+other.Minutes {
					q.add("Start %v, Minutes %d: overlaps Blocks[%d] from %v", b.Start, b.Minutes, j, other.Start)
				}
			}
		}
		p.under(fmt.Sprintf("Blocks[%d]: ", i), q.err())
	}
}

// blockOffset is the minutes from the start of a session to a clock in it, perhaps past midnight.
func blockOffset(c, start Clock) int {
	return (c.Minutes() - start.Minutes() + 24*60) % (24 * 60)
}

// layout is what a cut and blocks make of a session.
type layout struct {
	pieces   []piece
	unused   int  // minutes in which no slot fits
	fewer    int  // numbers that a Packed cut asks for and the hours do not hold
	buffered bool // some pieces have a buffer
}

// newLayout lays out a session from start, minutes long. Blocks lie where the wall clock has them: what of them is outside is dropped.
func newLayout(c Cut, blocks []Block, start Clock, minutes int) *layout {
	l := &layout{buffered: c.Buffer > 0}
	if len(blocks) == 0 {
		l.pieces, l.unused = c.cut(make([]piece, 0, c.count(minutes)), 0, minutes, 0)
		l.fewer = c.fewer(len(l.pieces))
		return l
	}
	at, made := 0, 0
	cut := func(by Cut, from, to, made int) int {
		before, unused := len(l.pieces), 0
		l.pieces, unused = by.cut(l.pieces, from, to, made)
		l.unused += unused
		return len(l.pieces) - before
	}
	for _, p := range inside(blocks, start, minutes) {
		made += cut(c, at, p.from, made)
		if !p.isBreak() {
			l.buffered = l.buffered || p.Cut.Buffer > 0
			cut(p.Cut, p.from, p.to, 0)
		}
		at = p.to
	}
	made += cut(c, at, minutes, made)
	l.fewer = c.fewer(made)
	return l
}

// part is what of a block lies inside a session, in minutes after its start.
type part struct {
	*Block
	from, to int
}

// inside lists the parts of blocks that lie in the session, in order of time.
func inside(blocks []Block, start Clock, minutes int) []part {
	list := make([]part, 0, len(blocks)+1)
	for i := range blocks {
		b := &blocks[i]
		from := blockOffset(b.Start, start)
		for _, from := range [...]int{from - 24*60, from} { // the one of the day before may reach in
			if from, to := max(from, 0), min(from+b.Minutes, minutes); from < to {
				list = append(list, part{b, from, to})
			}
		}
	}
	slices.SortFunc(list, func(a, b part) int { return cmp.Compare(a.from, b.from) })
	return list
}
