package fit

import (
	"slices"

	"github.com/haoyuan-go/haoyuan/slots"
)

// Period is what one period of a weekday was like, and how many numbers would have covered it.
type Period struct {
	Weekday slots.Weekday
	Start   slots.Clock
	// Days are the days behind the figures, those on which nobody came among them; Arrivals all who came on them.
	Days, Arrivals int64
	// MeanThousandths is the mean number of arrivals a day, DispersionThousandths their sample variance over their mean; both in
	// thousandths, rounded. Near 1000 arrivals are as irregular as chance alone makes them (Poisson); well above, days differ.
	// Dispersion is 0 where there is none to measure: one day, or no arrivals.
	MeanThousandths, DispersionThousandths int64
	// Numbers is the empirical quantile: the least number that was enough on at least CoverBasisPoints of the days
	// (Hyndman & Fan, Sample quantiles in statistical packages, The American Statistician 50, 1996: type 1).
	Numbers int64
	// Enough says that Days reaches LeastDays: Numbers is a recommendation, and not merely a figure.
	Enough bool
}

// sort puts each column in ascending order, for quantiles.
func (d *Demand) sort() {
	for _, columns := range d.columns {
		for _, c := range columns {
			slices.Sort(c)
		}
	}
}

// Periods returns all periods of a weekday from 00:00 on, or nothing where no such day counted. Cost: the days.
func (d Demand) Periods(w slots.Weekday) []Period {
	if !w.IsValid() {
		return nil
	}
	var list []Period
	for i, counts := range d.columns[w] {
		p := Period{Weekday: w, Start: clockAt(i * d.periodMinutes), Days: d.days[w]}
		p.Enough = p.Days >= d.leastDays
		var squares int64
		for _, n := range counts {
			p.Arrivals += n
			squares += n * n
		}
		p.MeanThousandths = divide(1000*p.Arrivals, p.Days)
		// Variance over mean, with n days and sum S: (n Σx² − S²)/(n(n−1)) ÷ S/n. At most 523 days of a weekday and 10^5
		// arrivals each: below 2^62 after the factor of 1000.
		if p.Days > 1 && p.Arrivals > 0 {
			p.DispersionThousandths = divide(1000*(p.Days*squares-p.Arrivals*p.Arrivals), (p.Days-1)*p.Arrivals)
		}
		rank := (p.Days*d.coverPoints + 9_999) / 10_000 // rounded up
		p.Numbers = counts[rank-1]
		list = append(list, p)
	}
	return list
}

// clockAt is a time of day below 24:00.
func clockAt(minute int) slots.Clock {
	c, _ := slots.NewClock(minute/60, minute%60)
	return c
}
