package noshow

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Band is the clinic's past appointments of one range of lead times: from FromDays up to the next band's FromDays.
type Band struct {
	// FromDays is the shortest lead time of the band in days, from the day of booking to the day of the visit.
	FromDays int
	// Shows and NoShows are the past appointments of the band by outcome, 0 to MaxCount.
	Shows, NoShows int64
}

// Limits of a clinic.
const (
	// MaxBands is the most bands.
	MaxBands = 64
	// MaxCount is the highest count of a band.
	MaxCount = 1_000_000_000_000
)

// ClinicConfig is a clinic's history and how far to trust it.
type ClinicConfig struct {
	// Prior is the belief about the clinic as a whole before any history.
	Prior Prior
	// BandWeight is how many appointments the whole clinic's rate is worth in each band: a band with as many of
	// its own stands half-way. Above 0, at most MaxPrior.
	BandWeight float64
	// PersonWeight is how many visits the band's rate is worth in a person's estimate. Above 0, at most MaxPrior.
	PersonWeight float64
	// Bands in rising order, the first from day 0. LeadBands makes the usual ones, empty.
	Bands []Band
}

// LeadBands returns the usual bands, without counts: 0, 1, 2–3, 4–7, 8–14, 15–30 and 31 or more days.
func LeadBands() []Band {
	return []Band{{FromDays: 0}, {FromDays: 1}, {FromDays: 2}, {FromDays: 4}, {FromDays: 8}, {FromDays: 15}, {FromDays: 31}}
}

// Tally adds one past appointment to the band of its lead time. Bands must be in rising order from 0, as NewClinic wants
// them. It reports whether it counted: a negative lead time, an invalid outcome and a count at MaxCount are not counted.
func Tally(bands []Band, leadDays int, o Outcome) bool {
	i := bandAt(bands, leadDays)
	if i < 0 {
		return false
	}
	switch {
	case o == Showed && bands[i].Shows < MaxCount:
		bands[i].Shows++
	case o == Missed && bands[i].NoShows < MaxCount:
		bands[i].NoShows++
	default:
		return false
	}
	return true
}

func bandAt(bands []Band, leadDays int) int {
	i, exact := slices.BinarySearchFunc(bands, leadDays, func(b Band, days int) int { return cmp.Compare(b.FromDays, days) })
	if !exact {
		i--
	}
	return i
}

// Clinic estimates who will come. It never changes. The zero Clinic is invalid; it has no bands and refuses every question.
type Clinic struct {
	rate         float64
	personWeight float64
	bands        []bandRate
}

type bandRate struct {
	fromDays int
	rate     float64
}

// NewClinic checks c and works out its rates: the prior and all counts give the whole clinic's rate; that and a band's
// counts give the band's. The error joins every problem, each naming its field and value.
func NewClinic(c ClinicConfig) (Clinic, error) {
	if err := errors.Join(checkClinic(c)...); err != nil {
		return Clinic{}, err
	}
	whole := History{}
	for _, b := range c.Bands { // sums of whole numbers: exact
		whole.shows += float64(b.Shows)
		whole.visits += float64(b.Shows + b.NoShows)
	}
	k := Clinic{rate: float64(c.Prior.Show(whole)), personWeight: c.PersonWeight}
	for _, b := range c.Bands {
		rate := share(k.rate, c.BandWeight, float64(b.Shows), float64(b.Shows+b.NoShows))
		k.bands = append(k.bands, bandRate{b.FromDays, rate})
	}
	return k, nil
}

func checkClinic(c ClinicConfig) (problems []error) {
	bad := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if !c.Prior.IsValid() {
		bad("prior: %v: not made by NewPrior", c.Prior)
	}
	if err := checkAmount("bandWeight", c.BandWeight); err != nil {
		problems = append(problems, err)
	}
	if err := checkAmount("personWeight", c.PersonWeight); err != nil {
		problems = append(problems, err)
	}
	if n := len(c.Bands); n < 1 || n > MaxBands {
		bad("bands: %d, want 1 to %d", n, MaxBands)
	}
	for i, b := range c.Bands {
		if i == 0 && b.FromDays != 0 {
			bad("bands[0].fromDays: %d, want 0", b.FromDays)
		}
		if i > 0 && b.FromDays <= c.Bands[i-1].FromDays {
			bad("bands[%d].fromDays: %d, want above %d", i, b.FromDays, c.Bands[i-1].FromDays)
		}
		if b.Shows < 0 || b.Shows > MaxCount {
			bad("bands[%d].shows: %d, want 0 to %d", i, b.Shows, int64(MaxCount))
		}
		if b.NoShows < 0 || b.NoShows > MaxCount {
			bad("bands[%d].noShows: %d, want 0 to %d", i, b.NoShows, int64(MaxCount))
		}
	}
	return problems
}

// Rate returns the show rate of the whole clinic.
func (k Clinic) Rate() Probability { return Probability(k.rate) }

// Show returns the probability that a person with this history comes to a visit booked so many days before: the band's
// rate, drawn towards the person's own record by as much as the record is long. With no history it is the band's
// rate itself. A negative lead time has no band and is an error. No allocation but for the error; O(log bands).
func (k Clinic) Show(leadDays int, h History) (Probability, error) {
	i, exact := slices.BinarySearchFunc(k.bands, leadDays, func(b bandRate, days int) int { return cmp.Compare(b.fromDays, days) })
	if !exact {
		i--
	}
	if i < 0 {
		return 0, fmt.Errorf("leadDays: %d: no band", leadDays)
	}
	return Probability(share(k.bands[i].rate, k.personWeight, h.shows, h.visits)), nil
}
