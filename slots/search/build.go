package search

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

func indexed(field string, i int, id string) string {
	return fmt.Sprintf("%s[%d] (ID %.60q).", field, i, id)
}

// New makes an index of sessions: all slots free, all sessions open, all classes admitted. The error names every problem of the
// configuration (see Config.Check). Cost: O(slots + sessions × lists), about a tenth of a microsecond a slot.
func New(c Config) (*Index, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	b := &builder{index: &Index{location: c.Location, classes: slices.Clone(c.Classes), resources: map[string]uint32{},
		departments: map[string]uint32{}, services: map[string]uint32{}, sites: map[string]uint32{}, pairs: map[pair]uint32{}}}
	b.index.planes = 1 + len(c.Classes) + runPlanes
	b.sessions(c.Sessions)
	b.makeLists()
	return b.index, nil
}

// builder is what is needed while an index is made.
type builder struct {
	index      *Index
	cuts       map[uint64][]uint32 // shapes by hash
	faces      map[face]uint32
	lines      map[line]uint32
	stocks     map[string]uint32 // by line and resources, as bytes
	byRule     map[string]uint32 // the session of each rule that was met last: most sessions have the stock of that
	serviceIn  []uint32          // of services: 1 + the department met first
	severalIn  []bool            // of services: met in several departments
	bitCount   uint64
	source     []slots.Session
	wall       wall
	held       []uint64 // of shapes: what a session of it holds at first
	localLines []uint32 // scratch: 1 + place in a list's lines
	localFaces []uint32 // scratch: 1 + place in a list's faces
}

// sessions fills all of the index but the lists.
func (b *builder) sessions(source []slots.Session) {
	x := b.index
	b.cuts, b.faces, b.lines = map[uint64][]uint32{}, map[face]uint32{}, map[line]uint32{}
	b.stocks, b.byRule, b.source, b.wall = map[string]uint32{}, map[string]uint32{}, source, wall{location: x.location}
	x.sessions = make([]session, len(source))
	if len(source) > 0 {
		x.base = source[0].Start
	}
	for i := range source {
		s := &source[i]
		shape := b.shape(s)
		stock := b.stock(uint32(i))
		x.sessions[i] = session{bit: b.room(len(s.Slots)), start: uint32(s.Start - x.base),
			face: b.face(shape, s.Start), stock: stock, admits: 1<<(len(x.classes)+1) - 1}
		x.slotCount += int64(len(s.Slots))
	}
	x.free = make([]uint64, (b.bitCount+63)/64)
	for i := range x.sessions {
		s := &x.sessions[i]
		n := x.shapeOf(s).slots()
		first := int(s.bit & 63)
		words := x.free[s.bit>>6:]
		for w := 0; w <= (first+n-1)>>6; w++ {
			words[w] |= within(^uint64(0), w, first, first+n)
		}
	}
}

// room finds room for the bits of a session. Those of at most 64 slots lie in one word, so that they are read at once; longer
// ones begin a word. No two words that follow each other fit into one, so that slots take less than two bits.
func (b *builder) room(n int) uint32 {
	if in := b.bitCount & 63; in != 0 && int(in)+n > 64 {
		b.bitCount += 64 - in
	}
	at := b.bitCount
	b.bitCount += uint64(n)
	return uint32(at)
}

func (b *builder) shape(s *slots.Session) uint32 {
	x, hash := b.index, cutHash(s)
	for _, n := range b.cuts[hash] {
		if x.shapes[n].isOf(s) {
			return n
		}
	}
	n := uint32(len(x.shapes))
	x.shapes = append(x.shapes, shapeOf(s))
	b.cuts[hash] = append(b.cuts[hash], n)
	return n
}

func (b *builder) face(shape uint32, start slots.Instant) uint32 {
	return numbered(b.faces, &b.index.faces, b.wall.face(shape, &b.index.shapes[shape], start))
}

// numbered is the place of a value in a table, where it is put if it is new.
func numbered[T comparable](places map[T]uint32, table *[]T, value T) uint32 {
	n, known := places[value]
	if !known {
		n = uint32(len(*table))
		*table = append(*table, value)
		places[value] = n
	}
	return n
}

// stock finds or makes the stock of session i.
func (b *builder) stock(i uint32) uint32 {
	s := &b.source[i]
	if last, known := b.byRule[s.Rule]; known {
		if o := &b.source[last]; o.Line == s.Line && slices.Equal(o.Resources, s.Resources) {
			return b.index.sessions[last].stock
		}
	}
	b.byRule[s.Rule] = i
	x := b.index
	resources := make([]uint32, len(s.Resources))
	for j, r := range s.Resources {
		resources[j] = named(x.resources, r)
	}
	slices.Sort(resources)
	made := stock{line: b.line(&s.Line), resources: resources}
	key := binary.LittleEndian.AppendUint32(nil, made.line)
	for _, r := range resources {
		key = binary.LittleEndian.AppendUint32(key, r)
	}
	n, known := b.stocks[string(key)]
	if !known {
		n = uint32(len(x.stocks))
		x.stocks = append(x.stocks, made)
		b.stocks[string(key)] = n
	}
	return n
}

// named numbers names in the order in which they are met.
func named(names map[string]uint32, name string) uint32 {
	n, known := names[name]
	if !known {
		n = uint32(len(names))
		names[name] = n
	}
	return n
}

// noService is the number of the service of a line that names none.
const noService = ^uint32(0)

func (b *builder) line(l *slots.Line) uint32 {
	x := b.index
	made := line{named(x.departments, l.Department), noService, named(x.sites, l.Site), l.Kind, l.Grade}
	if l.Service != "" {
		made.service = named(x.services, l.Service)
		if int(made.service) == len(b.serviceIn) {
			b.serviceIn, b.severalIn = append(b.serviceIn, made.department), append(b.severalIn, false)
		} else if b.serviceIn[made.service] != made.department {
			b.severalIn[made.service] = true
		}
	}
	return numbered(b.lines, &x.lines, made)
}

// makeLists numbers the lists (resources, departments, services, then services within departments where that is narrower than
// the service) and fills them.
func (b *builder) makeLists() {
	x := b.index
	r, d := uint32(len(x.resources)), uint32(len(x.departments))
	lists := r + d + uint32(len(x.services))
	for i := range x.stocks {
		s, l := &x.stocks[i], x.lines[x.stocks[i].line]
		s.lists = append(append(s.lists, s.resources...), r+l.department)
		if l.service == noService {
			continue
		}
		s.lists = append(s.lists, r+d+l.service)
		if b.severalIn[l.service] {
			p := pair{l.department, l.service}
			n, known := x.pairs[p]
			if !known {
				n = lists
				x.pairs[p], lists = n, lists+1
			}
			s.lists = append(s.lists, n)
		}
	}
	x.lists = make([]list, lists)
	b.fill(b.order())
	b.localLines, b.localFaces = make([]uint32, len(x.lines)), make([]uint32, len(x.faces))
	b.held = make([]uint64, len(x.shapes))
	for i := range x.sessions {
		s := &x.sessions[i]
		if n := x.faces[s.face].shape; b.held[n] == 0 {
			b.held[n] = x.held(s, &x.shapes[n])
		}
	}
	for i := range x.lists {
		b.finish(&x.lists[i])
	}
}

// order is the sessions in order of (start, face, number): that of every list.
func (b *builder) order() []uint32 {
	x := b.index
	order := make([]uint32, len(x.sessions))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(i, j uint32) int {
		return cmp.Or(cmp.Compare(x.sessions[i].start, x.sessions[j].start), cmp.Compare(x.sessions[i].face, x.sessions[j].face), cmp.Compare(i, j))
	})
	return order
}

func (b *builder) fill(order []uint32) {
	x := b.index
	counts := make([]int, len(x.lists))
	total := 0
	for i := range x.sessions {
		for _, n := range x.stocks[x.sessions[i].stock].lists {
			counts[n]++
			total++
		}
	}
	all := make([]uint32, total)
	for i, n := range counts {
		x.lists[i].ids, all = all[:0:n], all[n:]
	}
	for _, id := range order {
		for _, n := range x.stocks[x.sessions[id].stock].lists {
			x.lists[n].ids = append(x.lists[n].ids, id)
		}
	}
}

// finish divides a list into blocks and makes its planes.
func (b *builder) finish(l *list) {
	x := b.index
	blocks := 0
	for position := range l.ids {
		if b.begins(l, position) {
			blocks++
		}
	}
	l.starts, l.firsts, l.faceOf = make([]uint32, 0, blocks), make([]uint32, 0, blocks+1), make([]uint32, 0, blocks)
	for position, id := range l.ids {
		s := &x.sessions[id]
		if b.begins(l, position) {
			l.starts, l.firsts = append(l.starts, s.start), append(l.firsts, uint32(position))
			l.faceOf = append(l.faceOf, place(b.localFaces, &l.faces, s.face))
			l.reach = max(l.reach, uint32(x.shapeOf(s).reach()))
		}
		place(b.localLines, &l.lines, x.stocks[s.stock].line)
	}
	l.firsts = append(l.firsts, uint32(len(l.ids)))
	b.makePlanes(l)
	forget(b.localFaces, l.faces)
	forget(b.localLines, l.lines)
}

// begins reports whether a block begins at a position of a list.
func (b *builder) begins(l *list, position int) bool {
	if position == 0 {
		return true
	}
	s, before := &b.index.sessions[l.ids[position]], &b.index.sessions[l.ids[position-1]]
	return s.start != before.start || s.face != before.face
}

func (b *builder) makePlanes(l *list) {
	x := b.index
	words := wordsFor(len(l.starts))
	l.sessions = make([]uint64, wordsFor(len(l.ids))*x.planes)
	l.blocks, l.over = make([]uint64, words*x.planes), make([]uint64, wordsFor(words)*x.planes)
	for block, local := range l.faceOf {
		held := b.held[x.faces[l.faces[local]].shape]
		for ; held != 0; held &= held - 1 {
			n := x.planeOf(bits.TrailingZeros64(held))
			for position := l.firsts[block]; position < l.firsts[block+1]; position++ {
				l.set(x.planes, n, int(position), block)
			}
		}
	}
	if !l.keepsLines() {
		return
	}
	l.ofLines = make([]uint64, len(l.lines)*wordsFor(len(l.ids)))
	for position, id := range l.ids {
		n := place(b.localLines, &l.lines, x.stocks[x.sessions[id].stock].line)
		l.linePlane(int(n))[position>>6] |= 1 << (position & 63)
	}
}

// place is the place of a value in a list's own table, found through scratch.
func place(scratch []uint32, table *[]uint32, value uint32) uint32 {
	if scratch[value] == 0 {
		*table = append(*table, value)
		scratch[value] = uint32(len(*table))
	}
	return scratch[value] - 1
}

func forget(scratch, values []uint32) {
	for _, v := range values {
		scratch[v] = 0
	}
}
