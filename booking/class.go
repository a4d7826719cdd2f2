package booking

import (
	"errors"
	"fmt"
	"slices"
)

// MaxClasses is how many classes one request can bear, its channel included.
const MaxClasses = 8

// Bearing is the set of classes that a request bears: its channel first, then patient classes and origin in ascending
// order. It is a small comparable value; the zero Bearing is invalid, for every request has a channel.
type Bearing struct{ c [MaxClasses]Class }

// NewBearing returns the bearing of a channel and up to seven further classes, in any order and with repeats.
func NewBearing(channel Class, others ...Class) (Bearing, error) {
	var b Bearing
	if channel == 0 {
		return b, errors.New("channel: none given")
	}
	b.c[0] = channel
	n := 1
	for _, c := range others {
		switch {
		case c == 0:
			return Bearing{}, errors.New("classes: the zero class")
		case slices.Contains(b.c[:n], c):
		case n == MaxClasses:
			return Bearing{}, fmt.Errorf("classes: more than %d with the channel", MaxClasses)
		default:
			b.c[n] = c
			n++
		}
	}
	slices.Sort(b.c[1:n])
	return b, nil
}

// Channel is the channel the request came through.
func (b Bearing) Channel() Class { return b.c[0] }

// Has reports whether c is borne.
func (b *Bearing) Has(c Class) bool {
	for _, x := range b.c {
		if x == c {
			return c != 0
		}
		if x == 0 {
			return false
		}
	}
	return false
}

// Append appends the classes to dst, the channel first.
func (b Bearing) Append(dst []Class) []Class {
	for _, c := range b.c {
		if c != 0 {
			dst = append(dst, c)
		}
	}
	return dst
}

// canonical reports whether b could have come from NewBearing.
func (b *Bearing) canonical() bool {
	if b.c[0] == 0 {
		return false
	}
	for i := 1; i < MaxClasses; i++ {
		switch {
		case b.c[i] == 0:
			return allZero(b.c[i:])
		case b.c[i] == b.c[0] || i > 1 && b.c[i] <= b.c[i-1]:
			return false
		}
	}
	return true
}

func allZero(c []Class) bool {
	for _, x := range c {
		if x != 0 {
			return false
		}
	}
	return true
}
