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
	// forgotten is the instant of the newest record that was forgotten: a command made by then may have been carried out,
	// even if the rules have since come to remember keys for longer.
	forgotten slots.Instant
	fetched   uint32 // keeps the loads of indexAll
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
	tag := newKeyTag(h)
	for i := tag.home(mask); ; i = (i + 1) & mask {
		e := t.index[i]
		if e == 0 {
			return nil
		}
		if keyTag(e>>32) == tag {
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
	for t.first < t.next && t.expired(t.at(t.first), now) {
		t.forget()
	}
	if t.first == t.next {
		t.epoch = now
	}
	r.sinceEpoch = uint32(now - t.epoch)
	t.push(r)
}

func (t *keyTable) push(r keyRecord) {
	*t.append() = r
	if uint64(t.len())*4 > uint64(len(t.index))*3 {
		t.grow()
	} else {
		t.place(uint64(newKeyTag(hashKey(r.caller, &r.key)))<<32 | uint64(uint32(t.next-1)))
	}
}

// append gives out the next record, not yet in the index.
func (t *keyTable) append() *keyRecord {
	if t.next>>keyPageBits-t.dropped == uint64(len(t.pages)) {
		page := t.spare
		if t.spare = nil; page == nil {
			page = new([keyPage]keyRecord)
		}
		t.pages = append(t.pages, page)
	}
	t.next++
	return t.at(t.next - 1)
}

// indexAll makes the index of the records that were appended, at once in its final size, and returns the first whose key is there
// twice; nil for none. It touches places ahead, as that of names does.
func (t *keyTable) indexAll() *keyRecord {
	size := 64
	for t.len()*4 > size*3 {
		size *= 2
	}
	t.index = make([]uint64, size)
	mask := uint64(size - 1)
	var hashes [aheadN]uint64
	for first := t.first; first < t.next; first += aheadN {
		block := hashes[:min(aheadN, t.next-first)]
		for i := range block {
			r := t.at(first + uint64(i))
			block[i] = hashKey(r.caller, &r.key)
			t.fetched += uint32(t.index[newKeyTag(block[i]).home(mask)])
		}
		for i, h := range block {
			pos := first + uint64(i)
			r := t.at(pos)
			if t.find(r.caller, &r.key, h) != nil {
				return r
			}
			t.place(uint64(newKeyTag(h))<<32 | uint64(uint32(pos)))
		}
	}
	return nil
}

// keyTag is the part of a key's hash that the index keeps: odd, so that no entry is zero. It also says where in an index of
// any size the entry belongs, so that neither growing nor forgetting reads another key's record.
type keyTag uint32

func newKeyTag(h uint64) keyTag { return keyTag(h) | 1 }

func (g keyTag) home(mask uint64) uint64 { return uint64(g>>1) & mask }

func (t *keyTable) place(entry uint64) {
	mask := uint64(len(t.index) - 1)
	i := keyTag(entry >> 32).home(mask)
	for t.index[i] != 0 {
		i = (i + 1) & mask
	}
	t.index[i] = entry
}

// grow doubles the index. Entries go from one place to one of two, so that both indexes are walked in order.
func (t *keyTable) grow() {
	old := t.index
	t.index = make([]uint64, max(64, 2*len(old)))
	for _, e := range old {
		if e != 0 {
			t.place(e)
		}
	}
	r := t.at(t.next - 1)
	t.place(uint64(newKeyTag(hashKey(r.caller, &r.key)))<<32 | uint64(uint32(t.next-1)))
}

// forget drops the oldest record, closing the gap in the index by moving later entries of the run back (Knuth, TAOCP
// vol. 3, 6.4, algorithm R), so that no tombstones build up.
func (t *keyTable) forget() {
	r := t.at(t.first)
	t.forgotten = t.epoch + slots.Instant(r.sinceEpoch)
	mask := uint64(len(t.index) - 1)
	hole := newKeyTag(hashKey(r.caller, &r.key)).home(mask)
	for uint32(t.index[hole]) != uint32(t.first) || t.index[hole] == 0 {
		hole = (hole + 1) & mask
	}
	for i := (hole + 1) & mask; t.index[i] != 0; i = (i + 1) & mask {
		home := keyTag(t.index[i] >> 32).home(mask)
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
