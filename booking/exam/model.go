package exam

import (
	"cmp"
	"math/bits"
	"slices"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// model is a problem, or a part of one, laid out for search. Offers become values; the values of one day lie together, those of
// one examination in words of their own, so that a set of values of some days is a few words, and the values of a day that go
// with a chosen one are one row of bits.
type model struct {
	n      int
	exams  []int32 // index in Problem.exams of each examination of the model
	values []value
	days   []int64    // day numbers, ascending
	at     []int32    // at[d*n+i] is the first word of examination i on day d; one more entry ends the list
	base   []int32    // value of bit 0 of each word
	full   []uint64   // all values
	rows   [][]uint64 // rows[v]: the values of v's own day that go with v; made when first asked for
	shapes []dayShape
	rules  ruleTable
	// looks is the work of laying it out.
	looks int64
	// contradiction: the rules alone allow nothing, or an examination has no value.
	contradiction bool
	// crosses: some value runs past midnight, so that values of different days can meet.
	crosses bool
}

// value is one offer, in absolute minutes.
type value struct {
	start, end int64
	offer      int32
	day        int32
	exam       int32
	site       int32
}

// dayShape is what sets of days are judged by.
type dayShape struct {
	exams  uint32   // which examinations have values
	maxEnd int64    // latest end of all values
	starts []int32  // values by start, then by number
	pairs  []uint32 // pairs[i]: examinations j that have a value which goes with one of i; nil until asked for
}

// What an offer that is left out, and one that is sorted in, costs in looks.
const (
	looksPerOffer = 2
	looksPerValue = 20
)

// newModel lays out the examinations of the mask under the rules that are switched on, on one day or, with the zero Date,
// on all days of the trip.
func (p *Problem) newModel(exams uint32, on []bool, only sl.Date) *model {
	m := &model{}
	local := make([]int32, len(p.exams))
	for i := range p.exams {
		local[i] = -1
		if exams>>i&1 != 0 {
			local[i] = int32(m.n)
			m.exams = append(m.exams, int32(i))
			m.n++
		}
	}
	latest := m.rules.fill(p, m, local, on)
	lists := make([][]value, m.n)
	for k := range p.offers {
		i := local[p.exam[k]]
		o := &p.offers[k]
		if i < 0 || only.IsValid() && o.Day != only || !only.IsValid() && !p.within(o.Day) || o.StartMinute > latest[i] {
			continue
		}
		site, _ := slices.BinarySearch(p.sites, o.Site)
		start := minuteOf(o.Day, o.StartMinute)
		lists[i] = append(lists[i], value{start: start, end: start + int64(o.Minutes), offer: int32(k), day: o.Day.Number(), exam: i, site: int32(site)})
		m.crosses = m.crosses || o.StartMinute+o.Minutes > 24*60
	}
	m.contradiction = m.rules.contradiction || !m.rules.narrow(m, lists)
	m.layOut(lists)
	m.rules.link(m)
	m.looks += int64(len(p.offers))*looksPerOffer + int64(len(m.values))*looksPerValue
	return m
}

// layOut orders values by day and examination and gives them their words.
func (m *model) layOut(lists [][]value) {
	for _, list := range lists {
		for k := range list {
			m.days = append(m.days, int64(list[k].day))
		}
		m.values = append(m.values, list...)
	}
	slices.Sort(m.days)
	m.days = slices.Compact(m.days)
	// Within an examination the lists are in canonical order, and the sort is stable: numbers of values keep it.
	slices.SortStableFunc(m.values, func(a, b value) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.exam, b.exam)) })
	m.shapes = make([]dayShape, len(m.days))
	v := 0
	for d, number := range m.days {
		first := v
		for i := range m.n {
			m.at = append(m.at, int32(len(m.base)))
			for k := 0; v < len(m.values) && int64(m.values[v].day) == number && int(m.values[v].exam) == i; k++ {
				if k%64 == 0 {
					m.base = append(m.base, int32(v))
					m.full = append(m.full, 0)
				}
				m.full[len(m.full)-1] |= 1 << (k % 64)
				m.shapes[d].exams |= 1 << i
				v++
			}
		}
		m.shapes[d].fill(m.values[first:v], int32(first))
		for k := first; k < v; k++ {
			m.values[k].day = int32(d)
		}
	}
	m.at = append(m.at, int32(len(m.base)))
	m.rows = make([][]uint64, len(m.values))
}

func (s *dayShape) fill(values []value, first int32) {
	for k := range values {
		s.maxEnd = max(s.maxEnd, values[k].end)
		s.starts = append(s.starts, first+int32(k))
	}
	slices.SortFunc(s.starts, func(a, b int32) int {
		return cmp.Or(cmp.Compare(values[a-first].start, values[b-first].start), cmp.Compare(a, b))
	})
}

// block is the range of words of a day.
func (m *model) block(d int32) (from, until int32) { return m.at[int(d)*m.n], m.at[(int(d)+1)*m.n] }

// span is the range of words of an examination on a day.
func (m *model) span(d int32, i int) (from, until int32) {
	return m.at[int(d)*m.n+i], m.at[int(d)*m.n+i+1]
}

// row returns the values of v's day that go with v, as words of the day's block.
func (m *model) row(v int32, work *work) []uint64 {
	if m.rows[v] != nil {
		return m.rows[v]
	}
	work.look(int64(len(m.shapes[m.values[v].day].starts)))
	from, until := m.block(m.values[v].day)
	row := make([]uint64, until-from)
	for w := from; w < until; w++ {
		for rest := m.full[w]; rest != 0; rest &= rest - 1 {
			bit := bits.TrailingZeros64(rest)
			if u := m.base[w] + int32(bit); m.rules.agree(m, v, u) {
				row[w-from] |= 1 << bit
			}
		}
	}
	m.rows[v] = row
	return row
}

// pairs returns, for each examination, those that can be done on day d together with it, two at a time; when the work
// is over, some of them.
func (m *model) pairs(d int32, work *work) []uint32 {
	shape := &m.shapes[d]
	if shape.pairs != nil {
		return shape.pairs
	}
	shape.pairs = make([]uint32, m.n)
	from, _ := m.block(d)
	for _, v := range shape.starts {
		if work.over() {
			break
		}
		row := m.row(v, work)
		work.look(int64(len(row))/wordsPerLook + 1)
		for j := range m.n {
			first, last := m.span(d, j)
			for w := first; w < last; w++ {
				if row[w-from] != 0 {
					shape.pairs[m.values[v].exam] |= 1 << j
				}
			}
		}
	}
	return shape.pairs
}
