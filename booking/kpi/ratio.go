package kpi

import "fmt"

// Ratio is Part / Whole, as counted. A ratio of nothing (Whole 0) is no ratio, and is not 0.
type Ratio struct{ Part, Whole int64 }

// IsValid reports whether there is anything to divide by.
func (r Ratio) IsValid() bool { return r.Whole > 0 }

// Permille is the ratio in thousandths, rounded half up; 0 for a ratio of nothing. Part is at least 0.
func (r Ratio) Permille() int64 {
	if !r.IsValid() {
		return 0
	}
	return (2000*r.Part + r.Whole) / (2 * r.Whole)
}

// Float64 is the ratio for charts; 0 for a ratio of nothing. Nothing is to be decided by it.
func (r Ratio) Float64() float64 {
	if !r.IsValid() {
		return 0
	}
	return float64(r.Part) / float64(r.Whole)
}

// String is the percentage to one decimal, or "-" for a ratio of nothing.
func (r Ratio) String() string {
	if !r.IsValid() {
		return "-"
	}
	p := r.Permille()
	return fmt.Sprintf("%d.%d%%", p/10, p%10)
}
