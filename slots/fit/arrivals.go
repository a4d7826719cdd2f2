package fit

import "github.com/haoyuan-go/haoyuan/slots"

// Arrival says how many people came on a date from a time of day on: one person, or a count that a register kept.
type Arrival struct {
	Date  slots.Date
	Clock slots.Clock // 00:00 to 23:59; what counts is the period it lies in
	Count int64       // 0 to MaxArrivals
}

// Limits of demand.
const (
	// MaxArrivalEntries is the most entries.
	MaxArrivalEntries = 4_000_000
	// MaxArrivals is the most people in one period of one day.
	MaxArrivals = 100_000
	// MaxDemandDays is the longest range of dates: ten years and some days.
	MaxDemandDays = 3_660
)

// DemandConfig is the history of arrivals, and how it is to be read.
type DemandConfig struct {
	// Arrivals in any order; several of one period are added up.
	Arrivals []Arrival
	// First and Last bound the observed dates, both included. A date within them without arrivals is a day on which
	// nobody came, so dates on which nobody counted must not lie within, or be days off in the Calendar.
	First, Last slots.Date
	// Calendar says what each date is, and Kinds which kinds of day count, each once, at least one. For an ordinary clinic they
	// are WorkingDay and RestDay: a Monday that is a holiday says nothing of Mondays, and a Saturday that is worked (调休)
	// nothing of Saturdays. What counts nowhere, such as a day the clinic was closed, goes into the Calendar as a holiday.
	Calendar slots.Calendar
	// A date whose year the Calendar does not know is an error, unless Kinds has UnknownDay.
	Kinds []slots.DayKind
	// PeriodMinutes is the period numbers are wanted for, usually 30; 5 to 1440, a divisor of 1440.
	PeriodMinutes int
	// CoverBasisPoints is the share of days on which the numbers should be enough, 1 to 10000: 9000 is nine days in ten.
	CoverBasisPoints int
	// LeastDays is how many days of a weekday it takes to recommend anything for it, 1 to MaxDemandDays.
	LeastDays int
}

// Demand is the arrivals of each weekday, by period. It never changes. The zero Demand has seen no day.
type Demand struct {
	periodMinutes          int
	coverPoints, leastDays int64
	days                   [8]int64 // counted, by weekday
	excluded               int64
	columns                [8][][]int64 // weekday, period: the day's counts, ascending
}

// NewDemand checks the history and counts it. The error joins all problems, each naming the entry, the field and the
// value; of very many it names the first and counts the rest.
// Cost: the entries, and one sort for each weekday and period.
func NewDemand(c DemandConfig) (Demand, error) {
	p := c.check()
	if err := p.Err(); err != nil {
		return Demand{}, err
	}
	var counted [slots.UnknownDay + 1]bool
	for _, k := range c.Kinds {
		counted[k] = true
	}
	periods, total := minutesPerDay/c.PeriodMinutes, c.Last.Sub(c.First)+1
	counts := make([]int64, total*periods)
	for i, a := range c.Arrivals {
		at := &counts[a.Date.Sub(c.First)*periods+a.Clock.Minutes()/c.PeriodMinutes]
		if *at += a.Count; *at > MaxArrivals {
			p.Add("Arrivals[%d] %v %v: Count %d: brings the period to %d, want at most %d", i, a.Date, a.Clock, a.Count, *at, MaxArrivals)
			break
		}
	}
	d := Demand{periodMinutes: c.PeriodMinutes, coverPoints: int64(c.CoverBasisPoints), leastDays: int64(c.LeastDays)}
	unknown := 0
	for i := range total {
		date := c.First.AddDays(i)
		kind, _ := c.Calendar.Day(date)
		if kind == slots.UnknownDay && !counted[kind] {
			if year, _, _ := date.Civil(); year != unknown {
				p.Add("%w", &slots.UnknownYearError{Year: year, Date: date})
				unknown = year
			}
		}
		if !counted[kind] {
			d.excluded++
			continue
		}
		d.take(date.Weekday(), counts[i*periods:][:periods])
	}
	if err := p.Err(); err != nil {
		return Demand{}, err
	}
	d.sort()
	return d, nil
}

const minutesPerDay = 24 * 60

// take adds a day's counts to its weekday.
func (d *Demand) take(w slots.Weekday, day []int64) {
	if d.columns[w] == nil {
		d.columns[w] = make([][]int64, len(day))
	}
	for i, n := range day {
		d.columns[w][i] = append(d.columns[w][i], n)
	}
	d.days[w]++
}

// Excluded is how many dates of the range did not count, for their kind.
func (d Demand) Excluded() int64 { return d.excluded }

func (c DemandConfig) check() problems {
	var p problems
	p.Within("Arrivals", int64(len(c.Arrivals)), 0, MaxArrivalEntries)
	p.Within("PeriodMinutes", int64(c.PeriodMinutes), 5, minutesPerDay)
	if c.PeriodMinutes >= 5 && minutesPerDay%c.PeriodMinutes != 0 {
		p.Add("PeriodMinutes %d: want a divisor of %d", c.PeriodMinutes, minutesPerDay)
	}
	p.Within("CoverBasisPoints", int64(c.CoverBasisPoints), 1, 10_000)
	p.Within("LeastDays", int64(c.LeastDays), 1, MaxDemandDays)
	if len(c.Kinds) == 0 {
		p.Add("Kinds: none, want at least one")
	}
	var seen [slots.UnknownDay + 1]bool
	for i, k := range c.Kinds {
		switch {
		case !k.IsValid():
			p.Add("Kinds[%d] %v: want a kind of day", i, k)
			continue
		case seen[k]:
			p.Add("Kinds[%d] %v: twice", i, k)
		}
		seen[k] = true
	}
	ranged := c.First.IsValid() && c.Last.IsValid() && !c.Last.Before(c.First) && c.Last.Sub(c.First) < MaxDemandDays
	if !ranged {
		p.Add("First %v, Last %v: want two dates in order, at most %d days", c.First, c.Last, MaxDemandDays)
	}
	if len(c.Arrivals) <= MaxArrivalEntries {
		c.checkArrivals(ranged, &p)
	}
	return p
}

func (c DemandConfig) checkArrivals(ranged bool, p *problems) {
	for i, a := range c.Arrivals {
		switch {
		case !a.Date.IsValid():
			p.Add("Arrivals[%d]: Date %v: want a date", i, a.Date)
		case ranged && (a.Date.Before(c.First) || a.Date.After(c.Last)):
			p.Add("Arrivals[%d]: Date %v: want %v to %v", i, a.Date, c.First, c.Last)
		}
		if a.Clock.Minutes() >= minutesPerDay {
			p.Add("Arrivals[%d] %v: Clock %v: that is 00:00 of the next day", i, a.Date, a.Clock)
		}
		if a.Count < 0 || a.Count > MaxArrivals {
			p.Add("Arrivals[%d] %v %v: Count %d: want 0 to %d", i, a.Date, a.Clock, a.Count, MaxArrivals)
		}
	}
}
