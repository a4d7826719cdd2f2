package booking

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	sl "github.com/haoyuan-go/haoyuan/slots"
)

// The tables of this package beside versions that anyone can see to be right.

// keyHome makes a key that lands where it is told in an index of up to 2^16 places, so that runs collide.
func keyHome(t *rapid.T) Key {
	for i := 0; ; i++ {
		var k Key
		k[0], k[1], k[2] = byte(i), byte(i>>8), byte(rapid.IntRange(0, 40).Draw(t, "key"))
		if newKeyTag(hashKey(1, &k)).home(63) < 4 || i == 500 {
			return k
		}
	}
}

// A key table is a list of records of which those older than the life are forgotten whenever one is added.
func TestKeyTableAgainstAList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const life = 100
		table := keyTable{lifeSeconds: life}
		type entry struct {
			keyRecord
			at sl.Instant
		}
		var naive []entry
		find := func(c Caller, k Key) *entry {
			for i := range naive {
				if naive[i].key == k && naive[i].caller == c {
					return &naive[i]
				}
			}
			return nil
		}
		now := sl.Instant(1000)
		for n := range rapid.IntRange(1, 150).Draw(t, "steps") {
			now += sl.Instant(rapid.SampledFrom([]int{0, 0, 1, 5, 50, 99, 100, 101}).Draw(t, "wait"))
			k, c := keyHome(t), Caller(rapid.IntRange(1, 2).Draw(t, "caller"))
			want, got := find(c, k), table.find(c, &k, hashKey(c, &k))
			require.Equal(t, want == nil, got == nil)
			if want != nil {
				require.Equal(t, want.appointment, got.appointment)
				require.Equal(t, want.print, got.print)
				continue
			}
			r := keyRecord{key: k, caller: c, appointment: Appointment(n + 1), count: 1, print: [2]uint32{uint32(n), 7}}
			naive = slices.DeleteFunc(naive, func(e entry) bool { return now-e.at >= life })
			naive = append(naive, entry{r, now})
			table.add(r, now)
			require.Equal(t, len(naive), table.len())
			for _, e := range naive {
				got := table.find(e.caller, &e.key, hashKey(e.caller, &e.key))
				require.NotNil(t, got)
				require.Equal(t, e.appointment, got.appointment)
			}
		}
	})
}

// Over many pages: a steady stream with a life of 3,000 keys keeps 3,000 keys and the memory for them.
func TestKeyTableOverManyPages(t *testing.T) {
	const life, total = 3000, 20000
	table := keyTable{lifeSeconds: life}
	key := func(i int) Key { return Key{byte(i), byte(i >> 8), byte(i >> 16)} }
	for i := range total {
		table.add(keyRecord{key: key(i), caller: 1, appointment: Appointment(i + 1)}, sl.Instant(1+i))
	}
	require.Equal(t, life, table.len())
	require.LessOrEqual(t, len(table.pages), life/keyPage+2)
	require.LessOrEqual(t, len(table.index), 4*life)
	for i := range total {
		k := key(i)
		r := table.find(1, &k, hashKey(1, &k))
		require.Equal(t, i >= total-life, r != nil, i)
		if r != nil {
			require.Equal(t, Appointment(i+1), r.appointment)
		}
	}
}

func TestNameTableAgainstAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var table nameTable
		naive, texts := map[string]uint32{}, []string{""}
		for range rapid.IntRange(0, 120).Draw(t, "names") {
			name := fmt.Sprint(rapid.SampledFrom([]string{"", "李", "Dr Wang of the second department ", "x"}).Draw(t, "stem"), rapid.IntRange(0, 60).Draw(t, "n"))
			require.Equal(t, naive[name], table.find(name))
			if naive[name] == 0 {
				handle := table.add([]byte(name))
				texts = append(texts, name)
				require.EqualValues(t, len(texts)-1, handle)
				naive[name] = handle
			}
		}
		require.Equal(t, len(naive), table.len())
		for handle, text := range texts {
			require.Equal(t, text, string(table.bytes(uint32(handle))))
		}
		require.Empty(t, table.bytes(uint32(len(texts))))
		require.Empty(t, table.bytes(1<<32-1))
		require.Zero(t, table.find("nobody"))
	})
}

// The due queue against a sorted list: put, move, remove anywhere, and always the least first.
func TestDueQueueAgainstASortedList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, holders := &Book{}, 40
		for range holders {
			b.addAppointmentForTest()
		}
		naive := map[uint32]dueItem{}
		for range rapid.IntRange(0, 150).Draw(t, "steps") {
			id := uint32(rapid.IntRange(1, holders).Draw(t, "holder"))
			d := due(sl.Instant(rapid.IntRange(1, 12).Draw(t, "at")), rankLapse, id)
			if rapid.IntRange(0, 2).Draw(t, "remove") == 0 {
				d = dueItem{}
			}
			b.dueSet(&b.appointments.at(id).dueAt, d)
			if naive[id] = d; d == (dueItem{}) {
				delete(naive, id)
			}
			sorted := []dueItem{}
			for _, d := range naive {
				sorted = append(sorted, d)
			}
			slices.SortFunc(sorted, func(x, y dueItem) int { return cmp.Or(cmp.Compare(x.at, y.at), cmp.Compare(x.id(), y.id())) })
			first, ok := b.dueFirst()
			require.Equal(t, len(sorted) > 0, ok)
			if ok {
				require.Equal(t, sorted[0], first)
			}
		}
		for len(naive) > 0 { // drain in order
			d, ok := b.dueFirst()
			require.True(t, ok)
			require.Equal(t, naive[d.id()], d)
			for _, o := range naive {
				require.False(t, o.before(d))
			}
			b.dueSet(&b.appointments.at(d.id()).dueAt, dueItem{})
			require.Zero(t, b.appointments.at(d.id()).dueAt)
			delete(naive, d.id())
		}
		_, ok := b.dueFirst()
		require.False(t, ok)
	})
}

func TestDueOrder(t *testing.T) {
	items := []dueItem{due(5, rankLapse, 9), due(5, rankEnd, 1), due(5, rankReserve, 1), due(5, rankRelease, 1), due(5, rankRelease, 2), due(6, rankLapse, 1)}
	for i, x := range items {
		for j, y := range items {
			require.Equal(t, i < j, x.before(y))
		}
	}
}

// A line against a sorted list of (start, handle, open).
func TestLineAgainstASortedList(t *testing.T) {
	type entry struct {
		start sl.Instant
		id    Session
		open  bool
	}
	rapid.Check(t, func(t *rapid.T) {
		var l line
		var naive []entry
		at := func(s sl.Instant, id Session) int {
			return slices.IndexFunc(naive, func(e entry) bool { return e.start == s && e.id == id })
		}
		for range rapid.IntRange(0, 200).Draw(t, "steps") {
			start, id := sl.Instant(60*rapid.IntRange(1, 90).Draw(t, "start")), Session(rapid.IntRange(1, 300).Draw(t, "session"))
			known := at(start, id) >= 0
			switch rapid.IntRange(0, 7).Draw(t, "step") {
			case 0, 1, 2, 3:
				if slices.ContainsFunc(naive, func(e entry) bool { return e.id == id }) {
					continue
				}
				l.insert(start, id, 60)
				naive = append(naive, entry{start, id, false})
				slices.SortFunc(naive, func(x, y entry) int { return cmp.Or(cmp.Compare(x.start, y.start), cmp.Compare(x.id, y.id)) })
			case 4, 5, 6:
				if !known && slices.ContainsFunc(naive, func(e entry) bool { return e.id == id }) {
					continue // a session is asked for by its own start
				}
				open := rapid.Bool().Draw(t, "open")
				l.setOpen(start, id, open)
				if known {
					naive[at(start, id)].open = open
				}
			default:
				odd := Session(rapid.IntRange(2, 9).Draw(t, "odd"))
				l.keep(func(s Session) bool { return s%odd != 0 })
				naive = slices.DeleteFunc(naive, func(e entry) bool { return e.id%odd == 0 })
			}
		}
		require.Len(t, l.sessions, len(naive))
		next := len(naive)
		for i := len(naive) - 1; i >= 0; i-- {
			e := naive[i]
			require.Equal(t, e.start, l.starts[i])
			require.Equal(t, e.id, l.sessions[i])
			require.Equal(t, i, l.find(e.start, e.id))
			if e.open {
				next = i
			}
			require.Equal(t, next, l.nextOpen(i))
		}
		require.Equal(t, len(naive), l.nextOpen(len(naive)))
		for _, probe := range []sl.Instant{0, 60, 1800, 5401} {
			want := 0
			for want < len(naive) && naive[want].start < probe {
				want++
			}
			require.Equal(t, want, l.seek(probe))
			require.LessOrEqual(t, l.reaching(probe), want)
			if probe != 0 && l.longestMinutes != 0 {
				require.Equal(t, l.seek(probe-3600), l.reaching(probe))
			}
		}
	})
}

// addAppointmentForTest adds an empty record, for what only looks at its due place.
func (b *Book) addAppointmentForTest() { b.appointments.add() }

// A table against a map of the handles that are there: what is dropped frees its pages, and handles go on.
func TestTableAgainstAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var table table[uint64]
		start := rapid.Uint32Range(0, 1000).Draw(t, "dropped before")
		table.startAt(start)
		first, last := start+1, start
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "add") {
				for range rapid.IntRange(1, 400).Draw(t, "n") {
					last++
					require.Equal(t, last, table.next())
					*table.add() = uint64(last) * 3
				}
			} else if first <= last {
				first = rapid.Uint32Range(first, last).Draw(t, "drop to") + 1
				table.dropTo(first - 1)
			}
			require.EqualValues(t, last+1-first, table.len())
			require.LessOrEqual(t, len(table.pages), int(last+1-first)/tablePage+2)
			for _, h := range []uint32{0, first - 1, first, (first + last) / 2, last, last + 1} {
				there := h >= first && h <= last
				require.Equal(t, there, table.has(h), h)
				if there {
					require.Equal(t, uint64(h)*3, *table.at(h))
				}
			}
		}
	})
}
