package booking

import "github.com/haoyuan-go/haoyuan/slots"

// keyRecord remembers one command's key, the fingerprint of its payload and its Reply: 36 bytes.
type keyRecord struct {
	key         Key
	print       [2]uint32
	sinceEpoch  uint32 // seconds from keyTable.epoch to the command's events
	appointment Appointment
	count       uint16
	caller      Caller
}

const (
	keyPageBits = 10
	keyPage     = 1 << keyPageBits
)

// keyTable holds the remembered keys: records in log order in pages, so that forgetting is dropping from the front, and
// an index of (hash tag, position) with linear probing. A fresh key costs one probe of the index; a known one reads its
// record too. 36 bytes a record and 11 to 21 bytes of index.
type keyTable struct {
	pages       []*[keyPage]keyRecord
	spare       *[keyPage]keyRecord
	first, next uint64 // positions of the oldest record and of the one to come
	dropped     uint64 // pages dropped from the front
	index       []uint64
	epoch       slots.Instant
	lifeSeconds int64
}

func (t *keyTable) len() int { return int(t.next - t.first) }

func (t *keyTable) at(pos uint64) *keyRecord {
	return &t.pages[pos>>keyPageBits-t.dropped][pos&(keyPage-1)]
}

// position widens the 32 bits kept in the index to the full position, which lies in [first, next).
func (t *keyTable) position(entry uint64) uint64 {
	return t.first + uint64(uint32(entry)-uint32(t.first))
}

// find returns the record of a key, or nil.
func (t *keyTable) find(c Caller, k *Key, h uint64) *keyRecord {
	if len(t.index) == 0 {
		return nil
	}
	mask := uint64(len(t.index) - 1)
	tag := uint32(h) | 1
	for i := h >> 32 & mask; ; i = (i + 1) & mask {
		e := t.index[i]
		if e == 0 {
			return nil
		}
		if uint32(e>>32) == tag {
			if r := t.at(t.position(e)); r.key == *k && r.caller == c {
				return r
			}
		}
	}
}

// expired reports whether a record's life is over at now: it only waits to be dropped, and answers no one.
func (t *keyTable) expired(r *keyRecord, now slots.Instant) bool {
	return int64(now-t.epoch)-int64(r.sinceEpoch) >= t.lifeSeconds
}

// add appends a record and forgets those whose life is over at now.
func (t *keyTable) add(r keyRecord, now slots.Instant) {
	if t.first == t.next {
		t.epoch = now
	}
	r.sinceEpoch = uint32(now - t.epoch)
	for t.first < t.next && t.expired(t.at(t.first), now) {
		t.forget()
	}
	t.push(r)
}

func (t *keyTable) push(r keyRecord) {
	if t.next>>keyPageBits-t.dropped == uint64(len(t.pages)) {
		page := t.spare
		if t.spare = nil; page == nil {
			page = new([keyPage]keyRecord)
		}
		t.pages = append(t.pages, page)
	}
	*t.at(t.next) = r
	t.next++
	if uint64(t.len())*4 > uint64(len(t.index))*3 {
		t.grow()
	} else {
		t.place(t.next-1, hashKey(r.caller, &r.key))
	}
}

func (t *keyTable) place(pos, h uint64) {
	mask := uint64(len(t.index) - 1)
	i := h >> 32 & mask
	for t.index[i] != 0 {
		i = (i + 1) & mask
	}
	t.index[i] = uint64(uint32(h)|1)<<32 | uint64(uint32(pos))
}

func (t *keyTable) grow() {
	t.index = make([]uint64, max(64, 2*len(t.index)))
	for pos := t.first; pos < t.next; pos++ {
		r := t.at(pos)
		t.place(pos, hashKey(r.caller, &r.key))
	}
}

// forget drops the oldest record, closing the gap in the index by moving later entries of the run back (Knuth, TAOCP
// vol. 3, 6.4, algorithm R), so that no tombstones build up.
func (t *keyTable) forget() {
	r := t.at(t.first)
	h := hashKey(r.caller, &r.key)
	mask := uint64(len(t.index) - 1)
	hole := h >> 32 & mask
	for uint32(t.index[hole]) != uint32(t.first) || t.index[hole] == 0 {
		hole = (hole + 1) & mask
	}
	for i := (hole + 1) & mask; t.index[i] != 0; i = (i + 1) & mask {
		o := t.at(t.position(t.index[i]))
		home := hashKey(o.caller, &o.key) >> 32 & mask
		if (i-home)&mask >= (i-hole)&mask {
			t.index[hole] = t.index[i]
			hole = i
		}
	}
	t.index[hole] = 0
	t.first++
	if t.first&(keyPage-1) == 0 {
		t.spare = t.pages[0]
		t.pages = append(t.pages[:0], t.pages[1:]...)
		t.dropped++
	}
}
