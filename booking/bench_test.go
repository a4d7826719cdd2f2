package booking_test

import (
	"fmt"
	"runtime"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking"
)

const (
	benchPhysicians = 2000
	benchN          = 1_000_000
)

// driver runs requests against a Book through handles.
type driver struct {
	book  *booking.Book
	batch booking.Batch
	bear  [benchChannels]booking.Bearing
	ids   []booking.Appointment // by request
	log   *booking.Log
}

func (d *driver) run(all []benchRequest, i int) (done bool, err error) {
	q := &all[i]
	op, key := q.op, q.key
	source := q
	if op == opRetry {
		source = &all[q.target]
		op, key = source.op, source.key
		if op == opRetry {
			op, source, key = opNamed, q, q.key
		}
	}
	m := booking.Meta{At: q.at, Key: key, Caller: 1, Made: source.at}
	var r booking.Reply
	switch op {
	case opCancel:
		r, err = d.book.Decide(&d.batch, booking.Cancel{Meta: m, Appointment: d.ids[source.target], By: booking.ByPatient})
	case opNext:
		r, err = d.book.Decide(&d.batch, booking.Take{Meta: m, Request: booking.Request{Person: booking.Person(source.person), Bear: d.bear[source.channel],
			Resource: booking.Resource(source.resource), From: source.from}})
	default:
		r, err = d.book.Decide(&d.batch, booking.Take{Meta: m, Request: booking.Request{Person: booking.Person(source.person), Bear: d.bear[source.channel],
			Slot: booking.Slot{Session: booking.Session(source.session), N: source.slot}}})
	}
	if err != nil {
		return false, err
	}
	if r.Outcome == booking.Done && !r.Repeat {
		if d.log != nil {
			if err := d.log.Append(&d.batch); err != nil {
				return false, err
			}
		}
		if err := d.book.Apply(&d.batch); err != nil {
			return false, err
		}
	}
	d.batch.Reset()
	d.ids[i] = r.Appointment
	return r.Outcome == booking.Done, nil
}

// The naive pool and the Book answer every request of a smaller world alike: the baseline plays by the same rules.
func TestBenchmarkBaselineAgrees(t *testing.T) {
	all := benchRequests(20_000, 40, 7)
	b, _ := benchWorld(t, 40, 10_000)
	d := &driver{book: b, bear: benchBearings(t), ids: make([]booking.Appointment, len(all))}
	naive, ids := newNaivePool(40), make([]uint32, len(all))
	accepted := 0
	for i := range all {
		done, err := d.run(all, i)
		require.NoError(t, err)
		id, ok := runNaive(naive, all, ids, i)
		require.Equal(t, ok, done, "request %d: %+v", i, all[i])
		require.Equal(t, id, uint32(d.ids[i]), "request %d: %+v", i, all[i])
		if done {
			accepted++
		}
	}
	require.Greater(t, accepted, len(all)/4)
	require.Empty(t, b.Check())
}

func runNaive(p *naivePool, all []benchRequest, ids []uint32, i int) (uint32, bool) {
	q := all[i]
	if q.op == opRetry {
		source := all[q.target]
		if source.op == opRetry {
			q.op = opNamed
		} else {
			source.at = q.at
			q = source
		}
	}
	cancelled := uint32(0)
	if q.op == opCancel {
		cancelled = ids[q.target]
	}
	id, ok := p.do(&q, cancelled)
	ids[i] = id
	return id, ok
}

// BenchmarkRequests: ns/op is one request. bound is two dependent random counters a request, over as many slots and persons
// and the same 64-byte requests.
func BenchmarkRequests(b *testing.B) {
	all := benchRequests(benchN, benchPhysicians, 1)
	require.EqualValues(b, 64, unsafe.Sizeof(all[0]))
	b.Run("bound", func(b *testing.B) { benchBound(b, all) })
	b.Run("ours", func(b *testing.B) {
		world, _ := benchWorld(b, benchPhysicians, benchN/2)
		snapshot := world.Snapshot(nil)
		b.ReportAllocs()
		benchLoop(b, len(all), func() func(int) {
			fresh, err := booking.Restore(benchRules(b), snapshot)
			require.NoError(b, err)
			d := &driver{book: fresh, bear: benchBearings(b), ids: make([]booking.Appointment, len(all))}
			return func(i int) {
				if _, err := d.run(all, i); err != nil {
					b.Fatal(err)
				}
			}
		})
	})
	b.Run("names", func(b *testing.B) {
		world, _ := benchWorld(b, benchPhysicians, benchN/2)
		benchNames(b, all, world.Snapshot(nil))
	})
	b.Run("naive", func(b *testing.B) {
		benchLoop(b, len(all), func() func(int) {
			p, ids := newNaivePool(benchPhysicians), make([]uint32, len(all))
			return func(i int) { runNaive(p, all, ids, i) }
		})
	})
}

// benchLoop runs b.N requests, with a fresh world for each whole pass over them.
func benchLoop(b *testing.B, n int, world func() func(int)) {
	b.ResetTimer()
	for done := 0; done < b.N; done += n {
		b.StopTimer()
		run := world()
		runtime.GC()
		b.StartTimer()
		for i := range min(n, b.N-done) {
			run(i)
		}
	}
}

func benchBound(b *testing.B, all []benchRequest) {
	slotCounters := make([]uint32, benchPhysicians*benchDays*2*benchSlots)
	personCounters := make([]uint32, benchN)
	b.ResetTimer()
	for n := range b.N {
		q := &all[n%len(all)]
		s := &slotCounters[(q.session-1)*benchSlots+uint32(q.slot)]
		*s++
		personCounters[(q.person+*s)%benchN]++
	}
}

func benchNames(b *testing.B, all []benchRequest, snapshot []byte) {
	persons := make([]string, benchN/2+1)
	for i := range persons {
		persons[i] = personName(uint32(i))
	}
	physicians := make([]string, benchPhysicians+1)
	for i := range physicians {
		physicians[i] = physicianName(i - 1)
	}
	sessions := make([]string, benchPhysicians*benchDays*2+1)
	for i := range sessions {
		sessions[i] = sessionName(i - 1)
	}
	channels := [benchChannels]string{}
	for i := range channels {
		channels[i] = fmt.Sprintf("channel %d", i)
	}
	b.ReportAllocs()
	benchLoop(b, len(all), func() func(int) {
		fresh, err := booking.Restore(benchRules(b), snapshot)
		require.NoError(b, err)
		desk, err := booking.NewDesk(fresh, fresh.Clock(), nil)
		require.NoError(b, err)
		ids := make([]booking.Appointment, len(all))
		return func(i int) {
			q := &all[i]
			if q.op == opCancel {
				_ = desk.Cancel(q.at, ids[q.target], booking.ByPatient)
				return
			}
			a := booking.Ask{Person: persons[q.person], Channel: channels[q.channel]}
			if q.op == opNext {
				a.Resource, a.From = physicians[q.resource], q.from
			} else {
				a.Session, a.N = sessions[q.session], int(q.slot)
			}
			ids[i], _ = desk.Book(q.at, a)
		}
	})
}

// BenchmarkReplay: ns/op is one event of the log of a whole pass. bound reads the log's bytes once and touches one random
// counter an event; naive replays the JSON form of the same batches; ours decodes and applies the binary form.
func BenchmarkReplay(b *testing.B) {
	world, log := benchPlayed(b)
	events := int(log.Events())
	b.Run("bound", func(b *testing.B) {
		counters := make([]uint32, benchPhysicians*benchDays*2*benchSlots)
		for done := 0; done < b.N; done += events {
			sum, r := byte(0), benchRand(1)
			for _, c := range log.Bytes() {
				sum ^= c
			}
			for range events {
				counters[r.below(len(counters))] += uint32(sum)
			}
		}
	})
	b.Run("ours", func(b *testing.B) {
		for done := 0; done < b.N; done += events {
			again, err := booking.Replay(benchRules(b), log)
			require.NoError(b, err)
			require.Equal(b, world.Events(), again.Events())
		}
	})
	b.Run("naive", func(b *testing.B) {
		var lines [][]byte
		for t, err := range log.All() {
			require.NoError(b, err)
			line, err := t.MarshalJSON()
			require.NoError(b, err)
			lines = append(lines, line)
		}
		b.ResetTimer()
		for done := 0; done < b.N; done += events {
			again := booking.New(benchRules(b))
			for _, line := range lines {
				var t booking.Batch
				require.NoError(b, t.UnmarshalJSON(line))
				require.NoError(b, again.Apply(&t))
			}
		}
	})
}

// BenchmarkSnapshot reports MB/s of the snapshot's bytes.
func BenchmarkSnapshot(b *testing.B) {
	world, _ := benchPlayed(b)
	data := world.Snapshot(nil)
	b.Run("bound", func(b *testing.B) { // copying as many bytes
		dst := make([]byte, len(data))
		b.SetBytes(int64(len(data)))
		for range b.N {
			copy(dst, data)
		}
	})
	b.Run("snapshot", func(b *testing.B) {
		dst := make([]byte, 0, len(data))
		b.SetBytes(int64(len(data)))
		for range b.N {
			dst = world.Snapshot(dst[:0])
		}
	})
	b.Run("restore", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for range b.N {
			_, err := booking.Restore(benchRules(b), data)
			require.NoError(b, err)
		}
	})
}

func benchPlayed(b *testing.B) (*booking.Book, *booking.Log) {
	all := benchRequests(benchN, benchPhysicians, 1)
	world, log := benchWorld(b, benchPhysicians, benchN/2)
	d := &driver{book: world, bear: benchBearings(b), ids: make([]booking.Appointment, len(all)), log: log}
	for i := range all {
		if _, err := d.run(all, i); err != nil {
			b.Fatal(err)
		}
	}
	return world, log
}

// BenchmarkMemory reports live heap: bytes a slot before any booking, a live appointment and a key after a whole pass.
func BenchmarkMemory(b *testing.B) {
	all := benchRequests(benchN, benchPhysicians, 1)
	live := func() uint64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	for range b.N {
		base := live()
		world, _ := benchWorld(b, benchPhysicians, benchN/2)
		opened := live() - base
		keyed := &driver{book: world, bear: benchBearings(b), ids: make([]booking.Appointment, len(all))}
		done := 0
		for i := range all {
			ok, err := keyed.run(all, i)
			require.NoError(b, err)
			if ok {
				done++
			}
		}
		after := live() - base
		b.ReportMetric(float64(opened)/float64(benchPhysicians*benchDays*2*benchSlots), "B/slot+names")
		b.ReportMetric(float64(after-opened)/float64(done), "B/(appointment+key)")
		runtime.KeepAlive(keyed)
		runtime.KeepAlive(world)
	}
}

// BenchmarkGrowth: the same requests over worlds of 10^4 to 10^7 slots: time may grow with cache misses only.
func BenchmarkGrowth(b *testing.B) {
	for _, physicians := range []int{28, 280, 2800, 28000} {
		b.Run(fmt.Sprintf("slots=%d", physicians*benchDays*2*benchSlots), func(b *testing.B) {
			n := physicians * 500
			all := benchRequests(n, physicians, 1)
			world, _ := benchWorld(b, physicians, n/2)
			snapshot := world.Snapshot(nil)
			benchLoop(b, n, func() func(int) {
				fresh, err := booking.Restore(benchRules(b), snapshot)
				require.NoError(b, err)
				d := &driver{book: fresh, bear: benchBearings(b), ids: make([]booking.Appointment, len(all))}
				return func(i int) {
					if _, err := d.run(all, i); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}
