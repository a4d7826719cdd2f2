package portable

import "math"

// ln 2 in two parts. The high part has 32 trailing zero bits, so that k × ln2High is exact for |k| < 2^11; the low
// part is the rest. (The split of Cody and Waite, Software Manual for the Elementary Functions, 1980, chapter 6.)
const (
	ln2High = 6.93147180369123816490e-01 // 0x3fe62e42fee00000
	ln2Low  = 1.90821492927058770002e-10 // 0x3dea39ef35793c76
	invLn2  = 1.44269504088896338700e+00
)

// Outside these the result is not a number between 0 and +Inf.
const (
	expOverflow  = 7.09782712893383973096e+02 // ln of the largest float64
	expUnderflow = -7.45133219101941108420e+02
)

// Exp returns e to the power x, the same bits on every processor: x = k ln 2 + r with |r| ≤ ln 2 / 2, then the
// Taylor series of e^r, whose first dropped term is below 2^-57, and a shift of the exponent by k.
func Exp(x float64) float64 {
	switch {
	case x != x:
		return x
	case x > expOverflow:
		return math.Inf(1)
	case x < expUnderflow:
		return 0
	}
	k := math.Floor(float64(x*invLn2) + 0.5)
	high := x - float64(k*ln2High) // exact
	low := float64(k * ln2Low)
	r := high - low

	// q = (e^r − 1 − r) / r² = 1/2! + r/3! + … + r^11/13!
	q := 1.0 / 6227020800
	q = float64(q*r) + 1.0/479001600
	q = float64(q*r) + 1.0/39916800
	q = float64(q*r) + 1.0/3628800
	q = float64(q*r) + 1.0/362880
	q = float64(q*r) + 1.0/40320
	q = float64(q*r) + 1.0/5040
	q = float64(q*r) + 1.0/720
	q = float64(q*r) + 1.0/120
	q = float64(q*r) + 1.0/24
	q = float64(q*r) + 1.0/6
	q = float64(q*r) + 0.5

	// What r lost by rounding is put back where it is still visible.
	lost := (high - r) - low
	tail := lost + float64(float64(r*r)*q)
	return scale(1+(r+tail), int(k))
}

// scale returns y × 2^k for y near 1 and −1075 ≤ k ≤ 1024, rounding once.
func scale(y float64, k int) float64 {
	switch {
	case k > 1023:
		return float64(float64(y*2) * power(k-1))
	case k < -1022:
		return float64(float64(y*power(k+60)) * power(-60))
	}
	return float64(y * power(k))
}

// power returns 2^k for −1022 ≤ k ≤ 1023.
func power(k int) float64 { return math.Float64frombits(uint64(1023+k) << 52) }
