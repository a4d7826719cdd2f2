package allocate

import "math/bits"

// nameTable finds the number of a name: open addressing, half full at most. A map would do; this one costs 8 bytes an entry and
// a third of the time, and every option asks it once.
type nameTable struct {
	slots []nameSlot
	names []string // by number
	shift uint8
}

type nameSlot struct {
	tag    uint32 // of the hash
	number int32  // 1 + the number; 0: free
}

func newNameTable(n int) *nameTable {
	width := bits.Len32(uint32(2 * max(n, 1)))
	return &nameTable{slots: make([]nameSlot, 1<<width), names: make([]string, n), shift: uint8(64 - width)}
}

// add enters a name. A name that is there already keeps its number.
func (t *nameTable) add(name string, number int32) {
	t.names[number] = name
	h := hashText(0, name)
	for at := h >> t.shift; ; at = (at + 1) & uint64(len(t.slots)-1) {
		if t.slots[at].number == 0 {
			t.slots[at] = nameSlot{uint32(h), number + 1}
			return
		}
		if t.slots[at].tag == uint32(h) && t.names[t.slots[at].number-1] == name {
			return
		}
	}
}

// find returns the number of a name, or -1.
func (t *nameTable) find(name string) int32 {
	h := hashText(0, name)
	for at := h >> t.shift; ; at = (at + 1) & uint64(len(t.slots)-1) {
		s := t.slots[at]
		if s.number == 0 {
			return -1
		}
		if s.tag == uint32(h) && t.names[s.number-1] == name {
			return s.number - 1
		}
	}
}
