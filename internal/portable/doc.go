// Package portable computes exp and log to the same bits on every processor. Unlike math.Exp and math.Log, which
// have assembly versions on some machines and are compiled with fused multiply-add on others, it uses nothing but
// + − × ÷ on float64, with every product rounded by an explicit conversion.
//
// # What it decides
//
// Nothing. It is a kernel for statistics (waiting probabilities, odds) that may reach a decision or a digest, and
// must therefore be equal on amd64, arm64, 32-bit machines and wasm.
//
// # The words
//
// An ulp is the distance from a float64 to its neighbour. Both functions are within one ulp of the true value
// wherever the result is a normal number (measured against 300-bit arithmetic; see the tests), and within one
// subnormal step below that.
//
// # What the host must do
//
//  1. Write float64(a*b) + c, never a*b + c, in its own arithmetic around these calls: the Go language lets a
//     compiler fuse the second form, even across statements, and arm64, ppc64, s390x and riscv64 do.
//  2. Round to fixed point before a comparison decides anything: "to the same bits" is no reason to branch on the
//     last of them.
//
// # What it never does
//
// It reads no clock, does no I/O, starts no goroutine, uses no chance, allocates nothing and never panics. It keeps
// no state and has no tables that can be changed.
//
// # Limits
//
// Exp(x) is +Inf above 709.7827… and 0 below −745.1332…; Log is −Inf at 0 (of either sign) and NaN below it. NaN
// gives NaN. A call takes about ten nanoseconds. There is no Pow, Expm1 or Log1p: nothing needs them yet.
package portable
