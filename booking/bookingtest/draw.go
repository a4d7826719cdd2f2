package bookingtest

import "pgregory.net/rapid"

// rapid's own choices favour the first of a list and the small of a range, and each other action in order of name. The worlds
// here are better with every choice as likely as the next, so they are drawn bit by bit; shrinking still goes to the first.

// between draws a number from low to high, both included; at most 63 apart.
func between(t *rapid.T, low, high int, label string) int {
	return low + die(high-low+1).Draw(t, label)
}

// pick draws one of a list of at most 64.
func pick[T any](t *rapid.T, list []T, label string) T {
	return list[die(len(list)).Draw(t, label)]
}

// die draws from 0 to sides − 1.
func die(sides int) *rapid.Generator[int] {
	return rapid.Custom(func(t *rapid.T) int {
		n := 0
		for range 10 {
			n *= 2
			if rapid.Bool().Draw(t, "bit") {
				n++
			}
		}
		return n * sides / 1024
	})
}
