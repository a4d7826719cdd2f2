package portable

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// ulps is the distance of two positive or two negative floats in representable steps.
func ulps(a, b float64) uint64 {
	if a == b || a != a && b != b {
		return 0
	}
	if a != a || b != b || (a < 0) != (b < 0) {
		return math.MaxUint64
	}
	x, y := math.Float64bits(math.Abs(a)), math.Float64bits(math.Abs(b))
	return max(x, y) - min(x, y)
}

func TestExpEdges(t *testing.T) {
	for _, c := range []struct{ in, want float64 }{
		{0, 1}, {math.Copysign(0, -1), 1}, {math.Inf(1), math.Inf(1)}, {math.Inf(-1), 0},
		{709.782712893384, 1.7976931348622732e+308}, {709.7827128933841, math.Inf(1)}, {math.MaxFloat64, math.Inf(1)},
		{-745.1332191019411, 5e-324}, {-745.1332191019412, 0}, {-math.MaxFloat64, 0},
		{5e-324, 1}, {-5e-324, 1}, {1e-17, 1}, {0x1p-53, 1}, {0x1p-52, 1 + 0x1p-52},
	} {
		require.Equal(t, math.Float64bits(c.want), math.Float64bits(Exp(c.in)), "Exp(%v) = %v", c.in, Exp(c.in))
	}
	require.True(t, math.IsNaN(Exp(math.NaN())))
}

func TestLogEdges(t *testing.T) {
	for _, c := range []struct{ in, want float64 }{
		{1, 0}, {0, math.Inf(-1)}, {math.Copysign(0, -1), math.Inf(-1)}, {math.Inf(1), math.Inf(1)},
		{math.MaxFloat64, 709.782712893384}, {5e-324, -744.4400719213812}, {0x1p-1022, -708.3964185322641},
		{2, math.Ln2}, {0.5, -math.Ln2}, {math.E, 1},
	} {
		require.Equal(t, math.Float64bits(c.want), math.Float64bits(Log(c.in)), "Log(%v) = %v", c.in, Log(c.in))
	}
	for _, x := range []float64{math.NaN(), -1, -5e-324, math.Inf(-1)} {
		require.True(t, math.IsNaN(Log(x)), "Log(%v)", x)
	}
}

// The machine's own functions are the second opinion: both are within one ulp, so they differ by two at most.
func TestAgainstMath(t *testing.T) {
	for i := range 200_000 {
		x := -746 + float64(i)*(1455.0/200_000) // to 709: above 1023.5 ln 2 math.Exp is +Inf too early on amd64
		require.LessOrEqual(t, ulps(Exp(x), math.Exp(x)), uint64(2), "Exp(%v)", x)
	}
	for i := range 200_000 {
		// Every exponent of a normal number (math.Log of others is wrong on amd64) and mantissas that do not repeat.
		bits := uint64(i)*(0x7fdfffffffffffff/200_000) + 0x0010000000000001
		x := math.Float64frombits(bits)
		require.LessOrEqual(t, ulps(Log(x), math.Log(x)), uint64(2), "Log(%v)", x)
	}
	for i := range 100_000 {
		x := 0.5 + float64(i)/50_000
		require.LessOrEqual(t, ulps(Log(x), math.Log(x)), uint64(2), "Log(%v)", x)
	}
}

// exactExp sums the Taylor series of x/2^20 in 300 bits and squares twenty times.
func exactExp(x float64) *big.Float {
	const precision = 300
	r := new(big.Float).SetPrec(precision).SetFloat64(x)
	r.SetMantExp(r, -20)
	sum := new(big.Float).SetPrec(precision).SetInt64(1)
	term := new(big.Float).SetPrec(precision).SetInt64(1)
	for n := int64(1); n <= 40; n++ {
		term.Mul(term, r)
		term.Quo(term, new(big.Float).SetPrec(precision).SetInt64(n))
		sum.Add(sum, term)
	}
	for range 20 {
		sum.Mul(sum, sum)
	}
	return sum
}

// errorInUlps is |got − want| in units of the last place of got.
func errorInUlps(got float64, want *big.Float) float64 {
	difference := new(big.Float).SetPrec(300).SetFloat64(got)
	difference.Sub(difference, want)
	d, _ := difference.Float64()
	step := math.Nextafter(math.Abs(got), math.Inf(1)) - math.Abs(got)
	return math.Abs(d) / step
}

func TestExpWithinOneUlp(t *testing.T) {
	worst := 0.0
	for i := range 4001 {
		x := -708 + float64(i)*0.35444 // to 709.76
		worst = max(worst, errorInUlps(Exp(x), exactExp(x)))
	}
	require.Less(t, worst, 1.0)
	t.Logf("worst error of Exp: %.3f ulp", worst)
}

// Log has no series as simple; its check is one Newton step of exp in 300 bits: log x = y + (x e^-y − 1) to first order.
func TestLogWithinOneUlp(t *testing.T) {
	worst := 0.0
	for i := range 4000 {
		x := math.Float64frombits(uint64(i)*(0x7fefffffffffffff/4000) + 1)
		y := Log(x)
		if y == 0 {
			continue
		}
		e := exactExp(-y)
		e.Mul(e, new(big.Float).SetPrec(300).SetFloat64(x))
		e.Sub(e, big.NewFloat(1))
		want := new(big.Float).SetPrec(300).SetFloat64(y)
		want.Add(want, e)
		worst = max(worst, errorInUlps(y, want))
	}
	require.Less(t, worst, 1.0)
	t.Logf("worst error of Log: %.3f ulp", worst)
}

func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-700, 700).Draw(t, "x")
		require.InDelta(t, x, Log(Exp(x)), 1e-12+4e-16*math.Abs(x))
		require.InEpsilon(t, 1, Exp(x)*Exp(-x), 1e-15)
		require.LessOrEqual(t, Exp(x), Exp(x+1e-3), "increasing")
	})
}

func TestAllocatesNothing(t *testing.T) {
	sink := 0.0
	require.Zero(t, testing.AllocsPerRun(100, func() { sink += Exp(1.25) + Log(1.25) }))
	require.NotZero(t, sink)
}

func BenchmarkExp(b *testing.B) {
	x, sink := -3.7, 0.0
	for b.Loop() {
		sink += Exp(x)
	}
	_ = sink
}

func BenchmarkLog(b *testing.B) {
	x, sink := 3.7, 0.0
	for b.Loop() {
		sink += Log(x)
	}
	_ = sink
}
