package search

import (
	"math/bits"
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Plan is a query made ready for an index: names looked up, windows laid over the faces of its sessions. It sees what the host
// marks after it was made, never changes, and serves any instant: make one for each form of question and keep it.
type Plan struct {
	index    *Index
	list     *list // nil: no session can ever match
	resource string
	class    Class
	count    int
	hours    hours
	// faces of the list, each with the slots that are wanted of it.
	faces      []planFace
	ready, run int      // planes of the list: where both show a session or block, it may match
	fit        []uint64 // sessions whose lines match; nil: all
	fitBlocks  []uint64 // blocks that have such a session and a wanted slot; nil: all
}

// planFace is a face of the list as the plan wants it.
type planFace struct {
	rows   uint64   // the wanted slots of a session, the first 64
	wide   []uint64 // all of them, of a session of more
	shape  *shape
	wanted bool // it has any
}

// Plan makes a query ready. It refuses what Query.Check refuses, and names that the index does not know, all at once; where a
// name is all that is wrong, errors.Is(err, ErrUnknown). Cost: O(faces × slots + sets of sessions of the list), most of a
// microsecond for a physician; a query with sites, kinds or grades, or of a physician and a department or service, reads
// the list's bits of lines once.
func (x *Index) Plan(q Query) (*Plan, error) {
	var p problems
	if err := q.Check(); err != nil {
		p.Add("%w", err)
	}
	n := x.names(&q, &p)
	if err := p.Err(); err != nil {
		return nil, err
	}
	plan := &Plan{index: x, resource: q.Resource, class: n.class, count: max(1, q.Count), hours: hoursOf(&q)}
	l := x.narrowest(&q, n)
	if l == nil {
		return plan, nil
	}
	if plan.choose(l, &q, n) {
		plan.list = l
	}
	return plan, nil
}

// narrowest is the shortest list that holds all that may match; nil where nothing can.
func (x *Index) narrowest(q *Query, n numbers) *list {
	resources, departments := uint32(len(x.resources)), uint32(len(x.departments))
	switch {
	case q.Resource != "":
		return &x.lists[n.resource]
	case q.Service == "":
		return &x.lists[resources+n.department]
	case q.Department != "":
		if pair, several := x.pairs[pair{n.department, n.service}]; several {
			return &x.lists[pair]
		}
	}
	// A service of one department only, or any department's: where the one is another, no line will fit.
	return &x.lists[resources+departments+n.service]
}

// choose fills the plan from its list; false if no session of it can ever match.
func (p *Plan) choose(l *list, q *Query, n numbers) bool {
	p.ready, p.run = int(p.class), int(p.class)
	if p.count > 1 {
		p.run = p.index.runPlane(p.count)
	}
	fitting, all := p.fittingLines(l, q, n)
	if !slices.Contains(fitting, true) {
		return false
	}
	if !all {
		p.fit = p.fittingSessions(l, fitting)
	}
	if every := p.lay(l); !all || !every {
		p.fitBlocks = p.fittingBlocks(l)
	}
	return true
}

// fittingLines tells which of the list's lines match, and whether all do.
func (p *Plan) fittingLines(l *list, q *Query, n numbers) (fitting []bool, all bool) {
	fitting, all = make([]bool, len(l.lines)), true
	for i, number := range l.lines {
		o := &p.index.lines[number]
		fitting[i] = (q.Department == "" || o.department == n.department) && (q.Service == "" || o.service == n.service) &&
			(len(q.Sites) == 0 || slices.Contains(n.sites, o.site)) && (len(q.Kinds) == 0 || slices.Contains(q.Kinds, o.kind)) &&
			(len(q.Grades) == 0 || slices.Contains(q.Grades, o.grade))
		all = all && fitting[i]
	}
	return fitting, all
}

// fittingSessions is the plane of the sessions whose lines match.
func (p *Plan) fittingSessions(l *list, fitting []bool) []uint64 {
	fit := make([]uint64, wordsFor(len(l.ids)))
	if l.keepsLines() {
		for i, fits := range fitting {
			if !fits {
				continue
			}
			for w, word := range l.linePlane(i) {
				fit[w] |= word
			}
		}
		return fit
	}
	matching := make([]bool, len(p.index.lines))
	for i, number := range l.lines {
		matching[number] = fitting[i]
	}
	for position, id := range l.ids {
		if matching[p.index.stocks[p.index.sessions[id].stock].line] {
			fit[position>>6] |= 1 << (position & 63)
		}
	}
	return fit
}

// lay lays the hours over the faces of the list, and tells whether each has a wanted slot.
func (p *Plan) lay(l *list) (every bool) {
	var narrow [1]uint64
	p.faces, every = make([]planFace, len(l.faces)), true
	for i, number := range l.faces {
		f := &p.index.faces[number]
		sh := &p.index.shapes[f.shape]
		p.faces[i].shape = sh
		rows := narrow[:]
		if sh.words() > 1 {
			rows = make([]uint64, sh.words())
			p.faces[i].wide = rows
		}
		p.hours.rows(rows, f, sh, wall{location: p.index.location})
		p.faces[i].rows = rows[0]
		p.faces[i].wanted = slices.ContainsFunc(rows, func(w uint64) bool { return w != 0 })
		every = every && p.faces[i].wanted
	}
	return every
}

// fittingBlocks is the plane of the blocks that have a wanted slot and a session whose line matches.
func (p *Plan) fittingBlocks(l *list) []uint64 {
	fit := make([]uint64, wordsFor(len(l.starts)))
	for b, f := range l.faceOf {
		if p.faces[f].wanted && (p.fit == nil || anyIn(p.fit, int(l.firsts[b]), int(l.firsts[b+1]))) {
			fit[b>>6] |= 1 << (b & 63)
		}
	}
	return fit
}

// sessionsIn are the sessions of word w, those from first to before end, that may match.
func (p *Plan) sessionsIn(w, first, end int) uint64 {
	at := w * p.index.planes
	word := p.list.sessions[at+p.ready] & p.list.sessions[at+p.run]
	if p.fit != nil {
		word &= p.fit[w]
	}
	return within(word, w, first, end)
}

// blocksIn are the blocks of word w that may match.
func (p *Plan) blocksIn(w int) uint64 {
	at := w * p.index.planes
	word := p.list.blocks[at+p.ready] & p.list.blocks[at+p.run]
	if p.fitBlocks != nil {
		word &= p.fitBlocks[w]
	}
	return word
}

// firstBlock is the first block that may hold a slot that ends after from, of a spot that starts before until.
func (p *Plan) firstBlock(from, until int64) int {
	return p.nextBlock(p.list.seek(from-int64(p.list.reach)+1), until)
}

// nextBlock is the first block at or after b that may hold a spot that starts before until; the number of blocks if there is none.
func (p *Plan) nextBlock(b int, until int64) int {
	l := p.list
	blocks := len(l.starts)
	if b >= blocks {
		return blocks
	}
	w := b >> 6
	word := p.blocksIn(w) & (^uint64(0) << (b & 63))
	for word == 0 {
		if w = p.nextWord(w + 1); w < 0 {
			return blocks
		}
		word = p.blocksIn(w)
	}
	if b = w<<6 + bits.TrailingZeros64(word); int64(l.starts[b]) >= until {
		return blocks
	}
	return b
}

// nextWord is the first word of blocks at or after w in which a block may match, or -1.
func (p *Plan) nextWord(w int) int {
	l, planes := p.list, p.index.planes
	for o := w >> 6; o*planes < len(l.over); o++ {
		word := l.over[o*planes+p.ready] & l.over[o*planes+p.run]
		if o == w>>6 {
			word &= ^uint64(0) << (w & 63)
		}
		if word != 0 {
			return o<<6 + bits.TrailingZeros64(word)
		}
	}
	return -1
}

// First is the first spot at or after from whose start is before until (0: no end); false if there is none. See All for the order. Cost:
// a binary search, and a look at each session that has a free slot where the sets of sessions overlap that the spot is in;
// it allocates nothing.
func (p *Plan) First(from, until slots.Instant) (Spot, bool) {
	if p.list == nil {
		return Spot{}, false
	}
	h, ok := p.firstFrom(p.index.seconds(from), p.index.secondsUntil(until))
	if !ok {
		return Spot{}, false
	}
	return Spot{int32(h.id), uint16(h.slot), uint16(p.count)}, true
}

// firstFrom is First in seconds after the base.
func (p *Plan) firstFrom(from, until int64) (best head, ok bool) {
	l := p.list
	if l == nil {
		return best, false
	}
	for b := p.firstBlock(from, until); b < len(l.starts); b = p.nextBlock(b+1, until) {
		if ok && int64(l.starts[b]) > best.start {
			break
		}
		if h, has := p.first(b, from, until); has && (!ok || h.before(&best)) {
			best, ok = h, true
		}
	}
	return best, ok
}
