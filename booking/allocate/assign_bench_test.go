package allocate_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/haoyuan-go/haoyuan/booking/allocate"
)

// cityWorlds are the worlds of the figures.
var cityWorlds = []struct {
	name    string
	percent int
	joined  bool
}{{"loose", 150, false}, {"tight", 102, false}, {"over", 85, false}, {"joined", 102, true}}

// best is the least of some runs: other work on the machine is not the question.
func best(runs int, f func()) time.Duration {
	least := time.Hour
	for range runs {
		runtime.GC()
		start := time.Now()
		f()
		least = min(least, time.Since(start))
	}
	return least
}

// BenchmarkAssign gives, for each world and size, the least times of some runs, in milliseconds: reading the round (read), solving it
// (ours), checking the certificate (check), and the textbook's successive shortest paths on the same world in the same run (naive), which
// has no classes, no canonical answer and no certificate.
func BenchmarkAssign(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		for _, w := range cityWorlds {
			b.Run(fmt.Sprintf("%s/%d", w.name, n), func(b *testing.B) {
				r := cityWorld(1, n, w.percent, w.joined)
				runs := max(1, min(10, 100_000/n))
				report := func(name string, d time.Duration) { b.ReportMetric(float64(d.Microseconds())/1000, name+"-ms") }
				for b.Loop() {
					var p *allocate.AssignProblem
					var plan allocate.AssignPlan
					report("read", best(runs, func() { p, _ = allocate.NewAssignProblem(r) }))
					report("ours", best(runs, func() { plan = allocate.Assign(p, allocate.AssignEffort{}) }))
					report("check", best(runs, func() { require.NoError(b, allocate.VerifyAssign(p, plan)) }))
					if n > 10_000 {
						continue
					}
					var g *naive
					total := int64(0)
					report("naive", best(min(runs, 3), func() {
						g = newNaive(r)
						start := time.Now()
						total = g.solve(n)
						b.ReportMetric(float64(time.Since(start).Microseconds())/1000, "naive-solve-ms")
					}))
					require.Equal(b, total, plan.Objective.Cost)
				}
			})
		}
	}
}

// BenchmarkAssignWarm changes at most 0.1 % of the options: patients depart and others arrive, slots close and open again; it gives the
// time of a change beside that of solving the same round afresh.
func BenchmarkAssignWarm(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		for _, w := range cityWorlds {
			b.Run(fmt.Sprintf("%s/%d", w.name, n), func(b *testing.B) {
				r := cityWorld(1, n, w.percent, w.joined)
				spare := cityWorld(2, n, w.percent, w.joined) // arrivals, with the slots of this round
				p, err := allocate.NewAssignProblem(r)
				require.NoError(b, err)
				for b.Loop() {
					cold := best(3, func() { allocate.Assign(p, allocate.AssignEffort{}) })
					solver, err := allocate.NewAssignSolver(r, allocate.AssignEffort{})
					require.NoError(b, err)
					warm, changes := time.Duration(0), 20
					for k := range changes {
						c := warmChange(r, spare, k, n/2000)
						start := time.Now()
						_, err := solver.Apply(c)
						warm += time.Since(start)
						require.NoError(b, err)
					}
					b.ReportMetric(float64(cold.Microseconds())/1000, "cold-ms")
					b.ReportMetric(float64(warm.Microseconds())/1000/float64(changes), "warm-ms")
					b.ReportMetric(100*float64(warm)/float64(changes)/float64(cold), "warm-%")
				}
			})
		}
	}
}

// warmChange is the k-th change: some patients depart, as many arrive with the options of others, which together is at most 0.1 % of the
// options, and a slot is closed or opened.
func warmChange(r, spare allocate.AssignRound, k, some int) allocate.AssignChange {
	var c allocate.AssignChange
	for i := range some {
		gone := r.Patients[(k*some+i)*37%len(r.Patients)]
		came := gone
		came.ID = fmt.Sprintf("new%d-%d", k, i)
		came.UnassignedCost = spare.Patients[(k*some+i)*41%len(r.Patients)].UnassignedCost
		c.Depart, c.Arrive = append(c.Depart, gone.ID), append(c.Arrive, came)
	}
	s := r.Slots[k/2*101%len(r.Slots)]
	if k%2 == 0 {
		s.Capacity = 0
	}
	c.Slots = []allocate.AssignSlot{s}
	return c
}

// BenchmarkAssignMemory gives the bytes for each option that solving takes at its peak, the round itself counted and the plan not:
// collected often, so that little of what is no longer used is counted. What it does not see is four bytes for each option of the
// largest part in which some slot was priced too high at first (intoLists).
func BenchmarkAssignMemory(b *testing.B) {
	for _, w := range cityWorlds {
		b.Run(w.name, func(b *testing.B) {
			for b.Loop() {
				heap := func() uint64 {
					var m runtime.MemStats
					runtime.GC()
					runtime.ReadMemStats(&m)
					return m.HeapAlloc
				}
				before := heap()
				r := cityWorld(1, 20_000, w.percent, w.joined)
				round := heap() - before
				p, err := allocate.NewAssignProblem(r)
				require.NoError(b, err)
				read := heap() - before
				peak := read
				plan := allocate.Assign(p, allocate.AssignEffort{Progress: func(p allocate.AssignProgress) bool {
					if p.Placed%4096 == 0 || p.Placed > 19_000 {
						peak = max(peak, heap()-before)
					}
					return true
				}})
				require.Equal(b, allocate.AssignBest, plan.Outcome)
				options := float64(p.Options())
				b.ReportMetric(float64(round)/options, "round-B/option")
				b.ReportMetric(float64(read)/options, "read-B/option")
				b.ReportMetric(float64(peak)/options, "peak-B/option")
				runtime.KeepAlive(r)
			}
		})
	}
}

// BenchmarkAssignQuota gives what a quota costs: the same world without quotas (plain), with one over the whole that lets three in ten of a
// third of the patients have slots (whole), which stays a flow, and with one on each slot as well (slots), in milliseconds, and the ratios.
func BenchmarkAssignQuota(b *testing.B) {
	for _, n := range []int{500, 2_000} {
		for _, w := range cityWorlds[:3] {
			b.Run(fmt.Sprintf("%s/%d", w.name, n), func(b *testing.B) {
				r := cityWorld(1, n, w.percent, w.joined)
				for i := range r.Patients {
					r.Patients[i].Channel = []string{"app", "window", "referral"}[i%3]
				}
				whole := []allocate.AssignQuota{{Channel: "app", Most: n / 10}}
				slots := slices.Clone(whole)
				for _, s := range r.Slots {
					slots = append(slots, allocate.AssignQuota{Channel: "window", Slot: s.ID, Most: 1})
				}
				for b.Loop() {
					plain := time.Duration(0)
					for _, c := range []struct {
						name   string
						quotas []allocate.AssignQuota
					}{{"plain", nil}, {"whole", whole}, {"slots", slots}} {
						r.Quotas = c.quotas
						p, err := allocate.NewAssignProblem(r)
						require.NoError(b, err)
						d := best(3, func() { allocate.Assign(p, allocate.AssignEffort{}) })
						if c.quotas == nil {
							plain = d
						}
						b.ReportMetric(float64(d.Microseconds())/1000, c.name+"-ms")
						b.ReportMetric(float64(d)/float64(plain), c.name+"-ratio")
					}
				}
			})
		}
	}
}
