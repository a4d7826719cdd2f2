package allocate

import "math/bits"

// assignHashBits is the width of the hash that chooses among equally good answers: wide enough that two answers hardly ever
// tie, narrow enough that a sum over 2^20 patients stays below 2^60.
const assignHashBits = 40

const (
	hashStart uint64 = 0x9e3779b97f4a7c15 // the golden ratio, as SplitMix64 uses it
	hashOdd   uint64 = 0xd6e8feb86659fd93
)

// fold mixes v into h by the two halves of a product.
func fold(h, v uint64) uint64 {
	hi, lo := bits.Mul64(h^v^hashStart, hashOdd^bits.RotateLeft64(v, 32))
	return hi ^ lo
}

// hashText hashes a name under a key: a fixed function, the same on every machine. It is not made against somebody who chooses
// names to get a hash; what a patient could gain by it is one of several equally good answers.
func hashText(key uint64, s string) uint64 {
	h := fold(key, uint64(len(s)))
	for len(s) >= 8 {
		h = fold(h, uint64(s[0])|uint64(s[1])<<8|uint64(s[2])<<16|uint64(s[3])<<24|
			uint64(s[4])<<32|uint64(s[5])<<40|uint64(s[6])<<48|uint64(s[7])<<56)
		s = s[8:]
	}
	last := uint64(0)
	for i := range len(s) {
		last |= uint64(s[i]) << (8 * i)
	}
	return fold(fold(h, last), hashOdd)
}

// pairHash is the hash of a patient and a slot, of the hashes of their names, below 2^40. It must not be a sum of two parts,
// or every exchange would tie.
func pairHash(patient, slot, mask uint64) int64 {
	x := patient ^ slot
	x = (x ^ x>>29) * hashOdd
	return int64((x ^ x>>32) >> (64 - assignHashBits) & mask)
}

// AssignHash is the hash of giving a slot to a patient under a salt: of equally good answers that with the least sum of hashes is given.
// It is below 2^40.
func AssignHash(salt uint64, patient, slot string) int64 {
	return pairHash(hashText(salt, patient), hashText(^salt, slot), 1<<assignHashBits-1)
}
