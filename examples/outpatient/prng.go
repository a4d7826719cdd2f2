package main

import "math/bits"

// stream is a sequence of draws from splitmix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
// generators", OOPSLA 2014): 64-bit integers only, so that it gives the same draws on every machine.
//
// There is not one stream but thousands: each purpose and each patient or request has its own, made from the seed, the
// purpose's name and a few keys. A decision that draws more or less than before therefore shifts nobody else's fate.
type stream struct{ state uint64 }

const golden = 0x9e3779b97f4a7c15

// newStream returns the stream of one purpose under one seed; keys tell its members apart (their order matters).
func newStream(seed uint64, purpose string, keys ...uint64) stream {
	state := mix(seed + golden)
	state = mix(state ^ textKey(purpose))
	for _, k := range keys {
		state = mix(state + golden ^ mix(k+golden))
	}
	return stream{state}
}

// textKey is FNV-1a over the bytes of s: a fixed function, so that a name is the same key everywhere.
func textKey(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (s *stream) next() uint64 {
	s.state += golden
	return mix(s.state)
}

// below returns a number in [0, n), each equally likely (Lemire 2019, rejecting the biased tail); 0 if n < 1.
func (s *stream) below(n int64) int64 {
	if n < 1 {
		return 0
	}
	limit := uint64(n)
	high, low := bits.Mul64(s.next(), limit)
	for least := -limit % limit; low < least; {
		high, low = bits.Mul64(s.next(), limit)
	}
	return int64(high)
}

// between returns a number in [from, to].
func (s *stream) between(from, to int64) int64 { return from + s.below(to-from+1) }

// chance is true perMille times in a thousand.
func (s *stream) chance(perMille int64) bool { return s.below(1000) < perMille }

// pick returns an index with chances in proportion to weights; -1 if none is positive.
func (s *stream) pick(weights []int64) int {
	total := int64(0)
	for _, w := range weights {
		total += max(w, 0)
	}
	if total == 0 {
		return -1
	}
	at := s.below(total)
	for i, w := range weights {
		if at -= max(w, 0); at < 0 {
			return i
		}
	}
	return -1
}

// quantile draws from a distribution given by values at equally spaced quantiles (the first at 0, the last at 1),
// straight lines between them.
func (s *stream) quantile(values []int64) int64 {
	const fine = 1 << 20
	steps := int64(len(values) - 1)
	at := s.below(steps * fine)
	i, rest := at/fine, at%fine
	return values[i] + (values[i+1]-values[i])*rest/fine
}

// shuffle puts the first n of something in a random order (Fisher and Yates).
func (s *stream) shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		swap(i, int(s.below(int64(i)+1)))
	}
}
