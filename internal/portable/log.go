package portable

import "math"

// Log returns the natural logarithm of x, the same bits on every processor: x = 2^k (1+f) with √½ ≤ 1+f < √2, and
// with s = f / (2+f), log(1+f) = 2 atanh s = 2s + 2s³/3 + 2s⁵/5 + …, whose first dropped term is below 2^-60. The sum is
// arranged as f − (f²/2 − s(f²/2 + R)), R = 2s²/3 + 2s⁴/5 + …, so that the large term is exact (FreeBSD msun, e_log.c,
// comment on method).
func Log(x float64) float64 {
	switch {
	case x != x || x > math.MaxFloat64:
		return x
	case x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	}
	k := 0
	if x < 0x1p-1022 {
		x, k = float64(x*0x1p54), -54
	}
	bits := math.Float64bits(x)
	k += int(bits>>52) - 1023
	m := math.Float64frombits(bits&(1<<52-1) | 1023<<52) // 1 ≤ m < 2
	if m >= math.Sqrt2 {
		m, k = float64(m*0.5), k+1
	}
	f := m - 1
	s := f / (2 + f)
	z := float64(s * s)

	r := 2.0 / 25
	r = float64(r*z) + 2.0/23
	r = float64(r*z) + 2.0/21
	r = float64(r*z) + 2.0/19
	r = float64(r*z) + 2.0/17
	r = float64(r*z) + 2.0/15
	r = float64(r*z) + 2.0/13
	r = float64(r*z) + 2.0/11
	r = float64(r*z) + 2.0/9
	r = float64(r*z) + 2.0/7
	r = float64(r*z) + 2.0/5
	r = float64(r*z) + 2.0/3
	r = float64(r * z)

	half := float64(0.5 * float64(f*f))
	e := float64(k)
	small := float64(s*(half+r)) + float64(e*ln2Low)
	return float64(e*ln2High) - ((half - small) - f)
}
