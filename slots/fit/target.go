package fit

import "fmt"

// Measure names the figure that a Limit is about.
type Measure uint8

// The measures, each with the figure and the unit of its limit.
const (
	// OverrunChance: Figures.OverrunBasisPoints, in basis points: 500 is "one session in twenty".
	OverrunChance Measure = 1 + iota
	// MeanOverrun: Figures.OverrunSeconds, in seconds.
	MeanOverrun
	// MeanWait: Figures.MeanWaitSeconds, in seconds.
	MeanWait
	// WorstWait: Figures.WorstWaitSeconds, in seconds.
	WorstWait
)

var measureNames = [...]string{"", "overrun chance", "mean overrun", "mean wait", "worst wait"}

// IsValid reports whether m is one of the measures.
func (m Measure) IsValid() bool { return m >= OverrunChance && m <= WorstWait }

// String returns overrun chance, mean overrun, mean wait or worst wait.
func (m Measure) String() string {
	if !m.IsValid() {
		return fmt.Sprintf("Measure(%d)", uint8(m))
	}
	return measureNames[m]
}

// of picks the figure.
func (m Measure) of(f *Figures) int64 {
	switch m {
	case OverrunChance:
		return f.OverrunBasisPoints
	case MeanOverrun:
		return f.OverrunSeconds
	case MeanWait:
		return f.MeanWaitSeconds
	default:
		return f.WorstWaitSeconds
	}
}

// Limit is one thing asked of a session.
type Limit struct {
	Measure Measure
	// AtMost is the highest figure that will do, in the measure's unit: 0 to 10000 basis points, or 0 to 86400 seconds.
	AtMost int64
}

// Target is what is asked of a session: all of its limits.
type Target struct {
	// GraceMinutes is by how much a session may run late before that counts as overrunning, 0 to MaxSessionMinutes.
	GraceMinutes int
	// Limits, at least one, each measure once. Their order does not matter.
	Limits []Limit
}

func (t Target) check(p *problems) {
	p.Within("GraceMinutes", int64(t.GraceMinutes), 0, MaxSessionMinutes)
	if len(t.Limits) == 0 {
		p.Add("Limits: none, want at least one")
	}
	var seen [WorstWait + 1]bool
	for i, l := range t.Limits {
		at := fmt.Sprintf("Limits[%d].", i)
		switch {
		case !l.Measure.IsValid():
			p.Add("%sMeasure %v: want OverrunChance, MeanOverrun, MeanWait or WorstWait", at, l.Measure)
			continue
		case seen[l.Measure]:
			p.Add("%sMeasure %v: twice", at, l.Measure)
		}
		seen[l.Measure] = true
		most := int64(24 * 60 * 60)
		if l.Measure == OverrunChance {
			most = 10_000
		}
		p.Within(at+"AtMost", l.AtMost, 0, most)
	}
}

// miss is by how much figures miss a target: the largest, over its limits, of excess/(AtMost + 1), kept as a fraction so
// that it compares exactly. The 1 lets "none at all" be missed by more or less.
type miss struct{ excess, limit int64 }

func (t Target) missedBy(f *Figures) miss {
	worst := miss{0, 1}
	for _, l := range t.Limits {
		m := miss{max(l.Measure.of(f)-l.AtMost, 0), l.AtMost + 1}
		if m.compare(worst) > 0 {
			worst = m
		}
	}
	return worst
}

// compare multiplies across; excesses are seconds of a few months at most, limits seconds of a day.
func (m miss) compare(n miss) int {
	a, b := m.excess*n.limit, n.excess*m.limit
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
