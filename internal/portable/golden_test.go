package portable

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// pinned is an argument and the bits of the result. These are what the functions gave when they were accepted (their
// accuracy is judged elsewhere): a machine or compiler that gives others breaks every digest that depends on them.
type pinned struct {
	in   float64
	bits uint64
}

var expBits = []pinned{
	{1, 0x4005bf0a8b14576a},
	{-1, 0x3fd78b56362cef38},
	{0.5, 0x3ffa61298e1e069c},
	{-0.5, 0x3fe368b2fc6f960a},
	{0.1, 0x3ff1aec7b35a00d4},
	{-0.1, 0x3fecf46d99d52b3a},
	{1e-09, 0x3ff000000044b830},
	{10, 0x40d5829dcf950560},
	{-10, 0x3f07cd79b5647c9a},
	{100, 0x48f3494a9b171bf5},
	{-100, 0x36ea8c1f14e2af5d},
	{700, 0x7f0d945df4f8ec8e},
	{709.78, 0x7fefe9ce5c4c52b4},
	{-708.5, 0x000e6cf6d08897ac},
	{-740.25, 0x0000000000000042},
	{3.141592653589793, 0x403724046eb09339},
	{-2.718281828459045, 0x3fb0e49787e20548},
	{13.4, 0x4124244673148cba},
	{0.34657359027997264, 0x3ff6a09e667f3bcc},
	{-0.3465735902799727, 0x3fe6a09e667f3bcc},
}

var logBits = []pinned{
	{2, 0x3fe62e42fefa39ef},
	{3, 0x3ff193ea7aad030a},
	{10, 0x40026bb1bbb55516},
	{0.1, 0xc0026bb1bbb55515},
	{0.5, 0xbfe62e42fefa39ef},
	{0.7071067811865475, 0xbfd62e42fefa39f1},
	{0.7071067811865476, 0xbfd62e42fefa39ee},
	{1.4142135623730951, 0x3fd62e42fefa39f0},
	{1.4142135623730947, 0x3fd62e42fefa39ea},
	{0.9999999999999999, 0xbca0000000000000},
	{1.0000000000000002, 0x3cafffffffffffff},
	{0.999, 0xbf5064670d979b73},
	{1.001, 0x3f5060354f8c3cc4},
	{3.141592653589793, 0x3ff250d048e7a1bd},
	{13.4, 0x4004c314e6595bc1},
	{1e-300, 0xc085963447f87fb5},
	{1e+300, 0x4085963447f87fb5},
	{5e-324, 0xc0874385446d71c3},
	{3e-310, 0xc086459f44103e87},
	{1.234567891e+06, 0x402c0d6e39ccf2bf},
}

func TestSameBitsOnEveryProcessor(t *testing.T) {
	for _, c := range expBits {
		require.Equal(t, c.bits, math.Float64bits(Exp(c.in)), "Exp(%v)", c.in)
	}
	for _, c := range logBits {
		require.Equal(t, c.bits, math.Float64bits(Log(c.in)), "Log(%v)", c.in)
	}
}
