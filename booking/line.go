package booking

import (
	"math/bits"

	"github.com/haoyuan-go/haoyuan/slots"
)

// line is the sessions of one physician, department or service in order of (start, handle), with a bit for each that is
// released, not closed and has room. Finding the next one that may be bookable reads the bits, not the sessions.
type line struct {
	starts   []slots.Instant
	sessions []Session
	open     []uint64
	// longestMinutes is the longest session seen: how far before an instant a session that reaches it may start.
	longestMinutes int32
	waits          []waitKey // who waits for one of its sessions, in order
}

// seek returns the index of the first session that starts at or after at. The halving has no branch to guess wrong.
func (l *line) seek(at slots.Instant) int {
	from, n := 0, len(l.starts)
	for n > 0 {
		half := (n + 1) / 2
		next := from
		if l.starts[from+half-1] < at {
			next = from + half
		}
		from, n = next, n-half
	}
	return from
}

// reaching returns the index of the first session that may still have slots at or after at.
func (l *line) reaching(at slots.Instant) int {
	if at == 0 {
		return 0
	}
	return l.seek(at.AddMinutes(-int(l.longestMinutes)))
}

// nextOpen returns the first index at or after i whose bit is set, or len.
func (l *line) nextOpen(i int) int {
	for w := i / 64; w < len(l.open); w++ {
		word := l.open[w]
		if w == i/64 {
			word &= ^uint64(0) << (i % 64)
		}
		if word != 0 {
			return w*64 + bits.TrailingZeros64(word)
		}
	}
	return len(l.sessions)
}

func (l *line) find(start slots.Instant, s Session) int {
	i := l.seek(start)
	for i < len(l.sessions) && l.sessions[i] != s {
		i++
	}
	return i
}

func (l *line) setOpen(start slots.Instant, s Session, open bool) {
	i := l.find(start, s)
	if i >= len(l.sessions) {
		return
	}
	if open {
		l.open[i/64] |= 1 << (i % 64)
	} else {
		l.open[i/64] &^= 1 << (i % 64)
	}
}

func (l *line) insert(start slots.Instant, s Session, minutes int32) {
	i := l.seek(start)
	for i < len(l.sessions) && l.starts[i] == start && l.sessions[i] < s {
		i++
	}
	l.starts = append(l.starts, 0)
	l.sessions = append(l.sessions, 0)
	copy(l.starts[i+1:], l.starts[i:])
	copy(l.sessions[i+1:], l.sessions[i:])
	l.starts[i], l.sessions[i] = start, s
	l.longestMinutes = max(l.longestMinutes, minutes)
	if (len(l.sessions)+63)/64 > len(l.open) {
		l.open = append(l.open, 0)
	}
	// Shift the bits at and after i up by one.
	carry := uint64(0)
	for w := i / 64; w < len(l.open); w++ {
		word, low := l.open[w], uint64(0)
		if w == i/64 {
			low = word & (1<<(i%64) - 1)
			word &^= low
		}
		l.open[w] = low | word<<1 | carry
		carry = word >> 63
	}
}

// keep drops the sessions that stay denies, and keeps the bits of the rest.
func (l *line) keep(stay func(Session) bool) {
	n := 0
	for i, s := range l.sessions {
		if !stay(s) {
			continue
		}
		open := l.open[i/64]>>(i%64)&1 != 0
		l.starts[n], l.sessions[n] = l.starts[i], s
		l.open[n/64] &^= 1 << (n % 64)
		if open {
			l.open[n/64] |= 1 << (n % 64)
		}
		n++
	}
	l.starts, l.sessions, l.open = l.starts[:n], l.sessions[:n], l.open[:(n+63)/64]
	if n%64 != 0 {
		l.open[n/64] &= 1<<(n%64) - 1
	}
}
