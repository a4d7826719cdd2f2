package capacity

import (
	"encoding/binary"
	"slices"
)

// partial is a decoded key: what has been added to each period, where each name is held, what is left of each budget.
type partial struct {
	added []int
	held  [][2]uint64
	spent []int
}

func (s partial) clone() partial {
	return partial{slices.Clone(s.added), slices.Clone(s.held), slices.Clone(s.spent)}
}

// append writes a state as bytes; decode reads them into a state of the same shape.
func (s partial) append(key []byte) []byte {
	for _, n := range s.added {
		key = binary.LittleEndian.AppendUint16(key, uint16(n))
	}
	for _, h := range s.held {
		key = binary.LittleEndian.AppendUint64(key, h[0])
		key = binary.LittleEndian.AppendUint64(key, h[1])
	}
	for _, n := range s.spent {
		key = binary.LittleEndian.AppendUint16(key, uint16(n))
	}
	return key
}

func (s partial) decode(key string) {
	word := func(i int) int { return int(key[i]) | int(key[i+1])<<8 }
	at := 0
	for p := range s.added {
		s.added[p] = word(at)
		at += 2
	}
	for i := range s.held {
		for w := range 2 {
			s.held[i][w] = uint64(word(at)) | uint64(word(at+2))<<16 | uint64(word(at+4))<<32 | uint64(word(at+6))<<48
			at += 8
		}
	}
	for i := range s.spent {
		s.spent[i] = word(at)
		at += 2
	}
}
