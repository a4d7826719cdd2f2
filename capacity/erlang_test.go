package capacity

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// exactB is the definition: (a^n/n!) / Σ_{k≤n} a^k/k!, term by term, in 200 bits.
func exactB(n int, a float64) *big.Float {
	number := func(x float64) *big.Float { return new(big.Float).SetPrec(200).SetFloat64(x) }
	term, sum, load := number(1), number(1), number(a)
	for k := 1; k <= n; k++ {
		term.Mul(term, load)
		term.Quo(term, number(float64(k)))
		sum.Add(sum, term)
	}
	return term.Quo(term, sum)
}

// exactC is nB / (n − a(1 − B)) in 200 bits.
func exactC(n int, a float64) *big.Float {
	number := func(x float64) *big.Float { return new(big.Float).SetPrec(200).SetFloat64(x) }
	b := exactB(n, a)
	below := number(1)
	below.Sub(below, b)
	below.Mul(below, number(a))
	below.Sub(number(float64(n)), below)
	b.Mul(b, number(float64(n)))
	return b.Quo(b, below)
}

func relative(got float64, want *big.Float) float64 {
	difference := new(big.Float).SetPrec(200).SetFloat64(got)
	difference.Sub(difference, want)
	difference.Quo(difference, want)
	d, _ := difference.Float64()
	return math.Abs(d)
}

func TestErlangAgainstTheDefinition(t *testing.T) {
	worstB, worstC := 0.0, 0.0
	for _, a := range []float64{0.001, 0.01, 0.1, 0.5, 0.999999, 1, 2.5, 10, 33.3, 100, 999.5, 1000, 3000, 9999.999, 10_000, 19_999} {
		root := math.Sqrt(a)
		for _, above := range []float64{-0.9 * a, -0.5 * a, -5 * root, -root, -1, 0, 1, root, 3 * root, 10 * root, 30 * root, 0.2 * a} {
			n := int(math.Ceil(a + above))
			if n < 0 {
				continue
			}
			b := exactB(n, a)
			if size, _ := b.Float64(); size < 1e-290 {
				require.Less(t, ErlangB(n, a), 1e-289)
				continue
			}
			worstB = max(worstB, relative(ErlangB(n, a), b))
			if a < float64(n) {
				worstC = max(worstC, relative(ErlangC(n, a), exactC(n, a)))
			}
		}
	}
	t.Logf("worst relative error: B %.2g, C %.2g", worstB, worstC)
	require.Less(t, worstB, 1e-12)
	require.Less(t, worstC, 1e-12)
}

func TestErlangCNearSaturation(t *testing.T) {
	for _, n := range []int{1, 2, 10, 100, 1000, 10_000} {
		for _, short := range []float64{1e-3, 1e-6, 1e-9, 1e-12} {
			a := float64(n) * (1 - short)
			require.Less(t, relative(ErlangC(n, a), exactC(n, a)), 1e-12, "n=%d a=%v", n, a)
		}
		require.Equal(t, 1.0, ErlangC(n, float64(n)))
		require.Equal(t, 1.0, ErlangC(n, float64(n)+0.5))
		require.True(t, math.IsInf(MeanWait(n, float64(n)), 1))
		require.Equal(t, 1.0, WaitBeyond(n, float64(n), 1e9), "the queue only grows")
	}
}

// One server: M/M/1, where P(wait) = ρ, the mean wait is ρ/(1−ρ) and P(W > t) = ρ e^−(1−ρ)t; B = a/(1+a).
// Two servers: C = ρ·2ρ/(1+ρ).
func TestClosedForms(t *testing.T) {
	for _, rho := range []float64{0.001, 0.2, 0.5, 0.9, 0.999} {
		require.InEpsilon(t, rho/(1+rho), ErlangB(1, rho), 1e-14)
		require.InEpsilon(t, rho, ErlangC(1, rho), 1e-14)
		require.InEpsilon(t, rho/(1-rho), MeanWait(1, rho), 1e-14)
		for _, x := range []float64{0, 0.1, 1, 20} {
			require.InEpsilon(t, rho*math.Exp(-(1-rho)*x), WaitBeyond(1, rho, x), 1e-13)
		}
		require.InEpsilon(t, rho*2*rho/(1+rho), ErlangC(2, 2*rho), 1e-13)
	}
	require.Equal(t, 1.0, ErlangB(0, 3), "without servers everybody is lost")
	require.Equal(t, 1.0, ErlangB(0, 0))
	require.Zero(t, ErlangB(3, 0))
	require.Zero(t, ErlangC(3, 0))
	require.Zero(t, MeanWait(3, 0))
	require.Equal(t, 1.0, ErlangC(0, 0))
}

func TestErlangOutsideItsLimits(t *testing.T) {
	bad := []struct {
		n int
		a float64
	}{{-1, 1}, {MaxServers + 1, 1}, {1, -1e-9}, {1, MaxErlangs + 1}, {1, math.NaN()}, {1, math.Inf(1)}}
	for _, c := range bad {
		for _, x := range []float64{ErlangB(c.n, c.a), ErlangC(c.n, c.a), MeanWait(c.n, c.a), WaitBeyond(c.n, c.a, 1)} {
			require.True(t, math.IsNaN(x), "%+v gives %v", c, x)
		}
	}
	require.True(t, math.IsNaN(WaitBeyond(2, 1, -1)))
	require.True(t, math.IsNaN(WaitBeyond(2, 1, math.NaN())))

	for _, c := range []struct{ a, within, share float64 }{
		{-1, 1, 0.8}, {MaxErlangs + 1, 1, 0.8}, {math.NaN(), 1, 0.8}, {1, -1, 0.8}, {1, math.NaN(), 0.8},
		{1, 1, -0.1}, {1, 1, 1}, {1, 1, 1 - 1e-14}, {1, 1, math.NaN()},
	} {
		_, err := LeastServers(c.a, c.within, c.share)
		require.ErrorIs(t, err, ErrOutOfLimits, "%+v", c)
	}
}

// The answer keeps the target by the 200-bit formula and one server fewer does not.
func TestLeastServersAgainstTheDefinition(t *testing.T) {
	level := func(n int, a, within float64) float64 {
		if float64(n) <= a {
			return 0
		}
		c, _ := exactC(n, a).Float64()
		return 1 - c*math.Exp(-(float64(n)-a)*within)
	}
	for _, a := range []float64{0.001, 0.3, 1, 4.5, 10, 27.25, 100, 1000, 10_000} {
		for _, within := range []float64{0, 0.05, 0.3, 2} {
			for _, share := range []float64{0, 0.5, 0.8, 0.95, 0.999999} {
				n, err := LeastServers(a, within, share)
				require.NoError(t, err)
				name := fmt.Sprintf("a=%v within=%v share=%v n=%d", a, within, share, n)
				require.Greater(t, float64(n), a, name)
				require.GreaterOrEqual(t, level(n, a, within), share-1e-11, name)
				if float64(n-1) > a {
					require.Less(t, level(n-1, a, within), share+1e-11, name)
				}
			}
		}
	}
	n, err := LeastServers(0.5, 0, 0.5)
	require.NoError(t, err)
	require.Equal(t, 1, n, "exactly half do not wait: at least means at least")
	n, err = LeastServers(0, 0, 0.99)
	require.NoError(t, err)
	require.Zero(t, n, "no load needs nobody")
}

func TestLeastServersLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Float64Range(0.001, 300).Draw(t, "erlangs")
		within := rapid.Float64Range(0, 3).Draw(t, "within")
		share := rapid.Float64Range(0, 0.9999).Draw(t, "share")
		least := func(a, within, share float64) int {
			n, err := LeastServers(a, within, share)
			require.NoError(t, err)
			return n
		}
		n := least(a, within, share)
		require.LessOrEqual(t, n, least(a*1.1, within, share), "more load never needs fewer")
		require.GreaterOrEqual(t, n, least(a, within+0.5, share), "more patience never needs more")
		require.LessOrEqual(t, n, least(a, within, share+(1-share)/2), "a higher promise never needs fewer")

		require.Less(t, ErlangB(n+1, a), ErlangB(n, a))
		require.Less(t, ErlangC(n+1, a), ErlangC(n, a))
		require.LessOrEqual(t, ErlangB(n, a), ErlangC(n, a))
		require.Less(t, MeanWait(n+1, a), MeanWait(n, a))
		require.LessOrEqual(t, WaitBeyond(n, a, within+0.1), WaitBeyond(n, a, within))
	})
}

func TestLeastServersAllocatesNothing(t *testing.T) {
	sum := 0
	require.Zero(t, testing.AllocsPerRun(10, func() {
		n, _ := LeastServers(100, 0.25, 0.8)
		sum += n
	}))
	require.Positive(t, sum)
}

func BenchmarkLeastServers(b *testing.B) {
	for _, a := range []float64{10, 100, 1000, 10_000} {
		b.Run(fmt.Sprintf("erlangs=%v", a), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := LeastServers(a, 0.25, 0.8); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
