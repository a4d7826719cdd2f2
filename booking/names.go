package booking

// nameTable keeps the names of one kind: handle n is the n-th name. Text lies end to end in one arena; an
// open-addressing index finds a name in about one probe. 28 to 52 bytes a name beside its text.
type nameTable struct {
	text  []byte
	ends  []uint32 // ends[n-1] is where name n ends in text
	index []nameEntry

	fetched uint32 // keeps the loads of indexAll
}

// nameEntry keeps part of the hash beside the handle, so that a probe that misses seldom reads the arena, and where the
// text lies, so that one that hits reads nothing else.
type nameEntry struct {
	handle, tag uint32
	start, n    uint32
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
	tag := nameTag(name)
	mask := uint32(len(t.index) - 1)
	for i := tag & mask; ; i = (i + 1) & mask {
		e := t.index[i]
		if e.handle == 0 {
			return 0
		}
		if e.tag == tag && string(t.text[e.start:e.start+e.n]) == name {
			return e.handle
		}
	}
}

// add appends a name that find does not know and returns its handle.
func (t *nameTable) add(name []byte) uint32 {
	t.keep(name)
	if len(t.ends)*3 > len(t.index)*2 {
		old := t.index
		t.index = make([]nameEntry, max(16, 2*len(old)))
		for _, e := range old {
			if e.handle != 0 {
				t.place(e)
			}
		}
	}
	t.place(t.entry(uint32(len(t.ends)), nameTag(string(name))))
	return uint32(len(t.ends))
}

// keep appends a name's text, to be indexed later.
func (t *nameTable) keep(name []byte) {
	t.text = append(t.text, name...)
	t.ends = append(t.ends, uint32(len(t.text)))
}

func (t *nameTable) entry(handle, tag uint32) nameEntry {
	n := uint32(len(t.bytes(handle)))
	return nameEntry{handle, tag, t.ends[handle-1] - n, n}
}

// indexAll makes the index of the names that were kept, at once in its final size, and returns the first that is there twice; 0
// for none. The places of the names to come are touched before they are needed, so that the waits for memory overlap.
func (t *nameTable) indexAll() uint32 {
	size := 16
	for len(t.ends)*3 > size*2 {
		size *= 2
	}
	t.index = make([]nameEntry, size)
	mask := uint32(size - 1)
	var tags [aheadN]uint32
	for first := 0; first < len(t.ends); first += aheadN {
		block := tags[:min(aheadN, len(t.ends)-first)]
		for i := range block {
			block[i] = nameTag(string(t.bytes(uint32(first + i + 1))))
			t.fetched += t.index[block[i]&mask].tag
		}
		for i, tag := range block {
			e := t.entry(uint32(first+i+1), tag)
			if t.known(e) {
				return e.handle
			}
			t.place(e)
		}
	}
	return 0
}

// known reports whether another name of the same text is in the index.
func (t *nameTable) known(e nameEntry) bool {
	mask := uint32(len(t.index) - 1)
	for i := e.tag & mask; t.index[i].handle != 0; i = (i + 1) & mask {
		o := t.index[i]
		if o.tag == e.tag && string(t.text[o.start:o.start+o.n]) == string(t.text[e.start:e.start+e.n]) {
			return true
		}
	}
	return false
}

// nameTag is the part of a name's hash that its entry keeps. It also says where the entry belongs in an index of any size.
func nameTag(name string) uint32 { return uint32(hashName(name) >> 32) }

func (t *nameTable) place(e nameEntry) {
	mask := uint32(len(t.index) - 1)
	i := e.tag & mask
	for t.index[i].handle != 0 {
		i = (i + 1) & mask
	}
	t.index[i] = e
}
