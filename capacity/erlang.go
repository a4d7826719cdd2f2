package capacity

import (
	"errors"
	"fmt"
	"math"

	"github.com/haoyuan-go/haoyuan/internal/portable"
)

// Limits of the queueing formulas. Within them the results are right to 1e-12 (relative) where they are above 1e-290.
const (
	// MaxErlangs is the largest offered load: as many people busy all the time.
	MaxErlangs = 20_000
	// MaxServers is the largest number of servers that can be asked about.
	MaxServers = 100_000
)

// ErlangB is the probability that an arrival finds all servers busy when nobody may wait:
// B(n,a) = (a^n/n!) / Σ_{k≤n} a^k/k!, with a the offered load in erlangs (arrivals per mean service time).
// Use it for supply that turns patients away, such as beds or telephone lines without a queue.
// It is NaN outside 0 ≤ servers ≤ MaxServers, 0 ≤ erlangs ≤ MaxErlangs. Cost: one step per server, some 3 ns each.
func ErlangB(servers int, erlangs float64) float64 {
	if !inLimits(servers, erlangs) {
		return math.NaN()
	}
	return 1 / inverseB(servers, erlangs)
}

// ErlangC is the probability that an arrival has to wait when everybody waits: C = nB / (n − a(1 − B)).
// From load = servers upwards the queue only grows and there is no such probability: it is 1, the limit.
// It is NaN outside the limits of ErlangB. Cost as ErlangB.
func ErlangC(servers int, erlangs float64) float64 {
	switch {
	case !inLimits(servers, erlangs):
		return math.NaN()
	case erlangs == 0 && servers > 0:
		return 0
	case erlangs >= float64(servers):
		return 1
	}
	return delay(inverseB(servers, erlangs), servers, erlangs, float64(servers)-erlangs)
}

// MeanWait is the mean wait of all arrivals (ASA) in mean service times: C / (n − a); +Inf where the queue only
// grows, NaN outside the limits of ErlangB. Cost as ErlangB.
func MeanWait(servers int, erlangs float64) float64 {
	if c := ErlangC(servers, erlangs); c != c || erlangs < float64(servers) {
		return c / (float64(servers) - erlangs)
	}
	return math.Inf(1)
}

// WaitBeyond is the probability of waiting longer than t mean service times: C e^−(n−a)t, first come first served;
// 1 where the queue only grows, NaN outside the limits of ErlangB or for a t that is negative or NaN. Cost as ErlangB.
func WaitBeyond(servers int, erlangs, t float64) float64 {
	c := ErlangC(servers, erlangs)
	if c != c || !(t >= 0) {
		return math.NaN()
	}
	if erlangs >= float64(servers) {
		return 1
	}
	return beyond(c, float64(servers)-erlangs, t)
}

// ErrOutOfLimits is the error of LeastServers for arguments that have no answer.
var ErrOutOfLimits = errors.New("capacity: outside the limits of the formula")

// LeastServers is the smallest number of servers with P(wait ≤ within) ≥ share and a queue that does not grow. Within is
// in mean service times; share is from 0 up to but not 1, which no number of servers reaches. The two sides are compared
// in whole trillionths. No load needs no server. Errors (ErrOutOfLimits) name the argument. Cost: one step of the Erlang B
// recursion per server and one exponential per server above the load, no allocation: about 0.4 µs at 100 erlangs.
func LeastServers(erlangs, within, share float64) (int, error) {
	if !inLimits(0, erlangs) || !(within >= 0) || !(share >= 0 && share < 1) || trillionths(share) == trillion {
		return 0, fmt.Errorf("%w: erlangs %v (0 to %d), within %v (≥ 0), share %v (0 ≤ share < 1)",
			ErrOutOfLimits, erlangs, MaxErlangs, within, share)
	}
	return leastServers(erlangs, 1, within, trillionths(share)), nil
}

// leastServers is LeastServers on checked arguments, for a load of work/room erlangs (both whole numbers, or room 1, so
// that n·room − work is exact even next to saturation) and a share in trillionths. It ends: at load + 8√load + 40 servers
// the chance of any wait is below half a trillionth.
func leastServers(work, room, within float64, share int64) int {
	if work == 0 {
		return 0
	}
	erlangs, inverse := work/room, 1.0
	for n := 1; ; n++ {
		inverse = 1 + float64(inverse*(float64(n)/erlangs))
		spare := float64(float64(n)*room) - work
		if spare <= 0 {
			continue
		}
		slack := spare / room
		late := beyond(delay(inverse, n, erlangs, slack), slack, within)
		if trillionths(1-late) >= share {
			return n
		}
	}
}

// inverseB is 1/B(n,a) by 1/B(0) = 1, 1/B(n) = 1 + (n/a)/B(n−1): all terms positive, so nothing cancels, and an error of
// one step shrinks by 1 − B in the next (Jagerman, Some properties of the Erlang loss function, 1974). It is +Inf when B is
// below the smallest float64, and for no load and n > 0.
func inverseB(servers int, erlangs float64) float64 {
	inverse := 1.0
	for n := 1; n <= servers; n++ {
		inverse = 1 + float64(inverse*(float64(n)/erlangs))
	}
	return inverse
}

// delay is Erlang C from 1/B: nB/(n − a + aB) = n / ((n − a)/B + a), again without cancellation. The caller
// gives n − a, which it may know better than the difference of two floats.
func delay(inverse float64, servers int, erlangs, slack float64) float64 {
	return float64(servers) / (float64(slack*inverse) + erlangs)
}

// beyond is P(W > t) of a queue with delay probability c.
func beyond(c, slack, t float64) float64 {
	if t == 0 || c == 0 {
		return c
	}
	return float64(c * portable.Exp(-float64(slack*t)))
}

const trillion = 1_000_000_000_000

// trillionths rounds a probability to the fixed point in which it decides.
func trillionths(p float64) int64 { return int64(math.Floor(float64(p*trillion) + 0.5)) }

func inLimits(servers int, erlangs float64) bool {
	return servers >= 0 && servers <= MaxServers && erlangs >= 0 && erlangs <= MaxErlangs
}
