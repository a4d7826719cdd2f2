package kpi

import "slices"

// Distribution is what is said of a list of whole numbers. All are 0 where Count is.
type Distribution struct {
	Count, Sum int64
	Min, Max   int64
	// Median and P90 are by nearest rank: the least member that at least half, or nine tenths, do not exceed.
	Median, P90 int64
}

// Mean is the sum over the count.
func (d Distribution) Mean() Ratio { return Ratio{d.Sum, d.Count} }

// distributionOf sorts values in place and says what is said of them.
func distributionOf(values []int64) Distribution {
	if len(values) == 0 {
		return Distribution{}
	}
	slices.Sort(values)
	d := Distribution{Count: int64(len(values)), Min: values[0], Max: values[len(values)-1]}
	for _, v := range values {
		d.Sum += v
	}
	d.Median, d.P90 = values[nearestRank(d.Count, 5)], values[nearestRank(d.Count, 9)]
	return d
}

// nearestRank is the index of the member at tenths/10 of n members: ceil(n × tenths / 10) − 1.
func nearestRank(n, tenths int64) int64 { return (n*tenths+9)/10 - 1 }
