package booking

// nameTable keeps the names of one kind: handle n is the n-th name. Text lies end to end in one arena; an
// open-addressing index finds a name in about one probe. 28 to 52 bytes a name beside its text.
type nameTable struct {
	text  []byte
	ends  []uint32 // ends[n-1] is where name n ends in text
	index []nameEntry
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
	t.text = append(t.text, name...)
	t.ends = append(t.ends, uint32(len(t.text)))
	if len(t.ends)*3 > len(t.index)*2 {
		old := t.index
		t.index = make([]nameEntry, max(16, 2*len(old)))
		for _, e := range old {
			if e.handle != 0 {
				t.place(e)
			}
		}
	}
	t.place(nameEntry{uint32(len(t.ends)), nameTag(string(name)), uint32(len(t.text) - len(name)), uint32(len(name))})
	return uint32(len(t.ends))
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
