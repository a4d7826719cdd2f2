package fit

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// skewed is a year of a physician's consultations: 4,000, mean about 13 minutes, the longest about an hour.
func skewed() []Observation {
	chance := splitMix{state: 3}
	var list []Observation
	for range 4000 {
		seconds := 150 + chance.below(400) + chance.below(600)
		if chance.below(10) == 0 {
			seconds += chance.below(2500)
		}
		list = append(list, Observation{"Li", "v", int64(seconds + 100), ""})
	}
	return list
}

// BenchmarkRecommend searches eleven slot lengths with one to five patients each, 55 candidates of a morning of 240 minutes. Beside it
// as many multiplications and additions row by row and nothing else; and 1,000 played sessions for each candidate, which leave a
// probability of 5 % uncertain by 1.4 points.
func BenchmarkRecommend(b *testing.B) {
	h, err := NewHistory(skewed())
	require.NoError(b, err)
	s := Shape{Resource: "Li", LeastObservations: 100, Visit: Visit{"v", 0}, SessionMinutes: 240, MaxCapacity: 5}
	target := Target{GraceMinutes: 10, Limits: []Limit{{OverrunChance, 500}, {MeanWait, 900}}}

	b.Run("ours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			r, err := h.Recommend(s, target)
			require.NoError(b, err)
			require.Len(b, r.Candidates, 55)
		}
	})
	b.Run("products", func(b *testing.B) {
		plans := plansOf(s)
		services := []service{h.mix("Li", "v", 0).service(usual())}
		var w work
		var widths []int
		for _, p := range plans { // the widths that occur
			w.reset()
			now := 0
			for _, a := range p.arrivals {
				w.pass(a.offset - now)
				now = a.offset
				widths = append(widths, len(w.mass))
				w.add(&services[0])
			}
		}
		products := 0
		row := services[0].mass
		sum := make([]float64, 1<<16)
		for b.Loop() {
			products = 0
			for _, n := range widths {
				for i := range n {
					to := sum[i:][:len(row)]
					for j, x := range row {
						to[j] += float64(0.25 * x)
					}
				}
				products += n * len(row)
			}
			clear(sum)
		}
		b.ReportMetric(float64(products), "products/op")
	})
	b.Run("played", func(b *testing.B) {
		plans := plansOf(s)
		var seconds []int
		for _, o := range skewed() {
			seconds = append(seconds, int(o.Seconds))
		}
		chance := splitMix{state: 5}
		late := 0
		for b.Loop() {
			for _, p := range plans {
				for range 1000 {
					free := 0
					for _, a := range p.arrivals {
						free = max(free, 60*a.offset) + seconds[chance.below(len(seconds))]
					}
					if free > 60*p.length {
						late++
					}
				}
			}
		}
	})
}

func plansOf(s Shape) (plans []*plan) {
	for _, length := range s.lengths() {
		for capacity := range s.MaxCapacity {
			p, _ := s.Template(length, capacity+1, 10).plan()
			plans = append(plans, p)
		}
	}
	return plans
}

// BenchmarkEvaluate is one morning of 16 patients, each a quarter of an hour.
func BenchmarkEvaluate(b *testing.B) {
	h, err := NewHistory(skewed())
	require.NoError(b, err)
	t := Shape{Resource: "Li", LeastObservations: 100, Visit: Visit{"v", 0}, SessionMinutes: 240, MaxCapacity: 1}.Template(15, 1, 10)
	b.ReportAllocs()
	for b.Loop() {
		_, err := h.Evaluate(t)
		require.NoError(b, err)
	}
}

// BenchmarkInterval is the same with 200 resamples of its 4,000 observations.
func BenchmarkInterval(b *testing.B) {
	h, err := NewHistory(skewed())
	require.NoError(b, err)
	t := Shape{Resource: "Li", Visit: Visit{"v", 0}, SessionMinutes: 240, Resamples: 200}.Template(15, 1, 10)
	b.ReportAllocs()
	for b.Loop() {
		_, err := h.Evaluate(t)
		require.NoError(b, err)
	}
}

// BenchmarkWorst is the most that one evaluation can be asked for: 400 patients in a day, from a minute to four hours each.
func BenchmarkWorst(b *testing.B) {
	var list []Observation
	for i := range int64(MaxConsultationSeconds) {
		list = append(list, Observation{"Li", "v", i + 1, ""})
	}
	h, err := NewHistory(list)
	require.NoError(b, err)
	t := Template{Resource: "Li", SessionMinutes: MaxSessionMinutes}
	for i := range MaxBooked {
		t.Booked = append(t.Booked, Booking{i * 3, Visit{"v", 0}})
	}
	b.ReportAllocs()
	for b.Loop() {
		_, err := h.Evaluate(t)
		require.NoError(b, err)
	}
}

func BenchmarkNewHistory(b *testing.B) {
	list := skewed()
	b.ReportAllocs()
	for b.Loop() {
		_, err := NewHistory(list)
		require.NoError(b, err)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(list)), "ns/observation")
}
