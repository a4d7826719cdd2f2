package noshow

import "math"

// Probability is an estimate between 0 and 1. It is statistics: for a decision (who is rung up, how many are
// overbooked) take its PPM, which is the same on every machine and does not change with a last bit.
type Probability float64

// PPM is a probability in parts per million, 0 to 1,000,000: the fixed point that decisions and digests use.
type PPM int32

// Certain is the PPM of a sure thing.
const Certain PPM = 1_000_000

// IsValid reports whether p is between 0 and Certain.
func (p PPM) IsValid() bool { return p >= 0 && p <= Certain }

// PPM rounds half up. What lies outside 0 to 1 goes to the nearer end; not-a-number goes to 0.
func (p Probability) PPM() PPM {
	switch {
	case p >= 1:
		return Certain
	case p > 0:
		return PPM(math.Floor(float64(float64(p)*float64(Certain)) + 0.5))
	}
	return 0
}

// ExpectedShows returns how many of the patients of a session are expected to come, in millionths of a patient: the sum of
// their show probabilities. Overbook on this sum, never one named patient for his own figure: most patients
// with a low figure come. Invalid figures count as the nearer end. Exact and independent of order.
func ExpectedShows(shows []PPM) (millionths int64) {
	for _, p := range shows {
		millionths += int64(min(max(p, 0), Certain))
	}
	return millionths
}

// share returns mean + (hits − mean·n)/(weight + n): the posterior mean of a share whose Beta prior has that mean and
// weighs as much as `weight` observations, after n observations with so many hits. It equals
// (mean·weight + hits)/(weight + n), and with n = 0 it is the mean itself, to the bit. The products carry explicit
// conversions, so that no machine fuses them.
func share(mean, weight, hits, n float64) float64 {
	p := mean + float64(hits-float64(mean*n))/float64(weight+n)
	return min(max(p, 0), 1) // the last bit may stray
}
