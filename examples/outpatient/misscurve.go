package main

// MissCurve is the chance of a no-show per million by days between booking and visit, in six bands.
type MissCurve [6]int64

// leadBands are the first days of the bands.
var leadBands = [6]int{0, 1, 3, 7, 14, 30}

// inventedCurve is used when there is no history: rising with the lead time, as everywhere, but our own round numbers.
var inventedCurve = MissCurve{30_000, 70_000, 100_000, 130_000, 170_000, 220_000}

// leadBand returns the band of a lead time; before the day itself counts as the day.
func leadBand(leadDays int) int {
	band := 0
	for i, first := range leadBands {
		if leadDays >= first {
			band = i
		}
	}
	return band
}

func (c MissCurve) perMillion(leadDays int) int64 { return c[leadBand(leadDays)] }

// curveOf counts the bands of a history. A band is pulled towards the history's overall rate by one hundred visits,
// so that a handful of visits does not decide; with no history it is the invented curve.
func curveOf(visits []PastVisit) MissCurve {
	if len(visits) == 0 {
		return inventedCurve
	}
	const pull = 100
	var seen, missed [len(leadBands)]int64
	allMissed := int64(0)
	for _, v := range visits {
		band := leadBand(v.Day.Sub(v.Scheduled))
		seen[band]++
		if v.NoShow {
			missed[band]++
			allMissed++
		}
	}
	overall := allMissed * 1_000_000 / int64(len(visits))
	var curve MissCurve
	for i := range curve {
		curve[i] = (missed[i]*1_000_000 + overall*pull) / (seen[i] + pull)
	}
	return curve
}
