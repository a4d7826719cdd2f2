package search_test

import (
	"fmt"
	"math/rand"
	"runtime"
	"slices"
	"sort"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/slots"
	"github.com/haoyuan-go/haoyuan/slots/search"
)

const (
	benchDays     = 90
	benchSlots    = 12 // of a session; two sessions a day
	benchFullDays = 75
	benchGroup    = 100 // physicians of a department
)

var (
	china      = time.FixedZone("Asia/Shanghai", 8*3600)
	benchFirst = slots.MustDate("2026-11-23") // a Monday
)

// benchSessions are two sessions of 12 slots of 15 minutes a day of each physician, from 08:00 and 14:00.
func benchSessions(physicians int) []slots.Session {
	sessions := make([]slots.Session, 0, physicians*benchDays*2)
	all := make([]slots.Slot, physicians*benchDays*2*benchSlots)
	names := make([]string, physicians)
	for p := range physicians {
		names[p] = fmt.Sprintf("P%04d", p)
	}
	for day := range benchDays {
		for half := range 2 {
			date := benchFirst.AddDays(day)
			start, _ := slots.Resolve(date, slots.MustClock([]string{"08:00", "14:00"}[half]), china)
			for p, name := range names {
				run := all[:benchSlots:benchSlots]
				all = all[benchSlots:]
				for i := range run {
					run[i] = slots.Slot{Start: start.AddMinutes(15 * i), Minutes: 15, Capacity: 1}
				}
				sessions = append(sessions, slots.Session{ID: fmt.Sprintf("%s-%d/%v", name, half, date), Rule: fmt.Sprintf("%s-%d", name, half), Date: date,
					Line:      slots.Line{Department: fmt.Sprint("D", p/benchGroup), Service: fmt.Sprintf("S%d", p/10), Kind: slots.General, Site: []string{"east", "west"}[p%2]},
					Resources: []string{name}, Start: start, Minutes: 180, Slots: run})
			}
		}
	}
	return sessions
}

// benchWorlds are ways in which 99 of 100 slots are taken. free draws whether a slot stays free.
var benchWorlds = []struct {
	name   string
	free   func(r *rand.Rand, day, half, slot int) bool
	barred bool // the class is barred in the first 75 days
}{
	{"anywhere", func(r *rand.Rand, _, _, _ int) bool { return r.Intn(100) == 0 }, false},
	{"full75", func(r *rand.Rand, day, _, _ int) bool { return day >= benchFullDays && r.Intn(100) < 6 }, false},
	{"barred75", func(r *rand.Rand, _, _, _ int) bool { return r.Intn(100) == 0 }, true},
	// Only what is not asked for is free for 75 days: the worst for windows.
	{"afternoons75", func(r *rand.Rand, day, half, _ int) bool {
		return (day >= benchFullDays || half == 1) && r.Intn(100) == 0
	}, false},
	{"singles75", func(r *rand.Rand, day, _, slot int) bool {
		return day >= benchFullDays && r.Intn(2) == 0 || slot%2 == 0 && r.Intn(50) == 0
	}, false},
}

// benchmarked is an index with its scan over slots in order of start.
type benchmarked struct {
	index    *search.Index
	all      []slots.Session
	first    slots.Instant
	scanned  map[string][]scanSlot // by physician and by department
	admitted []bool                // by session
	frees    []bool                // by session and slot
	names    []string              // of physicians
}

// scanSlot has all that a scan asks at hand.
type scanSlot struct {
	start   slots.Instant
	session int32
	slot    uint16
	weekday uint8
	hour    uint8
	west    bool
	free    bool
}

func newBenchmarked(tb testing.TB, physicians int, world string, scan bool) *benchmarked {
	b := &benchmarked{all: benchSessions(physicians), scanned: map[string][]scanSlot{}}
	index, err := search.New(search.Config{Sessions: b.all, Location: china, Classes: []string{"app", "window", "referral"}})
	require.NoError(tb, err)
	b.index, b.first = index, b.all[0].Start
	for p := range physicians {
		b.names = append(b.names, fmt.Sprintf("P%04d", p))
	}
	r := rand.New(rand.NewSource(1))
	for _, w := range benchWorlds {
		if w.name == world {
			for i := range b.all {
				s := &b.all[i]
				day, half := i/(2*physicians), i/physicians%2
				barred := w.barred && day < benchFullDays
				if barred {
					require.NoError(tb, index.Bar(int32(i), 1))
				}
				b.admitted = append(b.admitted, !barred)
				for n := range s.Slots {
					free := w.free(r, day, half, n)
					b.frees = append(b.frees, free)
					if !free {
						if err := index.Take(search.Spot{Session: int32(i), Slot: uint16(n), Count: 1}); err != nil {
							tb.Fatal(err)
						}
					}
					if scan {
						at := s.Slots[n].Start.In(china)
						e := scanSlot{s.Slots[n].Start, int32(i), uint16(n), uint8((int(at.Weekday())+6)%7 + 1), uint8(at.Hour()), s.Line.Site == "west", free}
						b.scanned[s.Resources[0]] = append(b.scanned[s.Resources[0]], e)
						b.scanned[s.Line.Department] = append(b.scanned[s.Line.Department], e)
					}
				}
			}
		}
	}
	for _, list := range b.scanned { // each is sorted by itself: any order of walking serves
		slices.SortStableFunc(list, func(a, b scanSlot) int { return int(a.start - b.start) })
	}
	return b
}

// benchQuestion is one kind of question.
type benchQuestion struct {
	name  string
	query search.Query
	n     int
	want  func(*scanSlot) bool // beyond free and admitted
}

func benchQuestions() []benchQuestion {
	any := func(*scanSlot) bool { return true }
	mornings := []search.Window{{From: slots.MustClock("07:00"), Until: slots.MustClock("12:00")}}
	days := slots.WeekdaysOf(slots.Monday, slots.Wednesday, slots.Thursday)
	return []benchQuestion{
		{"department", search.Query{Department: "D0", Class: "app"}, 1, any},
		{"physician", search.Query{Resource: "P0042", Class: "app"}, 1, any},
		{"ten-mornings", search.Query{Department: "D0", Class: "app", Weekdays: days, Windows: mornings}, 10, func(s *scanSlot) bool {
			return s.hour < 12 && (s.weekday == 1 || s.weekday == 3 || s.weekday == 4)
		}},
		{"ten-mornings-physician", search.Query{Resource: "P0042", Class: "app", Weekdays: days, Windows: mornings}, 10, func(s *scanSlot) bool {
			return s.hour < 12 && (s.weekday == 1 || s.weekday == 3 || s.weekday == 4)
		}},
		{"two-in-a-row", search.Query{Department: "D0", Class: "app", Count: 2}, 1, any},
		{"site", search.Query{Department: "D0", Class: "app", Sites: []string{"west"}}, 1, func(s *scanSlot) bool { return s.west }},
	}
}

func (q *benchQuestion) list() string { return q.query.Resource + q.query.Department }

// scan is the baseline: from the first slot at or after from, each slot in order.
func (b *benchmarked) scan(q *benchQuestion, list []scanSlot, from slots.Instant, dst []search.Spot) []search.Spot {
	for i := sort.Search(len(list), func(i int) bool { return list[i].start >= from }); i < len(list) && len(dst) < q.n; i++ {
		s, count := &list[i], max(1, q.query.Count)
		if !s.free || !b.admitted[s.session] || !q.want(s) ||
			count == 2 && (s.slot+1 == benchSlots || !b.frees[int(s.session)*benchSlots+int(s.slot)+1]) {
			continue
		}
		dst = append(dst, search.Spot{Session: s.session, Slot: s.slot, Count: uint16(count)})
	}
	return dst
}

func collect(p *search.Plan, from slots.Instant, n int, dst []search.Spot) []search.Spot {
	c := p.Cursor(from, 0)
	for spot, ok := c.Next(); ok && len(dst) < n; spot, ok = c.Next() {
		dst = append(dst, spot)
		if len(dst) == n {
			break
		}
	}
	return dst
}

// benchFroms are instants of the first days, as a patient who asks now.
func benchFroms(first slots.Instant, days int) []slots.Instant {
	r := rand.New(rand.NewSource(2))
	froms := make([]slots.Instant, 1024)
	for i := range froms {
		froms[i] = first + slots.Instant(r.Intn(days*24*3600))
	}
	return froms
}

// The scan and the index find the same, in all worlds of the benchmark.
func TestBenchmarkBaselineAgrees(t *testing.T) {
	for _, w := range benchWorlds {
		b := newBenchmarked(t, 100, w.name, true)
		for _, q := range benchQuestions() {
			plan, err := b.index.Plan(q.query)
			require.NoError(t, err)
			for _, from := range benchFroms(b.first, 90)[:40] {
				want := b.scan(&q, b.scanned[q.list()], from, nil)
				require.Equal(t, want, collect(plan, from, q.n, nil), "%s %s from %v", w.name, q.name, from)
			}
		}
	}
}

// BenchmarkNextAvailable: ns/op is one question. bound is two dependent random reads of as much memory as the index's; scan walks a sorted
// table of slots with all that is asked at hand.
func BenchmarkNextAvailable(b *testing.B) {
	for _, w := range benchWorlds {
		world := newBenchmarked(b, 100, w.name, true)
		froms := benchFroms(world.first, 5)
		for _, q := range benchQuestions() {
			name := w.name + "/" + q.name
			list := world.scanned[q.list()]
			dst := make([]search.Spot, 0, q.n)
			plan, err := world.index.Plan(q.query)
			require.NoError(b, err)
			b.Run(name+"/ours", func(b *testing.B) {
				b.ReportAllocs()
				for i := range b.N {
					if q.n == 1 {
						plan.First(froms[i&1023], 0)
					} else {
						dst = collect(plan, froms[i&1023], q.n, dst[:0])
					}
				}
			})
			b.Run(name+"/plan", func(b *testing.B) {
				b.ReportAllocs()
				for range b.N {
					_, _ = world.index.Plan(q.query)
				}
			})
			b.Run(name+"/scan", func(b *testing.B) {
				for i := range b.N {
					dst = world.scan(&q, list, froms[i&1023], dst[:0])
				}
			})
		}
		benchBound(b, w.name, world.index)
	}
}

func benchBound(b *testing.B, name string, index *search.Index) {
	bits, directory := index.Bytes()
	table := make([]uint32, (bits+directory)/4)
	r := rand.New(rand.NewSource(3))
	for i := range table {
		table[i] = uint32(r.Intn(len(table)))
	}
	b.Run(name+"/bound", func(b *testing.B) {
		at := uint32(0)
		for i := range b.N {
			at = table[table[(at+uint32(i)*2654435761)%uint32(len(table))]]
		}
		require.Less(b, int(at), len(table))
	})
}

// BenchmarkLarge: 2,000 physicians, 4.3 million slots: making the index, its size, taking and freeing, and questions of random physicians and
// departments.
func BenchmarkLarge(b *testing.B) {
	const physicians = 2000
	var world *benchmarked
	all := benchSessions(physicians)
	b.Run("new", func(b *testing.B) {
		for range b.N {
			index, err := search.New(search.Config{Sessions: all, Location: china, Classes: []string{"app", "window", "referral"}})
			require.NoError(b, err)
			bits, directory := index.Bytes()
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(index.Slots()), "ns/slot")
			b.ReportMetric(8*float64(bits)/float64(index.Slots()), "bits/slot")
			b.ReportMetric(float64(directory)/float64(index.Sessions()), "directory-B/session")
			before := liveBytes()
			again, err := search.New(search.Config{Sessions: all, Location: china, Classes: []string{"app", "window", "referral"}})
			require.NoError(b, err)
			b.ReportMetric(float64(liveBytes()-before)/float64(again.Sessions()), "heap-B/session")
			runtime.KeepAlive(again)
		}
	})
	for _, w := range []string{"anywhere", "full75", "barred75"} {
		world = newBenchmarked(b, physicians, w, false)
		froms := benchFroms(world.first, 5)
		var physicianPlans, departmentPlans []*search.Plan
		for p := range physicians {
			plan, err := world.index.Plan(search.Query{Resource: world.names[p], Class: "app"})
			require.NoError(b, err)
			physicianPlans = append(physicianPlans, plan)
		}
		for d := range physicians / benchGroup {
			plan, err := world.index.Plan(search.Query{Department: fmt.Sprint("D", d), Class: "app"})
			require.NoError(b, err)
			departmentPlans = append(departmentPlans, plan)
		}
		r := rand.New(rand.NewSource(4))
		order := make([]int32, 1<<16)
		for i := range order {
			order[i] = int32(r.Intn(physicians))
		}
		b.Run(w+"/physician/ours", func(b *testing.B) {
			b.ReportAllocs()
			for i := range b.N {
				physicianPlans[order[i&65535]].First(froms[i&1023], 0)
			}
		})
		b.Run(w+"/department/ours", func(b *testing.B) {
			b.ReportAllocs()
			for i := range b.N {
				departmentPlans[int(order[i&65535])%len(departmentPlans)].First(froms[i&1023], 0)
			}
		})
		benchBound(b, w, world.index)
	}
	r := rand.New(rand.NewSource(5))
	spots := make([]search.Spot, 1<<16)
	for i := range spots {
		spots[i] = search.Spot{Session: int32(r.Intn(len(all))), Slot: uint16(r.Intn(benchSlots)), Count: 1}
	}
	b.Run("take-and-free/ours", func(b *testing.B) {
		b.ReportAllocs()
		for i := range b.N {
			s := spots[i>>1&65535]
			if i&1 == 0 {
				_ = world.index.Free(s)
			} else {
				_ = world.index.Take(s)
			}
		}
	})
}

func liveBytes() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// BenchmarkJoint: the first quarter of an hour that suits two and three physicians, each a tenth free: all the time, or only after 75
// days. scan walks the slots of the first and looks up each free one's start with the others (right only because all
// slots start together).
func BenchmarkJoint(b *testing.B) {
	for _, name := range []string{"anywhere", "full75"} {
		world := newBenchmarked(b, 100, name, true)
		r := rand.New(rand.NewSource(6))
		for i := range world.all {
			for n := range benchSlots {
				if r.Intn(10) > 0 || name == "full75" && i < 200*benchFullDays {
					continue
				}
				require.NoError(b, world.index.Free(search.Spot{Session: int32(i), Slot: uint16(n), Count: 1}))
				list := world.scanned[world.all[i].Resources[0]]
				list[slotAt(list, world.all[i].Slots[n].Start)].free = true
			}
		}
		benchJoint(b, world, name+"/of2", 2)
		benchJoint(b, world, name+"/of3", 3)
		benchBound(b, name, world.index)
	}
}

func benchJoint(b *testing.B, world *benchmarked, name string, n int) {
	froms := benchFroms(world.first, 30)
	var plans []*search.Plan
	var lists [][]scanSlot
	for p := range n {
		plan, err := world.index.Plan(search.Query{Resource: world.names[p], Class: "app"})
		require.NoError(b, err)
		plans, lists = append(plans, plan), append(lists, world.scanned[world.names[p]])
	}
	joint, err := world.index.Joint(15, plans...)
	require.NoError(b, err)
	for _, from := range froms {
		m, o := joint.First(from, 0)
		start, ok := scanJoint(lists, from)
		require.Equal(b, ok, o == search.Found)
		require.Equal(b, start, m.Start)
	}
	b.Run(name+"/ours", func(b *testing.B) {
		b.ReportAllocs()
		for i := range b.N {
			joint.First(froms[i&1023], 0)
		}
	})
	b.Run(name+"/scan", func(b *testing.B) {
		for i := range b.N {
			scanJoint(lists, froms[i&1023])
		}
	})
}

func slotAt(list []scanSlot, start slots.Instant) int {
	return sort.Search(len(list), func(i int) bool { return list[i].start >= start })
}

func scanJoint(lists [][]scanSlot, from slots.Instant) (slots.Instant, bool) {
	for i := slotAt(lists[0], from); i < len(lists[0]); i++ {
		all := lists[0][i].free
		for n := 1; n < len(lists) && all; n++ {
			at := slotAt(lists[n], lists[0][i].start)
			all = at < len(lists[n]) && lists[n][at].start == lists[0][i].start && lists[n][at].free
		}
		if all {
			return lists[0][i].start, true
		}
	}
	return 0, false
}
