package booking

// nameTable keeps the names of one kind: handle n is the n-th name. Text lies end to end in one arena; an
// open-addressing index of handles finds a name in about one probe. 12 to 20 bytes a name beside its text.
type nameTable struct {
	text  []byte
	ends  []uint32 // ends[n-1] is where name n ends in text
	index []nameEntry
}

// nameEntry keeps part of the hash beside the handle, so that a probe that misses seldom reads the arena.
type nameEntry struct {
	handle, tag uint32
}

func (t *nameTable) len() int { return len(t.ends) }

// name returns the text of a handle, "" for none. The bytes are shared with the table, which never changes them.
func (t *nameTable) bytes(handle uint32) []byte {
	if handle == 0 || handle > uint32(len(t.ends)) {
		return nil
	}
	start := uint32(0)
	if handle > 1 {
		start = t.ends[handle-2]
	}
	return t.text[start:t.ends[handle-1]]
}

func (t *nameTable) find(name string) uint32 {
	if len(t.index) == 0 {
		return 0
	}
	h := hashName(name)
	mask := uint64(len(t.index) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		e := t.index[i]
		if e.handle == 0 {
			return 0
		}
		if e.tag == uint32(h>>32) && string(t.bytes(e.handle)) == name {
			return e.handle
		}
	}
}

// add appends a name that find does not know and returns its handle.
func (t *nameTable) add(name []byte) uint32 {
	t.text = append(t.text, name...)
	t.ends = append(t.ends, uint32(len(t.text)))
	if len(t.ends)*3 > len(t.index)*2 {
		t.grow()
	} else {
		t.place(uint32(len(t.ends)), hashName(string(name)))
	}
	return uint32(len(t.ends))
}

func (t *nameTable) grow() {
	t.index = make([]nameEntry, max(16, 2*len(t.index)))
	for n := range t.ends {
		t.place(uint32(n+1), hashName(string(t.bytes(uint32(n+1)))))
	}
}

func (t *nameTable) place(handle uint32, h uint64) {
	mask := uint64(len(t.index) - 1)
	i := h & mask
	for t.index[i].handle != 0 {
		i = (i + 1) & mask
	}
	t.index[i] = nameEntry{handle, uint32(h >> 32)}
}
