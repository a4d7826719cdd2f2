package booking

import "math/bits"

// The hashes here place things in tables and tell payloads apart. They are fixed functions: the same on every machine,
// word size and run. They are not meant to withstand an adversary who chooses the inputs; the callers of a Book are the
// hospital's own systems, and a collision costs time, never correctness, except that two payloads under one key that
// collide in 64 bits would be taken for a repeat.

const (
	hashSeed uint64 = 0x9e3779b97f4a7c15
	hashMul  uint64 = 0xd6e8feb86659fd93
)

// mix folds v into h by the high and low halves of a 128-bit product.
func mix(h, v uint64) uint64 {
	hi, lo := bits.Mul64(h^v^hashSeed, hashMul^bits.RotateLeft64(v, 32))
	return hi ^ lo
}

func word(b []byte) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

func hashName(s string) uint64 {
	h := hashSeed ^ uint64(len(s))
	for len(s) >= 8 {
		h = mix(h, uint64(s[0])|uint64(s[1])<<8|uint64(s[2])<<16|uint64(s[3])<<24|
			uint64(s[4])<<32|uint64(s[5])<<40|uint64(s[6])<<48|uint64(s[7])<<56)
		s = s[8:]
	}
	var last uint64
	for i := range len(s) {
		last |= uint64(s[i]) << (8 * i)
	}
	return mix(h, last)
}

func hashKey(c Caller, k *Key) uint64 {
	return mix(mix(uint64(c)+hashSeed, word(k[:8])), word(k[8:]))
}
