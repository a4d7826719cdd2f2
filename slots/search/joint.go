package search

import (
	"fmt"
	"math"
	"math/bits"
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Joint seeks times at which several resources are free together (MDT, 多学科会诊): each has a run of free slots of one session that covers
// the same minutes. Their slots need not start together. It sees changes and never changes itself, as a Plan.
type Joint struct {
	index   *Index
	seconds int64
	parties []*Plan
}

// Meeting is a time that suits all parties.
type Meeting struct {
	Start   slots.Instant
	Minutes int
	Parties int
	// Spots[i] are the slots that party i gives, in the order of Index.Joint: the fewest of their session that cover the
	// meeting. Two parties that a session occupies both may give the same slots.
	Spots [MaxParties]Spot
}

// Outcome is how a step of a joint search ended.
type Outcome uint8

// The outcomes.
const (
	// Found: the meeting is the next one.
	Found Outcome = 1 + iota
	// None: there is no further one.
	None
	// Undecided: MaxLooks sets of sessions were looked at and none was found yet. The next call goes on from there.
	Undecided
)

// IsValid reports whether o is one of the three.
func (o Outcome) IsValid() bool { return o >= Found && o <= Undecided }

// String returns found, none or undecided.
func (o Outcome) String() string {
	switch o {
	case Found:
		return "found"
	case None:
		return "none"
	case Undecided:
		return "undecided"
	}
	return fmt.Sprintf("Outcome(%d)", uint8(o))
}

// Joint makes a joint search of minutes for the resources that the plans name, one plan each, at most MaxParties. A plan's hours, class, sites,
// kinds and grades hold for its party; its Count must be 1. Counted sessions are left out: their numbers have no times. The error
// names everything that is wrong.
func (x *Index) Joint(minutes int, parties ...*Plan) (*Joint, error) {
	var p problems
	p.within("minutes", minutes, 1, MaxMeetingMinutes)
	p.within("parties", len(parties), 1, MaxParties)
	for i, plan := range parties[:min(len(parties), MaxParties)] {
		switch {
		case plan == nil:
			p.Add("parties[%d]: missing", i)
		case plan.index != x:
			p.Add("parties[%d]: a plan of another index", i)
		case plan.resource == "":
			p.Add("parties[%d]: its query names no Resource", i)
		case plan.count != 1:
			p.Add("parties[%d].Count %d: want 1, minutes say how long", i, plan.count)
		default:
			for j, o := range parties[:i] {
				if o != nil && o.resource == plan.resource {
					p.Add("parties[%d].Resource %.60q: the same as of parties[%d]", i, plan.resource, j)
					break
				}
			}
		}
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	j := &Joint{index: x, seconds: int64(minutes) * 60}
	for _, plan := range parties {
		j.parties = append(j.parties, plan.timed())
	}
	return j, nil
}

// First is the first meeting that starts in [from, until) (until 0: no end). See JointCursor.Next for the order.
func (j *Joint) First(from, until slots.Instant) (Meeting, Outcome) {
	c := j.Cursor(from, until)
	return c.Next()
}

// JointCursor walks the meetings of a joint search. It is a value: one on the stack allocates nothing. Do not change the index
// between two calls of Next.
type JointCursor struct {
	joint     *Joint
	at, until int64
}

// Cursor starts at the first meeting that starts at or after from; it gives those that start before until (0: no end).
func (j *Joint) Cursor(from, until slots.Instant) JointCursor {
	if len(j.parties) == 0 {
		return JointCursor{}
	}
	return JointCursor{j, j.index.seconds(from), j.index.secondsUntil(until)}
}

// Next is the next meeting, in order of start. Meetings start where a free slot of one of the parties starts, so that the first is the earliest
// of such and a long common stretch gives several. Of several sessions in which a party could come, it is the one that the index
// numbers lowest. Cost: some tens of nanoseconds for each party and each of its free stretches that is passed; at
// most MaxLooks sets of sessions, then the outcome is Undecided.
func (c *JointCursor) Next() (Meeting, Outcome) {
	if c.joint == nil {
		return Meeting{}, None
	}
	first := c.joint.slotFrom(c.at, c.until)
	m := Meeting{Minutes: int(c.joint.seconds / 60), Parties: len(c.joint.parties)}
	// Each party in turn moves the time on to where it can come, until all agree on one (leapfrog join).
	at, looks := first, MaxLooks
	var reached [MaxParties]int32 // by party, 1 + the first block that may still matter; 0: not known
	for party, agreed := 0, 0; agreed < m.Parties; party = (party + 1) % m.Parties {
		if at < 0 || at >= c.until {
			c.at = c.until
			return Meeting{}, None
		}
		if looks <= 0 && at > first {
			c.at = at
			return Meeting{}, Undecided
		}
		can, spot := c.joint.parties[party].cover(at, c.joint.seconds, &looks, &reached[party])
		if can != at {
			at, agreed = can, 0
		}
		if spot.Count > 0 { // else never, or the looks are spent
			m.Spots[party] = spot
			agreed++
		}
	}
	if at >= c.until {
		c.at = c.until
		return Meeting{}, None
	}
	c.at = at + 1
	m.Start = c.joint.index.base + slots.Instant(at)
	return m, Found
}

// slotFrom is the earliest start of a free slot of any party in [at, until), or -1.
func (j *Joint) slotFrom(at, until int64) int64 {
	least := int64(-1)
	for _, p := range j.parties {
		if h, ok := p.firstFrom(at, until); ok && (least < 0 || h.start < least) {
			least = h.start
		}
	}
	return least
}

// timed is the plan without counted sessions.
func (p *Plan) timed() *Plan {
	if p.list == nil || !slices.ContainsFunc(p.faces, func(f planFace) bool { return f.shape.counted }) {
		return p
	}
	t := *p
	t.faces = slices.Clone(p.faces)
	for i := range t.faces {
		t.faces[i].wanted = t.faces[i].wanted && !t.faces[i].shape.counted
	}
	t.fitBlocks = t.fittingBlocks(p.list)
	return &t
}

// reaching is the first block that may hold a slot that ends after at, which never goes back from call to call: mostly it is the
// one of the call before, or the next.
func (p *Plan) reaching(at int64, reached *int32) int {
	l, b := p.list, int(*reached)-1
	over := func() bool { return b < len(l.starts) && int64(l.starts[b])+int64(l.reach) <= at }
	if b >= 0 && over() {
		b = p.nextBlock(b+1, math.MaxInt64)
	}
	if b < 0 || over() {
		b = p.firstBlock(at, math.MaxInt64)
	}
	*reached = int32(b) + 1
	return b
}

// cover is the earliest time, at or after at, from which a free run of one session covers seconds, and the slots that do; -1 if
// there is none. It takes its looks, one a block, from looks; when they are spent it may stop at a later time before which
// there is none.
func (p *Plan) cover(at, seconds int64, looks *int, reached *int32) (int64, Spot) {
	l := p.list
	if l == nil {
		return -1, Spot{}
	}
	best, spot := int64(-1), Spot{}
	for b := p.reaching(at, reached); b < len(l.starts); b = p.nextBlock(b+1, math.MaxInt64) {
		start := int64(l.starts[b])
		if best >= 0 && start > best {
			break
		}
		if *looks--; *looks < 0 && best < 0 && start > at {
			return start, Spot{}
		}
		f := &p.faces[l.faceOf[b]]
		first, end := int(l.firsts[b]), int(l.firsts[b+1])
		for w := first >> 6; w <= (end-1)>>6; w++ {
			for word := p.sessionsIn(w, first, end); word != 0; word &= word - 1 {
				id := l.ids[w<<6+bits.TrailingZeros64(word)]
				can, of := p.coverIn(f, id, start, at, seconds)
				if can >= 0 && (best < 0 || can < best || can == best && of.Session < spot.Session) {
					best, spot = can, of
				}
			}
		}
	}
	return best, spot
}

// coverIn is cover within one session that starts at start.
func (p *Plan) coverIn(f *planFace, id uint32, start, at, seconds int64) (int64, Spot) {
	if start+int64(f.shape.reach()) < at+seconds {
		return -1, Spot{}
	}
	var from int64
	var first, end int
	if f.wide == nil {
		s := &p.index.sessions[id]
		free := [1]uint64{p.index.free[s.bit>>6] >> (s.bit & 63) & f.rows}
		from, first, end = f.shape.cover(free[:], at-start, seconds)
	} else {
		var room [maxSessionWords]uint64
		from, first, end = f.shape.cover(p.wanted(f, id, &room), at-start, seconds)
	}
	if end == 0 {
		return -1, Spot{}
	}
	return start + from, Spot{int32(id), uint16(first), uint16(end - first)}
}

// cover is the earliest time at or after at, in seconds after the session's start, from which a run of the slots in free covers
// seconds, and the slots from first to before end that do; end 0 if there is none.
func (s *shape) cover(free []uint64, at, seconds int64) (from int64, first, end int) {
	for first = nextBit(free, 0); first >= 0; first = nextBit(free, end) {
		end = first + 1 // of the stretch of slots without a gap
		for end < s.slots() && free[end>>6]>>(end&63)&1 != 0 && s.linked[(end-1)>>6]>>((end-1)&63)&1 != 0 {
			end++
		}
		from = max(at, int64(s.offsets[first]))
		if from+seconds > int64(s.end(end-1)) {
			continue
		}
		for int64(s.end(first)) <= from {
			first++
		}
		for int64(s.offsets[end-1]) >= from+seconds {
			end--
		}
		return from, first, end
	}
	return 0, 0, 0
}
